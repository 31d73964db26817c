"""References in the styles that a list chooses, on papers' pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.site import context

Stamp = Callable[[str], Path]


def with_styles(text: str, styles: str) -> str:
    return text.replace("\nsettings:\n", f"\nsettings:\n  references: {styles}\n", 1)


def test_a_page_shows_a_reference_in_each_style_that_the_list_chooses(
    stamp: Stamp, invented_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "find_version", lambda style: style)
    monkeypatch.setattr(
        context,
        "format_alone",
        lambda _, papers, style: [f"{style} of {paper.key}, <b>" for paper in papers],
    )
    site = stamp(with_styles(invented_text, "[apa, nature]"))
    html = (site / "papers" / "sample2024things" / "index.html").read_text(encoding="utf-8")
    for number, (label, style) in enumerate((("APA", "apa"), ("Nature", "nature")), start=1):
        assert f'<h3 id="cite-reference-{number}">{label}</h3>' in html
        assert f'data-cat-copy="reference-{number}"' in html
        assert f">{style} of sample2024things, &lt;b&gt;</p>" in html


def test_a_list_that_chooses_none_needs_no_pandoc(stamp: Stamp, invented_text: str) -> None:
    site = stamp(invented_text)
    html = (site / "papers" / "sample2024things" / "index.html").read_text(encoding="utf-8")
    assert 'id="cite-reference"' in html
    assert "cite-reference-1" not in html
