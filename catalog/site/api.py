"""The list for programs: JSON files under `api/v1/`, with the JSON Schemas of their shapes.

What is in version 1 stays; new fields may come. docs/reference/machine-readers.md describes it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import ConfigDict, Field
from pydantic.json_schema import models_json_schema

from catalog.model.catalog import Catalog
from catalog.model.json_schema import DIALECT, to_json_schema
from catalog.model.records import Line, Markdown, Paper, Record, Slug, Url, VenueKind
from catalog.render.citations import MAX_FILE_BYTES
from catalog.render.citations.formats import name_parts, split_texts
from catalog.render.citations.json_csv import dump, to_record
from catalog.render.digests import digest
from catalog.render.memo import Memo
from catalog.site import addresses
from catalog.store.files import LazyFile, OutputFile

FOLDER = "api/v1/"
PAPERS_SCHEMA, SCHEMA = "papers.schema.json", "schema.json"


class ApiPaper(Paper):
    """A paper: `papers/<key>.json`, and each of `papers` in papers.json."""

    model_config = ConfigDict(extra="ignore")

    page: str
    """Address of its page, relative to the site's root."""
    link: Url | None = None
    """The address that leads to the paper best, also as `url`, the name that exports use."""
    venue_name: Line | None = None
    """Full name of the venue."""


class ApiPapers(Record):
    """papers.json: the papers in the order of the list, each once."""

    version: int = 1
    papers: tuple[ApiPaper, ...]


class ApiSection(Record):
    """A section; `papers` are the keys of those that are in it, `total` counts those inside."""

    id: Slug
    title: Line
    number: str
    parent: Slug | None
    description: Markdown | None
    page: str
    total: int
    papers: tuple[str, ...]


class ApiSections(Record):
    """sections.json: the sections in the order of the list, each before those inside it."""

    version: int = 1
    sections: tuple[ApiSection, ...]


class ApiVenue(Record):
    """A venue of the list; `papers` counts its papers."""

    id: Line
    name: Line | None
    kind: VenueKind
    aliases: tuple[Line, ...]
    papers: int


class ApiVenues(Record):
    """venues.json: the list's venues by short name."""

    version: int = 1
    venues: tuple[ApiVenue, ...]


class ApiIndex(Record):
    """index.json: what there is. Files are relative to its folder."""

    version: int = 1
    title: Line
    website: Url | None
    total: int
    papers: tuple[str, ...] = Field(min_length=1)
    """More than one file when the list is too large for one."""
    paper: str | None = None
    """A paper's own file; `{key}` stands for its citation key. A compact site has none."""
    sections: str
    venues: str
    schemas: dict[str, str]


def render_api(
    catalog: Catalog,
    url: str | None,
    memo: Memo,
    *,
    max_bytes: int = MAX_FILE_BYTES,
    is_compact: bool = False,
) -> Iterator[OutputFile]:
    """Render every file of the API of a site that is at `url`.

    `is_compact` leaves out the file of each paper.
    """
    lines = _remember_lines(catalog, memo)
    for paper, line in zip(catalog.ordered, lines, strict=True) if not is_compact else ():
        yield LazyFile(
            f"{FOLDER}papers/{paper.key}.json", memo.digests[paper.key], partial(_end_line, line)
        )
    files = _place(lines, max_bytes)
    for name, part in files.items():
        body = ",\n".join(part)
        yield FOLDER + name, f'{{"version": 1, "papers": [\n{body}\n]}}\n'
    yield f"{FOLDER}sections.json", _to_json("sections", _list_sections(catalog))
    yield f"{FOLDER}venues.json", _to_json("venues", _list_venues(catalog))
    yield f"{FOLDER}index.json", _dump(_to_index(catalog, url, list(files), is_compact=is_compact))
    for name, to_schema in ((PAPERS_SCHEMA, to_json_schema), (SCHEMA, to_api_schema)):
        id_ = f"{url}{FOLDER}{name}" if url else None
        yield LazyFile(FOLDER + name, digest(id_), partial(_write_schema, to_schema, id_))


def name_files(catalog: Catalog, memo: Memo, *, max_bytes: int = MAX_FILE_BYTES) -> list[str]:
    """Return the files that hold all papers, by their paths below the site's root."""
    return [FOLDER + name for name in _place(_remember_lines(catalog, memo), max_bytes)]


def _remember_lines(catalog: Catalog, memo: Memo) -> list[str]:
    return memo.each("api", catalog.ordered, partial(_write_lines, catalog))


def _place(lines: Sequence[str], max_bytes: int) -> dict[str, Sequence[str]]:
    """Return the papers of each file by its name."""
    return name_parts("papers", ".json", split_texts(lines, max_bytes, between=2))


def _write_lines(catalog: Catalog, papers: Sequence[Paper]) -> list[str]:
    return [dump(to_api_paper(catalog, paper)) for paper in papers]


def _end_line(line: str) -> str:
    return line + "\n"


def to_api_paper(catalog: Catalog, paper: Paper) -> dict[str, Any]:
    """Return the record as the exports have it, with what the site adds."""
    venue = catalog.venue_of(paper)
    derived = {
        "page": addresses.to_paper(paper.key),
        "link": paper.url,
        "venue_name": venue.name if venue else None,
    }
    known = {name: value for name, value in derived.items() if value is not None}
    return to_record(catalog, paper) | known


def to_api_schema(id_: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema of the files: each is one of its definitions."""
    models = (ApiIndex, ApiPapers, ApiPaper, ApiSections, ApiVenues)
    _, schema = models_json_schema([(model, "validation") for model in models])
    # The model cannot have it as a field: `Paper.url` finds it.
    properties = schema["$defs"]["ApiPaper"]["properties"]
    properties["url"] = properties["link"] | {"title": "Url"}
    return {
        "$schema": DIALECT,
        **({"$id": id_} if id_ else {}),
        "title": "The files of api/v1",
        "anyOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in models],
        **_open(schema),
    }


def _open(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    """Return the schema without what forbids further fields: later releases add some."""
    if isinstance(schema, list):
        return [_open(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _open(part)
        for name, part in schema.items()
        if not (name == "additionalProperties" and part is False)
    }


def _list_sections(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        {
            "id": view.id,
            "title": view.title,
            "number": view.number,
            "parent": view.parent,
            "description": view.section.description,
            "page": addresses.to_section(view.id),
            "total": view.total,
            "papers": [paper.key for paper in view.papers],
        }
        for view in catalog.sections
    ]


def _list_venues(catalog: Catalog) -> list[dict[str, Any]]:
    counts = Counter(map(catalog.venue_name, catalog.papers))
    return [
        {"id": short, **venue.model_dump(mode="json"), "papers": counts[short]}
        for short, venue in sorted(catalog.venues.items())
    ]


def _to_index(
    catalog: Catalog, url: str | None, papers: Sequence[str], *, is_compact: bool
) -> Mapping[str, Any]:
    index = {
        "version": 1,
        "title": catalog.survey.title,
        "website": url,
        "total": len(catalog.papers),
        "papers": list(papers),
        "sections": "sections.json",
        "venues": "venues.json",
        "schemas": {"papers.yaml": PAPERS_SCHEMA, "api": SCHEMA},
    }
    return index if is_compact else index | {"paper": "papers/{key}.json"}


def _to_json(name: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Write a list with an item a line."""
    body = ",\n".join(map(dump, items))
    return f'{{"version": 1, "{name}": [\n{body}\n]}}\n'


def _write_schema(to_schema: Callable[[str | None], dict[str, Any]], id_: str | None) -> str:
    return _dump(to_schema(id_))


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
