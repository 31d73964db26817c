"""Load, then apply every rule: all that is wrong with a list, sorted by place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.checks.rules import check_catalog
from catalog.model.catalog import Catalog
from catalog.model.findings import Collector, Finding, Severity
from catalog.store.load import Loaded, load


@dataclass(frozen=True, slots=True)
class Checked:
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

    def is_fine(self, *, strict: bool = False) -> bool:
        """Tell whether nothing was found that fails a check; warnings fail a strict one."""
        return not (self.findings if strict else self.errors)


def check(folder: Path, today: date) -> Checked:
    """Read the catalog in `folder` and apply every rule.

    `today` bounds the years that can be. Raises `UnreadableInputError` when a file cannot be
    opened.
    """
    return check_loaded(load(folder), today)


def check_loaded(loaded: Loaded, today: date) -> Checked:
    """Apply every rule to what was read."""
    findings = loaded.findings
    if loaded.catalog is not None:
        collector = Collector(loaded.head.file, findings)
        located = map(loaded.locate, check_catalog(loaded.catalog, today))
        collector.add(finding for finding in located if finding is not None)
        findings = collector.sorted()
    has_errors = any(finding.severity is Severity.ERROR for finding in findings)
    return Checked(None if has_errors else loaded.catalog, findings, loaded.records)
