"""A real TeX reads what we write: no error, no warning, and the printed references are right.

`make tex` runs them, `make test` does not. They need TeX Live with BibTeX and Biber, and pdftotext;
without these they skip, and fail with `CI=true`: the CI job that installs TeX cannot pass by
skipping.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.render.citations import Encoding, Format, Options, Target, write_citations
from catalog.render.citations.selection import find_cited_keys
from tests.hostile import lists
from tests.real_list import find_real_list

pytestmark = pytest.mark.tex

ROOT = Path(__file__).parents[2]
PROGRAMS = ("pdflatex", "lualatex", "bibtex", "biber", "pdftotext")
STYLES = ("plain", "IEEEtran", "plainnat")
"""The standard style; engineering's; and natbib's, from which acl_natbib is made."""

# A page so wide that each reference is one line.
PAGE = r"\usepackage[paperwidth=150cm,paperheight=90cm,margin=2cm]{geometry}"
T1 = r"\usepackage[T1]{fontenc}\usepackage{lmodern}"
OT1 = r"\usepackage{lmodern}"
BIBTEX_DOCUMENT = r"""\documentclass{article}
%(page)s %(fonts)s
\usepackage{url}%(packages)s
\begin{document}
\nocite{*}
\bibliographystyle{%(style)s}
\bibliography{all}
\end{document}
"""
BIBLATEX_DOCUMENT = r"""\documentclass{article}
%(page)s
\usepackage[style=numeric,maxbibnames=99]{biblatex}
\usepackage[hidelinks]{hyperref}
\addbibresource{all.bib}
\begin{document}
\nocite{*}
\printbibliography
\end{document}
"""

_CASES = yaml.safe_load(
    (ROOT / "tests" / "render" / "citations" / "cases.yaml").read_text(encoding="utf-8")
)
# Each of another year: natbib has but 26 letters to tell the papers of one author and year apart.
HARD_CASES: tuple[dict[str, Any], ...] = tuple(
    {
        "title": case.get("title", "Things"),
        "authors": [case.get("author", "Ada Example")],
        "year": 1900 + n,
    }
    for n, case in enumerate(_CASES["titles"] + _CASES["authors"])
)

RECORDS: tuple[dict[str, Any], ...] = (
    {
        "title": "BERT & GPT-4: 50% of Things in Title Case",
        "authors": ["Carla van der Berg", "Ben Sample Jr.", {"literal": "The Things Team"}],
        "venue": "Conf",
        "pages": "10-24",
    },
    {
        "title": "Why Should I Trust $O(n^2)$ Things?",
        "authors": ["Wącław Przykładzięść", "Đurđa Primjerić", "Győző Példűs"],
        "more_authors": True,
        "venue": "Letters",
        "volume": "7",
        "number": "2",
        "month": 5,
    },
    {
        "title": '"What Is a Thing?" and Other Questions',
        "authors": ["İlkay Örnekoğlış", "Åse Ærøskøbing", "Þóra Dæmið"],
        "venue": "arXiv",
        "arxiv": "2401.10000",
    },
    {
        "title": "Sets {x} with \\, ^, ~, _, #, <b> and `code --fast`",
        "authors": [{"literal": "Example, Sample & Sons and Daughters"}],
        "venue": "Blog",
        "links": {"page": "https://example.org/a_b?c=1&d=%20#e~f"},
    },
    {
        "title": "α-Things × β: 10⁴ ≤ ∞ – in CO₂…",
        "authors": [{"family": "Nguyễn", "given": "Thị Ví Dụ"}, "Ștefan Exemplaț"],
        "type": "phdthesis",
        "publisher": "University of Invention",
    },
    {
        "title": "Über ÉNA und naïve Dinge",
        "authors": ["Jörg Mußterwöhner", "Řehoř Příkladů"],
        "type": "techreport",
        "publisher": "Institute of Invention",
        "number": "TR_7",
    },
    {
        "title": "The Book of Things",
        "authors": [
            "Ejemplo y Muestra, Ana",
            {"given": "Élise", "particle": "d'", "family": "Invente"},
        ],
        "venue": "Press",
    },
    {
        "title": "DOIs Stand as They Are",
        "authors": ["Exampla", "Cleo O’Sample"],
        "venue": "Letters",
        "doi": "10.1002/(SICI)1_2%3:4#5&6",
    },
    {
        "title": "A Part of a Series",
        "authors": ["Nour al-Mukhtara", {"family": "Exampla Magna"}],
        "venue": "Conf",
        "series": "Inventions",
        "volume": "3",
        "number": "4",
        "publisher": "Example Press",
    },
    {
        "title": "ON THINGS IN CAPITALS",
        "authors": [{"given": "bella", "family": "exemplar"}, "Jean-Luc Modèle"],
        "type": "unpublished",
    },
)

# As pdftotext extracts it: a raised digit stands in the line, a dot or comma below behind its
# letter, and T1's one glyph for the two letters Đ and Ð is taken for the second.
PRINTED_WITH_PLAIN = """
Nour al-Mukhtara and Exampla Magna. A part of a series. In Conference on Invented Things, volume 3 \
of Inventions. Example Press, 2024.
Ana Ejemplo y Muestra and Élise d’Invente. The Book of Things. Invented Press, 2024.
Exampla and Cleo O’Sample. DOIs stand as they are. Letters of Invention, 2024.
Example, Sample & Sons and Daughters. Sets {x} with \\, ^, ~, _, #, <b> and `code --fast`. \
The Invented Blog, 2024.
bella exemplar and Jean-Luc Modèle. On things in capitals. Unpublished, 2024.
Jörg Mußterwöhner and Řehoř Příkladů. Über ÉNA und naïve Dinge. Technical Report TR_7, \
Institute of Invention, 2024.
Thi. Ví Du. Nguyễn and S, tefan Exemplat, . α-Things × β: 104 ≤ ∞ – in CO2 . . . . PhD thesis, \
University of Invention, 2024.
İlkay Örnekoğlış, Åse Ærøskøbing, and Þóra Dæmið. “What is a thing?” and other questions. \
arXiv:2401.10000, 2024.
Wącław Przykładzięść, Ðurđa Primjerić, Győző Példűs, et al. Why should I trust O(n2 ) things? \
Letters of Invention, 7(2), May 2024.
Carla van der Berg, Ben Sample, Jr., and The Things Team. BERT & GPT-4: 50% of things in title \
case. In Conference on Invented Things, pages 10–24, 2024.
"""
# Biber makes a plain grave accent of the command, which the font then shows as a quote.
PRINTED_WITH_BIBER = """
Carla van der Berg, Ben Sample Jr., and The Things Team. “BERT & GPT-4: 50% of Things in Title \
Case”. In: Conference on Invented Things. 2024, pp. 10–24.
Ana Ejemplo y Muestra and Élise d’Invente. The Book of Things. Invented Press, 2024.
Exampla and Cleo O’Sample. “DOIs Stand as They Are”. In: Letters of Invention (2024). \
doi: 10.1002/(SICI)1_2%3:4#5&6.
Example, Sample & Sons and Daughters. Sets {x} with \\, ^, ~, _, #, <b> and ‘code --fast‘. \
The Invented Blog. 2024. url: https://example.org/a_b?c=1&d=%20#e~f.
bella exemplar and Jean-Luc Modèle. “ON THINGS IN CAPITALS”. 2024.
Nour al-Mukhtara and Exampla Magna. “A Part of a Series”. In: Conference on Invented Things. \
Vol. 3. Inventions 4. Example Press, 2024.
Jörg Mußterwöhner and Řehoř Příkladů. Über ÉNA und naïve Dinge. Tech. rep. TR_7. \
Institute of Invention, 2024.
Thị Ví Dụ Nguyễn and Ștefan Exemplaț. “α-Things × β: 104 ≤ ∞ – in CO2 …” PhD thesis. \
University of Invention, 2024.
İlkay Örnekoğlış, Åse Ærøskøbing, and Þóra Dæmið. “What Is a Thing?” and Other Questions. 2024. \
arXiv: 2401.10000. url: https://arxiv.org/abs/2401.10000.
Wącław Przykładzięść, Đurđa Primjerić, Győző Példűs, et al. “Why Should I Trust O(n2 ) Things?” \
In: Letters of Invention 7.2 (May 2024).
"""


@pytest.fixture(scope="session", autouse=True)
def _tex() -> None:
    """Skip without TeX, or fail where it has to be."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if not missing:
        return
    message = f"TeX is not installed: {', '.join(missing)} not found"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def real_catalog() -> Catalog:
    """The list of this repository."""
    checked = check(find_real_list(), today=date(2025, 11, 1))
    assert checked.catalog is not None, checked.findings
    return checked.catalog


