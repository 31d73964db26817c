"""A build that would change nothing is told from one that would."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.store.cache_dir import open_cache
from catalog.tasks.up_to_date import BuildInputs, find_previous_build, forget, remember

ASKED = ("mkdocs", False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A list that was built a moment ago."""
    for name in ("papers.yaml", "README.md", "templates/a.j2", "site/papers/k/index.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (open_cache(tmp_path) / "build").mkdir()
    time.sleep(0.06)
    remember(tmp_path, ASKED, find_traces(tmp_path), time.time(), "all is well")
    return tmp_path


def find_traces(folder: Path) -> BuildInputs:
    return BuildInputs(
        read=(folder / "papers.yaml", folder / "papers", folder / "templates"),
        seen=(folder / "templates",),
        written=(folder / "README.md",),
        site=folder / "site",
    )


def test_a_build_that_would_change_nothing_is_known(folder: Path) -> None:
    assert find_previous_build(folder, ASKED) == "all is well"


def test_another_request_is_another_build(folder: Path) -> None:
    assert find_previous_build(folder, ("mkdocs", True)) is None


def _rewrite(folder: Path) -> None:
    """Change a file but neither its size nor its time."""
    path = folder / "papers.yaml"
    state = path.stat()
    path.write_text("PAPERS.yaml")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        _rewrite,
        lambda folder: (folder / "papers.yaml").unlink(),
        lambda folder: (folder / "papers").mkdir(),
        lambda folder: (folder / "templates" / "b.j2").touch(),
        lambda folder: (folder / "templates" / "a.j2").rename(folder / "templates" / "c.j2"),
        lambda folder: (folder / "README.md").write_text("changed"),
        lambda folder: (folder / "site" / "papers" / "k" / "index.html").unlink(),
        lambda folder: (folder / "site" / "papers" / "more").mkdir(),
        forget,
    ],
)
def test_any_change_is_seen(folder: Path, change: Callable[[Path], object]) -> None:
    change(folder)
    assert find_previous_build(folder, ASKED) is None


def test_what_changed_during_the_build_is_not_trusted(folder: Path) -> None:
    forget(folder)
    started = time.time()
    (folder / "papers.yaml").write_text("changed while it was read")
    remember(folder, ASKED, find_traces(folder), started, "all is well")
    assert find_previous_build(folder, ASKED) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"asked": 1}'])
def test_a_memory_that_cannot_be_understood_says_nothing(folder: Path, text: str) -> None:
    (open_cache(folder) / "build" / "last.json").write_text(text)
    assert find_previous_build(folder, ASKED) is None


def test_the_year_is_part_of_a_build(folder: Path) -> None:
    path = open_cache(folder) / "build" / "last.json"
    last = json.loads(path.read_text())
    last["asked"][3] -= 1
    path.write_text(json.dumps(last))
    assert find_previous_build(folder, ASKED) is None
