"""The memory of links: one JSON file, a line for each address, the same bytes for the same facts.

    {"version": 1, "links": {
    "https://example.org/things.pdf": {"status": "dead", "http_status": 404, …},
    …}}

A line for each address keeps the differences between two runs small. Days, not moments, are kept:
two runs on one day write the same. The checker writes the file, the site and reports read it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from catalog.errors import UnreadableInputError
from catalog.store.link_status import Status

FILE = "link-state.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is known of an address."""

    status: Status
    http_status: int | None = None
    reason: str | None = None
    moved_to: str | None = None
    is_same: bool = False
    """`moved_to` is surely the same thing."""
    suggestion: str | None = None
    """What may stand in its place."""
    checked: date | None = None
    """The last day on which it was asked."""
    last_alive: date | None = None
    first_failed: date | None = None
    """The first day of the failures that last until today; None when the last answer was fine."""
    failures: int = 0
    """The days with failures since then."""
    etag: str | None = None
    title: str | None = None
    """The title that an identifier leads to."""


States = dict[str, LinkState]
"""What is known, by address."""


def strip_fragment(url: str) -> str:
    """Return the address under which a link is known: without what only a browser looks at."""
    return urldefrag(url).url


def read_states(path: Path) -> States:
    """Read a state file; one that is not there knows nothing.

    Raises `UnreadableInputError` when it is something else: a memory that is lost in silence would
    forget since when links are dead.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeError) as error:
        raise UnreadableInputError(path, str(error)) from error
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(path, f"not JSON: {error}") from error
    links = data.get("links") if isinstance(data, dict) else None
    if not isinstance(links, dict) or data.get("version", VERSION) != VERSION:
        raise UnreadableInputError(path, f"not a link state of version {VERSION}")
    return {url: state for url, found in links.items() if (state := parse_state(found))}


def to_text(states: Mapping[str, LinkState]) -> str:
    """Return the text of a state file."""
    rows = (f"{_dump(url)}: {_dump(to_dict(states[url]))}" for url in sorted(states))
    return f'{{"version": {VERSION}, "links": {{\n' + ",\n".join(rows) + "\n}}\n"


def to_dict(state: LinkState) -> dict[str, Any]:
    """Return what is known as JSON has it; what is not known is left out."""
    values = ((field.name, getattr(state, field.name)) for field in fields(state))
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values
        if value not in (None, 0)  # and False
    }


def parse_state(found: object) -> LinkState | None:
    """Return the state that JSON tells; None when it has no status that is known."""
    if not isinstance(found, dict) or found.get("status") not in list(Status):
        return None
    moved_to = _text(found.get("moved_to"))
    return LinkState(
        status=Status(found["status"]),
        http_status=_number(found.get("http_status")),
        reason=_text(found.get("reason")),
        moved_to=moved_to if moved_to and moved_to.startswith(("https://", "http://")) else None,
        is_same=found.get("is_same") is True,
        suggestion=_text(found.get("suggestion")),
        checked=_day(found.get("checked")),
        last_alive=_day(found.get("last_alive")),
        first_failed=_day(found.get("first_failed")),
        failures=_number(found.get("failures")) or 0,
        etag=_text(found.get("etag")),
        title=_text(found.get("title")),
    )


def merge(parts: Iterable[Mapping[str, LinkState]]) -> States:
    """Join what several runs know: of each address what was found last."""
    joined: States = {}
    for part in parts:
        for url, state in part.items():
            known = joined.get(url)
            if known is None or _rank(state) > _rank(known):
                joined[url] = state
    return joined


def _rank(state: LinkState) -> tuple[date, int, str]:
    """Order of states of one address: by day; the rest only makes the order the same each time."""
    return (state.checked or date.min, state.failures, _dump(to_dict(state)))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: object) -> date | None:
    """Return a day, from a moment too."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
