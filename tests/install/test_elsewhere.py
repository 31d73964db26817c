"""The hooks and the action, tried from another repository: they install the package as users do.

They need the package index; `make workflows` runs them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.repository import Repository

ROOT = Path(__file__).parent.parent.parent
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
OFFLINE = ("Could not find a version", "No matching distribution", "Temporary failure in name")

LIST = """\
survey:
  title: A List Elsewhere

sections:
  - id: things
    title: Things

venues:
  Conf: {}

papers:
  - key: example2024things
    title: Things
    authors: [Ada Example]
    venue: Conf
    year: 2024
    sections: [things]
"""
BROKEN = LIST.replace("venue: Conf", "venue: Cnof")

pytestmark = pytest.mark.install


def skip_when_offline(said: str) -> None:
    if any(text in said for text in OFFLINE):
        pytest.skip(f"the package index is not to be had: {said.strip().splitlines()[-1]}")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Repository:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "papers.yaml").write_text(LIST)
    repository = Repository(folder)
    repository.commit()
    return repository


def test_the_hooks_check_and_format_another_repository(
    elsewhere: Repository, tmp_path: Path
) -> None:
    head = Repository(ROOT).git("rev-parse", "HEAD").strip()
    hooks = [{"id": "catalog-check"}, {"id": "catalog-fmt"}]
    config = {"repos": [{"repo": str(ROOT), "rev": head, "hooks": hooks}]}
    (elsewhere.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    elsewhere.git("add", "--all")
    fine = run_hooks(elsewhere.folder, tmp_path)
    skip_when_offline(fine.stdout + fine.stderr)
    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert fine.stdout.count("Passed") == 2
    (elsewhere.folder / "papers.yaml").write_text(BROKEN)
    elsewhere.git("add", "--all")
    broken = run_hooks(elsewhere.folder, tmp_path, "catalog-check")
    assert broken.returncode == 1
    assert "papers.yaml:15:12: error venue-unknown" in broken.stdout
    (elsewhere.folder / "papers.yaml").write_text(LIST.replace("venue: Conf", 'venue:   "Conf"'))
    elsewhere.git("add", "--all")
    formatted = run_hooks(elsewhere.folder, tmp_path, "catalog-fmt")
    assert "files were modified by this hook" in formatted.stdout
    assert "    venue: Conf\n" in (elsewhere.folder / "papers.yaml").read_text()


def run_hooks(folder: Path, tmp_path: Path, *hooks: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PRE_COMMIT, "run", *hooks, "--all-files", "--verbose", "--color=never"],
        cwd=folder,
        env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "pre-commit")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_checks_another_repository(elsewhere: Repository, tmp_path: Path) -> None:
    copy = tmp_path / "action"
    Repository(ROOT).git("clone", "--quiet", "--depth=1", f"file://{ROOT}", str(copy))
    shutil.copy(ROOT / "action.yml", copy)
    fine = run_action(elsewhere.folder, copy, tmp_path, "check --strict")
    skip_when_offline(fine.stdout + fine.stderr)
    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert fine.stdout.endswith("1 paper: no problems found\n")
    (elsewhere.folder / "papers.yaml").write_text(BROKEN)
    broken = run_action(elsewhere.folder, copy, tmp_path, "check --format github")
    assert broken.returncode == 1
    assert "::error file=papers.yaml,line=15" in broken.stdout
    written = run_action(elsewhere.folder, copy, tmp_path, "diff HEAD", output="comment.md")
    assert written.returncode == 1
    assert "Cnof" in (elsewhere.folder / "comment.md").read_text()


def test_the_words_of_the_action_are_not_a_shell_line(
    elsewhere: Repository, tmp_path: Path
) -> None:
    (tmp_path / "paper-catalog" / "bin").mkdir(parents=True)
    program = tmp_path / "paper-catalog" / "bin" / "catalog"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    ran = run_action(elsewhere.folder, ROOT, tmp_path, "check; touch pwned $(touch pwned) *")
    assert ran.stdout.splitlines()[2:] == ["check;", "touch", "pwned", "$(touch", "pwned)", "*"]
    assert not (elsewhere.folder / "pwned").exists()


def run_action(
    folder: Path, action: Path, runner: Path, arguments: str, output: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the steps of the action as GitHub does: bash with its options, inputs in variables."""
    steps = yaml.safe_load((action / "action.yml").read_text())["runs"]["steps"]
    given = {"arguments": arguments, "directory": ".", "output": output}
    values = {f"inputs.{name}": value for name, value in given.items()}
    values["github.action_path"] = str(action)
    ran = subprocess.CompletedProcess([], 0, "", "")
    for step in steps:
        variables = {
            name: values[text.removeprefix("${{").removesuffix("}}").strip()]
            for name, text in step["env"].items()
        }
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={**os.environ, "RUNNER_TEMP": str(runner), **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            break
    return ran
