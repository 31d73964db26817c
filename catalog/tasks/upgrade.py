"""Bring the files around a list to this version: workflows, Makefile, pages, install script.

A file that is as the package wrote it is replaced; one that its owner changed stays, and the
difference is shown.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from catalog.errors import UsageError
from catalog.model.catalog import Catalog
from catalog.render.templates import find_default
from catalog.store.files import write_all
from catalog.store.git import find_default_branch
from catalog.tasks.init.plan import COMPARISON, find_own_docs, find_theirs
from catalog.tasks.init.repository import DEFAULT_BRANCH
from catalog.tasks.init.scaffold import ListFacts, find_requirement, render_managed
from catalog.tasks.init.written_files import (
    WrittenFiles,
    forget_facts,
    read_written,
    remember_written,
    to_hash,
)

_TEMPLATES = "templates"


class Step(StrEnum):
    """What becomes of a file."""

    CURRENT = "up to date"
    """It is as this version writes it."""
    ADDED = "added"
    """It is new in this version."""
    REPLACED = "replaced"
    """Its owner had not changed it."""
    KEPT = "kept"
    """Its owner changed it, or wrote it: it stays."""
    GONE = "left out"
    """Its owner removed it."""


@dataclass(frozen=True, slots=True)
class UpgradedFile:
    """A file with what becomes of it; `diff` leads from the owner's file to this version's."""

    name: str
    step: Step
    text: str
    diff: str = ""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade does, file by file; `note` is about requirements.txt."""

    facts: ListFacts
    files: tuple[UpgradedFile, ...]
    note: str | None

    @property
    def changes(self) -> bool:
        """Whether there is a file to write."""
        return any(file.step in (Step.ADDED, Step.REPLACED) for file in self.files)


def plan_upgrade(folder: Path, catalog: Catalog) -> Upgrade:
    """Return what an upgrade of the list in `folder` does; nothing is written."""
    written = read_written(folder)
    requirement = find_requirement()
    facts = ListFacts(
        catalog.survey.title,
        catalog.sections[0].id,
        catalog.example_venue,
        find_default_branch(folder) or DEFAULT_BRANCH,
        requirement,
        written.requirements,
        has_old=(folder / COMPARISON).exists(),
    )
    docs = find_own_docs(folder) if "mkdocs.yml" not in _ours(folder, facts, written) else None
    files = [
        _decide(folder, name, text, written, is_known=requirement.note is None)
        for name, text in render_managed(facts)
        if docs in (None, "site_src") or not name.startswith("site_src/")
        if find_theirs(folder, name) in (None, name)
    ]
    return Upgrade(facts, tuple(sorted(files, key=lambda file: file.name)), requirement.note)


def upgrade(folder: Path, planned: Upgrade) -> None:
    """Write what is added and replaced, and remember what is the package's now."""
    new = {
        file.name: file.text
        for file in planned.files
        if file.step in (Step.ADDED, Step.REPLACED, Step.CURRENT)
    }
    write_all(folder, new.items(), are_sources=True)
    # The hash of a kept file stays: if its owner undoes the change, it is the package's again.
    known = read_written(folder).hashes
    kept = {f.name: known[f.name] for f in planned.files if f.name in known and f.name not in new}
    remember_written(folder, planned.facts, new, kept)


def eject(folder: Path, name: str) -> Path:
    """Copy a default template into the list's own folder, where it can be changed.

    `name` is its path, `templates/README.md.j2`. Raises `UsageError` when there is no such
    template, or the list has one of its own.
    """
    bare = name.removeprefix(f"{_TEMPLATES}/")
    source = find_default(_TEMPLATES)
    known = sorted(path.relative_to(source).as_posix() for path in source.rglob("*.j2"))
    if bare not in known:
        close = difflib.get_close_matches(bare, known, 1) or ["README.md.j2"]
        raise UsageError(f"there is no template {name!r}. Did you mean {_TEMPLATES}/{close[0]}?")
    target = folder / _TEMPLATES / bare
    if target.exists():
        raise UsageError(f"{_TEMPLATES}/{bare} exists: it is the list's own already")
    text = (source / bare).read_text(encoding="utf-8")
    write_all(folder, [(f"{_TEMPLATES}/{bare}", text)], are_sources=True)
    return target


def _ours(folder: Path, facts: ListFacts, written: WrittenFiles) -> set[str]:
    """Return the names of the files that are the package's, changed or not."""
    names = {name for name, _ in render_managed(facts)}
    if written.is_known:
        return names & set(written.hashes)
    return {name for name in names if (folder / name).exists()}


def _decide(
    folder: Path, name: str, text: str, written: WrittenFiles, *, is_known: bool
) -> UpgradedFile:
    """Decide on one file. `is_known` says that others can install the catalog from `text`."""
    path = folder / name
    if not path.is_file():
        is_gone = name in written.hashes
        return UpgradedFile(name, Step.GONE if is_gone else Step.ADDED, text)
    now = path.read_text(encoding="utf-8", errors="replace")
    if to_hash(now) == to_hash(text):
        return UpgradedFile(name, Step.CURRENT, text)
    is_same = forget_facts(name, now) == forget_facts(name, text)
    if name == written.requirements and is_same and not is_known:
        return UpgradedFile(name, Step.CURRENT, now)
    if written.is_ours(name, now):
        return UpgradedFile(name, Step.REPLACED, text)
    return UpgradedFile(name, Step.KEPT, text, "".join(_compare(name, now, text)))


def _compare(name: str, now: str, text: str) -> Iterator[str]:
    lines = difflib.unified_diff(
        now.splitlines(keepends=True), text.splitlines(keepends=True), name, f"{name} (new)"
    )
    yield from (line if line.endswith("\n") else f"{line}\n" for line in lines)
