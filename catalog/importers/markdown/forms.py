"""The form that a group of like lines repeats: its slots in order, with what parts them.

Every line is read in the way that its texts support best; each reading proposes a form, the form
with the highest evidence over all lines of the group is chosen, and all lines are read by it.
"""

import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest

from catalog.importers.markdown import weights
from catalog.importers.markdown.bylines import EDITORS, is_inverted_name, is_name
from catalog.importers.markdown.evidence import Slot, is_clipped, weigh
from catalog.importers.markdown.features import count_words

BOLD, ITALIC, CODE, LINKED = ("\ue000\ue001", "\ue002\ue003", "\ue004\ue005", "\ue006\ue007")
PAPER = "\ue00a\ue007"
LABEL = "\ue008\ue009"
HERE, WRAP = "\ue00b", "\ue00c"
"""What a style opens and closes with in the text of a line, and where labelled links and
the ends of source lines are."""
_MARKS = "\ue000-\ue00c"
_MARK = re.compile(rf"[{_MARKS}]")
_WORD = re.compile(r"\w")
_SEPARATOR = re.compile(
    rf"(?:\s*[{_MARKS}\n]\s*|\s*[(\[{{【（「《“”«»\"]\s*|\s*[)\]}}】）」》]\s*|(?<!\bvs)[.,;:，；：。、]\s+|[，；：。、]"
    rf"|(?<=\d)\|\s+|\s(?:[-–—|·•/]{{1,2}}|::)\s|\s{{2,}}|\s+by\s+|(?<![\w-])by\s+|(?<=[?!])\s+"
    rf"|(?<=[A-Za-z])/(?=(?:19|20)\d\d)|(?<=[\u3400-\u9fff])\s+(?=[A-Z]{{2,}}\s(?:19|20)\d\d)"
    rf"|(?<=[.,?!”\"]\s)[Ii]n:?\s+(?=[{_MARKS}A-Z])|;(?=\d)"
    rf"|(?<=[{_MARKS}\s])[-–—|·•/]{{1,3}}\s+|[.,;:]+(?=[{_MARKS}”\"]|$))+"
)
"""What parts two texts of a line: a mark of style or its end, brackets, quotes, `. `, `, `, ` - `,
` :: `, two spaces, ` by `, `: `, and runs of these; not the periods within `vs. ` or `3.5`."""
_EDGES = " \t\n.,;:|/-–—·•→，；：。、«»"
_BRACKETS = {"(": ")", "[": "]", "{": "}", "【": "】", "（": "）", "「": "」", "《": "》", "“": "”"}
_OPENED_BY = {close: one for one, close in _BRACKETS.items() if one != "“"}
_NO_BRACKETS = str.maketrans("()", "__")
_CLOSING = re.compile(r"[)\]}】）」》]")
_NUMBER = re.compile(rf"[{_MARKS}\s]*((?:(?:\d{{1,3}}[.)]|\[\d{{1,3}}\])\s+|\d\ufe0f?\u20e3\s*))")
"""A number before an entry, by which no list is known: `1. Things`."""
_JOURNAL = re.compile(r"[^\W\d_a-z][^,.]* \d{1,3}\n, (?:19|20)\d\d")
"""`Review of Things 41, 2010`: what is before volume and year is a journal, known or not."""
_INITIAL_AT_END = re.compile(r"(?:^|[\s.,])[A-Z]$")
_FAMILY = re.compile(r"(?:[a-z]{2,3} ){0,2}[A-Z][\w'’-]+")
_ABBREVIATED = re.compile(r"(?:\bal|(?:^|[\s.,])[A-Z]|\betc)$")
_MANY_ATOMS = 12
"""From so many parts on a line's bylines are joined before it is read, for the sake of time."""
_MOST_ATOMS = 16
"""Parts of a line between separators that are looked at; what follows is one part."""
_LONGEST_TITLE = 400
"""Characters of a title: longer stretches are paragraphs."""
_ONCE = frozenset({Slot.TITLE, Slot.AUTHORS, Slot.VENUE, Slot.DATE, Slot.AWARD, Slot.NAME})
FREE = frozenset({Slot.NOTE, Slot.VOLUME, Slot.AWARD, Slot.NAME})
"""Slots that no form has to have: lines have them or not."""
_LONGEST = {Slot.VENUE: 6, Slot.DATE: 3, Slot.VOLUME: 3, Slot.AWARD: 2, Slot.NAME: 1}
"""How many parts a slot may span; titles, authors and notes as many as there are."""
_MARKED = {
    "\ue00a": 1.6, "\ue006": 1.0, "\ue000": 0.9, "\ue002": 0.3,
    "“": 1.2, '"': 1.2, "《": 1.2, "「": 1.2, "«": 1.2,
}  # fmt: skip
"""What a title gains that a link, bold, quotes or italic sets apart from the rest."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with the stretch of the line that fills it, and the separator before it."""

    slot: Slot
    start: int
    end: int
    separator: str


