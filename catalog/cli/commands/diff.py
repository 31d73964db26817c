"""`catalog diff`."""

from pathlib import Path

import click

from catalog.checks.compare import compare
from catalog.cli.console import FINDINGS, FINE, write_example
from catalog.tasks.github.pull_request_comment import render_diff


@click.command(
    "diff", epilog=write_example("catalog diff main", "catalog diff HEAD~1 > comment.md")
)
@click.argument("revision", metavar="REV")
@click.pass_obj
def command(folder: Path, revision: str) -> int:
    """Print what changed since a git revision, as a pull-request comment.

    The list is compared with its state at the commit where this branch left REV.
    """
    changes = compare(folder, revision)
    click.echo(render_diff(changes, folder), nl=False)
    return FINDINGS if changes.checked.errors else FINE
