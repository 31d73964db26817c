"""Titles of an imported list compared with arXiv and DOI look-ups, their ends fixed where needed.

Services only confirm what the source shows: a fixed title is a stretch of the source's own text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.markdown_subset import to_subset_text
from catalog.importers.markdown.reader import ReadList
from catalog.lookup import Kind, Query, ResolveError, Session, UnavailableError, answer_queries
from catalog.model.findings import count_of
from catalog.model.identifiers import parse_arxiv, parse_doi
from catalog.text.folding import fold

_FEWEST_CUTS = 3
"""Fixed titles of a group, all cut at one mark, that show where the others of the group end."""
# Where a line has one part behind another: `Title. Authors`, `Title – Venue`, `Title (2024)`.
_MARK = re.compile(r"[.,;:]\s|\s[-–—|·]\s|\s\(")
_MOST_SHOWN = 20
"""Changes of one kind on a terminal, a screen of them; the JSON has all."""
_EDGES = " \t\n.,;:|-–—·"


@dataclass(slots=True)
class Confirmation:
    """What look-ups say about the titles of a list."""

    confirmed: int = 0
    fixed: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, old title, new title."""
    followed: list[tuple[str, str, str]] = field(default_factory=list)
    """The same for entries that were not looked up, by the form of those that were."""
    differing: list[tuple[str, str, str]] = field(default_factory=list)
    """Place, the title shown, the title of the service."""
    unanswered: int = 0
    unknown: int = 0

    def describe(self) -> Iterator[str]:
        """Yield the outcome, a line each."""
        yield (
            f"Titles: {self.confirmed} confirmed, {len(self.fixed) + len(self.followed)} fixed, "
            f"{count_of(len(self.differing), 'differs', 'differ')}, {self.unanswered} unanswered, "
            f"{self.unknown} unknown to the services"
        )
        for title, rows in (
            ("fixed", self.fixed),
            ("fixed like the others of its form", self.followed),
            ("differs", self.differing),
        ):
            for place, old, new in rows[:_MOST_SHOWN]:
                yield f"  {place}: {title}: {old!r}, looked up: {new!r}"
            if len(rows) > _MOST_SHOWN:
                yield f"  and {len(rows) - _MOST_SHOWN} more"


def confirm_titles(lists: Sequence[ReadList], desk: Session) -> Confirmation:
    """Look up the entries with an arXiv id or a DOI, and fix their titles in place.

    Without an answer nothing changes.
    """
    asked = [
        (one, entry, query) for one in lists for entry in one.entries if (query := _to_query(entry))
    ]
    outcomes = answer_queries([query for _, _, query in asked], desk)
    result = Confirmation()
    known: dict[int, str] = {}
    for (one, entry, _), outcome in zip(asked, outcomes, strict=True):
        if isinstance(outcome, UnavailableError):
            result.unanswered += 1
        elif isinstance(outcome, ResolveError) or not outcome:
            result.unknown += 1
        else:
            title = str(outcome[0].draft.values.get("title") or "")
            known[id(entry)] = entry.title
            _compare(one, entry, title, result)
    for one in lists:
        for group in one.forms:
            _follow(one, group.entries, known, result)
    return result


def _to_query(entry: Entry) -> Query | None:
    urls = [*(link.url for link in entry.links), *entry.identifiers]
    for kind, parse in ((Kind.ARXIV, parse_arxiv), (Kind.DOI, parse_doi)):
        if value := next(filter(None, map(parse, urls)), None):
            return Query(kind, value, value)
    return None


def _compare(one: ReadList, entry: Entry, title: str, result: Confirmation) -> None:
    place = f"{one.file}:{one.source.place_of(entry.start)}"
    if _words(title) == _words(entry.title):
        result.confirmed += 1
        return
    shown = _find_in(entry.candidate.text, title)
    if shown is None or not (_is_inside(shown, entry.title) or _is_inside(entry.title, shown)):
        result.differing.append((place, entry.title, title))
        return
    result.fixed.append((place, entry.title, shown))
    _set_title(entry, shown)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _is_inside(short: str, long: str) -> bool:
    return bool(_words(short)) and f" {' '.join(_words(short))} " in f" {' '.join(_words(long))} "


def _find_in(text: str, title: str) -> str | None:
    """Return the stretch of a text that has the words of a title, as the text has it."""
    words = [re.escape(word) for word in re.findall(r"\w+", title)]
    if not words:
        return None
    found = re.search(r"\W+".join(words), text, re.IGNORECASE)
    if found is None:
        return None
    end = found.end() + len(re.match(r"[?!)\"”]?", text[found.end() :])[0])  # type: ignore[index]
    return text[found.start() : end]


def _set_title(entry: Entry, title: str) -> None:
    """Set another title of an entry; words that it loses become a note, those it gains do not."""
    rest = entry.title.replace(title, " ", 1).strip(_EDGES) if title in entry.title else ""
    gained = title.replace(entry.title, " ", 1).strip(_EDGES) if entry.title in title else ""
    entry.title = title
    if gained:
        entry.notes = [note for note in entry.notes if not _is_inside(note, gained)]
        if entry.venue is not None and _is_inside(entry.venue.text, gained):
            entry.venue = None
        if entry.byline is not None and _is_inside(entry.byline.shown, gained):
            entry.byline = None
    if rest:
        entry.notes.insert(0, to_subset_text(rest))


def _follow(
    one: ReadList, entries: Sequence[Entry], known: dict[int, str], result: Confirmation
) -> None:
    """Cut the titles that were not looked up where all fixed ones of their form are cut."""
    marks = Counter(
        mark
        for entry in entries
        if (old := known.get(id(entry))) is not None
        and (mark := _mark_of_cut(old, entry.title)) is not None
    )
    if len(marks) != 1:
        return
    (mark, count), *_ = marks.items()
    whole = [
        old for entry in entries if (old := known.get(id(entry))) == entry.title and mark in old
    ]
    if count < _FEWEST_CUTS or whole:
        return
    for entry in entries:
        if id(entry) not in known and mark in entry.title:
            title = entry.title.partition(mark)[0].strip()
            place = f"{one.file}:{one.source.place_of(entry.start)}"
            result.followed.append((place, entry.title, title))
            entry.doubts["title"] = f"ends like those of {count} confirmed lines"
            _set_title(entry, title)


def _mark_of_cut(old: str, new: str) -> str | None:
    """Return the mark at which a title was cut, if that is its first one there."""
    found = _MARK.search(old)
    if found is None or not old.startswith(new) or len(new) > found.start():
        return None
    return found[0] if found.start() == len(new) else None
