import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.draft import Draft
from catalog.model.findings import Code
from catalog.model.records import Paper
from catalog.model.types import Value
from catalog.store.yaml import read_yaml
from catalog.store.yaml.layout import WIDTH
from catalog.store.yaml.scalars import compose_scalar
from catalog.store.yaml.style import FILE_STYLE, PAPER_STYLE
from catalog.store.yaml.writer import compose_drafts, compose_file, compose_record, compose_value

ROOT = Path(__file__).parents[3]

# YAML 1.2.2, 10.3.2: what the core schema takes for anything but text.
_CORE = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|"
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|"
    r"\.(?:nan|NaN|NAN)"
)
_shown = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
texts = st.text(_shown, min_size=1).map(lambda text: unicodedata.normalize("NFC", text))
_tricky = st.sampled_from(
    [
        *("no", "Yes", "on", "null", "~", "y", "=", "12:30", "2401.10000", "1e5", "0x1F", "0o7"),
        *("1_000", "+1", "-1", ".5", ".inf", "-.INF", ".NaN", "190:20:30", "2024-10-08", "007"),
        *("2001-12-14 21:59:43.10 -5", "a: b", "a:", "a #b", "#a", "a,b", "[a]", "{a}", "- a", "-"),
        *("? a", "?", "! a", "& a", "*a", "|", ">", "'a'", '"a"', "%a", "@a", "`a", "---", "..."),
        *("a\\b", 'a "b" c', "it's", "a\u00a0b", "\u00e9", "例", "😀", ": a", "a :b", "http://a:b"),
    ]
)
lines = texts | _tricky
prose = lines | st.lists(lines | st.just("") | st.just("  x "), max_size=6).map("\n".join)
values = st.recursive(
    prose.filter(bool),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(lines, inner, max_size=4),
    max_leaves=12,
)


def _read(text: str) -> Value | None:
    document = read_yaml(text.encode(), "papers.yaml")
    # Some letters of Unicode are not seen; a warning says so.
    assert all(finding.code is Code.TEXT_INVISIBLE for finding in document.findings), text
    return document.value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Things", "Things"),
        ("10.1109/CVPR.2016.90", "10.1109/CVPR.2016.90"),
        ("770-778", "770-778"),
        ("https://example.org/things", "https://example.org/things"),
        ("2024.things-main.1", "2024.things-main.1"),
        ("2401.10000", '"2401.10000"'),
        ("no", '"no"'),
        ("12:30", '"12:30"'),
        ("37", '"37"'),
        ("2025-10-08", '"2025-10-08"'),
        ("Things: A Survey", '"Things: A Survey"'),
        ("Things #1", '"Things #1"'),
        (" Things", '" Things"'),
        ("Things ", '"Things "'),
        ("[Re] Things", '"[Re] Things"'),
        ('The "Thing"', 'The "Thing"'),
        ('"Things" and More', "'\"Things\" and More'"),
        ("a\tb", '"a\\tb"'),
    ],
)
def test_a_scalar_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    assert compose_scalar(text) == written


@pytest.mark.parametrize("text", ["2024", "true", "2025-10-08"])
def test_what_is_no_text_stands_plain(text: str) -> None:
    assert compose_scalar(text, is_typed=True) == text


@given(lines)
def test_every_reader_takes_a_scalar_for_the_same_text(text: str) -> None:
    for in_flow in (False, True):
        written = compose_scalar(text, in_flow=in_flow)
        document = f"a: [{written}]\n" if in_flow else f"a: {written}\n"
        expected = [text] if in_flow else text
        # PyYAML's schema is that of YAML 1.1.
        assert yaml.safe_load(document) == {"a": expected}
        assert yaml.load(document, Loader=yaml.CSafeLoader) == {"a": expected}
        assert written[0] in "'\"" or not _CORE.fullmatch(written)


@given(st.dictionaries(lines, values, max_size=4))
def test_every_value_is_read_back_as_it_was(value: dict[str, Value]) -> None:
    value.pop("<<", None)
    text = compose_value(value, PAPER_STYLE)

    assert yaml.load(text, Loader=yaml.BaseLoader) == value


_paper_fields = st.fixed_dictionaries(
    {"key": lines, "title": lines},
    optional={
        "authors": st.lists(lines | st.fixed_dictionaries({"family": lines, "given": lines})),
        "year": st.from_regex(r"\A[0-9]{1,4}\Z"),
        "abstract": prose.filter(bool),
        "links": st.dictionaries(st.sampled_from(["pdf", "code", "no"]), lines),
        "facets": st.dictionaries(lines, st.lists(lines)),
        "bibtex": st.dictionaries(lines, lines),
        "tags": st.lists(lines),
        "note": lines,
    },
)


