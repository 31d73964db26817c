"""Whatever a service sends, and whatever an issue says, gives a find or an error in one line."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.lookup import (
    LookupResult,
    ResolveError,
    Session,
    acl_anthology,
    arxiv,
    doi,
    landing_page,
    openreview,
)
from catalog.lookup.updates.candidates import (
    PublishedCandidate,
    ask_crossref_relations,
    search_crossref,
    search_dblp,
)
from catalog.lookup.updates.compare import compare_versions
from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.net import Client, HttpResponse, Services, read_text
from catalog.tasks.github.issue_parser import IssueError, parse_issue
from catalog.text.parse import read_xml
from tests.tasks.github.test_issue_parser import write_body

TEXTS = st.sampled_from(["", "Things", "10.1000/x", "2024", "<i>", "{\\'e}", "\u202e", "a\nb"])
NAMES = st.sampled_from(
    [
        "title",
        "author",
        "given",
        "family",
        "literal",
        "DOI",
        "issued",
        "date-parts",
        "type",
        "page",
        "container-title",
        "publisher",
        "institution",
        "name",
        "notes",
        "content",
        "value",
        "id",
        "message",
        "items",
        "relation",
        "result",
        "hits",
        "hit",
        "info",
        "authors",
        "text",
        "venue",
        "year",
        "doi",
        "venueid",
        "cdate",
        "subtitle",
        "URL",
        "note",
        "number",
        "update-to",
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


class Parrot(Session):
    """A desk that gives the same answer to every question."""

    def __init__(self, body: bytes, type_: str = "application/json") -> None:
        super().__init__(Client(), Services())
        self._answer = HttpResponse("https://example.org/", 200, {"Content-Type": type_}, body)

    def ask(self, *_rest: Any, **_options: Any) -> HttpResponse:  # noqa: ANN401 - as the desk's
        return self._answer


def is_answer(outcomes: list[Any]) -> bool:
    (outcome,) = outcomes
    if isinstance(outcome, ResolveError):
        return str(outcome).isprintable() and len(str(outcome)) < 1000
    return isinstance(outcome, LookupResult | list)


@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:  # noqa: ANN401
    desk = Parrot(json.dumps(value).encode())
    for body in (value, {"DOI": "10.1000/x", "title": value, "author": value, "issued": value}):
        desk = Parrot(json.dumps(body).encode())
        assert is_answer(list(doi.find(["10.1000/x"], desk)))
        assert is_answer(list(doi.find_at_crossref(["10.1000/x"], desk)))
    note = {"notes": [{"id": "a68SUt6zFt", "content": value, "cdate": value}]}
    for body in (value, note):
        desk = Parrot(json.dumps(body).encode())
        assert is_answer(list(openreview.find(["a68SUt6zFt"], desk)))


@given(JSON)
def test_any_search_result_is_judged_or_refused(value: Any) -> None:  # noqa: ANN401
    paper = Paper.model_validate({"key": "a", "title": "Things", "authors": ["Ada Example"]})
    item = {"DOI": "10.1000/x", "title": ["Things"], "author": value, "container-title": value}
    hit = {"info": {"title": "Things", "authors": value, "venue": value, "year": value}}
    for search, body in (
        (search_crossref, {"message": {"items": [item, value]}}),
        (search_dblp, {"result": {"hits": {"hit": [hit, value]}}}),
        (search_crossref, value),
        (search_dblp, value),
    ):
        try:
            candidates = list(search(paper, Parrot(json.dumps(body).encode())))
        except ResolveError:
            continue
        for candidate in candidates:
            verdict = compare_versions(paper, candidate)
            assert verdict is None or 0 <= verdict.confidence <= 1


WORK = {
    "DOI": "10.1000/x",
    "type": "journal-article",
    "title": ["Things"],
    "subtitle": ["A Study"],
    "author": [{"given": "Ada", "family": "Example", "suffix": "Jr", "literal": "Ada"}],
    "editor": [{"family": "Sample"}],
    "issued": {"date-parts": [[2024, 5, 1]]},
    "container-title": ["Conf"],
    "event": {"name": "Conf"},
    "institution": [{"name": "Institute"}],
    "page": "1-2",
    "ISBN": ["1"],
    "updated-by": [{"type": "correction"}],
    "relation": {"is-preprint-of": [{"id": "10.1000/y"}]},
}
DATACITE = {
    "doi": "10.1000/x",
    "titles": [{"title": "Things", "titleType": None}],
    "creators": [{"name": "Example, Ada", "familyName": "Example", "nameType": "Personal"}],
    "publicationYear": 2024,
    "container": {"title": "Conf"},
    "publisher": {"name": "Press"},
}
NOTE = {
    "id": "a68SUt6zFt",
    "forum": "a68SUt6zFt",
    "ddate": None,
    "pdate": 1_700_000_000_000,
    "invitation": "Conf/-/Submission",
    "invitations": ["Conf/-/Submission"],
    "content": {
        "title": {"value": "Things"},
        "authors": {"value": ["Ada Example"]},
        "venue": {"value": "Conf 2024"},
        "venueid": {"value": "Conf/2024"},
    },
}
HIT = {
    "key": "x",
    "title": "Things",
    "authors": {"author": [{"text": "Ada Example"}]},
    "venue": ["Conf"],
    "year": "2024",
    "doi": "10.1000/x",
    "url": "https://example.org/",
    "type": "Journal Articles",
}
OTHER_SHAPES: tuple[Any, ...] = (
    *(None, 5, -1, 1e308, True, "", "x", "2024", "a\nb\u202e", 10**30, [], {}, [None], [5]),
    *([[]], [{}], ["x"], {"value": 5}, {"value": None}, {"x": 1}),
)


def find_paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    yield path
    rows = value if isinstance(value, list) else ()
    for name, part in value.items() if isinstance(value, dict) else enumerate(rows):
        yield from find_paths(part, (*path, name))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:  # noqa: ANN401
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


PAPER = Paper.model_validate(
    {"key": "a", "title": "Things", "authors": ["Ada Example"], "doi": "10.1000/x"}
)


@pytest.mark.parametrize(
    ("answer", "ask"),
    [
        (WORK, partial(doi.find, ["10.1000/x"])),
        ({"message": WORK}, partial(doi.find_at_crossref, ["10.1000/x"])),
        ({"data": {"attributes": DATACITE}}, partial(doi.find_at_datacite, ["10.1000/x"])),
        ({"notes": [NOTE]}, partial(openreview.find, ["a68SUt6zFt"])),
        ({"message": {"items": [WORK]}}, partial(search_crossref, PAPER)),
        ({"message": WORK}, partial(ask_crossref_relations, PAPER)),
        ({"result": {"hits": {"hit": [{"info": HIT}]}}}, partial(search_dblp, PAPER)),
    ],
    ids=["csl", "crossref", "datacite", "openreview", "search", "relations", "dblp"],
)
def test_a_good_answer_with_any_part_of_another_shape_is_read_or_refused(
    answer: Any,  # noqa: ANN401
    ask: Callable[[Session], Iterable[LookupResult | ResolveError | PublishedCandidate]],
) -> None:
    for path in find_paths(answer):
        for shape in OTHER_SHAPES:
            try:
                found = list(ask(Parrot(json.dumps(put(answer, path, shape)).encode())))
            except ResolveError:
                continue
            for one in found:
                verdict = (
                    compare_versions(PAPER, one) if isinstance(one, PublishedCandidate) else None
                )
                assert isinstance(one, PublishedCandidate) or is_answer([one])
                assert verdict is None or 0 <= verdict.confidence <= 1


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for prefix in (b"", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b"@misc{a, title="):
        desk = Parrot(prefix + data, "text/html; charset=utf-16")
        assert is_answer(list(arxiv.find(["2401.00001"], desk)))
        assert is_answer(list(landing_page.find(["https://example.org/"], desk)))
        assert is_answer(list(acl_anthology.find(["2024.conf-main.1"], desk)))
        assert is_answer(list(doi.find(["10.1000/x"], desk)))


BODIES = st.text(max_size=300).map(lambda text: write_body(paper=text).encode())


@given(body=st.binary(max_size=300) | BODIES)
def test_any_issue_is_read_or_refused(body: bytes, invented_catalog: Catalog) -> None:
    try:
        found = parse_issue(body, invented_catalog)
    except IssueError as error:
        assert str(error).isprintable()
    else:
        assert found.paper and "\n" not in found.paper


@pytest.mark.parametrize("body", [b"[" * 300_000, b'{"title": ' + b"[" * 300_000, b"1" * 10_000])
def test_json_that_python_does_not_read_is_refused(body: bytes) -> None:
    desk = Parrot(body)
    assert is_answer(list(doi.find(["10.1000/x"], desk)))
    assert is_answer(list(openreview.find(["a68SUt6zFt"], desk)))


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "a\0b", "é", "rot13", "hex"])
def test_an_encoding_that_is_none_of_pages_is_utf_8(charset: str) -> None:
    assert read_text(_answer("Crème -".encode(), charset)) == "Crème -"


@pytest.mark.parametrize(
    "charset", ["latin-1", "Windows-1252", '"utf-16"', "GB2312", "Shift_JIS", "euc-kr", "big5"]
)
def test_pages_are_read_in_the_encoding_that_they_state(charset: str) -> None:
    assert read_text(_answer("Things, 1".encode(charset.strip('"')), charset)) == "Things, 1"


def _answer(body: bytes, charset: str) -> HttpResponse:
    return HttpResponse(
        "https://example.org/", 200, {"Content-Type": f"text/html; charset={charset}"}, body
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "ascii"])
def test_xml_with_a_dtd_is_refused_in_any_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-be")}"?>'
    entry = "<id>http://arxiv.org/abs/2401.00001</id><title>T&a;</title>"
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>"
    bomb = f'{head}<!DOCTYPE feed [<!ENTITY a "x">]>{feed}'
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    with pytest.raises(ValueError, match="DTD"):
        read_xml(mark + bomb.encode(encoding))
    (outcome,) = arxiv.find(["2401.00001"], Parrot(mark + bomb.encode(encoding)))
    assert isinstance(outcome, ResolveError)
    fine = f"{head}{feed.replace('&a;', '')}".encode(encoding)
    (outcome,) = arxiv.find(["2401.00001"], Parrot(mark + fine))
    assert isinstance(outcome, LookupResult)


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "idna", "utf-7", "none"])
def test_xml_in_an_encoding_that_no_parser_knows_is_refused(encoding: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_xml(f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'.encode())
