from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalog.cli import run
from catalog.model.types import Value
from catalog.store.format import find_unformatted, format_file
from catalog.store.load import load
from catalog.store.yaml import comments, read_yaml
from catalog.store.yaml.editor import EditError

ROOT = Path(__file__).parents[2]

UGLY = """\
# About the file.

survey: {title: 'Things', # of the survey
   year: "2025" }
venues: # all of them
    Conf:   {kind: conference}
sections: [ {title: Small, id: small} ]   # one
papers:
# About the first.
#   - with a list

# and more
- title: "First" # of the first
  # about the key
  key: a
  authors: # of the first
   - Ada Example # given names
   - "Ben Sample"
  tags: [one, # about one
         two] # about tags
  links:
    code: "https://example.org/code"
    # about the PDF
    pdf: https://example.org/pdf
  note: >-  # folded
     A note
     in two lines.
- {title: Second, key: b, year: 2024}   # of the second
- # about the third
  key: c
  title: |
    Third
  sections: [small
  ] # closed
# At the end.

# At the very end.
"""

PRETTY = """\
# About the file.

survey:
  title: Things # of the survey
  year: 2025

sections: # one
  - id: small
    title: Small

venues: # all of them
  Conf:
    kind: conference

papers:
  # About the first.
  #   - with a list

  # and more
  # about the key
  - key: a
    title: First # of the first
    authors: # of the first
      - Ada Example # given names
      - Ben Sample
    tags:
      - one # about one
      - two # about tags
    links:
      # about the PDF
      pdf: https://example.org/pdf
      code: https://example.org/code
    note: A note in two lines. # folded

  # of the second
  - key: b
    title: Second
    year: 2024

  # about the third
  - key: c
    title: "Third\\n"
    sections: [small] # closed
# At the end.

# At the very end.
"""


def _format(text: str) -> str:
    return format_file(text.encode(), "papers.yaml").decode()


def test_every_value_and_comment_stays_where_it_belongs() -> None:
    formatted = _format(UGLY)

    assert formatted == PRETTY
    assert _format(formatted) == formatted


@pytest.mark.parametrize("name", ["papers.yaml", "tests/data/invented/papers.yaml"])
def test_a_list_has_equal_records_afterwards(name: str, tmp_path: Path) -> None:
    (tmp_path / "papers.yaml").write_bytes(format_file((ROOT / name).read_bytes(), name))
    before, after = load((ROOT / name).parent).catalog, load(tmp_path).catalog

    assert before is not None
    assert after is not None
    assert (after.head, after.papers) == (before.head, before.papers)
    assert find_unformatted(tmp_path) == {}


def test_line_ends_stay_and_a_byte_order_mark_goes() -> None:
    text = "- key: a\r\n  # why\r\n  title:  A\r\n"

    assert _format(f"\ufeff{text}") == text.replace("  A", " A")


@pytest.mark.parametrize("text", ["- key: [", "- k: a\n  k: b\n", "- key: *a\n", "# only this\n"])
def test_a_file_with_faults_is_left_alone(text: str) -> None:
    with pytest.raises(EditError, match="before this is fixed"):
        _format(text)


def test_the_command_writes_what_its_check_names(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "papers.yaml").write_text("survey: {title: T}\n", "utf-8")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/a.yaml").write_text("key: a\ntitle: A\n", "utf-8")
    folder = ["-C", str(tmp_path)]

    assert run([*folder, "fmt", "--check"]) == 1
    assert "papers.yaml is not in the one form" in capfd.readouterr().err
    assert (tmp_path / "papers.yaml").read_text("utf-8") == "survey: {title: T}\n"
    assert run([*folder, "fmt"]) == 0
    assert capfd.readouterr().err == "papers.yaml changed\n"
    assert run([*folder, "fmt", "--check"]) == 0
    assert (tmp_path / "papers.yaml").read_text("utf-8") == "survey:\n  title: T\n"


_text = st.text("ab:#-, 'é\"[]{}\\", min_size=1, max_size=8)
_record: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {"key": _text},
    optional={
        "title": _text,
        "year": st.just("2024"),
        "zzz": _text,
        "tags": st.lists(_text, max_size=3),
        "links": st.dictionaries(st.sampled_from(["pdf", "code", "x"]), _text, max_size=2),
        "authors": st.lists(_text | st.fixed_dictionaries({"literal": _text}), max_size=3),
        "abstract": st.lists(_text, min_size=1, max_size=3).map("\n".join),
    },
)
_files = st.fixed_dictionaries(
    {"survey": st.fixed_dictionaries({"title": _text}), "papers": st.lists(_record, max_size=3)},
    optional={
        "venues": st.dictionaries(_text, st.fixed_dictionaries({"name": _text}), max_size=2),
        "sections": st.lists(
            st.fixed_dictionaries({"title": _text, "sections": st.lists(_record, max_size=1)}),
            max_size=2,
        ),
    },
)


@st.composite
def _styled(draw: st.DrawFn) -> str:
    """A file in any style, with comments wherever YAML takes them."""
    value = draw(_files)
    text = yaml.dump(
        value,
        default_flow_style=draw(st.sampled_from([None, False, True])),
        default_style=draw(st.sampled_from([None, "'", '"', "|", ">"])),
        width=draw(st.sampled_from([10, 80])),
        indent=draw(st.sampled_from([2, 4])),
        allow_unicode=draw(st.booleans()),
        sort_keys=draw(st.booleans()),
    )
    lines = text.splitlines()
    for number, index in enumerate(draw(st.lists(st.integers(0, len(lines)), max_size=6))):
        beside = index < len(lines) and draw(st.booleans())
        margin = draw(st.sampled_from(["", "  ", "\n"]))
        comment = f"# c{number}{draw(st.sampled_from(['', ' and #']))}"
        tried = list(lines)
        if beside:
            tried[index] += f" {comment}"
        else:
            tried.insert(index, margin + comment)
        document = read_yaml("\n".join(tried).encode(), "papers.yaml")
        if document.value == value and not document.findings:
            lines = tried
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


@given(_styled())
def test_any_style_becomes_the_one_form_with_all_values_and_comments(text: str) -> None:
    document = read_yaml(text.encode(), "papers.yaml")
    if document.findings:
        return

    formatted = _format(text)

    with pytest.MonkeyPatch.context() as patch:
        # Whether a value may hold comments only saves time.
        patch.setattr(comments, "_may_have_comments", lambda _text, _node: True)
        assert _format(text) == formatted
    # `format_file` itself holds the values and the comments.
    assert _format(formatted) == formatted
    assert ("\r\n" in formatted) == ("\r\n" in text)
