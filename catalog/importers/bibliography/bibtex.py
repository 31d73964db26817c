r"""BibTeX and BibLaTeX into drafts, by value: each field is read, doubted, or left out by name.

`bibtex_blocks` has the grammar; what a field says is read here: `crossref`, `xdata`, names, LaTeX.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.importers.bibliography.bibtex_blocks import Malformed, RawEntry, scan_bibtex
from catalog.importers.bibliography.entries import Entry, split_words
from catalog.importers.bibliography.latex import (
    decode_latex,
    decode_verbatim,
    find_unknown_command,
)
from catalog.importers.bibliography.people import read_people, split_outside_braces
from catalog.importers.bibliography.result import Bibliography, Rejected
from catalog.importers.cleanup import clean_title
from catalog.model import extensions
from catalog.model.draft import Source
from catalog.model.findings import quote
from catalog.model.identity import is_preprint_venue
from catalog.model.records import MONTHS, EntryType, LinkKind
from catalog.text.tex_commands import find_forbidden

_TYPES = {
    **{kind.value: kind for kind in EntryType},
    "conference": EntryType.INPROCEEDINGS,
    "thesis": EntryType.PHDTHESIS,
    "phd": EntryType.PHDTHESIS,
    "report": EntryType.TECHREPORT,
    "collection": EntryType.BOOK,
    "mvbook": EntryType.BOOK,
    "mvproceedings": EntryType.PROCEEDINGS,
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
_NO_PAPERS = frozenset(["xdata", "set", "control"])
_CONTAINERS = ("journal", "journaltitle", "booktitle", "eventtitle")
_BARE_VOLUME = re.compile(r"(?:the\s+)?(?:conference\s+)?(?:proceedings|proc\.?)", re.IGNORECASE)
"""A container that names no venue, so any other goes before it: `The Conference Proceedings`."""
_TEXTS = {
    "number": ("number", "issue"),
    "series": ("series",),
    "publisher": ("publisher", "school", "institution", "organization"),
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
    "data": LinkKind.DATA,
    "dataset": LinkKind.DATA,
    "video": LinkKind.VIDEO,
    "slides": LinkKind.SLIDES,
    "poster": LinkKind.POSTER,
    "supp": LinkKind.SUPPLEMENT,
    "supplementary": LinkKind.SUPPLEMENT,
}
_KEPT_AS_BIBTEX = ("edition", "isbn", "chapter", "howpublished", "type")
"""What a record has no field for, and every bibliography style prints."""
_INHERITED = (
    *("booktitle", "year", "date", "month", "publisher", "series", "volume", "organization"),
    *("editor", "address", "location", "isbn"),
)
_READ_AS = {"journal": "venue", "journaltitle": "venue", "booktitle": "venue", "author": "authors"}
_MASTER = re.compile(r"master|m\.?sc", re.IGNORECASE)
_KNOWN_TYPE = re.compile(
    r"(?:phd|doctoral|master'?s?|ph\.d\.?)?\s*thesis|phdthesis|mathesis|techreport", re.I
)
"""What the type of the entry says already: `type = {PhD thesis}`."""
_MONTH = re.compile(rf"(?:{'|'.join(MONTHS)})[a-z]*\.?", re.IGNORECASE)
"""`mar`, `March`, `Sept.` without quotes, which everybody understands though no file defines it."""
_RANGE = re.compile(r"(?<=\d)\s*[–—]\s*(?=\d)")
_LINK_COMMAND = re.compile(r"\\(?:url|href)\s*\{((?:[^{}]|\{[^{}]*\})*)\}(?:\s*\{[^{}]*\})?")
r"""`\url{https://example.org}` and `\href{https://example.org}{our code}` in a note."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_SEPARATOR = re.compile(re.escape(extensions.SEPARATOR))
_ACM_SERIES = re.compile(r".*['’]\d{2}$")
_AAS_JOURNALS = {
    "aap": "Astronomy & Astrophysics",
    "aapr": "Astronomy and Astrophysics Review",
    "aj": "The Astronomical Journal",
    "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series",
    "araa": "Annual Review of Astronomy and Astrophysics",
    "icarus": "Icarus",
    "jcap": "Journal of Cosmology and Astroparticle Physics",
    "mnras": "Monthly Notices of the Royal Astronomical Society",
    "nat": "Nature",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific",
    "physrep": "Physics Reports",
    "planss": "Planetary and Space Science",
    "pra": "Physical Review A",
    "prb": "Physical Review B",
    "prc": "Physical Review C",
    "prd": "Physical Review D",
    "pre": "Physical Review E",
    "prl": "Physical Review Letters",
    "psj": "The Planetary Science Journal",
    "rmp": "Reviews of Modern Physics",
    "solphys": "Solar Physics",
    "ssr": "Space Science Reviews",
}
"""The journals of the American Astronomical Society's macros, as ADS exports them:
https://ui.adsabs.harvard.edu/help/actions/journal-macros."""
_LONGEST_VALUE, _LONGEST_NAME = 10_000, 1_000
"""Characters that a field, and the name of one author, may have; thousands of authors may be."""


