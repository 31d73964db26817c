"""What a page shows: its title, its headings, its words, and where it sends its reader at once.

A stranger's page may be made to be slow to read, so the time grows with its length only.
"""

import codecs
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from catalog.net import HttpResponse
from catalog.text.characters import unescape
from catalog.text.folding import fold
from catalog.text.html_meta import find_title, read_meta_tags

_LONGEST_TITLE = 1_000
"""Characters of a tag that are compared: titles of papers have 400 at most."""
_META_TITLES = ("citation_title", "dc.title", "og:title")
"""The paper's title in the tags for Google Scholar, Dublin Core and link previews, surest first."""
_MOST_HEADINGS = 5
"""A page that is not there says so in its first heading; five allow for the site's own above it."""
_ENOUGH_WORDS, _ENOUGH_WIDE = 3, 6
"""A title of fewer words, or of fewer characters where words are not set apart, is in other
texts by chance: `Attention`."""

# What nobody sees. Each match ends with its end or with the page.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|title)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_NOSCRIPT = re.compile(r"<noscript\b.*?(?:</noscript\s*>|\Z)", re.DOTALL | re.IGNORECASE)
"""`<noscript><meta http-equiv="refresh" …></noscript>`, also where it is not closed."""
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]{0,5000}>")
"""A tag. The bound keeps a page of nothing but `<` from costing the square of its length."""
_HEADING = re.compile(r"<h1(?:\s[^<>]{0,500})?>(.{0,2000}?)</h1", re.DOTALL | re.IGNORECASE)
"""The outermost headings: `<h1 class="title">Page not found</h1>`."""
_SCRIPTED = re.compile(
    r"""\blocation(?:\.href)?\s{0,5}=\s{0,5}["']([^"'<>\s]{1,500})["']"""
    r"""|\blocation\.(?:replace|assign)\(\s{0,5}["']([^"'<>\s]{1,500})["']"""
)
"""`location.href = '/new'` and `location.replace("/new")`: the two forms of a redirect by a
script."""
_REFRESH = re.compile(
    r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"'\s]+)", re.IGNORECASE
)
"""The content of a meta refresh: `0; url=/new`, and as browsers also read it, `0,'/new'`.
https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh"""
_AT_ONCE = 5
"""Seconds: a page that sends on later than that is meant to be read."""
_EMPTY = 200
"""Characters: a page that only sends its reader on by a script shows next to nothing."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
"""In a header or a meta tag: `text/html; charset=GBK`, `<meta charset="gbk">`."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; they win over the header: https://encoding.spec.whatwg.org/#bom-sniff."""
_CODECS = {
    # Labels mean what browsers take them for: https://encoding.spec.whatwg.org/#names-and-labels.
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "windows-1252": "cp1252", "iso-8859-2": "iso8859-2", "iso-8859-15": "iso8859-15",
    "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1253": "cp1253",
    "windows-1254": "cp1254", "iso-8859-9": "cp1254", "windows-1255": "cp1255",
    "windows-1256": "cp1256", "windows-1257": "cp1257", "windows-1258": "cp1258",
    "iso-8859-5": "iso8859-5", "iso-8859-7": "iso8859-7", "iso-8859-8": "iso8859-8",
    "windows-874": "cp874", "tis-620": "cp874", "koi8-r": "koi8-r", "koi8-u": "koi8-u",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "euc-jp": "euc-jp", "iso-2022-jp": "iso2022-jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as its reader sees it. `source` is the markup; for a file it is empty."""

    url: str
    source: str = ""
    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    """The words that are shown, one space apart."""
    is_html: bool = False


def read_page(answer: HttpResponse) -> Page:
    """Return what an answer shows; nothing when it is not text."""
    kind = answer.headers.get("Content-Type", "").lower()
    source = decode(answer.body, kind)
    is_html = "html" in kind or (not kind and source.lstrip()[:1] == "<")
    if not is_html:
        is_text = "json" in kind or "text/" in kind or "xml" in kind
        text = " ".join(source.split()) if is_text else ""
        return Page(answer.url, source if is_text else "", text=text)
    headings = tuple(
        shown
        for found in _HEADING.findall(_HIDDEN.sub(" ", source))[:_MOST_HEADINGS]
        if (shown := _strip_tags(found))
    )
    text = _strip_tags(_HIDDEN.sub(" ", source))
    return Page(answer.url, source, find_title(source), headings, text, is_html=True)


def decode(body: bytes, content_type: str) -> str:
    """Return the text of a page: by its byte order mark, its header, its meta tag, or as UTF-8."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for place in (content_type, body[:4096].decode("latin-1")):
        named = _CHARSET.search(place)
        if named is not None and named[1].lower() in _CODECS:
            return body.decode(_CODECS[named[1].lower()], "replace")
    return body.decode("utf-8", "replace")


def find_client_redirect(page: Page) -> str | None:
    """Return where a page sends its reader at once, by a refresh or by a script; None for nowhere.

    A script counts only on a page that shows nothing else.
    """
    if not page.is_html:
        return None
    # Who runs scripts does not see what is between <noscript>.
    for tag in read_meta_tags(_NOSCRIPT.sub(" ", page.source)):
        if tag.get("http-equiv", "").strip().lower() == "refresh":
            found = _REFRESH.match(tag.get("content", ""))
            if found is not None and int(found[1]) <= _AT_ONCE:
                return _join(page.url, found[2])
    if len(page.text) <= _EMPTY and not page.headings:
        scripted = _SCRIPTED.search(page.source)
        if scripted is not None:
            return _join(page.url, scripted[1] or scripted[2])
    return None


def find_meta_title(source: str, names: tuple[str, ...] = _META_TITLES) -> str | None:
    """Return the title that a page has for programs, or None."""
    for tag in read_meta_tags(source):
        name = tag.get("name") or tag.get("property") or ""
        if name.strip().lower() in names and "content" in tag:
            return tag["content"][:_LONGEST_TITLE]
    return None


def is_headed_by(page: Page, titles: tuple[str, ...]) -> bool:
    """Return whether the title, a heading or a meta tag of a page has a title of its records."""
    heads = [page.title, *page.headings, find_meta_title(page.source) or ""]
    return _has_title(heads, titles)


def is_showing(page: Page, titles: tuple[str, ...]) -> bool:
    """Return whether a page has one of the records' titles anywhere."""
    return is_headed_by(page, titles) or _has_title([page.text], titles)


def _has_title(texts: list[str], titles: tuple[str, ...]) -> bool:
    shown = [f" {fold(text)} " for text in texts if text]
    wanted = [folded for title in titles if (folded := fold(title))]
    return any(
        f" {title} " == text or (_is_long(title) and f" {title} " in text)
        for title in wanted
        for text in shown
    )


def _is_long(folded: str) -> bool:
    is_wide = not folded.isascii() and len(folded) >= _ENOUGH_WIDE
    return is_wide or folded.count(" ") >= _ENOUGH_WORDS - 1


def _strip_tags(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def _join(base: str, target: str) -> str | None:
    """Return a target as an address in full; None for what is none, or only another place of it."""
    try:
        full = urljoin(base, unescape(target))
    except ValueError:
        return None
    is_web = full.startswith(("http://", "https://"))
    return full if is_web and full.partition("#")[0] != base.partition("#")[0] else None
