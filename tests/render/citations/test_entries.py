"""BibTeX and BibLaTeX entries have the right type and the right fields, in one order."""

from typing import Any

import pytest

from catalog.model.catalog import Catalog
from catalog.model.records import Settings
from catalog.render.citations.biblatex import to_biblatex
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.entries import (
    drop_extensions,
    find_url,
    split_range,
    write_pages,
    write_verbatim,
)
from catalog.render.citations.fallbacks import find_fallbacks, find_letters, write_fallbacks
from catalog.render.citations.options import FILE, Encoding, Options, Target
from catalog.render.citations.tex import is_balanced, split_math, write_sign_math, write_signs
from catalog.render.citations.titles import write_title

MakeCatalog = Any

FULL = """\
@inproceedings{sample2024things,
  title = {Things, and How to {ALIGN} Them},
  author = {Example, Ada and van der Berg, Carla and de la Cruz, Jr., Dora and {The Things Team} and others},
  editor = {Example, Dan},
  booktitle = {Proceedings of the Third Conference on Invented Things},
  series = {Inventions},
  volume = {3},
  publisher = {Example Press},
  address = {Example City},
  pages = {10--24},
  year = {2024},
  month = may,
  doi = {10.1000/example},
  eprint = {2401.10000},
  archivePrefix = {arXiv},
  eprinttype = {arXiv},
  url = {https://aclanthology.org/2024.things-main.1/}
}
"""  # noqa: E501 - a field is a line
FULL_BIBLATEX = """\
@inproceedings{sample2024things,
  title = {Things, and How to {ALIGN} Them},
  author = {Example, Ada and van der Berg, Carla and de la Cruz, Jr., Dora and {The Things Team} and others},
  editor = {Example, Dan},
  booktitle = {Proceedings of the Third Conference on Invented Things},
  series = {Inventions},
  volume = {3},
  number = {2},
  publisher = {Example Press},
  location = {Example City},
  pages = {10--24},
  date = {2024-05},
  doi = {10.1000/example},
  eprint = {2401.10000},
  eprinttype = {arxiv},
  url = {https://aclanthology.org/2024.things-main.1/},
  keywords = {alignment, two words}
}
"""  # noqa: E501 - a field is a line


def test_a_paper_with_every_field(invented_catalog: Catalog) -> None:
    paper = invented_catalog.paper_by_key["sample2024things"]
    assert to_bibtex(invented_catalog, paper) == FULL
    assert to_biblatex(invented_catalog, paper) == FULL_BIBLATEX


PREPRINT = {"venue": "arXiv", "arxiv": "2401.10000", "year": 2024}
ARXIV_FIELDS = ("howpublished", "eprint", "archivePrefix", "eprinttype", "url")


