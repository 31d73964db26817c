"""What the pages show of a paper: facts made ready for the templates, which only place them."""

from dataclasses import dataclass

from markupsafe import Markup

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.citations import Format
from catalog.render.labels import label_link
from catalog.site import addresses
from catalog.text.folding import fold
from catalog.text.markdown import render_line

MOST_NAMES = 6
"""A list line names at most so many authors; the same as in `assets/catalog/markup.js`."""

FORMATS = {
    Format.BIBTEX: "BibTeX",
    Format.BIBLATEX: "BibLaTeX",
    Format.RIS: "RIS",
    Format.CSL_JSON: "CSL-JSON",
    Format.CSV: "CSV",
    Format.JSON: "JSON",
}
"""The formats to download, as the pages call them."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link of a paper, as a button shows it."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A paper as one entry of a list. `address` is relative to the site's root."""

    key: str
    address: str
    title: str
    names: tuple[str, ...]
    """What readers call the work, as far as the title does not."""
    byline: str
    published: str
    awards: tuple[str, ...]
    links: tuple[LinkView, ...]
    note: Markup | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A section that a paper stands in, with its neighbours there."""

    view: SectionView
    address: str
    position: int
    previous: Paper | None
    following: Paper | None


def to_item(catalog: Catalog, paper: Paper) -> ItemView:
    """Return the paper as an entry of a list."""
    return ItemView(
        key=paper.key,
        address=addresses.to_paper(paper.key),
        title=paper.title,
        names=to_shown_names(paper),
        byline=to_byline(paper),
        published=to_published(catalog, paper),
        awards=paper.awards,
        links=to_links(paper),
        note=render_line(paper.note) if paper.note else None,
    )


def to_shown_names(paper: Paper) -> tuple[str, ...]:
    """Return the names of the work that its title does not contain: those shown next to it."""
    title = f" {fold(paper.title)} "
    return tuple(name for name in paper.names if f" {fold(name)} " not in title)


def to_byline(paper: Paper) -> str:
    """Return the authors as a list line names them."""
    names = [name.display for name in paper.authors]
    if len(names) > MOST_NAMES:
        return ", ".join(names[: MOST_NAMES - 1]) + " et al."
    return ", ".join(names) + (" et al." if names and paper.more_authors else "")


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
