"""Every page that the catalog makes: the view of each kind of page, placed by its template."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from jinja2 import Template
from jinja2.exceptions import TemplateError
from markupsafe import Markup, escape

from catalog.digests import digest, digest_files
from catalog.errors import TemplateFaultError
from catalog.export.bibtex import to_bibtex
from catalog.export.reference import to_reference
from catalog.folding import fold
from catalog.labels import TYPE_LABELS, type_of
from catalog.links.state import LinkState, strip_fragment
from catalog.memo import Memo
from catalog.model import Paper
from catalog.output import Output
from catalog.prose import render_document, render_paragraphs
from catalog.records import Catalog, SectionView
from catalog.site import addresses, browse, metadata, pictures
from catalog.site.api import render_api
from catalog.site.charts import YearBar, to_year_bars
from catalog.site.feeds import render_feeds, sort_latest
from catalog.site.health import examine, to_state_label
from catalog.site.policy import render_policy
from catalog.site.previews import Previews
from catalog.site.related import RelatedView, find_related
from catalog.site.views import (
    FORMATS,
    ItemView,
    PlaceView,
    find_places,
    to_byline,
    to_item,
    to_published,
)
from catalog.templating import find_default, make_environment, render

T = TypeVar("T")

MOST_LISTED = 500
"""The browse page holds the whole list up to so many papers; of more, the newest ones."""

MOST_NEWEST = 6
"""Papers that the home page shows."""

MOST_CHANGES = 100
"""Papers that the changelog shows."""


class Filling(NamedTuple):
    """What is stamped into the frame: three pieces of HTML."""

    title: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to stamp: its address, what stands for all that it shows, and how it is made."""

    address: str
    digest: str
    make: Callable[[], Filling]


