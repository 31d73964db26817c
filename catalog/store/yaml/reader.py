"""A document from libyaml's events, or the findings that say why a part of it is refused."""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import Any, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs leave it out
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

from catalog.model.findings import MOST_ERRORS, Code, FieldPath, Finding, Severity, note_many, quote
from catalog.model.types import Value
from catalog.store.yaml.document import ITEM, LINE_SHIFT, Document
from catalog.text.characters import MOST_MARKS, Hidden, drop_surplus_marks, find_hidden

# The format nests five levels deep. Recursion in Python ends at about 1,000.
MAX_DEPTH = 32

_EMPTY_PLAIN = frozenset(["", "~", "null", "Null", "NULL"])
_SYNTAX_HINTS = {
    "mapping values are not allowed": "Quote the value if it has a colon, or check the indentation",
    "did not find expected": "Check the indentation: fields of one record begin in one column",
    "found character that cannot start": "Quote the value, and indent with spaces instead of tabs",
    "found a tab character": "Indent with spaces instead of tabs",
    "found unexpected end of stream": "Close the quote or the bracket",
}
_SYNTAX_HINT = "Look for a missing quote, or an indent that differs from its neighbours"
_CONFLICT_HINT = "Resolve the merge conflict and delete the lines <<<<<<<, ======= and >>>>>>>"
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
"""Marks that git leaves in a file: `<<<<<<< HEAD`."""
_TOO_DEEP = f"this is nested deeper than {MAX_DEPTH} levels"
_TOO_DEEP_HINT = "Flatten it"


def note_hidden(hidden: Hidden, file: str, line: int, column: int) -> Finding:
    """Return the finding for a hidden character at a place of a file."""
    if hidden.is_command:
        message = f"the character {hidden.name} changes how other text is shown"
        return Finding(Code.TEXT_CONTROL, Severity.ERROR, file, line, column, message, "Delete it")
    message = f"the character {hidden.name} is invisible"
    return Finding(Code.TEXT_INVISIBLE, Severity.WARNING, file, line, column, message, "Delete it")


def note_marks(file: str, line: int, column: int) -> Finding:
    """Return the finding for too many combining marks in a row at a place of a file."""
    message = f"more than {MOST_MARKS} combining marks in a row cover the text around them"
    return Finding(Code.TEXT_CONTROL, Severity.ERROR, file, line, column, message, "delete them")


def _is_odd(text: str) -> bool:
    return not (text.isascii() and text.isprintable())


class _Dropped:
    """Stands for the key of a value that is refused: its marks go when it ends."""

    def __init__(self, marks: int) -> None:
        self.marks = marks


class _UnreadableError(Exception):
    """The rest of the file cannot be read."""

    def __init__(self, code: Code, message: str, hint: str, mark: Any) -> None:  # noqa: ANN401 - libyaml's
        super().__init__(message)
        self.code = code
        self.hint = hint
        self.mark = mark


class _TooManyError(Exception):
    """The file has more errors than anyone fixes at once."""


