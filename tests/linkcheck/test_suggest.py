"""What is proposed in the place of a link, and what is the same place."""

import json
from pathlib import Path

import pytest

from catalog.linkcheck.check_url import is_same_place
from catalog.linkcheck.checker import CheckOptions, find_copies
from catalog.linkcheck.history import History
from catalog.linkcheck.plan import Shard
from catalog.linkcheck.suggest import suggest
from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.store.link_state import LinkState
from catalog.store.link_status import Status
from tests.linkcheck.conftest import Web, link
from tests.net.servers import say

DEAD = LinkState(Status.DEAD)
HEAD = {"survey": {"title": "A"}, "sections": [{"id": "a", "title": "A"}]}
PAPER = {"key": "sample2024things", "title": "A", "sections": ["a"], "doi": "10.1000/a"}
CATALOG = Catalog(Head.model_validate(HEAD), [Paper.model_validate(PAPER)])
PDF, COPY = "http://example.org/a.pdf", "https://web.archive.org/web/2024/a.pdf"


@pytest.mark.parametrize(
    ("states", "field", "expected"),
    [
        ({}, "links.pdf", None),
        ({PDF: LinkState(Status.ALIVE)}, "links.pdf", None),
        ({PDF: LinkState(Status.MOVED, moved_to="https://b.org/")}, "links.pdf", "https://b.org/"),
        ({PDF: DEAD}, "links.pdf", "https://doi.org/10.1000/a"),
        ({PDF: DEAD}, "links.code", "https://example.org/a.pdf"),
        ({PDF: LinkState(Status.DEAD, suggestion=COPY)}, "links.code", COPY),
        (
            {PDF: LinkState(Status.DEAD, suggestion=COPY), COPY: DEAD},
            "links.code",
            "https://example.org/a.pdf",
        ),
        ({PDF: DEAD, "https://example.org/a.pdf": DEAD}, "links.code", None),
    ],
)
def test_the_surest_address_that_is_not_known_to_fail_is_proposed(
    states: dict[str, LinkState], field: str, expected: str | None
) -> None:
    assert suggest(link(PDF, field), states, CATALOG) == expected


def test_an_address_that_was_safe_before_has_nothing_to_propose() -> None:
    url = "https://example.org/a"
    assert suggest(link(url, "links.code"), {url: DEAD}, CATALOG) is None


@pytest.mark.parametrize(
    ("answer", "is_copy"),
    [
        ({"url": "http://web.archive.org/web/1/a", "available": True, "status": "200"}, True),
        ({"url": "http://web.archive.org/web/1/a", "available": False, "status": "200"}, False),
        ({"url": "http://web.archive.org/web/1/a", "available": True, "status": "404"}, False),
        ({"url": "https://evil.example/a", "available": True, "status": "200"}, False),
        ({"url": 7, "available": True, "status": "200"}, False),
        ({"url": "http://[", "available": True, "status": "200"}, False),
        ({}, False),
        (None, False),
    ],
)
def test_a_copy_is_one_that_the_archive_has(
    web: Web, state: Path, answer: object, is_copy: bool
) -> None:
    body = json.dumps({"archived_snapshots": {"closest": answer}}).encode()
    web.host.pages["/wayback"] = say(body=body)
    url = f"{web.host.address}/gone"
    web.check(state, [link(url)])
    with History(state) as memory:
        find_copies([link(url)], memory, CheckOptions(web.client, web.services))
        found = memory.states[url]
    assert found.status is Status.DEAD
    assert found.suggestion == ("https://web.archive.org/web/1/a" if is_copy else None)


@pytest.mark.parametrize(
    ("url", "moved_to", "is_shown", "is_same"),
    [
        ("http://a.org/x", "https://a.org/x", False, True),
        ("https://a.org/x", "https://a.org/x/", False, True),
        ("https://a.org/x", "https://b.org/x", False, False),
        ("https://a.org/x", "https://b.org/x", True, True),
        ("https://a.org/x", "http://a.org/x", True, False),
    ],
)
def test_a_new_address_is_the_same_place_when_that_is_sure(
    url: str, moved_to: str, is_shown: bool, is_same: bool
) -> None:
    assert is_same_place(url, moved_to, is_shown) is is_same


def test_the_links_of_one_service_or_host_are_in_one_shard() -> None:
    shards = [Shard(number, 5) for number in range(1, 6)]

    def shard_of(url: str, field: str = "links.page") -> int:
        (found,) = [shard.index for shard in shards if shard.takes(link(url, field))]
        return found

    arxiv = {shard_of(f"https://arxiv.org/abs/2401.1000{n}") for n in range(5)}
    hosts = {shard_of(f"https://example.org/{n}") for n in range(5)}
    assert len(arxiv) == len(hosts) == 1
    assert shard_of("https://aclanthology.org/2024.things-main.1/", "acl") in range(1, 6)
    assert shard_of("https://[", "links.page") in range(1, 6)
    assert shard_of("no address", "links.page") in range(1, 6)
    assert len({shard_of(f"https://host{n}.org/") for n in range(60)}) == 5
