"""The whole flow on the real list: what a build leaves, that it repeats, what a change touches."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.cli import run
from catalog.cli.console import FINE, UNUSABLE
from catalog.model.catalog import Catalog
from catalog.site.engines import Engine, find_program
from catalog.store.load import load
from catalog.tasks.init.repository_files import render_layout
from tests.real_list import copy_real_list, find_real_list

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[2]


def read_tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    tree = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in tree.items() if not name.startswith(".catalog-cache/")}


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


@pytest.fixture(scope="module")
def real() -> Catalog:
    catalog = load(find_real_list()).catalog
    assert catalog is not None
    return catalog


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_real_list(tmp_path_factory.mktemp("built") / "my list é")
    assert run(["-C", str(folder), "build"]) == FINE
    return folder


def test_each_paper_has_a_page(built: Path, real: Catalog) -> None:
    pages = {path.parent.name for path in (built / "site" / "papers").glob("*/index.html")}
    assert pages == {paper.key for paper in real.papers}
    assert len(pages) == 106


def test_each_section_has_a_page(built: Path, real: Catalog) -> None:
    pages = {path.parent.name for path in (built / "site" / "sections").glob("*/index.html")}
    assert pages == {view.id for view in real.sections}
    # Twelve hold papers of their own; the thirteenth gathers five of them.
    assert sum(bool(view.papers) for view in real.sections) == 12


def test_the_site_has_a_front_page_and_all_papers_as_bibtex(built: Path) -> None:
    assert (built / "site" / "index.html").is_file()
    bibtex = (built / "site" / "export" / "all.bib").read_text(encoding="utf-8")
    assert len(re.findall(r"^@(?!preamble)\w+\{", bibtex, re.MULTILINE)) == 106


def test_the_blank_page_is_gone(built: Path) -> None:
    assert not (built / "site" / "_frame").exists()
    assert not any(b"_frame" in data for data in read_tree(built / "site").values())


def test_a_second_build_changes_no_byte_of_site_or_readme(built: Path) -> None:
    before = read_tree(built)
    assert run(["-C", str(built), "build"]) == FINE
    assert differences(before, read_tree(built)) == set()


def test_mkdocs_alone_builds_the_same_site(built: Path) -> None:
    before = read_tree(built / "site")
    shutil.rmtree(built / "site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ended = subprocess.run(
        command, cwd=built, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert differences(before, read_tree(built / "site")) == set()


def test_the_exports_of_command_and_site_are_the_same(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for format_, name in [("bibtex", "all.bib"), ("ris", "all.ris"), ("csl-json", "all.csl.json")]:
        assert run(["-C", str(built), "export", "--format", format_]) == FINE
        exported = (built / "site" / "export" / name).read_text(encoding="utf-8")
        assert capsys.readouterr().out == exported


def test_python_and_locale_do_not_change_a_byte(built: Path, tmp_path: Path) -> None:
    folder = copy_real_list(tmp_path / "elsewhere")
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "TZ": "Pacific/Auckland",
        "PYTHONHASHSEED": "4711",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "catalog", "build"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    assert differences(read_tree(built / "site"), read_tree(folder / "site")) == set()
    assert (folder / "README.md").read_bytes() == (built / "README.md").read_bytes()


# A field of one record, and the text that replaces it in papers.yaml.
Change = tuple[str, str, str]
RECORD = "simeoni2025dinov3"
CHANGES: list[Change] = [
    ("title", "title: DINOv3\n", "title: DINOv3 Anew\n"),
    ("authors", "[Oriane Siméoni,", "[Orian Simeoni,"),
    ("year", "year: 2025\n", "year: 2024\n"),
    ("arxiv", '"2508.10104"', '"2508.10105"'),
    ("links", "github.com/facebookresearch/dinov3", "github.com/facebookresearch/dinov3x"),
]


def change_record(text: str, old: str, new: str) -> str:
    start = text.index(f"  - key: {RECORD}\n")
    end = text.index("\n  - key: ", start + 1)
    record = text[start:end]
    assert old in record
    return text[:start] + record.replace(old, new, 1) + text[end:]


@pytest.fixture
def restored(built: Path) -> Iterator[Path]:
    """The built list, with papers.yaml put back afterwards."""
    papers = built / "papers.yaml"
    text = papers.read_text(encoding="utf-8")
    yield built
    papers.write_text(text, encoding="utf-8")
    assert run(["-C", str(built), "build"]) == FINE


def is_about_the_record(name: str, neighbours: set[str], listings: set[str]) -> bool:
    """Return whether an output shows the record, or the list as a whole."""
    in_section = "vision-foundation-models", "foundation-models"
    whole = (
        r"README\.md|papers\.yaml|assets/papers-by-year-\w+\.svg"
        r"|site/(index|papers/index|sections/index)\.html|site/assets/catalog/data/.*|site/api/.*"
        r"|site/export/(all\.|places/|disk/).*|site/feed\..*|site/llms\.txt"
        r"|site/(charts|timeline|changelog|health)/index\.html"
        rf"|site/assets/catalog/cards/papers/{RECORD}\.png"
    )
    return (
        re.fullmatch(whole, name) is not None
        or name.startswith(f"site/papers/{RECORD}/")
        or any(
            name.startswith(f"site/papers/{key}/") and name.endswith(".html") for key in neighbours
        )
        or any(
            re.fullmatch(rf"{folder}/(index\.html|papers\.bib|feed\.\w+)", name)
            for folder in listings
        )
        or any(
            name.startswith((f"site/sections/{id_}/", f"site/export/sections/{id_}."))
            for id_ in in_section
        )
    )


def find_naming(tree: dict[str, bytes]) -> set[str]:
    """Find the papers whose pages lead to the record's."""
    mark = f'href="../{RECORD}/"'.encode()
    pages = {name for name in tree if re.fullmatch(r"site/papers/[^/]+/index\.html", name)}
    return {name.split("/")[2] for name in pages if mark in tree[name]}


