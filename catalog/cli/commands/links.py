"""`catalog links`."""

import os
from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_whole, show_steps, write_example
from catalog.errors import UsageError
from catalog.linkcheck.checker import CheckOptions
from catalog.linkcheck.extract import FoundLink
from catalog.linkcheck.fix import apply_fixes, describe
from catalog.linkcheck.plan import Estimate, parse_age, parse_shard
from catalog.linkcheck.report import LinkFormat, report_links
from catalog.linkcheck.run import (
    Scope,
    check_catalog_links,
    contact_of,
    find_state_file,
    merge_files,
)
from catalog.model import calendar
from catalog.model.findings import count_of, quote
from catalog.net import Client, Services
from catalog.store.link_state import LinkState, States
from catalog.store.lock import hold_list

_LONG = 120
"""Seconds from which on a run is announced."""


@click.command(
    "links",
    epilog=write_example(
        "catalog links --max-age 7d",
        "catalog links --changed-since main --format github",
        "catalog links --shard 2/4 --state shard-2.json",
        "catalog links --merge shard-*.json",
    ),
)
@click.option("--all", "has_prose", is_flag=True, help="The links of the site's pages too.")
@click.option(
    "--changed-since", "revision", metavar="REV", help="Only records changed since a git revision."
)
@click.option("--shard", metavar="I/N", help="Only the I-th of N parts of the links.")
@click.option(
    "--max-age", metavar="AGE", help="Skip links that were alive within AGE, e.g. 36h, 7d, 2w."
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where results are kept  [default: link-state.json next to papers.yaml]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([choice.value for choice in LinkFormat]),
    default=LinkFormat.TEXT.value,
    show_default=True,
)
@click.option("--write", "is_write", is_flag=True, help="Write safe new addresses into the files.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="HOST",
    help="Allow this host even if it resolves to a private address.",
)
@click.option("--merge", "is_merge", is_flag=True, help="Join the state files FILES into one.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path,
    has_prose: bool,
    revision: str | None,
    shard: str | None,
    max_age: str | None,
    state: Path | None,
    format_: str,
    is_write: bool,
    allowed: tuple[str, ...],
    is_merge: bool,
    files: tuple[Path, ...],
) -> int:
    """Check the links of all papers."""
    if is_merge or files:
        return _merge(files, find_state_file(folder, state), is_merge=is_merge)
    whole = load_whole(folder)
    if whole is None:
        return FINDINGS
    loaded, catalog = whole
    scope = Scope(
        has_prose=has_prose,
        revision=revision,
        shard=parse_shard(shard) if shard else None,
        max_age=parse_age(max_age) if max_age else None,
    )
    contact = contact_of(catalog)
    with Client(contact=contact, allowed=allowed) as client, show_steps() as show:

        def tell_link(done: int, total: int, link: FoundLink, found: LinkState) -> None:
            show(f"{done}/{total} {found.status} {link.url}")

        way = CheckOptions(client, Services.from_environment(os.environ))
        results, states = check_catalog_links(
            folder,
            catalog,
            way,
            calendar.today(),
            scope=scope,
            state=state,
            tell=tell_link,
            announce=_announce,
        )
    _report_unknown(find_state_file(folder, state), states)
    click.echo(report_links(results, LinkFormat(format_), loaded, folder), nl=False)
    if is_write:
        with hold_list(folder):
            mended = apply_fixes(folder, loaded, states)
        for line in describe(mended):
            echo_error(line)
    return FINDINGS if results.has_dead else FINE


def _announce(found: Estimate) -> None:
    """Print how long a long run takes, before it begins."""
    if found.seconds >= _LONG:
        echo_error(
            f"This run takes at least {found.seconds / 60:,.0f} minutes: {found.host} has "
            f"{count_of(found.links, 'link')} and is requested slowly. Use --max-age to leave out "
            "links that were alive recently, or --shard to split the work."
        )


def _report_unknown(file: Path, states: States) -> None:
    if states.unknown:
        echo_error(
            f"{file}: kept {count_of(len(states.unknown), 'row')} that this version cannot read, "
            f"such as {quote(min(states.unknown))}. Update catalog, or correct the status."
        )


def _merge(files: tuple[Path, ...], state: Path, *, is_merge: bool) -> int:
    if not is_merge or not files:
        missing = (
            "--merge joins state files; name them" if is_merge else "files are only for --merge"
        )
        raise UsageError(f"{missing}: catalog links --merge A.json B.json")
    echo_error(f"{count_of(len(merge_files(files, state)), 'link')} in {state}")
    return FINE
