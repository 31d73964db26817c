"""Family names in capitals before titles: `KING, KEOHANE y VERBA [Designing Inquiry](…)`."""

import re
from collections.abc import Sequence

_TITLE_MARKS = re.compile('[\ue000\ue002\ue006\ue00a“"«]')
_BETWEEN = re.compile(r"\s*(?:[,;/&]|\b(?:y|e|and|und|et(?!\s+al))\b)\s*", re.IGNORECASE)
"""Between two names in capitals: `MUESTRA, Ana y PRUEBA, Luis`."""
_ET_AL = re.compile(r"\s*\bet\.?\s+al\b\.?|\by otros\b", re.IGNORECASE)
"""`MUESTRA, Ana et al.`, `y otros`."""
_LEAST_SHARE = 0.5
"""The share of a list's lines that begin so, for it to be its way to write names."""
_LEAST_SHARED = 2
"""Lines with several names among them: `GRIPNET` alone before a title is what it is called."""
_MOST_WORDS = 3
"""Words of a family name: `DE FIGUEIREDO`."""
_GIVEN = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*)?")
"""`Douglass C.` behind `NORTH, `."""


def find_ends(texts: Sequence[str]) -> list[int]:
    """Return where the names in capitals end that each line begins with, 0 for a line without.

    All are 0 unless the list has several lines of them, some with more than one name.
    """
    found = [_find_end(text) for text in texts]
    lines = sum(end > 0 for end, _ in found)
    shared = sum(count > 1 for _, count in found)
    if shared < _LEAST_SHARED or lines < _LEAST_SHARE * len(texts):
        return [0] * len(texts)
    return [end for end, _ in found]


def _find_end(text: str) -> tuple[int, int]:
    """Return where the names end that a text begins with, and how many they are."""
    mark = _TITLE_MARKS.search(text)
    if mark is None:
        return 0, 0
    before = text[: mark.start()].rstrip(" .,:*\t")
    has_more = _ET_AL.search(before) is not None
    names = [one.strip(" .*") for one in _BETWEEN.split(_ET_AL.sub("", before))]
    if not names or not _is_family(names[0]) or not all(map(_is_part, names)):
        return 0, 0
    families = sum(map(_is_family, names))
    return len(before), families + has_more


def _is_family(name: str) -> bool:
    letters = re.sub(r"[\s'’.-]", "", name)
    is_short = len(name.split()) <= _MOST_WORDS
    return letters.isalpha() and letters.isupper() and len(letters) > 2 and is_short


def _is_part(name: str) -> bool:
    """Return whether a text is a family name in capitals, or a given name behind one."""
    return _is_family(name) or _GIVEN.fullmatch(name) is not None
