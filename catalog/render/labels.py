"""What readers see for the kinds of links and papers: the same words in README and site."""

from catalog.model.catalog import Catalog
from catalog.model.identifiers import IDENTIFIERS
from catalog.model.records import EntryType, Paper

LINK_LABELS = {"pdf": "PDF", **{kind.field: kind.label for kind in IDENTIFIERS}}
"""Labels of links whose kind is not a plain word."""

PREPRINT = "preprint"
TYPE_LABELS = {
    EntryType.ARTICLE.value: "Journal article",
    EntryType.INPROCEEDINGS.value: "Conference paper",
    EntryType.INCOLLECTION.value: "Part of a book",
    EntryType.INBOOK.value: "Book chapter",
    EntryType.BOOK.value: "Book",
    EntryType.PROCEEDINGS.value: "Proceedings",
    EntryType.PHDTHESIS.value: "Doctoral thesis",
    EntryType.MASTERSTHESIS.value: "Master's thesis",
    EntryType.TECHREPORT.value: "Technical report",
    EntryType.UNPUBLISHED.value: "Unpublished",
    EntryType.MISC.value: "Other",
    PREPRINT: "Preprint",
}
"""How the types of papers are called, in the order in which they are shown."""


def label_link(kind: str) -> str:
    """Return what a link of a kind is called."""
    return LINK_LABELS.get(kind, kind.capitalize())


def type_of(catalog: Catalog, paper: Paper) -> str:
    """Return the key of `TYPE_LABELS` for a paper: its entry type, or `preprint`."""
    entry_type = catalog.entry_type(paper)
    is_preprint = entry_type is EntryType.MISC and catalog.is_preprint(paper)
    return PREPRINT if is_preprint else entry_type.value