def make_catalog(records: tuple[dict[str, Any], ...]) -> Catalog:
    """Make an invented list."""
    head = {
        "survey": {"title": "A List"},
        "sections": [{"id": "all", "title": "All"}],
        "venues": {
            "Conf": {"name": "Conference on Invented Things"},
            "Letters": {"name": "Letters of Invention", "kind": "journal"},
            "Press": {"name": "Invented Press", "kind": "book"},
            "Blog": {"name": "The Invented Blog", "kind": "other"},
            "arXiv": {"kind": "preprint"},
        },
    }
    papers = [
        Paper.model_validate(
            {"key": f"key{n:02}", "title": f"Title {n}", "sections": ["all"], "year": 2024} | record
        )
        for n, record in enumerate(records)
    ]
    return Catalog(Head.model_validate(head), papers)


def run(folder: Path, *command: str) -> str:
    """Run a program and return what it says; a failure is the test's."""
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    return done.stdout


def typeset(folder: Path, engine: str) -> str:
    """Run TeX once and return its log."""
    run(folder, engine, "-interaction=nonstopmode", "-halt-on-error", "main.tex")
    return (folder / "main.log").read_text(encoding="utf-8", errors="replace")


def find_faults(log: str) -> list[str]:
    """Return the lines of a log that say something is wrong."""
    return [
        line for line in log.splitlines() if re.search(r"^!|Warning|Error|Missing character", line)
    ]


