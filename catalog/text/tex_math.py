r"""Math in titles and abstracts, `$\ell_1$` or `\(n^2\)`, made readable without TeX.

Plain text gets Unicode (`ℓ₁`, `O(n²)`, `ℝᵈ`), as README, RIS, CSL and lists show it. Pages get
MathML where Unicode has no sign of that kind, such as a fraction or a capital letter below the
line. Math with a command that is not known here stays as it was written.
"""

# The tables hold the characters meant, however alike to others.
# ruff: noqa: RUF001, RUF002

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

# Pandoc's rule for dollars: no space inside next to the signs, and no digit after the closing one,
# so that "from $5 to $10" stays text. https://pandoc.org/MANUAL.html#extension-tex_math_dollars
# Two words side by side are text too: `A $1 Study of US$`.
MATH_SPAN = re.compile(
    r"(?<![\\$])\$(?=[^\s$])(?![^$\\]{0,80}[A-Za-z]{2} [A-Za-z]{2}[^$\\]{0,80}\$)"
    r"((?:[^$\\]|\\.)*?)(?<=\S)\$(?![\d$])"
)
# Dollars, or `\( … \)` as some lists write.
_SPAN = re.compile(MATH_SPAN.pattern + r"|\\\(((?:[^\\]|\\[^)])+)\\\)")
# A command, `\alpha` or `\,`; a number; any other sign.
_TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\([^A-Za-z])|(\d+(?:\.\d+)?)|(\s+)|(.)", re.DOTALL)

_GREEK = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau
upsilon phi chi psi omega
""".split()  # noqa: SIM905 - words read better as words
_PAIRS = """
varepsilon:ε vartheta:ϑ varpi:ϖ varrho:ϱ varsigma:ς varphi:φ phi:φ ell:ℓ hbar:ℏ wp:℘ Re:ℜ Im:ℑ
aleph:ℵ partial:∂ nabla:∇ infty:∞ forall:∀ exists:∃ nexists:∄ emptyset:∅ varnothing:∅ top:⊤
bot:⊥ angle:∠ square:□ Box:□ Diamond:◇ star:⋆ ast:∗ circ:∘ bullet:• cdot:· times:× div:÷ pm:±
mp:∓ oplus:⊕ ominus:⊖ otimes:⊗ odot:⊙ cap:∩ cup:∪ sqcap:⊓ sqcup:⊔ vee:∨ wedge:∧ lor:∨ land:∧
lnot:¬ neg:¬ setminus:∖ backslash:∖ wr:≀ ltimes:⋉ rtimes:⋊ dagger:† ddagger:‡ sum:∑ prod:∏
coprod:∐ int:∫ oint:∮ bigcap:⋂ bigcup:⋃ bigoplus:⨁ bigotimes:⨂ le:≤ leq:≤ leqslant:⩽ ge:≥ geq:≥
geqslant:⩾ ll:≪ gg:≫ ne:≠ neq:≠ equiv:≡ sim:∼ simeq:≃ approx:≈ cong:≅ propto:∝ asymp:≍ prec:≺
succ:≻ preceq:⪯ succeq:⪰ subset:⊂ subseteq:⊆ supset:⊃ supseteq:⊇ subsetneq:⊊ in:∈ ni:∋ notin:∉
mid:∣ parallel:∥ perp:⊥ models:⊨ vdash:⊢ bowtie:⋈ lesssim:≲ gtrsim:≳ coloneqq:≔ to:→ gets:←
leftarrow:← rightarrow:→ leftrightarrow:↔ Leftarrow:⇐ Rightarrow:⇒ Leftrightarrow:⇔ uparrow:↑
downarrow:↓ mapsto:↦ longrightarrow:⟶ longleftarrow:⟵ longmapsto:⟼ hookrightarrow:↪ leadsto:⇝
rightsquigarrow:⇝ iff:⇔ implies:⇒ ldots:… dots:… cdots:⋯ vdots:⋮ prime:′ flat:♭ natural:♮
sharp:♯ checkmark:✓ surd:√ langle:⟨ rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉ lvert:| rvert:|
vert:| Vert:‖ lVert:‖ rVert:‖ lbrace:{ rbrace:} lbrack:[ rbrack:] colon:: degree:° S:§ P:¶
"""
_SYMBOLS = {
    **{
        name: unicodedata.lookup(f"GREEK SMALL LETTER {name.replace('lambda', 'lamda')}")
        for name in _GREEK
    },
    **{
        name.capitalize(): unicodedata.lookup(
            f"GREEK CAPITAL LETTER {name.replace('lambda', 'lamda')}"
        )
        for name in _GREEK
    },
    **dict(pair.split(":", 1) for pair in _PAIRS.split()),
}
"""What a command prints."""
_SYMBOLS |= {"quad": " ", "qquad": " ", "enspace": " ", "thinspace": "", "textbackslash": "\\"}
_SIGNS = {sign: sign for sign in "{}$%&#_"} | {
    "|": "‖",
    ",": "",
    ";": " ",
    ":": " ",
    "!": "",
    " ": " ",
}
"""What a command of one sign prints, such as `\\%` or the thin space `\\,`."""
_NAMED = frozenset(
    """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min Pr sec sin sinh sup tan tanh bmod mod
    """.split()  # noqa: SIM905 - words read better as words
)
"""Functions that print their own name."""
_RELATIONS = frozenset("→←↔⇐⇒⇔↦↪⟶⟵∈∉≤≥≪≫≠≈≡∼≃≅⊂⊆⊃⊇∝⊢⊨≔")
"""Signs that stand between spaces: `X → Y`."""
_PLAIN = frozenset(
    """
    mathrm mathit mathbf mathsf mathtt mathnormal boldsymbol bm pmb mathbfit text textnormal textrm
    textit textbf textsf texttt textsc textup emph mbox ensuremath operatorname mathop mathbin
    mathrel mathord displaystyle textstyle scriptstyle limits nolimits rm it bf sf tt cal
    left right big Big bigg Bigg bigl bigr Bigl Bigr middle protect
    """.split()  # noqa: SIM905 - words read better as words
)
"""Commands whose argument is all that a reader needs: `\\mathrm{KL}` is KL."""
_FONTS = {
    **dict.fromkeys(("mathbb", "mathds"), "DOUBLE-STRUCK"),
    **dict.fromkeys(("mathcal", "mathscr"), "SCRIPT"),
    "mathfrak": "FRAKTUR",
}
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "check": "\u030c", "tilde": "\u0303",
    "widetilde": "\u0303", "acute": "\u0301", "grave": "\u0300", "dot": "\u0307",
    "ddot": "\u0308", "breve": "\u0306", "bar": "\u0304", "overline": "\u0304",
    "vec": "\u20d7", "underline": "\u0332",
}  # fmt: skip
_RAISED = dict(
    zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∗*′ⅈαβγδεθφχ ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ**′ⁱᵅᵝᵞᵟᵋᶿᵠᵡ ", strict=True)
)  # fmt: skip
_RAISED |= {"†": "†", "‡": "‡", "∘": "°"}
_LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ ", strict=True)
)  # fmt: skip

_DEEPEST = 12
"""Braces in braces beyond this are nobody's title; what is deeper stays as written."""
# A formula in a title has some ten signs; a longer one is shown as written.
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Sign:
    """A run of characters; `is_word` for names and text, which MathML sets upright."""

    text: str
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """Parts side by side."""

    parts: "tuple[_Node, ...]"