Reading = tuple[Filled, ...]
_Found = tuple[float, Reading] | None
_Option = tuple[int, float, int, int]
"""The last atom of a stretch, what it weighs in a slot, and where in the text it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """The slots of a group in order, each with the separators that may be before it."""

    slots: tuple[tuple[frozenset[str], Slot], ...]
    is_given: bool = False
    """Whether the owner wrote it down: then it holds for every line that has all of its slots."""

    _prices: dict[tuple[Slot, str, int], tuple[float | None, int]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def price(self, slot: Slot, separator: str, place: int) -> tuple[float | None, int]:
        """Return what a slot behind `separator` pays from the place `place` on, and the next place.

        A price below 0 is a gain; None means that the form cannot have the slot there.
        """
        key = (slot, separator, place)
        if key not in self._prices:
            self._prices[key] = self._find_price(slot, separator, place)
        return self._prices[key]

    def _find_price(self, slot: Slot, separator: str, place: int) -> tuple[float | None, int]:
        later = enumerate(self.slots[place:], place)
        found = next((i for i, one in later if one[1] is slot), None)
        if found is None:
            return (0.0 if slot is Slot.DATE else None), place
        if any(one is Slot.TITLE for _, one in self.slots[place:found]):
            return None, place
        skipped = self.price_skipped(place, found)
        if separator in self.slots[found][0]:
            return skipped - weights.EXPECTED, found + 1
        return skipped + (weights.OTHER_SEPARATOR if found else weights.OTHER_FIRST), found + 1

    def price_skipped(self, first: int, last: int | None = None) -> float:
        """Return what a reading pays for the slots of the form that it has nothing for."""
        price = weights.GIVEN_SKIPPED if self.is_given else weights.SKIPPED
        return price * sum(slot is not Slot.DATE for _, slot in self.slots[first:last])


@dataclass(slots=True)
class Line:
    """The text of an entry with marks for its styles, cut at its separators."""

    text: str
    atoms: list[tuple[int, int]] = field(default_factory=list)
    _gaps: list[str] = field(default_factory=list)
    is_cell: bool = False
    is_field: bool = False
    """Whether it is below an entry, and has no title."""
    title_end: int = sys.maxsize
    """Where titles end at the latest: that of a heading is in the heading."""
    names_end: int = 0
    """Where family names in capitals end that it begins with, by `capitals.find_ends`."""
    separators: list[str] = field(default_factory=list)
    """The separator before each part, in the one way that all its spellings share."""
    _are_names_joined: bool = False
    _pairs: list[tuple[int, int]] = field(default_factory=list)
    """Where brackets and styles open and close."""
    _words: list[int] = field(default_factory=list)
    """How many words are before each atom."""
    _options: dict[tuple[Slot, int, bool], list[_Option]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cut(are_names_joined=False)
        if len(self.atoms) > _MANY_ATOMS:
            self.atoms.clear()
            self._gaps.clear()
            self._cut(are_names_joined=True)
        self.separators = [_normalise(gap) for gap in self._gaps]
        self._pairs = list(_find_pairs(self.text))
        counts = (count_words(self.text[start:end]) for start, end in self.atoms)
        self._words = list(accumulate(counts, initial=0))

    def _cut(self, *, are_names_joined: bool) -> None:
        self._are_names_joined = are_names_joined
        number = _NUMBER.match(self.text)
        end, before = (number.end(), number[0][: number.start(1)]) if number else (0, "")
        # The brackets of `(Hrsg.)` part nothing.
        text = EDITORS.sub(lambda mark: mark[0].translate(_NO_BRACKETS), self.text)
        for found in _SEPARATOR.finditer(text, end):
            before = self._take(end, found.start(), before) + found[0]
            end = found.end()
        self._gaps.append(self._take(end, len(self.text), before))

    def _take(self, start: int, end: int, before: str) -> str:
        """Take a stretch between separators for an atom; one without words parts those around."""
        if not _WORD.search(self.text, start, end):
            return before + self.text[start:end]
        if not self.atoms:
            # `(*) `, emoji and numbers before a line part nothing.
            before = re.sub(rf"[(\[][^\w{_MARKS}]*[)\]]", "", before)
        self._append(start, end, before)
        return ""

    def _append(self, start: int, end: int, gap: str) -> None:
        if len(self.atoms) >= _MOST_ATOMS or self._is_inside_names(start, end, gap):
            self.atoms[-1] = (self.atoms[-1][0], end)
        else:
            self.atoms.append((start, end))
            self._gaps.append(gap)

    def _is_inside_names(self, start: int, end: int, gap: str) -> bool:
        """Return whether a gap parts two full names, or an initial from its name."""
        if not self.atoms or not self._are_names_joined:
            return False
        before = self.text[self.atoms[-1][0] : self.atoms[-1][1]]
        last = re.split(r",\s|;\s|\band\b", before)[-1].strip()
        name = re.split(r"\s(?:and|&)\s", self.text[start:end])[0]
        if gap.strip() == ".":
            return bool(_INITIAL_AT_END.search(before)) and bool(_FAMILY.fullmatch(name))
        if gap.strip() not in (",", ";", "、"):
            return False
        return all(" " in one and is_name(one) for one in (last, name))

    def gap_before(self, atom: int) -> str:
        """Return what parts an atom from the one before."""
        return self._gaps[atom]

    def is_enclosed(self, atom: int) -> bool:
        """Return whether an atom alone is bold or in brackets: `**[GRIPNET]**`."""
        before, after = self.gap_before(atom), self.gap_after(atom)
        pairs = (("[", "]"), (BOLD[0], BOLD[1]), ("【", "】"))
        return any(one in before and other in after for one, other in pairs)

    def is_styled(self, first: int, last: int) -> bool:
        """Return whether a stretch alone is in italic."""
        return ITALIC[0] in self.gap_before(first) and ITALIC[1] in self.gap_after(last)

    def _is_in_style(self, atom: int) -> bool:
        """Return whether an atom goes on in the link or the bold text of the one before it."""
        before = self.text[: self.atoms[atom][0]]
        if self.opening(atom):
            return False
        opened = max(before.rfind(LINKED[0]), before.rfind(PAPER[0]))
        return opened > before.rfind(LINKED[1]) or before.rfind(BOLD[0]) > before.rfind(BOLD[1])

    def opening(self, atom: int) -> str:
        """Return what opens right before an atom and makes it a title: a style or a quote."""
        return next((mark for mark in _MARKED if mark in self._gaps[atom]), "")

    def gap_after(self, atom: int) -> str:
        """Return what parts an atom from the next."""
        return self._gaps[atom + 1] if atom + 1 < len(self._gaps) else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where the atoms `first` to `last` are, with a bracket or quote that they own."""
        start, end = self.atoms[first][0], self.atoms[last][1]
        if self.text[end : end + 1] == "." and _ABBREVIATED.search(self.text[start:end]):
            end += 1
        for closing in _CLOSING.finditer(self.text, end, end + 3):
            inside = self.text[start:end]
            if inside.count(_OPENED_BY[closing[0]]) > inside.count(closing[0]):
                return start, closing.end()
        return start, end

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether brackets and styles that open in a stretch close in it too."""
        return all((start <= one < end) == (start <= other < end) for one, other in self._pairs)

    def options(self, slot: Slot, first: int, *, is_given: bool) -> list[_Option]:
        """Return the stretches from an atom on that may fill a slot, each with its weight.

        They are the same for all forms; only the word of an owner (`is_given`) allows more.
        """
        key = (slot, first, is_given)
        if key not in self._options:
            self._options[key] = list(self._find_options(slot, first, is_given=is_given))
        return self._options[key]

    def _find_options(self, slot: Slot, first: int, *, is_given: bool) -> Iterator[_Option]:
        limit = self._limit(slot, first)
        for last in range(first, min(len(self.atoms), first + _LONGEST.get(slot, limit))):
            start, end = self.span(first, last)
            if end > limit or (
                slot is Slot.TITLE and end > min(self.title_end, start + _LONGEST_TITLE)
            ):
                return
            weight = self.weigh(slot, first, last)
            if weight > weights.IMPOSSIBLE or (
                is_given and self._may_hold(slot, first, start, end)
            ):
                yield last, max(weight, weights.IMPOSSIBLE), start, end

    def weigh(self, slot: Slot, first: int, last: int) -> float:
        """Return how well the atoms `first` to `last` fill a slot, by their words and marks."""
        if LABEL[0] in self.gap_before(first):
            # A label that is a venue's name too: only its form can make it one.
            return _LABEL_WEIGHTS.get(slot, weights.IMPOSSIBLE)
        if first == 0 and self.names_end:
            if slot is Slot.AUTHORS and self._ends_names(last):
                return weights.CAPITALS
            if slot in (Slot.TITLE, Slot.AUTHORS, Slot.VENUE):
                return weights.IMPOSSIBLE
        if slot is Slot.TITLE:
            return self._weigh(slot, first, last)
        weigh = (
            self._weigh_note(first, last) if slot is Slot.NOTE else self._weigh(slot, first, last)
        )
        return weigh - weights.BEYOND * self._is_in_style(first)

    def _ends_names(self, last: int) -> bool:
        """Return whether the names in capitals end with an atom."""
        following = self.atoms[last + 1][0] if last + 1 < len(self.atoms) else len(self.text)
        return self.atoms[last][0] < self.names_end <= following

    def places_of(self, filled: Filled) -> tuple[int, int]:
        """Return the first and the last atom of a stretch."""
        starts = [start for start, _ in self.atoms]
        return starts.index(filled.start), bisect_left(starts, filled.end) - 1

    def _weigh_note(self, first: int, last: int) -> float:
        """Return the price of words that no other slot takes: more for each, up to a sentence."""
        marked = weights.MARKED_NOTE if first == 0 and self.opening(first) else 0.0
        words = self._words[last + 1] - self._words[first]
        return (-0.2 - 0.05 * min(words, 20) if words else 0.0) - marked

    def _limit(self, slot: Slot, first: int) -> int:
        """Return where a stretch ends at the latest, by the bracket, style or line around it."""
        if slot is Slot.NOTE:
            return len(self.text)
        start = self.atoms[first][0]
        marks = (HERE,) if slot is Slot.TITLE else (HERE, "\n")
        ends = [other for one, other in self._pairs if one < start <= other]
        ends += [end for mark in marks if (end := self.text.find(mark, start)) >= 0]
        return min(ends, default=len(self.text))

    def _weigh(self, slot: Slot, first: int, last: int) -> float:
        start, end = self.span(first, last)
        if not self._may_hold(slot, first, start, end):
            return weights.IMPOSSIBLE
        text = self.text[start:end]
        weight = weigh(slot, bare(text))
        if slot is Slot.TITLE:
            return weight + self._weigh_marks(first, last) - self._price_inside(first, last, text)
        if slot is Slot.VENUE and self.is_clipped(start, end):
            weight = max(weight, weights.CLIPPED_VENUE)
        if slot is Slot.VENUE:
            is_journal = self.is_field and _JOURNAL.match(f"{text}\n{self.text[end : end + 6]}")
            if is_journal and weight > weights.IMPOSSIBLE:
                weight = max(weight, weights.BEFORE_VOLUME)
            return weight + weights.STYLED_VENUE * self.is_styled(first, last)
        if slot is Slot.AUTHORS and ":" in self.gap_after(last):
            if is_inverted_name(text):
                return weights.INVERTED_NAME
            # `ThingNet: A Study` and `Think Locally, Act Globally: A Study` are titles.
            return (
                weights.IMPOSSIBLE
                if weight < weights.LEAST_SUPPORT
                else weight - 1.3 * (weight < 2)
            )
        return weight

    def is_clipped(self, start: int, end: int) -> bool:
        """Return whether a stretch is a venue with its words cut short: `Oper. Res.`."""
        return self.text.startswith(".", end) and is_clipped(f"{self.text[start:end]}.")

    def _may_hold(self, slot: Slot, first: int, start: int, end: int) -> bool:
        """Return whether a stretch can fill a slot by its marks: it is whole, and in no code."""
        text = self.text[start:end]
        if HERE in text or " :: " in text or not self.is_whole(start, end):
            return False
        if slot is Slot.TITLE or slot is Slot.AUTHORS:
            return CODE[0] not in self.gap_before(first) and (
                slot is Slot.TITLE or "\n" not in text
            )
        return "\n" not in text and not (slot is Slot.VENUE and _MARK.search(text))

    def _price_inside(self, first: int, last: int, text: str) -> float:
        """Return what a title pays for marks inside that titles do not have."""
        opening = self.opening(first)
        closed = text.find(_CLOSED[opening]) + 1 if opening in _CLOSED else 0
        if opening == '"' and text.count('"') % 2 and '""' in self.gap_after(last):
            # `"Stop Saying "No""`: quotes inside of quotes.
            return weights.ACROSS * (text.count("\n") + text.count("  "))
        is_beyond = closed and text[closed : closed + 1] not in ("", ":")
        is_cut = " | " in text and not self.is_cell
        is_quoted = '"' in text and '"' in self.gap_before(first)
        quotes = text.count('"') + is_quoted + len(re.findall(',["”]', text))
        breaks = text.count("\n") + text.count("  ") + quotes % 2
        return weights.BEYOND * bool(is_beyond) + weights.ACROSS * (breaks + is_cut)

    def _weigh_marks(self, first: int, last: int) -> float:
        """Return what a title gains by a style that is its alone."""
        opening = self.opening(first)
        is_closed = opening and _CLOSINGS[opening] in self.gap_after(last)
        gain = _MARKED[opening] + 0.5 * (first == 0) if is_closed else 0.0
        breaks = [one in ("  ", "\n") for one in self.separators[1 : last + 2]]
        is_alone = first == 0 and breaks[-1] and not any(breaks[:-1])
        return gain + (weights.FIRST if first == 0 else 0.0) + weights.ALONE * is_alone


def _find_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each bracket or style of a text opens and closes.

    Titles may go on behind a link to their paper: `[ThingNet](…): a Study`.
    """
    opened: dict[str, list[int]] = defaultdict(list)
    for found in _OPEN_OR_CLOSE.finditer(text):
        closing = _CLOSED_BY.get(found[0])
        if closing is not None:
            opened[closing].append(found.start())
        elif opened[found[0]] and text[start := opened[found[0]].pop()] != PAPER[0]:
            yield start, found.start()


