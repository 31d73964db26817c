from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.types import Value
from catalog.store.yaml import read_yaml
from catalog.store.yaml.editor import Edit, EditError, Insert, Remove, Set, edit

ROOT = Path(__file__).parents[3]
REAL = (ROOT / "papers.yaml").read_bytes()

SMALL = """\
# The list.
survey: {title: Things} # in braces
sections:
- {id: things, title: Things}
papers: # all of them

  # About the first.
  - key: a
    title: 'A thing'   # in single quotes
    authors:
      - Ada Example # given names
    tags: [one,
      two]
    note: >- # folded
      A note
      in two lines.

  # About the second.
  - key: b
    title: "B"
    abstract: |+
      Kept.

  - {key: c, title: C}
# The end.
"""


def _edit(text: str, *changes: Edit) -> str:
    return edit(text.encode(), "papers.yaml", changes).decode()


def _assert_edit(changes: list[Edit], *replaced: tuple[str, str]) -> None:
    """Hold that the changes replace these parts of the small list, and nothing else."""
    expected = SMALL
    for old, new in replaced:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert _edit(SMALL, *changes) == expected
    # The same in a file from Windows, with its byte order mark.
    windows = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert _edit(windows, *changes) == "\ufeff" + expected.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Set(("papers", 0, "title"), "no"), "'A thing'", '"no"'),
        (Set(("papers", 0, "title"), "Things"), "'A thing'", "Things"),
        (Set(("papers", 0, "tags"), ["x"]), "[one,\n      two]", "[x]"),
        (Set(("papers", 0, "tags", 1), "x, y"), "      two]", '      "x, y"]'),
        (Set(("papers", 0, "authors", 0), "Ben Sample"), "- Ada Example", "- Ben Sample"),
        (
            Set(("papers", 0, "note"), "Short."),
            "note: >- # folded\n      A note\n      in two lines.",
            "note: Short. # folded",
        ),
        (Set(("papers", 2, "title"), "C, D"), "title: C", 'title: "C, D"'),
        (Set(("papers", 2, "year"), "2024"), "title: C", "title: C, year: 2024"),
        (Set(("survey", "venue"), "Conf"), "{title: Things}", "{title: Things, venue: Conf}"),
        (
            Set(("papers", 1, "doi"), "10.1000/x"),
            '    title: "B"\n',
            '    title: "B"\n    doi: 10.1000/x\n',
        ),
        (
            Set(("papers", 1, "added"), "2025-10-08"),
            "      Kept.\n\n",
            "      Kept.\n\n    added: 2025-10-08\n",
        ),
        (Insert(("papers", 0, "tags"), 0, "zero"), "tags: [", "tags: [zero, "),
        (Insert(("papers", 0, "tags"), 1, "half"), "      two]", "      half, two]"),
        (Insert(("papers", 0, "tags"), 2, "three"), "two]", "two, three]"),
        (
            Insert(("papers", 0, "authors"), 1, "van der Berg, Carla"),
            "# given names\n",
            "# given names\n      - van der Berg, Carla\n",
        ),
        (
            Insert(("papers", 0, "authors"), 0, {"literal": "Team"}),
            "      - Ada",
            "      - {literal: Team}\n      - Ada",
        ),
        (
            Insert(("papers",), 0, {"key": "new", "title": "New"}),
            "  # About the first.\n",
            "  - key: new\n    title: New\n\n  # About the first.\n",
        ),
        (
            Insert(("papers",), 1, {"key": "new", "title": "New"}, {"title": "guessed"}),
            "  # About the second.\n",
            "  - key: new\n    title: New # doubtful: guessed\n\n  # About the second.\n",
        ),
        (
            Insert(("papers",), 3, {"title": "New", "key": "new"}),
            "  - {key: c, title: C}\n",
            "  - {key: c, title: C}\n\n  - key: new\n    title: New\n",
        ),
        (
            Insert(("sections",), 1, {"id": "more", "title": "More"}),
            "- {id: things, title: Things}\n",
            "- {id: things, title: Things}\n- id: more\n  title: More\n",
        ),
        (Remove(("papers", 0, "tags")), "    tags: [one,\n      two]\n", ""),
        (Remove(("papers", 0, "tags", 0)), "[one,\n      two]", "[two]"),
        (Remove(("papers", 0, "tags", 1)), "[one,\n      two]", "[one]"),
        (
            Remove(("papers", 0, "authors", 0)),
            "authors:\n      - Ada Example # given",
            "authors: [] # given",
        ),
        (Remove(("papers", 0, "key")), "- key: a\n    title", "- title"),
        (Remove(("papers", 2, "title")), "{key: c, title: C}", "{key: c}"),
        (Remove(("papers", 2, "key")), "{key: c, title: C}", "{title: C}"),
        (Remove(("papers", 2)), "  - {key: c, title: C}\n", ""),
        (Remove(("survey", "title")), "{title: Things}", "{}"),
        (Remove(("survey",)), "survey: {title: Things} # in braces\n", ""),
    ],
)
def test_a_change_replaces_one_part_and_nothing_else(change: Edit, old: str, new: str) -> None:
    _assert_edit([change], (old, new))


