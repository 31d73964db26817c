"""Records read by a pattern are what libyaml reads."""

import unicodedata
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.lists import write_list
from catalog.model.findings import FieldPath
from catalog.model.types import Value
from catalog.store.yaml import Document, plain_records, read_yaml
from catalog.store.yaml.plain_records import LEAST, RecordsDocument, read_records
from catalog.store.yaml.reader import Reader
from catalog.text.characters import drop_surplus_marks

HEADS = ("", "papers:\n", "# A list\n\n", "survey: {title: A}\npapers: # all\n\n", "papers: x\n")
TAILS = ("", "\n", "\n\n# more\n", "\nvenues:\n  V: {}\n", "\n---\n- key: b\n", "\n...\n")
SIGNS = "ab1:#'\"[]{},-?&*!|>%@`~\\ \t\n\r\u00a0\u0085\u2028\ufeff\u0301éÉ名_(/$.=<"
WORDS = ("null", "~", "<<", "- ", ": ", " #", "\n    ", "\n  ", "''", "https://a.example/b", "a")

texts = st.lists(st.sampled_from([*SIGNS, *WORDS]), min_size=1, max_size=5).map("".join)
FORMS = (
    *("{}", '"{}"', "'{}'", "[a, {}]", "[{},\n      b]", "{pdf: {}}", "|\n    {}"),
    *("\n    - {}\n    - b", "\n  - {}", "\n    a: {}\n    b: {}"),
    *(">-\n    {}\n    b", ">-\n    a\n    {}"),
)
values = st.builds(str.replace, st.sampled_from(FORMS), st.just("{}"), texts)
fields = st.tuples(st.sampled_from(["key", "title", "a b", "<<", "null", '"a"']), values)
records = st.lists(st.lists(fields, min_size=1, max_size=3), min_size=1, max_size=4)


def write(head: str, indent: str, found: list[list[tuple[str, str]]], tail: str) -> str:
    """Write records, each line of them indented."""
    blocks = ("\n  ".join(f"{name}: {value}" for name, value in record) for record in found)
    lines = "\n".join(f"- {block}" for block in blocks).replace("\n", f"\n{indent}")
    # What `read_yaml` does with every text.
    return unicodedata.normalize("NFC", drop_surplus_marks(f"{head}{indent}{lines}{tail}", " "))


def find_paths(value: Value | None, path: FieldPath = ()) -> Iterator[FieldPath]:
    """Yield the path to each part of a value, and some that lead to nothing."""
    yield path
    yield (*path, "nowhere")
    yield (*path, 99)
    if isinstance(value, dict):
        for name, part in value.items():
            yield from find_paths(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from find_paths(part, (*path, index))


def assert_same(text: str) -> Document | None:
    """Compare with libyaml what is read of a text: values, findings and places."""
    found, expected = (
        read_records(text, "papers.yaml", [], {}),
        Reader(text, "papers.yaml", []).read(),
    )
    if found is not None:
        assert found.value == expected.value
        assert found.notes == expected.notes
        assert found.refused == expected.refused
        for path, at_key in product(find_paths(found.value), (True, False)):
            assert found.place(path, at_key=at_key) == expected.place(path, at_key=at_key), path
    return found


@given(st.sampled_from(HEADS), st.sampled_from(["", "  ", " "]), records, st.sampled_from(TAILS))
@example("papers:\n", "", [[("a", '"b')], [("a", 'c"')], [("a", 'd"')]], "\n")
@example("papers:\n", "", [[("a", "b\n...")], [("a", "c")]], "\n")
@example("papers:\n", "  ", [[("a", "[b]\n    # c")], [("a", "\n    - b\n    # c")]], "\n")
def test_what_is_read_is_what_libyaml_reads(
    head: str, indent: str, found: list[list[tuple[str, str]]], tail: str
) -> None:
    assert_same(write(head, indent, found, tail))


PLAIN = """\
survey: {title: "Invented: A List"}
papers:
  - key: a2024first
    title: "An Example: Part 1"
    authors: [Ada Example, "Example, Bo", Cy O'Example,
      'Dé Example']
    links: {pdf: https://a.example/1.pdf}
    note: It's A:b, and C#

  # about the next one
  - key: b2024second
    title: 'The Editor''s Choice'
    year: 2024
    links:
      pdf: https://a.example/2.pdf
    tags:
    - one
    - two
    abstract: >-
      A long text
      in two lines.
"""
OTHER = """\
  - key: c2024third
    title: |
      Of several lines
"""


def test_records_in_the_usual_forms_are_read_by_the_pattern(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert isinstance(assert_same(PLAIN + OTHER), RecordsDocument)
    monkeypatch.delattr(plain_records, "_read")
    assert read_records(PLAIN, "papers.yaml", [], {}) is not None
    with pytest.raises(NameError):
        read_records(PLAIN + OTHER, "papers.yaml", [], {})


def test_large_lists_are_read_so_and_small_ones_by_libyaml(tmp_path: Path) -> None:
    write_list(tmp_path, 400)
    data = (tmp_path / "papers.yaml").read_bytes()
    assert len(data) > LEAST
    assert isinstance(read_yaml(data, "papers.yaml"), RecordsDocument)
    assert not isinstance(read_yaml(PLAIN.encode(), "papers.yaml"), RecordsDocument)
    assert_same(data.decode())


@pytest.mark.parametrize("fault", ["  key: again\n", "  note:\n", "  note: &a b\n", "bad\n"])
def test_a_fault_in_one_record_is_found_as_in_a_small_list(tmp_path: Path, fault: str) -> None:
    write_list(tmp_path, 400)
    text = (tmp_path / "papers.yaml").read_text()
    place = text.index("- key:", len(text) // 2)
    broken = text[:place] + fault + text[place:]
    found = read_yaml(broken.encode(), "papers.yaml")
    expected = Reader(broken, "papers.yaml", []).read()
    assert (found.value, found.notes) == (expected.value, expected.notes)
    assert found.findings
