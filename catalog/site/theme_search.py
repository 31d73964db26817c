"""The search of the theme, when a site has it: the list's entries in its index."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any, TypedDict

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.site import addresses
from catalog.site.engine_files import EngineFiles, is_frame
from catalog.site.settings import SiteSettings
from catalog.site.views import to_byline, to_published
from catalog.store.files import TextFile

MOST_SEARCHED = 5_000
"""Papers that are added: a browser loads the whole index, and a paper is about 200 bytes of it."""

INDEXES = ("search/search_index.json", "search.json")
"""The index of MkDocs and of Material, and that of Zensical."""
OFFLINE_INDEX, _OFFLINE_START = "search/search_index.js", "var __index = "
"""The same index as a script, from Material's plugin `offline`."""


class SearchEntry(TypedDict):
    """A page in the index of MkDocs, Material and Zensical."""

    location: str
    title: str
    text: str


def render_theme_search(
    catalog: Catalog, engine: EngineFiles, settings: SiteSettings
) -> Iterator[TextFile]:
    """Take page frames out of the index, and add the papers when the site's owner wants them."""
    for name in INDEXES:
        index = _parse(engine.read(name))
        if index is None:
            continue
        key = "docs" if "docs" in index else "items"
        old = index[key]
        index[key] = [entry for entry in old if not is_frame(str(entry.get("location")))]
        if settings.is_in_site_search and len(catalog.papers) <= MOST_SEARCHED:
            index[key] += _make_entries(catalog, settings, is_zensical=key == "items")
        if index[key] == old:
            continue
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        yield name, text
        if engine.has(OFFLINE_INDEX):
            yield OFFLINE_INDEX, _OFFLINE_START + text


def _make_entries(
    catalog: Catalog, settings: SiteSettings, *, is_zensical: bool
) -> Iterator[SearchEntry | dict[str, Any]]:
    for paper in catalog.papers:
        entry = SearchEntry(
            location=settings.place(addresses.to_paper(paper.key)),
            # All three themes show both as HTML.
            title=escape(paper.title, quote=False),
            text=escape(_describe(catalog, paper), quote=False),
        )
        yield {**entry, "level": 1, "path": [], "tags": []} if is_zensical else entry


def _describe(catalog: Catalog, paper: Paper) -> str:
    return ", ".join(filter(None, (to_byline(paper), to_published(catalog, paper))))


def _parse(text: str | None) -> dict[str, Any] | None:
    """Read an index; None when there is none, or when it is searched through in advance."""
    try:
        index = json.loads(text or "null")
    except ValueError:
        return None
    # MkDocs' `prebuild_index`: what is not in `index` cannot be found, whatever `docs` lists.
    if not isinstance(index, dict) or "index" in index or not {"docs", "items"} & index.keys():
        return None
    return index
