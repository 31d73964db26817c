"""The old files next to what they became: every line with its paper, or why it is none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.model.draft import Draft
from catalog.model.types import Value
from catalog.render.templates import render
from catalog.tasks.init.old_files import NewPapers, OldFile, Passage
from catalog.text.folding import fold, slugify


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as the page shows it: title, and on a second line who, where and when."""

    key: str
    title: str
    told: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """Lines of an old file with the papers that they became."""

    start: int
    text: str
    papers: tuple[PaperView, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class FileView:
    """An old file."""

    name: str
    id: str
    records: int
    left: int
    passages: tuple[PassageView, ...]


def render_comparison(old: Sequence[OldFile], papers: NewPapers) -> str:
    """Return the page of the site that shows old and new side by side."""
    by_title = {fold(str(draft.values["title"])): draft for draft in papers.drafts}
    kept = {
        (file.path, line): f"kept in {name}"
        for file, text in zip(old, papers.texts, strict=False)
        for line, name in text.lines.items()
    }
    kept |= {
        (file.path, line): f"a resource: {one.title}"
        for file in old
        for one in papers.resources
        for line in range(one.start, one.end + 1)
    }
    files = [_to_view(file, by_title, kept) for file in old]
    return render(None, "new_list/old_and_new.html.j2", files=files)


def _to_view(
    file: OldFile, by_title: Mapping[str, Draft], kept: Mapping[tuple[Path, int], str]
) -> FileView:
    passages = tuple(
        PassageView(
            passage.start,
            "\n".join(file.lines[passage.start - 1 : passage.end]).strip("\n"),
            tuple(_find_papers(passage, by_title)),
            _find_reason(file, passage, kept),
        )
        for passage in file.passages
    )
    records = sum(bool(passage.titles) for passage in file.passages)
    return FileView(
        file.path.name,
        slugify(file.path.name) or "file",
        records,
        len(passages) - records,
        passages,
    )


def _find_reason(
    file: OldFile, passage: Passage, kept: Mapping[tuple[Path, int], str]
) -> str | None:
    """Return where lines without a paper are kept, else why they are left out."""
    if passage.titles:
        return passage.reason
    lines = range(passage.start, passage.end + 1)
    return next((kept[file.path, n] for n in lines if (file.path, n) in kept), passage.reason)


def _find_papers(passage: Passage, by_title: Mapping[str, Draft]) -> Iterator[PaperView]:
    for title in passage.titles:
        draft = by_title.get(fold(title))
        if draft is not None:
            yield PaperView(str(draft.values["key"]), str(draft.values["title"]), _tell(draft))


def _tell(draft: Draft) -> str:
    values = draft.values
    authors = values.get("authors")
    names = [_show_name(name) for name in authors] if isinstance(authors, list) else []
    if "more_authors" in values:
        names.append("and others")
    place = " ".join(str(values[name]) for name in ("venue", "year") if name in values)
    return " · ".join(part for part in (", ".join(names), place) if part)


def _show_name(name: Value) -> str:
    if isinstance(name, dict):
        parts = (name.get(part) for part in ("given", "particle", "family", "suffix", "literal"))
        return " ".join(str(part) for part in parts if part)
    return str(name)
