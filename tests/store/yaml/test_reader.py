"""YAML comes in as text with places, and what a list has no use for is refused with its place."""

import unicodedata
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from catalog.model.findings import Code, FieldPath, Severity
from catalog.model.types import Value
from catalog.store import yaml as store_yaml
from catalog.store.yaml import MAX_DEPTH, Document, read_yaml
from catalog.text.characters import drop_surplus_marks, find_hidden


def read(text: str) -> Document:
    return read_yaml(text.encode(), "papers.yaml")


def read_fine(text: str) -> Value | None:
    document = read(text)
    assert document.findings == ()
    return document.value


def found(document: Document) -> list[tuple[Code, int, int]]:
    return [(finding.code, finding.line, finding.column) for finding in document.findings]


# Scalars are text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2401.10000",
            "no",
            "yes",
            "off",
            "12:30",
            "2025-10-08",
            "2025-10-08T12:30:00Z",
            "0x1F",
            "017",
            "1e3",
        ),
        *(
            "1_000",
            ".inf",
            ".nan",
            "+1",
            "-0",
            "true",
            "Null.",
            "=",
            "0o17",
            "190:20:30",
            "3",
            "1.",
        ),
    ],
)
def test_a_plain_scalar_is_the_text_that_stands_in_the_file(text: str) -> None:
    assert read_fine(f"value: {text}\n") == {"value": text}
    assert read_fine(f"[{text}, '{text}', \"{text}\"]") == [text, text, text]


def test_every_way_to_write_text_gives_the_text() -> None:
    text = (
        "plain: two\n  lines\n"
        "single: 'it''s'\n"
        'double: "a\\tb \\u00e9"\n'
        "literal: |\n  a\n  b\n"
        "folded: >-\n  a\n  b\n"
    )
    assert read_fine(text) == {
        "plain": "two lines",
        "single": "it's",
        "double": "a\tb é",
        "literal": "a\nb\n",
        "folded": "a b",
    }


def test_comments_directives_and_a_document_start_are_no_values() -> None:
    assert read_fine("%YAML 1.2\n---\n# a comment\na: 1 # another\n...\n") == {"a": "1"}


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL", '""', "''"])
def test_an_empty_value_is_a_finding_and_the_field_is_left_out(empty: str) -> None:
    document = read(f"a: {empty}\nb: 1\n")
    assert found(document) == [(Code.VALUE_EMPTY, 1, 4 if empty else 3)]
    assert document.value == {"b": "1"}
    assert document.has_refused(("a",))
    assert not document.has_refused(("b",))


def test_a_quoted_null_is_a_word() -> None:
    assert read_fine("- 'null'\n- \"~\"\n") == ["null", "~"]


def test_an_empty_item_is_left_out_and_its_neighbours_keep_their_places() -> None:
    document = read("- a\n-\n- b\n")
    assert document.value == ["a", "b"]
    assert found(document) == [(Code.VALUE_EMPTY, 2, 2)]
    assert document.place((1,)) == (3, 3)


# The file


def test_a_byte_order_mark_is_no_text() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: 1\n", "papers.yaml").value == {"a": "1"}


def test_crlf_reads_as_lf_with_the_same_places() -> None:
    text = "a: 1\nb:\n  - x\n  - |\n    two\n    lines\nc:\n"
    unix, windows = read(text), read(text.replace("\n", "\r\n"))
    assert unix.value == windows.value
    assert found(unix) == found(windows)
    for path in (("a",), ("b", 0), ("b", 1)):
        assert unix.place(path) == windows.place(path)


def test_text_is_composed_on_entry() -> None:
    decomposed = unicodedata.normalize("NFD", "Crème: Brûlée\n")
    assert read_fine(decomposed) == {"Crème": "Brûlée"}


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"a: \xff", 1, 4),
        (b"a: 1\nb: caf\xe9\n", 2, 7),
        (b"\xef\xbb\xbf\xff", 1, 1),
        ("é: ".encode() + b"\xc3", 1, 4),
        ("a: 1\n".encode("utf-16"), 1, 1),
    ],
)
def test_the_first_byte_that_is_not_utf_8_is_named_with_its_place(
    data: bytes, line: int, column: int
) -> None:
    document = read_yaml(data, "papers.yaml")
    assert found(document) == [(Code.FILE_ENCODING, line, column)]
    assert document.value is None


def test_a_file_over_the_size_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_yaml, "MAX_BYTES", 10)
    assert found(read("a: 1234567\n")) == [(Code.FILE_SIZE, 1, 1)]
    assert read("a: 123456\n").value == {"a": "123456"}


