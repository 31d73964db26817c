"""Texts without the punctuation that links and separators leave at their ends."""

import re

_EDGE = " \t\n,.;:|/\\*_~·•-–—→()[]{}【】`\"“”„'’‘&+>#（）《》，。；：、"


def strip_edges(text: str) -> str:
    """Return `text` without the punctuation that links and separators leave at its ends."""
    return " ".join(text.split()).strip(_EDGE)


def strip_clause(clause: str) -> str:
    """Return a clause without separators at its ends; the period of an initial stays."""
    bare = (
        " ".join(clause.split())
        .strip(' ,;:|/\\*_~·•-–—→()[]{}【】`"“”（）《》，。；：')
        .lstrip(" .")
    )
    return bare if re.search(r"\b(?:[A-Z]|al|etc)\.$", bare) else bare.rstrip(".")
