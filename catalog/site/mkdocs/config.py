"""What mkdocs.yml says, and how MkDocs is asked: its errors become the catalog's."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.exceptions import BuildError, MkDocsException
from mkdocs.utils.yaml import yaml_load

from catalog.errors import EngineError
from catalog.store.symlinks import refuse_link, refuse_outside

CONFIG_FILE = "mkdocs.yml"


def read_settings(path: Path) -> dict[str, Any]:
    """Read what mkdocs.yml itself says, before MkDocs adds its defaults."""
    try:
        with path.open("rb") as file:
            return yaml_load(file) or {}
    except FileNotFoundError as error:
        hint = "two lines are enough: `site_name: My list` and `plugins: [catalog]`"
        raise EngineError(f"{path} is missing; {hint}") from error
    except (OSError, MkDocsException) as error:
        raise EngineError(f"{path}: {error}") from error


def list_plugins(plugins: object) -> dict[str, Any]:
    """Return the options of each plugin by its name; mkdocs.yml has a list or a mapping of them.

    Of one that is listed twice, the second is `NAME #2`, as MkDocs names it.
    """
    if isinstance(plugins, dict):
        return {str(name): options or {} for name, options in plugins.items()}
    found: dict[str, Any] = {}
    for item in plugins if isinstance(plugins, list) else ():
        entry = item if isinstance(item, dict) else {str(item): {}}
        for name, options in entry.items():
            count = sum(known.partition(" #")[0] == name for known in found)
            found[f"{name} #{count + 1}" if count else name] = options or {}
    return found


@contextmanager
def docs_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the options for MkDocs: an empty docs_dir when the project has none, else nothing."""
    settings = read_settings(folder / CONFIG_FILE)
    if (folder / str(settings.get("docs_dir", "docs"))).is_dir():
        yield {}
        return
    with TemporaryDirectory(prefix="catalog-docs-") as empty:
        yield {"docs_dir": empty}


def refuse_links(site: Path, folder: Path) -> None:
    """Raise `UnwritableOutputError` when a link would have MkDocs empty or fill another folder.

    A site that mkdocs.yml puts outside the list's `folder` lies where its owner wants it.
    """
    # Paths as they are written, as MkDocs takes them: `..` undoes the name before it.
    site, folder = (Path(os.path.abspath(path)) for path in (site, folder))  # noqa: PTH100
    if not site.is_relative_to(folder):
        return
    refuse_link(site, folder)
    for path in site.iterdir() if site.is_dir() else ():
        # MkDocs removes links to files, and leaves those to folders.
        if path.is_dir():
            refuse_outside(path, site)


@contextmanager
def engine_errors() -> Iterator[list[str]]:
    """Raise `EngineError` for whatever MkDocs raises while the block runs, with its warnings.

    Yields the list of warnings, which grows while the block runs.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    warnings = _WarningList(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        yield warnings.messages
    except MkDocsException as error:
        # MkDocs says "Aborted with a BuildError!", and what the matter was in the error before.
        reason = error.__context__ if isinstance(error.__context__, BuildError) else error
        lines = [f"MkDocs: {reason}", *(f"  {message}" for message in warnings.messages)]
        raise EngineError("\n".join(lines)) from error
    finally:
        logger.removeHandler(warnings)


class _WarningList(logging.Handler):
    """Keeps what MkDocs and its plugins warn of: nothing else shows it in this process."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)
