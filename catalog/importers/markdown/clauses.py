"""The text around a title, clause by clause: byline, venue, date, presentation, the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.importers.markdown.bylines import Byline, read_byline, split_byline
from catalog.importers.markdown.dates import ShownDate, find_bare_year, find_date, is_date
from catalog.importers.venues.mentions import (
    Presentation,
    VenueMention,
    find_presentations,
    find_venue,
    is_venue_like,
    parse_venue,
)

_EDGE = " \t\n,.;:|/\\*_~·•-–—→()[]{}【】`\"“”„'’‘&+>#（）《》，。；：、"
_GROUP = re.compile(
    r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^\[\]]*)\]|【([^【】]*)】|\{([^{}]*)\}|`([^`]*)`"
    r"|（([^（）]*)）"
)
_ABBREVIATIONS = (
    "proc|conf|trans|int|vol|no|pp|vs|etc|jr|sr|st|dr|fig|eq|ed|eds|adv|comput|sci|rep|lett|"
    "rev|intl|symp|assoc|dept|univ|eur|am|nat|commun|soc|phys|biol|med|intell|mach|graph|vis|j|inf|"
    "robot|autom|mod|astron|astrophys|chem|appl|syst|netw|eng"
)
_BOUNDARY = re.compile(
    r"(?<![A-Z])(?<!\b(?i:al))(?<=[^\s.])\.(?=\s+\S)(?!\s+et\.?\s?al)(?<!\b[A-Z]\.)"
    r"|(?<=[?!])\s+(?=\S)|[。；]|\s[|·•]\s?|;\s|\s[-–—]{1,2}\s|(?<![,&])(?<!, )(?<!\band)\n"
)
_AFFILIATION = re.compile(r"\s*\(((?!\d)[^()]{2,90})\)(?=[\s,]*et\.?\s?al)", re.IGNORECASE)
_WORKS_AT = re.compile(
    r"\s*\(((?![^()]*\bpress\b)[^()\d]*\b(?:universit\w*|institut\w*|colleges?|laborator\w*|labs?|academy|"
    r"research|inc|corp|google|microsoft|meta|nvidia|amazon|deepmind|openai|mit|cmu|eth)\b[^()\d]*)\)"
    r"(?=\s*(?:[,;&]|and\b|$))",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    r"(?<![\s,])[\s,]+(?:\d+\s?\(\d+\)(?:\s?:\s?[\d–-]+)?|pp?\.\s?\d+[\d\s–-]*"
    r"|(?:vol|no)\.\s?\d+|e\d{4,}|article\s\d+)|\(pp?\.\s?\d+[\d\s–-]*\)"
    r"|,\s?\d+\s?[-–]\s?\d+(?=\W|$)",
    re.IGNORECASE,
)
_JOURNAL = r"(?:^|[.?!][\"”]?\s)\s*([A-Z][^.?!;]{2,80}?)"
_YEAR = r"((?:19|20)\d{2})"
_JOURNAL_AND_YEAR = (
    # `J Example Things. 2020;12(4):33-57`
    re.compile(rf"{_JOURNAL}\.\s{_YEAR}(?:\s\w{{3}}(?:\s\d+)?)?;\s?\d+[\w():–-]*"),
    # `Rev. Mod. Things 574, 505 (2019)`
    re.compile(rf"\b((?:[A-Z]\w*\.?\s(?:(?:of|and|in|&)\s)?){{1,6}})\d+,\s[A-Z]?\d+\s\({_YEAR}\)"),
    # `Review of Things 41.2 (2016)`
    re.compile(rf"{_JOURNAL}\s\d+\.\d+\s\({_YEAR}\)(?::\s?[\d–-]+)?"),
    # `Review of Things 95, no. 2 (2005): 120–144`
    re.compile(rf"{_JOURNAL}\s\d+(?:,\sno\.\s?\d+)?\s\((?:\w+\s)?{_YEAR}\)(?::\s?[\d–-]+)?"),
    # `Review of Things 95, 2005` alone, but not `Released on May 4, 2019`
    re.compile(
        rf"^\s*(?!.*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)"
        rf"([A-Z][^\d.?!;,:]{{2,80}} [^\W\d_][^\d.?!;,:]{{2,40}})\s\d{{1,3}},\s{_YEAR}\s*$"
    ),
)
"""A journal, its year, volume and pages, as Vancouver, Chicago and physicists write them."""
_NAMED = re.compile(
    r"(?:in )?(?:the )?(?:international |annual |ieee |acm )*(?:journal|transactions|conference|"
    r"symposium|proceedings|annals|workshop) (?:of|on|for)\b(?=.{3,90}$)",
    re.IGNORECASE,
)
"""Names of venues that are recognised without a year."""
_ABBREVIATED = re.compile(rf"\b(?i:{_ABBREVIATIONS})(?:\. [A-Z][a-z]{{1,7}})*$")
"""`Rev. Mod`: behind a known abbreviation short words are abbreviated too."""


@dataclass(slots=True)
class Details:
    """What the text around a title names, in its order."""

    bylines: list[Byline] = field(default_factory=list)
    venue: VenueMention | None = None
    is_venue_loose: bool = False
    """The venue is one by its place only, not by its words."""
    date: ShownDate | None = None
    year: int | None = None
    presentations: list[Presentation] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def is_telling(self) -> bool:
        """Whether anything but rest was found."""
        return bool(self.bylines or self.venue or self.date or self.year or self.presentations)


def strip_edges(text: str) -> str:
    """Return `text` without the punctuation that links and separators leave at its ends."""
    return " ".join(text.split()).strip(_EDGE)


def split_clauses(text: str) -> Iterator[str]:
    """Yield the clauses of `text`: what is in brackets, and what separators part."""
    end = 0
    for group in _GROUP.finditer(text):
        yield from _split_plain(text[end : group.start()])
        inner = next((part for part in group.groups() if part is not None), "")
        yield inner if inner.strip() else ""
        end = group.end()
    yield from _split_plain(text[end:])


def _before(text: str, end: int) -> str:
    """Return the last characters before `end`, more than an abbreviation has."""
    return text[max(0, end - 40) : end]


def _split_plain(text: str) -> Iterator[str]:
    start = 0
    for found in _BOUNDARY.finditer(text):
        if found[0].startswith(".") and _ABBREVIATED.search(_before(text, found.start())):
            continue
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


@lru_cache(maxsize=8192)
def read_details(text: str, *, hint: str | None = None) -> Details:
    """Return what a text around a title names. The result is shared: do not change it.

    `hint` names what is expected: `authors`, `venue` or `date`.
    """
    details = Details()
    text = _VOLUME.sub(" ", _take_journal(text, details))
    for affiliation in (_AFFILIATION, _WORKS_AT) if "(" in text else ():
        details.rest += [found[1] for found in affiliation.finditer(text)]
        text = affiliation.sub("", text)
    text = _take_presentations(text, details)
    for clause in split_clauses(text):
        if strip_edges(clause):
            _read_clause(strip_clause(clause), details, hint)
    return details


def _take_journal(text: str, details: Details) -> str:
    """Take a journal with its year, volume and pages, and return the text without them."""
    for pattern in _JOURNAL_AND_YEAR:
        found = pattern.search(text)
        journal = parse_venue(found[1]) if found else None
        if found is not None and journal is not None:
            details.venue, details.year = journal, int(found[2])
            return f"{text[: found.start()].rstrip(' ,')}. {text[found.end() :]}"
    return text


def begins_with_journal(text: str) -> bool:
    """Return whether a journal, its volume and year come first: `Rev. Things 12, 34 (2016)`."""
    bare = text.lstrip(_EDGE)
    return any(pattern.match(bare) for pattern in _JOURNAL_AND_YEAR)


def strip_clause(clause: str) -> str:
    """Return a clause without separators at its ends; the period of an initial stays."""
    bare = (
        " ".join(clause.split())
        .strip(' ,;:|/\\*_~·•-–—→()[]{}【】`"“”（）《》，。；：')
        .lstrip(" .")
    )
    return bare if re.search(r"\b(?:[A-Z]|al|etc)\.$", bare) else bare.rstrip(".")


def _take_presentations(text: str, details: Details) -> str:
    if len(text) > 400:
        return text
    found = [one for one in find_presentations(text) if _is_aside(text, one)]
    for one in reversed(found):
        text = text[: one.start] + " " + text[one.end :]
    details.presentations += found
    return text


def _is_aside(text: str, presentation: Presentation) -> bool:
    """Return whether a word such as `oral` is on its own and not part of a sentence."""
    before, after = text[: presentation.start].rstrip(), text[presentation.end :].lstrip()
    starts = not before or before[-1] in "([{,;:|-–/&*【`" or before[-4:].strip("'’").isdigit()
    ends = not after or after[0] in ")]},.;:|-–/&*】`!"
    return (starts and ends) or (before[-4:].isdigit() and len(after) < 3)


def _read_clause(clause: str, details: Details, hint: str | None) -> None:
    if is_date(clause):
        _take_date(clause, details)
        return
    clause = _take_leading_year(clause, details)
    if _take_dated_byline(clause, details):
        return
    byline, rest = (None, clause) if hint == "venue" else _take_byline(clause, hint)
    if byline is not None:
        details.bylines.append(byline)
        if rest:
            _read_after_byline(rest, details)
    elif not _take_venue(clause, details, is_expected=hint == "venue"):
        _read_other(clause, details)


def _read_other(clause: str, details: Details) -> None:
    weak = read_byline(clause)
    if weak is not None and (len(weak.names) > 1 or len(clause) < 40):
        details.bylines.append(weak)
    else:
        _take_date(clause, details)
        details.rest.append(clause)


def _take_leading_year(clause: str, details: Details) -> str:
    found = re.match(r"((?:19|20)\d{2})(?:\s?[,.:)]\s?|\s+)(?=\D)", clause)
    if found is None:
        return clause
    details.year = details.year or int(found[1])
    return clause[found.end() :]


def _take_dated_byline(clause: str, details: Details) -> bool:
    """Take `Ada Example, 2023`: authors and a year without a venue."""
    found = re.fullmatch(r"(.+?),\s*((?:19|20)\d{2})", clause) or re.fullmatch(
        r"(\w+ (?:&|and) \w+) ((?:19|20)\d{2})", clause
    )
    byline = read_byline(found[1]) if found else None
    if found is None or byline is None or find_venue(clause) is not None:
        return False
    if is_venue_like(clause) or _is_known_venue(clause):
        return False
    details.bylines.append(byline)
    details.year = details.year or int(found[2])
    return True


def _is_known_venue(text: str) -> bool:
    mention = parse_venue(text)
    return mention is not None and mention.is_known


def _take_byline(clause: str, hint: str | None) -> tuple[Byline | None, str]:
    whole = read_byline(clause)
    # A venue is not a name, though `ACM Multimedia` looks like one.
    if whole and (hint == "authors" or (whole.is_sure and not is_venue_like(clause))):
        return whole, ""
    byline, rest = split_byline(clause)
    if byline is None or not byline.is_sure or not rest or len(byline.shown) <= 4:
        return None, clause
    return (None, clause) if _is_known_venue(byline.shown) else (byline, rest)


def _read_after_byline(text: str, details: Details) -> None:
    """Read what follows a byline in its clause: a venue and a year, known or not."""
    if is_date(text):
        _take_date(text, details)
    elif not _take_venue(text, details, is_expected=len(text.split()) <= 10):
        details.rest.append(text)


def _take_date(clause: str, details: Details) -> None:
    date = find_date(clause)
    year = find_bare_year(clause)
    if date and details.date is None:
        details.date = date
    elif year and details.year is None and (is_date(clause) or len(clause.split()) <= 4):
        details.year = year.year


def _take_venue(clause: str, details: Details, *, is_expected: bool) -> bool:
    if details.venue is not None and not details.is_venue_loose:
        return False
    mention, whole = find_venue(clause), parse_venue(clause)
    if mention is None and whole is not None and whole.is_known:
        mention = find_venue(clause, is_expected=True)
    if mention is not None and _count_beside(clause, mention) <= _may_stand_beside(mention):
        before, after = strip_clause(clause[: mention.start]), strip_clause(clause[mention.end :])
        if len(after.split()) > 2 and not is_date(after):
            details.rest.append(after)
        if whole is not None and whole.is_known:
            mention = whole
        _set_venue(mention, clause, details)
        _take_before(before, details)
        return True
    if whole is not None and (
        is_venue_like(clause)
        or _NAMED.match(clause)
        or (whole.year and (is_expected or _follows_authors(details, whole.text)))
        or (is_expected and len(clause) < 40)
    ):
        _set_venue(whole, clause, details)
        details.is_venue_loose = not is_venue_like(clause)
        return True
    return False


def _follows_authors(details: Details, name: str) -> bool:
    """Return whether a name with a year follows the authors: `Reviews in Things 2024`."""
    is_next = bool(details.bylines) and details.bylines[-1].is_sure and not details.rest
    return is_next and details.venue is None and _JOURNAL_NAME.fullmatch(name) is not None


_JOURNAL_NAME = re.compile(
    r"(?!.*(?:Press|Universit|Institut|Lab))[A-Z]\w+(?: (?:of|and|in|on|&|[A-Z]\w*\.?))+"
)


def _may_stand_beside(mention: VenueMention) -> int:
    """Return how many other words a clause may have and still be about its venue."""
    return 8 if mention.is_known and mention.year is not None else 3


def _count_beside(clause: str, mention: VenueMention) -> int:
    """Return how many words of weight stand next to a venue in its clause."""
    rest = strip_edges(clause[: mention.start] + " " + clause[mention.end :])
    rest = re.sub(
        r"\b(?:in|at|on|the|of|proc|proceedings|to|appear|accepted|by|preprint|track)\b",
        "",
        rest,
        flags=re.I,
    )
    date = find_date(rest)
    if date:
        rest = rest[: date.start] + rest[date.end :]
    return len(strip_edges(rest).split())


def _set_venue(mention: VenueMention, clause: str, details: Details) -> None:
    details.venue = mention
    if mention.year is not None:
        details.year = mention.year
    date = find_date(clause)
    if date and details.date is None:
        details.date = date
    if mention.year is None and date is None:
        year = find_bare_year(clause)
        details.year = year.year if year else details.year


def _take_before(before: str, details: Details) -> None:
    """Read what is before a venue in its clause: authors whose names are uncertain."""
    bare = re.sub(
        r"^(?:in|at|to appear in|accepted (?:by|at|to)|published in)\b", "", before, flags=re.I
    )
    bare = strip_clause(re.sub(r"\b(?:in|at)$", "", bare.strip()))
    if not bare or re.fullmatch(r"(?:in|at|the|proc\.?|proceedings|of|\W|\d)*", bare, re.I):
        return
    byline = read_byline(bare)
    if byline is not None or (
        len(bare.split()) <= 4 and bare[:1].isupper() and "team" in bare.lower()
    ):
        details.bylines.append(byline or Byline(bare, (bare,), False, False))
    else:
        details.rest.append(bare)
