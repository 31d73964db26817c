"""Invented lists, each in a form that lists really have, with what a careful reader finds in it.

`data/lists/NAME.json` is what `catalog import NAME.md --dry-run --format json` prints;
`CATALOG_GOLDEN=write pytest tests/importing` takes over what is read now, to be read line by line.
"""

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import ReadList, read_markdown
from catalog.importers.markdown.summary import summarise_import, to_json_shape
from catalog.model.draft import validate
from catalog.store.load import load

LISTS = Path(__file__).parents[2] / "data" / "lists"
NAMES = sorted(path.stem for path in LISTS.glob("*.md"))


@cache
def read(name: str) -> ReadList:
    return read_markdown((LISTS / f"{name}.md").read_bytes(), f"{name}.md")


def test_there_are_lists_of_many_shapes() -> None:
    assert len(NAMES) >= 25
    assert sorted(path.stem for path in LISTS.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_read_as_a_careful_reader_reads_it(name: str) -> None:
    found = json.loads(json.dumps(to_json_shape([read(name)])))
    golden = LISTS / f"{name}.json"
    if os.environ.get("CATALOG_GOLDEN") == "write":
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    expected = json.loads(golden.read_text(encoding="utf-8"))
    assert found["entries"] == expected["entries"]
    assert found == expected


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_invented(name: str) -> None:
    text = (LISTS / f"{name}.md").read_text(encoding="utf-8")
    found = read(name)
    shown = " ".join(text.replace("*", "").split())
    for entry in found.entries:
        assert entry.year is None or f"{entry.year % 100:02d}" in text
        for link in entry.links:
            assert link.url in text or link.url.startswith("https://github.com/")
        if entry.byline is not None and not found.repaired:
            for piece in entry.byline.shown.replace("*", "").split(","):
                assert " ".join(piece.split()) in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_accounted_for(name: str) -> None:
    lines = (LISTS / f"{name}.md").read_text(encoding="utf-8").splitlines()
    found = read(name)
    assert found.lines == len(lines)
    records = [
        line
        for entry in found.entries
        for line in range(entry.candidate.start, entry.candidate.end + 1)
        if lines[line - 1].strip()
    ]
    assert max(Counter(records).values(), default=1) == 1, "a line is in two records"
    assert found.counts[Fate.RECORD] == len(records)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "index"])
def test_what_is_written_is_a_list_without_errors(name: str, tmp_path: Path) -> None:
    made = make_list([read(name)])
    assert all(validated.paper is not None for validated in validate(made.drafts))
    (tmp_path / "papers.yaml").write_text(made.to_yaml(), encoding="utf-8")
    loaded = load(tmp_path)
    assert not loaded.findings
    assert summarise_import([read(name)], made)


@pytest.mark.parametrize(("count", "is_said"), [(1, True), (2, False)])
def test_a_work_in_two_sections_is_one_record_and_the_summary_says_so(
    count: int, is_said: bool
) -> None:
    line = "- [Things, and How to Align](https://arxiv.org/abs/2401.10000). Ada Example. 2024.\n"
    more = line.replace("Things", "Stuff").replace("10000", "10001")
    texts = (f"# A\n\n## One\n\n{line}{more}\n## Two\n\n{line}", f"# B\n\n## One\n\n{more}{line}")
    lists = [read_markdown(text.encode(), f"{n}.md") for n, text in enumerate(texts)]
    text = summarise_import(lists[:count], make_list(lists[:count]))
    assert ("several sections is one record" in text) is is_said
    assert "is one record" not in summarise_import(lists[1:], make_list(lists[1:]))


def test_an_index_leads_to_several_files_and_holds_fewer_entries() -> None:
    one = "# List\n\n- [more](a.md)\n"
    assert not read_markdown(one.encode(), "README.md").is_index
    assert read_markdown(f"{one}- [other](b.md)\n".encode(), "README.md").is_index


@pytest.mark.parametrize("is_twice", [False, True])
def test_a_work_in_two_sections_is_told_where_there_is_one(is_twice: bool) -> None:
    entry = "- Ada Example. [Things, and How to Align](https://arxiv.org/abs/2401.10000). 2024.\n"
    other = "- Ben Sample. [Quite Another Matter](https://arxiv.org/abs/2401.20000). 2023.\n"
    text = f"# List\n\n## One\n\n{entry}{other}\n## Two\n\n{entry if is_twice else ''}"
    read = read_markdown(text.encode(), "README.md")
    shown = summarise_import([read], make_list([read]))
    assert ("a work in several sections is one record" in shown) is is_twice
