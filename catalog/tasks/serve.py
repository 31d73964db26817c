"""The site of a list on this computer: an edit renders what changed, in the same process.

The engine runs again only when its own sources change: mkdocs.yml, the pages, the theme's
overrides. The pages of papers are written first, and the browser reloads then; what takes longer in
a large list (search data, feeds, exports) is written behind.
"""

import logging
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catalog.checks.check import Checker, CheckResult
from catalog.checks.report import list_briefly
from catalog.errors import CatalogError, EngineError
from catalog.model.catalog import Catalog
from catalog.model.findings import Severity, count_of
from catalog.render.digests import digest_program
from catalog.render.memo import Memo
from catalog.render.templates import find_default, make_environment
from catalog.site import stamp_beside
from catalog.site.addresses import PAPERS
from catalog.site.engines import Engine, find_engine
from catalog.site.mkdocs import SOURCES, Site
from catalog.site.mkdocs.config import CONFIG_FILE, read_settings
from catalog.site.mkdocs.serve import parse_host_port, run_server
from catalog.store.cache_dir import open_cache
from catalog.store.files import OutputFile
from catalog.store.manifest import Manifest
from catalog.tasks.frames import ensure_frame

_PATIENCE = 0.2
"""Seconds that a rebuild waits for what is written behind: in short lists that is all of it."""

_log = logging.getLogger("mkdocs.catalog")  # shown with MkDocs' own lines

State = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each file that something is made from."""


def serve(folder: Path, address: str, *, engine: str | None = None) -> None:
    """Show the site at `address` (`127.0.0.1:8000`) until the user interrupts it.

    Raises `UsageError` when that is not an address, `EngineError` when the list has errors, the
    engine fails or the address is taken.
    """
    parse_host_port(address)
    preview = Preview(folder, address, Engine(engine) if engine else find_engine(folder))
    preview.update(is_first=True)
    try:
        run_server(preview.update, preview.root, address, preview.mount, preview.find_watched())
    finally:
        preview.stop()


class Preview:
    """The site in a folder of the cache, brought up to date on each change."""

    def __init__(self, folder: Path, address: str, engine: Engine) -> None:
        self._folder = folder
        self._checker = Checker(folder)
        self._address = address
        self._engine = engine
        self._cache = open_cache(folder) / "serve"
        self._cache.mkdir(parents=True, exist_ok=True)
        self.root = self._cache / "site"
        self.mount = "/"
        self._site: Site | None = None
        self._frame_state: tuple[object, ...] = ()
        self._template_state: State | None = None
        self._program = ""
        self._memo: Memo | None = None
        self._manifest: Manifest | None = None
        self._writer: _Writer | None = None

    def update(self, *, is_first: bool = False) -> None:
        """Check the list and write what changed; a list with errors leaves the site as it is.

        Raises `EngineError` when it `is_first` and the list has errors: there is nothing to show.
        """
        self.stop()
        try:
            checked = self._checker.check()
            self._log_findings(checked)
            if checked.catalog is not None:
                self._write(checked.catalog)
                return
        except CatalogError as error:
            if is_first:
                raise
            _log.error("%s", error)
            return
        if is_first:
            errors = count_of(checked.errors, "error")
            raise EngineError(f"the list has {errors}; `catalog check` shows them")

    def stop(self) -> None:
        """End what is still being written."""
        if self._writer is not None:
            self._writer.stop()
            self._writer = None

    def wait(self) -> None:
        """Wait until everything is written."""
        if self._writer is not None:
            self._writer.join()

    def find_watched(self) -> list[Path]:
        """Return the files and folders whose changes matter."""
        own = (self._folder / name for name in SOURCES)
        return [path for path in (*own, *self._find_frame_sources()) if path.exists()]

    def _write(self, catalog: Catalog) -> None:
        before = self._template_state, self._frame_state
        self._update_program()
        memo = self._memo = (
            Memo(catalog, self._cache.with_name("build") / "texts", self._program)
            if self._memo is None
            else self._memo.follow(catalog)
        )
        site = self._update_frame(catalog)
        program = f"{self._program} {self._engine}"
        manifest = Manifest(self.root, self._cache / "site.manifest", program, self._manifest)
        self._manifest = manifest
        self._writer = _Writer(
            {
                "catalog": catalog,
                "frame": site.frame,
                "site": self.root,
                "folder": self._folder,
                "url": f"http://{self._address}{self.mount}",
                "settings": site.settings,
                "manifest": manifest,
                "memo": memo,
                "is_live": True,
            },
            site.settings.place(PAPERS),
        )
        is_same = before == (self._template_state, self._frame_state)
        self._writer.run(patience=_PATIENCE if is_same else None)

    def _update_program(self) -> None:
        state = _look(self._folder / "templates")
        if state != self._template_state:
            make_environment.cache_clear()
            self._program = digest_program(self._folder)
            self._template_state, self._memo = state, None

    def _update_frame(self, catalog: Catalog) -> Site:
        survey = catalog.survey
        state = (survey.title, survey.links.website, *map(_look, self._find_frame_sources()))
        if self._site is None or state != self._frame_state:
            frame = self._cache / f"frame-{self._engine}"
            self._site = ensure_frame(
                self._engine, catalog, self._folder, frame, self._program, strict=False
            )
            self._frame_state = state
            self.mount = urlsplit(self._site.url or "/").path or "/"
        return self._site

    def _find_frame_sources(self) -> list[Path]:
        """Return what an engine reads: mkdocs.yml, and the files and folders that it names."""
        settings = read_settings(self._folder / CONFIG_FILE)
        theme = settings.get("theme")
        own = theme.get("custom_dir") if isinstance(theme, dict) else None
        names = [
            CONFIG_FILE,
            settings.get("docs_dir", "docs"),
            own,
            *(settings.get("hooks") or ()),
            *(settings.get("watch") or ()),
        ]
        return [self._folder / str(name) for name in names if name] + [find_default("site_src")]

    def _log_findings(self, checked: CheckResult) -> None:
        for severity, line in list_briefly(checked):
            _log.log(logging.ERROR if severity is Severity.ERROR else logging.INFO, "%s", line)


class _Superseded(Exception):  # noqa: N818 - not an error
    """The list has changed again while its site was written."""


class _Writer:
    """Writes a site in a thread of its own; `run` returns when the pages of papers are there."""

    def __init__(self, options: dict[str, Any], first: str) -> None:
        self._options = options
        self._first = first
        self._are_papers_written = threading.Event()
        self._is_stopped = False
        self._error: CatalogError | None = None
        self._thread = threading.Thread(target=self._write, daemon=True)

    def run(self, patience: float | None) -> None:
        """Start, wait for the pages of papers, and some time longer: until the end when None.

        Raises what the writing raised until then.
        """
        self._thread.start()
        self._are_papers_written.wait()
        self._thread.join(patience)
        if self._error is not None:
            raise self._error

    def join(self) -> None:
        """Wait until everything is written."""
        self._thread.join()

    def stop(self) -> None:
        """Leave the rest unwritten: the next writer takes it up."""
        self._is_stopped = True
        self.join()

    def _write(self) -> None:
        try:
            with suppress(_Superseded):
                stamp_beside(**self._options, watch=self._watch)
        except CatalogError as error:
            self._error = error
            _log.error("%s", error)
        finally:
            self._are_papers_written.set()

    def _watch(self, outputs: Iterable[OutputFile]) -> Iterator[OutputFile]:
        for output in outputs:
            if self._is_stopped:
                raise _Superseded
            if not output[0].startswith(self._first):
                self._are_papers_written.set()
            yield output


def _look(path: Path) -> State:
    """Return the state of a file, or of all files in a folder."""
    paths = [path] if path.is_file() else sorted(item for item in path.rglob("*"))
    found = []
    for item in paths:
        with suppress(OSError):
            state = os.stat(item)  # noqa: PTH116 - as Path.stat, and the name is at hand
            found.append((str(item), state.st_mtime_ns, state.st_size))
    return tuple(found)
