"""What an import found, for people and for programs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.importers.markdown.coverage import Fate, Remark
from catalog.importers.markdown.drafts import LEFT_OUT
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.formed import FormGroup
from catalog.importers.markdown.new_list import NewList, Rewritten
from catalog.importers.markdown.reader import ReadList
from catalog.model.draft import Draft
from catalog.model.findings import count_of
from catalog.text.characters import to_printable

_SAMPLES = 5
"""Entries that are shown of each form: the first, the last and some between."""
_MANY = 20
"""Messages of one kind that fit on a screen."""
_FATES = {
    Fate.RECORD: ("entry", "entries"),
    Fate.SECTION: ("heading", "headings"),
    Fate.PROSE: ("kept as a description", "kept as descriptions"),
    Fate.SKIPPED: ("skipped", "skipped"),
    Fate.UNPARSED: ("not understood", "not understood"),
    Fate.MARKUP: ("tags, rules and frames", "tags, rules and frames"),
    Fate.BLANK: ("blank", "blank"),
}


def to_json_shape(lists: Sequence[ReadList]) -> dict[str, object]:
    """Return the account as programs read it; with several files, each part names its own."""
    named = len(lists) > 1
    return {
        "entries": [
            {**_to_entry(entry, one), **_name(one, named)} for one in lists for entry in one.entries
        ],
        "skipped": [
            {**_to_remark(remark, one), **_name(one, named)}
            for one in lists
            for remark in one.skipped
        ],
        "unparsed": [
            {**_to_remark(remark, one), **_name(one, named)}
            for one in lists
            for remark in one.unparsed
        ],
        "lines": sum(one.lines for one in lists),
    }


def _name(one: ReadList, named: bool) -> dict[str, str]:
    return {"file": one.file} if named else {}


def _to_entry(entry: Entry, one: ReadList) -> dict[str, object]:
    return {
        "title": entry.title,
        "authors": entry.byline.shown if entry.byline else None,
        "venue": entry.venue.text if entry.venue else None,
        "year": entry.year,
        "section": entry.candidate.section.shown_path(),
        "links": [{"label": link.label, "url": link.url} for link in entry.links],
        "line": one.source.place_of(entry.candidate.start),
    }


def _to_remark(remark: Remark, one: ReadList) -> dict[str, object]:
    return {"line": one.source.place_of(remark.line), "reason": remark.reason, "text": remark.text}


def summarise_import(lists: Sequence[ReadList], made: NewList) -> str:
    """Return the account for people: forms with samples, doubts, and every line's fate."""
    lines: list[str] = []
    for one in lists:
        lines += [*_head(one, made, is_alone=len(lists) == 1), ""]
        for form in one.forms:
            lines += [*_show_form(form, one), ""]
        lines += _show_doubts(one, [d for d in made.drafts if d.source.file == one.file])
        lines += _show_remarks("Skipped", one.skipped, one)
        lines += _show_unparsed(one.unparsed, one)
        if one.repaired:
            lines.append(f"Mojibake repaired in {_places(one.repaired)}.")
        lines += _show_account(one.counts)
    lines += _show_rewritten(made.rewritten)
    if made.conflicts:
        lines += ["", "Two works under one identifier:"]
        lines += [f"  {conflict}" for conflict in made.conflicts]
    return "\n".join(map(to_printable, lines)).rstrip() + "\n"


def _head(one: ReadList, made: NewList, *, is_alone: bool) -> Iterator[str]:
    entries = count_of(len(one.entries), "entry", "entries")
    sections = count_of(len({entry.candidate.section for entry in one.entries}), "section")
    yield f"{one.file}: {entries} in {sections}, {count_of(len(one.forms), 'form')}"
    if is_alone and len(made.drafts) < len(one.entries):
        records = count_of(len(made.drafts), "record")
        yield f"  {records}: a work in several sections is one record"


def _show_form(form: FormGroup, one: ReadList) -> Iterator[str]:
    kind = form.entries[0].candidate.kind.value
    yield f"{count_of(len(form.entries), kind)}: {form.notation}"
    step = max(1, len(form.entries) // _SAMPLES)
    for entry in form.entries[::step][:_SAMPLES]:
        yield f"  line {one.source.place_of(entry.candidate.start)}: {entry.title}"
        yield f"    {_show_values(entry)}"


def _show_values(entry: Entry) -> str:
    shown = [
        entry.byline.shown[:100] if entry.byline else "no authors",
        entry.venue.text if entry.venue else "no venue",
        str(entry.year) if entry.year else "no year",
        ", ".join(link.label or "link" for link in entry.links) or "no links",
        " / ".join(entry.candidate.section.shown_path()),
    ]
    return " · ".join(part for part in shown if part)


def _show_doubts(one: ReadList, drafts: Iterable[Draft]) -> Iterator[str]:
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for name, reason, line in (*_doubts_of(one.entries), *_find_left_out(drafts)):
        groups[name, reason].append(one.source.place_of(line))
    if groups:
        yield "Doubtful:"
        for (name, reason), places in sorted(groups.items(), key=lambda group: -len(group[1])):
            yield f"  {len(places)} × {name}: {reason} ({_places(places)})"
        yield ""


def _doubts_of(entries: Iterable[Entry]) -> Iterator[tuple[str, str, int]]:
    for entry in entries:
        for name, reason in entry.doubts.items():
            yield name, reason, entry.candidate.start
        if entry.empty_links:
            yield "links", "a link that leads nowhere", entry.candidate.start


def _find_left_out(drafts: Iterable[Draft]) -> Iterator[tuple[str, str, int]]:
    """Yield what no record can hold; the value stands next to the record in papers.yaml."""
    for draft in drafts:
        for name, reason in draft.doubts.items():
            if reason.startswith(LEFT_OUT):
                yield name, reason.partition(": ")[0], draft.source.line or 0


def _show_remarks(title: str, remarks: Iterable[Remark], one: ReadList) -> Iterator[str]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for remark in remarks:
        groups[remark.reason].append(one.source.place_of(remark.line))
    if groups:
        yield f"{title}:"
        for reason, places in sorted(groups.items(), key=lambda group: -len(group[1])):
            yield f"  {len(places)} × {reason} ({_places(places)})"
        yield ""


def _show_unparsed(remarks: Sequence[Remark], one: ReadList) -> Iterator[str]:
    if remarks:
        yield "Not understood:"
        for remark in remarks[:_MANY]:
            yield f"  line {one.source.place_of(remark.line)}: {remark.reason}: {remark.text}"
        if len(remarks) > _MANY:
            yield f"  … and {len(remarks) - _MANY} more; --format json has all of them"
        yield ""


def _show_rewritten(rewritten: Sequence[Rewritten]) -> Iterator[str]:
    """Report that addresses are not written as shown; they lead to the same place."""
    if rewritten:
        first = rewritten[0]
        yield ""
        places = _places([one.line for one in rewritten])
        yield f"{len(rewritten)} × address in its usual form ({places}),"
        yield f"  such as {first.now} for {first.shown}"


def _show_account(counts: Mapping[Fate, int]) -> Iterator[str]:
    parts = ", ".join(
        count_of(counts[fate], *words) for fate, words in _FATES.items() if counts[fate]
    )
    yield f"{count_of(sum(counts.values()), 'line')}: {parts}."


def _places(lines: Sequence[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:3])
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"
