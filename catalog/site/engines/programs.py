"""The names of the engines, and where their programs are."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path

from catalog.errors import EngineError


class Engine(StrEnum):
    """A program that reads mkdocs.yml and builds a site."""

    MKDOCS = "mkdocs"
    """MkDocs 1.x, with Material until 2027-05-05."""
    PROPERDOCS = "properdocs"
    """The continuation of MkDocs 1.x; it runs the same themes and plugins."""
    ZENSICAL = "zensical"
    """The successor of Material; it runs no plugins of MkDocs, but has many of their functions."""


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
