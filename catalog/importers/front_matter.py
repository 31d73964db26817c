"""Pages with front matter, a paper each, as Hugo, Jekyll and Hexo have them, as one table.

---
title: Lifting Heavy Boxes
authors: [Ada Example, Ben Sample]
---
The text of the page.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from catalog.importers.bibliography import Bibliography, Rejected
from catalog.importers.bibliography.columns import find_field
from catalog.importers.bibliography.tables import FileRow, read_files_as_table
from catalog.model.findings import Code
from catalog.store.yaml import read_yaml

_YAML = re.compile(
    r"---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
"""The head of a page, `---` to `---` or `...`; the text that follows is not in it."""
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""The same of Hugo, `+++` to `+++`."""
_NAME = re.compile(r"^[\"']?([A-Za-z_][\w-]*)[\"']?\s*[:=]", re.MULTILINE)
"""`title:`, `"date" =` at the start of a line of the head."""
_LONGEST_HEAD = 200_000
"""Characters: a paper of thousands of authors still fits, a page that only begins with a rule does
not."""
_LONGEST_NOTE = 500
"""Characters of a page's text that is a note; a longer one is an abstract or an article."""
_FOLDERS = frozenset({"content", "publication", "publications", "papers", "posts", "pages", "docs"})
"""Folders that say nothing about what is in them; those of Jekyll begin with a line."""
_UNPUBLISHED = (("draft", "true"), ("published", "false"))
_SECTION_PAGES = frozenset({"_index", "readme"})


