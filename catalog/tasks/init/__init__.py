"""A complete new list, ready to build: from nothing, from old files, or in place in a repository.

`plan` reads everything, `assemble` and `kept_text` decide what becomes of an old README,
`before_after` shows it line by line, `scaffold` renders the files around papers.yaml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from catalog.checks.check import CheckResult, check
from catalog.importers.markdown.options import ReadOptions
from catalog.render.readme import README
from catalog.store.files import WriteResult, write_all, write_text
from catalog.store.list_folder import PAPERS_FILE
from catalog.tasks.build import write_readme
from catalog.tasks.github.issue_form import FORM_FILE, render_issue_form
from catalog.tasks.init.old_files import OldFile
from catalog.tasks.init.plan import InitPlan, plan_init
from catalog.tasks.init.repair import repair
from catalog.tasks.init.scaffold import LICENCES
from catalog.tasks.init.written_files import remember_written

__all__ = ["LICENCES", "InitPlan", "InitResult", "init", "plan_init", "write_init"]

_MOST_REPAIRS = 5
"""Leaving one value out can show that another is wrong, but not permanently."""


@dataclass(frozen=True, slots=True)
class InitResult:
    """A new list: the files written, the check of it, and what it was made from.

    `repaired` counts the values that were left out so that the list builds; `keeps_readme` says
    that README.md is still the old one, until the first build.
    """

    plan: InitPlan
    written: WriteResult
    checked: CheckResult
    repaired: int
    keeps_readme: bool

    @property
    def old(self) -> tuple[OldFile, ...]:
        """The old files that it was made from."""
        return self.plan.old

    @property
    def rewritten(self) -> int:
        """The number of addresses that are not written as the old files have them."""
        return self.plan.papers.rewritten if self.plan.papers is not None else 0

    @property
    def note(self) -> str | None:
        """What the owner should know of requirements.txt, if anything."""
        return self.plan.facts.requirement.note


def init(  # noqa: PLR0913 - one for each option
    folder: Path | str,
    *,
    today: date | None = None,
    sources: Sequence[Path] = (),
    title: str | None = None,
    licence: str | None = None,
    engine: str = "mkdocs",
    columns: Mapping[str, str] | None = None,
    sections: Mapping[str, str] | None = None,
    form: str | None = None,
) -> InitResult:
    """Write a new list into `folder`: an empty one, a new one, or the repository of an old list.

    `sources` are lists, or bibliographies, or folders, in any number but of one kind; in a
    repository it is its README.md where none is given. A copy of each file stays as NAME.old.md (or
    .bib, …). No file that exists is changed. `licence` is an SPDX id; where it is None, it is what
    LICENSE says. `engine` is the site generator. `columns`, `sections` and `form` say how sources
    are read, as for `import_files`. Raises `UsageError` when the folder cannot become a list or a
    source has no papers, `UnreadableInputError` when one cannot be read.
    """
    plan = plan_init(
        Path(folder),
        sources=sources,
        title=title,
        licence=licence,
        engine=engine,
        columns=columns,
        options=ReadOptions.of(sections, form),
    )
    return write_init(plan, today=today)


def write_init(plan: InitPlan, *, today: date | None = None) -> InitResult:
    """Write a planned list. Values that would keep it from being built are left out."""
    folder = plan.folder
    written = write_all(
        folder, [*plan.files, (PAPERS_FILE, plan.to_yaml()), *plan.copies], are_sources=True
    )
    plan, checked, repaired = _check(plan, today)
    keeps_readme = (folder / README).exists()
    has_form = (folder / FORM_FILE).exists()
    if checked.catalog is not None:
        if not has_form:
            write_text(folder / FORM_FILE, render_issue_form(checked.catalog, folder))
            written.files += 1
        if not keeps_readme:
            written.files += write_readme(checked.catalog, folder).files - 1
    remember_written(folder, plan.facts, dict(plan.files))
    return InitResult(plan, written, checked, repaired, keeps_readme)


def _check(plan: InitPlan, today: date | None) -> tuple[InitPlan, CheckResult, int]:
    """Check the list, and leave out what makes it invalid until nothing does."""
    repaired = 0
    checked = check(plan.folder, today=today)
    while checked.catalog is None and plan.papers is not None and repaired < _MOST_REPAIRS:
        mended = repair(plan.papers.made, checked.findings)
        if mended is None:
            break
        plan = replace(plan, papers=replace(plan.papers, made=mended))
        write_text(plan.folder / PAPERS_FILE, plan.to_yaml(), is_source=True)
        repaired += 1
        checked = check(plan.folder, today=today)
    return plan, checked, repaired
