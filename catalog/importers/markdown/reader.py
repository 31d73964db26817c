"""A list in Markdown, read: its entries in their sections, its forms, the account of its lines."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.importers.markdown.blocks import Block, BlockKind, parse_blocks, walk
from catalog.importers.markdown.candidate_finder import CandidateFinder
from catalog.importers.markdown.candidates import Candidate, CandidateKind
from catalog.importers.markdown.coverage import Account, Fate, Remark, count_lines
from catalog.importers.markdown.descriptions import keep_prose
from catalog.importers.markdown.entries import Entry, take_from_heading
from catalog.importers.markdown.filter import Sieve, has_words, holds_paper_link, leave, mark_venues
from catalog.importers.markdown.formed import FormGroup, read_by_form
from catalog.importers.markdown.inline import view_all
from catalog.importers.markdown.legends import find_legend, find_marked, find_unexplained
from catalog.importers.markdown.lines import LONGEST_LINE, SourceLines, read_lines
from catalog.importers.markdown.notation import parse_form
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.resources import FoundResource, to_resource
from catalog.importers.markdown.sections import BULLET, Announced, Section, SectionStack
from catalog.importers.markdown.source_parts import SourcePart, find_parts


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list holds.

    `counts` are lines by fate; their sum is the number of lines. `files` are Markdown files that
    the list links to: a list that is only an index keeps its entries there.
    """

    file: str
    title: str | None
    description: str | None
    """The first paragraph of prose before any entry."""
    descriptions: Mapping[Section, str]
    """The prose of each section that holds entries."""
    entries: tuple[Entry, ...]
    sections: tuple[Section, ...]
    forms: tuple[FormGroup, ...]
    """The forms that groups of entries have, the commonest first."""
    skipped: tuple[Remark, ...]
    unparsed: tuple[Remark, ...]
    counts: dict[Fate, int]
    fates: tuple[Fate, ...]
    """Where each line went, from the first."""
    repaired: tuple[int, ...]
    files: tuple[str, ...]
    source: SourceLines
    blocks: tuple[Block, ...]
    resources: tuple[FoundResource, ...] = ()
    parts: tuple[SourcePart, ...] = ()

    @property
    def lines(self) -> int:
        """The number of lines of the file."""
        return sum(self.counts.values())

    @property
    def is_index(self) -> bool:
        """Whether the file only leads to others that hold the entries."""
        return len(self.files) >= 2 and len(self.entries) < len(self.files)


def read_markdown(data: bytes, file: str, options: ReadOptions | None = None) -> ReadList:
    """Read a list in Markdown, as its owner says where `options` say so.

    Raises:
        UnreadableInputError: when `data` is not Markdown: binary, an HTML page, another markup.
    """
    _refuse_other_file(data, Path(file))
    source = read_lines(data, file)
    _refuse_other_markup(source)
    return read_blocks(source, parse_blocks(source), options)


def read_blocks(
    source: SourceLines, blocks: list[Block], options: ReadOptions | None = None
) -> ReadList:
    """Read a list of any format from its blocks, whose lines are those of `source`."""
    options = options or ReadOptions()
    given = parse_form(options.form) if options.form else None
    account = Account(source)
    finder = CandidateFinder(account)
    candidates = finder.find(blocks)
    mark_venues(finder.sections.all)
    groups = read_by_form(view_all(candidates), given)
    by_candidate = {id(one.candidate): one for group in groups for one in group.entries}
    read = [by_candidate[id(one)] for one in candidates if id(one) in by_candidate]
    without = [one for one in candidates if id(one) not in by_candidate]
    sieve = Sieve(read, finder.sections.all[0] if finder.sections.all else None, options)
    for candidate in without:
        leave(account, candidate, *_explain_missing_title(candidate, sieve))
    entries = [entry for entry in read if _settle(entry, sieve, account)]
    papers = set(map(id, entries))
    resources = [to_resource(one) for one in read if id(one) not in papers and one.links]
    prose: list[tuple[Section, Block | Candidate]] = [
        *finder.prose,
        *((candidate.section, candidate) for candidate in without),
        *((entry.candidate.section, entry.candidate) for entry in read),
    ]
    descriptions = keep_prose(account, prose, entries)
    account.close()
    title = _name_document(finder.sections, entries)
    legend = find_legend(_texts_outside(blocks, account))
    for entry in entries:
        take_from_heading(entry)
        entry.tags += find_marked(entry.candidate, legend)
        if not entry.tags and (mark := find_unexplained(entry.candidate, legend)):
            entry.doubts["tags"] = f"no legend explains {mark}"
    return ReadList(
        file=source.file,
        title=title,
        description=descriptions.of_list,
        descriptions=descriptions.of_sections,
        entries=tuple(entries),
        sections=tuple(finder.sections.all),
        forms=_keep_papers(groups, papers),
        skipped=tuple(account.skipped),
        unparsed=tuple(account.unparsed),
        counts=count_lines(source, account.fates),
        fates=account.fates,
        repaired=source.repaired,
        files=_find_files(blocks),
        resources=tuple(one for one in resources if one is not None),
        parts=find_parts(blocks, account, [*entries, *filter(None, resources)]),
        source=source,
        blocks=tuple(blocks),
    )


