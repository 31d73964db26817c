"""Pages that answer with success and are not there: a table of signs.

Each row names where the sign stands, and why it is one. A page that shows the title of the record
is never soft: a paper may well be about pages that are not found.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from catalog.text.folding import fold
from catalog.text.html_meta import find_title, read_meta_tags


class Sign(NamedTuple):
    """A sign in the title of a page or anywhere in its text. An empty `host` is any."""

    reason: str
    pattern: re.Pattern[str]
    in_title: bool = True
    host: str = ""


def _sign(reason: str, pattern: str, *, in_title: bool = True, host: str = "") -> Sign:
    return Sign(reason, re.compile(pattern, re.IGNORECASE), in_title, host)


SIGNS = (
    # What servers and frameworks write into titles of pages that do not exist.
    _sign("soft-404", r"^\W*(error\W*)?40[04]\b"),
    _sign("soft-404", r"^\W*(page|file|document|item|paper|article|resource)?\s*not found\b"),
    _sign("soft-404", r"\b(page|file|document|doi) (was |could )?not (be )?found\W*$"),
    _sign("soft-404", r"^\W*page (does not|doesn.t) exist\b|^\W*page (unavailable|missing)\b"),
    _sign("soft-404", r"^\W*(seite nicht gefunden|page (non trouvée|introuvable))"),
    _sign("soft-404", r"^\W*(页面不存在|找不到页面|页面未找到|ページが見つかりません)"),
    _sign("soft-404", r"<h1(?:\s[^<>]{0,500})?>\s{0,100}(error\s{0,100})?404\b", in_title=False),
    # GitHub Pages, Netlify, Heroku and buckets whose owner left.
    _sign("soft-404", r"^Site not found\b"),
    _sign("soft-404", r"There isn.t a GitHub Pages site here", in_title=False),
    _sign("soft-404", r"<Code>NoSuch(Bucket|Key)</Code>", in_title=False),
    # OpenReview shows the forum of a paper that its authors took back.
    _sign(
        "withdrawn",
        r"Withdrawn Submission|Desk Rejected Submission|This submission has been withdrawn",
        in_title=False,
        host="openreview.net",
    ),
    _sign("soft-404", r"The Forum .{0,80} was not found", in_title=False, host="openreview.net"),
    # Names that nobody pays for any more show advertisements.
    _sign("parked", r"\b(domain|name|[\w-]{1,63}\.[a-z]{2,24}) (\S{1,80} )?(is|may be) for sale\b"),
    _sign("parked", r"\bbuy this domain\b"),
    _sign("parked", r"\b(parked|expired) domain\b|\bdomain (parking|expired)\b"),
    _sign("parked", r"(sedoparking|parkingcrew|bodis|dan|afternic)\.com/", in_title=False),
    _sign("parked", r"data-adblockkey=|hugedomains\.com/domain_profile", in_title=False),
)

_LONGEST_TITLE = 1_000
_META_TITLES = ("citation_title", "dc.title", "og:title")
_ENOUGH_WORDS = 3


def find_soft_sign(url: str, text: str, titles: tuple[str, ...]) -> str | None:
    """Return the reason for which a page of success is none, or None."""
    if shows_title(text, titles):
        return None
    host = (urlsplit(url).hostname or "").lower()
    title = find_title(text)
    for sign in SIGNS:
        if sign.host and sign.host != host:
            continue
        if sign.pattern.search(title if sign.in_title else text):
            return sign.reason
    return None


def find_meta_title(text: str) -> str | None:
    """Return the title that a page tells programs, or None."""
    for tag in read_meta_tags(text):
        name = tag.get("name") or tag.get("property") or ""
        if name.strip().lower() in _META_TITLES and "content" in tag:
            return tag["content"][:_LONGEST_TITLE]
    return None


def shows_title(text: str, titles: tuple[str, ...]) -> bool:
    """Return whether a page is headed by one of the titles of its records."""
    shown = [f" {fold(head)} " for head in (find_title(text), find_meta_title(text) or "")]
    # A title of one or two words stands in too many heads by chance.
    wanted = [folded for title in titles if (folded := fold(title)).count(" ") >= _ENOUGH_WORDS - 1]
    return any(f" {title} " in head for title in wanted for head in shown)
