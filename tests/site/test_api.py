"""The JSON API, read back by its own models."""

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped] # it has no types

from catalog.model.catalog import Catalog
from catalog.model.json_schema import to_json_schema
from catalog.model.records import Paper
from catalog.render.memo import Memo
from catalog.site.api import (
    ApiIndex,
    ApiPaper,
    ApiPapers,
    ApiSections,
    ApiVenues,
    render_api,
    to_api_schema,
)
from tests.outputs import to_files

URL = "https://example.org/list/"
ROOT = Path(__file__).parent.parent.parent


def render(catalog: Catalog) -> dict[str, str]:
    files = to_files(render_api(catalog, URL, Memo(catalog)))
    return {name.removeprefix("api/v1/"): text for name, text in files.items()}


def test_every_file_has_the_shape_that_the_schema_tells(invented_catalog: Catalog) -> None:
    files = render(invented_catalog)
    index = ApiIndex.model_validate_json(files["index.json"])
    assert index.total == 2
    assert set(index.papers) | {index.sections, index.venues, *index.schemas.values()} <= set(files)
    papers = ApiPapers.model_validate_json(files["papers.json"]).papers
    assert [paper.key for paper in papers] == [p.key for p in invented_catalog.ordered]
    for paper in papers:
        assert ApiPaper.model_validate_json(files[str(index.paper).format(key=paper.key)]) == paper
    sections = ApiSections.model_validate_json(files["sections.json"]).sections
    assert [(section.id, section.total) for section in sections] == [
        (view.id, view.total) for view in invented_catalog.sections
    ]
    venues = ApiVenues.model_validate_json(files["venues.json"]).venues
    assert {venue.id: venue.papers for venue in venues} == {"Conf": 1, "Letters": 0, "Archive": 0}


def test_a_paper_loses_nothing_on_the_way(invented_catalog: Catalog) -> None:
    files = render(invented_catalog)
    for paper in invented_catalog.papers:
        found = json.loads(files[f"papers/{paper.key}.json"])
        assert found.pop("page") == f"papers/{paper.key}/"
        assert found.pop("link", None) == found.pop("url", None) == paper.url
        found.pop("venue_name", None)
        read = Paper.model_validate(found)
        assert read == paper.model_copy(update={"type": read.type})


def test_the_schema_allows_what_later_releases_add(invented_catalog: Catalog) -> None:
    assert '"additionalProperties": false' not in render(invented_catalog)["schema.json"]
    for text in render(invented_catalog).values():
        assert json.loads(text) is not None
    found = json.loads(render(invented_catalog)["papers/minimal.json"])
    jsonschema.validate(found | {"new": 1}, to_api_schema() | {"$ref": "#/$defs/ApiPaper"})


def test_a_large_list_comes_in_parts(invented_catalog: Catalog) -> None:
    files = to_files(render_api(invented_catalog, URL, Memo(invented_catalog), max_bytes=100))
    names = json.loads(files["api/v1/index.json"])["papers"]
    assert names == ["papers-1.json", "papers-2.json"]
    assert all(len(json.loads(files[f"api/v1/{name}"])["papers"]) == 1 for name in names)


def test_the_schema_of_papers_yaml_stands_where_its_first_line_says(
    invented_catalog: Catalog,
) -> None:
    schema = json.loads(render(invented_catalog)["papers.schema.json"])
    assert schema.pop("$id") == f"{URL}api/v1/papers.schema.json"
    assert schema == to_json_schema()
    first = (ROOT / "papers.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith("/api/v1/papers.schema.json")


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    schema = to_api_schema()
    text = json.dumps(schema)
    names = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert names <= set(schema["$defs"])
    assert {"ApiIndex", "ApiPaper", "ApiPapers", "ApiSections", "ApiVenues"} <= names


def test_the_keys_of_the_schema_come_in_one_order() -> None:
    assert list(to_json_schema("https://e.org/s")) == [
        "$schema",
        "$id",
        *list(to_json_schema())[1:],
    ]
