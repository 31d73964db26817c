"""Text for TeX: each character as LaTeX prints it and as BibTeX and its readers understand it.

Three targets. Portable text is for BibTeX: letters with diacritics become LaTeX's accents where
every reader knows the command, and stay in UTF-8 where one of them does not (`đ`, `ễ`, `“`): see
docs/decisions/0020-exports.md for the readers that were tried. UTF-8 is for BibLaTeX: letters stay.
ASCII is for what reads nothing else. In all of them what TeX reads as a command is escaped, and
signs that text fonts lack are set as math.

What LaTeX cannot write in ASCII (Han, Kana, Cyrillic, Arabic, emoji, …) stays in UTF-8 in all: a
transliteration would be invented. pdflatex then names the character; LuaLaTeX prints it with a font
that has it.
"""

# The keys of the tables are the characters meant, however alike to others.
# ruff: noqa: RUF001

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from catalog.render.citations.characters import (
    ACCENTS,
    BELOW,
    LATIN_1_SIGNS,
    LETTERS,
    MATH,
    NOTHING,
    PUNCTUATION,
    READ_ACCENTS,
    READ_BY_ALL,
    SHOWN_WITHOUT_TEX,
    SPECIAL,
)
from catalog.text.tex_commands import find_forbidden
from catalog.text.tex_math import MATH_SPAN, to_italic, to_unicode

_APART = "{}"
"""Keeps marks apart that TeX would join to another one; every reader drops it."""
_HORN = "\u031b"
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Stand for braces that pair up; Unicode has these two for such use inside of a program."""
_TIES = "\u00a0\u202f"
"""Spaces where no line ends."""
_SPECIAL = SPECIAL | {_OPEN: r"\{", _CLOSE: r"\}"}
# The first letter of a word that is Latin but not ASCII, with its marks: `Đ` and `Ș` in
# `Đặng-Ștefan`. Other scripts have no form in ASCII.
_INITIAL = re.compile(r"(?<![^\W\d_])(?<![\u0300-\u036f])([À-ɏḀ-ỿ][\u0300-\u036f]*)")
# Everything but what TeX prints as it stands and BibTeX does not count.
_SIGN = re.compile(r"[^A-Za-z0-9 ,.:;()/?!+=@*\[\]'-]")
_SAFE = _SIGN.sub("", "".join(map(chr, range(128)))).encode()
# Combining marks: `e` and U+0301 are one letter.
_MARK = re.compile("[\u0300-\u036f]")
# What is written as one: a run of Greek letters, which is a word and stays (one alone is a sign).
_UNIT = re.compile(_SIGN.pattern + r"(?:(?<=[Ͱ-Ͽἀ-῿])[Ͱ-Ͽἀ-῿]+)?")
# Moreover what would merge: a letter and its marks, neighbouring hyphens, quotes and commas.
_NEIGHBOURS = re.compile("[-–—'’ʼʹ”‘ʻ“,!?][-–—'’ʼʹ”‘ʻ“,]")
_RARE_UNIT = re.compile(
    r"[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿\u0300-\u036f]+|.[\u0300-\u036f]+|[-–—]{2,}|['’ʼʹ”]{2,}|[‘ʻ“]{2,}|"
    r"[!?][‘ʻ“]|,{2,}|" + _SIGN.pattern,
    re.DOTALL,
)
"""What TeX would read as one sign: `αβ`, `e` with its marks, `--`, `''`, `?‘`, `,,`."""
# A straight quote that opens: at the start, or behind a space, a bracket or a dash: `("What"`.
_OPENING = re.compile(r'(?<![^\s(\[{“‘—–/-])"(?=\S)')
# Runs of spaces, but not ties: a no-break space stays, as `~`.
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_ODD_SPACE = re.compile(r"[^\S\u00a0\u202f ]")
# What ends or breaks math: a bare `%`, `&` or `#`, and letters that math fonts lack.
_MATH_BREAKER = re.compile(r"(?<!\\)[%&#]|[^\x00-\x7f]")
_ALIKE = frozenset(["<compat>", "<font>", "<wide>", "<fraction>"])
"""Kinds of characters that say the same as ASCII letters: ligatures, math letters, full width."""
_RAISED = {"<super>": "textsuperscript", "<sub>": "textsubscript"}
_ALPHABETS = {
    "DOUBLE-STRUCK": "mathbb",
    "SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak",
    "BLACK-LETTER": "mathfrak",
}
"""Unicode's alphabets of math that TeX has a font for."""
# Letters of math, which TeX sets in italics between dollars.
_ITALIC = re.compile("([\U0001d434-\U0001d467\u210e]+)")


