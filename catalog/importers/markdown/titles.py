"""Titles: what in an entry may be one."""

import re
from dataclasses import dataclass

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.candidates import CandidateKind, Role
from catalog.importers.markdown.clauses import (
    AT_VENUE,
    begins_with_journal,
    read_details,
    split_clauses,
    strip_edges,
)
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.field_labels import Hint
from catalog.importers.markdown.inline import Run, View
from catalog.importers.markdown.links import is_scholarly
from catalog.importers.markdown.title_text import SENTENCE, cut_plain_title, rate, trim_title
from catalog.importers.venues.mentions import is_venue_like

_QUOTED = re.compile(
    r"《([^《》]{4,200})》|[\"“„«「『]\s*([^\"“”„«»「」『』]{6,400}?)\s*[\"”»」』]|‘([^‘’]{12,300})’(?!\w)|``([^`']{6,300})''"
)

_NEAR = 20
"""How many runs after a bold text are looked at for the full title; entries have about as many."""


@dataclass(frozen=True, slots=True)
class TitleOption:
    """A text that may be the title of an entry.

    `how` is what shapes vote on; `runs` are the indices of the runs that the title takes up,
    `before` and `after` what is left of their text.
    """

    text: str
    how: tuple[str, str]
    score: float
    runs: tuple[int, ...]
    before: str = ""
    after: str = ""
    url: str | None = None


def find_titles(view: View) -> list[TitleOption]:
    """Return what may be the title of an entry."""
    options: list[TitleOption] = []
    for index, run in enumerate(view.runs):
        if run.is_badge or run.code or not _may_hold_title(view, run):
            continue
        place = _place(view, run)
        if run.url is not None or run.bold:
            options += _from_run(view, index, run, (run.style, place))
        elif run.italic and count_words(run.text) >= 3 and not _is_at_venue(view, index):
            options += _from_run(view, index, run, ("italic", place))
    options += _find_quoted(view)
    options += _find_plain(view)
    return [option for option in options if option.score > -4]


def _is_at_venue(view: View, index: int) -> bool:
    before = view.runs[index - 1] if index else None
    return before is not None and AT_VENUE.search(before.text) is not None


def _may_hold_title(view: View, run: Run) -> bool:
    part = view.parts[run.part]
    if part.hint in (
        Hint.AUTHORS,
        Hint.VENUE,
        Hint.DATE,
        Hint.TAGS,
        Hint.NOTE,
        Hint.IGNORE,
        Hint.LINKS,
    ):
        return part.hint == Hint.NOTE and part.part.role is Role.CELL
    return part.part.role is not Role.CHILD or run.url is not None or run.bold


def _place(view: View, run: Run) -> str:
    part = view.parts[run.part].part
    return f"column {part.column}" if part.role is Role.CELL else part.role.value


def _from_run(view: View, index: int, run: Run, how: tuple[str, str]) -> list[TitleOption]:
    before, text, after = trim_title(run.text)
    if not text:
        return []
    is_paper = bool(run.url) and is_scholarly(run.url or "")
    score = (
        rate(text, is_marked=is_paper)
        + _rate_place(view, run)
        + {"linked": 1.0, "bold": 0.9}.get(how[0], 0.0)
    )
    if is_paper:
        score += 0.6
    if run.bold and run.url is not None:
        score += 0.3
    if _is_nickname(view, index, run, text):
        score -= 2.2
    return [TitleOption(text, how, score, (index,), before, after, run.url)]


def _is_nickname(view: View, index: int, run: Run, text: str) -> bool:
    """Return whether a short bold text is followed by the full title."""
    if count_words(text) > 4 or (run.url is not None and not run.bold):
        return False
    following = view.runs[index + 1 : index + 1 + _NEAR]
    after = "".join(one.text for one in following if one.part == run.part and one.url is None)
    first = next((strip_edges(one) for one in split_clauses(after) if strip_edges(one)), "")
    linked = [one.text for one in following if one.part == run.part and one.url is not None]
    if any(count_words(one) > 4 for one in linked) or _QUOTED.search(after):
        return True
    if count_words(first) < 4 or read_byline(first) or is_venue_like(first):
        return False
    return not read_details(first).is_telling and not SENTENCE.search(first) and first[:1].isupper()


