"""The frame from ProperDocs or Zensical: run as a command on a configuration made of mkdocs.yml."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import EngineError
from catalog.model.catalog import Catalog
from catalog.site.engines.programs import find_program
from catalog.site.engines.zensical import find_overrides, stage_pages
from catalog.site.mkdocs import FRAME_ONLY, Site
from catalog.site.mkdocs.config import CONFIG_FILE, list_plugins, read_settings, refuse_links
from catalog.site.settings import (
    Engine,
    PageScope,
    SiteSettings,
    clean_path,
    is_a_guest,
    parse_policy_mode,
)
from catalog.store.files import write_text
from catalog.store.temp_names import name_temporary, remove_leftovers

_MOST_LINES = 3
"""Lines of an engine's output that an error shows: the last ones have the reason."""


@dataclass(frozen=True, slots=True)
class _Project:
    """A folder with a mkdocs.yml, and what that says."""

    folder: Path
    settings: Mapping[str, Any]

    @property
    def docs(self) -> Path:
        return self.folder.absolute() / str(self.settings.get("docs_dir", "docs"))


def build_frame(
    engine: Engine, catalog: Catalog, folder: Path, frame: Path, *, strict: bool
) -> Site:
    """Build the frame of the list in `folder` into the folder `frame`, which is emptied first.

    Raises `EngineError` when the engine is missing, cannot build such a site, or fails.
    """
    program = find_program(engine)
    project = _Project(folder, read_settings(folder / CONFIG_FILE))
    settings = _find_settings(project)
    site = folder.absolute() / str(project.settings.get("site_dir", "site"))
    refuse_links(site, folder)
    url = project.settings.get("site_url") or (
        None if settings.is_guest else catalog.survey.links.website
    )
    shutil.rmtree(frame, ignore_errors=True)
    # Relative and below the project: Zensical 0.0.73 takes no other paths.
    overrides: dict[str, Any] = {"site_dir": frame.relative_to(folder).as_posix()}
    docs = frame.with_name("docs")
    shutil.rmtree(docs, ignore_errors=True)
    if engine is Engine.ZENSICAL:
        stage_pages(project.docs, docs, settings)
        overrides |= {"docs_dir": docs.relative_to(folder).as_posix()}
        overrides |= find_overrides(project.settings, project.docs, catalog, settings)
    else:
        overrides |= _find_missing(project, docs, settings)
    with _write_configuration(folder, overrides) as configuration:
        is_own = engine is Engine.PROPERDOCS and not settings.is_guest
        options = ["--strict"] if strict or is_own else []
        _run([program, "build", "--config-file", configuration, *options], engine, folder)
    return Site(site, frame, str(url) if url else None, settings, None)


def _find_missing(project: _Project, docs: Path, settings: SiteSettings) -> dict[str, Any]:
    """Return what ProperDocs must find before it calls the plugin: a folder and a theme."""
    found: dict[str, Any] = {}
    if not project.docs.is_dir():
        docs.mkdir(parents=True)
        found["docs_dir"] = docs.relative_to(project.folder).as_posix()
    if "theme" not in project.settings and not settings.is_guest:
        found["theme"] = {"name": "material"}
    return found


@contextmanager
def _write_configuration(folder: Path, overrides: Mapping[str, Any]) -> Iterator[str]:
    """Write a configuration next to mkdocs.yml, where its relative paths lead to the same files."""
    original = folder / CONFIG_FILE
    remove_leftovers(original)
    path = Path(name_temporary(str(original.absolute())))
    write_text(path, json.dumps({"INHERIT": CONFIG_FILE, **overrides}, ensure_ascii=False))
    try:
        yield str(path)
    finally:
        path.unlink(missing_ok=True)


def _run(command: list[str], engine: Engine, folder: Path) -> None:
    environment = {
        **os.environ,
        FRAME_ONLY: str(folder.resolve()),
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
    }
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if run.returncode != 0:
        lines = [line.strip() for line in run.stdout.splitlines() if line.strip()]
        reason = " | ".join(lines[-_MOST_LINES:])
        raise EngineError(f"{engine} build ended with exit code {run.returncode}: {reason}")


def _find_settings(project: _Project) -> SiteSettings:
    """Return how the list takes part in the site, as the options of the plugin say."""
    file = project.folder / CONFIG_FILE
    plugins = list_plugins(project.settings.get("plugins"))
    own = plugins.get("catalog")
    if own is None:
        raise EngineError(f"{file}: write `plugins: [catalog]`")
    if own.get("folder", ".") != "." or "catalog #2" in plugins:
        raise EngineError(f"{file}: with this engine, the site has one list, next to mkdocs.yml")
    try:
        path = clean_path(str(own.get("path", "")))
        scope, policy = (
            PageScope(own.get("scope", "auto")),
            parse_policy_mode(own.get("csp", "auto")),
        )
    except ValueError as error:
        raise EngineError(f"{file}: {error}") from error
    is_guest = is_a_guest(project.docs, path, scope)
    return SiteSettings(
        path,
        is_guest=is_guest,
        policy=policy,
        has_scripts=bool(project.settings.get("extra_javascript")),
        has_styles=bool(project.settings.get("extra_css")),
        is_in_site_search=bool(own.get("search")),
        site_name=str(project.settings.get("site_name", "")) if is_guest else None,
    )
