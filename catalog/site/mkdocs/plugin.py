"""The plugin itself: what happens to the list in each stage of MkDocs' build."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from catalog.checks.check import check
from catalog.checks.report import list_briefly
from catalog.errors import CatalogError
from catalog.model.catalog import Catalog
from catalog.model.findings import Severity, count_of
from catalog.render.templates import make_environment, open_compiled
from catalog.site import stamp_site
from catalog.site.mkdocs.config import refuse_links
from catalog.site.mkdocs.defaults import add_pages, exclude_pages, set_defaults
from catalog.site.mkdocs.navigation import add_to_navigation
from catalog.site.page_frame import has_marks, keep_marks
from catalog.site.settings import (
    Engine,
    PageScope,
    PolicyMode,
    SiteSettings,
    clean_path,
    is_a_guest,
    parse_policy_mode,
)
from catalog.store.link_state import FILE as LINK_STATE
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import PAPERS_FOLDER

if TYPE_CHECKING:  # only `serve` needs it, with what watches files
    from mkdocs.livereload import LiveReloadServer

SOURCES = (PAPERS_FILE, PAPERS_FOLDER, "templates", LINK_STATE)
"""What of a list's folder a site is made from, next to what mkdocs.yml names."""

FRAME_ONLY = "CATALOG_FRAME_ONLY"
"""The environment variable by which `catalog build` asks an engine for the frame alone: of the list
in the folder that it names."""

PURE_PLUGINS = frozenset(["catalog", "search", "material/search"])
"""Plugins that read nothing but mkdocs.yml and the pages."""

_TRANSLATION = "i18n"
"""mkdocs-static-i18n."""

_log = get_plugin_logger("catalog")


class CatalogConfig(Config):
    """The options of the plugin in mkdocs.yml; papers.yaml says everything about the list."""

    folder = Type(str, default=".")
    """The list's folder, with its papers.yaml, from where mkdocs.yml is."""
    path = Type(str, default="")
    """Where the list's pages go, below the site's root."""
    scope = Choice([scope.value for scope in PageScope], default=PageScope.AUTO.value)
    csp = Choice([*(mode.value for mode in PolicyMode), False], default=PolicyMode.AUTO.value)
    """YAML reads `off` as False."""
    nav = Type(str, default="")
    """The title of an entry at the end of the site's navigation."""
    engine = Choice([engine.value for engine in Engine], default=Engine.MKDOCS.value)
    """The program that `catalog build` and `catalog serve` use; the engine that runs ignores it."""
    search = Type(bool, default=False)
    """Whether the search of the theme finds papers too."""


