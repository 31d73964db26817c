"""Which entries are papers: what their section and all entries of their form show together.

Words in a heading are evidence that what stands below it can outvote.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.entries import Entry, is_placeholder
from catalog.importers.markdown.features import count_words, may_lead, opens_entry
from catalog.importers.markdown.links import find_label_kind, is_scholarly
from catalog.importers.markdown.options import ReadOptions, SectionUse
from catalog.importers.markdown.sections import BULLET, Announced, Section
from catalog.importers.markdown.title_text import rate
from catalog.importers.venues.mentions import is_venue_like, parse_venue

Form = tuple[object, ...]
"""What like entries share."""

_BORROWED = 4
"""How many entries of its form elsewhere a section's share counts: one entry alone says little."""
_NEEDED = {
    Announced.ENTRIES: 0.3,
    Announced.CONTENTS: 0.3,
    Announced.OTHER_THINGS: 0.55,
    Announced.MEETINGS: 0.55,
    Announced.ABOUT: 0.7,
    Announced.NEWS: 0.7,
}
"""The share of entries that show a paper, by what the heading announces, for all to be papers."""
_DATED = 0.5
"""What an entry is worth that shows a year and nothing else of a paper."""
_MOSTLY = 0.5
"""The share of a section that are papers, for a paragraph with labelled links to be one too."""
_TITLED = 0.35
"""What an entry is worth that is a title and nothing else: more than a section of them needs."""
_GOOD_TITLE, _LEAST_TITLE = 3, -1
"""What `rate` returns for a text of a title's length that is not a sentence, a name or a venue;
a venue and names weigh less than the least."""
_FAIR_TITLE = 2
"""What `rate` returns for words that are likely a title: `Neural Ordinary Equations`."""
_MANY, _BY_CHANCE = 20, 0.05
"""Items from which a form shows what a list is of, and the share of links to papers that a list of
other things has too."""
_SEVERAL = 3
"""So many titles alone are not remarks: `21 papers, of which 13 with code`."""


