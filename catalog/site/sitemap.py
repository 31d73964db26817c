"""sitemap.xml and robots.txt, of addresses alone: they change only when a page comes or goes."""

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape

from catalog.site.engine_files import is_frame
from catalog.store.files import BinaryFile, TextFile

SITEMAP, COMPRESSED = "sitemap.xml", "sitemap.xml.gz"

MOST_ADDRESSES = 50_000
"""https://www.sitemaps.org/protocol.html: a sitemap holds no more."""

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


# An entry as MkDocs and Zensical write it, with what plugins add to it: `<lastmod>`, `hreflang`.
_ENTRY = re.compile(r"[ \t]*<url>\s*<loc>(?P<url>[^<]*)</loc>.*?</url>[ \t]*\n?", re.DOTALL)


def render_sitemap(addresses: Sequence[str], url: str) -> Iterator[TextFile]:
    """Render the sitemap of a site that is at `url`; beyond the limit, an index of several.

    `url` ends in a slash, and the addresses are relative to it.
    """
    parts = [addresses[i : i + MOST_ADDRESSES] for i in range(0, len(addresses), MOST_ADDRESSES)]
    if len(parts) == 1:
        yield (
            SITEMAP,
            _render("urlset", "url", [url + address for address in parts[0]]),
        )
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield SITEMAP, _render("sitemapindex", "sitemap", [url + name for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _render("urlset", "url", [url + address for address in part])


def extend_sitemap(old: str, addresses: Iterable[str], url: str, *, is_apart: bool) -> str:
    """Return the sitemap of a guest's site with the list's addresses, without those of frames.

    With `is_apart` the list's addresses are in a sitemap of their own: this one loses them.
    """
    ours = {url + address for address in addresses}
    known = set[str]()

    def keep(entry: re.Match[str]) -> str:
        address = unescape(entry["url"])
        known.add(address)
        return "" if is_frame(address) or (is_apart and address in ours) else entry[0]

    kept = _ENTRY.sub(keep, old)
    added = () if is_apart else sorted(ours - known)
    lines = "".join(
        f"    <url><loc>{escape(address, quote=False)}</loc></url>\n" for address in added
    )
    return kept.replace("</urlset>", f"{lines}</urlset>")


def render_sitemap_apart(addresses: Sequence[str], url: str, folder: str) -> Iterator[TextFile]:
    """Render the sitemap of a list in a site that has one already."""
    for number, i in enumerate(range(0, len(addresses), MOST_ADDRESSES)):
        name = f"{folder}sitemap-papers{f'-{number + 1}' if number else ''}.xml"
        part = addresses[i : i + MOST_ADDRESSES]
        yield name, _render("urlset", "url", [url + address for address in part])


def render_compressed(sitemap: str) -> BinaryFile:
    """Return sitemap.xml.gz, the same bytes at any time."""
    return COMPRESSED, gzip.compress(sitemap.encode("utf-8"), mtime=0)


def render_robots(url: str | None) -> str:
    """Render robots.txt, which lets every robot in and names the sitemap."""
    sitemap = f"\nSitemap: {url + SITEMAP}\n" if url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _render(root: str, item: str, urls: Sequence[str]) -> str:
    lines = "".join(f"<{item}><loc>{escape(url, quote=False)}</loc></{item}>\n" for url in urls)
    return f"{_OPEN.format(root)}{lines}</{root}>\n"
