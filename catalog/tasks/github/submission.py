"""A submission made a find: what is looked up, filled with what its author wrote by hand."""

from collections.abc import Mapping
from dataclasses import replace

from catalog.lookup import (
    Kind,
    LookupResult,
    NotFoundError,
    ResolveError,
    Session,
    answer_queries,
    parse_query,
)
from catalog.model.draft import Draft, Source
from catalog.model.findings import quote
from catalog.model.similarity import compare_titles
from catalog.model.types import Value
from catalog.tasks.github.issue_parser import IssueError, Submission
from catalog.text.urls import explain_url, is_url

# A title without its subtitle gives 0.88 and passes; below 0.6 it is that of another paper.
_ALIKE = 0.6


def find_submission(submission: Submission, desk: Session) -> LookupResult:
    """Look the paper up. What cannot be looked up is taken from the answers, if they have a title.

    Raises `IssueError` when nothing is found, or another paper than the title names.
    """
    question = parse_query(submission.paper)
    if question.kind is Kind.FILE:
        raise IssueError("the issue names a file; paste its identifier or address")
    if question.kind is Kind.PAGE and not is_url(question.value):
        raise IssueError(f"{quote(question.value)} is not accepted: {explain_url(question.value)}")
    (outcome,) = answer_queries([question], desk)
    given = dict(submission.values)
    if isinstance(outcome, ResolveError):
        # What does not exist is refused, whatever was written next to it. What no service could
        # confirm is proposed, and marked for a person to look at.
        if isinstance(outcome, NotFoundError) or "title" not in given:
            raise IssueError(str(outcome)) from outcome
        field = question.field
        by_hand: dict[str, Value] = {field: question.value} if field else {}
        links = given.get("links")
        if field is None:
            given["links"] = {"page": question.value, **(links if isinstance(links, dict) else {})}
        draft = Draft({**given, **by_hand}, source=Source(address=submission.paper))
        return LookupResult(draft, uncertainty=f"written by hand, since {outcome}")
    found = outcome[0]
    _check_title(given.get("title"), found.draft.values.get("title"))
    return replace(found, draft=replace(found.draft, values=_fill(found.draft.values, given)))


def _check_title(given: Value | None, found: Value | None) -> None:
    if isinstance(given, str) and isinstance(found, str) and compare_titles(given, found) < _ALIKE:
        raise IssueError(f"the address leads to another paper: {quote(found)}")


def _fill(found: Mapping[str, Value], given: Mapping[str, Value]) -> dict[str, Value]:
    """Add what was not found; the links of both."""
    values = dict(found)
    for name, value in given.items():
        here = values.get(name)
        if name == "links" and isinstance(here, dict) and isinstance(value, dict):
            values["links"] = {**value, **here}
        elif here is None:
            values[name] = value
    return values
