"""Folded text is what a reader compares."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.text.folding import fold, slugify, strip_diacritics
from catalog.text.spelling import Speller, find_nearest


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Siméoni", "Simeoni"),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("Ünïcödé", "Unicode"),
        ("Straße", "Strasse"),
        (
            "Æther Œuvre Þing",
            "AEther OEuvre THing".replace("AE", "Ae").replace("OE", "Oe").replace("TH", "Th"),
        ),
        ("Nguyễn Văn", "Nguyen Van"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_diacritics_give_way_to_plain_letters(text: str, plain: str) -> None:
    assert strip_diacritics(text) == plain


@pytest.mark.parametrize("text", ["漢字", "がぎぐパピプ", "한국어", "क्षत्रिय", "ไทย"])
def test_scripts_without_diacritics_stay_as_they_are(text: str) -> None:
    assert strip_diacritics(text) == text


def test_folding_leaves_words_one_space_apart() -> None:
    assert (
        fold("  Things—and  “How” (to) Align: Crème_Brûlée!  ")
        == "things and how to align creme brulee"
    )


@given(st.text())
@example("ŉ")
@example("İ")
@example("\u1fbe")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="latin-1")))
def test_letter_case_does_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(fold(text).upper())


def test_an_id_is_ascii_words_joined_by_hyphens() -> None:
    assert slugify("Crème Brûlée 2: Größer!") == "creme-brulee-2-grosser"
    assert slugify("漢字") == ""


@given(st.text())
def test_an_id_made_of_any_text_keeps_its_form(text: str) -> None:
    slug = slugify(text)
    assert slug == slugify(slug)
    assert all(part and part.isascii() and part.isalnum() for part in slug.split("-")) or not slug


def test_the_nearest_choice_is_found_whatever_its_case_and_accents() -> None:
    assert find_nearest("neurips", ["ICML", "NeurIPS"]) == "NeurIPS"
    assert find_nearest("Creme", ["Crème", "Other"]) == "Crème"
    assert find_nearest("authers", ["authors", "title"]) == "authors"


def test_no_choice_is_nearest_when_none_is_alike() -> None:
    assert find_nearest("zzz", ["ICML", "NeurIPS"]) is None
    assert find_nearest("", ["ICML"]) is None
    assert find_nearest("x", []) is None


def test_a_speller_gives_up_after_more_words_than_an_honest_file_has() -> None:
    speller = Speller([f"choice{i}" for i in range(1000)])
    found = [speller.nearest(f"choise{i}") for i in range(100)]
    assert found[0] is not None
    assert found[-1] is None
    assert speller.nearest("choise0") == found[0]


def test_among_many_choices_only_those_with_the_same_first_letter_are_compared() -> None:
    choices = [f"choice{number}" for number in range(2_001)] + ["things"]
    assert find_nearest("thigns", choices) == "things"
    assert find_nearest("hings", choices) is None
    assert find_nearest("hings", ["things"]) == "things"


def test_a_choice_longer_than_any_name_is_never_meant() -> None:
    assert find_nearest("a" * 100, ["a" * 100]) == "a" * 100
    assert find_nearest("a" * 101, ["a" * 101]) is None
