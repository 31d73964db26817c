"""What other programs read in the exports: titles, names, types and containers.

Four lists: two of sixty odd names and titles, by people who had not seen the code, sixty with other
signs and scripts, and the 106 papers of this repository. Each cell of client and list has at most
two wrong titles and two wrong lists of authors. A client that is missing is a skipped test with its
name: `.ci/run` installs those that come from a registry. docs/decisions/0026-clients.md has the
figures of all forms.

A title is faithful if a person sees the record's title in what the client prints: its letters and
signs in Unicode (NFKC: a sign below the line is its sign), or as math or raised text in a client
that sets it. Kinds of quotes and dashes do not count, nor does letter case, which styles change;
lost capitals have a test of their own. TeX that is shown as TeX is wrong.
"""

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pybtex.database  # type: ignore[import-untyped]
import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.model.records import EntryType, Paper
from catalog.render.citations import Encoding, Format, Options, Target, write_citations
from catalog.render.citations.references import find_pandoc
from catalog.text.tex_math import to_unicode
from tests.real_list import find_real_list

TESTS = Path(__file__).parents[1]
DATA = TESTS / "data" / "exports"
MOST_WRONG = 2
"""Of the titles and of the lists of authors, in each cell."""
MOST_WRONG_NAMES = {("Pandoc, BibTeX", "odd"): 3, ("citation-js, BibTeX", "signs"): 3}
r"""BibTeX's styles need a command to shorten a name to `Đ`: Pandoc drops `{\DJ}` and `{\TH}`, and
citation-js shows `\relax`. In the form for readers without TeX none of these names is wrong."""

Item = dict[str, Any]


class Read(NamedTuple):
    """What a client has of a paper; None for what it cannot say."""

    title: str
    names: list[str] | None = None
    container: str | None = None
    type: str | None = None
    sets_math: bool = False
    """Whether it prints math, of which its data have the TeX, as Pandoc in each of its formats."""


class Expected(NamedTuple):
    """What it should have. Each title is right."""

    titles: list[str]
    names: list[str]
    container: str | None
    type: EntryType


Reader = Callable[[str], dict[str, Read]]

DUMP = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Dump</title><id>http://example.org/dump</id><updated>2026-01-01T00:00:00Z</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout>
      <text variable="title" prefix="@@"/>
      <names variable="author" prefix="##"><name delimiter=";;" initialize="false" et-al-min="99" et-al-use-first="98"/></names>
      <text variable="container-title" prefix="%%"/>
    </layout>
  </bibliography>