def read_bibtex(text: str, file: str | None = None) -> Bibliography:
    """Read a BibTeX or BibLaTeX file. `file` is the name that the drafts show.

    Every entry is a draft, or is rejected with a reason and its line. Keys are as written; the
    proceedings from which others take their fields by `crossref` are not papers and are rejected as
    such.
    """
    blocks = list(scan_bibtex(text.lstrip("\ufeff")))
    parents = _Parents([block for block in blocks if isinstance(block, RawEntry)])
    found = Bibliography()
    for block in blocks:
        if isinstance(block, Malformed):
            reason = f"it is not BibTeX: {block.reason}"
            found.rejected.append(Rejected(block.line, reason, block.text))
            continue
        fault, role = _find_fault(block), parents.find_role(block)
        if fault or role:
            reason = fault or role or ""
            found.rejected.append(Rejected(block.line, reason, block.text, fault is not None))
        else:
            found.add(_read_entry(parents.inherit(block), Source(file, block.line)), block.text)
    return found


def _find_fault(block: RawEntry) -> str | None:
    """Return why an entry cannot be read, or None."""
    if not block.fields:
        return "the entry has no fields"
    for raw in block.fields:
        longest, what, parts = _LONGEST_VALUE, "field", [raw.value]
        if raw.name in ("author", "editor"):
            longest, what, parts = _LONGEST_NAME, "name", _AND.split(raw.value)
        if raw.name in _MEASURED and any(len(part) > longest for part in parts):
            return f"{raw.name}: a {what} of more than {longest:,} characters"
    return None


_MEASURED = frozenset(
    [
        *(
            "title",
            "subtitle",
            "author",
            "editor",
            "year",
            "date",
            "month",
            "pages",
            "doi",
            "eprint",
        ),
        *("note", "keywords", "crossref", "howpublished", "volume", *_CONTAINERS, *_LINKS),
        *(name for names in _TEXTS.values() for name in names),
    ]
)
"""Fields that no paper has at such length; a long abstract is left out, and its paper read."""


class _Parents:
    """The entries from which others take fields: `crossref`, and `xdata` of biblatex."""

    def __init__(self, entries: Sequence[RawEntry]) -> None:
        self._entries: dict[str, RawEntry] = {}
        for entry in entries:
            self._entries.setdefault(entry.key.lower(), entry)
        self._asked = {
            key
            for entry in entries
            for raw in entry.fields
            if raw.name == "crossref"
            for key in [raw.value.lower()]
        }

    def find_role(self, block: RawEntry) -> str | None:
        """Return why an entry is not meant to be a paper, or None."""
        if block.kind in _NO_PAPERS:
            return f"@{block.kind} is not a paper"
        is_volume = block.kind in ("proceedings", "collection", "periodical", "mvproceedings")
        if is_volume and block.key.lower() in self._asked:
            return "it is the volume of other entries (crossref), not a paper"
        return None

    def inherit(self, block: RawEntry) -> "_Fields":
        """Return the fields with those of the parent: its title is the title of the volume."""
        fields = _Fields(block)
        for key in fields.peek("xdata").split(","):
            data = self._entries.get(key.strip().lower())
            if data is not None and data.kind == "xdata":
                fields.add_missing({raw.name: raw.value for raw in data.fields})
                fields.taken.add("xdata")
        parent = self._entries.get(fields.peek("crossref").lower())
        if parent is not None and parent is not block:
            given = {raw.name: raw.value for raw in parent.fields}
            inherited = {name: given[name] for name in _INHERITED if name in given}
            if "title" in given:
                inherited.setdefault("booktitle", given["title"])
            fields.add_missing(inherited)
            fields.taken.add("crossref")
        return fields


