"""The data of the browse page: columns of text in chunks, newest first, and what its filters offer.

The columns hold what a reader sees; the scripts fold it as it arrives, by the same rules as
`catalog.text.folding`. `site_src/assets/catalog/data.js` reads them.

Every file is a call of a function with JSON in it, `catalogData({…})`. Pages from a server fetch it
and read the JSON; pages opened from disk may not fetch, but may load it as a script.
"""

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from catalog.model.catalog import Catalog
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.records import LinkKind, Paper, Venue
from catalog.render.citations import Downloads, Format
from catalog.render.citations.formats import write_file
from catalog.render.digests import digest
from catalog.render.labels import TYPE_LABELS, label_link, type_of
from catalog.render.memo import Memo
from catalog.site.authors import AuthorIndex
from catalog.site.entry_offsets import to_records
from catalog.store.files import LazyFile, OutputFile
from catalog.text.folding import fold
from catalog.text.markdown import render_line
from catalog.text.tex_math import to_unicode

FOLDER = "assets/catalog/data/"
RECORDS = "export/places/"
ON_DISK = "export/disk/"
INDEX = f"{FOLDER}index.js"
FIRST_CHUNK = 500
"""Papers in the first chunk: the first results wait for no more."""

CHUNK = 2000
"""Papers in each chunk after it."""

SMALL_ABSTRACTS = 1_000_000
"""Up to so many letters come with a reader's first search, about 400 kB; more only when needed."""

MOST_ON_DISK = 1000
"""Lists of so many papers bring the downloads again, for exports from pages opened from disk.

A longer list would grow by tens of megabytes for a use that it hardly has.
"""


def sort_newest(papers: Sequence[Paper]) -> list[Paper]:
    """Sort papers by year, newest first, then by title: the order of the browse page."""
    return sorted(papers, key=lambda paper: (-(paper.year or 0), fold(paper.title), paper.key))


def render_chunks(
    catalog: Catalog,
    papers: Sequence[Paper],
    memo: Memo,
    downloads: Downloads,
    described: Mapping[str, Any],
) -> Iterator[OutputFile]:
    """Render the data of `papers`, which are in the order of the browse page.

    The chunks of columns; the abstracts of their papers, fetched when a search needs them; where
    the entries of each format are in the downloads, fetched only to export; and the index, which is
    `described` by `describe_chunks`, for the search box of other pages.
    """
    version = {"version": described["version"]}
    yield INDEX, _to_data(described)
    index, chunks = _Index(catalog), _split(papers)
    for number, chunk in enumerate(chunks):
        yield LazyFile(
            _name_chunk(number),
            digest(
                described["version"],
                [(memo.digests[paper.key], index.places[paper.key]) for paper in chunk],
            ),
            partial(_write_columns, index, chunk, version),
        )
        if described["abstracts"]["files"]:
            abstracts = [paper.abstract or "" for paper in chunk]
            yield _name_abstracts(number), _to_data(version | {"abstract": abstracts})
    for format_ in Format:
        records = to_records(catalog, downloads, format_)
        yield _to_places(format_), _to_data(version | records)
        if len(papers) <= MOST_ON_DISK:
            texts = [write_file(catalog, part, format_) for part in downloads.split(format_)]
            yield _name_on_disk(format_), _to_data(version | {"texts": texts})


def _write_columns(index: "_Index", chunk: Sequence[Paper], version: dict[str, Any]) -> str:
    return _to_data(version | index.to_columns(chunk))


def _name_chunk(number: int) -> str:
    return f"{FOLDER}papers-{number}.js"


def _name_abstracts(number: int) -> str:
    return f"{FOLDER}abstracts-{number}.js"


def _name_on_disk(format_: Format) -> str:
    return f"{ON_DISK}{format_}.js"


def describe_chunks(catalog: Catalog, total: int) -> dict[str, Any]:
    """Return what the scripts need next to the chunks: addresses and the names behind numbers."""
    described = _describe(catalog, total)
    # Whether a chunk that the browser holds is of this build: the names, and which papers.
    names = _to_json([described, sorted(paper.key for paper in catalog.papers)])
    return described | {"version": hashlib.sha256(names.encode()).hexdigest()[:12]}


