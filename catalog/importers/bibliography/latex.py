r"""LaTeX as it stands in bibliographies, decoded to text: `G{\"o}del`, `Stra{\ss}e`, `{BERT}`."""

import re
import unicodedata
from contextlib import suppress
from functools import cache

from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_walker_db
from pylatexenc.macrospec import LatexContextDb, MacroSpec

from catalog.text.characters import drop_surplus_marks

_PLAIN_MACROS = {
    **dict.fromkeys(("texttt", "mbox", "textsc", "url"), "%s"),
    **dict.fromkeys(("-", "relax", "nobreak", "allowbreak", "protect", "NoCaseChange"), ""),
    **{"href": "%(2)s", "enquote": "“%s”", "path": "%s"},
    **{"slash": "/", "copyright": "©", "textregistered": "®", "texttrademark": "™"},
    **{"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX"},
    **{"textquotesingle": "'", "textasciitilde": "~", "textasciicircum": "^", "_": "_"},
}
"""Commands that pylatexenc leaves out or shows otherwise than a title shall have them."""
_MOST_OPTIONS = 8
_NOT_DECODED = (RecursionError, LookupError, ValueError, TypeError, AttributeError)
"""What pylatexenc raises for braces in braces in braces, and for arguments that are missing."""
_SPACES = re.compile(r"[\s\u00a0]+")
_LATEX = re.compile(r"[\\{}~]|--|``|''")


def decode_latex(text: str) -> str:
    """Return text without LaTeX's commands and braces, on one line.

    Math between dollar signs stays as it is, as titles of a list may hold it; so does what is
    nested without end, or lacks what its commands ask for.
    """
    if _LATEX.search(text):
        with suppress(*_NOT_DECODED):
            text = unicodedata.normalize("NFC", drop_surplus_marks(_decode(text)))
    return _SPACES.sub(" ", text).strip()


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
        macros=[MacroTextSpec(name, simplify_repl=shown) for name, shown in _PLAIN_MACROS.items()],
        specials=[SpecialsTextSpec("&", "&"), SpecialsTextSpec("~", " ")],
    )
    return LatexNodes2Text(context, keep_comments=True, math_mode="verbatim")


@cache
def _walker_context() -> LatexContextDb:
    context = get_default_walker_db()
    macros = [MacroSpec("href", "{{"), MacroSpec("enquote", "{"), MacroSpec("path", "{")]
    context.add_context_category("bibliographies", prepend=True, macros=macros)
    return context