class Reader:
    """Builds the value from libyaml's events, with a stack of its own (no recursion to exhaust)."""

    def __init__(self, text: str, file: str, notes: list[tuple[Finding, FieldPath]]) -> None:
        self._text = text
        self._file = file
        self._marks = array("Q")
        self._notes = notes
        self._refused: list[FieldPath] = []
        self._documents = 0
        self._root: Value | None = None
        # The open containers, and for each the key (mappings) that waits for its value.
        self._containers: list[dict[str, Value] | list[Value]] = []
        self._keys: list[str | _Dropped | None] = []

    def read(self) -> Document:
        """Return the document of the whole text."""
        try:
            self._build(CParser(self._text))
        except _UnreadableError as error:
            self._note(error.code, str(error), error.hint, error.mark)
        except yaml.MarkedYAMLError as error:
            self._note_syntax(error)
        except _TooManyError:
            self._notes.append((note_many(self._file), ()))
        else:
            if self._root is None and not self._refused:
                message = "the file is empty"
                self._note(
                    Code.FILE_EMPTY, message, "write a list of papers, or delete the file", None
                )
            return Document(self._file, self._root, self._marks, self._notes, self._refused)
        # Half a record is worse than none: what was read so far is not shown to the model.
        return Document(self._file, None, array("Q"), self._notes)

    def _build(self, parser: CParser) -> None:  # noqa: C901, PLR0912 - one loop, for speed
        """Walk the events. The branches are in the order of how often they are taken."""
        next_event = parser.get_event
        add_mark = self._marks.append
        containers, keys = self._containers, self._keys
        while True:
            # The stubs know neither the events of each kind nor that each has its marks.
            event: Any = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                # Two thirds of all events: those without a snag are placed right here.
                text, style, mark = event.value, event.style, event.start_mark
                if not containers or event.anchor or event.tag or (style == '"' and _is_odd(text)):
                    self._take_scalar(event)
                    continue
                container: Any = containers[-1]
                key: Any = keys[-1]
                if key is None and container.__class__ is dict:
                    if text in container or text == "<<":
                        self._open_key(text, mark)
                        continue
                    keys[-1] = text
                elif not text or key.__class__ is _Dropped or (not style and text in _EMPTY_PLAIN):
                    self._take_scalar(event)
                    continue
                elif key is None:
                    container.append(text)
                else:
                    container[key] = text
                    keys[-1] = None
                add_mark(mark.line << LINE_SHIFT | mark.column)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    self._note_extras(event)
                mark = event.start_mark
                if len(containers) >= MAX_DEPTH or self._waits_for_key():
                    self._refuse_container(mark)
                add_mark(mark.line << LINE_SHIFT | mark.column)
                containers.append({} if kind is MappingStartEvent else [])
                keys.append(None)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                keys.pop()
                self._place_value(containers.pop())
            elif kind is AliasEvent:
                self._refuse_alias(event)
            elif kind is DocumentStartEvent:
                self._count_document(event.start_mark)
            elif kind is StreamEndEvent:
                return

    def _take_scalar(self, event: Any) -> None:  # noqa: ANN401 - see _build
        """Place a scalar of any kind, or refuse it."""
        mark, text, style = event.start_mark, event.value, event.style
        if event.anchor or event.tag:
            self._note_extras(event)
        is_key = self._waits_for_key()
        if style == '"' and _is_odd(text):
            if self._has_pile(event) or self._has_command(event):
                self._refuse(mark, is_key=is_key)
                return
            # What is written as an escape has not been composed with the file.
            text = unicodedata.normalize("NFC", text)
        if is_key:
            self._open_key(text, mark)
        elif not text or (not style and text in _EMPTY_PLAIN):
            self._refuse_empty(mark)
        else:
            self._add_mark(mark)
            self._place_value(text)

    def _waits_for_key(self) -> bool:
        return bool(self._containers) and (
            self._containers[-1].__class__ is dict and self._keys[-1] is None
        )

    def _refuse_container(self, mark: yaml.Mark) -> NoReturn:
        if len(self._containers) >= MAX_DEPTH:
            raise _UnreadableError(Code.YAML_DEPTH, _TOO_DEEP, _TOO_DEEP_HINT, mark)
        message = "the name of a field is a list or a mapping"
        hint = "Write `name: value`; quote a name that begins with [ or {"
        raise _UnreadableError(Code.YAML_KEY, message, hint, mark)

    def _open_key(self, text: str, mark: yaml.Mark) -> None:
        if text in self._containers[-1]:
            message = f"the field {quote(text)} stands twice in one mapping"
            path = (*self._path(), text)
            self._note(Code.FIELD_REPEATED, message, "keep one of the two", mark, path)
            self._refused.append((*path, ITEM))
            self._keys[-1] = _Dropped(len(self._marks))
        elif text == "<<":
            message = "merge keys are not read"
            self._note(Code.YAML_MERGE, message, "write the fields out", mark, self._path())
            self._keys[-1] = _Dropped(len(self._marks))
        else:
            self._keys[-1] = text
        self._add_mark(mark)

    def _add_mark(self, mark: yaml.Mark) -> None:
        self._marks.append(mark.line << LINE_SHIFT | mark.column)

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

    def _refuse(self, mark: yaml.Mark, *, is_key: bool = False) -> None:
        """Leave out a key with its value, a value or an item: a finding says what is wrong."""
        if is_key:
            self._keys[-1] = _Dropped(len(self._marks))
            self._add_mark(mark)
            return
        container = self._containers[-1] if self._containers else None
        if isinstance(container, list):
            self._refused.append((*self._path()[:-1], ITEM))
            return
        self._refused.append(self._path())
        if self._keys:
            key, self._keys[-1] = self._keys[-1], None
            del self._marks[key.marks if isinstance(key, _Dropped) else -1 :]

    def _refuse_empty(self, mark: yaml.Mark) -> None:
        """An empty value is a fault where it stands; the model then sees the field as absent."""
        key = self._keys[-1] if self._keys else None
        if self._containers and not isinstance(key, _Dropped):
            name = quote(key) if key is not None else "an item of the list"
            hint = "Give it a value or delete the line; quote the word if it is meant as text"
            self._note(Code.VALUE_EMPTY, f"{name} has no value", hint, mark, self._path())
        if self._containers:
            self._refuse(mark)

    def _refuse_alias(self, event: Any) -> None:  # noqa: ANN401 - see _build
        mark = event.start_mark
        key = self._keys[-1] if self._keys else None
        if not isinstance(key, _Dropped):
            message = f"the alias *{event.anchor} is not read"
            self._note(Code.YAML_ALIAS, message, "Write the value out", mark, self._path())
        self._refuse(mark, is_key=self._waits_for_key())

    def _has_pile(self, event: Any) -> bool:  # noqa: ANN401 - see _build
        r"""Note a pile of combining marks that a value writes as `\u…`."""
        if drop_surplus_marks(event.value) == event.value:
            return False
        start = event.start_mark
        self._add_note(note_marks(self._file, start.line + 1, start.column + 1), self._path())
        return True

    def _has_command(self, event: Any) -> bool:  # noqa: ANN401 - see _build
        r"""Note the hidden characters that a value writes as `\u…`; say whether one commands."""
        start, end = event.start_mark, event.end_mark
        raw = set(self._text[start.index : end.index])
        escaped = [hidden for hidden in find_hidden(event.value) if hidden.character not in raw]
        for is_command in sorted({hidden.is_command for hidden in escaped}):
            hidden = next(item for item in escaped if item.is_command is is_command)
            finding = note_hidden(hidden, self._file, start.line + 1, start.column + 1)
            self._add_note(finding, self._path())
        return any(hidden.is_command for hidden in escaped)

    def _note_extras(self, event: Any) -> None:  # noqa: ANN401 - see _build
        mark = event.start_mark
        if event.anchor:
            message = f"the anchor &{event.anchor} is not read"
            self._note(Code.YAML_ANCHOR, message, "Delete it", mark, self._path())
        if event.tag and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the tag {tag} is not read"
            self._note(Code.YAML_TAG, message, "Delete it", mark, self._path())

    def _note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark, begun = error.problem_mark, error.context_mark
        context = f" ({error.context})" if error.context else ""
        if begun and mark and begun.line != mark.line:
            context = f" ({error.context}, which begins in line {begun.line + 1})"
        problem = str(error.problem)
        if problem.startswith("exceeded maximum nesting depth"):  # libyaml since 0.2.6
            self._note(Code.YAML_DEPTH, _TOO_DEEP, _TOO_DEEP_HINT, mark or begun)
            return
        hint = next(
            (hint for start, hint in _SYNTAX_HINTS.items() if problem.startswith(start)), None
        )
        if _CONFLICT.search(self._text):
            hint = _CONFLICT_HINT
        message = f"not valid YAML: {problem}{context}"
        self._note(Code.YAML_SYNTAX, message, hint or _SYNTAX_HINT, mark or begun)

    def _count_document(self, mark: yaml.Mark) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here"
            hint = "Delete the line ---; put more records into files of papers/"
            raise _UnreadableError(Code.YAML_DOCUMENTS, message, hint, mark)

    def _path(self) -> FieldPath:
        """Return the path to the value that is read now, as far as it is known."""
        path: list[str | int] = []
        for container, key in zip(self._containers, self._keys, strict=True):
            if isinstance(container, list):
                path.append(len(container))
            elif isinstance(key, str):
                path.append(key)
            else:
                break
        return tuple(path)

    def _note(self, code: Code, message: str, hint: str, mark: Any, path: FieldPath = ()) -> None:  # noqa: ANN401 - see _build
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        finding = Finding(code, Severity.ERROR, self._file, line, column, message, hint)
        self._add_note(finding, path)

    def _add_note(self, finding: Finding, path: FieldPath) -> None:
        self._notes.append((finding, path))
        if len(self._notes) > MOST_ERRORS:
            raise _TooManyError
