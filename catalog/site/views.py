"""What the pages show of a paper: facts made ready for the templates, which only place them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.labels import label_link
from catalog.site import addresses
from catalog.site.authors import AuthorIndex
from catalog.text.folding import fold
from catalog.text.markdown import render_line
from catalog.text.tex_math import to_unicode

MOST_AUTHORS = 30
"""A page and its metadata name at most so many authors of a paper; the rest unfolds."""
MOST_NAMES = 4
"""A list line names at most so many authors; the same as in `assets/catalog/markup.js`."""


class LinkView(NamedTuple):
    """A link of a paper, as a button shows it."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A paper as one entry of a list. Addresses are relative to the site's root.

    `authors` are the names shown, each with where it leads; `et_al` stands for the others, and
    `byline` has both as text.
    """

    key: str
    address: str
    title: str
    names: tuple[str, ...]
    """What readers call the work, as far as the title does not."""
    authors: tuple[tuple[str, str], ...]
    byline: str
    et_al: str
    published: str
    awards: tuple[str, ...]
    links: tuple[LinkView, ...]
    note: Markup | None
    tldr: str | None
    has_abstract: bool


class PlaceView(NamedTuple):
    """A section that a paper is in, with its neighbours there."""

    view: SectionView
    address: str
    position: int
    previous: Paper | None
    following: Paper | None


def to_item(catalog: Catalog, paper: Paper, links: AuthorIndex) -> ItemView:
    """Return the paper as an entry of a list; `links` knows where the names of authors lead."""
    names, et_al = shorten_byline(paper)
    return ItemView(
        key=paper.key,
        address=addresses.to_paper(paper.key),
        title=to_unicode(paper.title),
        names=to_shown_names(paper),
        authors=tuple(zip(names, links.links_of(paper), strict=False)),
        byline=", ".join(names) + et_al,
        et_al=et_al,
        published=to_published(catalog, paper),
        awards=paper.awards,
        links=to_links(paper),
        note=render_line(paper.note) if paper.note else None,
        tldr=to_unicode(paper.tldr) if paper.tldr else None,
        has_abstract=paper.abstract is not None,
    )


def to_shown_names(paper: Paper) -> tuple[str, ...]:
    """Return the names of the work that its title does not contain: those shown next to it."""
    title = f" {fold(paper.title)} "
    return tuple(name for name in paper.names if f" {fold(name)} " not in title)


def to_byline(paper: Paper) -> str:
    """Return the authors as a list line names them."""
    names, et_al = shorten_byline(paper)
    return ", ".join(names) + et_al


def shorten_byline(paper: Paper) -> tuple[Sequence[str], str]:
    """Return the names that a list line has, and what stands for those that it leaves out."""
    names = [name.display for name in paper.authors[: MOST_NAMES + 1]]
    if len(names) > MOST_NAMES:
        return names[: MOST_NAMES - 1], " et al."
    return names, " et al." if names and paper.more_authors else ""


def to_year_range(papers: Iterable[Paper]) -> str:
    """Return the years that papers are from: `2019–2024`, `2024`, "" when none is known."""
    years = sorted({paper.year for paper in papers if paper.year is not None})
    return "–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else ""


def to_published(catalog: Catalog, paper: Paper) -> str:
    """Return venue and year as far as they are known: `NeurIPS 2024`."""
    parts = (catalog.venue_name(paper), paper.year)
    return " ".join(str(part) for part in parts if part is not None)


def to_links(paper: Paper) -> tuple[LinkView, ...]:
    """Return every link of the paper with its label."""
    return tuple(LinkView(kind, label_link(kind), url) for kind, url in paper.all_links.items())


def find_places(catalog: Catalog) -> dict[str, list[PlaceView]]:
    """Return, by citation key, the sections of each paper with the papers before and after it."""
    places: dict[str, list[PlaceView]] = {}
    for view in catalog.sections:
        papers = view.papers
        for index, paper in enumerate(papers):
            place = PlaceView(
                view=view,
                address=addresses.to_section(view.id),
                position=index + 1,
                previous=papers[index - 1] if index else None,
                following=papers[index + 1] if index + 1 < len(papers) else None,
            )
            places.setdefault(paper.key, []).append(place)
    return places
