import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.bibliography import read_csl, to_draft
from catalog.model.types import Value

CROSSREF: dict[str, Any] = {
    "type": "paper-conference",
    "title": "Things, and How to <i>Align</i>\n Them.",
    "subtitle": ["A Survey"],
    "author": [
        {"given": "Ada", "family": "Example", "sequence": "first", "affiliation": []},
        {"given": "Carla", "family": "van der Berg"},
        {"given": "Ben", "family": "Sample", "suffix": "Jr."},
        {"name": "The Things Team"},
    ],
    "container-title": ["Lecture Notes in Invention", "Inventions – INV 2024"],
    "issued": {"date-parts": [[2024, 5, 1]]},
    "page": "10–24",
    "publisher": "Example Press",
    "DOI": "10.1000/example",
    "URL": "https://doi.org/10.1000/example",
    "abstract": "<jats:p>Things.</jats:p>",
    "is-referenced-by-count": 7,
}


def test_what_a_doi_resolves_to_becomes_a_draft() -> None:
    assert to_draft(CROSSREF).values == {
        "title": "Things, and How to Align Them: A Survey",
        "authors": [
            *("Ada Example", "Carla van der Berg", "Ben Sample Jr."),
            {"literal": "The Things Team"},
        ],
        "venue": "Inventions – INV 2024",
        "series": "Lecture Notes in Invention",
        "year": "2024",
        "month": "5",
        "pages": "10-24",
        "publisher": "Example Press",
        "doi": "10.1000/example",
    }


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"type": "article", "publisher": "arXiv", "DOI": "10.48550/ARXIV.2401.10000"},
            {"venue": "arXiv", "arxiv": "2401.10000"},
        ),
        (
            {"type": "posted-content", "institution": [{"name": "bioRxiv"}], "DOI": "10.1101/x"},
            {"venue": "bioRxiv", "doi": "10.1101/x"},
        ),
        (
            {"type": "article-journal", "container-title": "Inv", "volume": 3, "issue": "2"},
            {"venue": "Inv", "volume": "3", "number": "2"},
        ),
        ({"type": "thesis", "genre": "Master’s thesis"}, {"type": "mastersthesis"}),
        ({"type": "book"}, {"type": "book"}),
        ({"issued": {"raw": "May 2024"}}, {"year": "2024", "month": "5"}),
        ({"issued": {"date-parts": [["2024"]]}}, {"year": "2024"}),
        ({"issued": {"date-parts": [[None]]}}, {}),
        ({"published-print": {"date-parts": [[2023]]}}, {"year": "2023"}),
        ({"id": "example2024", "URL": "https://example.org/"}, {
            "key": "example2024",
            "links": {"page": "https://example.org/"},
        }),
        ({"note": "arXiv: 2401.10000\nBest of all"}, {
            "arxiv": "2401.10000",
            "note": "Best of all",
            "venue": "arXiv",
        }),
        ({"author": [{"literal": "others"}]}, {"more_authors": "true"}),
        ({"keyword": "a, b"}, {"tags": ["a", "b"]}),
        ({"author": "Sample, Ben and Ada Example"}, {"authors": ["Ben Sample", "Ada Example"]}),
        ({"author": [7], "issued": 7, "container-title": {}, "page": None}, {}),
    ],
)  # fmt: skip
def test_items_are_read_as_programs_write_them(
    item: dict[str, Any], expected: dict[str, Value]
) -> None:
    assert to_draft({"title": "T", **item}).values == {"title": "T", **expected}


def test_every_item_is_a_draft_or_rejected_with_its_line_and_reason() -> None:
    text = '[\n  {"title": "A", "zzz": 1},\n  {"id": "b"},\n  7,\n  {"title": "C"}\n]\n'

    found = read_csl(text, "refs.json")

    assert [str(draft.source) for draft in found.drafts] == ["refs.json:2", "refs.json:5"]
    assert [(rejected.line, rejected.reason) for rejected in found.rejected] == [
        (3, "it has no title"),
        (4, "it is not a CSL-JSON item"),
    ]
    assert found.left_out == {"zzz": 1}


@pytest.mark.parametrize("text", ["[]", ' { "items" : [ ] }', "\ufeff[]"])
def test_an_empty_list_is_none(text: str) -> None:
    assert read_csl(text).total == 0


@pytest.mark.parametrize("text", ["", "{", '{"title": "A"}', "[1,]", '[{"title": "A"}'])
def test_what_is_no_list_of_items_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_csl(text)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*CROSSREF, "id", "note", "institution"]), _json))
def test_any_item_is_read_without_a_crash(item: dict[str, Any]) -> None:
    found = read_csl(json.dumps([item]))

    assert found.total == 1


def test_the_lines_of_a_note_that_are_variables_are_read_as_these() -> None:
    note = "arXiv: 2401.10000\nDOI: 10.1000/a\nCitation Key: own2024key\nSeen\nat a talk"
    values = to_draft({"type": "article", "title": "Things", "note": note}).values
    assert (values["arxiv"], values["doi"]) == ("2401.10000", "10.1000/a")
    assert (values["key"], values["note"]) == ("own2024key", "Seen at a talk")


def test_a_suffix_is_found_where_zotero_keeps_it() -> None:
    authors = [
        {"family": "King", "given": "Ben, Jr."},
        {"family": "King", "given": "Ben, Jr., PhD"},
        {"family": "King", "given": "Ben, A.", "suffix": "III"},
    ]
    names = to_draft({"title": "Things", "author": authors}).values["authors"]
    assert names == [
        "Ben King Jr.",
        {"given": "Ben, Jr., PhD", "family": "King"},
        {"given": "Ben, A.", "family": "King", "suffix": "III"},
    ]


@pytest.mark.parametrize("text", ["[" * 300_000, '[{"title": ' + "[" * 300_000])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_csl(text)


def test_halves_of_pairs_and_texts_of_any_length_become_no_draft() -> None:
    found = read_csl(json.dumps([{"title": "Half \ud800"}, {"title": "A", "note": ["x" * 20_001]}]))
    assert [draft.values["title"] for draft in found.drafts] == ["Half"]
    assert [one.reason for one in found.rejected] == ["note: a text of more than 20,000 characters"]


@pytest.mark.parametrize("depth", [100, 800, 900, 950, 980, 990, 2_000, 9_000])
def test_any_depth_is_read_or_refused(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    try:
        found = read_csl(f'[{nested}, {{"title": {nested}}}, {{"title": "A", "note": {nested}}}]')
    except ValueError:
        return
    assert [draft.values["title"] for draft in found.drafts] == ["A"]
