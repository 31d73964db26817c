"""Days, months and years as lists write them."""

import re
from functools import lru_cache
from typing import NamedTuple

from catalog.model.records import MONTHS

_MONTH = rf"(?P<{{0}}>{'|'.join(MONTHS)})[a-z]{{{{0,6}}}}\.?"
_YEAR = r"(?P<{0}>(?:19[5-9]|20[0-4])\d)"
_DAY = r"(?:\d{{1,2}}(?:st|nd|rd|th)?)"
_DATE = re.compile(
    rf"(?<![\w/])(?:"
    rf"{_DAY.format()}?[\s,/-]{{0,5}}{_MONTH.format('m1')}[\s,]{{0,5}}(?:{_DAY.format()}[\s,]{{1,5}})?{_YEAR.format('y1')}"
    rf"|{_YEAR.format('y2')}[\s,]{{1,5}}{_MONTH.format('m2')}(?:\s+{_DAY.format()}\b)?"
    rf"|{_YEAR.format('y3')}\s?[-./年]\s?(?P<m3>0?[1-9]|1[0-2])(?:\s?[-./月]\s?[0-3]?\d日?|月)?(?![\d.]\d)"
    rf"|(?P<m4>0[1-9]|1[0-2])[/-]{_YEAR.format('y4')}"
    rf"|[0-3]?\d[/.-](?P<m5>0[1-9]|1[0-2])[/.-]{_YEAR.format('y5')}"
    rf")(?![\w])",
    re.IGNORECASE,
)
"""`12 May 2023`, `May 2023`, `2023, May`, `2023-05-12`, `2023年5月`, `05/2023`, `12.05.2023`;
not a part of a number or an address."""
_BARE_YEAR = re.compile(rf"(?<![\w./-]){_YEAR.format('y')}(?:年)?(?![\w/-]|\.\d)")
"""`2023`, `2023年`; not in `2023/05`, `arXiv:2023.01234`."""


class ShownDate(NamedTuple):
    """A date as shown, with its place in the text; a month only when it is shown."""

    year: int
    month: int | None
    start: int
    end: int


def find_date(text: str) -> ShownDate | None:
    """Return the first date with a month in `text`, or None."""
    found = _DATE.search(text)
    if found is None:
        return None
    parts = found.groupdict()
    for index in range(1, 6):
        if parts[f"y{index}"]:
            year, month = int(parts[f"y{index}"]), parts[f"m{index}"]
            number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
            return ShownDate(year, number, *found.span())
    return None


def find_bare_year(text: str) -> ShownDate | None:
    """Return the first year in `text` that is on its own, or None."""
    found = _BARE_YEAR.search(text)
    return ShownDate(int(found["y"]), None, *found.span()) if found else None


@lru_cache(maxsize=8192)
def is_date(text: str) -> bool:
    """Return whether the whole of `text` is a date or a year."""
    bare = text.strip(" \t\n()[]{}【】*_`.,;:|~-–—")
    shown = find_date(bare) or find_bare_year(bare)
    return shown is not None and not re.search(r"[^\W_]", bare[: shown.start] + bare[shown.end :])