@dataclass(frozen=True, slots=True)
class _Script:
    """A base with what stands below and above it."""

    base: "_Node"
    below: "_Node | None"
    above: "_Node | None"


@dataclass(frozen=True, slots=True)
class _Fraction:
    """A fraction."""

    over: "_Node"
    under: "_Node"


@dataclass(frozen=True, slots=True)
class _Root:
    """A square root."""

    inside: "_Node"


_Node = _Sign | _Row | _Script | _Fraction | _Root


class _UnknownTexError(ValueError):
    """Math that is not understood: it is shown as written."""


def to_unicode(text: str) -> str:
    r"""Return `text` with its math in Unicode: `$\ell_1$-norm` gives `ℓ₁-norm`."""
    if "$" not in text and "\\(" not in text:
        return text
    return "".join(part if node is None else _write_unicode(node) for part, node in _split(text))


def to_italic(inside: str) -> str | None:
    r"""Return the inside of `$…$` in Unicode, letters that TeX sets in italics as `𝑛`, or None.

    `O(n \log n)` gives `𝑂(𝑛 log 𝑛)`. None stands for math that Unicode cannot show.
    """
    try:
        node = _parse(inside)
    except _UnknownTexError:
        return None
    slanted = _slant(node)
    return None if slanted is None else _write_unicode(slanted)


def _slant(node: _Node) -> _Node | None:
    """Return a tree with its letters in italics; raised and lowered ones have no such form."""
    if isinstance(node, _Sign):
        return node if node.is_word else _Sign(_to_font(node.text, "ITALIC"))
    if isinstance(node, _Row):
        parts = [_slant(part) for part in node.parts]
        return None if None in parts else _Row(tuple(part for part in parts if part is not None))
    if isinstance(node, _Script) and _is_plain(node):
        base = _slant(node.base)
        return None if base is None else _Script(base, node.below, node.above)
    if isinstance(node, _Root) and isinstance(node.inside, _Sign) and len(node.inside.text) == 1:
        # One letter or digit below the root.
        return _Row((_Sign("√"), _Sign(_to_font(node.inside.text, "ITALIC"))))
    return None


