"""Text for TeX: every character so that pdflatex prints it, and so that BibTeX and its readers understand it.

Two targets. ASCII is for BibTeX: letters with diacritics become LaTeX's accents, taken from Unicode's
own decompositions. UTF-8 is for BibLaTeX: letters stay. In both, what TeX reads as a command is
escaped, and signs that text fonts lack are set as math.

What LaTeX cannot write in ASCII (Han, Kana, Cyrillic, Arabic, emoji, …) stays in UTF-8 in both: a
transliteration would be invented. pdflatex then names the character; LuaLaTeX prints it with a font
that has it.
"""

import re
import unicodedata
from functools import lru_cache

# How LaTeX writes a combining mark: https://www.latex-project.org/help/documentation/encguide.pdf, table 2.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u0309": "h", "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0326": "textcommabelow", "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
_BELOW = frozenset("dbck") | {"textcommabelow"}
"""Accents that leave the dot of an i or j where it is."""

# Letters that Unicode does not decompose.
_LETTERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "ı": "i", "ȷ": "j", "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ŋ": "ng",
    "Ŋ": "NG", "ơ": "ohorn", "Ơ": "OHORN", "ư": "uhorn", "Ư": "UHORN",
}  # fmt: skip
_PUNCTUATION = {
    "‘": "`", "’": "'", "“": "``", "”": "''", "–": "--", "—": "---", "…": r"{\ldots}", "\u2010": "-",
    "\u2011": "-", "„": r"{\quotedblbase}", "‚": r"{\quotesinglbase}", "«": r"{\guillemotleft}",
    "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}", "›": r"{\guilsinglright}",
    "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}", "§": r"{\S}", "¶": r"{\P}",
    "©": r"{\textcopyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}", "°": r"{\textdegree}",
    "·": r"{\textperiodcentered}", "•": r"{\textbullet}", "€": r"{\texteuro}", "£": r"{\textsterling}",
    "¥": r"{\textyen}", "¢": r"{\textcent}", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}",
    "†": r"{\textdagger}", "‡": r"{\textdaggerdbl}", "ʻ": "`", "ʼ": "'", "ʹ": "'",
}  # fmt: skip
# BibTeX counts every brace, with or without a backslash: a brace in the text needs a name.
_SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"{$\lbrace$}", "}": r"{$\rbrace$}", "%": r"\%", "&": r"\&", "#": r"\#",
    "_": r"\_", "$": r"\$", "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
    "`": r"{\textasciigrave}", "<": "{$<$}", ">": "{$>$}", "|": "{$|$}", "\u00a0": "~", "\u202f": "~",
}  # fmt: skip
_MATH = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "¬": r"\neg", "⋅": r"\cdot",
    "∘": r"\circ", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv",
    "∼": r"\sim", "≪": r"\ll", "≫": r"\gg", "∝": r"\propto", "→": r"\rightarrow", "←": r"\leftarrow",
    "↔": r"\leftrightarrow", "↑": r"\uparrow", "↓": r"\downarrow", "⇒": r"\Rightarrow",
    "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "∞": r"\infty", "∈": r"\in",
    "∉": r"\notin", "∅": r"\emptyset", "∩": r"\cap", "∪": r"\cup", "⊂": r"\subset", "⊆": r"\subseteq",
    "⊃": r"\supset", "∧": r"\wedge", "∨": r"\vee", "⊕": r"\oplus", "⊗": r"\otimes", "⊥": r"\perp",
    "∥": r"\parallel", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd", "∂": r"\partial",
    "∇": r"\nabla", "∀": r"\forall", "∃": r"\exists", "ℓ": r"\ell", "ℏ": r"\hbar", "⟨": r"\langle",
    "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "★": r"\star",
    "⋆": r"\star", "♯": r"\sharp", "♭": r"\flat", "△": r"\triangle", "∆": r"\Delta", "µ": r"\mu",
    "∗": "*", "−": "-", "′": "'", "″": "''", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma",
    "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota",
    "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o", "π": r"\pi",
    "ρ": r"\rho", "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi",
    "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "ϵ": r"\epsilon", "ϕ": r"\phi", "ϑ": r"\vartheta",
    "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi",
    "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip
_HORN = "\u031b"
_NOTHING = {"\u200b": "", "\u2060": "", "\ufeff": "", "\u00ad": ""}

_PLAIN = re.compile(r"(?:[A-Za-z0-9,.:;()/?!+=@*\[\]]| (?! )|-(?!-)|'(?!')|,(?!,))*")
_MARKS = "\u0300-\u036f"
# A run of Greek letters is a word and stays; one alone is a sign. Neighbouring marks would become one.
_UNIT = re.compile(
    rf"[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿{_MARKS}]+|.[{_MARKS}]+|[-–—]{{2,}}|['’ʼʹ”]{{2,}}|[‘ʻ“]{{2,}}|[!?][‘ʻ“]|,{{2,}}|"
    r"[^A-Za-z0-9 ,.:;()/?!+=@*\[\]'-]",
    re.DOTALL,
)
_OPENING = re.compile(r'(?<![^\s(\[{“‘—–/-])"(?=\S)')
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")
_MATH_SPAN = re.compile(r"(?<![\\$])\$(?=[^\s$])((?:[^$\\]|\\.)*?)(?<=\S)\$(?![\d$])")
_MATH_BREAKER = re.compile(r"(?<!\\)[%&#]|[^\x00-\x7f]")
_ALIKE = frozenset(["<compat>", "<font>", "<wide>", "<fraction>"])
"""Kinds of characters that say the same as ASCII letters: ligatures, math letters, full width."""
_RAISED = {"<super>": "textsuperscript", "<sub>": "textsubscript"}


# Letters that no font of plain pdflatex has: the kernel knows T1 but does not use it, T5 it does not know.
# A document that loads the encoding gets the letter from there; the others get T1's, or the nearest to T5's.
_FROM_T1 = {
    "k": 1, "dj": 0, "DJ": 0, "dh": 0, "DH": 0, "th": 0, "TH": 0, "ng": 0, "NG": 0, "quotedblbase": 0,
    "quotesinglbase": 0, "guillemotleft": 0, "guillemotright": 0, "guilsinglleft": 0, "guilsinglright": 0,
}  # fmt: skip
_FALLBACKS = {
    name: rf"{{\fontencoding{{T1}}\selectfont\{name}" + ("{#1}}" if arguments else "}")
    for name, arguments in _FROM_T1.items()
} | {
    "h": r"\leavevmode\vbox{\offinterlineskip\ialign{##\cr\hfil\fontsize{5}{5}\selectfont?\hfil\cr#1\cr}}",
    "ohorn": r"o\kern-.15em\raise.5ex\hbox{'}", "OHORN": r"O\kern-.15em\raise.8ex\hbox{'}",
    "uhorn": r"u\kern-.1em\raise.5ex\hbox{'}", "UHORN": r"U\kern-.1em\raise.8ex\hbox{'}",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def to_ascii(text: str) -> str:
    """Write text in ASCII with LaTeX's commands, as BibTeX wants it."""
    return text if _PLAIN.fullmatch(text) else write_ascii(normalize(text))


def to_utf8(text: str) -> str:
    """Write text with its letters as they are, as BibLaTeX takes it."""
    return text if _PLAIN.fullmatch(text) else write_utf8(normalize(text))


def write_ascii(normalized: str) -> str:
    """Do what `to_ascii` does for text that is normalized."""
    return _UNIT.sub(lambda found: _write_ascii(found[0]), normalized)


def write_utf8(normalized: str) -> str:
    """Do what `to_utf8` does for text that is normalized."""
    return _UNIT.sub(lambda found: _write_utf8(found[0]), normalized)


def normalize(text: str) -> str:
    """Compose letters, give straight double quotes their direction, leave one space between words."""
    composed = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    return _OPENING.sub("“", composed).replace('"', "”")


def split_math(text: str) -> list[str]:
    """Split text at its math: every second part is the inside of `$…$`.

    The rule is Pandoc's: no space inside next to the signs, no digit after the closing one, so that
    prices stay prices. Math with unbalanced braces is text.
    """
    if "$" not in text:
        return [text]
    parts, end = [], 0
    for found in _MATH_SPAN.finditer(text):
        if is_balanced(found[1]):
            parts += [text[end : found.start()], found[1]]
            end = found.end()
    return [*parts, text[end:]]


def write_math(inside: str) -> str:
    """Write the inside of `$…$` as it stands, in braces that keep its letter case."""
    return "{$" + _MATH_BREAKER.sub(lambda found: _write_in_math(found[0]), inside) + "$}"


def is_balanced(text: str) -> bool:
    """Tell whether the braces of `text` pair up, as BibTeX counts them: a backslash changes nothing."""
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=None)
def _write_ascii(unit: str) -> str:
    common = _write_utf8(unit)
    if common != unit:
        return common
    if len(unit) > 1 and unit[0] in _PUNCTUATION.keys() | set("!?-'"):
        return "{}".join(_PUNCTUATION.get(mark, mark) for mark in unit)
    if unit in _PUNCTUATION:
        return _PUNCTUATION[unit]
    if unit in _LETTERS:
        return f"{{\\{_LETTERS[unit]}}}"
    return _write_accents(unicodedata.normalize("NFD", unit)) or unit


