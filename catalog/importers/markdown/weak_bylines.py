"""Authors that are known by their place alone, where other entries of a group have theirs."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.entries import Entry, TextPlace
from catalog.importers.markdown.markdown_subset import to_subset_text

_How = tuple[str, str]
_Group = tuple[CandidateKind, int]
"""The kind of the candidates, and which table they are in."""

_USUAL, _MOSTLY = 0.3, 0.6
"""The share of entries that have certain authors, or names, in a place that makes it theirs."""


def _form(candidate: Candidate) -> _Group:
    return (candidate.kind, candidate.table)


def take_weak_bylines(entries: Sequence[Entry]) -> None:
    """Take a lone name or an organisation for the authors where other entries have theirs."""
    groups: defaultdict[tuple[_Group, _How], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[_form(entry.candidate), entry.how].append(entry)
    for group in groups.values():
        usual = _find_usual_slots(group)
        for entry in group:
            for slot, byline in entry.weak_bylines:
                if entry.byline is None and slot in usual:
                    entry.byline, entry.byline_slot = byline, slot
                    entry.doubts["authors"] = "known by their place alone"
                elif byline.shown.lower() not in entry.title.lower():
                    entry.notes.append(to_subset_text(byline.shown))


def _find_usual_slots(group: Sequence[Entry]) -> set[TextPlace]:
    """Return the places where authors stand: certain ones often, or names nearly always."""
    sure = Counter(entry.byline_slot for entry in group if entry.byline_slot is not None)
    named = Counter(slot for entry in group for slot in {slot for slot, _ in entry.weak_bylines})
    return {
        slot
        for slot, count in sure.items()
        if count >= _USUAL * len(group) or count + named[slot] >= _MOSTLY * len(group)
    }
