"""Characters that nobody sees are found, named and made visible."""

import pytest

from catalog.text.characters import (
    Hidden,
    blank_commands,
    drop_surplus_marks,
    find_first_hidden,
    find_hidden,
    has_suspects,
    may_have_surplus_marks,
    to_printable,
    unescape,
)

OVERRIDE, ZERO_WIDTH, JOINER = "\u202e", "\u200b", "\u200d"


@pytest.mark.parametrize(
    ("character", "name"),
    [
        (OVERRIDE, "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("\x07", "U+0007"),
        ("\U000e0041", "U+E0041 (TAG LATIN CAPITAL LETTER A)"),
    ],
)
def test_a_hidden_character_is_named(character: str, name: str) -> None:
    assert Hidden(character, 0, is_command=True).name == name


def test_every_hidden_character_is_found_where_it_stands() -> None:
    assert list(find_hidden(f"a{ZERO_WIDTH}b{OVERRIDE}{ZERO_WIDTH}")) == [
        Hidden(ZERO_WIDTH, 1, is_command=False),
        Hidden(OVERRIDE, 3, is_command=True),
        Hidden(ZERO_WIDTH, 4, is_command=False),
    ]


@pytest.mark.parametrize("text", ["a\u00a0b", "é", "漢字", "می\u200cخواهم", "👩\u200d🔬", "a\tb\n"])
def test_what_belongs_to_a_text_is_not_hidden(text: str) -> None:
    assert list(find_hidden(text)) == []
    assert list(find_first_hidden(text)) == []


def test_a_joiner_between_latin_letters_hides() -> None:
    assert list(find_hidden(f"a{JOINER}b")) == [Hidden(JOINER, 1, is_command=False)]


@pytest.mark.parametrize("is_command_first", [True, False])
def test_the_first_of_each_sort_is_found_in_the_order_of_the_text(is_command_first: bool) -> None:
    pair = (OVERRIDE, ZERO_WIDTH) if is_command_first else (ZERO_WIDTH, OVERRIDE)
    found = list(find_first_hidden("a".join(pair * 2)))
    assert [(hidden.character, hidden.index) for hidden in found] == [(pair[0], 0), (pair[1], 2)]
    assert [hidden.is_command for hidden in found] == [is_command_first, not is_command_first]


@pytest.mark.parametrize(
    ("data", "is_suspect"),
    [
        (b"plain: text\t\r\n~ !", False),
        ("é 漢字".encode(), False),
        (b"a\x1bb", True),
        (b"a\x7fb", True),
        (f"é{OVERRIDE}".encode(), True),
        (b"\xe2\x80", False),
        (b"\xe2\x80\x00", True),
    ],
)
def test_bytes_are_suspect_when_they_may_hold_hidden_characters(
    data: bytes, is_suspect: bool
) -> None:
    assert has_suspects(data) is is_suspect


def test_commands_become_spaces_and_all_else_keeps_its_place() -> None:
    assert blank_commands(f"a\x1bb{OVERRIDE}{ZERO_WIDTH}c\n") == f"a b {ZERO_WIDTH}c\n"


def test_what_commands_a_terminal_is_shown_by_its_code() -> None:
    assert to_printable("a\x1b[31m\n") == "a\\u001b[31m\\u000a"
    assert to_printable(f"é{OVERRIDE}") == "é\\u202e"
    assert to_printable("\ue000\ud800\u2028\u2029") == "\\ue000\\ud800\\u2028\\u2029"
    assert to_printable("plain") == "plain"


def test_no_text_is_a_workflow_command_of_the_old_form() -> None:
    assert to_printable("a ##[stop-commands]z") == "a ## [stop-commands]z"
    assert to_printable("é###[error]\x1b") == "é### [error]\\u001b"


MARKS = "\u0301\u0316"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a" + "\u0301" * 30, "a" + "\u0301" * 30),
        ("a" + "\u0301" * 31, "a" + "\u0301" * 30),
        ("x a" + MARKS * 20 + "b", "x a" + MARKS * 15 + "b"),
        ("a" + "\u0301" * 20 + "b" + "\u0301" * 20, "a" + "\u0301" * 20 + "b" + "\u0301" * 20),
        (
            "\u05d0" + "\u05b0" * 40 + "\u05d1" + "\u05b0" * 31,
            "\u05d0" + "\u05b0" * 30 + "\u05d1" + "\u05b0" * 30,
        ),
        ("plain, é, 中文", "plain, é, 中文"),
    ],
)
def test_of_combining_marks_in_a_row_thirty_stay(text: str, kept: str) -> None:
    assert drop_surplus_marks(text) == kept
    assert may_have_surplus_marks(text.encode()) or kept == text


def test_what_stands_for_surplus_marks_keeps_the_places_of_the_rest() -> None:
    assert drop_surplus_marks("a" + "\u0301" * 33 + "b", ".") == "a" + "\u0301" * 30 + "...b"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (b"", False),
        (b"plain", False),
        ("é".encode() * 40, False),
        ("中".encode() * 40, False),
        (("a" + "\u0301" * 30).encode(), False),
        (("a" + "\u0301" * 31).encode(), True),
        (b"\xff" + ("\u0301" * 31).encode() + b"\xff", True),
    ],
)
def test_only_long_runs_are_looked_at_closely(text: bytes, may: bool) -> None:
    assert may_have_surplus_marks(text) is may


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a &amp; b &lt;c&gt; &#233; &#xE9;", "a & b <c> é é"),
        ("a & b", "a & b"),
        ("plain", "plain"),
        ("&#" + "9" * 5_000 + ";x", "\ufffdx"),
        ("&#x" + "F" * 8 + ";x", "\ufffdx"),
        ("&#XFFFFFFFF;x", "\ufffdx"),
    ],
)
def test_references_of_html_are_read_whatever_their_numbers(markup: str, text: str) -> None:
    assert unescape(markup) == text
