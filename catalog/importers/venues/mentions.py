"""A venue found in a text: `NeurIPS2023`, `NIPS'23`, `In Proc. of CVPR, 2020`, `ACL Findings`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from catalog.importers.venues.known import KnownVenue, known_venues
from catalog.model.records import VenueKind
from catalog.text.folding import fold

# The four digits before a period and more digits are those of an arXiv id.
YEAR = re.compile(r"(?<!\d)(?:19[4-9]\d|20[0-4]\d)(?!\d|\.\d{4})")
# `CVPR'23`, `NeurIPS ’22`.
_SHORT_YEAR = re.compile(r"\s?['’‘`](\d{2})(?!\d)")
# `CVPR23`, `ICLR-24`, `ACL 19` at the end; not the number of `H2.5` or of an arXiv id.
_GLUED_YEAR = re.compile(r"(?:[-_]?(\d{2})(?![\d.])(?=\W|$)|\s(\d{2})\s*$)")
# `2023 ICML`: the year is before the name.
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d{2})[\s_-]+$")
# `ICML 2023`, `ICML (2023)`, `ICML, ’2023`; not `2401.10000`.
_YEAR_AFTER = re.compile(r"[\s,:()\[\]'’‘`@._–-]{0,3}((?:19|20)\d{2})(?!\d|\.\d{4})")
# Letters, digits and signs apart: `CVPR23` is two words, so that the name is found in it.
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")

# `Best Paper Award`, `Honorable Mention Award`, `notable top 5%`, `Oral`, `Spotlight`.
_PRESENTATION = re.compile(
    r"\b(?:(?:best|outstanding|honou?rable|distinguished|test[- ]of[- ]time)\b[\w\s/-]*?"
    r"(?:paper|award|mention|candidate|finalist)s?(?:\s+(?:award|candidate|finalist|runner[- ]up|"
    r"honou?rable mention|nominee))?|"
    r"(?:notable[- ])?top[- ]?\d+%?|oral(?:s| presentation)?|spotlights?|highlights?|poster)\b"
    r"(?:\s+(?:presentation|paper))?",
    re.IGNORECASE,
)
# Of those, what is won; `Oral` and `notable top 5%` are kinds of presentation.
_AWARD = re.compile(r"\b(?:best|outstanding|distinguished|award|mention|test[- ]of)", re.IGNORECASE)
# What may follow a venue's name: `(Findings)`, `Workshops`, `Datasets and Benchmarks Track`.
_TRACK = re.compile(
    r"\s*[,(\[:-]*\s*(?P<track>findings|fin[gd]ings|workshops?|ws\b|w\b|demos?\b|demonstrations?|"
    r"system demonstrations|datasets?(?: (?:and|&) benchmarks?)?(?: track)?|d&b(?: track)?|"
    r"short(?: papers?)?\b|long(?: papers?)?\b|industry(?: track)?|srw\b|student research workshop|"
    r"main(?: conference)?\b|tutorials?\b|doctoral consortium|late[- ]breaking)",
    re.IGNORECASE,
)
# `ICML 2021 Theory of Things Workshop`: up to six words of a name.
_NAMED_WORKSHOP = re.compile(
    r"[\s:,-]+(?:[\w&-]+\s+){1,6}?(?P<track>workshop)\b(?: (?:on|for) [^,.;()\[\]]+)?",
    re.IGNORECASE,
)
# `IEEE/CVF ` before `CVPR` belongs to the name.
_SPONSOR = re.compile(r"\b(?:IEEE|ACM|USENIX|ISCA)(?:/CVF|/ACM|/RSJ)?[ -]$")
# `Findings of the ` and `Findings of the Association for Computational Linguistics: ` before ACL.
_FINDINGS_OF = re.compile(r"\bfindings of(?: the)?(?: association[^:]*:)?\s*$", re.IGNORECASE)
# `Accepted at `, `To appear in `, `In Proc. of the `.
_LEAD = re.compile(
    r"^(?:published|accepted|appear(?:s|ed|ing)?|presented|to appear|in press|under review|"
    r"submitted)?\s*(?:\b(?:in|at|by|to|as)\b)?:?\s*"
    r"(?:\bproc(?:eedings|\.)?(?:\s+of)?(?:\s+the)?(?=\W|$))?\s*",
    re.IGNORECASE,
)
# `the 38th `, `Thirty-eighth Annual `, `First `.
_ORDINAL = re.compile(
    r"\b(?:the\s+)?(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|[a-z]+-[a-z]+th|"
    r"[a-z]+(?:ie|n|f)th)(?:\s+annual)?(?:\s+|$)",
    re.IGNORECASE,
)
# Words next to a venue that are not of an unknown name: `vol. 3`, `pages`, `arXiv:2401.10000`.
_BESIDE = re.compile(
    r"\b(?:vol|no|pp|pages|volume|issue|preprint|abs|track|main|the|of|in|on|annual|"
    r"conference|international|ieee|acm|cvf|proceedings|proc)\b|arXiv\S*|\bcs\.\w+",
    re.IGNORECASE,
)
# `NeurIPS`, `IEEE VR`, `ACM MM`, `SIGIR-AP`: two capitals at least; `Nature` is a word.
_ACRONYM = re.compile(
    r"(?<![\w-])(?:IEEE |ACM |USENIX |AAAI/)?[A-Z][A-Za-z&+*/]*[A-Z][A-Za-z&+*]*"
    r"(?:[ -](?:[A-Z]{2,}[A-Za-z]*))?"
)

# `Workshop`, `WS`, and the W of `CVPRW`; not `workshopping`.
_WORKSHOP = re.compile(r"\b[Ww]orkshops?\b|\bWORKSHOPS?\b|\bWS\b|(?<=[A-Z])W(?=\W|$|\d)")
# Words of journals' names: `Transactions on Things`, `Nature Things`, `计算机学报`.
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|magazine|annals|reviews?|quarterly|bulletin|"
    r"communications|nature|advances in|frontiers|plos|npj|acta|archives|surveys|ieee|acm)\b"
    r"|(?:学报|學報|期刊|杂志|雜誌|通讯|論文誌|学会誌)$",
    re.IGNORECASE,
)
# `Proceedings of …`, `Symposium on …`, `Conf. on …`.
_MEETING = re.compile(
    r"\b(?:conference|conf\.|symposium|proceedings|proc\.|meeting|congress|convention)",
    re.IGNORECASE,
)
# Works that no venue publishes: `PhD thesis`, `Tech. Report`.
_THESIS = re.compile(r"\b(?:thesis|dissertation|technical report|tech\.? report)\b", re.IGNORECASE)
# The first that matches decides: a workshop of a conference is a workshop, the proceedings of a
# conference by the ACM are not a journal. A bare acronym, the last row, is mostly a conference.
_KINDS = (
    (_WORKSHOP, VenueKind.WORKSHOP),
    (_THESIS, VenueKind.OTHER),
    (_MEETING, VenueKind.CONFERENCE),
    (_JOURNAL, VenueKind.JOURNAL),
    (
        re.compile(r"\b(?:springer|press|elsevier|wiley|o'reilly|manning|publish)", re.IGNORECASE),
        VenueKind.BOOK,
    ),
    (re.compile(r"xiv\b|preprint", re.IGNORECASE), VenueKind.PREPRINT),
    (re.compile(r"^(?=.*[A-Z].*[A-Z])[\w&/*+-]{2,12}$"), VenueKind.CONFERENCE),
)


@dataclass(frozen=True, slots=True)
class VenueMention:
    """A venue as a text shows it.

    `text` is what is shown, without year and kind of presentation; `short` the usual short name of
    a known venue, else `text`; `start` and `end` bound the words that name venue and year.
    """

    text: str
    short: str
    kind: VenueKind
    is_known: bool
    year: int | None
    start: int
    end: int
    name: str | None = None
    """The full name, where the text gives an unknown venue a name and an acronym."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a paper was presented, or what it won: `Oral`, `Best Paper Award`."""

    text: str
    is_award: bool
    start: int
    end: int


