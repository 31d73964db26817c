"""Shown text as the subset of Markdown that records hold, with no backslash more than it needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from catalog.importers.markdown.inline_html import Piece, find_loose_links
from catalog.text.characters import find_hidden
from catalog.text.escaping import escape_markdown_url, write_code_span
from catalog.text.markdown import render_line
from catalog.text.urls import is_url

_SPECIAL = re.compile(r"([\\`*_\[\]&])")
_MOST_TRIED = 8
"""Pieces of a paragraph that are tried without backslashes; each try reads the paragraph again."""
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def to_subset(pieces: Sequence[Piece]) -> str:
    """Return pieces as a paragraph: emphasis, code and links to the web stay, pictures go.

    What only looks like markup is escaped where it would be read as such, and nowhere else, so what
    is written for a README and read from it again is the same text.
    """
    shown = [piece for piece in pieces if piece.image is None]
    whole = _join(shown, [True] * len(shown))
    if "*" not in whole and whole == _join(shown, [False] * len(shown)):
        return whole
    wanted = render_line(whole)
    if "*" in wanted and "*" not in "".join(piece.text for piece in shown):
        # Emphasis that begins or ends inside a word is none in Markdown.
        shown = [replace(piece, bold=False, italic=False) for piece in shown]
        wanted = render_line(_join(shown, [True] * len(shown)))
    if render_line(plain := _join(shown, [False] * len(shown))) == wanted:
        return plain
    escaped = [True] * len(shown)
    special = [index for index, piece in enumerate(shown) if _SPECIAL.search(piece.text)]
    for index in special[:_MOST_TRIED]:
        escaped[index] = False
        if render_line(_join(shown, escaped)) != wanted:
            escaped[index] = True
    return _join(shown, escaped)


@lru_cache(maxsize=1024)
def to_subset_text(text: str) -> str:
    """Return plain text as a line of the subset, with links where it has addresses."""
    return to_subset(find_loose_links(Piece(text, 0)))


def to_subset_link(label: str, url: str) -> str:
    """Return a link of the subset."""
    return to_subset([Piece(label, 0, url=url)])


def to_line(text: str) -> str:
    """Return `text` as one line without the characters that a record may not hold."""
    hidden = {one.character for one in find_hidden(text)}
    shown = "".join(
        " " if one in hidden and one.isspace() else one
        for one in text
        if one not in hidden or one.isspace()
    )
    return " ".join(shown.replace("\ufffc", "").split())


def _join(pieces: Sequence[Piece], escaped: Iterable[bool]) -> str:
    text = "".join(_write(one, is_escaped=so) for one, so in zip(pieces, escaped, strict=True))
    lines = (to_line(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _write(piece: Piece, *, is_escaped: bool) -> str:
    found = _EDGES.fullmatch(piece.text)
    before, text, after = found.groups() if found else ("", piece.text, "")
    target = piece.url if piece.url and is_url(piece.url) else None
    text = text or target or ""
    if not text:
        return before + after
    if piece.code:
        text = write_code_span(text)
    else:
        text = _SPECIAL.sub(r"\\\1", text) if is_escaped else text
        mark = "*" * (piece.italic + 2 * piece.bold)
        text = f"{mark}{text}{mark}"
    if target is not None:
        text = f"[{text}]({escape_markdown_url(target)})"
    return before + text + after
