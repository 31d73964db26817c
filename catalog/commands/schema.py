"""`catalog schema`."""

import click

from catalog.commands.console import FINE, write_example
from catalog.report import to_json
from catalog.schema import to_json_schema


@click.command("schema", epilog=write_example("catalog schema > papers.schema.json"))
def command() -> int:
    """Print the JSON Schema of papers.yaml."""
    click.echo(to_json(to_json_schema()), nl=False)
    return FINE