def find_presentations(text: str) -> list[Presentation]:
    """Return the kind of presentation that `text` names: oral, spotlight, an award."""
    return [
        Presentation(found[0].strip(), bool(_AWARD.search(found[0])), *found.span())
        for found in _PRESENTATION.finditer(text)
    ]


def find_venue(text: str, *, is_expected: bool = False) -> VenueMention | None:
    """Return the first venue of `text` with its year, or None.

    A known venue is found anywhere; an unknown one only as an acronym with a year, such as
    `XYZConf 2021`. Where a venue `is_expected`, everyday words count too (`Nature`, `Science`).
    """
    known = _find_known(text, is_expected=is_expected)
    unknown = _find_acronym(text)
    if known is None or (unknown and unknown.start < known.start and known.year is None):
        return unknown or known
    return known


@lru_cache(maxsize=8192)
def parse_venue(text: str) -> VenueMention | None:
    """Return the venue that the whole of `text` names, or None when it names none.

    Meant for a text in the place of a venue: a cell, a badge, what follows the authors.
    `National Science Review 2024` gives that journal though the table does not have it.
    """
    bare, year = _take_year(text)
    bare = re.sub(r"[(\[{]\s*[)\]}]", " ", _PRESENTATION.sub(" ", bare))
    bare = re.sub(r"\s+", " ", bare).strip(" \t,.;:|-–—_*()[]{}'’`\"@/&")
    known = _find_known(bare, is_expected=True)
    if known is not None and not _covers(known, bare):
        # `Science` in `National Science Review` is not that journal.
        known = _find_known(bare, is_expected=False)
    if known is not None and _covers(known, bare):
        return VenueMention(known.text, known.short, known.kind, True, year, 0, len(text))
    # Of the known ones `S&P` has no two letters next to each other.
    if not re.search(r"[^\W\d_]{2}", bare):
        return None
    # The bracket at the end of `IEEE Int. Conf. on Things (ICXT)` is gone.
    before, bracket, acronym = bare.rpartition("(")
    if bracket and _IS_ACRONYM.fullmatch(acronym) and re.search(r"\w{3}", before):
        full = _keep_period(_drop_lead(before.rstrip()), text)
        return _name_by_acronym(full, acronym, year, len(text))
    shown = _keep_period(_drop_lead(bare), text) + ")" * (bare.count("(") - bare.count(")"))
    short, kind = shown, guess_kind(shown)
    if known is not None and kind is VenueKind.WORKSHOP:
        short = f"{known.short.removesuffix(' Workshop')} Workshop"
    return VenueMention(shown, short, kind, False, year, 0, len(text))