def test_a_file_that_github_warns_about_is_read_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_yaml, "LARGE_BYTES", 10)
    document = read("a: 1234567\n")
    assert document.value == {"a": "1234567"}
    (finding,) = document.findings
    assert (finding.code, finding.severity) == (Code.FILE_SIZE, Severity.WARNING)
    assert not read("a: 123456\n").findings


@pytest.mark.parametrize("text", ["", "\n\n", "# only this\n", "---\n", "~\n", "''\n"])
def test_an_empty_file_is_one_finding(text: str) -> None:
    assert found(read(text)) == [(Code.FILE_EMPTY, 1, 1)]


# What a list has no use for


def test_anchors_and_aliases_are_refused_with_their_places() -> None:
    document = read("a: &x [1]\nb: *x\nc:\n  - *x\n  - 2\n*x : 3\n")
    assert found(document) == [
        (Code.YAML_ANCHOR, 1, 4),
        (Code.YAML_ALIAS, 2, 4),
        (Code.YAML_ALIAS, 4, 5),
        (Code.YAML_ALIAS, 6, 1),
    ]
    assert document.value == {"a": ["1"], "c": ["2"]}
    assert document.place(("c", 0)) == (5, 5)


def test_a_bomb_of_aliases_stays_as_small_as_its_file() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    document = read("\n".join(lines))
    assert {finding.code for finding in document.findings} == {Code.YAML_ANCHOR, Code.YAML_ALIAS}
    assert isinstance(document.value, dict)
    assert all(not part for name, part in document.value.items() if name != "a0")


def test_tags_are_refused_and_never_run() -> None:
    document = read("a: !!python/object/apply:os.system ['true']\nb: !!int 5\nc: ! plain\n")
    assert found(document) == [(Code.YAML_TAG, 1, 4), (Code.YAML_TAG, 2, 4)]
    assert document.value == {"a": ["true"], "b": "5", "c": "plain"}


def test_a_merge_is_one_finding_and_its_fields_are_left_out() -> None:
    document = read("a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n")
    assert found(document) == [(Code.YAML_ANCHOR, 1, 4), (Code.YAML_MERGE, 3, 3)]
    assert document.value == {"a": {"x": "1"}, "b": {"y": "2"}}


def test_the_first_of_two_equal_keys_stays_and_the_second_is_a_finding() -> None:
    document = read("a: 1\nb: {x: 1}\na:\n  - {c: 2}\nd: 4\n")
    assert found(document) == [(Code.FIELD_REPEATED, 3, 1)]
    assert document.value == {"a": "1", "b": {"x": "1"}, "d": "4"}
    assert document.place(("d",)) == (5, 4)


def test_equal_keys_are_found_at_every_depth_and_in_flow_style() -> None:
    document = read("a:\n  - {b: 1, b: 2, b: 3}\n")
    assert found(document) == [(Code.FIELD_REPEATED, 2, 12), (Code.FIELD_REPEATED, 2, 18)]


def test_a_second_document_ends_the_reading() -> None:
    assert found(read("a: 1\n---\nb: 2\n")) == [(Code.YAML_DOCUMENTS, 2, 1)]


@pytest.mark.parametrize("text", ["{a: 1}: b\n", "[a]: b\n", "? [a]\n: b\n"])
def test_a_key_that_is_no_word_is_refused(text: str) -> None:
    assert [finding.code for finding in read(text).findings] == [Code.YAML_KEY]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_the_first_level_too_many(opening: str) -> None:
    document = read(opening * 200)
    assert found(document) == [(Code.YAML_DEPTH, 1, len(opening) * MAX_DEPTH + 1)]
    assert document.value is None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_that_libyaml_refuses_by_itself_is_told_in_the_same_words(opening: str) -> None:
    # libyaml 0.2.6 looks so far ahead that it meets a limit of its own, of a thousand levels.
    (finding,) = read(opening * 100_000).findings
    assert (finding.code, finding.line) == (Code.YAML_DEPTH, 1)
    assert finding.message == f"this is nested deeper than {MAX_DEPTH} levels"


def test_nesting_up_to_the_limit_is_read() -> None:
    assert read("[" * MAX_DEPTH + "a" + "]" * MAX_DEPTH).findings == ()


def test_a_syntax_error_has_the_place_where_reading_ended() -> None:
    document = read("a: 1\nb: c: d\n")
    assert found(document) == [(Code.YAML_SYNTAX, 2, 5)]
    assert document.value is None
    assert (
        document.findings[0].hint == "Quote the value if it has a colon, or check the indentation"
    )


def test_an_open_quote_names_the_line_where_it_begins() -> None:
    (finding,) = read('a: 1\nb: "no end\nc: 2\nd: 3\n').findings
    assert "begins in line 2" in finding.message


# Hidden characters