class Sieve:
    """Parts the entries that are papers from those that are not."""

    def __init__(
        self,
        entries: Sequence[Entry],
        first_heading: Section | None,
        options: ReadOptions,
    ) -> None:
        self._first_heading = first_heading
        self._options = options
        by_section: defaultdict[Section, list[Entry]] = defaultdict(list)
        by_form: defaultdict[Form, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_section[entry.candidate.section].append(entry)
            by_form[_form_of(entry)].append(entry)
        self._certain = {
            form: sum(map(_certainty, members)) / len(members) for form, members in by_form.items()
        }
        self._in_section = {section: _worth(members) for section, members in by_section.items()}
        self._by_section = by_section
        self._titled = {} if _has_papers(entries) else _share_titles(by_form)
        self._in_form = {form: _worth(members) / len(members) for form, members in by_form.items()}

    def announced(self, candidate: Candidate) -> Announced:
        """Return what the headings above a candidate announce."""
        found = [
            one.announced
            for one in candidate.section.path()
            if one.announced is not Announced.ENTRIES
            and not (one is self._first_heading and one.level == 1)
        ]
        for strict in (Announced.NEWS, Announced.ABOUT):
            if strict in found:
                return strict
        return found[-1] if found else Announced.ENTRIES

    def refuse(self, entry: Entry) -> tuple[Fate, str] | None:
        """Return why an entry is not a paper, or None when it is one."""
        if is_placeholder(entry):
            return Fate.SKIPPED, "placeholder"
        use = self._options.use_of(entry.candidate.section)
        if use is not None:
            return _BY_USE[use]
        announced = self.announced(entry.candidate)
        if not self._are_papers(entry, announced):
            return self._refuse_with_section(entry, announced)
        return self._refuse_by_itself(entry)

    def _are_papers(self, entry: Entry, announced: Announced) -> bool:
        """Return whether the entries of a section are papers, by what they show together."""
        members = self._by_section[entry.candidate.section]
        if announced is Announced.NEWS and sum(one.is_dated for one in members) * 2 >= len(members):
            return False
        if announced in (Announced.NEWS, Announced.ABOUT) and (
            len(members) < 2 or entry.candidate.kind is CandidateKind.PARAGRAPH
        ):
            return False
        needed = _NEEDED[announced]
        if announced is Announced.MEETINGS:
            # Meetings name venues and years without being papers.
            good = sum(one.is_scholarly or _is_below_venue(one) for one in members)
            return good >= needed * len(members)
        if announced not in (Announced.ENTRIES, Announced.CONTENTS):
            certain = sum(map(_certainty, members)) + _BORROWED * self._certain[_form_of(entry)]
            return certain >= needed * (len(members) + _BORROWED)
        return self._share(entry) >= needed

    def _share(self, entry: Entry) -> float:
        """Return the share of a section's entries that show papers; few borrow from their form."""
        if (titled := self._titled.get(_form_of(entry))) is not None:
            return titled
        section = entry.candidate.section
        count = len(self._by_section[section])
        borrowed = _BORROWED * self._in_form[_form_of(entry)]
        return (self._in_section[section] + borrowed) / (count + _BORROWED)

    def _refuse_with_section(self, entry: Entry, announced: Announced) -> tuple[Fate, str] | None:
        title = entry.candidate.section.title
        if announced in (Announced.NEWS, Announced.ABOUT):
            return Fate.SKIPPED, announced.value
        if entry.is_scholarly and announced is Announced.ENTRIES and entry.links:
            # Few of the section are papers, but this one links to its own.
            return self._refuse_by_itself(entry)
        if announced in (Announced.MEETINGS, Announced.OTHER_THINGS):
            nearest = next(
                one
                for one in reversed(entry.candidate.section.path())
                if one.announced is announced
            )
            return Fate.SKIPPED, f"{announced.value}: {nearest.title}"
        if entry.candidate.kind is CandidateKind.PARAGRAPH or not entry.links:
            return Fate.PROSE, "prose"
        return Fate.SKIPPED, f"no papers in this section: {title}" if title else "no papers here"

    def _refuse_by_itself(self, entry: Entry) -> tuple[Fate, str] | None:
        shows = entry.is_scholarly or entry.is_cited
        if entry.candidate.kind is CandidateKind.ROW and _is_row_of_figures(entry):
            return Fate.SKIPPED, "a row of figures"
        if entry.candidate.kind is CandidateKind.PARAGRAPH:
            return self._refuse_paragraph(entry, shows=shows)
        if shows or entry.links or entry.year is not None or entry.empty_links:
            return None
        is_marked = entry.how[0] in ("bold", "linked", "quoted")
        least = 0.2 if is_marked else 0.3 if rate(entry.title) >= 3 else 0.5
        is_among = self._share(entry) >= least or _is_below_venue(entry)
        if not is_among:
            return Fate.PROSE, "prose"
        # A title in bold among others may be short; plain words have to read as one.
        return None if rate(entry.title) >= (-1 if is_marked else 2) else _UNTITLED

    def _refuse_paragraph(self, entry: Entry, *, shows: bool) -> tuple[Fate, str] | None:
        opens = opens_entry(entry.candidate.parts[0].pieces) or self._is_usual(entry)
        is_entry = (opens and (shows or entry.links)) or (
            (shows or self._share(entry) >= _MOSTLY) and _is_plain_entry(entry)
        )
        if self._is_alone(entry) and not entry.is_scholarly and not entry.year:
            return Fate.PROSE, "prose"
        is_sentence = _ABOUT_ITSELF.match(entry.title) is not None or (
            entry.how[0] in ("linked", "plain")
            and not (entry.is_cited and (entry.is_scholarly or entry.year))
            and _is_in_sentence(entry)
        )
        if is_entry and not is_sentence:
            return None
        return Fate.PROSE, "prose"

    def _is_alone(self, entry: Entry) -> bool:
        """Return whether no other paragraph of the section is an entry: the lists below are."""
        others = self._by_section[entry.candidate.section]
        return sum(one.candidate.kind is CandidateKind.PARAGRAPH for one in others) < 2

    def _is_usual(self, entry: Entry) -> bool:
        """Return whether a marked title is in the place of those of the section."""
        if entry.how[0] not in ("bold", "linked", "quoted"):
            return False
        others = self._by_section[entry.candidate.section]
        return sum(one.how == entry.how for one in others) > max(1, 0.6 * len(others))


_UNTITLED = (Fate.UNPARSED, "no title found")
_BY_USE = {
    SectionUse.PAPERS: None,
    SectionUse.SKIP: (Fate.SKIPPED, "skipped with --section"),
    SectionUse.PROSE: (Fate.PROSE, "prose"),
}


_ABOUT_ITSELF = re.compile(
    r"(?:this|here) is (?:the|an?|our) (?:\w+ ){0,3}(?:repository|repo|list|collection|page)\b",
    re.IGNORECASE,
)
"""A sentence about the list: `This is the official repository …`."""


def _is_in_sentence(entry: Entry) -> bool:
    """Return whether words go before a title, as in a sentence that mentions a paper."""
    text = entry.candidate.text
    return not may_lead(text[: max(0, text.find(entry.title))])


def _form_of(entry: Entry) -> Form:
    """Return what like entries share: their kind, the style of their titles, what they show."""
    is_told = bool(entry.byline or entry.venue or entry.year)
    return (entry.candidate.kind, entry.how[0], is_told)


def _has_papers(entries: Sequence[Entry]) -> bool:
    """Return whether links or citations of a list show papers at all, not only a few by chance."""
    return sum(one.is_scholarly or one.is_cited for one in entries) >= _BY_CHANCE * len(entries)


def _share_titles(by_form: Mapping[Form, Sequence[Entry]]) -> dict[Form, float]:
    """Return which share of the items of a form have a good title, in a list that shows no more.

    Its links lead to notes, issues or files of the owner, so the form decides for all sections.
    """
    items = (CandidateKind.ITEM, CandidateKind.ROW)
    return {
        form: sum(rate(one.title) >= _FAIR_TITLE for one in members) / len(members)
        for form, members in by_form.items()
        if form[0] in items and len(members) >= _MANY
    }


def _worth(entries: Iterable[Entry]) -> float:
    """Return how many of the entries show a paper."""
    worth, titled = 0.0, 0
    for one in entries:
        # A name of a venue with its short form is not a title with its venue.
        is_cited = one.is_cited and (rate(one.title) > _LEAST_TITLE or one.year is not None)
        if one.is_scholarly or is_cited or _is_below_venue(one):
            worth += 1.0
        elif one.year is not None and one.links:
            worth += _DATED
        titled += _is_bare_title(one)
    return worth + _TITLED * titled * (titled >= _SEVERAL)


def _is_bare_title(entry: Entry) -> bool:
    """Return whether an item has nothing but a title, and a long one; tools have links."""
    is_item = entry.candidate.kind in (CandidateKind.ITEM, CandidateKind.ROW)
    shows = entry.links or entry.is_cited or entry.year or _is_below_venue(entry)
    return is_item and not shows and rate(entry.title) >= _GOOD_TITLE


def _certainty(entry: Entry) -> float:
    """Return how surely an entry is a paper whatever its heading says: tools have links too."""
    if rate(entry.title) < 1:
        return 0.0
    is_published = entry.year is not None and (entry.venue is not None or entry.is_cited)
    if entry.is_scholarly or is_published:
        return 1.0
    return _DATED if entry.year is not None and entry.links else 0.0


def mark_venues(sections: Iterable[Section]) -> None:
    """Mark the bullets that name venues, as most bullets at their level below a heading do."""
    for parent in {one.parent for one in sections if one.level >= BULLET and one.parent}:
        groups = [one for one in parent.subsections if one.level >= BULLET]
        named = sum(_names_venue(one.title) for one in groups)
        for group in groups:
            group.is_venue = named * 2 >= len(groups)


def _names_venue(title: str) -> bool:
    mention = parse_venue(title)
    is_dated = mention is not None and mention.year is not None and count_words(title) <= 5
    # `May 12, 2021` is when people met.
    return not is_date(title) and (is_venue_like(title) or is_dated)


def _is_below_venue(entry: Entry) -> bool:
    """Return whether a title stands below a bullet that names its venue."""
    return entry.candidate.section.is_venue and rate(entry.title) >= -1


def _is_row_of_figures(entry: Entry) -> bool:
    return not entry.links and not entry.empty_links and count_words(entry.title) < 3


def _is_plain_entry(entry: Entry) -> bool:
    """Return whether a paragraph without a marked title is an entry and not prose."""
    is_short = count_words(entry.candidate.text) <= 3 * count_words(entry.title) + 60
    labels = any(find_label_kind(link.label) is not None for link in entry.links)
    least = 2 if entry.how[0] == "plain" else 1
    return is_short and rate(entry.title) >= least and (entry.is_cited or labels)


def leave(account: Account, candidate: Candidate, fate: Fate, reason: str) -> None:
    """Put the lines of a candidate that is not a paper into the account."""
    if fate is Fate.SKIPPED:
        account.skip(candidate, reason)
    elif fate is Fate.UNPARSED:
        account.leave(candidate, reason)
    else:
        account.claim(candidate.start, candidate.end, fate)


def has_words(candidate: Candidate) -> bool:
    """Return whether a candidate has text next to links and pictures."""
    pieces = [piece for part in candidate.parts for piece in part.pieces]
    plain = " ".join(one.text for one in pieces if one.url is None and one.image is None)
    return count_words(plain) > 0


def holds_paper_link(candidate: Candidate) -> bool:
    """Return whether a link of a candidate leads to where papers are found."""
    links: Iterable[str | None] = (piece.url for part in candidate.parts for piece in part.pieces)
    return any(url and is_scholarly(url) for url in links)