def print_with_bibtex(folder: Path, bibliography: str, style: str, fonts: str = T1) -> list[str]:
    """Typeset with pdflatex and BibTeX, without a complaint; return the printed references."""
    packages = r"\usepackage{natbib}" if style.endswith("nat") else ""
    values = {"page": PAGE, "fonts": fonts, "packages": packages, "style": style}
    (folder / "all.bib").write_text(bibliography, encoding="utf-8")
    (folder / "main.tex").write_text(BIBTEX_DOCUMENT % values, encoding="utf-8")
    typeset(folder, "pdflatex")
    said = run(folder, "bibtex", "main")
    assert "Warning--" not in said, said
    typeset(folder, "pdflatex")
    assert find_faults(typeset(folder, "pdflatex")) == []
    return read_references(folder)


def print_with_biber(folder: Path, bibliography: str) -> list[str]:
    """Typeset with LuaLaTeX and Biber, without a complaint; return the printed references."""
    (folder / "all.bib").write_text(bibliography, encoding="utf-8")
    (folder / "main.tex").write_text(BIBLATEX_DOCUMENT % {"page": PAGE}, encoding="utf-8")
    typeset(folder, "lualatex")
    said = run(folder, "biber", "main")
    assert "WARN" not in said, said
    assert "ERROR" not in said, said
    typeset(folder, "lualatex")
    assert find_faults(typeset(folder, "lualatex")) == []
    return read_references(folder)


def read_references(folder: Path) -> list[str]:
    """Read the references from the PDF, each without its label."""
    text = unicodedata.normalize(
        "NFC", run(folder, "pdftotext", "-nopgbrk", "-layout", "main.pdf", "-")
    )
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    found = [re.sub(r"^\[\d+\] ", "", line) for line in lines]
    return [line for line in found if line and line != "References" and not line.isdigit()]


