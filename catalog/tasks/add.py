"""Papers that were looked up, made records of a list: venue, sections, key, duplicates named.

Papers that the list has are reported and skipped. Nothing is written as long as one of the others
is not a valid record.
"""

import re
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
from catalog.model.citation_keys import KeyRegistry, can_be_key, make_key_of
from catalog.model.draft import Draft, to_values, validate
from catalog.model.findings import quote
from catalog.model.identity import Match, WorkIndex, is_preprint_venue
from catalog.model.merging import merge_drafts
from catalog.model.records import FOREIGN_KEY_PATTERN, KEY_PATTERN, NewRecords, Paper, VenueKind
from catalog.model.types import Value
from catalog.net import Client, Services
from catalog.store.cache_dir import open_cache
from catalog.store.insert import add_records, change_files, write_files
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import LoadResult, load
from catalog.store.lock import hold_list
from catalog.store.yaml.editor import Edit, EditError, Set, edit
from catalog.tasks.github.issue_parser import MAX_BYTES, parse_issue
from catalog.tasks.github.submission import find_submission
from catalog.text.spelling import did_you_mean

NOT_CONFIRMED = "not confirmed"
"""How the remark begins that marks a record which a person must look at before it is taken."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A paper on its way into the list.

    `problems` keep it out, `remarks` do not; each is one line. `known` is set for a paper that the
    list has.
    """

    draft: Draft
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    new_venues: Mapping[str, dict[str, Value]] | None = None
    """Rows that the table of venues lacks, by short name."""
    known: "ListedPaper | None" = None


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A listed paper that was found again: its place in the catalog, and what the find adds.

    `message` names it in one line; `new_values` are those that its record lacks, or has of a
    preprint that is published now; `replaced` are the values of the preprint, `not_taken` others
    that differ from what the record has.
    """

    place: int
    message: str
    new_values: Mapping[str, Value]
    not_taken: tuple[str, ...]
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What came of looking papers up; each of the failures is one line."""

    finds: tuple[LookupResult, ...]
    sections: tuple[str, ...] = ()
    """Where they should stand."""
    failures: tuple[str, ...] = ()
    is_submission: bool = False
    """Somebody submits the paper, and must learn when it is listed already."""


@dataclass(frozen=True, slots=True)
class AddResult:
    """The records that were made, and why some could not be; each of `failures` is one line.

    `files` holds the new content of each changed file, by name; they are on disk when `is_written`.
    """

    additions: tuple[Addition, ...]
    failures: tuple[str, ...]
    files: Mapping[str, bytes]
    is_written: bool


