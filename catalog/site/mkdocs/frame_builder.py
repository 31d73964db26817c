"""The frame: the site as MkDocs makes it, without any paper, and when it has to be made again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import clean_directory

from catalog.errors import EngineError
from catalog.model.catalog import Catalog
from catalog.render.digests import digest, digest_files
from catalog.site.engine_files import FRAME
from catalog.site.mkdocs.config import (
    CONFIG_FILE,
    docs_folder,
    engine_errors,
    read_settings,
    refuse_links,
)
from catalog.site.mkdocs.plugin import PURE_PLUGINS, CatalogPlugin
from catalog.site.settings import SiteSettings


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says of the site: the folder it goes to, and where it will stand.

    `frame` is the folder with what the engine built; `settings` say how the list takes part in the
    site. `sources` are the files and folders that the frame
    is made from, None when they are not known. `notes` are the engine's warnings, which a site
    that is not strict is built with.
    """

    folder: Path
    frame: Path
    url: str | None
    settings: SiteSettings
    sources: tuple[Path, ...] | None
    notes: tuple[str, ...] = ()


class FrameBuilder:
    """Builds the frame alone: the site as MkDocs makes it, into a folder of its own.

    A frame that was built from the same files, by the same program, for the same list's head is
    taken as it is.
    """

    def __init__(self, folder: Path, frame: Path) -> None:
        self._folder = folder
        self._frame = frame
        self._key = frame.with_suffix(".key")

    def build(self, catalog: Catalog, program: str) -> Site:
        """Build the frame. `program` stands for the code that takes part in it.

        A list's own site is built strictly; somebody's site with a list in it as its mkdocs.yml
        says, since a warning about a page of theirs was there before the list.

        Raises `EngineError` when mkdocs.yml is not usable or the build fails, and
        `UnwritableOutputError` when a symbolic link is in the place of the site.
        """
        with docs_folder(self._folder) as options, engine_errors() as warnings:
            path, plugins = self._folder / CONFIG_FILE, _with_plugin(self._folder)
            config = load_config(str(path), **options, **plugins)
            plugin = _find_plugin(config, self._folder)
            site = Path(config.site_dir)
            refuse_links(site, self._folder)
            try:
                settings = plugin.read_settings(config)
            except ValueError as error:
                raise EngineError(f"{self._folder / CONFIG_FILE}: {error}") from error
            config.strict = config.strict or not settings.is_guest
            key = _digest_frame(config, catalog, program)
            if key is None or not self._has(key, settings):
                self._key.unlink(missing_ok=True)
                config.site_dir = str(self._frame)
                plugin.frame_of = catalog
                try:
                    _build(config)
                finally:
                    # MkDocs keeps the plugin for the next build of the same process.
                    plugin.frame_of = None
                self._key.write_text(f"{key}\n{config.site_url or ''}\n", encoding="utf-8")
            _, url = self._key.read_text(encoding="utf-8").splitlines()
        sources = _find_sources(config) if key else None
        notes = tuple(f"MkDocs: {warning}" for warning in warnings)
        return Site(site, self._frame, url or None, settings, sources, notes)

    def _has(self, key: str, settings: SiteSettings) -> bool:
        try:
            found = self._key.read_text(encoding="utf-8").splitlines()[0]
        except (FileNotFoundError, IndexError):
            return False
        return found == key and (self._frame / settings.place(FRAME)).is_file()


def _with_plugin(folder: Path) -> dict[str, Any]:
    """Return the option that adds the plugin to an mkdocs.yml without it, such as an owner's own.

    `mkdocs build` needs `plugins: [catalog]` there; a build of the catalog is meant for it anyway.
    """
    plugins = read_settings(folder / CONFIG_FILE).get("plugins", ["search"])
    names = [one if isinstance(one, str) else next(iter(one), "") for one in plugins or ()]
    if "catalog" in names or not isinstance(plugins, list | dict):
        return {}
    if isinstance(plugins, dict):
        return {"plugins": {**plugins, "catalog": {}}}
    return {"plugins": [*plugins, "catalog"]}


def _find_plugin(config: MkDocsConfig, folder: Path) -> CatalogPlugin:
    """Return the plugin that shows the list in `folder`."""
    for plugin in config.plugins.values():
        if not isinstance(plugin, CatalogPlugin):
            continue
        if plugin.find_list(config).resolve() == folder.resolve():
            return plugin
    raise EngineError(f"{folder / CONFIG_FILE}: write `plugins: [catalog]`")


def _build(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def _digest_frame(config: MkDocsConfig, catalog: Catalog, program: str) -> str | None:
    """Return what stands for all that the frame is made from, or None when that is not known.

    Other plugins, hooks, and extensions that include files may read anything.
    """
    text = (Path(config.config_file_path)).read_text(encoding="utf-8")
    is_open = (
        # Another list in the same site is `catalog #2`.
        not PURE_PLUGINS.issuperset(config.plugins)
        or config.hooks
        or any("snippets" in name or "include" in name for name in config.markdown_extensions)
        or any(mark in text for mark in ("!ENV", "INHERIT", "!relative"))
    )
    if is_open:
        return None
    _, *folders = _find_sources(config)
    survey = catalog.survey
    return digest(
        program, text, list(map(digest_files, folders)), (survey.title, survey.links.website)
    )


def _find_sources(config: MkDocsConfig) -> tuple[Path, ...]:
    """Return mkdocs.yml and the folders of pages and of the theme's own parts."""
    own = config.theme.custom_dir
    return (
        Path(config.config_file_path),
        Path(config.docs_dir),
        *([Path(own)] if own else []),
    )


def empty_folder(site: Path) -> None:
    """Empty the site's folder as MkDocs does before each build; hidden files stay."""
    clean_directory(str(site))
