"""Nothing that a commit can hold is believed as what an earlier build left."""

import marshal
import shutil
import time
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from catalog.cli import run
from catalog.store.cache_dir import make_cache, open_cache
from catalog.store.cache_name import FOLDER, find_cache
from tests.tasks.test_build import read_tree

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A small list that has been built."""
    write_list(tmp_path / "list", 3)
    time.sleep(0.06)  # or the build takes the list for one that is being written
    assert run(["-C", str(tmp_path / "list"), "build"]) == 0
    return tmp_path / "list"


def poison(cache: Path) -> None:
    """Put words of a stranger into all that a build remembers."""
    files = sorted((cache / "build" / "texts").iterdir())
    assert "bibtex" in {path.name for path in files}
    for path in files:
        program, texts = marshal.loads(path.read_bytes())
        path.write_bytes(marshal.dumps((program, dict.fromkeys(texts, "POISON"))))
    last = marshal.loads((cache / "build" / "last").read_bytes())
    (cache / "build" / "last").write_bytes(marshal.dumps({**last, "said": "POISON"}))
    (cache / "build" / "site.journal").write_text("mine.html\n", encoding="utf-8")


def assert_unharmed(folder: Path, before: dict[str, bytes]) -> None:
    with (folder / "papers.yaml").open("a", encoding="utf-8") as papers:
        papers.write("# changed\n")
    assert run(["-C", str(folder), "build"]) == 0
    after = read_tree(folder)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"papers.yaml"}
    assert not [name for name, data in after.items() if b"POISON" in data]


def test_a_committed_cache_is_not_believed(built: Path, tmp_path: Path) -> None:
    before = read_tree(built)
    built.rename(tmp_path / "theirs")
    shutil.copytree(tmp_path / "theirs", built)
    cache = next(path for path in (built / FOLDER).iterdir() if path.is_dir())
    poison(cache)
    assert_unharmed(built, before)
    assert not cache.exists()


@pytest.mark.parametrize("is_made_anew", [False, True])
def test_files_that_a_checkout_puts_into_a_cache_that_is_there_are_not_believed(
    built: Path, tmp_path: Path, is_made_anew: bool
) -> None:
    before = read_tree(built)
    cache = open_cache(built)
    committed = tmp_path / "committed"
    shutil.copytree(cache, committed)
    poison(committed)
    for name in ("build", "resolving", "0-0"):
        shutil.copytree(committed, built / FOLDER / name, dirs_exist_ok=True)
    if is_made_anew:
        (built / FOLDER / "made").unlink()
        (built / FOLDER / "made").touch()
    (built / "site" / "mine.html").write_text("mine", encoding="utf-8")
    assert_unharmed(built, before)
    # Without a memory the site is emptied first, as MkDocs does.
    assert (built / "site" / "mine.html").exists() == (not is_made_anew)


def test_the_cache_stays_with_a_list_that_moves(built: Path, tmp_path: Path) -> None:
    cache = open_cache(built)
    before = read_tree(built)
    built.rename(tmp_path / "moved")
    assert open_cache(tmp_path / "moved") == tmp_path / "moved" / FOLDER / cache.name
    assert run(["-C", str(tmp_path / "moved"), "build"]) == 0
    assert read_tree(tmp_path / "moved") == before


def test_a_cache_of_another_name_is_removed_with_all_in_it(tmp_path: Path) -> None:
    old = make_cache(tmp_path) / "build" / "frame"
    old.mkdir(parents=True)
    (tmp_path / "precious").mkdir()
    (old / "link").symlink_to(tmp_path / "precious")
    assert find_cache(str(tmp_path)) is None
    cache = open_cache(tmp_path)
    assert find_cache(str(tmp_path)) == str(cache) == str(open_cache(tmp_path))
    assert not old.parent.exists()
    assert (tmp_path / "precious").is_dir()
