"""What the site relies on of the themes that it is built with."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from catalog.site import theme


def test_the_search_box_goes_before_the_repository_or_the_end_of_the_header() -> None:
    slot = '<div class="md-header__source">'
    assert theme.insert_header(f"<header><nav>{slot}</div></nav></header>", "+") == (
        f"<header><nav>+{slot}</div></nav></header>"
    )
    assert (
        theme.insert_header("<header><nav></nav></header>", "+") == "<header><nav>+</nav></header>"
    )
    assert theme.insert_header("<header></header>", "+") == "<header>+</header>"
    assert theme.insert_header("<p>no header</p>", "+") == "<p>no header</p>"


def test_only_the_tab_of_the_address_is_marked() -> None:
    tab = '<li class="md-tabs__item">\n <a href="{}">'
    html = tab.format("../../papers/") + tab.format("../../sections/")
    marked = theme.mark_tab(html, "../../papers/")
    assert marked.count("md-tabs__item--active") == 1
    assert marked.index("--active") < marked.index("papers/")


def test_the_search_box_goes_before_the_search_of_the_theme() -> None:
    html = (
        '<header><nav><label class="md-icon" for="__search"></label><div class="md-search">'
        '<nav class="md-search__options"></nav></div></nav></header>'
    )
    assert theme.insert_header(html, "+").startswith("<header><nav>+<label")


ROOT = Path(__file__).parents[2]
# `md-typeset`, `--md-hue`, `data-md-color-scheme`, also after the `\b` of an expression; and two
# names with underscores.
NAME = re.compile(
    r"(?:(?<![\w-])|(?<=\\b))((?:--|data-)?md-[a-z][a-z0-9_-]*[a-z0-9])"
    r"|(?<!\w)(__(?:search|palette))\b"
)
USERS = (
    *(ROOT / "site_src/assets/catalog").glob("*.css"),
    *(ROOT / "site_src/assets/catalog").glob("*.js"),
    *(ROOT / "templates/site").glob("*.j2"),
    ROOT / "catalog/site/theme.py",
)
COMPONENT = "data-md-component"
"""An attribute of Material's scripts, of which theme.py needs the values `search` and `source`."""


def test_the_reference_lists_every_part_of_the_theme_that_is_used() -> None:
    texts = (file.read_text(encoding="utf-8") for file in USERS)
    used = {found[0] for text in texts for found in re.finditer(NAME, text)}
    assert used - {COMPONENT} == read_names()


def read_names() -> set[str]:
    text = (ROOT / "docs/reference/site.md").read_text(encoding="utf-8")
    _, _, section = text.partition("## What the site needs of the theme")
    _, _, rows = section.partition("| for |")
    return set(re.findall(r"`([^`]+)`", rows))


@pytest.mark.parametrize("package", ["material", "zensical"])
def test_material_and_zensical_have_every_part(package: str) -> None:
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "templates"
    files = [file for kind in ("css", "html", "js") for file in folder.rglob(f"*.{kind}")]
    theirs = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = read_names()
    assert len(names) > 30
    assert [name for name in names if name not in theirs] == []
