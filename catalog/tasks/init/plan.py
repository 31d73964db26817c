"""What `init` is going to write, before anything is written."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import UsageError
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList
from catalog.model.findings import count_of
from catalog.render.kept_blocks import HEADER
from catalog.render.readme import README
from catalog.site.mkdocs.config import CONFIG_FILE, read_settings
from catalog.store.cache_name import FOLDER as CACHE_FOLDER
from catalog.store.files import TextFile
from catalog.store.git import find_repository_root
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.repository import OTHER_REQUIREMENTS, REQUIREMENTS
from catalog.tasks.init.before_after import render_comparison
from catalog.tasks.init.old_files import (
    NewPapers,
    OldFile,
    keep_prose,
    make_list_of,
    read_old_files,
)
from catalog.tasks.init.other_lists import find_other_lists
from catalog.tasks.init.repository import Repository, find_licences, find_repository
from catalog.tasks.init.repository_files import CONTRIBUTING
from catalog.tasks.init.scaffold import (
    EMPTY_SECTION,
    EMPTY_VENUE,
    ListFacts,
    find_requirement,
    render_empty,
    render_licence,
    render_managed,
    to_licence,
)

COMPARISON_PAGE = "old-and-new.md"
COMPARISON = f"site_src/{COMPARISON_PAGE}"
"""The page that shows what became of each line of the old files."""

# Files that a message names before it counts the rest.
_MOST_NAMED = 5
_MAY_BE_THERE = frozenset([".git", CACHE_FOLDER])
"""A repository without files is as good as an empty folder; a cache may always go."""
_READMES = ("readme.md", "readme.markdown", "readme.mkd", "readme.rst", "readme.rest")
_MANY_PAPERS = 20
"""Papers of a README that is a list without doubt: other files are not searched for lists then."""
_MOST_OTHERS = 4
"""Other lists that a message names."""


@dataclass(frozen=True, slots=True)
class InitPlan:
    """A new list, ready to be written into `folder`.

    `licences` are SPDX ids by what they are for: `data`, `code`. `files` are those to write,
    without papers.yaml; `left` are those of them that exist and stay as they are.
    """

    folder: Path
    repository: Repository
    facts: ListFacts
    licences: Mapping[str, str]
    old: tuple[OldFile, ...]
    papers: NewPapers | None
    files: tuple[TextFile, ...]
    copies: tuple[tuple[str, bytes], ...] = ()
    left: tuple[str, ...] = field(default=())
    is_in_place: bool = False
    prose: OldFile | None = None
    """The README of the repository, when the list is not made from it."""

    def to_yaml(self) -> str:
        """Return papers.yaml."""
        if self.papers is None:
            has_header = any(name == HEADER for name, _ in self.files)
            return render_empty(self.facts.title, self.licences, self.repository, has_header)
        return self.papers.to_yaml()


def plan_init(  # noqa: PLR0913 - one for each option
    folder: Path,
    *,
    sources: Sequence[Path] = (),
    title: str | None = None,
    licence: str | None = None,
    engine: str = "mkdocs",
    section: str | None = None,
    columns: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
) -> InitPlan:
    """Read everything that a new list in `folder` is made from; nothing is written.

    `section`, `columns` and `options` say how the sources are read, as for `import_data`.

    A folder with files is converted in place when a repository begins there, or a list in it is
    named. Raises `UsageError` when the folder cannot become a list or a source has no papers, and
    `UnreadableInputError` when a source cannot be read.
    """
    is_in_place = _is_in_place(folder, sources)
    old, prose = (
        _read_sources(folder, sources, columns, options)
        if is_in_place
        else (read_old_files(sources, columns, options), None)
    )
    repository = find_repository(folder)
    licences = {"data": to_licence(licence)} if licence else find_licences(folder)
    titles = [file.title for file in (*old, *([prose] if prose is not None else []))]
    if title is None and is_in_place and (len(old) <= 1 or not any(titles)):
        title = next(filter(None, titles), None) or _name_folder(folder, repository)
    papers = make_list_of(old, title, repository, licences, section) if old else None
    text = prose.prose if prose is not None else ""
    if papers is not None and text:
        papers = keep_prose(papers, text)
    shown = papers.title if papers is not None else title or _name_folder(folder, repository)
    facts = ListFacts(
        shown,
        papers.first_section if papers is not None else EMPTY_SECTION,
        papers.first_venue if papers is not None else EMPTY_VENUE,
        repository.branch,
        find_requirement(),
        OTHER_REQUIREMENTS if _has_other_requirements(folder) else REQUIREMENTS,
        has_old=bool(old),
        engine=engine,
    )
    docs = find_own_docs(folder)
    files: list[TextFile] = [
        (name, text)
        for name, text in render_managed(facts)
        if docs is None or not name.startswith("site_src/")
    ]
    licence_text = render_licence(licence or "") if licence else None
    if licence_text is not None:
        files.append(("LICENSE", licence_text))
    if papers is None and text:
        files.append((HEADER, text))
    if papers is not None:
        files += papers.kept
        name = COMPARISON if docs is None else f"{docs}/{COMPARISON_PAGE}"
        files.append((name, render_comparison(old, papers)))
    theirs = {name: own for name, _ in files if (own := find_theirs(folder, name)) is not None}
    copies = tuple(_copy(folder, (*old, prose) if prose is not None else old))
    return InitPlan(
        folder,
        repository,
        facts,
        licences,
        old,
        papers,
        tuple((name, text) for name, text in files if name not in theirs),
        tuple((name, data) for name, data in copies if not (folder / name).exists()),
        tuple(sorted(theirs.values())),
        is_in_place,
        prose,
    )


def _copy(folder: Path, files: Sequence[OldFile]) -> Iterator[tuple[str, bytes]]:
    """Yield copies of the files that the list replaces, or that are not in its folder."""
    for file in files:
        is_inside = file.path.resolve().is_relative_to(folder.resolve())
        is_replaced = is_inside and file.path.resolve() == (folder / README).resolve()
        if not file.is_folder and (is_replaced or not is_inside):
            yield file.kept_name, file.data


def find_theirs(folder: Path, name: str) -> str | None:
    """Return the owner's file in whose place `name` would be, None when there is none.

    GitHub shows one CONTRIBUTING, that of .github first, whatever its ending: a new one there would
    hide the owner's.
    """
    if (folder / name).exists():
        return name
    if name != CONTRIBUTING:
        return None
    for place in (folder, folder / "docs", folder / ".github"):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if path.stem.lower() == "contributing" and path.is_file():
                return path.relative_to(folder).as_posix()
    return None


def _is_in_place(folder: Path, sources: Sequence[Path]) -> bool:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder")
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    there = [name for name in names if name not in _MAY_BE_THERE]
    if not there:
        return False
    if PAPERS_FILE in there:
        raise UsageError(
            f"{folder} has a {PAPERS_FILE}: it is a catalog. `catalog upgrade` brings the files "
            "around it to this version"
        )
    root = find_repository_root(folder)
    is_repository = root is not None and root.resolve() == folder.resolve()
    is_named = any(source.resolve().parent == folder.resolve() for source in sources)
    if is_repository or is_named:
        return True
    more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
    named = ", ".join(there[:_MOST_NAMED])
    raise UsageError(
        f"{folder} is not empty: it has {named}{more}. Name a new folder, the clone of a "
        "repository, or the list in this folder with --from"
    )


def find_own_docs(folder: Path) -> str | None:
    """Return the folder of pages of an mkdocs.yml that is there already, None without one."""
    if not (folder / CONFIG_FILE).is_file():
        return None
    docs = str(read_settings(folder / CONFIG_FILE).get("docs_dir", "docs"))
    return docs.strip("/") if not Path(docs).is_absolute() and ".." not in docs else "docs"


def _find_readme(folder: Path) -> Path | None:
    found = {path.name.lower(): path for path in folder.iterdir() if path.is_file()}
    return next((found[name] for name in _READMES if name in found), None)


def _read_sources(
    folder: Path,
    sources: Sequence[Path],
    columns: Mapping[str, str] | None,
    options: ReadOptions | None,
) -> tuple[tuple[OldFile, ...], OldFile | None]:
    """Return the old files of a repository, and its README when it is none of them: prose."""
    own = _find_readme(folder)
    if own is None or _is_source(own, sources):
        return read_old_files(sources, columns, options), None
    if sources:
        (readme,) = read_old_files([own])
        return read_old_files(sources, columns, options), readme
    (readme,) = read_old_files([own], columns, options)
    _refuse_the_lesser_list(folder, readme)
    return ((readme,), None) if _count_papers(readme) else ((), readme)


def _count_papers(file: OldFile) -> int:
    return len(file.read.entries) if isinstance(file.read, ReadList) else 0


def _is_source(path: Path, sources: Sequence[Path]) -> bool:
    """Return whether a file, or a folder that it is in, is named as a source."""
    return any(path.resolve().is_relative_to(source.resolve()) for source in sources)


def _refuse_the_lesser_list(folder: Path, readme: OldFile) -> None:
    """Raise `UsageError` when most papers of a repository are in other files than its README."""
    here = _count_papers(readme)
    if here >= _MANY_PAPERS:
        return
    others = [one for one in find_other_lists(folder, readme.path.name) if one.papers > here]
    if not others:
        return
    shown = [
        f"{'in several folders' if one.name == '.' else one.name} ({one.papers})"
        for one in others[:_MOST_OTHERS]
    ]
    if len(others) > _MOST_OTHERS:
        shown.append(f"{len(others) - _MOST_OTHERS} more")
    alone = f"; `--from {readme.path.name}` takes that file alone" if here else ""
    raise UsageError(
        f"{readme.path.name} has {count_of(here, 'paper') if here else 'no list of papers'}, but "
        f"other files have more: {', '.join(shown)}. Name the lists, e.g. `catalog init --from "
        f"{shlex.quote(others[0].name)}`{alone}"
    )


def _name_folder(folder: Path, repository: Repository) -> str:
    """Return the name of the repository, or of the folder, as words."""
    name = repository.url.rpartition("/")[2] if repository.url else folder.resolve().name
    return name


def _has_other_requirements(folder: Path) -> bool:
    """Return whether requirements.txt is there and does not name the catalog."""
    path = folder / REQUIREMENTS
    return path.is_file() and "paper-catalog" not in path.read_text("utf-8", "replace")
