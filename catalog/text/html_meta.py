"""The metadata of an HTML page: its title and its meta tags.

A stranger's page may be made to be slow to read, so nothing here looks back over what it has seen:
the time grows with the length of the page, whatever is in it.
"""

import re
from collections.abc import Iterator, Mapping

from catalog.text.characters import unescape

# Characters. Metadata is in the head; publishers write abstracts of some thousands into one tag.
_LONGEST_PAGE, _LONGEST_TAG, _LONGEST_TITLE = 1_000_000, 20_000, 500
# A `citation_author` for each author: large collaborations have 3,000.
_MOST_TAGS = 5_000

# With attributes at most, as some generators write: `<title data-rh="true">`.
_TITLE = re.compile(r"<title(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
# Text that looks like tags and is none. Each match ends with its end or with the page.
_NO_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
)
# `<meta name=…`, not `<metadata>`.
_META = re.compile(r"<meta(?=[\s/])", re.IGNORECASE)
# The rest of a tag, up to its end or, where that was forgotten, to the next one: quoted values may
# hold any bracket. It is possessive: nothing is tried twice.
_REST = re.compile(r"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+(?:>|(?=<))""")
# `name="a"`, `name='a'`, `name=a`; a sign before the name would make it part of another value.
_ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++))"""
)


def find_title(text: str) -> str:
    """Return the title of a page as a reader sees it, its first 500 characters; "" for none."""
    begin = _TITLE.search(text)
    end = _TITLE_END.search(text, begin.end()) if begin else None
    if begin is None or end is None:
        return ""
    # Entities are longer than what they stand for: `&amp;` is one character.
    shown = text[begin.end() : min(end.start(), begin.end() + 10 * _LONGEST_TITLE)]
    return " ".join(unescape(shown).split())[:_LONGEST_TITLE]


def read_meta_tags(text: str) -> Iterator[Mapping[str, str]]:
    """Yield the attributes of each meta tag, by their names in lower case, in the page's order.

    Read are the first million characters, and tags of no more than 20,000.
    """
    text, position = _NO_TAGS.sub(" ", text[:_LONGEST_PAGE]), 0
    for _ in range(_MOST_TAGS):
        begin = _META.search(text, position)
        if begin is None:
            return
        position = begin.end()
        rest = _REST.match(text, position, position + _LONGEST_TAG)
        if rest is not None:
            position = rest.end()
            yield _read_attributes(rest[0])


def _read_attributes(tag: str) -> Mapping[str, str]:
    """Return the attributes of a tag; the first of those that stand twice, as browsers do."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found
