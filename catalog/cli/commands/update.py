"""`catalog update`."""

import itertools
import os
from contextlib import nullcontext
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_whole, show_steps, write_example
from catalog.errors import NoNetworkError
from catalog.lookup import CACHE, open_session
from catalog.lookup.updates import find_updates, select_papers, write_updates
from catalog.lookup.updates.report import describe_failures, report_updates
from catalog.store.cache_dir import open_cache
from catalog.store.insert import write_files
from catalog.store.lock import hold_list


@click.command(
    "update",
    epilog=write_example(
        "catalog update", "catalog update example2024things --write", "catalog update --format json"
    ),
)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--write", "is_writing", is_flag=True, help="Write what passed the bar.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def command(folder: Path, keys: tuple[str, ...], is_writing: bool, format_: str) -> int:
    """Propose published versions of preprints and missing fields.

    Each proposal has its evidence and a confidence; --write takes only what passed the bar.
    """
    with hold_list(folder) if is_writing else nullcontext():
        return _update(folder, keys, is_writing=is_writing, as_json=format_ == "json")


def _update(folder: Path, keys: tuple[str, ...], *, is_writing: bool, as_json: bool) -> int:
    whole = load_whole(folder)
    if whole is None:
        return FINDINGS
    loaded, catalog = whole
    papers = select_papers(catalog, keys)
    count = itertools.count(1)
    with (
        open_session(os.environ, catalog.survey, open_cache(folder) / CACHE) as desk,
        show_steps() as show,
    ):
        updates = find_updates(
            catalog, papers, desk, lambda key: show(f"{next(count)}/{len(papers)} {key}")
        )
    is_cut_off = bool(updates.failures) and not desk.has_answered
    if not is_cut_off:
        click.echo(report_updates(updates, loaded, as_json=as_json), nl=False)
    for line in describe_failures(updates):
        echo_error(line)
    if is_cut_off:
        raise NoNetworkError("none of the services answered; is there a network?")
    if is_writing:
        written = write_files(folder, write_updates(folder, loaded, updates))
        echo_error(f"{len(updates.passed)} written" if written.changed else "nothing to write")
    return FINDINGS if updates.passed and not is_writing else FINE
