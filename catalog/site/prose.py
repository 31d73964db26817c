"""The small, safe subset of Markdown that editors write: emphasis, code and links to the web."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup


class _Prose(MarkdownIt):
    """Raw HTML, pictures and every other block show as written."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False})
        self.enable(["emphasis", "backticks", "link", "escape", "entity"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it-py's name
        """Allow links to the web alone: no `javascript:`, no `data:`."""
        return url.lower().startswith(("https://", "http://"))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return _Prose()


class _Document(_Prose):
    """Headings, lists and code too, the headings one level lower: the page has its own first."""

    def __init__(self) -> None:
        super().__init__()
        self.configure("commonmark")
        self.disable(["html_block", "html_inline", "image"])


@lru_cache(maxsize=1)
def _document_parser() -> MarkdownIt:
    return _Document()


def render_document(text: str) -> Markup:
    """Render a whole file of Markdown, without its title."""
    parser = _document_parser()
    tokens = parser.parse(text)
    shown, is_title = [], False
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            is_title = token.type == "heading_open"
        elif not is_title:
            if token.type.startswith("heading_"):
                token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
            shown.append(token)
    return Markup(parser.renderer.render(shown, parser.options, {}))


def render_line(text: str) -> Markup:
    """Render one line of Markdown as inline HTML."""
    return Markup(_parser().renderInline(text))


def render_paragraphs(text: str) -> Markup:
    """Render paragraphs of Markdown as HTML."""
    return Markup(_parser().render(text))