def _texts_outside(blocks: list[Block], account: Account) -> Iterator[str]:
    """Yield the texts of the paragraphs that are not entries."""
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and account.fate_of(block.start) is not Fate.RECORD:
            yield "".join(piece.text for piece in block.pieces)


def _keep_papers(groups: list[FormGroup], papers: set[int]) -> tuple[FormGroup, ...]:
    """Return the groups with the entries that are papers, the largest first."""
    kept = (
        replace(group, entries=tuple(one for one in group.entries if id(one) in papers))
        for group in groups
    )
    return tuple(sorted((one for one in kept if one.entries), key=lambda one: -len(one.entries)))


def _explain_missing_title(candidate: Candidate, sieve: Sieve) -> tuple[Fate, str]:
    announced = sieve.announced(candidate)
    if announced in (Announced.NEWS, Announced.ABOUT):
        return Fate.SKIPPED, announced.value
    has_image = any(piece.image for part in candidate.parts for piece in part.pieces)
    if not (has_words(candidate) or has_image) and holds_paper_link(candidate):
        return Fate.UNPARSED, "a link without a title"
    if candidate.kind is CandidateKind.PARAGRAPH and not has_words(candidate):
        return Fate.SKIPPED, "links without a title"
    return Fate.UNPARSED if holds_paper_link(candidate) else Fate.PROSE, "no title found"


def _settle(entry: Entry, sieve: Sieve, account: Account) -> bool:
    """Put the lines of an entry into the account; say whether it is a paper."""
    refused = sieve.refuse(entry)
    if refused is not None:
        leave(account, entry.candidate, *refused)
        return False
    account.claim(entry.candidate.start, entry.candidate.end, Fate.RECORD)
    return True


_OTHER_MARKUPS = {
    ".org": "Org mode", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc",
    ".tex": "LaTeX", ".ipynb": "a notebook", ".json": "JSON",
    ".yaml": "YAML", ".yml": "YAML", ".csv": "CSV", ".tsv": "TSV", ".xml": "XML", ".pdf": "PDF",
    ".docx": "a Word document", ".textile": "Textile", ".mediawiki": "MediaWiki",
}  # fmt: skip
_WANTED = "which cannot be imported; Markdown, HTML, reStructuredText, BibTeX, RIS and CSL-JSON can"


def _refuse_other_file(data: bytes, path: Path) -> None:
    markup = "PDF" if data.startswith(b"%PDF-") else _OTHER_MARKUPS.get(path.suffix.lower())
    if markup is not None:
        raise UnreadableInputError(path, f"is {markup}, {_WANTED}")


def _refuse_other_markup(source: SourceLines) -> None:
    head = "\n".join(line for line in source.lines[:200] if len(line) <= LONGEST_LINE)
    markup = None
    if re.match(r"\s*(?:<\?xml|<!doctype html|<html\b)", head, re.IGNORECASE):
        markup = "an HTML page"
    if markup is None and looks_like_rst(head):
        markup = "reStructuredText"
    if markup is None and len(re.findall(r"^(?:#\+\w+:|\*+ \[\[)", head, re.MULTILINE)) >= 2:
        markup = "Org mode"
    if markup is not None:
        raise UnreadableInputError(Path(source.file), f"is {markup}, {_WANTED}")


def looks_like_rst(head: str) -> bool:
    """Return whether the beginning of a text is reStructuredText: directives, links in backticks.

    `.. note::` · `` `Things <https://a.example>`_ ``
    """
    return len(_OF_RST.findall(head)) >= _MOST_RST


_OF_RST = re.compile(r"^\.\. [\w-]+::|^`[^`]+`__?$|`[^`\n<>]+<https?://[^`\s<>]+>`_", re.MULTILINE)
"""What only reStructuredText has: `.. image::`, `` `Title <https://…>`_ ``."""
_MOST_RST = 2
"""One such mark may be an example in Markdown."""


def _name_document(sections: SectionStack, entries: list[Entry]) -> str | None:
    """Mark the heading that is the list's title, and return it."""
    if not sections.all:
        return None
    first = sections.all[0]
    level = min(section.level for section in sections.all)
    rivals = [section for section in sections.all if section.level == level]
    has_entries = any(_heading_of(entry.candidate.section) is first for entry in entries)
    if first.level > 1 and has_entries:
        return None
    if (first.level == level and (len(rivals) == 1 or not (has_entries or first.subsections))) or (
        first.level == level == 1 and not has_entries and not _holds(first, entries)
    ):
        first.is_document_title = True
    return first.title if first.is_document_title else None


def _heading_of(section: Section) -> Section:
    """Return the innermost heading above a section, when bullets of a list opened it."""
    while section.level >= BULLET and section.parent is not None:
        section = section.parent
    return section


def _holds(section: Section, entries: list[Entry]) -> bool:
    return any(section in entry.candidate.section.path() for entry in entries)


def _find_files(blocks: list[Block]) -> tuple[str, ...]:
    files = Counter(
        piece.url.split("#")[0]
        for block in walk(blocks)
        for piece in (*block.pieces, *(one for cell in block.cells for one in cell))
        if piece.url and re.search(r"\.md(?:#|$)", piece.url, re.IGNORECASE)
        if not re.search(
            r"contribut|licen[cs]e|code_of_conduct|changelog|readme[_.-]\w\w", piece.url, re.I
        )
    )
    return tuple(files)
