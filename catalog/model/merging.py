"""Several records of one work made one: nothing is lost without being named.

    merged = merge_drafts(rank_drafts(drafts))

What a published version says wins over a preprint, the fuller value over the shorter; each value
that is not kept is listed. `rank_drafts` makes the outcome independent of the order of the drafts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from catalog.model.draft import Draft, Source
from catalog.model.identity import fold_title, is_preprint_venue
from catalog.model.names import PersonName, parse_name
from catalog.model.records import LinkKind
from catalog.model.types import Value
from catalog.text.folding import fold

Values = dict[str, Value]

_VERSION_FIELDS = frozenset(
    [
        *("venue", "year", "month", "volume", "number", "pages", "publisher", "address"),
        *("booktitle", "series", "type", "editors"),
    ]
)
"""Where and when a version appeared: never half of a preprint and half of its publication."""
_UNITED = ("tags", "sections", "aliases", "cite_keys", "names", "awards", "distinct_from")
_NOT_COMPARED = ("added", "more_authors")


class NotKept(NamedTuple):
    """A value of a draft that the merged record does not have."""

    field: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Merged:
    """The one draft of several, and the values that it does not have."""

    draft: Draft
    not_kept: tuple[NotKept, ...]


def is_preprint_draft(values: Values) -> bool:
    """Return whether raw values are those of a preprint: its venue says so, or none is named."""
    venue = values.get("venue")
    return not isinstance(venue, str) or is_preprint_venue(venue)


def rank_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Sort the drafts of one work: published before preprints, then the fullest first."""
    return sorted(drafts, key=_rank)


def _rank(draft: Draft) -> tuple[bool, int, int, int, str]:
    values = dict(draft.values)
    authors, venue = values.get("authors"), values.get("venue")
    return (
        is_preprint_draft(values),
        -len(str(authors or "")),
        -len(str(venue or "")),
        -len(values),
        str(sorted(values.items(), key=str)),
    )


def merge_drafts(drafts: Sequence[Draft]) -> Merged:
    """Make one draft of the drafts of one work; the first has the first word."""
    first, *others = drafts
    values, not_kept = dict(first.values), []
    doubts = dict(first.doubts)
    for other in others:
        not_kept += _merge_into(values, dict(other.values), other.source)
        for name, reason in other.doubts.items():
            known = doubts.get(name)
            if known is None or reason not in known:
                doubts[name] = f"{known}; {reason}" if known else reason
    return Merged(replace(first, values=values, doubts=doubts), tuple(dict.fromkeys(not_kept)))


def _merge_into(values: Values, other: Values, source: Source) -> list[NotKept]:
    """Fill values from those of another draft, in place; return what was not taken."""
    not_kept: list[NotKept] = []
    is_other_version = _is_other_version(values, other)
    for name, value in _drop_cut_mark(values, other).items():
        if name in _UNITED:
            values[name] = _unite(values.get(name), value)
        elif name in ("links", "bibtex", "facets"):
            not_kept += _merge_table(values, name, value, source)
        elif name not in values and not (is_other_version and name in _VERSION_FIELDS):
            values[name] = value
        elif name == "key":
            keys = [] if value == values["key"] else [value]
            values["cite_keys"] = _unite(values.get("cite_keys"), keys)
        elif name not in _NOT_COMPARED and not _are_equal(name, values.get(name), value):
            not_kept += _choose(values, other, name, source)
    if not values.get("cite_keys", True):
        del values["cite_keys"]
    return not_kept


def _drop_cut_mark(values: Values, other: Values) -> Values:
    """Return the other values without "and others", when the list here has those others."""
    own, cut = values.get("authors"), other.get("authors")
    if own is None or cut is None or not _is_fuller("authors", own, cut):
        return other
    return {name: value for name, value in other.items() if name != "more_authors"}


