"""CSL-JSON, for Pandoc, Zotero and every citation processor.

Types and variables follow CSL 1.0.2, https://docs.citationstyles.org/en/v1.0.2/specification.html,
and its schema csl-data.json.
"""

from catalog.model.catalog import Catalog
from catalog.model.names import PersonName
from catalog.model.records import EntryType, Paper
from catalog.render.citations.entries import name_venue

CslName = dict[str, str]
CslValue = str | list[CslName] | dict[str, list[list[int]]]
CslItem = dict[str, CslValue]

_TYPES = {
    EntryType.ARTICLE: "article-journal",
    EntryType.INPROCEEDINGS: "paper-conference",
    EntryType.INCOLLECTION: "chapter",
    EntryType.INBOOK: "chapter",
    EntryType.BOOK: "book",
    EntryType.PROCEEDINGS: "book",
    EntryType.PHDTHESIS: "thesis",
    EntryType.MASTERSTHESIS: "thesis",
    EntryType.TECHREPORT: "report",
    EntryType.UNPUBLISHED: "manuscript",
    EntryType.MISC: "document",
}
_GENRES = {EntryType.PHDTHESIS: "PhD thesis", EntryType.MASTERSTHESIS: "Master’s thesis"}
_HAS_CONTAINER = frozenset(
    [EntryType.ARTICLE, EntryType.INPROCEEDINGS, EntryType.INCOLLECTION, EntryType.INBOOK]
)
MORE_AUTHORS: CslName = {"literal": "others"}
"""The author that stands for those that are not named, as Pandoc reads BibTeX's `and others`."""


def to_csl(
    catalog: Catalog, paper: Paper, key: str | None = None, *, max_authors: int | None = None
) -> CslItem:
    """Return one paper as a CSL-JSON item; options as in `to_bibtex`."""
    kind = catalog.entry_type(paper)
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    item: CslItem = {
        "id": key or paper.key,
        "type": "article" if is_preprint else _TYPES[kind],
        "title": paper.title,
    }
    if paper.authors:
        item["author"] = _write_names(paper, max_authors)
    if paper.year is not None:
        parts = [paper.year] if paper.month is None else [paper.year, paper.month]
        item["issued"] = {"date-parts": [parts]}
    item.update(_list_variables(catalog, paper, kind))
    return item


def _list_variables(catalog: Catalog, paper: Paper, kind: EntryType) -> dict[str, str]:
    name = paper.booktitle or name_venue(catalog, paper)
    has_container = kind in _HAS_CONTAINER
    variables = {
        "container-title": name if has_container else None,
        "collection-title": paper.series,
        "volume": paper.volume,
        "issue" if kind is EntryType.ARTICLE else "number": paper.number,
        "page": paper.pages,
        "publisher": paper.publisher or (None if has_container else name),
        "genre": _GENRES.get(kind),
        "DOI": paper.doi,
        "URL": paper.url,
        "keyword": ", ".join(paper.tags) or None,
        "abstract": paper.abstract,
    }
    if paper.arxiv is not None and kind is EntryType.MISC:
        variables["number"] = f"arXiv:{paper.arxiv}"
    return {variable: value for variable, value in variables.items() if value is not None}


def _write_names(paper: Paper, max_authors: int | None) -> list[CslName]:
    names = [_write_name(name) for name in paper.authors[:max_authors]]
    has_more = paper.more_authors or len(names) < len(paper.authors)
    return [*names, MORE_AUTHORS] if has_more else names


def _write_name(name: PersonName) -> CslName:
    if name.literal is not None:
        return {"literal": name.literal}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: value for part, value in parts.items() if value is not None}
