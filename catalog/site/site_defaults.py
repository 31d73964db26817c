"""What a list's site has when its configuration leaves it open, for every engine."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from catalog.render.templates import find_default

NAV: list[dict[str, str | list[str]]] = [
    {"Home": "index.md"},
    {"Papers": "papers/index.md"},
    {"Sections": "sections/index.md"},
    {"Authors": "authors/index.md"},
    {"Venues": "venues/index.md"},
    {"Charts": ["charts.md", "timeline.md"]},
    {"Submit": "submit.md"},
    {"About": ["about.md", "changelog.md", "maintainers.md", "health.md"]},
]
FEATURES = ["navigation.tabs", "navigation.top"]
COLOURS = {"primary": "custom", "accent": "custom"}
"""Those of catalog.css."""
PALETTE: list[dict[str, Any]] = [
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


def find_pages() -> Iterator[tuple[str, Path]]:
    """Yield the package's pages: their names below the list's part of the site, and their files."""
    source = find_default("site_src")
    for path in sorted(source.rglob("*.md"), key=lambda path: path.as_posix()):
        yield PurePosixPath(path.relative_to(source)).as_posix(), path


def has_own_pages(docs: Path) -> bool:
    """Return whether the owner wrote pages that the package has no page of the same name for."""
    ours = {name for name, _ in find_pages()}
    return any(path.relative_to(docs).as_posix() not in ours for path in docs.rglob("*.md"))
