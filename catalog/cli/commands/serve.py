"""`catalog serve`."""

from pathlib import Path

import click

from catalog.cli.console import FINE, write_example
from catalog.cli.exit_codes import ENGINES
from catalog.tasks.serve import serve


@click.command(
    "serve", epilog=write_example("catalog serve", "catalog serve --address 127.0.0.1:8001")
)
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Site generator to build with (default: `engine` in mkdocs.yml, else mkdocs).",
)
@click.pass_obj
def command(folder: Path, address: str, engine: str | None) -> int:
    """Serve the site locally and rebuild it on every change.

    That is papers.yaml, a file of papers/, a template or a page.
    """
    serve(folder, address, engine=engine)
    return FINE