_CLOSED_BY = {
    **{one: close for one, close in _BRACKETS.items() if one != "“"},
    **{style[0]: style[1] for style in (BOLD, ITALIC, CODE, LINKED, PAPER)},
}
_OPEN_OR_CLOSE = re.compile(f"[{re.escape(''.join({*_CLOSED_BY, *_CLOSED_BY.values()}))}]")
"""Any bracket or quote that has a partner."""


def _normalise(gap: str) -> str:
    gap = gap.replace(HERE, "").replace(WRAP, "\n" if not gap.strip(WRAP + " ") else " ")
    marks = re.sub(rf"[^{_MARKS}\n()\[\]{{}}【】（）「」《》“”«»\"]", "", gap)
    if marks:
        return marks.translate(_SAME)
    if "by" in gap:
        return "by"
    bare = gap.strip().replace("::", "|")
    return bare[:1].translate(_SAME) if bare else "  " if len(gap) > 1 else gap


_SAME = str.maketrans(
    "–—·•，；：。、（）【】《》“”«»\ue00a\ue008\ue009", '--||,;:.,()[]""""""\ue006\ue006\ue007'
)


def read_line(line: Line, form: Form | None = None) -> _Found:
    """Return the best reading of a line, of those that `form` allows, with its evidence."""
    return _Search(line, form).run()


