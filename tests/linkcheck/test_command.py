"""`catalog links` as a user calls it, against a local server."""

import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.cli import run
from catalog.cli.commands import links as command
from catalog.cli.console import FINDINGS, FINE, UNUSABLE
from catalog.linkcheck.extract import extract_links
from catalog.linkcheck.plan import to_batches
from catalog.net import Client
from tests.net.clocks import FakeClock
from tests.net.servers import NEGATIVE_CHUNK, Host, html, raw, redirect, say
from tests.repository import Repository

LIST = """\
survey: {{title: A List of Invented Things}}
sections: [{{id: first, title: First}}]
venues: {{ICX: {{name: Invented Conference}}}}
papers:
  - key: sample2024things   # the first one
    title: Things, and How to Align Them
    authors: [Ada Example]
    venue: ICX
    year: 2024
    sections: [first]
    links: {{pdf: {base}/dead.pdf, page: '{base}/old', code: {base}/code}}
"""
TITLE = "Things, and How to Align Them"


@pytest.fixture
def host(serve: Callable[..., Host]) -> Host:
    pages = {"/old": redirect(301, "/new"), "/new": html(f"<title>{TITLE}</title>"), "/code": say()}
    found = serve(pages, ip="127.0.0.7")
    found.address = found.address.replace("127.0.0.7", "ip-127-0-0-7.example")
    return found


@pytest.fixture
def folder(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "papers.yaml").write_text(LIST.format(base=host.address), encoding="utf-8")
    monkeypatch.setattr(command, "Client", partial(Client, clock=FakeClock()))
    monkeypatch.setenv("CATALOG_SERVICE_WAYBACK", host.address + "/wayback")
    return tmp_path


def links(folder: Path, *arguments: str) -> int:
    return run(["-C", str(folder), "links", "--allow-host", "ip-127-0-0-7.example", *arguments])


