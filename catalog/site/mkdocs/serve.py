"""MkDocs' server with live reload."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from catalog.errors import EngineError, UsageError
from catalog.model.findings import quote

_LAST_PORT = 65535
"""TCP has 16 bits for it."""
_POLLING_SECONDS, _QUIET_SECONDS = 0.1, 0.02
"""How often files are looked at, and how long they must stay as they are: an editor writes once."""


def parse_host_port(text: str) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8000`. Raises `UsageError` when it is not such a text."""
    host, _, port = text.rpartition(":")
    # `int` would take `+80`, ` 80` and digits of other scripts too.
    is_port = re.fullmatch(r"[0-9]{1,5}", port) is not None and int(port) <= _LAST_PORT
    if not is_port or not _is_host(host):
        raise UsageError(f"{quote(text)} is not an address and port; write 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def _is_host(host: str) -> bool:
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return host == "localhost"
    return True


def run_server(
    update: Callable[[], None],
    root: Path,
    address: str,
    mount: str,
    watched: Iterable[Path],
) -> None:
    """Show the folder `root` below the path `mount`, and call `update` when a watched file changes.

    Returns when the user interrupts it. Raises `EngineError` when the address is taken.
    """
    host, port = parse_host_port(address)
    with _log_to_stderr():
        server = LiveReloadServer(
            update, host, port, str(root), mount, polling_interval=_POLLING_SECONDS
        )
        server.build_delay = _QUIET_SECONDS
        server.error_handler = lambda code: _read_error_page(root, code)
        for path in watched:
            server.watch(str(path))
        try:
            server.serve()
        except OSError as error:
            if error.filename is not None:  # of a file, not of the network
                raise
            reason = error.strerror or str(error)
            hint = "name another with --address"
            raise EngineError(f"the site cannot be shown at {address}: {reason}; {hint}") from error
        except KeyboardInterrupt:
            pass
        finally:
            with suppress(RuntimeError):  # of an observer that never started
                server.shutdown()


def _read_error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None


@contextmanager
def _log_to_stderr() -> Iterator[None]:
    """Show the log of MkDocs and of the list while the site is served."""
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
