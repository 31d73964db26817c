"""Characters that nobody sees: those that command how text is shown, and those that only hide.

A terminal obeys control characters, and the Unicode bidirectional controls let text read otherwise
than it is in the file (https://trojansource.codes). Zero-width characters split a word that
looks whole, so that no search finds it.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LINE_PATTERN = r"^[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$"
"""One line of text: no control character, no space at its ends."""

# C0 without tab and line ends, DEL, C1, the line and paragraph separators, bidirectional
# embeddings, overrides and isolates, and the code points that no text has: surrogates (halves of a
# pair, as JSON may write them) and two more.
_COMMANDS = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff"
)
# Soft hyphen, joiners, marks of direction, fillers, zero-width spaces, the byte order mark, tags.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2060-\u2065"
    "\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
# Joiners belong to the spelling of several scripts and to emoji; after a Latin letter they hide.
_STRAY_JOINER = "(?<![^\x00-\u024f])[\u200c\u200d]"

_INVISIBLE_OR_STRAY = re.compile(f"[{_INVISIBLE}]|{_STRAY_JOINER}")
_HIDDEN = re.compile(f"(?P<command>[{_COMMANDS}])|{_INVISIBLE_OR_STRAY.pattern}")
"""Any of the three; its group `command` holds those that are errors."""
# A quick look that most text passes; where joiners belong is decided by the slower pattern.
_SUSPECT = re.compile(f"[{_COMMANDS}{_INVISIBLE}\u200c\u200d]")
# Those alone that a finding calls an error: the others only hide.
_COMMAND = re.compile(f"[{_COMMANDS}]")
# Deleting these from UTF-8 leaves nothing of plain ASCII: the quickest look of all.
_PLAIN_BYTES = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character that is not seen, at `index` of its text.

    `is_command` marks characters that change how other text is shown; the others only hide.
    """

    character: str
    index: int
    is_command: bool

    @property
    def name(self) -> str:
        """The character for a message: `U+202E (RIGHT-TO-LEFT OVERRIDE)`."""
        code = f"U+{ord(self.character):04X}"
        name = unicodedata.name(self.character, "")
        return f"{code} ({name})" if name else code


def find_hidden(text: str) -> Iterator[Hidden]:
    """Yield every hidden character of `text`."""
    for found in _HIDDEN.finditer(text):
        yield Hidden(found[0], found.start(), found["command"] is not None)


def find_first_hidden(text: str) -> Iterator[Hidden]:
    """Yield the first hidden character of each of the two sorts, however many there are."""
    if _SUSPECT.search(text) is None:
        return
    searches = ((_COMMAND.search(text), True), (_INVISIBLE_OR_STRAY.search(text), False))
    firsts = [Hidden(found[0], found.start(), sort) for found, sort in searches if found]
    yield from sorted(firsts, key=lambda hidden: hidden.index)


def has_suspects(data: bytes) -> bool:
    """Return whether UTF-8 text may hold hidden characters.

    It looks at what is left without printable ASCII: a large plain file costs next to nothing.
    """
    rest = data.translate(None, _PLAIN_BYTES)
    return bool(rest) and _SUSPECT.search(rest.decode("utf-8", "replace")) is not None


def blank_commands(text: str) -> str:
    """Replace the characters that command by spaces: every other one keeps its place."""
    return _COMMAND.sub(" ", text)


def to_printable(text: str) -> str:
    """Return text that is safe on a terminal: what commands it, or hides, is shown by its code.

    What GitHub takes for a workflow command in any place of a log (`##[`) is parted by a space.
    """
    text = text.replace("##[", "## [")
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{ord(c):04x}" if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") else c
        for c in text
    )


MOST_MARKS = 30
"""Combining marks in a row: no language has more, and composing takes the square of their number.

https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""
# All but ASCII, Latin letters, Han, Kana and Hangul: where marks are, among other letters.
_LONG_RUN = re.compile(
    r"[^\x00-\u02ff\s\u3001-\u3029\u3031-\u3098\u309b-\u9fff\uac00-\ud7af\uff00-\uffef]"
    rf"{{{MOST_MARKS + 1},}}"
)


def may_have_surplus_marks(data: bytes) -> bool:
    """Return whether UTF-8 text may hold too many marks in a row; it looks at what is not ASCII."""
    rest = data.translate(None, _PLAIN_BYTES)
    return bool(rest) and _LONG_RUN.search(rest.decode("utf-8", "replace")) is not None


def drop_surplus_marks(text: str, filler: str = "") -> str:
    """Put `filler` in the place of each combining mark above the thirtieth in a row."""
    return _LONG_RUN.sub(lambda run: "".join(_thin(run[0], filler)), text)


def _thin(run: str, filler: str) -> Iterator[str]:
    marks = 0
    for character in run:
        marks = marks + 1 if unicodedata.combining(character) else 0
        yield character if marks <= MOST_MARKS else filler


# No character has a number of so many digits; Python refuses to read one of more than 4,300.
_ABSURD_REFERENCE = re.compile(r"&#(?:x[0-9a-f]{8,}|[0-9]{8,});?", re.IGNORECASE)


def unescape(markup: str) -> str:
    """Return the text of HTML's character references: `&amp;` is `&`. It takes any text."""
    return html.unescape(_ABSURD_REFERENCE.sub("\ufffd", markup)) if "&" in markup else markup
