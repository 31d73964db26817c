"""The words of lists, `words.toml`: labels of links and fields, what headings announce, hosts."""

import re
import tomllib
from functools import cache
from importlib import resources

Patterns = tuple[tuple[str, re.Pattern[str]], ...]
"""Names with their pattern, in the order in which they are tried."""


@cache
def read_words(table: str) -> Patterns:
    """Return the names of a table with a pattern each; before a starred word others may stand."""
    return tuple((name, _compile(words)) for name, words in _read()[table].items())


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    text = resources.files("catalog.importers.markdown").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


def _compile(words: list[str]) -> re.Pattern[str]:
    parts = [rf"(?:.*\b)?{word[1:]}" if word.startswith("*") else word for word in words]
    return re.compile(f"(?:{'|'.join(parts)})", re.IGNORECASE)


def find_word(table: str, text: str) -> str | None:
    """Return the first name of a table whose pattern matches the whole of `text`, or None."""
    return next((name for name, pattern in read_words(table) if pattern.fullmatch(text)), None)
