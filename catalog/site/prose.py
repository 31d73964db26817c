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


def render_line(text: str) -> Markup:
    """Render one line of Markdown as inline HTML."""
    return Markup(_parser().renderInline(text))


def render_paragraphs(text: str) -> Markup:
    """Render paragraphs of Markdown as HTML."""
    return Markup(_parser().render(text))
