"""`catalog readme`."""

from pathlib import Path

import click

from catalog.checks.check import check
from catalog.cli.console import FINDINGS, FINE, echo_error, load_list, tell_findings, write_example
from catalog.model.records import ReadmeStyle
from catalog.render.readme import render_readme
from catalog.store.lock import hold_list
from catalog.tasks.build import find_stale, write_readme


@click.command(
    "readme",
    epilog=write_example(
        "catalog readme", "catalog readme --check", "catalog readme --preview awesome"
    ),
)
@click.option("--check", "is_check", is_flag=True, help="Fail if README.md is stale.")
@click.option(
    "--preview",
    type=click.Choice([style.value for style in ReadmeStyle]),
    help="Print README.md in this style and write nothing.",
)
@click.pass_obj
def command(folder: Path, is_check: bool, preview: str | None) -> int:
    """Write README.md only."""
    if preview is not None:
        return _show(folder, ReadmeStyle(preview))
    if is_check:
        return check_stale(folder, strict=False)
    with hold_list(folder):
        catalog = load_list(folder)
        if catalog is None:
            return FINDINGS
        written = write_readme(catalog, folder)
    echo_error("README.md changed" if written.changed else "README.md is up to date")
    for note in written.notes:
        echo_error(note)
    return FINE


def _show(folder: Path, style: ReadmeStyle) -> int:
    catalog = load_list(folder)
    if catalog is None:
        return FINDINGS
    click.echo(render_readme(catalog, folder, style), nl=False)
    return FINE


def check_stale(folder: Path, *, strict: bool) -> int:
    """Return the exit code: committed outputs that a build would change are named on stderr."""
    checked = check(folder)
    if checked.catalog is None or not checked.is_ok(strict=strict):
        tell_findings(checked)
        return FINDINGS
    stale = find_stale(checked.catalog, folder)
    for name in stale:
        echo_error(f"{name} is stale: run `catalog readme` and commit it")
    return FINDINGS if stale else FINE
