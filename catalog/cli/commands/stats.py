"""`catalog stats`."""

from pathlib import Path

import click

from catalog.checks.report import report_statistics, to_json
from catalog.cli.console import FINDINGS, FINE, load_list, write_example
from catalog.model.statistics import count


@click.command("stats", epilog=write_example("catalog stats", "catalog stats --format json"))
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def command(folder: Path, format_: str) -> int:
    """Count papers by section, year, venue, type and link."""
    catalog = load_list(folder)
    if catalog is None:
        return FINDINGS
    statistics = count(catalog)
    text = to_json(statistics.to_dict()) if format_ == "json" else report_statistics(statistics)
    click.echo(text, nl=False)
    return FINE
