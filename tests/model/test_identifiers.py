"""Identifiers are known by their form and found in their addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model import identifiers
from catalog.model.identifiers import (
    is_acl,
    is_arxiv,
    is_doi,
    is_openreview,
    parse_acl,
    parse_arxiv,
    parse_doi,
    parse_openreview,
    to_acl_url,
    to_arxiv_url,
    to_doi_url,
    to_openreview_url,
)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.1000.10/123",
        "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2",
        "10.1000/ünïcode",
        "10.123456789/x",
    ],
)
def test_a_bare_doi_is_one(doi: str) -> None:
    assert is_doi(doi)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1000/",
        "10.10/x",
        "doi:10.1000/182",
        "10.1000/a b",
        "10.1000/a\n",
        "10.1000/a\x1b[0m",
        "10.١٠٠٠/x",
    ],
)
def test_what_only_looks_like_a_doi_is_none(text: str) -> None:
    assert not is_doi(text)


@pytest.mark.parametrize(
    "arxiv",
    ["0704.0001", "1412.9999", "1501.00001", "2401.10000", "math.GT/0309136", "q-alg/9703001"],
)
def test_a_bare_arxiv_id_is_one(arxiv: str) -> None:
    assert is_arxiv(arxiv)


@pytest.mark.parametrize(
    "text",
    [
        "9112.00001",
        *(
            "2401.1000",
            "1412.10000",
            "2413.10000",
            "2400.10000",
            "0703.0001",
            "9912.0001",
            "2401.10000v1",
        ),
        *(
            "arXiv:2401.10000",
            "2401.1",
            "math.GT/0813136",
            "math/2403136",
            "24٠1.10000",
            "2401.10000\n",
            "",
        ),
    ],
)
def test_what_only_looks_like_an_arxiv_id_is_none(text: str) -> None:
    assert not is_arxiv(text)


@pytest.mark.parametrize(
    "acl", ["N19-1423", "2024.emnlp-main.1", "2022.tacl-1.77", "2021.findings-acl.3"]
)
def test_a_bare_acl_id_is_one(acl: str) -> None:
    assert is_acl(acl)
    assert not is_acl(acl + "/")
    assert not is_acl(acl + "\n")


def test_a_bare_openreview_id_is_one() -> None:
    assert is_openreview("a68SUt6zFt")
    assert is_openreview("rJl-b3RcF7")
    assert not is_openreview("a68SUt6zFt\n")
    assert not is_openreview("short")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "10.1000/a<b>",
            "doi:10.1000/a<b>",
            "DOI: 10.1000/a<b>",
            " 10.1000/a<b> ",
            "doi.org/10.1000/a<b>",
        ),
        *(
            "https://doi.org/10.1000/a%3Cb%3E",
            "http://dx.doi.org/10.1000/a<b>",
            "https://www.doi.org/10.1000/a<b>?x=1#y",
        ),
    ],
)
def test_a_doi_is_found_in_every_usual_form(text: str) -> None:
    assert parse_doi(text) == "10.1000/a<b>"


def test_only_the_beginning_of_a_doi_is_a_label() -> None:
    assert parse_doi("10.1000/doi:abc") == "10.1000/doi:abc"
    assert parse_doi("see doi:10.1000/abc") is None
    assert parse_doi("https://example.org/10.1000/abc") is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2401.10000",
            "2401.10000v2",
            "arXiv:2401.10000v2 [cs.CL]",
            "arxiv: 2401.10000",
            "arxiv.org/abs/2401.10000",
        ),
        *(
            "https://arxiv.org/abs/2401.10000v1",
            "https://www.arxiv.org/pdf/2401.10000v3.pdf",
            "http://export.arxiv.org/abs/2401.10000",
        ),
        *(
            "https://arxiv.org/html/2401.10000/",
            "https://arxiv.org/abs/2401.10000?context=cs#a",
            "10.48550/arXiv.2401.10000",
        ),
        "https://doi.org/10.48550/arXiv.2401.10000",
    ],
)
def test_an_arxiv_id_is_found_in_every_usual_form(text: str) -> None:
    assert parse_arxiv(text) == "2401.10000"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a68SUt6zFt",
            "https://openreview.net/forum?id=a68SUt6zFt",
            "https://openreview.net/pdf?id=a68SUt6zFt",
        ),
        "https://openreview.net/forum?id=a68SUt6zFt&noteId=x#discussion",
    ],
)
def test_an_openreview_id_is_found_in_every_usual_form(text: str) -> None:
    assert parse_openreview(text) == "a68SUt6zFt"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "N19-1423",
            "https://aclanthology.org/N19-1423/",
            "https://www.aclweb.org/anthology/N19-1423",
        ),
        *(
            "https://aclanthology.org/N19-1423.pdf",
            "aclanthology.org/N19-1423v2.pdf",
            "https://aclanthology.org/N19-1423.bib",
        ),
    ],
)
def test_an_acl_id_is_found_in_every_usual_form(text: str) -> None:
    assert parse_acl(text) == "N19-1423"


@pytest.mark.parametrize("kind", ["doi", "arxiv", "openreview", "acl"])
def test_no_identifier_is_found_where_none_is(kind: str) -> None:
    parse = getattr(identifiers, f"parse_{kind}")
    for text in ("", " ", "https://example.org/", "https://", "10.1000", "\x00", "no id"):
        assert parse(text) is None


@given(st.from_regex(r"10\.[0-9]{4,9}/\S{1,30}", fullmatch=True).filter(is_doi))
def test_a_doi_comes_back_from_its_address(doi: str) -> None:
    url = to_doi_url(doi)
    assert url.isascii()
    assert not set(url) & set(' "<>\\^`{|}')
    assert parse_doi(url) == doi


def test_other_identifiers_come_back_from_their_addresses() -> None:
    for arxiv in ("2401.10000", "math.GT/0309136"):
        assert parse_arxiv(to_arxiv_url(arxiv)) == arxiv
    assert parse_openreview(to_openreview_url("a68SUt6zFt")) == "a68SUt6zFt"
    assert parse_acl(to_acl_url("2024.emnlp-main.1")) == "2024.emnlp-main.1"


@given(st.text(max_size=40))
def test_what_is_parsed_has_the_form_and_any_text_is_taken(text: str) -> None:
    for parse, is_form in ((parse_doi, is_doi), (parse_arxiv, is_arxiv), (parse_acl, is_acl)):
        found = parse(text)
        assert found is None or is_form(found)
        assert is_form(text) <= (found == text or found is not None)


def test_what_an_address_may_hold_stands_in_that_of_a_doi_as_it_is() -> None:
    assert to_doi_url("10.1/a:b;c(d)@!$&'*+,=e") == "https://doi.org/10.1/a:b;c(d)@!$&'*+,=e"
    assert to_doi_url('10.1/a%b"c#d e<f>[g]é') == (
        "https://doi.org/10.1/a%25b%22c%23d%20e%3Cf%3E%5Bg%5D%C3%A9"
    )
