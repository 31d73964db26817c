"""The text of an answer, in the encoding that it states."""

import codecs

from catalog.net.client import HttpResponse

# What pages are written in, by Python's names. Its other codecs are slow on purpose-made bytes
# (punycode), raise despite errors="replace" (idna, undefined), or do not decode text (rot13).
_ENCODINGS = frozenset(
    [
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"),
        *(f"iso8859-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
        *(f"cp125{number}" for number in range(9)),
        *("koi8-r", "koi8-u", "gb2312", "gbk", "gb18030", "big5", "big5hkscs"),
        *("shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949"),
    ]
)


def read_text(answer: HttpResponse) -> str:
    """Return the text of an answer in the encoding that it states, else in UTF-8."""
    _, _, charset = answer.headers.get("Content-Type", "").lower().partition("charset=")
    return answer.body.decode(_find_encoding(charset.strip(" \"';")), "replace")


def _find_encoding(name: str) -> str:
    try:
        known = codecs.lookup(name or "utf-8").name
    except (LookupError, ValueError):  # none of Python's, or with a character that no name has
        return "utf-8"
    return known if known in _ENCODINGS else "utf-8"