def to_ascii(text: str) -> str:
    """Write text in ASCII with LaTeX's commands, as BibTeX wants it."""
    return text if is_plain(text) else write_ascii(normalize(text))


def to_utf8(text: str) -> str:
    """Write text with its letters as they are, as BibLaTeX takes it."""
    return text if is_plain(text) else write_utf8(normalize(text))


def to_portable(text: str) -> str:
    """Write text with the accents that every reader of BibTeX knows, and all else in UTF-8."""
    return text if is_plain(text) else write_portable(normalize(text))


def to_portable_given(text: str) -> str:
    r"""Do what `to_portable` does, with all first letters of words in ASCII.

    Styles shorten given names to their first byte, or to the first `{\…}`: half a letter of UTF-8
    would be left.
    """
    if is_plain(text):
        return text
    return _write_given(text, write_portable)


def _write_given(text: str, write: Callable[[str], str]) -> str:
    parts = _INITIAL.split(normalize(text))
    return "".join(
        _write_initial(part) if index % 2 else write(part) for index, part in enumerate(parts)
    )


def _write_initial(letter: str) -> str:
    r"""Write a first letter as one unit for BibTeX.

    Nearly no reader knows `\UHORN` and `\textcommabelow`; some drop them with the letter.
    """
    written = write_ascii(letter)
    is_rare = "HORN" in written or r"\textcommabelow" in written
    return rf"{{\relax {letter}}}" if is_rare else written


def is_plain(text: str) -> bool:
    """Return whether TeX prints text as it stands: most texts, so this is asked first."""
    # What is left without the safe characters: four times as quick as a search for another one.
    others = text.encode().translate(None, _SAFE)
    return not (others or "--" in text or "''" in text or ",," in text or "  " in text)


def write_ascii(normalized: str) -> str:
    """Do what `to_ascii` does for text that is normalized."""
    return _find_units(normalized).sub(lambda found: _write_ascii(found[0]), normalized)


def write_portable(normalized: str) -> str:
    """Do what `to_portable` does for text that is normalized."""
    return _find_units(normalized).sub(lambda found: _write_portable(found[0]), normalized)


def to_unicode_tex(text: str) -> str:
    """Write text with every letter and every sign as it is: for readers that set no math."""
    return text if is_plain(text) else write_unicode(normalize(text))


def write_unicode(normalized: str) -> str:
    """Do what `to_unicode_tex` does for text that is normalized."""
    written = _find_units(normalized).sub(lambda found: _write_unicode(found[0]), normalized)
    # Pandoc takes `^^` and the next letter for a letter by its number, as TeX does.
    return re.sub(r"\^(?=\^)", "^{}", written)


def write_unicode_math(inside: str) -> str:
    """Write the inside of `$…$` in Unicode, as far as Unicode has it, in braces."""
    shown = to_unicode(f"${inside}$")
    return write_math(inside) if shown.startswith("$") else f"{{{to_unicode_tex(shown)}}}"


def to_signs(text: str) -> str:
    """Do what `to_portable` does, with signs as they are: for files that define them for TeX."""
    return text if is_plain(text) else write_signs(normalize(text))


def to_signs_given(text: str) -> str:
    """Do what `to_portable_given` does, with signs as they are."""
    if is_plain(text):
        return text
    return _write_given(text, write_signs)


def write_signs(normalized: str) -> str:
    """Do what `to_signs` does for text that is normalized."""
    return _find_units(normalized).sub(
        lambda found: _keep_sign(found[0]) or _write_portable(found[0]), normalized
    )


def to_utf8_signs(text: str) -> str:
    """Do what `to_utf8` does, with signs as they are."""
    return text if is_plain(text) else write_utf8_signs(normalize(text))


def write_utf8_signs(normalized: str) -> str:
    """Do what `to_utf8_signs` does for text that is normalized."""
    return _find_units(normalized).sub(
        lambda found: _keep_sign(found[0]) or _write_for_lualatex(found[0]), normalized
    )


@cache
def _keep_sign(unit: str) -> str | None:
    """Return a sign as it is, if files have it in Unicode."""
    if unit in _TIES:
        return _TIES[0]  # Typst shows a `~`, and fonts lack the narrow space.
    return unit if define_sign(unit) else None


