"""EndNote's tagged files (`.enw`) and Web of Science's plain text, as RIS with other tags.

    %T A title          TI A title that goes on
    %A Example, Ada        on the next line

Tags: http://www.riccardoridi.it/esb/dellorso/endnotedoc/text/EndNote-import.html and
https://bibliome.github.io/alvisnlp/reference/module/fr.inra.maiage.bibliome.alvisnlp.bibliomefactory.modules.wok.WebOfKnowledgeReader.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from catalog.importers.bibliography.result import Bibliography
from catalog.importers.bibliography.ris import Lines, Record, read_records

_ENDNOTE_LINE = re.compile(r"(%[A-Z0-9?@!&()+^><\[~#$=:*,;|])(?: (.*)|\s*)")
"""`%T A title`, `%@ 978-3-16-148410-0`, and a tag without a value."""
_ENDNOTE = {
    "%A": "AU", "%B": "T2", "%C": "CY", "%D": "PY", "%8": "DA", "%E": "A2", "%F": "ID",
    "%I": "PB", "%J": "JF", "%K": "KW", "%N": "IS", "%P": "SP", "%R": "DO", "%S": "T3",
    "%T": "TI", "%U": "UR", "%V": "VL", "%X": "AB", "%Z": "N1", "%>": "L1",
}  # fmt: skip
_ENDNOTE_TYPES = {
    "journal article": "JOUR", "magazine article": "MGZN", "electronic article": "EJOUR",
    "conference proceedings": "CONF", "conference paper": "CPAPER", "book": "BOOK",
    "edited book": "EDBOOK", "electronic book": "EBOOK", "book section": "CHAP",
    "electronic book section": "ECHAP", "thesis": "THES", "report": "RPRT",
    "unpublished work": "UNPB", "manuscript": "UNPB",
}  # fmt: skip
_WOS_LINE = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*)")
"""`TI A title`, `ER`."""
_WOS = {
    "AF": "AU", "TI": "TI", "SO": "T2", "SE": "T3", "PY": "PY", "PD": "DA", "VL": "VL", "IS": "IS",
    "BP": "SP", "EP": "EP", "AR": "C7", "DI": "DO", "AB": "AB", "DE": "KW", "PU": "PB", "PI": "CY",
    "BE": "A2", "CA": "AU",
}  # fmt: skip
_WOS_TYPES = {"J": "JOUR", "C": "CONF", "S": "CHAP", "B": "BOOK"}
_ONE_EACH = ("AU", "A2", "UR")
"""Tags with a value on each line; in all others the lines below go on with the first."""


class _Line(NamedTuple):
    number: int
    tag: str
    value: str


def read_endnote(text: str, file: str | None = None) -> Bibliography:
    """Read an EndNote file, as Google Scholar and publishers export it too.

    A record begins with `%0` or behind an empty line.
    """
    records: list[Record] = []
    is_between = True
    for line in _read_lines(text, _ENDNOTE_LINE):
        if line.tag == "%0" or (is_between and line.tag):
            records.append(Record(line.number, [("TY", _find_endnote_type(line))]))
        is_between = not (line.tag or line.value)
        if records and line.tag != "%0":
            _add(records[-1], line, _ENDNOTE)
    return read_records(records, file)


def _find_endnote_type(line: _Line) -> str:
    return _ENDNOTE_TYPES.get(line.value.lower(), "GEN") if line.tag == "%0" else "GEN"


def read_web_of_science(text: str, file: str | None = None) -> Bibliography:
    """Read a file of Web of Science: `FN`, records from `PT` to `ER`, `EF`."""
    records: list[Record] = []
    for line in _read_lines(text, _WOS_LINE):
        if line.tag == "PT":
            records.append(Record(line.number, [("TY", _WOS_TYPES.get(line.value, "GEN"))]))
        elif records and line.tag not in ("ER", "EF"):
            _add(records[-1], line, _WOS)
    for record in records:
        has_full_names = any(tag == "AU" for tag, _ in record.lines)
        # Records from before 2006 have the short names alone.
        short = [] if has_full_names else [("AU", v) for tag, v in record.lines if tag == "(AU)"]
        others = [(tag, value) for tag, value in record.lines if tag != "(AU)"]
        record.lines = _unfold(others + short)
    return read_records(records, file)


def _read_lines(text: str, pattern: re.Pattern[str]) -> Iterator[_Line]:
    """Yield every line; one that goes on with the line above has no tag."""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        found = pattern.fullmatch(line)
        if found is not None:
            yield _Line(number, found[1], (found[2] or "").strip())
        else:
            yield _Line(number, "", line.strip())


def _add(record: Record, line: _Line, names: Mapping[str, str]) -> None:
    # A tag that RIS does not have gets brackets: some mean another thing there.
    tag = names.get(line.tag, f"({line.tag})") if line.tag else ""
    above = record.lines[-1][0]
    if not tag and line.value and above.strip("()") in _ONE_EACH:
        tag = above
    if tag or line.value:
        record.add(tag, line.value)


def _unfold(lines: Lines) -> Lines:
    """Join folded texts, and put the keywords that semicolons separate on lines of their own."""
    unfolded = [(tag, value.replace("\n", " ")) for tag, value in lines]
    return [(tag, value.replace("; ", "\n") if tag == "KW" else value) for tag, value in unfolded]
