"""CSL-JSON into drafts: Zotero, Pandoc, and what DOI resolvers answer.

The names are those of https://docs.citationstyles.org/en/stable/specification.html (appendices III
and IV); Crossref's own (`proceedings-article`, titles in lists) are read too.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalog.importers.bibliography.entries import ARXIV, Entry, split_words
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.model.draft import Draft, Source
from catalog.model.names import PersonName
from catalog.model.records import EntryType
from catalog.net import read_json

Item = Mapping[str, Any]
"""An item as JSON holds it."""
_SPACE = re.compile(r"\s*")
_BEFORE_ITEMS = re.compile(r'\s*(?:\{\s*"items"\s*:\s*)?\[\s*')

_TYPES = {
    **dict.fromkeys(
        ("article-journal", "journal-article", "article-magazine", "review"), EntryType.ARTICLE
    ),
    **dict.fromkeys(("paper-conference", "proceedings-article"), EntryType.INPROCEEDINGS),
    **dict.fromkeys(("chapter", "book-chapter", "book-section"), EntryType.INCOLLECTION),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), EntryType.BOOK),
    **dict.fromkeys(("thesis", "dissertation"), EntryType.PHDTHESIS),
    "report": EntryType.TECHREPORT,
    "manuscript": EntryType.UNPUBLISHED,
    "proceedings": EntryType.PROCEEDINGS,
}
_PREPRINTS = ("article", "posted-content", "preprint")
_READ = frozenset(
    [
        *("id", "type", "title", "subtitle", "author", "issued", "container-title", "volume"),
        *(
            "issue",
            "number",
            "page",
            "article-number",
            "publisher",
            "DOI",
            "URL",
            "keyword",
            "note",
        ),
        *("collection-title", "published", "published-print", "published-online", "genre"),
        *("institution", "archive", "archive_location", "citation-key", "note"),
    ]
)
_MASTER = re.compile(r"master|m\.?sc", re.IGNORECASE)
_EXTRA = re.compile(r"(arxiv|doi|citation key)\s*:\s*(\S+).*", re.IGNORECASE)


def to_draft(item: Item, source: Source = Source()) -> Draft:  # noqa: B008 - frozen
    """Return a CSL-JSON item as a draft, its venue named as the item names it.

    What has another type than CSL gives it is passed over, as services are not strict. The draft
    may lack anything, its title too.
    """
    return read_item(item, source).to_draft()


def read_csl(text: str, file: str | None = None) -> Bibliography:
    """Read a CSL-JSON file: a list of items, or an object with `items`. `file` is for the drafts.

    Every item is a draft, or is rejected with a reason and its line. Raises `ValueError` when the
    file is no JSON, or no list of items.
    """
    text = text.removeprefix("\ufeff")
    read_json(text)  # the whole of it, so that no half is taken for all
    begin = _BEFORE_ITEMS.match(text)
    if begin is None:
        raise ValueError("it is no list of items")
    found, decoder, position = Bibliography(), json.JSONDecoder(), begin.end()
    line = text.count("\n", 0, position) + 1
    while text[position] != "]":
        item, end = decoder.raw_decode(text, position)
        fault = _find_fault(item)
        if fault is None:
            found.add(read_item(item, Source(file, line)))
        else:
            found.rejected.append(Rejected(line, fault, text[position : min(end, position + 80)]))
        begin_of_item = position
        end = _SPACE.match(text, end).end()  # type: ignore[union-attr] # it matches anywhere
        if text[end] == ",":
            end = _SPACE.match(text, end + 1).end()  # type: ignore[union-attr] # as above
        position = end
        line += text.count("\n", begin_of_item, position)
    return found


def _find_fault(item: object) -> str | None:
    """Return why a value of JSON is no draft, or None."""
    if not isinstance(item, Mapping):
        return "it is no item of CSL-JSON"
    for name in sorted(item.keys() & _READ):
        if _find_longest(item[name]) > LONGEST_LINE:
            return f"{name}: a text of more than {LONGEST_LINE:,} characters"
    return None


def _find_longest(value: object) -> int:
    """Return the length of the longest text in a value of JSON, however deep it stands."""
    longest, waiting = 0, [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            longest = max(longest, len(part))
        elif isinstance(part, list | dict):
            waiting += part.values() if isinstance(part, dict) else part
    return longest


def read_item(item: Item, source: Source) -> Entry:
    """Return a CSL-JSON item as an entry."""
    entry = Entry(source, kind=_find_kind(item), key=_text(item, "citation-key", "id"))
    entry.put("title", _read_title(item))
    _read_authors(item, entry)
    _read_dates(item, entry)
    _read_container(item, entry)
    for name, variables in _FIELDS.items():
        entry.put(name, _text(item, *variables))
    entry.put_pages(_text(item, "page", "article-number"))
    entry.put_doi(_text(item, "DOI"))
    for variable in ("number", "archive_location"):
        if "arxiv" in f"{_text(item, variable)} {_text(item, 'archive')}".lower():
            entry.put_arxiv(_text(item, variable))
    if entry.fields.get("number", "").lower().startswith("arxiv"):
        del entry.fields["number"]
    entry.put_address(_text(item, "URL"))
    entry.tags += split_words(_text(item, "keyword") or "")
    _read_note(item, entry)
    entry.left_out += sorted(name for name in item if name not in _READ)
    return entry


_FIELDS = {
    "volume": ("volume",),
    "number": ("issue", "number"),
    "publisher": ("publisher",),
    "series": ("collection-title",),
}


def _text(item: Item, *names: str) -> str | None:
    """Return the first of the variables that is text or a number; of a list its first item."""
    for name in names:
        value = item.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
        if is_text and (text := str(value).strip()):
            return text
    return None


def _find_kind(item: Item) -> EntryType | None:
    kind = _TYPES.get(str(item.get("type")))
    is_master = kind is EntryType.PHDTHESIS and _MASTER.search(_text(item, "genre") or "")
    return EntryType.MASTERSTHESIS if is_master else kind


def _read_title(item: Item) -> str:
    title, subtitle = clean_title(_text(item, "title") or ""), _text(item, "subtitle")
    if subtitle and clean_line(subtitle) not in title:
        return f"{title}: {clean_title(subtitle)}"
    return title


def _read_authors(item: Item, entry: Entry) -> None:
    names = item.get("author")
    for name in names if isinstance(names, list) else ():
        if isinstance(name, Mapping):
            for author, is_plain in _read_name(name):
                entry.put_author(author, is_plain=is_plain)


def _read_name(name: Item) -> Iterator[tuple[PersonName, bool]]:
    """Yield the name with whether it came without parts; nothing for what is no name."""
    particles = [_text(name, part) for part in ("dropping-particle", "non-dropping-particle")]
    parts = {
        "given": _text(name, "given"),
        "particle": " ".join(part for part in particles if part),
        "family": _text(name, "family"),
        "suffix": _text(name, "suffix"),
    }
    cleaned = {part: line for part, text in parts.items() if (line := clean_line(text or ""))}
    whole = clean_line(_text(name, "literal", "name") or "")
    if "family" in cleaned:
        yield PersonName(**cleaned), False
    elif whole or "given" in cleaned:
        yield PersonName(literal=whole or cleaned["given"]), False


def _read_dates(item: Item, entry: Entry) -> None:
    for name in ("issued", "published", "published-print", "published-online"):
        date = item.get(name)
        if not isinstance(date, Mapping):
            entry.put_date(_text(item, name))
            continue
        parts = date.get("date-parts")
        first = parts[0] if isinstance(parts, list) and parts else None
        numbers = [str(part) for part in first] if isinstance(first, list) else []
        if numbers and numbers[0].isdigit():
            entry.put("year", numbers[0])
            entry.put_month(numbers[1] if len(numbers) > 1 else None)
        entry.put_date(_text(date, "raw", "literal"))


def _read_container(item: Item, entry: Entry) -> None:
    containers = item.get("container-title")
    names = containers if isinstance(containers, list) else [containers]
    shown = [clean_line(name) for name in names if isinstance(name, str) and name.strip()]
    if len(shown) > 1 and entry.kind is not EntryType.ARTICLE:
        # Crossref gives the series beside the volume, in any order.
        shown.sort(key=lambda name: name.startswith("Lecture Notes"))
        entry.put("series", shown[1])
    entry.container = shown[0] if shown else None
    if not shown and item.get("type") in _PREPRINTS:
        institutions = item.get("institution")
        first = institutions[0] if isinstance(institutions, list) and institutions else {}
        entry.container = _text(first, "name") if isinstance(first, Mapping) else None
        if entry.container is None and (_text(item, "publisher") or "").lower() == ARXIV.lower():
            entry.container = ARXIV


def _read_note(item: Item, entry: Entry) -> None:
    """Read the note; Zotero puts variables there that CSL lacks, a line each."""
    rest = []
    for line in (_text(item, "note") or "").splitlines():
        extra = _EXTRA.fullmatch(line.strip())
        if extra is None:
            rest.append(line)
        elif extra[1].lower() == "arxiv":
            entry.put_arxiv(extra[2])
        elif extra[1].lower() == "doi":
            entry.put_doi(extra[2])
        else:
            entry.key = extra[2]
    entry.put("note", " ".join(rest))
