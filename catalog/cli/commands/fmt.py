"""`catalog fmt`."""

from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, write_example
from catalog.store.format import find_unformatted
from catalog.store.insert import write_files
from catalog.store.lock import hold_list


@click.command("fmt", epilog=write_example("catalog fmt", "catalog fmt --check"))
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when a file would change."
)
@click.pass_obj
def command(folder: Path, is_check: bool) -> int:
    """Format the list's files; values are unchanged."""
    if is_check:
        unformatted = find_unformatted(folder)
        for name in unformatted:
            echo_error(f"{name} is not in the one form: run `catalog fmt` and commit it")
        return FINDINGS if unformatted else FINE
    with hold_list(folder):
        files = find_unformatted(folder)
        write_files(folder, files)
    for name in files:
        echo_error(f"{name} changed")
    return FINE
