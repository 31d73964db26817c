"""What a list's site has when its project neither sets nor brings it: navigation, theme, pages."""

from html import unescape
from pathlib import Path

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme

from catalog.model.catalog import Catalog
from catalog.site.engine_files import is_frame
from catalog.site.mkdocs.config import read_settings
from catalog.site.page_frame import has_marks
from catalog.site.settings import SiteSettings
from catalog.site.site_defaults import COLOURS, FEATURES, NAV, PALETTE, find_pages, has_own_pages


def set_defaults(config: MkDocsConfig, catalog: Catalog) -> None:
    """Set what the mkdocs.yml of a list's own site leaves open; what it says stays."""
    if not config.site_url and catalog.survey.links.website:
        config.site_url = catalog.survey.links.website.rstrip("/") + "/"
    if not config.site_description:
        config.site_description = escape(f"Reading list: {catalog.survey.title}")
    # Themes write these two as they stand, into text and attributes, and strangers may have written
    # them: the title of an imported list becomes the site's name.
    config.site_description = _to_markup(config.site_description)
    config.site_name = _to_markup(config.site_name)
    if config.nav is None and not has_own_pages(Path(config.docs_dir)):
        config.nav = NAV
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
        theme["features"] = list(FEATURES)
    if not theme.get("palette"):
        theme["palette"] = [{**COLOURS, **scheme} for scheme in PALETTE]


def add_pages(files: Files, config: MkDocsConfig, settings: SiteSettings) -> set[str]:
    """Add the package's pages that the project's docs_dir lacks, and return their names.

    Pages of the list are folders with an index.html whatever `use_directory_urls` says: all links
    between them lead there.
    """
    added = set[str]()
    for name, path in find_pages():
        uri = settings.place(name)
        file = files.get_file_from_path(uri)
        if file is None and not (name == "index.md" and _has_readme(files, settings)):
            file = File.generated(config, uri, abs_src_path=str(path))
            files.append(file)
            added.add(uri)
            if settings.is_guest or is_frame(f"{uri.removesuffix('.md')}/"):
                file.inclusion = InclusionLevel.NOT_IN_NAV
        if file is not None and not config.use_directory_urls and _shows_the_list(file):
            _make_folder(file)
    return added


_OF_GIT = ("git-authors", "git-committers")
"""Plugins that ask git for the authors of each page, and warn when it knows none."""


def exclude_pages(config: MkDocsConfig, names: set[str]) -> None:
    """Have plugins that show who wrote a page leave out the list's: they are in no repository."""
    for plugin in _OF_GIT:
        options = config.plugins[plugin].config if plugin in config.plugins else {}
        if "exclude" in options:
            known = options["exclude"] or []
            options["exclude"] = [*known, *sorted(names.difference(known))]


def _has_readme(files: Files, settings: SiteSettings) -> bool:
    return files.get_file_from_path(settings.place("README.md")) is not None


def _shows_the_list(file: File) -> bool:
    return file.generated_by is not None or has_marks(file.content_string)


def _make_folder(file: File) -> None:
    """Have `submit.md` become `submit/index.html`."""
    stem = file.src_uri.removesuffix(".md")
    if stem.rpartition("/")[2] not in ("index", "README"):
        file.dest_uri = f"{stem}/index.html"
