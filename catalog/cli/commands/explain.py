"""`catalog explain`."""

import click

from catalog.checks.explain import explain, list_codes
from catalog.cli.exit_codes import FINE, write_example


@click.command("explain", epilog=write_example("catalog explain venue-unknown", "catalog explain"))
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain a finding and how to fix it."""
    click.echo(explain(code) if code else "".join(f"{name}\n" for name in list_codes()), nl=False)
    return FINE
