"""Where in a journal or in proceedings a citation says a work stands: volume, number, pages."""

import re
from typing import NamedTuple

_RANGE = r"\d+(?:\s?[-–]\s?\d+)?"
_VOLUME = re.compile(r"\bvol(?:ume)?\.?\s?(\d+)", re.IGNORECASE)
_NUMBER = re.compile(rf"\b(?:no|issue)\.?\s?({_RANGE})", re.IGNORECASE)
_PAGES = re.compile(
    rf"\bpp?\.\s?({_RANGE})|\b(?:article(?: no\.?)?|paper)\s(\d+)\b|\b(e\d{{4,}})\b", re.IGNORECASE
)
"""`pp. 12-20`, `article no. 7`, `e10023`."""
_UNLABELLED = (
    # `31(2), 1–34`, `12(4):33-57`, `17(3)`; a year in brackets is none of these.
    re.compile(
        rf"\b(\d{{1,4}})\s?\((\d{{1,3}}(?:[–-]\d{{1,3}})?|[A-Z]{{2,8}}\d?)\)"
        rf"(?:\s?[,:]\s?({_RANGE})(?!\w))?"
    ),
    # `41.2 (2016): 12–34`
    re.compile(rf"\s(\d{{1,4}})\.(\d{{1,3}})\s\((?:19|20)\d{{2}}\)(?::\s?({_RANGE}))?"),
    # `574, 505 (2019)`
    re.compile(r"\s(\d{1,4})(),\s([A-Z]?\d+)\s\((?:19|20)\d{2}\)"),
    # `131, 44–58`
    re.compile(r",\s(\d{1,4})()(?:,|:)\s(\d+\s?[-–]\s?\d+)\b"),
)


class Volume(NamedTuple):
    """What a citation says of the place of a work; what it does not say is None."""

    volume: str | None = None
    number: str | None = None
    pages: str | None = None


def find_volume(text: str) -> Volume:
    """Return volume, number and pages from the text behind a title."""
    volume, number = _VOLUME.search(text), _NUMBER.search(text)
    pages = _PAGES.search(text)
    found = Volume(
        volume and volume[1],
        number and _to_range(number[1]),
        pages and _to_range(next(part for part in pages.groups() if part)),
    )
    if found.volume or found.number:
        return found
    for pattern in _UNLABELLED:
        if place := pattern.search(text):
            range_ = _to_range(place[3]) if place[3] else found.pages
            return Volume(place[1], place[2] or None, range_)
    return found


def _to_range(text: str) -> str:
    return re.sub(r"\s?[-–]\s?", "-", text)