def test_a_run_tells_what_to_do_and_remembers(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links(folder) == FINDINGS
    told = capsys.readouterr()
    assert "Dead (1): replace or remove the link" in told.out
    assert "sample2024things (links.pdf): http-404, failing since" in told.out
    assert f"instead: {host.address}/new" in told.out
    assert told.out.endswith("3 links: 1 alive, 1 moved, 1 dead\n")
    assert told.err == ""
    state = json.loads((folder / "link-state.json").read_text(encoding="utf-8"))
    assert sorted(state["links"]) == [f"{host.address}/{p}" for p in ("code", "dead.pdf", "old")]


def test_json_has_the_documented_shape(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert links(folder, "--format", "json") == FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["summary", "links"]
    assert report["summary"] == {
        "alive": 1, "moved": 1, "blocked": 0, "dead": 1, "timeout": 0, "skipped": 0
    }  # fmt: skip
    assert list(report["links"][0]) == [
        "url", "keys", "field", "status", "http_status", "reason", "moved_to", "suggestion",
        "first_failed", "last_alive",
    ]  # fmt: skip


def test_annotations_stand_at_the_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    links(folder, "--format", "github")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::error file=papers.yaml,line=11,col=18,title=link-dead::http")
    assert lines[1].startswith("::warning file=papers.yaml,line=11,col=")
    assert len(lines) == 2


def test_an_issue_is_written_and_says_when_nothing_is_to_be_done(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    links(folder, "--format", "issue")
    body = capsys.readouterr().out
    assert body.startswith("<!-- catalog: links -->\n3 links: 1 alive, 1 moved, 1 dead.")
    assert "### Dead (1)" in body
    host.pages["/dead.pdf"] = host.pages["/old"] = say()
    assert links(folder, "--format", "issue") == FINE
    assert capsys.readouterr().out == "Nothing is left to do: 3 links: 3 alive.\n"


def test_a_hostile_answer_spoils_no_other(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    host.pages["/code"] = raw(NEGATIVE_CHUNK)
    host.pages["/old"] = say(
        503, headers={"Retry-After": "Mon, 01 Jan 99999999999999999999 00:00:00"}
    )
    assert links(folder) == FINDINGS
    told = capsys.readouterr()
    assert "http-404" in told.out
    assert "Traceback" not in told.err


def test_what_strangers_write_cannot_break_out_of_the_issue(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    host.pages["/old"] = redirect(301, "/new`</details>@everyone")
    host.otherwise = say()
    links(folder, "--format", "issue")
    body = capsys.readouterr().out
    assert "/new`</details>@everyone``" in body or "%60" in body


def test_writing_changes_that_value_and_nothing_else(folder: Path, host: Host) -> None:
    before = (folder / "papers.yaml").read_text(encoding="utf-8")
    links(folder, "--write")
    after = (folder / "papers.yaml").read_text(encoding="utf-8")
    assert after == before.replace(f"'{host.address}/old'", f"{host.address}/new")
    links(folder, "--write")
    assert (folder / "papers.yaml").read_text(encoding="utf-8") == after


def test_a_move_to_a_page_with_another_title_is_not_written(folder: Path, host: Host) -> None:
    host.pages["/new"] = html("<title>Welcome to our new site</title>")
    before = (folder / "papers.yaml").read_bytes()
    links(folder, "--write")
    assert (folder / "papers.yaml").read_bytes() == before


def test_fresh_links_are_left_alone_and_the_dead_are_not(folder: Path, host: Host) -> None:
    links(folder)
    host.visits.clear()
    assert links(folder, "--max-age", "7d") == FINDINGS
    assert set(host.paths()) == {"/dead.pdf"} | {
        path for path in host.paths() if path.startswith("/wayback")
    }


def test_a_copy_in_the_wayback_machine_is_proposed(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = "http://web.archive.org/web/2024/https://example.org/things.pdf"
    answer = {"archived_snapshots": {"closest": {"url": copy, "available": True, "status": "200"}}}
    host.pages["/wayback"] = say(body=json.dumps(answer).encode())
    links(folder)
    assert "instead: https://web.archive.org/web/2024/" in capsys.readouterr().out


def test_without_the_exception_nothing_is_asked(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "links"]) == FINE
    assert "3 links: 3 skipped" in capsys.readouterr().out
    assert host.connections == 0


def test_shards_are_merged(folder: Path, host: Host) -> None:
    for number in (1, 2):
        links(folder, "--shard", f"{number}/2", "--state", str(folder / f"{number}.json"))
    assert links(folder, "--merge", str(folder / "1.json"), str(folder / "2.json")) == FINE
    state = json.loads((folder / "link-state.json").read_text(encoding="utf-8"))
    assert len(state["links"]) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--shard", "3/2"],
        ["--max-age", "soon"],
        ["--merge"],
        ["a.json"],
        ["--merge", "missing.json"],
        ["--format", "xml"],
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str]) -> None:
    assert links(folder, *arguments) == UNUSABLE


def test_pages_of_the_site_are_looked_through_on_demand(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "site_src").mkdir()
    page = f"# About\n\nSee [this]({host.address}/gone#part).\n"
    (folder / "site_src" / "about.md").write_text(page, encoding="utf-8")
    links(folder)
    assert "about.md" not in capsys.readouterr().out
    links(folder, "--all")
    assert "site_src/about.md:3: http-404" in capsys.readouterr().out


def test_the_links_of_the_real_list_are_gathered_and_planned(today: date) -> None:
    checked = check(Path(__file__).parents[2], today=today)
    assert checked.catalog is not None
    found = extract_links(checked.catalog)
    assert len(found) > 150
    assert len({link.url for link in found}) == len(found)
    units = list(to_batches(found))
    assert sum(len(unit.links) for unit in units) == len(found)
    # All arXiv ids and PDFs are asked with a few requests, and nothing twice.
    services = [identity.service for unit in units for _, identity in unit.links[:1] if identity]
    assert services.count("arxiv") <= 3


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_the_run_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "30")
    links(folder)
    *lines, last = terminal.getvalue().split("\r\x1b[K")[1:]
    assert [line[:4] for line in lines] == ["1/3 ", "2/3 ", "3/3 "]
    assert all(len(line) == 29 for line in lines)
    assert last == ""


def test_a_run_about_a_change_asks_for_the_links_of_changed_records_alone(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(folder)
    repository.commit("before")
    papers = folder / "papers.yaml"
    other = papers.read_text(encoding="utf-8").partition("papers:\n")[2]
    other = other.replace("sample2024things", "other2024").replace(TITLE, "Other")
    other = other.replace(f"{host.address}/dead.pdf", f"{host.address}/gone.pdf")
    with papers.open("a", encoding="utf-8") as file:
        file.write(other)
    assert links(folder, "--changed-since", "HEAD", "--format", "json") == FINDINGS
    report = json.loads(capsys.readouterr().out)
    assert {row["url"] for row in report["links"]} == {
        f"{host.address}/{path}" for path in ("gone.pdf", "old", "code")
    }
    assert {key for row in report["links"] for key in row["keys"]} == {"other2024"}


EVERYWHERE = """\
survey:
  title: Invented
  description: See [a]({base}/description).
  links: {{website: {base}/website}}
  cite: [{{key: cited, title: Cited, links: {{pdf: {base}/cited}}}}]
sections: [{{id: first, title: First, description: "By [b]({base}/section)."}}]
papers:
  - key: sample2024things
    title: Things, and How to Align Them
    sections: [first]
    note: With [c]({base}/note) and `{base}/code`.
    abstract: As [d]({base}/abstract).
"""


def test_annotations_stand_where_each_address_stands(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text(EVERYWHERE.format(base=host.address), encoding="utf-8")
    (folder / "site_src").mkdir()
    page = f"# About\n\nSee [this]({host.address}/page).\n"
    (folder / "site_src" / "about.md").write_text(page, encoding="utf-8")
    assert links(folder, "--all", "--format", "github") == FINDINGS
    found = re.findall(
        r"^::error file=(.*?),line=(\d+),col=(\d+),title=link-dead::http://[^/]*/(\w+): ",
        capsys.readouterr().out,
        re.MULTILINE,
    )
    assert {(name, file, int(line)) for file, line, _, name in found} == {
        ("note", "papers.yaml", 11),
        ("abstract", "papers.yaml", 12),
        ("website", "papers.yaml", 4),
        ("cited", "papers.yaml", 5),
        ("description", "papers.yaml", 3),
        ("section", "papers.yaml", 6),
        ("page", "site_src/about.md", 3),
    }


def test_an_address_of_the_survey_is_mended_where_it_moved(folder: Path, host: Host) -> None:
    papers = folder / "papers.yaml"
    text = f"survey: {{title: A, links: {{website: {host.address}/slash}}}} # mine\n"
    text += "sections: [{id: a, title: A}]\npapers: []\n"
    papers.write_text(text)
    host.pages |= {"/slash": redirect(301, "/slash/"), "/slash/": say()}
    links(folder, "--write")
    assert papers.read_text() == text.replace("/slash}", "/slash/}")
