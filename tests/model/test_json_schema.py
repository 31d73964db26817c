"""The JSON Schema of papers.yaml."""

from catalog.model.json_schema import DIALECT, to_json_schema
from catalog.model.records import Paper


def test_the_schema_names_every_field_of_a_paper() -> None:
    schema = to_json_schema()
    assert schema["$schema"] == DIALECT
    paper = schema["$defs"]["Paper"]
    assert list(paper["properties"]) == list(Paper.model_fields)
    assert paper["required"] == ["key", "title"]
    assert paper["additionalProperties"] is False


def test_an_author_is_text_or_a_mapping() -> None:
    authors = to_json_schema()["$defs"]["Paper"]["properties"]["authors"]
    kinds = [choice.get("type", choice.get("$ref")) for choice in authors["items"]["anyOf"]]
    assert kinds == ["string", "#/$defs/PersonName"]
