"""The parts of Material's pages that the site relies on, all of them.

Zensical's theme has the same parts. A theme without them gets the pages in a wrapper that carries
Material's class names, and colours from `other-themes.css`. `docs/` lists these parts, and
tests/site/test_theme.py looks for each of them in a page of every engine.
"""

import re
from typing import NamedTuple

from catalog.site.page_frame import find_regions

HEADER = re.compile(r"<header\b.*?</header>", re.DOTALL | re.IGNORECASE)
"""The header; the search box goes into it."""

HEADER_SLOTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<label\b[^>]*\bfor=[\"']?__search\b",  # the button of the theme's own search
        r"<div\b[^>]*\bclass=[\"']?md-header__source\b",  # the link to the repository
        r"</nav>\s*</header>|</header>",
    )
)
"""Where in the header: before the first of these that the header has."""

FOOTER = re.compile(r"<footer\b[^>]*\bclass=[\"']?md-footer\b[^>]*>", re.IGNORECASE)
"""The footer; what the list says about itself is its first part."""

# Scripts that the catalog adds come after the theme's own.
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)

CONTENT = re.compile(r"<article\b[^>]*\bclass=[\"']?[^\"'>]*\bmd-content__inner\b", re.IGNORECASE)
"""The element around a page's content; whoever has it is styled by Material's variables."""

SEARCH = re.compile(
    r"<div\b[^>]*\bdata-md-component=[\"']?search[\"'\s>]|\bclass=[\"']?md-search\b", re.IGNORECASE
)
"""The theme's own search box, of the plugin `search`."""

SOURCE = re.compile(
    r"<a\b[^>]*\bhref=[\"']?(?P<url>[^\"'\s>]+)[^>]*\bdata-md-component=[\"']?source\b",
    re.IGNORECASE,
)
"""The link to the repository, for which the theme's script asks GitHub or GitLab for numbers."""

SOURCE_APIS = {"github.com": "https://api.github.com", "gitlab.com": "https://gitlab.com"}
"""Where that script asks, by the host of the repository."""

INSTANT = re.compile(r"[\"']navigation\.instant")
"""The feature, in the configuration that each page carries, by which the theme's script replaces
pages instead of loading them. It does so only for addresses in sitemap.xml."""

TAB = r"(<li class=\"md-tabs__item)(\">\s*<a href=\"{address}\")"
"""An entry of the tabs; `md-tabs__item--active` marks the one that the reader is in."""

WRAPPER = (
    '<div class="md-content cat-other-theme"><div class="md-content__inner md-typeset">',
    "</div></div>",
)
"""What another theme gets around the list's content."""


EDIT = re.compile(
    r"<a\b[^>]*\bhref=[\"']?[^\"'\s>]*_frame/page\.md\b[^>]*\bmd-content__button\b.*?</a>",
    re.DOTALL,
)
"""The button that leads to the source of a page; of the frame there is none to edit."""

PREVIEW = re.compile(r"<meta\b[^>]*\bproperty=[\"']?og:", re.IGNORECASE)
"""Preview tags that the theme, a template of the owner or a plugin already writes."""


class Traits(NamedTuple):
    """What the list's own style and scripts must know about the theme of a page."""

    is_material: bool
    """Whether Material or Zensical made it."""
    has_search: bool
    """Whether it has the theme's own search box."""
    has_instant_loading: bool
    """Whether the theme's script replaces pages instead of loading them."""


def find_traits(html: str) -> Traits:
    """Find what kind of theme made a page."""
    return Traits(
        CONTENT.search(html) is not None,
        SEARCH.search(html) is not None,
        INSTANT.search(html) is not None,
    )


def without_edit_button(frame: str) -> str:
    """Return the frame without a button to edit it: Zensical takes it for a page of the owner."""
    return EDIT.sub("", frame)


def has_preview(html: str) -> bool:
    """Return whether a page has preview tags of its own."""
    return PREVIEW.search(html) is not None


def insert_header(html: str, text: str) -> str:
    """Insert `text` into the page's header, if it has one."""
    header = HEADER.search(html)
    if header is None:
        return html
    slots = (slot.search(html, header.start(), header.end()) for slot in HEADER_SLOTS)
    start = next(slot.start() for slot in slots if slot)
    return html[:start] + text + html[start:]


def insert_footer(html: str, text: str) -> str:
    """Insert `text` at the start of the page's footer, or at the end of a page without one."""
    footer = FOOTER.search(html)
    start = footer.end() if footer else None
    if start is None:
        end = _BODY_END.search(html)
        start = end.start() if end else len(html)
    return html[:start] + text + html[start:]


def mark_tab(html: str, address: str) -> str:
    """Show the tab that leads to `address`, if there is one, as the one the reader is in."""
    tab = re.compile(TAB.format(address=re.escape(address)))
    return tab.sub(r"\1 md-tabs__item--active\2", html, count=1)


def wrap(content: str, page: str) -> str:
    """Return content of the list for a page of the engine: wrapped unless the theme is Material."""
    if CONTENT.search(page):
        return content
    start, end = WRAPPER
    return start + content + end


def wrap_region(page: str, name: str) -> str:
    """Wrap the part of a page that the list fills, for the same reason."""
    region = next((region for region in find_regions(page) if region.name == name), None)
    if region is None:
        return page
    old = page[region.start : region.end]
    return page[: region.start] + wrap(old, page) + page[region.end :]
