"""A finished page of the site engine, split once so that filling it is one join of strings.

All that it needs of a theme is in its HTML: `</head>`, the title that the page was given, the
metadata of its head, and the marks around its content, as comments or as elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from catalog.text.html_meta import read_meta_tags

TITLE = "catalog-frame-title"
"""The title that the frame page has, wherever the theme repeats it."""

_START = r"<!--\s*catalog:(?P<name>[a-z-]+)\s*-->"
_END = r"<!--\s*/catalog:(?P=name)\s*-->"
# The same marks as elements: plugins that shrink pages remove comments, and quotes of attributes.
_START_ELEMENT = r"<div hidden data-catalog=[\"']?(?P<element>[a-z-]+)[\"']?>\s*</div>"
_END_ELEMENT = r"<div hidden data-catalog-end=[\"']?(?P=element)[\"']?>\s*</div>"
# A part as comments, or as elements when a plugin removed the comments.
_REGION = re.compile(
    rf"(?:{_START}(?P<old>.*?){_END})|(?:{_START_ELEMENT}(?P<inner>.*?){_END_ELEMENT})",
    re.DOTALL,
)
# One mark, to find those that do not pair: `<!-- catalog:home -->`, `<!-- /catalog:home -->`.
_COMMENT = re.compile(r"<!--\s*(?P<end>/?)catalog:(?P<name>[a-z-]+)\s*-->")
# What the catalog adds to a head comes last, after the theme's own.
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
# The id of the page's heading, `<h1 id="papers">`, which its table of contents leads to.
_ANCHOR = re.compile(r"<h1[^>]*\bid=[\"']?(?P<id>[^\"'\s>]+)", re.IGNORECASE)
# What a page says about itself; every stamped page says it again.
_OWN_METADATA = re.compile(
    r"<meta\s+name=[\"']?(?:description|author)\b[^>]*>|"
    r"<link\s+rel=[\"']?(?:canonical|prev|next)\b[^>]*>|"
    r"<meta\s+property=[\"']?og:[^>]*>",
    re.IGNORECASE,
)
# The title as the theme makes it: `Papers - Name of the site`.
_TITLE = re.compile(r"<title[^>]*>(?P<title>.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
# Text in which spaces and line ends count, or may.
_VERBATIM = re.compile(
    r"<(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE
)
# A line end with the indentation around it becomes one line feed.
_LINE_ENDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that the catalog fills. `anchor` is the id of the heading there, or None."""

    name: str
    start: int
    end: int
    anchor: str | None


def find_regions(html: str) -> Iterator[Region]:
    """Find the parts between `<!-- catalog:NAME -->` and `<!-- /catalog:NAME -->`."""
    for found in _REGION.finditer(html):
        name, old = found["name"] or found["element"], found["old"] or found["inner"] or ""
        anchor = _ANCHOR.search(old)
        yield Region(name, found.start(), found.end(), anchor["id"] if anchor else None)


def has_marks(text: str) -> bool:
    """Return whether a page, in Markdown or HTML, marks a part for the list to fill."""
    return _COMMENT.search(text) is not None


def keep_marks(html: str) -> str:
    """Replace the comments that mark a part by hidden elements, which no plugin removes."""
    return _COMMENT.sub(
        lambda found: (
            f'<div hidden data-catalog{"-end" if found["end"] else ""}="{found["name"]}"></div>'
        ),
        html,
    )


def read_page_title(html: str) -> str:
    """Return the page's title as text, "" when it has none."""
    found = _TITLE.search(html)
    return unescape(found["title"]).strip() if found else ""


def find_description(html: str) -> str:
    """Return what the page says of itself in `<meta name="description">`, "" for nothing."""
    tags = (tag for tag in read_meta_tags(html) if tag.get("name", "").lower() == "description")
    return next((tag.get("content", "") for tag in tags), "")


def insert_head(html: str, text: str) -> str:
    """Insert `text` at the end of the page's head."""
    return _HEAD_END.sub(lambda found: text + found[0], html, count=1)


def squeeze(html: str) -> str:
    """Take away indentation and empty lines, a fifth of a page. A browser shows the same."""
    rest, parts = 0, list[str]()
    for found in _VERBATIM.finditer(html):
        parts += _LINE_ENDS.sub("\n", html[rest : found.start()]), found[0]
        rest = found.end()
    return "".join((*parts, _LINE_ENDS.sub("\n", html[rest:])))


class PageFrame:
    """The blank page: filled with a title, the end of a head, and a body."""

    def __init__(self, html: str) -> None:
        """Split the page. Raises `ValueError` when it lacks a mark."""
        region = next((item for item in find_regions(html) if item.name == "frame"), None)
        head_end = _HEAD_END.search(html)
        if region is None or head_end is None or head_end.start() > region.start:
            raise ValueError("it has no <!-- catalog:frame --> after its head")
        self.anchor = region.anchor or "content"
        self._head = _OWN_METADATA.sub("", html[: head_end.start()]).split(TITLE)
        self._top = html[head_end.start() : region.start].split(TITLE)
        self._bottom = html[region.end :].replace(TITLE, "")

    def fill(self, title: str, head: str, body: str) -> str:
        """Return the page. All three are HTML, as plain strings: the title is escaped already."""
        return "".join((title.join(self._head), head, title.join(self._top), body, self._bottom))
