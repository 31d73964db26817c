"""Titles of an imported list against servers that answer as arXiv does."""

import pytest

from catalog.importers.markdown.reader import ReadList, read_markdown
from catalog.lookup import Session
from catalog.lookup.confirm import confirm_titles
from tests.lookup.answers import entry, feed
from tests.lookup.conftest import Web
from tests.net.servers import say

TITLES = (
    "Lifting Heavy Boxes",
    "Nets that Fall",
    "Doors at Rest",
    "Walls and Windows",
    "Floors that Move",
)
TAIL = ", A Technical Story"


def _list(number: int) -> ReadList:
    lines = [
        f"- **{title}{TAIL}** Ada Example. ICML 2020. "
        + (f"[arXiv](https://arxiv.org/abs/2401.0000{n})" if n < number else "")
        for n, title in enumerate(TITLES)
    ]
    return read_markdown(("# Things\n\n## Moving\n\n" + "\n".join(lines)).encode(), "README.md")


def _answer(web: Web, *titles: str) -> None:
    entries = [entry(f"2401.0000{n}", title) for n, title in enumerate(titles)]
    web.pages["/arxiv"] = say(200, feed(*entries), type_="application/atom+xml")


def test_titles_are_confirmed_in_one_request(web: Web, desk: Session) -> None:
    _answer(web, *(title + TAIL for title in TITLES))
    read = _list(5)
    before = [one.title for one in read.entries]
    result = confirm_titles([read], desk)
    assert (result.confirmed, result.fixed, result.differing) == (5, [], [])
    assert [one.title for one in read.entries] == before


def test_titles_are_cut_where_the_service_cuts_them_and_the_form_follows(
    web: Web, desk: Session
) -> None:
    _answer(web, *TITLES[:4])
    read = _list(4)
    result = confirm_titles([read], desk)
    assert [one.title for one in read.entries] == list(TITLES)
    assert len(result.fixed) == 4
    assert [place for place, *_ in result.followed] == ["README.md:9"]
    assert all("A Technical Story" in " ".join(one.notes) for one in read.entries)
    assert "4 fixed" not in next(result.describe())


def test_another_title_is_reported_and_changes_nothing(web: Web, desk: Session) -> None:
    _answer(web, "Something Else Entirely")
    read = _list(1)
    before = [one.title for one in read.entries]
    result = confirm_titles([read], desk)
    assert [one[2] for one in result.differing] == ["Something Else Entirely"]
    assert [one.title for one in read.entries] == before


@pytest.mark.parametrize("number", [0, 5])
def test_without_an_answer_nothing_changes(web: Web, desk: Session, number: int) -> None:
    web.pages["/arxiv"] = say(503, b"", type_="text/plain")
    read = _list(number)
    before = [one.title for one in read.entries]
    result = confirm_titles([read], desk)
    assert result.unanswered == number
    assert [one.title for one in read.entries] == before
