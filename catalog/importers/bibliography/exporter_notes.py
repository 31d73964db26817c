"""What exporters write into notes, separated from what a person wrote there.

Citation counts, database ids, export dates and variables that the format lacks are not notes of the
list's editors: they never become public, and are named in the report.
"""

import re
from typing import NamedTuple

from catalog.model.identifiers import is_doi


class NotePart(NamedTuple):
    """A remark of an exporter: its text, and the field that `value` belongs into, if any."""

    text: str
    field: str | None = None
    value: str = ""


_FIELDS = {
    "arxiv": "arxiv",
    "doi": "doi",
    "citation key": "key",
    "bibtex": "key",
    "publisher": "publisher",
    "url": "url",
    "series title": "series",
}
_LABEL_NAMES = (
    *("arxiv", "doi", "citation key", "bibtex", "publisher", "url", "pmid", "pmcid", "pmc", "issn"),
    *("isbn", "e-?issn", "lccn", "oclc", "place", "export date", "cited by", "times cited"),
    *("cited references? count", "conference name", "conference", "conference date", "query date"),
    *(
        "_?eprint",
        "number",
        "issue",
        "section",
        "num pages",
        "version number",
        "version",
        "edition",
    ),
    *("mag id", "s2id", "s2cid", "openalex", "qid", "zsceno", "accession number", "wos", "type"),
    *("medium", "coden", "source", "journal abbreviation", "language of original document"),
    *("abbreviated source title", "correspondence address", "publisher copyright", "copyright"),
    *("funding information", "funding text.*", "funding details", "event-?place", "event title"),
    *("original-date", "issued", "genre", "container-title", "collection-title", "submitted"),
    *("series title", "series", "editors?", "translator", r"tex\.[\w.]+", "ads bibcode", "bibcode"),
    *("google-?books-?id", "ecc", "zbl", "mr", "jstor", "hal id", "us patent", "library catalog"),
    *("backup publisher", "last modified", "date-?added", "read_status", "readstatus", "comment"),
    *("ks", "repec", "zscc", "tldr", "total times cited", "times cited in .*", "conference code"),
    *("conference of", "reissued by pmlr.*", "readability"),
)
_LABELS = re.compile(rf"(?P<label>{'|'.join(_LABEL_NAMES)})\s*[:=]\s*(?P<value>.*)", re.IGNORECASE)
"""A line `label: value` with a label that programs write."""
_REMARKS = re.compile(
    r"zscc:?\s*\S+|conference of .*|cited\s+by:?\s+(?:since\s+\d+\s*[:(]?)?[\d,]+\)?"
    r"|\d+ citations? \(.*\)|times cited:?\s*\d+"
    r"|\[?online; accessed.*|\d+ pages(?:,.*)?|arxiv:\S+(?:\s*\[[\w.-]+\])?|pmid:?\s*\d+"
    r"|(?:ISI|WOS):\S+|<?(?:go to isi|ncbi)>?[:/].*|ISSN\s[\dX-]+|epub \d{4}.*|exported? from .*"
    r"|journal article.*research support.*|conference (?:paper|proceedings)|article|accessed:? .*"
    r"|article in press|reissued by pmlr.*|(?:last )?accessed (?:on )?[\d\w/. -]+",
    re.IGNORECASE,
)
"""Whole lines that programs write and nobody reads: `ZSCC: 0000012`, `Cited by: 14`,
`[Online; accessed 3-May-2020]`, `ISI:000300000000001`, `12 pages, 3 figures`."""
_ARXIV = re.compile(r"arxiv:(\S+)(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
"""`arXiv:2401.10000 [cs.LG]`."""
_MEETING = re.compile(
    r"(?=.*\b(?:conference|symposium|workshop|congress|meeting|colloquium|proceedings)\b)"
    r".*\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\b.*\b(?:19|20)\d{2}[;\s]*",
    re.IGNORECASE | re.DOTALL,
)
"""Web of Science names the meeting: `32nd Conference on Things, Seoul, JUN 16-20, 2019`."""


_PUBMED = re.compile(r"\d{4}-\d{3}[\dXx]\s*(?:\(.*?\))?\s*\n")
"""EndNote keeps PubMed's bookkeeping in the notes, an ISSN first."""


_PUBMED_LINE = re.compile(r"\b(?:eng|fre|ger|jpn|chi|spa)\s.*\b\d{4}/\d{2}/\d{2}\b", re.DOTALL)
"""The same on one line, from the language of the article to the day of its record."""
_WEB_OF_SCIENCE = re.compile(r"times cited:?\s*\d+\s*\n(?:.*\n){0,3}\d+\s*\n\d+$", re.IGNORECASE)
"""EndNote keeps Web of Science's counts there, with the authors between them."""


def split_note(text: str) -> tuple[str, list[NotePart]]:
    """Return what a person wrote, and the parts that an exporter wrote."""
    patterns = (_MEETING.fullmatch, _PUBMED.match, _PUBMED_LINE.search, _WEB_OF_SCIENCE.match)
    if any(match(text.strip()) for match in patterns):
        return "", [NotePart(" ".join(text.split()))]
    kept, parts = [], []
    for line in _split_lines(text):
        part = _read_part(line)
        if part is None:
            kept.append(line)
        else:
            parts.append(part)
    return " ".join(kept), parts


def _split_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # Scopus and JabRef put several remarks on one line: `cited By 12; Export Date: 1 May 2020`.
    split = []
    for line in lines:
        pieces = [piece.strip() for piece in re.split(r"\s*;\s+(?=\S)", line)]
        if len(pieces) > 1 and all(_read_part(piece) is not None for piece in pieces):
            split += pieces
        else:
            split.append(line)
    return split


def _read_part(line: str) -> NotePart | None:
    bare = line.strip(" .;{}")
    if (arxiv := _ARXIV.fullmatch(bare)) is not None:
        return NotePart(line, "arxiv", arxiv[0])
    if is_doi(bare):
        return NotePart(line, "doi", bare)
    labelled = _LABELS.fullmatch(bare)
    if labelled is not None:
        return NotePart(line, _FIELDS.get(labelled["label"].lower()), labelled["value"])
    return NotePart(line) if _REMARKS.fullmatch(bare) else None
