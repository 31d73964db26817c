"""Every row of the table of identifiers is known where papers are read, looked up and exported."""

import pytest

from catalog.importers.bibliography.columns import find_field
from catalog.lookup.plan import SOURCES
from catalog.lookup.query import Kind, parse_query
from catalog.model import extensions
from catalog.model.canonical_urls import is_plain_address
from catalog.model.identifiers import IDENTIFIERS, Identifier, find_identifier
from catalog.model.records import Paper


@pytest.mark.parametrize("kind", IDENTIFIERS, ids=lambda kind: kind.field)
def test_a_row_of_the_table_is_known_everywhere(kind: Identifier) -> None:
    url = kind.to_url(kind.example)
    paper = Paper.model_validate({"key": "thing", "title": "Thing", kind.field: kind.example})

    assert kind.is_bare(kind.example)
    assert find_identifier(url) == (kind, kind.example)
    assert not is_plain_address(url)
    assert paper.all_links == {kind.field: url}
    assert paper.url == url
    # A new row needs a source that is asked for it: a module of `catalog.lookup`.
    assert SOURCES[Kind(kind.noun)]
    query = parse_query(url)
    assert (query.kind, query.field, query.value) == (kind.noun, kind.field, kind.example)
    # Tables that are imported may have a column of it, and exports never lose it.
    assert find_field(kind.field) == kind.field
    assert extensions.is_extension(kind.field)
