"""The list's entry in the navigation of somebody's site."""

from itertools import pairwise

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from catalog.site.settings import SiteSettings

_PAGES = (
    "papers/index.md",
    "sections/index.md",
    "authors/index.md",
    "venues/index.md",
    "charts.md",
    "timeline.md",
    "submit.md",
)
"""Of a list that is a guest; a list with a path of its own has a home page too."""


def add_to_navigation(nav: Navigation, files: Files, title: str, settings: SiteSettings) -> None:
    """Add a section with the list's pages at the end, unless the owner listed them already."""
    names = ("index.md", *_PAGES) if settings.path else _PAGES
    found = (files.get_file_from_path(settings.place(name)) for name in names)
    pages = [file.page for file in found if file is not None and file.page is not None]
    new = [page for page in pages if page not in nav.pages]
    if not new:
        return
    section = Section(title, [*new])
    for page in new:
        page.parent = section
    nav.items.append(section)
    _chain(nav, new)


def _chain(nav: Navigation, new: list[Page]) -> None:
    """Have "Previous" and "Next" lead through the new pages, but not into them from the owner's."""
    for before, after in pairwise(new):
        before.next_page, after.previous_page = after, before
    nav.pages += new
