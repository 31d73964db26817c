"""A complete new list in an empty folder, ready to build: from nothing, or from old files.

`sources` reads the old files, `comparison` lays them beside what they became, `files` renders what
surrounds papers.yaml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.checks.check import CheckResult, check
from catalog.errors import UsageError
from catalog.store.cache_dir import FOLDER as CACHE_FOLDER
from catalog.store.files import WriteResult, write_all, write_text
from catalog.store.list_folder import PAPERS_FILE
from catalog.tasks.build import write_readme
from catalog.tasks.github.issue_form import FORM_FILE
from catalog.tasks.init.before_after import render_comparison
from catalog.tasks.init.old_files import OldFile, make_list_of, read_old_file
from catalog.tasks.init.repository_files import render_layout
from catalog.tasks.init.scaffold import (
    EMPTY_SECTION,
    EMPTY_VENUE,
    Licence,
    find_requirement,
    render_empty,
    render_frame,
    render_pages,
)

__all__ = ["InitResult", "Licence", "init"]

_MOST_NAMED = 5
_MAY_BE_THERE = frozenset([".git", CACHE_FOLDER])
"""A repository without files is as good as an empty folder; a cache may always go."""


@dataclass(frozen=True, slots=True)
class InitResult:
    """A new list: the files written, the check of it, and the old files it was made from.

    `rewritten` counts the addresses that are not written as the old files have them. `note` says
    what is to be known of requirements.txt, if anything.
    """

    written: WriteResult
    checked: CheckResult
    old: tuple[OldFile, ...]
    rewritten: int
    note: str | None


def init(
    folder: Path | str,
    *,
    today: date | None = None,
    sources: Sequence[Path] = (),
    title: str | None = None,
    licence: Licence = Licence.CC0,
) -> InitResult:
    """Write a new list into `folder`, which is empty or not there yet.

    `sources` are Markdown lists, or bibliographies, in any number but of one sort; each stays
    beside the list as NAME.old.md (or .bib, …). Raises `UsageError` when something stands in the
    folder or a source holds no papers, `UnreadableInputError` when one cannot be read.
    """
    folder = Path(folder)
    _refuse_full(folder)
    old = tuple(map(read_old_file, sources))
    made = make_list_of(old, title) if old else None
    requirement = find_requirement()
    shown = made.title if made is not None else title or folder.resolve().name
    rendered = [
        *(
            render_layout(made.first_section, made.first_venue)
            if made is not None
            else render_layout(EMPTY_SECTION, EMPTY_VENUE)
        ),
        *render_frame(shown, licence, requirement, has_old=bool(old)),
        *render_pages(),
    ]
    if made is None:
        rendered.append((PAPERS_FILE, render_empty(shown, licence)))
    else:
        rendered.append((PAPERS_FILE, made.to_yaml(licence)))
        rendered.append(("site_src/old-and-new.md", render_comparison(old, made.drafts)))
    kept = [(file.kept_name, file.data) for file in old]
    written = write_all(folder, [*rendered, *kept])
    checked = check(folder, today=today)
    if checked.catalog is not None:
        # Where the form is there, it is kept up to date with the README.
        write_text(folder / FORM_FILE, "")
        written.files += write_readme(checked.catalog, folder).files
    rewritten = made.rewritten if made is not None else 0
    return InitResult(written, checked, old, rewritten, requirement.note)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    there = [name for name in names if name not in _MAY_BE_THERE]
    if there:
        more = f" and {len(there) - _MOST_NAMED} more" if len(there) > _MOST_NAMED else ""
        named = ", ".join(there[:_MOST_NAMED])
        raise UsageError(f"{folder} is not empty: it has {named}{more}; name another folder")
