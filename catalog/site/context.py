"""What all pages of a site share: the list, its templates, and what is made of each paper once."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from jinja2 import Template
from jinja2.exceptions import TemplateError
from markupsafe import Markup, escape

from catalog.errors import TemplateFaultError
from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.citations import Downloads
from catalog.render.memo import Memo
from catalog.render.templates import find_template
from catalog.site import addresses, metadata, search_data
from catalog.site.large_lists import is_compact
from catalog.site.previews import Previews
from catalog.site.views import FORMATS, ItemView, to_item
from catalog.store.link_state import LinkState
from catalog.text.markdown import render_paragraphs

T = TypeVar("T")


class PageParts(NamedTuple):
    """What is stamped into the frame: three pieces of HTML."""

    title: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to stamp: its address, what stands for all that it shows, and how it is made."""

    address: str
    digest: str
    make: Callable[[], PageParts]


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
        }

    @cached_property
    def items(self) -> "_Made[ItemView]":
        """Each paper as an entry of a list, by its key."""
        return _Made(self.catalog, lambda paper: to_item(self.catalog, paper))

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
            (f"{FORMATS[format_]} {number}" if len(names) > 1 else FORMATS[format_], name)
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

    def frame(self, address: str, anchor: str) -> dict[str, Any]:
        """Return what the templates of a stamped page may show beside its own view."""
        root = Markup(addresses.to_root(address))
        return {"root": root, "anchor": anchor, "page_url": self.absolute(address), **self.shared}

    def absolute(self, address: str | None) -> str | None:
        """Return a whole address; None when it is not known where the site will stand."""
        return f"{self.url}{address}" if self.url and address is not None else None

    def fill(self, title: str, template: str, view: Mapping[str, Any]) -> PageParts:
        """Render the head and the body of a page to stamp."""
        head = self.render(f"{template}_head", view)
        return PageParts(str(escape(title)), head, self.render(template, view))

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
    """Return JSON that may stand in a script element: nothing in it ends the element or a line."""
    text = _encode(value)
    if _BREAKING.search(text):
        text = _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BREAKING = re.compile("[<>&\u2028\u2029]")