def add(  # noqa: PLR0913 - one parameter an option of the command
    folder: Path | str,
    *ids: str,
    sections: Sequence[str] = (),
    write: bool = False,
    update: bool = False,
    client: Client | None = None,
    today: date | None = None,
) -> AddResult:
    """Look papers up and add their records to the list in `folder`; `write` changes its files.

    `ids` are identifiers, addresses or bibliography files. Papers that the list has are skipped;
    `update` fills what their records lack. Nothing is written when one of the others fails, or has
    no section. Raises `UsageError` when the list has errors or lacks a section, and
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
        files = {} if failures else write_additions(folder, loaded, additions, update=update)
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
    return LookedUp((find_submission(submission, desk),), submission.sections, (), True)


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
    desk = _Desk(
        catalog,
        looked_up.sections or only,
        today or calendar.today(),
        KeyRegistry.of((*catalog.papers, *catalog.citations)),
        _Listed(loaded, catalog),
        looked_up.is_submission,
    )
    return [_make(found, desk) for found in merge_works(looked_up.finds)]


def find_unplaced(additions: Sequence[Addition]) -> Iterator[str]:
    """Yield a line for each record that is in no section; none of them can be written."""
    for addition in additions:
        is_new = not addition.problems and addition.known is None
        if is_new and not addition.draft.values.get("sections"):
            title = quote(str(addition.draft.values["title"]))
            yield f"{title} has no section; name one with --section"


def write_additions(
    folder: Path,
    loaded: LoadResult,
    additions: Sequence[Addition],
    *,
    as_files: bool = False,
    update: bool = False,
) -> dict[str, bytes]:
    """Return the files with the additions, by name: see `catalog.store.insert.write_files`.

    `as_files` puts each into a file of its own, whatever the settings, and leaves the table of
    venues alone. `update` fills what the records of known papers lack. Raises `EditError` when an
    addition has problems or no section.
    """
    problems = [text for addition in additions for text in addition.problems]
    problem = next(iter((*problems, *find_unplaced(additions))), None)
    if problem is not None:
        raise EditError(problem)
    new = [addition for addition in additions if addition.known is None]
    drafts = [addition.draft for addition in new]
    if as_files:
        return add_records(folder, _with_folder(loaded), drafts)
    files = _update_known(folder, loaded, additions) if update else {}
    if drafts:
        # The places of the records are those before any is added.
        added = add_records(folder, loaded, drafts, files)
        files |= added
    written = [one for one in additions if one.known is None or update]
    rows = {k: v for addition in written for k, v in (addition.new_venues or {}).items()}
    if rows:
        data = files.get(PAPERS_FILE) or (folder / PAPERS_FILE).read_bytes()
        changes = [Set(("venues", short), dict(row)) for short, row in rows.items()]
        files[PAPERS_FILE] = edit(data, PAPERS_FILE, changes)
    return files


def _update_known(
    folder: Path, loaded: LoadResult, additions: Sequence[Addition]
) -> dict[str, bytes]:
    """Return the files in which the records of known papers have what they lacked."""
    changes: dict[str, list[Edit]] = {}
    seen: set[tuple[int, str]] = set()
    for addition in additions:
        known = addition.known
        for name, value in (known.new_values if known else {}).items():
            if known is not None and (known.place, name) not in seen:
                seen.add((known.place, name))
                origin = loaded.origins[known.place]
                here = changes.setdefault(origin.document.file, [])
                here.append(Set((*origin.path, name), value))
    return change_files(folder, changes)


def _catalog_of(loaded: LoadResult) -> Catalog:
    if loaded.catalog is None:
        raise UsageError(f"{PAPERS_FILE}: fix its errors before adding papers")
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


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a record of the list is made with."""

    catalog: Catalog
    sections: tuple[str, ...]
    today: date
    keys: KeyRegistry
    listed: "_Listed"
    is_submission: bool


def _make(found: LookupResult, desk: _Desk) -> Addition:
    values = dict(found.draft.values)
    rows = match_venue(values, desk.catalog)
    given = values.pop("key", None)
    answer = validate([replace(found.draft, values={"key": "unnamed", **values})])[0]
    if answer.paper is None:
        where = found.draft.source
        problems = [
            f"{where}: {'.'.join(map(str, fault.path))}: {fault.message}" for fault in answer.faults
        ]
        return Addition(found.draft, tuple(problems), tuple(_remark(found)), rows)
    draft = replace(found.draft, values=values)
    match = desk.listed.find(answer.paper)
    if match is not None and match.is_same:
        known = desk.listed.describe(match, draft, given if isinstance(given, str) else None)
        problems = [known.message] if desk.is_submission else []
        own_rows = rows if "venue" in known.new_values else None
        return Addition(draft, tuple(problems), tuple(_remark(found)), own_rows, known)
    values, remarks = _settle_key(values, given, desk.keys)
    if desk.sections:
        values["sections"] = list(desk.sections)
    values["added"] = desk.today.isoformat()
    remarks = [*_remark(found), *remarks, *desk.listed.find_alike(answer.paper)]
    remarks += [f"adding new venue {quote(short)} to `venues:`" for short in rows]
    return Addition(replace(draft, values=values), (), tuple(remarks), rows)


def _remark(found: LookupResult) -> Iterator[str]:
    if found.uncertainty is not None:
        yield f"{NOT_CONFIRMED}: {found.uncertainty}"
    yield from found.remarks


