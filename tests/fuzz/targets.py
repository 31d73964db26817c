"""What is fuzzed: the readers of what strangers write. Each ends in a value or a clear error."""

import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalog.checking import check
from catalog.errors import CatalogError
from catalog.importing.imported import import_files
from catalog.loading import load_files
from catalog.records import Catalog
from catalog.submissions.issues import IssueError, parse_issue

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
        *("\ufeff", "\ud800", "\U0001f525", "é", "e\u0301", "\u200b", "\x1b[0m", "&amp;", "$x$"),
        *("a\u0301\u0316", '@string{a="x"}', " # a", "{\\'e}", "\\begin{a}"),
    )
)
"""What the formats are made of."""


class Target(NamedTuple):
    """A reader, and files that it reads well, to begin with."""

    read: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


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
        import_files({name: data}).made.to_yaml()
    except CatalogError:
        return


def read_issue(data: bytes) -> None:
    """Read the body of an issue."""
    try:
        parse_issue(data, _load_invented())
    except IssueError:
        return


@cache
def _load_invented() -> Catalog:
    catalog = check(DATA / "invented", date(2025, 11, 1)).catalog
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

TARGETS = {
    "yaml": Target(read_yaml, _read_seeds("invented/*.yaml", "invalid/*.yaml")),
    "list": Target(read_list, _read_seeds("lists/*.md")),
    "bibliography": Target(read_bibliography, _read_seeds("bibliographies/*.bib")),
    "issue": Target(read_issue, (_ISSUE,)),
}


def run_sizes(name: str, size: int) -> float:
    """Read each piece of the formats over and over, `size` bytes; return the slowest share."""
    worst = 0.0
    for piece in (*PIECES, b"".join(PIECES)):
        share = run(TARGETS[name], piece * (size // len(piece)))
        assert share <= 1, f"{name}: {size} bytes of {piece!r}: {share:.1f} times too long"
        worst = max(worst, share)
    return worst