def test_a_field_comes_where_the_order_of_the_model_has_it() -> None:
    text = "papers:\n  - key: a\n    title: A\n    year: 2024 # sure\n    note: N\n"

    assert _edit(text, Set(("papers", 0, "links", "pdf"), "https://example.org/")) == (
        "papers:\n  - key: a\n    title: A\n    year: 2024 # sure\n"
        "    links:\n      pdf: https://example.org/\n    note: N\n"
    )


def test_a_field_that_comes_first_takes_the_place_of_the_first() -> None:
    assert _edit("- title: A\n", Set((0, "key"), "a")) == "- key: a\n  title: A\n"


def test_changes_are_made_at_once_by_the_paths_before_them() -> None:
    _assert_edit(
        [
            Insert(("papers", 0, "tags"), 2, "three"),
            Remove(("papers", 2)),
            Set(("papers", 1, "arxiv"), "2401.10000"),
            Set(("papers", 1, "doi"), "10.1000/x"),
            Insert(("papers",), 2, {"key": "new"}),
            Insert(("papers",), 2, {"key": "newer"}),
        ],
        ("two]", "two, three]"),
        ('    title: "B"\n', '    title: "B"\n    arxiv: "2401.10000"\n    doi: 10.1000/x\n'),
        ("  - {key: c, title: C}\n", "  - key: new\n\n  - key: newer\n\n"),
    )


def test_two_fields_of_a_mapping_that_is_not_there_make_it_once() -> None:
    pdf, code = "https://example.org/pdf", "https://example.org/code"

    assert _edit("- key: a\n", Set((0, "links", "pdf"), pdf), Set((0, "links", "code"), code)) == (
        f"- key: a\n  links:\n    pdf: {pdf}\n    code: {code}\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("papers: []\n", "papers:\n  - key: new\n"),
        ("papers: [] # none yet\n", "papers:\n  - key: new # none yet\n"),
        (
            "survey: {title: T}\npapers:\n- key: a",
            "survey: {title: T}\npapers:\n- key: a\n\n- key: new\n",
        ),
        ("[]\n", "- key: new\n"),
    ],
)
def test_a_first_and_a_last_record_are_inserted(before: str, after: str) -> None:
    value = read_yaml(before.encode(), "p").value
    path = ("papers",) if isinstance(value, dict) else ()
    records = value["papers"] if isinstance(value, dict) else value

    assert _edit(before, Insert(path, len(records or []), {"key": "new"})) == after