def find_listings(tree: dict[str, bytes]) -> set[str]:
    """Find the folders of the authors and venues whose pages list the record."""
    mark = f'href="../../papers/{RECORD}/"'.encode()
    pages = {
        name for name in tree if re.fullmatch(r"site/(authors|venues)/[^/]+/index\.html", name)
    }
    return {name.removesuffix("/index.html") for name in pages if mark in tree[name]}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
def test_a_change_of_one_field_reaches_readme_page_and_export_and_nothing_else(
    restored: Path, change: Change, real: Catalog
) -> None:
    field, old, new = change
    before = read_tree(restored)
    papers = restored / "papers.yaml"
    papers.write_text(change_record(papers.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    assert run(["-C", str(restored), "build"]) == FINE
    after = read_tree(restored)
    changed = differences(before, after)
    assert f"site/papers/{RECORD}/index.html" in changed
    assert "site/export/all.bib" in changed or field == "links"
    assert "README.md" in changed
    # Its neighbours in the section link to it, and may change places with it; related papers name
    # it before or after the change.
    neighbours = {paper.key for paper in real.section_by_id["vision-foundation-models"].papers}
    neighbours |= find_naming(before) | find_naming(after)
    # Each author and the venue of a record have a page with its row, its title and its links.
    listings = find_listings(before) | find_listings(after)
    (record,) = [paper for paper in real.papers if paper.key == RECORD]
    has_moved = field == "authors"
    assert len(listings) == len(record.authors) + 1 + has_moved
    assert {f"{folder}/index.html" for folder in listings} <= changed
    others = {name for name in changed if not is_about_the_record(name, neighbours, listings)}
    # Another name is another page, which the list of authors and the sitemap lead to.
    assert others == ({"site/authors/index.html", "site/sitemap.xml"} if has_moved else set())


def test_the_wheel_builds_a_list_elsewhere_with_its_own_templates(
    built: Path, tmp_path: Path
) -> None:
    wheels, library, folder = tmp_path / "wheels", tmp_path / "library", tmp_path / "a list"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    source = tmp_path / "source"
    for name in [
        "pyproject.toml",
        ".github",
        "catalog",
        "docs",
        "templates",
        "site_src",
        "LICENSE",
        "LICENSE-DATA",
    ]:
        origin = ROOT / name
        source.mkdir(exist_ok=True)
        (shutil.copytree if origin.is_dir() else shutil.copy2)(origin, source / name)
    make = [
        *pip,
        "wheel",
        *offline,
        "--no-build-isolation",
        "--wheel-dir",
        str(wheels),
        str(source),
    ]
    subprocess.run(make, check=True)
    install = [*pip, "install", *offline, "--target", str(library), *map(str, wheels.glob("*.whl"))]
    subprocess.run(install, check=True)
    shutil.rmtree(source)
    folder.mkdir()
    shutil.copy2(ROOT / "papers.yaml", folder)
    shutil.copytree(ROOT / ".github", folder / ".github")
    (folder / "mkdocs.yml").write_text("site_name: Bare\nplugins: [catalog]\ntheme: material\n")

    environment = {**os.environ, "PYTHONPATH": str(library), "NO_MKDOCS_2_WARNING": "1"}
    run_elsewhere = make_runner(folder, environment)
    where = run_elsewhere("-c", "import catalog; print(catalog.__file__)")
    assert Path(where.strip()).is_relative_to(library)
    module = "catalog.tasks.init.repository_files"
    layout = f"from {module} import render_layout; print(len(dict(render_layout('a', 'ICX'))))"
    assert int(run_elsewhere("-c", layout)) == len(dict(render_layout("a", "ICX")))
    assert "106 papers" in run_elsewhere("-m", "catalog", "check")
    run_elsewhere("-m", "catalog", "build")
    assert len(list((folder / "site" / "papers").glob("*/index.html"))) == 106
    assert (folder / "site" / "assets" / "catalog" / "catalog.css").is_file()
    assert (folder / "README.md").read_bytes() == (built / "README.md").read_bytes()


def make_runner(folder: Path, environment: dict[str, str]) -> Callable[..., str]:
    def run_python(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        ended = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    return run_python


def test_nothing_is_built_from_a_list_with_errors(tmp_path: Path, today: date) -> None:
    folder = copy_real_list(tmp_path / "faulty")
    papers = folder / "papers.yaml"
    papers.write_text(papers.read_text(encoding="utf-8").replace("year: 2016", "year: 20x6", 1))
    assert check(folder, today=today).catalog is None
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "year-invalid" in ended.stderr
    assert not (folder / "site" / "index.html").exists()


def test_each_stage_of_a_build_is_named(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(small), "build"]) == FINE
    said = capsys.readouterr().err
    assert said.splitlines()[:4] == [
        "checking the papers",
        "writing README.md",
        "building the site with mkdocs",
        "writing the papers into the site",
    ]
    assert "\r" not in said  # progress is for terminals


# Other engines


def make_engine(folder: Path, engine: Engine, body: str) -> None:
    """Write a program that is found as `engine`, before the one that is installed."""
    program = folder / engine
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A list of one paper."""
    folder = tmp_path / "list"
    (folder / "docs").mkdir(parents=True)
    (folder / "papers.yaml").write_text(
        "survey: {title: Invented List}\nsections: [{id: things, title: Things}]\n"
        "papers: [{key: things2024, title: Things, authors: [Ada Example], year: 2024,\n"
        "  sections: [things]}]\n"
    )
    (folder / "mkdocs.yml").write_text("site_name: Invented\nplugins: [catalog]\n")
    return folder


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which engines are looked for: next to Python, and on PATH."""
    folder = tmp_path / "programs"
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return folder


OTHERS = [engine for engine in Engine if engine is not Engine.MKDOCS]
REAL: dict[Engine, str] = {engine: find_program(engine) for engine in OTHERS}


@pytest.mark.parametrize("engine", OTHERS)
def test_the_papers_are_stamped_into_the_frame_of_another_engine(
    small: Path, engine: Engine
) -> None:
    assert run(["-C", str(small), "build", "--engine", engine.value]) == FINE
    page = (small / "site" / "papers" / "things2024" / "index.html").read_text()
    assert "<h1" in page
    assert "Things" in page
    assert (small / "README.md").is_file()
    assert not (small / "site" / "_frame").exists()


BROKEN = "Doc file 'index.md' contains a link 'gone.md', but the target is not found"


MARKS = "<!-- catalog:home --><!-- /catalog:home -->"


@pytest.mark.parametrize(
    ("settings", "marks", "code"),
    [("", "", FINE), ("strict: true\n", "", UNUSABLE), ("", MARKS, UNUSABLE)],
)
def test_somebodys_site_is_as_strict_as_they_say_and_its_warnings_are_shown(
    small: Path, settings: str, marks: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "mkdocs.yml").write_text(f"site_name: Lab\n{settings}")
    (small / "docs" / "index.md").write_text(f"# Home\n\n{marks}\n\n[gone](gone.md)\n")
    assert run(["-C", str(small), "build"]) == code
    assert BROKEN in capsys.readouterr().err


# For a list's own site, MkDocs and ProperDocs are always strict, as the plugin must find all
# pages that it links.
@pytest.mark.parametrize(
    ("engine", "words", "is_strict"),
    [
        (Engine.PROPERDOCS, [], True),
        (Engine.ZENSICAL, [], False),
        (Engine.ZENSICAL, ["--strict"], True),
    ],
)
def test_another_engine_follows_mkdocs_yml_and_is_strict_when_asked(
    small: Path, programs: Path, engine: Engine, words: list[str], is_strict: bool
) -> None:
    url = "https://example.org/things/"
    with (small / "mkdocs.yml").open("a") as file:
        file.write(f"theme: material\nsite_dir: public\nsite_url: {url}\n")
    papers = small / "papers.yaml"
    papers.write_text(
        papers.read_text().replace("year: 2024", "venue: arXiv, year: 2024")
        + "venues: {arXiv: {kind: preprint}}\n"
    )
    make_engine(programs, engine, f'echo "$@" > asked; exec {REAL[engine]} "$@"')
    assert run(["-C", str(small), "build", "--engine", engine.value, *words]) == FINE
    asked = (small / "asked").read_text().split()
    assert asked[:2] == ["build", "--config-file"]
    assert asked[3:] == ["--strict"] * is_strict
    assert not (small / "site").exists()
    page = (small / "public" / "papers" / "things2024" / "index.html").read_text()
    assert f'<link rel="canonical" href="{url}papers/things2024/">' in page


@pytest.mark.parametrize("engine", OTHERS)
def test_an_engine_that_fails_or_is_not_there_is_told(
    small: Path, programs: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    build_with = ["-C", str(small), "build", "--engine", engine.value]
    assert run(build_with) == UNUSABLE
    told = capsys.readouterr().err.splitlines()[-1]
    install = f"{programs / 'python'} -m pip install {engine}"
    assert told == f"catalog: {engine} is not installed; run: {install}"
    make_engine(programs, engine, "echo no such theme; exit 3")
    assert run(build_with) == UNUSABLE
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == f"catalog: {engine} build ended with exit code 3: no such theme"


def test_an_engine_of_another_name_is_answered_with_those_there_are(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(small), "build", "--engine", "invented-engine"]) == UNUSABLE
    told = capsys.readouterr().err.splitlines()[-1]
    assert "'invented-engine' is not one of 'mkdocs', 'properdocs', 'zensical'" in told
    assert not (small / "README.md").exists()


@pytest.mark.parametrize(
    "more",
    [
        "hooks: [hook.py]\n",
        "markdown_extensions: [{pymdownx.snippets: {base_path: [%s]}}]\n",
    ],
)
def test_what_a_site_is_made_of_that_nobody_can_tell_is_made_anew_each_time(
    small: Path, more: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (small / "mkdocs.yml").open("a") as file:
        file.write(more.replace("%s", str(small)))
    hook = small / "hook.py"
    hook.write_text("def on_page_content(html, **_):\n    return html + 'first'\n")
    (small / "docs" / "about.md").write_text("# About\n\n--8<-- 'part.txt'\n")
    (small / "part.txt").write_text("first")
    page = small / "site" / "about" / "index.html"
    assert run(["-C", str(small), "build"]) == FINE
    assert "first" in page.read_text()
    hook.write_text("def on_page_content(html, **_):\n    return html + 'second'\n")
    (small / "part.txt").write_text("second")
    assert run(["-C", str(small), "build"]) == FINE
    assert "second" in page.read_text()


# Other file systems


def test_no_two_files_have_one_name_on_windows_and_each_may_have_its_name(built: Path) -> None:
    names = [path.relative_to(built).as_posix() for path in built.rglob("*")]
    assert len({name.lower() for name in names}) == len(names)
    parts = {part for name in names for part in name.split("/")}
    assert [part for part in parts if re.search(r'[<>:"|?*\\\x00-\x1f]|[. ]$', part)] == []
    reserved = r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"
    assert [part for part in parts if re.fullmatch(reserved, part, re.IGNORECASE)] == []
    assert max(map(len, names)) < 200


def test_a_key_in_other_letter_case_moves_its_files_and_leaves_none_behind(small: Path) -> None:
    assert run(["-C", str(small), "build"]) == FINE
    (small / "site" / "CNAME").write_text("example.org")
    papers = small / "papers.yaml"
    papers.write_text(papers.read_text().replace("things2024", "Things2024"))
    old = small / "old"
    old.hardlink_to(small / "site" / "index.html")
    assert run(["-C", str(small), "build"]) == FINE
    # All is made anew, so that a file system that sees one name in both has the new one.
    assert not old.samefile(small / "site" / "index.html")
    names = [path.name for path in small.rglob("*") if ".catalog-cache" not in path.parts]
    assert "Things2024" in names
    assert [name for name in names if name.startswith("things2024")] == []
    assert (small / "site" / "CNAME").read_text() == "example.org"
