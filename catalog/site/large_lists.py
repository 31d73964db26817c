"""Pages of papers for lists so long that full ones would outgrow where sites are kept.

GitHub Pages takes sites of up to 1 GB. A paper's full page, its own downloads and its share of
everything else take about 30 KB. A compact page takes 5 KB: it shows what is known of the paper and
its BibTeX, in a frame of a few lines that uses the theme's styles.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.model.catalog import Catalog
from catalog.render.templates import render

MOST_FULL = 30_000
"""Papers up to which every page is full: about 900 MB."""
MOST_BYTES = 1_000_000_000
"""Source: https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits."""

# What a compact page takes over from the theme's page: its styles and icon, its title, its
# language (`<html lang="en">`), and the `<body>` tag with the colour scheme.
_STYLES = re.compile(r"<link\b[^>]*\brel=[\"']?(?:stylesheet|icon)\b[^>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b.*?</title\s*>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]*\blang=[\"']?(?P<lang>[\w-]+)", re.IGNORECASE)
"""The first of the page: `<html class="no-js" lang="en">`."""
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def is_compact(catalog: Catalog) -> bool:
    """Return whether the list is so long that the pages of its papers are compact."""
    return len(catalog.papers) > MOST_FULL


def tell_size(catalog: Catalog, size: int) -> Iterator[str]:
    """Yield what an owner should know about a site of so many bytes."""
    if is_compact(catalog):
        yield (
            f"the list has more than {MOST_FULL:,} papers: their pages are compact, and downloads "
            "hold the whole list only, so that GitHub Pages can take the site"
        )
    if size > MOST_BYTES:
        yield f"the site has {size / 1e9:.1f} GB; GitHub Pages takes up to 1 GB"


def make_frame(html: str, folder: Path, shared: Mapping[str, Any], root: str) -> str:
    """Return the compact frame, with styles, title, language and colours of the engine's `html`."""
    title, body, language = _TITLE.search(html), _BODY.search(html), _LANGUAGE.search(html)
    return render(
        folder,
        "site/compact.html.j2",
        **shared,
        root=root,
        title=title[0] if title else "",
        styles=_STYLES.findall(html),
        body=body[0] if body else "<body>",
        language=language["lang"] if language else "en",
    )
