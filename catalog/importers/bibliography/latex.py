r"""LaTeX as it is in bibliographies, decoded to text: `G{\"o}del`, `Stra{\ss}e`, `{BERT}`."""

import re
import unicodedata
from contextlib import suppress
from functools import cache, lru_cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_walker_db
from pylatexenc.macrospec import LatexContextDb, MacroSpec

from catalog.text.characters import drop_surplus_marks, unescape

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
    "tau upsilon phi chi psi omega"
)
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_PLAIN_MACROS = {
    **dict.fromkeys(("texttt", "mbox", "textsc", "url", "doi", "textsubscript"), "%s"),
    **dict.fromkeys(("textsuperscript", "uppercase", "MakeLowercase", "text"), "%s"),
    **dict.fromkeys(("-", "relax", "nobreak", "allowbreak", "NoCaseChange", "protect"), ""),
    **{"href": "%(2)s", "enquote": "“%s”", "path": "%s", "noopsort": "", "thanks": ""},
    **{"slash": "/", "copyright": "©", "textregistered": "®", "texttrademark": "™"},
    **{"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX"},
    **{"textquotesingle": "'", "textasciitilde": "~", "textasciicircum": "^", "_": "_"},
    **{"textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|"},
    **{"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{"},
    **{"rbrace": "}", "{": "{", "}": "}", "textdollar": "$", "textpercent": "%"},
    **{"textasteriskcentered": "*", "textdegree": "°", "textmu": "µ", "textnumero": "№"},
    **{"textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…"},
    **{"textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»", "textmd": "%s"},
    **{"ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư", "textlnot": "¬", "textdiv": "÷"},
    **{"textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾"},
    **{"cyrchar": "", "textperiodcentered": "·", "texttimes": "×", "textpm": "±", "dh": "ð"},
    **{f"text{name}": sign for name, sign in zip(_GREEK.split(), _GREEK_LETTERS, strict=True)},
}
"""Commands that pylatexenc leaves out, or shows otherwise than a title has them."""
_MARKS = {"h": "\u0309", "G": "\u030f", "U": "\u030e", "textcommabelow": "\u0326", "cb": "\u0326"}
r"""Accents that pylatexenc does not know: `\\h{a}` is ả, `\textcommabelow{s}` ș."""
_WITH_ARGUMENT = (
    *("enquote", "path", "doi", "noopsort", "thanks", "text", "textsubscript", "textmd"),
    *("textsuperscript", "uppercase", "MakeLowercase"),
)
_MOST_OPTIONS = 8
"""Brackets in one value up to which it is decoded as it stands: each that is open doubles the work,
so eight make it 256 times."""
_NOT_DECODED = (RecursionError, LookupError, ValueError, TypeError, AttributeError)
"""What pylatexenc raises for braces in braces in braces, and for arguments that are missing."""
_SPACES = re.compile(r"[\s\u00a0]+")
_LATEX = re.compile(r"[\\{}~$`]|--|''")
_QUOTED = re.compile(r"(?<!\w)`([^`']+)'(?!\w)")
"""`quoted' in the form of TeX."""
_HARD = re.compile(r"[\\$]")
_UPRIGHT = re.compile(r"\$\s*\\(?:mathrm|text|textrm|mathit|mbox)\s*\{([\w .-]+)\}\s*\$")
r"""Math that is a word: `$\mathrm{L}$`."""
_SCRIPT = re.compile(
    r"\$\s*(?:\{\})?\s*([_^])\s*(?:(\d|[+-])|\{\s*(?:\\(?:mbox|textrm|text|rm|mathrm)\s*\{?)?\s*"
    r"(\d{1,3}[+-]?|[+-])\s*\}?\s*\})\s*\$"
)
r"""A number below or above a word: `CO$_2$`, `CO${}_{\mbox{2}}$`, `10$^{-}$`."""
_SYMBOL = re.compile(r"\$\s*\\([A-Za-z]+|[&%#_])\s*\$|\$\s*([<>=~|+*/-])\s*\$")
r"""Math that is one sign of text: `$\alpha$`, `$<$`, `$\\lbrace$`."""
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_RAISED = re.compile(r"\\text(super|sub)script\s*\{([0-9+=()-]+)\}")
r"""Raised and lowered digits, which Unicode has: `H\textsubscript{2}O`."""
_RAISED_SIGNS = {
    "super": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


@lru_cache(maxsize=2**14)
def decode_latex(text: str) -> str:
    """Return text without LaTeX's commands and braces, on one line.

    Math between dollar signs stays as it is, as titles of a list may hold it, unless it is one sign
    of text; so does what is nested endlessly, or lacks an argument of its commands.
    """
    if _LATEX.search(text):
        if "\\(" in text:
            text = text.replace("\\(", "$").replace("\\)", "$")
        text = _SCRIPT.sub(_decode_script, text)
        text = _SYMBOL.sub(_decode_symbol, _UPRIGHT.sub(r"\1", text))
        if "script" in text:
            text = _RAISED.sub(lambda found: found[2].translate(_RAISED_SIGNS[found[1]]), text)
        if "\\" in text and "$" not in text:
            text = _decode_letters(text)
        if _HARD.search(text):
            with suppress(*_NOT_DECODED):
                text = unicodedata.normalize("NFC", drop_surplus_marks(_decode(text)))
                text = _QUOTED.sub(r"‘\1’", text)
        else:
            text = _decode_plain(text)
    return _SPACES.sub(" ", text).strip()


_ACCENTS = dict(
    zip("\"'`^~=.uvHckbdrh", "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0306\u030c\u030b"
        "\u0327\u0328\u0331\u0323\u030a\u0309", strict=True)
)  # fmt: skip
_LETTERS = {
    "ss": "ß", "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "\u0131", "j": "\u0237", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
}  # fmt: skip
_BASE = r"(?:\\([ij])(?![A-Za-z]) ?|([A-Za-z]))"
_ACCENTED = re.compile(
    rf"\\([\"'`^~=.])(?:\{{{_BASE}\}}| ?{_BASE})|\\([uvHckbdrh])(?:\{{{_BASE}\}}| +{_BASE})"
)
"""`\\'e`, `\\'{e}`, `\\'{\\i}`, `\\v s`, `\\c{c}`."""
_LETTER = re.compile(r"\\(ss|oe|OE|ae|AE|aa|AA|dh|DH|th|TH|[oOlLij])(?![A-Za-z])(?:\{\}| +)?")
r"""`\ss`, `\o{}`, `\L ` and the space that ends the command; not `\oe` as `\o` and `e`."""
_ESCAPED = re.compile(r"\\([&%#_])")


def _decode_letters(text: str) -> str:
    """Decode accents, letters and escaped signs, which are most commands of all, by a table."""
    text = _ACCENTED.sub(_decode_accent, text)
    text = unicodedata.normalize("NFC", _LETTER.sub(lambda found: _LETTERS[found[1]], text))
    plain = _ESCAPED.sub(r"\1", text)
    # Where other commands are left, a bare percent sign would begin a comment.
    return text if "\\" in plain else plain


def _decode_accent(found: re.Match[str]) -> str:
    accent, *letters = (group for group in found.groups() if group)
    return letters[0] + _ACCENTS[accent]


def _decode_plain(text: str) -> str:
    """Decode text without commands, which most texts are: braces, ties, dashes and quotes."""
    # Before the braces go: `-{}-` keeps two hyphens apart.
    text = text.replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”")
    text = text.replace("{", "").replace("}", "").replace("~", " ")
    return _QUOTED.sub(r"‘\1’", text)


_SCRIPTS = {
    "_": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
    "^": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}


def _decode_script(found: re.Match[str]) -> str:
    return (found[2] or found[3]).translate(_SCRIPTS[found[1]])


def _decode_symbol(found: re.Match[str]) -> str:
    if found[2]:
        return found[2] if found[2] != "~" else r"\textasciitilde{}"
    name = found[1]
    if not name.isalpha():
        return rf"\{name}"
    if name == "backslash":
        return r"\textbackslash{}"
    if name in ("lbrace", "rbrace"):
        return rf"\{name}{{}}"
    with suppress(*_NOT_DECODED):
        shown = _decode(rf"\ensuremath{{\{name}}}")
        if len(shown) == 1:
            return shown
    return found[0]


def find_unknown_command(text: str) -> str | None:
    r"""Return the first command outside of math that is not decoded: `\foo`, or None."""
    outside = re.sub(r"\$[^$]*\$", " ", text)
    return next(
        (f"\\{name}" for name in _COMMAND.findall(outside) if name not in _known_commands()), None
    )


@cache
def _known_commands() -> frozenset[str]:
    known = {
        spec.macroname
        for context in (get_default_latex_context_db(), get_default_walker_db())
        for category in context.categories()
        for spec in context.iter_macro_specs([category])
    }
    return frozenset(known | _PLAIN_MACROS.keys() | _MARKS.keys())


# LaTeX in fields that BibTeX reads as they are, such as `url` and `doi`: exporters escape there
# too. Mendeley writes `a{\_}b`, others `a\_b`, `$\sim$` or `{\textasciitilde}`.
_VERBATIM_COMMANDS = {
    "textasciitilde": "~", "sim": "~", "textunderscore": "_", "_": "_", "%": "%", "&": "&",
    "#": "#", "$": "$", "{": "{", "}": "}", "~": "~", "^": "^", "textless": "<", "textgreater": ">",
    "textasciicircum": "^", "textbackslash": "\\", "textbar": "|", "lt": "<", "gt": ">",
    "slash": "/",
    "/": "", "-": "", ";": ";",
    "textendash": "–", "textquotesingle": "'", "relax": "", "allowbreak": "",
}  # fmt: skip
_VERBATIM = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])(?:\{\}|\s+(?=\S)(?<=[A-Za-z]\s))?")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
"""A reference with its semicolon: in an address, `&noteId=` and `&copy=` are parameters."""
_WRAPPER = re.compile(r"\\(?:url|doi|path|nolinkurl|texttt)\b\s*")
r"""`\url{…}`, `\texttt {…}` around an address."""


