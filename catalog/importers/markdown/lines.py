"""The lines of a source: decoded, its mojibake fixed, and readable for a Markdown parser.

What authors write nearly right (`-[Title](…)`, a list right below `</summary>`) is made right for
the parser only; every line that the parser sees knows its line in the file.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import ftfy
from ftfy.badness import is_bad

from catalog.errors import UnreadableInputError

_BULLET_WITHOUT_SPACE = re.compile(r"^(\s*)([-+])(?=\[[^\]]+\]\(|\*\*)")
"""`-[Title](…)`, `-**Title**`: bullets to the eye, text to Markdown."""
_NUMBER_WITHOUT_SPACE = re.compile(r"^(\s*\d{1,4}[.)])(?=\[|\*\*|<a )")
_HEADING_WITHOUT_SPACE = re.compile(r"^(#{2,6})(?=[^\s#!\d])")
_OTHER_BULLET = re.compile(r"^(\s*)[•◦●▪‣·]\s*(?=\S)")
_TAG_LINE = re.compile(
    r"^\s*</?(?:details|summary|div|p|a|br|span|font|center|h[1-6]|hr|img|section|b)\b[^<]*",
    re.IGNORECASE,
)
"""A line that begins with a tag of layout: `<div align="center">`, `</details>`."""
_MARKDOWN_LINE = re.compile(r"^\s{0,3}(?:[-*+]\s|\d{1,4}[.)]\s|#{1,6}\s|\||\*\*|\[|>)")
"""A line that is Markdown again: `- `, `1. `, `## `, `|`, `**`, `[`, `> `."""
_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
_LARGEST = 16 * 1024 * 1024
_MOST_LINES = 50_000
"""The longest public lists have 20,000; a larger file is a dump, and would take minutes."""
LONGEST_LINE = 10_000
"""Characters of a line that is read. What authors write stays below 5,000, abstracts in it."""


@dataclass(frozen=True, slots=True)
class WrittenLines:
    """Where lines come from that are not those of a file in Markdown, but written from it.

    `file_lines` are those of the file, `spans` for each written line its first and last line there.
    """

    file_lines: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SourceLines:
    """A source by its lines.

    `lines` are the file's own, mojibake fixed, or, of a file in another format, the same text as
    Markdown (`written` knows where it was); `prepared` what the parser reads, and `origins` for
    each line of it the index in `lines`. `repaired` are the numbers of the lines with mojibake,
    `overlong` of those that are too long to be read; the parser gets an empty line for each.
    """

    file: str
    lines: tuple[str, ...]
    prepared: str
    origins: tuple[int, ...]
    repaired: tuple[int, ...]
    overlong: tuple[int, ...] = ()
    written: "WrittenLines | None" = None

    def place_of(self, line: int) -> int:
        """Return where line `line` is in the file, for a message."""
        return self.written.spans[line - 1][0] if self.written is not None else line

    def show(self, line: int) -> str:
        """Return the text of line `line` (from 1) for a message."""
        return self.lines[line - 1].strip()[:200]


def read_lines(data: bytes, file: str) -> SourceLines:
    """Decode `data` into lines.

    Raises:
        UnreadableInputError: when it is not text in UTF-8, larger than 16 MiB, or has more than
            50,000 lines.
    """
    if len(data) > _LARGEST:
        raise UnreadableInputError(Path(file), "is larger than 16 MiB; import it in parts")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableInputError(Path(file), "is UTF-16; save it as UTF-8")
    if b"\x00" in data[:8192]:
        raise UnreadableInputError(Path(file), "is not text; a list in Markdown is wanted")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start + 1}); save it as UTF-8"
        raise UnreadableInputError(Path(file), message) from error
    lines = re.split(r"\r\n|\n|\r", text)
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > _MOST_LINES:
        raise UnreadableInputError(
            Path(file), f"has more than {_MOST_LINES:,} lines; import it in parts"
        )
    overlong = tuple(number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE)
    repaired = tuple(_repair_mojibake(line) for line in lines)
    pairs = zip(lines, repaired, strict=True)
    changed = [number for number, (was, now) in enumerate(pairs, 1) if was != now]
    prepared, origins = _prepare(repaired)
    return SourceLines(file, repaired, prepared, origins, tuple(changed), overlong)


def _repair_mojibake(line: str) -> str:
    """Undo a wrong decoding where there is no doubt: `SimÃ©oni` gives `Siméoni`."""
    if line.isascii() or len(line) > LONGEST_LINE or not is_bad(line):
        return line
    repaired = ftfy.fix_encoding(line)
    return line if is_bad(repaired) or "\ufffd" in repaired else repaired


def _prepare(lines: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    prepared: list[str] = []
    origins: list[int] = []
    fence = ""
    is_comment = False
    for index, line in enumerate(lines):
        shown = line if len(line) <= LONGEST_LINE else ""
        fence = fence if is_comment else _follow_fence(line, fence)
        if not is_comment and not fence:
            shown = _make_right(shown)
            if index and _MARKDOWN_LINE.match(shown) and _is_tag_line(lines[index - 1]):
                prepared.append("")
                origins.append(index - 1)
        if not fence:
            is_comment = _is_in_comment(line, is_comment)
        prepared.append(shown.replace("\x00", "\ufffd"))
        origins.append(index)
    return "\n".join(prepared), tuple(origins)


def _follow_fence(line: str, fence: str) -> str:
    """Return the mark of the fence that is open after `line`, or ""."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    is_end = found[1].startswith(fence) and not line.strip().strip(found[1][0])
    return "" if is_end else fence


def _is_tag_line(line: str) -> bool:
    """Return whether a line holds HTML tags alone, or ends a summary."""
    stripped = line.strip()
    if not _TAG_LINE.match(stripped) or not stripped.endswith(">"):
        return False
    return stripped.endswith("</summary>") or not re.sub(r"<[^>]*>", "", stripped).strip()


def _is_in_comment(line: str, is_comment: bool) -> bool:
    for mark in re.findall(r"<!--|-->", line):
        is_comment = mark == "<!--"
    return is_comment


def _make_right(line: str) -> str:
    line = _BULLET_WITHOUT_SPACE.sub(r"\1\2 ", line)
    line = _NUMBER_WITHOUT_SPACE.sub(r"\1 ", line)
    line = _HEADING_WITHOUT_SPACE.sub(r"\1 ", line)
    return _OTHER_BULLET.sub(r"\1- ", line)
