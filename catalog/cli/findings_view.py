"""Findings on a terminal: each with its source line, a caret below it, and colour."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from catalog.checks.check import CheckResult
from catalog.checks.report import summarise, to_line
from catalog.model.findings import Finding, Severity
from catalog.text.characters import to_printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_LONGEST = 160
"""Characters of a source line that are shown: about two rows of a terminal."""


def show_findings(checked: CheckResult, folder: Path) -> str:
    """Return every finding with its source line, then the summary.

    Colour is left out when `NO_COLOR` is set (https://no-color.org).
    """
    has_colour = not os.environ.get("NO_COLOR")
    lines = list(_render(checked, folder))
    text = "".join(f"{line}\n" for line in (*lines, summarise(checked)))
    return text if has_colour else click.unstyle(text)


def _render(checked: CheckResult, folder: Path) -> Iterator[str]:
    sources: dict[str, list[str]] = {}
    for finding in checked.findings:
        place, _, rest = to_line(finding).partition(": ")
        severity, _, message = rest.partition(" ")
        colour = _COLOURS[finding.severity]
        yield f"{click.style(place, bold=True)}: {click.style(severity, fg=colour)} {message}"
        if finding.file not in sources:
            sources[finding.file] = _read_lines(folder / finding.file)
        yield from _point(finding, sources[finding.file])


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _point(finding: Finding, lines: list[str]) -> Iterator[str]:
    if not 0 < finding.line <= len(lines):
        return
    source = to_printable(lines[finding.line - 1].replace("\t", " "))[:_LONGEST]
    if not source.strip() or finding.column > len(source):
        return
    number = f"{finding.line:>5}"
    yield click.style(f"{number} | ", dim=True) + source
    caret = click.style("^", fg=_COLOURS[finding.severity], bold=True)
    yield click.style(f"{'':>5} | ", dim=True) + " " * (finding.column - 1) + caret
