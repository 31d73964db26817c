"""The Content-Security-Policy of a page: nothing is loaded from elsewhere, no script is injected.

A site that names scripts or style sheets of other hosts in its configuration gets those allowed.

The inline scripts that a theme writes are allowed by their hashes, read from the page as the site
engine made it, so any theme works. Source: https://www.w3.org/TR/CSP3/.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from catalog.site import theme
from catalog.site.settings import PolicyMode, SiteSettings
from catalog.text.html_meta import read_meta_tags

# A script or style in the page itself, whose hash the policy must name.
_INLINE = re.compile(
    r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
# `<script src=…>`: the code is elsewhere; `data-src=` does not count.
_HAS_SOURCE = re.compile(r"(?:^|\s)src\s*=", re.IGNORECASE)
# `type="application/ld+json"`: read by programs and never run.
_IS_DATA = re.compile(r"(?:^|\s)type\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
# The policy holds for what comes after it; only the encoding must come before.
_START = re.compile(r"<meta\s+charset\b[^>]*>|<head\b[^>]*>(?!.*<meta\s+charset\b)", re.I | re.S)

# Where a page loads scripts from; plugins that shrink pages leave out the quotes.
_SCRIPT = re.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']?(?P<url>[^\"'\s>]+)", re.IGNORECASE)
# The attributes come in any order, so `rel` is looked for ahead.
_STYLE_SHEET = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?stylesheet\b)[^>]*\bhref\s*=\s*[\"']?(?P<url>[^\"'\s>]+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?P<url>https?://[^/\s\"'`?#\\]+)")
# A host, with a port if any: `cdn.example.org:8443`. Nothing else may enter the policy.
_HOST = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?", re.IGNORECASE)


class Named(NamedTuple):
    """What a site names outside itself: origins of scripts, and whether it brings its own code."""

    scripts: tuple[str, ...] = ()
    is_styled: bool = False
    is_scripted: bool = False
    apis: tuple[str, ...] = ()


_NOTHING = Named()
_NO_SETTINGS = SiteSettings()


def insert_policy(
    html: str, settings: SiteSettings = _NO_SETTINGS, *, is_live: bool = False
) -> str:
    """Return the page with its policy; a page that brings one of its own keeps that.

    `html` is a page before anything of the list is filled in: whatever inline script is in it
    then is allowed, and no other.
    `is_live` is for a server that puts scripts of its own into each page as it sends it.
    """
    start = _START.search(html)
    if settings.policy is PolicyMode.OFF or start is None or _has_policy(html):
        return html
    policy = render_policy(
        "'unsafe-inline'" if is_live else " ".join(_hash_inline(html, "script")),
        " ".join(_hash_inline(html, "style")),
        _find_named(html, settings) if settings.policy is PolicyMode.AUTO else _NOTHING,
    )
    tag = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html[: start.end()] + tag + html[start.end() :]


def _find_named(html: str, settings: SiteSettings) -> Named:
    """Find what a page loads from elsewhere: its owner's configuration names it, no paper does."""
    scripts = [*_find_origins(_SCRIPT, html), *_find_origins(_ADDRESS, _join_inline(html))]
    styles = list(_find_origins(_STYLE_SHEET, html))
    source = theme.SOURCE.search(html)
    host = urlsplit(unescape(source["url"])).hostname if source else None
    api = theme.SOURCE_APIS.get((host or "").removeprefix("www."))
    return Named(
        tuple(dict.fromkeys(scripts)),
        is_styled=bool(styles or settings.has_styles),
        is_scripted=bool(scripts or settings.has_scripts),
        apis=(api,) if api else (),
    )


def _join_inline(html: str) -> str:
    """Return all inline scripts of a page: analytics, for one, load another script from there."""
    return "\n".join(_find_inline(html, "script"))


def _find_origins(tags: re.Pattern[str], html: str) -> Iterator[str]:
    """Yield the origins of the addresses in tags, each once; those of the site itself have none."""
    found = (urlsplit(unescape(tag["url"])) for tag in tags.finditer(html))
    yield from dict.fromkeys(
        f"{url.scheme or 'https'}://{url.netloc}" for url in found if _HOST.fullmatch(url.netloc)
    )


def _has_policy(html: str) -> bool:
    """Return whether a meta tag is a policy: the words may be in any text, a description say."""
    names = (tag.get("http-equiv", "").strip().lower() for tag in read_meta_tags(html))
    return "content-security-policy" in names


def render_policy(scripts: str = "", styles: str = "", named: Named = _NOTHING) -> str:
    """Return the policy; `scripts` and `styles` are the sources allowed next to the site itself.

    Scripts are allowed by name alone: they are what an injected text could do harm with. A named
    script or style sheet decides for itself which styles, fonts and data it loads, and from where.
    """
    anywhere = "https: data: blob:" if named.is_scripted else "https: data:"
    loaded = f"'self' {anywhere}" if named.is_scripted or named.is_styled else ""
    if loaded:
        styles = "'unsafe-inline' https:"  # a browser ignores it next to a hash
    connect = anywhere if named.is_scripted else " ".join(named.apis)
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", scripts, *named.scripts)),
        "style-src": f"'self' {styles}",
        # Themes keep their icons in style sheets, as data.
        "img-src": loaded or "'self' data:",
        "font-src": loaded or "'self'",
        "connect-src": f"'self' {connect}",
        "worker-src": "'self' blob:" if named.is_scripted else "'self'",
        "manifest-src": "'self'",
        **({"frame-src": "https:", "media-src": loaded} if named.is_scripted else {}),
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {' '.join(value.split())}" for name, value in rules.items())


def _hash_inline(html: str, tag: str) -> Iterator[str]:
    """Yield the hash of each inline script or style of a page, each once."""
    for text in _find_inline(html, tag):
        digest = hashlib.sha256(text.encode("utf-8")).digest()
        yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _find_inline(html: str, tag: str) -> list[str]:
    """Find the inline scripts or styles of a page, each once; data in scripts is not code."""
    found = dict.fromkeys(
        item["text"]
        for item in _INLINE.finditer(html)
        if item["tag"].lower() == tag
        and not _HAS_SOURCE.search(item["attributes"])
        and not _IS_DATA.search(item["attributes"])
    )
    return list(found)
