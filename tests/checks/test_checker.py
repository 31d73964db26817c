"""A list that is checked again: unchanged records are taken as they were, and nothing is missed."""

import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from catalog.checks.check import Checker, check
from catalog.model.findings import Fault
from catalog.model.records import Paper
from catalog.store.yaml.plain_records import LEAST

TODAY = date(2025, 12, 31)
PLACES = ("papers.yaml", "papers/more.yaml")


@pytest.fixture
def long_list(tmp_path: Path) -> Path:
    """A list of two files that are long enough to be read record by record."""
    write_list(tmp_path, 900)
    text = (tmp_path / "papers.yaml").read_text()
    middle = text.index("- key:", len(text) // 2)
    (tmp_path / "papers").mkdir()
    for name, part in zip(PLACES, (text[:middle], text[middle:]), strict=True):
        assert len(part) > LEAST
        (tmp_path / name).write_text(part)
    return tmp_path


def edit(folder: Path, chance: random.Random) -> None:
    """Change, add, remove, move or break something in one of the files."""
    file = folder / chance.choice(PLACES)
    head, *records = re.split(r"^(?=- key: )", file.read_text(), flags=re.MULTILINE)
    place = chance.randrange(len(records))
    old, number = records[place], chance.randrange(1000)
    key = old.split("\n", 1)[0].removeprefix("- key: ")
    changes: list[Callable[[], list[str]]] = [
        lambda: [re.sub('title: "', f'title: "New{number} ', old)],
        lambda: [old.replace(key, f"new{number}")],
        lambda: [old, old],
        lambda: [old, old.replace(key, f"new{number}")],
        lambda: [],
        lambda: [old + f"  note: {chance.choice(['', '&a b', '[c', 'd: e', '|', 'f.'])}\n"],
        lambda: [old + f"  {chance.choice(['year: 1', 'colour: red', 'arxiv: 1', 'tags: x'])}\n"],
        lambda: [old.replace("authors:", "editors:")],
        lambda: [re.sub("venue: .*", "venue: W1", old), "# a comment\n"],
        lambda: [re.sub("sections: .*", "sections: [nowhere]", old)],
    ]
    records[place : place + 1] = chance.choice(changes)()
    if chance.random() < 0.2:
        chance.shuffle(records)
    if file.name == "papers.yaml" and chance.random() < 0.4:
        head = chance.choice(
            [
                head.replace("title: Section 0\n", f"title: Part {number}\n"),
                head.replace("V1:", f"W{number % 2}:"),
                head.replace("id: section-0\n", "id: section-1\n"),
                head.replace("papers:\n", f"settings: {{order: [{number}]}}\npapers:\n"),
                head.replace("papers:\n", "settings: {order: [title]}\npapers:\n"),
                head + "  # all\n",
            ]
        )
    file.write_text(head + "".join(records))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_list_checked_again_gives_what_the_first_check_of_it_gives(
    long_list: Path, seed: int
) -> None:
    chance, checker = random.Random(seed), Checker(long_list)
    before = {name: (long_list / name).read_text() for name in PLACES}
    for step in range(12):
        found, expected = checker.check(today=TODAY), check(long_list, today=TODAY)
        assert found.findings == expected.findings
        assert found.records == expected.records
        if found.catalog is None or expected.catalog is None:
            assert found.catalog is expected.catalog is None
        else:
            assert found.catalog.papers == expected.catalog.papers
            assert found.catalog.head == expected.catalog.head
        if step % 4 == 3:
            for name, text in before.items():
                (long_list / name).write_text(text)
        else:
            edit(long_list, chance)


def test_an_unchanged_record_is_read_and_checked_once(
    long_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker = Checker(long_list)
    first = checker.check(today=TODAY).catalog
    checked: list[Paper] = []

    def check_paper(paper: Paper, _today: date) -> tuple[Fault, ...]:
        checked.append(paper)
        return ()

    monkeypatch.setattr("catalog.checks.check.check_paper", check_paper)
    papers = long_list / "papers" / "more.yaml"
    papers.write_text(papers.read_text().replace('title: "', 'title: "New ', 1))
    second = checker.check(today=TODAY).catalog
    assert first is not None
    assert second is not None
    changed = [a for a, b in zip(first.papers, second.papers, strict=True) if a is not b]
    assert len(changed) == 1
    assert len(checked) == 1
    checker.check(today=TODAY.replace(year=TODAY.year + 1))
    assert len(checked) > len(second.papers)
