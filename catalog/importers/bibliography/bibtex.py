r"""BibTeX and BibLaTeX into drafts.

bibtexparser finds the blocks and keeps those that fail; what a field says is read here: `@string`,
`#`, months, `crossref`, names, LaTeX.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
    Preamble,
    String,
)
from bibtexparser.model import Entry as BibtexBlock

from catalog.importers.bibliography.entries import Entry, split_words
from catalog.importers.bibliography.latex import decode_latex
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.bibliography.values import LONGEST_JOINED, OverlongError, Strings, find_end
from catalog.importers.cleanup import clean_title
from catalog.model.draft import Source
from catalog.model.names import PersonName, parse_name
from catalog.model.records import EntryType, LinkKind

Fields = dict[str, str]
"""The fields of an entry by their names in small letters, `@string`s resolved, LaTeX as it is."""

_TYPES = {
    **{kind.value: kind for kind in EntryType},
    "conference": EntryType.INPROCEEDINGS,
    "thesis": EntryType.PHDTHESIS,
    "phd": EntryType.PHDTHESIS,
    "report": EntryType.TECHREPORT,
    "collection": EntryType.BOOK,
    "mvbook": EntryType.BOOK,
    "suppbook": EntryType.INBOOK,
    "bookinbook": EntryType.INBOOK,
    "periodical": EntryType.ARTICLE,
    "suppperiodical": EntryType.ARTICLE,
    "online": EntryType.MISC,
    "electronic": EntryType.MISC,
    "www": EntryType.MISC,
    "software": EntryType.MISC,
    "dataset": EntryType.MISC,
}
_CONTAINERS = ("journal", "journaltitle", "booktitle", "eventtitle")
_TEXTS = {
    "volume": ("volume",),
    "number": ("number", "issue"),
    "series": ("series",),
    "publisher": ("publisher", "school", "institution", "organization"),
    "note": ("note", "addendum"),
}
_LINKS = {
    "url": None,
    "ee": None,
    "link": None,
    "pdf": LinkKind.PDF,
    "code": LinkKind.CODE,
    "github": LinkKind.CODE,
    "project": LinkKind.PROJECT,
    "website": LinkKind.PROJECT,
    "video": LinkKind.VIDEO,
    "slides": LinkKind.SLIDES,
    "poster": LinkKind.POSTER,
    "supp": LinkKind.SUPPLEMENT,
}
_READ = frozenset(
    [
        *("title", "subtitle", "author", "year", "date", "month", "pages", "doi", "eprint"),
        *("arxiv", "archiveprefix", "eprinttype", "primaryclass", "keywords", "keyword"),
        *("groups", "type", "crossref", "howpublished"),
        *_CONTAINERS,
        *_LINKS,
        *(name for names in _TEXTS.values() for name in names),
    ]
)
"""What is read of an entry; the rest is left out, and counted."""
_INHERITED = ("booktitle", "year", "date", "month", "publisher", "series", "volume", "organization")
_MASTER = re.compile(r"master|m\.?sc", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s{}]+")
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_LONGEST_VALUE, _LONGEST_NAME = 10_000, 1_000
"""Characters that a field, and the name of one author, may have; thousands of authors may be."""
_NAMESAKE = re.compile(r"\s\d{4}$")
"""DBLP's number for one of several people of the same name."""
_LATE_SUFFIX = re.compile(r"^([^,]+ [^,]+), ((?:Jr|Sr)\.?|I{2,3}|IV)$")
"""`Ben Sample, Jr.`, which BibTeX takes for a Jr. of the family Ben Sample."""
_ENTRY = re.compile(r"@\s*(?!(?:comment|preamble|string)\b)\w+\s*[{(]", re.IGNORECASE)


def read_bibtex(text: str, file: str | None = None) -> Bibliography:
    """Read a BibTeX or BibLaTeX file. `file` is the name that the drafts show.

    Every entry is a draft, or is rejected with a reason and its line. Keys are as they stand; the
    proceedings from which others take their fields by `crossref` are no papers and are rejected as
    such.
    """
    strings, blocks = Strings(), []
    for block in _parse(text):
        if isinstance(block, String):
            strings.define(block)
        else:
            blocks.append(block)
    entries, faults = _read_entries(blocks, strings)
    parents = _Parents(list(entries.values()))
    found = Bibliography()
    for block in blocks:
        own = entries[id(block)][1] if id(block) in entries else {}
        fault = faults.get(id(block)) or _find_fault(block) or _find_overlong(own)
        role = parents.find_role(block)
        reason = fault or role
        if reason is not None:
            begin = _first_line(block)
            found.rejected.append(Rejected(_line_of(block), reason, begin, fault is not None))
        elif (entry := _to_entry(block)) is not None:
            fields = parents.inherit(own)
            found.add(_read_entry(entry, fields, Source(file, _line_of(block))))
    return found


