"""The shapes of the entries of a list: where most of them have their title and their authors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.entries import Entry, Slot
from catalog.importers.markdown.formed import read_by_form
from catalog.importers.markdown.inline import view
from catalog.importers.markdown.markdown_subset import to_subset_text

How = tuple[str, str]
Form = tuple[CandidateKind, int]
"""The kind of the candidates, and which table they are in."""

_USUAL, _MOSTLY = 0.3, 0.6
"""The share of entries that have certain authors, or names, in a place that makes it theirs."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a region's entries, as it is told to a person."""

    form: Form
    how: How
    byline_slot: Slot | None
    entries: tuple[Entry, ...]

    @property
    def description(self) -> str:
        """The shape in words: `list item: bold title in the first line, authors after it`."""
        style, place = self.how
        words = f"{self.form[0].value}: {style} title in the {place}"
        if self.byline_slot is None:
            return f"{words}, no authors"
        where, byline_style, side = self.byline_slot
        style_words = "" if byline_style == "plain" else f" in {byline_style}"
        if side:
            return f"{words}, authors {side} it{style_words}"
        return f"{words}, authors{style_words} in a {where}"


def read_entries(candidates: Sequence[Candidate]) -> tuple[list[Entry], list[Candidate]]:
    """Return the entries that the candidates hold, and the candidates without a title."""
    views = [view(candidate) for candidate in candidates]
    formed = read_by_form(views)
    entries = [formed[id(one)] for one in views if id(one) in formed]
    _take_weak_bylines(entries)
    return entries, [one.candidate for one in views if id(one) not in formed]


def find_shapes(entries: Iterable[Entry]) -> list[Shape]:
    """Return the shapes of the entries, the commonest first."""
    groups: defaultdict[tuple[Form, How], list[Entry]] = defaultdict(list)
    for entry in entries:
        kind = entry.candidate.kind
        groups[(kind, 0), entry.how].append(entry)
    shapes = []
    for (form, how), members in groups.items():
        slots = Counter(entry.byline_slot for entry in members if entry.byline is not None)
        slot = slots.most_common(1)[0][0] if slots.total() >= 0.5 * len(members) else None
        shapes.append(Shape(form, how, slot, tuple(members)))
    return sorted(shapes, key=lambda shape: -len(shape.entries))


def _form(candidate: Candidate) -> Form:
    return (candidate.kind, candidate.table)


def _take_weak_bylines(entries: Sequence[Entry]) -> None:
    """Take a lone name or an organisation for the authors where other entries have theirs."""
    groups: defaultdict[tuple[Form, How], list[Entry]] = defaultdict(list)
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


def _find_usual_slots(group: Sequence[Entry]) -> set[Slot]:
    """Return the places where authors stand: certain ones often, or names nearly always."""
    sure = Counter(entry.byline_slot for entry in group if entry.byline_slot is not None)
    named = Counter(slot for entry in group for slot in {slot for slot, _ in entry.weak_bylines})
    return {
        slot
        for slot, count in sure.items()
        if count >= _USUAL * len(group) or count + named[slot] >= _MOSTLY * len(group)
    }
