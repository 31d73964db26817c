"""What is fuzzed: the readers of what strangers write. Each ends in a value or a clear error."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalog.checks.check import check
from catalog.errors import CatalogError
from catalog.importers.bibliography import read_csl
from catalog.importers.files import import_data
from catalog.linkcheck import page as linked_page
from catalog.linkcheck.page_signs import find_page_wall, find_soft_sign
from catalog.lookup.landing_page import read_tags
from catalog.model.catalog import Catalog
from catalog.net import HttpResponse, read_text
from catalog.store.load import load_files
from catalog.tasks.github.issue_parser import IssueError, parse_issue
from catalog.text.parse import read_json, read_xml

DATA = Path(__file__).parents[1] / "data"
SECONDS_PER_MB = 2.0

PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        *("- ", ": ", "? ", "{", "}", "[", "]", ",", "&a ", "*a", "!!x ", "<<: ", "|\n", ">\n"),
        *("'", '"', "\\", "#", "---\n", "...\n", "%YAML 1.2\n", "~", "null", "\t", "    ", "\n"),
        *("**", "_", "`", "](", "(", ")", "<", ">", "|", "```\n", "1. ", "![", "[[", "]: "),
        *("<!--", "-->", "<![", "<details>", "<div>\n", "<a href=", "</a>", "<tr><td>"),
        *("@article{", "title={", "}}", "TY  - ", "ER  - \n", '{"title":', "### ", "_No response_"),
        *(
            "https://a.b/",
            "et al.",
            "2024",
            "Ada Example",
            "\r",
            "\r\n",
            "\x00",
            "\u202e",
            "\u2028",
        ),
        *("a\u0301\u0316", "\u0301\u0316", "\u0344"),
        *("\ufeff", "\ud800", "\U0001f525", "é", "e\u0301", "\u200b", "\x1b[0m", "&amp;", "$x$"),
        *("a\u0301\u0316", '@string{a="x"}', " # a", "{\\'e}", "\\begin{a}"),
    )
)
"""What the formats are made of."""


MARKUP = (
    *(
        b"<meta ",
        b"<meta name=citation_title ",
        b'<meta name="citation_title" content="',
        b"<meta a=",
    ),
    *(
        b"<a ",
        b"<a b=",
        b"</",
        b"<!--",
        b"<![CDATA[",
        b"<?",
        b"<",
        b">",
        b'"',
        b"'",
        b"=",
        b" a",
        b"a",
    ),
    *(b"<title>", b"<title>a", b"<title ", b"</title", b"<script>", b"<style><", b"<textarea>"),
    *(
        b"<h1",
        b"<h1>error ",
        b"&",
        b"&#",
        b"&#9",
        b"9",
        b"a.",
        b"-",
        b" ",
        b"\n",
        b"<math>",
        b"</math>",
    ),
    *(b"<annotation ", "\u0301\u0316".encode(), b"\xff\xfe", b"$", b"domain "),
)
"""What pages are made of."""
NOTATION = (
    *(b"[", b"]", b"{", b"}", b'{"a":', b'"', b"\\ud800", b"1", b"1e9", b",", b"-", b"null", b"\n"),
    *(
        b"<a>",
        b"</a>",
        b"<!DOCTYPE a [",
        b'<!ENTITY a "b">',
        b"&a;",
        b"<?xml version='1.0'?>",
        b"\x00",
    ),
)
"""What JSON and XML are made of."""


class Target(NamedTuple):
    """A reader, files that it reads well, to begin with, and what such files are made of."""

    read: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    pieces: tuple[bytes, ...] = PIECES


def read_yaml(data: bytes) -> None:
    """Read papers.yaml; a file of a folder of papers is read by the same code."""
    load_files([("papers.yaml", data)])


def read_list(data: bytes) -> None:
    """Import a list in Markdown."""
    _import(data, "list.md")


def read_bibliography(data: bytes) -> None:
    """Import a bibliography in BibTeX."""
    _import(data, "refs.bib")


def _import(data: bytes, name: str) -> None:
    try:
        import_data({name: data}).made.to_yaml()
    except CatalogError:
        return


def read_issue(data: bytes) -> None:
    """Read the body of an issue."""
    try:
        parse_issue(data, _load_invented())
    except IssueError:
        return


def read_page(data: bytes) -> None:
    """Read a page for its title, its tags, and the signs that it is none."""
    text = read_text(HttpResponse("https://a.example/", 200, {"Content-Type": "text/html"}, data))
    read_tags(text)
    linked_page.find_meta_title(text)
    answer = HttpResponse("https://a.example/", 200, {"Content-Type": "text/html"}, data)
    shown = linked_page.read_page(answer)
    linked_page.find_client_redirect(shown)
    linked_page.is_showing(shown, ("A Study of Invented Things",))
    find_page_wall(shown, is_redirected=True)
    find_soft_sign(shown, is_redirected=True)


def read_title(data: bytes) -> None:
    """Read a page that has a long title."""
    read_page(b"<title>" + data + b"</title>")


def read_notation(data: bytes) -> None:
    """Read JSON and XML that a service sends, and JSON that is imported."""
    for read in (read_json, read_xml):
        with suppress(ValueError):
            read(data)
    with suppress(ValueError):
        read_csl(data.decode("utf-8", "replace"))


@cache
def _load_invented() -> Catalog:
    catalog = check(DATA / "invented", today=date(2025, 11, 1)).catalog
    assert catalog is not None
    return catalog


def run(target: Target, data: bytes) -> float:
    """Read, and return the CPU time in relation to what it may take; above 1 is a fault."""
    started = time.process_time()
    target.read(data)
    return (time.process_time() - started) / (SECONDS_PER_MB * max(1.0, len(data) / 1e6))


def _read_seeds(*patterns: str) -> tuple[bytes, ...]:
    found = sorted({path for pattern in patterns for path in DATA.glob(pattern) if path.is_file()})
    return tuple(path.read_bytes() for path in found)


_ISSUE = b"### Paper\n\n2401.00001\n\n### Title\n\n_No response_\n\n### Authors\n\nAda Example\n"

_PAGE = b"<title>Things</title><meta name='citation_title' content='A &amp; B'><p>x"

TARGETS = {
    "yaml": Target(read_yaml, _read_seeds("invented/*.yaml", "invalid/*.yaml")),
    "list": Target(read_list, _read_seeds("lists/*.md")),
    "bibliography": Target(read_bibliography, _read_seeds("bibliographies/*.bib")),
    "issue": Target(read_issue, (_ISSUE,)),
    "page": Target(read_page, (_PAGE,), MARKUP),
    "title": Target(read_title, (b"Things",), MARKUP),
    "notation": Target(read_notation, (b'[{"title": "Things"}]', b"<feed/>"), NOTATION),
}


def run_sizes(name: str, size: int) -> float:
    """Read each piece of the formats over and over, `size` bytes; return the slowest share."""
    worst = 0.0
    pieces = TARGETS[name].pieces
    for piece in (*pieces, b"".join(pieces)):
        share = run(TARGETS[name], piece * (size // len(piece)))
        assert share <= 1, f"{name}: {size} bytes of {piece!r}: {share:.1f} times too long"
        worst = max(worst, share)
    return worst
