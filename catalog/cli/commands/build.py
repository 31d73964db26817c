"""`catalog build`."""

from importlib import import_module
from pathlib import Path

import click

from catalog.cli.exit_codes import ENGINES, FINE, write_example
from catalog.tasks.previous_build import find_previous_build


@click.command(
    "build",
    epilog=write_example(
        "catalog build", "catalog build --check --strict", "catalog build --engine zensical"
    ),
)
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when README.md is stale."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Site generator to build with (default: `engine` in mkdocs.yml, else mkdocs).",
)
@click.pass_obj
def command(folder: Path, is_check: bool, strict: bool, engine: str | None) -> int:
    """Check the papers, then write README.md, the exports and the site."""
    if is_check:
        code: int = import_module("catalog.cli.commands.readme").check_stale(folder, strict=strict)
        return code
    last = find_previous_build(str(folder), (engine, strict))
    if last is not None:
        click.echo(f"nothing has changed\n{last}", err=True)
        return FINE
    # What a build needs takes longer to load than it takes to see that there is nothing to build.
    building = import_module("catalog.cli.commands.build_run")
    anew: int = building.build_anew(folder, engine=engine, strict=strict)
    return anew
