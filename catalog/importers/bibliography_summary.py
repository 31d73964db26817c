"""What the import of bibliographies found, for people and for programs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from catalog.importers.bibliography import Bibliography, Entry
from catalog.importers.bibliography_list import ReferenceList
from catalog.model.draft import Draft
from catalog.model.findings import count_of
from catalog.text.characters import to_printable

_SAMPLES = 5
"""Guesses of one kind that the text shows; the JSON has all."""
_MOST_VALUES = 10
"""Values of one field that nothing reads, as a sample; the count stands next to them."""
_LONGEST = 160
"""Characters of such a value: two lines of a terminal."""

Named = Mapping[str, Bibliography]
"""Bibliographies by the names of their files."""


def to_reference_json(
    found: Named, lines: int, listed: ReferenceList | None = None
) -> dict[str, object]:
    """Return the account as programs read it, in the shape of that of a list, and every value."""
    drafts = listed.made.drafts if listed else ()
    return {
        "entries": [
            _to_entry(entry, draft)
            for one in found.values()
            for entry, draft in zip(one.entries, one.drafts, strict=True)
        ],
        "skipped": _to_messages(found, is_fault=False),
        "unparsed": _to_messages(found, is_fault=True),
        "lines": lines,
        "messages": [message for one in found.values() for message in one.messages],
        "uncertain": [
            {"place": str(draft.source), "field": field, "reason": reason}
            for draft in drafts
            for field, reason in draft.doubts.items()
        ],
        "left_out": [
            {"place": str(entry.source), "field": item.name}
            | ({} if item.is_private else {"value": item.value})
            for one in found.values()
            for entry in one.entries
            for item in entry.left_out
        ],
        "merged": [
            {
                "key": joined.key,
                "places": list(joined.sources),
                "not_kept": [
                    {"place": str(lost.source), "field": lost.field, "value": lost.value}
                    for lost in joined.not_kept
                ],
            }
            for joined in (listed.joined if listed else ())
        ],
    }


def _to_entry(entry: Entry, draft: Draft) -> dict[str, object]:
    year = draft.values.get("year")
    links = draft.values.get("links")
    names = [name.display for name in entry.authors]
    byline = ", ".join([*names, *(["et al."] if entry.more_authors else [])])
    return {
        "title": draft.values["title"],
        "authors": byline or None,
        "venue": draft.values.get("venue"),
        "year": int(year) if isinstance(year, str) else None,
        "section": entry.groups,
        "links": [
            {"label": label, "url": url}
            for label, url in (links.items() if isinstance(links, dict) else ())
        ],
        "line": entry.source.line,
    }


def _to_messages(found: Named, *, is_fault: bool) -> list[dict[str, object]]:
    return [
        {"line": rejected.line, "reason": rejected.reason, "text": rejected.text}
        for one in found.values()
        for rejected in one.rejected
        if rejected.is_fault is is_fault
    ]


def summarise_references(found: Named, listed: ReferenceList) -> str:
    """Return the account in words: every entry is a record, merged into one, or rejected."""
    return "".join(f"{to_printable(line)}\n" if line else "\n" for line in _write(found, listed))


def _write(found: Named, listed: ReferenceList) -> Iterator[str]:
    drafts = sum(len(one.drafts) for one in found.values())
    for name, one in found.items():
        entries = count_of(one.total, "entry", "entries")
        yield f"{name}: {entries}: {len(one.drafts)} read, {len(one.rejected)} rejected"
        for message in one.messages:
            yield f"{name}: {message}"
    made = listed.made
    merged = drafts - len(made.drafts)
    yield count_of(len(made.drafts), "paper") + (
        f"; {count_of(merged, 'entry', 'entries')} merged into another" if merged else ""
    )
    yield from _write_rejected(found)
    yield from _write_joined(listed)
    yield from _write_similar(listed)
    yield from _write_uncertain(made.drafts)
    yield from _write_left_out(found)


def _write_rejected(found: Named) -> Iterator[str]:
    rejected = [(name, item) for name, one in found.items() for item in one.rejected]
    if rejected:
        yield ""
        yield "rejected:"
    for name, item in rejected:
        yield f"  {name}:{item.line}: {item.reason}: {item.text}"


def _write_joined(listed: ReferenceList) -> Iterator[str]:
    if listed.joined:
        yield ""
        yield "the same work:"
    for joined in listed.joined:
        yield f"  {joined.key}: {', '.join(joined.sources)}"
        for lost in joined.not_kept:
            yield f"    not kept: {lost.field} {_shorten(lost.value)} ({lost.source})"


def _write_similar(listed: ReferenceList) -> Iterator[str]:
    if listed.similar:
        yield ""
        yield "may be the same work (kept as two; merge them, or set `distinct_from`):"
    for one in listed.similar:
        title = next(
            (str(d.values["title"]) for d in listed.made.drafts if d.values["key"] == one.key), ""
        )
        yield f"  {one.source}: {one.key} and {one.other}: {one.reason}: {_shorten(title)}"


def _write_uncertain(drafts: Sequence[Draft]) -> Iterator[str]:
    """Show what was guessed or left out: all values that are nowhere else, samples of the rest."""
    by_field: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for field in draft.doubts:
            by_field[field].append(draft)
    if by_field:
        yield ""
        yield "uncertain:"
    for field, drafts_ in sorted(by_field.items()):
        yield f"  {field}: {len(drafts_)}"
        lost = [draft for draft in drafts_ if _is_loss(draft.doubts[field])]
        rest = [draft for draft in drafts_ if not _is_loss(draft.doubts[field])]
        for draft in (*lost, *rest[:_SAMPLES]):
            yield f"    {draft.source}: {draft.doubts[field]}"
        if len(rest) > _SAMPLES:
            yield f"    {len(rest) - _SAMPLES} more: see --format json"


def _is_loss(reason: str) -> bool:
    return "left out" in reason or "not taken" in reason or "another record" in reason


def _write_left_out(found: Named) -> Iterator[str]:
    """Name every field without a place, with its values where they are not private."""
    counts: Counter[tuple[str, bool]] = Counter()
    samples: dict[str, list[str]] = defaultdict(list)
    for one in found.values():
        for entry in one.entries:
            for item in entry.left_out:
                counts[item.name, item.is_private] += 1
                if not item.is_private and len(samples[item.name]) < _MOST_VALUES:
                    samples[item.name].append(f"{_shorten(item.value)} ({entry.source})")
    if counts:
        yield ""
        yield "no field of a record for:"
    for (name, is_private), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        shown = "private" if is_private else "; ".join(samples[name])
        more = "; …" if not is_private and count > _MOST_VALUES else ""
        yield f"  {name} ({count}): {shown}{more}"


def _shorten(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