class GroupReader:
    """Reads the lines of a group by its form, or each by that of its forms which fits best.

    What was found for one line is tried first on all that begin with the same separators, and kept
    where every text fills its slot as well; so most lines of a long list need no search.
    """

    def __init__(self, *forms: Form) -> None:
        self._forms = forms
        self._known: dict[tuple[str, ...], tuple[Form, _Places]] = {}

    def read(self, line: Line) -> Reading | None:
        """Return the reading of a line, or None when no form fits it."""
        found = self.read_by_one(line)
        return found[1] if found else None

    def read_by_one(self, line: Line) -> tuple[Form, Reading] | None:
        """Return the reading of a line, with the form that it is read by."""
        for key, (form, places) in self._known.items():
            if tuple(line.separators[: len(key)]) == key and (reading := _fill(line, places)):
                return form, reading
        best: tuple[float, Form, Reading] | None = None
        for number, form in enumerate(self._forms):
            found = read_line(line, form)
            gain = found[0] - weights.OTHER_FORM * (number > 0) if found else 0.0
            if found is not None and found[1] and (best is None or gain > best[0]):
                best = gain, form, found[1]
        if best is None:
            return None
        if len(self._known) < _MOST_KNOWN and _is_sure(best[1], best[2]):
            self._keep(line, best[1], best[2])
        return best[1:]

    def _keep(self, line: Line, form: Form, reading: Reading) -> None:
        """Keep where the slots are, unless a text is one by its place alone."""
        sure = [(one.slot, *line.places_of(one)) for one in reading if one.slot in _SURE]
        supports = [line.weigh(*one) for one in sure]
        if min(supports) >= weights.LEAST_SUPPORT:
            key = tuple(line.separators[: sure[-1][2] + 2])
            places = [
                (*one, min(weight, _SURE[one[0]]))
                for one, weight in zip(sure, supports, strict=True)
            ]
            self._known[key] = form, places


