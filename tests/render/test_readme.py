"""README.md as an awesome list."""

import re
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper
from catalog.render import readme
from catalog.render.readme import README, render_readme_files, to_short_citation
from tests.real_list import find_real_list

ROOT = Path(__file__).parents[2]

HOSTILE_TITLES = [
    "A * B _ C [d](e) | `f` <g> $h$ ~i~ # & \\ !",
    "![x](javascript:alert(1)) <script>alert(1)</script>",
    "1. Not a list, **not bold**, https://example.org, www.example.org",
    "- Not a bullet &amp; not an entity &lt;b&gt;",
]


def make_catalog(*papers: dict[str, object], **survey: object) -> Catalog:
    head = {
        "survey": {"title": "A List of Invented Things", **survey},
        "sections": [
            {
                "id": "first",
                "title": "First",
                "sections": [{"id": "inner", "title": "Inner [Part]"}],
            },
            {"id": "second", "title": "Second", "description": "Prose with *emphasis*."},
        ],
        "venues": {"ICX": {"name": "Invented Conference", "aliases": ["ICX-old"]}},
    }
    records = [{"key": f"k{i}", "sections": ["first"], **paper} for i, paper in enumerate(papers)]
    return Catalog(Head.model_validate(head), map(Paper.model_validate, records))


def render(catalog: Catalog, folder: Path) -> str:
    return dict(render_readme_files(catalog, folder).files)[README]


def parse(text: str) -> list[Token]:
    return (
        MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"]).parse(text)
    )


def lines_of_papers(text: str) -> list[str]:
    return re.findall(r"^1\. (\*\*.*)$", text, re.MULTILINE)


def shown_text(markdown: str) -> str:
    inline = parse(markdown)[1]
    assert inline.children is not None
    return "".join(
        child.content for child in inline.children if child.type in ("text", "code_inline")
    )


@pytest.fixture(scope="module")
def real_readme() -> str:
    catalog = check(find_real_list(), today=date(2026, 1, 1)).catalog
    assert catalog is not None
    return render(catalog, ROOT)


def test_the_line_of_a_paper_has_the_awesome_form(tmp_path: Path) -> None:
    paper = {
        "title": "Things",
        "authors": ["Ada Example", "Ben Sample", "Cy Test"],
        "venue": "ICX-old",
        "year": 2024,
        "arxiv": "2401.10000",
        "links": {"code": "https://example.org/code_(x)", "pdf": "https://example.org/a.pdf"},
        "awards": ["Best Paper"],
        "note": "A *short* note.",
    }
    assert lines_of_papers(render(make_catalog(paper), tmp_path)) == [
        "**Things.** *Ada Example et al., ICX 2024.* 🏆 Best Paper "
        "[[PDF]](https://example.org/a.pdf) "
        r"[[Code]](https://example.org/code_\(x\)) [[arXiv]](https://arxiv.org/abs/2401.10000) "
        "— A *short* note."
    ]


@pytest.mark.parametrize(
    ("paper", "byline"),
    [
        ({"authors": ["Ada Example"], "venue": "ICX", "year": 2024}, "Ada Example, ICX 2024"),
        ({"authors": ["Ada Example", "Ben Sample"]}, "Ada Example and Ben Sample"),
        (
            {"authors": ["Ada Example"], "more_authors": True, "year": 1999},
            "Ada Example et al., 1999",
        ),
        ({"authors": [{"literal": "The Team"}], "venue": "ICX"}, "The Team, ICX"),
        ({}, ""),
    ],
)
def test_the_byline_shows_what_is_known(paper: dict[str, object], byline: str) -> None:
    catalog = make_catalog({"title": "Things", **paper})
    assert to_short_citation(catalog, catalog.papers[0]) == byline


