"""The same site from MkDocs, ProperDocs and Zensical: all files but the parts of the theme."""

import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from catalog.cli.exit_codes import ENGINES
from catalog.errors import EngineError
from catalog.site.engines import Engine, find_engine, find_program
from catalog.tasks.build import build
from catalog.tasks.init import init

ROOT = Path(__file__).parents[3]
SITES = ROOT / "tests" / "data" / "sites"
TODAY = date(2025, 11, 1)
OTHERS = [Engine.PROPERDOCS, Engine.ZENSICAL]
Build = Callable[[str, Engine], dict[str, bytes]]

_CONTENT = re.compile(
    r"<article class=\"md-content__inner md-typeset\">(?P<inner>.*?)</article>", re.DOTALL
)
# What themes put around a page's content: an anchor, a button, questions of the owner's.
_OF_THEME = re.compile(
    r"<a id=\"__skip\" tabindex=\"-1\"></a>|<a\b[^>]*md-content__button.*?</a>"
    r"|<form class=\"md-feedback\".*?</form>",
    re.DOTALL,
)
_HEAD = re.compile(
    r"<meta (?:name=\"citation_|property=\"og:(?!title))[^>]*>|<script type=\"application/ld"
)
THEME = ("assets/", "search.json", "search/", "404.html")
"""What belongs to the theme, `assets/catalog/` apart."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def write_here(folder: Path) -> None:
    for name in ("papers.yaml", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "site_src", folder / "site_src")


def write_new(folder: Path) -> None:
    """What `catalog init` makes of a hand-written list."""
    old = folder.parent / "README.md"
    old.write_text(
        "# Papers on Things\n\n## Vision\n\n"
        "- [Things, and How to See Them](https://arxiv.org/abs/2401.10000), Ada Example, 2024\n"
        "- [More Things](https://arxiv.org/abs/2402.10000), Ben Sample, 2023\n",
        encoding="utf-8",
    )
    init(folder, today=TODAY, sources=[old])


def write_bare(folder: Path) -> None:
    """The two lines that are enough, without a folder of pages."""
    shutil.copy(ROOT / "tests/data/invented/papers.yaml", folder)
    (folder / "mkdocs.yml").write_text("site_name: X\nplugins: [catalog]\n", encoding="utf-8")


def write_guest(folder: Path) -> None:
    """A list in somebody's site."""
    shutil.copytree(SITES / "lab", folder, dirs_exist_ok=True)
    path = folder / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("plugins:\n", "plugins:\n  - catalog\n"), encoding="utf-8")


LISTS = {"here": write_here, "new": write_new, "bare": write_bare, "guest": write_guest}


@pytest.fixture(scope="module")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A function that builds a list with an engine and returns its files."""

    @cache
    def run(name: str, engine: Engine) -> dict[str, bytes]:
        folder = tmp_path_factory.mktemp("list") / name
        folder.mkdir()
        LISTS[name](folder)
        site = build(folder, today=TODAY, engine=engine).site
        assert site is not None
        assert not list(folder.glob(".mkdocs.yml*"))
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    return run


def is_of_the_list(name: str) -> bool:
    return name.startswith("assets/catalog/") or not name.startswith(THEME)


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("name", ["here", "new", "bare"])
def test_a_list_has_the_same_site(name: str, engine: Engine, build_once: Build) -> None:
    ours, theirs = build_once(name, Engine.MKDOCS), build_once(name, engine)
    files = {file for file in ours if is_of_the_list(file)}
    assert files == {file for file in theirs if is_of_the_list(file)}
    assert {"papers/index.html", "export/all.bib", "sections/index.html"} < files
    changed = [file for file in files if show(ours, file) != show(theirs, file)]
    assert changed == []


@pytest.mark.parametrize("engine", OTHERS)
def test_a_guest_has_the_same_pages_and_files(engine: Engine, build_once: Build) -> None:
    ours, theirs = build_once("guest", Engine.MKDOCS), build_once("guest", engine)
    own = ("papers/", "sections/", "authors/", "venues/", "export/", "api/", "assets/catalog/")
    files = {file for file in ours if file.startswith(own)}
    assert files == {file for file in theirs if file.startswith(own)}
    changed = [file for file in files if show(ours, file) != show(theirs, file)]
    assert changed == []
    home = theirs["index.html"].decode("utf-8")
    assert "assets/catalog" not in home
    assert "Content-Security-Policy" not in home


def show(files: dict[str, bytes], name: str) -> object:
    """Return a file; of a page, what the list put into it."""
    if not name.endswith(".html"):
        return files[name]
    html = files[name].decode("utf-8")
    content = _CONTENT.search(html)
    if content is None:  # a redirect
        return html
    inner = _OF_THEME.sub("", content["inner"])
    return " ".join(inner.split()), _HEAD.findall(html)


def test_an_engine_is_looked_for_next_to_the_command_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("environment", "path"):
        program = tmp_path / place / "zensical"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "environment" / "python"))
    assert find_program(Engine.ZENSICAL) == str(tmp_path / "environment" / "zensical")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "elsewhere" / "python"))
    assert find_program(Engine.ZENSICAL) == str(tmp_path / "path" / "zensical")


def test_the_message_for_a_missing_engine_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(EngineError, match=r"properdocs is not installed; run: .* -m pip install"):
        find_program(Engine.PROPERDOCS)


def test_mkdocs_yml_names_the_engine(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("plugins:\n- catalog: {engine: zensical}\n", encoding="utf-8")
    assert find_engine(tmp_path) is Engine.ZENSICAL
    file.write_text("plugins: {search: , catalog: }\n", encoding="utf-8")
    assert find_engine(tmp_path) is Engine.MKDOCS
    file.write_text("plugins:\n- catalog: {engine: hugo}\n", encoding="utf-8")
    with pytest.raises(EngineError, match="'hugo' is not one of mkdocs, properdocs, zensical"):
        find_engine(tmp_path)


def test_init_sets_the_engine(tmp_path: Path) -> None:
    init(tmp_path / "new", today=TODAY, engine="zensical")
    assert find_engine(tmp_path / "new") is Engine.ZENSICAL
    assert "zensical\n" in (tmp_path / "new/requirements.txt").read_text(encoding="utf-8")


def test_the_command_offers_every_engine() -> None:
    assert tuple(Engine) == ENGINES


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("use_directory_urls: false\n", "remove `use_directory_urls: false`"),
        ("plugins:\n- catalog: {folder: other}\n", "one list, next to mkdocs.yml"),
        ("plugins: []\n", r"write `plugins: \[catalog\]`"),
    ],
)
def test_what_zensical_cannot_build_is_said_in_one_line(
    line: str, message: str, tmp_path: Path
) -> None:
    write_bare(tmp_path)
    file = tmp_path / "mkdocs.yml"
    text = "site_name: X\n" + line
    file.write_text(text if "plugins" in line else text + "plugins: [catalog]\n", encoding="utf-8")
    with pytest.raises(EngineError, match=message):
        build(tmp_path, today=TODAY, engine="zensical")
