"""The README made from an imported list gives the same records again: `make roundtrip FILES='…'`.

What a README shows of a record, and what therefore has to come back, is told in decision 9.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from catalog.checks.check import check
from catalog.importers.markdown.new_list import NewList, make_list
from catalog.importers.markdown.reader import read_markdown
from catalog.tasks.build import write_readme

_NOT_SHOWN = ("month", "tags", "names", "abstract", "type", "volume", "number", "pages")
"""The line of a paper has no place for them; its authors are cut by `_cut_authors`."""


def import_list(data: bytes, file: str) -> NewList:
    """Return the new list that a list in Markdown becomes."""
    return make_list([read_markdown(data, file)])


def import_again(made: NewList, folder: Path) -> NewList:
    """Write `made` into `folder`, make its README there, and import that."""
    (folder / "papers.yaml").write_text(made.to_yaml(), encoding="utf-8")
    checked = check(folder, today=date(2026, 1, 1))
    if checked.catalog is None:
        raise AssertionError("\n".join(map(str, checked.findings)))
    write_readme(checked.catalog, folder)
    return import_list((folder / "README.md").read_bytes(), "README.md")


def differences(made: NewList, again: NewList) -> Iterator[str]:
    """Yield a line for each record, field or section that is not the same in both."""
    for name in ("survey", "sections"):
        yield from _compare(name, _head(made, name), _head(again, name))
    old, new = _shown_records(made), _shown_records(again)
    for key in old.keys() - new.keys():
        yield f"{key}: lost: {old[key]['title']}"
    for key in new.keys() - old.keys():
        yield f"{key}: not there before: {new[key]['title']}"
    for key in old.keys() & new.keys():
        for name in sorted(old[key].keys() | new[key].keys()):
            yield from _compare(f"{key}: {name}", old[key].get(name), new[key].get(name))


def _compare(place: str, old: object, new: object) -> Iterator[str]:
    if old != new:
        yield f"{place}: {old!r} became {new!r}"


def _head(made: NewList, name: str) -> object:
    return made.head.get(name)


def _shown_records(made: NewList) -> dict[str, dict[str, Any]]:
    """Return by key what the line of each record shows."""
    return {str(draft.values["key"]): _cut_authors(draft.values) for draft in made.drafts}


def _cut_authors(values: Mapping[str, Any]) -> dict[str, Any]:
    """A line names two authors at most: of more, the first and that there are others."""
    shown = {name: value for name, value in values.items() if name not in _NOT_SHOWN}
    authors = shown.get("authors", [])
    if len(authors) > 2 or (authors and "more_authors" in shown):
        shown |= {"authors": authors[:1], "more_authors": "true"}
    return shown


def main(files: list[str]) -> int:
    """Print what of each list does not come back; return 1 when there is any."""
    count = 0
    for name in files:
        path = Path(name)
        made = import_list(path.read_bytes(), path.name)
        with tempfile.TemporaryDirectory() as folder:
            again = import_again(made, Path(folder))
        found = sorted(differences(made, again))
        head = f"{name}: {len(made.drafts)} records, {len(found)} differences"
        sys.stdout.write("\n  ".join([head, *found]) + "\n")
        count += len(found)
    return min(count, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
