"""What is new in a list: by the day a paper was added, then by the month it came out.

A paper without `added` goes by the month of its arXiv id, or of its record. A day or a month that
nobody wrote down is never made up: such papers come last, by year, and are in no feed.
"""

import re
from collections.abc import Sequence
from datetime import date

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.text.folding import fold

# `2401.10000` and `cs/0501001` begin with year and month.
_ARXIV_MONTH = re.compile(
    r"(?:[a-z.-]+/)?(?P<year>[0-9]{2})(?P<month>0[1-9]|1[0-2])", re.IGNORECASE
)
_FIRST_ARXIV_YEAR = 91
"""arXiv opened in 1991."""

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)


def sort_latest(papers: Sequence[Paper]) -> list[Paper]:
    """Sort papers by the day they were added, then the others by month and year, newest first."""
    return sorted(papers, key=_rank)


def find_month(paper: Paper) -> tuple[int, int] | None:
    """Return year and month in which the paper came out: those of its arXiv id, or its own."""
    found = _ARXIV_MONTH.match(paper.arxiv or "")
    if found:
        year = int(found["year"])
        return (1900 if year >= _FIRST_ARXIV_YEAR else 2000) + year, int(found["month"])
    if paper.year and paper.month:
        return paper.year, paper.month
    return None


def find_news_date(paper: Paper) -> date | None:
    """Return the day the paper was added, or the first of the month in which it came out."""
    if paper.added:
        return paper.added
    month = find_month(paper)
    return date(month[0], month[1], 1) if month else None


def find_last_change(catalog: Catalog) -> date | None:
    """Return the day on which the newest paper was added, None when no day is known."""
    return max((paper.added for paper in catalog.papers if paper.added), default=None)


def sort_by_month(papers: Sequence[Paper]) -> list[Paper]:
    """Sort papers by year, then by the month of that year, newest first; unknown months last."""
    return sorted(
        papers,
        key=lambda paper: (
            -(paper.year or 0),
            -_month_in_year(paper),
            fold(paper.title),
            paper.key,
        ),
    )


def name_month(paper: Paper) -> str:
    """Return the name of the month in the paper's year, "" when it is not known."""
    month = _month_in_year(paper)
    return _MONTH_NAMES[month - 1] if month else ""


def _month_in_year(paper: Paper) -> int:
    """Return the paper's own month, or its arXiv id's when that is of the same year; else 0."""
    if paper.month:
        return paper.month
    month = find_month(paper)
    return month[1] if month and month[0] == paper.year else 0


def describe_date(paper: Paper) -> str:
    """Return the heading under which a paper is new: a day, a month or a year."""
    if paper.added:
        return paper.added.isoformat()
    month = find_month(paper)
    if month:
        return f"{_MONTH_NAMES[month[1] - 1]} {month[0]}"
    return str(paper.year) if paper.year is not None else "Without a year"


def _rank(paper: Paper) -> tuple[bool, int, int, str, str]:
    month = find_month(paper)
    day = paper.added or (date(month[0], month[1], 1) if month else None)
    # Of a paper whose month is not known, the year counts alone, after those of its months.
    ordinal = day.toordinal() if day else date(max(paper.year or 1, 1), 1, 1).toordinal()
    return paper.added is None, -ordinal, int(day is None), fold(paper.title), paper.key