# `CVPR`, `NeurIPS`, `SIGIR-AP`: 2 to 20 letters, the first and another one capitals.
_IS_ACRONYM = re.compile(r"(?=.{2,20}$)[A-Z][A-Za-z&/-]*[A-Z][A-Za-z]*")


def _keep_period(shown: str, text: str) -> str:
    """Return a name with the period of its last word, if words before are abbreviated too."""
    return f"{shown}." if re.search(r"[a-z]\. ", shown) and f"{shown}." in text else shown


def _drop_lead(bare: str) -> str:
    """Drop `Published in`, `Proceedings of the`, `3rd Annual` from the start of a venue's name."""
    if _OF_ACM.match(bare):
        return bare
    return _ORDINAL.sub("", _LEAD.sub("", bare)).strip(" ,.;:") or bare


_OF_ACM = re.compile(r"proc(?:eedings|\.)? of the acm on\b", re.IGNORECASE)
"""Journals: `Proceedings of the ACM on Example Languages`."""


def _name_by_acronym(full: str, acronym: str, year: int | None, end: int) -> VenueMention:
    known = find_known(acronym)
    short, kind = (known.short, known.kind) if known else (acronym, guess_kind(full))
    return VenueMention(f"{full} ({acronym})", short, kind, known is not None, year, 0, end)


@lru_cache(maxsize=8192)
def is_venue_like(text: str) -> bool:
    """Return whether the whole of `text` reads as a venue, by its words and not by its position."""
    mention = parse_venue(text)
    # The longest names of proceedings have some 150 characters; a longer text is an entry.
    if mention is None or len(text) > 160:
        return False
    acronym = _find_acronym(text)
    # Two words next to an acronym are its track or sponsor; more are a sentence that names it.
    if mention.is_known or (acronym is not None and _count_beside(text, acronym) <= 2):
        return True
    words = (_WORKSHOP, _MEETING, _JOURNAL, _THESIS)
    return bool(mention.year) and any(pattern.search(mention.text) for pattern in words)


def guess_kind(name: str) -> VenueKind:
    """Return the kind that the words of a venue's name suggest; an acronym is a conference."""
    for pattern, kind in _KINDS:
        if pattern.search(name):
            return kind
    return VenueKind.OTHER


def find_known(name: str) -> KnownVenue | None:
    """Return the venue of the table whose short name, full name or alias is `name`, or None."""
    return _names().get(_key(name))


