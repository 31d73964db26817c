r"""Titles, names and other lines as services and bibliographies give them, made those of a record.

They come with HTML (`<i>`, `&amp;`), MathML, line breaks, hidden characters and final periods.
LaTeX is for `catalog.importers.bibliography.latex`.
"""

import re

from catalog.model.draft import to_name_value
from catalog.model.names import parse_name
from catalog.model.types import Value
from catalog.text.characters import drop_surplus_marks, find_hidden, unescape

# The TeX that MathML may carry along, which says more than the text of its elements.
_MATH_SOURCE = re.compile(
    r"<(?:\w+:)?annotation[^<>]*encoding=\"application/x-tex\"[^>]*>(.*?)</", re.DOTALL | re.I
)
# Crossref and PubMed write the prefix: `<mml:math>`.
_MATH_END = re.compile(r"</(?:\w+:)?math>", re.IGNORECASE)
# One formula with all of its elements.
_MATH = re.compile(r"<(?:\w+:)?math\b.*?</(?:\w+:)?math>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:\w+:[\w-]+|i|b|u|em|strong|sub|sup|scp?|tt|span|p|br|div|a|font|small|big|code|s|q|cite"
    r"|italic|bold|roman|title|abstract|sec|list|list-item|label|inline-formula|tex-math|math|mi|mn"
    r"|mo|ms|mrow|msub|msup|msubsup|mfrac|msqrt|mroot|mtext|mspace|mover|munder|munderover|mtable"
    r"|mtr|mtd|mstyle|mmultiscripts|mprescripts|mfenced|menclose|mpadded|mphantom"
    r"|alternatives|h[1-6]|ul|ol|li|img|nobr|underline|monospace|styled-content|ext-link|xref"
    r"|x|emphasis|formula|inf|sc|annotation|semantics|html|body|head|script|style|iframe"
    r"|object|embed|svg|form|input|button|link|meta|video|audio|table|tr|td|th|details|summary"
    r"|select|textarea)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags of HTML, JATS and MathML; `<More>` in a title is a word."""
# Line ends and runs of spaces, as indented XML leaves them.
_SPACES = re.compile(r"\s+")
# `Things , and More`: what a removed tag leaves before punctuation.
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?)])")
LONGEST_LINE = 20_000
"""Characters of a text with its markup that are read: far more than any title or name has."""
_ELLIPSES = ("...", "…")
# DBLP numbers people of one name: `Ada Example 0001`.
_DBLP_NUMBER = re.compile(r"\s+\d{4}$")


def clean_title(text: str) -> str:
    """Return a title as a record has it: one line of plain text, without final period."""
    plain = clean_line(text)
    if plain.endswith(".") and not plain.endswith(_ELLIPSES):
        plain = plain[:-1].rstrip()
    return plain


def clean_line(text: str) -> str:
    """Return text as one line without markup and hidden characters, of its first 20,000 ones."""
    plain = _take_formulas(text[:LONGEST_LINE])
    plain = _TAG.sub("", plain)
    for _ in range(2):  # some services escape twice: &amp;amp;
        plain = unescape(plain)
    plain = drop_surplus_marks(_TAG.sub("", plain))
    hidden = {found.character for found in find_hidden(plain)}
    plain = "".join(" " if c.isspace() else c for c in plain if c not in hidden or c.isspace())
    return _SPACES.sub(" ", plain).strip()


def _take_formulas(text: str) -> str:
    # Behind the last end of a formula is none: a search from each beginning there would find none
    # and take the square of the length.
    ends = [found.end() for found in _MATH_END.finditer(text)]
    return _MATH.sub(_take_math, text[: ends[-1]]) + text[ends[-1] :] if ends else text


def _take_math(found: re.Match[str]) -> str:
    """Return the LaTeX of a formula, or else its letters."""
    source = _MATH_SOURCE.search(found[0])
    if source is not None:
        return f"${source[1].strip().strip('$')}$"
    return _SPACE_BEFORE.sub(r"\1", _SPACES.sub(" ", _TAG.sub(" ", found[0]))).strip()


def clean_name(text: str) -> Value | None:
    """Return a name given as one text in its explicit form, or None when the text is not a name."""
    plain = _DBLP_NUMBER.sub("", clean_line(text)).strip(" ,;")
    if not plain:
        return None
    try:
        return to_name_value(parse_name(plain))
    except ValueError:
        return {"literal": plain}
