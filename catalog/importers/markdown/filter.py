"""Which entries are papers: by what their heading announces and by what their section shows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.entries import Entry, is_placeholder
from catalog.importers.markdown.features import count_words, may_lead, opens_entry
from catalog.importers.markdown.links import find_label_kind, is_scholarly
from catalog.importers.markdown.sections import Announced, Section
from catalog.importers.markdown.title_text import rate

_ENOUGH = 0.3
"""The share of entries with a paper's link, authors or venue that makes a section one of papers."""
_MANY = 0.5


class Sieve:
    """Parts the entries that are papers from those that are not."""

    def __init__(self, entries: Sequence[Entry], first_heading: Section | None) -> None:
        self._first_heading = first_heading
        self._by_section: defaultdict[Section, list[Entry]] = defaultdict(list)
        self._within: defaultdict[Section, list[Entry]] = defaultdict(list)
        self._shares: dict[tuple[int, bool], float] = {}
        for entry in entries:
            self._by_section[entry.candidate.section].append(entry)
            for section in entry.candidate.section.path():
                self._within[section].append(entry)

    def announced(self, candidate: Candidate) -> Announced:
        """Return what the headings above a candidate announce."""
        return self._announced(candidate.section)

    def refuse(self, entry: Entry) -> tuple[Fate, str] | None:
        """Return why an entry is no paper, or None when it is one."""
        if is_placeholder(entry):
            return Fate.SKIPPED, "placeholder"
        section = entry.candidate.section
        announced = self._announced(section)
        if announced in (Announced.NEWS, Announced.ABOUT):
            return Fate.SKIPPED, announced.value
        if announced in (Announced.MEETINGS, Announced.OTHER_THINGS):
            nearest = next(one for one in reversed(section.path()) if one.announced is announced)
            if not self._is_of_papers(nearest):
                return Fate.SKIPPED, f"{announced.value}: {nearest.title}"
        if not self._holds_papers(section):
            return self._refuse_by_section(entry)
        return self._refuse_by_itself(entry)

    def _announced(self, section: Section) -> Announced:
        found = [
            one.announced
            for one in section.path()
            if one is not self._first_heading and one.announced is not Announced.ENTRIES
        ]
        for strict in (Announced.NEWS, Announced.ABOUT):
            if strict in found:
                return strict
        return found[-1] if found else Announced.ENTRIES

    def _is_of_papers(self, section: Section) -> bool:
        """Return whether a section that announces other things holds papers all the same."""
        entries = self._within[section]
        if self._share(entries, scholarly=True) >= _MANY:
            return True
        published = sum(
            one.is_cited and one.venue is not None and bool(one.year) for one in entries
        )
        return section.announced is Announced.OTHER_THINGS and published >= 0.7 * len(entries)

    def _holds_papers(self, section: Section) -> bool:
        if self._share(self._by_section[section]) >= _ENOUGH:
            return True
        above = section.parent
        if above is None or above.parent is None or above is self._first_heading:
            return False
        return self._share(self._within[above]) >= _MANY

    def _refuse_by_itself(self, entry: Entry) -> tuple[Fate, str] | None:
        shows = entry.is_scholarly or entry.is_cited
        if entry.candidate.kind is CandidateKind.ROW and _is_row_of_figures(entry):
            return Fate.SKIPPED, "a row of figures"
        if entry.candidate.kind is CandidateKind.PARAGRAPH:
            opens = opens_entry(entry.candidate.parts[0].pieces) or self._is_usual(entry)
            is_entry = (opens and (shows or entry.links)) or (shows and _is_plain_entry(entry))
            is_sentence = _ABOUT_ITSELF.match(entry.title) is not None or (
                entry.how[0] == "linked" and _is_sentence(entry)
            )
            return None if is_entry and not is_sentence else (Fate.PROSE, "prose")
        if shows or entry.links or entry.year is not None or entry.empty_links:
            return None
        if not self._is_among_papers(entry):
            return Fate.PROSE, "prose"
        return None if rate(entry.title) >= 2 else (Fate.UNPARSED, "no title found")

    def _is_among_papers(self, entry: Entry) -> bool:
        """Return whether a bare title stands among papers."""
        section = entry.candidate.section
        if self._share(self._by_section[section]) >= _MANY:
            return True
        return rate(entry.title) >= 3 and self._holds_papers(section)

    def _is_usual(self, entry: Entry) -> bool:
        """Return whether a marked title stands where those of the section stand."""
        if entry.how[0] not in ("bold", "linked", "quoted"):
            return False
        others = self._by_section[entry.candidate.section]
        return sum(one.how == entry.how for one in others) > max(1, 0.6 * len(others))

    @staticmethod
    def _refuse_by_section(entry: Entry) -> tuple[Fate, str]:
        if entry.candidate.kind is CandidateKind.PARAGRAPH or not entry.links:
            return Fate.PROSE, "prose"
        title = entry.candidate.section.title
        return Fate.SKIPPED, f"no papers in this section: {title}" if title else "no papers here"

    def _share(self, entries: Sequence[Entry], *, scholarly: bool = False) -> float:
        """Return the share of entries with a paper's link, or, unless `scholarly`, a citation."""
        key = (id(entries), scholarly)
        if key not in self._shares:
            good = sum(one.is_scholarly or (not scholarly and one.is_cited) for one in entries)
            self._shares[key] = good / len(entries) if entries else 0.0
        return self._shares[key]


_ABOUT_ITSELF = re.compile(
    r"(?:this|here) is (?:the|an?|our) (?:\w+ ){0,3}(?:repository|repo|list|collection|page)\b",
    re.IGNORECASE,
)


def _is_row_of_figures(entry: Entry) -> bool:
    return not entry.links and not entry.empty_links and count_words(entry.title) < 3


def _is_plain_entry(entry: Entry) -> bool:
    """Return whether a paragraph without a marked title is an entry and not prose."""
    is_short = count_words(entry.candidate.text) <= 3 * count_words(entry.title) + 60
    labels = any(find_label_kind(link.label) is not None for link in entry.links)
    return is_short and rate(entry.title) >= 2 and (entry.is_cited or labels)


def _is_sentence(entry: Entry) -> bool:
    """Return whether words go before a linked title, as in a sentence that mentions a paper."""
    before: list[str] = []
    for piece in entry.candidate.parts[0].pieces:
        if piece.url is not None and entry.title in " ".join(piece.text.split()):
            break
        before.append(piece.text)
    return not may_lead(" ".join(before))


def leave(account: Account, candidate: Candidate, fate: Fate, reason: str) -> None:
    """Put the lines of a candidate that is no paper into the account."""
    if fate is Fate.SKIPPED:
        account.skip(candidate, reason)
    elif fate is Fate.UNPARSED:
        account.leave(candidate, reason)
    else:
        account.claim(candidate.start, candidate.end, fate)


def has_words(candidate: Candidate) -> bool:
    """Return whether a candidate has text beside links and pictures."""
    pieces = [piece for part in candidate.parts for piece in part.pieces]
    plain = " ".join(one.text for one in pieces if one.url is None and one.image is None)
    return count_words(plain) > 0


def holds_paper_link(candidate: Candidate) -> bool:
    """Return whether a link of a candidate leads to where papers are found."""
    links: Iterable[str | None] = (piece.url for part in candidate.parts for piece in part.pieces)
    return any(url and is_scholarly(url) for url in links)
