"""Files into validated records: papers.yaml and the folder papers/ beside it make one catalog.

Every fault of every file is collected. A record that cannot be read whole still takes part in the
rules with the fields that can, so that one run of `catalog check` shows all that is wrong.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalog.errors import UnreadableInputError
from catalog.findings import Fault, Finding, Severity
from catalog.findings import Path as FieldPath
from catalog.folding import find_nearest
from catalog.model import Facet, Head, Paper, Section, Settings, Survey, SurveyLinks, Venue
from catalog.names import PersonName
from catalog.records import Catalog
from catalog.source import Document, Value, read_yaml

PAPERS_FILE = "papers.yaml"
PAPERS_FOLDER = "papers"

_PAPERS = TypeAdapter(tuple[Paper, ...])
_NOT_STEPS = frozenset(["[key]", "record", "key"])
"""Steps of pydantic's error locations that lead to no value: the branches of a union, a mapping's key."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands: its document and the path to it there."""

    document: Document
    path: FieldPath
    broken: frozenset[str] = frozenset()
    """Fields that could not be read; the record went on without them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read. `catalog` is None when papers.yaml has no usable head.

    `origins[i]` is the origin of `catalog.papers[i]`.
    """

    catalog: Catalog | None
    findings: tuple[Finding, ...]
    head: Document
    origins: tuple[Origin, ...] = ()
    records: int = 0
    """The number of records in the files, readable or not."""

    def locate(self, fault: Fault) -> Finding | None:
        """Give a fault of a rule its place in the files.

        Returns None when the fault only says again that a field could not be read.
        """
        if fault.paper is None:
            return _to_finding(fault, self.head, (), None)
        origin = self.origins[fault.paper]
        if fault.path and fault.path[0] in origin.broken:
            return None
        key = self.catalog.papers[fault.paper].key if self.catalog else None
        return _to_finding(fault, origin.document, origin.path, key)


@dataclass(slots=True)
class _Batch:
    """Raw records gathered from the files, with their origins."""

    values: list[Value] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)


def find_papers_files(folder: Path) -> list[Path]:
    """Return papers.yaml of `folder` and the files of its papers/ folder, in a fixed order."""
    more = sorted((folder / PAPERS_FOLDER).glob("**/*.yaml"), key=lambda path: path.as_posix())
    return [folder / PAPERS_FILE, *more]


def load(folder: Path) -> Loaded:
    """Read the catalog that stands in `folder`.

    Raises `UnreadableInputError` when papers.yaml is not there or a file cannot be opened; every
    fault inside the files is a finding.
    """
    with _collector_paused():
        documents = [_read(path, folder) for path in find_papers_files(folder)]
        return assemble(documents)


def assemble(documents: list[Document]) -> Loaded:
    """Make one catalog of documents, the first of which is papers.yaml."""
    head_document = documents[0]
    findings = [finding for document in documents for finding in document.findings]
    batch = _Batch()
    for document in documents:
        findings += _gather(document, batch, is_head=document is head_document)
    papers, origins = _validate_papers(batch, findings)
    head = _validate_head(head_document, findings)
    catalog = Catalog(head, papers) if head is not None else None
    findings.sort(key=lambda finding: finding.sort_key)
    return Loaded(catalog, tuple(findings), head_document, tuple(origins), len(batch.values))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Reading makes many objects and no garbage; collecting meanwhile costs 2.8 times the reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(path: Path, folder: Path) -> Document:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        hint = "there is no such file; run this in the folder of the list, or name it with -C"
        raise UnreadableInputError(path, hint) from error
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or str(error)) from error
    return read_yaml(data, path.relative_to(folder).as_posix())


def _gather(document: Document, batch: _Batch, *, is_head: bool) -> list[Finding]:
    """Add the document's raw records to the batch; return what is wrong with its outermost form."""
    value, path = document.value, FieldPath()
    if is_head:
        if value is None:
            return []
        if not isinstance(value, dict):
            return [_shape_finding(document, "papers.yaml must be a mapping with survey, sections, papers")]
        value, path = value.get("papers", []), ("papers",)
    elif isinstance(value, dict):
        value = [value]
        batch.values.append(value[0])
        batch.origins.append(Origin(document, ()))
        return []
    if value is None:
        return []
    if not isinstance(value, list):
        return [_shape_finding(document, "papers must be a list of records", path)]
    batch.values += value
    batch.origins += [Origin(document, (*path, index)) for index in range(len(value))]
    return []