def _key(name: str) -> str:
    return fold(name.replace("&", " and ").replace("*", ""))


@cache
def _names() -> dict[str, KnownVenue]:
    names: dict[str, KnownVenue] = {}
    for venue in known_venues():
        for name in (venue.short, venue.name or "", *venue.aliases):
            names.setdefault(_key(name.strip("()")), venue)
    names.pop("", None)
    return names


# Known venues, by their words


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    exact: str | None
    """The spelling that counts, when the name is short or an everyday word."""
    is_everyday: bool
    venue: KnownVenue


@cache
def _names_by_first_word() -> dict[str, list[_Name]]:
    names: dict[str, list[_Name]] = {}
    for venue in known_venues():
        for shown in {venue.short, venue.name or venue.short, *venue.aliases}:
            bare = shown.strip("()")
            is_everyday = bare != shown or f"({bare})" in venue.aliases
            # Short acronyms are words in small letters: `acl`, `fast`, `iv`.
            is_exact = is_everyday or (len(bare) <= 4 and bare.isalpha())
            # Texts lose the period at their end.
            words = tuple(word.lower() for word in _WORD.findall(bare.rstrip(".")) if word != "-")
            name = _Name(words, bare if is_exact else None, is_everyday, venue)
            names.setdefault(words[0], []).append(name)
    for candidates in names.values():
        candidates.sort(key=lambda name: -len(name.words))
    return names


def _find_known(text: str, *, is_expected: bool) -> VenueMention | None:
    """Return the first known venue of `text` that has a year, else the first one."""
    first: VenueMention | None = None
    for start, end, venue in _find_names(text, is_expected=is_expected):
        mention = _expand(text, start, end, venue)
        if mention.year is not None or is_expected:
            return mention
        first = first or mention
    return first


def _find_names(text: str, *, is_expected: bool) -> Iterator[tuple[int, int, KnownVenue]]:
    words = [found for found in _WORD.finditer(text) if found[0] != "-"]
    lower = tuple(word[0].lower() for word in words)
    for index, first in enumerate(lower):
        for name in _names_by_first_word().get(first, ()):
            stop = index + len(name.words)
            if lower[index:stop] != name.words or (name.is_everyday and not is_expected):
                continue
            start, end = words[index].start(), words[stop - 1].end()
            if _is_apart(text, start, end, name):
                yield start, end, name.venue
                break


def _is_apart(text: str, start: int, end: int, name: _Name) -> bool:
    """Return whether the words at `start` to `end` are a whole name, in a spelling of it."""
    return (
        _is_spelling(text[start:end], name, text[end:])
        and not _is_tail(text[:start])
        and not re.match(r"[^\W\d_]|-[a-z]{2}", text[end:])
    )


def _is_spelling(shown: str, name: _Name, after: str) -> bool:
    if name.exact is None or shown in (name.exact, name.exact.upper()):
        return True
    # A short acronym in other letters is a word or a part of a code (acl, iv, fast), unless a year
    # follows.
    return not name.is_everyday and bool(re.match(r"[\s,]*['’]?(?:19|20)?\d{2}(?!\d)", after))


def _is_tail(before: str) -> bool:
    """Return whether a word after `before` is the end of a longer word: `pre-ACL`, `x/acl`."""
    if not re.search(r"[^\W\d]$|[-_/.@]$", before[-1:]):
        return False
    # But `NeurIPS/ICML` and `2023-ACL` are two names, not one word.
    return not re.search(r"(?:^|\s|[A-Z]{2}[a-z]*|\d{4})[-/@_]$", before[-12:])


_BEFORE = 200
"""How far before a name its sponsor, its track and its year may begin."""


def _expand(text: str, start: int, end: int, venue: KnownVenue) -> VenueMention:
    """Take the sponsor, the track and the year around a venue's name into the mention."""
    short, kind = venue.short, venue.kind
    at = max(0, start - _BEFORE)
    sponsor = _SPONSOR.search(text, at, start)
    if sponsor and not short.startswith(sponsor[0].strip()):
        start = sponsor.start()
    year: int | None = None
    if findings := _FINDINGS_OF.search(text, at, start):
        start, short = findings.start(), f"Findings of {short}"
    elif before := _YEAR_BEFORE.search(text, at, start):
        start, year = before.start(), int(before[1])
    stop, year = _take_year_after(text, end, year)
    if track := _TRACK.match(text, stop) or _NAMED_WORKSHOP.match(text, stop):
        stop, year = _take_year_after(text, track.end(), year)
        short, kind = _name_track(short, kind, track["track"])
    return VenueMention(_show(text[start:stop], year), short, kind, True, year, start, stop)