def to_html(text: str) -> Markup:
    """Return `text` as HTML: its math in Unicode, and in MathML where Unicode is not enough."""
    if "$" not in text and "\\(" not in text:
        return escape(text)
    return Markup("").join(
        part if node is None else _write_html(node) for part, node in _split(text)
    )


def _split(text: str) -> Iterator[tuple[str, _Node | None]]:
    """Yield the parts of a text, with the tree of each part that is math."""
    end = 0
    for found in _SPAN.finditer(text):
        try:
            node = _parse(found[1] or found[2])
        except _UnknownTexError:
            continue
        yield text[end : found.start()], None
        yield found[0], node
        end = found.end()
    yield text[end:], None


@lru_cache(maxsize=2**12)
def _parse(tex: str) -> _Node:
    if len(tex) > _LONGEST:
        raise _UnknownTexError(tex)
    reader = _Reader(tex)
    row = reader.read_row()
    if reader.peek() is not None:
        raise _UnknownTexError(tex)
    return row


class _Reader:
    """Reads the inside of `$…$` into a tree."""

    def __init__(self, tex: str) -> None:
        self._tokens = list(_TOKEN.finditer(tex))
        self._position = 0
        self._depth = 0

    def peek(self) -> str | None:
        """Return the next token, None at the end."""
        return self._tokens[self._position][0] if self._position < len(self._tokens) else None

    def read_row(self) -> _Node:
        """Read parts up to a closing brace or the end."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnknownTexError("too deep")
        parts: list[_Node] = []
        while self.peek() not in (None, "}"):
            part = self._read_scripts(self._read_part())
            if part != _Sign(""):
                parts.append(part)
        self._depth -= 1
        return parts[0] if len(parts) == 1 else _Row(tuple(parts))

    def _read_scripts(self, base: _Node) -> _Node:
        """Read what stands below and above `base`, if anything does."""
        below = above = None
        while (mark := self.peek()) in ("_", "^", "'"):
            self._position += 1
            if mark == "_" and below is None:
                below = self._read_part()
            elif mark == "^" and above is None:
                above = self._read_part()
            elif mark == "'":
                above = _Row((above, _Sign("′"))) if above else _Sign("′")
            else:
                raise _UnknownTexError("two of a kind")
        return base if below is above is None else _Script(base, below, above)

    def _read_part(self) -> _Node:
        """Read one sign, one group in braces, or one command with its arguments."""
        if self._position >= len(self._tokens):
            raise _UnknownTexError("something is missing")
        found = self._tokens[self._position]
        command, sign, number, space, other = found.groups()
        if other in ("_", "^", "'"):
            # `^*` after nothing, as in `$^*$`: the base is empty.
            return _Sign("")
        self._position += 1
        if command:
            return self._read_command(command)
        if sign:
            return _read_sign(sign)
        if other == "{":
            row = self.read_row()
            if self.peek() != "}":
                raise _UnknownTexError("a brace is open")
            self._position += 1
            return row
        if other == "}":
            raise _UnknownTexError("a brace is not open")
        return _Sign(number or ("" if space else {"-": "−", "~": " ", "*": "∗"}.get(other, other)))

    def _read_command(self, name: str) -> _Node:
        if name in _SYMBOLS or name in _NAMED:
            return _Sign(_SYMBOLS.get(name, name), is_word=name in _NAMED)
        if name in _FONTS:
            return _map_letters(self._read_part(), lambda text: _to_font(text, _FONTS[name]))
        if name in _ACCENTS:
            return _map_letters(self._read_part(), lambda text: _put_accent(text, _ACCENTS[name]))
        if name in ("frac", "dfrac", "tfrac", "sqrt"):
            first = self._read_part()
            return _Root(first) if name == "sqrt" else _Fraction(first, self._read_part())
        if name in _PLAIN:
            return self._read_plain(name)
        raise _UnknownTexError(name)

    def _read_plain(self, name: str) -> _Node:
        """Read the argument of a font or of text, in which spaces count; others have none."""
        if self.peek() != "{":
            return _Sign("")
        start = self._tokens[self._position].end()
        node = self._read_part()
        end = self._tokens[self._position - 1].start()
        inside = self._tokens[0].string[start:end]
        is_word = len(inside) > 1 and all(c.isalnum() or c in " -" for c in inside)
        return _Sign(inside, is_word=True) if is_word else node


def _read_sign(sign: str) -> _Sign:
    if sign in _SIGNS:
        return _Sign(_SIGNS[sign])
    raise _UnknownTexError(sign)


def _map_letters(node: _Node, change: Callable[[str], str]) -> _Node:
    if isinstance(node, _Sign):
        return _Sign(change(node.text), node.is_word)
    if isinstance(node, _Row):
        return _Row(tuple(_map_letters(part, change) for part in node.parts))
    raise _UnknownTexError("a font of something other than a letter")


def _to_font(text: str, font: str) -> str:
    """Return letters in one of Unicode's alphabets for math: `R` in `DOUBLE-STRUCK` is ℝ."""
    return "".join(_to_font_letter(letter, font) for letter in text)


