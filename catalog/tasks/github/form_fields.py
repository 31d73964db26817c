"""The questions of the issue form: asked by `issue_form`, read back by `issue_parser`.

The ids are part of the address by which the website opens the form with answers filled in.
"""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """The elements of GitHub's issue forms that are used here."""

    INPUT = "input"
    """One line."""
    TEXTAREA = "textarea"
    """Several lines."""
    SECTIONS = "sections"
    """A dropdown of the list's sections, of which several may be chosen."""
    VENUES = "venues"
    """A dropdown of the list's venues."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `label` is the heading under which the answer is in the issue."""

    id: str
    label: str
    kind: FieldKind
    description: str
    placeholder: str = ""
    is_required: bool = False
    most_characters: int = 500
    """A longer answer is refused."""


QUESTIONS = (
    Question(
        "paper",
        "Paper",
        FieldKind.INPUT,
        "Its arXiv id, DOI, OpenReview id or ACL Anthology id, or the address of its page.",
        "2401.00000 or https://doi.org/10.1000/example",
        is_required=True,
    ),
    Question(
        "section",
        "Sections",
        FieldKind.SECTIONS,
        "Where it belongs; one or more. The maintainers may choose others.",
    ),
    Question(
        "paper-title",  # `title` in an address is that of the issue
        "Title",
        FieldKind.INPUT,
        "Only if it cannot be found by the answer above.",
    ),
    Question(
        "authors",
        "Authors",
        FieldKind.TEXTAREA,
        "One author per line, only if they cannot be found: `Given Family` or `Family, Given`.",
        "Ada Example",
        most_characters=20_000,
    ),
    Question("venue", "Venue", FieldKind.VENUES, "Where it was published, if it cannot be found."),
    Question("year", "Year", FieldKind.INPUT, "Four digits, if it cannot be found.", "2024"),
    Question("code", "Code", FieldKind.INPUT, "The address of its source code, if there is some."),
    Question(
        "project", "Project page", FieldKind.INPUT, "The address of its own page, if it has one."
    ),
    Question(
        "remark",
        "Remark",
        FieldKind.TEXTAREA,
        "For the maintainers; it does not become part of the list.",
        most_characters=10_000,
    ),
)

OTHER_VENUE = "Another one, or I do not know"
"""The first choice among the venues."""
