"""Titles and names, as services give them, become those of a record."""

import pytest

from catalog.importers.cleanup import clean_line, clean_name, clean_title

MATHML = (
    "<mml:math xmlns:mml='x'><mml:mi>O</mml:mi> <mml:mo>(</mml:mo><mml:mi>n</mml:mi>"
    "<mml:mo>)</mml:mo>{}</mml:math>"
)
SOURCE = '<mml:annotation encoding="application/x-tex">{}</mml:annotation>'


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Things.", "Things"),
        ("Things ...", "Things ..."),
        ("What Next…", "What Next…"),
        ("<i>Things</i>,\n  and &amp;amp; More .", "Things, and & More"),
        ("A &lt;b&gt;Thing&lt;/b&gt;", "A Thing"),
        ("Th\u200bings\u00a0Here", "Things Here"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_a_title_is_one_line_of_text_without_a_period(text: str, title: str) -> None:
    assert clean_title(text) == title


def test_a_formula_is_its_latex_where_that_is_told_and_else_its_letters() -> None:
    assert clean_line(f"In {MATHML.format(SOURCE.format('O(n)'))} Steps") == "In $O(n)$ Steps"
    assert clean_line(f"In {MATHML.format(SOURCE.format('$O(n)$'))}") == "In $O(n)$"
    assert clean_line(f"In {MATHML.format('')}, Fast") == "In O ( n), Fast"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Example 0001", "Ada Example"),
        (" Ada <i>Example</i> ,", "Ada Example"),
        ("Example, Ada, B, C", {"literal": "Example, Ada, B, C"}),
        ("Exampla", "Exampla"),
        (" ;, ", None),
        ("", None),
    ],
)
def test_a_name_is_split_or_kept_whole(text: str, name: object) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a \ud800 b", "a b"),  # half of a pair, as JSON may write it
        ("a" + "\u0316" * 40, "a" + "\u0316" * 30),
        ("&#" + "9" * 5_000 + ";", "\ufffd"),  # Python refuses to read such numbers
        ("&#x" + "f" * 5_000 + ";", "\ufffd"),
        ("<math>" * 2 + "x</math> <math>", "x"),
        ("x" * 30_000, "x" * 20_000),
    ],
)
def test_a_hostile_text_is_a_line_too(text: str, line: str) -> None:
    assert clean_line(text) == line