@given(st.lists(_paper_fields, min_size=1, max_size=4), st.text(_shown))
def test_records_are_read_back_by_the_catalog_itself(
    records: list[dict[str, Value]], doubt: str
) -> None:
    for record in records:
        for table in ("facets", "bibtex"):
            found = record.get(table, {})
            assert isinstance(found, dict)
            found.pop("<<", None)
    drafts = [Draft(record, {"title": doubt, "year": doubt}) for record in records]

    text = compose_file({"survey": {"title": "Things"}}, drafts)

    assert _read(text) == {"survey": {"title": "Things"}, "papers": records}


def test_the_fields_stand_in_the_order_of_the_model() -> None:
    text = compose_record(dict.fromkeys(reversed(Paper.model_fields), "x") | {"other": "x"})

    assert [line.partition(":")[0] for line in text.splitlines()] == [*Paper.model_fields, "other"]


def test_a_record_looks_like_those_of_the_list() -> None:
    record: dict[str, Value] = {
        "links": {"code": "https://example.org/code", "pdf": "https://example.org/things.pdf"},
        "title": "Things: A Survey",
        "authors": ["Ada Example", "van der Berg, Carla", {"literal": "The Things Team"}],
        "more_authors": "true",
        "year": "2024",
        "volume": "3",
        "sections": ["small-things", "measures"],
        "facets": {"colour": ["red", "green"]},
        "arxiv": "2401.10000",
        "added": "2025-10-08",
        "key": "example2024things",
        "bibtex": {"title": "{ALIGN}"},
    }

    assert compose_record(record, {"year": "from the\nheading"}, indent=2) == (
        """\
  key: example2024things
  title: "Things: A Survey"
  authors: [Ada Example, "van der Berg, Carla", {literal: The Things Team}]
  more_authors: true
  year: 2024 # doubtful: from the heading
  sections: [small-things, measures]
  facets: {colour: [red, green]}
  arxiv: "2401.10000"
  volume: "3"
  links:
    pdf: https://example.org/things.pdf
    code: https://example.org/code
  added: 2025-10-08
  bibtex: {title: "{ALIGN}"}
"""
    )


def test_a_long_list_of_authors_fills_its_lines() -> None:
    text = compose_record({"authors": [f"Author Number{i}" for i in range(30)]}, indent=4)

    written = text.splitlines()
    assert len(written) > 1
    assert all(len(line) <= WIDTH for line in written)
    assert all(line.startswith("      A") for line in written[1:])


def test_long_markdown_is_folded_and_paragraphs_stay() -> None:
    long = "Things are aligned. " * 20 + "Indeed."
    text = compose_record({"abstract": long})

    assert text.startswith("abstract: >-\n  Things")
    assert all(len(line) <= WIDTH for line in text.splitlines())
    assert compose_record({"abstract": "One.\n\nTwo.\n"}) == "abstract: |\n  One.\n\n  Two.\n"
    assert compose_record({"abstract": "One.\n\nTwo."}) == "abstract: |-\n  One.\n\n  Two.\n"
    assert compose_record({"abstract": "One.\n\n"}) == 'abstract: "One.\\n\\n"\n'


def test_a_doubt_about_a_field_that_is_not_there_stands_above() -> None:
    drafts = [Draft({"key": "a", "title": "A"}, {"venue": "none is shown"})]

    assert compose_drafts(drafts, indent=2) == (
        "  # venue is doubtful: none is shown\n  - key: a\n    title: A\n"
    )


def test_a_doubt_stands_above_what_has_several_lines() -> None:
    authors: list[Value] = [f"Author Number{i}" for i in range(30)]

    text = compose_record({"key": "a", "authors": authors}, {"authors": "a guess"})

    assert text.startswith("key: a\n# doubtful: a guess\nauthors: [Author Number0, ")


@pytest.mark.parametrize("name", ["papers.yaml", "tests/data/invented/papers.yaml"])
def test_a_whole_list_is_written_with_equal_values(name: str) -> None:
    value = _read((ROOT / name).read_text("utf-8"))
    assert isinstance(value, dict)

    text = compose_value(value, FILE_STYLE)

    assert _read(text) == value
    assert compose_value(_read(text) or "", FILE_STYLE) == text


def test_what_is_few_and_grows_has_a_line_for_each_part_however_short() -> None:
    for name in ("sections", "facets"):
        assert FILE_STYLE.fields[name].is_block, name
    outermost = FILE_STYLE.fields["sections"].of(0)
    assert outermost.is_block
    # Sections below them are short and many: they stay in brackets.
    assert not outermost.fields["sections"].of(0).is_block
    assert FILE_STYLE.is_spaced and FILE_STYLE.fields["papers"].is_spaced
    assert not PAPER_STYLE.is_spaced
