"""The new list of old files: papers, resources and kept text, with what the repository says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from catalog.importers.bibliography import Format, read_bibliography
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.links import is_badge, normalise_url, to_kind
from catalog.importers.markdown.markdown_subset import to_line, to_subset_link
from catalog.importers.markdown.new_list import NewList
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.sections import Section
from catalog.importers.markdown.source_parts import PartKind, SourcePart
from catalog.importers.venues.clusters import cluster_venues
from catalog.importers.venues.mentions import parse_venue
from catalog.model import identifiers
from catalog.model.canonical_urls import to_canonical
from catalog.model.draft import Draft, validate
from catalog.model.types import Value
from catalog.render.kept_blocks import FOOTER, HEADER, SECTION
from catalog.store.files import TextFile
from catalog.tasks.init.kept_text import KeptText, TextKeeper
from catalog.tasks.init.repository import Repository
from catalog.text.folding import fold
from catalog.text.urls import is_url

# A fenced block that begins with an entry: how a list asks to be cited.
_BIBTEX = re.compile(
    r"^ {0,3}(```+|~~~+)[^\n]*\n(\s*@\w+\s*\{.*?)^ {0,3}\1", re.MULTILINE | re.DOTALL
)
# `mailto:ada@example.org`, `<ada@example.org>`.
_MAIL = re.compile(r"(?:mailto:|<)([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
# A picture in Markdown, `![alt](src)`, or in HTML.
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)|<img\b(?P<html>[^>]*)>", re.IGNORECASE)
# Pictures that change: they say something that the label of their link does not.
_LIVE_BADGE = re.compile(
    r"/(?:github|gitlab)/(?:stars|forks|issues|last-commit|v|downloads|watchers)|badge/stars|"
    r"/(?:pypi|npm)/",
    re.IGNORECASE,
)
_MOST_FIGURES = 3
"""Pictures of the header that the home page shows."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A list ready to be written, and its kept blocks as files."""

    made: NewList
    kept: tuple[TextFile, ...] = ()
    keepers: tuple[TextKeeper, ...] = ()
    texts: tuple[KeptText, ...] = ()
    resources: int = 0
    relative: int = 0
    """Relative links of papers that are addresses of the repository now."""
    left: tuple[str, ...] = ()
    """Relative links of papers that no record can hold."""


@dataclass(slots=True)
class _Extras:
    """What is added to records while the parts of an old file are gone through."""

    relative: int = 0
    left: dict[Section, list[str]] = field(default_factory=dict)


def complete_list(
    made: NewList, keepers: Sequence[TextKeeper], repository: Repository
) -> Assembled:
    """Complete a list made from Markdown: resources, kept blocks, figures, links, citations."""
    texts = [keeper.keep() for keeper in keepers]
    extras = _Extras()
    drafts = list(made.drafts)
    for keeper in keepers:
        _add_parts(keeper.read, drafts, repository, extras)
    for section, lines in extras.left.items():
        before = texts[0].sections.get(section, "")
        texts[0].sections[section] = "\n\n".join(filter(None, [before, "\n".join(lines)]))
    head = dict(made.head)
    resources = [
        one.to_value(made.section_ids[one.section])
        for keeper in keepers
        for one in keeper.resources
        if one.section in made.section_ids
    ]
    if resources:
        head["resources"] = _without_repeats(resources)
    kept = dict(_to_files(texts, made.section_ids))
    survey = dict(survey) if isinstance(survey := head["survey"], dict) else {}
    survey |= _describe(texts[0] if texts else KeptText())
    cite = _find_citations(keepers, head)
    if cite:
        survey["cite"] = cite
        drafts = _free_keys(drafts, {str(one["key"]) for one in cite if isinstance(one, dict)})
    head["survey"] = survey
    head["settings"] = _settings(head, texts, kept)
    made = replace(made, head=head, drafts=tuple(drafts))
    return Assembled(
        made,
        tuple(kept.items()),
        tuple(keepers),
        tuple(texts),
        len(resources),
        extras.relative,
        tuple(line for lines in extras.left.values() for line in lines),
    )


def _to_files(texts: Sequence[KeptText], section_ids: Mapping[Section, str]) -> Iterator[TextFile]:
    header = "\n\n".join(filter(None, (text.header for text in texts)))
    footer = "\n\n".join(filter(None, (text.footer for text in texts)))
    if header:
        yield HEADER, header + "\n"
    if footer:
        yield FOOTER, footer + "\n"
    by_id: dict[str, list[str]] = {}
    for text in texts:
        for section, kept in text.sections.items():
            if section in section_ids and kept.strip():
                by_id.setdefault(section_ids[section], []).append(kept)
    for id_, parts in by_id.items():
        yield SECTION.format(id=id_), "\n\n".join(parts) + "\n"


