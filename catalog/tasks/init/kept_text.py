"""What stays of an old README besides its papers and resources: header, footer, parts of sections.

Everything is found by subtraction: the lines of papers and resources are taken away, and so are the
table of contents and links back to the top, which the new README has itself. All other lines stay
as they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog.importers.markdown.blocks import Block, BlockKind, walk
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.sections import Announced, Section, announce
from catalog.importers.markdown.vocabulary import find_word
from catalog.render.kept_blocks import KeptBlock, to_github_anchor
from catalog.tasks.init.resources import ListedResource, read_labelled, read_resource

_FRAME_TAGS = r"table|thead|tbody|tfoot|tr|td|th|details|summary|div|center|ul|ol|li|p|sup|sub"
# Tags that only lay text out, each kind of which is opened, closed or void.
_FRAME_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_FRAME_TAGS})\b[^>]*?(?P<void>/?)>", re.I)
# A line that is only a rule: `---`, `* * *`, `<hr>`, `<br/>`.
_RULE = re.compile(r"^\s*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|<hr\s*/?>|<br\s*/?>)$")
# <sup>[back to top](#contents)</sup> · **[⬆](#top)** · <p align="right"><a href="#x">up</a></p>
_ONLY_ANCHOR = re.compile(
    r"""^[^\w<\[]*(?:<[^>]*>[^\w<\[]*)*"""
    r"""(?:\[[^\]]*\]\(#[^)]*\)|<a\s+href=["']#[^>]*>(?:(?!</a>).)*</a>)"""
    r"""(?:[^\w<]*</?[^>]*>)*[^\w<]*$""",
    re.IGNORECASE,
)
# The head of a table in HTML, whose rows became papers.
_HEAD_CELL = re.compile(r"<th\b[^>]*>.*?</th>", re.IGNORECASE)
# What folds text; its content is looked at separately.
_DETAILS_OPEN = re.compile(r"^\s*(?:<details\b[^>]*>|<summary\b.*)\s*$", re.IGNORECASE)
_DETAILS_CLOSE = re.compile(r"^\s*</details>\s*$", re.IGNORECASE)
_FEWEST_ENTRIES = 2
"""Links to places of the page that make a list a table of contents."""
_MEANT_FOR_PAGE = (Announced.NEWS, Announced.ABOUT)
"""Sections that stay as they are, whatever links they hold."""


@dataclass(slots=True)
class KeptText:
    """What stays. `contents` is the title of the old table of contents, if it had one."""

    header: str = ""
    footer: str = ""
    sections: dict[Section, str] = field(default_factory=dict)
    contents: str | None = None
    lines: dict[int, str] = field(default_factory=dict)
    """By line of the old file (from 1), where it is kept: `the header`, …"""


@dataclass(frozen=True, slots=True)
class _Zones:
    """Where the list begins (its first line) and ends (the line after its last)."""

    first: int
    end: int


class TextKeeper:
    """Finds what stays of one old file. `lines` are its own, or the same text as Markdown."""

    def __init__(self, lines: Sequence[str], read: ReadList) -> None:
        self.lines = lines
        self.read = read
        self._blocks = read.blocks
        self._headings = {
            block.start: block for block in walk(self._blocks) if block.kind is BlockKind.HEADING
        }
        self.resources = tuple(self._list_resources())
        spans = [(one.start, one.end) for one in read.entries]
        spans += [(one.start, one.end) for one in self.resources]
        self._held = {line for start, end in spans for line in range(start, end + 1)}

    def _list_resources(self) -> Iterator[ListedResource]:
        """Yield the resources of the list; what its news and its licence link to is none."""
        blocks = {
            block.start: block
            for block in walk(self._blocks)
            if block.kind in (BlockKind.ITEM, BlockKind.ROW)
        }
        taken = {line for one in self.read.entries for line in range(one.start, one.end + 1)}
        for found in self.read.resources:
            if self._is_list(found.section):
                listed = read_resource(found, blocks.get(found.start))
                if listed is not None:
                    taken |= set(range(listed.start, listed.end + 1))
                    yield listed
        for block in walk(self._blocks):
            if block.kind is BlockKind.PARAGRAPH and block.start not in taken:
                section = self._section_at(block.start)
                if section is not None and self._is_list(section):
                    yield from read_labelled(block, section)

    def _is_list(self, section: Section) -> bool:
        """Return whether a section can hold resources: it is neither news nor a licence."""
        path = section.path()
        is_named = find_word("resources", section.title.strip()) is not None
        return is_named or not any(one.announced in _MEANT_FOR_PAGE for one in path)

    def _section_at(self, line: int) -> Section | None:
        above = [one for one in self.read.sections if one.line <= line]
        section = max(above, key=lambda one: one.line, default=None)
        return None if section is None or section.is_document_title else section

    @cached_property
    def _with_entries(self) -> set[Section]:
        return {entry.candidate.section for entry in self.read.entries}

    @cached_property
    def _core(self) -> set[Section]:
        """The sections that hold papers or resources, with those around them."""
        own = (*self._with_entries, *(one.section for one in self.resources))
        found = {section for one in own for section in one.path()}
        return {one for one in found if one.line and not one.is_document_title}

    @cached_property
    def _zones(self) -> _Zones:
        starts = [*self._held, *(section.line for section in self._core)]
        if not starts:
            return _Zones(len(self.lines) + 1, len(self.lines) + 1)
        last = max(starts)
        after = (one.line for one in self.read.sections if one.line > last)
        return _Zones(min(starts), min(after, default=len(self.lines) + 1))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections of the new list: of papers, of resources, and those between them."""
        return [section for section in self._between if not self._is_for_page(section)]

    @cached_property
    def _between(self) -> list[Section]:
        zones = self._zones
        found = (one for one in self.read.sections if zones.first <= one.line < zones.end)
        return [
            one
            for one in sorted(found, key=lambda one: one.line)
            if one.line not in self._contents or one in self._core
        ]

    def _is_for_page(self, section: Section) -> bool:
        return section not in self._core and section.announced in _MEANT_FOR_PAGE

    def keep(self) -> KeptText:
        """Return what stays."""
        kept = KeptText(contents=self._contents_title)
        zones = self._zones
        header = self._take(kept, 1, zones.first - 1, "the header")
        footer = self._take(kept, zones.end, len(self.lines), "the footer")
        bounds = [section.line for section in self._between]
        news: list[str] = []
        about: list[str] = []
        for section, following in zip(self._between, [*bounds[1:], zones.end], strict=False):
            heading = self._headings.get(section.line)
            body = (heading.end if heading else section.line) + 1
            if self._is_for_page(section):
                is_news = section.announced is Announced.NEWS
                name = "the header" if is_news else "the footer"
                (news if is_news else about).append(
                    self._take(kept, section.line, following - 1, name)
                )
                continue
            name = f"the section “{section.title}”"
            text = self._take(kept, body, following - 1, name, is_in_list=True)
            text = "\n\n".join(filter(None, [self._rest_of_heading(section), text]))
            if text and not self._is_description(section, text):
                kept.sections[section] = text
        bare = self._without_title(header)
        header = header if KeptBlock(bare).has_title else bare
        kept.header = "\n\n".join(filter(None, [header, *news]))
        kept.footer = "\n\n".join(filter(None, [*about, footer]))
        self._keep_anchors(kept)
        return kept

    # The table of contents

    @cached_property
    def _contents(self) -> set[int]:
        """The lines of tables of contents, with their titles and folds."""
        found: set[int] = set()
        for block in walk(self._blocks):
            if not self._can_be_contents(self._section_at(block.start)):
                continue
            if block.kind in (BlockKind.LIST, BlockKind.TABLE) and _leads_to_places(block):
                found |= self._with_fold(block.start, block.end)
        for section in self.read.sections:
            if section not in self._core and self._can_be_contents(section):
                found |= self._contents_section(section, found)
        return found - self._held

    def _contents_section(self, section: Section, found: set[int]) -> set[int]:
        """Return the lines of a section that is nothing but a table of contents."""
        after = [one.line for one in self.read.sections if one.line > section.line]
        span = range(section.line, min(after, default=len(self.lines) + 1))
        filled = [line for line in span[1:] if self.lines[line - 1].strip()]
        rest = [
            line for line in filled if line not in found and not _RULE.match(self.lines[line - 1])
        ]
        comments = {line for line in rest if self.lines[line - 1].lstrip().startswith("<!--")}
        if not filled or comments != set(rest):
            return set()
        return set(span) - comments

    def _can_be_contents(self, section: Section | None) -> bool:
        """Return whether a section can be the table of contents; if one says so, no other can."""
        if not any(one.announced is Announced.CONTENTS for one in self.read.sections):
            return True
        return section is not None and section.announced is Announced.CONTENTS

    def _with_fold(self, start: int, end: int) -> set[int]:
        """Return the lines of a table of contents with the title and the fold around them."""
        above = start - 1
        while above >= 1 and (
            not self.lines[above - 1].strip() or self._is_title_of_contents(above)
        ):
            above -= 1
        opened = sum("<details" in line.lower() for line in self.lines[above : start - 1])
        below = end
        while opened and below < len(self.lines):
            below += 1
            opened -= bool(_DETAILS_CLOSE.match(self.lines[below - 1]))
        return set(range(above + 1, below + 1))

    def _is_title_of_contents(self, number: int) -> bool:
        line = self.lines[number - 1]
        text = re.sub(r"<[^>]*>|[*_#:`]", " ", line).strip()
        if not text:
            return bool(_DETAILS_OPEN.match(line))
        # A longer line is a sentence about the contents, not their title.
        return len(text.split()) <= 5 and announce(text) is Announced.CONTENTS

    @property
    def _contents_title(self) -> str | None:
        for section in self.read.sections:
            if section.line in self._contents and not section.is_document_title:
                return section.title
        lines = (self.lines[line - 1] for line in sorted(self._contents))
        titles = (re.sub(r"<[^>]*>|[*_#:`]", " ", line).strip() for line in lines)
        return next((one for one in titles if announce(one) is Announced.CONTENTS), None)

    # Lines

    def _take(
        self, kept: KeptText, first: int, last: int, name: str, *, is_in_list: bool = False
    ) -> str:
        """Return the text of some lines without what is held elsewhere, and note where it is."""
        dropped = self._held | self._contents | self._emptied_tables | self._left_out
        shown: list[str] = []
        for number, line in enumerate(self.lines[first - 1 : last], first):
            is_dropped = number in dropped or (is_in_list and self._is_furniture(line))
            shown.append("" if is_dropped else line)
            if not is_dropped and line.strip():
                kept.lines[number] = name
        if is_in_list:
            shown = list(_close_tags(shown))
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip("\n")
        return _strip_rules(text)

    def _is_furniture(self, line: str) -> bool:
        """Return whether a line of a section only leads back to the top, or draws a rule."""
        return bool(_ONLY_ANCHOR.match(line) or _RULE.match(line))

    @cached_property
    def _left_out(self) -> set[int]:
        """The lines that only a page has: its navigation, its forms."""
        left = (one for one in walk(self._blocks) if one.kind is BlockKind.LEFT_OUT)
        return {line for one in left for line in range(one.start, one.end + 1)}

    @cached_property
    def _emptied_tables(self) -> set[int]:
        """The lines of tables that are left without a row, and empty rows."""
        found: set[int] = set()
        for block in walk(self._blocks):
            if block.kind is not BlockKind.TABLE:
                continue
            rows = [row for row in block.children if row.kind is BlockKind.ROW and not row.level]
            bare = {row.start for row in rows if not any(_says_something(c) for c in row.cells)}
            if any(row.start in self._held for row in rows):
                found |= bare
                if all(row.start in self._held | bare for row in rows):
                    found |= set(range(block.start, block.end + 1))
        return found

    def _rest_of_heading(self, section: Section) -> str:
        """Return the links and pictures of a heading, which its title has lost."""
        heading = self._headings.get(section.line)
        pieces = heading.pieces if heading is not None else []
        return " ".join(
            _write_piece(piece)
            for piece in pieces
            if piece.image or (piece.url and not piece.url.startswith("#"))
        )

    def _is_description(self, section: Section, text: str) -> bool:
        """Return whether a text is the section's description, which the record holds."""
        described = self.read.descriptions.get(section)
        is_plain = "<" not in text and "![" not in text and _has_only_web_links(text)
        return described is not None and is_plain and _words(text) == _words(described)

    def _without_title(self, header: str) -> str:
        """Return the header without a first line that is the list's title and nothing else."""
        first, _, rest = header.partition("\n")
        title = first.removeprefix("# ").strip()
        if first.startswith("# ") and title == (self.read.title or ""):
            return rest.strip("\n")
        lines = rest.split("\n", 1)
        if first.strip() == self.read.title and re.fullmatch(r"=+\s*", lines[0]):
            return lines[1].strip("\n") if len(lines) > 1 else ""
        return header

    # Anchors

    def _keep_anchors(self, kept: KeptText) -> None:
        """Keep the places that links in the kept text lead to, where their headings are gone."""
        texts = [kept.header, kept.footer, *kept.sections.values()]
        wanted = {url for text in texts for url in re.findall(r"""[("']#([^)"'\s]+)[)"']""", text)}
        anchors = {one.anchor for text in texts for one in KeptBlock(text).headings}
        by_line = {section.line: section for section in self.sections}
        for line, heading in self._headings.items():
            anchor = to_github_anchor(heading.text)
            if anchor not in wanted or anchor in anchors:
                continue
            mark = f'<a id="{anchor}"></a>'
            section = by_line.get(line)
            if section is None:
                kept.header = f"{kept.header}\n\n{mark}".strip()
            elif to_github_anchor(section.title) != anchor:
                kept.sections[section] = f"{mark}\n\n{kept.sections.get(section, '')}".strip()


def _leads_to_places(block: Block) -> bool:
    """Return whether a block is a table of contents: all its links lead to places of the page."""
    pieces = [piece for one in walk([block]) for piece in (*one.pieces, *_cells_of(one))]
    urls = [piece.url for piece in pieces if piece.url is not None]
    words = sum(len(piece.text.split()) for piece in pieces if piece.url is None)
    linked = sum(len(piece.text.split()) for piece in pieces if piece.url is not None)
    is_only_places = all(url.startswith("#") for url in urls)
    return len(urls) >= _FEWEST_ENTRIES and is_only_places and words <= linked + len(urls)


def _cells_of(row: Block) -> Iterator[Piece]:
    for cell in row.cells:
        yield from cell


def _says_something(pieces: Iterable[Piece]) -> bool:
    return any(piece.url or piece.image or re.search(r"\w", piece.text) for piece in pieces)


def _write_piece(piece: Piece) -> str:
    shown = f"![{piece.text}]({piece.image})" if piece.image else piece.text
    return f"[{shown}]({piece.url})" if piece.url and not piece.url.startswith("#") else shown


def _close_tags(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, each run between held ones without frame tags that do not pair in it."""
    run: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            run.append(line)
            continue
        yield from run if _is_balanced(run) else _strip_frames(run)
        run = []
        yield line


def _is_balanced(run: Sequence[str]) -> bool:
    """Return whether every frame tag in some lines is closed in them."""
    depth: dict[str, int] = {}
    for found in _FRAME_TAG.finditer("\n".join(run)):
        if found["void"]:
            continue
        name = found["name"].lower()
        depth[name] = depth.get(name, 0) + (-1 if found["close"] else 1)
        if depth[name] < 0:
            return False
    return not any(depth.values())


def _strip_frames(run: Sequence[str]) -> Iterator[str]:
    for line in run:
        stripped = " ".join(_FRAME_TAG.sub(" ", _HEAD_CELL.sub(" ", line)).split())
        if re.search(r"\w", re.sub(r"<(?!img|a\b)[^>]*>", "", stripped)):
            yield stripped


def _strip_rules(text: str) -> str:
    """Return a text without rules at its ends, which parted it from what is gone."""
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or _RULE.match(lines[-1])):
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines)


def _has_only_web_links(text: str) -> bool:
    return all(url.startswith("http") for url in re.findall(r"\]\(([^)\s]*)", text))


def _words(text: str) -> list[str]:
    bare = re.sub(r"\]\([^)]*\)", " ", text)
    return re.findall(r"[^\W_]+", bare.lower())
