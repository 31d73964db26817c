"""CITATION.cff, from which GitHub and Zenodo show how to cite a list.

The format: https://github.com/citation-file-format/citation-file-format/blob/1.2.0/schema-guide.md
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import EntryType, Paper
from catalog.render.templates import render

CITATION = "CITATION.cff"

_Fields = dict[str, str | int]

_TYPES = {
    EntryType.ARTICLE: "article",
    EntryType.INPROCEEDINGS: "conference-paper",
    EntryType.BOOK: "book",
    EntryType.PROCEEDINGS: "proceedings",
    EntryType.PHDTHESIS: "thesis",
    EntryType.MASTERSTHESIS: "thesis",
    EntryType.TECHREPORT: "report",
    EntryType.UNPUBLISHED: "unpublished",
}
_CONTAINERS = {EntryType.ARTICLE: "journal", EntryType.INPROCEEDINGS: "collection-title"}
# `10-24`, `A12-A20`: the two fields `start` and `end` of the format.
_PAGES = re.compile(r"(\w+)-(\w+)")
# An SPDX id; a licence in words would make the file invalid.
_LICENCE = re.compile(r"[A-Za-z0-9.+-]+")


def render_citation(catalog: Catalog, folder: Path) -> str:
    """Return the file: how the list is cited, and before that the paper to which it belongs."""
    survey = catalog.survey
    fields: _Fields = {"title": survey.title}
    if survey.licence.data and _LICENCE.fullmatch(survey.licence.data):
        fields["license"] = survey.licence.data
    if survey.links.repository:
        fields["repository-code"] = survey.links.repository
    if survey.links.website:
        fields["url"] = survey.links.website
    # The format asks for an author; a list without one is cited by its title.
    authors = survey.authors or (PersonName(literal=survey.title),)
    return render(
        folder,
        "CITATION.cff.j2",
        fields=fields,
        authors=[list(_name_parts(name)) for name in authors],
        papers=[_view(catalog, paper) for paper in catalog.citations if paper.authors],
    )


def _view(catalog: Catalog, paper: Paper) -> tuple[_Fields, Sequence[list[tuple[str, str]]]]:
    kind = catalog.entry_type(paper)
    venue = catalog.venue_of(paper)
    container = paper.booktitle or (venue.name if venue else None) or paper.venue
    found: dict[str, str | int | None] = {
        "type": _TYPES.get(kind, "generic"),
        "title": paper.title,
        _CONTAINERS.get(kind, "publisher-name"): container,
        "year": paper.year,
        "month": paper.month,
        "doi": paper.doi,
        "volume": paper.volume,
        "url": paper.url,
    }
    # The publisher is an entity of its own, and a preprint server no publisher.
    found.pop("publisher-name", None)
    pages = _PAGES.fullmatch(paper.pages or "")
    if pages:
        found |= {"start": pages[1], "end": pages[2]}
    fields = {name: value for name, value in found.items() if value is not None}
    return fields, [list(_name_parts(name)) for name in paper.authors]


def _name_parts(name: PersonName) -> Iterator[tuple[str, str]]:
    parts = {
        "name": name.literal,
        "given-names": name.given,
        "name-particle": name.particle,
        "family-names": name.family,
        "name-suffix": name.suffix,
    }
    for part, text in parts.items():
        if text is not None:
            yield part, text
