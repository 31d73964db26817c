"""`catalog init`."""

import shlex
import sys
from functools import partial
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, tell_findings, write_example
from catalog.cli.exit_codes import ENGINES
from catalog.cli.import_options import import_options, read_options
from catalog.model.findings import count_of
from catalog.tasks.init import LICENCES, InitResult, plan_init, write_init
from catalog.tasks.init.next_steps import list_next_steps
from catalog.tasks.init.summary import describe_plan


@click.command(
    "init",
    epilog=write_example(
        "catalog init my-list",
        "catalog init my-list --from refs.bib --title 'Papers on Things' --licence CC-BY-4.0",
        "catalog init my-list --from vision.md --from language.md",
        "catalog init my-list --from papers.csv --map note=Remarks",
        "catalog init",
    ),
)
@click.argument("directory", metavar="[DIR]", default=Path(), type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True),
    help="A list in Markdown, HTML or reStructuredText, a bibliography, a table of papers, or a "
    "folder of such files; repeat for several. Default: README.md of DIR.",
)
@import_options
@click.option("--title", metavar="TEXT", help="List title (default: the title of the old list).")
@click.option(
    "--licence",
    metavar="SPDX-ID",
    help=f"Licence of the list, e.g. {', '.join(LICENCES)} (default: what LICENSE says).",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    help="Site generator to build with.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask before writing.")
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    context: click.Context,
    directory: Path,
    sources: tuple[Path, ...],
    sections: tuple[str, ...],
    form: str | None,
    columns: tuple[str, ...],
    title: str | None,
    licence: str | None,
    engine: str,
    is_sure: bool,
) -> int:
    """Start a list, or convert an existing one.

    DIR is new, empty, or the repository of a hand-written list. There, README.md becomes
    papers.yaml and everything around it; no existing file is changed.
    """
    given = read_options(sections, form, columns)
    make_plan = partial(
        plan_init,
        directory,
        sources=sources,
        title=title,
        engine=engine,
        section=given.section,
        columns=given.columns,
        options=given.reading,
    )
    plan = make_plan(licence=licence)
    is_asking = sys.stdin.isatty() and sys.stderr.isatty() and not is_sure
    if is_asking and not plan.licences:
        licence = _ask_licence()
        plan = make_plan(licence=licence or None)
    for line in describe_plan(plan) if plan.is_in_place or plan.old else ():
        echo_error(line)
    if is_asking and plan.is_in_place:
        click.confirm("Write these files?", default=True, abort=True, err=True)
    made = write_init(plan)
    # From where the shell stands, also when -C led elsewhere.
    place = context.find_root().params["folder"] / directory
    echo_error(f"Wrote {count_of(made.written.files, 'file')} to {place}")
    _report(made)
    for line in list_next_steps(made.plan, place):
        echo_error(line)
    return FINE if made.checked.catalog is not None else FINDINGS


def _ask_licence() -> str:
    shown = ", ".join(LICENCES)
    echo_error("No licence was found. Others may reuse the list only under a licence.")
    return str(
        click.prompt(
            f"Licence ({shown}, another SPDX id, or Enter for none)",
            default="",
            show_default=False,
            err=True,
        )
    )


def _report(made: InitResult) -> None:
    if made.rewritten:
        addresses = count_of(made.rewritten, "address", "addresses")
        names = " ".join(shlex.quote(str(file.path)) for file in made.old)
        echo_error(f"{addresses} changed to the usual form: `catalog import {names}` lists them")
    tell_findings(made.checked)
    if made.note is not None:
        echo_error(f"note on requirements.txt: {made.note}")
