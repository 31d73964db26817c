"""The changes to addresses that need nobody's judgement, made in the files of the list.

Safe is the canonical form of an address, and the new one of a page that moved permanently and shows
the same title there. Only that value of the file changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.model.canonical_urls import to_canonical
from catalog.store.files import write_bytes
from catalog.store.link_state import LinkState, strip_fragment
from catalog.store.link_status import Status
from catalog.store.load import LoadResult
from catalog.store.yaml.editor import Edit, Set, edit
from catalog.text.urls import is_url


@dataclass(frozen=True, slots=True)
class LinkFix:
    """A changed address: the record, the field, and both values."""

    key: str | None
    field: str
    old: str
    new: str


def apply_fixes(
    folder: Path, loaded: LoadResult, states: Mapping[str, LinkState]
) -> tuple[LinkFix, ...]:
    """Write the safe changes and return them, in the order of the files."""
    mends: list[LinkFix] = []
    changes: dict[str, list[Edit]] = {}
    for mend_, file, change in find_fixes(loaded, states):
        mends.append(mend_)
        changes.setdefault(file, []).append(change)
    for file, wanted in changes.items():
        path = folder / file
        write_bytes(path, edit(path.read_bytes(), file, wanted), is_source=True)
    return tuple(mends)


def find_fixes(
    loaded: LoadResult, states: Mapping[str, LinkState]
) -> Iterator[tuple[LinkFix, str, Edit]]:
    """Yield the safe changes with their files."""
    if loaded.catalog is None:
        return
    for paper, origin in zip(loaded.catalog.papers, loaded.origins, strict=True):
        for kind, url in paper.links.items():
            new = find_safe_fixes(url, states)
            if new is not None and new not in paper.all_links.values():
                path = (*origin.path, "links", kind.value)
                found = LinkFix(paper.key, f"links.{kind.value}", url, new)
                yield found, origin.document.file, Set(path, new)
    for name, url in loaded.catalog.survey.links:
        new = find_safe_fixes(url, states) if url is not None else None
        if new is not None:
            found = LinkFix(None, f"survey.links.{name}", url, new)
            yield found, loaded.head.file, Set(("survey", "links", name), new)


def find_safe_fixes(url: str, states: Mapping[str, LinkState]) -> str | None:
    """Return the address that may stand for another without a look, or None."""
    state = states.get(strip_fragment(url))
    new = to_canonical(url)
    if state is not None and state.status is Status.MOVED and state.is_same and state.moved_to:
        new = to_canonical(state.moved_to)
    return new if new != url and is_url(new) else None


def describe(mends: Iterable[LinkFix]) -> Iterator[str]:
    """Yield a line for each change."""
    for found in mends:
        yield f"{found.key or 'survey'} {found.field}: {found.old} → {found.new}"