def _settings(
    head: Mapping[str, Value], texts: Sequence[KeptText], kept: Mapping[str, str]
) -> Value:
    settings = dict(settings) if isinstance(settings := head.get("settings"), dict) else {}
    readme: dict[str, Value] = {}
    for name, path in (("header", HEADER), ("footer", FOOTER)):
        if path in kept:
            readme[name] = path
    contents = next((text.contents for text in texts if text.contents), None)
    if contents and contents != "Contents":
        readme["contents"] = to_line(contents)
    if readme:
        settings["readme"] = readme
    return settings


def _without_repeats(resources: Sequence[Value]) -> list[Value]:
    """Return the resources, one that is listed in several sections once."""
    found: dict[str, dict[str, Value]] = {}
    for one in resources:
        if isinstance(one, dict):
            first = found.setdefault(f"{one['url']} {fold(str(one['title']))}", one)
            if first is not one:
                sections = [*_list(first["sections"]), *_list(one["sections"])]
                first["sections"] = list(dict.fromkeys(map(str, sections)))
    return list(found.values())


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


# Links and pictures of entries that their records do not hold


def _add_parts(
    read: ReadList, drafts: list[Draft], repository: Repository, extras: _Extras
) -> None:
    by_place = {(one.source.file, one.source.line): i for i, one in enumerate(drafts)}
    by_title = {fold(str(one.values["title"])): i for i, one in enumerate(drafts)}
    by_line: dict[int, list[SourcePart]] = {}
    for part in read.parts:
        by_line.setdefault(part.line, []).append(part)
    for entry in read.entries:
        index = by_place.get((read.file, entry.start), by_title.get(fold(entry.title)))
        if index is not None:
            parts = [p for line in range(entry.start, entry.end + 1) for p in by_line.get(line, ())]
            drafts[index] = _complete(drafts[index], entry, parts, repository, extras)


def _complete(
    draft: Draft,
    entry: Entry,
    parts: Sequence[SourcePart],
    repository: Repository,
    extras: _Extras,
) -> Draft:
    """Return a draft with the links and pictures of its entry that it lacks."""
    values = dict(draft.values)
    for index, part in enumerate(parts):
        url = (part.url or "").strip()
        if not url or url.startswith("#"):
            continue
        if part.kind is PartKind.IMAGE:
            following = parts[index + 1] if index + 1 < len(parts) else None
            _add_image(values, part, following)
        elif part.kind is PartKind.LINK and not _holds(values, url):
            _add_link(values, part, entry, repository, extras)
    doubts = draft.doubts
    if "links" in values and str(doubts.get("links", "")).startswith("left out, no web address"):
        doubts = {name: reason for name, reason in doubts.items() if name != "links"}
    made = Draft(values, doubts, draft.source)
    # A link that no record can hold stays out rather than to make the whole record invalid.
    (checked,) = validate([made])
    return made if checked.paper is not None or validate([draft])[0].paper is None else draft


def _add_image(values: dict[str, Value], part: SourcePart, following: SourcePart | None) -> None:
    """Add a picture; one that is the label of a link leads there still."""
    src = (part.url or "").strip()
    if re.search(r"\s", src):
        return
    figure: dict[str, Value] = {"src": src, "alt": to_line(part.text) or "figure"}
    if (
        following is not None
        and following.kind is PartKind.LINK
        and (following.line, following.text) == (part.line, part.text)
        and is_url(url := normalise_url(following.url or ""))
    ):
        figure["url"] = url
    figures = list(_list(values.get("figures", [])))
    if figure not in figures:
        figures.append(figure)
    values["figures"] = figures