@pytest.mark.parametrize(
    "character", "\x00\x07\x1b\x7f\x85\x9f\u2028\u2029\u202a\u202e\u2066\u2069\uffff"
)
def test_a_character_that_commands_is_found_where_it_stands(character: str) -> None:
    document = read(f"a: 1\nb: x{character}y # and {character} here\nc: 2\n")
    assert found(document) == [(Code.TEXT_CONTROL, 2, 5)]
    assert document.value == {"a": "1", "b": "x y", "c": "2"}
    assert document.place(("c",)) == (3, 4)


def test_a_character_that_commands_is_found_in_a_comment() -> None:
    assert found(read("a: 1 # safe \u202e\n")) == [(Code.TEXT_CONTROL, 1, 13)]


def test_a_separator_of_lines_ends_no_comment() -> None:
    document = read("a: 1 # comment\u2028b: 2\n")
    assert document.value == {"a": "1"}
    assert found(document) == [(Code.TEXT_CONTROL, 1, 15)]


def test_a_command_written_as_an_escape_is_refused_with_its_value() -> None:
    document = read('a: "x\\e[31m"\nb: ["\\u202e", y]\n"\\a": 3\nd: 4\n')
    assert found(document) == [
        (Code.TEXT_CONTROL, 1, 4),
        (Code.TEXT_CONTROL, 2, 5),
        (Code.TEXT_CONTROL, 3, 1),
    ]
    assert document.value == {"b": ["y"], "d": "4"}
    assert document.place(("b", 0)) == (2, 15)
    assert document.place(("d",)) == (4, 4)


@pytest.mark.parametrize("character", "\u00ad\u200b\u200e\u200f\u2060\ufeff\u3164\U000e0041")
def test_a_character_that_hides_is_a_warning_and_stays(character: str) -> None:
    document = read(f"a: x{character}y{character}\n")
    assert found(document) == [(Code.TEXT_INVISIBLE, 1, 5)]
    assert document.value == {"a": f"x{character}y{character}"}
    escaped = read(f'a: "x\\U{ord(character):08x}"\n')
    assert found(escaped) == [(Code.TEXT_INVISIBLE, 1, 4)]


@pytest.mark.parametrize(
    "text", ["👩‍🔬 at work", "می‌خواهم", "क्‍ष", "葛\U000e0100飾", "❤️", "naïve café"]
)
def test_what_a_script_or_an_emoji_needs_is_no_finding(text: str) -> None:
    assert read_fine(f"a: {text}\n") == {"a": text}


def test_a_joiner_in_a_latin_word_is_a_finding() -> None:
    assert found(read("a: pass\u200dword\n")) == [(Code.TEXT_INVISIBLE, 1, 8)]


# Properties


def is_plain(text: str) -> bool:
    return not any(hidden.is_command for hidden in find_hidden(text))


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(is_plain)
keys = texts.filter(lambda text: text != "<<")
values = st.recursive(
    texts,
    lambda part: st.lists(part, max_size=4) | st.dictionaries(keys, part, max_size=4),
    max_leaves=20,
)
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, False, True]),
        "default_style": st.sampled_from([None, '"', "'", "|", ">"]),
        "allow_unicode": st.booleans(),
        "indent": st.integers(2, 6),
        "width": st.sampled_from([5, 40, 10_000]),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


class NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, _data: object) -> bool:
        return True


def compose(value: object) -> object:
    if isinstance(value, dict):
        return {compose(key): compose(part) for key, part in value.items()}
    if isinstance(value, list):
        return [compose(part) for part in value]
    return unicodedata.normalize("NFC", str(value))


def write(value: object, style: dict[str, Any]) -> str:
    text: str = yaml.dump(value, Dumper=NoAliases, sort_keys=False, **style)
    return text


@given(values, styles)
def test_what_was_written_as_yaml_is_read_back(value: object, style: dict[str, Any]) -> None:
    text = write(value, style)
    # PyYAML writes some texts with line breaks in a way that its own reader does not read back.
    assume(yaml.load(text, Loader=yaml.BaseLoader) == value)
    document = read(text)
    # Composing can make two keys of a mapping equal, and that is a finding.
    if not any(finding.code is Code.FIELD_REPEATED for finding in document.findings):
        assert document.value == compose(value)


def walk(node: yaml.Node, path: FieldPath = ()) -> Iterator[tuple[FieldPath, bool, yaml.Mark]]:
    """Yield path, whether it is the place of a key, and mark of every part that PyYAML composed."""
    yield path, False, node.start_mark
    if isinstance(node, yaml.MappingNode):
        for key, part in node.value:
            name = str(compose(key.value))
            yield (*path, name), True, key.start_mark
            yield from walk(part, (*path, name))
    elif isinstance(node, yaml.SequenceNode):
        for index, part in enumerate(node.value):
            yield from walk(part, (*path, index))


