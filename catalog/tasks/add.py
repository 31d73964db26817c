"""Papers that were looked up, made records of a list: venue, sections, key, duplicates named.

Nothing is written as long as one paper is in the list already or is no valid record.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from catalog.errors import UnreadableInputError, UsageError
from catalog.lookup import LookupResult, ResolveError, Session, answer_queries, parse_query
from catalog.lookup.merge import merge_works
from catalog.lookup.session import CACHE
from catalog.lookup.venues import match_venue
from catalog.model import calendar
from catalog.model.catalog import Catalog
from catalog.model.citation_keys import KeyRegistry, make_key_of
from catalog.model.draft import Draft, validate
from catalog.model.duplicates import DuplicateIndex
from catalog.model.findings import quote
from catalog.model.records import NewRecords, Paper
from catalog.model.similarity import compare_titles, contain_authors
from catalog.model.types import Value
from catalog.net import Client, Services
from catalog.store.cache_dir import open_cache
from catalog.store.insert import add_records, write_files
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import LoadResult, load
from catalog.store.lock import hold_list
from catalog.store.yaml.editor import EditError, Set, edit
from catalog.tasks.github.issue_parser import MAX_BYTES, parse_issue
from catalog.tasks.github.submission import find_submission
from catalog.text.folding import fold
from catalog.text.spelling import did_you_mean

_ALIKE = 0.75
_COMMON_AUTHORS = 0.5
NOT_CONFIRMED = "not confirmed"
"""How the remark begins that marks a record which a person must look at before it is taken."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A paper on its way into the list.

    `problems` keep it out, `remarks` do not; each is one line.
    """

    draft: Draft
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    new_venues: Mapping[str, dict[str, Value]] | None = None
    """Rows that the table of venues lacks, by short name."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of looking papers up; each of the failures is one line."""

    finds: tuple[LookupResult, ...]
    sections: tuple[str, ...] = ()
    """Where they shall stand."""
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddResult:
    """The records that were made, and why some could not be; each of `failures` is one line.

    `files` holds the new content of each changed file, by name; they are on disk when `is_written`.
    """

    additions: tuple[Addition, ...]
    failures: tuple[str, ...]
    files: Mapping[str, bytes]
    is_written: bool


def add(
    folder: Path | str,
    *ids: str,
    sections: Sequence[str] = (),
    write: bool = False,
    client: Client | None = None,
    today: date | None = None,
) -> AddResult:
    """Look papers up and add their records to the list in `folder`; `write` changes its files.

    `ids` are identifiers, addresses or bibliography files. Nothing is written when one of them
    fails, or has no section. Raises `UsageError` when the list has errors or lacks a section, and
    `UnreadableInputError` when it cannot be read.
    """
    folder = Path(folder)
    with hold_list(folder) if write else nullcontext():
        loaded = load(folder)
        _catalog_of(loaded)
        with nullcontext(client) if client is not None else Client() as opened:
            session = Session(opened, Services(), open_cache(folder) / CACHE)
            looked_up = look_up_papers(ids, sections, session)
        additions = tuple(make_additions(looked_up, loaded, today=today))
        problems = (problem for addition in additions for problem in addition.problems)
        failures = (*looked_up.failures, *problems, *find_unplaced(additions))
        files = {} if failures else write_additions(folder, loaded, additions)
        if write and files:
            write_files(folder, files)
    return AddResult(additions, failures, files, write and bool(files))


def look_up_papers(names: Sequence[str], sections: Sequence[str], desk: Session) -> LookedUp:
    """Look papers up by identifiers, addresses and bibliographies."""
    questions, failures, finds = [], [], []
    for name in names:
        try:
            questions.append(parse_query(name))
        except ResolveError as error:
            failures.append(str(error))
    for outcome in answer_queries(questions, desk):
        if isinstance(outcome, ResolveError):
            failures.append(str(outcome))
        else:
            finds += outcome
    return LookedUp(tuple(finds), tuple(sections), tuple(failures))


def look_up_issue(issue: Path, catalog: Catalog, desk: Session) -> LookedUp:
    """Look up the paper that an issue submits.

    Raises `IssueError` when the issue is not one of the form, or names no paper that is found.
    """
    try:
        with issue.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableInputError(issue, error.strerror or str(error)) from error
    submission = parse_issue(body, catalog)
    return LookedUp((find_submission(submission, desk),), submission.sections)


def make_additions(
    looked_up: LookedUp, loaded: LoadResult, *, today: date | None = None
) -> list[Addition]:
    """Make a record of each find; finds of one work become one.

    `loaded` is a list without errors in its head. Where a list has one section, that is where what
    names none belongs. Raises `UsageError` for a section that the list does not have.
    """
    catalog = _catalog_of(loaded)
    for id_ in looked_up.sections:
        _check_section(id_, catalog)
    only = tuple(catalog.section_by_id) if len(catalog.section_by_id) == 1 else ()
    ring = KeyRegistry.of((*catalog.papers, *catalog.citations))
    watch = _Watch(loaded, catalog)
    return [
        _make(found, catalog, looked_up.sections or only, today or calendar.today(), ring, watch)
        for found in merge_works(looked_up.finds)
    ]


