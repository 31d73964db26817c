"""The value of a YAML file, and where each part of it stands."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate

from catalog.model.findings import FieldPath, Finding
from catalog.model.types import Value

LINE_SHIFT = 32
"""A mark is a line and a column from 0, packed into one number."""
_COLUMN_MASK = (1 << LINE_SHIFT) - 1
ITEM = -1
"""Replaces an item of a list in a refused path: the items after it take its index."""


class Document:
    """The value of one YAML file and the place of each of its parts.

    `value` is None when nothing of the file was understood. `notes` are the findings of the reader,
    each with the path to what it is about. `refused` holds the paths of the values that are missing
    in `value` because a finding already says what is wrong with them.

    `marks` holds one number for each key, scalar and container, in the order of the file: line and
    column from 0, packed. A place is found by counting through `value` in the same order, so that
    places cost eight bytes a value and nothing until one is asked for.
    """

    def __init__(
        self,
        file: str,
        value: Value | None,
        marks: array[int],
        notes: Iterable[tuple[Finding, FieldPath]],
        refused: Iterable[FieldPath] = (),
    ) -> None:
        self.file = file
        self.value = value
        self.notes = tuple(notes)
        self.refused = frozenset(refused)
        self._ways_to_refused = {
            path[:end] for path in self.refused for end in range(len(path) + 1)
        }
        self._marks = marks
        self._offsets: dict[int, dict[str, int] | list[int]] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file as YAML; empty when all of it was understood."""
        return tuple(finding for finding, _ in self.notes)

    def text_of(self, path: FieldPath) -> str | None:
        """Return the text of the record at `path`, where the records were read one by one."""
        return None

    def has_refused(self, path: FieldPath) -> bool:
        """Return whether the value at `path`, or a part of it, was refused."""
        return path in self._ways_to_refused

    def value_at(self, path: FieldPath) -> Value | None:
        """Return the value at `path`, or None when the path leads to nothing."""
        value = self.value
        for step in path:
            if isinstance(value, dict):
                value = value.get(str(step))
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def place(self, path: FieldPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column, both from 1, of the value at `path`, or of its key.

        Where the path leads to nothing (a missing field), it is the place of the last part that is
        there.
        """
        mark, value = 0, self.value
        for depth, step in enumerate(path):
            offsets = self._offsets_of(value)
            if isinstance(value, dict) and isinstance(offsets, dict):
                name = str(step)
                if name not in value:
                    break
                mark += offsets[name]
                if depth == len(path) - 1 and at_key:
                    break
                mark, value = mark + 1, value[name]
            elif (
                isinstance(value, list)
                and isinstance(offsets, list)
                and isinstance(step, int)
                and 0 <= step < len(value)
            ):
                mark += offsets[step]
                value = value[step]
            else:
                break
        return self._unpack(mark)

    def _unpack(self, mark: int) -> tuple[int, int]:
        packed = self._marks[mark] if mark < len(self._marks) else 0
        return (packed >> LINE_SHIFT) + 1, (packed & _COLUMN_MASK) + 1

    def _offsets_of(self, value: Value | None) -> dict[str, int] | list[int]:
        """Return the number of marks from a container's own to each of its parts."""
        if value is None or isinstance(value, str):
            return []
        offsets = self._offsets.get(id(value))
        if offsets is None:
            if isinstance(value, dict):
                sizes = (1 + _count_marks(part) for part in value.values())
                offsets = dict(zip(value, accumulate(sizes, initial=1), strict=False))
            else:
                offsets = list(accumulate(map(_count_marks, value), initial=1))
            self._offsets[id(value)] = offsets
        return offsets


def _count_marks(value: Value) -> int:
    if isinstance(value, str):
        return 1
    if isinstance(value, dict):
        return 1 + sum(1 + _count_marks(part) for part in value.values())
    return 1 + sum(map(_count_marks, value))


def refuse(file: str, finding: Finding) -> Document:
    """Return the document of a file of which nothing is read."""
    return Document(file, None, array("Q"), [(finding, ())])
