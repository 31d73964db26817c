"""The MkDocs plugin, a thin adapter and the only importer of MkDocs.

It checks the list, lets MkDocs build the frame, and stamps the papers into it.

`plugins: [catalog]` in mkdocs.yml is all; what the project does not set or bring gets a default.
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme
from mkdocs.utils import clean_directory
from mkdocs.utils.yaml import yaml_load

from catalog.checking import check
from catalog.digests import digest, digest_files
from catalog.errors import CatalogError, EngineError
from catalog.findings import Finding, Severity
from catalog.links.state import FILE as LINK_STATE
from catalog.loading import PAPERS_FILE, PAPERS_FOLDER
from catalog.records import Catalog
from catalog.site import stamp_site
from catalog.site.stamping import CHANGES, FRAME
from catalog.templating import find_default, make_environment

CONFIG_FILE = "mkdocs.yml"
SOURCES = (PAPERS_FILE, PAPERS_FOLDER, "templates", CHANGES, LINK_STATE)
"""What of a list's folder a site is made from, beside what mkdocs.yml names."""

_log = get_plugin_logger("catalog")

_NAV: list[dict[str, str | list[str]]] = [
    {"Home": "index.md"},
    {"Papers": "papers/index.md"},
    {"Sections": "sections/index.md"},
    {"In pictures": "charts.md"},
    {"Submit": "submit.md"},
    {"About": ["about.md", "changelog.md", "maintainers.md", "health.md"]},
]
_EXAMPLE = "it can be as short as\nsite_name: My list\ntheme: material\nplugins: [catalog]"
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
        _set_defaults(config, self._catalog)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the project lacks, and keep the frame out of the navigation."""
        for file in _make_default_files(files, config):
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


@dataclass(frozen=True, slots=True)
class Site:
    """What mkdocs.yml says of the site: the folder it goes to, and where it will stand.

    `sources` are the files and folders that the frame is made from, None when they are not known.
    """

    folder: Path
    url: str | None
    sources: tuple[Path, ...] | None


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
        """Build the frame, strictly. `program` stands for the code that takes part in it.

        Raises `EngineError` when mkdocs.yml is not usable or the build fails.
        """
        with _docs_folder(self._folder) as options, _engine_errors():
            config = load_config(str(self._folder / CONFIG_FILE), strict=True, **options)
            plugin = config.plugins.get("catalog")
            if not isinstance(plugin, CatalogPlugin):
                raise EngineError(f"{self._folder / CONFIG_FILE}: write `plugins: [catalog]`")
            site = Path(config.site_dir)
            key = _digest_frame(config, catalog, program)
            if key is None or not self._has(key):
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
        return Site(site, url or None, _find_sources(config) if key else None)

    def _has(self, key: str) -> bool:
        try:
            found = self._key.read_text(encoding="utf-8").splitlines()[0]
        except (FileNotFoundError, IndexError):
            return False
        return found == key and (self._frame / FRAME).is_file()


def _build(config: MkDocsConfig) -> None:
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


_PURE_PLUGINS = frozenset(["catalog", "search", "material/search"])
"""Plugins that read nothing but mkdocs.yml and the pages."""


def _digest_frame(config: MkDocsConfig, catalog: Catalog, program: str) -> str | None:
    """Return what stands for all that the frame is made from, or None when that is not known.

    Other plugins, hooks, and extensions that include files may read anything.
    """
    text = (Path(config.config_file_path)).read_text(encoding="utf-8")
    is_open = (
        not _PURE_PLUGINS.issuperset(config.plugins)
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


def build_with_mkdocs(folder: Path, *, strict: bool) -> Path:
    """Build the site of the list in `folder` as `mkdocs build` does, and return the site's folder.

    Raises `EngineError` when mkdocs.yml is not usable or the build fails.
    """
    with _docs_folder(folder) as options, _engine_errors():
        config = load_config(str(folder / CONFIG_FILE), strict=strict, **options)
        _build(config)
        return Path(config.site_dir)


def serve_with_mkdocs(folder: Path, address: str) -> None:
    """Show the site on this computer at `address` (`127.0.0.1:8000`) and rebuild it on changes."""
    with _docs_folder(folder) as options, _engine_errors(), _log_to_stderr():
        mkdocs_serve.serve(str(folder / CONFIG_FILE), dev_addr=address, **options)


def _find_folder(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _load(folder: Path) -> Catalog:
    """Return the checked catalog, after logging all findings. Raises `PluginError` on errors."""
    try:
        checked = check(folder, date.today())  # noqa: DTZ011 - the reader's own day
    except CatalogError as error:
        raise PluginError(str(error)) from error
    for finding in checked.findings:
        # A warning about a paper is none about the site: `mkdocs build --strict` still succeeds.
        level = logging.ERROR if finding.severity is Severity.ERROR else logging.INFO
        _log.log(level, _describe(finding))
    if checked.catalog is None:
        raise PluginError(f"the list has {checked.errors} errors; `catalog check` shows them")
    return checked.catalog


def _describe(finding: Finding) -> str:
    hint = f" ({finding.hint})" if finding.hint else ""
    place = f"{finding.file}:{finding.line}:{finding.column}"
    return f"{place}: {finding.severity} {finding.code}: {finding.message}{hint}"


def _set_defaults(config: MkDocsConfig, catalog: Catalog) -> None:
    """Set what mkdocs.yml leaves open; what it says stays."""
    if not config.site_url and catalog.survey.links.website:
        config.site_url = catalog.survey.links.website.rstrip("/") + "/"
    if not config.site_description:
        config.site_description = f"Reading list: {catalog.survey.title}"
    if config.nav is None and not _has_own_pages(Path(config.docs_dir)):
        config.nav = _NAV
    if "theme" not in _read_settings(Path(config.config_file_path)):
        config.theme = Theme(name="material")
    if config.theme.name == "material":
        _set_theme_defaults(config.theme)


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


def _make_default_files(files: Files, config: MkDocsConfig) -> Iterator[File]:
    """Make the package's pages and assets that the project's docs_dir lacks."""
    source = find_default("site_src")
    present = set(files.src_uris)
    if "README.md" in present:
        present.add("index.md")
    for path in sorted(source.rglob("*"), key=lambda path: path.as_posix()):
        name = PurePosixPath(path.relative_to(source)).as_posix()
        if path.is_file() and name not in present:
            yield File.generated(config, name, abs_src_path=str(path))


def _read_settings(path: Path) -> dict[str, Any]:
    """Read what mkdocs.yml itself says, before MkDocs adds its defaults."""
    try:
        with path.open("rb") as file:
            return yaml_load(file) or {}
    except FileNotFoundError as error:
        hint = "two lines are enough: `site_name: My list` and `plugins: [catalog]`"
        raise EngineError(f"{path} is missing; {hint}") from error
    except (OSError, MkDocsException) as error:
        raise EngineError(f"{path}: {error}") from error


@contextmanager
def _docs_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the options for MkDocs: an empty docs_dir when the project has none, else nothing."""
    settings = _read_settings(folder / CONFIG_FILE)
    if (folder / str(settings.get("docs_dir", "docs"))).is_dir():
        yield {}
        return
    with TemporaryDirectory(prefix="catalog-docs-") as empty:
        yield {"docs_dir": empty}


@contextmanager
def _engine_errors() -> Iterator[None]:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        yield
    except MkDocsException as error:
        # MkDocs says "Aborted with a BuildError!", and what the matter was in the error before.
        reason = error.__context__ if isinstance(error.__context__, BuildError) else error
        raise EngineError(f"MkDocs: {reason}") from error


@contextmanager
def _log_to_stderr() -> Iterator[None]:
    """Show MkDocs' own log while it serves: where, and what it rebuilds."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
