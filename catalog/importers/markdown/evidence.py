"""How well a text would fill a slot of an entry: title, authors, venue, date, volume, note.

The units are those of `title_text.rate`: 3 for a text that is what the slot wants without doubt,
0 for one that says nothing, below 0 for one that speaks against it.
"""

import re
from enum import StrEnum
from functools import lru_cache

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.dates import find_date, is_date
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.title_text import rate
from catalog.importers.venues.mentions import (
    VenueMention,
    find_presentations,
    guess_kind,
    is_venue_like,
    parse_venue,
)
from catalog.model.records import VenueKind


class Slot(StrEnum):
    """What a stretch of an entry's text is."""

    TITLE = "title"
    AUTHORS = "authors"
    VENUE = "venue"
    DATE = "year"
    VOLUME = "volume"
    AWARD = "award"
    NAME = "name"
    """What readers call it: `[GRIPNET]` before the title."""
    NOTE = "note"


_VOLUME = re.compile(
    r"(?!(?:19|20)\d\d$)(?:(?:(?:vol|no|pp?|issue|article|art|ano|año|núm)\b\.?|[nv]\.)"
    r"\s?[A-Z]?\d[\d.–-]*|\d{1,4}\s?\(\d[\d–/-]*\)"
    r"(?:\s?:\s?e?\d+(?:\s?[–-]\s?\d+)?)?|[A-Z]?\d{1,6}(?:\s?[–-]+\s?[A-Z]?\d{1,6})?|e\d{4,})\.?",
    re.IGNORECASE,
)
"""`vol. 61`, `v. 11`, `ano 2`, `p. 0416`, `30(88)`, `12(4):33-57`, `3–21`: part of a place."""
_LONGEST_VENUE = 120
"""Characters: no venue has a longer name, even written out."""
_PUBLISHER = re.compile(r"(?:ACM|IEEE|Springer|Elsevier|[A-Z]\w+ Press)(?:,|$)")
"""`ACM, New York`: who published the proceedings."""
_WHOLE_YEAR = re.compile(r"(?:19|20)\d\d|['’]\d\d")
_AFTER_YEAR = re.compile(r"(?:(?:19|20)\d\d|['’]\d\d),?\s+\w")
"""`OCEANS'22, Draskov`: what follows the year is hardly part of the venue."""
_ABBREVIATED = re.compile(
    r"(?:J(?= [A-Z])|J|Int|Proc|Trans|Rev|Ann|Bull|Lett|Adv|Phys|Comput)\. (?:\w+\.? )*\w"
)
"""`J. Food Eng.`, which looks like a person's name."""


@lru_cache(maxsize=65536)
def weigh(slot: Slot, text: str) -> float:
    """Return how well `text` would fill `slot`."""
    return _WEIGHERS[slot](text)


def _weigh_title(text: str) -> float:
    score = rate(text)
    byline = read_byline(text)
    if byline is not None and not byline.is_sure:
        # `Schichten, Zwiebeln, Sechsecke` may be names; what is around them decides.
        score += 1.0
    score -= sum(price for pattern, price in _UNLIKE_TITLES if pattern.search(text))
    return score


_UNLIKE_TITLES = (
    # A period inside: `Nets. Part two`.
    (re.compile(r"[^\W\d_]{2}[.。]\s?\w"), 0.3),
    # Sentences: `A rule for lifts. Often misread by`.
    (re.compile(r"[^\W\d_]{3}\. [A-Z]\w+ "), 1.0),
    # The end of the authors: `B. Drying Apples`, `D.; Halvane, E. Heat`.
    (re.compile(r"^[A-Z]\.(?:;| [A-Z])|\b[A-Z]\.; "), 2),
    # The first letter of the authors: `… of expressions, R`.
    (re.compile(r"[,.]\s[A-Z]$"), 2),
    # A title hardly ends with name and year: `…, Distributed Computing 2006`, `… (Book, 2016)`.
    (
        re.compile(r"[,.(]\s*[^,.()]{2,60}\s\(?(?:19|20)\d{2}\)?\W*$|\([^()]*\b(?:19|20)\d{2}\)$"),
        2,
    ),
    # A date that goes before: `[2023 - Things in Motion](…)`.
    (re.compile(r"^(?:19|20)\d\d\s?[-–—|:]\s"), 2.5),
    # A tag: `… [survey]`.
    (re.compile(r"\]$"), 1),
    # The rest of a sentence: `introduces a notion`.
    (re.compile(r"^[a-z]+ [a-z]"), 1),
)
"""What titles hardly contain, and the price of it."""


