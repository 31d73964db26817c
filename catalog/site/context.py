"""What all pages of a site share: the list, its templates, and what is made of each paper once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Template
from jinja2.exceptions import TemplateError
from markupsafe import Markup, escape

from catalog.errors import TemplateFaultError
from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.citations import Downloads, Format
from catalog.render.citations.references import find_version, format_alone, label_style
from catalog.render.memo import Memo
from catalog.render.templates import find_macro, find_template
from catalog.site import addresses, metadata, search_data
from catalog.site.authors import AuthorIndex
from catalog.site.large_lists import MOST_FULL, is_compact
from catalog.site.page_frame import PageFrame
from catalog.site.previews import Previews
from catalog.site.venues import VenueView, find_venues
from catalog.site.views import ItemView, to_item
from catalog.store.link_state import LinkState
from catalog.text.markdown import render_paragraphs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to fill the frame with: `templates/site/TEMPLATE.html.j2` and `TEMPLATE_head`.

    `digest` is the hash of all that the page shows; `view` returns what its templates may show,
    besides what all pages share.
    """

    address: str
    digest: str
    title: str
    template: str
    view: Callable[[], Mapping[str, Any]]


@dataclass
class SiteContext:
    """The site of one catalog, as its pages see it.

    `folder` is the list's, whose templates come first; `url` is where the site will stand, if
    known, with a slash at its end; `memo` keeps texts of papers; `files` are the names of the files
    in its folder `papers/`; `states` has what is known of links; `issue_form` is the name of the
    form on GitHub by which papers are submitted, "" without one.
    """

    catalog: Catalog
    folder: Path
    url: str | None
    memo: Memo
    files: frozenset[str] = frozenset()
    states: Mapping[str, LinkState] = field(default_factory=dict)
    issue_form: str = ""
    _templates: dict[str, Template] = field(default_factory=dict)

    @cached_property
    def shared(self) -> Mapping[str, Any]:
        """What every template may show."""
        catalog = self.catalog
        return {
            "catalog": catalog,
            "survey": catalog.survey,
            "total": len(catalog.papers),
            "url": self.url,
            "is_github": self.github is not None,
            "addresses": addresses,
            "is_compact": self.is_compact,
            "list_entry": self.list_entry,
        }

    @cached_property
    def items(self) -> "_Made[ItemView]":
        """Each paper as an entry of a list, by its key."""
        return _Made(self.catalog, lambda paper: to_item(self.catalog, paper, self.authors))

    @cached_property
    def list_entry(self) -> Callable[[ItemView, str], Markup]:
        """The macro that writes a paper as an entry of a list: each is on five pages on average."""
        write = find_macro(self.folder, "site/items.html.j2", "paper_item")

        @lru_cache(maxsize=MOST_FULL)
        def write_once(key: str, root: str) -> Markup:
            return Markup(write(self.items[key], root))

        return lambda item, root: write_once(item.key, root)

    @cached_property
    def coins(self) -> "_Made[str]":
        """Each paper as a COinS span, by its key."""
        return _Made(self.catalog, lambda paper: metadata.to_coins(self.catalog, paper))

    @cached_property
    def previews(self) -> Previews:
        """The preview cards."""
        return Previews(self.catalog)

    @cached_property
    def newest(self) -> list[Paper]:
        """All papers in the order of the browse page."""
        return search_data.sort_newest(self.catalog.papers)

    @cached_property
    def described(self) -> Mapping[str, Any]:
        """What the scripts of the browse page and the search box know of the list."""
        return search_data.describe_chunks(self.catalog, len(self.newest))

    @cached_property
    def authors(self) -> AuthorIndex:
        """The authors with their papers, newest first."""
        return AuthorIndex(self.catalog, self.newest)

    @cached_property
    def venues(self) -> list[VenueView]:
        """The venues with their papers, newest first; a compact site has no pages of them."""
        return [] if self.is_compact else find_venues(self.catalog, self.newest)

    @cached_property
    def bibtex(self) -> dict[str, str]:
        """The BibTeX entry of every paper, by its key."""
        keys = (paper.key for paper in self.catalog.ordered)
        return dict(zip(keys, self.downloads.entries(Format.BIBTEX), strict=True))

    @cached_property
    def survey_links(self) -> str:
        """The survey's links as text: each file of entries names one."""
        return repr(self.catalog.survey.links)

    @cached_property
    def references(self) -> dict[str, list[tuple[str, str]]]:
        """The references of every paper in the styles of `settings.references`, by its key."""
        papers, styles = self.catalog.ordered, self.catalog.settings.references
        if self.is_compact or not styles:
            return {}
        found: dict[str, list[tuple[str, str]]] = {paper.key: [] for paper in papers}
        for style in styles:
            make = partial(format_alone, self.catalog, style=style)
            kind = f"reference-{find_version(style)}"
            for paper, text in zip(papers, self.memo.each(kind, papers, make), strict=True):
                found[paper.key].append((label_style(style), text))
        return found

    @cached_property
    def card(self) -> str | None:
        """The whole address of the list's preview card."""
        return self.absolute(self.previews.of_list())

    def link_venue(self, name: str) -> str:
        """Return where a venue's name leads: to its page, or to the filter in a compact site."""
        return addresses.to_filter(venue=name) if self.is_compact else addresses.to_venue(name)

    @cached_property
    def downloads(self) -> Downloads:
        """The files with citations."""
        return Downloads(self.catalog, self.memo, is_compact=self.is_compact)

    @cached_property
    def is_compact(self) -> bool:
        """Whether the site would be too large otherwise."""
        return is_compact(self.catalog)

    def show_downloads(self, section: str | None = None) -> list[tuple[str, str]]:
        """Return label and address of each download; the address is relative to the root."""
        return [
            (f"{format_.label} {number}" if len(names) > 1 else format_.label, name)
            for format_, names in self.downloads.list_files(section).items()
            for number, name in enumerate(names, start=1)
        ]

    @cached_property
    def github(self) -> str | None:
        """The list's repository, when GitHub holds it."""
        repository = self.catalog.survey.links.repository
        return repository if addresses.is_github(repository) else None

    def trail(self, view: SectionView) -> list[SectionView]:
        """Return the sections around a section, the outermost first."""
        trail: list[SectionView] = []
        while view.parent is not None:
            view = self.catalog.section_by_id[view.parent]
            trail.insert(0, view)
        return trail

    def absolute(self, address: str | None) -> str | None:
        """Return a whole address; None when it is not known where the site will stand."""
        return f"{self.url}{address}" if self.url and address is not None else None

    def write_page(self, frame: PageFrame, page: Page) -> str:
        """Return a page as HTML: its head and body in the frame."""
        view = {
            **self.shared,
            "root": Markup(addresses.to_root(page.address)),
            "anchor": frame.anchor,
            "page_url": self.absolute(page.address),
            **page.view(),
        }
        head, body = self.render(f"{page.template}_head", view), self.render(page.template, view)
        return frame.fill(str(escape(page.title)), head, body)

    def render(self, name: str, view: Mapping[str, Any]) -> str:
        """Render `templates/site/NAME.html.j2`; thousands of pages share one look-up of it."""
        template = self._templates.get(name)
        try:
            if template is None:
                path = f"site/{name}.html.j2"
                template = self._templates[name] = find_template(self.folder, path)
            return template.render(view)
        except TemplateError as error:
            raise TemplateFaultError(f"templates/site/{name}.html.j2: {error.message}") from error


class _Made(dict[str, T]):
    """Something of each paper by citation key, made when it is first asked for."""

    def __init__(self, catalog: Catalog, make: Callable[[Paper], T]) -> None:
        super().__init__()
        self._papers = catalog.paper_by_key
        self._make = make

    def __missing__(self, key: str) -> T:
        made = self[key] = self._make(self._papers[key])
        return made


def to_paragraphs(text: str | None) -> Markup | None:
    """Render an editor's Markdown, if there is any."""
    return render_paragraphs(text) if text else None


def to_script_json(value: object) -> Markup:
    """Return JSON that may be in a script element: nothing in it ends the element or a line."""
    text = _encode(value)
    if _BREAKING.search(text):
        text = _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# In JSON within a script: what could end the script, and the line ends of old JavaScript.
_BREAKING = re.compile("[<>&\u2028\u2029]")
