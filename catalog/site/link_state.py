"""What is known about the links of the list: read from `link-state.json` beside papers.yaml.

The link checker writes the file; the site only shows it. A file that is missing or that cannot be
understood is no fault: then nothing is known.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "link-state.json"

STATUSES = ("dead", "blocked", "timeout", "moved", "alive", "skipped")
"""What a link can be, the worst first."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the last check found at an address. Dates are as the file has them."""

    status: str
    last_alive: str | None = None
    first_failed: str | None = None
    reason: str | None = None
    moved_to: str | None = None


def read_link_state(folder: Path) -> dict[str, LinkState]:
    """Read the state of each address; none when there is no file that can be understood."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    links = data.get("links") if isinstance(data, dict) else None
    if not isinstance(links, dict):
        return {}
    return {url: _parse(found) for url, found in links.items() if _is_state(found)}


def _is_state(found: Any) -> bool:  # noqa: ANN401 - what JSON can hold
    return isinstance(found, dict) and found.get("status") in STATUSES


def _parse(found: Mapping[str, Any]) -> LinkState:
    def text(name: str) -> str | None:
        value = found.get(name)
        return value if isinstance(value, str) and value else None

    moved_to = text("moved_to")
    return LinkState(
        status=found["status"],
        last_alive=_to_day(text("last_alive")),
        first_failed=_to_day(text("first_failed")),
        reason=text("reason"),
        moved_to=moved_to if moved_to and moved_to.startswith(("https://", "http://")) else None,
    )


def _to_day(moment: str | None) -> str | None:
    """Return the day of a date with or without time."""
    return moment[:10] if moment else None
