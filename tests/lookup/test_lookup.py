"""Each resolver against a real server that answers as its service documents."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.lookup import (
    LookupResult,
    NoMetadataError,
    NotFoundError,
    ResolveError,
    Session,
    UnavailableError,
    answer_queries,
    parse_query,
)
from catalog.lookup.merge import can_be_one, merge_works
from catalog.model.draft import Draft
from catalog.net import Services
from tests.lookup.answers import BIB, ERROR_FEED, LANDING, csl, entry, feed, note, old_note
from tests.lookup.conftest import Web, json_page
from tests.net import servers
from tests.net.clocks import FakeClock
from tests.net.servers import Page, html, in_turn, redirect, say

FEED = say(200, feed(entry()), type_="application/atom+xml")
ARXIV_VALUES = {
    "title": "Things, and How to Align Them",
    "authors": ["Ada Example", "Carla van der Berg"],
    "venue": "arXiv",
    "year": "2024",
    "arxiv": "2401.00001",
}
CSL_VALUES = {
    "title": "Things, and How to Align Them",
    "authors": ["Ada Example", "Carla van der Berg"],
    "venue": "Proceedings of the 12th Invented Conference",
    "publisher": "Example Press",
    "year": "2024",
    "pages": "10-24",
    "doi": "10.1000/example",
}


def find(desk: Session, *names: str) -> list[list[LookupResult] | ResolveError]:
    return answer_queries([parse_query(name) for name in names], desk)


def values(desk: Session, name: str) -> dict[str, Any]:
    (outcome,) = find(desk, name)
    assert not isinstance(outcome, ResolveError), outcome
    (found,) = outcome
    return dict(found.draft.values)


def failure(desk: Session, name: str) -> ResolveError:
    (outcome,) = find(desk, name)
    assert isinstance(outcome, ResolveError)
    return outcome


# What each service says


def test_arxiv_is_asked_once_for_many_ids(web: Web, desk: Session) -> None:
    entries = [entry(f"2401.0000{n}", f"Paper {n}") for n in (3, 1, 2)]
    web.pages["/arxiv"] = say(200, feed(*entries), type_="application/atom+xml")
    outcomes = find(desk, "2401.00001", "https://arxiv.org/abs/2401.00002v3", "arXiv:2401.00003")
    titles = [found[0].draft.values["title"] for found in outcomes if isinstance(found, list)]
    assert titles == ["Paper 1", "Paper 2", "Paper 3"]
    (visit,) = web.visits
    assert "id_list=2401.00001%2C2401.00002%2C2401.00003&max_results=3" in visit.path
    assert visit.headers["user-agent"].endswith("(+ada@example.org)")


def test_arxiv_tells_title_authors_and_year(web: Web, desk: Session) -> None:
    web.pages["/arxiv"] = FEED
    assert values(desk, "2401.00001") == ARXIV_VALUES


def test_an_arxiv_id_that_is_not_there_is_told_apart_from_those_that_are(
    web: Web, desk: Session
) -> None:
    web.pages["/arxiv"] = FEED
    first, second = find(desk, "2401.00001", "2401.99999")
    assert isinstance(first, list)
    assert isinstance(second, NotFoundError)
    assert str(second) == "there is no arXiv paper with the id 2401.99999"


def test_doi_tells_what_crossref_and_datacite_know(web: Web, desk: Session) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    assert values(desk, "https://doi.org/10.1000/example") == CSL_VALUES
    assert web.visits[0].headers["accept"] == "application/vnd.citationstyles.csl+json"


def test_doi_follows_to_the_agency(web: Web, desk: Session) -> None:
    web.pages["/doi/10.1000/example"] = redirect(302, "/agency")
    web.pages["/agency"] = json_page(csl())
    assert values(desk, "10.1000/EXAMPLE".lower()) == CSL_VALUES


def test_the_lists_of_crossref_are_read(web: Web, desk: Session) -> None:
    lists = {"title": ["Things, and <i>How</i> to Align Them."], "container-title": ["Letters"]}
    web.pages["/doi/10.1000/example"] = json_page(csl(**lists))
    found = values(desk, "10.1000/example")
    assert (found["title"], found["venue"]) == ("Things, and How to Align Them", "Letters")


def test_arxivs_own_doi_is_an_arxiv_id(web: Web, desk: Session) -> None:
    # parse_question sees the id; only DataCite's answer has the DOI.
    web.pages["/arxiv"] = say(503)
    own = {"DOI": "10.48550/ARXIV.2401.00001", "publisher": "arXiv", "type": "article"}
    item = json.loads(csl(**own))
    for name in ("container-title", "page"):
        del item[name]
    web.pages["/doi/10.48550/arXiv.2401.00001"] = json_page(json.dumps(item).encode())
    assert values(desk, "10.48550/arXiv.2401.00001") == ARXIV_VALUES


@pytest.mark.parametrize(
    ("status", "error", "text"),
    [
        (404, NotFoundError, "there is no DOI 10.1000/example"),
        (204, NoMetadataError, "the DOI 10.1000/example resolves but has no metadata"),
        (406, NoMetadataError, "the DOI 10.1000/example resolves but has no metadata"),
    ],
)
def test_what_is_wrong_with_a_doi_is_told(
    web: Web, desk: Session, status: int, error: type[ResolveError], text: str
) -> None:
    web.pages["/doi/10.1000/example"] = say(status)
    told = failure(desk, "10.1000/example")
    assert (type(told), str(told)) == (error, text)


def test_openreview_tells_venue_and_year(web: Web, desk: Session) -> None:
    web.pages["/openreview"] = json_page(note())
    assert values(desk, "https://openreview.net/forum?id=a68SUt6zFt") == {
        "title": "Things, and How to Align Them",
        "authors": ["Ada Example", "Carla van der Berg"],
        "venue": "Conf 2024",
        "year": "2024",
        "openreview": "a68SUt6zFt",
    }


def test_older_venues_of_openreview_are_in_its_older_api(web: Web, desk: Session) -> None:
    web.pages["/openreview"] = json_page(b'{"notes": [], "count": 0}')
    web.pages["/openreview_old"] = json_page(old_note())
    assert values(desk, "openreview:a68SUt6zFt")["venue"] == "Conf 2021"


@pytest.mark.parametrize(
    "given",
    [
        {
            "venue": "Submitted to Conf 2024",
            "venueid": "Conf.cc/2024/Conference/Rejected_Submission",
        },
        {"venue": "Conf 2024 Conference Withdrawn Submission"},
        {"venue": "Under review for TMLR", "venueid": "TMLR/Under_Review"},
        {"venue": None, "venueid": None},
    ],
)
def test_a_paper_that_was_not_accepted_has_no_venue(
    web: Web, desk: Session, given: dict[str, Any]
) -> None:
    web.pages["/openreview"] = json_page(note(**given))
    ((found,),) = [o for o in find(desk, "a68SUt6zFt") if isinstance(o, list)]
    assert "venue" not in found.draft.values
    assert not found.is_accepted
    assert "not an accepted paper" in found.remarks[0]


def test_an_openreview_note_that_is_a_review_is_no_paper(web: Web, desk: Session) -> None:
    web.pages["/openreview"] = json_page(note(title=None))
    assert isinstance(failure(desk, "a68SUt6zFt"), NoMetadataError)


def test_the_anthology_tells_by_its_bibtex(web: Web, desk: Session) -> None:
    web.pages["/acl/2024.conf-main.1.bib"] = say(200, BIB.encode(), type_="text/plain")
    found = values(desk, "https://aclanthology.org/2024.conf-main.1/")
    assert found["title"] == "Things, and How to Align Them"
    assert found["authors"] == ["Ada Example", "Carla van der Berg"]
    assert found["venue"] == "Proceedings of the 2024 Invented Conference"
    assert (found["acl"], found["pages"]) == ("2024.conf-main.1", "10-24")
    assert found["doi"] == "10.18653/v1/2024.conf-main.1"


def test_a_page_tells_by_its_tags(web: Web, desk: Session) -> None:
    web.pages["/v1/things.html"] = html(LANDING)
    address = f"{web.address}/v1/things.html"
    assert values(desk, address) == {
        "title": "Things, and How to Align Them",
        "authors": ["Ada Example", "Carla van der Berg"],
        "venue": "Invented Conference",
        "year": "2024",
        "publisher": "PMLR",
        "pages": "10-24",
        "links": {"pdf": "https://example.org/things.pdf", "page": address},
    }


def test_a_page_without_tags_or_a_pdf_is_no_paper(web: Web, desk: Session) -> None:
    web.pages["/blog"] = html("<title>Things</title>")
    web.pages["/paper"] = say(200, b"%PDF-1.7 things")
    assert "citation_title" in str(failure(desk, f"{web.address}/blog"))
    assert "is a PDF" in str(failure(desk, f"{web.address}/paper"))
    assert isinstance(failure(desk, f"{web.address}/gone"), NotFoundError)


def test_a_page_that_is_shut_is_unavailable(web: Web, desk: Session) -> None:
    web.pages["/shut"] = say(403)
    assert isinstance(failure(desk, f"{web.address}/shut"), UnavailableError)
    assert "answered with status 403" in str(failure(desk, f"{web.address}/shut"))


def test_a_paper_that_the_anthology_lacks_is_told_and_its_doi_asked(
    web: Web, desk: Session
) -> None:
    assert "there is no paper 2024.conf-main.1" in str(failure(desk, "2024.conf-main.1"))
    web.pages["/acl/2024.conf-main.1.bib"] = say(403)
    web.pages["/doi/10.18653/v1/2024.conf-main.1"] = json_page(
        csl(DOI="10.18653/v1/2024.conf-main.1")
    )
    found = values(desk, "2024.conf-main.1")
    assert (found["acl"], found["doi"]) == ("2024.conf-main.1", "10.18653/v1/2024.conf-main.1")


def test_a_doi_of_the_anthology_is_asked_there_when_no_agency_answers(
    web: Web, desk: Session
) -> None:
    web.pages["/acl/2024.conf-main.1.bib"] = say(200, BIB.encode(), type_="text/plain")
    for service in ("/doi/", "/crossref/", "/datacite/"):
        web.pages[f"{service}10.18653/v1/2024.conf-main.1"] = say(403)
    found = values(desk, "10.18653/v1/2024.conf-main.1")
    assert (found["acl"], found["pages"]) == ("2024.conf-main.1", "10-24")


def test_a_book_appeared_at_its_publisher(web: Web, desk: Session) -> None:
    book = csl(type="book", **{"container-title": "", "page": ""})
    web.pages["/doi/10.1000/example"] = json_page(book)
    found = values(desk, "10.1000/example")
    assert found["venue"] == "Example Press"
    assert "publisher" not in found


@pytest.mark.parametrize(
    ("given", "year"),
    [
        ({"venue": None}, "2024"),
        ({"venue": "Invented Track"}, "2024"),
        ({"venue": "Conf 2021"}, "2021"),
    ],
)
def test_a_year_is_that_of_the_venue_or_of_the_day(
    web: Web, desk: Session, given: dict[str, Any], year: str
) -> None:
    web.pages["/openreview"] = json_page(note(**({"venueid": None} | given)))
    assert values(desk, "openreview:a68SUt6zFt")["year"] == year


def test_a_note_without_authors_and_day_has_neither(web: Web, desk: Session) -> None:
    body = json.loads(note(authors=None, venue=None, venueid=None))
    body["notes"][0]["pdate"] = -1
    web.pages["/openreview"] = json_page(json.dumps(body).encode())
    assert values(desk, "openreview:a68SUt6zFt").keys() & {"authors", "year"} == set()


def test_an_entry_of_arxiv_that_lacks_authors_and_day_has_neither(web: Web, desk: Session) -> None:
    bare = entry(authors=(), published="soon")
    web.pages["/arxiv"] = say(200, feed(bare), type_="application/atom+xml")
    assert values(desk, "2401.00001").keys() & {"authors", "year"} == set()


# Bibliographies


def test_a_file_that_holds_no_paper_is_told(desk: Session, tmp_path: Path) -> None:
    files = {
        "empty.bib": (b"", "it has no entry of a paper"),
        "broken.bib": (b"@article{a, title={Things}", "left out: "),
        "latin.bib": (b"@misc{a, title={Th\xefngs}}", "not UTF-8"),
        "refs.json": (b'{"papers": []}', "has no column of titles"),
        "half.json": (b'[{"title": "Things', "cannot be read as csl-json: Unterminated"),
        "empty.ris": (b"", "it has no entry of a paper"),
        "large.bib": (b" " * (64 * 1024 * 1024 + 1), "larger than"),
    }
    for name, (data, reason) in files.items():
        (tmp_path / name).write_bytes(data)
        assert reason in str(failure(desk, str(tmp_path / name)))
    (tmp_path / "folder.bib").mkdir()
    assert "Is a directory" in str(failure(desk, str(tmp_path / "folder.bib")))


def test_what_was_left_out_of_a_file_is_told_beside_what_was_read(
    desk: Session, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("@misc{a, title={Things}, year=2024}\n@misc{b,\n")
    (outcome,) = find(desk, str(path))
    assert isinstance(outcome, list)
    (found,) = outcome
    assert found.draft.values["title"] == "Things"
    assert found.remarks[0].startswith(f"{path}:2: left out: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("refs.ris", "TY  - JOUR\nTI  - Things\nAU  - Example, Ada\nPY  - 2024\nER  - \n"),
        (
            "refs.json",
            '[{"id": "a", "type": "article-journal", "title": "Things",\n'
            ' "author": [{"family": "Example", "given": "Ada"}],\n'
            ' "issued": {"date-parts": [[2024]]}}]',
        ),
        ("refs.bibtex", "@article{a, title={Things}, author={Example, Ada}, year=2024}\n"),
    ],
)
def test_a_bibliography_of_any_format_is_read(
    name: str, text: str, desk: Session, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    (outcome,) = find(desk, str(tmp_path / name))
    assert isinstance(outcome, list)
    (found,) = outcome
    assert found.draft.values["title"] == "Things"
    assert found.draft.values["authors"] == ["Ada Example"]
    assert found.draft.values["year"] == "2024"


# Several finds of one work


def test_two_finds_of_one_work_give_each_other_what_they_lack(
    desk: Session, tmp_path: Path
) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@inproceedings{a, title={Things}, author={Example, Ada and others}, booktitle={Conf},\n"
        " year=2024, doi={10.1000/a}, url={https://example.org/a}}\n"
    )
    other = tmp_path / "more.bib"
    other.write_text(
        "@misc{b, title={Things, Early}, author={Example, Ada and Sample, Ben}, year=2023,\n"
        " doi={10.1000/A}, pdf={https://example.org/b.pdf}, url={https://example.org/b}}\n"
    )
    finds = [found for o in find(desk, str(path), str(other)) if isinstance(o, list) for found in o]
    (merged,) = merge_works(finds)
    assert merged.draft.values["title"] == "Things"
    assert merged.draft.values["year"] == "2024"
    assert merged.draft.values["authors"] == ["Ada Example", "Ben Sample"]
    assert merged.draft.values["links"] == {
        "page": "https://example.org/a",
        "pdf": "https://example.org/b.pdf",
        "other": "https://example.org/b",
    }


def test_what_is_no_record_can_be_no_version_of_another() -> None:
    good = Draft({"title": "Things", "authors": ["Ada Example"]})
    assert can_be_one(good, good)
    assert not can_be_one(good, Draft({"title": ""}))
    assert not can_be_one(Draft({"title": ""}), good)


# What services do when they cannot answer

SERVICES: dict[str, tuple[str, str, Page]] = {
    "arxiv": ("2401.00001", "/arxiv", FEED),
    "doi": ("10.1000/example", "/doi/10.1000/example", json_page(csl())),
    "openreview": ("openreview:a68SUt6zFt", "/openreview", json_page(note())),
    "acl": ("2024.conf-main.1", "/acl/2024.conf-main.1.bib", say(200, BIB.encode())),
    "page": ("{web}/things", "/things", html(LANDING)),
}
each_service = pytest.mark.parametrize("service", SERVICES)


@pytest.fixture
def ask(web: Web, desk: Session) -> Callable[..., list[LookupResult] | ResolveError]:
    """Ask one service, whose page answers as told."""

    def ask_one(service: str, make: Callable[[Page], Page]) -> list[LookupResult] | ResolveError:
        name, path, good = SERVICES[service]
        web.pages[path] = make(good)
        return find(desk, name.replace("{web}", web.address))[0]

    return ask_one


@each_service
def test_a_service_that_is_busy_is_asked_again_when_it_says(
    ask: Callable[..., Any], clock: FakeClock, service: str
) -> None:
    outcome = ask(service, lambda good: in_turn(say(429, headers={"Retry-After": "7"}), good))
    assert isinstance(outcome, list)
    assert clock.passed >= 7


@each_service
def test_a_service_that_is_busy_without_saying_how_long_is_asked_again(
    ask: Callable[..., Any], clock: FakeClock, service: str
) -> None:
    assert isinstance(ask(service, lambda good: in_turn(say(429), good)), list)
    assert clock.passed > 0


@each_service
def test_a_service_that_failed_twice_is_fine_the_third_time(
    ask: Callable[..., Any], service: str
) -> None:
    assert isinstance(ask(service, lambda good: in_turn(say(503), say(500), good)), list)


@each_service
@pytest.mark.parametrize(
    "page",
    [
        say(503),
        say(429),
        say(403),
        servers.send_less,
        servers.reset,
        say(200, b"", type_="application/json"),
        say(200, b'{"notes": 3, "message"', type_="application/json"),
        say(200, b"[1, 2]", type_="application/json"),
        say(200, b"Rate exceeded.", type_="text/plain"),
        html("<html><body>Are you a robot?</body></html>"),
        say(200, b"\xff\xfe\x00", type_="application/octet-stream"),
        say(200, ERROR_FEED, type_="application/atom+xml"),
        say(200, b"<!DOCTYPE x [<!ENTITY a 'b'>]><feed>&a;</feed>", type_="application/atom+xml"),
    ],
)
def test_a_service_that_does_not_answer_as_documented_is_an_error_in_one_line(
    ask: Callable[..., Any], service: str, page: Page
) -> None:
    outcome = ask(service, lambda _good: page)
    assert isinstance(outcome, UnavailableError | NoMetadataError)
    assert str(outcome).isprintable()


@each_service
def test_an_answer_that_was_cut_is_not_kept(web: Web, desk: Session, service: str) -> None:
    name, path, good = SERVICES[service]
    web.pages[path] = servers.send_less
    assert isinstance(find(desk, name.replace("{web}", web.address))[0], ResolveError)
    web.pages[path] = good
    assert isinstance(find(desk, name.replace("{web}", web.address))[0], list)


# Another service helps out


def test_without_the_feeds_arxiv_is_asked_by_doi_and_then_by_its_pages(
    web: Web, desk: Session
) -> None:
    web.pages["/arxiv"] = say(503)
    web.pages["/arxiv_pages/2401.00001"] = html(
        '<meta name="citation_title" content="Things, and How to Align Them"/>'
        '<meta name="citation_author" content="Example, Ada"/>'
        '<meta name="citation_author" content="Carla van der Berg"/>'
        '<meta name="citation_date" content="2024/01/01"/>'
        '<meta name="citation_arxiv_id" content="2401.00001"/>'
    )
    found = values(desk, "2401.00001")
    assert (found["title"], found["arxiv"]) == (ARXIV_VALUES["title"], "2401.00001")
    assert "/doi/10.48550/arXiv.2401.00001" in web.paths()


def test_without_the_resolver_dois_are_asked_at_the_agencies(web: Web, desk: Session) -> None:
    web.pages["/doi/10.1000/example"] = say(502)
    wrapped = json.dumps({"status": "ok", "message-type": "work", "message": json.loads(csl())})
    web.pages["/crossref/10.1000%2Fexample"] = json_page(wrapped.encode())
    assert values(desk, "10.1000/example") == CSL_VALUES
    del web.pages["/crossref/10.1000%2Fexample"]
    web.pages["/datacite/10.1000%2Fexample"] = json_page(csl())
    assert values(desk, "10.1000/example") == CSL_VALUES


def test_without_the_api_openreview_is_asked_by_its_pages(web: Web, desk: Session) -> None:
    web.pages["/openreview"] = say(403)
    pdf = "https://openreview.net/pdf?id="
    own = LANDING.replace("https://example.org/things.pdf", f"{pdf}a68SUt6zFt")
    web.pages["/openreview_pages"] = html(own)
    assert values(desk, "openreview:a68SUt6zFt")["openreview"] == "a68SUt6zFt"
    for page in (LANDING, LANDING.replace("https://example.org/things.pdf", f"{pdf}another0ne")):
        web.pages["/openreview_pages"] = html(page)
        told = failure(desk, "openreview:a68SUt6zFt")
        assert isinstance(told, UnavailableError)
        assert "not of a68SUt6zFt" in str(told)


def test_when_all_are_down_the_error_names_each(web: Web, desk: Session) -> None:
    for path in ("/doi/10.1000/example", "/crossref/10.1000%2Fexample"):
        web.pages[path] = say(503)
    told = failure(desk, "10.1000/example")
    assert "/doi/" in str(told) and "/crossref/" in str(told)
    assert isinstance(told, UnavailableError)


# Another paper than the one asked for


def test_an_answer_about_another_paper_is_refused(web: Web, desk: Session) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl(DOI="10.1000/other"))
    assert "is about 10.1000/other" in str(failure(desk, "10.1000/example"))
    web.pages["/arxiv"] = say(200, feed(entry("2401.00009")), type_="application/atom+xml")
    assert isinstance(failure(desk, "2401.00001"), NotFoundError)
    web.pages["/openreview"] = json_page(note("another0ne"))
    assert isinstance(failure(desk, "openreview:a68SUt6zFt"), NotFoundError)


def test_a_preprint_and_the_published_version_that_it_names_are_one(
    web: Web, desk: Session
) -> None:
    page = feed(entry(doi="10.1000/example", title="Things and how to align them"))
    web.pages["/arxiv"] = say(200, page, type_="application/atom+xml")
    web.pages["/doi/10.1000/example"] = json_page(csl())
    assert values(desk, "2401.00001") == CSL_VALUES | {"arxiv": "2401.00001"}


def test_a_doi_of_another_title_stays_apart_and_is_told(web: Web, desk: Session) -> None:
    page = feed(entry(doi="10.1000/example"))
    web.pages["/arxiv"] = say(200, page, type_="application/atom+xml")
    web.pages["/doi/10.1000/example"] = json_page(csl(title="Stuff"))
    ((found,),) = [o for o in find(desk, "2401.00001") if isinstance(o, list)]
    assert found.draft.values == ARXIV_VALUES
    assert "which is another paper: Stuff" in found.remarks[0]


def test_a_published_version_that_is_not_to_be_had_is_told(web: Web, desk: Session) -> None:
    page = feed(entry(doi="10.1000/example"))
    web.pages["/arxiv"] = say(200, page, type_="application/atom+xml")
    ((found,),) = [o for o in find(desk, "2401.00001") if isinstance(o, list)]
    assert found.draft.values == ARXIV_VALUES
    assert "was not looked up: there is no DOI" in found.remarks[0]


def test_a_server_that_failed_three_times_is_left_alone(web: Web, desk: Session) -> None:
    for number in range(6):
        web.pages[f"/p{number}"] = say(503)
        assert isinstance(failure(desk, f"{web.address}/p{number}"), UnavailableError)
    assert len(set(web.paths())) == 3
    assert "not asked again" in str(failure(desk, f"{web.address}/p9"))


def test_a_server_that_cannot_be_reached_is_asked_once(desk: Session, clock: FakeClock) -> None:
    address = f"http://127.0.0.1:{servers.free_port()}"
    assert "connection-refused" in str(failure(desk, f"{address}/a"))
    passed = clock.passed
    assert "not asked again" in str(failure(desk, f"{address}/b"))
    assert clock.passed == passed


# The cache


def test_a_good_answer_is_kept_for_a_week_and_a_failure_not_at_all(
    web: Web, desk: Session, clock: FakeClock, tmp_path: Path
) -> None:
    kept = Session(desk.client, desk.services, tmp_path / "cache")
    web.pages["/arxiv"] = in_turn(say(400), FEED)
    assert isinstance(find(kept, "2401.00001")[0], ResolveError)
    assert values(kept, "2401.00001") == ARXIV_VALUES
    asked = len(web.paths())
    assert values(kept, "2401.00001") == ARXIV_VALUES
    assert len(web.paths()) == asked
    clock.pass_days(8)
    assert values(kept, "2401.00001") == ARXIV_VALUES
    assert len(web.paths()) == asked + 1


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"asked": 1}', b"\xff"])
def test_a_damaged_cache_is_no_cache(
    web: Web, desk: Session, tmp_path: Path, damage: bytes
) -> None:
    kept = Session(desk.client, desk.services, tmp_path)
    web.pages["/arxiv"] = FEED
    assert values(kept, "2401.00001") == ARXIV_VALUES
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert values(kept, "2401.00001") == ARXIV_VALUES


def test_every_service_has_an_address_that_the_environment_can_change() -> None:
    changed = Services.from_environment({"CATALOG_SERVICE_ARXIV": "http://127.0.0.1/x"})
    assert changed.arxiv == "http://127.0.0.1/x"


# Pages in the manner of several publishers

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "a proceedings site": (
        """<meta name="citation_title" content="Things: A Study" />
        <meta name="citation_author" content="Ada Example" />
        <meta name="citation_author" content="Ben Sample" />
        <meta name="citation_publication_date" content="2019/05/24" />
        <meta name="citation_conference_title" content="Invented Conference" />
        <meta name="citation_firstpage" content="3519" />
        <meta name="citation_lastpage" content="3529" />
        <meta name="citation_publisher" content="PMLR" />""",
        {"title": "Things: A Study", "year": "2019", "pages": "3519-3529", "publisher": "PMLR"},
    ),
    "a foundation": (
        """<meta name="citation_title" content="Things">
        <meta name="citation_author" content="Example, Ada">
        <meta name="citation_author" content="van der Berg, Carla">
        <meta name="citation_publication_date" content="2023">
        <meta name="citation_conference_title" content="Proceedings of the Invented Conference">
        <meta name="citation_firstpage" content="1"><meta name="citation_lastpage" content="9">
        <meta name="citation_pdf_url" content="https://example.org/content/x.pdf">""",
        {"authors": ["Ada Example", "Carla van der Berg"], "year": "2023"},
    ),
    "a society": (
        """<meta name='citation_title' content='Things'/>
        <meta name='citation_author' content='Example, Ada'/>
        <meta name='citation_author_institution' content='Somewhere'/>
        <meta name='citation_journal_title' content='Advances in Invented Systems'/>
        <meta name='citation_volume' content='33'/>
        <meta name='citation_firstpage' content='1877'/>
        <meta name='citation_publication_date' content='2020'/>""",
        {"venue": "Advances in Invented Systems", "volume": "33", "pages": "1877"},
    ),
    "a journal": (
        """<meta property="citation_title" content="Things &amp;amp; &lt;i&gt;stuff&lt;/i&gt;."/>
        <meta name="dc.title" content="No"/><meta name="citation_journal_title" content="Letters"/>
        <meta name="citation_author" content="Example, A. B."/>
        <meta name="citation_author_orcid" content="x"/>
        <meta name="citation_online_date" content="2022/03/14"/>
        <meta name="citation_volume" content="5"/><meta name="citation_issue" content="2"/>
        <meta name="citation_doi" content="doi:10.1000/example"/>""",
        {"title": "Things & stuff", "number": "2", "doi": "10.1000/example", "year": "2022"},
    ),
    "an archive": (
        """<meta name="citation_title" content="Things" />
        <meta name="citation_author" content="Ada Example"/>
        <meta name="citation_publication_date" content="2024/01/02" />
        <meta name="citation_doi" content="10.48550/arXiv.2401.00001"/>""",
        {"arxiv": "2401.00001"},
    ),
    "one tag for all": (
        """<meta name="citation_title" content="Things">
        <meta name="citation_date" content="May 2018">
        <meta name="citation_authors" content="Example, Ada; Sample, Ben;">""",
        {"authors": ["Ada Example", "Ben Sample"], "year": "2018"},
    ),
    "broken markup": (
        """<meta name="citation_title" content="Things"<meta <p> </head
        <meta name="citation_author" content="Ada Example"><script>var x = "</scr" </script>""",
        {"title": "Things"},
    ),
}


@pytest.mark.parametrize("manner", PAGES)
def test_pages_are_read_in_the_manner_of_their_publisher(
    web: Web, desk: Session, manner: str
) -> None:
    markup, expected = PAGES[manner]
    web.pages["/paper"] = html(f"<html><head>{markup}</head><body><p>x</body></html>")
    found = values(desk, f"{web.address}/paper")
    assert {name: found.get(name) for name in expected} == expected


def test_a_page_in_another_encoding_is_read(web: Web, desk: Session) -> None:
    page = '<meta name="citation_title" content="Crème brûlée">'.encode("latin-1")
    web.pages["/paper"] = say(200, page, type_="text/html; charset=ISO-8859-1")
    assert values(desk, f"{web.address}/paper")["title"] == "Crème brûlée"
