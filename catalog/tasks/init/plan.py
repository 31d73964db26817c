"""What `init` is going to write, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import UsageError
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList
from catalog.site.mkdocs.config import CONFIG_FILE, read_settings
from catalog.store.cache_name import FOLDER as CACHE_FOLDER
from catalog.store.files import TextFile
from catalog.store.git import find_repository_root
from catalog.store.list_folder import PAPERS_FILE
from catalog.tasks.init.before_after import render_comparison
from catalog.tasks.init.old_files import NewPapers, OldFile, make_list_of, read_old_files
from catalog.tasks.init.repository import Repository, find_licences, find_repository
from catalog.tasks.init.repository_files import REQUIREMENTS
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
OTHER_REQUIREMENTS = "requirements-catalog.txt"
"""Where the catalog is required when requirements.txt is for something else."""

# Files that a message names before it counts the rest.
_MOST_NAMED = 5
_MAY_BE_THERE = frozenset([".git", CACHE_FOLDER])
"""A repository without files is as good as an empty folder; a cache may always go."""
_READMES = ("readme.md", "readme.markdown", "readme.mkd")


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

    def to_yaml(self) -> str:
        """Return papers.yaml."""
        if self.papers is None:
            return render_empty(self.facts.title, self.licences, self.repository)
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
    own = _find_readme(folder) if is_in_place and not sources else None
    named = [*sources, *([own] if own is not None else [])]
    old = read_old_files(named, columns, options)
    kept_files = old
    if own is not None and not _has_papers(old[0]):
        old = ()
    repository = find_repository(folder)
    licences = {"data": to_licence(licence)} if licence else find_licences(folder)
    papers = make_list_of(old, title, repository, licences, section) if old else None
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
    text = render_licence(licence or "") if licence else None
    if text is not None:
        files.append(("LICENSE", text))
    if papers is not None:
        files += papers.kept
        name = COMPARISON if docs is None else f"{docs}/{COMPARISON_PAGE}"
        files.append((name, render_comparison(old, papers)))
    left = sorted(name for name, _ in files if (folder / name).exists())
    copies = tuple((file.kept_name, file.data) for file in kept_files if not file.is_folder)
    return InitPlan(
        folder,
        repository,
        facts,
        licences,
        old,
        papers,
        tuple((name, text) for name, text in files if name not in left),
        tuple((name, data) for name, data in copies if not (folder / name).exists()),
        tuple(left),
        is_in_place,
    )


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


def _has_papers(file: OldFile) -> bool:
    return isinstance(file.read, ReadList) and bool(file.read.entries)


def _name_folder(folder: Path, repository: Repository) -> str:
    """Return the name of the repository, or of the folder, as words."""
    name = repository.url.rpartition("/")[2] if repository.url else folder.resolve().name
    return name


def _has_other_requirements(folder: Path) -> bool:
    """Return whether requirements.txt is there and does not name the catalog."""
    path = folder / REQUIREMENTS
    return path.is_file() and "paper-catalog" not in path.read_text("utf-8", "replace")
