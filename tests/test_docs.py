"""The documentation is run, as a reader would: its Python, and the commands of the tutorial."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import catalog

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def read_blocks(page: str, language: str) -> list[str]:
    """Return the fenced blocks of a language; blocks marked `text` are for reading only."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


def run_shell(script: str, folder: Path) -> str:
    programs = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "NO_MKDOCS_2_WARNING": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{role}_NAME": "Ada" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": "ada@example.org" for role in ("AUTHOR", "COMMITTER")},
    }
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which somebody followed the tutorial to its end."""
    folder = tmp_path_factory.mktemp("tutorial")
    output = run_shell("\n".join(read_blocks("tutorial.md", "sh")), folder)
    assert "2 papers: no problems found" in output
    assert "@misc{sample2024weighing," in output
    return folder / "my-list"


def test_the_tutorial_ends_with_a_site_a_readme_and_a_commit(followed: Path) -> None:
    assert (followed / "site" / "papers" / "example2023moving" / "index.html").is_file()
    assert "Moving Things with Little Effort" in (followed / "README.md").read_text("utf-8")
    assert (followed / "things.ris").read_text("utf-8").count("TY  - ") == 2
    assert run_shell("git status --porcelain", followed) == ""


@pytest.mark.parametrize("number", range(len(read_blocks("reference/python-api.md", "python"))))
def test_the_python_of_the_reference_runs(followed: Path, tmp_path: Path, number: int) -> None:
    shutil.copytree(followed, tmp_path / "my-list", ignore=shutil.ignore_patterns(".git", "site"))
    block = read_blocks("reference/python-api.md", "python")[number]
    command = [sys.executable, "-c", block]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_every_public_name_is_documented() -> None:
    page = (DOCS / "reference" / "python-api.md").read_text(encoding="utf-8")
    missing = [name for name in catalog.__all__ if not re.search(rf"`{name}\b", page)]
    assert missing == []


def test_every_page_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.docs.yml").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in pages if page not in config and "decisions/0" not in page] == []
