"""The issue form of GitHub by which papers are submitted, made from the sections and venues.

The form's syntax:
https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
"""

from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.render.templates import render
from catalog.store.repository import ISSUE_FORM as FORM_FILE
from catalog.tasks.github.form_fields import OTHER_VENUE, QUESTIONS, FieldKind, Question

__all__ = ["FORM_FILE", "LABEL", "render_issue_form"]

LABEL = "submission"
"""The label by which the workflow knows a submitted paper."""

MOST_CHOICES = 200
"""A longer dropdown serves nobody: the question becomes a line to fill in."""
# Longer titles are cut, since sections are read back by the id; longer names of venues left out.
_LONGEST_CHOICE = 100
# GitHub refuses a form with this option, in whatever case: "None" is its own.
_RESERVED = "none"


def render_issue_form(catalog: Catalog, folder: Path) -> str:
    """Return the form as YAML, with the same bytes for the same list."""
    questions = [(question, _find_choices(question, catalog)) for question in QUESTIONS]
    return render(
        folder, "issue_form.yml.j2", survey=catalog.survey, label=LABEL, questions=questions
    )


def _find_choices(question: Question, catalog: Catalog) -> list[str]:
    """Return the options of a dropdown; none for a question that is answered in words."""
    if question.kind is FieldKind.SECTIONS:
        choices = [write_section(view.id, view.title) for view in catalog.sections]
    elif question.kind is FieldKind.VENUES:
        names = [name for name in catalog.venues if name.casefold() != _RESERVED]
        choices = [OTHER_VENUE, *(name for name in names if len(name) <= _LONGEST_CHOICE)]
    else:
        return []
    return choices if len(choices) <= MOST_CHOICES else []


def write_section(id_: str, title: str) -> str:
    """Return a section as the form names it: its title, and its id by which it is read back."""
    # Three more characters: the space and the brackets.
    room = _LONGEST_CHOICE - len(id_) - 3
    shown = title if len(title) <= room else title[: max(0, room - 1)] + "…"
    return f"{shown} [{id_}]"
