import html
import json
import os
import re
import subprocess
import sys
import textwrap
from datetime import date
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from catalog.cli import run
from catalog.errors import UsageError
from catalog.store.format import find_unformatted
from catalog.store.load import load
from catalog.tasks.init import init, scaffold
from catalog.tasks.init.old_files import read_old_files
from catalog.tasks.init.scaffold import find_requirement
from catalog.text.escaping import escape_markdown
from catalog.text.folding import fold
from tests.repository import Repository

pytestmark = pytest.mark.slow


DATA = Path(__file__).parents[2] / "data"
LISTS = sorted(path for path in (DATA / "lists").glob("*.md") if path.stem != "index")

HOSTILE = """\
# Things <script>alert(1)</script> & "More"

- **</pre></td><script>alert(2)</script>** Ada Example, CVPR 2024. [[pdf]](https://example.org/a.pdf)

  <!-- catalog:browse -->
- **Plain Things** Ben Sample, ICLR 2023. [[pdf]](https://example.org/b.pdf)
- **`Code` and {{ braces }} in Things** Carla Test, ICML 2022. [[pdf]](https://example.org/c.pdf)

## Licence

Anybody may use it.
"""


def _make(folder: Path, *words: str) -> str:
    """Run make as somebody does who has just called `catalog init`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["make", *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _assert_complete(folder: Path) -> None:
    for command in (["check"], ["readme", "--check"], ["fmt", "--check"]):
        assert run(["-C", str(folder), *command]) == 0, command


def test_a_list_from_nothing_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "things"

    assert run(["init", str(folder), "--title", "Things: A: List", "--licence", "MIT"]) == 0
    _assert_complete(folder)
    _make(folder, "build")
    assert "Things: A: List" in (folder / "site/index.html").read_text("utf-8")
    assert "MIT" in (folder / "LICENSE").read_text("utf-8")
    assert "make build" in _make(folder)
    _make(folder, "test")
    loaded = load(folder)
    assert loaded.catalog is not None
    assert loaded.catalog.survey.licence.data == "MIT"


def test_a_list_from_a_readme_builds_and_shows_old_and_new_side_by_side(tmp_path: Path) -> None:
    old = tmp_path / "README.md"
    old.write_text(HOSTILE, "utf-8")
    folder = tmp_path / "new"

    assert run(["init", str(folder), "--from", str(old)]) == 0
    _assert_complete(folder)
    _make(folder, "build")
    assert (folder / "README.old.md").read_bytes() == old.read_bytes()
    page = (folder / "site/old-and-new/index.html").read_text("utf-8")
    assert not re.search(r"<script[^>]*>alert", page)
    assert page.count('<table class="cat-compared">') == page.count("</table>") == 1
    shown = html.unescape(page)
    for line in filter(str.strip, HOSTILE.splitlines()):
        assert line in shown
    for paper in (folder / "site/papers").glob("*2023*/index.html"):
        assert f"../papers/{paper.parent.name}/" in page
    assert "kept in the footer" in page


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_old_entry_and_line_is_there_again(path: Path, tmp_path: Path) -> None:
    begun = init(tmp_path / "new", today=date(2025, 11, 1), sources=[path])

    catalog = begun.checked.catalog
    assert catalog is not None, begun.checked.findings
    assert find_unformatted(tmp_path / "new") == {}
    titles = {fold(paper.title) for paper in catalog.papers}
    old = read_old_files([path])[0]
    page = html.unescape((tmp_path / "new/site_src/old-and-new.md").read_text("utf-8"))
    readme = (tmp_path / "new/README.md").read_text("utf-8")
    assert {fold(title) for passage in old.passages for title in passage.titles} <= titles
    for line in old.lines:
        assert line.strip() in page
    for paper in catalog.papers:
        assert escape_markdown(paper.title) in readme
        assert f'<a href="../papers/{paper.key}/">' in page


def test_a_list_from_a_bibliography_has_all_its_entries(tmp_path: Path) -> None:
    path = DATA / "bibliographies/refs.bib"

    begun = init(tmp_path, today=date(2025, 11, 1), sources=[path], title="Things")

    assert begun.checked.catalog is not None
    assert len(begun.checked.catalog.papers) == 13
    assert begun.checked.catalog.survey.title == "Things"
    assert (tmp_path / "refs.old.bib").read_bytes() == path.read_bytes()
    page = (tmp_path / "site_src/old-and-new.md").read_text("utf-8")
    assert "13 entries, 5 passages that are none." in page
    assert "it has no title" in page


def test_a_folder_with_anything_in_it_is_refused_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in "abcdefg":
        (tmp_path / name).write_text("mine", "utf-8")

    assert run(["init", str(tmp_path)]) == 2
    assert "is not empty: it has a, b, c, d, e and 2 more" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == list("abcdefg")
    assert run(["init", str(tmp_path / "a")]) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_the_name_of_the_site_opens_no_element_whatever_the_old_title_was(tmp_path: Path) -> None:
    old = tmp_path / "old.md"
    title = "A's \"> & <script>alert(1)</script> things"
    old.write_text(f"# `{title}`\n{HOSTILE.partition(chr(10))[2]}", encoding="utf-8")
    init(tmp_path / "new", today=date(2025, 1, 1), sources=[old])
    settings = yaml_load((tmp_path / "new" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert html.unescape(settings["site_name"]) == title
    assert not {"<", '"'}.intersection(settings["site_name"])


@pytest.mark.parametrize(
    ("name", "step"), [(".", "catalog build"), ("a list", "cd 'a list' && catalog build")]
)
def test_the_next_step_is_told_as_a_shell_takes_it(
    name: str,
    step: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", name]) == 0
    assert f"\nnext: {step}\n" in capsys.readouterr().err


def test_a_repository_without_files_is_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".catalog-cache").mkdir()

    assert run(["init", str(tmp_path)]) == 0
    assert run(["init", str(tmp_path)]) == 2


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["a.md", "b.bib"], "not from both"),
        (["a.md", "more/a.md"], "two of the files have one name"),
        (["empty.md"], "no paper was found"),
    ],
)
def test_what_makes_no_list_leaves_nothing(names: list[str], reason: str, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("a.md", "more/a.md"):
        (tmp_path / name).write_text(HOSTILE, "utf-8")
    (tmp_path / "b.bib").write_text("@misc{a, title={A}}", "utf-8")
    (tmp_path / "empty.md").write_text("# Nothing\n\nAt all.\n", "utf-8")

    with pytest.raises(UsageError, match=reason):
        init(tmp_path / "new", today=date(2025, 11, 1), sources=[tmp_path / name for name in names])
    assert not (tmp_path / "new").exists()


class _Installed(Distribution):
    def __init__(self, told: str | None) -> None:
        self._told = told

    def read_text(self, filename: str) -> str | None:
        return self._told if filename == "direct_url.json" else None

    def locate_file(self, path: str | os.PathLike[str]) -> Path:
        return Path(path)


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, r"paper-catalog==\d+\.\d+\.\d+\S*"),
        ({"url": "file:///somewhere", "dir_info": {}}, r"paper-catalog==\d+\.\d+\.\d+\S*"),
        (
            {
                "url": "https://example.org/catalog",
                "vcs_info": {"vcs": "git", "commit_id": "0123abc"},
            },
            r"paper-catalog @ git\+https://example\.org/catalog@0123abc",
        ),
    ],
)
def test_the_list_requires_the_catalog_that_made_it(
    origin: dict[str, object] | None, requirement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.dumps(origin) if origin is not None else None
    monkeypatch.setattr(scaffold, "distribution", lambda _name: _Installed(told))

    assert re.fullmatch(requirement, find_requirement().line)


def _tell_source(url: str, patch: pytest.MonkeyPatch) -> None:
    told = json.dumps({"url": url, "dir_info": {"editable": True}})
    patch.setattr(scaffold, "distribution", lambda _name: _Installed(told))


def test_a_catalog_from_a_checkout_is_required_from_where_that_was_cloned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "with space").mkdir()
    checkout = Repository(tmp_path / "with space")
    checkout.git("commit", "--allow-empty", "--quiet", "--message", "Begin")
    _tell_source(checkout.folder.as_uri(), monkeypatch)
    assert run(["init", str(tmp_path / "one")]) == 0
    hint = "replace its line with a source others can install from, e.g. `paper-catalog @ git+"
    told = capsys.readouterr().err
    assert f"this catalog was installed from {checkout.folder}; if `pip" in told and hint in told
    text = (tmp_path / "one/requirements.txt").read_text("utf-8")
    assert re.search(r"^# .*git\+https.*\npaper-catalog==\d\S+\n$", text, re.M)
    assert str(tmp_path) not in text

    checkout.git("remote", "add", "origin", "https://ada:secret@example.org/tools/catalog.git")
    checkout.git("update-ref", "refs/remotes/origin/main", "HEAD")
    commit = checkout.git("rev-parse", "HEAD").strip()
    line = f"paper-catalog @ git+https://example.org/tools/catalog.git@{commit}"
    assert find_requirement() == (line, None)
    assert run(["init", str(tmp_path / "two")]) == 0
    assert "note" not in capsys.readouterr().err
    assert (tmp_path / "two/requirements.txt").read_text("utf-8").splitlines()[1:] == [line]


def test_the_makefile_finds_a_command_in_a_folder_with_a_space(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "list")]) == 0
    tool = tmp_path / "my tools" / "catalog"
    tool.parent.mkdir()
    tool.symlink_to(Path(sys.executable).parent / "catalog")
    makefile = ["make", "-C", str(tmp_path / "list"), "test"]
    with_path = {**os.environ, "PATH": f"{tool.parent}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    for words, environment in (([], with_path), ([f"CATALOG={tool}"], dict(os.environ))):
        done = subprocess.run(
            [*makefile, *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "0 papers: no problems found\n" in done.stdout


@pytest.mark.parametrize(
    "old",
    [
        None,
        "- **Things That Move**, Ada Example, CVPR 2024. [[pdf]](https://example.org/a.pdf)\n",
        "- **Things That Move**, Ada Example, 2024. [[pdf]](https://example.org/a.pdf)\n",
    ],
)
def test_the_examples_of_a_new_list_pass_its_own_check(old: str | None, tmp_path: Path) -> None:
    words = ["init", str(tmp_path / "new")]
    if old is not None:
        (tmp_path / "old.md").write_text(old)
        words += ["--from", str(tmp_path / "old.md")]
    assert run(words) == 0
    record = tmp_path / "new/papers/doe2024things.yaml"
    record.parent.mkdir()
    for name in ("README.md", ".github/CONTRIBUTING.md"):
        text = (tmp_path / "new" / name).read_text("utf-8")
        example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
        assert example is not None
        record.write_text(textwrap.dedent(example[1]))
        assert run(["-C", str(tmp_path / "new"), "check"]) == 0, example[1]


def test_the_readme_of_a_new_list_leads_nowhere_and_has_no_gaps(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "new")]) == 0
    text = (tmp_path / "new/README.md").read_text("utf-8")
    assert "\n\n\n" not in text
    anchors = {re.sub(r"\W+", "-", title.lower()) for title in re.findall(r"^## (.+)", text, re.M)}
    ids = set(re.findall(r'<a id="([^"]+)"', text))
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links <= anchors | ids
    assert "Cite" not in text
