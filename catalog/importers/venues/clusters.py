"""One venue for its many spellings: the venues of a list, with short names, aliases and kinds."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.importers.venues.known import KnownVenue, known_venues
from catalog.importers.venues.mentions import VenueMention, find_known, keep_period
from catalog.model.records import VenueKind
from catalog.text.folding import fold

_SHORTEST_MISSPELT = 6
"""Below this length a letter more or less is another venue: ICML, ICLR, ICPR."""


@dataclass(frozen=True, slots=True)
class VenueCluster:
    """A venue with the spellings of it that a list uses.

    `name` is given for a known venue only; `is_guess` means that `kind` comes from the words of an
    unknown venue's name.
    """

    short: str
    kind: VenueKind
    name: str | None
    aliases: tuple[str, ...]
    is_guess: bool


def cluster_venues(mentions: Iterable[VenueMention]) -> Mapping[str, VenueCluster]:
    """Return the venue of each shown text among `mentions`.

    Spellings that differ in case or punctuation, known aliases and slips of a letter or two in a
    long name are one venue; workshops and findings stay apart from their conference.
    """
    mentions = tuple(mentions)
    counts = Counter((mention.text, mention.short) for mention in mentions)
    kinds = {mention.short: mention for mention in mentions}
    groups: dict[str, list[tuple[str, str]]] = {}
    for text, short in counts:
        groups.setdefault(_fold_short(short), []).append((text, short))
    clusters: dict[str, VenueCluster] = {}
    for folded, spellings in groups.items():
        cluster = _to_cluster(folded, spellings, counts, kinds)
        for text, _ in spellings:
            clusters[text] = cluster
    return clusters


def _fold_short(short: str) -> str:
    """Return what all spellings of a venue share: the folded right short name."""
    known = find_known(short) or _find_misspelt(short)
    return fold(known.short) if known else fold(short)


def _to_cluster(
    folded: str,
    spellings: list[tuple[str, str]],
    counts: Counter[tuple[str, str]],
    mentions: Mapping[str, VenueMention],
) -> VenueCluster:
    commonest = max(spellings, key=lambda spelling: counts[spelling])[1]
    known = find_known(folded)
    short = known.short if known else _shorten(commonest)
    mention = mentions[commonest]
    shown = {text for text, _ in spellings}
    official = {fold(short), fold((known and known.name) or "")}
    # More than 80 characters are a sentence that was taken for a venue, not another name of it.
    aliases = sorted(text for text in shown if fold(text) not in official and len(text) <= 80)
    return VenueCluster(
        short=short,
        kind=known.kind if known else mention.kind,
        name=known.name if known else _name_of(mentions[short] for _, short in spellings),
        aliases=tuple(aliases),
        is_guess=known is None and not mention.is_known,
    )


def _name_of(mentions: Iterable[VenueMention]) -> str | None:
    """Return the full name that all mentions of an unknown venue give it."""
    names = {mention.name for mention in mentions}
    return names.pop() if len(names) == 1 else None


def _shorten(name: str) -> str:
    """Return an unknown venue's name as one line without what only decorates it."""
    line = re.sub(r"\s+", " ", name)
    return keep_period(line.strip(" .,;:"), line) or name


def _find_misspelt(short: str) -> KnownVenue | None:
    if len(short) < _SHORTEST_MISSPELT or " " in short:
        return None
    for venue in known_venues():
        if len(venue.short) >= _SHORTEST_MISSPELT and _is_slip(short.lower(), venue.short.lower()):
            return venue
    return None


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words differ by one letter, or by two neighbours that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:])
    )