@dataclass(slots=True)
class _Fields:
    """The fields of an entry in LaTeX, and which of them were read."""

    block: RawEntry
    values: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for raw in self.block.fields:
            if raw.value and raw.unknown is None:
                self.values.setdefault(raw.name, raw.value)

    def peek(self, name: str) -> str:
        return self.values.get(name, "")

    def take(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield name and value of the fields that are there."""
        for name in names:
            if name in self.values and name not in self.taken:
                self.taken.add(name)
                yield name, self.values[name]

    def take_text(self, name: str) -> str:
        """Return a field as plain text, "" when it is not there."""
        return next((decode_latex(value) for _, value in self.take(name)), "")

    def add_missing(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self.values.setdefault(name, value)


def _read_entry(fields: _Fields, source: Source) -> Entry:
    block = fields.block
    entry = Entry(source, kind=_find_kind(fields), key=block.key or None)
    entry.put("title", _read_title(fields, entry))
    for name, are_editors in (("author", False), ("editor", True)):
        for _, value in fields.take(name):
            entry.put_people(read_people(value), are_editors=are_editors)
    for _, value in fields.take("date", "year"):
        # A tilde behind a year is biblatex's `about`, not a tie.
        entry.put_date(value if re.search(r"\d~$", value) else decode_latex(value))
    for _, value in fields.take("month"):
        entry.put_month(decode_latex(value))
    _read_places(fields, entry)
    _read_volume(fields, entry)
    _read_words(fields, entry)
    _read_extensions(fields, entry)
    _doubt_crossref(fields, entry)
    _keep_rest(fields, entry)
    _doubt_raw(block, entry)
    return entry


def _find_kind(fields: _Fields) -> EntryType | None:
    kind = _TYPES.get(fields.block.kind)
    shown = decode_latex(fields.peek("type"))
    if kind is EntryType.PHDTHESIS and (_MASTER.search(shown) or shown == "mathesis"):
        kind = EntryType.MASTERSTHESIS
    if _KNOWN_TYPE.fullmatch(shown):
        fields.taken.add("type")
    return kind


def _read_title(fields: _Fields, entry: Entry) -> str:
    unknown = find_unknown_command(fields.peek("title"))
    if unknown is not None:
        entry.doubt("title", f"{unknown} is not a known command")
    title, subtitle = (
        clean_title(fields.take_text("title")),
        clean_title(fields.take_text("subtitle")),
    )
    return f"{title}: {subtitle}" if subtitle and subtitle not in title else title


def _read_places(fields: _Fields, entry: Entry) -> None:
    """Read identifiers and addresses; exporters escape LaTeX there too."""
    for name, value in fields.take("doi", "arxiv", "arxivid"):
        decoded = _decode_place(value, name, entry)
        if decoded is not None and name == "doi":
            entry.put_doi(decoded)
        elif decoded is not None and not entry.put_arxiv(decoded):
            entry.doubt("arxiv", f"left out: {quote(decoded)} is not an arXiv id")
    _read_eprint(fields, entry)
    for name, value in fields.take(*_LINKS):
        for url in _split_urls(value):
            decoded = _decode_place(re.sub(r"\s*\n\s*", "", url), "links", entry)
            if decoded is not None and (_LINKS[name] is None or _WEB.match(decoded)):
                entry.put_address(decoded, _LINKS[name])
            elif decoded is not None:
                entry.leave_out(name, decoded)


def _read_extensions(fields: _Fields, entry: Entry) -> None:
    """Read the fields of our own exports, `x-venue`, `x-code`."""
    for name, value in fields.values.items():
        bare = name.removeprefix(extensions.PREFIX)
        if bare in extensions.KINDS:
            values = [decode_verbatim(value) or value]
        elif bare in extensions.LISTS:
            values = [decode_latex(part) for part in split_outside_braces(value, _SEPARATOR)]
        else:
            values = [decode_latex(value)]
        if entry.put_extension(name, values):
            fields.taken.add(name)


def _split_urls(value: str) -> list[str]:
    """Mendeley puts all addresses of an entry into one field, with spaces between them."""
    if len(_WEB.findall(value)) > 1:
        return re.split(r"[\s;,]+(?=\S*https?://)", value)
    return [value]


def _decode_place(value: str, name: str, entry: Entry) -> str | None:
    decoded = decode_verbatim(value)
    if decoded is None:
        entry.doubt(name, f"left out: {quote(value)} holds LaTeX that cannot be decoded")
    return decoded


def _read_eprint(fields: _Fields, entry: Entry) -> None:
    scheme = (fields.peek("archiveprefix") or fields.peek("eprinttype") or "arxiv").lower()
    for _, value in fields.take("eprint"):
        decoded = _decode_place(value, "arxiv", entry) or ""
        if _WEB.match(decoded):
            entry.put_address(decoded)
        elif not (scheme == "arxiv" and entry.put_arxiv(decoded)) and decoded:
            entry.leave_out("eprint", decoded if scheme == "arxiv" else f"{scheme}:{decoded}")
    # They say where and in which class an arXiv id is, which the id knows itself.
    fields.taken.update(("archiveprefix", "eprinttype", "primaryclass", "eprintclass"))


def _read_volume(fields: _Fields, entry: Entry) -> None:
    containers = [_decode_journal(value) for _, value in fields.take(*_CONTAINERS)]
    containers.sort(key=lambda name: _BARE_VOLUME.fullmatch(name) is not None)
    if not containers and entry.kind is not EntryType.BOOK:
        containers = [decode_latex(value) for _, value in fields.take("venue")]
    for text in containers:
        entry.put_container(text)
    entry.put_volume(fields.take_text("volume"))
    for name, names in _TEXTS.items():
        for _, value in fields.take(*names):
            text = decode_latex(value)
            entry.put(name, _RANGE.sub("-", text) if name == "number" else text)
    for _, value in fields.take("pages", "eid", "articleno", "article-number"):
        entry.put_pages(decode_latex(value))
    for name, value in fields.take("address", "location"):
        is_meeting = name == "location" and _ACM_SERIES.match(decode_latex(fields.peek("series")))
        if is_meeting:
            entry.leave_out(name, decode_latex(value))
        else:
            entry.put("address", decode_latex(value))


def _decode_journal(value: str) -> str:
    """Return the name of a journal or volume; ADS writes the commands of the AAS styles."""
    command = re.fullmatch(r"\{*\\([a-z]+)\}*", value.strip())
    return _AAS_JOURNALS.get(command[1], decode_latex(value)) if command else decode_latex(value)


def _read_words(fields: _Fields, entry: Entry) -> None:
    for _, value in fields.take("abstract"):
        if len(value) > _LONGEST_VALUE:
            entry.doubt("abstract", f"left out: more than {_LONGEST_VALUE:,} characters")
        else:
            entry.put_abstract(decode_latex(value))
    for _, value in fields.take("tldr"):
        entry.put("tldr", decode_latex(value))
    for _, value in fields.take("keywords", "keyword", "author_keywords"):
        entry.tags += split_words(decode_latex(value))
    for _, value in fields.take("groups"):
        entry.groups += split_words(decode_latex(value))
    _read_notes(fields, entry)


def _read_notes(fields: _Fields, entry: Entry) -> None:
    for _, value in fields.take("note", "addendum"):
        entry.put_note(_take_links(value, entry))
    for _, value in fields.take("howpublished"):
        rest = _take_links(value, entry)
        if _WEB.match(rest) or rest.startswith("www."):
            entry.put_address(rest)
        elif is_preprint_venue(rest):
            entry.put_container(rest)
        elif rest and not ("arxiv" in rest.lower() and entry.put_arxiv(rest)):
            fields.taken.discard("howpublished")
    for key in fields.peek("ids").split(","):
        if key.strip():
            entry.cite_keys.append(key.strip())
            fields.taken.add("ids")


def _take_links(value: str, entry: Entry) -> str:
    r"""Return a text without `\url{…}` and `\href{…}{…}`, whose addresses become links."""
    for found in _LINK_COMMAND.finditer(value):
        url = decode_verbatim(found[1])
        if url is not None:
            entry.put_address(url)
    lines = _LINK_COMMAND.sub("", value).split("\n")
    return "\n".join(decode_latex(line) for line in lines).strip(" \n.,;:")


def _doubt_crossref(fields: _Fields, entry: Entry) -> None:
    parents = [name for name in ("crossref", "xdata") if fields.peek(name)]
    for name in parents:
        if name not in fields.taken:
            fields.taken.add(name)
            reason = f"{name} names {quote(fields.peek(name))}, which is not in the file"
            entry.doubt("venue" if name == "crossref" else "title", reason)


def _keep_rest(fields: _Fields, entry: Entry) -> None:
    """Keep what every style prints as it is, and leave out the rest by name."""
    for name, value in fields.values.items():
        if name in fields.taken:
            continue
        line = " ".join(value.split())
        is_balanced = line.count("{") == line.count("}")
        if name in _KEPT_AS_BIBTEX and is_balanced and find_forbidden(line) is None:
            entry.bibtex[name] = line
        else:
            entry.leave_out(name, decode_latex(value))


def _doubt_raw(block: RawEntry, entry: Entry) -> None:
    """Doubt macros that nothing defines, and fields that are there twice."""
    seen: dict[str, str] = {}
    for raw in block.fields:
        name = _READ_AS.get(raw.name, raw.name)
        if raw.unknown is not None and raw.name == "month" and _MONTH.fullmatch(raw.unknown):
            # `sept` is not among BibTeX's macros.
            entry.put_month(raw.unknown)
            entry.doubt("month", f"the macro {raw.unknown} is not defined")
        elif raw.unknown is not None:
            entry.doubt(name, f"left out: the macro {raw.unknown} is not defined")
        elif raw.name in seen and seen[raw.name] != raw.value:
            shown = quote(decode_latex(raw.value))
            entry.doubt(name, f"{raw.name} is there twice; {shown} is not taken")
        elif raw.value:
            seen[raw.name] = raw.value
