"""Marks that a legend explains become tags, and other emoji do not."""

from catalog.importers.markdown.legends import find_legend
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import read_markdown
from catalog.importers.markdown.summary import summarise_import


def test_a_legend_explains_two_marks_or_one_with_a_sign() -> None:
    assert find_legend(["Legend: ⭐ read this first · 🔒 paywalled"]) == {
        "⭐": "read this first",
        "🔒": "paywalled",
    }
    assert find_legend([":trophy: = distinguished paper"]) == {":trophy:": "distinguished paper"}
    assert not find_legend(["We ❤️ papers. Send yours!", "Nothing"])


def test_marks_of_entries_are_tags() -> None:
    text = (
        "# Things\n\nMarks: 🌱 beginner, 💎 classic\n\n"
        "- 🌱 **A Study of Soap Films** (AJP 1998)\n"
        "- 💎 **Minimal Surfaces on a Laptop** (TOG 2009)\n"
        "- **Knots and Nets in Space** (TOG 2010)\n"
    )
    entries = read_markdown(text.encode(), "list.md").entries
    assert [entry.tags for entry in entries] == [["beginner"], ["classic"], []]


def test_footnotes_explain_daggers() -> None:
    text = "* Ropes and Knots† (JMR 1990)\n* Levers and Gears (JMR 1992)\n\n† = withdrawn in 1993\n"
    first, second = read_markdown(text.encode(), "list.md").entries
    assert (first.title, first.tags, second.tags) == (
        "Ropes and Knots", ["withdrawn in 1993"], [],
    )  # fmt: skip


def test_a_mark_without_a_legend_is_reported() -> None:
    text = (
        "## Papers\n\n- ⭐ **A Study of Soap Films** (AJP 1998)\n- **Knots in Space** (TOG 2010)\n"
    )
    found = read_markdown(text.encode(), "list.md")
    assert [entry.doubts.get("tags") for entry in found.entries] == ["no legend explains ⭐", None]
    assert "1 × tags: no legend explains ⭐ (line 3)" in summarise_import(
        [found], make_list([found])
    )