@pytest.mark.parametrize(
    ("target", "fields"),
    [
        (None, ["howpublished"]),
        (Target.PLAIN, ["howpublished"]),
        (Target.IEEE, ["howpublished", "url"]),
        (Target.ACL, ["eprint", "archivePrefix", "eprinttype", "url"]),
        (Target.ACM, ["eprint", "archivePrefix", "eprinttype"]),
        (Target.ELSEVIER, ["eprint", "archivePrefix", "eprinttype"]),
        (Target.NATURE, ["eprint", "archivePrefix", "eprinttype"]),
        (Target.READER, ["eprint", "archivePrefix", "eprinttype", "url"]),
        (Target.TYPST, ["eprint", "archivePrefix", "eprinttype", "url"]),
    ],
)
def test_a_preprint_has_its_id_where_the_style_prints_it_once(
    target: Target | None, fields: list[str], make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog(PREPRINT)
    entry = to_bibtex(catalog, catalog.papers[0], Options(target=target))
    assert [field for field in ARXIV_FIELDS if f"\n  {field} = " in entry] == fields
    assert "2401.10000" in entry


def test_each_encoding_writes_what_its_readers_know(make_catalog: MakeCatalog) -> None:
    record = {"title": "Café „Đ“ $\\alpha$", "authors": ["Example, Đức Thị"]}
    catalog = make_catalog(record)
    (paper,) = catalog.papers
    portable = to_bibtex(catalog, paper)
    assert "title = {Caf{\\'e} „{Đ}“ {$\\alpha$}}" in portable
    # Styles shorten given names to their first letters, of which BibTeX sees bytes.
    assert "author = {Example, {\\DJ}ức Thị}" in portable
    utf8 = to_bibtex(catalog, paper, Options(encoding=Encoding.UTF8))
    assert "title = {Café „{Đ}“ {$\\alpha$}}" in utf8
    assert "Example, Đức Thị" in utf8
    assert to_bibtex(catalog, paper, Options(encoding=Encoding.ASCII)).isascii()
    assert "{Café „{Đ}“ {α}}" in to_bibtex(catalog, paper, Options(target=Target.TYPST))


@pytest.mark.parametrize(
    ("title", "portable", "reader"),
    [
        # Every font of letters has these signs; `1/2` would make 41/2 of it.
        ("4½ × x²", "4½ × {x²}", "4½ × {x²}"),
        ("4⅓", "4{$\\frac{1}{3}$}", "4⅓"),
        ("a < b | c^2", "a {$<$} b {$|$} c{\\textasciicircum}2", "a < b | c^2"),
        ("50% of _x_ & $5", "50\\% of \\_x\\_ \\& \\$5", "50\\% of \\_x\\_ \\& \\$5"),
    ],
)
def test_signs_are_math_only_for_tex_and_only_where_fonts_lack_them(
    title: str, portable: str, reader: str, make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog({"title": title})
    assert f"title = {{{portable}}}" in to_bibtex(catalog, catalog.papers[0])
    entry = to_bibtex(catalog, catalog.papers[0], Options(target=Target.READER))
    assert f"title = {{{reader}}}" in entry


def test_the_doi_of_arxiv_does_not_repeat_the_id(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(PREPRINT | {"doi": "10.48550/arXiv.2401.10000"})
    for target in (None, *Target):
        assert "doi" not in to_bibtex(catalog, catalog.papers[0], Options(target=target))


def test_abstracts_and_keywords_are_written_when_asked_for(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"abstract": "What 5% do.", "tags": ["a", "b & c"]})
    (paper,) = catalog.papers
    assert "abstract" not in to_bibtex(catalog, paper) + to_biblatex(catalog, paper)
    options = Options(has_abstracts=True, has_keywords=True)
    assert "  keywords = {a, b \\& c}" in to_bibtex(catalog, paper, options)
    for entry in (to_bibtex(catalog, paper, options), to_biblatex(catalog, paper, options)):
        assert "  abstract = {What 5\\% do.}" in entry


def test_words_that_the_list_protects_keep_their_capitals(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"title": "The Quorvian Hypothesis on Riemannian Things"})
    assert "title = {The Quorvian Hypothesis on {Riemannian} Things}" in to_bibtex(
        catalog, catalog.papers[0]
    )
    own = Settings(protected_words=("Quorvian",))
    catalog = Catalog(catalog.head.model_copy(update={"settings": own}), catalog.papers)
    assert "title = {The {Quorvian} Hypothesis on {Riemannian} Things}" in to_bibtex(
        catalog, catalog.papers[0]
    )


def test_editors_and_a_place_are_written(make_catalog: MakeCatalog) -> None:
    record = {"venue": "Conf", "editors": ["Ed Itor"], "publisher": "P", "address": "Oxbow"}
    catalog = make_catalog(record)
    (paper,) = catalog.papers
    assert "  editor = {Itor, Ed}" in to_bibtex(catalog, paper)
    assert "  address = {Oxbow}" in to_bibtex(catalog, paper)
    assert "  location = {Oxbow}" in to_biblatex(catalog, paper)


def test_an_article_has_no_publisher(make_catalog: MakeCatalog) -> None:
    catalog = make_catalog({"venue": "Letters", "publisher": "P", "address": "Oxbow"})
    entries = to_bibtex(catalog, catalog.papers[0]) + to_biblatex(catalog, catalog.papers[0])
    assert "publisher" not in entries
    assert "Oxbow" not in entries


@pytest.mark.parametrize(
    ("record", "kind", "fields"),
    [
        ({"venue": "Conf"}, "inproceedings", {"booktitle": "Conference on Invented Things"}),
        ({"venue": "Conf", "booktitle": "Vol. 1"}, "inproceedings", {"booktitle": "Vol. 1"}),
        ({"venue": "Letters"}, "article", {"journal": "Letters of Invention"}),
        ({"venue": "Letters", "volume": "1", "number": "2"}, "article", {"number": "2"}),
        ({"venue": "Press"}, "book", {"publisher": "Invented Press"}),
        ({"venue": "Blog"}, "misc", {"howpublished": "The Invented Blog"}),
        ({"venue": "otherXiv"}, "misc", {"howpublished": "otherXiv"}),
        ({"venue": "arXiv", "arxiv": "2401.10000"}, "misc", {"howpublished": "arXiv:2401.10000"}),
        (
            {"venue": "Conf", "arxiv": "math.GT/0309136"},
            "inproceedings",
            {"eprint": "math.GT/0309136", "primaryClass": "math.GT"},
        ),
        ({"type": "phdthesis", "publisher": "Uni"}, "phdthesis", {"school": "Uni"}),
        ({"type": "mastersthesis", "publisher": "Uni"}, "mastersthesis", {"school": "Uni"}),
        (
            {"type": "techreport", "venue": "Blog"},
            "techreport",
            {"institution": "The Invented Blog"},
        ),
        ({"type": "unpublished"}, "unpublished", {"note": "Unpublished"}),
        ({"type": "incollection", "booktitle": "B & C"}, "incollection", {"booktitle": "B \\& C"}),
        (
            {"venue": "Conf", "type": "article"},
            "article",
            {"journal": "Conference on Invented Things"},
        ),
    ],
)
def test_an_entry_has_the_type_and_the_container_of_its_venue(
    record: dict[str, Any], kind: str, fields: dict[str, str], make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog(record)
    entry = to_bibtex(catalog, catalog.papers[0])
    assert entry.startswith(f"@{kind}{{key0,\n")
    for field, value in fields.items():
        assert f"\n  {field} = {{{value}}}" in entry


@pytest.mark.parametrize(
    ("record", "kind", "lines"),
    [
        (
            {"venue": "arXiv", "arxiv": "2401.10000", "year": 2024},
            "online",
            ["date = {2024}", "eprint = {2401.10000}", "url = {https://arxiv.org/abs/2401.10000}"],
        ),
        ({"venue": "otherXiv", "doi": "10.1000/1"}, "online", ["organization = {otherXiv}"]),
        ({"venue": "Blog"}, "misc", ["howpublished = {The Invented Blog}"]),
        ({"venue": "Letters"}, "article", ["journaltitle = {Letters of Invention}"]),
        (
            {"type": "phdthesis", "publisher": "U"},
            "thesis",
            ["institution = {U}", "type = {phdthesis}"],
        ),
        ({"type": "techreport"}, "report", ["type = {techreport}"]),
        ({"arxiv": "math.GT/0309136"}, "online", ["eprintclass = {math.GT}"]),
    ],
)
def test_biblatex_has_its_own_types_and_fields(
    record: dict[str, Any], kind: str, lines: list[str], make_catalog: MakeCatalog
) -> None:
    catalog = make_catalog(record)
    entry = to_biblatex(catalog, catalog.papers[0])
    assert entry.startswith(f"@{kind}{{key0,\n")
    for line in lines:
        assert f"\n  {line}" in entry
    assert "month" not in entry


def test_own_bibtex_fields_have_the_last_word(make_catalog: MakeCatalog) -> None:
    own = {"title": "The {T}hing", "primaryclass": "cs.LG", "address": "Größ", "year": "2023b"}
    catalog = make_catalog(
        {"title": "Thing", "venue": "Letters", "year": 2024, "month": 5, "bibtex": own}
    )
    assert to_bibtex(catalog, catalog.papers[0]) == (
        "@article{key0,\n"
        "  title = {The {T}hing},\n"
        "  journal = {Letters of Invention},\n"
        "  year = {2023b},\n"
        "  month = may,\n"
        '  address = {Gr{\\"o}{\\ss}},\n'
        "  primaryclass = {cs.LG}\n"
        "}\n"
    )
    assert to_biblatex(catalog, catalog.papers[0]) == (
        "@article{key0,\n"
        "  title = {The {T}hing},\n"
        "  journaltitle = {Letters of Invention},\n"
        "  eprintclass = {cs.LG},\n"
        "  location = {Größ},\n"
        "  month = {5},\n"
        "  year = {2023b}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("pages", "written"),
    [
        ("10-24", "10--24"),
        ("10–24", "10--24"),
        ("10--24", "10--24"),
        ("10 - 24", "10--24"),
        ("7", "7"),
        ("e1005508", "e1005508"),
        ("242:1-242:52", "242:1--242:52"),
        ("1-5, 9-12,20", "1--5, 9--12, 20"),
        ("S1-S12", "S1--S12"),
        ("xi-xv", "xi--xv"),
        ("A-12", "A-12"),
        ("5-1-5-20", "5-1--5-20"),
        ("1-2-3", "1-2-3"),
        ("10-", "10-"),
    ],
)
def test_pages_have_a_double_hyphen_between_their_ends(pages: str, written: str) -> None:
    assert write_pages(pages, str) == written
    assert "--".join(split_range(pages)) == written or "," in pages


@pytest.mark.parametrize(
    ("record", "url"),
    [
        ({"doi": "10.1000/1", "links": {"page": "https://example.org/"}}, None),
        ({"doi": "10.1000/1", "acl": "N19-1423"}, "https://aclanthology.org/N19-1423/"),
        (
            {"links": {"page": "https://example.org/"}, "arxiv": "2401.10000"},
            "https://example.org/",
        ),
        ({"openreview": "a68SUt6zFt"}, "https://openreview.net/forum?id=a68SUt6zFt"),
        ({"links": {"pdf": "https://example.org/a.pdf"}}, "https://example.org/a.pdf"),
        ({"links": {"code": "https://example.org/code"}}, None),
        ({}, None),
    ],
)
def test_the_url_is_where_the_paper_is_read(
    record: dict[str, Any], url: str | None, make_catalog: MakeCatalog
) -> None:
    (paper,) = make_catalog(record).papers
    assert find_url(paper) == url


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a_b%20c?d=1&e=~f#g", "https://example.org/a_b%20c?d=1&e=~f#g"),
        ("https://example.org/größe", "https://example.org/gr%C3%B6%C3%9Fe"),
        ("10.1002/(SICI)1-2<3:4>5.0;2-#", "10.1002/(SICI)1-2<3:4>5.0;2-#"),
        ("10.1000/{x", "10.1000/%7Bx"),
    ],
)
def test_addresses_and_dois_stand_as_they_are(address: str, written: str) -> None:
    assert write_verbatim(address) == written