def _show(text: str, year: int | None) -> str:
    """Return the words of a venue without its year."""
    shown = _SHORT_YEAR.sub(" ", YEAR.sub(" ", text))
    if year is not None:
        # `CVPR23`, `CVPR-23`: the year in two digits, next to nothing of a word.
        shown = re.sub(rf"[-_ ]?{year % 100:02d}(?=\W|$)", " ", shown)
    return re.sub(r"\s+", " ", shown).strip(" ,.;:'’`-–_([@")


def _name_track(short: str, kind: VenueKind, track: str) -> tuple[str, VenueKind]:
    word = track.lower()
    if word.startswith("fin") and not short.startswith("Findings"):
        return f"Findings of {short}", kind
    if word.startswith(("workshop", "ws", "srw", "student")) or word == "w":
        return f"{short.removesuffix(' Workshop')} Workshop", VenueKind.WORKSHOP
    return short, kind


def _covers(mention: VenueMention, bare: str) -> bool:
    """Return whether nothing of weight stands next to the known name."""
    rest = _LEAD.sub("", (bare[: mention.start] + " " + bare[mention.end :]).strip())
    rest = _BESIDE.sub(" ", _ORDINAL.sub("", rest))
    # An acronym in brackets after the full name repeats it.
    rest = re.sub(r"\([A-Z][\w&-]*\)?", "", rest)
    # A single letter is left of many things: the `s` of `'s`, an initial.
    return not re.search(r"[^\W\d_]{2,}", rest)


# Unknown venues and years


def _count_beside(text: str, mention: VenueMention) -> int:
    """Return how many words stand next to a mention."""
    # `of` and `in` do not count.
    return len(re.findall(r"[^\W\d_]{3,}", text[: mention.start] + " " + text[mention.end :]))


def _find_acronym(text: str) -> VenueMention | None:
    for found in _ACRONYM.finditer(text):
        end, year = _take_year_after(text, found.end(), None)
        if year is None or not YEAR.search(text[found.end() : end]):
            continue
        known = find_known(found[0])
        if known is None and "," in text[found.end() : end]:
            # `ExampleLab, 2023` is as often who wrote it.
            continue
        short = known.short if known else found[0]
        kind = known.kind if known else guess_kind(short)
        return VenueMention(found[0], short, kind, known is not None, year, found.start(), end)
    return None


def _take_year_after(text: str, end: int, year: int | None) -> tuple[int, int | None]:
    """Return the end of the year that follows `end`, and the year; glued and short forms too."""
    if year is not None:
        return end, year
    if found := _YEAR_AFTER.match(text, end):
        return found.end(), int(found[1])
    if found := _SHORT_YEAR.match(text, end) or _GLUED_YEAR.match(text, end):
        return found.end(), _to_full_year(int(found[found.lastindex or 0]))
    return end, None


def _take_year(text: str) -> tuple[str, int | None]:
    """Return `text` without its year, and the year."""
    found = YEAR.search(text) or _SHORT_YEAR.search(text)
    if found is None:
        found = re.search(r"(?<=[A-Za-z])[-_ ]?(\d{2})\s*$", text)
    if found is None:
        return text, None
    digits = int(found[found.lastindex or 0])
    # Three digits or more were written in full.
    year = digits if digits > 99 else _to_full_year(digits)
    return text[: found.start()] + " " + text[found.end() :], year


def _to_full_year(digits: int) -> int:
    # No list has papers of 2050 yet.
    return 1900 + digits if digits >= 50 else 2000 + digits


_ABBREVIATED = re.compile(r"(?:^|\s)[^\W\d_]{1,6}\.\s")
"""A word before the last that is cut short: `J. Math.`; longer ones end a sentence."""


def keep_period(bare: str, source: str) -> str:
    """Return a name without its end, with the period of `source` if it is that of an abbreviation.

    `J. Math. Soc.` keeps it, `Mathematical Letters.` does not.
    """
    is_last = source.rstrip(" ,;:").endswith(f"{bare}.")
    return f"{bare}." if is_last and _ABBREVIATED.search(bare) is not None else bare
