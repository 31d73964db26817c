"""CSL-JSON into drafts: Zotero, Pandoc, and what DOI resolvers answer.

The names are those of https://docs.citationstyles.org/en/stable/specification.html (appendices III
and IV); Crossref's own (`proceedings-article`, titles in lists) are read too.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalog.importers.bibliography.entries import ARXIV, Entry, split_words
from catalog.importers.bibliography.people import read_people
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import LONGEST_LINE, clean_line, clean_title
from catalog.model import extensions
from catalog.model.draft import Draft, Source
from catalog.model.names import PersonName
from catalog.model.records import EntryType
from catalog.text.parse import read_json

Item = Mapping[str, Any]
"""An item as JSON holds it."""

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
        *("id", "type", "title", "subtitle", "author", "editor", "issued", "container-title"),
        *("volume", "issue", "number", "page", "article-number", "publisher", "publisher-place"),
        *(
            "custom",
            "DOI",
            "URL",
            "keyword",
            "note",
            "abstract",
            "collection-title",
            "published",
            "tldr",
        ),
        *("published-print", "published-online", "genre", "institution", "archive"),
        *("archive_location", "citation-key", "event-title", "event", "citation-label", "tldr"),
    ]
)
_MASTER = re.compile(r"master|m\.?sc", re.IGNORECASE)


def to_draft(item: Item, source: Source = Source()) -> Draft:  # noqa: B008 - frozen
    """Return a CSL-JSON item as a draft, its venue named as the item names it.

    What has another type than CSL gives it is doubted, as services are not strict. The draft may
    lack anything, its title too. It has no abstract: the list's owner may not be free to publish
    what a service sends.
    """
    entry = read_item(item, source)
    entry.fields.pop("abstract", None)
    return entry.to_draft()


def read_csl(text: str, file: str | None = None) -> Bibliography:
    """Read CSL-JSON: items in a list or under `items`, one item, or an answer of Crossref's API.

    `file` is for the drafts. Every item is a draft, or is rejected with a reason and its line.
    Raises `ValueError` when the file is not JSON, or holds no items.
    """
    text = text.lstrip("\ufeff")
    items = find_items(read_json(text))
    if items is None:
        raise ValueError("it is not a list of items")
    return read_csl_items(items, _find_lines(text, len(items)), file)


def find_csl_items(value: object) -> list[Any] | None:
    """Return the items of CSL as Pandoc has them in YAML, below `references`, or None."""
    listed = value.get("references") if isinstance(value, Mapping) else value
    items = listed if isinstance(listed, list) else []
    return items if any(map(is_csl_item, items)) else None


def read_csl_items(items: Sequence[Any], lines: Sequence[int], file: str | None) -> Bibliography:
    """Read items, each with its line."""
    found = Bibliography()
    for item, line in zip(items, lines, strict=True):
        fault = _find_fault(item)
        if fault is None:
            found.add(read_item(item, Source(file, line)))
        else:
            found.rejected.append(Rejected(line, fault, json.dumps(item, ensure_ascii=False)[:80]))
    return found


_LIST = re.compile(r"\s*\[|.{0,10000}?\"items\"\s*:\s*\[", re.DOTALL)
"""Where the items begin: `[{…`, or `{"config": …, "items": [{…` of Better BibTeX. A header has at
most a few kilobytes."""
_SPACE = re.compile(r"\s*,?\s*")


def _find_lines(text: str, count: int) -> list[int]:
    """Return the lines of the items of a list; one item alone is where the file begins."""
    begin = _LIST.match(text)
    if begin is None:
        return [1] * count
    decoder, position, line, lines = json.JSONDecoder(), begin.end(), 1, []
    last = 0
    for _ in range(count):
        position = _SPACE.match(text, position).end()  # type: ignore[union-attr] # it matches ""
        line += text.count("\n", last, position)
        lines.append(line)
        last, (_, position) = position, decoder.raw_decode(text, position)
    return lines


def find_items(value: object) -> list[Any] | None:
    """Return the items of a value of JSON, or None where it has none."""
    if isinstance(value, Mapping):
        message = value.get("message")
        if isinstance(message, Mapping):
            return find_items(message)
        if isinstance(value.get("items"), list):
            return list(value["items"])
        return [value] if is_csl_item(value) else None
    return value if isinstance(value, list) else None


def is_csl_item(value: object) -> bool:
    """Return whether a value of JSON is an item of CSL-JSON, and not a row of somebody's table."""
    if not isinstance(value, Mapping) or not isinstance(value.get("type", ""), str):
        return False
    if _CSL_ONLY & value.keys():
        return True
    authors = value.get("author")
    has_parts = isinstance(authors, list) and any(
        isinstance(name, Mapping) and "family" in name for name in authors
    )
    return value.get("type") in (*_TYPES, *_PREPRINTS, *_OTHER_TYPES) or has_parts


