"""What changed between two states of a list, and what is wrong with that.

Records are compared by their citation keys and values: a record that moved to another file or was
only written in another form has not changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from catalog.checks.check import CheckResult, check_loaded
from catalog.model.findings import Code, Fault, Finding, Severity, quote
from catalog.model.identity import WorkIndex
from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.store.git import read_revision
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import PAPERS_FOLDER, LoadResult, is_papers_file, load, load_files

_README = "README.md"
_NOTHING = (PAPERS_FILE, b"survey: {title: none}\nsections: [{id: none, title: none}]\n")
"""Stands for a list that was not there yet."""

Raw = dict[str, Value]
"""A record as its file has it."""
Records = Mapping[str, tuple[int, Raw]]
"""By key, the index of a record in its catalog and what the file has."""


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is new or has changed.

    `index` is that of the record in the catalog; `before` is what the file had, None for a new one.
    """

    index: int
    record: Raw
    before: Raw | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, in the order of the files."""
        before = self.before or {}
        names = dict.fromkeys((*before, *self.record))
        return tuple(name for name in names if before.get(name) != self.record.get(name))


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one state of a list to another.

    `checked` holds the findings that the change brought: those of new and changed records, and
    those that the older state did not have.
    """

    loaded: LoadResult
    checked: CheckResult
    changed: tuple[Change, ...]
    removed: tuple[str, ...]
    """Keys of the records that are gone."""
    has_edited_readme: bool = False
    """README.md, which is made from the list, was changed by hand."""


def compare(folder: Path | str, revision: str, *, today: date | None = None) -> Changes:
    """Compare the list in `folder` with what it was at a revision of its git repository.

    Raises `UsageError` when the revision cannot be read.
    """
    folder = Path(folder)
    stored = read_revision(folder, revision, (PAPERS_FILE, PAPERS_FOLDER, _README))
    readmes = [file.data for file in stored if file.name == _README]
    files = [(file.name, file.data) for file in stored if is_papers_file(file.name)]
    # papers.yaml first, then by name: the order in which a folder is read.
    files.sort(key=lambda file: (file[0] != PAPERS_FILE, file[0]))
    if not files or files[0][0] != PAPERS_FILE:
        files = [_NOTHING]
    changes = compare_records(load_files(files), load(folder), today=today)
    return replace(changes, has_edited_readme=any(_differs(folder / _README, r) for r in readmes))


def _differs(path: Path, data: bytes) -> bool:
    """Return whether a file has other text than before; line ends of a checkout do not count."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n") != data.replace(b"\r\n", b"\n")
    except OSError:
        return True


def compare_records(old: LoadResult, new: LoadResult, *, today: date | None = None) -> Changes:
    """Compare two states of a list."""
    before, after = _records_by_key(old), _records_by_key(new)
    heirs = _find_heirs({key: place for key, place in before.items() if key not in after}, old, new)
    renamed = {heir: key for key, heir in heirs.items() if heir not in before}
    changed = tuple(
        Change(index, record, before[renamed.get(key, key)][1] if was_there else None)
        for key, (index, record) in after.items()
        if not (was_there := key in before or key in renamed)
        or before[renamed.get(key, key)][1] != record
    )
    lost = tuple(judge_names(before, old, new, after, heirs))
    removed = tuple(key for key in before if key not in after and key not in heirs)
    checked = check_loaded(new, today=today)
    known = {_identify(finding) for finding in check_loaded(old, today=today).findings}
    keys = {change.record["key"] for change in changed}
    brought = [f for f in checked.findings if f.key in keys or _identify(f) not in known]
    findings = (*brought, *lost)
    return Changes(
        new,
        replace(
            checked,
            findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
            records=len(changed),
        ),
        changed,
        removed,
    )


def _records_by_key(loaded: LoadResult) -> Records:
    """Return index and raw value of each record with a key; the first one keeps a repeated key."""
    found: dict[str, tuple[int, Raw]] = {}
    for index, origin in enumerate(loaded.origins):
        record = origin.document.value_at(origin.path)
        if isinstance(record, dict) and origin.key is not None:
            found.setdefault(origin.key, (index, record))
    return found


def _identify(finding: Finding) -> tuple[str | None, ...]:
    """Return what makes two findings the same, wherever the lines have moved to."""
    if finding.key is not None:
        return (finding.code, finding.key, finding.field)
    return (finding.code, finding.file, finding.field, finding.message)


def _find_heirs(gone: Records, old: LoadResult, new: LoadResult) -> dict[str, str]:
    """Return by old key the key that the work has now; works that are gone have none."""
    if not gone or old.catalog is None or new.catalog is None:
        return {}
    works, heirs = WorkIndex(new.catalog.papers), {}
    for key, (index, _) in gone.items():
        heir = new.catalog.paper_by_key.get(key)
        twin = next((m for m in works.find(old.catalog.papers[index]) if m.is_same), None)
        if heir is None and twin is not None:
            heir = new.catalog.papers[twin.place]
        if heir is not None:
            heirs[key] = heir.key
    return heirs


def judge_names(
    before: Records, old: LoadResult, new: LoadResult, after: Records, heirs: Mapping[str, str]
) -> Iterator[Finding]:
    """Codes `key-lost`, `record-removed`: what led to a record leads to it permanently."""
    if old.catalog is None or new.catalog is None:
        return
    for key, (index, _) in before.items():
        heir = heirs.get(key, key)
        names = (key, *old.catalog.papers[index].aliases)
        lost = [name for name in names if name not in new.catalog.paper_by_key]
        if lost and heir in after:
            place = after[heir][0]
            yield from _located(new, key, _blame_heir(new.catalog.papers[place], place, lost))
        elif key in lost:
            message = f"the record {quote(key)} is removed"
            hint = "if its work is still in the list, give that record the old key as an alias"
            fault = Fault(Code.RECORD_REMOVED, message, hint, Severity.WARNING, path=("papers",))
            yield from _located(new, key, replace(fault, judged_by="papers"))


def _blame_heir(heir: Paper, index: int, lost: list[str]) -> Fault:
    names = ", ".join(map(quote, lost))
    message = f"{names} led to this record before, and no longer does"
    aliases = (*heir.aliases, *lost)
    hint = f"add aliases: [{', '.join(aliases)}]"
    fault = Fault(Code.KEY_LOST, message, hint, paper=index, path=("key",), judged_by="papers")
    return replace(fault, fix=("aliases", aliases))


def _located(new: LoadResult, key: str, fault: Fault) -> Iterator[Finding]:
    finding = new.locate(fault)
    if finding is not None:
        yield finding if finding.key is not None else replace(finding, key=key)
