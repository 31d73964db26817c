"""The shell lines of the workflow, run against a repository on disk and a `gh` that takes notes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from catalog.linkcheck.report import NOTHING_TO_DO
from catalog.store.link_state import LinkState, to_text
from catalog.store.link_status import Status

WORKFLOW = Path(__file__).parents[2] / ".github" / "workflows" / "links.yml"
GH = """#!/usr/bin/env bash
if [ "$1 $2" = "issue list" ]; then echo "$OPEN_ISSUE"; else echo "$@" >> "$NOTES"; fi
"""


class Runner:
    """What GitHub gives a step: a clone, a temporary folder, and addresses that lead to disk."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.temp = folder / "clone", folder / "temp"
        self.remote, self.notes = folder / "remote.git", folder / "notes"
        self.issue = ""
        for path in (self.temp, folder / "bin"):
            path.mkdir()
        (folder / "bin" / "gh").write_text(GH)
        (folder / "bin" / "gh").chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "REPOSITORY": "owner/list",
            "GH_TOKEN": "T",
            "RUNNER_TEMP": str(self.temp),
            "NOTES": str(self.notes),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://x-access-token:T@github.com/owner/list.git",
        }
        self.git("init", "--quiet", "--bare", str(self.remote), cwd=folder)
        self.git("init", "--quiet", str(self.clone), cwd=folder)

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        run = subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.remote,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    def step(self, name: str) -> None:
        jobs = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
        steps = (step for job in jobs for step in job["steps"] if "run" in step)
        (script,) = (step["run"] for step in steps if step["name"] == name)
        # As GitHub runs `shell: bash`.
        subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.clone,
            env={**self.environment, "OPEN_ISSUE": self.issue},
            check=True,
        )

    def take_notes(self) -> list[str]:
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        self.notes.unlink()
        return [line for line in lines if not line.startswith("label create")]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_what_is_known_goes_to_its_branch_and_comes_back(runner: Runner) -> None:
    known = runner.temp / "links" / "link-state.json"
    runner.step("Fetch what is known")
    assert not known.exists()
    found = runner.clone / "found"
    found.mkdir()
    texts = [to_text({f"http://{n}/": LinkState(Status.ALIVE)}) for n in range(2)]
    for text in (texts[0], texts[0], texts[1]):
        (found / "link-state.json").write_text(text, encoding="utf-8")
        runner.step("Keep what is known")
        shutil.rmtree(runner.clone / "store")  # each job begins in an empty folder
        runner.step("Fetch what is known")
        assert known.read_text(encoding="utf-8") == text
    # Nothing new, no commit; each commit has the file alone.
    assert runner.git("rev-list", "--count", "link-state") == "2\n"
    assert runner.git("ls-tree", "--name-only", "link-state") == "link-state.json\n"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_run_that_left_no_state_overwrites_nothing(runner: Runner, text: str) -> None:
    (runner.clone / "found").mkdir()
    (runner.clone / "found" / "link-state.json").write_text(text)
    with pytest.raises(subprocess.CalledProcessError):
        runner.step("Keep what is known")


def test_one_issue_is_opened_renewed_and_closed(runner: Runner) -> None:
    step = "Open, renew or close the issue"
    (runner.clone / "found").mkdir()
    body = runner.clone / "found" / "issue.md"
    fine = f"{NOTHING_TO_DO}: 3 links: 3 alive.\n"
    body.write_text(fine, encoding="utf-8")
    runner.step(step)
    assert runner.take_notes() == []
    body.write_text("Dead (1)", encoding="utf-8")
    runner.step(step)
    (opened,) = runner.take_notes()
    assert opened.startswith("issue create --repo owner/list --title Links to look at")
    runner.issue = "7"
    runner.step(step)
    (renewed,) = runner.take_notes()
    assert renewed.startswith("issue edit 7 --repo owner/list --body-file")
    body.write_text(fine, encoding="utf-8")
    runner.step(step)
    (closed,) = runner.take_notes()
    assert closed == f"issue close 7 --repo owner/list --comment {fine.strip()}"


def test_a_run_that_tells_nothing_closes_no_issue(runner: Runner) -> None:
    (runner.clone / "found").mkdir()
    (runner.clone / "found" / "issue.md").write_text("", encoding="utf-8")
    runner.issue = "7"
    with pytest.raises(subprocess.CalledProcessError):
        runner.step("Open, renew or close the issue")
    assert runner.take_notes() == []
