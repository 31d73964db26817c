"""The old files of a list: read, and cut into passages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from catalog.errors import UsageError
from catalog.importers.bibliography import Bibliography
from catalog.importers.bibliography_list import make_list_of_references
from catalog.importers.files import read_file
from catalog.importers.front_matter import read_pages
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.markdown_subset import to_line
from catalog.importers.markdown.new_list import NewList, make_list
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.sections import Announced, announce
from catalog.importers.several_files import are_pages, gather_files, name_files
from catalog.model.draft import Draft
from catalog.model.types import Value
from catalog.render.kept_blocks import HEADER, KeptBlock
from catalog.store.files import TextFile
from catalog.tasks.init.assemble import complete_list
from catalog.tasks.init.kept_text import KeptText, TextKeeper
from catalog.tasks.init.repository import Repository
from catalog.tasks.init.resources import ListedResource

_KEPT = {
    Fate.SECTION: "a heading",
    Fate.PROSE: "kept as a description",
    Fate.MARKUP: "tags and rules, which show nothing",
}
# The line ends of CommonMark, not those of `str.splitlines`, which parts at form feeds too.
_NO_TITLES = (Announced.CONTENTS, Announced.NEWS)
# `# Title`, and what underlines one.
_HEADING_LINE = re.compile(r"^ {0,3}(?:#{1,6}(?:\s|$)|=+\s*$|-+\s*$)")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of an old file: the titles of the entries in them, or why there are none."""

    start: int
    end: int
    titles: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OldFile:
    """An old file with what was read of it."""

    path: Path
    data: bytes
    read: ReadList | Bibliography
    lines: tuple[str, ...] = field(default=())
    name: str = ""
    """Its name, with those of the folders that it is in where a folder is the source."""
    is_folder: bool = False
    """Whether it is a folder of pages, which stays where it is."""

    @property
    def kept_name(self) -> str:
        """The name under which it stays next to the new list: `README.old.md`."""
        path = Path(self.name or self.path.name)
        return f"{path.stem}.old{path.suffix}"

    @property
    def title(self) -> str | None:
        """The title of a list in Markdown, if it has one: not the heading of its contents."""
        title = self.read.title if isinstance(self.read, ReadList) else None
        if title and announce(title) not in _NO_TITLES:
            return to_line(title)
        # In a README whose sections are headings of the first level, too, the first is the title.
        headings = KeptBlock("\n".join(self.lines)).headings
        return (headings[0].text or None) if headings and headings[0].level == 1 else None

    @property
    def prose(self) -> str:
        """The whole text as Markdown; empty when it has no line besides headings."""
        said = [line for line in self.lines if line.strip() and not _HEADING_LINE.match(line)]
        return "\n".join(self.lines).strip("\n") + "\n" if said else ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All lines of the file that say something, in order."""
        return tuple(_cut(self))


@dataclass(frozen=True, slots=True)
class NewPapers:
    """The new list, with the kept blocks of the old README."""

    made: NewList
    kept: tuple[TextFile, ...] = ()
    texts: tuple[KeptText, ...] = ()
    resources: tuple[ListedResource, ...] = ()
    relative: int = 0
    """Relative links that are addresses of the repository now."""

    @property
    def title(self) -> str:
        """The list's title."""
        survey = self.made.head["survey"]
        return str(survey["title"]) if isinstance(survey, dict) else ""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The records."""
        return self.made.drafts

    @property
    def rewritten(self) -> int:
        """The number of addresses that are not written as in the old files."""
        return len(self.made.rewritten)

    @property
    def first_section(self) -> str:
        """The id of a section."""
        sections = self.made.head["sections"]
        first = sections[0] if isinstance(sections, list) and sections else {}
        return str(first["id"]) if isinstance(first, dict) else ""

    @property
    def first_venue(self) -> str | None:
        """The short name of a venue, if there is one."""
        venues = self.made.head.get("venues")
        return next(iter(venues), None) if isinstance(venues, dict) else None

    def to_yaml(self) -> str:
        """Return papers.yaml."""
        return self.made.to_yaml()


def read_old_files(
    sources: Sequence[Path],
    columns: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
) -> tuple[OldFile, ...]:
    """Read lists and bibliographies; of a folder, the lists in it, or its pages as one table.

    Raises `UnreadableInputError` when one is neither or cannot be opened.
    """
    old: list[OldFile] = []
    for path in sources:
        files = gather_files([path])
        if are_pages(files):
            old.append(OldFile(path, b"", read_pages(files, columns or {}), is_folder=True))
            continue
        old += [
            _read_old_file(Path(name), path, data, columns, options) for name, data in files.items()
        ]
    if options is not None:
        lists = [file.read for file in old if isinstance(file.read, ReadList)]
        options.check_headings([section for one in lists for section in one.sections])
    return tuple(old)


def _read_old_file(
    path: Path,
    source: Path,
    data: bytes,
    columns: Mapping[str, str] | None,
    options: ReadOptions | None,
) -> OldFile:
    read = read_file(data, path.name, columns, options)
    inner = path.relative_to(source).parts if source.is_dir() else ()
    name = "-".join(inner) or path.name
    if isinstance(read, ReadList) and read.source.written is not None:
        return OldFile(path, data, read, read.source.lines, name)
    lines = _LINE_END.split(data.decode("utf-8-sig", "replace"))
    return OldFile(path, data, read, tuple(lines), name)


def make_list_of(
    old: Sequence[OldFile],
    title: str | None,
    repository: Repository,
    licences: Mapping[str, str],
    section: str | None = None,
) -> NewPapers:
    """Make one list of old files of one kind. Raises `UsageError` when they have no papers."""
    lists = [file for file in old if isinstance(file.read, ReadList)]
    found = [file.read for file in old if isinstance(file.read, Bibliography)]
    if lists and found:
        raise UsageError("a list is made from Markdown or from bibliographies, not from both")
    if len({file.kept_name for file in old}) < len(old):
        raise UsageError("two of the files have one name")
    if lists:
        papers = _make_list_of_markdown(lists, repository)
    else:
        listed = make_list_of_references(found, title=title or old[0].path.stem, section=section)
        papers = NewPapers(listed.made)
    if not papers.drafts:
        names = ", ".join(file.path.name for file in old)
        raise UsageError(f"{names}: no paper was found; `catalog import` shows why")
    fields: dict[str, Value] = {"title": title} if title is not None else {}
    links = {"repository": repository.url, "website": repository.website}
    if known := {name: url for name, url in links.items() if url}:
        fields["links"] = {**known}
    if licences:
        fields["licence"] = {**licences}
    return replace(papers, made=_describe(papers.made, **fields))


def keep_prose(papers: NewPapers, text: str) -> NewPapers:
    """Return the papers of other files with the text of a README before everything that is kept."""
    files = dict(papers.kept)
    files[HEADER] = "\n\n".join(filter(None, [text.strip("\n"), files.get(HEADER, "")])) + "\n"
    head = dict(papers.made.head)
    settings = dict(found) if isinstance(found := head.get("settings"), dict) else {}
    readme = dict(found) if isinstance(found := settings.get("readme"), dict) else {}
    head["settings"] = {**settings, "readme": {**readme, "header": HEADER}}
    return replace(papers, made=replace(papers.made, head=head), kept=tuple(files.items()))


def _make_list_of_markdown(files: Sequence[OldFile], repository: Repository) -> NewPapers:
    reads = name_files([file.read for file in files if isinstance(file.read, ReadList)])
    keepers = [TextKeeper(file.lines, read) for file, read in zip(files, reads, strict=True)]
    sections = [section for keeper in keepers for section in keeper.sections]
    made = complete_list(make_list(reads, more_sections=sections), keepers, repository)
    listed = tuple(one for keeper in keepers for one in keeper.resources)
    return NewPapers(made.made, made.kept, made.texts, listed, made.relative)


def _describe(made: NewList, **fields: Value) -> NewList:
    """Return a list with fields of its survey set."""
    survey = made.head["survey"]
    known = survey if isinstance(survey, dict) else {}
    return replace(made, head={**made.head, "survey": {**known, **fields}})


def _cut(file: OldFile) -> Iterator[Passage]:
    """Yield the entries and what stands between them, blank lines aside."""
    if file.is_folder:
        return
    remarks = _find_remarks(file)
    done = 0
    for passage in sorted(_find_entries(file), key=lambda one: (one.start, one.end)):
        yield from _cut_between(file, remarks, done + 1, passage.start - 1)
        yield passage
        done = max(done, passage.end)
    yield from _cut_between(file, remarks, done + 1, len(file.lines))


def _find_remarks(file: OldFile) -> dict[int, str]:
    """Return by line why it was left out."""
    if not isinstance(file.read, ReadList):
        return {}
    return {one.line: f"skipped: {one.reason}" for one in file.read.skipped} | {
        one.line: f"not understood: {one.reason}" for one in file.read.unparsed
    }


def _find_entries(file: OldFile) -> Iterator[Passage]:
    if isinstance(file.read, ReadList):
        for entry in file.read.entries:
            start, end = entry.candidate.start, entry.candidate.end
            yield Passage(start, end, (entry.title,))
        return
    titles = {draft.source.line or 0: str(draft.values["title"]) for draft in file.read.drafts}
    reasons = {rejected.line or 0: rejected.reason for rejected in file.read.rejected}
    starts = sorted({*titles, *reasons})
    for start, following in zip(starts, [*starts[1:], len(file.lines) + 1], strict=True):
        shown = (titles[start],) if start in titles else ()
        yield Passage(start, following - 1, shown, reasons.get(start))


def _cut_between(
    file: OldFile, remarks: Mapping[int, str], start: int, end: int
) -> Iterator[Passage]:
    """Yield the text between entries, cut at blank lines and where a reason was noted."""
    starts = (
        line
        for line in range(start + 1, end + 1)
        if line in remarks or (not file.lines[line - 2].strip() and file.lines[line - 1].strip())
    )
    cuts = [start, *starts, end + 1]
    for begin, following in pairwise(cuts):
        if any(line.strip() for line in file.lines[begin - 1 : following - 1]):
            reason = remarks.get(begin) or _explain_kept(file, begin, following)
            yield Passage(begin, following - 1, (), reason)


def _explain_kept(file: OldFile, begin: int, following: int) -> str | None:
    """Return what became of lines that are neither an entry nor left out."""
    if not isinstance(file.read, ReadList):
        return None
    fates = file.read.fates[begin - 1 : following - 1]
    return next((_KEPT[fate] for fate in fates if fate in _KEPT), None)