def _settle_key(
    values: dict[str, Value], given: Value | None, keys: KeyRegistry
) -> tuple[dict[str, Value], list[str]]:
    """Return the values with the file's own key where the list can have it, or with a new one."""
    if isinstance(given, str) and can_be_key(given, keys):
        keys.take(given)
        return {"key": given, **values}, []
    made = make_key_of(values, keys)
    values = {"key": made, **values}
    if not isinstance(given, str):
        return values, []
    if given in keys and re.fullmatch(KEY_PATTERN, given):
        return values, [f"the key {given} is taken by another record; {made} is used instead"]
    if re.fullmatch(FOREIGN_KEY_PATTERN, given):
        listed = values.get("cite_keys")
        values["cite_keys"] = [given, *(listed if isinstance(listed, list) else [])]
    return values, []


class _Listed:
    """Finds what is in the list already."""

    def __init__(self, loaded: LoadResult, catalog: Catalog) -> None:
        self._loaded = loaded
        self._catalog = catalog
        self._papers = catalog.papers
        self._works = WorkIndex(catalog.papers)

    def find(self, paper: Paper) -> Match | None:
        """Return the record of the same work, if there is one."""
        return next((match for match in self._works.find(paper) if match.is_same), None)

    def describe(self, match: Match, draft: Draft, key: str | None) -> ListedPaper:
        """Return what the list has of a paper, and what it lacks."""
        listed = self._papers[match.place]
        values = {name: value for name, value in draft.values.items() if name != "added"}
        if key is not None and key not in (listed.key, *listed.aliases, *listed.cite_keys):
            values["cite_keys"] = [key]
        values.pop("sections", None)
        own = to_values(listed)
        merged = merge_drafts((Draft(own), replace(draft, values=values)))
        new = {
            name: value
            for name, value in merged.draft.values.items()
            if name not in own or (name in _GROWING and value != own[name])
        }
        changed = {name for name, value in own.items() if merged.draft.values.get(name) != value}
        replaced: list[str] = []
        if self._is_preprint(listed.venue) and not self._is_preprint(values.get("venue")):
            # Published wins over preprint, in the list too.
            taken = [name for name in _OF_PUBLICATION if own.get(name, "") != values.get(name, "")]
            taken = [name for name in taken if name in own and name in values]
            new |= {name: values[name] for name in taken}
            replaced = [f"{name} {quote(str(own[name]))}" for name in taken]
            changed |= set(taken)
        lost = [one for one in merged.not_kept if one.field not in changed]
        changed -= new.keys()
        not_taken = [f"{one.field} {quote(one.value)}" for one in lost]
        # What `merge_drafts` would put in place of a listed value is not taken: the list decides.
        not_taken += [
            f"{name} {quote(str(values[name]))}"
            for name in sorted(changed - _GROWING)
            if name in values
        ]
        place = self._show(match.place)
        message = f"{quote(str(draft.values['title']))} is listed: {place}, {match.reason}"
        return ListedPaper(match.place, message, new, tuple(not_taken), tuple(replaced))

    def _is_preprint(self, venue: Value | None) -> bool:
        """Return whether a venue is none, or a preprint server's."""
        if venue is None:
            return True
        short = self._catalog.venue_by_name.get(str(venue))
        kind = self._catalog.venues[short].kind if short is not None else None
        return kind is VenueKind.PREPRINT or is_preprint_venue(str(venue))

    def find_alike(self, paper: Paper) -> Iterator[str]:
        """Yield the records that may be of the same work."""
        for match in self._works.find(paper, with_different=True):
            other, place = self._papers[match.place], self._show(match.place)
            hint = f"if they are two works, add `distinct_from: [{other.key}]`"
            yield f"{quote(paper.title)} may be in the list: {place}: {match.reason}; {hint}"

    def _show(self, index: int) -> str:
        origin = self._loaded.origins[index]
        line, _ = origin.document.place(origin.path)
        return f"{origin.document.file}:{line} [{self._papers[index].key}]"


_OF_PUBLICATION = ("venue", "year", "month", "type", "booktitle")
"""Fields of a preprint that its published version replaces."""
_GROWING = frozenset(["links", "cite_keys", "tags"])
"""Fields that `--update` adds to."""
