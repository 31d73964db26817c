"""`catalog import`."""

from pathlib import Path

import click

from catalog.commands.console import FINDINGS, FINE, tell, write_example
from catalog.errors import UnreadableInputError, UsageError
from catalog.importing.listing import make_list
from catalog.importing.reading import ReadList, read_markdown
from catalog.importing.summary import summarise_import, to_json_shape
from catalog.output import write_text
from catalog.report import to_json


@click.command(
    "import",
    epilog=write_example(
        "catalog import README.md",
        "catalog import README.md --format json | jq .unparsed",
        "catalog import README.md --write",
    ),
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what is found and write nothing.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@click.option("--write", "is_write", is_flag=True, help="Write a new papers.yaml.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead, which may be there.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    files: tuple[Path, ...],
    is_dry: bool,
    format_: str,
    is_write: bool,
    output: Path | None,
) -> int:
    """Read a hand-written list in Markdown, and account for each line.

    Without --write nothing is written: shown are the shapes that the entries have, samples of
    each, what is doubtful, and what was skipped or not understood.
    """
    target = _choose_target(folder, is_dry=is_dry, is_write=is_write, output=output)
    lists = [_read(folder / file, str(file)) for file in files]
    made = make_list(lists)
    if format_ == "json":
        click.echo(to_json(to_json_shape(lists)), nl=False)
    else:
        click.echo(summarise_import(lists, made), nl=False)
    if not made.drafts:
        raise UsageError(_explain_nothing(lists))
    if target is not None:
        write_text(target, made.to_yaml())
        tell(f"{len(made.drafts)} papers written to {target}; `catalog check` tells what they lack")
    return FINDINGS if any(one.unparsed for one in lists) else FINE


def _choose_target(
    folder: Path, *, is_dry: bool, is_write: bool, output: Path | None
) -> Path | None:
    if is_dry and (is_write or output is not None):
        raise UsageError("--dry-run and --write exclude each other")
    if output is not None:
        return folder / output
    if not is_write:
        return None
    target = folder / "papers.yaml"
    if target.exists():
        raise UsageError(f"{target} is there already; name another file with --output")
    return target


def _read(path: Path, shown: str) -> ReadList:
    try:
        return read_markdown(path.read_bytes(), shown)
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "cannot be read") from error


def _explain_nothing(lists: list[ReadList]) -> str:
    """Say why no paper was found, and where the papers are if that can be told."""
    first = lists[0]
    if first.is_index:
        named = " ".join(first.files[:10])
        return f"{first.file} is only an index of other files; import those: catalog import {named}"
    return (
        f"{first.file} holds no entry of a paper in a form that is known; "
        "what was skipped, and why, stands above"
    )
