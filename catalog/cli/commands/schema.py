"""`catalog schema`."""

from pathlib import Path

import click

from catalog.checks.report import to_json
from catalog.cli.console import FINDINGS, FINE, load_list, write_example
from catalog.model.json_schema import to_json_schema
from catalog.tasks.github.issue_form import FORM_FILE, render_issue_form


@click.command(
    "schema",
    epilog=write_example(
        "catalog schema > papers.schema.json", f"catalog schema --issue-form > {FORM_FILE}"
    ),
)
@click.option(
    "--issue-form",
    "is_form",
    is_flag=True,
    help="Print GitHub's issue form by which papers are submitted instead.",
)
@click.pass_obj
def command(folder: Path, is_form: bool) -> int:
    """Print the JSON Schema of papers.yaml."""
    if not is_form:
        click.echo(to_json(to_json_schema()), nl=False)
        return FINE
    catalog = load_list(folder)
    if catalog is None:
        return FINDINGS
    click.echo(render_issue_form(catalog, folder), nl=False)
    return FINE
