"""Short names for everything that an output is made from: while the name is the same, so is it."""

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.render.templates import find_default

_PROGRAM = Path(__file__).parents[1]
_LIBRARIES = ("jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "pydantic")
"""Packages that take part in what is written."""


def digest(*parts: object) -> str:
    """Return 24 hex digits for values whose `repr` says all about them: text, numbers, tuples."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def digest_papers(catalog: Catalog) -> dict[str, str]:
    """Return by citation key the hash of all that a citation of the paper is made from."""
    venues = {name: venue.model_dump_json() for name, venue in catalog.venues.items()}
    names = catalog.venue_by_name
    return {
        paper.key: digest(
            paper.model_dump_json(exclude_defaults=True),
            venues.get(names.get(paper.venue or "", "")),
            catalog.settings.protected_words,
        )
        for paper in catalog.papers
    }


def digest_program(folder: Path) -> str:
    """Return what stands for the code, its templates and those of the list in `folder`."""
    libraries = [(name, version(name)) for name in _LIBRARIES]
    sources = [
        digest_files(_PROGRAM, "*.py"),
        digest_files(find_default("templates")),
        digest_files(find_default("site_src")),
        digest_files(folder / "templates"),
    ]
    return digest(sys.version_info[:2], libraries, sources)


def digest_files(folder: Path, pattern: str = "*") -> str:
    """Return what stands for the names and bytes of all files below `folder`."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return digest(
        [(path.relative_to(folder).as_posix(), hash_bytes(path.read_bytes())) for path in files]
    )


def hash_bytes(data: bytes) -> str:
    """Return what stands for some bytes."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()
