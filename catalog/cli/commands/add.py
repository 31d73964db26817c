"""`catalog add`."""

import os
from contextlib import nullcontext
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_whole, write_example
from catalog.errors import UsageError
from catalog.lookup import CACHE, open_session
from catalog.store.cache_dir import open_cache
from catalog.store.insert import write_files
from catalog.store.lock import hold_list
from catalog.store.yaml.writer import compose_drafts
from catalog.tasks.add import (
    Addition,
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
        "catalog add https://openreview.net/forum?id=a68SUt6zFt --section metrics --write",
        "catalog add refs.bib --section metrics --write",
    ),
)
@click.argument("names", nargs=-1, metavar="ID|URL|FILE.bib...")
@click.option("--section", "sections", multiple=True, metavar="ID", help="Where they belong.")
@click.option("--write", "is_writing", is_flag=True, help="Write them into the list.")
@click.option(
    "--from-issue",
    "issue",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Take one paper from the text of an issue made with the form, into a file of its own.",
)
@click.pass_obj
def command(
    folder: Path,
    names: tuple[str, ...],
    sections: tuple[str, ...],
    is_writing: bool,
    issue: Path | None,
) -> int:
    """Look papers up and print their records; --write adds them to the list."""
    if bool(names) == bool(issue):
        raise UsageError("name papers to add, or an issue with --from-issue")
    with hold_list(folder) if is_writing else nullcontext():
        return _add(folder, names, sections, is_writing, issue)


def _add(
    folder: Path,
    names: tuple[str, ...],
    sections: tuple[str, ...],
    is_writing: bool,
    issue: Path | None,
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
    failures = (*looked_up.failures, *(unplaced if is_writing else ()))
    for remark in () if is_writing else unplaced:
        echo_error(f"note: {remark}")
    if not _report(additions, failures):
        return FINDINGS
    if is_writing:
        files = write_additions(folder, loaded, additions, as_files=issue is not None)
        write_files(folder, files)
        echo_error(f"{len(additions)} added to " + ", ".join(files))
    return FINE


def _report(additions: list[Addition], failures: tuple[str, ...]) -> bool:
    """Show what was found; tell whether all of it can be added."""
    good = [addition.draft for addition in additions if not addition.problems]
    if good:
        click.echo(compose_drafts(good), nl=False)
    for remark in (text for addition in additions for text in addition.remarks):
        echo_error(f"note: {remark}")
    problems = [*failures, *(text for addition in additions for text in addition.problems)]
    for problem in problems:
        echo_error(f"not added: {problem}")
    return not problems
