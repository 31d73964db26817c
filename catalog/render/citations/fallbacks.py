"""Definitions for letters that a LaTeX document may lack, so that a .bib compiles in any.

The kernel knows the encoding T1 but does not use it; T5 it does not know. A document that loads
them has the letters. Any other gets those of T1, or what comes near those of T5.
"""

import re

_FROM_T1 = (
    *("dj", "DJ", "dh", "DH", "th", "TH", "ng", "NG", "quotedblbase", "quotesinglbase"),
    *("guillemotleft", "guillemotright", "guilsinglleft", "guilsinglright"),
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
_COMMAND = re.compile(r"\\([A-Za-z]+)")


def write_fallbacks(entries: str) -> str:
    r"""Write a `@preamble` that defines the commands in `entries` that a document may lack, or "".

    `\ProvideTextCommandDefault` leaves alone what the document's font encoding defines.
    """
    used = sorted(_DEFINITIONS.keys() & _COMMAND.findall(entries))
    # One string each: Typst's reader does not know that `#` joins strings.
    lines = [f'@preamble{{"\\ProvideTextCommandDefault{_DEFINITIONS[name]}"}}\n' for name in used]
    return "".join([*lines, "\n"]) if lines else ""


MAX_BYTES = len(write_fallbacks("".join(f"\\{name} " for name in _DEFINITIONS)))
"""The length of the longest preamble."""