def _weigh_authors(text: str) -> float:
    text = YEAR_AT_END.sub("", text)
    if _TEAM.search(text) and count_words(text) <= 4:
        return 0.8
    byline = read_byline(text)
    # Two letters at least, and no acronym: `SPP`.
    if byline is None or not re.search(r"[^\W\d_]{2}", text) or re.fullmatch("[A-Z]{3,6}", text):
        return -4.0
    if byline.is_sure:
        # `Think Locally, Act Globally: …` are two names in form alone.
        is_pair = len(byline.names) == 2 and not byline.has_more and text[0] < "\u3000"
        weight = 1.8 if is_pair and not re.search(r"\.|&|\band\b|\bund\b", text) else 3.0
        return weight - 2.0 * bool(_SENTENCE_END.search(text))
    # One full name may as well be two words of a title; a single word says nothing.
    are_full = all(" " in name for name in byline.names) or " and " in text or "&" in text
    return 0.8 if are_full and not re.search(r"\b[A-Z]{3,}\b", text) else -0.6


YEAR_AT_END = re.compile(r"[\s,]+\(?((?:19|20)\d{2})\)?$")
_TEAM = re.compile(r"\b(?:team|labs?|group|consortium|collaboration)$", re.IGNORECASE)
"""A group that ends like one: `The Example Team`."""
_SENTENCE_END = re.compile(r"[^\W\d_]{3}\. [A-Z]")


def _weigh_venue(text: str) -> float:
    mention = None if _is_no_venue(text) else parse_venue(text)
    if mention is None:
        return -4.0
    if _PUBLISHER.match(text):
        return 0.0
    if mention.is_known and re.search(r"[^\W\d]: ", text):
        # `Findings of the ACL: EMNLP 2020`, or a title before the venue.
        weight = 2.0 if is_venue_like(text.partition(":")[0]) else -1.5
    elif mention.is_known:
        # Of a preprint and a published version the second is the venue.
        is_numbered = re.search(r"\d{4}\.\d{4,5}", text) is not None
        is_preprint = mention.kind is VenueKind.PREPRINT
        weight = 1 if is_preprint and is_numbered else 1.5 if is_preprint else 3.0
    elif re.search(r"[^\W\d]: ", text):
        weight = 0.5 if is_venue_like(f"{text} 2020") else -1.5
    else:
        weight = _weigh_unknown_venue(text, mention)
    return weight - 0.7 * bool(weight > 0 and _AFTER_YEAR.search(text))


def _is_no_venue(text: str) -> bool:
    """Return whether a text cannot be a venue: two of them, a sentence, a month, nothing."""
    if not 0 < len(text) <= _LONGEST_VENUE or not count_words(text) or ";" in text:
        return True
    # `Jun`, `University of Things, January`, `Released on May 4`: the year of the month follows.
    date = find_date(f"{text} 2020") if not _WHOLE_YEAR.search(text) else None
    return date is not None or _PARTED.search(text) is not None


_PARTED = re.compile(r"\d{4}[.:] |\)\. |\s--\s|^[A-Z]\. (?:[a-z]{2,3} )?[A-Z]\w+[.,] ")
"""`R. de Sá. arXiv 2019`, `Ute Sandvoss -- arXiv 2023`: authors and a venue."""


