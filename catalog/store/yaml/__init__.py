"""YAML as text with places: the only package that reads YAML.

Every scalar is taken as the text that is in the file, so that 2401.10000 stays an arXiv id,
`no` a word and 12:30 a title; the model decides the type. What a curated list has no use for, and
an attacker has, is refused with its place: anchors and aliases, tags, merge keys, several
documents, deep nesting, equal keys.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from catalog.model.findings import MOST_ERRORS, Code, FieldPath, Finding, Severity
from catalog.model.types import Value
from catalog.store.yaml.document import ITEM, Document, refuse
from catalog.store.yaml.plain_records import LEAST, read_records
from catalog.store.yaml.reader import MAX_DEPTH, Reader, note_hidden, note_marks
from catalog.text.characters import (
    blank_commands,
    drop_surplus_marks,
    find_first_hidden,
    has_suspects,
    may_have_surplus_marks,
)

__all__ = [
    "ITEM",
    "LARGE_BYTES",
    "MAX_BYTES",
    "MAX_DEPTH",
    "Document",
    "read_yaml",
    "refuse",
]

MAX_BYTES = 64 * 1024 * 1024
"""A file larger than this is refused: 100,000 papers are kept as a file per year."""
LARGE_BYTES = 50_000_000
"""Above this GitHub warns at each push; it refuses files of more than 100 MB. Source:
https://docs.github.com/en/repositories/working-with-files/managing-large-files."""

_SPLIT_HINT = "Split it: papers/ next to papers.yaml can have any number of files"


def read_yaml(data: bytes, file: str, known: Mapping[str, Value] | None = None) -> Document:
    """Read one YAML file. `file` is the name that findings show.

    `known` are the values of records of a long file by their text.

    Returns a document whose `findings` are empty when all of the file was understood.
    """
    fault = _find_unreadable(data, file)
    if fault is not None:
        return refuse(file, fault)
    text = data.decode("utf-8-sig")
    notes: list[tuple[Finding, FieldPath]] = []
    if may_have_surplus_marks(data):
        notes += ((note, ()) for note in islice(_find_piled_lines(text, file), MOST_ERRORS))
        text = drop_surplus_marks(text, " ")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if len(data) > LARGE_BYTES:
        notes.append((_note_size(data, file), ()))
    if has_suspects(data):
        notes += ((finding, ()) for finding in islice(_find_hidden_lines(text, file), MOST_ERRORS))
        text = blank_commands(text)
    found = read_records(text, file, notes, known or {}) if len(text) >= LEAST else None
    return found or Reader(text, file, notes).read()


def _find_unreadable(data: bytes, file: str) -> Finding | None:
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES:,} bytes, the most that is read"
        return Finding(Code.FILE_SIZE, Severity.ERROR, file, 1, 1, message, _SPLIT_HINT)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "Save the file as UTF-8"
        return Finding(Code.FILE_ENCODING, Severity.ERROR, file, line, column, message, hint)
    return None


def _note_size(data: bytes, file: str) -> Finding:
    message = f"the file has {len(data):,} bytes; GitHub warns above 50 MB and refuses 100 MB"
    return Finding(Code.FILE_SIZE, Severity.WARNING, file, 1, 1, message, _SPLIT_HINT)


def _find_hidden_lines(text: str, file: str) -> Iterator[Finding]:
    """Yield a finding for the first hidden character of each sort in a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        for hidden in find_first_hidden(line):
            yield note_hidden(hidden, file, number, hidden.index + 1)


def _find_piled_lines(text: str, file: str) -> Iterator[Finding]:
    """Yield a finding for the first pile of combining marks in a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        thinned = drop_surplus_marks(line, "\0")
        if thinned != line:
            yield note_marks(file, number, thinned.index("\0") + 1)
