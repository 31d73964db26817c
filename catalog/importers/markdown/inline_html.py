"""Inline content as a run of pieces: text, links and images with their style and their line."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from markdown_it.token import Token

STYLES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "del": "struck", "s": "struck", "strike": "struck",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
_WIDE_SPACE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
"""Two spaces between words part a title from what follows it in some lists."""
_FOOTNOTE_MARK = re.compile(r"\[\^[\w-]+\](?!:)")
_LOOSE_LINK = re.compile(
    r"(?<!\[)\[++(?P<label>[^\[\]\n]*)\]+\s*\(\s*<?(?P<url>(?:https?://|www\.|\.{0,2}/)[^\s()<>\]]*"
    r"(?:\([^\s()]*\)[^\s()<>\]]*)*)>?\s*(?:\)|$|(?=[\s\]]))"
    r"|\[(?P<label2>[^\[\]\n]+)\]\[(?P<url2>https?://[^\s\]]+)\]"
    r"|<?(?P<bare>https?://[^\s<>()\[\]|]+(?:\([^\s<>()]*\))?[^\s<>()\[\]|,.;:!?'\"]*)>?"
)
"""Links that Markdown does not read as such: `[pdf] (https://…)`, `[a][https://…]`, `[[a]](https://…`,
and bare addresses."""
_SENTENCE_MARKS = ".,;:!?'\"*_~"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style, a link, an image or a line break.

    `url` is where a link leads ("" when it leads nowhere), `image` the address of a picture; the
    text of an image is its alternative text.
    """

    text: str
    line: int
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None
    image: str | None = None
    is_break: bool = False
    """A line break that readers see."""


class PieceBuilder:
    """Collects pieces from Markdown tokens and from HTML alike."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.pieces: list[Piece] = []
        self._style = {"bold": 0, "italic": 0, "code": 0, "struck": 0}
        self._links: list[tuple[str, int]] = []
        self._parser = _InlineHtml(self)

    def add(self, text: str, *, code: bool = False) -> None:
        """Add text in the present style."""
        if text:
            self.pieces.append(
                Piece(
                    _collapse(text if code else _drop_footnote_marks(text)),
                    self.line,
                    bold=self._style["bold"] > 0,
                    italic=self._style["italic"] > 0,
                    code=code or self._style["code"] > 0,
                )
            )

    def add_image(self, source: str, text: str) -> None:
        """Add a picture with its alternative text."""
        self.pieces.append(Piece(_SPACE.sub(" ", text).strip(), self.line, image=source))

    def add_break(self, *, is_hard: bool) -> None:
        """Add the end of a source line (a newline), or a line break that readers see."""
        if is_hard and not self._links:
            self.pieces.append(Piece("\n", self.line, is_break=True))
        else:
            self.add("\n")

    def style(self, name: str, change: int) -> None:
        """Begin or end a style."""
        self._style[name] = max(0, self._style[name] + change)

    def open_link(self, url: str) -> None:
        """Begin a link; what is added until its end is its label."""
        self._links.append((url, len(self.pieces)))

    def close_link(self) -> None:
        """End the innermost link and make one piece of it."""
        if not self._links:
            return
        url, start = self._links.pop()
        label = self.pieces[start:]
        del self.pieces[start:]
        link = _join_label(url, label, self.line)
        self.pieces.append(link)
        self.pieces += [one for one in label if one.image not in (None, link.image)]

    def feed_html(self, content: str) -> None:
        """Add inline HTML."""
        self._parser.feed(content)

    def finish(self) -> list[Piece]:
        """Return the pieces, neighbours of one style joined, and links in plain text found."""
        self._parser.close()
        while self._links:
            self.close_link()
        joined = _join_neighbours(self.pieces)
        return [piece for one in joined for piece in find_loose_links(one)]


def _collapse(text: str) -> str:
    """Return text with single spaces, and with two where several part words in a line."""
    kept = _WIDE_SPACE.sub("\0", text)
    return _SPACE.sub(" ", kept).replace("\0", "  ")


def _drop_footnote_marks(text: str) -> str:
    return _FOOTNOTE_MARK.sub("", text) if "[^" in text else text


def build_pieces(tokens: Sequence[Token] | None, line: int) -> list[Piece]:
    """Return the pieces of the children of an inline token that begins in `line`."""
    builder = PieceBuilder(line)
    for token in tokens or ():
        _add_token(builder, token)
    return builder.finish()


_STYLE_TOKENS = {"strong": "bold", "em": "italic", "s": "struck"}


def _add_token(builder: PieceBuilder, token: Token) -> None:
    name = token.type.removesuffix("_open").removesuffix("_close")
    if name in _STYLE_TOKENS:
        builder.style(_STYLE_TOKENS[name], token.nesting)
    elif token.type in ("text", "text_special", "code_inline"):
        builder.add(token.content, code=token.type == "code_inline")
    elif token.type in ("softbreak", "hardbreak"):
        builder.add_break(is_hard=token.type == "hardbreak")
        builder.line += 1
    elif token.type == "link_open":
        builder.open_link(str(token.attrs.get("href", "")))
    elif token.type == "link_close":
        builder.close_link()
    elif token.type == "image":
        builder.add_image(str(token.attrs.get("src", "")), token.content)
    elif token.type == "html_inline":
        builder.feed_html(token.content)


class TolerantParser(HTMLParser):
    """Takes `<![…>` for a comment, as browsers do; the standard library may end with an error."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read what `<![` begins at `i` and return where it ends, -1 when nothing ends it."""
        return self.parse_bogus_comment(i, report)


