"""Definitions for letters that a LaTeX document may lack, so that a .bib compiles in any.

The kernel knows the encoding T1 but does not use it; T5 it does not know. A document that loads
them has the letters. Any other gets those of T1, or what comes near those of T5. Letters in UTF-8
that pdflatex does not know without T1 or T5 get the commands that make them, and signs that text
fonts lack get math: so `≤` and `₂` are Unicode for every reader, and every engine prints them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from catalog.render.citations.characters import SET_UP
from catalog.render.citations.tex import define_sign, write_ascii

_FROM_T1 = (
    *("dj", "DJ", "dh", "DH", "th", "TH", "ng", "NG", "quotedblbase", "quotesinglbase"),
    *("guillemotleft", "guillemotright", "guilsinglleft", "guilsinglright"),
    # The names that LaTeX itself uses for `«` and `»` since 2021.
    *("guillemetleft", "guillemetright"),
)
_MARK = r"\hfil\fontsize{5}{5}\selectfont?\hfil"
_HOOK = rf"{{\leavevmode\vbox{{\offinterlineskip\ialign{{##\cr{_MARK}\cr#1\cr}}}}}}"
_DEFINITIONS = {
    **{name: rf"{{\{name}}}{{{{\fontencoding{{T1}}\selectfont\{name}}}}}" for name in _FROM_T1},
    "k": r"{\k}[1]{{\fontencoding{T1}\selectfont\k{#1}}}",
    "h": rf"{{\h}}[1]{_HOOK}",
    "ohorn": r"{\ohorn}{o\kern-.15em\raise.5ex\hbox{'}}",
    "OHORN": r"{\OHORN}{O\kern-.15em\raise.8ex\hbox{'}}",
    "uhorn": r"{\uhorn}{u\kern-.1em\raise.5ex\hbox{'}}",
    "UHORN": r"{\UHORN}{U\kern-.1em\raise.8ex\hbox{'}}",
}
_DEFINE_SIGN = (
    r"\providecommand{\unicodesign}[2]{\ifdefined\Umathcode"
    # LuaLaTeX and XeLaTeX: a command where the font lacks the sign, within the bibliography alone.
    r"\ifdefined\AddToHook\AddToHook{env/thebibliography/begin}{\catcode`#1=13 }\fi"
    r"\begingroup\lccode`\~=`#1\lowercase{\endgroup\protected\gdef~}"
    r"{\iffontchar\font`#1 \char`#1 \else#2\fi}"
    # BibLaTeX has read the entries before it comes here.
    r"\ifcsname ver@biblatex.sty\endcsname\iffontchar\font`#1 \else\PackageWarningNoLine"
    r"{biblatex}{The font has no #1. Take the BibLaTeX file of the list}\fi\fi"
    # pdflatex: the name under which it keeps a sign, unless the document defines it.
    r"\else\ifcsname u8:\detokenize{#1}\endcsname\else"
    r"\expandafter\gdef\csname u8:\detokenize{#1}\endcsname{#2}\fi\fi}"
)
"""The command that defines a sign; its name sorts behind this line."""
# Commands and letters that entries use: `\dj`, `ơ`.
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def find_fallbacks(entries: str) -> dict[str, list[str]]:
    """Return the definitions that a document may lack, by the command or letter that needs them."""
    used = set(_COMMAND.findall(entries) if "\\" in entries else ())
    if not entries.isascii():
        used.update(_NOT_ASCII.findall(entries))
    found = {name: _define(name) for name in sorted(used)}
    return {name: lines for name, lines in found.items() if lines}


def find_letters(entries: str) -> dict[str, list[str]]:
    """Return the definitions of commands and letters alone: BibLaTeX has its signs as math."""
    found = find_fallbacks(entries)
    return {name: lines for name, lines in found.items() if define_sign(name) is None}


def write_fallbacks(fallbacks: Mapping[str, Iterable[str]]) -> str:
    r"""Write a `@preamble` for each definition, or "".

    `\ProvideTextCommandDefault` leaves alone what the document's font encoding defines.
    """
    lines = {line for lines in fallbacks.values() for line in lines}
    return "".join([*(f"{line}\n" for line in sorted(lines)), "\n"]) if lines else ""


@cache
def _define(name: str) -> list[str]:
    if name in _DEFINITIONS:
        return [_write_preamble(rf"\ProvideTextCommandDefault{_DEFINITIONS[name]}")]
    if name.isascii() or name in SET_UP:
        return []
    sign = define_sign(name)
    if sign is not None:
        line = rf"\unicodesign{{{name}}}{{{sign}}}"
        return [_write_preamble(_DEFINE_SIGN), _write_preamble(line)]
    ascii_ = write_ascii(name)
    if not ascii_.isascii() or not ascii_.startswith(("{\\", "'", "`")):
        return []
    # pdflatex keeps a letter under this name; `\\DeclareUnicodeCharacter` is for the preamble of a
    # document alone. XeLaTeX and LuaLaTeX print the letter itself, and never use the name.
    letter = rf"\csname u8:\detokenize{{{name}}}\endcsname"
    declared = rf"\expandafter\gdef{letter}{{{ascii_}}}"
    own = [_write_preamble(rf"\if{letter[1:]}\else{declared}\fi")]
    return own + [line for command in _find_commands(ascii_) for line in _define(command)]


def _find_commands(tex: str) -> list[str]:
    found = _COMMAND.findall(tex)
    return found + [name.replace("mot", "met") for name in found if name.startswith("guillemot")]


def _write_preamble(tex: str) -> str:
    """Write one string: Typst's reader does not know that `#` joins strings."""
    return f'@preamble{{"{tex}"}}'
