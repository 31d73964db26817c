"""YAML as text with places: the only module that knows YAML.

Every scalar is taken as the text that stands in the file, so that 2401.10000 stays an arXiv id, `no`
a word and 12:30 a title; the model decides the type. What a curated list has no use for, and an
attacker has, is refused with its place: anchors and aliases, tags, merge keys, several documents,
deep nesting, equal keys.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias, Union

import yaml
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from catalog.findings import Finding, Path, Severity

Value: TypeAlias = Union[str, "list[Value]", "dict[str, Value]"]

MAX_BYTES = 64 * 1024 * 1024
"""A file larger than this is refused: 100,000 papers are kept as a file per year."""
MAX_DEPTH = 32

_EMPTY_PLAIN = frozenset(["", "~", "null", "Null", "NULL"])
_LINE_SHIFT = 32
_COLUMN_MASK = (1 << _LINE_SHIFT) - 1


class Document:
    """The value of one YAML file and the place of each of its parts.

    `marks` holds one number for each key, scalar and container, in the order of the file: line and
    column from 0, packed. A place is found by counting through `value` in the same order, so that
    places cost eight bytes a value and nothing until one is asked for.
    """

    def __init__(self, file: str, value: Value | None, marks: array[int], findings: Sequence[Finding]):
        self.file = file
        self.value = value
        self.findings = tuple(findings)
        self._marks = marks
        self._offsets: dict[int, list[int]] = {}

    def place(self, path: Path, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column, both from 1, of the value at `path`, or of its key.

        Where the path leads to nothing (a missing field), it is the place of the last part that is there.
        """
        mark, value = 0, self.value
        for depth, step in enumerate(path):
            if isinstance(value, dict):
                if step not in value:
                    break
                position = list(value).index(str(step))
                mark += self._offsets_of(value)[position]
                if depth == len(path) - 1 and at_key:
                    break
                mark, value = mark + 1, value[str(step)]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                mark += self._offsets_of(value)[step]
                value = value[step]
            else:
                break
        return self._unpack(mark)

    def _unpack(self, mark: int) -> tuple[int, int]:
        packed = self._marks[mark] if mark < len(self._marks) else 0
        return (packed >> _LINE_SHIFT) + 1, (packed & _COLUMN_MASK) + 1

    def _offsets_of(self, container: dict[str, Value] | list[Value]) -> list[int]:
        """Return the number of marks from the container's own to each of its parts."""
        offsets = self._offsets.get(id(container))
        if offsets is None:
            if isinstance(container, dict):
                sizes = [1 + _count_marks(part) for part in container.values()]
            else:
                sizes = [_count_marks(part) for part in container]
            offsets = self._offsets[id(container)] = list(accumulate(sizes, initial=1))
        return offsets


def _count_marks(value: Value) -> int:
    if isinstance(value, str):
        return 1
    if isinstance(value, dict):
        return 1 + sum(1 + _count_marks(part) for part in value.values())
    return 1 + sum(_count_marks(part) for part in value)


def read_yaml(data: bytes, file: str) -> Document:
    """Read one YAML file. `file` is the name that findings show.

    Returns a document whose `findings` are empty when all of the file was understood. Its value is
    None when nothing of it was.
    """
    text, finding = _decode(data, file)
    if finding is not None:
        return Document(file, None, array("Q"), [finding])
    return _Reader(text, file).read()


def _decode(data: bytes, file: str) -> tuple[str, Finding | None]:
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; {MAX_BYTES:,} is the most that is read"
        hint = "split it: papers/ beside papers.yaml may hold any number of files"
        return "", Finding("file-size", Severity.ERROR, file, 1, 1, message, hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", Finding(
            "file-encoding", Severity.ERROR, file, line, column, message, "save the file as UTF-8"
        )
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text, None


class _Dropped:
    """Stands for the key of a value that is refused: its marks go when it ends."""

    def __init__(self, marks: int) -> None:
        self.marks = marks