@pytest.mark.parametrize(("title", "end"), [("Why?", "Why?"), ("Yes!", "Yes!"), ("So", "So.")])
def test_a_title_that_ends_a_sentence_gets_no_period(title: str, end: str, tmp_path: Path) -> None:
    assert lines_of_papers(render(make_catalog({"title": title}), tmp_path)) == [f"**{end}**"]


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_markdown_in_a_title_shows_as_written(title: str, tmp_path: Path) -> None:
    line = lines_of_papers(render(make_catalog({"title": title}), tmp_path))[0]
    assert shown_text(line).removesuffix(".") == title.removesuffix(".")


def test_every_anchor_of_the_real_readme_exists(real_readme: str) -> None:
    targets = set(re.findall(r"\]\(#([^)]+)\)", real_readme))
    named = re.findall(r'<a id="([^"]+)"></a>', real_readme)
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", real_readme, re.MULTILINE)
    }
    assert len(named) == len(set(named))
    assert "top" in targets
    assert targets <= set(named) | headings


def test_back_to_top_links_lead_to_the_first_line_that_shows(real_readme: str) -> None:
    shown = [line for line in real_readme.splitlines() if not line.startswith("<!--")]
    assert shown[0] == '<a id="top"></a>'
    # One below each section that has papers of its own.
    assert real_readme.count("[↑ Back to top](#top)") == 12


def test_the_real_readme_numbers_every_section_and_lists_every_placement(real_readme: str) -> None:
    numbers = re.findall(r"^##+ ([\d.]+) ", real_readme, re.MULTILINE)
    assert numbers == [
        "1.", "1.1", "1.2", "1.3", "1.4", "2.", "3.", "3.1", "3.2", "3.3", "3.4", "3.5", "4.",
    ]  # fmt: skip
    assert len(lines_of_papers(real_readme)) == 112
    assert f"**106 papers in {len(numbers)} sections**" in real_readme


def test_each_list_of_the_real_readme_is_an_ordered_list(real_readme: str) -> None:
    ordered = [token for token in parse(real_readme) if token.type == "ordered_list_open"]
    # The contents are one list with two inside; 12 sections have papers; one is how to add a paper.
    assert len(ordered) == 3 + 12 + 1


def test_the_readme_shows_how_to_cite_in_bibtex(real_readme: str) -> None:
    assert "```bibtex\n@inproceedings{lu2025representation," in real_readme
    assert "@inproceedings{lu2025indra," in real_readme


def test_a_list_without_website_has_no_link_to_one(tmp_path: Path) -> None:
    text = render(make_catalog({"title": "Things"}), tmp_path)
    assert "None" not in text
    assert "submit/" not in text
    assert "undefined" not in text.lower()


def test_a_list_that_outgrows_the_limit_shows_the_newest_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = [{"title": f"Things {year}", "year": year} for year in range(2000, 2020)]
    catalog = make_catalog(*papers, links={"website": "https://example.org/list"})
    whole = render(catalog, tmp_path)
    monkeypatch.setattr(readme, "MAX_BYTES", len("".join(lines_of_papers(whole)).encode()) // 2)
    text = render(catalog, tmp_path)
    assert re.findall(r"Things (\d+)", text) == [str(year) for year in range(2010, 2020)]
    assert "*10 more [on the website](https://example.org/list/sections/first/).*" in text
    assert render_readme_files(catalog, tmp_path).hidden == 10


def test_the_pictures_of_the_readme_are_rendered_beside_it(tmp_path: Path) -> None:
    outputs = dict(
        render_readme_files(make_catalog({"title": "Things", "year": 2024}), tmp_path).files
    )
    shown = re.findall(r'(?:src|srcset)="([^"]+)"', outputs[README])
    assert sorted(shown) == sorted(name for name in outputs if name != README)


def test_a_template_of_the_list_comes_first(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "paper_line.md.j2").write_text(
        "{% macro paper_line(paper) %}**{{ paper.title | markdown }}** mine{% endmacro %}"
    )
    assert lines_of_papers(render(make_catalog({"title": "Things"}), tmp_path)) == [
        "**Things** mine"
    ]