def _shape_finding(document: Document, message: str, path: FieldPath = ()) -> Finding:
    line, column = document.place(path)
    hint = "see the data format in the documentation, or `catalog schema`"
    return Finding("file-shape", Severity.ERROR, document.file, line, column, message, hint)


def _validate_papers(batch: _Batch, findings: list[Finding]) -> tuple[list[Paper], list[Origin]]:
    """Validate all records in one call; only when one fails, record by record."""
    try:
        return list(_PAPERS.validate_python(batch.values)), batch.origins
    except ValidationError:
        pass
    papers, origins = [], []
    for value, origin in zip(batch.values, batch.origins, strict=True):
        paper, broken = _validate_paper(value, origin, findings)
        if paper is not None:
            papers.append(paper)
            origins.append(replace(origin, broken=broken))
    return papers, origins


def _validate_paper(
    value: Value, origin: Origin, findings: list[Finding]
) -> tuple[Paper | None, frozenset[str]]:
    """Validate one record; what is left of a faulty one goes on to the rules, without the broken fields."""
    try:
        return Paper.model_validate(value), frozenset()
    except ValidationError as error:
        details = error.errors(include_url=False)
    key = value.get("key") if isinstance(value, dict) else None
    findings += _describe(details, origin.document, origin.path, key if isinstance(key, str) else None)
    if not isinstance(value, dict):
        return None, frozenset()
    broken = frozenset(str(item["loc"][0]) for item in details if item["loc"])
    try:
        rest = Paper.model_validate({name: part for name, part in value.items() if name not in broken})
    except ValidationError:
        return None, broken
    return rest, broken


def _validate_head(document: Document, findings: list[Finding]) -> Head | None:
    """Validate all but the papers; what is left of a faulty head goes on to the rules."""
    if not isinstance(document.value, dict):
        return None
    value = {name: part for name, part in document.value.items() if name != "papers"}
    try:
        return Head.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    findings += _describe(details, document, (), None)
    faulty = {_steps(item)[:-1] if item["type"] == "missing" else _steps(item) for item in details}
    rest = _prune(value, faulty)
    for candidate in (rest, {**rest, "survey": {"title": "?"}} if isinstance(rest, dict) else rest):
        with suppress(ValidationError):
            return Head.model_validate(candidate)
    return None


def _prune(value: Value, faulty: set[FieldPath], path: FieldPath = ()) -> Value:
    """Return a copy without the parts at the paths `faulty`."""
    if isinstance(value, dict):
        return {
            name: _prune(part, faulty, (*path, name))
            for name, part in value.items()
            if (*path, name) not in faulty
        }
    if isinstance(value, list):
        return [
            _prune(part, faulty, (*path, index))
            for index, part in enumerate(value)
            if (*path, index) not in faulty
        ]
    return value


def _describe(
    details: list[ErrorDetails], document: Document, path: FieldPath, key: str | None
) -> Iterator[Finding]:
    """Turn pydantic's errors into findings, each with its place."""
    seen = set()
    for item in details:
        fault = _to_fault(item)
        # A value that fits no branch of a union is reported by pydantic once a branch.
        if (fault.path, fault.code) not in seen:
            seen.add((fault.path, fault.code))
            yield _to_finding(fault, document, path, key)


def _steps(item: ErrorDetails) -> FieldPath:
    """Return the path to a fault. A field named `key` is the last step, a branch of a union never is."""
    steps = item["loc"]
    return tuple(
        step
        for position, step in enumerate(steps)
        if step not in _NOT_STEPS or (step == "key" and position == len(steps) - 1 and not _is_branch(item))
    )