SHORT = Options(max_authors=30, has_extensions=True)
"""A thousand authors fill pages: their reference could not be told from several."""
ASCII = Options(encoding=Encoding.ASCII)


@pytest.mark.parametrize("style", STYLES)
def test_pdflatex_and_bibtex_print_the_whole_real_list(
    style: str, real_catalog: Catalog, tmp_path: Path
) -> None:
    bibliography = write_citations(real_catalog, real_catalog.ordered, Format.BIBTEX, SHORT)
    printed = print_with_bibtex(tmp_path, bibliography, style)
    assert len(printed) == len(real_catalog.papers)


def test_lualatex_and_biber_print_the_whole_real_list(
    real_catalog: Catalog, tmp_path: Path
) -> None:
    bibliography = write_citations(real_catalog, real_catalog.ordered, Format.BIBLATEX, SHORT)
    printed = print_with_biber(tmp_path, bibliography)
    assert len(printed) == len(real_catalog.papers)


def test_pdflatex_and_bibtex_print_ten_hard_records_as_expected(tmp_path: Path) -> None:
    catalog = make_catalog(RECORDS)
    plain = Options(target=Target.PLAIN)
    bibliography = write_citations(catalog, catalog.papers, Format.BIBTEX, plain)
    assert print_with_bibtex(tmp_path, bibliography, "plain") == PRINTED_WITH_PLAIN.strip().split(
        "\n"
    )


def test_lualatex_and_biber_print_ten_hard_records_as_expected(tmp_path: Path) -> None:
    catalog = make_catalog(RECORDS)
    bibliography = write_citations(catalog, catalog.papers, Format.BIBLATEX)
    assert print_with_biber(tmp_path, bibliography) == PRINTED_WITH_BIBER.strip().split("\n")


@pytest.mark.parametrize("fonts", [T1, OT1], ids=["T1", "OT1"])
@pytest.mark.parametrize("style", STYLES)
def test_hard_cases_that_ascii_can_write_compile_in_any_document(
    style: str, fonts: str, tmp_path: Path
) -> None:
    catalog = make_catalog(HARD_CASES)
    entries = [write_citations(catalog, [paper], Format.BIBTEX, ASCII) for paper in catalog.papers]
    papers = [paper for paper, text in zip(catalog.papers, entries, strict=True) if text.isascii()]
    assert len(papers) > 0.9 * len(entries)
    printed = print_with_bibtex(
        tmp_path, write_citations(catalog, papers, Format.BIBTEX), style, fonts
    )
    assert len(printed) == len(papers)


SIGNS = r"H$_2$O, α and Δ ≤ $O(n \log n)$ in $\mathbb{R}^n$, ⅓ ∈ $\ell_1$"
"""Signs that a file has in Unicode, with definitions."""


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_every_engine_prints_signs_that_its_font_lacks(engine: str, tmp_path: Path) -> None:
    catalog = make_catalog(({"title": SIGNS, "authors": ["Ada Example"], "year": 2024},))
    bibliography = write_citations(catalog, catalog.papers, Format.BIBTEX)
    assert "α" in bibliography.partition("@misc")[2]
    (tmp_path / "all.bib").write_text(bibliography, encoding="utf-8")
    values = {"page": PAGE, "fonts": "", "packages": "", "style": "plain"}
    (tmp_path / "main.tex").write_text(BIBTEX_DOCUMENT % values, encoding="utf-8")
    typeset(tmp_path, engine)
    run(tmp_path, "bibtex", "main")
    typeset(tmp_path, engine)
    assert find_faults(typeset(tmp_path, engine)) == []
    (printed,) = (line for line in read_references(tmp_path) if "Example" in line)
    # Of a Delta in math pdftotext makes a triangle, in text the letter.
    bare = "".join(printed.split()).replace("∆", "Δ")
    assert bare.startswith("AdaExample.H2O,αandΔ≤O(nlogn)")


