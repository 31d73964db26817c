"""What tests of exports share: lists made on the spot, and readers that are not ours."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from pylatexenc import latex2text, latexwalker
from pylatexenc.macrospec import MacroSpec

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.render.citations.tex import split_math
from tests.real_list import find_real_list

ROOT = Path(__file__).parents[3]

VENUES: dict[str, dict[str, Any]] = {
    "Conf": {"name": "Conference on Invented Things", "kind": "conference"},
    "Letters": {"name": "Letters of Invention", "kind": "journal"},
    "Press": {"name": "Invented Press", "kind": "book"},
    "Blog": {"name": "The Invented Blog", "kind": "other"},
    "arXiv": {"kind": "preprint"},
    "otherXiv": {"kind": "preprint"},
}

MakeCatalog = Callable[..., Catalog]


@pytest.fixture(scope="session")
def make_catalog() -> MakeCatalog:
    """Make a list of the records given; what they lack is filled in."""

    def make(*records: dict[str, Any]) -> Catalog:
        papers = [
            Paper.model_validate(
                {"key": f"key{n}", "title": "Things", "sections": ["all"]} | record
            )
            for n, record in enumerate(records)
        ]
        head = {"survey": {"title": "A List"}, "sections": [{"id": "all", "title": "All"}]}
        return Catalog(Head.model_validate(head | {"venues": VENUES}), papers)

    return make


@pytest.fixture(scope="session")
def real_catalog(today: date) -> Catalog:
    """The list of this repository."""
    checked = check(find_real_list(), today=today)
    assert checked.catalog is not None, checked.findings
    return checked.catalog


class ReadName(NamedTuple):
    """A name as a reader of BibTeX splits it, decoded."""

    given: str
    particle: str
    family: str
    suffix: str


class ReadEntry(NamedTuple):
    """An entry as a reader of BibTeX sees it: text decoded, what is no text as it stands."""

    kind: str
    fields: dict[str, str]
    authors: list[ReadName]


def read_bibtex(text: str) -> dict[str, ReadEntry]:
    """Read BibTeX with bibtexparser 2; a block that it cannot read fails the test."""
    library: Library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks, [str(block.error) for block in library.failed_blocks]
    return {entry.key: _to_read_entry(entry) for entry in library.entries}


def _to_read_entry(entry: Any) -> ReadEntry:  # noqa: ANN401 - bibtexparser's fields are Any
    fields = {field.key: field.value for field in entry.fields}
    names = [
        ReadName(*(_decode_words(part) for part in (n.first, n.von, n.last, n.jr)))
        for n in fields.pop("author", [])
    ]
    fields.pop("editor", None)
    verbatim = ("doi", "url", "eprint")
    decoded = {key: value if key in verbatim else decode(value) for key, value in fields.items()}
    return ReadEntry(entry.entry_type, decoded, names)


def _decode_words(words: Sequence[str]) -> str:
    return decode(" ".join(words))


# Commands of LaTeX's kernel and of T5 that pylatexenc leaves out.
_COMMANDS = {
    "textasciicircum": "^", "S": "§", "P": "¶", "textsterling": "£", "textyen": "¥", "textcent":
    "¢", "SS": "ẞ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư", "textdegree": "°",
    "j": "ȷ", "textperiodcentered": "·", "textdagger": "†", "textdaggerdbl": "‡",
    "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª", "textordmasculine":
    "º", "TH": "Þ", "th": "þ", "guilsinglleft": "‹", "guilsinglright": "›", "quotesinglbase": "‚",
    "lbrace": "{", "rbrace": "}", "NG": "Ŋ", "neg": "¬", "triangle": "△", "textasciigrave":
    "\ue000", "varsigma": "ς", "surd": "√", "hbar": "ℏ", "star": "⋆", "wedge": "∧", "vee": "∨",
}  # fmt: skip
_MARKS = {
    "h": "\u0309", "k": "\u0328", "textcommabelow": "\u0326", "b": "\u0331", "d": "\u0323", "c":
    "\u0327", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", ".": "\u0307", "=":
    "\u0304", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", '"': "\u0308",
}  # fmt: skip


def _make_decoder() -> Any:  # noqa: ANN401 - pylatexenc has no types
    context = latex2text.get_default_latex_context_db()
    specs = [latex2text.MacroTextSpec(name, simplify_repl=text) for name, text in _COMMANDS.items()]
    specs += [
        latex2text.MacroTextSpec(name, simplify_repl=_put_mark(mark))
        for name, mark in _MARKS.items()
    ]
    context.add_context_category("ours", prepend=True, macros=specs)
    return latex2text.LatexNodes2Text(latex_context=context, strict_latex_spaces="macros")


def _put_mark(mark: str) -> Callable[[Any, Any], str]:
    def put(node: Any, l2tobj: Any) -> str:  # noqa: ANN401 - pylatexenc has no types
        base = l2tobj.nodelist_to_text([node.nodeargd.argnlist[-1]])
        return unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(base, base) + mark)

    return put


_DECODER = _make_decoder()
_SYNTAX = latexwalker.get_default_latex_context_db()
_SYNTAX.add_context_category("ours", prepend=True, macros=[MacroSpec(name, "{") for name in _MARKS])


def _to_text(tex: str) -> str:
    nodes, _, _ = latexwalker.LatexWalker(tex, latex_context=_SYNTAX).get_latex_nodes()
    return str(_DECODER.nodelist_to_text(nodes))


def decode(tex: str) -> str:
    """Return what a reader sees of TeX, in the form that `fold_signs` gives."""
    return fold_signs(_to_text(tex).replace("`", "'").replace("\ue000", "`"))


# What TeX writes alike, or what BibTeX's alphabet cannot tell apart.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("“”„″", '"'), **dict.fromkeys("‘’ʻʼʹ′", "'"), "∆": "Δ", "∗": "*", "−": "-",
        "\u2010": "-", "\u2011": "-", "ο": "o", "★": "⋆", "⁄": "/", "⋅": "·",
        **dict.fromkeys("\u200b\u2060\ufeff\u00ad", ""),
    }
)  # fmt: skip


def fold_signs(text: str) -> str:
    """Fold what an export may write in another way: quotes, spaces, forms of the same letter."""
    folded = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    return " ".join(folded.split())


_MATH_SIGN = re.compile(r"(?<!\\)[%&#]")


def expect_title(title: str) -> str:
    """Return a title as `decode` gives it: text as it is, math as pylatexenc reads it."""
    parts = split_math(unicodedata.normalize("NFC", re.sub(r"\s+", " ", title)))
    return fold_signs(
        "".join(
            _to_text("$" + _MATH_SIGN.sub(r"\\\g<0>", part) + "$") if n % 2 else part
            for n, part in enumerate(parts)
        )
    )


@pytest.fixture(scope="session")
def reading() -> SimpleNamespace:
    """Give tests the functions of this file."""
    return SimpleNamespace(
        decode=decode, expect_title=expect_title, fold=fold_signs, read_bibtex=read_bibtex
    )
