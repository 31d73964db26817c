"""`catalog links` for Python callers: from a folder to what is known of its links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from catalog.checks.compare import find_changes
from catalog.errors import UnreadableInputError
from catalog.linkcheck.checker import Way, find_copies, watch
from catalog.linkcheck.extract import Link, gather
from catalog.linkcheck.history import Memory
from catalog.linkcheck.plan import Shard, select_due
from catalog.linkcheck.results import Results, collect
from catalog.model.catalog import Catalog
from catalog.store.files import write_text
from catalog.store.link_state import FILE, LinkState, States, merge, read_states, to_text

PROSE_FOLDER = "site_src"

Tell = Callable[[int, int, Link, LinkState], None]
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
    """Return the state file: the one that was named, or the one beside papers.yaml."""
    return state if state is not None else folder / FILE


def find_links(folder: Path, catalog: Catalog, scope: Scope, today: date) -> tuple[Link, ...]:
    """Return the links that a run is about, asked or not."""
    keys = None
    if scope.revision is not None:
        changed = find_changes(folder, scope.revision, today).changed
        keys = [catalog.papers[change.index].key for change in changed]
    prose = _read_prose(folder) if scope.has_prose and scope.revision is None else ()
    links = gather(catalog, keys=keys, prose=prose)
    return tuple(link for link in links if scope.shard is None or scope.shard.takes(link))


def run(  # noqa: PLR0913 - what is checked, how, when, and who hears of it
    folder: Path,
    catalog: Catalog,
    way: Way,
    today: date,
    *,
    scope: Scope | None = None,
    state: Path | None = None,
    tell: Tell = lambda done, total, link, found: None,
) -> tuple[Results, States]:
    """Ask the links of a list that are due, and return what is known of all of them."""
    scope = scope or Scope()
    links = find_links(folder, catalog, scope, today)
    with Memory(find_state_file(folder, state)) as memory:
        due = select_due(links, memory.states, today, max_age=scope.max_age)
        done = 0

        def count(link: Link, found: LinkState) -> None:
            nonlocal done
            done += 1
            tell(done, len(due), link, found)

        watch(due, memory, way, today, count)
        find_copies(due, memory, way)
        return collect(links, memory.states, catalog), memory.states


def merge_files(files: tuple[Path, ...], state: Path) -> States:
    """Join state files into one, which replaces `state`.

    Raises `UnreadableInputError` when one is missing, or one, or what stands at `state`, is no
    state file.
    """
    for file in files:
        if not file.is_file():
            raise UnreadableInputError(file, "no such file")
    states = merge(read_states(file) for file in files)
    read_states(state)  # what is anything else is not written over
    write_text(state, to_text(states), is_source=True)
    return states


def _read_prose(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / PROSE_FOLDER).rglob("*.md")):
        try:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        except (OSError, UnicodeError) as error:
            raise UnreadableInputError(path, str(error)) from error
