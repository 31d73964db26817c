"""The manifest leaves alone what has not changed, and removes what a build wrote and no other."""

import marshal
import os
from pathlib import Path

import pytest

from catalog.store.files import LazyFile, OutputFile, write_all
from catalog.store.manifest import Manifest


class Kitchen:
    """Writes files from recipes into a folder and remembers which of them were made."""

    def __init__(self, folder: Path, program: str = "1") -> None:
        self.site = folder / "site"
        self.file = folder / "cache" / "site.manifest"
        self.program = program
        self.made: list[str] = []

    def cook(self, files: dict[str, str], *, is_stopped: bool = False) -> list[str]:
        """Write the files; return the names of those that were made anew."""
        self.made = []
        manifest = Manifest(self.site, self.file, self.program)
        with manifest:
            write_all(self.site, [self._to_recipe(*item) for item in files.items()], manifest)
            if not is_stopped:
                manifest.finish()
        return self.made

    def read(self) -> dict[str, str]:
        files = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_text() for path in files}

    def _to_recipe(self, name: str, text: str) -> OutputFile:
        def make() -> str:
            self.made.append(name)
            return text

        return LazyFile(name, f"digest of {text}", make)


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


def test_what_is_made_from_the_same_is_not_made_again(kitchen: Kitchen) -> None:
    assert kitchen.cook({"a.html": "a", "b/c.html": "c"}) == ["a.html", "b/c.html"]
    assert kitchen.cook({"a.html": "a", "b/c.html": "new"}) == ["b/c.html"]
    assert kitchen.read() == {"a.html": "a", "b/c.html": "new"}


@pytest.mark.parametrize("harm", ["delete", "edit"])
def test_a_file_that_is_not_as_it_was_written_is_made_again(kitchen: Kitchen, harm: str) -> None:
    kitchen.cook({"a.html": "a", "b.html": "b"})
    path = kitchen.site / "a.html"
    path.unlink() if harm == "delete" else path.write_text("longer")
    assert kitchen.cook({"a.html": "a", "b.html": "b"}) == ["a.html"]
    assert kitchen.read() == {"a.html": "a", "b.html": "b"}


def test_what_another_program_made_is_made_again(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a"})
    kitchen.program = "2"
    assert kitchen.cook({"a.html": "a"}) == ["a.html"]
    assert kitchen.cook({"a.html": "a"}) == []


def test_what_no_longer_belongs_there_goes_with_its_folders(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a", "old/deep/b.html": "b"})
    kitchen.cook({"a.html": "a"})
    assert kitchen.read() == {"a.html": "a"}
    assert not (kitchen.site / "old").exists()


def test_nothing_that_others_wrote_is_removed(kitchen: Kitchen) -> None:
    kitchen.cook({"a/b.html": "b", "c.html": "c"})
    (kitchen.site / "a" / "mine.txt").write_text("mine")
    (kitchen.site / "c.html").write_text("mine now")
    kitchen.cook({"d.html": "d"})
    assert kitchen.read() == {"a/mine.txt": "mine", "c.html": "mine now", "d.html": "d"}


def test_files_of_a_build_that_was_stopped_are_removed_by_the_next(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a"})
    kitchen.cook({"a.html": "a", "half.html": "half"}, is_stopped=True)
    assert "half.html" in kitchen.read()
    kitchen.cook({"a.html": "a"})
    assert kitchen.read() == {"a.html": "a"}


@pytest.mark.parametrize(
    "data",
    [b"", b"{", *map(marshal.dumps, ([], None, {"version": 2}, {"version": 0, "files": {}}))],
)
def test_a_manifest_that_cannot_be_understood_says_nothing(kitchen: Kitchen, data: bytes) -> None:
    kitchen.cook({"a.html": "a"})
    kitchen.file.write_bytes(data)
    assert not Manifest(kitchen.site, kitchen.file, "1").is_known
    assert kitchen.cook({"a.html": "a"}) == ["a.html"]


def test_what_a_killed_write_left_beside_a_file_is_removed(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a", "b/c.html": "c"}, is_stopped=True)
    (kitchen.site / "b" / ".c.html.0123abcd.tmp").write_text("ha")
    (kitchen.site / "b" / ".mine.tmp").write_text("mine")
    kitchen.cook({"a.html": "a", "b/c.html": "c"})
    assert kitchen.read() == {"a.html": "a", "b/c.html": "c", "b/.mine.tmp": "mine"}


def test_a_manifest_of_another_folder_says_nothing(kitchen: Kitchen, tmp_path: Path) -> None:
    kitchen.cook({"a.html": "a"})
    assert not Manifest(tmp_path / "elsewhere", kitchen.file, "1").is_known


def test_a_journal_removes_nothing_outside_the_folder(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a"})
    outside = kitchen.site.parent / "mine.txt"
    outside.write_text("mine")
    kitchen.file.with_suffix(".journal").write_text("../mine.txt\n/etc/nothing\n")
    kitchen.cook({"a.html": "a"})
    assert outside.read_text() == "mine"


def test_the_times_of_unchanged_files_stay(kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a"})
    os.utime(kitchen.site / "a.html", (1, 1))
    assert kitchen.cook({"a.html": "a"}) == ["a.html"]
    assert (kitchen.site / "a.html").stat().st_mtime == 1
    assert marshal.loads(kitchen.file.read_bytes())["files"]["a.html"][2] == 10**9


def test_what_stands_there_in_other_letter_case_goes_before_anything_is_written(
    kitchen: Kitchen,
) -> None:
    kitchen.cook({"a/Key/index.html": "a", "a/Key/Key.bib": "b", "c.html": "c"})
    (kitchen.site / "mine.html").write_text("mine")
    manifest = Manifest(kitchen.site, kitchen.file, kitchen.program)
    manifest.make_way(["a/Key/index.html", "new.html"])
    assert len(kitchen.read()) == 4
    manifest.make_way(["a/key/index.html"])
    assert kitchen.read() == {"mine.html": "mine"}
    assert not (kitchen.site / "a").exists()


@pytest.mark.parametrize("name", ["../../victim.txt", "a/../../../victim.txt", "/victim.txt"])
def test_a_name_that_leads_out_of_the_folder_is_not_believed(name: str, kitchen: Kitchen) -> None:
    kitchen.cook({"a.html": "a"})
    victim = kitchen.site / name.removeprefix("/")
    (kitchen.site / "a").mkdir()
    victim.write_text("precious", encoding="utf-8")
    state = victim.stat()
    kept = marshal.loads(kitchen.file.read_bytes())
    kept["files"][name] = "digest", state.st_size, state.st_mtime_ns
    kitchen.file.write_bytes(marshal.dumps(kept))
    kitchen.cook({"a.html": "a"})
    assert victim.read_text(encoding="utf-8") == "precious"


def test_nothing_is_removed_through_a_link(kitchen: Kitchen, tmp_path: Path) -> None:
    kitchen.cook({"a/b.html": "b", "c.html": "c"})
    (kitchen.site / "a").rename(tmp_path / "precious")
    (kitchen.site / "a").symlink_to(tmp_path / "precious")
    kitchen.cook({"c.html": "c"})
    assert (tmp_path / "precious" / "b.html").is_file()
