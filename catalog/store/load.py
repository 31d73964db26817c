"""Files into validated records: papers.yaml and the folder papers/ next to it make one catalog.

Every fault of every file is collected. A record that cannot be read whole still takes part in the
rules with the fields that can, so one run of `catalog check` shows every problem. A fault of a rule
that only repeats what was found here is left out.
"""

import copy
import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from catalog.errors import UnreadableInputError
from catalog.model.catalog import Catalog
from catalog.model.findings import Code, Collector, Fault, FieldPath, Finding, Location, Severity
from catalog.model.records import Head, Paper, PapersFile
from catalog.model.types import Value
from catalog.model.validation_errors import find_meant, path_to, to_faults
from catalog.store import yaml
from catalog.store.known_records import KnownRecords
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.symlinks import escapes_folder
from catalog.store.yaml import Document, read_yaml

PAPERS_FOLDER = "papers"

_HEAD_HINT = "Begin with `survey:`, `sections:` and `papers:`"
_STAND_INS: dict[str, Value] = {
    "survey": {"title": "?"},
    "title": "?",
    "key": "unreadable",
    "id": "unreadable",
    "sections": [{"id": "unreadable", "title": "?"}],
    "values": {"unreadable": "?"},
}
"""What takes the place of a required field that cannot be read, so that the rest can be checked."""
_NAMELESS = frozenset(["title", "description", "name", "kind"])
"""Fields of a table's row that no record refers to."""


@dataclass(frozen=True, slots=True)
class RecordLocation:
    """Where a record stands: its document and the path to it there."""

    document: Document
    path: FieldPath
    broken: frozenset[str] = frozenset()
    """Fields that could not be read; the record went on without them."""

    @property
    def key(self) -> str | None:
        """The record's citation key as the file has it, or None."""
        record = self.document.value_at(self.path)
        key = record.get("key") if isinstance(record, dict) else None
        return key if isinstance(key, str) else None


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What was read. `catalog` is None when papers.yaml has no usable head.

    `origins[i]` is the origin of `catalog.papers[i]`.
    """

    catalog: Catalog | None
    findings: tuple[Finding, ...]
    head: Document
    origins: tuple[RecordLocation, ...] = ()
    records: int = 0
    """The number of records in the files, readable or not."""
    broken: frozenset[FieldPath] = frozenset()
    """Paths in papers.yaml, outside the records, that could not be read."""
    lost: frozenset[str] = frozenset()
    """Tables of papers.yaml with rows that could not be read, `papers` among them."""

    def locate(self, fault: Fault) -> Finding | None:
        """Return the finding for a fault of a rule, with its place in the files.

        Returns None when the fault only follows from one that was found in reading.
        """
        if fault.judged_by in self.lost:
            return None
        origin = self._origin_of(fault.paper)
        if origin.document.has_refused((*origin.path, *fault.path)) and fault.path:
            return None
        if fault.paper is None:
            if any(path[: len(fault.path)] == fault.path for path in self.broken):
                return None
        elif fault.path and fault.path[0] in origin.broken:
            return None
        if fault.first is not None:
            fault = replace(fault, message=f"{fault.message} (first at {self._show(fault.first)})")
        return _to_finding(fault, origin)

    def _origin_of(self, paper: int | None) -> RecordLocation:
        return self.origins[paper] if paper is not None else RecordLocation(self.head, ())

    def place(self, spot: Location) -> tuple[str, int, int]:
        """Return the file, line and column where a value stands."""
        origin = self._origin_of(spot.paper)
        line, column = origin.document.place((*origin.path, *spot.path))
        return origin.document.file, line, column

    def _show(self, spot: Location) -> str:
        file, line, _ = self.place(spot)
        return f"{file}:{line}"


@dataclass(slots=True)
class _Batch:
    """Raw records gathered from the files, with their origins."""

    values: list[Value] = field(default_factory=list)
    origins: list[RecordLocation] = field(default_factory=list)


def find_papers_files(folder: Path) -> list[Path]:
    """Return papers.yaml of `folder` and the files of its papers/ folder, in a fixed order.

    Linked folders are not entered; files whose name begins with a dot are an editor's.
    """
    more = [
        Path(parent, name)
        for parent, _, names in os.walk(folder / PAPERS_FOLDER, onerror=_refuse_folder)
        for name in names
        if _is_read(name)
    ]
    return [folder / PAPERS_FILE, *sorted(more, key=lambda path: path.as_posix())]


def _refuse_folder(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise UnreadableInputError(Path(error.filename), error.strerror or str(error)) from error


def load(folder: Path | str, known: KnownRecords | None = None) -> LoadResult:
    """Read the list in `folder`, without applying the rules.

    Of a long file, records that are in `known` are not read again; then it holds those of this
    reading.
    Raises `UnreadableInputError` when papers.yaml is not there or a file cannot be opened; every
    fault inside the files is a finding.
    """
    folder = Path(folder)
    with _collector_paused():
        documents = [_read(path, folder, known) for path in find_papers_files(folder)]
        return assemble_catalog(documents, known)


def load_files(files: Iterable[tuple[str, bytes]]) -> LoadResult:
    """Read a catalog from the bytes of its files: names as in its folder, papers.yaml first."""
    with _collector_paused():
        return assemble_catalog([read_yaml(data, name) for name, data in files])


def is_papers_file(name: str) -> bool:
    """Return whether a file below the list's folder, with forward slashes, holds papers."""
    folder, _, rest = name.partition("/")
    last = rest.rpartition("/")[2]
    is_more = folder == PAPERS_FOLDER and _is_read(last)
    return name == PAPERS_FILE or is_more


