"""`catalog build`."""

from pathlib import Path

import click

from catalog.build import build
from catalog.commands.console import FINDINGS, FINE, find_today, tell, tell_findings, write_example
from catalog.commands.readme import check_stale
from catalog.report import summarise


@click.command("build", epilog=write_example("catalog build", "catalog build --check --strict"))
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when README.md is stale."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--engine",
    default="mkdocs",
    show_default=True,
    help="The program that builds the site's frame.",
)
@click.pass_obj
def command(folder: Path, is_check: bool, strict: bool, engine: str) -> int:
    """Check the papers, then write README.md, the exports and the site."""
    if is_check:
        return check_stale(folder, strict=strict)
    built = build(folder, find_today(), engine=engine, strict=strict, tell=tell)
    tell_findings(built.checked)
    if built.site is None:
        return FINDINGS
    if built.readme is not None and built.readme.changed:
        tell("README.md changed")
    tell(f"{summarise(built.checked)}; open {built.site / 'index.html'}")
    return FINE
