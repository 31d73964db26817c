"""`catalog check`."""

import sys
from pathlib import Path

import click

from catalog.checks.check import check
from catalog.checks.compare import compare
from catalog.checks.report import ReportFormat, report_check
from catalog.cli.console import FINDINGS, FINE, write_example
from catalog.cli.findings_view import show_findings
from catalog.store.git import find_prefix


@click.command(
    "check",
    epilog=write_example(
        "catalog check",
        "catalog check --changed-since main",
        "catalog check --format json | jq .findings",
    ),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([choice.value for choice in ReportFormat]),
    default=ReportFormat.TEXT.value,
    show_default=True,
)
@click.option(
    "--changed-since",
    "revision",
    metavar="REV",
    help="Report only problems in records that changed since this git revision.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_obj
def command(folder: Path, format_: str, revision: str | None, strict: bool) -> int:
    """Report every problem, sorted by file and line."""
    checked = compare(folder, revision).checked if revision else check(folder)
    if format_ == ReportFormat.TEXT and sys.stdout.isatty():
        click.echo(show_findings(checked, folder), nl=False)
    else:
        prefix = find_prefix(folder) if format_ == ReportFormat.GITHUB else ""
        click.echo(report_check(checked, ReportFormat(format_), prefix), nl=False)
    return FINE if checked.is_ok(strict=strict) else FINDINGS
