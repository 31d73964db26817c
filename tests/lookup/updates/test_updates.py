"""Updates, asked at real servers: sixty pairs, missing fields, what is written and what is not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from catalog.cli import run
from catalog.lookup import Session
from catalog.lookup.updates import Updates, find_updates, write_updates
from catalog.net import Services
from catalog.store.insert import write_files
from catalog.store.load import LoadResult, load
from tests.lookup.answers import csl, entry, feed, note
from tests.lookup.conftest import Web, json_page
from tests.lookup.updates.pairs import Pair, make_pairs
from tests.net.servers import Page, Visit, say

PAIRS = make_pairs()
HEAD = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}]
venues:
  Conf: {}
  Letters: {kind: journal}
  arXiv: {kind: preprint}
papers:
"""


def to_record(pair: Pair) -> str:
    names = ", ".join(pair.authors)
    return (
        f"  - key: pair{pair.number}\n    title: '{pair.title}'\n    authors: [{names}]\n"
        f"    venue: arXiv\n    year: {pair.year}\n    sections: [things]\n"
        f'    arxiv: "{pair.arxiv}"\n'
    )


def to_item(pair: Pair) -> dict[str, Any]:
    other = pair.other
    return {
        "DOI": pair.doi,
        "type": other.get("type", "proceedings-article"),
        "title": [other["title"]],
        "author": [
            dict(zip(("given", "family"), n.rsplit(" ", 1), strict=True)) for n in other["authors"]
        ],
        "container-title": [other["venue"]],
        "issued": {"date-parts": [[other["year"]]]},
        "page": "1-9",
    }


def to_hit(pair: Pair) -> dict[str, Any]:
    other = pair.other
    people = [{"@pid": "1/2", "text": name} for name in other["authors"]]
    info = {
        "title": other["title"],
        "venue": other["venue"],
        "year": str(other["year"]),
        "type": other.get("type", "Conference and Workshop Papers"),
        "key": f"conf/x/{pair.number}",
        "doi": pair.doi,
        "url": "https://dblp.org/rec/x",
    }
    if people:
        info["authors"] = {"author": people if len(people) > 1 else people[0]}
    return {"@score": "5", "info": info}


def answer_query(visit: Visit, name: str) -> Pair | None:
    (asked,) = parse_qs(urlsplit(visit.path).query)[name]
    words = asked.replace("-", " ").split()
    return next((p for p in PAIRS if p.title.replace("-", " ").split()[-2] in words), None)


def crossref(visit: Visit) -> bool | None:
    pair = answer_query(visit, "query.bibliographic")
    items = [to_item(pair)] if pair and pair.way == "crossref" else []
    return json_page(json.dumps({"message": {"items": items}}).encode())(visit)


def dblp(visit: Visit) -> bool | None:
    pair = answer_query(visit, "q")
    hits: dict[str, Any] = {"@total": "0"}
    if pair and pair.way == "dblp":
        hits = {"@total": "1", "hit": [to_hit(pair)]}
    return json_page(json.dumps({"result": {"hits": hits}}).encode())(visit)


def arxiv(visit: Visit) -> bool | None:
    ids = parse_qs(urlsplit(visit.path).query)["id_list"][0].split(",")
    entries = [
        entry(p.arxiv, p.title, p.authors, p.doi if p.way == "arxiv" else None)
        for p in PAIRS
        if p.arxiv in ids
    ]
    return say(200, feed(*entries), type_="application/atom+xml")(visit)


@pytest.fixture
def pairs_web(web: Web) -> Web:
    web.pages |= {"/arxiv": arxiv, "/crossref": crossref, "/dblp": dblp}
    for pair in PAIRS:
        if pair.way == "arxiv":
            item = json.dumps(to_item(pair)).encode()
            web.pages[f"/doi/{pair.doi}"] = json_page(item)
    return web


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], LoadResult]:
    def read_list(records: str) -> LoadResult:
        (tmp_path / "papers.yaml").write_text(HEAD + records)
        return load(tmp_path)

    return read_list


