"""Whatever the cache says, a build leaves the bytes that a clean build leaves."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from catalog.cli import run
from catalog.cli.console import FINE
from catalog.store.cache_dir import open_cache

pytestmark = pytest.mark.slow


PAPERS = 30
STEPS = int(os.environ.get("CATALOG_TEST_STEPS", "3"))
"""How often a list is changed, and how often a build is killed; more steps find more."""


def read_tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    tree = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in tree.items() if not name.startswith(".catalog-cache/")}


def build(folder: Path) -> None:
    time.sleep(0.06)  # a change just before a build keeps the next one from trusting times
    assert run(["-C", str(folder), "build"]) == FINE


def build_clean(folder: Path, elsewhere: Path) -> dict[str, bytes]:
    """Build a copy that holds nothing but what a list's owner writes."""
    shutil.rmtree(elsewhere, ignore_errors=True)
    made = {"site", ".catalog-cache"}
    shutil.copytree(folder, elsewhere, ignore=lambda at, _: made if at == str(folder) else set())
    build(elsewhere)
    return read_tree(elsewhere)


def edit(folder: Path, chance: random.Random) -> str:
    """Change something that a build reads or wrote; return what."""
    papers = folder / "papers.yaml"
    head, *records = re.split(r"^(?=- key: )", papers.read_text(), flags=re.MULTILINE)
    place = chance.randrange(len(records))
    change = chance.choice(list(CHANGES))
    CHANGES[change](folder, records, place, chance)
    papers.write_text(HEADS.get(change, str)(head) + "".join(records))
    return change


def _title(_folder: Path, records: list[str], place: int, chance: random.Random) -> None:
    records[place] = re.sub(
        r'(title: ")\w+', rf"\1Changed{chance.randrange(99)}", records[place], count=1
    )


def _author(_folder: Path, records: list[str], place: int, _: random.Random) -> None:
    records[place] = re.sub(r"authors: \[.*\]", "authors: [Ada Example]", records[place])


def _section(_folder: Path, records: list[str], place: int, chance: random.Random) -> None:
    section = f"sections: [section-{chance.randrange(5)}-{chance.randrange(4)}]"
    records[place] = re.sub(r"sections: \[.*\]", section, records[place])


def _key(_folder: Path, records: list[str], place: int, chance: random.Random) -> None:
    records[place] = re.sub(r"key: \w+", f"key: new{chance.randrange(9999)}", records[place])


def _delete(_folder: Path, records: list[str], place: int, _: random.Random) -> None:
    del records[place]


def _move(_folder: Path, records: list[str], place: int, _: random.Random) -> None:
    records.append(records.pop(place))


def _template(folder: Path, _records: list[str], _place: int, chance: random.Random) -> None:
    path = folder / "templates" / "site" / "missing.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<h1>Nothing {chance.randrange(99)} of {{{{ total }}}}</h1>\n")


def _prose(folder: Path, _records: list[str], _place: int, chance: random.Random) -> None:
    (folder / "docs" / "about.md").write_text(f"# About\n\nNumber {chance.randrange(99)}.\n")


def _settings(folder: Path, _records: list[str], _place: int, chance: random.Random) -> None:
    path = folder / "mkdocs.yml"
    path.write_text(
        re.sub(r"site_name: .*", f"site_name: Name {chance.randrange(99)}", path.read_text())
    )


def _state(folder: Path, records: list[str], place: int, _: random.Random) -> None:
    doi = re.search(r"doi: (\S+)", records[place])
    url = f"https://doi.org/{doi[1]}" if doi else "https://example.org/"
    (folder / "link-state.json").write_text(f'{{"links": {{"{url}": {{"status": "dead"}}}}}}')


def _output(folder: Path, _records: list[str], place: int, _: random.Random) -> None:
    pages = sorted((folder / "site" / "papers").glob("*/index.html"))
    pages[place % len(pages)].unlink()


def _harm(folder: Path, _records: list[str], place: int, _: random.Random) -> None:
    build = open_cache(folder) / "build"
    kept = [*sorted((build / "texts").iterdir()), build / "site.manifest", build / "last"]
    kept[place % len(kept)].write_text("{")


def _nothing(*_: object) -> None:
    return


CHANGES = {
    **{"title": _title, "author": _author, "section": _section, "key": _key, "delete": _delete},
    **{"move": _move, "template": _template, "prose": _prose, "settings": _settings},
    **{"state": _state, "output": _output, "cache": _harm},
    **{"venue": _nothing, "survey": _nothing, "nothing": _nothing},
}
HEADS = {
    "venue": lambda head: head.replace("Invention Number 1,", "Invention Number One,"),
    "survey": lambda head: head.replace("Invented Things", "Invented Matters"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "list", PAPERS)
    return tmp_path / "list"


def test_after_any_changes_a_build_leaves_what_a_clean_one_does(
    folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(8)
    build(folder)
    for _ in range(STEPS):
        changes = [edit(folder, chance) for _ in range(chance.randint(1, 3))]
        build(folder)
        assert read_tree(folder) == build_clean(folder, tmp_path / "clean"), changes


def test_a_build_that_was_killed_leaves_nothing_wrong_for_the_next(
    folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(3)
    build(folder)
    command = [sys.executable, "-m", "catalog", "-C", str(folder), "build"]
    for _ in range(STEPS):
        changes = [edit(folder, chance) for _ in range(4)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        # What the killed build made may be no longer wanted.
        changes += [edit(folder, chance) for _ in range(2)]
        build(folder)
        assert read_tree(folder) == build_clean(folder, tmp_path / "clean"), changes


def test_a_second_build_does_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    first = capsys.readouterr().err.splitlines()
    build(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert capsys.readouterr().err.splitlines() == ["nothing has changed", first[-1]]


def test_a_build_without_a_memory_touches_no_file_that_is_right(folder: Path) -> None:
    build(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*.*")}
    (open_cache(folder) / "build" / "last").unlink()
    build(folder)
    assert {path: path.stat().st_mtime_ns for path in (folder / "site").rglob("*.*")} == before
