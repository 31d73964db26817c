"""docs/development.md tells of every room of the package."""

import re
from pathlib import Path

import catalog

ROOMS = Path(catalog.__file__).parent
DOCS = ROOMS.parent / "docs" / "development.md"


def test_every_room_stands_in_the_table_of_rooms() -> None:
    text = DOCS.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", text[text.index("| room |") :], re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    rooms = {
        path.stem
        for path in ROOMS.iterdir()
        if (path.suffix == ".py" and not path.stem.startswith("__"))
        or (path / "__init__.py").is_file()
    }
    assert rooms - told == set()
    assert {name for name in told if name.islower()} - rooms == set()
