"""Findings and counts as text for people, JSON for programs and annotations for GitHub."""

import json
import math
from collections.abc import Mapping
from enum import StrEnum

from catalog.characters import to_printable
from catalog.checking import Checked
from catalog.findings import Finding, Severity
from catalog.statistics import Statistics


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    """A line a finding, for people."""
    JSON = "json"
    """One object, for programs."""
    GITHUB = "github"
    """Workflow commands, which GitHub shows beside the changed lines."""


def report_check(checked: Checked, format: ReportFormat) -> str:
    """Return what a check found, in the form asked for; each line ends in a line feed."""
    if format is ReportFormat.JSON:
        return to_json(
            {"papers": checked.records, "findings": [_to_dict(f) for f in checked.findings]}
        )
    if format is ReportFormat.GITHUB:
        return "".join(_to_annotation(finding) + "\n" for finding in checked.findings)
    return (
        "".join(_to_line(finding) + "\n" for finding in checked.findings)
        + summarise(checked)
        + "\n"
    )


def summarise(checked: Checked) -> str:
    """Return the closing line of a check: `106 papers: 1 error, 2 warnings`."""
    papers = _count(checked.records, "paper")
    if not checked.findings:
        return f"{papers}: nothing to mend"
    return f"{papers}: {_count(checked.errors, 'error')}, {_count(checked.warnings, 'warning')}"


def report_statistics(statistics: Statistics) -> str:
    """Return counts as aligned text with a bar a row."""
    head = (
        f"{_count(statistics.papers, 'paper')}, {_count(statistics.authors, 'author')}, "
        f"{_count(statistics.placements, 'placement')} in sections\n"
    )
    tables = ("sections", "years", "venues", "types", "links")
    return head + "".join(_to_table(name, getattr(statistics, name)) for name in tables)


def to_json(value: object) -> str:
    """Return `value` as JSON, readable and the same each time."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _to_line(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    owner = f" [{finding.key}]" if finding.key else ""
    hint = f"; {finding.hint}" if finding.hint else ""
    return to_printable(
        f"{place}: {finding.severity} {finding.code}: {finding.message}{hint}{owner}"
    )


def _to_dict(finding: Finding) -> dict[str, str | int | None]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "key": finding.key,
        "field": finding.field,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "hint": finding.hint,
    }


def _to_annotation(finding: Finding) -> str:
    hint = f"; {finding.hint}" if finding.hint else ""
    place = (finding.file, finding.line, finding.column)
    return write_annotation(finding.severity, place, finding.code, finding.message + hint)


def write_annotation(
    severity: Severity, place: tuple[str, int, int], title: str, message: str
) -> str:
    """Return a workflow command that GitHub shows at a place: file, line and column.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    file, line, column = place
    properties = {"file": file, "line": str(line), "col": str(column), "title": title}
    text = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    return f"::{severity} {text}::{_escape_data(message)}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _to_table(title: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    width = max(len(name) for name in counts)
    tallest = max(counts.values())
    rows = (
        f"  {to_printable(name):<{width}}  {number:>6}  {'█' * math.ceil(24 * number / tallest)}"
        for name, number in counts.items()
    )
    return f"\n{title}\n" + "".join(row.rstrip() + "\n" for row in rows)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
