"""What else MkDocs does for a list: it serves the site, and empties its folder."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.utils import clean_directory

from catalog.mkdocs_plugin.settings import CONFIG_FILE, docs_folder, engine_errors


def empty_folder(site: Path) -> None:
    """Empty the site's folder as MkDocs does before each build; hidden files stay."""
    clean_directory(str(site))


def serve(folder: Path, address: str) -> None:
    """Show the site on this computer at `address` (`127.0.0.1:8000`) and rebuild it on changes."""
    with docs_folder(folder) as options, engine_errors(), _log_to_stderr():
        mkdocs_serve.serve(str(folder / CONFIG_FILE), dev_addr=address, **options)


@contextmanager
def _log_to_stderr() -> Iterator[None]:
    """Show MkDocs' own log while it serves: where, and what it rebuilds."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