_CSL_ONLY = frozenset(["container-title", "issued", "citation-key", "collection-title"])
_OTHER_TYPES = ("webpage", "dataset", "software", "speech", "entry-encyclopedia", "post-weblog")


class LineFinder:
    """Finds the lines of the values of a JSON file, in their order, by their longest short text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position, self._line = 0, 1

    def find_plain(self, texts: list[str]) -> int:
        """Return the line of the next value that begins with one of these texts."""
        places = [self._text.find(text[:30].split("\n")[0], self._position) for text in texts[:3]]
        found = [place for place in places if place >= 0]
        if found:
            self._line += self._text.count("\n", self._position, min(found))
            self._position = min(found)
        return self._line

    def find(self, item: object) -> int:
        """Return the line of the next value, or that of the one before where it is not found."""
        title = item.get("title", item.get("name")) if isinstance(item, Mapping) else item
        if isinstance(title, list) and title:
            title = title[0]
        for shown in (json.dumps(title, ensure_ascii=False), json.dumps(title)):
            place = self._text.find(shown, self._position)
            if place >= 0:
                self._line += self._text.count("\n", self._position, place)
                self._position = place + 1
                break
        return self._line


def _find_fault(item: object) -> str | None:
    """Return why a JSON value does not make a draft, or None."""
    if not isinstance(item, Mapping):
        return "it is not a CSL-JSON item"
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
    key = _text(item, "citation-key", "citation-label", "id")
    entry = Entry(source, kind=_find_kind(item), key=None if _is_address(key) else key)
    entry.put("title", _read_title(item))
    for variable, are_editors in (("author", False), ("editor", True)):
        _read_people(item, variable, entry, are_editors=are_editors)
    _read_dates(item, entry)
    _read_container(item, entry)
    for name, variables in _FIELDS.items():
        entry.put(name, _text(item, *variables))
    entry.put_volume(_text(item, "volume"))
    for variable in ("page", "article-number"):
        entry.put_pages(_text(item, variable))
    entry.put_doi(_text(item, "DOI"))
    _read_archive(item, entry)
    _read_custom(item, entry)
    entry.put_address(_text(item, "URL"))
    entry.put_abstract(_text(item, "abstract"))
    entry.put("tldr", _text(item, "tldr"))
    entry.tags += split_words(_text(item, "keyword") or "")
    entry.put_note(_text(item, "note"))
    for name, value in item.items():
        if name not in _READ and value not in (None, "", [], {}):
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            entry.leave_out(name, shown)
    return entry


def _is_address(key: str | None) -> bool:
    """Return whether an id is the address of an item in somebody's library, as Zotero writes it."""
    return key is not None and key.startswith(("http://zotero.org", "https://zotero.org"))


def _read_custom(item: Item, entry: Entry) -> None:
    """Read what the exports of a list put where CSL has no variable for it."""
    custom = item.get("custom")
    if not isinstance(custom, Mapping):
        return
    entry.more_authors = entry.more_authors or custom.get("more-authors") is True
    for name, value in custom.items():
        texts = value if isinstance(value, list) else [value]
        if not entry.put_extension(f"{extensions.PREFIX}{name}", map(str, texts)):
            entry.leave_out(name, str(value) if name != "more-authors" else None)


