"""The workflows against a server that answers like GitHub: what becomes of issues and branches."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from catalog.linkcheck.report import NOTHING_TO_DO
from catalog.net import Services
from catalog.store.link_state import LinkState, to_text
from catalog.store.link_status import Status
from tests.github_server import GitHub
from tests.lookup.answers import csl
from tests.lookup.conftest import Web, json_page, web
from tests.net.servers import say
from tests.repository import Repository
from tests.tasks.github.test_issue_parser import write_body
from tests.test_workflows import LIST, Runner, step

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed"),
]
__all__ = ["web"]
PAPER = "papers/example2024things.yaml"
REQUEST = "Open or renew the pull request"


class Submissions:
    """A list on the server, and a runner that plays the two jobs of submission.yml."""

    def __init__(self, folder: Path, web: Web, hub: GitHub, runner: Runner) -> None:
        self.hub, self.runner, self._web, self._folder = hub, runner, web, folder
        for name in Services.__dataclass_fields__:
            # The program runs by itself: only this process knows the server's public name.
            address = getattr(web.services(), name).replace("ip-127-0-0-1.example", "127.0.0.1")
            runner.environment[f"CATALOG_SERVICE_{name.upper()}"] = address
        hub.write_program(folder / "programs")

    def submit(self, number: int, **answers: str) -> None:
        issue = self.hub.open_issue(number, "")
        issue["body"] = write_body(section="Things [things]", **answers)
        runner = self.runner
        for path in (runner.temp / "entry", runner.work / "entry", runner.work / "papers"):
            if path.is_symlink():
                path.unlink()
            shutil.rmtree(path, ignore_errors=True)
        assert runner.run(step("submission", "Make the entry"), BODY=issue["body"]).returncode == 0
        (runner.work / "entry").symlink_to(runner.temp / "entry")
        name = "Say why there is no entry" if self.is_refused() else REQUEST
        ran = runner.run(step("submission", name), ISSUE=str(number), BASE="main", GH_TOKEN="x")
        assert ran.returncode == 0, ran.stderr
        assert self.hub.refused == []

    def is_refused(self) -> bool:
        return (self.runner.temp / "entry" / "refused.md").exists()

    def show(self, branch: str, path: str = PAPER) -> str:
        return self.hub.git("show", f"{branch}:{path}")

    def comments_on(self, number: int) -> list[str]:
        return [comment["body"] for comment in self.hub.comments if comment["on"] == number]


@pytest.fixture
def submissions(tmp_path: Path, web: Web) -> Iterator[Submissions]:
    runner = Runner(tmp_path)
    (runner.work / "papers.yaml").write_text(LIST)
    (runner.work / ".gitignore").write_text(".catalog-cache/\nentry\n*.json\n*.md\n")
    Repository(runner.work).commit()
    answer = csl(**{"container-title": "Conf"})
    web.pages["/doi/10.1000/example"] = json_page(answer)
    with GitHub(tmp_path, runner.work) as hub:
        yield Submissions(tmp_path, web, hub, runner)


def test_an_issue_becomes_a_branch_with_one_commit_and_a_pull_request(
    submissions: Submissions, web: Web
) -> None:
    submissions.submit(7, paper="10.1000/example")
    hub = submissions.hub
    assert "title: Things, and How to Align Them" in submissions.show("submission-7")
    assert hub.git("rev-list", "--count", "main..submission-7") == "1"
    (pull,) = hub.pulls
    assert (pull["title"], pull["state"]) == ("Add example2024things", "open")
    assert pull["body"].rstrip().endswith("Closes #7.")


def test_an_edit_adds_a_commit_and_never_closes_the_pull_request(
    submissions: Submissions, web: Web
) -> None:
    hub = submissions.hub
    submissions.submit(7, paper="10.1000/example")
    first = hub.git("rev-parse", "submission-7")
    submissions.submit(7, paper="10.1000/example")
    assert hub.git("rev-parse", "submission-7") == first  # nothing new, no commit
    submissions.submit(7, paper="10.1000/example", code="https://example.org/code")
    assert hub.git("rev-parse", "submission-7^") == first
    assert "https://example.org/code" in submissions.show("submission-7")
    assert [pull["state"] for pull in hub.pulls] == ["open"]


def test_an_edit_that_changes_the_key_moves_the_file_in_one_commit(
    submissions: Submissions, web: Web
) -> None:
    hub = submissions.hub
    submissions.submit(7, paper="10.1000/example")
    other = csl(**{"container-title": "Conf", "DOI": "10.1000/other", "title": "Stuff of Things"})
    web.pages["/doi/10.1000/other"] = json_page(other)
    submissions.submit(7, paper="10.1000/other")
    names = hub.git("diff", "--name-only", "main...submission-7").split()
    assert names == ["papers/example2024stuff.yaml"]
    assert hub.git("rev-list", "--count", "main..submission-7") == "2"
    assert [pull["title"] for pull in hub.pulls] == ["Add example2024stuff"]


def test_commits_of_others_stay_and_the_edit_is_shown(submissions: Submissions, web: Web) -> None:
    hub = submissions.hub
    submissions.submit(7, paper="10.1000/example")
    theirs = hub.push_as("ada", "submission-7", PAPER, "key: example2024things\nnote: mine\n")
    submissions.submit(7, paper="10.1000/example", code="https://example.org/code")
    assert hub.git("rev-parse", "submission-7") == theirs
    (comment,) = submissions.comments_on(hub.pulls[0]["number"])
    assert "it stays as it is" in comment
    assert "https://example.org/code" in comment


def test_a_second_issue_for_one_paper_names_the_first(submissions: Submissions, web: Web) -> None:
    hub = submissions.hub
    submissions.submit(7, paper="10.1000/example")
    submissions.submit(8, paper="10.1000/example")
    assert len(hub.pulls) == 1
    (comment,) = submissions.comments_on(8)
    assert f"#{hub.pulls[0]['number']}" in comment
    hub.pulls[0]["state"] = "closed"
    submissions.submit(8, paper="10.1000/example")
    assert len(hub.pulls) == 2


def test_one_paper_under_two_keys_is_one_submission(submissions: Submissions, web: Web) -> None:
    hub = submissions.hub
    submissions.submit(7, paper="10.1000/example")
    (first,) = hub.pulls
    # The same DOI, in other letters, with another year and so another key.
    later = {"container-title": "Conf", "issued": {"date-parts": [[2025]]}}
    web.pages["/doi/10.1000/EXAMPLE"] = json_page(csl(**later))
    submissions.submit(8, paper="10.1000/EXAMPLE")
    assert hub.pulls == [first]
    (comment,) = submissions.comments_on(8)
    assert f"#{first['number']}" in comment
    # The same title under a DOI of its own may be another paper: a person decides.
    web.pages["/doi/10.1000/else"] = json_page(csl(**later, DOI="10.1000/else"))
    submissions.submit(9, paper="10.1000/else")
    assert [pull["title"] for pull in hub.pulls] == [
        "Add example2024things",
        "Add example2025things",
    ]
    assert f"**#{first['number']} adds a paper with the same title.**" in hub.pulls[1]["body"]
    # Another paper is not compared with either.
    next_one = csl(**{"container-title": "Conf", "DOI": "10.1000/new", "title": "Quite New Stuff"})
    web.pages["/doi/10.1000/new"] = json_page(next_one)
    submissions.submit(10, paper="10.1000/new")
    assert "same title" not in hub.pulls[2]["body"]


def test_what_no_service_confirms_is_marked_in_title_and_text(
    submissions: Submissions, web: Web
) -> None:
    for name in Services.__dataclass_fields__:  # nobody listens there
        submissions.runner.environment[f"CATALOG_SERVICE_{name.upper()}"] = "http://127.0.0.1:9/"
    submissions.submit(7, paper="10.1000/down", title="By @everyone `x`")
    (pull,) = submissions.hub.pulls
    assert pull["title"].endswith("(not confirmed)")
    assert pull["body"].startswith("**Not confirmed.**")
    assert "\n    note: not confirmed: written by hand" in pull["body"]


def test_what_does_not_exist_is_refused_in_the_issue(submissions: Submissions, web: Web) -> None:
    web.pages["/doi/10.1000/none"] = say(404)
    submissions.submit(7, paper="10.1000/none", title="My Great Paper")
    assert submissions.hub.pulls == []
    (comment,) = submissions.comments_on(7)
    assert "there is no DOI 10.1000/none" in comment


def test_only_its_own_label_starts_a_submission_again() -> None:
    text = (Path(__file__).parents[1] / ".github/workflows/submission.yml").read_text()
    assert "github.event.action != 'labeled' || github.event.label.name == 'submission'" in text


def test_the_issue_of_links_is_opened_renewed_and_closed(submissions: Submissions) -> None:
    hub, runner = submissions.hub, submissions.runner
    found = runner.work / "found"
    found.mkdir()
    (found / "link-state.json").write_text(to_text({"http://a/": LinkState(Status.DEAD)}))
    for text, state in (
        (f"{NOTHING_TO_DO}: 3 links.\n", None),
        ("Dead (1)", "open"),
        ("Dead (2)", "open"),
        (f"{NOTHING_TO_DO}: 3 links.\n", "closed"),
    ):
        (found / "issue.md").write_text(text)
        ran = runner.run(step("links", "Open, renew or close the issue"), GH_TOKEN="x")
        assert ran.returncode == 0, ran.stderr
        issues = list(hub.issues.values())
        assert [issue["state"] for issue in issues] == ([state] if state else [])
    assert issues[0]["body"] == "Dead (2)"
    assert hub.refused == []


# comment.yml


def write_comment(submissions: Submissions, changes: dict[str, str]) -> str | None:
    """What the job makes of a pull request from a fork with these files."""
    hub, runner = submissions.hub, submissions.runner
    repository = Repository(runner.work)
    repository.git("remote", "add", "origin", str(hub.bare))
    tree = hub._write_tree("main", [{"path": p, "content": t} for p, t in changes.items()])
    head = hub.git("commit-tree", tree, "-p", "main", "-m", "x")
    hub.git("update-ref", "refs/pull/5/head", head)
    for name in ("Take the data of the pull request", "Write the comment"):
        ran = runner.run(step("comment", name), NUMBER="5")
        assert ran.returncode == 0, ran.stderr
    path = runner.temp / "comment" / "comment.md"
    return path.read_text() if path.exists() else None


ENTRY = (
    "key: sample2024x\ntitle: X of Things\nauthors: [Ada Example]\nvenue: Conf\nyear: 2024\n"
    "sections: [things]\n"
)


def test_a_comment_is_made_by_the_base_branch_from_data_alone(submissions: Submissions) -> None:
    comment = write_comment(
        submissions,
        {
            "papers/sample2024x.yaml": ENTRY,
            "templates/diff.md.j2": "EVIL",
            "templates/diff_card.md.j2": "EVIL",
            ".github/workflows/x.yml": "on: push",
            "odd @everyone `name`.txt": "x",
        },
    )
    assert comment is not None
    assert comment.lstrip().startswith("<!-- catalog: changes of the list -->")
    assert "1 new" in comment and "EVIL" not in comment
    assert "also changes files that are not papers" in comment
    assert "\n    .github/workflows/x.yml\n" in comment
    assert "@everyone" not in comment


def test_a_change_of_code_alone_gets_no_comment(submissions: Submissions) -> None:
    assert write_comment(submissions, {"catalog/x.py": "1"}) is None


def test_an_honest_paper_is_not_accused(submissions: Submissions) -> None:
    comment = write_comment(submissions, {"papers/sample2024x.yaml": ENTRY})
    assert comment is not None
    assert "not papers" not in comment


def test_the_comment_is_posted_once_and_then_renewed(submissions: Submissions) -> None:
    hub, runner = submissions.hub, submissions.runner
    folder = runner.work / "artifact" / "comment"
    folder.mkdir(parents=True)
    for text in ("one", "two"):
        body = f"<!-- catalog: changes of the list -->\n{text} $(touch pwned) ${{{{ x }}}}\n"
        (folder / "comment.md").write_text(body)
        ran = runner.run(step("comment", "Post or renew it"), NUMBER="5", GH_TOKEN="x")
        assert ran.returncode == 0, ran.stderr
        assert submissions.comments_on(5) == [body]
    assert not list(runner.folder.rglob("pwned"))
    assert json.dumps(hub.refused) == "[]"


# All workflows


def test_no_job_that_fetches_or_renders_may_write() -> None:
    for path in sorted((Path(__file__).parents[1] / ".github/workflows").glob("*.yml")):
        jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
        for name, job in jobs.items():
            script = " ".join(str(part.get("run", "")) for part in job["steps"])
            rights = (job.get("permissions") or {}).values()
            assert not (_RUNS_CATALOG.search(script) and "write" in rights), (path.name, name)


_RUNS_CATALOG = re.compile(
    r"^\s*(?:if )?catalog (?:add|build|check|diff|links|readme|update)\b", re.M
)