def test_hard_cases_compile_with_biber(tmp_path: Path) -> None:
    catalog = make_catalog(HARD_CASES)
    papers = [
        paper
        for paper in catalog.papers
        if write_citations(catalog, [paper], Format.BIBTEX, ASCII).isascii()
    ]
    printed = print_with_biber(tmp_path, write_citations(catalog, papers, Format.BIBLATEX))
    assert len(printed) == len(papers)


@pytest.mark.parametrize("package", ["biblatex", "natbib"])
def test_an_aux_file_of_real_tex_names_the_cited_keys(package: str, tmp_path: Path) -> None:
    body = r"\begin{document}\cite{a,b}\nocite{c}\nocite{*}\end{document}"
    document = rf"\documentclass{{article}}\usepackage{{{package}}}{body}"
    (tmp_path / "main.tex").write_text(document, encoding="utf-8")
    typeset(tmp_path, "pdflatex")
    aux = (tmp_path / "main.aux").read_text(encoding="utf-8")
    assert sorted(find_cited_keys(aux, is_aux=True)) == ["*", "a", "b", "c"]


# Texts of strangers

HOSTILE: dict[str, str] = {
    name: text
    for name, text in lists.SHOWN.items()
    if text.isascii() and name not in lists.NO_TITLES | {"math", "100 KB"}
}
"""What a font of letters can print. Math in a title is math, and has tests of its own."""
# Biber makes a plain grave accent of its command, which the font then shows as a quote.
_PRINTED_ALIKE = str.maketrans("“”‘’`–—", "\"\"'''--")


def make_hostile_catalog() -> Catalog:
    """Return a list with each text in each field of a record that a bibliography prints."""
    records = tuple(
        {
            "title": f"Begin {text} end",
            "authors": [{"literal": f"By {text} all"}],
            "booktitle": f"In {text} out",
            "publisher": f"From {text} to",
            "series": f"Of {text} off",
            "type": "inproceedings",
            "year": 1900 + number,
        }
        for number, text in enumerate(HOSTILE.values())
    )
    return make_catalog(records)


def squeeze(text: str) -> str:
    """Return text without spaces, with the quotes and dashes of a typewriter."""
    return re.sub(r"\s+", "", text).translate(_PRINTED_ALIKE).replace('"', "''")


@pytest.mark.parametrize("way", ["bibtex", "biber"])
def test_texts_of_strangers_are_printed_as_given_and_command_nothing(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As a careless author has it: whatever TeX is told to run, it runs.
    monkeypatch.setenv("shell_escape", "t")
    catalog = make_hostile_catalog()
    if way == "bibtex":
        printed = print_with_bibtex(
            tmp_path, write_citations(catalog, catalog.papers, Format.BIBTEX), "plain"
        )
    else:
        printed = print_with_biber(
            tmp_path, write_citations(catalog, catalog.papers, Format.BIBLATEX)
        )
    assert not list(tmp_path.rglob("caught*"))
    page = squeeze("".join(printed))
    # BibTeX's own styles write a title in lower case.
    frames = [("By ", " all"), ("In ", " out"), ("From ", " to"), ("Of ", " off")]
    frames += [("Begin ", " end")] if way == "biber" else []
    lost = [
        (name, begin)
        for name, text in HOSTILE.items()
        for begin, end in frames
        if squeeze(f"{begin}{text}{end}") not in page
    ]
    assert lost == []


@pytest.mark.parametrize("engine", ["pdflatex", "lualatex"])
def test_what_a_careless_author_allows_would_be_seen(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("shell_escape", "t")
    shell = r"\directlua{os.execute('touch caught')}" if engine == "lualatex" else ""
    shell = shell or r"\immediate\write18{touch caught}"
    document = rf"\documentclass{{article}}\begin{{document}}{shell}x\end{{document}}"
    (tmp_path / "main.tex").write_text(document, encoding="utf-8")
    typeset(tmp_path, engine)
    assert (tmp_path / "caught").exists()