def _read_archive(item: Item, entry: Entry) -> None:
    for variable in ("number", "archive_location", "archive"):
        text = _text(item, variable)
        if text and "arxiv" in f"{text} {_text(item, 'archive')}".lower():
            entry.put_arxiv(text)
        elif text and variable != "number":
            entry.leave_out(variable, text)
    if entry.fields.get("number", "").lower().startswith("arxiv"):
        del entry.fields["number"]


_FIELDS = {
    "number": ("issue", "number"),
    "publisher": ("publisher",),
    "address": ("publisher-place",),
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


def _read_people(item: Item, variable: str, entry: Entry, *, are_editors: bool) -> None:
    names = item.get(variable)
    if isinstance(names, str):
        entry.put_people(read_people(names), are_editors=are_editors)
        return
    for name in names if isinstance(names, list) else [names] if names else []:
        if isinstance(name, str):
            entry.put_people(read_people(name), are_editors=are_editors)
        elif isinstance(name, Mapping):
            for person, is_plain in _read_name(name):
                entry.put_person(person, is_plain=is_plain, are_editors=are_editors)
        else:
            entry.doubt("authors", f"left out: {name!r} is not a name")


def _read_name(name: Item) -> Iterator[tuple[PersonName, bool]]:
    """Yield the name with whether it came without parts; nothing for a value that is not a name."""
    particles = [_text(name, part) for part in ("dropping-particle", "non-dropping-particle")]
    parts = {
        "given": _text(name, "given"),
        "particle": " ".join(part for part in particles if part),
        "family": _text(name, "family"),
        "suffix": _text(name, "suffix"),
    }
    cleaned = {part: line for part, text in parts.items() if (line := clean_line(text or ""))}
    given, _, suffix = cleaned.get("given", "").partition(", ")
    if given and suffix and "suffix" not in cleaned and "," not in suffix:
        # `Martin Luther, Jr.`: Zotero has no other place for it.
        cleaned |= {"given": given, "suffix": suffix}
    whole = clean_line(_text(name, "literal", "name") or "")
    if "family" in cleaned:
        yield PersonName(**cleaned), False
    elif whole or "given" in cleaned:
        yield PersonName(literal=whole or clean_line(parts["given"] or "")), False


def _read_dates(item: Item, entry: Entry) -> None:
    for name in ("issued", "published-print", "published", "published-online"):
        date = item.get(name)
        if "year" in entry.fields:
            return
        if isinstance(date, list) and date:
            date = date[0]  # Pandoc: `issued: [{year: 2015, month: 5}]`
        if not isinstance(date, Mapping):
            entry.put_date(_text(item, name))
            continue
        numbers = _find_date_parts(date.get("date-parts"))
        if numbers:
            entry.put_date(numbers[0])
            if len(numbers) > 1:
                entry.put_month(numbers[1])
        else:
            entry.put_date(_text(date, "raw", "literal", "year"))
            entry.put_month(_text(date, "month"))


def _find_date_parts(parts: object) -> list[str]:
    """Return year, month and day; some programs leave the list of dates out: `[2005, 4]`."""
    if not isinstance(parts, list) or not parts:
        return []
    first = parts[0] if isinstance(parts[0], list) else parts
    return [str(part) for part in first if part is not None]


def _read_container(item: Item, entry: Entry) -> None:
    containers = item.get("container-title")
    names = containers if isinstance(containers, list) else [containers]
    shown = [clean_line(name) for name in names if isinstance(name, str) and name.strip()]
    if len(shown) > 1 and entry.kind is not EntryType.ARTICLE:
        # Crossref gives the series next to the volume, in any order.
        shown.sort(key=lambda name: name.startswith("Lecture Notes"))
        entry.put("series", shown[1])
    for name in shown[:1]:
        entry.put_container(name)
    for variable in ("event-title", "event"):
        value = item.get(variable)
        event = _text(value, "name") if isinstance(value, Mapping) else value
        entry.put_container(event if isinstance(event, str) else None)
    if not shown and item.get("type") in _PREPRINTS:
        institutions = item.get("institution")
        first = institutions[0] if isinstance(institutions, list) and institutions else {}
        entry.container = _text(first, "name") if isinstance(first, Mapping) else None
        if entry.container is None and (_text(item, "publisher") or "").lower() == ARXIV.lower():
            entry.container = ARXIV
