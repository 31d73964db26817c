"""The command line: each command is a thin call into the library.

Output goes to stdout, progress and diagnostics to stderr. Exit codes: 0 fine, 1 findings, stale
output or dead links, 2 wrong use, unreadable input, or a bug, with its traceback. A command's
module is imported when the command runs, so that none waits for what only others need.
"""

import gc
import os
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import click

from catalog import __version__
from catalog.errors import CatalogError
from catalog.model.findings import quote
from catalog.store.list_folder import find_list_folder
from catalog.text.characters import to_printable
from catalog.text.spelling import did_you_mean

_INTERRUPTED = 130
"""128 + SIGINT, what shells report."""
# As click and Python themselves end on wrong use; `exit_codes` lists all codes.
_UNUSABLE = 2

_MANY_OBJECTS = 200_000
"""A large list is millions of objects that live to the end: looking through them for garbage again
and again costs a third of a build and finds next to none."""

# click wraps help at 80 columns otherwise, however wide the terminal is.
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Row(NamedTuple):
    """A command's module in `catalog.cli.commands` and the first sentence of its help.

    `has_list` is false for commands that work without an existing list.
    """

    module: str
    summary: str
    has_list: bool = True


COMMANDS = {
    "build": _Row("build", "Check the papers, then write README.md, the exports and the site."),
    "check": _Row("check", "Report every problem, sorted by file and line."),
    "links": _Row("links", "Check the links of all papers."),
    "upgrade": _Row(
        "upgrade", "Bring the workflows, Makefile and site pages of a list to this version."
    ),
    "fmt": _Row("fmt", "Format the list's files; values are unchanged."),
    "diff": _Row("diff", "Print what changed since a git revision, as a pull-request comment."),
    "add": _Row("add", "Look papers up and print their records; --write adds them to the list."),
    "update": _Row("update", "Propose published versions of preprints and missing fields."),
    "readme": _Row("readme", "Write README.md only."),
    "serve": _Row("serve", "Serve the site locally and rebuild it on every change."),
    "export": _Row("export", "Print citations of the whole list or a part of it."),
    "import": _Row(
        "import_", "Read a hand-written list, a bibliography or a table of papers.", has_list=False
    ),
    "init": _Row("init", "Start a list, or convert an existing one.", has_list=False),
    "stats": _Row("stats", "Count papers by section, year, venue, type and link."),
    "schema": _Row("schema", "Print the JSON Schema of papers.yaml."),
    "explain": _Row("explain", "Explain a finding and how to fix it.", has_list=False),
}


class _Commands(click.Group):
    """The commands by name, in the order of the table; the list of them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"catalog.cli.commands.{COMMANDS[cmd_name].module}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            hint = did_you_mean(args[0], COMMANDS, "`catalog --help` lists the commands")
            ctx.fail(f"there is no command {quote(args[0])}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.summary) for name, row in COMMANDS.items()])


@click.group(cls=_Commands, context_settings=_CONTEXT)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False, exists=True, executable=True),
    default=Path(),
    help="Run as if started in DIR.",
)
@click.version_option(__version__, prog_name="catalog")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """Turn one validated papers.yaml into a README, a website and citation exports."""
    # As `git -C`: every path in options, arguments and messages is relative to DIR.
    context.with_resource(chdir(folder))
    row = COMMANDS.get(context.invoked_subcommand or "")
    context.obj = find_list_folder(Path()) if row is not None and row.has_list else Path()
    if context.obj != Path():
        click.echo(f"using the list in {context.obj.resolve()}", err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(_MANY_OBJECTS)
    sys.excepthook = _end_by_bug
    sys.exit(run(arguments))


def _end_by_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
    """Show the traceback of a bug as Python does, and end with 2: with 1 links would be dead."""
    sys.__excepthook__(kind, bug, trace)
    sys.exit(_UNUSABLE)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        code: int | None = cli.main(arguments, standalone_mode=False, prog_name="catalog")
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return _UNUSABLE
    except CatalogError as error:
        click.echo(f"catalog: {to_printable(str(error))}", err=True)
        return _UNUSABLE
    except click.Abort:
        click.echo("interrupted", err=True)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`catalog export | head`). Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code or 0
