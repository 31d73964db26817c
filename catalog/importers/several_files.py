"""Several files, or a folder of them, as one list: which files, in which order, in which sections.

Files that an index links to come in its order; each file is a section named by its title.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from urllib.parse import unquote

from catalog.errors import UnreadableInputError
from catalog.importers.front_matter import is_paper_page, split_page
from catalog.importers.markdown.reader import ReadList
from catalog.importers.markdown.sections import Section

LIST_ENDINGS = frozenset(
    [
        *(".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"),
        *(".rst", ".rest", ".html", ".htm", ".xhtml"),
    ]
)
_BIBLIOGRAPHIES = frozenset(
    [".bib", ".bibtex", ".ris", ".enw", ".nbib", ".ciw", ".csv", ".tsv", ".json"]
)
_PAGES = frozenset([".md", ".markdown", ".mdown", ".mkd"])
# A pipe has no size to look at beforehand, so reading stops here.
_LARGEST = 64 * 1024 * 1024
_LARGEST_FOLDER = 256 * 1024 * 1024
_MOST_FILES = 20_000
"""A larger folder is a home directory or a package cache given by mistake."""
_NOT_LISTS = re.compile(
    r"contribut|licen[cs]e|code[_-]of[_-]conduct|changelog|security|readme[_.-][a-z]{2}(?:[_-][a-z]+)?\.",
    re.IGNORECASE,
)
"""Names of files about a repository, and translations: `CONTRIBUTING.md`, `README_zh.md`."""
_INDEXES = ("readme", "index", "_index")


def is_a_list_file(path: Path) -> bool:
    """Return whether a file can be a list in Markdown or reStructuredText, or a bibliography."""
    endings = _PAGES | {".rst", ".bib", ".ris"}
    is_listed = path.suffix.lower() in endings and not _NOT_LISTS.match(path.name)
    return is_listed and path.is_file()


def read_input(path: Path) -> bytes:
    """Return what a file or a pipe holds.

    Raises `UnreadableInputError` when it cannot be read, or holds more than 64 MiB.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableInputError(path, error.strerror or "cannot be read") from error
    if len(data) > _LARGEST:
        raise UnreadableInputError(path, "is larger than 64 MiB; import it in parts")
    return data


def gather_files(paths: Sequence[Path], shown: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files that are named, and those in folders that are, by their shown names.

    Raises `UnreadableInputError` for a file that cannot be read and a folder without lists.
    """
    found: dict[str, bytes] = {}
    for path, name in zip(paths, shown or [str(path) for path in paths], strict=True):
        if path.is_dir():
            found |= _read_folder(path, name)
        else:
            found[name] = read_input(path)
    return found


def _read_folder(folder: Path, name: str) -> dict[str, bytes]:
    lists = _find_files(folder, LIST_ENDINGS)
    files = {path: read_input(path) for path in lists}
    pages = {path: data for path, data in files.items() if path.suffix.lower() in _PAGES}
    if are_pages({str(path): data for path, data in pages.items()}):
        files = {path: data for path, data in pages.items() if split_page(data)}
    elif files:
        files = _order(folder, files)
    else:
        files = {path: read_input(path) for path in _find_files(folder, _BIBLIOGRAPHIES)}
    if not files:
        raise UnreadableInputError(
            folder,
            "has no list: no file in Markdown, HTML or reStructuredText, and no bibliography",
        )
    if sum(map(len, files.values())) > _LARGEST_FOLDER:
        raise UnreadableInputError(folder, "holds more than 256 MiB of lists; import it in parts")
    return {str(Path(name) / path.relative_to(folder)): data for path, data in files.items()}


def _find_files(folder: Path, endings: frozenset[str]) -> list[Path]:
    """Return the files below a folder by name, without hidden ones and those outside of it."""
    found: list[Path] = []
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if any(part.startswith(".") or part == "node_modules" for part in inner.parts):
            continue
        if path.suffix.lower() not in endings or _NOT_LISTS.match(path.name):
            continue
        if path.is_file() and path.resolve().is_relative_to(root):
            found.append(path)
        if len(found) > _MOST_FILES:
            raise UnreadableInputError(folder, f"has more than {_MOST_FILES:,} files of lists")
    return found


def are_pages(files: Mapping[str, bytes]) -> bool:
    """Return whether files are pages of a paper each, by their front matter: at least two."""
    if len(files) < 2 or any(Path(name).suffix.lower() not in _PAGES for name in files):
        return False
    return sum(map(is_paper_page, files.values())) * 2 > len(files)


def _order(folder: Path, files: Mapping[Path, bytes]) -> dict[Path, bytes]:
    """Return files in the order in which the folder's index links to them; the rest by name."""
    index = _find_index(folder, files)
    if index is None:
        return dict(files)
    text = unquote(files[index].decode("utf-8", "replace"))

    def place(path: Path) -> tuple[float, str]:
        if path == index:
            return -1, ""
        name = path.relative_to(folder).as_posix()
        bare = re.search(rf"^\s*{re.escape(name.rpartition('.')[0])}\s*$", text, re.MULTILINE)
        at = text.find(name)
        return (at if at >= 0 else bare.start() if bare else inf), name

    return {path: files[path] for path in sorted(files, key=place)}


def _find_index(folder: Path, files: Mapping[Path, bytes]) -> Path | None:
    top = {path.stem.lower(): path for path in files if path.parent == folder}
    return next((top[name] for name in _INDEXES if name in top), None)


def name_files(lists: Sequence[ReadList]) -> list[ReadList]:
    """Return lists of which each file is a section with the file's title, but for the index."""
    if len(lists) < 2:
        return list(lists)
    index = next((one for one in lists if _is_index(one, lists)), None)
    named = []
    for one in lists:
        own = _show_title(one) if one is not index else None
        described = own is not None and one.description is not None and own not in one.descriptions
        more = {own: one.description} if own is not None and described and one.description else {}
        named.append(
            replace(
                one,
                title=one.title if one is index else None,
                description=one.description if one is index or not more else None,
                descriptions={**one.descriptions, **more},
            )
        )
    return named


def _is_index(one: ReadList, lists: Sequence[ReadList]) -> bool:
    """Return whether a file leads to the others: it links to one of them."""
    names = {Path(other.file).name for other in lists if other is not one}
    linked = {Path(unquote(str(part.url)).partition("#")[0]).name for part in one.parts if part.url}
    is_named = Path(one.file).stem.lower() in _INDEXES
    return is_named or len(names & linked) * 2 > len(names)


def _show_title(one: ReadList) -> Section | None:
    """Make the title of a file, or else its name, the section around its sections."""
    titles = [section for section in one.sections if section.is_document_title]
    for section in titles:
        section.is_document_title = False
    if titles:
        return titles[0]
    roots = {section.path()[0] for section in one.sections}
    roots |= {entry.candidate.section.path()[0] for entry in one.entries}
    words = re.sub(r"[-_]+", " ", Path(one.file).stem).strip()
    for root in roots:
        if not root.title and root.level == 0:
            root.title = words[:1].upper() + words[1:]
    return None
