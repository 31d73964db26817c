"""The README that is made from an imported list is imported to the same records again."""

from pathlib import Path
from typing import Any

import pytest

from catalog.cli import run
from catalog.importing.listing import NewList, make_list
from catalog.importing.reading import read_markdown

LISTS = Path(__file__).parents[1] / "data" / "lists"
NAMES = sorted(path.stem for path in LISTS.glob("*.md") if path.stem != "index")


def import_list(data: bytes) -> NewList:
    found = read_markdown(data, "README.md")
    assert not found.unparsed
    return make_list([found])


def show(made: NewList) -> list[dict[str, Any]]:
    """Return of each record what the line of a README shows; it names the first author only."""
    shown = []
    for draft in made.drafts:
        values: dict[str, Any] = dict(draft.values)
        authors = values.get("authors", [])
        values["authors"] = authors[:1]
        values["more_authors"] = len(authors) > 1 or "more_authors" in values
        names = ("title", "venue", "year", "sections", "links", "doi", "arxiv", "openreview", "acl")
        kept = {name: values[name] for name in names if name in values}
        shown.append({**kept, "authors": values["authors"], "more": values["more_authors"]})
    return sorted(shown, key=lambda record: str(record["title"]))


@pytest.mark.parametrize("name", NAMES)
def test_the_made_readme_gives_the_same_records_again(name: str, tmp_path: Path) -> None:
    made = import_list((LISTS / f"{name}.md").read_bytes())
    (tmp_path / "papers.yaml").write_text(made.to_yaml(), encoding="utf-8")
    assert run(["-C", str(tmp_path), "readme"]) == 0
    again = import_list((tmp_path / "README.md").read_bytes())
    assert show(again) == show(made)
    assert again.head["sections"] == made.head["sections"]
