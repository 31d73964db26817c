"""Files are written whole or not at all, and only when they change."""

import os
import stat
from pathlib import Path

import pytest

from catalog.errors import UnwritableOutputError
from catalog.store.files import is_current, remove, write_all, write_text


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_utf_8_with_line_feeds_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b c" / "ü.txt"
    assert write_text(path, "é\nx\n")
    assert path.read_bytes() == "é\nx\n".encode()
    assert names_in(path.parent) == ["ü.txt"]


def test_a_file_that_holds_the_text_already_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "same")
    os.utime(path, (1, 1))
    assert not write_text(path, "same")
    assert path.stat().st_mtime == 1
    assert write_text(path, "diff")
    assert path.read_text() == "diff"


def test_a_new_file_has_the_mode_that_the_user_asks_for(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "a.txt", "a")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_changed_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.sh"
    write_text(path, "a")
    path.chmod(0o755)
    write_text(path, "b")
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def fail(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UnwritableOutputError, match=r"a\.txt: cannot be written: No space left"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["a.txt"]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def interrupt(source: str, target: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", ["taken", "file/inside"])
def test_what_stands_in_the_way_is_named_in_one_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableOutputError, match=r"cannot be written"):
        write_text(tmp_path / name, "a")


def test_writing_many_counts_all_and_the_changed(tmp_path: Path) -> None:
    files = [("a.txt", "a"), ("b/c.txt", "c")]
    written = write_all(tmp_path, files)
    assert (written.files, written.changed) == (2, 2)
    written = write_all(tmp_path, [*files, ("d.txt", "d")])
    assert (written.files, written.changed) == (3, 1)


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "a//b", "./a", "..\\a", "a/.."])
def test_no_path_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leads out of"):
        write_all(tmp_path / "site", [(name, "a")])


def test_line_ends_of_a_checkout_do_not_make_a_file_stale(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert not is_current(path, "a\n")
    path.write_bytes(b"a\r\nb\r\n")
    assert is_current(path, "a\nb\n")
    assert not is_current(path, "a\nc\n")


def test_a_file_is_removed_and_need_not_be_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    remove(path)
    assert not path.exists()
    remove(path)
