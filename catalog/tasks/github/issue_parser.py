"""An issue made with the form, as a draft: strict, because anyone can write one.

GitHub writes each answer under a heading with the question's label. What a person adds to an answer
can look like such a heading, so a heading that repeats or is in another place is refused, and
nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.errors import CatalogError
from catalog.importers.bibliography import read_people
from catalog.model.catalog import Catalog
from catalog.model.draft import to_name_value
from catalog.model.findings import quote
from catalog.model.types import Value
from catalog.tasks.github.form_fields import OTHER_VENUE, QUESTIONS, FieldKind, Question
from catalog.text.characters import find_hidden

MAX_BYTES = 60_000
"""GitHub takes issues of up to 65,536 characters; an honest one has some hundred."""

_NOTHING = re.compile("[\u200b\u2060\ufeff]")
"""Zero-width spaces and byte order marks. Joiners stay: some scripts need them."""
_HEADING = re.compile(r"### (.+)")
_NO_ANSWER = frozenset(["_No response_", "None"])
"""What GitHub writes for an empty field and for a dropdown without a choice."""
# Answers of a dropdown, joined by GitHub: `Things [things], More [more-things]`.
_SECTION = re.compile(r"\[([a-z0-9]+(?:[-_][a-z0-9]+)*)\](?:, |$)")
# Enough for nearly all papers; an issue is written by a stranger.
_MOST_AUTHORS = 1_000


class IssueError(CatalogError):
    """An issue cannot be read as a submission."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What an issue submits: where to look the paper up, and what its author wrote by hand.

    `values` are raw values of a record, as in a `Draft`; they fill what is not found.
    """

    paper: str
    sections: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


def parse_issue(body: bytes, catalog: Catalog) -> Submission:
    """Read the body of an issue. Raises `IssueError` with what is wrong, in one line."""
    answers = _read_answers(_decode(body))
    paper = answers.get("paper")
    if paper is None:
        raise IssueError("the issue names no paper")
    values: dict[str, Value] = {}
    for id_, name in (("paper-title", "title"), ("year", "year")):
        if id_ in answers:
            values[name] = answers[id_]
    if "authors" in answers:
        values |= _read_authors(answers["authors"])
    if answers.get("venue", OTHER_VENUE) != OTHER_VENUE:
        values["venue"] = answers["venue"]
    links: dict[str, Value] = {id_: answers[id_] for id_ in ("code", "project") if id_ in answers}
    if links:
        values["links"] = links
    return Submission(paper, _read_sections(answers.get("section"), catalog), values)


def _decode(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        raise IssueError(f"the issue has {len(body):,} bytes; {MAX_BYTES:,} at most are read")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IssueError("the issue is not UTF-8") from error
    # Copied from a page with the rest: they mean nothing, here or anywhere.
    text = _NOTHING.sub("", text)
    hidden = next(find_hidden(text), None)
    if hidden is not None:
        raise IssueError(f"the issue has a hidden character, {hidden.name}; delete it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_answers(text: str) -> dict[str, str]:
    """Return the answers by the ids of their questions; questions without answer are left out."""
    answers: dict[str, str] = {}
    for question, lines in _split(text):
        answer = "\n".join(lines).strip()
        if not answer or answer in _NO_ANSWER:
            continue
        if len(answer) > question.most_characters:
            raise IssueError(f"the answer to {quote(question.label)} is too long")
        if question.kind is not FieldKind.TEXTAREA and "\n" in answer:
            raise IssueError(f"the answer to {quote(question.label)} has more than one line")
        answers[question.id] = answer
    return answers


def _split(text: str) -> Iterable[tuple[Question, list[str]]]:
    by_label = {question.label: place for place, question in enumerate(QUESTIONS)}
    parts: list[tuple[Question, list[str]]] = []
    last = -1
    for line in text.split("\n"):
        found = _HEADING.fullmatch(line.rstrip())
        place = by_label.get(found[1]) if found else None
        if place is not None:
            if place <= last:
                label = quote(QUESTIONS[place].label)
                raise IssueError(f"the heading {label} stands twice or in another place")
            last = place
            parts.append((QUESTIONS[place], []))
        elif parts:
            parts[-1][1].append(line)
        elif line.strip():
            raise IssueError("the issue does not begin as the form does")
    return parts


def _read_authors(answer: str) -> dict[str, Value]:
    """Read names as the importer does: one per line, or several with `and`, `;` or commas."""
    lines = [line.strip() for line in answer.split("\n") if line.strip()]
    if len(lines) > _MOST_AUTHORS:
        raise IssueError(f"the issue names more than {_MOST_AUTHORS:,} authors")
    names: list[Value] = []
    has_more = False
    for line in lines:
        people = read_people(line) if _NAMES.fullmatch(line) else None
        if people is not None and people.names and (len(people.names) > 1 or people.has_more):
            names += map(to_name_value, people.names)
            has_more = has_more or people.has_more
        else:
            names.append(line)
    return {"authors": names, "more_authors": "true"} if has_more else {"authors": names}


_NAMES = re.compile(r"[\w\s.,;&'’()-]+")
"""A line of plain names; whatever else a line holds is left to the model, which refuses it."""


def _read_sections(answer: str | None, catalog: Catalog) -> tuple[str, ...]:
    """Return the ids in `Title [id], Other [id]`, or those typed in where the list is long."""
    if answer is None:
        return ()
    ids = _SECTION.findall(answer) or [part.strip() for part in answer.split(",")]
    for id_ in ids:
        if id_ not in catalog.section_by_id:
            raise IssueError(f"there is no section {quote(id_)}")
    return tuple(dict.fromkeys(ids))
