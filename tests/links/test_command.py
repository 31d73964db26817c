"""`catalog links` as a user calls it, against a local server."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from catalog.checking import check
from catalog.cli import run
from catalog.commands import links as command
from catalog.commands.console import FINDINGS, FINE, UNUSABLE
from catalog.fetching import Client
from catalog.links.gathering import gather
from catalog.links.planning import to_units
from tests.fetching.clocks import FakeClock
from tests.fetching.servers import Host, html, redirect, say

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
    return serve(pages, ip="127.0.0.7")


@pytest.fixture
def folder(tmp_path: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "papers.yaml").write_text(LIST.format(base=host.address), encoding="utf-8")
    monkeypatch.setattr(command, "Client", partial(Client, clock=FakeClock()))
    monkeypatch.setenv("CATALOG_SERVICE_WAYBACK", host.address + "/wayback")
    return tmp_path


def links(folder: Path, *arguments: str) -> int:
    return run(["-C", str(folder), "links", "--allow-host", "127.0.0.7", *arguments])


def test_a_run_tells_what_to_do_and_remembers(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    assert links(folder) == FINDINGS
    told = capsys.readouterr()
    assert "Dead (1): replace or remove it" in told.out
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


def test_an_issue_is_written_and_empty_when_nothing_is_to_be_done(
    folder: Path, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    links(folder, "--format", "issue")
    body = capsys.readouterr().out
    assert body.startswith("<!-- catalog: links -->\n3 links: 1 alive, 1 moved, 1 dead.")
    assert "### Dead (1)" in body
    host.pages["/dead.pdf"] = host.pages["/old"] = say()
    assert links(folder, "--format", "issue") == FINE
    assert capsys.readouterr().out == ""


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
    checked = check(Path(__file__).parents[2], today)
    assert checked.catalog is not None
    found = gather(checked.catalog)
    assert len(found) > 150
    assert len({link.url for link in found}) == len(found)
    units = list(to_units(found))
    assert sum(len(unit.links) for unit in units) == len(found)
    # All arXiv ids and PDFs are asked with a few requests, and nothing twice.
    services = [identity.service for unit in units for _, identity in unit.links[:1] if identity]
    assert services.count("arxiv") <= 3
