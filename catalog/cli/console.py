"""What every command shares: exit codes, messages on stderr, the list of a folder."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import get_terminal_size

import click

from catalog.checks.check import CheckResult, check, check_loaded
from catalog.checks.report import report_briefly
from catalog.cli.exit_codes import FINDINGS, FINE, UNUSABLE, write_example
from catalog.model.catalog import Catalog
from catalog.store.files import OutputFile
from catalog.store.load import LoadResult, load
from catalog.text.characters import to_printable

__all__ = [
    "FINDINGS",
    "FINE",
    "UNUSABLE",
    "echo_error",
    "load_list",
    "load_whole",
    "show_files",
    "show_steps",
    "tell_findings",
    "write_example",
]

_REFRESH = 0.2
"""Seconds between two updates of a progress line."""


def echo_error(text: str) -> None:
    """Print a message to stderr."""
    click.echo(to_printable(text), err=True)


@contextmanager
def show_steps() -> Iterator[Callable[[str], None]]:
    """Yield what to call with each step of long work.

    On a terminal it is one line, which is gone when the work is done; a pipe hears nothing.
    """
    if not sys.stderr.isatty():
        yield lambda _step: None
        return
    try:
        yield lambda step: _overwrite(to_printable(step)[: get_terminal_size().columns - 1])
    finally:
        _overwrite("")


def show_files(outputs: Iterable[OutputFile]) -> Iterator[OutputFile]:
    """Yield the files on, and count them: in one line on a terminal, not at all in a pipe."""
    if not sys.stderr.isatty():
        yield from outputs
        return
    shown = time.monotonic()
    for number, output in enumerate(outputs, start=1):
        yield output
        if time.monotonic() - shown > _REFRESH:
            shown = time.monotonic()
            _overwrite(f"{number:,} files")
    _overwrite("")


def _overwrite(text: str) -> None:
    """Put a text in the place of the line that the terminal shows."""
    click.echo(f"\r\x1b[K{text}", err=True, nl=False)


def tell_findings(checked: CheckResult) -> None:
    """Print the findings of a check to stderr; nothing when there are none."""
    if checked.findings:
        click.echo(report_briefly(checked), err=True, nl=False)


def load_list(folder: Path) -> Catalog | None:
    """Return the catalog, or None after telling what is wrong with it."""
    checked = check(folder)
    if checked.catalog is None:
        tell_findings(checked)
    return checked.catalog


def load_whole(folder: Path) -> tuple[LoadResult, Catalog] | None:
    """Return what was read and its catalog, or None after telling what is wrong with it.

    For a command that needs the places of records; the rules across records are not asked.
    """
    loaded = load(folder)
    if loaded.catalog is None:
        tell_findings(check_loaded(loaded))
        return None
    return loaded, loaded.catalog