def test_a_table_that_is_not_there_is_added_with_a_blank_line() -> None:
    assert _edit("survey: {title: T}\n", Set(("papers",), [{"key": "new"}])) == (
        "survey: {title: T}\n\npapers:\n  - key: new\n"
    )


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        # The first item of a list in brackets, the first field of a mapping in braces.
        ("- {key: a, tags: []}\n", Insert((0, "tags"), 0, "x"), "- {key: a, tags: [x]}\n"),
        ("- {}\n", Set((0, "key"), "a"), "- {key: a}\n"),
        ("- {title: A}\n", Set((0, "key"), "a"), "- {key: a, title: A}\n"),
        ("- {key: a, links: {}}\n", Set((0, "links", "pdf"), "b"), "- {key: a, links: {pdf: b}}\n"),
        # A record that begins in the line of another list, and one below what is about the file.
        ("- - a\n  - b\n", Insert((0,), 0, "c"), "- - c\n  - a\n  - b\n"),
        (
            "# About the file.\n- key: a\n",
            Insert((), 0, {"key": "b"}),
            "# About the file.\n- key: b\n\n- key: a\n",
        ),
        # The whole of a file.
        ("- key: a\n", Set((), [{"key": "b"}]), "- key: b\n"),
    ],
)
def test_the_first_of_a_list_or_mapping_is_put_where_it_belongs(
    before: str, change: Edit, after: str
) -> None:
    assert _edit(before, change) == after


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        ("- a\n", [Set((0, "key"), "b")], "there is no 'key' to change"),
        ("- key: a\n", [Set((0, "tags", 0, "x"), "b"), Set((0, "tags"), ["c"])], "two values"),
        ("- key: a\n", [Remove((0, "key", "x"))], "there is no"),
        ("- key: a\n", [Remove((1,))], "there is no 1"),
    ],
)
def test_a_change_of_what_is_not_there_is_told(text: str, changes: list[Edit], reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        _edit(text, *changes)


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("- key: [", Set((0, "key"), "b"), "cannot be changed"),
        ("", Set((0, "key"), "b"), "cannot be changed"),
        ("- key: a\n", Set((3, "key"), "b"), "there is no 3"),
        ("- key: a\n", Remove((0, "title")), "there is no 'title'"),
        ("- key: a\n", Insert((0, "key"), 0, "b"), "there is no list"),
        ("- key: a\n", Insert((), 2, {"key": "b"}), "there is no list"),
        ("- key: a\n", Set((0, "<<"), "b"), "would have the fault"),
        ("- key: a\n", Set((0, "title"), ""), "would have the fault"),
        ("- key: a\n", Set((0, "title"), "a\u202eb"), "would have the fault"),
    ],
)
def test_what_cannot_be_changed_is_told(text: str, change: Edit, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        _edit(text, change)


def test_two_changes_in_one_place_are_refused() -> None:
    changes: list[Edit] = [Remove(("papers", 0)), Set(("papers", 0, "title"), "B")]

    with pytest.raises(EditError, match="meet in one place"):
        _edit("papers:\n  - key: a\n    title: A\n  - key: b\n", *changes)


@pytest.mark.slow
def test_the_real_list_changes_in_the_added_lines_only() -> None:
    record: Value = {"key": "example2024things", "title": "Things: A Survey", "year": "2024"}
    count = len(yaml.safe_load(REAL)["papers"])

    for index in (0, 1, 57, count):
        new = edit(REAL, "papers.yaml", [Insert(("papers",), index, record)])
        old_lines, new_lines = REAL.splitlines(), new.splitlines()
        added = [b"  - key: example2024things", b'    title: "Things: A Survey"', b"    year: 2024"]
        start = new_lines.index(added[0])
        blank = start - 1 if index == count else start + 3
        assert new_lines[start : start + 3] == added
        assert new_lines[blank] == b""
        assert new_lines[: min(start, blank)] + new_lines[max(start + 3, blank + 1) :] == old_lines


# Lists in any style, with comments wherever YAML takes them.

_text = st.text("ab:#-, 'é\"[]{}\\", min_size=1, max_size=8)
_record: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {"key": _text},
    optional={
        "title": _text,
        "year": st.just("2024"),
        "tags": st.lists(_text, max_size=3),
        "links": st.dictionaries(_text, _text, max_size=2),
        "authors": st.lists(
            _text | st.fixed_dictionaries({"literal": _text}), min_size=1, max_size=3
        ),
        "abstract": st.lists(_text, min_size=1, max_size=3).map("\n".join),
    },
)


