"""Tricks with addresses: each is refused by a check with its place, or shown as what it is."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.checks.check import check
from catalog.model.findings import Code, Severity
from catalog.model.records import LinkKind
from catalog.text.markdown import render_line, write_prose
from tests.hostile import lists

URLS = json.loads((lists.ROOT / "tests/data/hostile/urls.json").read_text(encoding="utf-8"))
REFUSALS = {Code.LINK_SCHEME, Code.LINK_INVALID, Code.TEXT_CONTROL}


def make_content(urls: list[str]) -> dict[str, Any]:
    content = lists.make_list({"plain": "plain"}, "plain")
    content["papers"] = [
        {
            "key": f"paper{number}",
            "title": f"Invention {number}",
            "sections": ["section-0"],
            "links": {"page": url},
        }
        for number, url in enumerate(urls)
    ]
    return content


def test_every_trick_is_refused_at_its_place(tmp_path: Path, today: date) -> None:
    lists.write_list(tmp_path, make_content(URLS["refused"]))
    checked = check(tmp_path, today=today)
    refused = {
        finding.key
        for finding in checked.findings
        if finding.code in REFUSALS
        and finding.severity is Severity.ERROR
        and finding.field in ("links.page", None)
    }
    keys = {f"paper{number}": url for number, url in enumerate(URLS["refused"])}
    assert len(keys) >= 60
    assert {url for key, url in keys.items() if key not in refused} == set()


@pytest.mark.parametrize("kind", LinkKind)
def test_a_script_is_no_link_of_any_kind(kind: LinkKind, tmp_path: Path, today: date) -> None:
    content = make_content(["https://example.org/"])
    content["papers"][0]["links"] = {kind.value: "javascript:alert(1)"}
    lists.write_list(tmp_path, content)
    findings = check(tmp_path, today=today).findings
    assert Code.LINK_SCHEME in [one.code for one in findings if one.severity is Severity.ERROR]


def test_addresses_that_only_look_odd_are_taken_as_they_stand(tmp_path: Path, today: date) -> None:
    lists.write_list(tmp_path, make_content(URLS["shown"]))
    checked = check(tmp_path, today=today)
    assert checked.catalog is not None, checked.findings
    assert [paper.all_links["page"] for paper in checked.catalog.papers] == URLS["shown"]


@pytest.mark.parametrize("url", URLS["refused"])
def test_prose_makes_a_link_of_no_trick_unless_it_shows_the_host(url: str) -> None:
    html = str(render_line(f"[a]({url})")).lower()
    hosts = [part.partition('"')[0] for part in html.split('href="')[1:]]
    for href in hosts:
        assert href.startswith(("https://", "http://"))
        assert href.isascii()
        assert "@" not in href.split("/")[2]
        assert not re.search("%(?:0|1|7f)", href)
    assert ("](" in write_prose(f"[a]({url})").replace("\\]", "")) == bool(hosts)
