"""The sites that the checks of the website look at, and a page of every type in them."""

import contextlib
import functools
import gzip
import http.server
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from unittest import mock

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from catalog.site import large_lists
from tests.real_list import find_real_list

ROOT = Path(__file__).parent.parent.parent
INVENTED = ROOT / "tests" / "data" / "invented"
PREFIX = "/Representation-Alignment-Survey/"
_PART = re.compile(r"bytes=([0-9]+)-([0-9]+)")
COMPRESSED = (".css", ".html", ".js", ".json", ".svg", ".txt", ".xml")
"""Kinds of files that GitHub Pages sends compressed."""


def build_real(folder: Path) -> Path:
    """Build the site of the real list."""
    return build(find_real_list(), folder)


def build_invented(folder: Path, project: Path) -> Path:
    """Build the site of the invented list, which has every field and an alias, in `project`."""
    shutil.copytree(INVENTED, project, dirs_exist_ok=True)
    shutil.copytree(ROOT / "site_src", project / "site_src")
    shutil.copy(ROOT / "mkdocs.yml", project)
    return build(project, folder)


def build_compact(folder: Path, project: Path) -> Path:
    """Build the site of the invented list as if it had tens of thousands of papers."""
    with mock.patch.object(large_lists, "MOST_FULL", 0):
        return build_invented(folder, project)


def build_list(papers: str, settings: str, folder: Path) -> None:
    """Build the site of a list below `folder / "served"`, with `settings` as its mkdocs.yml."""
    project = folder / "project"
    (project / "docs").mkdir(parents=True)
    (project / "papers.yaml").write_text(papers, encoding="utf-8")
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    build(project, folder / "served" / PREFIX.strip("/"))


def build(project: Path, folder: Path) -> Path:
    """Build the site of the list in `project`."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    build_with_mkdocs(load_config(str(project / "mkdocs.yml"), strict=True, site_dir=str(folder)))
    return folder


def find_pages(site: Path) -> dict[str, str]:
    """Return an address for each type of page: `paper`, `section`, `home`, `about` and so on.

    Every page that is neither of a paper, section, author or venue nor a redirect is a type of its
    own, so a new one is looked at without being named here. Of those four the fullest and the
    barest page serve.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        html = path.read_text(encoding="utf-8")
        found.setdefault(_name_type(address, html), []).append((len(html), address))
    pages = {name: max(sizes)[1] for name, sizes in found.items()}
    bare = {
        f"{name}-bare": min(found[name])[1]
        for name in ("paper", "section", "author", "venue")
        if name in found
    }
    return dict(sorted((pages | bare).items()))


def _name_type(address: str, html: str) -> str:
    if 'http-equiv="refresh"' in html:
        return "redirect"
    parts = address.removesuffix(".html").strip("/").split("/")
    if len(parts) > 1 and parts[0] in ("papers", "sections", "authors", "venues"):
        return parts[0].removesuffix("s")
    return "-".join(parts) or "home"


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Answers as GitHub Pages does: text compressed or in parts, ten minutes in the cache."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ANN401 - its name there
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.partition("?")[0].endswith("/"):
            return super().send_head()
        if path.is_dir():
            path /= "index.html"
        if path.is_file():
            return self._send_file(HTTPStatus.OK, path)
        missing = Path(self.directory) / PREFIX.strip("/") / "404.html"
        return self._send_file(HTTPStatus.NOT_FOUND, missing)

    def _send_file(self, status: HTTPStatus, path: Path) -> BytesIO:
        body = path.read_bytes()
        part = _PART.fullmatch(self.headers.get("Range", ""))
        if part and status is HTTPStatus.OK:
            start, end = int(part[1]), int(part[2]) + 1
            return self._send(
                HTTPStatus.PARTIAL_CONTENT,
                path,
                body[start:end],
                {
                    "Content-Range": f"bytes {start}-{end - 1}/{len(body)}",
                },
            )
        accepted = self.headers.get("Accept-Encoding", "")
        is_compressed = "gzip" in accepted and path.suffix in COMPRESSED
        if is_compressed:
            body = gzip.compress(body, mtime=0)
        encoding = {"Content-Encoding": "gzip"} if is_compressed else {}
        return self._send(status, path, body, encoding)

    def _send(
        self, status: HTTPStatus, path: Path, body: bytes, headers: Mapping[str, str]
    ) -> BytesIO:
        kind = self.guess_type(str(path))
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_response(status)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Vary", "Accept-Encoding")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        return BytesIO(body)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Say nothing of a reader who leaves before the answer ends."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback while the block runs; yields the address with a slash at its end.

    The folder holds the site in a folder of its own, as GitHub Pages holds a project's.
    """
    handler = functools.partial(_Handler, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
