r"""BibTeX as BibTeX's own grammar has it: entries with their values, and what is not one, by line.

    for block in scan_bibtex(text):
        match block:
            case RawEntry(): block.fields  # (name, value, line) each
            case Malformed(): block.reason, block.line

A value is read whole or not at all: pieces are joined by `#` alone, so a missing comma never glues
two fields together. After a fault the scan goes on with the next entry at the start of a line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

LONGEST_JOINED, _MOST_JOINED = 100_000, 10_000_000
"""Characters that the macros in one value, and those in a file, may stand for: macros of macros
double a text endlessly, and two kilobytes would fill the memory."""

_LONGEST_COMMENT = 1_000_000
"""Characters in which the end of `@comment{…` is looked for: JabRef's hold the groups of a library,
and a brace that never closes must not cost a look at the whole file for each comment."""
_OPEN = re.compile(r"@[ \t]*([A-Za-z][\w-]*)[ \t\r\n]*([{(])")
"""`@article{`, `@ string (`."""
_LINE_COMMENT = re.compile(r"[ \t]*%")
_NEXT_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]", re.MULTILINE)
"""An entry at the start of a line, where reading goes on after one that is broken."""
_INNER_ENTRY = re.compile(
    r"\n[ \t]*@[ \t]*[A-Za-z]\w*[ \t]*[{(][^\s,{}=]*[ \t]*,[ \t]*(?:\n|\w+\s*=)"
)
"""`@article{key,` at the start of a line inside a value: a brace before it was not closed."""
_KEY = re.compile(r"([^,={}\"]*?)[ \t\r\n]*(?:,|(?=\}|\)[ \t\r\n]*(?:@|\Z)))")
"""`marsh2020,`, `marsh(2020),`, an empty key, and one without fields behind it: `{marsh2020}`."""
_NAME = re.compile(r"[\s,]*([^\s=,{}()\"#%@]+)[ \t\r\n]*=[ \t\r\n]*")
"""`title = `, with the commas that were forgotten or written twice before it."""
_WORD = re.compile(r"[^\s#{}()\",=%]+")
_SPACE = re.compile(r"(?:\s|(?<=\n)[ \t]*%[^\n]*)*")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_LEFT_OVER = re.compile(r"\s*,?\s*[A-Za-z][\w:-]*\s*=\s*[{\"\w]")
"""What follows an entry that ended a brace too early: `, journal = {…`."""

MONTH_MACROS = {
    name: name
    for name in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
}
_STYLE_MACROS = {
    "acmcs": "ACM Computing Surveys",
    "acta": "Acta Informatica",
    "cacm": "Communications of the ACM",
    "ibmjrd": "IBM Journal of Research and Development",
    "ibmsj": "IBM Systems Journal",
    "ieeese": "IEEE Transactions on Software Engineering",
    "ieeetc": "IEEE Transactions on Computers",
    "ieeetcad": "IEEE Transactions on Computer-Aided Design of Integrated Circuits",
    "ipl": "Information Processing Letters",
    "jacm": "Journal of the ACM",
    "jcss": "Journal of Computer and System Sciences",
    "scp": "Science of Computer Programming",
    "sicomp": "SIAM Journal on Computing",
    "tocs": "ACM Transactions on Computer Systems",
    "tods": "ACM Transactions on Database Systems",
    "tog": "ACM Transactions on Graphics",
    "toms": "ACM Transactions on Mathematical Software",
    "toois": "ACM Transactions on Office Information Systems",
    "toplas": "ACM Transactions on Programming Languages and Systems",
    "tcs": "Theoretical Computer Science",
}
"""The macros that plain.bst and the styles made from it define."""


class RawField(NamedTuple):
    """A field with its text in LaTeX. `unknown` names a macro of it that nothing defines."""

    name: str
    value: str
    line: int
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry: its type and its field names in lower case, the key as written."""

    kind: str
    key: str
    fields: tuple[RawField, ...]
    line: int
    text: str
    """Its first line."""


@dataclass(frozen=True, slots=True)
class Malformed:
    """An entry that is not BibTeX: the reason, its line and how it begins."""

    line: int
    reason: str
    text: str


