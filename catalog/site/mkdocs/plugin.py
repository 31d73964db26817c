"""The plugin itself: what happens to the list in each stage of MkDocs' build."""

import logging
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel

from catalog.checks.check import check
from catalog.checks.report import list_briefly
from catalog.errors import CatalogError
from catalog.model.catalog import Catalog
from catalog.model.findings import Severity, count_of
from catalog.render.templates import make_environment
from catalog.site import stamp_site
from catalog.site.mkdocs.config import refuse_links
from catalog.site.mkdocs.defaults import make_default_files, set_defaults
from catalog.store.link_state import FILE as LINK_STATE
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import PAPERS_FOLDER

SOURCES = (PAPERS_FILE, PAPERS_FOLDER, "templates", LINK_STATE)
"""What of a list's folder a site is made from, beside what mkdocs.yml names."""

_log = get_plugin_logger("catalog")


class CatalogConfig(Config):
    """The plugin has no options: papers.yaml says it all."""


class CatalogPlugin(BasePlugin[CatalogConfig]):
    """Puts the papers of papers.yaml into the site."""

    def __init__(self) -> None:
        self.frame_of: Catalog | None = None
        """A checked catalog for which only the frame is wanted: nothing is stamped then."""
        self._catalog: Catalog | None = None
        self._is_live = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether MkDocs serves: its server puts a script of its own into each page."""
        self._is_live = command == "serve"

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the papers, and set what mkdocs.yml leaves open."""
        # Templates may have changed since the last build of `mkdocs serve`.
        make_environment.cache_clear()
        self._catalog = self.frame_of or _load(_find_folder(config))
        try:
            refuse_links(Path(config.site_dir), _find_folder(config))
        except CatalogError as error:
            raise PluginError(str(error)) from error
        set_defaults(config, self._catalog)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the project lacks, and keep the frame out of the navigation."""
        for file in make_default_files(files, config):
            files.append(file)
        for file in files:
            if file.src_uri.startswith("_frame/"):
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Stamp papers and sections into the finished site, after all other plugins."""
        if self.frame_of is not None:
            return
        if self._catalog is None:
            raise PluginError("catalog: on_config did not run")
        try:
            written = stamp_site(
                self._catalog,
                Path(config.site_dir),
                _find_folder(config),
                url=config.site_url,
                is_live=self._is_live,
            )
        except CatalogError as error:
            raise PluginError(str(error)) from error
        for note in written.notes:
            _log.info(note)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Build anew when the papers or a template change."""
        folder = _find_folder(config)
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