def find_unplaced(additions: Sequence[Addition]) -> Iterator[str]:
    """Yield a line for each record that stands in no section; none of them can be written."""
    for addition in additions:
        if not addition.problems and not addition.draft.values.get("sections"):
            title = quote(str(addition.draft.values["title"]))
            yield f"{title} has no section; name one with --section"


def write_additions(
    folder: Path, loaded: LoadResult, additions: Sequence[Addition], *, as_files: bool = False
) -> dict[str, bytes]:
    """Return the files with the additions, by name: see `catalog.store.insert.write_files`.

    `as_files` puts each into a file of its own, whatever the settings, and leaves the table of
    venues alone. Raises `EditError` when an addition has problems or no section.
    """
    problems = [text for addition in additions for text in addition.problems]
    problem = next(iter((*problems, *find_unplaced(additions))), None)
    if problem is not None:
        raise EditError(problem)
    drafts = [addition.draft for addition in additions]
    if as_files:
        return add_records(folder, _with_folder(loaded), drafts)
    files = add_records(folder, loaded, drafts)
    rows = {k: v for addition in additions for k, v in (addition.new_venues or {}).items()}
    if rows:
        data = files.get(PAPERS_FILE) or (folder / PAPERS_FILE).read_bytes()
        changes = [Set(("venues", short), dict(row)) for short, row in rows.items()]
        files[PAPERS_FILE] = edit(data, PAPERS_FILE, changes)
    return files


def _catalog_of(loaded: LoadResult) -> Catalog:
    if loaded.catalog is None:
        raise UsageError(f"{PAPERS_FILE}: nothing is added before its errors are mended")
    return loaded.catalog


def _with_folder(loaded: LoadResult) -> LoadResult:
    catalog = _catalog_of(loaded)
    settings = catalog.settings.model_copy(update={"new_records": NewRecords.FOLDER})
    head = catalog.head.model_copy(update={"settings": settings})
    return replace(loaded, catalog=Catalog(head, catalog.papers))


def _check_section(id_: str, catalog: Catalog) -> None:
    if id_ not in catalog.section_by_id:
        hint = did_you_mean(id_, catalog.section_by_id, "`catalog stats` lists the sections")
        raise UsageError(f"there is no section {quote(id_)}. {hint}")


def _make(  # noqa: PLR0913 - what a record is made of
    found: LookupResult,
    catalog: Catalog,
    sections: tuple[str, ...],
    today: date,
    ring: KeyRegistry,
    watch: "_Watch",
) -> Addition:
    values = dict(found.draft.values)
    rows = match_venue(values, catalog)
    values.pop("key", None)
    values = {"key": make_key_of(values, ring), **values}
    if sections:
        values["sections"] = list(sections)
    values["added"] = today.isoformat()
    draft = replace(found.draft, values=values)
    answer = validate([draft])[0]
    if answer.paper is None:
        where = found.draft.source
        problems = [
            f"{where}: {'.'.join(map(str, fault.path))}: {fault.message}" for fault in answer.faults
        ]
        return Addition(draft, tuple(problems), tuple(_remark(found)), rows)
    problems = list(watch.find_duplicates(answer.paper))
    remarks = [*_remark(found), *(() if problems else watch.find_alike(answer.paper))]
    remarks += [f"new venue {quote(short)}: a row for the table of venues" for short in rows]
    return Addition(draft, tuple(problems), tuple(remarks), rows)


def _remark(found: LookupResult) -> Iterator[str]:
    if found.uncertainty is not None:
        yield f"{NOT_CONFIRMED}: {found.uncertainty}"
    yield from found.remarks


class _Watch:
    """Finds what is in the list already."""

    def __init__(self, loaded: LoadResult, catalog: Catalog) -> None:
        self._loaded = loaded
        self._papers = catalog.papers
        self._works = DuplicateIndex(catalog.papers)
        self._by_family: dict[str, list[int]] = {}
        for index, paper in enumerate(catalog.papers):
            for name in paper.authors:
                self._by_family.setdefault(fold(name.full_family), []).append(index)

    def find_duplicates(self, paper: Paper) -> Iterator[str]:
        """Yield the record of the same work with its place, if there is one."""
        twin = next(self._works.find(paper), None)
        if twin is not None:
            place = self._show(twin.place)
            yield f"{quote(paper.title)} is in the list already: {place}, the same {twin.mark.noun}"

    def find_alike(self, paper: Paper) -> Iterator[str]:
        """Yield records that look like the same work under another title."""
        families = {fold(name.full_family) for name in paper.authors}
        indexes = dict.fromkeys(i for f in families for i in self._by_family.get(f, ()))
        for index in indexes:
            other = self._papers[index]
            is_alike = compare_titles(paper.title, other.title) >= _ALIKE
            if is_alike and contain_authors(paper.authors, other.authors) >= _COMMON_AUTHORS:
                yield f"{quote(paper.title)} may be in the list already: {self._show(index)}"

    def _show(self, index: int) -> str:
        origin = self._loaded.origins[index]
        line, _ = origin.document.place(origin.path)
        return f"{origin.document.file}:{line} [{self._papers[index].key}]"
