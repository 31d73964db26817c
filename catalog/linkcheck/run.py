"""`catalog links` for Python callers: from a folder to what is known of its links."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from catalog.checks.compare import compare
from catalog.errors import UnreadableInputError, UsageError
from catalog.linkcheck.checker import CheckOptions, check_all, find_copies
from catalog.linkcheck.extract import FoundLink, extract_links
from catalog.linkcheck.history import History
from catalog.linkcheck.plan import Estimate, Shard, estimate, select_due
from catalog.linkcheck.results import LinkReport, collect
from catalog.model import calendar
from catalog.model.catalog import Catalog
from catalog.net import Client, Services
from catalog.store.files import write_text
from catalog.store.link_state import FILE, LinkState, States, merge_states, read_states, to_text
from catalog.store.load import load

PROSE_FOLDER = "site_src"

Tell = Callable[[int, int, FoundLink, LinkState], None]
"""Hears of each link as it is done: how many are, of how many, which and what it is."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which links a run is about."""

    has_prose: bool = False
    """The pages of the site too."""
    revision: str | None = None
    """Only records that changed since this git revision."""
    shard: Shard | None = None
    max_age: timedelta | None = None
    """Links found well within that time are not asked again."""


def find_state_file(folder: Path, state: Path | None) -> Path:
    """Return the state file: the one that was named, or the one next to papers.yaml."""
    return state if state is not None else folder / FILE


def find_links(folder: Path, catalog: Catalog, scope: Scope, today: date) -> tuple[FoundLink, ...]:
    """Return the links that a run is about, asked or not."""
    keys = None
    if scope.revision is not None:
        changed = compare(folder, scope.revision, today=today).changed
        keys = [catalog.papers[change.index].key for change in changed]
    prose = _read_prose(folder) if scope.has_prose and scope.revision is None else ()
    links = extract_links(catalog, keys=keys, prose=prose)
    return tuple(link for link in links if scope.shard is None or scope.shard.takes(link))


def check_links(
    folder: Path | str,
    *,
    client: Client | None = None,
    scope: Scope | None = None,
    state: Path | None = None,
    today: date | None = None,
) -> LinkReport:
    """Check the links of the list in `folder` that are due, and keep the result in its state file.

    Without `client` one is opened that names the list's contact. Raises `UnreadableInputError` when
    the list or the state cannot be read, `UsageError` when the list has errors, and
    `NoNetworkError` when no host answered.
    """
    folder = Path(folder)
    catalog = load(folder).catalog
    if catalog is None:
        raise UsageError(f"{folder}: the list has errors; run `catalog check`")
    with nullcontext(client) if client is not None else Client(contact=contact_of(catalog)) as used:
        options = CheckOptions(used, Services())
        day = today or calendar.today()
        report, _ = check_catalog_links(folder, catalog, options, day, scope=scope, state=state)
    return report


def contact_of(catalog: Catalog) -> str:
    """Return whom a server's owner can write to: the list's contact, or where it is published."""
    survey = catalog.survey
    return survey.contact or survey.links.repository or survey.links.website or ""


def check_catalog_links(  # noqa: PLR0913 - what is checked, how, when, and who hears of it
    folder: Path,
    catalog: Catalog,
    way: CheckOptions,
    today: date,
    *,
    scope: Scope | None = None,
    state: Path | None = None,
    tell: Tell = lambda done, total, link, found: None,
    announce: Callable[[Estimate], None] = lambda found: None,
) -> tuple[LinkReport, States]:
    """Check the links of a list that are due, and return what is known of all of them.

    `announce` receives how long the run takes at least, before it begins.
    """
    scope = scope or Scope()
    links = find_links(folder, catalog, scope, today)
    with History(find_state_file(folder, state)) as memory:
        due = select_due(links, memory.states, today, max_age=scope.max_age)
        announce(estimate(due, way.client.pacing.rates))
        done = 0

        def count(link: FoundLink, found: LinkState) -> None:
            nonlocal done
            done += 1
            tell(done, len(due), link, found)

        check_all(due, memory, way, today, count)
        find_copies(due, memory, way)
        return collect(links, memory.states, catalog), memory.states


def merge_files(files: tuple[Path, ...], state: Path) -> States:
    """Join state files into one, which replaces `state`.

    Raises `UnreadableInputError` when one is missing, or one, or what is at `state`, is no
    state file.
    """
    for file in files:
        if not file.is_file():
            raise UnreadableInputError(file, "no such file")
    states = merge_states(read_states(file) for file in files)
    read_states(state)  # what is anything else is not written over
    write_text(state, to_text(states), is_source=True)
    return states


def _read_prose(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / PROSE_FOLDER).rglob("*.md")):
        try:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise UnreadableInputError(path, str(error)) from error