@given(values, styles)
def test_every_part_has_the_place_that_another_parser_gives_it(
    value: object, style: dict[str, Any]
) -> None:
    text = unicodedata.normalize("NFC", write(value, style))
    document = read(text)
    if document.findings:
        return
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    for path, at_key, mark in walk(root):
        assert document.place(path, at_key=at_key) == (mark.line + 1, mark.column + 1), path


fragments = st.lists(
    st.sampled_from(
        [
            *(
                b"a",
                b"b",
                b": ",
                b":",
                b"- ",
                b"-",
                b"? ",
                b"\n",
                b"\n  ",
                b"\n    ",
                b" ",
                b"\t",
                b"[",
                b"]",
            ),
            *(
                b"{",
                b"}",
                b", ",
                b"&x ",
                b"*x",
                b"!t ",
                b"!!int ",
                b"|\n",
                b">-\n",
                b"'",
                b'"',
                b"\\",
                b"\\u0",
                b"#",
            ),
            *(
                b"---\n",
                b"...\n",
                b"%YAML 1.1\n",
                b"%TAG ! x\n",
                b"<<: ",
                b"~",
                b"\r",
                b"\r\n",
                b"\xef\xbb\xbf",
            ),
            *(
                b"\x00",
                b"\x1b",
                b"\xc2\x85",
                b"\xe2\x80\xa8",
                b"\xe2\x80\xae",
                b"\xff",
                b"\xc3\xa9",
                b"e\xcc\x81",
            ),
            *(b"\xf0\x9f\x98\x80", b'"\\e"', b'"\\u202e"', b"@", b"`"),
        ]
    ),
    max_size=30,
).map(b"".join)


@given(st.binary(max_size=100) | fragments)
@example(b'"\\ud800"')
@example(b"a: !<\xff>")
def test_no_bytes_end_in_an_exception(data: bytes) -> None:
    document = read_yaml(data, "papers.yaml")
    assert document.value is not None or document.findings
    lines = data.decode("utf-8", "replace").splitlines() or [""]
    for finding in document.findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.line <= len(lines) + 1
        assert finding.message.isprintable()


@given(fragments)
def test_a_place_is_given_for_every_part_of_whatever_was_read(data: bytes) -> None:
    document = read_yaml(data, "papers.yaml")
    places = [document.place(path) for path in paths_of(document.value)]
    assert places == sorted(places)


def paths_of(value: Value | None, path: FieldPath = ()) -> Iterator[FieldPath]:
    if value is not None:
        yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths_of(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from paths_of(part, (*path, index))


def test_the_place_of_what_is_not_there_is_that_of_what_holds_it() -> None:
    document = read("a:\n  b: [1, 2]\n")
    assert document.place(("a", "x")) == (2, 3)
    assert document.place(("a", "b", 7)) == (2, 6)
    assert document.place(("a", "b", 0, "deeper")) == (2, 7)
    assert document.place(("a", "b", -1)) == (2, 6)
    assert document.place(()) == (1, 1)


PILE = "a" + "\u0301\u0316" * 20
ESCAPED_PILE = "a" + "\\u0301\\u0316" * 20


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"a: x\nb: 'o {PILE}'\n", (2, 38)),
        (f"a: x\nb: {ESCAPED_PILE}\n", None),  # no quotes, no escapes
        (f'a: x\nb: "{ESCAPED_PILE}"\n', (2, 4)),
        (f'a: x\n"{ESCAPED_PILE}": x\n', (2, 1)),
        (f'a: x\nb: ["{PILE[:20]}{ESCAPED_PILE[1:80]}\\u0301"]\n', (2, 5)),
    ],
)
def test_a_pile_of_combining_marks_is_refused_before_it_is_composed(
    text: str, place: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[str] = []

    def normalize(form: Any, text: str) -> str:  # noqa: ANN401 - unicodedata's own
        composed.append(text)
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(
        "catalog.store.yaml.unicodedata",
        SimpleNamespace(
            normalize=normalize, is_normalized=lambda form, text: normalize(form, text) == text
        ),
    )
    monkeypatch.setattr(
        "catalog.store.yaml.reader.unicodedata", SimpleNamespace(normalize=normalize)
    )
    document = read(text)
    assert found(document) == ([(Code.TEXT_CONTROL, *place)] if place else [])
    # Composing takes the square of the marks in a row.
    assert all(drop_surplus_marks(text) == text for text in composed)


def test_as_many_marks_as_languages_have_are_text() -> None:
    text = "a" + "\u0316" * 30
    assert read_fine(f"a: {text}") == {"a": text}