def _is_sure(form: Form, reading: Reading) -> bool:
    """Return whether a reading has every slot of its form, and at most a note behind them."""
    slots = [one.slot for one in reading]
    if slots[-1] is Slot.NOTE:
        slots.pop()
    return {slot for _, slot in form.slots} <= set(slots) <= _SURE.keys()


_Places = list[tuple[Slot, int, int, float]]
_MOST_KNOWN = 50
"""Readings of a group that are tried on its other lines."""
_SURE = {Slot.TITLE: 3.0, Slot.AUTHORS: 3.0, Slot.VENUE: 2.2, Slot.DATE: 1.5}
"""What a text weighs in its slot that leaves no doubt: `Ben Sample, Cem Probe`."""


def _fill(line: Line, places: _Places) -> Reading | None:
    """Return a line with its slots filled as in another, or None when a text is less sure."""
    after, count = places[-1][2] + 1, len(line.atoms)
    if after > count or any(
        line.weigh(slot, first, last) < least for slot, first, last, least in places
    ):
        return None
    rest = range(after, count)
    if any(line.weigh(slot, atom, atom) > 0 for atom in rest for slot in _IN_NOTES):
        return None
    # `Ekvist, Q., and G.` goes on: `Mordale` is not a note.
    if rest and line.weigh(places[-1][0], places[-1][1], after) >= places[-1][3]:
        return None
    places = [*places, (Slot.NOTE, after, count - 1, 0.0)] if rest else places
    return tuple(
        Filled(slot, *line.span(first, last), line.separators[first])
        for slot, first, last, _ in places
    )


