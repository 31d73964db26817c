"""Links of entries: which words are labels, what a link leads to, what a badge says."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from catalog.importers.markdown.vocabulary import find_word, read_words
from catalog.model import identifiers
from catalog.model.canonical_urls import PageForm, find_form
from catalog.model.records import LinkKind

_EDGE = " \t\n[](){}<>【】（）「」:：,.;|/\\*_`~·•-–—+#&\"'“”‘’→➡↗🔗!"
_SYMBOLS = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\ufe0f\u200d\u20e3]|(?<!\\w):[a-z0-9_+-]+:"
)
"""Emoji, arrows and short codes in a label: `📄 Paper`, `:page_facing_up:`."""
_PDF = re.compile(
    r"\.(?:pdf|ps)(?:\.gz)?(?:[?#]|$)|/pdf[/?]|openreview\.net/(?:pdf|attachment)|/pdf$", re.I
)
"""`…/a.pdf`, `…/pdf/2401.10000`, `openreview.net/pdf?id=…`."""
_HTML = re.compile(r"\.html?(?:[?#]|$)", re.IGNORECASE)
_BADGE = re.compile(
    r"img\.shields\.io|badge|badgen\.net|flat\.badgen|forthebadge|/stars/|shields\.io",
    re.IGNORECASE,
)
"""The address of a picture that is a badge: `img.shields.io/badge/…`."""
_STARS = re.compile(
    r"(?:github/stars|github\.com/stars|/stars|github/(?:last-commit|forks|watchers))/([\w.-]+/[\w.-]+?)"
    r"(?:\.svg|\.png)?(?:[?/#&]|$)",
    re.IGNORECASE,
)
"""A badge of a repository's stars: `github/stars/example/code`."""
_SHIELD = re.compile(
    r"shields\.io/(?:static/v1\?(?P<query>.*)|badge/(?P<path>[^?#]*))", re.IGNORECASE
)
"""A badge that holds a text: `badge/arXiv-2401.10000-red`, `static/v1?label=arXiv&message=…`."""


class Badge(NamedTuple):
    """What a badge shows: its text, and the code repository that a badge of stars names."""

    text: str
    repository: str | None


def clean_label(text: str) -> str:
    """Return a link's label without brackets, emoji and punctuation at its ends."""
    bare = " ".join(_SYMBOLS.sub(" ", text).split()).strip(_EDGE)
    return bare + ")" if bare.count("(") > bare.count(")") else bare


@lru_cache(maxsize=4096)
def find_label_kind(label: str) -> LinkKind | None:
    """Return the kind of link that a label names (`PDF`, `[code]`), or None for other text."""
    bare = clean_label(label)
    if len(bare) > 40:
        return None
    name = find_word("labels", bare) or find_word("labels", bare.removesuffix("s"))
    return LinkKind(name) if name else None


def find_url_kind(url: str) -> LinkKind:
    """Return the kind of link that an address suggests."""
    if find_form(url) is PageForm.PAGE:
        return LinkKind.PAGE
    if _PDF.search(url):
        return LinkKind.PDF
    for name, pattern in read_words("hosts"):
        if name != "scholarly" and pattern.search(url):
            return LinkKind(name)
    return LinkKind.PAGE if is_scholarly(url) else LinkKind.OTHER


def to_kind(label: str, url: str) -> LinkKind:
    """Return the kind of a link by its label and its address."""
    named, suggested = find_label_kind(label), find_url_kind(url)
    if named is None or named is LinkKind.OTHER:
        return suggested if named is None else named
    if named in (LinkKind.PDF, LinkKind.PAGE):
        # `Paper`, `Link` and `Official` say little; the address knows better.
        if suggested is LinkKind.OTHER:
            return LinkKind.PAGE if _HTML.search(url) else named
        return suggested
    return named


@lru_cache(maxsize=65536)
def is_scholarly(url: str) -> bool:
    """Return whether an address is one where papers are found."""
    scholarly = dict(read_words("hosts"))["scholarly"]
    return bool(scholarly.search(url)) or identifiers.parse_doi(url) is not None


def is_anchor(url: str) -> bool:
    """Return whether a link leads to another place of the same page."""
    return url.startswith("#")


def is_badge(source: str) -> bool:
    """Return whether a picture is a badge."""
    return bool(_BADGE.search(source))


def read_badge(source: str, alternative: str) -> Badge:
    """Return what the badge at `source` shows; the text of its address comes before `alternative`.

    https://shields.io/badges/static-badge: an underscore is a space, two are an underscore, and a
    single dash parts label, message and colour.
    """
    if stars := _STARS.search(source):
        return Badge("", f"https://github.com/{stars[1]}")
    shield = _SHIELD.search(source)
    if shield is None or not shield["path"]:
        return Badge(alternative.strip(), None)
    path = unquote(shield["path"]).removesuffix(".svg").removesuffix(".png").rstrip("/")
    parts = re.split(r"(?<!-)-(?!-)", path)
    shown = parts[:-1] if len(parts) > 1 else parts
    text = " ".join(part.replace("--", "-").replace("__", "\0").replace("_", " ") for part in shown)
    return Badge(" ".join(text.replace("\0", "_").split()), None)


def normalise_url(url: str) -> str:
    """Return an address with a scheme and without spaces; "" when it is not a web address."""
    bare = url.strip().strip("<>").replace(" ", "%20")
    if bare.startswith("www."):
        bare = f"https://{bare}"
    if bare.startswith("//"):
        bare = f"https:{bare}"
    return bare if urlsplit_safe(bare) else ""


def urlsplit_safe(url: str) -> bool:
    """Return whether `url` is a web address with a host."""
    try:
        parts = urlsplit(url)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and has_port
