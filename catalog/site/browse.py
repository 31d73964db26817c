"""The data of the browse page: columns of text in chunks, newest first, and what its filters offer.

The columns hold what a reader sees; the scripts fold it as it arrives, by the same rules as
`catalog.folding`. `site_src/assets/catalog/data.js` reads them.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from catalog.folding import fold
from catalog.labels import TYPE_LABELS, label_link, type_of
from catalog.model import LinkKind, Paper
from catalog.output import Rendered
from catalog.records import Catalog
from catalog.site.prose import render_line

FOLDER = "assets/catalog/data/"
CHUNK = 2000
"""Papers a chunk."""


def sort_newest(papers: Sequence[Paper]) -> list[Paper]:
    """Sort papers by year, newest first, then by title: the order of the browse page."""
    return sorted(papers, key=lambda paper: (-(paper.year or 0), fold(paper.title), paper.key))


def render_chunks(catalog: Catalog, papers: Sequence[Paper]) -> Iterator[Rendered]:
    """Render the chunks of `papers`, which are in the order of the browse page."""
    index = _Index(catalog)
    for number, start in enumerate(range(0, len(papers), CHUNK)):
        columns = index.to_columns(papers[start : start + CHUNK])
        yield f"{FOLDER}papers-{number}.json", _to_json(columns) + "\n"


def describe(catalog: Catalog, total: int) -> dict[str, Any]:
    """Return what the scripts need beside the chunks: addresses and the names behind numbers."""
    index = _Index(catalog)
    return {
        "chunks": [f"{FOLDER}papers-{number}.json" for number in range(-(-total // CHUNK))],
        "total": total,
        "years": [min(catalog.years), max(catalog.years)] if catalog.years else None,
        "sections": [
            {"id": view.id, "title": view.title, "number": view.number, "parent": view.parent}
            for view in catalog.sections
        ],
        "venues": [
            {"id": short, "title": short, "name": _name_of(catalog, short)}
            for short in index.venues
        ],
        "types": [{"id": id_, "title": TYPE_LABELS[id_]} for id_ in index.types],
        "links": [{"id": kind, "title": label_link(kind)} for kind in index.links],
        "tags": [{"id": tag, "title": tag} for tag in index.tags],
        "facets": [
            {
                "id": id_,
                "title": facet.title,
                "values": [{"id": value, "title": title} for value, title in facet.values.items()],
            }
            for id_, facet in catalog.facets.items()
        ],
    }


class _Index:
    """The names that occur in the list, each with the number that stands for it in the columns."""

    def __init__(self, catalog: Catalog) -> None:
        papers = catalog.papers
        self._catalog = catalog
        self.sections = {view.id: number for number, view in enumerate(catalog.sections)}
        self.venues = _number({name for name in map(catalog.venue_name, papers) if name})
        found = {type_of(catalog, paper) for paper in papers}
        self.types = {
            id_: number for number, id_ in enumerate(id_ for id_ in TYPE_LABELS if id_ in found)
        }
        kinds = {kind for paper in papers for kind in paper.all_links}
        self.links = {kind: number for number, kind in enumerate(_sort_kinds(kinds))}
        self.tags = _number({tag for paper in papers for tag in paper.tags})

    def to_columns(self, papers: Sequence[Paper]) -> dict[str, Any]:
        """Return one list a field. A column that is empty all through is left out."""
        columns: dict[str, list[Any]] = {
            "key": [paper.key for paper in papers],
            "title": [paper.title for paper in papers],
            "authors": ["\n".join(name.display for name in paper.authors) for paper in papers],
            "more": [int(paper.more_authors) for paper in papers],
            "venue": [self._venue(paper) for paper in papers],
            "year": [paper.year for paper in papers],
            "type": [self.types[type_of(self._catalog, paper)] for paper in papers],
            "sections": [[self.sections[id_] for id_ in paper.sections] for paper in papers],
            "links": [
                [part for kind, url in paper.all_links.items() for part in (self.links[kind], url)]
                for paper in papers
            ],
            "tags": [[self.tags[tag] for tag in paper.tags] for paper in papers],
            "awards": [list(paper.awards) for paper in papers],
            "note": [str(render_line(paper.note)) if paper.note else "" for paper in papers],
            "added": [paper.added.isoformat() if paper.added else "" for paper in papers],
        }
        for id_, facet in self._catalog.facets.items():
            values = {value: number for number, value in enumerate(facet.values)}
            columns[f"facet.{id_}"] = [
                [values[v] for v in paper.facets.get(id_, ())] for paper in papers
            ]
        needed = ("key", "title", "authors", "venue", "year", "type", "sections", "links")
        return {name: column for name, column in columns.items() if name in needed or any(column)}

    def _venue(self, paper: Paper) -> int | None:
        name = self._catalog.venue_name(paper)
        return self.venues[name] if name else None


def _number(names: set[str]) -> dict[str, int]:
    return {
        name: number
        for number, name in enumerate(sorted(names, key=lambda name: (fold(name), name)))
    }


def _sort_kinds(kinds: set[str]) -> list[str]:
    """Sort link kinds as papers show them: those of `LinkKind`, then the identifiers."""
    order = [*(kind.value for kind in LinkKind), "arxiv", "openreview", "acl", "doi"]
    return sorted(kinds, key=order.index)


def _name_of(catalog: Catalog, short: str) -> str | None:
    venue = catalog.venues.get(short)
    return venue.name if venue else None


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
