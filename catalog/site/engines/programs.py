"""Which engine a list names, and where its program is."""

import shutil
import sys
from pathlib import Path

from catalog.errors import EngineError
from catalog.site.mkdocs.config import CONFIG_FILE, list_plugins, read_settings
from catalog.site.settings import Engine


def find_program(engine: Engine) -> str:
    """Return the path of an engine's program: next to `catalog`, else on PATH.

    Raises `EngineError` when it is not installed.
    """
    environment = Path(sys.executable).parent
    found = shutil.which(engine, path=str(environment)) or shutil.which(engine)
    if found is None:
        raise EngineError(
            f"{engine} is not installed; run: {environment / 'python'} -m pip install {engine}"
        )
    return found


def find_engine(folder: Path) -> Engine:
    """Return the engine that mkdocs.yml names: `plugins: [catalog: {engine: zensical}]`."""
    file = folder / CONFIG_FILE
    options = list_plugins(read_settings(file).get("plugins")).get("catalog") or {}
    name = options.get("engine", Engine.MKDOCS)
    try:
        return Engine(name)
    except ValueError as error:
        known = ", ".join(Engine)
        raise EngineError(f"{file}: engine {name!r} is not one of {known}") from error