class _InlineHtml(TolerantParser):
    """Feeds tags and text of inline HTML to a builder."""

    def __init__(self, builder: PieceBuilder) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = builder

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in STYLES:
            self._builder.style(STYLES[tag], 1)
        elif tag == "a" and "href" in values:
            self._builder.open_link(values["href"] or "")
        elif tag == "img":
            self._builder.add_image(values.get("src") or "", values.get("alt") or "")
        elif tag == "br":
            self._builder.add_break(is_hard=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES:
            self._builder.style(STYLES[tag], -1)
        elif tag == "a":
            self._builder.close_link()
        elif tag in ("br", "p", "div"):
            self._builder.add_break(is_hard=True)

    def handle_data(self, data: str) -> None:
        self._builder.add(re.sub(r"\s*\n\s*", " ", data))


def _join_label(url: str, label: list[Piece], line: int) -> Piece:
    """Make one piece of a link from the pieces of its label."""
    text = "".join(piece.text for piece in label if not piece.is_break)
    images = [piece for piece in label if piece.image is not None]
    has_words = any(piece.text.strip() for piece in label if piece.image is None)
    return Piece(
        text=" ".join(text.split()),
        line=label[0].line if label else line,
        bold=any(piece.bold for piece in label),
        italic=any(piece.italic for piece in label),
        code=any(piece.code for piece in label),
        url=_take_inner(html.unescape(url).strip()),
        image=images[0].image if images and not has_words else None,
    )


def _take_inner(url: str) -> str:
    """Return the address in `[label](address)`, which some write where an address stands."""
    found = re.search(r"(?:\]|%5D)\((https?:.*?)\)*$", url)
    return found[1] if found else url


def _join_neighbours(pieces: Iterable[Piece]) -> list[Piece]:
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _is_one_run(runs[-1][0], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [_join_run(run) for run in runs]


def _join_run(run: list[Piece]) -> Piece:
    if len(run) == 1:
        return run[0]
    return replace(run[0], text=_collapse("".join(piece.text for piece in run)))


def _is_one_run(one: Piece, other: Piece) -> bool:
    plain = all(
        piece.url is None and piece.image is None and not piece.is_break for piece in (one, other)
    )
    same = (one.bold, one.italic, one.code) == (other.bold, other.italic, other.code)
    return plain and same


def find_loose_links(piece: Piece) -> list[Piece]:
    """Split plain text at addresses and at links that a space or a lost bracket keeps from one."""
    if piece.url is not None or piece.image is not None or piece.code:
        return [piece]
    if "://" not in piece.text and "](" not in piece.text and "] (" not in piece.text:
        return [piece]
    pieces: list[Piece] = []
    end = 0
    for found in _LOOSE_LINK.finditer(piece.text):
        label = found["label"] or found["label2"] or ""
        # The mark that ends a sentence is none of an address in it.
        bare = (found["bare"] or "").rstrip(_SENTENCE_MARKS)
        url = found["url"] or found["url2"] or bare
        if found.start() > end:
            pieces.append(_take_out(piece, end, found.start()))
        line = piece.line + piece.text.count("\n", 0, found.start())
        pieces.append(replace(piece, text=label.strip(), url=url, line=line))
        end = found.end() - len(found["bare"] or "") + len(bare)
    if end < len(piece.text):
        pieces.append(_take_out(piece, end, len(piece.text)))
    return pieces


def _take_out(piece: Piece, start: int, end: int) -> Piece:
    """Return a stretch of a piece, with its own line."""
    line = piece.line + piece.text.count("\n", 0, start)
    return replace(piece, text=piece.text[start:end], line=line)
