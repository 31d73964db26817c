"""Texts of papers are made once, and never taken for those of another paper, venue or program."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.render.memo import Memo

HEAD = {
    "survey": {"title": "Invented"},
    "sections": [{"id": "all", "title": "All"}],
    "venues": {"Conf": {"name": "Conference"}, "Letters": {"name": "Letters"}},
}


def make_catalog(*titles: str, venue: str = "Conference") -> Catalog:
    head = {**HEAD, "venues": {"Conf": {"name": venue}, "Letters": {"name": "Letters"}}}
    papers = [
        {"key": f"k{n}", "title": title, "venue": "Conf", "sections": ["all"]}
        for n, title in enumerate(titles)
    ]
    return Catalog(Head.model_validate(head), map(Paper.model_validate, papers))


class Writer:
    """Writes titles and counts how many."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def __call__(self, papers: Sequence[Paper]) -> list[str]:
        self.written += [paper.title for paper in papers]
        return [paper.title.upper() for paper in papers]


def test_a_text_is_made_once_in_a_build() -> None:
    write, catalog = Writer(), make_catalog("a", "b")
    memo = Memo(catalog)
    assert memo.each("shout", catalog.papers, write) == ["A", "B"]
    assert memo.each("shout", catalog.papers[::-1], write) == ["B", "A"]
    assert write.written == ["a", "b"]


def test_the_next_build_takes_what_the_last_one_made(tmp_path: Path) -> None:
    first, write = make_catalog("a", "b"), Writer()
    memo = Memo(first, tmp_path, "1")
    memo.each("shout", first.papers, write)
    memo.save()
    second = make_catalog("a", "c", "d")
    assert Memo(second, tmp_path, "1").each("shout", second.papers, write) == ["A", "C", "D"]
    assert write.written == ["a", "b", "c", "d"]


@pytest.mark.slow
@pytest.mark.parametrize("change", ["program", "venue", "file"])
def test_nothing_old_is_taken(change: str, tmp_path: Path) -> None:
    catalog, write = make_catalog("a"), Writer()
    memo = Memo(catalog, tmp_path, "1")
    memo.each("shout", catalog.papers, write)
    memo.save()
    program = "2" if change == "program" else "1"
    if change == "venue":
        catalog = make_catalog("a", venue="Symposium")
    if change == "file":
        (tmp_path / "shout").write_bytes(b'["1", {')
    Memo(catalog, tmp_path, program).each("shout", catalog.papers, write)
    assert write.written == ["a", "a"]


def test_what_a_list_no_longer_has_is_forgotten(tmp_path: Path) -> None:
    old, new = make_catalog("a", "b"), make_catalog("a")
    memo = Memo(old, tmp_path)
    memo.each("shout", old.papers, Writer())
    memo.save()
    before = (tmp_path / "shout").stat().st_size
    memo = Memo(new, tmp_path)
    memo.each("shout", new.papers, Writer())
    memo.save()
    assert (tmp_path / "shout").stat().st_size < before


def test_a_digest_tells_every_field_and_the_venue() -> None:
    paper = {"key": "k0", "title": "a", "venue": "Conf", "sections": ["all"]}
    changes = ({"year": 2000}, {"note": "n"}, {"venue": "Letters"}, {"authors": ["Ada Example"]})
    head = Head.model_validate(HEAD)
    digests = {
        Memo(Catalog(head, [Paper.model_validate(paper | change)])).digests["k0"]
        for change in ({}, *changes)
    }
    assert len(digests) == len(changes) + 1
