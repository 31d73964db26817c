"""Whatever a file holds, it is read or refused in one line, and every line is accounted for."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.errors import UnreadableInputError
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import read_markdown
from catalog.importers.markdown.summary import summarise_import, to_json_shape
from catalog.model.draft import validate
from catalog.store.load import load_files
from tests.examples import examples, share_of

LISTS = Path(__file__).parents[2] / "data" / "lists"
LINES = sorted(
    {line for path in LISTS.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()}
)
PIECES = [
    *("**", "*", "_", "`", "[", "]", "](", ")", "(", "<", ">", "|", "#", "- ", "1. ", "\n", "\n\n"),
    *("    ", "\t", "<br>", "</br>", "<b>", "</b>", "<a href='", "<table><tr><td>", "</td></tr>"),
    *("<details><summary>", "</summary>", "</details>", "<!--", "-->", "```", "~~~", "---", "\\"),
    *(
        "https://arxiv.org/abs/2401.99901",
        "[pdf](",
        "et al.",
        "Ada Example, ",
        "CVPR 2020",
        "(2021",
    ),
    *(
        "“",
        "”",
        '"',
        "'",
        "，",
        "：",
        "【",
        "】",
        "Ã©",
        "\ufffc",
        "\u202e",
        "\x00",
        "\x0b",
        "\u2028",
    ),
    *("![", "](https://img.shields.io/badge/a-b-c)", "\r", "\r\n", "&amp;", "&#0;", "\U0001f525"),
]
markdown = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(LINES), max_size=40).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(PIECES)), max_size=40).map("".join),
)


def check(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = read_markdown(data, "README.md")
    except UnreadableInputError:
        return
    lines = re.split(r"\r\n|\n|\r", text.removeprefix("\ufeff"))
    assert found.lines == len(lines) - (lines[-1] == "")
    assert sum(found.counts.values()) == found.lines
    for entry in found.entries:
        assert entry.title.strip() == entry.title != ""
        assert 1 <= entry.candidate.start <= entry.candidate.end <= found.lines
    for remark in (*found.skipped, *found.unparsed):
        assert 1 <= remark.line <= found.lines
        assert remark.reason
    made = make_list([found])
    assert summarise_import([found], made)
    assert to_json_shape([found])["lines"] == found.lines
    assert all(validated.paper is not None for validated in validate(made.drafts))
    if made.drafts:
        loaded = load_files([("papers.yaml", made.to_yaml().encode())])
        assert not loaded.findings
        assert len({draft.values["key"] for draft in made.drafts}) == len(made.drafts)


@given(markdown)
@examples(300)
@example("")
@example("|\n|")
@example("- [a](\n<td>")
@example("<details><summary>\n</details></details>")
@example("<!--")
@example("# [ ]( \n- **a b c d** [pdf](https://arxiv.org/abs/2401.99901")
def test_any_text_is_accounted_for(text: str) -> None:
    check(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_markdown(data, "README.md")
    except UnreadableInputError as error:
        assert "\n" not in str(error)
    else:
        assert sum(found.counts.values()) == found.lines


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in LISTS.glob("*.md")))
def test_a_list_cut_anywhere_is_accounted_for(name: str) -> None:
    text = (LISTS / name).read_text(encoding="utf-8")
    for cut in range(0, len(text), max(1, len(text) // max(6, share_of(12)))):
        check(text[:cut])
        check(text[cut:])
