"""What of a page is shown, what begins on a line of its own, and what no list shows."""

from collections.abc import Iterable, Iterator, Sequence

from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markup.html_tree import BLOCKS, COMMENT, Element

NOT_SHOWN = frozenset({"head", "script", "style", "svg", "template", "math", "datalist"})
"""Elements without text for readers; a formula is read in another way."""
_LEFT_OUT = {
    "nav": "navigation", "form": "a form", "button": "a button", "select": "a form",
    "textarea": "a form", "dialog": "a dialog", "noscript": "for browsers without scripts",
}  # fmt: skip
_BOXES = frozenset({"div", "section", "article", "header", "footer", "span", "font", "figure"})


def is_apart(element: Element) -> bool:
    """Return whether an element begins on a line of its own."""
    is_block = element.name in BLOCKS or element.has_blocks
    return is_block and element.name not in NOT_SHOWN and not is_aside(element)


def is_aside(element: Element) -> bool:
    """Return whether an element parts no text, since no list shows it."""
    return element.name == COMMENT or find_reason(element) is not None


def find_reason(element: Element) -> str | None:
    """Return why an element is left out, None when it is not."""
    style = element.attributes.get("style", "").replace(" ", "").lower()
    if "hidden" in element.attributes or "display:none" in style:
        return "hidden on the page"
    return _LEFT_OUT.get(element.name)


def shows_something(pieces: Iterable[Piece]) -> bool:
    """Return whether pieces have a text, a picture or a link."""
    return any(piece.text.strip() or piece.image or piece.url for piece in pieces)


def unfold(children: Sequence[Element]) -> Iterator[Element]:
    """Yield elements, boxes that hold several lines as these lines."""
    for child in children:
        if child.name in _BOXES and child.has_blocks and find_reason(child) is None:
            yield from unfold(child.children)
        else:
            yield child


def is_line(element: Element) -> bool:
    """Return whether a box is a line of an entry."""
    is_box = element.name in ("div", "dd", "dt", "figure", "figcaption", "header", "footer")
    return is_box and not element.has_blocks and find_reason(element) is None
