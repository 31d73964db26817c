"""What surrounds a list: one source serves this repository and every other list."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.tasks.init.repository import Repository
from catalog.tasks.init.repository_files import INSTALL, render_layout

ROOT = Path(__file__).parents[3]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"

PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def steps_of(path: Path) -> list[dict[str, Any]]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "runs" in found:
        return list(found["runs"]["steps"])
    return [step for job in found["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert [use for use in used if not PINNED.fullmatch(use)] == []


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_no_expression_stands_in_a_shell_line(path: Path) -> None:
    assert [step["run"] for step in steps_of(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_given_job_by_job_and_credentials_are_not_kept(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "permissions" in job and "timeout-minutes" in job
    for step in steps_of(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_a_strangers_pull_request_gets_no_secret_and_no_right_to_write() -> None:
    text = (ROOT / ".github" / "workflows" / "pull-request.yml").read_text(encoding="utf-8")
    assert "secrets." not in text and "github.token" not in text and ": write" not in text


def test_the_shell_lines_are_valid(tmp_path: Path) -> None:
    for path in [*WORKFLOWS, ACTION]:
        for step in steps_of(path):
            subprocess.run(["bash", "-n"], input=step.get("run", ""), text=True, check=True)


def test_a_list_gets_the_workflows_of_this_repository_and_its_own_install() -> None:
    files = dict(render_layout("small-things", "Small: Things"))
    for name, text in files.items():
        if name.startswith(".github/workflows/"):
            assert text == (ROOT / name).read_text(encoding="utf-8")
    assert {Path(name).stem for name in files if name.endswith(".yml")} == {
        path.stem for path in WORKFLOWS if path.stem not in {"audit", "ci", "package", "weekly"}
    }
    assert "-r requirements.txt" in files[INSTALL]
    assert "sections: [small-things]" in files[".github/CONTRIBUTING.md"]
    assert 'venue: "Small: Things"\n' in files[".github/CONTRIBUTING.md"]
    assert "venue" not in dict(render_layout("small-things", None))[".github/CONTRIBUTING.md"]
    assert "foundation" not in files[".github/CONTRIBUTING.md"]
    assert "make" not in files[".github/CONTRIBUTING.md"]
    subprocess.run(["bash", "-n"], input=files[INSTALL], text=True, check=True)


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("./docs/a b.md#part", "docs/a%20b.md#part"),
        ("/a.md", "a.md"),
        (".github/CONTRIBUTING.md", ".github/CONTRIBUTING.md"),
        ("../a.md", None),
        ("", None),
    ],
)
def test_a_file_of_the_repository_has_its_address_on_the_web(path: str, end: str | None) -> None:
    repository = "https://github.com/ada-example/things"
    address = f"{repository}/blob/main/{end}" if end else None
    assert Repository(repository, branch="main").to_address(path) == address
