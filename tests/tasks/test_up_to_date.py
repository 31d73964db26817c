"""A build that would change nothing is told from one that would."""

import contextlib
import marshal
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.cli.exit_codes import FINE
from catalog.store.cache_dir import open_cache
from catalog.tasks.previous_build import find_previous_build, print_previous_build
from catalog.tasks.up_to_date import BuildInputs, forget, remember

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
    assert find_previous_build(str(folder), ASKED) == "all is well"


@pytest.mark.parametrize("words", [["build"], ["build", "--strict"]])
@pytest.mark.parametrize("is_here", [True, False])
def test_nothing_changed_is_said_as_by_the_command_before_click_is_imported(
    folder: Path, words: list[str], is_here: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    remember(folder, (None, "--strict" in words), find_traces(folder), time.time(), "all is well")
    words, at = (words, folder) if is_here else (["-C", folder.name, *words], folder.parent)
    code = "from catalog.__main__ import main; main(); import sys; sys.exit('click' in sys.modules)"
    subprocess.run([sys.executable, "-c", code, *words], cwd=at, check=True)
    early = capfd.readouterr()
    with contextlib.chdir(at):
        assert run(words) == FINE
    assert capfd.readouterr() == early == ("", "nothing has changed\nall is well\n")


@pytest.mark.parametrize(
    "words",
    [[], ["--help"], ["check"], ["build", "--check"], ["build", "--engine", "mkdocs"], ["-C"]],
)
def test_everything_else_is_left_to_the_command(folder: Path, words: list[str]) -> None:
    remember(folder, (None, False), find_traces(folder), time.time(), "all is well")
    assert print_previous_build(["-C", str(folder), "build"])
    assert not print_previous_build(["-C", str(folder), *words])
    assert not print_previous_build(["-C", str(folder / "site"), "build"])


def test_another_request_is_another_build(folder: Path) -> None:
    assert find_previous_build(str(folder), ("mkdocs", True)) is None


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
    assert find_previous_build(str(folder), ASKED) is None


def test_what_changed_during_the_build_is_not_trusted(folder: Path) -> None:
    forget(folder)
    started = time.time()
    (folder / "papers.yaml").write_text("changed while it was read")
    remember(folder, ASKED, find_traces(folder), started, "all is well")
    assert find_previous_build(str(folder), ASKED) is None


def _read_last(folder: Path) -> bytes:
    return (open_cache(folder) / "build" / "last").read_bytes()


@pytest.mark.parametrize(
    "data",
    [b"", *map(marshal.dumps, ({}, [], None, {"asked": 1}, "last", {"asked": {}}))],
)
def test_a_memory_that_cannot_be_understood_says_nothing(folder: Path, data: bytes) -> None:
    for wrong in (data, _read_last(folder)[: len(data)]):
        (open_cache(folder) / "build" / "last").write_bytes(wrong)
        assert find_previous_build(str(folder), ASKED) is None


def test_the_year_is_part_of_a_build(folder: Path) -> None:
    last = marshal.loads(_read_last(folder))
    last["asked"] = (*last["asked"][:3], last["asked"][3] - 1, *last["asked"][4:])
    (open_cache(folder) / "build" / "last").write_bytes(marshal.dumps(last))
    assert find_previous_build(str(folder), ASKED) is None
