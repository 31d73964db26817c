from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importers.bibliography import Bibliography, read_bibtex
from catalog.model.draft import Draft, validate
from catalog.model.types import Value

REFS = Path(__file__).parents[2] / "data/bibliographies/refs.bib"


@pytest.fixture(scope="module")
def refs() -> Bibliography:
    return read_bibtex(REFS.read_text("utf-8"), "refs.bib")


def _draft(found: Bibliography, title: str) -> Draft:
    return next(draft for draft in found.drafts if draft.values["title"] == title)


def _read(fields: str, kind: str = "article") -> dict[str, Value]:
    (draft,) = read_bibtex(f"@{kind}{{k,\n title = {{T}},\n {fields}\n}}").drafts
    return dict(draft.values)


def test_every_entry_is_a_draft_or_rejected_with_its_line_and_reason(refs: Bibliography) -> None:
    lines = REFS.read_text("utf-8").splitlines()
    entries = [
        line for line in lines if line.startswith("@") and not line.startswith(("@s", "@pre"))
    ]

    assert refs.total == len(entries)
    reasons = [(rejected.line, rejected.reason.split(": ")[0]) for rejected in refs.rejected]
    assert reasons == [
        (33, "it is the volume of other entries (crossref), not a paper"),
        (45, "it is not BibTeX"),
        (47, "the entry has no fields"),
        (48, "it has no title"),
    ]
    assert "a brace is not closed" in refs.rejected[1].reason
    assert [lines[rejected.line - 1][:9] for rejected in refs.rejected if rejected.line] == [
        *("@proceedi", "@article{", "@misc{emp", "@article{")
    ]


def test_a_full_entry_is_read_whole(refs: Bibliography) -> None:
    draft = _draft(refs, "Things, and How to ALIGN Them")

    assert draft.values == {
        "key": "sample2024things",
        "title": "Things, and How to ALIGN Them",
        "authors": [
            "Ada Example",
            "Carla van der Berg",
            "Ben Sample Jr.",
            {"literal": "The Things Team"},
        ],
        "more_authors": "true",
        "venue": "Conference on Invented Things",
        "year": "2024",
        "month": "5",
        "pages": "10-24",
        "doi": "10.1000/ex_ample",
        "tags": ["alignment", "two words"],
        "abstract": "Things are aligned.",
    }
    assert str(draft.source) == "refs.bib:6"
    assert refs.entries[0].groups == ["Small Things", "Measures"]
    assert refs.left_out["file"] == 1


def test_latex_is_decoded_and_math_stays(refs: Bibliography) -> None:
    draft = _draft(refs, "Gödel's Łukasz and à la Renée: α-Things & 50% More")

    assert draft.values["authors"] == ["Dora de la Cruz", "Jürgen Müller"]
    assert draft.values["venue"] == "Journal of Invention"
    assert (draft.values["volume"], draft.values["number"], draft.values["pages"]) == (
        *("12", "3", "e17"),
    )
    assert draft.values["links"] == {"page": "https://example.org/things_1"}


@pytest.mark.parametrize(
    ("title", "arxiv"),
    [
        ("A Preprint", "2401.10000"),
        ("Another Preprint", "2402.10001"),
        ("A Third Preprint", "2403.10002"),
        ("An Online Thing: With a Subtitle", "2103.10003"),
    ],
)
def test_preprints_are_known_in_every_form(refs: Bibliography, title: str, arxiv: str) -> None:
    values = _draft(refs, title).values

    assert (values["arxiv"], values["venue"]) == (arxiv, "arXiv")
    assert "volume" not in values


def test_a_child_takes_the_volume_from_its_parent(refs: Bibliography) -> None:
    values = _draft(refs, "A Part").values

    assert values["venue"] == "Proceedings of the Third Conference on Invented Things"
    assert (values["year"], values["publisher"]) == ("2022", "Example Press")


def test_what_was_guessed_is_doubted(refs: Bibliography) -> None:
    group, commas = _draft(refs, "An Online Thing: With a Subtitle"), _draft(refs, "Commas")

    assert group.values["authors"] == [{"literal": "Gemini Things Team"}]
    assert group.doubts == {"authors": "Gemini Things Team is taken for a group"}
    assert commas.values["authors"] == ["Ada Example", "Ben Sample", "Carla Test"]
    assert commas.doubts == {
        "authors": "the names had commas between them",
        "venue": "left out: the macro undefined is not defined",
        "year": "left out: 'n.d.' is not a year",
    }
    assert commas.values.keys().isdisjoint(["venue", "year"])


def test_a_key_or_field_that_stands_twice_loses_no_entry(refs: Bibliography) -> None:
    titles = [draft.values["title"] for draft in refs.drafts if draft.values["key"] == "twice"]

    assert titles == ["First", "Third"]
    assert _draft(refs, "First").doubts == {"title": "title is there twice; 'Second' is not taken"}


def test_a_thesis_has_its_type_and_its_school(refs: Bibliography) -> None:
    values = _draft(refs, "My Thesis").values

    assert (values["type"], values["publisher"]) == ("mastersthesis", "University of Invention")


