"""`catalog fmt`."""

from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, write_example
from catalog.model.findings import count_of
from catalog.store.format import find_unformatted
from catalog.store.insert import write_files
from catalog.store.load import load
from catalog.store.lock import hold_list
from catalog.store.rekey import rekey


@click.command(
    "fmt", epilog=write_example("catalog fmt", "catalog fmt --check", "catalog fmt --rekey")
)
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when a file would change."
)
@click.option(
    "--rekey",
    "is_rekey",
    is_flag=True,
    help="Give papers with a provisional key (anon…) their permanent one, once authors are known.",
)
@click.pass_obj
def command(folder: Path, is_check: bool, is_rekey: bool) -> int:
    """Format the list's files; values are unchanged."""
    if is_check and is_rekey:
        raise click.UsageError("--check and --rekey exclude each other")
    if is_rekey:
        with hold_list(folder):
            made = rekey(folder, load(folder))
            write_files(folder, made.files)
        for old, new in made.keys.items():
            echo_error(f"{old} is {new} now; the old key is an alias and redirects")
        echo_error(f"{count_of(len(made.keys), 'key')} changed")
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