def test_letters_that_a_document_may_lack_are_defined_in_a_preamble() -> None:
    assert write_fallbacks(find_fallbacks("plain {\\'e}")) == ""
    preamble = write_fallbacks(find_fallbacks("{\\k{a}} {\\dj} {\\kappa}"))
    assert preamble.startswith('@preamble{"\\ProvideTextCommandDefault{\\dj}')
    # Typst reads no strings joined by #.
    assert preamble.count('@preamble{"\\ProvideTextCommandDefault') == 2
    assert "#\n" not in preamble
    assert is_balanced(preamble)


def test_signs_that_fonts_lack_are_unicode_in_files_and_defined_for_tex() -> None:
    title = r"H$_2$O, $\alpha$ and Δ: $O(n \log n)$ in $\mathbb{R}^n$ ≤ $f_\theta$"
    written = write_title(title, write_signs, (), write_sign_math)
    assert written == (r"{H}{₂}{O}, {α} and {Δ}: {{$O$}({$n$} log {$n$})} in {ℝⁿ} ≤ {$f_\theta$}")
    helper, *lines = write_fallbacks(find_fallbacks(written)).strip().split("\n")
    assert helper.startswith('@preamble{"\\providecommand{\\unicodesign}[2]{')
    assert lines == [
        r'@preamble{"\unicodesign{Δ}{\ensuremath{\Delta}}"}',
        r'@preamble{"\unicodesign{α}{\ensuremath{\alpha}}"}',
        r'@preamble{"\unicodesign{ⁿ}{\ensuremath{^{n}}}"}',
        r'@preamble{"\unicodesign{₂}{\ensuremath{_{2}}}"}',
        r'@preamble{"\unicodesign{ℝ}{\ensuremath{\ifdefined\mathbb\mathbb{R}\else\mathbf{R}\fi}}"}',
        r'@preamble{"\unicodesign{≤}{\ensuremath{\leq}}"}',
    ]
    # BibLaTeX has math in their place.
    assert find_letters(written) == {}


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("$a$ and $b$", ["", "a", " and ", "b", ""]),
        ("$5 and $10", ["$5 and $10"]),
        ("$ a $", ["$ a $"]),
        (r"\$a$", [r"\$a$"]),
        ("$a{b$", ["$a{b$"]),
        ("$é$ and $α$", ["$é$ and ", "α", ""]),
        ("$$a$$", ["$$a$$"]),
        (r"$a\$b$", ["", r"a\$b", ""]),
    ],
)
def test_math_is_found_by_pandocs_rule(title: str, parts: list[str]) -> None:
    assert split_math(title) == parts


