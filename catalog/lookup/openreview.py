"""OpenReview: a submission's note as JSON, with its venue and whether it was accepted.

The format: https://docs.openreview.net/reference/api-v2; values are in `{"value": …}`. Venues
before 2024 are in the older API with bare values.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from catalog.importers.bibliography.latex import decode_latex
from catalog.importers.cleanup import clean_line, clean_name, clean_title
from catalog.lookup.result import (
    LookupResult,
    NoMetadataError,
    NotFoundError,
    ResolveError,
    UnavailableError,
)
from catalog.lookup.session import Session, read_json_answer, to_objects
from catalog.model.draft import Draft, Source
from catalog.model.identifiers import to_openreview_url
from catalog.model.types import Value

# `ICLR.cc/2025/Conference/Rejected_Submission`, `Submitted to ICLR 2025`, `ICLR 2025 Conference
# Withdrawn Submission`, `Under review for TMLR`.
_NOT_ACCEPTED = re.compile(r"reject|withdraw|submitted|under[_ ]review|submission", re.IGNORECASE)
# `ICLR 2025 Poster`, `NeurIPS 2023 oral`: the venue is what is before it.
_PRESENTATION = re.compile(r"\s+(?:oral|poster|spotlight|notable top[- ]\d+%)\b.*", re.IGNORECASE)
# A year of this century, in the id or the name of a venue: `ICLR.cc/2025/Conference`.
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


# `Conf/2024/Conference/-/Withdrawn_Submission`, `Desk_Rejected_Submission`: who wrote the paper, or
# the programme chairs, took it back.
_TAKEN_BACK = re.compile(r"withdrawn|desk[_ ]rejected", re.IGNORECASE)


def find(ids: Sequence[str], desk: Session) -> list[LookupResult | ResolveError]:
    """Look submissions up by their ids."""
    return [_find(id_, desk) for id_ in ids]


def _find(id_: str, desk: Session) -> LookupResult | ResolveError:
    try:
        note = _ask(desk.services.openreview, id_, desk) or _ask(
            desk.services.openreview_old, id_, desk
        )
    except UnavailableError as error:
        return error
    if note is None:
        return NotFoundError(f"there is no OpenReview submission with the id {id_}")
    if note.get("ddate"):
        return NotFoundError(f"the OpenReview submission {id_} was deleted")
    if note.get("forum", id_) != id_:
        return NoMetadataError(
            f"the OpenReview note {id_} is a reply, such as a review, not a paper"
        )
    content = {name: _bare(value) for name, value in note.get("content", {}).items()}
    if not isinstance(content.get("title"), str):
        return NoMetadataError(f"the OpenReview note {id_} is not a paper: it has no title")
    return _read_note(id_, note, content)


def _ask(service: str, id_: str, desk: Session) -> dict[str, Any] | None:
    answer = desk.ask(service, accept="application/json", params={"id": id_})
    if answer.status in (400, 404):
        return None
    found = read_json_answer(answer, "OpenReview")
    notes = found.get("notes") if isinstance(found, dict) else None
    if not isinstance(notes, list):
        raise UnavailableError("OpenReview sent JSON without notes")
    of_id = (note for note in to_objects(notes) if note.get("id") == id_)
    return next((note for note in of_id if isinstance(note.get("content"), dict)), None)


def _bare(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _read_note(id_: str, note: dict[str, Any], content: dict[str, Any]) -> LookupResult:
    values: dict[str, Value] = {"title": clean_title(decode_latex(content["title"]))}
    shown = content.get("authors")
    people = shown if isinstance(shown, list) else []
    names = [clean_name(name) for name in people if isinstance(name, str)]
    if authors := [name for name in names if name is not None]:
        values["authors"] = authors
    venue = content.get("venue")
    venue = clean_line(venue) if isinstance(venue, str) else ""
    venue_id = content.get("venueid")
    invitations = note.get("invitations")
    invited = [note.get("invitation"), *(invitations if isinstance(invitations, list) else ())]
    shown_as = " ".join(name for name in invited if isinstance(name, str))
    taken = _TAKEN_BACK.search(f"{venue} {venue_id} {shown_as}")
    told = f"{venue} {venue_id if isinstance(venue_id, str) else ''}"
    is_accepted = bool(venue) and _NOT_ACCEPTED.search(told) is None
    if is_accepted:
        values["venue"] = _PRESENTATION.sub("", venue)
    year = _find_year(told if is_accepted else "", note)
    if year is not None:
        values["year"] = year
    values["openreview"] = id_
    status = f"OpenReview says of {id_}: {venue or 'no venue'}"
    return LookupResult(
        Draft(values, source=Source(address=to_openreview_url(id_))),
        is_accepted=is_accepted,
        uncertainty=f"{status}; the submission was {_to_words(taken[0])}" if taken else None,
        remarks=() if is_accepted else (f"{status}; it is not an accepted paper there",),
    )


def _to_words(mark: str) -> str:
    return mark.lower().replace("_", " ")


def _find_year(told: str, note: dict[str, Any]) -> str | None:
    found = _YEAR.search(told)
    if found is not None:
        return found[1]
    for name in ("pdate", "cdate", "tcdate"):
        moment = note.get(name)
        # Milliseconds, as OpenReview writes times; 4e12 is in 2096, later ones are mistakes.
        if isinstance(moment, int | float) and 0 < moment < 4e12:
            return str(datetime.fromtimestamp(moment / 1000, UTC).year)
    return None