def _rate_place(view: View, run: Run) -> float:
    part = view.parts[run.part]
    if part.part.role is Role.CELL:
        return 2.0 if part.hint == Hint.TITLE else -1.0 if part.hint else 0.0
    if part.part.role is Role.CHILD:
        return -2.5
    if view.candidate.kind is CandidateKind.HEADING and run.part == 0:
        return 2.5
    return 0.5 if run.part == 0 else 0.0


def _find_quoted(view: View) -> list[TitleOption]:
    options = []
    for group in _text_groups(view):
        text = "".join(view.runs[index].text for index in group)
        for found in _QUOTED.finditer(text):
            shown = next(part for part in found.groups() if part)
            before, title, after = trim_title(shown)
            if count_words(title) < 2 or not title:
                continue
            run = view.runs[group[0]]
            # Quotes inside a longer title are part of it.
            is_inner = text[found.end() : found.end() + 1] == ":" or (
                bool(re.search(r"\w[\s,]*$", text[: found.start()]))
                and _is_title_head(text[: found.start()])
            )
            score = rate(title, is_marked=True) + 1.2 + _rate_place(view, run) - 2.5 * is_inner
            runs, start, end = _find_span(view, group, *found.span())
            options.append(
                TitleOption(
                    title,
                    ("quoted", _place(view, run)),
                    score,
                    runs,
                    f"{text[start : found.start()]} {before}",
                    f"{after} {text[found.end() : end]}",
                )
            )
            break
    return options


def _find_span(
    view: View, group: list[int], start: int, end: int
) -> tuple[tuple[int, ...], int, int]:
    """Return the runs of a group that its text from `start` to `end` is in, and where they are."""
    held: list[int] = []
    first = last = at = 0
    for index in group:
        before, at = at, at + len(view.runs[index].text)
        if before < end and at > start:
            first = first if held else before
            held.append(index)
            last = at
    return tuple(held), first, last


def _is_title_head(text: str) -> bool:
    bare = strip_edges(text)
    return (
        count_words(bare) > 0
        and read_byline(bare) is None
        and not read_details(bare).is_telling
        and not bare.endswith(":")
        and text.rstrip()[-1:] not in ":,."
    )


def _text_groups(view: View) -> list[list[int]]:
    """Return runs of text that stand together in one part, links and badges between."""
    groups: list[list[int]] = []
    last = -2
    for index, run in enumerate(view.runs):
        if run.is_badge or run.url is not None:
            continue
        hint = view.parts[run.part].hint
        if hint is not None and hint not in (Hint.TITLE,):
            continue
        if (
            index == last + 1
            and groups
            and view.runs[last].part == run.part
            and not run.bold
            and not view.runs[last].bold
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
        last = index
    return groups


def _find_plain(view: View) -> list[TitleOption]:
    options = []
    for group in _text_groups(view):
        run = view.runs[group[0]]
        role = view.parts[run.part].part.role
        is_nested = role is Role.CHILD
        if run.bold or (is_nested and not _may_cite(view)):
            continue
        kept = _drop_telling(view, group)
        if not kept:
            continue
        text = "".join(view.runs[index].text for index in kept)
        found = None if begins_with_journal(text) else cut_plain_title(text)
        if found is None:
            continue
        before, title, after = found
        if is_nested and read_byline(before) is None:
            continue
        score = rate(title) + 0.2 + 2.5 * is_nested + _rate_place(view, run)
        if kept[0] > 0 and view.runs[kept[0] - 1].part == run.part:
            # What follows a link or a bold text is more often its byline or a remark.
            score -= 0.8
        options.append(
            TitleOption(title, ("plain", _place(view, run)), score, tuple(kept), before, after)
        )
    return options


def _may_cite(view: View) -> bool:
    """Return whether the first line only names a work, so that its citation may stand below it."""
    main = [run.text for run in view.runs if view.parts[run.part].part.role is not Role.CHILD]
    return count_words(" ".join(main)) <= 8


def _drop_telling(view: View, group: list[int]) -> list[int]:
    """Leave out what stands around a plain title in another style: a venue, a byline in italic."""
    kept: list[int] = []
    before = ""
    for index in group:
        run = view.runs[index]
        if (run.italic or run.code) and read_details(run.text).is_telling:
            if strip_edges(before):
                break
            kept, before = [], ""
            continue
        if (run.italic or run.code) and kept:
            if run.italic and AT_VENUE.search(before):
                break
            is_sentence = before.rstrip()[-1:] in ".?!"
            if count_words(run.text) > 6 or (is_sentence and count_words(before) > 3):
                break
        kept.append(index)
        before += run.text
    return kept