def _parse(text: str) -> list[Block]:
    # It warns of what is rejected here with a reason.
    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        return list(parse_string(text, parse_stack=[]).blocks)
    finally:
        logger.setLevel(before)


def _to_entry(block: Block) -> BibtexBlock | None:
    """Return the entry of a block that is one, though its key or a field stands twice."""
    if isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
        inner = block.ignore_error_block
        return inner if isinstance(inner, BibtexBlock) else None
    return block if isinstance(block, BibtexBlock) else None


def _find_fault(block: Block) -> str | None:
    """Return why a block is no draft, or None for entries and for what is not meant to be one."""
    if _to_entry(block) is not None:
        entry = _to_entry(block)
        is_empty = entry is not None and not entry.fields
        return "the entry has no fields" if is_empty else None
    if isinstance(block, ImplicitComment):
        return "it could not be read as an entry" if _ENTRY.match(block.comment) else None
    if isinstance(block, ExplicitComment | Preamble | String):
        return None
    if isinstance(block, ParsingFailedBlock):
        error = block.error
        told = error.abort_reason if isinstance(error, BlockAbortedException) else str(error)
        return f"it is not BibTeX: {' '.join(told.split())}"
    return None


def _find_overlong(fields: Fields) -> str | None:
    """Return which field is longer than any of a paper, or None."""
    for name in sorted(fields.keys() & _READ):
        longest, what = _LONGEST_VALUE, "field"
        parts = [fields[name]]
        if name == "author":
            longest, what, parts = _LONGEST_NAME, "name", _AND.split(fields[name])
        if any(len(part) > longest for part in parts):
            return f"{name}: a {what} of more than {longest:,} characters"
    return None


def _line_of(block: Block) -> int:
    return (block.start_line or 0) + 1


def _first_line(block: Block) -> str:
    return (block.raw or "").strip().split("\n", 1)[0]


def _read_entries(
    blocks: Iterable[Block], strings: Strings
) -> tuple[dict[int, tuple[Block, Fields]], dict[int, str]]:
    """Return the fields of entries, and why those that cannot be read are none, by identity."""
    entries: dict[int, tuple[Block, Fields]] = {}
    faults: dict[int, str] = {}
    for block in blocks:
        if _to_entry(block) is None:
            continue
        try:
            entries[id(block)] = (block, _read_fields(block, strings))
        except OverlongError:
            faults[id(block)] = (
                f"its @string names stand for more than {LONGEST_JOINED:,} characters"
            )
    return entries, faults


def _read_fields(block: Block, strings: Strings) -> Fields:
    """Return the fields of an entry, the first of those that stand twice.

    Raises `OverlongError`.
    """
    fields: Fields = {}
    entry = _to_entry(block)
    for field in entry.fields if entry is not None else ():
        value = strings.evaluate(str(field.value))
        if value.strip():
            fields.setdefault(field.key.lower(), value.strip())
    return fields


class _Parents:
    """The entries from which others take fields."""

    def __init__(self, entries: list[tuple[Block, Fields]]) -> None:
        self._fields: dict[str, Fields] = {}
        self._roles: dict[int, str] = {}
        asked = {fields["crossref"].lower() for _, fields in entries if "crossref" in fields}
        for block, fields in entries:
            entry = _to_entry(block)
            if entry is None or entry.key.lower() not in asked:
                continue
            self._fields[entry.key.lower()] = fields
            if entry.entry_type.lower() in ("proceedings", "collection", "periodical"):
                self._roles[id(block)] = "it is the volume of other entries (crossref), no paper"

    def find_role(self, block: Block) -> str | None:
        return self._roles.get(id(block))

    def inherit(self, fields: Fields) -> Fields:
        """Return the fields with those of the parent: its title is the title of the volume."""
        parent = self._fields.get(fields.get("crossref", "").lower())
        if parent is None:
            return fields
        given = {name: parent[name] for name in _INHERITED if name in parent}
        if "title" in parent:
            given.setdefault("booktitle", parent["title"])
        return given | fields