_IN_NOTES = (Slot.DATE, Slot.VOLUME, Slot.AWARD)


class _Search:
    """The best way to fill slots with the atoms of a line, from its end to its beginning."""

    def __init__(self, line: Line, form: Form | None) -> None:
        self._line = line
        self._form = form
        self._count = len(line.atoms)
        named = {slot for _, slot in form.slots} if form else set(Slot)
        self._slots = [one for one in Slot if one in named or one in FREE or one is Slot.DATE]
        self._known: dict[tuple[int, int, frozenset[Slot], Slot | None], _Found] = {}

    def run(self) -> _Found:
        """Return the best reading with its evidence."""
        used = frozenset({Slot.TITLE} if self._line.is_field else ())
        return self._best(0, 0, used, last_slot=None)

    def _best(
        self, atom: int, place: int, used: frozenset[Slot], *, last_slot: Slot | None
    ) -> _Found:
        """Return the best filling from `atom` on; `place` is where in the form it goes on."""
        if atom == self._count:
            return (
                (-self._form.price_skipped(place) if self._form else 0.0, ())
                if Slot.TITLE in used
                else None
            )
        key = (atom, place, used, last_slot)
        if key not in self._known:
            self._known[key] = self._find_best(atom, place, used, last_slot=last_slot)
        return self._known[key]

    def _find_best(
        self, atom: int, place: int, used: frozenset[Slot], *, last_slot: Slot | None
    ) -> _Found:
        best: _Found = None
        separator = self._line.separators[atom]
        for slot in self._slots:
            if slot in used or not self._is_possible(slot, atom, used, last_slot):
                continue
            price, next_place = self._price(slot, separator, place)
            if price is None:
                continue
            is_expected = price < 0 and slot not in FREE
            is_given = is_expected and self._form is not None and self._form.is_given
            price += self._price_order(slot, atom, used, last_slot, is_expected=is_expected)
            now_used = used | {slot} if slot in _ONCE else used
            for last, weight, start, end in self._line.options(slot, atom, is_given=is_given):
                gain = weight - price
                if is_expected:
                    inside = weights.INSIDE * self._count_inside(atom, last, next_place)
                    gain = max(weight, -weights.EXPECTED) - inside - price
                rest = self._best(last + 1, next_place, now_used, last_slot=slot)
                if rest is not None and (best is None or gain + rest[0] > best[0]):
                    filled = Filled(slot, start, end, separator)
                    best = (gain + rest[0], (filled, *rest[1]))
        return best

    def _is_possible(
        self, slot: Slot, atom: int, used: frozenset[Slot], last_slot: Slot | None
    ) -> bool:
        """Return whether a slot may begin here at all."""
        if slot is Slot.NOTE:
            return last_slot is not Slot.NOTE
        if slot is Slot.NAME:
            return Slot.TITLE not in used and self._line.is_enclosed(atom)
        return slot is not Slot.VOLUME or last_slot in _BEFORE_VOLUMES

    def _price_order(
        self,
        slot: Slot,
        atom: int,
        used: frozenset[Slot],
        last_slot: Slot | None,
        *,
        is_expected: bool,
    ) -> float:
        """Return what a slot pays, or gains, by what is before it in the line."""
        separator = self._line.separators[atom]
        is_first = Slot.TITLE not in used
        price = 0.0
        if slot is Slot.VENUE and is_first and not _is_set_apart(separator):
            price += weights.VENUE_FIRST
        if slot is Slot.NOTE and is_first and atom:
            price += weights.NOTE_FIRST
        is_year = slot is Slot.DATE and separator == "," and Slot.AUTHORS in used
        if last_slot is Slot.VENUE and (slot is Slot.VOLUME or is_year):
            price -= weights.BEFORE_VOLUME
        is_behind_title = last_slot is Slot.TITLE and not is_expected
        is_behind_note = last_slot is Slot.NOTE and slot is Slot.TITLE
        if separator in _SOFT and (is_behind_title or is_behind_note):
            price += weights.SOFT_CUT
        return price

    def _price(self, slot: Slot, separator: str, place: int) -> tuple[float | None, int]:
        """Return what a slot pays by the form, or None, and where in the form it goes on."""
        if self._form is None or slot in FREE:
            return 0.0, place
        return self._form.price(slot, separator, place)

    def _count_inside(self, first: int, last: int, place: int) -> int:
        """Return how often a stretch has the mark inside that parts it from the next slot."""
        if self._form is None or place >= len(self._form.slots):
            return 0
        after = self._form.slots[place][0] - _COMMON
        return sum(self._line.separators[atom] in after for atom in range(first + 1, last + 1))


