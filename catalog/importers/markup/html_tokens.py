"""HTML as tokens, each with its line, in linear time whatever is left open.

The standard library's parser looks through the rest of a page again from each tag that nothing
closes, which takes minutes for 100 kB of `<a `. Rules: https://html.spec.whatwg.org/#tokenization.
"""

import html
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple


class TokenKind(Enum):
    """What a token is."""

    START = auto()
    END = auto()
    TEXT = auto()
    COMMENT = auto()


class Token(NamedTuple):
    """A tag, a text or a comment, with its first line; `text` is the name of a tag."""

    kind: TokenKind
    text: str
    line: int
    attributes: dict[str, str]


# The name of a tag: a letter, then anything up to a space, a slash or the end of the tag.
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
# Where a tag ends, or a quoted value begins in which `>` is text.
_STOP = re.compile(r"[>\"']")
# name · name=value · name="value" · name='value'
_ATTRIBUTE = re.compile(r"([^\s/=>\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes"})
"""Elements whose content has no tags."""
_LONG_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")
"""A reference to a character that no character set has; Python refuses to read 5,000 digits."""
_MOST_ATTRIBUTES = 100
"""Those behind are of no use to a reader of lists, and the name of each is kept in memory."""


def read_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a page in order."""
    return _Tokens(text).read()


def unescape(text: str) -> str:
    """Return text with its character references replaced, each by its character."""
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


class _Tokens:
    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._counted = 0
        self._missing: set[str] = set()
        """Marks that the rest of the text has not: they are looked for no more."""

    def read(self) -> Iterator[Token]:
        text, position = self._text, 0
        while position < len(text):
            opened = text.find("<", position)
            opened = len(text) if opened < 0 else opened
            if opened > position:
                yield self._make(TokenKind.TEXT, unescape(text[position:opened]), position)
            if opened == len(text):
                return
            token, position = self._take_mark(opened)
            if token is not None:
                yield token
                if token.kind is TokenKind.START and token.text in _RAW:
                    end = self._find_end_of_raw(token.text, position)
                    shown = text[position:end]
                    if token.text in ("title", "textarea"):
                        shown = unescape(shown)
                    if shown.strip():
                        yield self._make(TokenKind.TEXT, shown, position)
                    position = end

    def _make(
        self, kind: TokenKind, text: str, start: int, attributes: dict[str, str] | None = None
    ) -> Token:
        self._line += self._text.count("\n", self._counted, start)
        self._counted = start
        return Token(kind, text, self._line, attributes or {})

    def _take_mark(self, start: int) -> tuple[Token | None, int]:
        """Return what begins with the `<` at `start`, and where it ends."""
        text = self._text
        if text.startswith("<!--", start):
            if text.startswith(("<!-->", "<!--->"), start):
                return None, text.index(">", start) + 1
            end = self._find("-->", start + 4)
            shown = text[start + 4 : end]
            return self._make(TokenKind.COMMENT, shown, start), min(end + 3, len(text))
        if text.startswith(("<!", "<?"), start):
            return None, self._find(">", start) + 1
        is_end = text.startswith("/", start + 1)
        name = _NAME.match(text, start + 1 + is_end)
        closed = self._find_end_of_tag(name.end()) if name else None
        if name is None or closed is None:
            return self._make(TokenKind.TEXT, "<", start), start + 1
        kind = TokenKind.END if is_end else TokenKind.START
        attributes = {} if is_end else _read_attributes(text[name.end() : closed])
        return self._make(kind, name[0].lower(), start, attributes), closed + 1

    def _find(self, mark: str, start: int) -> int:
        """Return where `mark` is, or the end of the text."""
        if mark in self._missing:
            return len(self._text)
        found = self._text.find(mark, start)
        if found < 0:
            self._missing.add(mark)
            return len(self._text)
        return found

    def _find_end_of_tag(self, start: int) -> int | None:
        """Return where the `>` of a tag is; one in a quoted value ends no tag."""
        position = start
        while ">" not in self._missing:
            stop = _STOP.search(self._text, position)
            if stop is None:
                self._missing.add(">")
                break
            if stop[0] == ">":
                return stop.start()
            is_value = self._text[start : stop.start()].rstrip().endswith("=")
            closing = self._find(stop[0], stop.end()) if is_value else stop.start()
            position = stop.end() if closing == len(self._text) else closing + 1
            start = stop.start()
        return None

    def _find_end_of_raw(self, name: str, start: int) -> int:
        """Return where the end tag of an element is whose content has no tags."""
        closing = f"</{name}"
        if closing in self._missing:
            return len(self._text)
        found = re.compile(re.escape(closing), re.IGNORECASE).search(self._text, start)
        if found is None:
            self._missing.add(closing)
            return len(self._text)
        return found.start()


def _read_attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, one in enumerate(_ATTRIBUTE.finditer(text)):
        if number == _MOST_ATTRIBUTES:
            break
        value = next((part for part in one.groups()[1:] if part is not None), "")
        found.setdefault(one[1].lower(), unescape(value))
    return found
