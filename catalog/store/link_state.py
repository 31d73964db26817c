"""The memory of links: one JSON file, a line for each address, the same bytes for the same facts.

    {"version": 1, "links": {
    "https://example.org/things.pdf": {"status": "dead", "http_status": 404, …},
    …}}

A line for each address keeps the differences between two runs small. Days, not moments, are kept:
two runs on one day write the same. The checker writes the file, the site and reports read it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from catalog.errors import UnreadableInputError
from catalog.store.link_status import Status

FILE = "link-state.json"
VERSION = 1
"""Of the file's form. One of another version is an error, since what was seen would be lost."""
# Three days on which a link seemed gone make it dead; earlier ones add nothing.
_MOST_DAYS = 3
_RECOVERY = (
    "Restore it with `git checkout`, or delete it: the next run starts a new one, which does not "
    "know since when links fail."
)


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is known of an address."""

    status: Status
    http_status: int | None = None
    reason: str | None = None
    moved_to: str | None = None
    is_same: bool = False
    """`moved_to` is surely the same thing."""
    suggestion: str | None = None
    """What may be in its place."""
    checked: date | None = None
    """The last day on which it was requested."""
    last_alive: date | None = None
    first_failed: date | None = None
    """The first day of the failures that last until today; None when the last answer was fine."""
    gone_on: tuple[date, ...] = ()
    """The days since then on which it seemed to be gone, at most three, each once."""
    etag: str | None = None
    title: str | None = None
    """The title that an identifier leads to."""


class States(dict[str, LinkState]):
    """What is known, by address.

    `unknown` are rows that this version cannot read, as they are: of a newer one, or edited by
    hand. They are written back.
    """

    def __init__(
        self, known: Mapping[str, LinkState] = {}, unknown: Mapping[str, object] = {}
    ) -> None:
        super().__init__(known)
        self.unknown: dict[str, object] = dict(unknown)


def strip_fragment(url: str) -> str:
    """Return the address under which a link is known: without what only a browser looks at."""
    return urldefrag(url).url


def read_states(path: Path) -> States:
    """Read a state file; one that is not there knows nothing.

    Raises `UnreadableInputError` when it is something else: a memory that is lost in silence would
    forget since when links are dead.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return States()
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or str(error)) from error
    except UnicodeError as error:
        raise UnreadableInputError(path, f"{error}. {_RECOVERY}") from error
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(path, f"not JSON: {error}. {_RECOVERY}") from error
    links = data.get("links") if isinstance(data, dict) else None
    if not isinstance(links, dict) or data.get("version", VERSION) != VERSION:
        reason = f"not a link state of version {VERSION}. {_RECOVERY}"
        raise UnreadableInputError(path, reason)
    states = States()
    for url, found in links.items():
        state = parse_state(found)
        if state is not None:
            states[url] = state
        else:
            states.unknown[url] = found
    return states


def to_text(states: Mapping[str, LinkState]) -> str:
    """Return the text of a state file."""
    rows: dict[str, object] = {url: to_dict(state) for url, state in states.items()}
    if isinstance(states, States):
        rows = {**states.unknown, **rows}
    lines = (f"{_dump(url)}: {_dump(rows[url])}" for url in sorted(rows))
    return f'{{"version": {VERSION}, "links": {{\n' + ",\n".join(lines) + "\n}}\n"


def to_dict(state: LinkState) -> dict[str, Any]:
    """Return what is known as JSON has it; what is not known is left out."""
    values = ((field.name, getattr(state, field.name)) for field in fields(state))
    return {
        name: [day.isoformat() for day in value]
        if isinstance(value, tuple)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in values
        if value not in (None, 0, ())  # and False
    }


def parse_state(found: object) -> LinkState | None:
    """Return the state from JSON; None when its status is unknown."""
    if not isinstance(found, dict) or found.get("status") not in list(Status):
        return None
    moved_to = _text(found.get("moved_to"))
    return LinkState(
        status=Status(found["status"]),
        http_status=_number(found.get("http_status")),
        reason=_text(found.get("reason")),
        moved_to=moved_to if moved_to and moved_to.startswith(("https://", "http://")) else None,
        is_same=found.get("is_same") is True,
        suggestion=_text(found.get("suggestion")),
        checked=_day(found.get("checked")),
        last_alive=_day(found.get("last_alive")),
        first_failed=_day(found.get("first_failed")),
        gone_on=_days(found.get("gone_on")),
        etag=_text(found.get("etag")),
        title=_text(found.get("title")),
    )


def merge_states(parts: Iterable[Mapping[str, LinkState]]) -> States:
    """Join what several runs know: of each address what was found last."""
    joined = States()
    for part in parts:
        if isinstance(part, States):
            joined.unknown.update(part.unknown)
        for url, state in part.items():
            known = joined.get(url)
            if known is None or _rank(state) > _rank(known):
                joined[url] = state
    return joined


def _rank(state: LinkState) -> tuple[date, int, str]:
    """Order of states of one address: by day; the rest only makes the order the same each time."""
    return (state.checked or date.min, len(state.gone_on), _dump(to_dict(state)))


def _dump(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # Half of a surrogate pair is legal in JSON, as an escape, and not in UTF-8.
    return text if _is_unicode(text) else json.dumps(value)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value and _is_unicode(value) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _days(value: object) -> tuple[date, ...]:
    found = value if isinstance(value, list) else []
    return tuple(sorted({day for item in found if (day := _day(item))})[-_MOST_DAYS:])


def _day(value: object) -> date | None:
    """Return a day, from a moment too."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
