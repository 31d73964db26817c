"""What is longer than anything that authors write is told with its line, and the rest is read."""

import pytest

from catalog.errors import UnreadableInputError
from catalog.importers.bibliography import read_bibtex
from catalog.importers.markdown.candidates import LONGEST_ENTRY
from catalog.importers.markdown.lines import LONGEST_LINE
from catalog.importers.markdown.reader import ReadList, read_markdown

ENTRY = "- [A Study of Things in {}](https://arxiv.org/abs/2401.9{:04}), Ada Example"
HEAD = "# Things\n\n## Papers\n\n"


def read(text: str) -> ReadList:
    found = read_markdown(text.encode(), "list.md")
    assert sum(found.counts.values()) == found.lines == len(text.splitlines())
    return found


def entry(number: int) -> str:
    return ENTRY.format(("Rooms", "Hills", "Nets", "Maps")[number % 4], number)


@pytest.mark.parametrize("piece", ["*a", "[", "<!--", "| a ", "<a href='x'>", "```"])
def test_a_line_that_is_too_long_is_told_and_those_around_it_are_read(piece: str) -> None:
    found = read(f"{HEAD}{entry(1)}\n\n{piece * (LONGEST_LINE + 1)}\n\n{entry(2)}\n")
    assert [one.candidate.start for one in found.entries] == [5, 9]
    assert [(one.line, one.reason) for one in found.unparsed] == [
        (7, "a line of more than 10,000 characters")
    ]


def test_a_line_in_an_entry_that_is_too_long_is_told() -> None:
    found = read(f"{HEAD}{entry(1)}\n  {'a' * (LONGEST_LINE + 1)}\n{entry(2)}\n")
    assert len(found.entries) == 2
    assert [one.line for one in found.unparsed] == [6]


def test_the_longest_line_is_read() -> None:
    line = f"{entry(1)} {'a' * LONGEST_LINE}"[:LONGEST_LINE]
    found = read(f"{HEAD}{line}\n{entry(2)}\n")
    assert len(found.entries) == 2
    assert not found.unparsed


@pytest.mark.slow
def test_a_very_long_paragraph_of_entries_is_read_line_by_line() -> None:
    lines = [f"{entry(number)[2:]}\\" for number in range(1, 1_001)]
    found = read(HEAD + "\n".join(lines) + "\n")
    assert [one.candidate.start for one in found.entries] == list(range(5, 1_005))


def test_a_very_long_table_is_not_cut() -> None:
    rows = [f"| {entry(number)[2:].replace('), ', ') | ')} |" for number in range(1_000)]
    found = read(f"{HEAD}| Title | Authors |\n|---|---|\n" + "\n".join(rows) + "\n")
    assert len(found.entries) == 1_000
    assert not found.unparsed


def test_an_entry_that_is_too_long_is_told() -> None:
    text = "\n\n".join(f"  {'word ' * 100}" for _ in range(LONGEST_ENTRY // 400))
    found = read(f"{HEAD}{entry(1)}\n\n{text}\n\n{entry(2)}\n")
    assert [one.title for one in found.entries] == ["A Study of Things in Nets"]
    assert [(one.line, one.reason) for one in found.unparsed] == [
        (5, "an entry of more than 10,000 characters")
    ]


@pytest.mark.parametrize("piece", ["<a ", "<a b=", "<![", "</a", "<?x "])
def test_html_that_nothing_closes_is_passed_over(piece: str) -> None:
    text = "\n\n".join(f"<div>\n{number} {piece * 2_000}" for number in range(3))
    found = read(f"{HEAD}{entry(1)}\n\n{text}\n")
    assert [one.candidate.start for one in found.entries] == [5]


def test_a_comment_that_is_never_closed_hides_the_rest() -> None:
    found = read(f"{HEAD}{entry(1)}\n\n<!--\n" + "<!-- a\n" * LONGEST_LINE)
    assert len(found.entries) == 1
    assert [(one.line, one.reason) for one in found.skipped] == [(7, "HTML comment")]


@pytest.mark.slow
def test_more_lines_than_any_list_has_are_refused() -> None:
    read("---\n" * 50_000)
    with pytest.raises(UnreadableInputError, match="more than 50,000 lines"):
        read_markdown(b"---\n" * 50_001, "list.md")


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("title={" + "a" * 10_001 + "}", "title: a field of more than 10,000 characters"),
        ("author={" + "A B " * 300 + "}", "author: a name of more than 1,000 characters"),
    ],
)
def test_a_field_that_is_too_long_is_a_reason(field: str, reason: str) -> None:
    found = read_bibtex(f"@article{{a, year={{2024}}, {field}}}\n@article{{b, title={{Things}}}}")
    assert [one.reason for one in found.rejected] == [reason]
    assert len(found.drafts) == 1
    assert found.total == 2


def test_an_abstract_may_have_any_length_and_there_may_be_thousands_of_authors() -> None:
    names = " and ".join(["Example, Ada", "Sample, Ben"] * 1_500)
    found = read_bibtex(
        f"@article{{a, title={{Things}}, author={{{names}}}, abstract={{{'a ' * 20_000}}}}}"
    )
    assert not found.rejected
    assert len(found.drafts) == 1