def _describe(catalog: Catalog, total: int) -> dict[str, Any]:
    index = _Index(catalog)
    return {
        "chunks": [_name_chunk(number) for number in range(len(_list_ends(total)) - 1)],
        "abstracts": _describe_abstracts(catalog),
        "total": total,
        "hasAuthorPages": AuthorIndex(catalog, catalog.papers).has_all,
        "isDated": any(paper.added for paper in catalog.papers),
        "years": [min(catalog.years), max(catalog.years)] if catalog.years else None,
        "sections": [
            {"id": view.id, "title": view.title, "number": view.number, "parent": view.parent}
            for view in catalog.sections
        ],
        "venues": [
            {"id": short, "title": short, **_describe_venue(catalog.venues.get(short))}
            for short in index.venues
        ],
        "types": [{"id": id_, "title": TYPE_LABELS[id_]} for id_ in index.types],
        "links": [{"id": kind, "title": label_link(kind)} for kind in index.links],
        "tags": [{"id": tag, "title": tag} for tag in index.tags],
        "facets": [
            {
                "id": id_,
                "title": facet.title,
                "isOpen": facet.is_open,
                "values": [
                    {"id": value, "title": title}
                    for value, title in catalog.facet_values[id_].items()
                ],
            }
            for id_, facet in catalog.facets.items()
        ],
        "formats": [
            {
                "id": format_,
                "title": format_.label,
                "suffix": format_.suffix,
                "places": _to_places(format_),
                "disk": _name_on_disk(format_) if total <= MOST_ON_DISK else None,
            }
            for format_ in Format
        ],
    }


def _describe_abstracts(catalog: Catalog) -> dict[str, Any]:
    """Return the files with the abstracts of each chunk, none where no paper has one."""
    count = len(_list_ends(len(catalog.papers))) - 1
    has_any = any(paper.abstract for paper in catalog.papers)
    return {
        "files": [_name_abstracts(number) for number in range(count)] if has_any else [],
        "areSmall": sum(len(paper.abstract or "") for paper in catalog.papers) <= SMALL_ABSTRACTS,
    }


def _split(papers: Sequence[Paper]) -> list[Sequence[Paper]]:
    return [papers[start:end] for start, end in itertools.pairwise(_list_ends(len(papers)))]


def _list_ends(total: int) -> list[int]:
    """Return where chunks start and end: `[0, 500, 2500, 3000]` for 3,000 papers."""
    return [0, *range(FIRST_CHUNK, total, CHUNK), total] if total else []


def _to_places(format_: Format) -> str:
    return f"{RECORDS}{format_}.js"


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
        self.places = {paper.key: place for place, paper in enumerate(catalog.ordered)}

    def to_columns(self, papers: Sequence[Paper]) -> dict[str, Any]:
        """Return one list a field. A column that is empty all through is left out."""
        columns: dict[str, list[Any]] = {
            "key": [paper.key for paper in papers],
            "place": [self.places[paper.key] for paper in papers],
            "title": [to_unicode(paper.title) for paper in papers],
            "names": [list(paper.names) for paper in papers],
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
            "tldr": [to_unicode(paper.tldr or "") for paper in papers],
            "hasAbstract": [int(paper.abstract is not None) for paper in papers],
            "added": [paper.added.isoformat() if paper.added else "" for paper in papers],
            "aliases": [list(paper.aliases) for paper in papers],
        }
        for id_, titles in self._catalog.facet_values.items():
            values = {value: number for number, value in enumerate(titles)}
            columns[f"facet.{id_}"] = [
                [values[v] for v in paper.facets.get(id_, ())] for paper in papers
            ]
        needed = ("key", "place", "title", "authors", "venue", "year", "type", "sections", "links")
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
    order = [*(kind.value for kind in LinkKind), *(kind.field for kind in IDENTIFIERS)]
    return sorted(kinds, key=order.index)


def _describe_venue(venue: Venue | None) -> dict[str, Any]:
    return {
        "name": venue.name if venue else None,
        "aliases": list(venue.aliases) if venue else [],
    }


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _to_data(value: object) -> str:
    return f"catalogData({_to_json(value)})\n"
