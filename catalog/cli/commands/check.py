"""`catalog check`."""

from pathlib import Path

import click

from catalog.checks.check import check
from catalog.checks.compare import find_changes
from catalog.checks.report import ReportFormat, report_check
from catalog.cli.console import FINDINGS, FINE, find_today, write_example


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
    help="Only what changed since this git revision: findings that its records and keys bring.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_obj
def command(folder: Path, format_: str, revision: str | None, strict: bool) -> int:
    """Report all that is wrong with the papers, by place."""
    today = find_today()
    checked = find_changes(folder, revision, today).checked if revision else check(folder, today)
    click.echo(report_check(checked, ReportFormat(format_)), nl=False)
    return FINE if checked.is_fine(strict=strict) else FINDINGS
