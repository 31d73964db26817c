"""How LaTeX writes the characters of the world: the tables behind `catalog.render.citations.tex`.

Letters with diacritics are not here: Unicode's decompositions and `ACCENTS` make them.
"""

# The keys are the characters meant, however alike to others.
# ruff: noqa: RUF001

# https://www.latex-project.org/help/documentation/encguide.pdf, table 2.
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u0309": "h", "\u030a": "r", "\u030b": "H", "\u030c": "v",
    "\u0323": "d", "\u0326": "textcommabelow", "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
"""Commands for the combining marks."""

BELOW = frozenset("dbck") | {"textcommabelow"}
"""Accents that leave the dot of an i or j where it is."""

READ_ACCENTS = frozenset("`'^~=u.\"Hvck")
"""Commands for accents that every reader of BibTeX knows over and under the letters A to Z.

Fidus Writer does not know `\\r` and `\\d`, pybtex not `\\d`.
"""

READ_BY_ALL = frozenset("ßæÆøØłŁı")
"""Letters without accents whose commands every reader knows: for Zotero `\\oe` is `ø` and `e`."""

SET_UP = frozenset("‘’“”–—…œŒ§¶©®°·•€£¥¢ªº†‡¡¿ \u202f")
"""Characters of `LETTERS` and `PUNCTUATION` that pdflatex prints as they are, in every encoding.

Source: ot1enc.dfu, omsenc.dfu and ts1enc.dfu of LaTeX.
"""

LATIN_1_SIGNS = frozenset("×÷±¬µ¹²³¼½¾")
"""Signs that every font of letters has, and pdflatex too: ts1enc.dfu of LaTeX.

As math they were TeX for nearly all readers, and `4½` would be `41/2` in ASCII.
"""

LETTERS = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "ł": "l", "Ł": "L", "ı": "i", "ȷ": "j", "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th",
    "Þ": "TH", "ŋ": "ng", "Ŋ": "NG", "ơ": "ohorn", "Ơ": "OHORN", "ư": "uhorn", "Ư": "UHORN",
}  # fmt: skip
"""Commands for letters that Unicode does not decompose."""

PUNCTUATION = {
    "‘": "`", "’": "'", "“": "``", "”": "''", "–": "--", "—": "---", "…": r"{\ldots}",
    "\u2010": "-", "\u2011": "-", "„": r"{\quotedblbase}", "‚": r"{\quotesinglbase}",
    "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}",
    "›": r"{\guilsinglright}", "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}",
    "§": r"{\S}", "¶": r"{\P}", "©": r"{\textcopyright}", "®": r"{\textregistered}",
    "™": r"{\texttrademark}", "°": r"{\textdegree}", "·": r"{\textperiodcentered}",
    "•": r"{\textbullet}", "€": r"{\texteuro}", "£": r"{\textsterling}", "¥": r"{\textyen}",
    "¢": r"{\textcent}", "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}",
    "¼": r"{\textonequarter}", "½": r"{\textonehalf}", "¾": r"{\textthreequarters}",
    "†": r"{\textdagger}", "‡": r"{\textdaggerdbl}", "ʻ": "`", "ʼ": "'", "ʹ": "'",
}  # fmt: skip
"""Punctuation in ASCII."""

# BibTeX counts every brace, with or without a backslash: a brace in the text needs a name.
SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"{$\lbrace$}", "}": r"{$\rbrace$}", "%": r"\%", "&": r"\&",
    "#": r"\#", "_": r"\_", "$": r"\$", "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
    "`": r"{\textasciigrave}", "<": "{$<$}", ">": "{$>$}", "|": "{$|$}", "\u00a0": "~",
    "\u202f": "~",
}  # fmt: skip
"""What TeX would read as a command, and what its first fonts have at another place."""

SHOWN_WITHOUT_TEX = frozenset("<>|^`")
r"""Signs of `SPECIAL` that programs without TeX show as they are.

Of their commands they know few: Pandoc drops `\textasciigrave`, and pybtex shows `$<$`.
"""

MATH = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "¬": r"\neg", "⋅": r"\cdot",
    "∘": r"\circ", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv",
    "∼": r"\sim", "≪": r"\ll", "≫": r"\gg", "∝": r"\propto", "→": r"\rightarrow",
    "←": r"\leftarrow", "↔": r"\leftrightarrow", "↑": r"\uparrow", "↓": r"\downarrow",
    "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto",
    "∞": r"\infty", "∈": r"\in", "∉": r"\notin", "∅": r"\emptyset", "∩": r"\cap", "∪": r"\cup",
    "⊂": r"\subset", "⊆": r"\subseteq", "⊃": r"\supset", "∧": r"\wedge", "∨": r"\vee",
    "⊕": r"\oplus", "⊗": r"\otimes", "⊥": r"\perp", "∥": r"\parallel", "∑": r"\sum",
    "∏": r"\prod", "∫": r"\int", "√": r"\surd", "∂": r"\partial", "∇": r"\nabla", "∀": r"\forall",
    "∃": r"\exists", "ℓ": r"\ell", "ℏ": r"\hbar", "⟨": r"\langle", "⟩": r"\rangle",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "★": r"\star",
    "⋆": r"\star", "♯": r"\sharp", "♭": r"\flat", "△": r"\triangle", "∆": r"\Delta", "µ": r"\mu",
    "∗": "*", "−": "-", "′": "'", "″": "''", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma",
    "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta",
    "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi",
    "ο": "o", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau",
    "υ": r"\upsilon", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega",
    "ϵ": r"\epsilon", "ϕ": r"\phi", "ϑ": r"\vartheta", "Γ": r"\Gamma", "Δ": r"\Delta",
    "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon",
    "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
}  # fmt: skip
"""Signs that text fonts lack, as math."""

NOTHING = frozenset("\u200b\u2060\ufeff\u00ad")
"""Characters without width: places where a line may or may not be broken."""
