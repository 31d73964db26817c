"""What else MkDocs does for a list: it serves the site, and empties its folder."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.utils import clean_directory

from catalog.errors import EngineError, UsageError
from catalog.model.findings import quote
from catalog.site.mkdocs.config import CONFIG_FILE, docs_folder, engine_errors

_LAST_PORT = 65535


def empty_folder(site: Path) -> None:
    """Empty the site's folder as MkDocs does before each build; hidden files stay."""
    clean_directory(str(site))


def serve(folder: Path, address: str) -> None:
    """Show the site on this computer at `address` (`127.0.0.1:8000`) and rebuild it on changes.

    Raises `UsageError` when that is no address, `EngineError` when nobody can listen there.
    """
    if not _is_address(address):
        raise UsageError(f"{quote(address)} is no address and port; write 127.0.0.1:8000")
    with docs_folder(folder) as options, engine_errors(), _log_to_stderr():
        try:
            mkdocs_serve.serve(str(folder / CONFIG_FILE), dev_addr=address, **options)
        except OSError as error:
            if error.filename is not None:  # of a file, not of the network
                raise
            reason = error.strerror or str(error)
            hint = "name another with --address"
            raise EngineError(f"the site cannot be shown at {address}: {reason}; {hint}") from error


def _is_address(text: str) -> bool:
    host, _, port = text.rpartition(":")
    if not re.fullmatch(r"[0-9]{1,5}", port) or int(port) > _LAST_PORT:
        return False
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return host == "localhost"
    return True


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