def _is_read(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")


def assemble_catalog(documents: list[Document], known: KnownRecords | None = None) -> LoadResult:
    """Make one catalog of documents, the first of which is papers.yaml."""
    head_document = documents[0]
    findings = Collector(head_document.file)
    batch = _Batch()
    for document in documents:
        findings.add(_claim_notes(document, is_head=document is head_document))
        findings.add(_gather(document, batch, is_head=document is head_document))
    papers, origins = _validate_papers(batch, findings, known or KnownRecords())
    if known is not None:
        known.keep(documents)
    head, broken, lost = _validate_head(head_document, findings)
    if len(papers) < len(batch.values) or _has_lost_keys(documents, origins):
        lost |= {"papers"}
    return LoadResult(
        Catalog(head, papers) if head is not None and not findings.is_full else None,
        findings.sorted(),
        head_document,
        tuple(origins),
        len(batch.values),
        broken,
        lost,
    )


def _has_lost_keys(documents: list[Document], origins: list[RecordLocation]) -> bool:
    """Return whether keys to which something may refer could not be read."""
    return (
        any(document.value is None for document in documents)
        or not documents[0].refused.isdisjoint({("papers",), ("papers", yaml.ITEM)})
        or any(not origin.broken.isdisjoint({"key", "aliases"}) for origin in origins)
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes many objects and no garbage; the collector would cost 2.8 times the reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(path: Path, folder: Path, known: KnownRecords | None) -> Document:
    name = path.relative_to(folder).as_posix()
    try:
        if escapes_folder(path, folder):
            return _refuse_outside(name)
        with path.open("rb") as file:
            data = file.read(yaml.MAX_BYTES + 1)
        return read_yaml(data, name, known.values if known is not None else None)
    except OSError as error:
        raise explain_unreadable(path, error) from error


def read_bytes(path: Path) -> bytes:
    """Return what a file of a list holds. Raises `UnreadableInputError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise explain_unreadable(path, error) from error


def explain_unreadable(path: Path, error: OSError) -> UnreadableInputError:
    """Return the error to raise for a file of a list that cannot be opened, with what to do."""
    if isinstance(error, FileNotFoundError):
        hint = (
            "not found here or in a parent folder. Run `catalog init` to start a list, or name "
            "its folder with `catalog -C DIR`"
        )
        return UnreadableInputError(path, hint)
    return UnreadableInputError(path, error.strerror or str(error))


def _refuse_outside(name: str) -> Document:
    """Read no file that lies elsewhere: a pull request could link to any file of the machine."""
    message = "the file is a symbolic link that leaves the list's folder"
    hint = "Put the file itself here"
    finding = Finding(Code.FILE_OUTSIDE, Severity.ERROR, name, 1, 1, message, hint)
    return yaml.refuse(name, finding)


def _claim_notes(document: Document, *, is_head: bool) -> Iterator[Finding]:
    """Yield what the reader found, each with the record and the field that it is about."""
    for finding, path in document.notes:
        depth = _depth_of_record(document, path, is_head=is_head)
        origin = RecordLocation(document, path[:depth])
        is_blank = is_head and finding.code is Code.FILE_EMPTY
        hint = _HEAD_HINT if is_blank else finding.hint
        yield replace(finding, key=origin.key, field=_to_field(path[depth:]), hint=hint)


def _depth_of_record(document: Document, path: FieldPath, *, is_head: bool) -> int:
    if is_head:
        return 2 if path[:1] == (PAPERS_FOLDER,) and len(path) > 1 else 0
    return 1 if isinstance(document.value, list) and path else 0


def _gather(document: Document, batch: _Batch, *, is_head: bool) -> Iterator[Finding]:
    """Add the document's raw records to the batch; yield what is wrong with its outermost form."""
    value, path = document.value, FieldPath()
    if is_head and isinstance(value, dict):
        value, path = value.get("papers", []), ("papers",)
    elif is_head and value is not None:
        message = f"{PAPERS_FILE} must be a mapping"
        yield _shape_finding(document, message, _HEAD_HINT)
        return
    elif isinstance(value, dict) and ("key" in value or "papers" not in value):
        batch.values.append(value)
        batch.origins.append(RecordLocation(document, ()))
        return
    if isinstance(value, list):
        batch.values += value
        batch.origins += [RecordLocation(document, (*path, index)) for index in range(len(value))]
    elif value is not None:
        what = "papers" if is_head else f"a file of {PAPERS_FOLDER}/"
        message = f"{what} must be a list of records"
        hint = "Begin each record with a hyphen: `- key: …`"
        if isinstance(value, dict) and not is_head:
            hint = "Delete the line `papers:` and begin each record with `- key: …`"
        yield _shape_finding(document, message, hint, path)


def _shape_finding(document: Document, message: str, hint: str, path: FieldPath = ()) -> Finding:
    return _to_finding(
        Fault(Code.FILE_SHAPE, message, hint, path=path), RecordLocation(document, ())
    )


def _validate_papers(
    batch: _Batch, findings: Collector, known: KnownRecords
) -> tuple[list[Paper], list[RecordLocation]]:
    papers, origins = [], []
    for value, origin in zip(batch.values, batch.origins, strict=True):
        if findings.is_full:
            break
        try:
            papers.append(known.validate(value, origin.document.text_of(origin.path)))
            origins.append(origin)
        except ValidationError as error:
            details = error.errors(include_url=False)
            findings.add(_describe(details, origin))
            paths = {*map(path_to, details), *find_meant(details)}
            broken = frozenset(str(path[0]) for path in paths if path)
            rest = _validate_rest(value, broken)
            if rest is not None:
                papers.append(rest)
                origins.append(replace(origin, broken=broken))
    return papers, origins


def _validate_rest(value: Value, broken: frozenset[str]) -> Paper | None:
    """Return what can be read of a faulty record, without its broken fields."""
    if not isinstance(value, dict):
        return None
    rest = {name: part for name, part in value.items() if name not in broken}
    required = {name: _STAND_INS[name] for name in ("key", "title") if name in broken}
    # A key or title of nobody: no rule takes it for another record's.
    nobody: dict[str, str] = dict.fromkeys(required, "")
    return Paper.model_validate({**rest, **required}).model_copy(update=nobody)


def _validate_head(
    document: Document, findings: Collector
) -> tuple[Head | None, frozenset[FieldPath], frozenset[str]]:
    """Validate all but the papers; what is left of a faulty head goes on to the rules.

    Returns also the paths that could not be read, and the tables whose rows are not all known.
    """
    if not isinstance(document.value, dict):
        return None, frozenset(), frozenset()
    value = {name: part for name, part in document.value.items() if name != "papers"}
    broken: set[FieldPath] = set()
    lost = _find_refused(document.refused)
    for _ in range(_MOST_REPAIRS):
        try:
            return Head.model_validate(value), frozenset(broken), frozenset(lost)
        except ValidationError as error:
            details = error.errors(include_url=False)
        if not broken:
            findings.add(_describe(details, RecordLocation(document, ())))
            lost |= set(_find_lost(details))
            value = copy.deepcopy(value)
        faulty = {path_to(item) for item in details}
        for path in sorted(faulty, reverse=True):
            _repair(value, path, stand_in=None if path in broken else _STAND_INS.get(str(path[-1])))
        broken |= faulty
    return None, frozenset(broken), frozenset(lost)


# A repaired value may show the next fault; a head that has more than eight such layers is lost.
_MOST_REPAIRS = 8


def _find_refused(refused: Iterable[FieldPath]) -> set[str]:
    """Return the tables of which a part was refused: all, when the key itself could not be read."""
    paths = {path for path in refused if path[:1] != ("papers",)}
    return set(PapersFile.model_fields) if () in paths else {str(path[0]) for path in paths}


def _find_lost(details: Iterable[ErrorDetails]) -> Iterator[str]:
    """Yield the tables with faults that may hide a name to which a record refers."""
    for item in details:
        path = path_to(item)
        if item["type"] != "extra_forbidden" and path[-1] not in _NAMELESS:
            yield str(path[0])


def _repair(value: Any, path: FieldPath, stand_in: Value | None) -> None:  # noqa: ANN401 - any part of a document
    """Put a stand-in at the end of `path`, or delete what is there."""
    for step in path[:-1]:
        value = value[step]
    if stand_in is not None and isinstance(value, dict):
        value[path[-1]] = copy.deepcopy(stand_in)
    elif not isinstance(value, dict) or path[-1] in value:
        del value[path[-1]]


def _describe(details: list[ErrorDetails], origin: RecordLocation) -> Iterator[Finding]:
    """Turn pydantic's errors into findings, but for those that the reader has reported."""
    for fault in to_faults(details):
        is_reported = fault.code in (Code.FIELD_MISSING, Code.VALUE_EMPTY)
        if not (is_reported and origin.document.has_refused((*origin.path, *fault.path))):
            yield _to_finding(fault, origin)


def _to_finding(fault: Fault, origin: RecordLocation) -> Finding:
    path = (*origin.path, *fault.path)
    line, column = origin.document.place(path, at_key=fault.at_key)
    return Finding(
        code=fault.code,
        severity=fault.severity,
        file=origin.document.file,
        line=line,
        column=column,
        message=fault.message,
        hint=fault.hint,
        key=origin.key,
        field=_to_field(fault.path),
        fix=fault.fix,
    )


def _to_field(path: FieldPath) -> str | None:
    return ".".join(map(str, path)) or None
