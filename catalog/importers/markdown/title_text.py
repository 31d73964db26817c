"""The text of titles: how good a title a text would make, and one without what lists add to it."""

import re
from functools import lru_cache

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.edges import strip_edges
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.links import find_label_kind
from catalog.importers.venues.mentions import is_venue_like

SENTENCE = re.compile(
    r"\b(?:we|[Tt]his paper|[Tt]his work|they|it is|our|you can|please|authors|proposes|introduces|"
    r"presents a)\b"
)
"""Words of a sentence about a paper, not of a title: `… we show`, `This paper introduces …`."""


SYMBOLS = re.compile(
    "^(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe0f\u200d\u20e3]|:[a-z0-9_+-]+:|\\s)+"
)
"""Emoji and short codes at the beginning of a title: `⭐ Title`, `:star: Title`."""


_LAST_SYMBOLS = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]|:[a-z0-9_+-]+:|\\s)+$"
)
"""The same at its end."""


@lru_cache(maxsize=65536)
def rate(text: str) -> float:
    """Return how good a title `text` would make, by its words alone."""
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
    if byline is not None:
        # `Deform First, Render Later` may be two names, and is a title.
        is_pair = len(byline.names) == 2 and not re.search(r"\.|&|\band\b|\bet\b", text)
        sure = 2.0 if is_pair else 5.0
        score -= sure if byline.is_sure else 1.0 if words <= 3 and len(byline.names) == 1 else 2.0
    if words <= 10 and is_venue_like(text):
        score -= 4.0
    if words > 8 and SENTENCE.search(text):
        score -= 2.0
    if text[:1].islower() and words > 2 and not re.match(r"[a-z]+[A-Z0-9-]", text):
        score -= 0.6
    return score


def _drop_symbols(text: str) -> str:
    """Drop emoji and their names from both ends: `🔥 Things :star:`."""
    found = _LAST_SYMBOLS.search(text[-_LONGEST_SYMBOLS:])
    if found is not None and strip_edges(found[0]):
        text = text[: len(text) - len(found[0])]
    return SYMBOLS.sub("", text)


_LONGEST_SYMBOLS = 80
"""Characters at the end in which they are looked for: a search from each place of a long text would
cost its square."""


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
    text = text.removesuffix("。").rstrip("†‡")
    if text.endswith(".") and not re.search(r"(?:\.\.|\b[A-Z])\.$", text):
        text = text[:-1]
    if text.endswith("]") and text.count("[") < text.count("]"):
        text = text[:-1]
    if text.startswith("[") and text.count("[") > text.count("]"):
        text = text[1:]
    return text.strip(" ,;:") if text.count("`") % 2 == 0 else text.strip(" ,;:`")
