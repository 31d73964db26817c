"""Header, footer and parts of sections that README.md shows as they are."""

from pathlib import Path

import pytest

from catalog.errors import UnreadableInputError, UsageError
from catalog.model.catalog import Catalog
from catalog.model.records import Head, Paper, ReadmeStyle
from catalog.render.kept_blocks import KeptBlock, read_kept_block, to_github_anchor
from catalog.render.readme import render_readme

HEADER = """\
<p align="center"><img src="figs/logo.png"></p>

# Things

[![Stars](https://img.shields.io/github/stars/a/b)](https://github.com/a/b)

## News

See [the slides](docs/slides.pdf).
"""
FOOTER = "## License\n\n[MIT](LICENSE)\n\n## Contact\n\nWrite to us.\n"


def make_list(folder: Path, **settings: object) -> Catalog:
    (folder / "readme/sections").mkdir(parents=True)
    (folder / "readme/header.md").write_text(HEADER, "utf-8")
    (folder / "readme/footer.md").write_text(FOOTER, "utf-8")
    (folder / "readme/sections/tools.md").write_text("![A tool](figs/tool.png)\n", "utf-8")
    readme = {"header": "readme/header.md", "footer": "readme/footer.md", **settings}
    head = Head.model_validate(
        {
            "survey": {"title": "Things", "licence": {"data": "MIT"}},
            "sections": [
                {"id": "first", "title": "First Things"},
                {"id": "tools", "title": "Tools"},
            ],
            "settings": {"readme": readme},
            "resources": [
                {
                    "title": "A [Tool]",
                    "url": "https://example.org/tool",
                    "kind": "tool",
                    "sections": ["tools"],
                    "note": "does *things*",
                },
                {"title": "Elsewhere", "url": "https://example.org/list"},
            ],
        }
    )
    paper = {
        "key": "k",
        "title": "Moving",
        "sections": ["first"],
        "figures": [
            {"src": "figs/teaser.png", "alt": 'A "teaser"'},
            {"src": "https://img.shields.io/github/stars/a/k", "alt": "stars"},
        ],
    }
    return Catalog(head, [Paper.model_validate(paper)])


def test_readme_shows_header_and_footer_as_they_are_and_repeats_nothing(tmp_path: Path) -> None:
    text = render_readme(make_list(tmp_path, contents="Overview"), tmp_path)

    assert HEADER.strip() in text
    assert FOOTER.strip() in text
    assert text.count("# Things\n") == 1
    assert "awesome.re" not in text
    assert "## Overview\n" in text
    assert "## Licence" not in text
    assert text.index("## News") < text.index("## Overview") < text.index("## Contact")
    assert "[License](#license) · [Contact](#contact)" in text
    assert '<a id="first-things"></a>' in text


def test_resources_and_the_block_of_a_section_are_shown_in_it(tmp_path: Path) -> None:
    text = render_readme(make_list(tmp_path), tmp_path)

    part = text.partition("## 2. Tools")[2].partition("\n## ")[0]
    assert "![A tool](figs/tool.png)" in part
    assert "- [A \\[Tool\\]](https://example.org/tool) *tool* — does *things*" in part
    assert "- [Elsewhere](https://example.org/list)" in text.partition("## More resources")[2]


def test_figures_of_a_paper_stand_with_its_line(tmp_path: Path) -> None:
    text = render_readme(make_list(tmp_path), tmp_path)

    line = next(line for line in text.splitlines() if "**Moving.**" in line)
    assert '<img src="https://img.shields.io/github/stars/a/k" alt="stars" height="20">' in line
    assert line.endswith('<br><img src="figs/teaser.png" alt="A &#34;teaser&#34;" width="240">')


def test_awesome_style_moves_sections_of_the_header_below_the_contents(tmp_path: Path) -> None:
    text = render_readme(make_list(tmp_path), tmp_path, ReadmeStyle.AWESOME)

    assert text.index("Stars") < text.index("## Contents") < text.index("## News")
    assert "## License" not in text
    assert "- [A \\[Tool\\]](https://example.org/tool) - Does *things*." in text


@pytest.mark.parametrize("name", ["../secret.md", "/etc/hostname", "a/../../b.md"])
def test_no_block_is_read_from_outside_the_list(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="not inside"):
        read_kept_block(tmp_path, name)


def test_no_block_is_read_through_a_link_out_of_the_list(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    folder = tmp_path / "list"
    folder.mkdir()
    (folder / "header.md").symlink_to(tmp_path / "secret")
    with pytest.raises(UsageError, match="not inside"):
        read_kept_block(folder, "header.md")


def test_a_block_that_is_not_there_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"x\.md"):
        read_kept_block(tmp_path, "x.md")


def test_headings_are_found_in_every_form_and_not_in_code() -> None:
    block = KeptBlock(
        "One\n===\n\n```\n# no heading\n```\n\n## [Two](x) ![b](c)\n\n<h3 align='x'>Three</h3>\n"
    )

    assert [(one.level, one.text) for one in block.headings] == [
        (1, "One"),
        (2, "Two"),
        (3, "Three"),
    ]
    assert block.without("two").text.endswith("<h3 align='x'>Three</h3>")
    assert "Two" not in block.without("two").text


def test_anchors_are_those_of_github() -> None:
    assert to_github_anchor("🔥 Größere Strukturen & Co.") == "-größere-strukturen--co"
