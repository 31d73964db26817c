"""Links that a pull request brings lead no command out of the list."""

import json
import os
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from catalog.cli import run
from catalog.errors import UnwritableOutputError
from catalog.site.link_state import read_link_state
from catalog.store.files import open_to_append, write_all
from catalog.store.symlinks import escapes_folder

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

BIB = "@misc{a, title={Wholly New Things}, author={Example, Ada}, year={2024}}\n"
FORM = ".github/ISSUE_TEMPLATE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small list that takes new records as files."""
    folder = tmp_path / "list"
    write_list(folder, 3)
    papers = folder / "papers.yaml"
    with papers.open("a", encoding="utf-8") as file:
        file.write("settings: {new_records: folder}\n")
    (tmp_path / "new.bib").write_text(BIB, encoding="utf-8")
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that is not the list's, with files of the names that a list has."""
    elsewhere = tmp_path / "elsewhere"
    for name in ("thesis.txt", "papers-by-year-light.svg", "paper.yml", "key/index.html"):
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text("precious", encoding="utf-8")
    return elsewhere


def read_tree(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def put_link(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        place.rename(place.with_name(f"old-{place.name}"))
    place.symlink_to(os.path.relpath(target, place.parent))


@pytest.mark.parametrize(
    ("place", "target", "command"),
    [
        ("site", "", "build"),
        ("site/papers", "", "build"),
        ("site", "", "build --engine properdocs"),
        ("assets", "", "build"),
        ("assets", "", "readme"),
        ("assets", "not-there", "readme"),
        (FORM, "", "readme"),
        ("papers", "", "add new.bib --section section-0-0 --write"),
        (".catalog-cache", "", "build"),
        (".catalog-cache", "not-there", "readme"),
        (".catalog-cache/lock", "thesis.txt", "fmt"),
        (".catalog-cache/lock-owner.txt", "thesis.txt", "fmt"),
        (".catalog-cache/made", "thesis.txt", "build"),
        (".catalog-cache/.gitignore", "not-there", "build"),
        (".catalog-cache/build", "", "build"),
    ],
)
def test_a_link_that_leads_out_of_the_list_is_named_and_nothing_written_through_it(  # noqa: PLR0913 - fixtures
    place: str,
    target: str,
    command: str,
    folder: Path,
    elsewhere: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_link(folder / place, elsewhere / target)
    before = read_tree(elsewhere)
    monkeypatch.chdir(folder.parent)
    words = command.replace("new.bib", str(folder.parent / "new.bib")).split()
    assert run(["-C", "list", *words]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert place in last
    assert "it is a link" in last
    assert read_tree(elsewhere) == before


@pytest.mark.slow
def test_what_the_committed_cache_links_to_is_left_alone(folder: Path, elsewhere: Path) -> None:
    before = read_tree(elsewhere)
    build = folder / ".catalog-cache" / "build"
    put_link(build / "frame", elsewhere)
    put_link(build / "texts", elsewhere)
    for name in ("site.journal", "site.tmp", "frame.key", "last"):
        put_link(build / name, elsewhere / "thesis.txt")
    assert run(["-C", str(folder), "build"]) == 0
    assert read_tree(elsewhere) == before
    assert not build.exists()


@pytest.mark.slow
def test_a_list_that_is_reached_through_a_link_and_has_links_within_builds(folder: Path) -> None:
    put_link(folder / "assets", folder / "pictures")
    (folder / "pictures").mkdir()
    put_link(folder.parent / "link", folder)
    assert run(["-C", str(folder.parent / "link"), "build"]) == 0
    assert list((folder / "pictures").glob("*.svg"))
    assert (folder / "site" / "index.html").is_file()


@pytest.mark.slow
def test_the_owner_may_have_the_site_elsewhere(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    put_link(tmp_path / "public", tmp_path / "served")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("site_dir: ../public\n")
    assert run(["-C", str(folder), "build"]) == 0
    assert (tmp_path / "served" / "index.html").is_file()


def test_a_link_within_the_list_is_not_emptied_as_the_site(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    put_link(folder / "site", folder / "notes")
    assert run(["-C", str(folder), "build"]) == 2
    assert (folder / "notes" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_history_is_no_part_of_the_list(tmp_path: Path) -> None:
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    put_link(tmp_path / "papers", tmp_path / ".git" / "hooks")
    assert escapes_folder(tmp_path / "papers" / "a.yaml", tmp_path)
    with pytest.raises(UnwritableOutputError, match=r"papers: .*link"):
        write_all(tmp_path, [("papers/a.yaml", "a")])


def test_a_link_to_itself_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    assert escapes_folder(tmp_path / "a", tmp_path)


def test_a_journal_is_not_written_through_a_link(elsewhere: Path, tmp_path: Path) -> None:
    put_link(tmp_path / "link-state.json.journal", elsewhere / "thesis.txt")
    with pytest.raises(UnwritableOutputError):
        open_to_append(tmp_path / "link-state.json.journal")
    assert (elsewhere / "thesis.txt").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("is_dangling", [False, True])
def test_what_is_known_of_links_is_not_published_from_elsewhere(
    is_dangling: bool, folder: Path, elsewhere: Path
) -> None:
    state = {"links": {"https://example.org/": {"status": "dead"}}}
    if not is_dangling:
        (elsewhere / "state").write_text(json.dumps(state), encoding="utf-8")
    put_link(folder / "link-state.json", elsewhere / "state")
    assert read_link_state(folder) == {}
    (folder / "link-state.json").unlink()
    (folder / "link-state.json").write_text(json.dumps(state), encoding="utf-8")
    assert read_link_state(folder)
