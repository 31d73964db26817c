"""The shape of the entries of a region: where most of them have their title and their authors.

Each entry tells what might be its title; the entries of a section, and those of the whole list in
the same form, vote. An entry whose title stands elsewhere is taken as it is, with a doubt.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.entries import Entry, Slot, read_entry
from catalog.importers.markdown.inline import View, view
from catalog.importers.markdown.sections import Section
from catalog.importers.markdown.titles import TitleOption, find_titles

How = tuple[str, str]
Form = tuple[CandidateKind, int]
"""The kind of the candidates, and which table they stand in."""

_SECTION_WEIGHT = 1.2
_LIST_WEIGHT = 1.6
_LEAST_SCORE = 0.2
_REPEATED, _PENALTY = 4, 3.0
"""A text that so many entries have in the same place loses so much of its score."""
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
    options = [find_titles(one) for one in views]
    votes = _Votes(views, options)
    entries: list[Entry] = []
    without: list[Candidate] = []
    for one, choices in zip(views, options, strict=True):
        chosen = votes.choose(one.candidate, choices)
        if chosen is None:
            without.append(one.candidate)
            continue
        entry = read_entry(one, chosen)
        if votes.share(one.candidate, chosen.how) < 0.2 and len(choices) > 1:
            entry.doubts["title"] = f"not where other entries have it ({chosen.how[0]})"
        entries.append(entry)
    _take_weak_bylines(entries)
    return entries, without


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


class _Votes:
    """How often each place holds the title, in each section and in the whole list."""

    def __init__(self, views: Sequence[View], options: Sequence[list[TitleOption]]) -> None:
        self._in_list: defaultdict[Form, Counter[How]] = defaultdict(Counter)
        self._in_section: defaultdict[tuple[Section, Form], Counter[How]] = defaultdict(Counter)
        self._repeated: Counter[tuple[Form, How, str]] = Counter()
        for one, choices in zip(views, options, strict=True):
            form = _form(one.candidate)
            self._repeated.update({(form, option.how, option.text) for option in choices})
        for one, choices in zip(views, options, strict=True):
            form = _form(one.candidate)
            choices.sort(key=lambda option: -self._rate(form, option))
            # Rows may be named by a word alone.
            least = -1.5 if form[0] is CandidateKind.ROW else 1.0
            if choices and self._rate(form, choices[0]) > least:
                self._in_list[form][choices[0].how] += 1
                self._in_section[one.candidate.section, form][choices[0].how] += 1

    def _rate(self, form: Form, option: TitleOption) -> float:
        """Return how good a title is; what several entries have in the same place is none."""
        is_repeated = self._repeated[form, option.how, option.text] >= _REPEATED
        return option.score - (_PENALTY if is_repeated else 0)

    def share(self, candidate: Candidate, how: How) -> float:
        """Return the share of the entries in the candidate's form that have their title there."""
        return _share(self._in_list[_form(candidate)], how)

    def choose(self, candidate: Candidate, options: list[TitleOption]) -> TitleOption | None:
        form = _form(candidate)
        in_section, in_list = self._in_section[candidate.section, form], self._in_list[form]

        def weigh(option: TitleOption) -> float:
            voted = _SECTION_WEIGHT * _share(in_section, option.how)
            return self._rate(form, option) + voted + _LIST_WEIGHT * _share(in_list, option.how)

        best = max(options, key=weigh, default=None)
        return best if best is not None and weigh(best) > _LEAST_SCORE else None


def _share(votes: Mapping[How, int], how: How) -> float:
    total = sum(votes.values())
    return votes.get(how, 0) / total if total else 0.0


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
                    entry.notes.append(byline.shown)


def _find_usual_slots(group: Sequence[Entry]) -> set[Slot]:
    """Return the places where authors stand: certain ones often, or names nearly always."""
    sure = Counter(entry.byline_slot for entry in group if entry.byline_slot is not None)
    named = Counter(slot for entry in group for slot in {slot for slot, _ in entry.weak_bylines})
    return {
        slot
        for slot, count in sure.items()
        if count >= _USUAL * len(group) or count + named[slot] >= _MOSTLY * len(group)
    }
