"""What a list's site has when its configuration leaves it open, for every engine."""

from typing import Any

NAV: list[dict[str, str | list[str]]] = [
    {"Home": "index.md"},
    {"Papers": "papers/index.md"},
    {"Sections": "sections/index.md"},
    {"Authors": "authors/index.md"},
    {"Venues": "venues/index.md"},
    {"In pictures": "charts.md"},
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
