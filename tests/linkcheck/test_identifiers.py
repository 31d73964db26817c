"""Identifiers are checked as identifiers: at the service, under the right title."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from requests.structures import CaseInsensitiveDict

from catalog.linkcheck.check_url import judge
from catalog.linkcheck.identifiers import is_other_title
from catalog.linkcheck.requests import Response
from catalog.net import Client, Guard, HttpResponse, RateLimit
from catalog.net.limits import RateLimits
from catalog.store.link_state import read_states
from catalog.store.link_status import Status
from tests.linkcheck.conftest import LIMITS, Web, link
from tests.net.servers import Page, Visit, free_port, html, redirect, say

TITLE = "Things, and How to Align Them"
DOI = "https://doi.org/10.1000/things"
FORUM = "https://openreview.net/forum?id=a68SUt6zFt"
FORUM_ID = FORUM.partition("id=")[2]
ACL = "https://aclanthology.org/2024.things-main.1/"


def as_json(value: object, status: int = 200) -> Page:
    return say(status, json.dumps(value).encode(), type_="application/json")


def feed(**titles: str) -> Page:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{id_.replace('_', '.')}v2</id>"
        f"<title>{title}</title></entry>"
        for id_, title in titles.items()
    )
    text = f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'
    return say(body=text.encode(), type_="application/atom+xml")


def test_arxiv_ids_are_asked_in_batches_and_compared_by_title(web: Web, state: Path) -> None:
    ids = [f"2401.1{n:04}" for n in range(60)]
    titles = {id_.replace(".", "_"): TITLE for id_ in ids}
    titles["2401_10003"] = "Wings of Quite Another Bird"

    def answer(visit: Visit) -> bool | None:
        asked = visit.path.partition("id_list=")[2].partition("&")[0].split(",")
        known = {key: titles[key] for id_ in asked if (key := id_.replace(".", "_")) in titles}
        return feed(**known)(visit)

    web.host.pages["/arxiv/"] = answer
    links = [link(f"https://arxiv.org/abs/{id_}", "arxiv", TITLE) for id_ in ids]
    links += [link(f"https://arxiv.org/pdf/{id_}", "links.pdf", TITLE) for id_ in ids]
    states = web.check(state, links)
    assert len(web.host.visits) == 2
    assert {found.status for found in states.values()} == {Status.ALIVE}
    wrong = {url: found.reason for url, found in states.items() if found.reason}
    reason = "identifier-mismatch: it leads to 'Wings of Quite Another Bird'"
    assert wrong == {
        "https://arxiv.org/abs/2401.10003": reason,
        "https://arxiv.org/pdf/2401.10003": reason,
    }


def test_a_title_that_changed_a_little_is_no_other_paper(web: Web, state: Path) -> None:
    for shown in (
        "Things and how to align them",
        "Position: Things, and How to Align Them",
        "Things, and How to Align Them: A Study",
        "Linear Things, and How to Align Them",
    ):
        web.host.pages["/arxiv/"] = feed(**{"2401_10000": shown})
        found = web.check(state, [link("https://arxiv.org/abs/2401.10000", "arxiv", TITLE)])
        assert found["https://arxiv.org/abs/2401.10000"].reason is None


def test_what_a_service_does_not_know_is_visited_itself(
    make_web: Callable[..., Web], state: Path
) -> None:
    """Here the look-up of every name leads to the local server, and it does not know the page."""
    web = make_web()
    guard = Guard(["127.0.0.9", "arxiv.org", "doi.org", "openreview.net"], look_up=refuse)
    with make_client(web, guard) as client:
        web.client = client
        urls = ["https://arxiv.org/abs/2401.10000", DOI, FORUM]
        links = [link(url, url.split(".")[0][8:], TITLE) for url in urls]
        for page in (say(404), say(body=ENTITIES), say(500)):
            web.host.otherwise = page
            states = web.check(state, links)
            assert [states[url].reason for url in urls] == ["connection-refused"] * 3


ENTITIES = b'<!DOCTYPE f [<!ENTITY a "aaaa">]><feed>&a;</feed>'


def refuse(host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
    address = ("127.0.0.9", port) if host == "127.0.0.9" else ("127.0.0.1", free_port())
    return [(socket.AF_INET, 1, 6, "", address)]


def make_client(web: Web, guard: Guard) -> Client:
    return Client(limits=LIMITS, manners=RateLimits(RateLimit(4, 0)), clock=web.clock, guard=guard)


def test_a_doi_is_asked_at_the_handle_service_and_its_title_once(web: Web, state: Path) -> None:
    web.host.pages["/handles/10.1000/things"] = as_json({"responseCode": 1})
    web.host.pages["/doi/10.1000/things"] = redirect(302, "/agency")
    web.host.pages["/agency"] = as_json({"title": TITLE})
    for _ in range(2):
        found = web.check(state, [link(DOI, "doi", TITLE)])[DOI]
        assert (found.status, found.reason, found.title) == (Status.ALIVE, None, TITLE)
    assert web.host.paths() == [
        "/handles/10.1000/things",
        "/doi/10.1000/things",
        "/agency",
        "/handles/10.1000/things",
    ]
    assert web.host.visits[1].headers["accept"] == "application/vnd.citationstyles.csl+json"
    wrong = web.check(state, [link(DOI, "doi", "Wings of Quite Another Bird")])[DOI]
    assert wrong.reason == f"identifier-mismatch: it leads to {TITLE!r}"
    assert read_states(state)[DOI].title == TITLE


def test_a_doi_without_metadata_is_alive(web: Web, state: Path) -> None:
    web.host.pages["/handles/10.1000/things"] = as_json({"responseCode": 1})
    assert web.check(state, [link(DOI, "doi", TITLE)])[DOI].status is Status.ALIVE


def test_forums_are_asked_at_both_apis_and_withdrawn_papers_are_gone(web: Web, state: Path) -> None:
    note = {"id": FORUM_ID, "content": {"title": {"value": TITLE}, "venue": {"value": "Conf 2024"}}}
    old = {"id": FORUM_ID, "content": {"title": TITLE}}
    taken = {
        "id": FORUM_ID,
        "content": {"title": {"value": TITLE}, "venueid": {"value": "C/Withdrawn_Submission"}},
    }
    for new_api, old_api, status, reason in (
        ({"notes": [note]}, {}, Status.ALIVE, None),
        ({"notes": []}, {"notes": [old]}, Status.ALIVE, None),
        ({"notes": [taken]}, {}, Status.DEAD, "withdrawn"),
    ):
        web.host.pages["/openreview/"] = as_json(new_api)
        web.host.pages["/openreview_old/"] = as_json(old_api)
        state.unlink(missing_ok=True)
        found = web.check(state, [link(FORUM, "openreview", TITLE)])[FORUM]
        assert (found.status, found.reason) == (status, reason)


def test_a_page_of_the_anthology_tells_its_title(web: Web, state: Path) -> None:
    page = f'<meta content="{TITLE}" name="citation_title">'
    web.host.pages["/acl/2024.things-main.1/"] = html(page)
    assert web.check(state, [link(ACL, "acl", TITLE)])[ACL].reason is None
    other = web.check(state, [link(ACL, "acl", "Wings of Quite Another Bird")])[ACL]
    assert other.reason == f"identifier-mismatch: it leads to {TITLE!r}"


def test_a_page_of_the_anthology_that_is_gone_is_visited_itself(web: Web, state: Path) -> None:
    assert web.check(state, [link(ACL, "acl", TITLE)])[ACL].reason != "identifier-mismatch"
    assert "/acl/2024.things-main.1/" in web.host.paths()


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        ({"title": TITLE}, True),
        ({"title": [TITLE]}, True),
        ({"title": []}, False),
        ({"title": ""}, False),
        ({"title": f"<i>{TITLE}</i>"}, True),
        ([TITLE], False),
    ],
)
def test_the_title_of_a_doi_is_read_in_either_form(
    web: Web, state: Path, told: object, is_told: bool
) -> None:
    web.host.pages["/handles/10.1000/things"] = as_json({"responseCode": 1})
    web.host.pages["/doi/10.1000/things"] = as_json(told)
    other = web.check(state, [link(DOI, "doi", "Wings of Quite Another Bird")])[DOI]
    assert other.reason == (f"identifier-mismatch: it leads to {TITLE!r}" if is_told else None)


def test_a_title_without_words_is_that_of_no_other_paper() -> None:
    assert not is_other_title("???", [TITLE])
    assert not is_other_title(TITLE, [])
    assert not is_other_title(TITLE, ["Wings of a Bird", TITLE])
    assert is_other_title(TITLE, ["Wings of a Bird"])


@pytest.mark.parametrize("body", [b"<feed", b"<!DOCTYPE feed [<!ENTITY a 'b'>]><feed/>"])
def test_a_feed_of_arxiv_that_cannot_be_read_tells_nothing(
    web: Web, state: Path, body: bytes
) -> None:
    web.host.pages["/arxiv/"] = say(200, body, type_="application/atom+xml")
    url = "https://arxiv.org/abs/2401.10000"
    found = web.check(state, [link(url, "arxiv", TITLE)])[url]
    assert found.title is None
    assert found.status is not Status.ALIVE


def test_an_answer_about_another_doi_counts_for_nothing(web: Web, state: Path) -> None:
    web.host.pages["/handles/10.1000/things"] = as_json({"responseCode": 1, "handle": "10.1000/x"})
    web.host.pages["/doi/10.1000/things"] = as_json({"title": "Wings of Quite Another Bird"})
    assert web.check(state, [link(DOI, "doi", TITLE)])[DOI].status is not Status.ALIVE
    # The case of a DOI does not count; the title of another DOI is not this one's.
    right = as_json({"responseCode": 1, "handle": "10.1000/THINGS"})
    web.host.pages["/handles/10.1000/things"] = right
    other = as_json({"title": "Wings of Quite Another Bird", "DOI": "10.1000/wings"})
    web.host.pages["/doi/10.1000/things"] = other
    found = web.check(state, [link(DOI, "doi", TITLE)])[DOI]
    assert (found.status, found.reason, found.title) == (Status.ALIVE, None, None)


@pytest.mark.parametrize(
    ("url", "name", "title", "is_other"),
    [
        ("https://arxiv.org/abs/2401.10000", "citation_title", "Wings of Another Bird", True),
        (ACL, "citation_title", "Wings of Another Bird", True),
        (FORUM, "citation_title", "Things and how to align them (extended)", False),
        ("https://arxiv.org/abs/2401.10000", "og:title", "Preprints of Things", False),
        ("https://example.org/things", "citation_title", "Wings of Another Bird", False),
    ],
)
def test_the_page_of_an_identifier_is_compared_when_its_service_does_not_answer(
    url: str, name: str, title: str, is_other: bool
) -> None:
    page = f'<meta name="{name}" content="{title}"><title>A page</title>{"Some words. " * 200}'
    headers: CaseInsensitiveDict[str] = CaseInsensitiveDict(
        {"Content-Type": "text/html", "ETag": '"1"'}
    )
    answer = HttpResponse(url, 200, headers, page.encode(), None)
    verdict = judge(url, Response(answer), (TITLE,))
    assert verdict.status is Status.ALIVE
    reason = f"identifier-mismatch: it leads to {title!r}"
    # An unchanged page would be answered without its title, so no ETag is kept.
    assert (verdict.reason, verdict.etag) == ((reason, None) if is_other else (None, '"1"'))