def _is_branch(item: ErrorDetails) -> bool:
    steps = item["loc"]
    return len(steps) > 1 and isinstance(steps[-2], int) and isinstance(item["input"], str)


def _to_fault(item: ErrorDetails) -> Fault:
    at_key = item["loc"][-1:] == ("[key]",)
    path = _steps(item)
    name = next((step for step in reversed(path) if isinstance(step, str)), "record")
    context = item.get("ctx", {})
    hint = context.get("hint")
    kind, value = item["type"], item["input"]
    if kind == "extra_forbidden":
        nearest = find_nearest(name, _fields_at(path[:-1]))
        hint = f"did you mean {nearest}?" if nearest else "delete it, or see `catalog schema`"
        return Fault("field-unknown", f"there is no field {name!r} here", hint, path=path, at_key=True)
    if kind == "missing":
        return Fault("field-missing", f"the field {name!r} is missing", f"add {name}: …", path=path)
    if kind == "enum" and at_key:
        message, hint = _explain(kind, name, context, item["msg"], value)
        return Fault("link-kind-unknown", f"{name!r} is no kind of link", hint, path=path, at_key=True)
    if "-" in kind:
        return Fault(kind, item["msg"], hint, path=path, at_key=at_key)
    shown = f" {_shorten(value)!r}" if isinstance(value, str) else ""
    message, hint = _explain(kind, str(name), context, item["msg"], value)
    return Fault(f"{name}-invalid", f"{name}{shown} {message}", hint, path=path, at_key=at_key)


def _explain(
    kind: str, name: str, context: dict[str, Any], message: str, value: Any  # noqa: ANN401 - what the file holds
) -> tuple[str, str | None]:
    """Say in the list's own words what pydantic's built-in check found."""
    if kind == "enum":
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", ")
        nearest = find_nearest(str(value), choices)
        return "is not one of its values", f"did you mean {nearest}?" if nearest else "one of " + ", ".join(choices)
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return "is not a whole number", "write digits only"
    if kind.startswith("date"):
        return "is not a date", "write it as 2025-12-31"
    if kind.startswith("bool"):
        return "is neither true nor false", "write true, or delete the line"
    if kind in ("tuple_type", "list_type"):
        return "must be a list", f"write {name}: [{_shorten(value) if isinstance(value, str) else '…'}]"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return "must be a mapping of names to values", None
    if kind == "string_type":
        return "must be text, not a list or mapping", "quote it when it holds [, { or a colon"
    if kind == "string_pattern_mismatch":
        return _explain_pattern(name)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        return f"is out of range: the limit is {bound}", None
    return f"does not fit: {message}", None


def _explain_pattern(name: str) -> tuple[str, str]:
    if name == "key" or name == "aliases":
        return "is not a citation key", "letters, digits and _.- in ASCII, no space: smith2024things"
    if name in ("id", "sections", "facets", "values"):
        return "is not an id", "lower-case ASCII words joined by hyphens: vision-models"
    return "is not one clean line", "no line break, no control character, no space at its ends"


def _fields_at(path: FieldPath) -> list[str]:
    """Return the field names that exist where `path` leads, as far as the format is fixed."""
    by_name = {
        "survey": Survey, "sections": Section, "venues": Venue, "facets": Facet, "settings": Settings,
        "cite": Paper, "authors": PersonName,
    }  # fmt: skip
    names = [step for step in path if isinstance(step, str)]
    if names[-2:] == ["survey", "links"]:
        return list(SurveyLinks.model_fields)
    for name in reversed(names):
        if name in by_name:
            return list(by_name[name].model_fields)
    return [*Paper.model_fields, *Head.model_fields]


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "…"


def _to_finding(fault: Fault, document: Document, path: FieldPath, key: str | None) -> Finding:
    line, column = document.place((*path, *fault.path), at_key=fault.at_key)
    names = [str(step) for step in fault.path]
    return Finding(
        code=fault.code,
        severity=fault.severity,
        file=document.file,
        line=line,
        column=column,
        message=fault.message,
        hint=fault.hint,
        key=key,
        field=".".join(names) or None,
    )
