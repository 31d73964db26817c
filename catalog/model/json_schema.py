"""The JSON Schema of papers.yaml, made from the models and never kept by hand."""

from typing import Any

from catalog.model.records import PapersFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def to_json_schema(id_: str | None = None) -> dict[str, Any]:
    """Return the JSON Schema by which editors complete and check papers.yaml.

    `id_` is the address where it stands, if it does.
    """
    schema = PapersFile.model_json_schema()
    # The model's docstring speaks to programmers; this is what an editor shows on hover.
    schema.pop("description", None)
    return {
        "$schema": DIALECT,
        **({"$id": id_} if id_ else {}),
        "title": "papers.yaml",
        **{k: v for k, v in schema.items() if k != "title"},
    }
