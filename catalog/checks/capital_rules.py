"""Capitals of titles that no style would keep: suggested for `settings.protected_words`."""

from collections import Counter
from collections.abc import Iterator

from catalog.model.catalog import Catalog
from catalog.model.findings import Code, Fault, Severity, quote
from catalog.model.records import Paper
from catalog.text.capitals import WORD, find_protected, is_title_case, starts_sentence

_LEAST = 4
"""Shorter words with a capital are mostly initials and the like."""
_MENTIONS = 2
"""One capital in a text may be a slip, or an author's emphasis."""


def check_capitals(catalog: Catalog) -> Iterator[Fault]:
    """Code `capital-unprotected`: a word that running text has with a capital, and styles lower.

    Running text is an abstract, a note, a one-sentence summary or a title in sentence case. A word
    that is ever written small is not a proper noun. Each word is reported once, at the first title.
    """
    own = catalog.settings.protected_words
    proper = _find_proper(catalog)
    for index, paper in enumerate(catalog.papers) if proper else ():
        protected = find_protected(paper.title, own)
        for found in WORD.finditer(paper.title):
            word, start = found[0], found.start()
            if (
                word in proper
                and start not in protected
                and not starts_sentence(paper.title, start)
            ):
                proper.discard(word)
                yield Fault(
                    Code.CAPITAL_UNPROTECTED,
                    f"bibliography styles write {quote(word)} in this title with a small letter, "
                    "but other texts of the list keep its capital",
                    f"Add it to the settings, if it is a name: `protected_words: [{word}]`",
                    Severity.WARNING,
                    paper=index,
                    path=("title",),
                )


def _find_proper(catalog: Catalog) -> set[str]:
    """Return the words that running text of the list always has with a capital."""
    capital: Counter[str] = Counter()
    small: set[str] = set()
    for text in (text for paper in catalog.papers for text in _list_texts(paper)):
        for found in WORD.finditer(text):
            word = found[0]
            if word.islower():
                small.add(word)
            elif (
                len(word) >= _LEAST and word.istitle() and not starts_sentence(text, found.start())
            ):
                capital[word] += 1
    return {
        word for word, count in capital.items() if count >= _MENTIONS and word.lower() not in small
    }


def _list_texts(paper: Paper) -> Iterator[str]:
    for text in (paper.abstract, paper.note, paper.tldr):
        # In running text a period ends a sentence too.
        yield from (text or "").split(". ")
    if not is_title_case(paper.title):
        yield paper.title
