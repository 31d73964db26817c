"""Lists of papers in a repository besides its README: files and folders that `--from` can name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.importers.files import read_file
from catalog.importers.front_matter import is_paper_page
from catalog.importers.markdown.reader import ReadList
from catalog.importers.several_files import is_a_list_file, read_input

_FEWEST_PAPERS = 5
"""In a file with fewer, links in prose may have been taken for papers."""
_FEWEST_FILES = 3
"""Lists in one folder that are named by the folder."""
_MOST_FILES = 60
"""Files that are read: the search only makes a suggestion, in a second or two."""
_LARGEST = 300_000
"""Bytes of a file that is read, for the same reason."""
_LARGEST_BIBTEX = 20_000_000
"""Entries of BibTeX are counted, not read."""
# `@article{`, but not what only serves other entries.
_BIBTEX_ENTRY = re.compile(rb"^\s*@(?!comment|string|preamble)[a-z]+\s*\{", re.I | re.M)


@dataclass(frozen=True, slots=True)
class OtherList:
    """A file or a folder, as `--from` takes it, and how many papers it has at least."""

    name: str
    papers: int


def find_other_lists(folder: Path, without: str) -> list[OtherList]:
    """Return the lists in `folder` and the folders in it, most papers first.

    `without` is the name of the README. Hidden folders, and large files, are not looked at.
    """
    pages = Counter[str]()
    lists: dict[str, int] = {}
    read = 0
    for path in _find_candidates(folder, without):
        data = _read(path)
        name = path.relative_to(folder).as_posix()
        if is_paper_page(data):
            pages[name.rpartition("/")[0] or "."] += 1
        elif read < _MOST_FILES:
            read += 1
            number = _count(path, data)
            if number >= _FEWEST_PAPERS:
                lists[name] = number
    found = [OtherList(name, number) for name, number in pages.items() if number > 1]
    return sorted([*found, *_by_folder(lists)], key=lambda one: (-one.papers, one.name))


def _by_folder(lists: dict[str, int]) -> Iterator[OtherList]:
    """Yield lists by their folder where several are in it, and all as `.` where folders are."""
    folders = {name.rpartition("/")[0] for name in lists}
    if len(folders) >= _FEWEST_FILES:
        yield OtherList(".", sum(lists.values()))
        return
    for folder in folders:
        inside = {name: n for name, n in lists.items() if name.rpartition("/")[0] == folder}
        if folder and len(inside) >= _FEWEST_FILES:
            yield OtherList(folder, sum(inside.values()))
        else:
            yield from (OtherList(name, number) for name, number in inside.items())


def _find_candidates(folder: Path, without: str) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            inner = sorted(one for one in path.iterdir() if not one.is_symlink())
            yield from (one for one in inner if is_a_list_file(one))
        elif path.name != without and is_a_list_file(path):
            yield path


def _read(path: Path) -> bytes:
    largest = _LARGEST_BIBTEX if path.suffix.lower() == ".bib" else _LARGEST
    return read_input(path) if path.stat().st_size <= largest else b""


def _count(path: Path, data: bytes) -> int:
    if path.suffix.lower() == ".bib":
        return len(_BIBTEX_ENTRY.findall(data))
    try:
        read = read_file(data, path.name)
    except UnreadableInputError:
        return 0
    return len(read.entries) if isinstance(read, ReadList) else len(read.drafts)
