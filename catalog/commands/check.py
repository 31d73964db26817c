"""`catalog check`."""

from pathlib import Path

import click

from catalog.checking import check
from catalog.commands.console import FINDINGS, FINE, find_today, write_example
from catalog.report import ReportFormat, report_check


@click.command(
    "check",
    epilog=write_example("catalog check", "catalog check --format json | jq .findings"),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([choice.value for choice in ReportFormat]),
    default=ReportFormat.TEXT.value,
    show_default=True,
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_obj
def command(folder: Path, format_: str, strict: bool) -> int:
    """Report all that is wrong with the papers, by place."""
    checked = check(folder, find_today())
    click.echo(report_check(checked, ReportFormat(format_)), nl=False)
    return FINE if checked.is_fine(strict=strict) else FINDINGS
