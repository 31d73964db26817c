"""Bibliographies into drafts: BibTeX, RIS, EndNote, MEDLINE, CSL-JSON, and tables of papers.

    found = read_bibliography(text, "refs.bib", Format.BIBTEX)
    assert found.total == len(found.drafts) + len(found.rejected)

A draft names its venue as the source does: see `catalog.importers.venues` for what it means.
`to_draft` takes one CSL-JSON item, `read_bibtex` any BibTeX text: what services send.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum

from catalog.importers.bibliography.bibtex import read_bibtex
from catalog.importers.bibliography.csl import find_items, is_csl_item, read_csl, to_draft
from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.latex import decode_latex
from catalog.importers.bibliography.medline import read_medline
from catalog.importers.bibliography.people import read_people
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.bibliography.ris import read_ris
from catalog.importers.bibliography.tables import (
    read_csv_table,
    read_json_table,
    read_yaml_table,
)
from catalog.importers.bibliography.tagged import read_endnote, read_web_of_science
from catalog.text.parse import read_json

__all__ = [
    "Bibliography",
    "Entry",
    "Format",
    "Rejected",
    "decode_latex",
    "find_format",
    "read_bibliography",
    "read_bibtex",
    "read_csl",
    "read_people",
    "read_ris",
    "to_draft",
]


class Format(StrEnum):
    """The formats of bibliographies."""

    BIBTEX = "bibtex"
    """BibTeX and BibLaTeX."""
    RIS = "ris"
    """RIS."""
    MEDLINE = "medline"
    """MEDLINE, PubMed's `.nbib`."""
    ENDNOTE = "endnote"
    """EndNote's tagged files, `.enw`, of Google Scholar and publishers too."""
    WEB_OF_SCIENCE = "web-of-science"
    """Web of Science's plain text, `savedrecs.txt` or `.ciw`."""
    CSL_JSON = "csl-json"
    """CSL-JSON, or the JSON of another list tool."""
    CSV = "csv"
    """A table: CSV, TSV, or with semicolons."""
    YAML = "yaml"
    """The YAML of another list tool."""


# What the beginning of a file looks like: `@article{`, behind comments of TeX too; `TY  - JOUR`;
# `PMID- 123`; `%0 Thesis`; `FN Clarivate …`; `[{…`, `[]`, `{"items"…`.
_SIGNS = {
    Format.BIBTEX: re.compile(r"^(?:\s|%[^\n]*\n)*@\s*\w+\s*[{(]"),
    Format.RIS: re.compile(r"(?:\s*\n)*TY {1,2}- "),
    Format.MEDLINE: re.compile(r"\s*PMID ?- "),
    Format.ENDNOTE: re.compile(r"\s*%0 [A-Z]"),
    Format.WEB_OF_SCIENCE: re.compile(r"\s*FN [^\n]*\n\s*VR \d"),
    Format.CSL_JSON: re.compile(r"\s*(?:\[\s*[\]{]|\{\s*\"\w)"),
}
_ENDINGS = {
    **dict.fromkeys((".bib", ".bibtex", ".biblatex"), Format.BIBTEX),
    ".ris": Format.RIS,
    **dict.fromkeys((".nbib", ".medline"), Format.MEDLINE),
    ".enw": Format.ENDNOTE,
    **dict.fromkeys((".ciw", ".isi"), Format.WEB_OF_SCIENCE),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), Format.CSL_JSON),
    **dict.fromkeys((".csv", ".tsv", ".tab"), Format.CSV),
    **dict.fromkeys((".yaml", ".yml"), Format.YAML),
}
_READERS: dict[Format, Callable[[str, str | None], Bibliography]] = {
    Format.BIBTEX: read_bibtex,
    Format.RIS: read_ris,
    Format.MEDLINE: read_medline,
    Format.ENDNOTE: read_endnote,
    Format.WEB_OF_SCIENCE: read_web_of_science,
}


def find_format(name: str, text: str) -> Format | None:
    """Return the format of a file by its name, or by how its text begins; None for no bibliography.

    A file called `.md` or the like may quote BibTeX and is none.
    """
    ending = re.search(r"\.[A-Za-z]+$", name)
    if ending is not None and ending[0].lower() in _ENDINGS:
        return _ENDINGS[ending[0].lower()]
    if ending is not None and ending[0].lower() != ".txt":
        return None
    begin = text.lstrip("\ufeff")
    return next((format_ for format_, sign in _SIGNS.items() if sign.match(begin)), None)


def read_bibliography(
    text: str, file: str, format_: Format, columns: Mapping[str, str] | None = None
) -> Bibliography:
    """Read a bibliography; `file` is the name that drafts and rejected entries show.

    `columns` names columns of a table by field, where the inferred ones are wrong. Raises
    `ValueError` when the file as a whole is not of that format, `UnreadableInputError` when a table
    has no titles, and `UsageError` when `columns` names what the table does not have.
    """
    given = columns or {}
    if format_ is Format.CSV:
        return read_csv_table(text, file, given)
    if format_ is Format.YAML:
        return read_yaml_table(text, file, given)
    if format_ is Format.CSL_JSON:
        return read_csl(text, file) if _is_csl(text, file) else read_json_table(text, file, given)
    return _READERS[format_](text, file)


def _is_csl(text: str, file: str) -> bool:
    """Return whether the items of a JSON file are those of CSL-JSON."""
    if file.lower().endswith(("jsonl", "ndjson")):
        return False
    items = find_items(read_json(text.lstrip("\ufeff")))
    return items is not None and (not items or any(map(is_csl_item, items)))
