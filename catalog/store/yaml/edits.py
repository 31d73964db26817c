"""What can be changed in a file, and what its value is afterwards."""

import copy
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.model.findings import FieldPath
from catalog.model.types import Value
from catalog.store.yaml.nodes import EditError


@dataclass(frozen=True, slots=True)
class Set:
    """Yield the field or item at `path` a value; a field that is not there yet is added."""

    path: FieldPath
    value: Value


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away the field or item at `path`."""

    path: FieldPath


@dataclass(frozen=True, slots=True)
class Insert:
    """Put an item into the list at `path`, before the item that is at `index` now.

    `doubts` are those of a record's fields; they become comments.
    """

    path: FieldPath
    index: int
    value: Value
    doubts: Mapping[str, str] = field(default_factory=dict)


Edit = Set | Remove | Insert
"""The paths of all changes that are made at once are those before any of them."""


def to_existing_paths(changes: Iterable[Edit], value: Value) -> list[Edit]:
    """Turn each field of a mapping that is not there into the mapping that holds it."""
    grounded: list[Edit] = []
    added: dict[FieldPath, int] = {}
    for change in changes:
        path, part = change.path, None
        if isinstance(change, Set):
            depth = _depth_of(path, value)
            path, part = path[: depth + 1], change.value
            for step in reversed(change.path[depth + 1 :]):
                part = {str(step): part}
        if part is None:
            grounded.append(change)
        elif path in added:
            index = added[path]
            grounded[index] = Set(path, _merge(grounded[index], part))
        else:
            added[path] = len(grounded)
            grounded.append(Set(path, part))
    return grounded


def _depth_of(path: FieldPath, value: Value) -> int:
    """Return how many steps of `path` lead to mappings and lists that are there."""
    for depth, step in enumerate(path):
        part: Value | None = None
        if isinstance(value, dict) and isinstance(step, str):
            part = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            part = value[step]
        if part is None:
            return depth
        value = part
    return len(path) - 1


def _merge(change: Edit, part: Value) -> Value:
    before = change.value if isinstance(change, Set) else None
    if isinstance(before, dict) and isinstance(part, dict):
        return {**before, **part}
    raise EditError(f"{change.path!r} is given two values at once")


def make_changed(value: Value, changes: Iterable[Edit], file: str) -> Value:
    """Return what `value` is when all changes are made; itself it stays as it is."""
    changed = copy.deepcopy(value)
    ordered = list(changes)
    for change in ordered:
        if isinstance(change, Set):
            changed = _set(changed, change, file)
    # From the end, so that no index moves before it is used.
    moving = [change for change in reversed(ordered) if not isinstance(change, Set)]
    for change in sorted(moving, key=_position_of, reverse=True):
        holder = find_part(changed, change.path[:-1] if _is_removal(change) else change.path, file)
        if isinstance(change, Insert) and isinstance(holder, list):
            holder.insert(change.index, copy.deepcopy(change.value))
        elif isinstance(holder, list | dict) and isinstance(change, Remove):
            del holder[change.path[-1]]  # type: ignore[arg-type] # an index or a name, as it is
        else:
            raise EditError(f"{file}: there is no list at {change.path!r}")
    return compose_unicode(changed)


def find_part(value: Value, path: FieldPath, file: str) -> Value:
    """Return the part of a value. Raises `EditError` when the path leads to nothing."""
    for step in path:
        try:
            value = value[step]  # type: ignore[index] # an index or a name, as it is
        except (KeyError, IndexError, TypeError) as error:
            raise EditError(f"{file}: there is no {step!r} to change") from error
    return value


def compose_unicode(value: Value) -> Value:
    """Return a value as it is read back: Unicode's composed form."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [compose_unicode(item) for item in value]
    return {
        unicodedata.normalize("NFC", name): compose_unicode(part) for name, part in value.items()
    }


def _set(value: Value, change: Set, file: str) -> Value:
    if not change.path:
        return copy.deepcopy(change.value)
    holder = find_part(value, change.path[:-1], file)
    if not isinstance(holder, list | dict):
        raise EditError(f"{file}: there is no {change.path[-1]!r} to change")
    holder[change.path[-1]] = copy.deepcopy(change.value)  # type: ignore[index] # as above
    return value


def _is_removal(change: Edit) -> bool:
    return isinstance(change, Remove)


def _position_of(change: Edit) -> tuple[tuple[tuple[int, str], ...], int]:
    path = (*change.path, change.index) if isinstance(change, Insert) else change.path
    steps = tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)
    # At one place, what is there goes before what comes there.
    return steps, isinstance(change, Remove)
