"""The one form of addresses of known hosts, and what an address leads to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.model.canonical_urls import HOST_MOVES, PageForm, find_form, to_canonical
from catalog.model.identifiers import parse_acl, parse_arxiv, parse_openreview


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("http://www.arxiv.org/abs/2401.10000", "https://arxiv.org/abs/2401.10000"),
        ("https://arxiv.org/pdf/2401.10000.pdf", "https://arxiv.org/pdf/2401.10000"),
        ("https://arxiv.org/pdf/2401.10000v2.pdf", "https://arxiv.org/pdf/2401.10000v2"),
        ("https://arxiv.org/abs/math.GT/0309136/", "https://arxiv.org/abs/math.GT/0309136"),
        ("http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        (
            "https://www.openreview.net/forum?id=a68SUt6zFt&noteId=abc&referrer=x",
            "https://openreview.net/forum?id=a68SUt6zFt",
        ),
        ("https://aclanthology.org/N19-1423", "https://aclanthology.org/N19-1423/"),
        ("http://www.aclweb.org/anthology/N19-1423.pdf", "https://aclanthology.org/N19-1423.pdf"),
        ("HTTPS://Example.ORG:443/A?b", "https://example.org/A?b"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org/a?utm_source=x&id=1#part", "https://example.org/a?id=1#part"),
    ],
)
def test_an_address_has_one_form(url: str, form: str) -> None:
    assert to_canonical(url) == form
    assert to_canonical(form) == form


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=%2F&&c",
        "http://example.org/page",
        "http://127.0.0.1:8000/x",
        "https://arxiv.org/list/cs.CL/new",
        "https://openreview.net/group?id=ICLR.cc/2024",
        "https://openreview.net/pdf?id=a68SUt6zFt",
        "https://openreview.net/forum?id=a68SUt6zFt#discussion",
        "https://aclanthology.org/venues/emnlp/",
        "http://github.com:8080/a",
    ],
)
def test_what_has_no_better_form_stays(url: str) -> None:
    assert to_canonical(url) == url


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.(org|com)(:[1-9][0-9]{1,3})?(/[a-zA-Z0-9._~%&=?-]{0,20})?",
        fullmatch=True,
    )
)
def test_the_form_of_a_form_is_itself(url: str) -> None:
    assert to_canonical(to_canonical(url)) == to_canonical(url)


def test_the_form_of_an_address_has_the_same_identifier() -> None:
    for parse, url in (
        (parse_arxiv, "http://www.arxiv.org/pdf/2401.10000v3.pdf"),
        (parse_openreview, "https://openreview.net/forum?id=a68SUt6zFt&noteId=x"),
        (parse_acl, "https://www.aclweb.org/anthology/N19-1423.pdf"),
    ):
        assert parse(to_canonical(url)) == parse(url) is not None


def test_no_host_moves_in_a_circle() -> None:
    assert not {move.new for move in HOST_MOVES} & {move.old for move in HOST_MOVES}
    assert all(move.why for move in HOST_MOVES)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://arxiv.org/abs/2401.10000", PageForm.PAGE),
        ("https://www.arxiv.org/pdf/2401.10000v1", PageForm.PDF),
        ("https://openreview.net/pdf?id=a68SUt6zFt", PageForm.PDF),
        ("https://aclanthology.org/N19-1423.pdf", PageForm.PDF),
        ("https://aclanthology.org/N19-1423/", PageForm.PAGE),
        ("https://doi.org/10.1000/182", PageForm.PAGE),
        ("https://github.com/example/things", PageForm.CODE),
        ("https://github.com/example/things/raw/main/things.pdf", PageForm.PDF),
        ("https://youtu.be/abc", PageForm.VIDEO),
        ("https://example.org/Things.PDF?download=1", PageForm.PDF),
        ("https://example.org/things", None),
    ],
)
def test_the_form_of_an_address_tells_what_it_leads_to(url: str, form: PageForm | None) -> None:
    assert find_form(url) is form
