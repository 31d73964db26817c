"""Invented preprints, and what the services say that may or may not be their published version.

A candidate is declared by arXiv (a DOI), or found by a search at Crossref or DBLP. Names and titles
are made of lists.
"""

from dataclasses import dataclass, field
from typing import Any

_FIRST = ("Ada", "Ben", "Carla", "Dan", "Eve", "Femi", "Gita", "Hugo", "Ines", "Jun")
_LAST = ("Example", "Sample", "Moster", "Ejemplo", "Voorbeeld", "Esempio", "Przyklad", "Ornek")
_WHAT = ("Alignment", "Kernels", "Probing", "Stitching", "Distillation", "Pruning", "Retrieval")
_WHOM = ("Invented Models", "Toy Encoders", "Paper Graphs", "Quiet Networks", "Small Corpora")
_HOW = ("without Labels", "at Scale", "by Example", "under Noise", "in Practice", "from Scratch")


@dataclass(frozen=True)
class Pair:
    """A preprint and one candidate."""

    kind: str
    number: int
    is_true: bool
    way: str
    """Who tells: `arxiv`, `crossref` or `dblp`."""
    title: str
    authors: tuple[str, ...]
    year: int
    other: dict[str, Any] = field(default_factory=dict)
    """Title, authors, year, venue, type of the candidate."""

    @property
    def arxiv(self) -> str:
        return f"2301.{self.number:05d}"

    @property
    def doi(self) -> str:
        return f"10.1000/pair.{self.number}"


def _title(n: int) -> str:
    return f"{_WHAT[n % 7]} for {_WHOM[n % 5]} {_HOW[n % 6]}: Case {_spell(n)}"


def _spell(n: int) -> str:
    return "".join("abcdefghij"[int(digit)].upper() for digit in f"{n:02d}") + "-Net"


def _authors(n: int, count: int = 3) -> tuple[str, ...]:
    return tuple(f"{_FIRST[(n + i) % 10]} {_LAST[(n * 3 + i) % 8]}" for i in range(count))


def make_pairs() -> list[Pair]:
    pairs: list[Pair] = []

    def add(kind: str, way: str, is_true: bool, **other: Any) -> None:  # noqa: ANN401
        n = len(pairs)
        authors = other.pop("listed", _authors(n, 1 + n % 5))
        told = {"title": _title(n), "authors": authors, "year": 2024, "venue": "Conf"} | other
        for name in ("title", "authors"):
            if callable(told[name]):
                told[name] = told[name](_title(n) if name == "title" else authors)
        pairs.append(Pair(kind, n, is_true, way, _title(n), authors, 2023, told))

    _add_true(add)
    _add_wrong(add)
    return pairs


def _add_true(add: Any) -> None:  # noqa: ANN401
    for way in ("arxiv", "crossref", "dblp") * 4:
        add("the same", way, True)
    add("final period", "dblp", True, title=lambda t: t + ".")
    add("capitals", "crossref", True, title=str.upper)
    add("spelling", "crossref", True, title=lambda t: t.replace("Models", "Model"))
    add("punctuation", "dblp", True, title=lambda t: t.replace(":", " -").replace("-Net", " Net"))
    add("markup", "crossref", True, title=lambda t: f"<i>{t}</i> ")
    add("initials", "crossref", True, authors=lambda a: tuple(f"{x[0]}. {x.split()[1]}" for x in a))
    add("inverted", "dblp", True, authors=lambda a: tuple(f"{x} 0001" for x in a))
    add("author added", "crossref", True, listed=_authors(3, 4), authors=_authors(3, 5))
    add("next year but two", "crossref", True, year=2026)
    add("journal", "dblp", True, venue="Letters", type="Journal Articles")
    for n in (40, 41):
        names = _authors(n, 3)
        add("renamed, declared", "arxiv", True, listed=names, title=_rename)
    add("renamed, declared", "arxiv", True, title=lambda t: t.partition(":")[0])
    add("renamed, not declared", "crossref", True, title=lambda t: "On " + t.partition(":")[2])


def _rename(title: str) -> str:
    return title.replace("without Labels", "with Few Labels").replace(": Case", ", or Case")


def _add_wrong(add: Any) -> None:  # noqa: ANN401
    for change in (
        lambda t: t + " II",
        lambda t: t + ", Part 2",
        lambda t: t.replace("for", "against"),
        lambda t: t.replace("Case", "Second Case"),
        lambda t: "Un" + t[0].lower() + t[1:],
        lambda t: t + ": A Survey",
        lambda t: "Towards " + t,
        lambda t: t.replace("-Net", "-Net++"),
    ):
        add("near-duplicate by the same authors", "crossref", False, title=change)
    for n, way in enumerate(("crossref", "dblp") * 3):
        add("the same title by others", way, False, authors=_authors(77 + n, 3))
    add("two of five", "crossref", False, listed=_authors(5, 5), authors=_authors(3, 5))
    add("no author told", "dblp", False, authors=())
    add("another first author", "crossref", False, listed=_authors(6, 5),
        authors=(*_authors(60, 1), *_authors(6, 5)[1:]))  # fmt: skip
    for venue in (
        "Conf Workshop on Things",
        "Proceedings of the 3rd Workshop on Stuff",
        "Things@Conf",
    ):
        add("a workshop version", "crossref", False, venue=venue)
    add("a workshop version, declared", "arxiv", False, venue="Conf Workshops")
    for change in (
        lambda t: "Erratum: " + t,
        lambda t: f"Correction to: {t}",
        lambda t: t + " (Corrigendum)",
        lambda t: "Retraction notice to " + t,
        lambda t: "Reply to " + t,
        lambda t: t + ": Supplementary Material",
    ):
        add("an erratum or the like", "crossref", False, title=change)
    add("an erratum, declared", "arxiv", False, title=lambda t: "Erratum: " + t)
    add(
        "another paper, declared",
        "arxiv",
        False,
        title="Something Else Entirely",
        authors=_authors(9),
    )
    add("another paper of the group, declared", "arxiv", False, title="Nothing of the Kind at All")
    add("another preprint", "dblp", False, venue="CoRR", type="Informal and Other Publications")
    add("another preprint", "crossref", False, venue="bioRxiv", type="posted-content")
    add("a data set", "crossref", False, type="dataset")
    add("long before", "crossref", False, year=2015)
    add("long after", "dblp", False, year=2035)