def write_sign_math(inside: str) -> str:
    r"""Write the inside of `$…$` so that TeX and readers without TeX show the same.

    `O(n \log n)` gives `{{$O$}({$n$} log {$n$})}`: readers drop the dollars around a letter. What
    Unicode cannot show stays TeX.
    """
    shown = to_italic(inside)
    if shown is None or not inside.isascii():
        return write_math(inside)
    # Math has a space behind a comma: `(0,1)`.
    parts = _ITALIC.split(re.sub(r",(?=\S)", ", ", shown))
    written = [
        f"{{${unicodedata.normalize('NFKC', part)}$}}" if index % 2 else write_signs(part)
        for index, part in enumerate(parts)
    ]
    return f"{{{''.join(written)}}}"


@cache
def define_sign(sign: str) -> str | None:
    """Return the TeX that prints a sign that text fonts lack, such as `≤` and `₂`, or None."""
    if len(sign) != 1 or sign.isascii() or sign in LATIN_1_SIGNS or sign in PUNCTUATION:
        return None
    if sign in MATH:
        return rf"\ensuremath{{{MATH[sign]}}}"
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    alike = unicodedata.normalize("NFKC", sign).replace("−", "-")
    if kind == "<font>":
        return _define_letter(sign, alike)
    if kind in _RAISED and alike.isascii():
        return rf"\ensuremath{{{'^' if kind == '<super>' else '_'}{{{alike}}}}}"
    over, is_fraction, under = alike.partition("\u2044")
    return rf"\ensuremath{{\frac{{{over}}}{{{under}}}}}" if is_fraction else None


def _define_letter(sign: str, letter: str) -> str | None:
    font = next((_ALPHABETS[w] for w in unicodedata.name(sign).split() if w in _ALPHABETS), None)
    if font is None or not (letter.isascii() and letter.isalpha()):
        return None
    # Two of the three fonts need a package.
    return rf"\ensuremath{{\ifdefined\{font}\{font}{{{letter}}}\else\mathbf{{{letter}}}\fi}}"


def write_utf8(normalized: str) -> str:
    """Do what `to_utf8` does for text that is normalized."""
    return _find_units(normalized).sub(lambda found: _write_for_lualatex(found[0]), normalized)


def _write_for_lualatex(unit: str) -> str:
    """Keep neighbouring hyphens apart: LuaTeX joins them across an empty group."""
    if len(unit) > 1 and unit[0] == unit[1] and unit[0] in "-',":
        return r"\/".join(unit)
    return unit if unit in LATIN_1_SIGNS else _write_utf8(unit)


def _find_units(text: str) -> re.Pattern[str]:
    """Return the pattern for the units of `text`; the one for all kinds is eight times slower."""
    return _RARE_UNIT if _NEIGHBOURS.search(text) or _MARK.search(text) else _UNIT


def normalize(text: str) -> str:
    r"""Compose letters, give straight quotes their direction, leave one space between words.

    Braces that pair up are marked: readers know `\{` and `\}`, but BibTeX counts them.
    """
    if "  " in text or _ODD_SPACE.search(text):
        text = _SPACES.sub(" ", text)
    if "{" in text and is_balanced(text):
        text = text.replace("{", _OPEN).replace("}", _CLOSE)
    composed = unicodedata.normalize("NFC", text)
    return _OPENING.sub("“", composed).replace('"', "”") if '"' in composed else composed


def split_math(text: str) -> list[str]:
    """Split text at its math: every second part is the inside of `$…$`.

    The rule is Pandoc's: no space inside next to the signs, no digit after the closing one, so that
    prices stay prices. Math with unbalanced braces, with letters that math lacks or with a command
    that is not known to print alone is text.
    """
    if "$" not in text:
        return [text]
    parts, end = [], 0
    for found in MATH_SPAN.finditer(text):
        if _is_math(found[1]):
            parts += [text[end : found.start()], found[1]]
            end = found.end()
    return [*parts, text[end:]]


def _is_math(inside: str) -> bool:
    if find_forbidden(inside) is not None:
        return False
    return is_balanced(inside) and all(c.isascii() or c in MATH for c in inside)


def write_math(inside: str) -> str:
    """Write the inside of `$…$` as it stands, in braces that keep its letter case."""
    return "{$" + _MATH_BREAKER.sub(lambda found: _write_in_math(found[0]), inside) + "$}"


def is_balanced(text: str) -> bool:
    """Return whether braces pair up as BibTeX counts them: a backslash changes nothing."""
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@cache
def _write_ascii(unit: str) -> str:
    common = _write_utf8(unit)
    if common != unit:
        return common
    if len(unit) > 1 and unit[0] in PUNCTUATION.keys() | set("!?-'"):
        return _APART.join(PUNCTUATION.get(mark, mark) for mark in unit)
    if unit in PUNCTUATION:
        return PUNCTUATION[unit]
    if unit in LETTERS:
        return f"{{\\{LETTERS[unit]}}}"
    return _write_accents(unicodedata.normalize("NFD", unit)) or unit


