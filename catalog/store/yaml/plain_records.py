r"""A list of records, read one by one: those in the plain form by a pattern, the others by libyaml.

Most records are lines such as `year: 2024`, `title: "A Title"` and `authors: [Ada Example, B. C.]`.
One pattern reads them in a third of the time that libyaml takes to report their parts. It matches
only what libyaml reads in the same way; a test compares the two. Everything else, and every doubt,
is left to libyaml. Where a value stands is found by reading its record again, when it is needed.
"""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

from catalog.model.findings import FieldPath, Finding
from catalog.model.types import Value
from catalog.store.yaml.document import Document
from catalog.store.yaml.reader import Reader

LEAST = 100_000
"""Characters: libyaml reads less than that in the time in which the patterns are compiled."""

_SKIPPED = r"(?:\ *(?:\#[^\n]*)?\n)*+"
"""Blank lines and comments."""
_NAME = "[a-z_]+"
_NULL = "(?:null|Null|NULL)"
"""Empty values, which the reader refuses."""
# `"An Example: Part 1"` without escapes, and `'It''s'`.
_QUOTED = r""" "[^"\\\n]++" | '(?:[^'\n]|'')++' """
# `A: b` would be a mapping, in `C # 1` a comment begins, and `-x`, `*x`, `[x` are not text.
_PLAIN = rf"(?!{_NULL}\n) [\w(/$] (?:[^:\#\n]|:(?![\ \n])|(?<!\ )\#)*+ (?<!\ )"
# In brackets a comma, a bracket, a colon or a question mark may end the text too.
_WORDS = rf"(?!{_NULL}[,\]]) \w [^\[\]{{}},:\#?\n]*+ (?<!\ )"
_ADDRESS = r"https?://[^\s\[\]{},:\#?]++"
_SCALAR = rf"(?:{_QUOTED}|{_PLAIN})"
_ITEM = rf"(?:{_QUOTED}|{_WORDS})"
_TABLE = rf"\{{ {_NAME}:\ {_ADDRESS} (?:,\ {_NAME}:\ {_ADDRESS})*+ \}}"

_PAPERS = re.compile(r"^papers: *(?:#.*)?\n", re.MULTILINE)
_FIRST = re.compile(rf"{_SKIPPED}(?P<indent>\ *)-\ ", re.VERBOSE)
_ITEMS = re.compile(_ITEM, re.VERBOSE)
# What libyaml takes for the end of a line or of a document, besides `\n`.
_OTHER_ENDS = ("\r", "\x85", "\u2028", "\u2029", "\ufeff", "\n...")


