"""The small, safe subset of Markdown that editors write: emphasis, code and links to the web.

Every output shows the same: pages get it as HTML; README.md and other Markdown get it written
again, with everything else escaped. Raw HTML in a README could hide the rest of the page in a
comment, and a picture would show its server who reads.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from catalog.text.escaping import (
    escape_line_start,
    escape_markdown_part,
    escape_markdown_url,
    write_code_span,
)
from catalog.text.urls import is_url

# A line end within a paragraph is a space to readers.
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t]*")


class _Prose(MarkdownIt):
    """Raw HTML, pictures and every other block show as written."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False})
        self.enable(["emphasis", "backticks", "link", "escape", "entity"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it-py's name
        """Allow links to the web alone: no `javascript:`, no `data:`, no user name as a host.

        markdown-it has written the host in punycode by now.
        """
        return is_url(url)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return _Prose()


def render_line(text: str) -> Markup:
    """Render one line of Markdown as inline HTML."""
    return Markup(_parser().renderInline(text))


def render_paragraphs(text: str) -> Markup:
    """Render paragraphs of Markdown as HTML."""
    return Markup(_parser().render(text))


def to_plain_text(text: str | None) -> str:
    """Return paragraphs of Markdown as one line of text, without any markup; "" for None."""
    return render_paragraphs(text).striptags() if text else ""


def write_prose(text: str) -> str:
    """Write paragraphs, or a line, of the subset as Markdown in which nothing else is markup."""
    paragraphs = (token for token in _parser().parse(text) if token.type == "inline")
    return "\n\n".join(_write_paragraph(paragraph.children or ()) for paragraph in paragraphs)


def _write_paragraph(tokens: Iterable[Token]) -> str:
    text = _LINE_ENDS.sub("\n", "".join(_write_tokens(tokens))).strip()
    return "\n".join(map(escape_line_start, text.split("\n")))


def _write_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    targets: list[str] = []
    last = ""
    for token in tokens:
        if token.type == "link_open":
            targets.append(escape_markdown_url(str(token.attrGet("href"))))
            # The pair of an exclamation mark and a link is a picture.
            yield "<!-- -->[" if last.endswith("!") else "["
        elif token.type == "link_close":
            yield f"]({targets.pop()})"
        elif token.type == "code_inline":
            yield write_code_span(token.content)
        elif token.type == "hardbreak":
            yield "\\\n"
        elif token.type == "text":
            yield escape_markdown_part(token.content)
        else:
            yield token.markup
        last = token.content