def split_page(data: bytes) -> tuple[str, str] | None:
    """Return the front matter and the text of a page in Markdown; None when it has none."""
    if not data.startswith((b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")):
        return None
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = _YAML.match(text) or _TOML.match(text)
    if found is None or len(found["head"]) > _LONGEST_HEAD:
        return None
    return found["head"], text[found.end() :]


def is_paper_page(data: bytes) -> bool:
    """Return whether a page's front matter has a title and something that only papers have.

    Authors and an abstract are not enough for a page with a list in it: the author of a list.
    """
    parts = split_page(data)
    if parts is None:
        return False
    names = {name.lower() for name in _NAME.findall(parts[0])}
    is_list = len(_LIST_LINE.findall(parts[1])) > _MOST_LIST_LINES
    is_marked = not names.isdisjoint(_OF_PAPERS)
    return "title" in names and (is_marked or (not is_list and not names.isdisjoint(_OF_TEXTS)))


_LIST_LINE = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s.*(?:\]\(|https?://)", re.MULTILINE)
"""A bullet or a numbered line with a link: `- [Data](https://example.org)`."""
_MOST_LIST_LINES = 2
"""Bullets with links in the text of a paper's page: its data, its code."""
_OF_PAPERS = frozenset(
    [
        *("doi", "arxiv", "venue", "publication", "journal", "conference", "booktitle", "paperurl"),
        *("url_pdf", "pdf", "citation", "bibtex", "publication_short", "publication_types"),
    ]
)
_OF_TEXTS = frozenset(["author", "authors", "abstract", "paper", "editors", "autoren", "auteurs"])


def read_pages(files: Mapping[str, bytes], columns: Mapping[str, str]) -> Bibliography:
    """Read pages, a paper each; `columns` are names in the front matter by field.

    A page that cannot be read, is a draft, or only introduces a folder is rejected with a reason.
    """
    rows: list[FileRow] = []
    rejected: list[Rejected] = []
    root = find_root(files)
    for name, data in files.items():
        parts = split_page(data)
        try:
            head = _read_head(parts[0]) if parts else {}
        except ValueError as error:
            rejected.append(Rejected(1, f"{name}: its front matter cannot be read: {error}", ""))
            continue
        title = str(head.get("title") or "")
        reason = _refuse(name, head, data)
        if reason:
            is_fault = parts is None
            rejected.append(Rejected(1, f"{name}: {reason}", title[:80], is_fault=is_fault))
            continue
        rows.append(_to_row(name, parts[0] if parts else "", head, parts[1] if parts else "", root))
    if "note" not in columns and any("note" in one.row for one in rows):
        columns = {"note": "note", **columns}
    rows = list(_unify_names(rows, frozenset(columns.values())))
    found = read_files_as_table(rows, columns)
    found.rejected += rejected
    return found


def _refuse(name: str, head: Mapping[str, Any], data: bytes) -> str:
    if PurePath(name).stem.lower() in _SECTION_PAGES:
        return "a page about its folder"
    if any(str(head.get(key, "")).lower() == value for key, value in _UNPUBLISHED):
        return "a draft, which is not published"
    if not head:
        return "no front matter"
    return "" if is_paper_page(data) else "not the page of a paper; import a list by its own name"


def _unify_names(rows: Iterable[FileRow], kept: frozenset[str]) -> Iterator[FileRow]:
    """Yield the rows with one name for a field, where pages use several: `author`, `authors`.

    `kept` are names that `--map` uses. Relative links, which no record holds, are kept apart.
    """
    first: dict[str, str] = {}
    for one in rows:
        row: dict[str, object] = {}
        for name, value in one.row.items():
            field = find_field(name)
            if field in _LINKS and isinstance(value, str) and value and "://" not in value:
                row[f"{name} (relative)"] = value
                continue
            usual = first.setdefault(field, name) if field and name not in kept else name
            row[name if usual in one.row else usual] = value
        yield one._replace(row=row)


_LINKS = frozenset(
    ["url", "pdf", "code", "project", "data", "model", "demo", "video", "slides", "poster", "blog"]
)


def _read_head(text: str) -> dict[str, Any]:
    """Return front matter in YAML or TOML. Raises `ValueError` when it is neither."""
    if re.match(r"\s*(?:#[^\n]*\n\s*)*[\w\"'-]+\s*=", text):
        return tomllib.loads(text)
    document = read_yaml(text.encode(), "front matter")
    faults = [one for one in document.findings if one.code is not Code.VALUE_EMPTY]
    if faults:
        raise ValueError(f"line {(faults[0].line or 0) + 1}: {faults[0].message}")
    return dict(document.value) if isinstance(document.value, dict) else {}


def _to_row(name: str, source: str, head: Mapping[str, Any], text: str, root: Path) -> FileRow:
    row = dict(head)
    _take_publication(row)
    cited = _CITED.match(str(row.get("citation", "")))
    if cited is not None and not (row.get("authors") or row.get("author")):
        row["authors"] = cited["authors"]
    for link in row.get("links") or () if isinstance(row.get("links"), list) else ():
        # `links: [{name: Code, url: https://…}]`
        if isinstance(link, dict) and "name" in link and "url" in link:
            row.setdefault(str(link["name"]).strip().lower(), link["url"])
    if isinstance(row.get("links"), list) and all(isinstance(one, dict) for one in row["links"]):
        del row["links"]
    bibtex = _BIBTEX.search(text)
    if bibtex is not None:
        row.setdefault("bibtex", bibtex["entry"])
        text = text.replace(bibtex[0], "")
    shown = text.strip()
    if shown:
        is_note = len(shown) <= _LONGEST_NOTE and "\n\n" not in shown and shown[0] not in "#<-*|>{!"
        row.setdefault("note" if is_note else "text", " ".join(shown.split()) if is_note else shown)
    line = next((n for n, one in enumerate(source.split("\n"), 2) if one.startswith("title")), 1)
    return FileRow(name, line, row, _name_group(name, root))


def _take_publication(row: dict[str, Any]) -> None:
    """Part Hugo's `publication` into venue, volume and number: `*The Sphere*, 15(4)`."""
    name, short = row.get("publication"), row.get("publication_short")
    if not isinstance(name, str):
        return
    name = re.sub(r"^\W*In:?\s+", "", re.sub(r"[*_]", "", name)).strip()
    found = _VOLUME.fullmatch(name)
    if found is not None:
        name = found["name"]
        row.setdefault("volume", found["volume"])
        if found["number"]:
            row.setdefault("number", found["number"])
    if short and str(short) not in name:
        row.pop("publication_short")
        name = f"{name} ({re.sub(r'[*_]', '', str(short)).strip()})"
    row["publication"] = name


_VOLUME = re.compile(
    r"(?P<name>[^\d]+?),?\s+(?:vol\.?\s*)?(?P<volume>\d{1,4})(?:\s*\((?P<number>\d{1,4})\))?\.?"
)
"""`Journal of Examples, vol. 12 (3)`, `Examples 12`."""
_CITED = re.compile(r"(?P<authors>[^()<>\"]{3,2000}?)\s*\((?:19|20)\d\d[a-z]?\)")
"""The beginning of a citation: `Example, A., and Sample, B. (2014). …`."""
_BIBTEX = re.compile(r"^```+\s*bib(?:tex)?\s*\n(?P<entry>.*?)^```+", re.DOTALL | re.MULTILINE)
"""A fenced block of a page that holds its entry, its language `bib` or `bibtex`."""


def find_root(names: Iterable[str]) -> Path:
    """Return the innermost folder that all files are in."""
    folders = [Path(name).parent.parts for name in names]
    common = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return Path(*common)


def _name_group(name: str, root: Path) -> str:
    """Return the title of the section that the folder of a page makes; "" when it makes none.

    Hugo keeps each page in a folder of its own: `publication/boxes/index.md`.
    """
    inner = Path(name).parent.relative_to(root).parts
    if Path(name).stem.lower() == "index":
        inner = inner[:-1]
    shown = [part for part in inner if part.lower() not in _FOLDERS and not part.startswith("_")]
    return re.sub(r"[-_]+", " ", shown[0]).strip().capitalize() if shown else ""