_CLOSINGS = {
    "\ue00a": "\ue007", "\ue006": "\ue007", "\ue000": "\ue001", "\ue002": "\ue003",
    "“": "”", '"': '"', "《": "》", "「": "」", "«": "»",
}  # fmt: skip
_CLOSED = {mark: close for mark, close in _CLOSINGS.items() if mark not in "\ue000\ue002"}
_LABEL_WEIGHTS = {Slot.NOTE: 0.0, Slot.VENUE: -0.3}
_SOFT = frozenset({":", " ", ","})
_COMMON = frozenset({",", ".", "", ":"})
"""Marks that texts have inside so often that they part nothing by themselves."""
_BEFORE_VOLUMES = frozenset({Slot.VENUE, Slot.VOLUME, Slot.DATE})


def _is_set_apart(separator: str) -> bool:
    return any(mark in separator for mark in '([{"|\ue000\ue004\n')


def bare(text: str) -> str:
    """Return a stretch of a line without the marks of its styles."""
    shown = unmarked(text).strip(_EDGES)
    return shown if shown.isascii() else _SYMBOLS.sub("", shown).strip(_EDGES)


_SYMBOLS = re.compile(
    "^[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+"
    "|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+$"
)
"""Emoji at the ends of a text, which are not part of it: `Yusra Belhaj ⭐`."""


def unmarked(text: str) -> str:
    """Return a stretch of a line as shown, on one line."""
    return " ".join(_MARK.sub("", text.replace(WRAP, " ")).split())


def form_of(reading: Reading) -> Form:
    """Return the form that a reading proposes."""
    return Form(
        tuple((frozenset({one.separator}), one.slot) for one in reading if one.slot not in FREE)
    )


_MOST_SAMPLES = 20
"""Lines on which the form of a group is chosen: more change it rarely and cost time for each."""
_MOST_FORMS = 6
"""Forms that are tried on a whole group, the commonest of its lines: the best is among them."""
_MOST_PARTS = 3
"""Forms that the lines of a group have at most."""


def fits(lines: Sequence[Line], form: Form) -> bool:
    """Return whether most lines of a group have all slots of a form."""
    wanted = {slot for _, slot in form.slots}
    samples = _sample(lines)
    found = [read_line(line, form) for line in samples]
    full = sum(wanted <= {one.slot for one in read[1]} for read in found if read is not None)
    return full * 2 > len(samples)


