"""The elements of a page as a tree of little depth; end tags that authors leave out are added."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.importers.markup.html_tokens import Token, TokenKind, read_tokens

_VOID = frozenset(
    [
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("param", "source", "track", "wbr"),
    ]
)
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        *("caption", "hgroup", "search"),
    ]
)
"""Elements that begin on a line of their own."""
_ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot", "tr", "td", "th"}), frozenset({"table"})),
    "a": (frozenset({"a"}), frozenset({"li", "td", "th", "table", "dd"})),
}
"""By tag: the open elements that it ends, and those that it does not look beyond.

https://html.spec.whatwg.org/#optional-tags; `a` is not optional, but no link is in another.
"""
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
"""What an end tag inside a cell may end outside of it."""
_DEEPEST = 60
"""How deep elements are in each other; deeper ones are laid flat. Python's recursion bears it."""


@dataclass(slots=True, eq=False)
class Element:
    """An element, with the lines of its first and last tag; its texts are elements named ""."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    end: int = 0
    has_blocks: bool = False
    """Whether there is an element in it that begins on a line of its own."""

    @property
    def classes(self) -> list[str]:
        """The words of its class attribute."""
        return self.attributes.get("class", "").lower().split()

    def walk(self) -> Iterator["Element"]:
        """Yield the element and everything in it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


COMMENT = "#comment"
"""The name of a comment."""


def read_tree(text: str) -> Element:
    """Return a page as the tree of its elements."""
    return _TreeBuilder().build(text)


class _TreeBuilder:
    def __init__(self) -> None:
        self._root = Element("html", 1)
        self._open = [self._root]
        self._flat = 0
        """Elements beyond the deepest level that are open and laid flat."""

    def build(self, text: str) -> Element:
        token: Token | None = None
        for token in read_tokens(text):
            if token.kind is TokenKind.START:
                self._start(token)
            elif token.kind is TokenKind.END:
                self._end(token.text, token.line)
            else:
                name = COMMENT if token.kind is TokenKind.COMMENT else ""
                self._add(Element(name, token.line, text=token.text))
        last = text.count("\n") + 1 if token is not None else 1
        for element in self._open:
            element.end = last
        return self._root

    def _add(self, element: Element) -> None:
        element.end = element.line + element.text.count("\n")
        self._open[-1].children.append(element)

    def _start(self, token: Token) -> None:
        name = token.text
        if name in ("html", "body"):
            return
        ends, limits = _ENDED_BY.get(name, (frozenset(), frozenset()))
        self._close_open(ends, limits, token.line)
        if name in BLOCKS:
            # A paragraph ends where a block begins in it.
            self._close_open(
                frozenset({"p"}), frozenset({"li", "td", "th", "dd", "div"}), token.line
            )
            for element in reversed(self._open):
                if element.has_blocks:
                    break
                element.has_blocks = True
        element = Element(name, token.line, token.attributes)
        self._add(element)
        if name in _VOID:
            return
        if len(self._open) >= _DEEPEST:
            self._flat += 1
        else:
            self._open.append(element)

    def _close_open(self, names: frozenset[str], limits: frozenset[str], line: int) -> None:
        """Close the outermost open element of these names that is inside the limits."""
        for depth in range(len(self._open) - 1, 0, -1):
            name = self._open[depth].name
            if name in limits and name not in names:
                break
            if name in names:
                self._cut(depth, line)

    def _end(self, name: str, line: int) -> None:
        if name == "br":
            self._add(Element("br", line))
        elif self._flat and name not in _VOID:
            self._flat -= 1
        else:
            for depth in range(len(self._open) - 1, 0, -1):
                opened = self._open[depth].name
                if opened == name:
                    self._cut(depth, line)
                    return
                if opened in ("td", "th") and name not in _OF_TABLES:
                    return

    def _cut(self, depth: int, line: int) -> None:
        for element in self._open[depth:]:
            element.end = line
        del self._open[depth:]
