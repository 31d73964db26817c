"""Values that keep a new list from being built: left out, each with a comment that says why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from catalog.importers.markdown.new_list import NewList
from catalog.model.draft import Draft
from catalog.model.findings import Finding, Severity
from catalog.model.types import Value

_NEEDED = ("key", "title", "sections")


def repair(made: NewList, findings: Sequence[Finding]) -> NewList | None:
    """Return the list without the values that are errors; None when nothing could be left out."""
    errors = [one for one in findings if one.severity is Severity.ERROR and one.field]
    by_key: dict[str, list[Finding]] = {}
    for one in errors:
        by_key.setdefault(one.key or "", []).append(one)
    drafts = [_repair_draft(one, by_key.get(str(one.values["key"]), ())) for one in made.drafts]
    head = made.head
    for one in by_key.get("", ()):
        head = cast("dict[str, Value]", _without(head, str(one.field).split(".")))
    if tuple(drafts) == made.drafts and head == made.head:
        return None
    return replace(made, drafts=tuple(drafts), head=head)


def _repair_draft(draft: Draft, findings: Sequence[Finding]) -> Draft:
    values, doubts = dict(draft.values), dict(draft.doubts)
    for finding in findings:
        path = str(finding.field).split(".")
        name = path[0]
        if name in _NEEDED or name not in values:
            continue
        shown = _show(values[name])
        values = cast("dict[str, Value]", _without(values, path))
        doubts[name] = f"left out: {finding.message}" + (f" ({shown})" if shown else "")
    return replace(draft, values=values, doubts=doubts)


def _show(value: Value) -> str:
    return value[:80] if isinstance(value, str) else ""


def _without(value: Value | Mapping[str, Value], path: Sequence[str]) -> Value:
    """Return a value without the part at `path`, and without what is empty then."""
    if isinstance(value, Mapping):
        found = {name: part for name, part in value.items() if name != path[0]}
        if len(path) > 1 and path[0] in value and (inner := _without(value[path[0]], path[1:])):
            found = {name: inner if name == path[0] else part for name, part in value.items()}
        return found
    if isinstance(value, list) and path[0].isdigit() and int(path[0]) < len(value):
        index = int(path[0])
        inner = _without(value[index], path[1:]) if len(path) > 1 else []
        rest = [inner] if inner else []
        return [*value[:index], *rest, *value[index + 1 :]]
    return []
