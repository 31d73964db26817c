"""A new list from what was read: its sections, its venues and its records."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import CatalogError
from catalog.importers.markdown.drafts import to_draft, to_fields
from catalog.importers.markdown.markdown_subset import to_line
from catalog.importers.markdown.merging import Conflict, Placed, join, merge
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.sections import Section
from catalog.importers.venues.clusters import VenueCluster, cluster_venues
from catalog.model.citation_keys import KeyRegistry, make_key_of
from catalog.model.draft import Draft
from catalog.model.types import Value
from catalog.store.yaml import read_yaml
from catalog.store.yaml.writer import Comments, compose_file
from catalog.text.folding import slugify

_OUTLINE_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})+[.)]?|\d{1,2}[.)]|[IVX]{1,4}[.)])\s+(?=\S)")
"""The number of a heading: `2.1 `, `3. `, `IV) `."""
_MOSTLY = 0.6
"""Share of headings with a number from which the numbers are the list's own and are left out."""
_OF_PAPERS = re.compile(
    r"\W*(?:the |all )?(?:(?:paper|reading|publication)s?(?: ?list)?|list of papers"
    r"|论文(?:列表)?)\W*",
    re.IGNORECASE,
)
"""What a heading above all others says when it says nothing."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An address that is written in another form than in `line` of the source."""

    line: int
    shown: str
    now: str


@dataclass(frozen=True, slots=True)
class NewList:
    """A list ready to be written: its head, its records, and works that share an identifier."""

    head: dict[str, Value]
    drafts: tuple[Draft, ...]
    conflicts: tuple[Conflict, ...]
    comments: Comments
    rewritten: tuple[Rewritten, ...] = ()
    section_ids: Mapping[Section, str] = field(default_factory=dict)
    """The id of each section of the source that is in `head`."""

    def to_yaml(self) -> str:
        """Return papers.yaml, what is doubtful marked in comments.

        Raises `CatalogError` rather than to return what no command could read again.
        """
        text = compose_file(self.head, self.drafts, self.comments)
        document = read_yaml(text.encode(), "the new list")
        if document.value is None:
            fault = document.findings[0]
            raise CatalogError(
                f"{fault.file}, line {fault.line}: {fault.message}; nothing is written"
            )
        return text


def make_list(
    lists: Sequence[ReadList],
    taken: KeyRegistry | None = None,
    more_sections: Iterable[Section] = (),
) -> NewList:
    """Make one list of what was read from one or several files.

    Its sections are those that hold entries, and `more_sections`.
    """
    tree = _SectionTree(lists, more_sections)
    venues = cluster_venues(
        entry.venue for one in lists for entry in one.entries if entry.venue is not None
    )
    placed = [
        Placed(entry, one.file, to_fields(entry, tree.id_of(entry.candidate.section), venues))
        for one in lists
        for entry in one.entries
    ]
    groups, conflicts = merge(placed)
    drafts = _make_drafts(groups, taken or KeyRegistry())
    head: dict[str, Value] = {"survey": _describe(lists), "sections": tree.to_values()}
    used = {str(draft.values["venue"]) for draft in drafts if "venue" in draft.values}
    shown, comments = show_venues(venues.values(), used)
    if shown:
        head["venues"] = shown
    head["settings"] = {"order": ["file"]}
    rewritten = tuple(
        Rewritten(one.entry.candidate.start, shown, now)
        for one in placed
        for shown, now in one.fields.rewritten.items()
    )
    return NewList(head, tuple(drafts), tuple(conflicts), comments, rewritten, tree.ids)


def _make_drafts(groups: Sequence[Sequence[Placed]], taken: KeyRegistry) -> list[Draft]:
    drafts = []
    for group in groups:
        first = group[0]
        draft = to_draft(join(group), first.file, first.entry.candidate.start)
        key: dict[str, Value] = {"key": make_key_of(draft.values, taken)}
        drafts.append(Draft({**key, **draft.values}, draft.doubts, draft.source))
    return drafts


def _describe(lists: Sequence[ReadList]) -> dict[str, Value]:
    titles = [one.title for one in lists if one.title]
    title = titles[0] if titles else Path(lists[0].file).stem
    survey: dict[str, Value] = {"title": to_line(title) or "Papers"}
    descriptions = [one.description for one in lists if one.description]
    if descriptions:
        survey["description"] = descriptions[0]
    return survey