@dataclass
class Pages:
    """Makes the pages of one catalog.

    `folder` is the list's, whose templates come first; `url` is where the site will stand, if
    known, with a slash at its end; `memo` keeps texts of papers; `files` are the names of the files
    in its folder `papers/`; `states` has what is known of links; `changes` is the list's own
    CHANGELOG.md; `issue_form` is the name of the form on GitHub by which papers are submitted, ""
    without one.
    """

    catalog: Catalog
    folder: Path
    url: str | None
    memo: Memo
    files: frozenset[str] = frozenset()
    states: Mapping[str, LinkState] = field(default_factory=dict)
    changes: str | None = None
    issue_form: str = ""
    _templates: dict[str, Template] = field(default_factory=dict)
    _author_links: dict[str, tuple[str, str]] = field(default_factory=dict)

    def papers(self, anchor: str) -> Iterator[Page]:
        """Give the page of every paper."""
        places = find_places(self.catalog)
        titles = {view.id: view.title for view in self.catalog.sections}
        related = find_related(self.catalog.papers, titles)
        for paper, others in zip(self.catalog.papers, related, strict=True):
            own = places.get(paper.key, [])
            yield Page(
                addresses.to_paper(paper.key),
                digest(
                    self._own_digest(paper),
                    [_tell_place(place) for place in own],
                    [(o.paper.key, o.paper.title, o.paper.year, o.reasons) for o in others],
                    self._edit(paper),
                    self._previews.of_paper(paper),
                    [self.states.get(strip_fragment(url)) for url in paper.all_links.values()]
                    if self.states
                    else None,
                ),
                partial(self._paper, paper, own, others, anchor),
            )

    def sections(self, anchor: str) -> Iterator[Page]:
        """Give the page of every section."""
        for view in self.catalog.sections:
            yield Page(
                addresses.to_section(view.id),
                digest(
                    [self._own_digest(paper) for paper in view.papers],
                    [(paper.key, paper.year) for paper in self.papers_of[view.id]],
                    [(inner.id, inner.total) for inner in self._within(view)],
                    self._previews.of_section(view),
                ),
                partial(self._section, view, anchor),
            )

    @cached_property
    def digest(self) -> str:
        """What stands for all that the pages of papers and sections share, code apart."""
        numbers = [(view.id, view.number) for view in self.catalog.sections]
        head = self.catalog.head.model_dump_json(exclude={"venues"})
        return digest(head, numbers, self.url)

    @cached_property
    def papers_digest(self) -> str:
        """What stands for all papers: a template of the list's own may show any of them."""
        return digest([(paper.key, self._own_digest(paper)) for paper in self.catalog.papers])

    @property
    def has_own_templates(self) -> bool:
        """Whether the list brings templates for its pages that are not the package's."""
        own = self.folder / "templates" / "site"
        default = find_default("templates") / "site"
        return own.is_dir() and digest_files(own) != digest_files(default)

    def _own_digest(self, paper: Paper) -> str:
        return self.memo.digests[paper.key]

    def _section(self, view: SectionView, anchor: str) -> Filling:
        address = addresses.to_section(view.id)
        shown = self._frame_view(address, anchor) | {
            "section": view,
            "description": _paragraphs(view.section.description),
            "trail": self._trail(view),
            "inner": self._within(view),
            "items": [self._items[paper.key] for paper in view.papers],
            "bars": self._section_bars(view),
            "card": self._absolute(self._previews.of_section(view)),
            "coins": [self._coins[paper.key] for paper in view.papers],
        }
        return self._fill(view.title, "section", shown)

    def redirects(self) -> Iterator[tuple[str, str]]:
        """Make a page for each old citation key that leads to the paper's page of today."""
        for paper in self.catalog.papers:
            for alias in paper.aliases:
                target = f"../{paper.key}/"
                view = {
                    "target": target,
                    "url": self._absolute(addresses.to_paper(paper.key)),
                    "paper": paper,
                    "policy": render_policy(),
                }
                yield addresses.to_paper(alias), self._render("redirect", view)

    def region(self, name: str, root: str, anchor: str | None) -> str | None:
        """Fill a part of a prose page; None when there is no part of that name."""
        make = self._regions.get(name)
        if make is None:
            return None
        return self._render(
            name, {"root": root, "anchor": anchor or name, **self._shared, **make()}
        )

    @property
    def region_names(self) -> list[str]:
        """The names of the parts that a prose page may have."""
        return sorted(self._regions)

    def header(self, root: str, *, is_browse: bool) -> str:
        """Make what goes into the header of every page: the search box."""
        return self._render("header", {"root": root, "is_browse": is_browse})

    def prose_head(self, address: str, title: str) -> str:
        """Make the head of a page of the site engine: its preview, and the list's feeds."""
        view = {
            "root": addresses.to_root(address),
            "page_url": self._absolute(address),
            "title": title,
            "card": self._absolute(self._previews.of_list()),
            **self._shared,
        }
        return self._render("prose_head", view)

    def files_for_machines(self) -> Iterator[Output]:
        """Make feeds, API, llms.txt and preview cards."""
        yield from render_api(self.catalog, self.url, self.memo)
        papers = self.newest if len(self.newest) <= MOST_LISTED else []
        items = [self._items[paper.key] for paper in papers]
        view = {**self._shared, "url": self.url or "", "papers": items}
        yield "llms.txt", render(self.folder, "site/llms.txt.j2", **view)
        if self.url:
            yield from render_feeds(self.catalog, self.papers_of, self.folder, self.url)
            yield from self._previews.render()

    def assets(self, root: str) -> str:
        """Make the links to style and scripts that every page has in its head."""
        return self._render("assets", {"root": root})

    @property
    def _regions(self) -> Mapping[str, Callable[[], Mapping[str, Any]]]:
        return {
            "home": self._home,
            "browse": self._browse,
            "sections": dict,
            "about": self._about,
            "submit": self._submit,
            "missing": dict,
            "charts": self._charts,
            "health": self._health,
            "changelog": self._changelog,
        }

    @cached_property
    def _shared(self) -> Mapping[str, Any]:
        catalog = self.catalog
        return {
            "catalog": catalog,
            "survey": catalog.survey,
            "total": len(catalog.papers),
            "filled": sum(bool(view.papers) for view in catalog.sections),
            "url": self.url,
            "is_github": self._github is not None,
            "addresses": addresses,
            "formats": FORMATS,
        }

    @cached_property
    def _items(self) -> "_Made[ItemView]":
        return _Made(self.catalog, lambda paper: to_item(self.catalog, paper))

    @cached_property
    def _coins(self) -> "_Made[str]":
        return _Made(self.catalog, lambda paper: metadata.to_coins(self.catalog, paper))

    @cached_property
    def papers_of(self) -> dict[str, list[Paper]]:
        """The papers of each section and of those inside it."""
        return self.catalog.papers_within

    @cached_property
    def _previews(self) -> Previews:
        return Previews(self.catalog)

    @cached_property
    def newest(self) -> list[Paper]:
        """All papers in the order of the browse page."""
        return browse.sort_newest(self.catalog.papers)

    def _home(self) -> Mapping[str, Any]:
        catalog = self.catalog
        latest = sort_latest(catalog.papers)[:MOST_NEWEST]
        return {
            "description": _paragraphs(catalog.survey.description),
            "bars": self._bars(),
            "latest": [self._items[paper.key] for paper in latest],
            "is_dated": bool(latest and latest[0].added),
            "citations": [
                (paper.key, to_bibtex(catalog, paper).strip()) for paper in catalog.citations
            ],
            "authors": len({name for paper in catalog.papers for name in paper.authors}),
            "venues": len({name for name in map(catalog.venue_name, catalog.papers) if name}),
        }

    def _browse(self) -> Mapping[str, Any]:
        listed = self.newest[:MOST_LISTED]
        return {
            "data": _to_script_json(browse.describe(self.catalog, len(self.newest))),
            "items": [self._items[paper.key] for paper in listed],
            "coins": [self._coins[paper.key] for paper in listed],
        }

    def _charts(self) -> Mapping[str, Any]:
        return {
            "bars": self._bars(),
            "years": pictures.to_year_counts(self.catalog.years),
            "section_bars": pictures.to_section_bars(self.catalog),
            "venue_bars": pictures.to_venue_bars(self.catalog),
            "overlap": pictures.to_overlap(self.catalog),
            "cell": pictures.CELL,
            "margin": pictures.MARGIN,
        }

    def _health(self) -> Mapping[str, Any]:
        return {"health": examine(self.catalog, self.states), "to_state_label": to_state_label}

    def _changelog(self) -> Mapping[str, Any]:
        latest = sort_latest(self.catalog.papers)[:MOST_CHANGES]
        days = groupby(latest, lambda paper: paper.added or paper.year)
        return {
            "days": [(day, [self._items[paper.key] for paper in papers]) for day, papers in days],
            "is_dated": bool(latest and latest[0].added),
            "changes": render_document(self.changes) if self.changes else None,
        }

    def _about(self) -> Mapping[str, Any]:
        return {"description": _paragraphs(self.catalog.survey.description)}

    def _submit(self) -> Mapping[str, Any]:
        repository = self.catalog.survey.links.repository or ""
        return {
            "repository": addresses.trim_repository(self._github or ""),
            "issue_form": self.issue_form,
            "taken": [paper.key for paper in self.catalog.citations],
            "venues": sorted(self.catalog.venues, key=fold),
            "new_file": addresses.to_new_file(repository, "papers"),
            "new_issue": addresses.to_new_issue(
                repository,
                "Add: <title of the paper>",
                "Title:\nLink:\nSection:\nWhy it belongs here:\n",
            ),
            "example": {
                "venue": self.catalog.usual_venue or "arXiv",
                "section": self.catalog.sections[-1].id,
            },
        }

    def _bars(self) -> list[YearBar]:
        return to_year_bars(self.catalog.years)

    def _section_bars(self, view: SectionView) -> list[YearBar]:
        """Return the bars of a section with those inside it; one year alone needs none."""
        counts = Counter(paper.year for paper in self.papers_of[view.id] if paper.year is not None)
        if len(counts) < 2:
            return []
        years = {year: counts[year] for year in range(min(counts), max(counts) + 1)}
        return to_year_bars(years, view.id)

    def _paper(
        self, paper: Paper, places: list[PlaceView], related: list[RelatedView], anchor: str
    ) -> Filling:
        return self._fill(paper.title, "paper", self.view_paper(paper, places, related, anchor))

    def view_paper(
        self, paper: Paper, places: list[PlaceView], related: list[RelatedView], anchor: str
    ) -> dict[str, Any]:
        """Return all that the template of a paper's page may show."""
        catalog, address = self.catalog, addresses.to_paper(paper.key)
        url = self._absolute(address)
        return self._frame_view(address, anchor) | {
            "paper": paper,
            "item": self._items[paper.key],
            "authors": [self._link_author(name.display) for name in paper.authors],
            "type_label": TYPE_LABELS[type_of(catalog, paper)],
            "venue": catalog.venue_name(paper),
            "venue_title": metadata.venue_title(catalog, paper),
            "abstract": _paragraphs(paper.abstract),
            "places": places,
            "trail": [*self._trail(places[0].view), places[0].view] if places else [],
            "facets": self._facets(paper),
            "bibtex": to_bibtex(catalog, paper).strip(),
            "reference": to_reference(catalog, paper),
            "edit": self._edit(paper),
            "report": self._report(paper),
            "description": _describe(catalog, paper),
            "tags": list(metadata.to_citation_tags(catalog, paper)),
            "json_ld": _to_script_json(metadata.to_json_ld(catalog, paper, url)),
            "published": to_published(catalog, paper),
            "related": related,
            "states": self._states_of(paper),
            "card": self._absolute(self._previews.of_paper(paper)),
        }

    def _link_author(self, name: str) -> tuple[str, str]:
        """Return a name with the address of their papers; most names occur more than once."""
        if name not in self._author_links:
            self._author_links[name] = name, addresses.to_filter(q=f'author:"{name}"')
        return self._author_links[name]

    def _states_of(self, paper: Paper) -> dict[str, tuple[LinkState, str]]:
        """Return what is known of the paper's links, by their kinds, with a line that says it."""
        if not self.states:
            return {}
        found = {
            kind: self.states.get(strip_fragment(url)) for kind, url in paper.all_links.items()
        }
        return {kind: (state, to_state_label(state)) for kind, state in found.items() if state}

    def _facets(self, paper: Paper) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the list's own facets of a paper: title, then titles and addresses of values."""
        return [
            (
                self.catalog.facets[id_].title,
                [
                    (
                        self.catalog.facets[id_].values[value],
                        addresses.to_filter(**{f"facet.{id_}": value}),
                    )
                    for value in values
                ],
            )
            for id_, values in paper.facets.items()
        ]

    def _edit(self, paper: Paper) -> str | None:
        repository = self._github
        if repository is None:
            return None
        own = f"{paper.key}.yaml"
        return addresses.to_edit(
            repository, f"papers/{own}" if own in self.files else "papers.yaml"
        )

    @cached_property
    def _github(self) -> str | None:
        """The list's repository, when GitHub holds it."""
        repository = self.catalog.survey.links.repository
        return repository if addresses.is_github(repository) else None

    def _report(self, paper: Paper) -> str | None:
        repository = self._github
        if repository is None:
            return None
        place = self._absolute(addresses.to_paper(paper.key)) or paper.key
        body = f"{paper.title}\n{place}\n\nWhat is wrong:\n"
        return addresses.to_new_issue(repository, f"Correct {paper.key}", body)

    def _within(self, view: SectionView) -> list[SectionView]:
        return [inner for inner in self.catalog.sections if inner.parent == view.id]

    def _trail(self, view: SectionView) -> list[SectionView]:
        """Return the sections around a section, the outermost first."""
        trail: list[SectionView] = []
        while view.parent is not None:
            view = self.catalog.section_by_id[view.parent]
            trail.insert(0, view)
        return trail

    def _frame_view(self, address: str, anchor: str) -> dict[str, Any]:
        root = Markup(addresses.to_root(address))
        return {"root": root, "anchor": anchor, "page_url": self._absolute(address), **self._shared}

    def _absolute(self, address: str | None) -> str | None:
        return f"{self.url}{address}" if self.url and address is not None else None

    def _fill(self, title: str, template: str, view: Mapping[str, Any]) -> Filling:
        head = self._render(f"{template}_head", view)
        return Filling(str(escape(title)), head, self._render(template, view))

    def _render(self, name: str, view: Mapping[str, Any]) -> str:
        """Render `templates/site/NAME.html.j2`; thousands of pages share one look-up of it."""
        template = self._templates.get(name)
        try:
            if template is None:
                path = f"site/{name}.html.j2"
                template = self._templates[name] = make_environment(self.folder).get_template(path)
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


def _tell_place(place: PlaceView) -> tuple[object, ...]:
    """Return what a paper's page shows of its place in a section."""
    around = [
        (paper.key, paper.title) if paper else None for paper in (place.previous, place.following)
    ]
    return place.view.id, place.position, len(place.view.papers), around


def _paragraphs(text: str | None) -> Markup | None:
    return render_paragraphs(text) if text else None


def _describe(catalog: Catalog, paper: Paper) -> str:
    """Return one line about the paper, for search engines and previews."""
    about = ", ".join(part for part in (to_byline(paper), to_published(catalog, paper)) if part)
    return f"{paper.title}. {about}" if about else paper.title


def _to_script_json(value: object) -> Markup:
    """Return JSON that may stand in a script element: nothing in it ends the element or a line."""
    text = _encode(value)
    if _BREAKING.search(text):
        text = _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_BREAKING = re.compile("[<>&\u2028\u2029]")