@lru_cache(maxsize=None)
def _write_utf8(unit: str) -> str:
    """Write what both targets write alike; everything else comes back as it is."""
    if unit in _SPECIAL:
        return _SPECIAL[unit]
    if unit in _NOTHING:
        return ""
    if unit in _MATH:
        return f"{{${_MATH[unit]}$}}"
    if len(unit) == 1:
        return _write_alike(unit)
    if unit[0] == unit[1] and unit[0] in "-',":
        return "{}".join(unit)
    return _write_utf8(unit[0]) + unit[1:] if unit[0] in _SPECIAL else unit


def _write_alike(character: str) -> str:
    kind, _, rest = unicodedata.decomposition(character).partition(" ")
    if kind in _RAISED and character not in _PUNCTUATION:
        return f"{{\\{_RAISED[kind]}{{{to_ascii(chr(int(rest.split()[0], 16)))}}}}}"
    if kind in _ALIKE:
        alike = unicodedata.normalize("NFKC", character).replace("\u2044", "/")
        if alike.isascii() and alike.replace("/", "").isalnum():
            return alike
    return character


def _write_accents(decomposed: str) -> str | None:
    """Write a letter and its marks, or return None when LaTeX has no command for one of them.

    Marks above come first, marks below around them: `\\d{\\^o}` is what every font encoding can set.
    """
    base, marks = decomposed[0], decomposed[1:]
    if _HORN in marks:
        base, marks = unicodedata.normalize("NFC", base + _HORN), marks.replace(_HORN, "")
    accents = [_ACCENTS.get(mark, "") for mark in marks]
    if not all(accents) or not ((base.isascii() and base.isalnum()) or base in _LETTERS):
        return None
    accents.sort(key=_BELOW.__contains__)
    if base in "ij" and accents[0] not in _BELOW:
        base = {"i": "ı", "j": "ȷ"}[base]
    written = f"\\{_LETTERS[base]}" if base in _LETTERS else base
    for accent in accents:
        is_bare = not accent.isalpha() and (len(written) == 1 or written in (r"\i", r"\j"))
        written = f"\\{accent}{written}" if is_bare else f"\\{accent}{{{written}}}"
    return f"{{{written}}}"


def _write_in_math(character: str) -> str:
    if character in "%&#":
        return f"\\{character}"
    if character in _MATH:
        return f"{{{_MATH[character]}}}"
    return f"\\mbox{{{to_ascii(character)}}}"


def write_fallbacks(entries: str) -> str:
    r"""Write a `@preamble` with definitions for those commands in `entries` that not every document has.

    `\ProvideTextCommandDefault` leaves alone what the document's font encoding defines.
    """
    used = sorted(set(_COMMAND.findall(entries)) & _FALLBACKS.keys())
    lines = [
        rf'  "\ProvideTextCommandDefault{{\{name}}}{"[1]" if "#1" in _FALLBACKS[name] else ""}'
        rf'{{{_FALLBACKS[name]}}}"'
        for name in used
    ]
    return "@preamble{\n" + " #\n".join(lines) + "\n}\n\n" if lines else ""


MAX_FALLBACK_BYTES = len(write_fallbacks("\\" + "\\".join(_FALLBACKS)))
