"""Where every line of a source went: into a record, kept, skipped with a reason, or unread."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from catalog.importers.markdown.lines import LONGEST_LINE, SourceLines


class Fate(StrEnum):
    """Where a line went."""

    RECORD = "record"
    """Into a record."""
    RESOURCE = "resource"
    """Into something that is not a paper: a data set, a tool, a course."""
    SECTION = "section"
    """Into the tree of sections."""
    PROSE = "prose"
    """Kept as text of the list or of a section."""
    SKIPPED = "skipped"
    """Left out, with a reason."""
    UNPARSED = "unparsed"
    """Not understood, with a reason."""
    MARKUP = "markup"
    """Tags, rules and the frames of tables, which hold nothing."""
    BLANK = "blank"
    """Empty."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A line that was skipped or not understood, why, and what it says."""

    line: int
    reason: str
    text: str


class Spanned(Protocol):
    """Anything with a first and a last line."""

    start: int
    end: int


class Account:
    """The account of a source's lines: each has one fate, and a later claim replaces an earlier."""

    def __init__(self, source: SourceLines) -> None:
        self._source = source
        self._fates: list[Fate | None] = [None] * len(source.lines)
        self._remarks: dict[int, Remark] = {}

    def claim(self, start: int, end: int, fate: Fate) -> None:
        """Yield the lines `start` to `end` their fate."""
        for line in range(start, min(end, len(self._fates)) + 1):
            self._fates[line - 1] = fate
            self._remarks.pop(line, None)

    def fate_of(self, line: int) -> Fate | None:
        """Return where a line went so far."""
        return self._fates[line - 1]

    def skip(self, block: Spanned, reason: str) -> None:
        """Leave out the lines of a block, one remark for all of them."""
        self._remark(block, Fate.SKIPPED, reason)

    def leave(self, block: Spanned, reason: str) -> None:
        """Record that the lines of a block were not understood."""
        self._remark(block, Fate.UNPARSED, reason)

    def _remark(self, block: Spanned, fate: Fate, reason: str) -> None:
        self.claim(block.start, block.end, fate)
        remark = Remark(block.start, reason, self._source.show(block.start))
        self._remarks[block.start] = remark

    def close(self) -> None:
        """Yield every line that nothing claimed its fate: blank, or not understood."""
        for number in self._source.overlong:
            self._leave_line(number, f"a line of more than {LONGEST_LINE:,} characters")
        for index, line in enumerate(self._source.lines):
            if not line.strip():
                self._fates[index] = Fate.BLANK
            elif self._fates[index] is None:
                self._take_unclaimed(index)

    def _take_unclaimed(self, index: int) -> None:
        line = self._source.lines[index].strip()
        if (line.startswith("[") and "]:" in line) or not re.sub(r"<[^>]*>", "", line).strip(
            " |-:>"
        ):
            # A link's definition leaves no trace in the tree; tags and rules show nothing.
            self._fates[index] = Fate.MARKUP
            return
        self._leave_line(index + 1, "in no entry")

    def _leave_line(self, number: int, reason: str) -> None:
        self._fates[number - 1] = Fate.UNPARSED
        self._remarks[number] = Remark(number, reason, self._source.show(number))

    @property
    def fates(self) -> tuple[Fate, ...]:
        """Where each line went, once the account is closed."""
        return tuple(fate or Fate.UNPARSED for fate in self._fates)

    @property
    def skipped(self) -> list[Remark]:
        """What was left out, by line."""
        return list(self._with(Fate.SKIPPED))

    @property
    def unparsed(self) -> list[Remark]:
        """What was not understood, by line."""
        return list(self._with(Fate.UNPARSED))

    def _with(self, fate: Fate) -> Iterator[Remark]:
        for line, remark in sorted(self._remarks.items()):
            if self._fates[line - 1] is fate:
                yield remark


def count_lines(source: SourceLines, fates: Sequence[Fate]) -> dict[Fate, int]:
    """Return how many lines of the file went where; the sum is the number of its lines.

    `fates` are those of the lines of `source`. Lines of an HTML page that show nothing are markup.
    """
    written = source.written
    if written is not None:
        by_line = {
            number: fate
            for (first, last), fate in zip(written.spans, fates, strict=True)
            if fate is not Fate.BLANK
            for number in range(first, last + 1)
        }
        fates = [
            by_line.get(number, Fate.MARKUP) if line.strip() else Fate.BLANK
            for number, line in enumerate(written.file_lines, 1)
        ]
    counted = Counter(fates)
    return {fate: counted[fate] for fate in Fate}
