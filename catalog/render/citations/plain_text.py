"""A reference as plain text, to copy into a document: authors, year, title, place, address."""

from catalog.model.catalog import Catalog
from catalog.model.records import EntryType, Paper
from catalog.render.citations.entries import name_venue, split_range

_IN_BOOK = (EntryType.INPROCEEDINGS, EntryType.INCOLLECTION, EntryType.INBOOK)


def to_reference(catalog: Catalog, paper: Paper) -> str:
    """Write a reference such as `A. Ada and B. Ben. 2024. Things. In Proceedings, pages 1–9. https://…`."""
    parts = [
        _write_authors(paper),
        str(paper.year) if paper.year is not None else "",
        paper.title,
        _write_place(catalog, paper),
        paper.publisher or "",
    ]
    return " ".join([*(_end(part) for part in parts if part), *([paper.url] if paper.url else [])])


def _end(part: str) -> str:
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."


def _write_authors(paper: Paper) -> str:
    names = [name.display for name in paper.authors]
    if paper.more_authors and names:
        return ", ".join(names) + " et al."
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def _write_place(catalog: Catalog, paper: Paper) -> str:
    place = paper.booktitle or name_venue(catalog, paper) or ""
    if catalog.entry_type(paper) is EntryType.ARTICLE:
        volume = f" {paper.volume}" if paper.volume else ""
        number = f"({paper.number})" if paper.number else ""
        pages = f":{_write_pages(paper.pages)}" if paper.pages else ""
        return f"{place}{volume}{number}{pages}" if place else ""
    details = []
    if catalog.entry_type(paper) in _IN_BOOK:
        place = f"In {place}" if place else ""
    elif paper.arxiv is not None:
        details.append(f"arXiv:{paper.arxiv}")
    if paper.series:
        details.append(paper.series)
    if paper.volume:
        details.append(f"volume {paper.volume}")
    if paper.pages:
        details.append(f"pages {_write_pages(paper.pages)}")
    if place == "arXiv" and paper.arxiv is not None:
        place = ""
    return ", ".join([place, *details] if place else details)


def _write_pages(pages: str) -> str:
    return ", ".join("–".join(split_range(part.strip())) for part in pages.split(","))
