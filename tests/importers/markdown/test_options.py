"""What the owner of a list says is followed: the use of its sections, and the form of its lines."""

from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.importers.files import import_files
from catalog.importers.markdown.notation import parse_form
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList, read_markdown

LIST = """\
# Things

## Tools
- [ThingLaw](https://github.com/example/thinglaw)
- [LawThing](https://github.com/example/lawthing)

## Seen elsewhere
- [A Study of Moving Things](https://arxiv.org/abs/2101.00001), ICML 2021
- [Nets that Fall and Rise](https://arxiv.org/abs/2101.00002), ICML 2021
"""
ODD = """\
# Things

- Kite Season; Marrow; Three Hills; 2003 [[pdf](https://a.example/1.pdf)]
- Slow Water; Tide and Line; Harrow; 2004 [[pdf](https://a.example/2.pdf)]
- Long Field; Corn; Barrow; 2005 [[pdf](https://a.example/3.pdf)]
"""


def read(text: str, form: str | None = None, **sections: str) -> ReadList:
    """Return a list as read with these options; `_` in a heading is a space."""
    named = {heading.replace("_", " "): use for heading, use in sections.items()}
    return read_markdown(text.encode(), "list.md", ReadOptions.of(named, form))


def test_a_section_that_the_owner_says_has_papers_is_read() -> None:
    assert len(read(LIST).entries) == 2
    assert [one.title for one in read(LIST, Tools="papers").entries][:2] == ["ThingLaw", "LawThing"]


def test_a_section_can_be_skipped_or_kept_as_prose() -> None:
    skipped = read(LIST, Seen_elsewhere="skip")
    assert not skipped.entries
    assert "skipped with --section" in {one.reason for one in skipped.skipped}
    assert not read(LIST, seen_elsewhere="prose").entries


def test_a_heading_can_be_named_with_those_around_it() -> None:
    options = ReadOptions.of({"Things / Tools": "papers"})
    assert len(read_markdown(LIST.encode(), "list.md", options).entries) == 4


def test_an_unknown_heading_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(LIST)
    with pytest.raises(UsageError, match="did you mean 'Tools'"):
        import_files(path, sections={"Toolz": "papers"})
    with pytest.raises(UsageError, match="Did you mean 'papers'"):
        import_files(path, sections={"Tools": "paper"})


def test_a_form_says_what_the_words_of_lines_do_not() -> None:
    first = read(ODD, "authors; title; venue; year [links]").entries[0]
    assert (first.title, first.year) == ("Marrow", 2003)
    assert first.byline is not None
    assert first.byline.shown == "Kite Season"
    assert first.venue is not None
    assert first.venue.text == "Three Hills"
    other = read(ODD, "title; venue; authors; year").entries[1]
    assert (other.title, other.venue and other.venue.text) == ("Slow Water", "Tide and Line")


def test_a_form_is_shown_in_the_notation_in_which_it_is_given() -> None:
    text = "".join(
        f"- **A Study of Things and Knots {word}** (2023), ICML, Example, Ada, and Ben Sample "
        f"[[pdf]](https://arxiv.org/pdf/2302.0500{number})\n"
        for number, word in enumerate(("Here", "There", "Near", "Far"))
    )
    (form,) = read(text).forms
    assert form.notation == "**title** (year), venue, authors [[pdf]]"
    (again,) = read(text, form.notation).forms
    assert (again.notation, len(again.entries)) == (form.notation, 4)


@pytest.mark.parametrize(
    "form",
    ["authors. title. venue, year", "[title](url) *authors*, venue year", "**title** <br> authors"],
)
def test_forms_in_other_styles_are_read(form: str) -> None:
    assert "title" in {slot.value for _, slot in parse_form(form).slots}


@pytest.mark.parametrize(
    ("form", "message"),
    [("titel, venue", "'titel' is not a field"), ("authors, venue", "'title' once")],
)
def test_a_form_with_an_unknown_word_or_without_a_title_is_an_error(
    form: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read(ODD, form)


@pytest.mark.parametrize(
    ("form", "sections", "hint"),
    [
        ("titel, venue", {}, "'titel' is not a field. Did you mean 'title'?"),
        ("title, zzz", {}, "'zzz' is not a field. Use title, authors"),
        (None, {"Law": "paper"}, "'paper' is not a use. Did you mean 'papers'?"),
        (None, {"": "papers"}, "Write HEADING=USE|Did you mean 'papers'"),
    ],
)
def test_a_misspelt_word_names_the_nearest(
    form: str | None, sections: dict[str, str], hint: str
) -> None:
    with pytest.raises(UsageError, match=hint.replace("?", r"\?")):
        read(LIST, form, **sections)
