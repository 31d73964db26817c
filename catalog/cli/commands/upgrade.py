"""`catalog upgrade`."""

from pathlib import Path

import click

from catalog.cli.console import FINDINGS, FINE, echo_error, load_list, write_example
from catalog.model.findings import count_of
from catalog.store.lock import hold_list
from catalog.tasks.upgrade import Step, Upgrade, eject, plan_upgrade, upgrade


@click.command(
    "upgrade",
    epilog=write_example(
        "catalog upgrade --dry-run", "catalog upgrade --eject templates/README.md.j2"
    ),
)
@click.option("--dry-run", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option(
    "--eject",
    "template",
    metavar="TEMPLATE",
    help="Copy a default template into the list's templates/ to change it, and do nothing else.",
)
@click.pass_obj
def command(folder: Path, dry_run: bool, template: str | None) -> int:
    """Bring the workflows, Makefile and site pages of a list to this version.

    Files that you changed are left alone, and the difference is shown.
    """
    if template is not None:
        made = eject(folder, template)
        echo_error(f"wrote {made.relative_to(folder)}: edit it, the next build uses it")
        return FINE
    with hold_list(folder):
        catalog = load_list(folder)
        if catalog is None:
            return FINDINGS
        planned = plan_upgrade(folder, catalog)
        if not dry_run:
            upgrade(folder, planned)
    _report(planned, is_dry_run=dry_run)
    return FINDINGS if dry_run and planned.changes else FINE


def _report(planned: Upgrade, *, is_dry_run: bool) -> None:
    for file in planned.files:
        if file.diff:
            click.echo(file.diff, nl=False)
    for file in planned.files:
        if file.step is not Step.CURRENT:
            echo_error(f"{file.step}: {file.name}")
    counts = {step: sum(file.step is step for file in planned.files) for step in Step}
    shown = ", ".join(f"{number} {step}" for step, number in counts.items() if number)
    would = "would be: " if is_dry_run else ""
    echo_error(f"{count_of(len(planned.files), 'file')}: {would}{shown}")
    if counts[Step.KEPT]:
        echo_error("the differences of kept files are above; take over what you want")
    if planned.note is not None:
        echo_error(f"note on {planned.facts.requirements}: {planned.note}")