def _to_font_letter(letter: str, font: str) -> str:
    if not (letter.isascii() and letter.isalpha()):
        return letter
    case = "CAPITAL" if letter.isupper() else "SMALL"
    # Letters that were in Unicode before the alphabets have names of their own, and black-letter.
    if (font, letter) == ("ITALIC", "h"):
        return "\N{PLANCK CONSTANT}"
    for name in (
        f"MATHEMATICAL {font} {case} {letter}",
        f"{font} {case} {letter}",
        f"BLACK-LETTER {case} {letter}",
    ):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return letter


def _put_accent(text: str, accent: str) -> str:
    return unicodedata.normalize("NFC", "".join(letter + accent for letter in text))


def _write_unicode(node: _Node) -> str:
    if isinstance(node, _Sign):
        return node.text
    if isinstance(node, _Row):
        return _space_out(node.parts)
    if isinstance(node, _Fraction):
        return f"{_in_brackets(node.over)}/{_in_brackets(node.under)}"
    if isinstance(node, _Root):
        return f"√{_in_brackets(node.inside)}"
    below = "" if node.below is None else _move(_write_unicode(node.below), _LOWERED, "_")
    above = "" if node.above is None else _move(_write_unicode(node.above), _RAISED, "^")
    return _write_unicode(node.base) + below + above


def _space_out(parts: Sequence[_Node]) -> str:
    """Write a row: spaces part a named function from letters (`n log n`), and relations."""
    texts = [_write_unicode(part) for part in parts]
    names = [isinstance(part, _Sign) and part.is_word for part in parts]
    written = texts[0] if texts else ""
    for position in range(1, len(texts)):
        last, text = written[-1:], texts[position]
        is_parted = (
            (names[position] and last.isalpha())
            or (names[position - 1] and text[:1].isalnum())
            or text in _RELATIONS
            or texts[position - 1] in _RELATIONS
        )
        written += f" {text}" if is_parted and " " not in (last, text[:1]) else text
    return written


def _in_brackets(node: _Node) -> str:
    text = _write_unicode(node)
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _move(text: str, table: dict[str, str], mark: str) -> str:
    """Write text below or above the line: `₁`, or `_Q` where Unicode has no such letter."""
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"


def _write_html(node: _Node) -> Markup:
    if _is_plain(node):
        return escape(_write_unicode(node))
    return Markup("<math>{}</math>").format(_write_mathml(node))


def _is_plain(node: _Node) -> bool:
    """Return whether Unicode shows all that the math says."""
    if isinstance(node, _Sign):
        return True
    if isinstance(node, _Row):
        return all(map(_is_plain, node.parts))
    if isinstance(node, _Script):
        return (
            _is_plain(node.base)
            and (node.below is None or _fits(node.below, _LOWERED))
            and (node.above is None or _fits(node.above, _RAISED))
        )
    return False


def _fits(node: _Node, table: dict[str, str]) -> bool:
    return _is_plain(node) and all(character in table for character in _write_unicode(node))


def _write_mathml(node: _Node) -> Markup:
    if isinstance(node, _Sign):
        return _write_sign(node)
    if isinstance(node, _Row):
        return Markup("<mrow>{}</mrow>").format(Markup("").join(map(_write_mathml, node.parts)))
    if isinstance(node, _Fraction):
        return Markup("<mfrac>{}{}</mfrac>").format(*map(_write_mathml, (node.over, node.under)))
    if isinstance(node, _Root):
        return Markup("<msqrt>{}</msqrt>").format(_write_mathml(node.inside))
    parts = [part for part in (node.base, node.below, node.above) if part is not None]
    tag = "msubsup" if len(parts) == 3 else "msub" if node.below is not None else "msup"
    inside = Markup("").join(map(_write_mathml, parts))
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), inside)


def _write_sign(node: _Sign) -> Markup:
    if node.is_word and not node.text.isalpha():
        return Markup("<mtext>{}</mtext>").format(node.text)
    if node.text[:1].isdigit():
        return Markup("<mn>{}</mn>").format(node.text)
    tag = "mi" if node.text.isalpha() or not node.text else "mo"
    return Markup("<{0}>{1}</{0}>").format(Markup(tag), node.text)
