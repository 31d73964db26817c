"""Findings and counts as text for people, JSON for programs and annotations for GitHub."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from catalog.checks.check import CheckResult
from catalog.model.findings import Code, Finding, Severity, count_of
from catalog.model.statistics import Statistics
from catalog.text.characters import to_printable

_MANY = 20
"""More findings than fit a screen are counted by code too."""


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    """One line per finding, for people."""
    JSON = "json"
    """One object, for programs."""
    GITHUB = "github"
    """Workflow commands, which GitHub shows next to the changed lines."""


def report_check(checked: CheckResult, format: ReportFormat, prefix: str = "") -> str:
    """Return what a check found, in the form asked for; each line ends in a line feed.

    `prefix` leads from the top of the repository to the list, `lists/things/`: GitHub shows an
    annotation only at a path from there.
    """
    if format is ReportFormat.JSON:
        return to_json(
            {"papers": checked.records, "findings": [_to_dict(f) for f in checked.findings]}
        )
    if format is ReportFormat.GITHUB:
        return "".join(_to_annotation(finding, prefix) + "\n" for finding in checked.findings)
    lines = [to_line(finding) for finding in checked.findings]
    groups = _group(checked.findings) if len(lines) > _MANY else []
    return "".join(f"{line}\n" for line in (*lines, *groups, summarise(checked)))


def report_briefly(checked: CheckResult) -> str:
    """Return what a check found, briefly: many warnings are counted by code."""
    if checked.warnings <= _MANY:
        return report_check(checked, ReportFormat.TEXT)
    lines = [line for _, line in list_briefly(checked)]
    closing = f"{summarise(checked)}; `catalog check` shows each"
    return "".join(f"{line}\n" for line in (*lines, closing, *_advise(checked.findings)))


_COMMANDS = {
    Code.AUTHORS_MISSING: "catalog update --write",
    Code.VENUE_MISSING: "catalog update --write",
    Code.YEAR_MISSING: "catalog update --write",
    Code.LINK_FORM: "catalog links --write",
}
"""The command that fixes findings of a code without a person."""


def _advise(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the command that fixes most findings, if there is one."""
    counts = Counter(_COMMANDS[one.code] for one in findings if one.code in _COMMANDS)
    for command, number in counts.most_common(1):
        yield f"`{command}` looks up and fixes what it can of {number:,} of them"


def list_briefly(checked: CheckResult) -> Iterator[tuple[Severity, str]]:
    """Yield each finding as a line with its severity; many warnings by their code."""
    is_brief = checked.warnings > _MANY
    for finding in checked.findings:
        if not (is_brief and finding.severity is Severity.WARNING):
            yield finding.severity, to_line(finding)
    if is_brief:
        warnings = [one for one in checked.findings if one.severity is Severity.WARNING]
        for line in _group(warnings):
            yield Severity.WARNING, line


def summarise(checked: CheckResult) -> str:
    """Return the closing line of a check: `106 papers: 1 error, 2 warnings`."""
    papers = count_of(checked.records, "paper")
    if not checked.findings:
        return f"{papers}: no problems found"
    return f"{papers}: {count_of(checked.errors, 'error')}, {count_of(checked.warnings, 'warning')}"


def report_statistics(statistics: Statistics) -> str:
    """Return counts as aligned text with a bar a row."""
    head = (
        f"{count_of(statistics.papers, 'paper')}, {count_of(statistics.authors, 'author')}, "
        f"{count_of(statistics.placements, 'placement')} in sections\n"
    )
    tables = ("sections", "years", "venues", "types", "links")
    return head + "".join(_to_table(name, getattr(statistics, name)) for name in tables)


def to_json(value: object) -> str:
    """Return `value` as JSON, readable and the same each time."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _group(findings: Iterable[Finding]) -> list[str]:
    """Return a line for each code with the first place, the most frequent code first."""
    groups: defaultdict[tuple[Severity, Code], list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.severity, finding.code].append(finding)
    ordered = sorted(groups.values(), key=lambda group: -len(group))
    width = max((len(f"{len(group):,}") for group in ordered), default=0)
    return [f"  {len(group):>{width},} × {_describe(group)}" for group in ordered]


def _describe(group: Sequence[Finding]) -> str:
    first = group[0]
    messages = {finding.message for finding in group}
    said = f": {first.message}" if len(messages) == 1 else ""
    place = f"{first.file}:{first.line}:{first.column}"
    place = place if len(group) == 1 else f"first at {place}"
    return to_printable(f"{first.severity} {first.code}{said} ({place})")


def to_line(finding: Finding) -> str:
    """Return a finding as one line: place, severity, code, message, hint and key."""
    place = f"{finding.file}:{finding.line}:{finding.column}"
    owner = f" [{finding.key}]" if finding.key else ""
    return to_printable(f"{place}: {finding.severity} {finding.code}: {finding.sentence}{owner}")


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


def _to_annotation(finding: Finding, prefix: str) -> str:
    place = (prefix + finding.file, finding.line, finding.column)
    return write_annotation(finding.severity, place, finding.code, finding.sentence)


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
    # A list may have sections and no papers yet.
    tallest = max(1, *counts.values())
    rows = (
        # With a bar of 24 characters, names of up to 40 fit 80 columns.
        f"  {to_printable(name):<{width}}  {number:>6}  {'█' * math.ceil(24 * number / tallest)}"
        for name, number in counts.items()
    )
    return f"\n{title}\n" + "".join(row.rstrip() + "\n" for row in rows)