class _Reader:
    """Builds the value from libyaml's events, with a stack of its own (no recursion to exhaust)."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._marks = array("Q")
        self._findings: list[Finding] = []
        self._documents = 0
        self._root: Value | None = None
        # The open containers, and for each the key (mappings) that waits for its value.
        self._containers: list[dict[str, Value] | list[Value]] = []
        self._keys: list[str | _Dropped | None] = []

    def read(self) -> Document:
        try:
            self._build(CParser(self._text))
        except yaml.MarkedYAMLError as error:
            self._refuse_syntax(error)
            # Half a record is worse than none: what was read so far is not shown to the model.
            return Document(self._file, None, self._marks, self._findings)
        except yaml.reader.ReaderError as error:
            before = self._text.encode()[: error.position].decode("utf-8", "ignore")
            line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
            message = f"the character U+{ord(self._text[len(before)]):04X} cannot stand in YAML"
            self._note("yaml-syntax", message, "delete it", line, column)
            return Document(self._file, None, self._marks, self._findings)
        if self._root is None and not self._findings:
            self._note("file-empty", "the file is empty", "write a list of papers", 0, 0)
        return Document(self._file, self._root, self._marks, self._findings)

    def _build(self, parser: CParser) -> None:
        """Walk the events. The branches stand in the order of how often they are taken."""
        next_event = parser.get_event
        add_mark = self._marks.append
        containers, keys = self._containers, self._keys
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                mark, text = event.start_mark, event.value
                if event.anchor or event.tag:
                    self._refuse_extras(event)
                container = containers[-1] if containers else None
                if container.__class__ is dict and keys[-1] is None:
                    self._open_key(text, mark)
                    continue
                if not text or (not event.style and text in _EMPTY_PLAIN):
                    self._refuse_empty(mark)
                    continue
                add_mark(mark.line << _LINE_SHIFT | mark.column)
                self._place_value(text)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    self._refuse_extras(event)
                self._open_container({} if kind is MappingStartEvent else [], event.start_mark)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                container = containers.pop()
                keys.pop()
                self._place_value(container)
            elif kind is AliasEvent:
                self._refuse_alias(event)
            elif kind is DocumentStartEvent:
                self._count_document(event)
            elif kind is StreamEndEvent:
                return

    def _open_container(self, container: dict[str, Value] | list[Value], mark: yaml.Mark) -> None:
        if len(self._containers) >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem=f"nested deeper than {MAX_DEPTH} levels", problem_mark=mark)
        if self._containers and self._containers[-1].__class__ is dict and self._keys[-1] is None:
            raise yaml.MarkedYAMLError(problem="a key must be a word, not a list or mapping", problem_mark=mark)
        self._marks.append(mark.line << _LINE_SHIFT | mark.column)
        self._containers.append(container)
        self._keys.append(None)

    def _open_key(self, text: str, mark: yaml.Mark) -> None:
        container = self._containers[-1]
        if text in container:
            self._note(
                "key-repeated",
                f"the key {text!r} stands twice in one mapping",
                "keep one of the two",
                mark.line,
                mark.column,
                field=text,
            )
            self._keys[-1] = _Dropped(len(self._marks))
        elif text == "<<":
            self._note("yaml-merge", "merge keys are not read", "write the fields out", mark.line, mark.column)
            self._keys[-1] = _Dropped(len(self._marks))
        else:
            self._keys[-1] = text
        self._marks.append(mark.line << _LINE_SHIFT | mark.column)

    def _place_value(self, value: Value) -> None:
        """Put a finished value where its parent waits for it."""
        if not self._containers:
            self._root = value
            return
        container = self._containers[-1]
        if isinstance(container, list):
            container.append(value)
            return
        key = self._keys[-1]
        self._keys[-1] = None
        if isinstance(key, _Dropped):
            del self._marks[key.marks :]
        elif key is not None:
            container[key] = value

    def _refuse_empty(self, mark: yaml.Mark) -> None:
        """An empty value is a fault where it stands; the model then sees the field as absent."""
        if not self._containers:
            return
        key = self._keys[-1]
        self._keys[-1] = None
        if isinstance(key, _Dropped):
            del self._marks[key.marks :]
            return
        if key is not None:
            self._marks.pop()
        name = repr(key) if key is not None else "an item of the list"
        hint = "give it a value or delete the line; quote the word when it is meant as text"
        self._note("value-empty", f"{name} has no value", hint, mark.line, mark.column, field=key)

    def _refuse_extras(self, event: yaml.NodeEvent) -> None:
        mark = event.start_mark
        if event.anchor:
            self._note("yaml-anchor", f"the anchor &{event.anchor} is not read", "delete it", mark.line, mark.column)
        if event.tag and event.tag != "!":
            self._note("yaml-tag", f"the tag {event.tag} is not read", "delete it", mark.line, mark.column)

    def _refuse_alias(self, event: AliasEvent) -> None:
        mark = event.start_mark
        self._note("yaml-alias", f"the alias *{event.anchor} is not read", "write the value out", mark.line, mark.column)
        if self._containers and self._containers[-1].__class__ is dict and self._keys[-1] is None:
            self._keys[-1] = _Dropped(len(self._marks))
            return
        self._marks.append(mark.line << _LINE_SHIFT | mark.column)
        self._place_value(f"*{event.anchor}")

    def _refuse_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        context = f" ({error.context})" if error.context else ""
        hint = "often a missing quote, or an indent that differs from its neighbours"
        self._note("yaml-syntax", f"not valid YAML: {error.problem}{context}", hint, line, column)

    def _count_document(self, event: DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            raise yaml.MarkedYAMLError(problem="a second document starts here", problem_mark=event.start_mark)

    def _note(
        self, code: str, message: str, hint: str, line: int, column: int, field: str | None = None
    ) -> None:
        self._findings.append(
            Finding(code, Severity.ERROR, self._file, line + 1, column + 1, message, hint, field=field)
        )
