"""`catalog add`."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_whole, write_example
from catalog.errors import UsageError
from catalog.lookup import CACHE, open_session
from catalog.store.cache_dir import open_cache
from catalog.store.insert import write_files
from catalog.store.load import LoadResult
from catalog.store.lock import hold_list
from catalog.store.yaml.writer import compose_drafts
from catalog.tasks.add import (
    Addition,
    ListedPaper,
    find_unplaced,
    look_up_issue,
    look_up_papers,
    make_additions,
    write_additions,
)


@click.command(
    "add",
    epilog=write_example(
        "catalog add 2405.07987 10.1109/CVPR.2016.90 --section vision-foundation-models",
        "catalog add 'https://openreview.net/forum?id=a68SUt6zFt' --section metrics --write",
        "catalog add refs.bib --section metrics --write",
    ),
)
@click.argument("names", nargs=-1, metavar="ID|URL|FILE.bib...")
@click.option("--section", "sections", multiple=True, metavar="ID", help="Where they belong.")
@click.option(
    "--update",
    "is_updating",
    is_flag=True,
    help="Fill fields that the records of known papers lack.",
)
@click.option("--write", "is_writing", is_flag=True, help="Write them into the list.")
@click.option(
    "--from-issue",
    "issue",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Take one paper from the text of an issue made with the form, into a file of its own.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    names: tuple[str, ...],
    sections: tuple[str, ...],
    is_updating: bool,
    is_writing: bool,
    issue: Path | None,
) -> int:
    """Look papers up and print their records; --write adds them to the list."""
    if bool(names) == bool(issue):
        raise UsageError("name papers to add, or an issue with --from-issue")
    with hold_list(folder) if is_writing else nullcontext():
        return _add(folder, names, sections, issue, is_updating=is_updating, is_writing=is_writing)


def _add(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    names: tuple[str, ...],
    sections: tuple[str, ...],
    issue: Path | None,
    *,
    is_updating: bool,
    is_writing: bool,
) -> int:
    whole = load_whole(folder)
    if whole is None:
        return FINDINGS
    loaded, catalog = whole
    with open_session(os.environ, catalog.survey, open_cache(folder) / CACHE) as desk:
        if issue is None:
            looked_up = look_up_papers(names, sections, desk)
        else:
            looked_up = look_up_issue(issue, catalog, desk)
    additions = make_additions(looked_up, loaded)
    unplaced = tuple(find_unplaced(additions))
    failures = [*looked_up.failures, *(unplaced if is_writing else ())]
    for remark in () if is_writing else unplaced:
        echo_error(f"note: {remark}")
    if not _report(additions, failures, is_updating=is_updating):
        return FINDINGS
    if is_writing:
        _write(folder, loaded, additions, as_files=issue is not None, update=is_updating)
    return FINE


def _write(
    folder: Path, loaded: LoadResult, additions: list[Addition], *, as_files: bool, update: bool
) -> None:
    files = write_additions(folder, loaded, additions, as_files=as_files, update=update)
    if not files:
        echo_error("nothing to write: every paper is listed")
        return
    write_files(folder, files)
    added = sum(addition.known is None for addition in additions)
    updated = sum(bool(addition.known and addition.known.new_values) for addition in additions)
    shown = f"{added} added" + (f", {updated} updated" if update else "")
    echo_error(f"{shown} in " + ", ".join(files))


def _report(additions: list[Addition], failures: Sequence[str], *, is_updating: bool) -> bool:
    """Show what was found; return whether all of it can be added."""
    good = [one.draft for one in additions if not one.problems and one.known is None]
    if good:
        click.echo(compose_drafts(good), nl=False)
    for addition in additions:
        for remark in addition.remarks:
            echo_error(f"note: {remark}")
        if addition.known is not None:
            _report_known(addition.known, is_updating=is_updating)
    problems = [*failures, *(text for addition in additions for text in addition.problems)]
    for problem in problems:
        echo_error(f"not added: {problem}")
    return not problems


def _report_known(known: ListedPaper, *, is_updating: bool) -> None:
    echo_error(f"known: {known.message}")
    if known.new_values:
        names = ", ".join(known.new_values)
        echo_error(f"  {'fills' if is_updating else 'lacks (fill with --update)'}: {names}")
    for value in known.replaced:
        echo_error(f"  {'replaces' if is_updating else 'would replace'}: {value} (of the preprint)")
    for lost in known.not_taken:
        echo_error(f"  not taken: {lost}")
