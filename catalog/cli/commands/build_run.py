"""What `catalog build` does when there is something to do."""

import time
from pathlib import Path

import click

from catalog.checks.report import report_briefly, summarise
from catalog.cli.console import FINDINGS, FINE, echo_error, show_files, tell_findings
from catalog.store.lock import hold_list
from catalog.tasks.build import build
from catalog.tasks.up_to_date import forget, remember


def build_anew(folder: Path, *, engine: str | None, strict: bool) -> int:
    """Build, print the findings, and remember a build without errors. Return the exit code."""
    with hold_list(folder):
        return _build(folder, engine=engine, strict=strict)


def _build(folder: Path, *, engine: str | None, strict: bool) -> int:
    started = time.time()
    forget(folder)
    built = build(folder, engine=engine, strict=strict, begin=echo_error, watch=show_files)
    if built.site is None:
        tell_findings(built.checked)
        return FINDINGS
    if built.readme is not None and built.readme.changed:
        echo_error("README.md changed")
    for note in built.notes:
        echo_error(note)
    has_findings = bool(built.checked.findings)
    told = report_briefly(built.checked) if has_findings else f"{summarise(built.checked)}; "
    said = f"{told}open {built.site / 'index.html'}"
    click.echo(said, err=True)
    if built.traces is not None:
        remember(folder, (engine, strict), built.traces, started, said)
    return FINE