def _add_link(
    values: dict[str, Value],
    part: SourcePart,
    entry: Entry,
    repository: Repository,
    extras: _Extras,
) -> None:
    url = normalise_url(part.url or "")
    label = to_line(part.text)
    if not url:
        url = repository.to_address(part.url or "") or ""
        if not url or (part.url or "").lower().startswith("mailto:"):
            line = f"- {label or entry.title}: [{label or part.url}]({part.url})"
            extras.left.setdefault(entry.candidate.section, []).append(line)
            return
        extras.relative += 1
    if not is_url(url):
        return
    links = dict(links) if isinstance(links := values.get("links"), dict) else {}
    is_title = fold(label) == fold(str(values.get("title", "")))
    kind = to_kind("" if is_title else label, url).value
    free = next((name for name in (kind, "other") if name not in links), None)
    if free is not None:
        links[free] = url
        values["links"] = links
    else:
        note = str(values.get("note", ""))
        values["note"] = f"{note} {to_subset_link(label or kind, url)}".strip()


_PARSERS = {
    "arxiv": identifiers.parse_arxiv,
    "doi": identifiers.parse_doi,
    "openreview": identifiers.parse_openreview,
    "acl": identifiers.parse_acl,
}


def _holds(values: Mapping[str, Value], url: str) -> bool:
    """Return whether a record leads to an address, in that form or another."""
    wanted = _bare(url)
    if any(wanted in _bare(text) for text in _texts_of(values) if "/" in text):
        return True
    full = normalise_url(url)
    for name, parse in _PARSERS.items():
        found = parse(full) if full else None
        if found and str(values.get(name, "")).lower() == found.lower():
            return True
    canonical = to_canonical(full) if full else None
    return canonical is not None and any(
        _bare(str(canonical)) == _bare(text) for text in _texts_of(values)
    )


def _texts_of(value: Value | Mapping[str, Value]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts_of(part)
    else:
        for part in value:
            yield from _texts_of(part)


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?:)?//(?:www\.)?", "", url.strip().lower()).rstrip("/")


# The survey


def _describe(text: KeptText) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if contact := _MAIL.search(f"{text.footer}\n{text.header}"):
        found["contact"] = contact[1]
    figures = list(_find_figures(text.header))[:_MOST_FIGURES]
    if figures:
        found["figures"] = figures
    return found


def _find_figures(header: str) -> Iterator[Value]:
    """Yield the pictures of the header that are not badges."""
    for found in _IMAGE.finditer(header):
        src, alt = found["src"], found["alt"]
        if found["html"]:
            src = _attribute(found["html"], "src")
            alt = _attribute(found["html"], "alt")
        if src and not is_badge(src) and not _LIVE_BADGE.search(src) and "badge" not in src:
            yield {"src": src, "alt": to_line(alt or "") or "Figure"}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\b{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", tag, re.IGNORECASE)
    return next((part for part in found.groups() if part), "") if found else ""


def _free_keys(drafts: Iterable[Draft], taken: set[str]) -> list[Draft]:
    """Return the drafts with other keys where the survey's own citations have theirs."""
    drafts = list(drafts)
    used = taken | {str(draft.values["key"]) for draft in drafts}
    for index, draft in enumerate(drafts):
        key = str(draft.values["key"])
        if key in taken:
            free = next(f"{key}-{n}" for n in count(2) if f"{key}-{n}" not in used)
            used.add(free)
            drafts[index] = replace(draft, values={**draft.values, "key": free})
    return drafts


def _find_citations(keepers: Iterable[TextKeeper], head: dict[str, Value]) -> list[Value]:
    """Return the BibTeX entries that the kept text asks readers to cite, as records."""
    records: list[Value] = []
    for keeper in keepers:
        text = "\n".join(keeper.lines)
        for found in _BIBTEX.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            if keeper.read.fates[line - 1] is not Fate.RECORD:
                records += _read_citations(found[2], head)
    return records


def _read_citations(bibtex: str, head: dict[str, Value]) -> Iterator[Value]:
    try:
        drafts = read_bibliography(bibtex, "citation", Format.BIBTEX).drafts
    except ValueError:
        return
    for draft in drafts:
        values = {name: value for name, value in draft.values.items() if name != "sections"}
        shown = values.pop("venue", None)
        mention = parse_venue(shown) if isinstance(shown, str) else None
        if mention is not None and isinstance(shown, str):
            cluster = cluster_venues([replace(mention, text=shown)])[shown]
            table = dict(table) if isinstance(table := head.get("venues"), dict) else {}
            if cluster.short not in table:
                table[cluster.short] = {"kind": cluster.kind.value}
                head["venues"] = table
            values["venue"] = cluster.short
        (checked,) = validate([replace(draft, values=values)])
        for fault in checked.faults:
            values.pop(str(fault.path[0]) if fault.path else "", None)
        if "key" in values and validate([replace(draft, values=values)])[0].paper is not None:
            yield values
