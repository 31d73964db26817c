"""The text of elements as pieces: links, pictures and styles, spaces as browsers show them."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin

from catalog.importers.markdown.inline_html import STYLES, Piece, PieceBuilder
from catalog.importers.markup.html_shown import NOT_SHOWN
from catalog.importers.markup.html_tree import BLOCKS, COMMENT, Element

# The white space of HTML; a space that does not break is text.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MEDIA = frozenset({"iframe", "video", "audio", "embed", "source", "object"})
# `javascript:void(0)`: a script or data in the place of an address.
_NEVER_LINKS = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"(?:paper|pub|publication|entry|bib)?[-_]?title")
"""A class by which authors mark titles, such as `title` and `pub-title`: it is shown in bold."""


class TextReader:
    """Reads the text of a page whose relative links start at `base`."""

    def __init__(self, base: str) -> None:
        self._base = base

    def to_address(self, url: str | None) -> str:
        """Return where a link leads, "" for one that only runs a script."""
        shown = (url or "").strip()
        if not shown or _NEVER_LINKS.match(shown):
            return ""
        try:
            return urljoin(self._base, shown) if self._base and shown[:1] != "#" else shown
        except ValueError:
            return shown

    def read(self, elements: Iterable[Element]) -> list[Piece]:
        """Return the pieces of elements; blocks in them begin a line each."""
        builder = PieceBuilder(1)
        for element in elements:
            self._add(builder, element)
        return _trim(builder.finish())

    def _add(self, builder: PieceBuilder, element: Element) -> None:
        name = element.name
        builder.line = element.line
        if not name:
            lead = len(element.text) - len(element.text.lstrip())
            builder.line += element.text.count("\n", 0, lead)
            builder.add(_SPACES.sub(" ", element.text))
        elif name == "math":
            builder.add(_write_math(element))
        elif name in ("br", "img"):
            _add_void(builder, element)
        elif name in _MEDIA and (url := self.to_address(_source_of(element))):
            builder.open_link(url)
            builder.add(element.attributes.get("title") or name)
            builder.close_link()
            self._add_all(builder, element)
        elif name == "a":
            self._add_link(builder, element)
        elif name != COMMENT and name not in NOT_SHOWN:
            self._add_inside(builder, element)

    def _add_inside(self, builder: PieceBuilder, element: Element) -> None:
        if element.name not in BLOCKS:
            self._add_styled(builder, element)
            return
        builder.add_break(is_hard=True)
        self._add_styled(builder, element)
        builder.add_break(is_hard=True)

    def _add_all(self, builder: PieceBuilder, element: Element) -> None:
        for child in element.children:
            self._add(builder, child)

    def _add_link(self, builder: PieceBuilder, element: Element) -> None:
        url = self.to_address(element.attributes.get("href"))
        if not url:
            self._add_all(builder, element)
            return
        builder.open_link(url)
        before = len(builder.pieces)
        self._add_all(builder, element)
        if not any(piece.text.strip() or piece.image for piece in builder.pieces[before:]):
            # An icon that a style draws; what it leads to is in its title.
            named = element.attributes.get("title") or element.attributes.get("aria-label")
            builder.add(named or "link")
        builder.close_link()

    def _add_styled(self, builder: PieceBuilder, element: Element) -> None:
        style = STYLES.get(element.name)
        if style is None and any(map(_TITLE_CLASS.fullmatch, element.classes)):
            style = "bold"
        quotes = ("“", "”") if element.name == "q" else ("", "")
        builder.add(quotes[0])
        if style:
            builder.style(style, 1)
        self._add_all(builder, element)
        if style:
            builder.style(style, -1)
        builder.add(quotes[1])


def _add_void(builder: PieceBuilder, element: Element) -> None:
    if element.name == "br":
        builder.add_break(is_hard=True)
    else:
        source = element.attributes.get("src") or element.attributes.get("data-src", "")
        builder.add_image(source, element.attributes.get("alt", ""))


def _source_of(element: Element) -> str | None:
    return element.attributes.get("src") or element.attributes.get("data")


def _write_math(element: Element) -> str:
    """Return a formula as text: its source in TeX where it has one."""
    if alternative := element.attributes.get("alttext"):
        return f"${alternative}$"
    return "".join(one.text for one in element.walk() if not one.name).strip()


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Return pieces without breaks at their ends, and never two breaks in a row."""
    kept: list[Piece] = []
    for piece in pieces:
        is_empty = piece.is_break or not (piece.text.strip() or piece.image or piece.url)
        if is_empty and (not kept or kept[-1].is_break):
            continue
        kept.append(piece)
    while kept and (
        kept[-1].is_break or not (kept[-1].text.strip() or kept[-1].image or kept[-1].url)
    ):
        kept.pop()
    return kept
