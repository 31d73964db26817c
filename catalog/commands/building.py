"""What `catalog build` does when there is something to do."""

import time
from pathlib import Path

import click

from catalog.build import build
from catalog.commands.console import FINDINGS, FINE, find_today, tell, tell_findings
from catalog.freshness import forget, remember
from catalog.locking import hold_list
from catalog.report import ReportFormat, report_check, summarise


def build_anew(folder: Path, *, engine: str, strict: bool) -> int:
    """Build, tell what was found, and remember it when all went well. Return the exit code."""
    with hold_list(folder):
        return _build(folder, engine=engine, strict=strict)


def _build(folder: Path, *, engine: str, strict: bool) -> int:
    started = time.time()
    forget(folder)
    built = build(folder, find_today(), engine=engine, strict=strict, tell=tell)
    findings = report_check(built.checked, ReportFormat.TEXT) if built.checked.findings else ""
    if built.site is None:
        tell_findings(built.checked)
        return FINDINGS
    if built.readme is not None and built.readme.changed:
        tell("README.md changed")
    said = f"{findings}{summarise(built.checked)}; open {built.site / 'index.html'}"
    click.echo(said, err=True)
    if built.traces is not None:
        remember(folder, (engine, strict), built.traces, started, said)
    return FINE
