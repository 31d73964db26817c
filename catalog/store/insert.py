"""New records into the files of a list, and changes to those that are there.

Nothing is written before every new text is made and verified: see `catalog.store.yaml.editor`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from catalog.model.catalog import Catalog, sort_papers
from catalog.model.draft import Draft, validate
from catalog.model.records import NewRecords, Order, Paper
from catalog.store.files import WriteResult, write_all
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import PAPERS_FOLDER, LoadResult, read_bytes
from catalog.store.yaml.editor import Edit, EditError, Insert, Set, edit
from catalog.store.yaml.writer import compose_record

_FEWEST = 3
"""With fewer records, their order cannot be recognised."""

_Sorter = Callable[[Sequence[Paper]], list[Paper]]


def add_records(
    folder: Path,
    loaded: LoadResult,
    drafts: Sequence[Draft],
    changed: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files with the drafts added, by their names below `folder`: see `write_files`.

    `loaded` is the list in `folder`; `changed` holds files whose fields are changed in the same go.
    Each draft has a key. `settings.new_records` says where they
    go: into papers.yaml, each at the place that the order of the records there gives it, or else
    at the end; or into files papers/KEY.yaml. Doubts become comments. Raises `EditError` when a
    draft does not make a record, the list cannot be read whole, or a file is there already.
    """
    catalog = loaded.catalog
    if catalog is None:
        raise EditError(f"{PAPERS_FILE}: fix its errors before adding papers")
    answers = validate(drafts)
    papers = [answer.paper for answer in answers if answer.paper is not None]
    if len(papers) < len(drafts):
        fault = next(fault for answer in answers for fault in answer.faults)
        raise EditError(f"a draft is not a record: {fault.message}")
    if catalog.settings.new_records is NewRecords.FOLDER:
        return dict(
            _make_file(folder, paper.key, draft)
            for paper, draft in zip(papers, drafts, strict=True)
        )
    data = (changed or {}).get(PAPERS_FILE) or read_bytes(folder / PAPERS_FILE)
    records = loaded.head.value_at(("papers",))
    if records is None:
        data, records = edit(data, PAPERS_FILE, [Set(("papers",), [])]), []
    standing = _find_standing(loaded)
    if len(standing) < len(records):
        raise EditError(f"{PAPERS_FILE}: fix its errors before adding papers")
    draft_by_id = {id(paper): draft for paper, draft in zip(papers, drafts, strict=True)}
    changes: list[Insert] = []
    for index, paper in _place(catalog, standing, papers):
        draft = draft_by_id[id(paper)]
        changes.append(Insert(("papers",), index, dict(draft.values), draft.doubts))
    if not records and changes:
        # The first item makes a list of []; the others stand after it.
        data = edit(data, PAPERS_FILE, changes[:1])
        changes = [replace(change, index=1) for change in changes[1:]]
    return {PAPERS_FILE: edit(data, PAPERS_FILE, changes)}


def change_files(folder: Path, changes: Mapping[str, Sequence[Edit]]) -> dict[str, bytes]:
    """Return the files with the changes made, by their names below `folder`: see `write_files`.

    Raises `EditError` when one of them would not have the values that are meant.
    """
    return {name: edit(read_bytes(folder / name), name, changes[name]) for name in changes}


def write_files(folder: Path, files: Mapping[str, bytes]) -> WriteResult:
    """Write files that `add_records` or `change_files` made."""
    return write_all(folder, files.items(), are_sources=True)


def _make_file(folder: Path, key: str, draft: Draft) -> tuple[str, bytes]:
    name = f"{PAPERS_FOLDER}/{key}.yaml"
    if (folder / name).exists():
        raise EditError(f"{name}: is there already")
    return name, compose_record(draft.values, draft.doubts).encode("utf-8")


def _find_standing(loaded: LoadResult) -> list[Paper]:
    """Return the records of papers.yaml, all of which could be read."""
    papers = loaded.catalog.papers if loaded.catalog else ()
    return [
        paper
        for paper, origin in zip(papers, loaded.origins, strict=True)
        if origin.document is loaded.head
    ]


def _place(
    catalog: Catalog, standing: Sequence[Paper], added: Sequence[Paper]
) -> Iterator[tuple[int, Paper]]:
    """Yield the added papers, each with the index before which it goes."""
    sort = _find_order(catalog, standing)
    new = {id(paper) for paper in added}
    index = 0
    for paper in sort([*standing, *added]):
        if id(paper) in new:
            yield index, paper
        else:
            index += 1


def _find_order(catalog: Catalog, standing: Sequence[Paper]) -> _Sorter:
    """Return the order in which the papers stand: by section, by the settings, or another one."""
    if len(standing) >= _FEWEST:
        for sort in _list_orders(catalog):
            if sort(standing) == standing:
                return sort
    return list


def _list_orders(catalog: Catalog) -> Iterator[_Sorter]:
    rank = {view.id: number for number, view in enumerate(catalog.sections)}

    def by_section(papers: Sequence[Paper]) -> list[Paper]:
        return sorted(papers, key=lambda paper: rank.get((*paper.sections, "")[0], len(rank)))

    orders = [
        catalog.settings.order,
        (Order.KEY,),
        (Order.YEAR, Order.TITLE),
        (Order.NEWEST, Order.TITLE),
        (Order.TITLE,),
        (Order.AUTHOR,),
        (Order.YEAR,),
        (Order.NEWEST,),
    ]
    named = [order for order in orders if Order.FILE not in order]
    yield from ((lambda papers, o=order: by_section(sort_papers(papers, o))) for order in named)
    yield from ((lambda papers, o=order: sort_papers(papers, o)) for order in named)
    yield by_section