</style>
"""  # noqa: E501 - a style as its program writes it


# The lists


@cache
def load_list(name: str) -> Catalog:
    folders = {
        "exports": DATA,
        "odd": TESTS / "data" / "bibliographies" / "odd",
        "signs": TESTS / "data" / "bibliographies" / "signs",
        "real": find_real_list(),
    }
    checked = check(folders[name], today=date(2026, 1, 1))
    assert checked.catalog is not None, checked.findings
    return checked.catalog


LISTS = {"exports": 60, "odd": 60, "signs": 60, "real": 106}


@cache
def expect(name: str) -> dict[str, Expected]:
    catalog = load_list(name)
    assert len(catalog.papers) == LISTS[name]
    expected = {paper.key: expect_paper(catalog, paper) for paper in catalog.papers}
    if name == "exports":
        # Written down before the exports were, by hand.
        for key, item in load_written().items():
            expected[key] = expected[key]._replace(
                titles=[item["title"], *item.get("title_accept", [])],
                names=[join_name(author) for author in item["authors"]],
            )
    return expected


@cache
def load_written() -> dict[str, Item]:
    loaded: dict[str, Item] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return loaded


_IN_CONTAINER = (EntryType.ARTICLE, EntryType.INPROCEEDINGS, EntryType.INCOLLECTION)


def expect_paper(catalog: Catalog, paper: Paper) -> Expected:
    kind = catalog.entry_type(paper)
    venue = catalog.title_by_venue.get(paper.venue, paper.venue) if paper.venue else None
    container = paper.booktitle or venue
    return Expected(
        titles=[to_unicode(paper.title), paper.title],
        names=[name.display for name in paper.authors[: OPTIONS.max_authors]],
        container=container if kind in _IN_CONTAINER else None,
        type=kind,
    )


def join_name(author: Item) -> str:
    parts = ("particle", "family", "literal", "given", "suffix")
    return " ".join(author[part] for part in parts if part in author)


# The comparison


def fold(text: str) -> str:
    """Fold what programs may show in another form: quotes, dashes, spaces, letter case, tags."""
    seen = re.sub("[\u00ad\u200b\u2060\ufeff]", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"</?(?:i|b|sub|sup|sc)>|</?span[^>]*>", "", seen)
    for signs, sign in (("“”„«»‟", '"'), ("‘’‚", "'"), ("‐‑–—−", "-")):
        bare = re.sub(f"[{signs}]", sign, bare)
    return re.sub(r"[\s{}]|(?<=')(?=')", "", bare).replace("''", '"').replace('"', "'").lower()


def sort_letters(name: str) -> str:
    """Fold a name whatever the order of its parts."""
    return "".join(sorted(fold(name).replace(",", "")))


def find_wrong(name: str, read: dict[str, Read]) -> dict[str, list[tuple[str, object]]]:
    """Return what is wrong in each aspect, as key and value."""
    wrong: dict[str, list[tuple[str, object]]] = {"title": [], "names": [], "container": []}
    for key, expected in expect(name).items():
        found = read.get(key, Read("", []))
        shown = {fold(found.title)}
        if found.sets_math:
            shown.add(fold(to_unicode(found.title)))
        if shown.isdisjoint(map(fold, expected.titles)):
            wrong["title"].append((key, found.title))
        # `and others` is a person to some.
        names = [one for one in found.names or [] if one not in ("others", "et al.")]
        if found.names is not None and [*map(sort_letters, names)] != [
            *map(sort_letters, expected.names)
        ]:
            wrong["names"].append((key, found.names))
        if expected.container and found.container is not None:
            is_right = fold(found.container) == fold(expected.container)
            wrong["container"] += [] if is_right else [(key, found.container)]
    return wrong


# The clients

OPTIONS = Options(max_authors=30, has_extensions=True)
"""A list of a thousand authors takes some clients a minute, and shows nothing more."""
READER = Options(max_authors=30, target=Target.READER)


def write(name: str, format_: Format, options: Options = OPTIONS) -> str:
    catalog = load_list(name)
    return write_citations(catalog, catalog.ordered, format_, options)


def read_csl_items(items: Iterable[Item]) -> dict[str, Read]:
    return {
        item["id"]: Read(
            item["title"],
            [show(author) for author in item.get("author", [])],
            item.get("container-title", ""),
            item.get("type"),
        )
        for item in items
    }


def show(author: Item) -> str:
    names = ("non-dropping-particle", "dropping-particle", "family", "literal", "given", "suffix")
    return " ".join(author[name] for name in names if name in author)


def read_with_pandoc(reader: str) -> Reader:
    def read(text: str) -> dict[str, Read]:
        pandoc = find_pandoc()
        if pandoc is None:
            pytest.skip("Pandoc is not installed")
        known = run([pandoc, "--list-input-formats"])
        if reader not in known.split():
            pytest.skip(f"this Pandoc does not read {reader}")
        items = json.loads(run([pandoc, "--from", reader, "--to", "csljson"], text))
        return {key: one._replace(sets_math=True) for key, one in read_csl_items(items).items()}

    return read


def run(command: list[str], text: str = "") -> str:
    done = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_with_citation_js(type_: str) -> Reader:
    def read(text: str) -> dict[str, Read]:
        node = shutil.which("node")
        if node is None or not (TESTS / "node_modules" / "@citation-js" / "core").is_dir():
            pytest.skip("citation-js is not installed: run `make web`")
        if int(run([node, "--version"])[1:].split(".")[0]) < 20:
            pytest.skip("citation-js needs Node.js 20")
        with TemporaryDirectory() as folder:
            file = Path(folder, "list")
            file.write_text(text, encoding="utf-8")
            script = str(Path(__file__).with_name("read_citations.mjs"))
            return read_csl_items(json.loads(run([node, script, str(TESTS), str(file), type_])))

    return read


def read_with_typst(suffix: str) -> Reader:
    def read(text: str) -> dict[str, Read]:
        if find_spec("typst") is None:
            pytest.skip("typst is not installed")
        import typst  # noqa: PLC0415 - it may be missing

        with TemporaryDirectory() as folder:
            Path(folder, f"list{suffix}").write_text(text, encoding="utf-8")
            Path(folder, "dump.csl").write_text(DUMP, encoding="utf-8")
            main = Path(folder, "main.typ")
            main.write_text(f'#bibliography("list{suffix}", style: "dump.csl", full: true)')
            html = typst.compile(str(main), format="html").decode()
        found = {}
        for entry in re.findall(r"@@(.*?)(?=@@|</li>|</p>)", html, re.DOTALL):
            bare = unescape(re.sub(r"<[^>]+>", "", entry))
            title, names, container = re.fullmatch(  # type: ignore[union-attr]
                r"(.*?)(?:##(.*?))?(?:%%(.*))?", bare, re.DOTALL
            ).groups()
            names = names.split(";;") if names else []
            found[fold(title)] = Read(title, names, container or "")
        return found

    return read


def read_with_pybtex(text: str) -> dict[str, Read]:
    entries = pybtex.database.parse_string(text, "bibtex").entries
    return {
        key: Read(
            show_tex(entry.fields["title"]),
            [show_tex(str(person)) for person in entry.persons.get("author", [])],
            show_tex(entry.fields.get("booktitle") or entry.fields.get("journal", "")),
            entry.type,
        )
        for key, entry in entries.items()
    }


def show_tex(text: str) -> str:
    """Return what TeX would print: the values of pybtex and bibtexparser are TeX."""
    shown = LatexNodes2Text(math_mode="text").latex_to_text(text)
    # pylatexenc has the accent alone for `\textasciicircum`.
    return str(shown).replace("ˆ", "^")


def read_with_bibtexparser(text: str) -> dict[str, Read]:
    library = parse_string(text)
    assert library.failed_blocks == []
    found = {}
    for entry in library.entries:
        fields = {field.key: str(field.value) for field in entry.fields}
        authors = fields.get("author")
        found[entry.key] = Read(
            show_tex(fields["title"]),
            [show_tex(name) for name in authors.split(" and ")] if authors else [],
            show_tex(fields.get("booktitle") or fields.get("journal", "")),
            entry.entry_type,
        )
    return found


def read_with_rispy(text: str) -> dict[str, Read]:
    return {
        record["id"]: Read(
            record["title"],
            record.get("authors", []),
            # `C3` for proceedings, as Zotero reads it.
            record.get("custom3") or record.get("secondary_title") or record.get("journal_name"),
            record["type_of_reference"],
        )
        for record in rispy.loads(text)
    }


CELLS: dict[str, tuple[Reader, Format, Options]] = {
    "CSL-JSON": (lambda text: read_csl_items(json.loads(text)), Format.CSL_JSON, OPTIONS),
    "Pandoc, CSL-JSON": (read_with_pandoc("csljson"), Format.CSL_JSON, OPTIONS),
    "Pandoc, RIS": (read_with_pandoc("ris"), Format.RIS, OPTIONS),
    "Pandoc, BibTeX": (read_with_pandoc("bibtex"), Format.BIBTEX, OPTIONS),
    "Pandoc, BibTeX for readers": (read_with_pandoc("bibtex"), Format.BIBTEX, READER),
    "citation-js, CSL-JSON": (read_with_citation_js("@csl/text"), Format.CSL_JSON, OPTIONS),
    "citation-js, RIS": (read_with_citation_js("@ris/file"), Format.RIS, OPTIONS),
    "citation-js, BibTeX": (read_with_citation_js("@bibtex/text"), Format.BIBTEX, OPTIONS),
    "citation-js, BibTeX for readers": (
        read_with_citation_js("@bibtex/text"),
        Format.BIBTEX,
        READER,
    ),
    "Typst, Hayagriva": (read_with_typst(".yml"), Format.HAYAGRIVA, OPTIONS),
    "Typst, BibTeX": (read_with_typst(".bib"), Format.BIBTEX, OPTIONS),
    "Typst, BibTeX for readers": (read_with_typst(".bib"), Format.BIBTEX, READER),
    "pybtex, BibTeX": (read_with_pybtex, Format.BIBTEX, OPTIONS),
    "pybtex, BibTeX for readers": (read_with_pybtex, Format.BIBTEX, READER),
    "bibtexparser, BibTeX": (read_with_bibtexparser, Format.BIBTEX, OPTIONS),
    "bibtexparser, BibTeX for readers": (read_with_bibtexparser, Format.BIBTEX, READER),
    "rispy, RIS": (read_with_rispy, Format.RIS, OPTIONS),
}


@cache
def read_cell(cell: str, name: str) -> dict[str, Read]:
    reader, format_, options = CELLS[cell]
    read = reader(write(name, format_, options))
    if cell.startswith("Typst"):
        # Typst shows no keys.
        return {
            key: next((read[fold(t)] for t in expected.titles if fold(t) in read), Read(""))
            for key, expected in expect(name).items()
        }
    return read


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("cell", CELLS)
def test_a_client_reads_titles_and_names(cell: str, name: str) -> None:
    wrong = find_wrong(name, read_cell(cell, name))
    assert len(wrong["title"]) <= MOST_WRONG, wrong["title"]
    most = MOST_WRONG_NAMES.get((cell, name), MOST_WRONG)
    assert len(wrong["names"]) <= most, wrong["names"]
    if name == "real":
        assert wrong == {"title": [], "names": [], "container": []}


CSL_TYPES = {
    EntryType.ARTICLE: "article-journal",
    EntryType.INPROCEEDINGS: "paper-conference",
    EntryType.MISC: "article",
}
RIS_TYPES = {EntryType.ARTICLE: "JOUR", EntryType.INPROCEEDINGS: "CONF", EntryType.MISC: "MANSCPT"}


@pytest.mark.parametrize("cell", CELLS)
def test_a_client_reads_the_type_of_every_paper(cell: str) -> None:
    format_ = CELLS[cell][1]
    read = read_cell(cell, "real")
    if cell.startswith("Typst"):
        pytest.skip("Typst shows no types")
    for key, expected in expect("real").items():
        if cell.startswith("rispy"):
            assert read[key].type == RIS_TYPES[expected.type], key
        elif cell.startswith(("pybtex", "bibtexparser")):
            assert read[key].type == expected.type.value, key
        elif format_ is Format.CSL_JSON or expected.type is not EntryType.MISC:
            # Neither RIS nor BibTeX has a type for preprints.
            assert read[key].type == CSL_TYPES[expected.type], key


def test_ris_says_in_zoteros_words_what_a_preprint_is() -> None:
    # Its reader puts `M2` into the field `Extra`, where `Type` is the type that it cites by.
    for record in rispy.loads(write("real", Format.RIS)):
        is_preprint = record["type_of_reference"] == "MANSCPT"
        assert ("Type: article" in record["unknown_tag"]["M2"]) == is_preprint


needs_pandoc = pytest.mark.skipif(find_pandoc() is None, reason="Pandoc is not installed")


@needs_pandoc
def test_pandoc_lowers_no_capital_of_a_name_in_bibtex() -> None:
    for reader, format_ in (("bibtex", Format.BIBTEX), ("biblatex", Format.BIBLATEX)):
        read = read_with_pandoc(reader)(write("exports", format_))
        lost = [
            (key, word)
            for key, item in load_written().items()
            for word in (unicodedata.normalize("NFKC", w) for w in item["title_capitals"])
            # Math stays TeX in Pandoc's JSON; Pandoc 2 leaves the dollars out: `H_2O`.
            if "$" not in read[key].title
            and word
            not in unicodedata.normalize("NFKC", re.sub(r"<[^>]+>|_", "", read[key].title)).replace(
                "’", "'"
            )
        ]
        assert not lost


@needs_pandoc
def test_pandoc_reads_the_names_of_bibtex_in_utf_8() -> None:
    options = Options(max_authors=30, encoding=Encoding.UTF8)
    read = read_with_pandoc("bibtex")(write("exports", Format.BIBTEX, options))
    wrong = find_wrong("exports", read)["names"]
    assert len(wrong) <= MOST_WRONG, wrong


@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
@pytest.mark.parametrize("format_", [Format.BIBTEX, Format.BIBLATEX])
def test_typst_compiles_a_bibliography(format_: Format, tmp_path: Path) -> None:
    import typst  # noqa: PLC0415 - it may be missing

    (tmp_path / "list.bib").write_text(write("exports", format_), encoding="utf-8")
    page = '#bibliography("list.bib", style: "ieee", full: true)'
    (tmp_path / "main.typ").write_text(page, encoding="utf-8")
    assert typst.compile(str(tmp_path / "main.typ"), format="html")