def show_venues(
    clusters: Iterable[VenueCluster], used: set[str]
) -> tuple[dict[str, Value], Comments]:
    """Return the table of the venues that are used, guessed kinds marked in comments."""
    shown: dict[str, Value] = {}
    comments = Comments()
    for venue in sorted(set(clusters), key=lambda one: one.short.casefold()):
        if venue.short not in used:
            continue
        values: dict[str, Value] = {}
        if venue.name and venue.name != venue.short:
            values["name"] = venue.name
        values["kind"] = venue.kind.value
        aliases: list[Value] = [alias for alias in map(to_line, venue.aliases) if alias not in used]
        if aliases:
            values["aliases"] = aliases
        shown[venue.short] = values
        if venue.is_guess:
            part = comments.part("venues").part(venue.short)
            part.beside = "doubtful: the kind is a guess"
    return shown, comments


@dataclass(slots=True, eq=False)
class _Node:
    title: str
    id: str
    description: str | None = None
    children: "list[_Node]" = field(default_factory=list)

    def to_value(self) -> Value:
        value: dict[str, Value] = {"id": self.id, "title": self.title}
        if self.description:
            value["description"] = self.description
        if self.children:
            value["sections"] = [child.to_value() for child in self.children]
        return value


class _SectionTree:
    """The sections that hold entries, each with an id of its own; equal paths are one section."""

    def __init__(self, lists: Sequence[ReadList], more: Iterable[Section] = ()) -> None:
        self._roots: list[_Node] = []
        self._nodes: dict[Section, _Node] = {}
        self._ids: set[str] = set()
        wanted = set(more)
        for one in lists:
            fallback = to_line(one.title or "") or "Papers"
            is_numbered = _is_numbered(one)
            own = dict.fromkeys(entry.candidate.section for entry in one.entries)
            own |= dict.fromkeys(section for section in one.sections if section in wanted)
            for section in sorted(own, key=lambda section: section.line):
                self._place(section, fallback, one, is_numbered=is_numbered)

    def id_of(self, section: Section) -> str:
        """Return the id of a section that holds entries."""
        return self._nodes[section].id

    @property
    def ids(self) -> dict[Section, str]:
        """The id of each section of the sources."""
        return {section: node.id for section, node in self._nodes.items()}

    def to_values(self) -> list[Value]:
        """Return the tree as the file holds it, without a heading that only says `Papers`."""
        roots = self._roots
        if len(roots) == 1 and self._is_frame(roots[0]):
            roots = roots[0].children
        return [node.to_value() for node in roots]

    def _is_frame(self, node: _Node) -> bool:
        """Return whether a section only holds all others."""
        holds_papers = any(one is node for one in self._nodes.values())
        is_named = bool(_OF_PAPERS.fullmatch(node.title))
        return is_named and bool(node.children) and not (node.description or holds_papers)

    def _place(self, section: Section, fallback: str, one: ReadList, *, is_numbered: bool) -> None:
        if section in self._nodes:
            return
        path = section.shown_path() or [fallback]
        siblings, node = self._roots, None
        for title in path:
            bare = to_line(_OUTLINE_NUMBER.sub("", title) if is_numbered else title)
            node = next((each for each in siblings if each.title == bare), None)
            if node is None:
                node = _Node(bare, self._make_id(bare))
                siblings.append(node)
            siblings = node.children
        if node is not None:
            self._nodes[section] = node
            node.description = node.description or one.descriptions.get(section)

    def _make_id(self, title: str) -> str:
        wanted = slugify(title)[:80].strip("-") or "section"
        made, number = wanted, 1
        while made in self._ids:
            number += 1
            made = f"{wanted}-{number}"
        self._ids.add(made)
        return made


def _is_numbered(one: ReadList) -> bool:
    """Return whether the headings carry the numbers of an outline, which a list makes itself."""
    titles = {title for entry in one.entries for title in entry.candidate.section.shown_path()}
    numbered = [title for title in titles if _OUTLINE_NUMBER.match(title)]
    return len(numbered) >= max(1, _MOSTLY * len(titles))
