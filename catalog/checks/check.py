"""Load, then apply every rule: everything that is wrong with a list, sorted by place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.checks.rules import check_catalog
from catalog.model import calendar
from catalog.model.catalog import Catalog
from catalog.model.findings import Collector, Finding, Severity
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


def check_loaded(loaded: LoadResult, *, today: date | None = None) -> CheckResult:
    """Apply every rule to what was read."""
    today = today or calendar.today()
    findings = loaded.findings
    if loaded.catalog is not None:
        collector = Collector(loaded.head.file, findings)
        located = map(loaded.locate, check_catalog(loaded.catalog, today))
        collector.add(finding for finding in located if finding is not None)
        findings = collector.sorted()
    has_errors = any(finding.severity is Severity.ERROR for finding in findings)
    return CheckResult(None if has_errors else loaded.catalog, findings, loaded.records)