def decode_verbatim(text: str) -> str | None:
    r"""Return an address or an identifier without LaTeX: `a{\_}b` is `a_b`.

    None when something in it cannot be decoded.
    """
    text = _WRAPPER.sub("", text.strip())
    text = re.sub(r"^\{*\\(?:tt|em|sf|it)\b\s*", "", _HREF.sub(r"\1", text))
    text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    if "\\" in text or "$" in text:
        unknown = False

        def decode(found: re.Match[str]) -> str:
            nonlocal unknown
            sign = _VERBATIM_COMMANDS.get(found[1])
            unknown = unknown or sign is None
            return sign or ""

        text = _VERBATIM.sub(decode, re.sub(r"\$([^$]{1,30})\$", r"{\1}", text))
        if unknown or "$" in text:
            return None
    return text.replace("{", "").replace("}", "").strip(" <>")


def _decode(text: str) -> str:
    if text.count("[") > _MOST_OPTIONS:
        # pylatexenc reads what follows an option that is not closed twice, and so twice as often
        # for each: in braces, a bracket begins none.
        text = text.replace("[", "{[}")
    # Outside of tables an ampersand is one, and a percent sign in a field begins no comment.
    walker = LatexWalker(text, latex_context=_walker_context(), tolerant_parsing=True)
    decoded: str = _decoder().nodelist_to_text(walker.get_latex_nodes()[0])
    return decoded


@cache
def _decoder() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    context.add_context_category(
        "bibliographies",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, simplify_repl=shown) for name, shown in _PLAIN_MACROS.items()),
            *(MacroTextSpec(name, simplify_repl=f"%s{mark}") for name, mark in _MARKS.items()),
        ],
        specials=[SpecialsTextSpec("&", "&"), SpecialsTextSpec("~", " ")],
    )
    return LatexNodes2Text(context, keep_comments=True, math_mode="verbatim")


@cache
def _walker_context() -> LatexContextDb:
    context = get_default_walker_db()
    macros = [
        MacroSpec("href", "{{"),
        *(MacroSpec(name, "{") for name in (*_WITH_ARGUMENT, *_MARKS)),
    ]
    context.add_context_category("bibliographies", prepend=True, macros=macros)
    return context
