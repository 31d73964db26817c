"""What Zensical needs in place of the plugin: it has no interface for plugins of others (0.0.73).

The pages that the package brings are copied next to the owner's, and what mkdocs.yml leaves open is
set in the configuration.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.errors import EngineError
from catalog.model.catalog import Catalog
from catalog.site.mkdocs.config import list_plugins
from catalog.site.settings import SiteSettings
from catalog.site.site_defaults import COLOURS, FEATURES, NAV, PALETTE, find_pages, has_own_pages
from catalog.store.files import write_text

_EXTENSIONS = ["toc", "tables", "fenced_code"]
"""Those of MkDocs when mkdocs.yml names none; Zensical's own would add links to headings."""


def stage_pages(docs: Path, staged: Path, settings: SiteSettings) -> None:
    """Copy the owner's pages to `staged`, and the package's where the owner has none."""
    if docs.is_dir():
        shutil.copytree(docs, staged)
    comparison = staged / "old-and-new.md"
    if comparison.is_file():
        # `init` writes its links as the finished page has them. Zensical takes links in HTML as
        # those of the source, and adds the folder that the page becomes.
        text = comparison.read_text(encoding="utf-8")
        write_text(comparison, text.replace('href="../', 'href="'))
    for name, path in find_pages():
        target = staged / settings.place(name)
        is_home = name == "index.md" and target.with_name("README.md").exists()
        if not target.exists() and not is_home:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def find_overrides(
    configuration: Mapping[str, Any], docs: Path, catalog: Catalog, settings: SiteSettings
) -> dict[str, Any]:
    """Return what mkdocs.yml leaves open. Raises `EngineError` for what Zensical cannot do."""
    if configuration.get("use_directory_urls") is False:
        raise EngineError("mkdocs.yml: with Zensical, remove `use_directory_urls: false`")
    if settings.is_guest and "nav" not in configuration:
        raise EngineError(
            "mkdocs.yml: with Zensical, list the pages under `nav`; without it, every page of the "
            "list would be in the navigation"
        )
    found = _find_engine_defaults(configuration)
    if not settings.is_guest:
        found |= _find_site_defaults(configuration, docs, catalog)
    return found


def _find_engine_defaults(configuration: Mapping[str, Any]) -> dict[str, Any]:
    """Return what MkDocs does without being asked, and Zensical does not."""
    found: dict[str, Any] = {}
    if "markdown_extensions" not in configuration:
        found["markdown_extensions"] = _EXTENSIONS
    plugins = configuration.get("plugins")
    if not {"search", "material/search"} & set(list_plugins(plugins)):
        # Zensical merges lists by adding to them, and mappings by key.
        off = {"search": {"enabled": False}}
        found["plugins"] = off if isinstance(plugins, dict) else [off]
    return found


def _find_site_defaults(
    configuration: Mapping[str, Any], docs: Path, catalog: Catalog
) -> dict[str, Any]:
    """Return what a list's own site has, as `set_defaults` for MkDocs."""
    found: dict[str, Any] = {"theme": _find_theme(configuration.get("theme"))}
    if "nav" not in configuration and not has_own_pages(docs):
        found["nav"] = NAV
    if not configuration.get("site_url") and catalog.survey.links.website:
        found["site_url"] = catalog.survey.links.website.rstrip("/") + "/"
    if not configuration.get("site_description"):
        found["site_description"] = f"Reading list: {catalog.survey.title}"
    return found


def _find_theme(theme: object) -> dict[str, Any]:
    """Return the options of the theme that are left open; Material's look is `classic`."""
    given = theme if isinstance(theme, dict) else {}
    palette = [{**COLOURS, **scheme} for scheme in PALETTE]
    # No request to a font service.
    defaults = {"variant": "classic", "font": False, "features": FEATURES, "palette": palette}
    return {name: value for name, value in defaults.items() if name not in given}