class _BlockError(Exception):
    """What is wrong with an entry, and where the text goes on."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.position = position


def scan_bibtex(text: str) -> Iterator[RawEntry | Malformed]:
    """Yield the entries of a text in order; `@string` is resolved, comments are passed over."""
    scanner = _Scanner(text)
    position = 0
    while (found := _OPEN.search(text, position)) is not None:
        start_of_line = text.rfind("\n", 0, found.start()) + 1
        if _LINE_COMMENT.match(text, start_of_line, found.start()):
            position = scanner.end_of_line(found.start())
            continue
        position, block = scanner.read_block(found)
        if block is not None:
            yield block


class _Scanner:
    """Reads blocks of one text, and remembers its macros."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._macros: dict[str, str | None] = {**_STYLE_MACROS, **MONTH_MACROS}
        self._entries = [found.start() + 1 for found in _INNER_ENTRY.finditer(text)]
        self._left = _MOST_JOINED
        self._line_at, self._line = 0, 1

    def end_of_line(self, position: int) -> int:
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end + 1

    def read_block(self, found: re.Match[str]) -> tuple[int, RawEntry | Malformed | None]:
        """Return where the block ends, and the entry if it is one."""
        kind, start = found[1].lower(), found.start()
        line = self._line_of(start)
        try:
            if kind == "comment":
                return self._skip_comment(found), None
            if kind in ("preamble", "string"):
                return self._read_definition(kind, found), None
            end, entry = self._read_entry(kind, found, line)
        except _BlockError as fault:
            end = self._recover(max(fault.position, found.end()))
            return end, Malformed(line, str(fault), self._first_line(start))
        if (left_over := _LEFT_OVER.match(self._text, end)) is not None:
            last = entry.fields[-1].name if entry.fields else "the key"
            reason = f"a closing brace too many: the entry ends after {last}"
            end = self._recover(left_over.end())
            return end, Malformed(line, reason, self._first_line(start))
        return end, entry

    def _line_of(self, position: int) -> int:
        """Return the line of a position; positions only grow, so each line is counted once."""
        if position < self._line_at:
            return self._text.count("\n", 0, position) + 1
        self._line += self._text.count("\n", self._line_at, position)
        self._line_at = position
        return self._line

    def _first_line(self, start: int) -> str:
        return self._text[start : self.end_of_line(start)].strip()[:200]

    def _recover(self, position: int) -> int:
        found = _NEXT_ENTRY.search(self._text, position)
        return found.start() if found is not None else len(self._text)

    def _skip_comment(self, found: re.Match[str]) -> int:
        try:
            stop = min(len(self._text), found.end() + _LONGEST_COMMENT)
            return self._find_brace(found.end(), limit=stop)
        except _BlockError:
            return self.end_of_line(found.start())

    def _read_definition(self, kind: str, found: re.Match[str]) -> int:
        """Read `@string{name = value}`, or pass over `@preamble{value}`."""
        position = found.end()
        name = None
        if kind == "string":
            named = _NAME.match(self._text, position)
            if named is None:
                raise _BlockError("@string without a name", position)
            name, position = named[1].lower(), named.end()
        value, position, _ = self._read_value(position)
        if name is not None:
            self._macros[name] = value
        return self._read_close(position, found[2], "the value")

    def _read_entry(self, kind: str, found: re.Match[str], line: int) -> tuple[int, RawEntry]:
        key, position = self._read_key(found.end())
        fields: list[RawField] = []
        closing = "}" if found[2] == "{" else ")"
        while True:
            position = self._skip(position)
            if self._text.startswith(closing, position):
                break
            position = self._read_field(position, fields)
        entry = RawEntry(kind, key, tuple(fields), line, self._first_line(found.start()))
        return position + 1, entry

    def _skip(self, position: int) -> int:
        """Return where something stands after spaces, stray commas and lines of comment."""
        while True:
            end = _SPACE.match(self._text, position).end()  # type: ignore[union-attr] # it matches ""
            if not self._text.startswith(",", end):
                return end
            position = end + 1

    def _read_key(self, position: int) -> tuple[str, int]:
        found = _KEY.match(self._text, position)
        if found is not None:
            return found[1].strip(), found.end()
        named = _NAME.match(self._text, position)
        if named is not None:
            return "", position  # `@article{title={…`, without a key
        raise _BlockError("there is no comma after the key", position)

    def _read_field(self, position: int, fields: list[RawField]) -> int:
        """Read `name = value` and the comma after it; return where the text goes on."""
        previous = f"the field {fields[-1].name}" if fields else "the key"
        named = _NAME.match(self._text, position)
        if named is None:
            if position >= len(self._text) or _NEXT_ENTRY.match(self._text, position):
                raise _BlockError(f"it is not closed after {previous}", position)
            shown = " ".join(self._text[position : position + 30].split())
            raise _BlockError(f"after {previous}, {shown!r} is not a field", position)
        name = named[1].lower()
        line = self._line_of(named.start(1))
        value, position, unknown = self._read_value(named.end())
        if value is None:
            reason = f"{name}: its macros stand for more than {LONGEST_JOINED:,} characters"
            raise _BlockError(reason, position)
        fields.append(RawField(name, value.strip(), line, unknown))
        position = _SPACE.match(self._text, position).end()  # type: ignore[union-attr] # as above
        if self._text[position : position + 1] not in (",", "}", ")"):
            raise _BlockError(f"there is no comma after the field {name}", position)
        return position

    def _read_close(self, position: int, opening: str, what: str) -> int:
        position = self._skip(position)
        closing = "}" if opening == "{" else ")"
        if not self._text.startswith(closing, position):
            raise _BlockError(f"it is not closed after {what}", position)
        return position + 1

    def _read_value(self, position: int) -> tuple[str | None, int, str | None]:
        """Return a value, where it ends, and a macro that nothing defines.

        The value is None when its macros stand for more than is read.
        """
        parts: list[str | None] = []
        unknown, joined = None, 0
        while True:
            position = _SPACE.match(self._text, position).end()  # type: ignore[union-attr] # as above
            if self._text.startswith("{", position):
                end = self._find_brace(position + 1)
                parts.append(self._text[position + 1 : end - 1])
            elif self._text.startswith('"', position):
                end = self._find_quote(position + 1)
                parts.append(self._text[position + 1 : end - 1])
            elif (word := _WORD.match(self._text, position)) is not None:
                end = word.end()
                text, unknown = self._look_up(word[0], unknown)
                joined += len(text or "")
                parts.append(text if joined <= min(LONGEST_JOINED, self._left) else None)
            else:
                raise _BlockError("a value is missing", position)
            position = _SPACE.match(self._text, end).end()  # type: ignore[union-attr] # as above
            if not self._text.startswith("#", position):
                break
            position += 1
        self._left -= joined
        whole = None if None in parts else "".join(part or "" for part in parts)
        return whole, end, unknown

    def _look_up(self, word: str, unknown: str | None) -> tuple[str | None, str | None]:
        if word.isdigit():
            return word, unknown
        if word.lower() in self._macros:
            return self._macros[word.lower()], unknown
        return word, unknown or word

    def _find_brace(self, start: int, *, limit: int | None = None) -> int:
        """Return the position after the brace that closes the one before `start`."""
        depth = 1
        stop = self._find_stop(start) if limit is None else limit
        for found in _BRACE.finditer(self._text, start, stop):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.end()
        raise _BlockError("a brace is not closed", stop)

    def _find_quote(self, start: int) -> int:
        depth, stop = 0, self._find_stop(start)
        for found in _BRACE_OR_QUOTE.finditer(self._text, start, stop):
            if found[0] == '"' and depth == 0:
                return found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if depth < 0:
                raise _BlockError("a brace inside quotes is not opened", found.start())
        raise _BlockError("a quote is not closed", stop)

    def _find_stop(self, start: int) -> int:
        """Return where the next entry begins: a value that reaches it is not closed."""
        place = bisect_right(self._entries, start)
        return self._entries[place] if place < len(self._entries) else len(self._text)
