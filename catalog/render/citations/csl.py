"""CSL-JSON, for Pandoc, Zotero and every citation processor.

Types and variables follow CSL 1.0.2, https://docs.citationstyles.org/en/v1.0.2/specification.html,
and its schema csl-data.json.
"""

from catalog.model.catalog import Catalog
from catalog.model.extensions import LISTS, VENUE_NAME, list_extensions
from catalog.model.names import PersonName
from catalog.model.records import EntryType, Paper
from catalog.render.citations.entries import name_venue
from catalog.render.citations.options import DEFAULT, Options
from catalog.text.tex_math import to_unicode

CslName = dict[str, str]
CslValue = str | list[CslName] | dict[str, list[list[int]]] | dict[str, str | bool | list[str]]
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


def to_csl(catalog: Catalog, paper: Paper, options: Options = DEFAULT) -> CslItem:
    """Return one paper as a CSL-JSON item, its title as the list has it."""
    kind = catalog.entry_type(paper)
    is_preprint = catalog.is_preprint(paper) and paper.type is None
    item: CslItem = {
        "id": paper.key,
        "type": "article" if is_preprint else _TYPES[kind],
        "title": to_unicode(paper.title),
    }
    names = paper.authors[: options.max_authors]
    if names:
        item["author"] = [_write_name(name) for name in names]
    if paper.editors:
        item["editor"] = [_write_name(name) for name in paper.editors]
    if paper.year is not None:
        parts = [paper.year] if paper.month is None else [paper.year, paper.month]
        item["issued"] = {"date-parts": [parts]}
    item.update(_list_variables(catalog, paper, kind))
    has_more = bool(names) and (paper.more_authors or len(names) < len(paper.authors))
    if custom := _list_custom(catalog, paper, kind, has_more):
        item["custom"] = custom
    return item


def _list_custom(
    catalog: Catalog, paper: Paper, kind: EntryType, has_more: bool
) -> dict[str, str | bool | list[str]]:
    """Return what CSL has no variable for; citation processors leave it alone.

    `others` among the names would be a person to Zotero, Typst and citation-js.
    """
    said = {"doi", "series", "volume", "number", "pages", "address"}
    name = name_venue(catalog, paper) if paper.venue is not None else None
    if paper.year is not None:
        said.add("month")  # which is part of the date
    if to_unicode(paper.title) == paper.title:
        said.add("title")
    if kind in _HAS_CONTAINER:
        said |= {"booktitle", VENUE_NAME}
    if paper.publisher != name:
        said.add("publisher")
    if not any("," in tag or ";" in tag for tag in paper.tags):
        said.add("tags")
    found: dict[str, str | bool | list[str]] = {
        name: list(values) if name in LISTS else values[0]
        for name, values in list_extensions(paper, said, name).items()
    }
    return found | ({"more-authors": True} if has_more else {})


def _list_variables(catalog: Catalog, paper: Paper, kind: EntryType) -> dict[str, str]:
    name = paper.booktitle or name_venue(catalog, paper)
    has_container = kind in _HAS_CONTAINER
    variables = {
        "container-title": to_unicode(name) if has_container and name else None,
        "collection-title": paper.series,
        "volume": paper.volume,
        "issue" if kind is EntryType.ARTICLE else "number": paper.number,
        "page": paper.pages,
        "publisher": paper.publisher or (None if has_container else name),
        "publisher-place": paper.address,
        "genre": _GENRES.get(kind),
        "DOI": paper.doi,
        "URL": paper.url,
        "keyword": ", ".join(paper.tags) or None,
        "abstract": paper.abstract,
    }
    if paper.arxiv is not None and kind is EntryType.MISC:
        variables["number"] = f"arXiv:{paper.arxiv}"
    return {variable: value for variable, value in variables.items() if value is not None}


def _write_name(name: PersonName) -> CslName:
    """Write a particle with the family name, as Crossref and Zotero do.

    Zotero ignores `non-dropping-particle` and `suffix`; citation processors find a particle at the
    start of a family name, and a suffix behind the comma of a given name, again.
    """
    if name.literal is not None:
        return {"literal": name.literal}
    given, suffix = name.given, name.suffix
    if given is not None and suffix is not None and "," not in f"{given}{suffix}":
        given, suffix = f"{given}, {suffix}", None
    parts = {"family": name.full_family, "given": given, "suffix": suffix}
    return {part: value for part, value in parts.items() if value is not None}