class CatalogPlugin(BasePlugin[CatalogConfig]):
    """Puts the papers of papers.yaml into the site."""

    supports_multiple_instances = True

    def __init__(self) -> None:
        self.frame_of: Catalog | None = None
        """A checked catalog for which only the frame is wanted: nothing is stamped then."""
        self._catalog: Catalog | None = None
        self._settings = SiteSettings()
        self._own = set[str]()
        """The list's pages that the package brings, by their names in docs_dir."""
        self._depth = 0
        """How many builds run, one inside another."""
        self._is_live = self._is_dirty = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether MkDocs serves: its server puts a script of its own into each page."""
        self._is_live = command == "serve"
        self._is_dirty = dirty

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the papers, and set what mkdocs.yml leaves open."""
        # mkdocs-static-i18n builds all other languages inside the build of the first one.
        self._depth += 1
        # Templates may have changed since the last build of `mkdocs serve`.
        make_environment.cache_clear()
        folder = self.find_list(config)
        self._catalog = self.frame_of or _load(folder)
        try:
            refuse_links(Path(config.site_dir), _find_folder(config))
            self._settings = self.read_settings(config)
        except (CatalogError, ValueError) as error:
            raise PluginError(f"catalog: {error}") from error
        if not self._settings.is_guest:
            set_defaults(config, self._catalog)
        elif "search" not in config.plugins and "material/search" not in config.plugins:
            _log.info("the site's own search is off: to keep it, add `search` to `plugins`")
        return config

    def find_list(self, config: MkDocsConfig) -> Path:
        """Return the folder of the list that this instance shows."""
        return _find_folder(config) / self.config.folder

    def read_settings(self, config: MkDocsConfig) -> SiteSettings:
        """Return how the list takes part in the site. Raises `ValueError` when `path` is none."""
        path = clean_path(self.config.path)
        others = (
            clean_path(plugin.config.path)
            for plugin in config.plugins.values()
            if isinstance(plugin, CatalogPlugin) and plugin is not self
        )
        is_guest = is_a_guest(Path(config.docs_dir), path, PageScope(self.config.scope))
        return SiteSettings(
            path,
            tuple(others),
            is_guest=is_guest,
            policy=parse_policy_mode(self.config.csp),
            has_scripts=bool(config.extra_javascript),
            has_styles=bool(config.extra_css),
            is_in_site_search=self.config.search,
            site_name=config.site_name if is_guest else None,
        )

    def _add_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        browse = files.get_file_from_path(self._settings.place("papers/index.md"))
        if browse is not None and not has_marks(browse.content_string):
            raise PluginError(
                f"catalog: {browse.src_uri} is a page of yours, and the list needs its place: move "
                "the list, e.g. `- catalog: {path: reading-list/}` in mkdocs.yml"
            )
        self._own |= add_pages(files, config, self._settings)
        exclude_pages(config, self._own)
        return files

    def _hide_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in [file for file in files if file.src_uri in self._own]:
            if _TRANSLATION in config.plugins and file.generated_by is not None:
                files.remove(file)
        return files

    # Before all others, so that those find the list's pages (mkdocs-redirects); and after them,
    # since some keep what is in docs_dir alone: mkdocs-static-i18n, at -100, warns of each other.
    on_files = CombinedEvent(
        event_priority(100)(_add_pages),
        event_priority(-99)(lambda self, files, *, config: self._hide_pages(files, config=config)),
        event_priority(-200)(lambda self, files, *, config: self._add_pages(files, config=config)),
    )

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Add the list to the navigation when the option `nav` names it."""
        if self.config.nav:
            add_to_navigation(nav, files, self.config.nav, self._settings)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Have the theme's templates compiled once, unless something else changes how they are."""
        if PURE_PLUGINS.issuperset(config.plugins) and not config.hooks:
            env.bytecode_cache = open_compiled()
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Mark the list's parts in a way that plugins which shrink pages leave alone."""
        return keep_marks(html)

    @event_priority(-1000)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the list's pages from being built once more in every language: they exist once."""
        is_ours = page.file.generated_by is not None and page.file.src_uri in self._own
        return "" if is_ours and self._depth > 1 else output

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp papers and sections into the finished site, after all other plugins."""
        self._depth -= 1
        if self._depth > 0 or self._is_frame_only(config):
            return
        if self._catalog is None:
            raise PluginError("catalog: on_config did not run")
        try:
            written = stamp_site(
                self._catalog,
                Path(config.site_dir),
                self.find_list(config),
                url=config.site_url,
                settings=self._settings,
                is_live=self._is_live,
                is_fresh=not self._is_dirty,
            )
        except CatalogError as error:
            raise PluginError(str(error)) from error
        for note in written.notes:
            _log.info(note)

    def _is_frame_only(self, config: MkDocsConfig) -> bool:
        asked = os.environ.get(FRAME_ONLY)
        return self.frame_of is not None or asked == str(self.find_list(config).resolve())

    def on_build_error(self, *, error: Exception) -> None:
        """Forget the build that failed: `mkdocs serve` tries again."""
        self._depth = 0

    def on_serve(
        self, server: "LiveReloadServer", *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> "LiveReloadServer":
        """Build again when the papers or a template change."""
        folder = self.find_list(config)
        for name in SOURCES:
            if (folder / name).exists():
                server.watch(str(folder / name))
        return server


def _find_folder(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _load(folder: Path) -> Catalog:
    """Return the checked catalog, after logging what was found. Raises `PluginError` on errors."""
    try:
        checked = check(folder)
    except CatalogError as error:
        raise PluginError(str(error)) from error
    for severity, line in list_briefly(checked):
        # A warning about a paper is none about the site: `mkdocs build --strict` still succeeds.
        _log.log(logging.ERROR if severity is Severity.ERROR else logging.INFO, line)
    if checked.catalog is None:
        errors = count_of(checked.errors, "error")
        raise PluginError(f"the list has {errors}; `catalog check` shows them")
    return checked.catalog
