"""Reading what the link checker found."""

import json
from datetime import date
from pathlib import Path

import pytest

from catalog.site.link_state import read_link_state
from catalog.store.link_state import FILE, LinkState
from catalog.store.link_status import Status

URL = "https://example.org/a"


def write(folder: Path, data: object) -> Path:
    (folder / FILE).write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_the_state_of_each_address_is_read(tmp_path: Path) -> None:
    found = {
        "status": "dead",
        "last_alive": "2025-09-01T10:00:00Z",
        "first_failed": "2025-10-01",
        "reason": "HTTP 404",
        "unknown": [1],
    }
    assert read_link_state(write(tmp_path, {"links": {URL: found}, "version": 1})) == {
        URL: LinkState(
            Status.DEAD,
            reason="HTTP 404",
            last_alive=date(2025, 9, 1),
            first_failed=date(2025, 10, 1),
        )
    }


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"links": []}', '{"links": null}', "[" * 100_000, "\ufffe"]
)
def test_a_file_that_cannot_be_understood_tells_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-16")
    assert read_link_state(tmp_path) == {}
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_link_state(tmp_path) == {}


def test_no_file_tells_nothing(tmp_path: Path) -> None:
    assert read_link_state(tmp_path) == {}


@pytest.mark.parametrize("found", [None, 3, [], {}, {"status": "well"}, {"status": ["dead"]}])
def test_a_state_that_is_none_is_left_out(tmp_path: Path, found: object) -> None:
    links = {URL: found, "https://example.org/b": {"status": "alive", "reason": 3}}
    assert read_link_state(write(tmp_path, {"links": links})) == {
        "https://example.org/b": LinkState(Status.ALIVE)
    }


def test_only_a_web_address_is_a_new_place(tmp_path: Path) -> None:
    for moved_to, kept in (("javascript:alert(1)", None), ("https://e.org/", "https://e.org/")):
        write(tmp_path, {"links": {URL: {"status": "moved", "moved_to": moved_to}}})
        assert read_link_state(tmp_path)[URL].moved_to == kept


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://bank.example@evil.example/", "https://a.b/%00", "//a.b/"],
)
def test_a_new_address_that_no_record_may_have_is_not_shown(url: str, tmp_path: Path) -> None:
    state = {"links": {"https://a.b/": {"status": "moved", "moved_to": url}}}
    (tmp_path / "link-state.json").write_text(json.dumps(state))
    assert read_link_state(tmp_path)["https://a.b/"].moved_to is None