@cache
def _write_unicode(unit: str) -> str:
    kind = unicodedata.decomposition(unit) if len(unit) == 1 else ""
    # Typst shows the `~` of a no-break space.
    is_shown = kind.startswith(("<su", "<fraction", "<noBreak> 0020"))
    if is_shown or unit in LATIN_1_SIGNS or unit in MATH or unit in SHOWN_WITHOUT_TEX:
        return unit
    return _write_utf8(unit)


@cache
def _write_portable(unit: str) -> str:
    if unit in LATIN_1_SIGNS:
        return unit
    if unit in READ_BY_ALL or unit in "\u2010\u2011":
        return _write_ascii(unit)
    if len(unit) > 1 and unit[0] == unit[1] and unit[0] in "'`":
        return _APART.join(unit)
    if unit[0] in PUNCTUATION or unit[0] in LETTERS:
        return _write_utf8(unit)
    decomposed = unicodedata.normalize("NFD", unit)
    is_usual = len(decomposed) == 2 and decomposed[0].isascii() and decomposed[1] in ACCENTS
    if is_usual and ACCENTS[decomposed[1]] in READ_ACCENTS and not _is_dotless(decomposed):
        return _write_accents(decomposed) or unit
    return _write_utf8(unit)


def _is_dotless(decomposed: str) -> bool:
    r"""Return whether LaTeX wants `\i` below the accent: few readers know it."""
    base, mark = decomposed[0], ACCENTS[decomposed[1]]
    return base in "ij" and mark not in BELOW and not (base == "i" and mark in "`'^\"")


@cache
def _write_utf8(unit: str) -> str:
    """Write what all targets write alike; everything else comes back as it is."""
    if unit in _SPECIAL:
        return _SPECIAL[unit]
    if unit in NOTHING:
        return ""
    if unit in MATH:
        return f"{{${MATH[unit]}$}}"
    if len(unit) == 1:
        return _write_alike(unit)
    if unit[0] == unit[1] and unit[0] in "-',":
        return _APART.join(unit)
    return _write_utf8(unit[0]) + unit[1:] if unit[0] in SPECIAL else unit


def _write_alike(character: str) -> str:
    kind, _, rest = unicodedata.decomposition(character).partition(" ")
    if kind in _RAISED and character not in PUNCTUATION:
        raised = "".join(chr(int(code, 16)) for code in rest.split())
        return f"{{\\{_RAISED[kind]}{{{to_ascii(raised)}}}}}"
    if kind in _ALIKE and character not in PUNCTUATION:
        alike = unicodedata.normalize("NFKC", character)
        over, is_fraction, under = alike.partition("\u2044")
        if is_fraction:
            # As text, `4⅓` would be `41/3`.
            return rf"{{$\frac{{{over}}}{{{under}}}$}}"
        if alike.isascii() and alike.isalnum():
            return alike
    return character


def _write_accents(decomposed: str) -> str | None:
    r"""Write a letter and its marks, or return None when LaTeX has no command for one of them.

    Marks above come first, marks below around them: every font encoding can set `\d{\^o}`.
    """
    base, marks = decomposed[0], decomposed[1:]
    if _HORN in marks:
        base, marks = unicodedata.normalize("NFC", base + _HORN), marks.replace(_HORN, "")
    accents = [ACCENTS.get(mark, "") for mark in marks]
    if not all(accents) or not ((base.isascii() and base.isalnum()) or base in LETTERS):
        return None
    accents.sort(key=BELOW.__contains__)
    # LaTeX itself has these four over an i, `{\'i}`; other marks want one without its dot.
    if base in "ij" and not (base == "i" and accents[0] in "`'^\"") and accents[0] not in BELOW:
        base = {"i": "ı", "j": "ȷ"}[base]
    written = f"\\{LETTERS[base]}" if base in LETTERS else base
    for accent in accents:
        is_bare = len(written) == 1 or written in (r"\i", r"\j")
        if is_bare and accent == "H":
            written = (
                f"\\H {written}" if len(written) == 1 else f"\\H{written}"
            )  # as Zotero reads it
        elif is_bare and not accent.isalpha():
            written = f"\\{accent}{written}"
        else:
            written = f"\\{accent}{{{written}}}"
    return f"{{{written}}}"


def _write_in_math(character: str) -> str:
    return f"{{{MATH[character]}}}" if character in MATH else f"\\{character}"
