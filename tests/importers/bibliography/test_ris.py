from pathlib import Path

import pytest
import rispy  # type: ignore[import-untyped] # has no types
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.bibliography import read_ris

REFS = Path(__file__).parents[2] / "data/bibliographies/refs.ris"


def test_every_record_is_a_draft_or_rejected_with_its_line_and_reason() -> None:
    found = read_ris(REFS.read_text("utf-8"), "refs.ris")

    assert [str(draft.source) for draft in found.drafts] == [
        *("refs.ris:1", "refs.ris:23", "refs.ris:35", "refs.ris:45", "refs.ris:47")
    ]
    assert [(rejected.line, rejected.reason, rejected.text) for rejected in found.rejected] == [
        (41, "it is outside of a record", "stray line"),
        (42, "it has no title", ""),
    ]
    for draft in found.drafts[3:]:
        assert draft.doubts["key"] == "the record has no last line (ER)"


def test_records_are_read_whole() -> None:
    full, journal, preprint, *_ = read_ris(REFS.read_text("utf-8")).drafts

    assert full.values == {
        "key": "sample2024things",
        "title": "Things, and How to Align Them",
        "authors": [
            *("Ada Example", "Carla van der Berg", "Ben Sample Jr."),
            {"literal": "The Things Team"},
        ],
        "more_authors": "true",
        "venue": "Conference on Invented Things",
        "year": "2024",
        "month": "5",
        "pages": "10-24",
        "doi": "10.1000/example",
        "tags": ["alignment", "two words"],
        "links": {
            "pdf": "https://example.org/things.pdf",
            "page": "https://example.org/things",
        },
        "abstract": "Things are aligned.",
    }
    assert journal.values == {
        "title": "A Journal Thing that goes on in the next line",
        "authors": ["Ada Example"],
        "venue": "Journal of Invention",
        "year": "2023",
        "month": "2",
        "volume": "12",
        "number": "3",
        "pages": "e17",
    }
    assert preprint.values == {
        "title": "A Preprint",
        "authors": ["Ada Example"],
        "arxiv": "2401.10000",
        "venue": "arXiv",
        "year": "2024",
    }


def test_another_reader_finds_the_same_titles() -> None:
    text = REFS.read_text("utf-8").split("stray line")[0]

    titles = [record.get("title") or record["primary_title"] for record in rispy.loads(text)]
    ours = [draft.values["title"] for draft in read_ris(text).drafts]
    assert len(titles) == len(ours)
    assert titles[2] == ours[2]


@given(st.text("TYERIA- \n1,", max_size=80))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    found = read_ris(text)

    assert found.total == len(found.drafts) + len(found.rejected)


def test_names_that_are_none_are_left_out_or_kept_whole() -> None:
    text = "TY  - JOUR\nTI  - Things\n\n  go on\nAU  - ,\nAU  - Example, Ada, Jr.\n"
    (draft,) = read_ris(f"{text}AU  - a, b, c, d\nER  - \n").drafts
    assert draft.values["title"] == "Things go on"
    assert draft.values["authors"] == ["Ada Example Jr.", {"literal": "a, b, c, d"}]


@pytest.mark.parametrize("lines", [["N1  - " + "a" * 20_001], ["N1  - a", *["b" * 100] * 50_000]])
def test_a_text_that_is_too_long_is_a_reason(lines: list[str]) -> None:
    record = ["TY  - JOUR", "TI  - A Study of Things", *lines, "ER  - "]
    found = read_ris("\n".join([*record, "TY  - JOUR", "TI  - Nets", "ER  - "]))
    assert [(one.line, one.reason) for one in found.rejected] == [
        (1, "N1: a text of more than 20,000 characters")
    ]
    assert [draft.values["title"] for draft in found.drafts] == ["Nets"]


def test_a_short_title_is_the_title_of_a_record_without_one() -> None:
    found = read_ris("\ufeff\ufeffTY  - JOUR\nST  - Kettles\nER  -\n")

    assert [draft.values["title"] for draft in found.drafts] == ["Kettles"]
    assert not found.rejected