def find(loaded: LoadResult, desk: Session) -> Updates:
    assert loaded.catalog is not None, loaded.findings
    return find_updates(loaded.catalog, loaded.catalog.papers, desk)


def test_there_are_sixty_pairs_of_every_kind() -> None:
    assert len(PAIRS) >= 60
    assert len({pair.title for pair in PAIRS}) == len(PAIRS)
    assert {"crossref", "dblp", "arxiv"} == {pair.way for pair in PAIRS}
    assert sum(pair.is_true for pair in PAIRS) >= 25


def test_no_wrong_proposal_passes_the_bar_and_most_of_the_true_ones_do(
    pairs_web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    updates = find(read("".join(map(to_record, PAIRS))), desk)
    assert updates.failures == {}
    passed = {proposal.key: proposal for proposal in updates.passed if "venue" in proposal.values}
    wrong = [p for p in PAIRS if not p.is_true and f"pair{p.number}" in passed]
    missed = [p for p in PAIRS if p.is_true and f"pair{p.number}" not in passed]
    assert [(pair.kind, pair.title, pair.other) for pair in wrong] == []
    true = sum(pair.is_true for pair in PAIRS)
    assert (true - len(missed)) / true >= 0.9, [pair.kind for pair in missed]
    assert all(proposal.evidence for proposal in updates.proposals)


def test_what_falls_below_the_bar_is_never_written(
    pairs_web: Web, desk: Session, read: Callable[[str], LoadResult], tmp_path: Path
) -> None:
    wrong = [pair for pair in PAIRS if not pair.is_true]
    loaded = read("".join(map(to_record, wrong)))
    updates = find(loaded, desk)
    assert any(not proposal.has_passed for proposal in updates.proposals)
    assert write_updates(tmp_path, loaded, updates) == {}


def test_what_passed_is_written_into_its_record_and_nowhere_else(
    pairs_web: Web, desk: Session, read: Callable[[str], LoadResult], tmp_path: Path
) -> None:
    pair = next(pair for pair in PAIRS if pair.kind == "the same" and pair.way == "crossref")
    other = "  # mine\n  - {key: other, title: Other, authors: [Ada Example], venue: Conf}\n"
    loaded = read(to_record(pair) + other)
    before = (tmp_path / "papers.yaml").read_text()
    updates = find(loaded, desk)
    write_files(tmp_path, write_updates(tmp_path, loaded, updates))
    after = (tmp_path / "papers.yaml").read_text()
    assert after.endswith(other)
    catalog = load(tmp_path).catalog
    assert catalog is not None
    paper = catalog.papers[0]
    assert (paper.venue, paper.year, paper.doi, paper.pages) == ("Conf", 2024, pair.doi, "1-9")
    assert (paper.key, paper.arxiv, paper.title) == (f"pair{pair.number}", pair.arxiv, pair.title)
    assert before.splitlines()[:9] == after.splitlines()[:9]
    # Once it is published, there is nothing more to propose.
    assert find(load(tmp_path), desk).proposals == ()


PREPRINT = """\
  - key: sample2023things
    title: Things, and How to Align Them
    authors: [Ada Example, Carla van der Berg]
    venue: arXiv
    year: 2023
    sections: [things]
"""
EMPTY_SEARCHES: dict[str, Page] = {
    "/crossref": json_page(b'{"message": {"items": []}}'),
    "/dblp": json_page(b'{"result": {"hits": {"@total": "0"}}}'),
}


def test_an_accepted_submission_is_proposed_and_a_rejected_one_not(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages |= EMPTY_SEARCHES | {"/openreview": json_page(note())}
    loaded = read(PREPRINT + "    openreview: a68SUt6zFt\n")
    (proposal,) = find(loaded, desk).proposals
    assert (proposal.has_passed, proposal.values) == (True, {"venue": "Conf", "year": "2024"})
    web.pages["/openreview"] = json_page(note(venue="Submitted to Conf 2024"))
    assert find(loaded, desk).proposals == ()


def test_the_relation_that_crossref_knows_is_a_declaration(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    relation = {
        "is-preprint-of": [{"id-type": "doi", "id": "10.1000/example", "asserted-by": "subject"}]
    }
    work = {"message": {"DOI": "10.1101/x", "relation": relation}}
    web.pages |= EMPTY_SEARCHES | {
        "/crossref/10.1101%2Fx": json_page(json.dumps(work).encode()),
        "/doi/10.1000/example": json_page(csl(**{"container-title": "Conf"})),
    }
    loaded = read(PREPRINT + "    doi: 10.1101/x\n")
    (proposal,) = find(loaded, desk).proposals
    assert proposal.has_passed
    assert proposal.values["doi"] == "10.1000/example"
    assert "Crossref says 10.1101/x is the preprint of 10.1000/example" in proposal.evidence


def test_the_relation_of_another_work_is_none(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    """Crossref answers about another DOI than the one that was asked for."""
    work = {"DOI": "10.1101/y", "relation": {"is-preprint-of": [{"id": "10.1000/example"}]}}
    web.pages |= EMPTY_SEARCHES | {
        "/crossref/10.1101%2Fx": json_page(json.dumps({"message": work}).encode()),
        "/doi/10.1000/example": json_page(csl(**{"container-title": "Conf"})),
    }
    assert find(read(PREPRINT + "    doi: 10.1101/x\n"), desk).proposals == ()


def test_two_publications_under_one_title_are_a_remark(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    people = [{"given": "Ada", "family": "Example"}, {"given": "Carla", "family": "van der Berg"}]
    items = [
        {"DOI": f"10.1000/{n}", "type": kind, "title": ["Things, and How to Align Them"],
         "author": people, "container-title": [venue], "issued": {"date-parts": [[2024]]}}
        for n, kind, venue in (
            (1, "proceedings-article", "Conf"), (2, "journal-article", "Letters"))
    ]  # fmt: skip
    web.pages |= EMPTY_SEARCHES
    web.pages["/crossref"] = json_page(json.dumps({"message": {"items": items}}).encode())
    (proposal,) = find(read(PREPRINT), desk).proposals
    assert not proposal.has_passed
    assert "fits as well" in proposal.evidence[-1]


def test_a_service_that_is_down_is_told_and_the_rest_goes_on(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages |= {"/crossref": say(503), "/dblp": EMPTY_SEARCHES["/dblp"]}
    published = PREPRINT.replace("things\n    title", "other\n    title").replace("arXiv", "Conf")
    published = published.replace("Them", "Others") + "    doi: 10.1000/example\n"
    web.pages["/doi/10.1000/example"] = json_page(csl(title="Things, and How to Align Others"))
    updates = find(read(PREPRINT + published), desk)
    assert list(updates.failures.values()) == [("sample2023things",)]
    assert [proposal.key for proposal in updates.proposals] == ["sample2023other"]


def test_where_the_authors_say_it_appeared_is_a_remark(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    told = entry(journal_ref="Advances in Neural Information Processing Systems 37 (2024)")
    web.pages |= EMPTY_SEARCHES | {"/arxiv": say(200, feed(told), type_="application/atom+xml")}
    (proposal,) = find(read(PREPRINT + '    arxiv: "2401.00001"\n'), desk).proposals
    assert not proposal.has_passed
    assert proposal.values == {"venue": "NeurIPS", "year": "2024"}
    assert "arXiv says it appeared in: Advances" in proposal.evidence[0]


def test_code_that_the_abstract_names_is_proposed_also_for_published_papers(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    told = entry().replace("Invented.", "Code is available at https://github.com/a/b-c.")
    web.pages["/arxiv"] = say(200, feed(told), type_="application/atom+xml")
    loaded = read(PUBLISHED + '    arxiv: "2401.00001"\n    doi: 10.1000/x\n    pages: 1-2\n')
    (proposal,) = find(loaded, desk).proposals
    assert (proposal.has_passed, proposal.values) == (
        True,
        {"links": {"code": "https://github.com/a/b-c"}},
    )
    other = entry(title="Stuff").replace("Invented.", "Code: https://github.com/a/b-c")
    web.pages["/arxiv"] = say(200, feed(other), type_="application/atom+xml")
    assert find(loaded, desk).proposals == ()


PUBLISHED = PREPRINT.replace("venue: arXiv", "venue: Conf").replace("2023", "2024")


def test_missing_fields_are_filled_from_the_identifier(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    short = PUBLISHED.replace(", Carla van der Berg]", "]\n    more_authors: true")
    (proposal,) = find(read(short + "    doi: 10.1000/example\n"), desk).proposals
    assert proposal.has_passed
    assert proposal.values["pages"] == "10-24"
    assert proposal.values["authors"] == ["Ada Example", "Carla van der Berg"]
    assert "venue" not in proposal.values


def test_an_identifier_that_is_of_another_title_is_a_remark(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl(title="Stuff"))
    (proposal,) = find(read(PUBLISHED + "    doi: 10.1000/example\n"), desk).proposals
    assert not proposal.has_passed
    assert "another title: Stuff" in proposal.evidence[1]


def test_an_identifier_under_other_authors_is_a_remark(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    people = [{"given": "Nobody", "family": "Known"}]
    web.pages["/doi/10.1000/example"] = json_page(csl(author=people))
    (proposal,) = find(read(PUBLISHED + "    doi: 10.1000/example\n"), desk).proposals
    assert not proposal.has_passed
    assert proposal.evidence[1] == "names other authors"


@pytest.mark.parametrize(
    ("given", "is_proposed"),
    [
        ({}, True),
        ({"container-title": "Letters"}, False),
        ({"issued": {"date-parts": [[2019]]}}, False),
    ],
)
def test_a_missing_doi_is_searched_by_title_authors_venue_and_year(
    web: Web,
    desk: Session,
    read: Callable[[str], LoadResult],
    given: dict[str, Any],
    is_proposed: bool,
) -> None:
    item = json.loads(csl(**({"container-title": "Conf"} | given)))
    web.pages["/crossref"] = json_page(json.dumps({"message": {"items": [item]}}).encode())
    proposals = find(read(PUBLISHED), desk).proposals
    assert [p.values["doi"] for p in proposals] == ["10.1000/example"] * is_proposed
    assert all(proposal.has_passed for proposal in proposals)
    assert all(proposal.what == ", ".join(proposal.values) for proposal in proposals)
    assert all(len(proposal.values) > 1 for proposal in proposals)


def test_a_record_that_lacks_nothing_is_not_asked_about(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    find(read(PUBLISHED + "    doi: 10.1000/example\n    pages: 1-2\n"), desk)
    assert web.visits == []


def test_records_in_files_of_their_own_are_written_where_they_stand(
    web: Web, desk: Session, read: Callable[[str], LoadResult], tmp_path: Path
) -> None:
    told = entry().replace("Invented.", "Code is available at https://github.com/a/b.")
    web.pages |= EMPTY_SEARCHES | {
        "/openreview": json_page(note(venue="Newconf 2024", title="Things")),
        "/arxiv": say(200, feed(told), type_="application/atom+xml"),
    }
    (tmp_path / "papers").mkdir()
    alone = PREPRINT.replace("  - key", "    key").replace("    ", "").replace("how", "How")
    alone = alone.replace("Things, and How to Align Them", "Things") + "openreview: a68SUt6zFt\n"
    (tmp_path / "papers" / "a.yaml").write_text("# alone\n" + alone)
    coded = PREPRINT.replace("sample2023things", "b").replace("arXiv", "Conf").replace("  -", "-")
    coded = (
        coded.replace("\n    ", "\n  ") + '  arxiv: "2401.00001"\n  doi: 10.1000/x\n  pages: 1-2\n'
    )
    (tmp_path / "papers" / "b.yaml").write_text(coded)
    loaded = read("  []\n")
    updates = find(loaded, desk)
    files = write_updates(tmp_path, loaded, updates)
    assert set(files) == {"papers.yaml", "papers/a.yaml", "papers/b.yaml"}
    write_files(tmp_path, files)
    assert b"# alone" in files["papers/a.yaml"] and b"venue: Newconf" in files["papers/a.yaml"]
    assert b"code: https://github.com/a/b\n" in files["papers/b.yaml"]
    assert run(["-C", str(tmp_path), "check"]) == 0


def test_an_identifier_that_leads_nowhere_is_a_remark(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    (proposal,) = find(read(PUBLISHED + "    doi: 10.1000/gone\n"), desk).proposals
    assert not proposal.has_passed
    assert proposal.evidence[0].startswith("DOI 10.1000/gone: there is no DOI 10.1000/gone")


def test_the_authors_that_a_list_lacks_are_those_of_the_preprint_server(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages |= EMPTY_SEARCHES | {"/arxiv": say(200, feed(entry()), type_="application/atom+xml")}
    short = PREPRINT.replace(", Carla van der Berg]", "]\n    more_authors: true")
    (proposal,) = find(read(short + '    arxiv: "2401.00001"\n'), desk).proposals
    assert proposal.has_passed
    assert proposal.values == {"authors": ["Ada Example", "Carla van der Berg"]}
    other = short.replace("Things, and How to Align Them", "Quite Another Thing")
    assert find(read(other + '    arxiv: "2401.00001"\n'), desk).proposals == ()


def test_the_authors_that_a_list_lacks_are_those_of_the_published_version(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    told = entry(doi="10.18653/v1/2024.conf-main.1")
    web.pages |= EMPTY_SEARCHES | {
        "/arxiv": say(200, feed(told), type_="application/atom+xml"),
        "/doi/10.18653/v1/2024.conf-main.1": json_page(
            csl(DOI="10.18653/v1/2024.conf-main.1", title="Things and How to Align All of Them")
        ),
    }
    short = PREPRINT.replace(", Carla van der Berg]", "]\n    more_authors: true")
    published, *_ = find(read(short + '    arxiv: "2401.00001"\n'), desk).proposals
    assert published.has_passed
    assert published.values["authors"] == ["Ada Example", "Carla van der Berg"]
    assert published.values["acl"] == "2024.conf-main.1"
    assert published.values["title"] == "Things and How to Align All of Them"


@pytest.mark.parametrize(
    ("finds", "is_one"),
    [
        ((("Conf", 2024), ("Conf", 2025)), True),
        ((("Conf", 2024), ("Conf Proceedings", 2024)), True),
        ((("NeurIPS", 2024), ("Neural Information Processing Systems", 2024)), True),
        ((("Conf", 2024), ("Letters", 2024)), False),
        ((("Conf", 2022), ("Conf", 2024)), False),
    ],
)
def test_finds_without_dois_are_one_publication_by_venue_and_year(
    web: Web,
    desk: Session,
    read: Callable[[str], LoadResult],
    finds: tuple[tuple[str, int], ...],
    is_one: bool,
) -> None:
    people = [{"text": "Ada Example"}, {"text": "Carla van der Berg"}]
    hits = [
        {
            "info": {
                "title": "Things, and How to Align Them",
                "venue": venue,
                "year": str(year),
                "type": "Conference and Workshop Papers",
                "authors": {"author": people},
            }
        }
        for venue, year in finds
    ]
    web.pages |= EMPTY_SEARCHES
    web.pages["/dblp"] = json_page(json.dumps({"result": {"hits": {"hit": hits}}}).encode())
    (proposal,) = find(read(PREPRINT), desk).proposals
    assert proposal.has_passed is is_one
    assert any("fits as well" in line for line in proposal.evidence) is not is_one


def test_a_preprint_server_that_does_not_know_the_paper_is_told_and_a_search_made(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    item = json.loads(csl(**{"container-title": "Conf"}))
    web.pages |= EMPTY_SEARCHES
    web.pages["/crossref"] = json_page(json.dumps({"message": {"items": [item]}}).encode())
    updates = find(read(PREPRINT + "    openreview: a68SUt6zFt\n"), desk)
    ((text, keys),) = updates.failures.items()
    assert "a68SUt6zFt" in text
    assert keys == ("sample2023things",)
    assert [proposal.values["doi"] for proposal in updates.proposals] == ["10.1000/example"]


def test_a_paper_without_authors_is_searched_by_its_title(
    web: Web, desk: Session, read: Callable[[str], LoadResult]
) -> None:
    web.pages |= EMPTY_SEARCHES
    bare = PREPRINT.replace("    authors: [Ada Example, Carla van der Berg]\n", "")
    assert find(read(bare + "    doi: 10.1101/x\n"), desk).proposals == ()
    queries = [parse_qs(urlsplit(visit.path).query) for visit in web.visits]
    searches = [query for query in queries if query]
    assert all("query.author" not in query for query in searches)
    assert [query["q"] for query in searches if "q" in query] == [["Things and How to Align Them"]]


@pytest.mark.parametrize("year", [2022, None])
def test_a_find_of_another_year_or_none_is_no_doi(
    web: Web, desk: Session, read: Callable[[str], LoadResult], year: int | None
) -> None:
    item = json.loads(csl(**{"container-title": "Conf"}))
    item["issued"] = {"date-parts": [[year]]} if year else {}
    web.pages["/crossref"] = json_page(json.dumps({"message": {"items": [item]}}).encode())
    assert find(read(PUBLISHED), desk).proposals == ()


# The command


@pytest.fixture
def environment(web: Web, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    for name in Services.__dataclass_fields__:
        monkeypatch.setenv(f"CATALOG_SERVICE_{name.upper()}", getattr(web.services(), name))
    yield web


def test_the_command_shows_then_writes_and_is_quiet_in_a_pipe(
    environment: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.pages |= EMPTY_SEARCHES | {"/openreview": json_page(note())}
    (tmp_path / "papers.yaml").write_text(HEAD + PREPRINT + "    openreview: a68SUt6zFt\n")
    assert run(["-C", str(tmp_path), "update"]) == 1
    said = capsys.readouterr()
    assert "papers.yaml:8: proposal: published: Conf 2024 [sample2023things]" in said.out
    assert "    venue: Conf\n" in said.out
    assert said.err == ""
    assert run(["-C", str(tmp_path), "update", "--format", "json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["proposals"]
    assert (row["passed"], row["values"]) == (True, {"venue": "Conf", "year": "2024"})
    assert run(["-C", str(tmp_path), "update", "sample2023things", "--write"]) == 0
    assert "venue: Conf" in (tmp_path / "papers.yaml").read_text()
    assert run(["-C", str(tmp_path), "update"]) == 0
    assert run(["-C", str(tmp_path), "update", "nobody"]) == 2


def test_the_command_tells_which_services_were_not_asked(
    environment: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.pages |= {"/crossref": say(403), "/dblp": EMPTY_SEARCHES["/dblp"]}
    records = [
        PREPRINT.replace("2023things", f"2023t{n}").replace("Align", f"Ali{n}n") for n in range(5)
    ]
    (tmp_path / "papers.yaml").write_text(HEAD + "".join(records))
    run(["-C", str(tmp_path), "update"])
    lines = [line for line in capsys.readouterr().err.splitlines() if "not asked" in line]
    assert lines
    assert all("(for " in line for line in lines)
    assert any("sample2023t0" in line for line in lines)


def test_the_command_fails_when_no_service_answers_at_all(
    environment: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "papers.yaml").write_text(HEAD + PREPRINT)
    before = (tmp_path / "papers.yaml").read_bytes()
    environment.otherwise = say(403)
    for words in ([], ["--write"], ["--format", "json"]):
        assert run(["-C", str(tmp_path), "update", *words]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "not asked: " in said.err
        told = "catalog: none of the services answered; is there a network?\n"
        assert said.err.endswith(told)
    assert (tmp_path / "papers.yaml").read_bytes() == before
    environment.pages["/dblp"] = EMPTY_SEARCHES["/dblp"]
    environment.pages["/crossref"] = EMPTY_SEARCHES["/crossref"]
    assert run(["-C", str(tmp_path), "update"]) == 0
