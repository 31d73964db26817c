"""The options of `catalog import` and `catalog init` for how a source is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from catalog.errors import UsageError
from catalog.importers.markdown.options import ReadOptions


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the options say: one section for all entries, columns by field, how lists are read."""

    section: str | None
    columns: dict[str, str]
    reading: ReadOptions


def import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command."""
    for add in reversed(_OPTIONS):
        command = add(command)
    return command


_OPTIONS = (
    click.option(
        "--section",
        "sections",
        multiple=True,
        metavar="HEADING=USE",
        help="What a section of the list contains: `papers`, `skip` (leave it out) or `prose` "
        "(keep its text). Repeat for several. For a bibliography: --section TITLE puts all "
        "entries into this section.",
    ),
    click.option(
        "--as",
        "form",
        metavar="FORM",
        help="How most entries are written, e.g. `**title** (year), venue, authors [[pdf]]`. "
        "The report shows the form of each group.",
    ),
    click.option(
        "--map",
        "columns",
        multiple=True,
        metavar="FIELD=COLUMN",
        help="Read this column of a table, or this name in front matter, as this field, e.g. "
        "`note=Remarks` or `facets.task=Task`; `none=COLUMN` leaves it out. Repeat for several.",
    ),
)


def read_options(
    sections: Sequence[str], form: str | None, columns: Sequence[str]
) -> ImportOptions:
    """Return the options as values. Raises `UsageError` for one of another form."""
    uses: dict[str, str] = {}
    titles = [one for one in sections if "=" not in one]
    for one in sections:
        heading, sign, use = one.rpartition("=")
        if sign:
            uses[heading.strip()] = use.strip()
    if len(titles) > 1:
        raise UsageError(f"--section {titles[1]}: name one section, or HEADING=USE for several")
    return ImportOptions(
        titles[0] if titles else None, read_map(columns), ReadOptions.of(uses, form)
    )


def read_map(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns of `--map FIELD=COLUMN` by field. Raises `UsageError` for another form."""
    mapping: dict[str, str] = {}
    for one in columns:
        name, sign, column = one.partition("=")
        if not (name.strip() and sign and column.strip()):
            raise UsageError(f"--map {one}: write FIELD=COLUMN, e.g. --map note=Remarks")
        mapping[name.strip()] = column.strip()
    return mapping