def test_files_have_fields_of_our_own_and_entries_that_are_shown_have_none(
    make_catalog: MakeCatalog,
) -> None:
    record = {
        "title": 'On "Things" -- and $x^2$',
        "venue": "Letters",
        "publisher": "P & Co.",
        "links": {"code": "https://example.org/code_(x)"},
        "awards": ["Best; Paper", "Größe"],
    }
    catalog = make_catalog(record)
    (paper,) = catalog.papers
    for write in (to_bibtex, to_biblatex):
        shown, whole = write(catalog, paper), write(catalog, paper, FILE)
        assert "  x-" not in shown
        # A file defines its signs for TeX; an entry that is copied alone has TeX's commands.
        assert drop_extensions(whole).replace("{{$x$}²}", "{$x^2$}") == shown
        assert whole.endswith(
            "  x-title = {On {\\textquotedbl}Things{\\textquotedbl} -{}- and "
            "\\$x{\\textasciicircum}2\\$},\n"
            "  x-venue = {Letters},\n"
            "  x-publisher = {P \\& Co.},\n"
            "  x-awards = {{Best; Paper}; Größe},\n"
            "  x-code = {https://example.org/code_(x)}\n"
            "}\n"
        )
    ascii_ = Options(encoding=Encoding.ASCII, has_extensions=True)
    assert to_bibtex(catalog, paper, ascii_).isascii()