def test_dblp_numbers_its_namesakes(refs: Bibliography) -> None:
    assert _draft(refs, "A Key from DBLP").values["authors"] == ["Ada Example"]


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("Ada Example and Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Example, Ada", ["Ada Example"]),
        ("van der Berg, Carla", ["Carla van der Berg"]),
        ("Carla van der Berg", ["Carla van der Berg"]),
        ("{\\'E}mile Zo{\\\"e}", ["Émile Zoë"]),
        ("{Berg Sample}, Carla", ["Berg Sample, Carla"]),
        ("Carla {Berg Sample}", ["Berg Sample, Carla"]),
        ("{Simon and Example Ltd.}", [{"literal": "Simon and Example Ltd."}]),
        ("{OpenThings}", [{"literal": "OpenThings"}]),
        ("Sample, III, Ben", ["Ben Sample III"]),
        ("Ada\n   Example  and\n Ben Sample", ["Ada Example", "Ben Sample"]),
        ("Ada Example and et al.", ["Ada Example"]),
    ],
)
def test_names_are_split_as_bibtex_splits_them(byline: str, authors: list[Value]) -> None:
    assert _read(f"author = {{{byline}}}")["authors"] == authors


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("month = jan", {"month": "1"}),
        ("month = 12", {"month": "12"}),
        ("month = {September}", {"month": "9"}),
        ("month = {Sommer}", {}),
        ("date = {2024-05}", {"year": "2024", "month": "5"}),
        ("year = {(2024)}", {"year": "2024"}),
        ("year = {to appear}", {}),
        ("pages = {1 -- 10}", {"pages": "1-10"}),
        ("pages = {1–10, 12}", {"pages": "1-10, 12"}),
        ("doi = {10.48550/arXiv.2401.10000}", {"arxiv": "2401.10000", "venue": "arXiv"}),
        ("url = {https://openreview.net/forum?id=a68SUt6zFt}", {"openreview": "a68SUt6zFt"}),
        ("url = {https://aclanthology.org/2024.things-main.1}", {"acl": "2024.things-main.1"}),
        ("url = {http://dx.doi.org/10.1000/x}", {"doi": "10.1000/x"}),
        (
            "howpublished = {\\url{https://example.org/a}}",
            {"links": {"page": "https://example.org/a"}},
        ),
        ("pdf = {https://example.org/a}", {"links": {"pdf": "https://example.org/a"}}),
        ("url = {https://example.org/a.pdf}", {"links": {"pdf": "https://example.org/a.pdf"}}),
        ("url = {ftp://example.org/a}", {}),
    ],
)
def test_fields_are_those_of_a_record(fields: str, expected: dict[str, Value]) -> None:
    assert _read(fields) == {"key": "k", "title": "T", **expected}


def test_the_log_of_bibtexparser_stays_quiet(caplog: pytest.LogCaptureFixture) -> None:
    read_bibtex("@article{a, title = {")

    assert caplog.records == []


@given(st.text('@{}"#,= \n\\%abmisc', max_size=60))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    found = read_bibtex(text)

    for answer in validate(found.drafts):
        codes = {fault.path for fault in answer.faults}
        assert codes <= {("key",)}, answer


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("author = {Ada Example and  and {}}", {"authors": ["Ada Example"]}),
        ("author = {a, b, c, d}", {"authors": ["a", "b", "c", "d"]}),
        ("author = {Example, {A}da}", {"authors": ["Ada Example"]}),
        ("eprint = {2401.10000}, archiveprefix = {HAL}, note = {x}", {"note": "x"}),
        ("note = {  }, year = 2024", {"year": "2024"}),
    ],
)
def test_what_is_empty_or_no_name_is_left_out_or_kept_whole(
    fields: str, expected: dict[str, Value]
) -> None:
    values = _read(fields)
    assert {name: values[name] for name in expected} == expected
    assert values.keys() <= {"key", "title", "type", *expected}


def test_a_thesis_of_a_master_is_told_by_its_type() -> None:
    assert _read("type = {Master's thesis}, school = {U}", "phdthesis")["type"] == "mastersthesis"
    assert _read("type = {Dissertation}, school = {U}", "phdthesis")["type"] == "phdthesis"


def test_a_parent_that_is_a_paper_itself_is_one_and_gives_what_it_has() -> None:
    found = read_bibtex(
        "@inbook{a, crossref = {b}, title = {Part}}\n"
        "@book{b, publisher = {Example Press}, year = 2024}\n"
        "@inbook{c, crossref = {d}, title = {Other Part}}\n"
        "@book{d, title = {Whole}, year = 2023}\n"
    )
    assert [draft.values["title"] for draft in found.drafts] == ["Part", "Other Part", "Whole"]
    assert found.drafts[0].values["publisher"] == "Example Press"
    assert [(rejected.line, rejected.reason) for rejected in found.rejected] == [
        (2, "it has no title")
    ]


def _double(times: int) -> str:
    lines = [f"@string{{a{n + 1} = a{n} # a{n}}}" for n in range(times)]
    return "\n".join(['@string{a0 = "xxxxxxxxxx"}', *lines])


def test_names_of_names_do_not_grow_without_end() -> None:
    # 10 characters, doubled 60 times, are more than any machine holds.
    found = read_bibtex(
        f"{_double(60)}\n@misc{{k, title = {{T}}, note = a60}}\n@misc{{l, title = {{U}}}}"
    )
    assert [draft.values["title"] for draft in found.drafts] == ["U"]
    assert [(one.line, one.reason) for one in found.rejected] == [
        (62, "it is not BibTeX: note: its macros stand for more than 100,000 characters")
    ]


def test_names_may_stand_for_only_so_much_in_a_file() -> None:
    entries = (f"@misc{{k{n}, title = {{T}}, note = a13}}" for n in range(200))
    found = read_bibtex(f"{_double(13)}\n" + "\n".join(entries))
    assert found.total == 200
    read = [draft for draft in found.drafts if len(str(draft.values.get("note"))) > 1]
    assert len(read) * 81_920 <= 10_000_000


def test_a_key_may_have_brackets() -> None:
    found = read_bibtex("@online{Kettle(2022)Types,\n title = {Kettles}\n}\n")

    assert [draft.values["key"] for draft in found.drafts] == ["Kettle(2022)Types"]