def _sample(lines: Sequence[Line]) -> Sequence[Line]:
    return lines[:: max(1, len(lines) // _MOST_SAMPLES)][:_MOST_SAMPLES]


def choose_form(lines: Sequence[Line]) -> Form | None:
    """Return the form with the highest evidence over the lines."""
    samples = _sample(lines)
    best: tuple[Form, float] | None = None
    proposals = _propose(samples)
    for proposal in proposals:
        best = _choose(best, proposal, samples)
    for proposal in proposals:
        if best is not None and (merged := _merge(best[0], proposal)) is not None:
            best = _choose(best, merged, samples)
    return best[0] if best else None


def _propose(lines: Sequence[Line]) -> list[Form]:
    """Return the forms that the best readings of single lines have, the commonest first."""
    found = filter(None, map(read_line, lines))
    proposed = Counter(form_of(reading) for _, reading in found)
    return [form for form, _ in proposed.most_common(_MOST_FORMS)]


def find_parts(lines: Sequence[Line], first: Form, known: Iterable[Form]) -> list[Form]:
    """Return the form of a group and others that parts of its lines have.

    Another one is worth its price when it explains some lines so much better: a list of citations
    with a few remarks between them, a section of two orders. Those `known` from other lines of the
    list have no price.
    """
    samples = _sample(lines)
    gained = [_gain(line, first) for line in samples]
    others = [(form, _price(form, samples)) for form in _propose(samples)]
    others += [(form, 0.0) for form in known if form != first]
    parts = [first]
    while len(parts) < _MOST_PARTS and (part := _find_part(samples, gained, others)) is not None:
        parts.append(part)
        gained = [
            max(gain, _gain(line, part) - weights.OTHER_FORM)
            for line, gain in zip(samples, gained, strict=True)
        ]
    return parts


def _find_part(
    lines: Sequence[Line], gained: Sequence[float], others: Iterable[tuple[Form, float]]
) -> Form | None:
    """Return the form that adds most to what lines have gained, or None when none is worth it."""
    best, most = None, 0.0
    for other, price in others:
        gains = [_gain(line, other) - weights.OTHER_FORM for line in lines]
        better = [line for line, gain, old in zip(lines, gains, gained, strict=True) if gain > old]
        form = _keep_supported(other, better) if better else other
        if not better or form.slots != other.slots:
            continue
        added = sum(max(0.0, gain - old) for gain, old in zip(gains, gained, strict=True)) - price
        if added > most:
            best, most = form, added
    return best


def _gain(line: Line, form: Form) -> float:
    found = read_line(line, form)
    return found[0] if found is not None else -weights.UNFIT


def _price(form: Form, lines: Sequence[Line]) -> float:
    price = min(weights.NEW_SLOT, weights.NEW_SLOT_EACH * len(lines))
    return sum(price + len(separators) - 1 for separators, _ in form.slots)


def _choose(
    best: tuple[Form, float] | None, proposal: Form, samples: Sequence[Line]
) -> tuple[Form, float]:
    """Return the better of the best form so far and what is supported of a proposal."""
    form = _keep_supported(proposal, samples)
    total = _weigh_form(form, samples)
    return (form, total) if best is None or total > best[1] else best


def _merge(one: Form, other: Form) -> Form | None:
    """Return a form that has the slots and separators of both, or None when their orders differ."""
    merged: list[tuple[frozenset[str], Slot]] = list(one.slots)
    place = 0
    for separators, slot in other.slots:
        found = next((i for i, known in enumerate(merged) if known[1] is slot), None)
        if found is None:
            merged.insert(place, (separators, slot))
            found = place
        elif found < place or (slot is Slot.TITLE and _SECOND & (separators ^ merged[found][0])):
            return None
        else:
            merged[found] = (merged[found][0] | separators, slot)
        place = found + 1
    return Form(tuple(merged)) if tuple(merged) != one.slots else None


_SECOND = frozenset({"\n", "  ", "-", ":", ",", "."})
"""What is before a title that something else precedes: no form has titles both there and first."""


def _keep_supported(form: Form, lines: Sequence[Line]) -> Form:
    """Return a form without the slots that hardly any text in them speaks for."""
    supports: dict[Slot, list[float]] = {Slot.AUTHORS: [], Slot.VENUE: []}
    for line in lines:
        found = read_line(line, form)
        reading = found[1] if found else ()
        is_cited = any(filled.slot is Slot.AUTHORS for filled in reading)
        for filled, after in zip_longest(reading, reading[1:]):
            if filled.slot in supports:
                places = line.places_of(filled)
                # A name before a volume or a year is that of a venue, known or not.
                is_placed = after is not None and (
                    after.slot is Slot.VOLUME
                    or (
                        after.slot is Slot.DATE
                        and is_cited
                        and (after.separator == "," or line.is_styled(*places))
                    )
                )
                supports[filled.slot].append(
                    max(0.0, line.weigh(filled.slot, *places), weights.BEFORE_VOLUME * is_placed)
                )
    weak = {
        slot
        for slot, values in supports.items()
        if values and sum(values) < weights.LEAST_SUPPORT * len(values)
    }
    return Form(tuple(one for one in form.slots if one[1] not in weak))


def _weigh_form(form: Form, lines: Sequence[Line]) -> float:
    return sum(_gain(line, form) for line in lines) - _price(form, lines)
