"""sitemap.xml and robots.txt, of addresses alone: they change only when a page comes or goes."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from catalog.store.files import TextFile

MOST_ADDRESSES = 50_000
"""https://www.sitemaps.org/protocol.html: a sitemap holds no more."""

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def render_sitemap(addresses: Sequence[str], url: str) -> Iterator[TextFile]:
    """Render the sitemap of a site that stands at `url`; beyond the limit, an index of several.

    `url` ends in a slash, and the addresses are relative to it.
    """
    parts = [addresses[i : i + MOST_ADDRESSES] for i in range(0, len(addresses), MOST_ADDRESSES)]
    if len(parts) == 1:
        yield (
            "sitemap.xml",
            _render("urlset", "url", [url + address for address in parts[0]]),
        )
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _render("sitemapindex", "sitemap", [url + name for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _render("urlset", "url", [url + address for address in part])


def render_robots(url: str | None) -> str:
    """Render robots.txt, which lets every robot in and names the sitemap."""
    sitemap = f"\nSitemap: {url + 'sitemap.xml'}\n" if url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _render(root: str, item: str, urls: Sequence[str]) -> str:
    lines = "".join(f"<{item}><loc>{escape(url)}</loc></{item}>\n" for url in urls)
    return f"{_OPEN.format(root)}{lines}</{root}>\n"
