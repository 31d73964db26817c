"""How long the parts of a build take."""

import time

import pytest

from catalog.store.files import OutputFile
from catalog.tasks.timings import Timings


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose only value the test sets."""
    now = [100.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(time, "process_time", lambda: 0.25)
    return now


def read(table: str) -> list[list[str]]:
    return [line.rsplit(maxsplit=1) for line in table.splitlines() if line]


def test_stages_add_up(clock: list[float]) -> None:
    timings = Timings()
    timings.begin("one")
    clock[0] += 2
    timings.begin("two")
    clock[0] += 1
    timings.end()
    clock[0] += 50  # between the stages
    timings.begin("one")
    clock[0] += 0.5
    timings.end()
    assert read(timings.describe())[1:] == [
        ["starting", "0.25"],
        ["one", "2.50"],
        ["two", "1.00"],
        ["all", "3.75"],
    ]


def test_files_are_summed_by_their_kinds(clock: list[float]) -> None:
    timings = Timings()

    def give() -> list[OutputFile]:
        return [
            ("papers/a/index.html", ""),
            ("papers/b/index.html", ""),
            ("export/all.bib", ""),
            ("index.html", ""),
            ("404.html", ""),
        ]

    costs = iter([1.0, 2.0, 4.0, 0.01, 0.01])
    for _ in timings.watch(give()):
        clock[0] += next(costs)
    table = timings.describe().partition("of that, files of the site\n")[2]
    assert [line.split() for line in table.splitlines()] == [
        ["export/*.bib", "4.00", "1"],
        ["papers/*/index.html", "3.00", "2"],
        ["all", "others", "0.02", "2"],
    ]


def test_what_is_watched_comes_out_as_it_is() -> None:
    outputs: list[OutputFile] = [("a", "1"), ("b", b"2")]
    assert list(Timings().watch(outputs)) == outputs
