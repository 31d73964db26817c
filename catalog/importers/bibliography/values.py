"""Values of BibTeX's fields: texts in braces or quotes, and names that stand for texts, joined."""

import re

from bibtexparser.model import String

LONGEST_JOINED, _MOST_JOINED = 100_000, 10_000_000
"""Characters that the names in one value, and those in a file, may stand for."""
_TOKEN = re.compile(r"\s*(?:#\s*)?(\{|\"|[^\s#{}\"]+)")


class OverlongError(Exception):
    """A value is longer than what is read, once its names stand for their texts."""


class Strings:
    """The texts that names stand for (`@string`), and how much of them may still be put in.

    Names of names of names double a text without end: two kilobytes would fill the memory.
    """

    def __init__(self) -> None:
        self._texts: dict[str, str | None] = {}
        self._left = _MOST_JOINED

    def define(self, block: String) -> None:
        """Take in what a name stands for."""
        try:
            text = self.evaluate(block.value)
        except OverlongError:
            text = None  # whatever uses the name is too long as well
        self._texts[block.key.lower()] = text

    def evaluate(self, raw: str) -> str:
        """Return the text of a value: `"a" # name # {b}`; a name that is not defined stays.

        Raises `OverlongError`.
        """
        parts, position, joined = [], 0, 0
        while (found := _TOKEN.match(raw, position)) is not None:
            token = found[1]
            if token in ("{", '"'):
                end = find_end(raw, found.end(), token)
                parts.append(raw[found.end() : end])
                position = end + 1
                continue
            position = found.end()
            if token.lower() not in self._texts:
                parts.append(token)
                continue
            text = self._texts[token.lower()]
            joined += len(text or "")
            if text is None or joined > min(LONGEST_JOINED, self._left):
                raise OverlongError
            parts.append(text)
        self._left -= joined
        return "".join(parts)


def find_end(raw: str, start: int, opening: str) -> int:
    """Return where a value ends that begins after a brace or a quote."""
    depth = 0
    for index in range(start, len(raw)):
        character = raw[index]
        if depth == 0 and character == ("}" if opening == "{" else '"'):
            return index
        if raw[index - 1] != "\\" or opening == "{":
            depth += (character == "{") - (character == "}")
    return len(raw)
