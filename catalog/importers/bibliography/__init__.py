"""Bibliographies into drafts: BibTeX and BibLaTeX, RIS, CSL-JSON.

    found = read_bibliography(text, "refs.bib", Format.BIBTEX)
    assert found.total == len(found.drafts) + len(found.rejected)

A draft names its venue as the source does: see `catalog.importers.venues` for what it means.
`to_draft` takes one CSL-JSON item, `read_bibtex` any BibTeX text: what resolvers answer.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from catalog.importers.bibliography.bibtex import read_bibtex
from catalog.importers.bibliography.csl import read_csl, to_draft
from catalog.importers.bibliography.entries import Entry
from catalog.importers.bibliography.latex import decode_latex
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.bibliography.ris import read_ris

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
    "read_ris",
    "to_draft",
]


class Format(StrEnum):
    """The formats of bibliographies."""

    BIBTEX = "bibtex"
    """BibTeX and BibLaTeX."""
    RIS = "ris"
    """RIS."""
    CSL_JSON = "csl-json"
    """CSL-JSON."""


_SIGNS = {
    Format.BIBTEX: re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE),
    Format.RIS: re.compile(r"^TY {1,2}- ", re.MULTILINE),
    Format.CSL_JSON: re.compile(r"\s*(?:\[\s*[\]{]|\{\s*\"items\")"),
}
_ENDINGS = {".bib": Format.BIBTEX, ".ris": Format.RIS, ".json": Format.CSL_JSON}
_READERS: dict[Format, Callable[[str, str | None], Bibliography]] = {
    Format.BIBTEX: read_bibtex,
    Format.RIS: read_ris,
    Format.CSL_JSON: read_csl,
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
    begin = text.removeprefix("\ufeff")
    return next((format_ for format_, sign in _SIGNS.items() if sign.match(begin)), None)


def read_bibliography(text: str, file: str, format_: Format) -> Bibliography:
    """Read a bibliography; `file` is the name that drafts and rejected entries show.

    Raises `ValueError` when the file as a whole is not of that format.
    """
    return _READERS[format_](text, file)
