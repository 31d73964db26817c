"""What the import of bibliographies found, for people and for programs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from catalog.importers.bibliography import Bibliography, Entry
from catalog.importers.markdown.new_list import NewList
from catalog.model.draft import Draft
from catalog.model.findings import count_of
from catalog.text.characters import to_printable

_SAMPLES = 5

Named = Mapping[str, Bibliography]
"""Bibliographies by the names of their files."""


def to_reference_json(found: Named, lines: int) -> dict[str, object]:
    """Return the account as programs read it, in the shape of that of a list."""
    return {
        "entries": [
            _to_entry(entry, draft)
            for one in found.values()
            for entry, draft in zip(one.entries, one.drafts, strict=True)
        ],
        "skipped": _to_remarks(found, is_fault=False),
        "unparsed": _to_remarks(found, is_fault=True),
        "lines": lines,
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


def _to_remarks(found: Named, *, is_fault: bool) -> list[dict[str, object]]:
    return [
        {"line": rejected.line, "reason": rejected.reason, "text": rejected.text}
        for one in found.values()
        for rejected in one.rejected
        if rejected.is_fault is is_fault
    ]


def summarise_references(found: Named, made: NewList) -> str:
    """Return the account in words: every entry is a record, joined with one, or rejected."""
    return "".join(f"{to_printable(line)}\n" if line else "\n" for line in _write(found, made))


def _write(found: Named, made: NewList) -> Iterator[str]:
    drafts = sum(len(one.drafts) for one in found.values())
    for name, one in found.items():
        entries = count_of(one.total, "entry", "entries")
        yield f"{name}: {entries}: {len(one.drafts)} read, {len(one.rejected)} rejected"
    joined = drafts - len(made.drafts)
    yield count_of(len(made.drafts), "paper") + (f"; {joined} stood twice" if joined else "")
    yield from _write_rejected(found)
    left_out: Counter[str] = Counter()
    for one in found.values():
        left_out.update(one.left_out)
    if left_out:
        counted = ", ".join(f"{field} ({count})" for field, count in left_out.most_common())
        yield ""
        yield f"fields that a list has no place for: {counted}"
    yield from _write_doubts(made.drafts)


def _write_rejected(found: Named) -> Iterator[str]:
    rejected = [(name, item) for name, one in found.items() for item in one.rejected]
    if rejected:
        yield ""
        yield "rejected:"
    for name, item in rejected:
        yield f"  {name}:{item.line}: {item.reason}: {item.text}"


def _write_doubts(drafts: Sequence[Draft]) -> Iterator[str]:
    doubted: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for field in draft.doubts:
            doubted[field].append(draft)
    if doubted:
        yield ""
        yield "doubtful:"
    for field, those in sorted(doubted.items()):
        yield f"  {field}: {len(those)}"
        yield from (f"    {draft.source}: {draft.doubts[field]}" for draft in those[:_SAMPLES])
