"""The command line: each command is a thin call into the library.

Results go to stdout, talk to stderr. Exit codes: 0 fine, 1 findings or stale output, 2 wrong use or
unreadable input.
"""

import os
import sys
from datetime import date
from pathlib import Path

import click

from catalog import __version__
from catalog.build import build as build_catalog
from catalog.build import find_stale, write_readme
from catalog.checking import Checked, check
from catalog.errors import CatalogError, UsageError
from catalog.export import Format, export
from catalog.export.selection import find_cited_keys, parse_years, select
from catalog.mkdocs_plugin import serve_with_mkdocs
from catalog.output import write_text
from catalog.records import Catalog
from catalog.report import (
    ReportFormat,
    report_check,
    report_statistics,
    summarise,
    to_json,
    to_printable,
)
from catalog.schema import to_json_schema
from catalog.statistics import count

FINE, FINDINGS, UNUSABLE = 0, 1, 2
_INTERRUPTED = 130
"""128 + SIGINT, what shells report."""

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_CONTEXT)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="Run as if started in DIR.",
)
@click.version_option(__version__, prog_name="catalog")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """Turn one validated papers.yaml into a README, a website and citation exports."""
    context.obj = folder


def _example(*lines: str) -> str:
    """Return the example at the end of a command's help, kept line by line."""
    return "\b\nFor example:\n" + "\n".join(f"  {line}" for line in lines)


@cli.command(epilog=_example("catalog build", "catalog build --check --strict"))
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when README.md is stale."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--engine",
    default="mkdocs",
    show_default=True,
    help="The program that builds the site's frame.",
)
@click.pass_obj
def build(folder: Path, is_check: bool, strict: bool, engine: str) -> int:
    """Check the papers, then write README.md, the exports and the site."""
    if is_check:
        return _check_stale(folder, strict=strict)
    built = build_catalog(folder, _today(), engine=engine, strict=strict, tell=_tell)
    _tell_findings(built.checked)
    if built.site is None:
        return FINDINGS
    if built.readme is not None and built.readme.changed:
        _tell("README.md changed")
    _tell(f"{summarise(built.checked)}; open {built.site / 'index.html'}")
    return FINE


@cli.command(
    "check", epilog=_example("catalog check", "catalog check --format json | jq .findings")
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([choice.value for choice in ReportFormat]),
    default=ReportFormat.TEXT.value,
    show_default=True,
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.pass_obj
def check_command(folder: Path, format_: str, strict: bool) -> int:
    """Report all that is wrong with the papers, by place."""
    checked = check(folder, _today())
    click.echo(report_check(checked, ReportFormat(format_)), nl=False)
    return FINE if checked.is_fine(strict=strict) else FINDINGS


@cli.command(epilog=_example("catalog readme", "catalog readme --check"))
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; fail when README.md is stale."
)
@click.pass_obj
def readme(folder: Path, is_check: bool) -> int:
    """Write README.md alone."""
    if is_check:
        return _check_stale(folder, strict=False)
    catalog = _load(folder)
    if catalog is None:
        return FINDINGS
    changed = write_readme(catalog, folder).changed
    _tell("README.md changed" if changed else "README.md is up to date")
    return FINE


@cli.command(epilog=_example("catalog serve", "catalog serve --address 127.0.0.1:8001"))
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
@click.pass_obj
def serve(folder: Path, address: str) -> int:
    """Show the site and rebuild it whenever papers.yaml, a template or a page changes."""
    serve_with_mkdocs(folder, address)
    return FINE


@cli.command(
    "export",
    epilog=_example(
        "catalog export -o all.bib",
        "catalog export --section alignment-metrics --year 2020..2024 --format ris",
        "catalog export --cited-in main.tex -o references.bib",
    ),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([choice.value for choice in Format]),
    default=Format.BIBTEX.value,
    show_default=True,
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
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.pass_obj
def export_command(  # noqa: PLR0913 - one parameter an option
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
) -> int:
    """Print citations of the whole list or any part of it."""
    catalog = _load(folder)
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
    text = export(catalog, selection.papers, Format(format_), max_authors=max_authors)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text(output, text)
        _tell(f"{len(selection.papers)} papers in {output}")
    if selection.missing:
        _tell("not in the list: " + ", ".join(selection.missing))
    return FINDINGS if selection.missing else FINE


@cli.command(epilog=_example("catalog stats", "catalog stats --format json"))
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def stats(folder: Path, format_: str) -> int:
    """Count the papers by section, year, venue, type and link."""
    catalog = _load(folder)
    if catalog is None:
        return FINDINGS
    statistics = count(catalog)
    text = to_json(statistics.to_dict()) if format_ == "json" else report_statistics(statistics)
    click.echo(text, nl=False)
    return FINE


@cli.command(epilog=_example("catalog schema > papers.schema.json"))
def schema() -> int:
    """Print the JSON Schema of papers.yaml."""
    click.echo(to_json(to_json_schema()), nl=False)
    return FINE


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        code: int | None = cli.main(arguments, standalone_mode=False, prog_name="catalog")
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return UNUSABLE
    except CatalogError as error:
        click.echo(f"catalog: {to_printable(str(error))}", err=True)
        return UNUSABLE
    except click.Abort:
        click.echo("interrupted", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`catalog export | head`). Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return code or FINE


def _today() -> date:
    """The only look at the clock: which years can be."""
    return date.today()  # noqa: DTZ011 - the reader's own day


def _tell(text: str) -> None:
    click.echo(to_printable(text), err=True)


def _tell_findings(checked: Checked) -> None:
    if checked.findings:
        click.echo(report_check(checked, ReportFormat.TEXT), err=True, nl=False)


def _load(folder: Path) -> Catalog | None:
    """Return the catalog, or None after telling what is wrong with it."""
    checked = check(folder, _today())
    if checked.catalog is None:
        _tell_findings(checked)
    return checked.catalog


def _check_stale(folder: Path, *, strict: bool) -> int:
    checked = check(folder, _today())
    if checked.catalog is None or not checked.is_fine(strict=strict):
        _tell_findings(checked)
        return FINDINGS
    stale = find_stale(checked.catalog, folder)
    for name in stale:
        _tell(f"{name} is stale: run `catalog readme` and commit it")
    return FINDINGS if stale else FINE


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
