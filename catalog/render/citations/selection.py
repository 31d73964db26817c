"""Any part of the list: by section, year, venue, tag or key, or what a LaTeX document cites."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from catalog.errors import UsageError
from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.text.spelling import find_nearest

ALL_KEYS = "*"
"""The key of `\\nocite{*}`: every paper."""


# Every command with `cite` in its name: cite, citep, Citet, parencite, textcites, nocite, …
_CITE = re.compile(r"\\([A-Za-z]*(?:[Cc]ite[A-Za-z]*|(?:text|block)cquote))\*?(?![A-Za-z@])")
# Commands that set up or only name citations: `\setcitestyle{…}`, `\DeclareCiteCommand`.
_NOT_CITE = re.compile(
    r"(?:set|bstctl|Declare|Set)\w*|cite(?:style|text|setup|reset|index|indextype|label|punct|delims?)"
)
# From a percent sign to the end of the line and the indent of the next, unless it is escaped:
# `50\% a`, but `\\% a comment`, where the backslashes pair up.
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?[ \t]*")
# What TeX prints as it is: `\verb|\cite{a}|` cites nothing.
_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|Verbatim|lstlisting|minted|comment)\}.*?\\end\{\1\}|\\verb\*?([^\w\s*]).*?\2",
    re.DOTALL,
)
_END = re.compile(r"\\end\s*\{document\}")
# An argument with one level of braces inside: `{a,{b},c}`.
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
# Optional arguments before the keys: `\cite[see][p.~{3}]{a}`, `\autocites(pre)(post)[1]{a}`.
_SKIPPED = re.compile(
    r"\s*(?:\[(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\]|\((?:[^(){}]|\{[^{}]*\})*\)|<[^<>]*>)"
)
_ARGUMENT = re.compile(r"\s*" + _BRACED)
# What LaTeX notes: `\citation{a,b}`, BibLaTeX's `\abx@aux@cite{0}{a}` and `\abx@aux@nociteall`.
_AUX = re.compile(
    r"\\(?:citation|abx@aux@(?:no)?cite)\s*(?:\{\d+\}(?=\{))?\{([^{}]*)\}|\\abx@aux@nocite(all)\b"
)
# A key, not a macro or a comment: `a:b_2020+c`, but not `\mykey` or `#1`.
_KEY = re.compile(r"[^\s\\#{}~%,]+")
# Entries that steer a bibliography style, kept in a file of the style's own.
_CONTROL = re.compile(r"IEEEexample:\w+|REVTEX\d+Control|\w+Control|achemso-control", re.IGNORECASE)

_MANY = 20
"""More tags than a message names."""
_THERE = "`catalog stats` lists them"


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen papers, in the order of the list, each under the key that was asked for.

    `missing` are the keys that no paper has or had.
    """

    papers: tuple[Paper, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included; an open end is None."""

    first: int | None
    last: int | None

    def __contains__(self, year: int | None) -> bool:
        """Return whether a paper's year is in the range; a paper without year never is."""
        return (
            year is not None
            and (self.first is None or self.first <= year)
            and (self.last is None or year <= self.last)
        )


def parse_years(text: str) -> Years:
    """Parse `2024`, `2020..2024`, `2020..` or `..2019`. Raises `UsageError` for anything else."""
    found = re.fullmatch(r"\s*(\d{4})?\s*(?:(\.\.)\s*(\d{4})?)?\s*", text, re.ASCII)
    if found is None or not (found[1] or found[3]):
        raise UsageError(f"{text!r} is not a year range. Write 2024, 2020..2024, 2020.. or ..2019")
    first = int(found[1]) if found[1] else None
    last = (int(found[3]) if found[3] else None) if found[2] else first
    if first is not None and last is not None and first > last:
        raise UsageError(f"{text!r} ends before it starts; write {last}..{first}")
    return Years(first, last)


def select(  # noqa: PLR0913 - one parameter a condition
    catalog: Catalog,
    *,
    sections: Collection[str] = (),
    years: Years | None = None,
    venues: Collection[str] = (),
    tags: Collection[str] = (),
    keys: Iterable[str] | None = None,
) -> Selection:
    """Choose papers that meet every condition; several values of one condition are alternatives.

    A section stands for itself and those inside it; a venue goes by any of its names, in any case.
    `keys` may hold old keys and `*`. Raises `UsageError` for a section, venue or tag that the list
    does not have.
    """
    chosen, missing = _find_keyed(catalog, keys) if keys is not None else (catalog.ordered, ())
    ids = _find_sections(catalog, sections)
    names = {_find_venue(catalog, name) for name in venues}
    wanted = _find_tags(catalog, tags) if tags else set()
    return Selection(
        tuple(
            paper
            for paper in chosen
            if (not sections or not ids.isdisjoint(paper.sections))
            and (years is None or paper.year in years)
            and (not names or catalog.venue_name(paper) in names)
            and (not wanted or not wanted.isdisjoint(paper.tags))
        ),
        missing,
    )


def _find_keyed(catalog: Catalog, keys: Iterable[str]) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """Find papers by any of their keys, or by that of a record by which the survey is cited.

    A key of the list wins over one that another tool uses.
    """
    by_key = {key: paper for paper in catalog.papers for key in paper.cite_keys}
    by_key |= {paper.key: paper for paper in catalog.citations} | catalog.paper_by_key
    asked = dict.fromkeys(keys)
    found = {key: _rename(by_key[key], key) for key in asked if key in by_key}
    if ALL_KEYS in asked:
        found = {paper.key: paper for paper in catalog.ordered} | found
    places = {paper.key: place for place, paper in enumerate(catalog.ordered)}
    order = sorted(found, key=lambda key: (places.get(by_key[key].key, len(places)), key))
    missing = tuple(key for key in asked if key not in by_key and key != ALL_KEYS)
    return tuple(found[key] for key in order), missing


def _rename(paper: Paper, key: str) -> Paper:
    return paper if paper.key == key else paper.model_copy(update={"key": key})


def _find_sections(catalog: Catalog, sections: Iterable[str]) -> set[str]:
    """Return the ids of the sections named and of those inside them."""
    wanted = {_find_known(id_, catalog.section_by_id, "section") for id_ in sections}
    # A section comes after the one around it, so one pass finds the innermost too.
    for view in catalog.sections:
        if view.parent in wanted:
            wanted.add(view.id)
    return wanted


def _find_venue(catalog: Catalog, name: str) -> str:
    """Return the short name of a venue by any of its names, in any case."""
    if name in catalog.venue_by_name:
        return catalog.venue_by_name[name]
    full = {venue.name: short for short, venue in catalog.venues.items() if venue.name}
    by_name = {other.casefold(): short for other, short in (full | catalog.venue_by_name).items()}
    found = by_name.get(name.casefold())
    if found is not None:
        return found
    nearest = find_nearest(name.casefold(), by_name)
    raise _miss("venue", name, by_name[nearest] if nearest else None)


def _find_tags(catalog: Catalog, tags: Iterable[str]) -> set[str]:
    known = sorted({tag for paper in catalog.papers for tag in paper.tags})
    more = ", …" if len(known) > _MANY else ""
    there = f"Tags: {', '.join(known[:_MANY])}{more}" if known else "No paper has tags"
    return {_find_known(tag, known, "tag", there) for tag in tags}


def _find_known(name: str, known: Collection[str], noun: str, there: str = _THERE) -> str:
    if name in known:
        return name
    raise _miss(noun, name, find_nearest(name, known), there)


def _miss(noun: str, name: str, nearest: str | None, there: str = _THERE) -> UsageError:
    hint = f"Did you mean {nearest!r}?" if nearest else there
    return UsageError(f"there is no {noun} {name!r}. {hint}")


def find_cited_keys(text: str, is_aux: bool) -> list[str]:
    r"""Return the keys that a LaTeX file cites, each once, in the order of first use.

    `is_aux`: it is a .aux file (of BibTeX or BibLaTeX), not a .tex file. `\nocite{*}` gives `*`.
    Files that a .tex file inputs are not read: its .aux has their keys.
    """
    lists = _find_in_aux(text) if is_aux else _find_arguments(text)
    keys = (key.strip() for keys in lists for key in keys.split(","))
    return list(
        dict.fromkeys(key for key in keys if _KEY.fullmatch(key) and not _CONTROL.fullmatch(key))
    )


def _find_in_aux(aux: str) -> Iterator[str]:
    """Yield the lists of keys that LaTeX noted."""
    for found in _AUX.finditer(aux):
        yield ALL_KEYS if found[2] else found[1]


def _find_arguments(tex: str) -> Iterator[str]:
    """Yield the arguments of cite commands that hold keys."""
    text = _COMMENT.sub(r"\1", _VERBATIM.sub(" ", tex))
    end = _END.search(text)
    text = text[: end.start()] if end else text
    for command in _CITE.finditer(text):
        if not _NOT_CITE.fullmatch(command[1]):
            yield from _read_arguments(text, command.end(), command[1].lower())


def _read_arguments(text: str, position: int, name: str) -> Iterator[str]:
    r"""Read `[note]{key}` at `position`.

    `\cites` has several of them, `\volcite{2}[note]{key}` a volume before each.
    """
    is_list, has_volume = name.endswith("cites"), name.removesuffix("s").endswith("volcite")
    is_volume = has_volume
    while True:
        while skipped := _SKIPPED.match(text, position):
            position = skipped.end()
        argument = _ARGUMENT.match(text, position)
        if argument is None:
            return
        position = argument.end()
        if not is_volume:
            yield argument[1]
            if not is_list:
                return
        is_volume = has_volume and not is_volume
