"""Labels and heads of columns: what they say that follows them."""

import re
from enum import StrEnum
from functools import lru_cache

from catalog.importers.markdown.links import clean_label, find_label_kind
from catalog.importers.markdown.vocabulary import find_word


class Hint(StrEnum):
    """What a label at the start of a line, or the head of a column, announces."""

    AUTHORS = "authors"
    VENUE = "venue"
    DATE = "date"
    TAGS = "tags"
    NOTE = "note"
    LINKS = "links"
    TITLE = "title"
    IGNORE = "ignore"


_TWO_HEADS = re.compile(r"(.+?)\s*(?:[,;/&+，；、（(]|\s-\s)\s*([^()（）]+?)[)）]?")
"""`Journal (year)`, `Autor, ano`, `著者（年）`: what else is in the cells of a column."""


@lru_cache(maxsize=4096)
def find_hint(label: str) -> Hint | None:
    """Return what a label or column head announces, or None."""
    bare = clean_label(label)
    name = find_word("hints", bare) if bare else None
    if name is None and (two := _TWO_HEADS.fullmatch(bare)):
        is_with_year = find_word("hints", two[2]) == Hint.DATE
        name = find_word("hints", two[1]) if is_with_year else None
    if name is not None:
        return Hint(name)
    return Hint.LINKS if find_label_kind(bare) is not None else None