def _choose(values: Values, other: Values, name: str, source: Source) -> list[NotKept]:
    """Keep the fuller of two values, in place; return the other one."""
    own, lost = values.get(name), other[name]
    if own is not None and _is_fuller(name, lost, own):
        values[name], lost = lost, own
        if name == "authors":
            _settle_more_authors(values, other)
    if name == "authors" and _have_same_people(own, other[name]):
        return []
    return [NotKept(name, _show(lost), source)]


def _is_other_version(values: Values, other: Values) -> bool:
    """Return whether the other draft is of another version, whose place and time do not count."""
    if is_preprint_draft(values):
        return False
    if "venue" not in other:
        return "arxiv" in other and "doi" not in other
    return is_preprint_draft(other) or fold(str(values["venue"])) != fold(str(other["venue"]))


def _settle_more_authors(values: Values, other: Values) -> None:
    if "more_authors" in other:
        values["more_authors"] = other["more_authors"]
    else:
        values.pop("more_authors", None)


def _unite(own: Value | None, value: Value) -> Value:
    items = [*(own if isinstance(own, list) else []), *(value if isinstance(value, list) else [])]
    return [item for index, item in enumerate(items) if item not in items[:index]]


def _merge_table(values: Values, name: str, value: Value, source: Source) -> list[NotKept]:
    """Unite two mappings; a second address of one kind becomes the `other` link."""
    own = values.get(name)
    table = dict(own) if isinstance(own, dict) else {}
    not_kept = []
    for kind, item in (value if isinstance(value, dict) else {}).items():
        if item in table.values():
            continue
        free = kind
        if kind in table:
            free = LinkKind.OTHER.value if name == "links" else kind
        if free in table:
            not_kept.append(NotKept(f"{name}.{kind}", _show(item), source))
        else:
            table[free] = item
    values[name] = table
    return not_kept


def _are_equal(name: str, own: Value | None, value: Value) -> bool:
    if own is None:
        return False
    if name == "title":
        return fold_title(_show(own)) == fold_title(_show(value))
    if name in ("doi", "arxiv", "acl"):
        return str(own).lower() == str(value).lower()
    return own == value or fold(_show(own)) == fold(_show(value)) != ""


def _is_fuller(name: str, value: Value, own: Value) -> bool:
    """Return whether a value says all that the other does, and more."""
    if name in ("authors", "editors"):
        mine, theirs = _people(own), _people(value)
        if len(mine) != len(theirs):
            return len(theirs) > len(mine)
        return _have_same_people(own, value) and len(_show(value)) > len(_show(own))
    shown, known = _show(value), _show(own)
    if name == "title":
        # `BERT` and `BERT: Pre-training …`; what is in brackets is a remark: `(revised)`.
        return shown.casefold().startswith(known.casefold() + ":")
    if name == "abstract":
        return len(shown) > len(known)
    # `1-12` says more than `1`, `Springer, Cham` more than `Springer`.
    return name in ("pages", "publisher", "address") and shown.startswith(
        (f"{known}-", f"{known},")
    )


def _people(value: Value) -> list[PersonName]:
    return [_to_name(item) for item in value] if isinstance(value, list) else []


def _to_name(item: Value) -> PersonName:
    if isinstance(item, dict):
        return PersonName(**{part: str(text) for part, text in item.items()})
    try:
        return parse_name(str(item))
    except ValueError:
        return PersonName(literal=str(item))


def _have_same_people(own: Value | None, value: Value) -> bool:
    """Return whether two lists of names are of the same people, in their order."""
    mine, theirs = _people(own or []), _people(value)
    return len(mine) == len(theirs) and all(map(_is_same_person, mine, theirs))


def _is_same_person(one: PersonName, other: PersonName) -> bool:
    return fold(one.full_family) == fold(other.full_family)


def _show(value: Value) -> str:
    """Return a value in one line, as a report shows it."""
    if isinstance(value, list):
        return "; ".join(map(_show, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_show(item)}" for name, item in value.items())
    return " ".join(value.split())
