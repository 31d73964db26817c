"""`catalog init`."""

import shlex
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, tell_findings, write_example
from catalog.model.findings import count_of
from catalog.tasks.init import Licence, init


@click.command(
    "init",
    epilog=write_example(
        "catalog init my-list",
        "catalog init my-list --from README.md",
        "catalog init my-list --from refs.bib --title 'Papers on Things' --licence CC-BY-4.0",
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A list in Markdown or a bibliography; may be given more than once.",
)
@click.option("--title", metavar="TEXT", help="The list's title, when the file's is not the one.")
@click.option(
    "--licence",
    type=click.Choice([choice.value for choice in Licence]),
    default=Licence.CC0.value,
    show_default=True,
)
@click.pass_context
def command(
    context: click.Context,
    directory: Path,
    sources: tuple[Path, ...],
    title: str | None,
    licence: str,
) -> int:
    """Start a list, or convert an existing one."""
    begun = init(directory, sources=sources, title=title, licence=Licence(licence))
    # From where the shell stands, also when -C led elsewhere.
    place = context.find_root().params["folder"] / directory
    echo_error(f"{count_of(begun.written.files, 'file')} in {place}")
    if begun.rewritten:
        addresses = count_of(begun.rewritten, "address", "addresses")
        echo_error(f"{addresses} in the usual form, which `catalog import` tells of")
    tell_findings(begun.checked)
    if any(finding.code.endswith("-missing") for finding in begun.checked.findings):
        echo_error("`catalog update` looks up what is missing, and `--write` takes it over")
    if begun.note is not None:
        echo_error(f"note on requirements.txt: {begun.note}")
    way = f"cd {shlex.quote(str(place))} && " if place != Path() else ""
    echo_error(f"next: {way}make build")
    if begun.old:
        echo_error("the page old-and-new/ of the site shows every old line beside what it became")
    return FINE if begun.checked.catalog is not None else FINDINGS
