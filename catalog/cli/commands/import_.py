"""`catalog import`."""

from functools import partial
from importlib import import_module
from pathlib import Path

import click

from catalog.checks.report import to_json
from catalog.cli.console import FINDINGS, FINE, echo_error, write_example
from catalog.cli.import_options import import_options, read_options
from catalog.errors import UsageError
from catalog.importers.files import import_data
from catalog.importers.several_files import gather_files
from catalog.model.findings import count_of
from catalog.store.files import write_text
from catalog.store.list_folder import PAPERS_FILE


@click.command(
    "import",
    epilog=write_example(
        "catalog import README.md",
        "catalog import README.md --format json | jq .unparsed",
        "catalog import README.md --write",
        "catalog import refs.bib --section Foundations -o new.yaml",
        "catalog import papers.csv --map note=Remarks --map facets.task=Task --write",
        "catalog import README.md --section 'Related projects=papers' --as '**title**, venue year'",
        "catalog import vision.md language.md -o new.yaml",
        "catalog import content/publication --write",
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
@import_options
@click.option(
    "--confirm",
    "is_confirming",
    is_flag=True,
    help="Compare titles with arXiv and DOI look-ups, and fix where they begin and end.",
)
@click.option("--write", "is_write", is_flag=True, help="Write a new papers.yaml.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file instead, which is not there yet.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    files: tuple[Path, ...],
    is_dry: bool,
    format_: str,
    sections: tuple[str, ...],
    form: str | None,
    columns: tuple[str, ...],
    is_confirming: bool,
    is_write: bool,
    output: Path | None,
) -> int:
    """Read a hand-written list, a bibliography or a table of papers.

    FILE is a list in Markdown, HTML or reStructuredText, a bibliography in BibTeX, RIS, EndNote,
    MEDLINE, Web of Science's text or CSL-JSON, a table in CSV, YAML or JSON, or a folder of lists
    or of pages with front matter. Several files make one list. Without --write nothing is written:
    the report shows the form of each group of entries, samples, what is doubtful, and what was
    skipped, rejected or not understood.
    """
    target = _choose_target(folder, is_dry=is_dry, is_write=is_write, output=output)
    given = read_options(sections, form, columns)
    found = gather_files([folder / file for file in files], [str(file) for file in files])
    confirm = None
    if is_confirming:
        confirm = partial(import_module("catalog.cli.commands.import_confirm").confirm, folder)
    imported = import_data(found, given.section, given.columns, given.reading, confirm)
    drafts = imported.made.drafts
    shown = to_json(imported.account) if format_ == "json" else imported.summary
    click.echo(shown, nl=False)
    if not drafts:
        raise UsageError(imported.emptiness)
    if target is not None:
        write_text(target, imported.made.to_yaml(), is_source=True)
        papers = count_of(len(drafts), "paper")
        echo_error(f"{papers} written to {target}; `catalog check` lists what is missing")
    return FINDINGS if imported.has_faults else FINE


def _choose_target(
    folder: Path, *, is_dry: bool, is_write: bool, output: Path | None
) -> Path | None:
    if is_dry and (is_write or output is not None):
        named = "--write" if is_write else "--output"
        raise UsageError(f"--dry-run writes nothing, {named} does: leave one of them out")
    if not is_write and output is None:
        return None
    target = folder / (output or PAPERS_FILE)
    if target.exists():
        raise UsageError(f"{target} is there already; name another file with --output")
    return target
