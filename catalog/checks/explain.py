"""What a finding means and how to fix it: the page of the documentation, by code."""

import re
from functools import cache
from pathlib import Path

from catalog.errors import UsageError
from catalog.model.findings import Code
from catalog.text.spelling import did_you_mean

_PACKAGE = Path(__file__).parents[1]
_PAGE = "reference/findings.md"
_HEADING = re.compile(r"^### ([a-z0-9-]+)$", re.MULTILINE)
"""The heading of a code: `### venue-unknown`."""


def explain(code: str) -> str:
    """Return the Markdown that explains a finding, with its code as the heading.

    Raises `UsageError` for a code that does not exist.
    """
    sections = _read_sections()
    if code not in sections:
        hint = did_you_mean(code, sections, "`catalog explain` lists the codes")
        raise UsageError(f"there is no finding {code!r}. {hint}")
    return f"# {code}\n\n{sections[code]}\n"


def list_codes() -> list[str]:
    """Return every code, in the order of the documentation."""
    return [code for code in _read_sections() if code in list(Code)]


@cache
def _read_sections() -> dict[str, str]:
    carried = _PACKAGE / "docs"
    folder = carried if carried.is_dir() else _PACKAGE.parent / "docs"
    parts = _HEADING.split((folder / _PAGE).read_text(encoding="utf-8"))
    # A section ends where the next group of codes begins: `## Papers`.
    return {
        code: re.split(r"^## [A-Z]", text, maxsplit=1, flags=re.MULTILINE)[0].strip()
        for code, text in zip(parts[1::2], parts[2::2], strict=True)
    }
