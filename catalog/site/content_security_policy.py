"""The Content-Security-Policy of a page: nothing is loaded from elsewhere, no script is injected.

The inline scripts that a theme writes are allowed by their hashes, read from the page as the site
engine made it, so any theme works. Source: https://www.w3.org/TR/CSP3/.
"""

import base64
import hashlib
import re
from collections.abc import Iterator

from catalog.text.html_meta import read_meta_tags

_INLINE = re.compile(
    r"<(?P<tag>script|style)\b(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_HAS_SOURCE = re.compile(r"(?:^|\s)src\s*=", re.IGNORECASE)
_IS_DATA = re.compile(r"(?:^|\s)type\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)
# The policy holds for what comes after it; only the encoding must come before.
_START = re.compile(r"<meta\s+charset\b[^>]*>|<head\b[^>]*>(?!.*<meta\s+charset\b)", re.I | re.S)


def insert_policy(html: str, *, is_live: bool = False) -> str:
    """Return the page with its policy; a page that brings one of its own keeps that.

    `html` is a page before anything of the list is filled in: whatever inline script stands in it
    then is allowed, and no other.
    `is_live` is for a server that puts scripts of its own into each page as it sends it.
    """
    start = _START.search(html)
    if start is None or _has_policy(html):
        return html
    policy = render_policy(
        "'unsafe-inline'" if is_live else " ".join(_hash_inline(html, "script")),
        " ".join(_hash_inline(html, "style")),
    )
    tag = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html[: start.end()] + tag + html[start.end() :]


def _has_policy(html: str) -> bool:
    """Return whether a meta tag is a policy: the words may stand in any text, a description say."""
    names = (tag.get("http-equiv", "").strip().lower() for tag in read_meta_tags(html))
    return "content-security-policy" in names


def render_policy(scripts: str = "", styles: str = "") -> str:
    """Return the policy; `scripts` and `styles` are the sources allowed beside the site itself."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            f"style-src 'self' {styles}".strip(),
            # Themes keep their icons in style sheets, as data.
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def _hash_inline(html: str, tag: str) -> Iterator[str]:
    """Yield the hash of each inline script or style of a page, each once."""
    found = dict.fromkeys(
        item["text"]
        for item in _INLINE.finditer(html)
        if item["tag"].lower() == tag
        and not _HAS_SOURCE.search(item["attributes"])
        and not _IS_DATA.search(item["attributes"])
    )
    for text in found:
        digest = hashlib.sha256(text.encode("utf-8")).digest()
        yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
