"""The text of titles: how good a title a text would make, and where one begins and ends."""

import re
from collections.abc import Iterator

from catalog.importers.markdown.bylines import read_byline, split_byline
from catalog.importers.markdown.clauses import read_details, split_clauses, strip_edges
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.links import find_label_kind
from catalog.importers.venues.mentions import is_venue_like

_LEADING = re.compile(
    r"^\s*(?:(?:[(\[【{`（][^()\[\]【】{}`（）]{1,60}[)\]】}`）])\s*[-–—:.,|：，]?\s*|[-–—•·*+|,.:;>→]+\s+|"
    r"(?:\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{4})\s*[-–—:.,|]\s+|\d{1,3}[.)]\s+)"
)


_CELL = re.compile(r"[^|]{1,30}?\s\|\s+")
"""What stands before a bar: `Feb 6 | Ada | Things That Move`."""
_TRAILING = re.compile(r"\s*[(\[【（]([^()\[\]【】（）]{2,60})[)\]】）]\s*[.:。]?\s*$")


_CUT = re.compile(
    r"\s*[(\[【{`（]|(?<=[\w)”\"'’）】》])[.]\s+(?=\S)|[?!]\.?\s+(?=\S)|[？！。；](?=\S)|[,，]\s*(?=\S)"
    r"|\s[-–—|·]{1,2}\s|\n|\s+by\s+|:\s+(?=[A-Z]\.\s)|;\s"
)


SENTENCE = re.compile(
    r"\b(?:we|this paper|this work|they|it is|our|you can|please|authors|proposes|introduces|"
    r"presents a)\b",
    re.IGNORECASE,
)


SYMBOLS = re.compile(
    "^(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe0f\u200d\u20e3]|:[a-z0-9_+-]+:|\\s)+"
)


_LAST_SYMBOLS = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]|:[a-z0-9_+-]+:|\\s)+$"
)


_EMPTY = re.compile(r"\[\s*\]|\(\s*\)|（\s*）|【\s*】|\[\s*\[\s*\]\s*\]")
"""Brackets that links left empty."""
_LONGEST_TITLE, _LONGEST_TAIL = 400, 1200
"""Where a title is cut, and how much of the rest is looked at: abstracts are long."""
_CLOSING = {"(": ")", "[": "]", "【": "】", "{": "}", "`": "`", "（": "）"}
_WIDE_MARKS = str.maketrans("，。；？！", ",.;?!")


def rate(text: str, *, is_marked: bool = False) -> float:
    """Return how good a title `text` would make, by its words alone.

    What `is_marked` by quotes, or links to a paper, is hardly a byline, though words of titles may
    look like names.
    """
    words = count_words(text)
    if find_label_kind(text) is not None or is_date(text) or text.startswith("http") or not words:
        return -9.0
    if not re.search(r"[^\W\d_]{2}", _drop_symbols(text)):
        return -9.0
    score = (
        3.0
        if 4 <= words <= 25
        else {1: 0.3, 2: 1.0, 3: 2.2}.get(words, 1.2 if words <= 45 else -2.0)
    )
    byline = read_byline(text)
    if byline is None and _is_byline_and_venue(text):
        score -= 5.0
    if byline is not None:
        sure = 1.5 if is_marked else 5.0
        score -= sure if byline.is_sure else 1.0 if words <= 3 and len(byline.names) == 1 else 2.0
    if is_venue_like(text) and words <= 10:
        score -= 4.0
    if words > 8 and SENTENCE.search(text):
        score -= 2.0
    if text[:1].islower() and words > 2 and not re.match(r"[a-z]+[A-Z0-9-]", text):
        score -= 0.6
    return score


def _is_byline_and_venue(text: str) -> bool:
    details = read_details(text)
    if any(byline.is_sure for byline in details.bylines):
        return True
    if details.bylines and details.year is not None and not details.rest:
        return True
    is_published = details.venue is not None and bool(details.year or details.date)
    return is_published and sum(map(count_words, details.rest)) <= 4