def _read_entry(block: BibtexBlock, fields: Fields, source: Source) -> Entry:
    entry = Entry(source, kind=_find_kind(block, fields), key=block.key.strip() or None)
    entry.put("title", _read_title(fields))
    for author, is_plain in _read_names(fields.get("author", ""), entry):
        entry.put_author(author, is_plain=is_plain)
    entry.put_date(fields.get("date"))
    entry.put_date(fields.get("year"))
    entry.put_month(fields.get("month"))
    entry.container = next((_text(fields, n) for n in _CONTAINERS if n in fields), None)
    _read_places(fields, entry)
    for name, names in _TEXTS.items():
        entry.put(name, next((_text(fields, n) for n in names if n in fields), None))
    entry.put_pages(_text(fields, "pages"))
    entry.tags += split_words(_text(fields, "keywords") or _text(fields, "keyword"))
    entry.groups += split_words(_text(fields, "groups"))
    counts = Counter(field.key.lower() for field in block.fields)
    for name in sorted(name for name, count in counts.items() if count > 1):
        entry.doubts[name] = "it stands twice in the entry; the first is taken"
    entry.left_out += sorted(fields.keys() - _READ)
    return entry


def _text(fields: Fields, name: str) -> str:
    return decode_latex(fields.get(name, ""))


def _find_kind(block: BibtexBlock, fields: Fields) -> EntryType | None:
    kind = _TYPES.get(block.entry_type.lower())
    if kind is EntryType.PHDTHESIS and _MASTER.search(fields.get("type", "")):
        return EntryType.MASTERSTHESIS
    return kind


def _read_title(fields: Fields) -> str:
    title, subtitle = clean_title(_text(fields, "title")), clean_title(_text(fields, "subtitle"))
    return f"{title}: {subtitle}" if subtitle and subtitle not in title else title


def _read_places(fields: Fields, entry: Entry) -> None:
    """Read identifiers and addresses; those are verbatim, with LaTeX's escapes taken off."""
    entry.put_doi(_unescape(fields.get("doi", "")))
    scheme = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    if scheme == "arxiv":
        entry.put_arxiv(_unescape(fields.get("eprint", "")))
    entry.put_arxiv(_unescape(fields.get("arxiv", "")))
    for name in ("note", "howpublished"):
        if "arxiv" in fields.get(name, "").lower():
            entry.put_arxiv(_text(fields, name))
    for name, kind in _LINKS.items():
        for url in _URL.findall(_unescape(fields.get(name, ""))):
            entry.put_address(url, kind)
    url = _URL.search(_unescape(fields.get("howpublished", "")))
    entry.put_address(url[0] if url else None)


def _unescape(text: str) -> str:
    return re.sub(r"\\url\s*|\\([_%&#~$])", r"\1", text).strip("{}<> ")


def _read_names(text: str, entry: Entry) -> Iterator[tuple[PersonName, bool]]:
    """Yield the authors with whether their parts were not told apart."""
    names = split_multiple_persons_names(" ".join(text.split()))
    if len(names) == 1 and _is_list(names[0]):
        entry.doubts["authors"] = "the names stood with commas between them"
        names = names[0].split(",")
    for name in names:
        if (read := _read_name(name.strip())) is not None:
            yield read


def _is_list(text: str) -> bool:
    """Return whether a text without `and` is several names with commas between them."""
    parts = text.split(",")
    return "{" not in text and len(parts) > 1 and all(" " in part.strip() for part in parts)


def _read_name(raw: str) -> tuple[PersonName, bool] | None:
    plain = _NAMESAKE.sub("", decode_latex(raw))
    if not plain or plain == "and":  # the word stood twice
        return None
    if raw.startswith("{") and find_end(raw, 1, "{") == len(raw) - 1:
        return PersonName(literal=plain), False
    if "{" in raw:
        parts = parse_single_name_into_parts(raw, strict=False)
        words = {"given": parts.first, "particle": parts.von, "family": parts.last}
        decoded = {name: decode_latex(" ".join(part)) for name, part in words.items()}
        decoded["suffix"] = decode_latex(" ".join(parts.jr))
        if decoded["family"]:
            return PersonName(**{name: part for name, part in decoded.items() if part}), False
    try:
        return parse_name(_LATE_SUFFIX.sub(r"\1 \2", plain)), "," not in plain
    except ValueError:
        return PersonName(literal=plain), False
