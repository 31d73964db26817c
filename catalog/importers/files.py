"""Files of any format that is read, as one new list with its account."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from catalog.errors import UnreadableInputError, UsageError
from catalog.importers.bibliography import Bibliography, find_format
from catalog.importers.bibliography_list import make_list_of_references, read_references
from catalog.importers.bibliography_summary import summarise_references, to_reference_json
from catalog.importers.front_matter import find_root, read_pages
from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.new_list import NewList, make_list
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList, looks_like_rst, read_markdown
from catalog.importers.markdown.summary import summarise_import, to_json_shape
from catalog.importers.markup.html import is_html, read_html
from catalog.importers.several_files import are_pages, gather_files, name_files


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A new list, with its report for people and for programs, and why it may be empty."""

    made: NewList
    summary: str
    account: dict[str, object]
    has_faults: bool
    """Something of the files was not understood."""
    emptiness: str
    """Why there is no record, when there is none."""


_OF_MARKDOWN = frozenset(
    [
        *("", ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd", ".txt"),
        *(".rst", ".rest", ".html", ".htm", ".xhtml", ".adoc", ".org"),
    ]
)
"""Endings of files that may be a hand-written list; any other one is never read as Markdown."""


def read_file(
    data: bytes,
    name: str,
    columns: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
) -> ReadList | Bibliography:
    """Read a list in Markdown or a bibliography, by its name or its beginning.

    `columns` names columns of a table by field, `options` are for lists. Raises
    `UnreadableInputError` when it is neither.
    """
    beginning = data[:4096].decode("utf-8", "replace")
    if find_format(name, beginning) is not None:
        return read_references(data, name, columns)
    ending = Path(name).suffix.lower()
    if ending not in _OF_MARKDOWN and not Path(name).name.upper().startswith("README"):
        reason = (
            f"is a {ending} file, which is not read. Import Markdown, HTML, reStructuredText, "
            "BibTeX (.bib), RIS, EndNote (.enw), MEDLINE (.nbib), CSL-JSON, or a table as .csv, "
            ".tsv, .yaml or .json"
        )
        raise UnreadableInputError(Path(name), reason)
    if columns:
        raise UsageError(
            "--map is for tables (CSV, YAML, JSON) and for folders of pages with front matter"
        )
    return read_list(data, name, options)


_HTML = frozenset([".html", ".htm", ".xhtml"])
_RST = frozenset([".rst", ".rest"])


def read_list(data: bytes, name: str, options: ReadOptions | None = None) -> ReadList:
    """Read a hand-written list in Markdown, HTML or reStructuredText, by its name and beginning."""
    ending = Path(name).suffix.lower()
    beginning = data[:4096].decode("utf-8", "replace")
    if ending in _HTML or is_html(beginning.removeprefix("\ufeff")):
        return read_html(data, name, options)
    if ending in _RST or (ending == ".txt" and looks_like_rst(beginning)):
        return _read_rst(data, name, options)
    return read_markdown(data, name, options)


def _read_rst(data: bytes, name: str, options: ReadOptions | None) -> ReadList:
    """Read reStructuredText. Raises `UsageError` with a hint where docutils is missing."""
    try:
        rst = import_module("catalog.importers.markup.rst")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "docutils":
            raise
        raise UsageError(
            f"{name} is reStructuredText, which needs docutils: pip install 'paper-catalog[rst]'"
        ) from error
    read: ReadList = rst.read_rst(data, name, options)
    return read


def import_files(
    *paths: Path | str,
    section: str | None = None,
    columns: Mapping[str, str] | None = None,
    sections: Mapping[str, str] | None = None,
    form: str | None = None,
) -> ImportResult:
    """Read lists or bibliographies from disk and make one new list of them.

    For lists, `sections` says by heading what a section contains: `papers`, `skip` or `prose`.
    `form` is how most entries are written: `title (year), venue, authors [links]`. Raises as
    `import_data` does, and `UnreadableInputError` for a file that cannot be read.
    """
    return import_data(
        gather_files([Path(path) for path in paths]),
        section,
        columns,
        ReadOptions.of(sections, form),
    )


def import_data(
    files: Mapping[str, bytes],
    section: str | None = None,
    columns: Mapping[str, str] | None = None,
    options: ReadOptions | None = None,
    confirm: Callable[[Sequence[ReadList]], None] | None = None,
) -> ImportResult:
    """Make one list of files of one sort, by their names.

    `confirm` is called with hand-written lists before a list is made of them.

    `section` is that of all entries of bibliographies; `columns` names columns of tables by field,
    where the inferred ones are wrong; `options` are for hand-written lists. Raises
    `UnreadableInputError` when a file cannot be read, `UsageError` when lists and bibliographies
    are mixed, or an option does not apply.
    """
    if are_pages(files):
        _refuse_options(options)
        found = {str(find_root(files)): read_pages(files, columns or {})}
        return _import_references(files, found, section)
    read = {name: read_file(data, name, columns, options) for name, data in files.items()}
    found = {name: one for name, one in read.items() if isinstance(one, Bibliography)}
    lists = [one for one in read.values() if isinstance(one, ReadList)]
    if found and lists:
        raise UsageError("lists in Markdown and bibliographies are imported one after the other")
    if found:
        _refuse_options(options)
        return _import_references(files, found, section)
    if section is not None:
        raise UsageError("--section is for bibliographies: a list has its own headings")
    if options is not None:
        options.check_headings([section for one in lists for section in one.sections])
    if confirm is not None:
        confirm(lists)
    return _import_lists(name_files(lists))


def _refuse_options(options: ReadOptions | None) -> None:
    if options is not None and (options.sections or options.form):
        raise UsageError("--section HEADING=USE and --as are for hand-written lists")


def _import_references(
    files: Mapping[str, bytes], found: Mapping[str, Bibliography], section: str | None
) -> ImportResult:
    listed = make_list_of_references(list(found.values()), title="Papers", section=section)
    lines = sum(len(data.splitlines()) for data in files.values())
    return ImportResult(
        listed.made,
        summarise_references(found, listed),
        to_reference_json(found, lines, listed),
        any(rejected.is_fault for one in found.values() for rejected in one.rejected),
        "no entry could be read; see the reasons above",
    )


def _import_lists(lists: list[ReadList]) -> ImportResult:
    made = make_list(lists)
    return ImportResult(
        made,
        summarise_import(lists, made),
        to_json_shape(lists),
        any(one.unparsed for one in lists),
        _explain_nothing(lists[0]),
    )


def _explain_nothing(first: ReadList) -> str:
    """Return why no paper was found, and where the papers are if the file shows it."""
    if first.counts[Fate.BLANK] == first.lines:
        return f"{first.file} is empty"
    if first.is_index:
        named = " ".join(first.files[:10])
        return f"{first.file} is only an index of other files; import those: catalog import {named}"
    return (
        f"{first.file} holds no entry of a paper in a form that is known; "
        "what was skipped, and why, stands above"
    )
