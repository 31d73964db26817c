"""What a list's site has when its project neither sets nor brings it: navigation, theme, pages."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.theme import Theme

from catalog.model.catalog import Catalog
from catalog.render.templates import find_default
from catalog.site.mkdocs.config import read_settings

_NAV: list[dict[str, str | list[str]]] = [
    {"Home": "index.md"},
    {"Papers": "papers/index.md"},
    {"Sections": "sections/index.md"},
    {"In pictures": "charts.md"},
    {"Submit": "submit.md"},
    {"About": ["about.md", "changelog.md", "maintainers.md", "health.md"]},
]
_FEATURES = ["navigation.tabs", "navigation.top"]
_COLOURS = {"primary": "custom", "accent": "custom"}
"""Those of catalog.css."""
_PALETTE: list[dict[str, Any]] = [
    {
        "media": "(prefers-color-scheme)",
        "toggle": {"icon": "material/brightness-auto", "name": "Switch to light mode"},
    },
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "toggle": {"icon": "material/brightness-7", "name": "Switch to dark mode"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "toggle": {"icon": "material/brightness-4", "name": "Follow the system"},
    },
]


def set_defaults(config: MkDocsConfig, catalog: Catalog) -> None:
    """Set what mkdocs.yml leaves open; what it says stays."""
    if not config.site_url and catalog.survey.links.website:
        config.site_url = catalog.survey.links.website.rstrip("/") + "/"
    if not config.site_description:
        config.site_description = escape(f"Reading list: {catalog.survey.title}")
    # Themes write these two as they stand, into text and attributes, and strangers may have written
    # them: the title of an imported list becomes the site's name.
    config.site_description = _to_markup(config.site_description)
    config.site_name = _to_markup(config.site_name)
    if config.nav is None and not _has_own_pages(Path(config.docs_dir)):
        config.nav = _NAV
    if "theme" not in read_settings(Path(config.config_file_path)):
        config.theme = Theme(name="material")
    if config.theme.name == "material":
        _set_theme_defaults(config.theme)


def _to_markup(text: str) -> Markup:
    """Escape a text; references (`&amp;`) that its owner wrote for such a theme stay."""
    return escape(unescape(text))


def _set_theme_defaults(theme: Theme) -> None:
    # Material's own default asks a third party for its fonts.
    if theme.get("font") == {"text": "Roboto", "code": "Roboto Mono"}:
        theme["font"] = False
    if not theme.get("features"):
        theme["features"] = list(_FEATURES)
    if not theme.get("palette"):
        theme["palette"] = [{**_COLOURS, **scheme} for scheme in _PALETTE]


def _has_own_pages(docs: Path) -> bool:
    ours = find_default("site_src")
    pages = (path.relative_to(docs) for path in docs.rglob("*.md"))
    return any(not (ours / page).is_file() for page in pages)


def make_default_files(files: Files, config: MkDocsConfig) -> Iterator[File]:
    """Make the package's pages and assets that the project's docs_dir lacks."""
    source = find_default("site_src")
    present = set(files.src_uris)
    if "README.md" in present:
        present.add("index.md")
    for path in sorted(source.rglob("*"), key=lambda path: path.as_posix()):
        name = PurePosixPath(path.relative_to(source)).as_posix()
        if path.is_file() and name not in present:
            yield File.generated(config, name, abs_src_path=str(path))
