"""The results of a run: each link with its state, grouped by what to do about it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.linkcheck.extract import FoundLink
from catalog.linkcheck.suggest import suggest
from catalog.model.catalog import Catalog
from catalog.store.link_state import LinkState
from catalog.store.link_status import MISMATCH, Status


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link with what is known of it, and what may be in its place."""

    link: FoundLink
    state: LinkState
    suggestion: str | None

    @property
    def is_mismatch(self) -> bool:
        """Return whether an identifier leads to another paper."""
        return (self.state.reason or "").startswith(MISMATCH)

    def to_dict(self) -> dict[str, Any]:
        """Return the row as `--format json` prints it."""
        state = self.state
        return {
            "url": self.link.url,
            "keys": list(self.link.keys),
            "field": self.link.field,
            "status": state.status.value,
            "http_status": state.http_status,
            "reason": state.reason,
            "moved_to": state.moved_to,
            "suggestion": self.suggestion,
            "first_failed": state.first_failed.isoformat() if state.first_failed else None,
            "last_alive": state.last_alive.isoformat() if state.last_alive else None,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that ask for the same thing to be done."""

    title: str
    advice: str
    rows: tuple[CheckedLink, ...]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """All links of which something is known, in the order of the files."""

    rows: tuple[CheckedLink, ...]

    @property
    def summary(self) -> dict[str, int]:
        """The number of links of each status."""
        counts = Counter(row.state.status for row in self.rows)
        return {status.value: counts[status] for status in _COUNTED}

    @property
    def has_dead(self) -> bool:
        """Return whether a link is dead: only that fails a run."""
        return any(row.state.status is Status.DEAD for row in self.rows)

    @property
    def groups(self) -> tuple[Group, ...]:
        """What is to be done, the most pressing first; what is fine is in no group."""
        wrong = tuple(row for row in self.rows if row.is_mismatch)
        groups = [Group("Wrong paper", "the identifier leads to another title: correct it", wrong)]
        for status, advice in _ADVICE.items():
            found = (row for row in self.rows if row.state.status is status)
            rows = tuple(row for row in found if not row.is_mismatch)
            groups.append(Group(status.label.capitalize(), advice, rows))
        return tuple(group for group in groups if group.rows)


_COUNTED = (
    Status.ALIVE,
    Status.MOVED,
    Status.BLOCKED,
    Status.DEAD,
    Status.TIMEOUT,
    Status.SKIPPED,
)
_ADVICE = {
    Status.DEAD: "replace or remove the link",
    Status.MOVED: "write the new address; `catalog links --write` does where that is safe",
    Status.TIMEOUT: "nothing yet: the link fails since the day shown, but is not known to be gone",
    Status.BLOCKED: "the site keeps programs out: open the link in a browser",
    Status.SKIPPED: "not requested in this run",
}


def collect(
    links: Iterable[FoundLink], states: Mapping[str, LinkState], catalog: Catalog
) -> LinkReport:
    """Join links with what is known of them; those of which nothing is known are left out."""
    return LinkReport(
        tuple(
            CheckedLink(link, states[link.url], suggest(link, states, catalog))
            for link in links
            if link.url in states
        )
    )