def trim_title(text: str) -> tuple[str, str, str]:
    """Return what stands before the title in its run, the title, and what stands behind it.

    `[CVPR 2020] Things (Oral).` gives `CVPR 2020`, `Things` and `Oral`; a bracket that tells
    neither venue nor date stays.
    """
    text = SYMBOLS.sub("", " ".join(_EMPTY.sub(" ", text).split()))
    before: list[str] = []
    while (found := _LEADING.match(text)) and (
        _tells(found[0]) or strip_edges(found[0]).isdigit() or not strip_edges(found[0])
    ):
        before.append(found[0])
        text = SYMBOLS.sub("", text[found.end() :])
    after: list[str] = []
    while (found := _TRAILING.search(text)) and _tells(found[1]):
        after.insert(0, found[0])
        text = text[: found.start()]
    return " ".join(before), clean_title(text), " ".join(after)


def _tells(text: str) -> bool:
    bare = strip_edges(text)
    if text.strip(" ([{【").startswith("@"):
        return True
    details = read_details(bare)
    return (
        is_date(bare)
        or bool((details.venue and not details.rest) or details.presentations)
        or (bool(details.date or details.year) and count_words(bare) <= 4)
    )


def _drop_symbols(text: str) -> str:
    """Drop emoji and their names from both ends: `🔥 Things :star:`."""
    found = _LAST_SYMBOLS.search(text[-_LONGEST_SYMBOLS:])
    if found is not None and strip_edges(found[0]):
        text = text[: len(text) - len(found[0])]
    return SYMBOLS.sub("", text)


_LONGEST_SYMBOLS = 80


def clean_title(text: str) -> str:
    """Return a title without quotes around it and without the period or comma at its end."""
    text = _drop_symbols(" ".join(text.split())).strip(" \t|·•–—_")
    text = re.sub(r"^[\s:;,.\-–*\])】}，。；：]+(?=\S)|[\s:;,*\-–(\[，；：（]+$", "", text)
    if (
        text[:1] in "\"“‘'`"
        and text[-1:] in "\"”’'`"
        and len(text) > 2
        and not re.search(r"[\"“”]", text[1:-1])
    ):
        text = text[1:-1].strip()
    if len(re.findall(r"[\"“”]", text)) == 1:
        text = text.strip('"“”')
    text = text.removesuffix("。")
    if text.endswith(".") and not re.search(r"(?:\.\.|\b[A-Z])\.$", text):
        text = text[:-1]
    if text.endswith("]") and text.count("[") < text.count("]"):
        text = text[:-1]
    if text.startswith("[") and text.count("[") > text.count("]"):
        text = text[1:]
    return text.strip(" ,;:") if text.count("`") % 2 == 0 else text.strip(" ,;:`")


def cut_plain_title(text: str) -> tuple[str, str, str] | None:
    """Split plain text into what precedes the title, the title, and what follows it.

    The title ends where the rest reads as a byline, a venue or a date; authors may come first.
    """
    before, text = _take_leading(text)
    if not strip_edges(text):
        return None
    authors_first = _take_authors_first(text)
    if authors_first is not None:
        byline, text = authors_first
        dates, text = _take_leading(text)
        before += f" {byline} {dates}"
    title, rest = _cut_title(text, has_authors=authors_first is not None)
    return before, title, rest


def _cut_title(text: str, *, has_authors: bool) -> tuple[str, str]:
    """Split the title that a text begins with, after its authors if it `has_authors`, from it."""
    if (
        has_authors
        and (quoted := _QUOTED_FIRST.match(text))
        and text[quoted.end() : quoted.end() + 1] != ":"
    ):
        return clean_title(quoted[1]), text[quoted.end() :]
    for head, mark, tail in _cuts(text):
        # One word and a period or comma is a beginning; one word and `(2015)` may be a title.
        least = 1 if mark[:1] == "(" or has_authors else 2
        if count_words(head) < least:
            continue
        if _explains(mark, tail):
            return clean_title(head), tail
    first, *others = re.split(r"(?<=[^\W\d_]{2})\.\s+(?=[A-Z])", text, maxsplit=1)
    if others and count_words(first) >= 3:
        is_long = count_words(text) > 25 or SENTENCE.search(others[0]) is not None
        if is_long or has_authors:
            return clean_title(first), others[0]
    return clean_title(text), ""