class RecordsDocument(Document):
    """A document whose records, at the path `at`, are known with the text of each.

    `head` is the document of everything up to the end of the first record.
    """

    def __init__(
        self, head: Document, values: list[Value], at: FieldPath, texts: Sequence[str]
    ) -> None:
        value: Value = {**head.value, "papers": values} if isinstance(head.value, dict) else values
        super().__init__(head.file, value, array("Q"), head.notes)
        self._values = values
        self._head = head
        self._at = at
        self._texts = texts
        self._read = lru_cache(1)(lambda index: _read(texts[index], head.file, at))

    def by_text(self) -> Iterator[tuple[str, Value]]:
        """Yield the text and the value of each record."""
        return zip(self._texts, self._values, strict=True)

    def text_of(self, path: FieldPath) -> str | None:
        """Return the text of the record at `path`."""
        return self._texts[int(path[len(self._at)])]

    def place(self, path: FieldPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column of a value or its key, as `Document.place` does."""
        depth = len(self._at)
        index = path[depth] if path[:depth] == self._at and len(path) > depth else None
        if not (isinstance(index, int) and 1 <= index < len(self._texts)):
            return self._head.place(path, at_key=at_key)
        line, column = self._read(index).place((*self._at, 0, *path[depth + 1 :]), at_key=at_key)
        return self._lines_before[index] + line - depth, column

    @cached_property
    def _lines_before(self) -> list[int]:
        first, _ = self._head.place((*self._at, 0))
        counts = (text.count("\n") for text in self._texts)
        return list(accumulate(counts, initial=first - 1))


def read_records(
    text: str,
    file: str,
    notes: list[tuple[Finding, FieldPath]],
    known: Mapping[str, Value],
) -> Document | None:
    """Read a text that ends with a list of records; return None when libyaml must read all of it.

    `notes` are the findings about the text itself, `known` the values of records by their text.
    """
    start = _PAPERS.search(text)
    at: FieldPath = ("papers",) if start is not None else ()
    first = _FIRST.match(text, start.end() if start is not None else 0)
    if first is None or any(end in text for end in _OTHER_ENDS):
        return None
    hyphen = f"{first['indent']}- "
    records = text[first.end() :].split(f"\n{hyphen}")
    texts = [f"{hyphen}{record}\n" for record in records[:-1]] + [hyphen + records[-1]]
    head = Reader(text[: first.start("indent")] + texts[0], file, list(notes)).read()
    values = _values_of(head, at)
    if values is None or len(values) != 1 or len(head.notes) > len(notes):
        return None
    rest = _read_each(texts[1:], len(first["indent"]), file, at, known)
    return RecordsDocument(head, values + rest, at, texts) if rest is not None else None


def _read_each(
    texts: Sequence[str], indent: int, file: str, at: FieldPath, known: Mapping[str, Value]
) -> list[Value] | None:
    """Return the value of each record, None when one of them is not whole in itself."""
    record, field = _compile(indent)

    def read(text: str) -> Value | None:
        is_plain = record.fullmatch(text) and text.replace("\n", "").isprintable()
        return _to_value(field.findall(text)) if is_plain else None

    found = [known.get(text) or read(text) for text in texts]
    others = [text for text, value in zip(texts, found, strict=True) if value is None]
    if others:
        # Each text begins with its only hyphen in this column: if libyaml finds as many items as
        # there are texts, each text is one item, whatever its neighbours are.
        document = _read("".join(others), file, at)
        values = _values_of(document, at)
        if document.notes or values is None or len(values) != len(others):
            return None
        rest = iter(values)
        found = [next(rest) if value is None else value for value in found]
    return [value for value in found if value is not None]


def _read(text: str, file: str, at: FieldPath) -> Document:
    return Reader(f"papers:\n{text}" if at else text, file, []).read()


def _values_of(document: Document, at: FieldPath) -> list[Value] | None:
    """Return the records of a document that is a list, or a mapping that ends with one."""
    value = document.value
    if at:
        is_last = isinstance(value, dict) and next(reversed(value), None) == "papers"
        value = value["papers"] if isinstance(value, dict) and is_last else None
    return value if isinstance(value, list) else None


@lru_cache
def _compile(indent: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a record, and the one that finds its fields.

    A field of the second one is its name and one of: text in quotation marks, plain text, the rest.
    """
    left, inner = rf"\ {{{indent + 2}}}", rf"\ {{{indent + 4}}}"
    items = rf"\[ {_ITEM} (?:,(?:\ |\n{inner}){_ITEM})*+ \]"
    folded = rf">- (?:\n{inner}[^\s][^\n]*+(?<!\ ))++"
    lines = (rf"{inner}-\ {_SCALAR}", rf"{left}-\ {_SCALAR}", rf"{inner}{_NAME}:\ {_SCALAR}")
    below = "|".join(rf"(?:\n{line})++" for line in lines)
    field = rf"{_NAME}: (?:\ (?:{_SCALAR}|{items}|{_TABLE}|{folded})|{below})\n"
    record = rf"\ {{{indent}}}-\ {field} (?:{left}{field})*+ (?:\n|\ {{{indent}}}\#[^\n]*\n)*+"
    rest = rf".* (?:\n(?:{inner}[^ ]|{left}-).*)*"
    part = rf'^\ {{{indent}}}(?:-\ |\ \ )({_NAME}): (?:\ "(.*)"|\ ([\w(/$].*)|({rest}))$'
    return re.compile(record, re.VERBOSE), re.compile(part, re.VERBOSE | re.MULTILINE)


def _to_value(fields: list[tuple[str, str, str, str]]) -> Value | None:
    """Return the mapping of some fields, None when a name is there twice."""
    found: dict[str, Value] = {}
    for name, quoted, plain, rest in fields:
        text = quoted or plain
        if text:
            found[name] = text
        else:
            value = _to_part(rest)
            if value is None:
                return None
            found[name] = value
    return found if len(found) == len(fields) else None


def _to_part(text: str) -> Value | None:
    """Return the value after a colon: `'A'`, `[A, B]`, `{page: A}`, `>-` or lines below it."""
    begin, *lines = map(str.strip, text.split("\n"))
    if not begin:
        is_list = lines[0][0] == "-"
        return [_to_text(line[2:]) for line in lines] if is_list else _to_table(lines)
    if begin == ">-":
        return " ".join(lines)
    whole = " ".join((begin, *lines))
    if begin[0] == "[":
        return [_to_text(item) for item in _split(whole)]
    return _to_table(whole[1:-1].split(", ")) if begin[0] == "{" else _to_text(begin)


def _split(items: str) -> list[str]:
    is_quoted = '"' in items or "'" in items
    return _ITEMS.findall(items) if is_quoted else items[1:-1].split(", ")


def _to_table(parts: list[str]) -> Value | None:
    found: dict[str, Value] = {}
    for part in parts:
        name, _, text = part.partition(": ")
        found[name] = _to_text(text)
    return found if len(found) == len(parts) else None


def _to_text(text: str) -> str:
    if text[0] == '"':
        return text[1:-1]
    return text[1:-1].replace("''", "'") if text[0] == "'" else text
