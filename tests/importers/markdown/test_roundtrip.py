"""The README that is made from an imported list is imported to the same records again."""

from pathlib import Path

import pytest

from tests.importers.markdown.roundtrip import differences, import_again, import_list

pytestmark = pytest.mark.slow


LISTS = Path(__file__).parents[2] / "data" / "lists"
NAMES = sorted(path.stem for path in LISTS.glob("*.md") if path.stem != "index")


@pytest.mark.parametrize("name", NAMES)
def test_the_made_readme_gives_the_same_records_again(name: str, tmp_path: Path) -> None:
    made = import_list((LISTS / f"{name}.md").read_bytes(), f"{name}.md")
    assert list(differences(made, import_again(made, tmp_path))) == []


def test_what_does_not_come_back_is_told() -> None:
    text = "# Papers\n\n- Things That Move and Speak. Example, A., Sample, B. ICML {} [[pdf]]({})\n"
    old, new = (
        import_list(text.format(year, f"https://example.org/{year}.pdf").encode(), "list.md")
        for year in (2019, 2020)
    )
    assert sorted(differences(old, new)) == [
        "example2019things: lost: Things That Move and Speak",
        "example2020things: not there before: Things That Move and Speak",
    ]
    other = import_list(text.format(2019, "https://example.org/b.pdf").encode(), "list.md")
    assert list(differences(old, other)) == [
        "example2019things: links: {'pdf': 'https://example.org/2019.pdf'} "
        "became {'pdf': 'https://example.org/b.pdf'}"
    ]