def _take_leading(text: str) -> tuple[str, str]:
    """Split off what stands before a title: a tag in brackets, a date, a venue."""
    before = ""
    text = SYMBOLS.sub("", _EMPTY.sub(" ", text).strip())
    while (found := _LEADING.match(text) or _match_cell(text, before)) and (
        _tells(found[0]) or count_words(found[0]) <= 2
    ):
        before += found[0]
        text = SYMBOLS.sub("", text[found.end() :])
    return before, text


def _match_cell(text: str, before: str) -> re.Match[str] | None:
    """Match what a bar parts from a title; the first such cell is a day or a number."""
    found = _CELL.match(text)
    return found if before or (found and re.search(r"\d", found[0])) else None


def _cuts(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the ways to cut a text: what stands before a mark, the mark, and the rest with it."""
    for found in _CUT.finditer(text[:_LONGEST_TITLE]):
        cut = found.start() + (found[0][:1] in "?!？！")
        yield text[:cut], found[0].strip().translate(_WIDE_MARKS), text[cut:]


_QUOTED_FIRST = re.compile(r"[\"“«]([^\"“”«»]{6,400})[\"”»]")
_AFTER_AUTHORS = re.compile(
    r"(?<=\S)(?:[.:,]\s*(?=[\"“(\[])|(?<!\b[A-Z])(?<!\b[A-Z][a-z])[.:]\s+(?=\S)"
    r"|(?<=\.)\s+(?![A-Z]\.)(?=[(A-Z\"“])|\s(?=\())"
)
_LONGEST_BYLINE = 3000
_MOST_MISSES = 50
"""At so many marks a text may read as no authors before it is taken to begin with none."""


def _take_authors_first(text: str) -> tuple[str, str] | None:
    """Split off the authors that a citation begins with, or return None."""
    return _take_marked_authors(text) or _take_comma_authors(text)


def _take_marked_authors(text: str) -> tuple[str, str] | None:
    """Split off authors behind whom a mark stands: `Example, A. (2024). …`, `A. Example: …`."""
    misses = 0
    for found in _AFTER_AUTHORS.finditer(text[:_LONGEST_BYLINE]):
        rest = text[found.end() :]
        head = text[: found.end()]
        if count_words(rest) < 3 or misses > _MOST_MISSES:
            break
        if not _are_authors(head, found[0]):
            misses += 1
        elif _has_only_venue(rest):
            break
        elif found[0][0] != ":" or _follows_authors(head, rest):
            return head, rest
    return None


def _follows_authors(head: str, rest: str) -> bool:
    """Return whether what stands before a colon is authors, and no beginning of a title."""
    if _may_be_title(head) and not _tells_when_or_where(rest):
        return False
    # `Things Move, Nets Fall: A Study. Ada Example, Ben Sample`
    return not _is_sure_byline(rest[:_LONGEST_TAIL])


def _has_only_venue(rest: str) -> bool:
    """Return whether only venue and year follow: `Moving Things, Ada Example. CONF 2024`."""
    details = read_details(rest[:_LONGEST_TAIL])
    is_sure = details.venue is not None and not details.is_venue_loose
    return is_sure and not details.rest and not details.bylines


def _take_comma_authors(text: str) -> tuple[str, str] | None:
    """Split off authors that nothing but commas parts from the rest: `Authors, Title, Venue`."""
    byline, rest = split_byline(text[:_LONGEST_BYLINE])
    if byline is None or not byline.is_sure or len(byline.names) < 2 or rest not in text:
        return None
    first = re.split(r",\s", rest)[0]
    if count_words(first) >= 3 and rate(first) >= 2.2 and not read_details(first).is_telling:
        start = text.rindex(rest)
        return text[:start], text[start:]
    return None


def _may_be_title(head: str) -> bool:
    """Return whether two names before a colon may be words: `Think Locally, Act Globally: …`."""
    byline = read_byline(head.strip(" .:,"))
    is_plain = byline is not None and not byline.has_more and len(byline.names) == 2
    return is_plain and "." not in head and " and " not in head and "&" not in head


def _tells_when_or_where(rest: str) -> bool:
    details = read_details(rest[:_LONGEST_TAIL])
    return bool(details.venue or details.year or details.date)


def _are_authors(head: str, mark: str) -> bool:
    bare = head.strip(" .:,")
    byline = read_byline(bare) if len(bare) >= 4 else None
    if byline is None or not byline.is_sure or _ends_in_name(head):
        return False
    if mark[0] == ":" and " " not in byline.names[-1]:
        # `…, Ben Sample, ThingNet: …` has the name of a thing before the colon.
        return False
    return len(byline.names) > 1 or byline.has_more or re.search(r"\b[A-Z]\.", head) is not None


def _ends_in_name(head: str) -> bool:
    """Return whether a family name is to come: it is in `A. Example, B.`, not in `Example, B.`."""
    return bool(re.match(r"[A-Z]\.", head) and re.search(r"\b[A-Z]\.\s*$", head[-8:]))


def _explains(mark: str, tail: str) -> bool:
    """Return whether what follows a cut reads as something other than more of the title."""
    tail = tail[:_LONGEST_TAIL]
    if mark and mark[0] in _CLOSING:
        return _explains_bracket(mark[0], tail)
    bare = re.sub(r"^by\s+", "", tail.strip(" \t\n,.;:|-–—·，。；："))
    if not strip_edges(bare) or bare.lower() == "in":
        # `… of Things, in *Proc. …*`: the venue stands in another style.
        return mark != "," or bool(bare)
    details = read_details(bare)
    if any(byline.is_sure for byline in details.bylines):
        return _begins_with_byline(mark, bare)
    is_published = bool(details.venue or details.date or details.year)
    if mark == "by":
        return any(" " in byline.shown for byline in details.bylines)
    if mark == ",":
        return is_published and not details.rest and not details.bylines
    is_named = mark == "." and any(len(byline.names) > 1 for byline in details.bylines)
    few = 3 if is_published else 0
    return (is_named or is_published) and sum(map(count_words, details.rest)) <= few


def _begins_with_byline(mark: str, text: str) -> bool:
    """Return whether a text that has authors begins with them, a venue or a date."""
    first = next((one for one in split_clauses(text) if strip_edges(one)), "")
    if mark == "," and text.startswith(f"{first}. ") and not _is_sure_byline(first):
        # `Things: Two Years, Three Lessons. Ada Example, Ben Sample`
        return False
    return _tells_first(first)


def _explains_bracket(mark: str, tail: str) -> bool:
    closing = tail.find(_CLOSING[mark], tail.find(mark) + 1)
    inner = strip_edges(tail[:closing] if closing > 0 else tail)
    if not inner:
        return not strip_edges(tail)
    return _tells(inner) or _is_sure_byline(inner) or _tells_book(inner)


def _tells_first(first: str) -> bool:
    """Return whether the first clause of the rest already is a byline, a venue or a date."""
    told = read_details(first)
    return told.is_telling and not (told.rest and not told.bylines)


def _is_sure_byline(text: str) -> bool:
    details = read_details(text)
    return any(byline.is_sure for byline in details.bylines)


def _tells_book(text: str) -> bool:
    if not re.match(r"\W*(?:book|thesis|ph\.?d|report|blog|tutorial)\b", text, re.IGNORECASE):
        return False
    details = read_details(text)
    return bool(details.date or details.year) or count_words(text) <= 3