@st.composite
def _styled(draw: st.DrawFn) -> tuple[str, dict[str, Value]]:
    value: dict[str, Value] = {"papers": list(draw(st.lists(_record, min_size=1, max_size=3)))}
    text = yaml.dump(
        value,
        default_flow_style=draw(st.sampled_from([None, False, True])),
        default_style=draw(st.sampled_from([None, "'", '"', "|", ">"])),
        width=draw(st.sampled_from([10, 80])),
        indent=draw(st.sampled_from([2, 4])),
        allow_unicode=draw(st.booleans()),
        sort_keys=draw(st.booleans()),
    )
    lines: list[str] = []
    for line in text.splitlines():
        if draw(st.integers(0, 5)) == 0:
            candidate = "\n".join([*lines, f"{draw(st.sampled_from(['', '  ']))}# c{len(lines)}"])
            if _is_same(f"{candidate}\n" + text.split("\n", len(lines))[-1], value):
                lines.append(candidate.splitlines()[-1])
        lines.append(line)
    text = draw(st.sampled_from(["\n", "\r\n"])).join(lines)
    text = draw(st.sampled_from(["", "\ufeff"])) + text + draw(st.sampled_from(["", "\n"]))
    return (text, value) if _is_same(text, value) else (yaml.dump(value), value)


def _is_same(text: str, value: Value) -> bool:
    document = read_yaml(text.encode(), "p")
    return document.value == value and not document.findings


@given(_styled(), st.data())
def test_changes_in_any_style_give_the_values_that_are_meant(
    styled: tuple[str, dict[str, Value]], data: st.DataObject
) -> None:
    text, value = styled
    if not _is_same(text, value):
        return
    papers = value["papers"]
    assert isinstance(papers, list)
    index = data.draw(st.integers(0, len(papers) - 1))
    record = papers[index]
    assert isinstance(record, dict)
    name = data.draw(st.sampled_from([*record, "doi", "note"]))
    changes: list[Edit] = [
        Set(("papers", index, name), data.draw(_text)),
        Set(("papers", index, "abstract"), data.draw(_text) + "\nmore\n"),
        Set(("papers", index, "links", "pdf"), "https://example.org/"),
        Set(("papers", index, "authors"), ["Ada Example", {"literal": "A, B"}] * 9),
        Insert(("papers",), index, data.draw(_record)),
        Insert(("papers",), len(papers), data.draw(_record), {"key": "guessed"}),
        Remove(("papers", index)),
        Remove(("papers", index, data.draw(st.sampled_from([*record])))),
    ]
    change = data.draw(st.sampled_from(changes))

    new = _edit(text, change)

    # `edit` itself holds the values; here, that the comments stay.
    kept = [line for line in text.splitlines() if line.strip().startswith("# c")]
    if not isinstance(change, Set | Remove):
        assert [line for line in new.splitlines() if line.strip().startswith("# c")] == kept
    assert new.startswith("\ufeff") == text.startswith("\ufeff")


def test_a_link_and_a_field_behind_the_links_are_added_in_their_places() -> None:
    text = "- key: a\n  title: A\n  links:\n    pdf: https://example.org/a.pdf\n"
    changes: list[Edit] = [
        Set((0, "added"), "2025-10-05"),
        Set((0, "links", "code"), "https://example.org/code"),
    ]
    expected = text + "    code: https://example.org/code\n  added: 2025-10-05\n"
    assert _edit(text, *changes) == _edit(text, *reversed(changes)) == expected


def test_a_link_of_the_last_paper_goes_before_a_new_paper() -> None:
    text = "- key: a\n  title: A\n  links:\n    pdf: https://example.org/a.pdf\n"
    changes: list[Edit] = [
        Insert((), 1, {"key": "b", "title": "B"}),
        Set((0, "links", "code"), "https://example.org/code"),
    ]
    expected = text + "    code: https://example.org/code\n\n- key: b\n  title: B\n"
    assert _edit(text, *changes) == expected
