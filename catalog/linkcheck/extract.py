"""Every address of a list, once, with the records and fields that hold it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from catalog.model.catalog import Catalog
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.records import Paper
from catalog.store.link_state import strip_fragment

_MARKDOWN = MarkdownIt("commonmark", {"linkify": False})
_WEB = re.compile(r"https?://", re.IGNORECASE)
"""Only addresses of the web are checked: no `mailto:`, no `#anchor`, no file of the list."""


@dataclass(frozen=True, slots=True)
class LinkLocation:
    """Where an address stands: the key of a record and the field, or a page of prose and a line."""

    key: str | None
    field: str


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address with its places. `titles` are those of the records that say to be found there."""

    url: str
    places: tuple[LinkLocation, ...]
    titles: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records, each once."""
        return tuple(dict.fromkeys(place.key for place in self.places if place.key is not None))

    @property
    def field(self) -> str:
        """The fields, each once: `links.pdf`, `doi`."""
        return ", ".join(dict.fromkeys(place.field for place in self.places))


def extract_links(
    catalog: Catalog, *, keys: Iterable[str] | None = None, prose: Iterable[tuple[str, str]] = ()
) -> tuple[FoundLink, ...]:
    """Return the links of a list in the order of its files.

    `keys` takes the records with these keys alone. `prose` are pages as pairs of path and Markdown,
    looked through after the records.
    """
    found: dict[str, list[tuple[LinkLocation, str | None]]] = {}
    for url, place, title in _walk(catalog, None if keys is None else frozenset(keys)):
        found.setdefault(strip_fragment(url), []).append((place, title))
    for path, text in prose:
        for url, line in find_in_markdown(text):
            found.setdefault(strip_fragment(url), []).append(
                (LinkLocation(None, f"{path}:{line}"), None)
            )
    return tuple(
        FoundLink(
            url,
            tuple(dict.fromkeys(place for place, _ in rows)),
            tuple(dict.fromkeys(title for _, title in rows if title is not None)),
        )
        for url, rows in found.items()
    )


def find_in_markdown(text: str) -> Iterator[tuple[str, int]]:
    """Yield the web addresses of links and pictures in Markdown, with their lines."""
    for block in _MARKDOWN.parse(text):
        line = block.map[0] + 1 if block.map else 1
        for token in block.children or ():
            url = token.attrGet("href") or token.attrGet("src")
            if isinstance(url, str) and _WEB.match(url):
                yield url, line


def _walk(
    catalog: Catalog, keys: frozenset[str] | None
) -> Iterator[tuple[str, LinkLocation, str | None]]:
    for paper in catalog.papers:
        if keys is None or paper.key in keys:
            yield from _walk_paper(paper)
    if keys is None:
        yield from _walk_head(catalog)


def _walk_paper(paper: Paper) -> Iterator[tuple[str, LinkLocation, str | None]]:
    for kind, url in paper.links.items():
        # Code, data and the like have titles of their own.
        title = paper.title if kind in ("pdf", "page") else None
        yield url, LinkLocation(paper.key, f"links.{kind}"), title
    for identifier in IDENTIFIERS:
        value = getattr(paper, identifier.field)
        if value is not None:
            yield identifier.to_url(value), LinkLocation(paper.key, identifier.field), paper.title
    for field in ("note", "abstract"):
        for url, _ in find_in_markdown(getattr(paper, field) or ""):
            yield url, LinkLocation(paper.key, field), None


def _walk_head(catalog: Catalog) -> Iterator[tuple[str, LinkLocation, str | None]]:
    survey = catalog.survey
    for name, url in survey.links:
        if url is not None:
            yield url, LinkLocation(None, f"survey.links.{name}"), None
    for url, _ in find_in_markdown(survey.description or ""):
        yield url, LinkLocation(None, "survey.description"), None
    for paper in catalog.citations:
        for url, place, title in _walk_paper(paper):
            yield url, LinkLocation(place.key, f"survey.cite.{place.field}"), title
    for view in catalog.sections:
        for url, _ in find_in_markdown(view.section.description or ""):
            yield url, LinkLocation(None, f"sections.{view.id}.description"), None
