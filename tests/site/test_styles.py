"""The styles name only what some page has."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STYLES = sorted((ROOT / "site_src" / "assets" / "catalog").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SELECTORS = re.compile(r"([^{}]+)\{")
# Names of the catalog's own: `.cat-item__title`, `#cat-list`, `.is-picked`; the theme has others.
OWN_NAME = re.compile(r"[.#]((?:cat|is)-[\w-]+)")
NAME = re.compile(r"[\w-]+")
# The fixed part of a name that is put together: `cat-unfolded--${kind}`, `cat-heat__{{ shade }}`.
BEGINNING = re.compile(r"\b((?:cat|is)-[\w-]*[-_])(?=\{\{|\$\{|\{)")
WRITERS = (("templates", "*.j2"), ("catalog", "*.py"), ("site_src", "*.js"), ("site_src", "*.md"))


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_class_and_id_of_a_style_is_written_by_a_template_or_script(style: Path) -> None:
    written = "\n".join(
        path.read_text(encoding="utf-8")
        for folder, pattern in WRITERS
        for path in sorted((ROOT / folder).rglob(pattern))
    )
    names, beginnings = set(NAME.findall(written)), tuple(BEGINNING.findall(written))
    text = COMMENT.sub("", style.read_text(encoding="utf-8"))
    styled = {name for selector in SELECTORS.findall(text) for name in OWN_NAME.findall(selector)}
    unused = {name for name in styled - names if not name.startswith(beginnings)}
    assert styled
    assert not unused, f"{style.name} styles what no page has; remove it"
