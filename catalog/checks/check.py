"""Load, then apply every rule: everything that is wrong with a list, sorted by place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.checks.rules import PaperRule, check_catalog, check_paper
from catalog.model import calendar
from catalog.model.catalog import Catalog
from catalog.model.findings import Collector, Fault, Finding, Severity
from catalog.model.records import Paper
from catalog.store.known_records import KnownRecords
from catalog.store.load import LoadResult, load


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found. `catalog` is None when there is an error: nothing is built from that."""

    catalog: Catalog | None
    findings: tuple[Finding, ...]
    records: int
    """The number of records in the files."""

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return len(self.findings) - self.errors

    def is_ok(self, *, strict: bool = False) -> bool:
        """Return whether nothing was found that fails a check; warnings fail a strict one."""
        return not (self.findings if strict else self.errors)


def check(folder: Path | str, *, today: date | None = None) -> CheckResult:
    """Read the catalog in `folder` and apply every rule.

    `today` bounds the years that are accepted; None is the reader's own day. Raises
    `UnreadableInputError` when a file cannot be opened.
    """
    return check_loaded(load(Path(folder)), today=today)


class Checker:
    """Checks one list again and again; unchanged records are neither read nor checked again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = KnownRecords()
        self._day: date | None = None
        self._faults: dict[int, tuple[Paper, tuple[Fault, ...]]] = {}

    def check(self, *, today: date | None = None) -> CheckResult:
        """Do what `check` does."""
        today = today or calendar.today()
        if today != self._day:
            self._day, self._faults = today, {}
        loaded = load(self._folder, self._known)
        checked = check_loaded(loaded, today=today, check_paper=self._check_paper)
        papers = loaded.catalog.papers if loaded.catalog is not None else ()
        known = (self._faults.get(id(paper)) for paper in papers)
        self._faults = {id(found[0]): found for found in known if found is not None}
        return checked

    def _check_paper(self, paper: Paper, today: date) -> tuple[Fault, ...]:
        found = self._faults.get(id(paper))
        if found is None:  # what is found keeps the paper, so no other one gets its id
            found = self._faults[id(paper)] = paper, tuple(check_paper(paper, today))
        return found[1]


def check_loaded(
    loaded: LoadResult, *, today: date | None = None, check_paper: PaperRule = check_paper
) -> CheckResult:
    """Apply every rule to what was read; `check_paper` applies those of one record."""
    today = today or calendar.today()
    findings = loaded.findings
    if loaded.catalog is not None:
        collector = Collector(loaded.head.file, findings)
        located = map(loaded.locate, check_catalog(loaded.catalog, today, check_paper))
        collector.add(finding for finding in located if finding is not None)
        findings = collector.sorted()
    has_errors = any(finding.severity is Severity.ERROR for finding in findings)
    return CheckResult(None if has_errors else loaded.catalog, findings, loaded.records)
