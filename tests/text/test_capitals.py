"""Which words of a title keep their capitals when a style writes it in sentence case."""

import pytest

from catalog.text.capitals import is_german, is_title_case, to_sentence_case
from catalog.text.proper_words import PROPER_WORDS


def show(title: str, own: tuple[str, ...] = ()) -> str:
    return "".join(f"{{{t}}}" if kept else t for t, kept in to_sentence_case(title, own))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Monte Carlo Walks and Markov Chains", "{Monte} {Carlo} walks and {Markov} chains"),
        ("The Full Monte of Things", "The full monte of things"),
        ("Indra's Net of Things", "{Indra's} net of things"),
        ("The Llama 3 Herd of Models", "The {Llama} 3 herd of models"),
        ("Position: The Platonic Hypothesis", "Position: The {Platonic} hypothesis"),
        ("Is This a Question? Yes, This", "Is this a question? Yes, this"),
        ("C++ and C# in Python: A* Search", "{C++} and {C#} in {Python}: {A*} search"),
        ("pH-Net and BERT-Based Things", "{pH}-{Net} and {BERT}-based things"),
        ("Using distance on the Invent manifold", "Using distance on the {Invent} manifold"),
        ("Über die Gestalt der Sprache", "Über die {Gestalt} der {Sprache}"),
        ("A SHOUTED TITLE OF THINGS", "A SHOUTED TITLE OF THINGS"),
    ],
)
def test_a_title_in_sentence_case_keeps_its_names(title: str, shown: str) -> None:
    assert show(title) == shown


def test_a_list_protects_words_and_phrases_of_its_own() -> None:
    own = ("Quorvian", "Deep Thing")
    assert (
        show("Quorvian Deep Thing and Deep Net", own) == "{Quorvian} {Deep} {Thing} and {Deep} net"
    )


def test_the_form_of_a_title_is_known_by_its_longer_words() -> None:
    assert is_title_case("Deep Learning of Things")
    assert not is_title_case("Deep learning of things in Rome")
    assert is_title_case("BERT")
    assert is_german("Zur Sprache der Dinge")
    assert not is_german("The Die Is Cast in Things")


def test_proper_words_have_a_capital_and_no_space_but_in_phrases() -> None:
    assert all(word[0].isupper() for word in PROPER_WORDS)
    assert len(PROPER_WORDS) > 500
    assert {"Riemannian", "Turing", "Boolean", "Platonic", "Indra", "Llama"} <= PROPER_WORDS
