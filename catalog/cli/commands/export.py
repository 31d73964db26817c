"""`catalog export`."""

from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_list, write_example
from catalog.errors import UsageError
from catalog.model.findings import count_of
from catalog.render.citations import Encoding, Format, Options, Target, write_citations
from catalog.render.citations.formats import is_export
from catalog.render.citations.references import Markup, write_references
from catalog.render.citations.selection import find_cited_keys, parse_years, select
from catalog.store.files import write_text

REFERENCE = "reference"
_BEGINNING = 100
"""Enough of a file to recognise an export: its first characters."""


@click.command(
    "export",
    epilog=write_example(
        "catalog export -o all.bib",
        "catalog export --section alignment-metrics --year 2020..2024 --format ris",
        "catalog export --cited-in main.tex -o references.bib",
        "catalog export --format reference --style apa --markup html",
    ),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*(choice.value for choice in Format), REFERENCE]),
    default=Format.BIBTEX.value,
    show_default=True,
)
@click.option(
    "--target",
    type=click.Choice([choice.value for choice in Target]),
    help="Write BibTeX for these styles or this program, where the default does not suit.",
)
@click.option(
    "--encoding",
    type=click.Choice([choice.value for choice in Encoding]),
    default=Encoding.PORTABLE.value,
    show_default=True,
    help="How BibTeX writes letters that are not ASCII.",
)
@click.option("--abstracts", is_flag=True, help="Add abstracts to BibTeX, BibLaTeX and Hayagriva.")
@click.option("--keywords", is_flag=True, help="Add the tags to BibTeX as keywords.")
@click.option(
    "--style",
    default="apa",
    show_default=True,
    metavar="NAME|FILE",
    help="Style of `--format reference`: apa, ieee, acm, chicago, … or a .csl file.",
)
@click.option(
    "--markup",
    type=click.Choice([choice.value for choice in Markup]),
    default=Markup.TEXT.value,
    show_default=True,
    help="What `--format reference` writes.",
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="ID",
    help="Only this section and those inside it.",
)
@click.option(
    "--year",
    "years",
    metavar="FROM..TO",
    help="Only these years: 2024, 2020..2024, 2020.., ..2019.",
)
@click.option("--venue", "venues", multiple=True, metavar="NAME", help="Only this venue.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only papers with this tag.")
@click.option("--keys", metavar="KEY,KEY", help="Only these citation keys; old keys are found too.")
@click.option(
    "--cited-in",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Only the keys that a .tex or .aux file cites.",
)
@click.option(
    "--max-authors",
    type=click.IntRange(min=1),
    metavar="N",
    help="Name N authors, then 'and others'.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to this file; one that is there is replaced only if it is an export.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    format_: str,
    sections: tuple[str, ...],
    years: str | None,
    venues: tuple[str, ...],
    tags: tuple[str, ...],
    keys: str | None,
    cited_in: Path | None,
    max_authors: int | None,
    output: Path | None,
    target: str | None,
    encoding: str,
    abstracts: bool,
    keywords: bool,
    style: str,
    markup: str,
) -> int:
    """Print citations of the whole list or a part of it."""
    if output is not None and format_ != REFERENCE:
        _refuse_foreign(output)
    if output is not None and format_ == REFERENCE and output.exists():
        raise UsageError(f"{output} exists. Name another file: references are not replaced.")
    catalog = load_list(folder)
    if catalog is None:
        return FINDINGS
    selection = select(
        catalog,
        sections=sections,
        years=parse_years(years) if years else None,
        venues=venues,
        tags=tags,
        keys=_gather_keys(keys, cited_in),
    )
    options = Options(
        has_extensions=target is None and cited_in is None,
        max_authors=max_authors,
        encoding=Encoding(encoding),
        target=Target(target) if target else None,
        has_abstracts=abstracts,
        has_keywords=keywords,
    )
    if format_ == REFERENCE:
        text = write_references(catalog, selection.papers, style, Markup(markup), options)
    else:
        text = write_citations(catalog, selection.papers, Format(format_), options)
    if output is None:
        click.echo(text, nl=False)
    else:
        # Where a link leads: the link itself stays.
        write_text(output.resolve(), text)
        echo_error(f"{count_of(len(selection.papers), 'paper')} in {output}")
    if not selection.papers and not selection.missing:
        echo_error("no paper is selected")
    if selection.missing:
        echo_error("not in the list: " + ", ".join(selection.missing))
    return FINDINGS if selection.missing else FINE


def _refuse_foreign(output: Path) -> None:
    """Refuse to replace what no export can have written: a paper, the list, notes."""
    if not output.exists():
        return
    if not output.is_file():
        raise UsageError(f"{output} is not a file. Leave out -o to print the citations")
    try:
        with output.open(encoding="utf-8", errors="replace") as file:
            beginning = file.read(_BEGINNING)
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from error
    if not is_export(beginning):
        raise UsageError(f"{output} is there already and no export; name another file")


def _gather_keys(keys: str | None, cited_in: Path | None) -> list[str] | None:
    """Return the keys asked for, in order; None when none were, [] when a file cites nothing."""
    if keys is None and cited_in is None:
        return None
    asked = [key.strip() for key in (keys or "").split(",") if key.strip()]
    if cited_in is not None:
        try:
            text = cited_in.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"{cited_in}: {error.strerror}") from error
        asked += find_cited_keys(text, is_aux=cited_in.suffix == ".aux")
    return list(dict.fromkeys(asked))