def is_clipped(text: str) -> bool:
    """Return whether a text is a venue with its words cut short, as `Build. Environ.` is."""
    return _CLIPPED.fullmatch(text) is not None


_SHORT_WORD = r"[A-Z](?:[a-z]{0,6}[b-df-hj-np-tv-xz])?\."
"""`Environ.`, `Q.`: words are cut behind a consonant."""
_SURE_END = r"(?:Biol|Bull|Chem|Ecol|Econ|Eng|Geol|Hist|Lett|Math|Med|Phys|Q|Res|Rev|Sci|Syst)\."
"""Words of journals as ISO 4 cuts them; other names of two words may be a person's."""
_CLIPPED = re.compile(
    rf"(?!(?!J)[A-Z]\.)(?:(?=.+\. )(?:(?:{_SHORT_WORD}|[A-Z][a-z]+) ){{1,4}}{_SHORT_WORD}"
    rf"|(?:[A-Z][a-z]+ ){{1,3}}{_SURE_END})"
)
"""`Oper. Res.`, `Public Opinion Q.`, but neither `R. Thorn.` nor `Dora Muster.`, who are people."""


def _weigh_unknown_venue(text: str, mention: VenueMention) -> float:
    words = count_words(text)
    byline = read_byline(text)
    if _ABBREVIATED.match(text) or re.match(r"J [A-Z][a-z]+ [A-Z]", text):
        return 2.0
    if byline is not None and byline.is_sure:
        return -1.0
    if is_venue_like(text):
        return 2.5
    if words > _MOST_VENUE_WORDS or not re.search(r"[A-Z\u3400-\u9fff\uac00-\ud7af]", text):
        return -4.0
    if not text[:1].isupper():
        return -1.0
    is_dated = _WHOLE_YEAR.search(text) is not None
    return _weigh_name_of_venue(text, mention, is_dated=is_dated) - 0.1 * words


def _weigh_name_of_venue(text: str, mention: VenueMention, *, is_dated: bool) -> float:
    kind = guess_kind(mention.text)
    if kind is VenueKind.OTHER or re.search(r"\b[a-z]{4,}", text):
        # A name nobody knows is a venue where others have theirs, and with a year.
        return -0.4 + 1.5 * is_dated
    is_acronym = kind is VenueKind.CONFERENCE and " " not in mention.text
    return 2.2 if is_dated else 0.5 if is_acronym else 1.7


_MOST_VENUE_WORDS = 9
"""Words of an unknown venue's name; longer texts are sentences."""


def _weigh_date(text: str) -> float:
    return 1.5 if is_date(text) else -9.0


def _weigh_volume(text: str) -> float:
    return 0.4 if _VOLUME.fullmatch(text.strip()) else -9.0


def _weigh_award(text: str) -> float:
    found = find_presentations(text)
    return 1.0 if found and count_words(text) <= count_words(found[0].text) + 1 else -9.0


def _weigh_name(text: str) -> float:
    is_name = _NAME.fullmatch(text) is not None and not _KEY.fullmatch(text)
    return 0.5 if is_name and _weigh_venue(text) < 2 else -9.0


_KEY = re.compile(r"[A-Z][A-Za-z]*\+?\d{2}[a-z]?")
"""`ES19`: initials and a year, the key of a citation."""
_NAME = re.compile(r"(?=.{2,24}$)(?=.*[A-Z])[\w+*/.-]+(?: [\w+*/.-]+)?")
"""A nickname of one or two words with a capital: `ExampleNet`, `Example V2+`."""


_WEIGHERS = {
    Slot.TITLE: _weigh_title,
    Slot.AUTHORS: _weigh_authors,
    Slot.VENUE: _weigh_venue,
    Slot.DATE: _weigh_date,
    Slot.VOLUME: _weigh_volume,
    Slot.AWARD: _weigh_award,
    Slot.NAME: _weigh_name,
}
