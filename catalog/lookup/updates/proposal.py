"""Proposals: what to change in which record, with evidence and confidence; and their writing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalog.lookup.updates.compare import BAR
from catalog.model.types import Value
from catalog.store.insert import change_files
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import LoadResult
from catalog.store.yaml.editor import Edit, Set


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to change in a record: new values by field, why, and how sure that is.

    Below the bar it is a remark: nothing is written.
    """

    key: str
    what: str
    values: Mapping[str, Value]
    evidence: tuple[str, ...]
    confidence: float
    new_venues: Mapping[str, dict[str, Value]] = field(default_factory=dict)

    @property
    def has_passed(self) -> bool:
        """Return whether it may be written without a look."""
        return self.confidence >= BAR


@dataclass(frozen=True, slots=True)
class Updates:
    """All proposals, by the order of the list, and what could not be asked."""

    proposals: tuple[Proposal, ...]
    failures: Mapping[str, tuple[str, ...]]
    """By what went wrong, the keys of the records for which it did."""

    @property
    def passed(self) -> tuple[Proposal, ...]:
        """The proposals that may be written without a look."""
        return tuple(proposal for proposal in self.proposals if proposal.has_passed)


def write_updates(folder: Path, loaded: LoadResult, updates: Updates) -> dict[str, bytes]:
    """Return the files with the proposals that passed, by name: see `write_files`."""
    places = {
        paper.key: loaded.origins[index]
        for index, paper in enumerate(loaded.catalog.papers if loaded.catalog else ())
    }
    changes: dict[str, list[Edit]] = {}
    for proposal in updates.passed:
        origin = places[proposal.key]
        here = changes.setdefault(origin.document.file, [])
        here += (Set((*origin.path, *path), value) for path, value in _flatten(proposal.values))
        head = changes.setdefault(PAPERS_FILE, []) if proposal.new_venues else []
        rows = (Set(("venues", short), dict(row)) for short, row in proposal.new_venues.items())
        head += (row for row in rows if row not in head)
    return change_files(folder, changes)


def _flatten(values: Mapping[str, Value]) -> Iterator[tuple[tuple[str, ...], Value]]:
    """Yield each value with its path; links are set one by one."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (((name, kind), part) for kind, part in value.items())
        else:
            yield (name,), value
