"""Provisional keys become permanent ones once the authors are known."""

from pathlib import Path

import pytest

from catalog.cli import run
from catalog.store.load import load

LIST = """\
survey: {title: Things}
sections: [{id: things, title: Things}]
papers:
  # a comment
  - key: anon2024moving
    title: Moving Things
    authors: [Ada Example]
    year: 2024
    sections: [things]
  - key: anon2023doors
    aliases: [anon2022doors]
    title: Doors at Rest
    authors: ["van der Berg, Carla"]
    year: 2023
    sections: [things]
  - {key: anon2020walls, title: Walls, year: 2020, sections: [things]}
  - {key: anonymoustest, title: Nets, authors: [Ben Anonymous], sections: [things]}
  - {key: mine, title: Boxes, authors: [Ben Sample], sections: [things]}
"""


def test_known_authors_give_the_permanent_key_and_the_old_one_becomes_an_alias(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "papers.yaml").write_text(LIST, "utf-8")

    assert run(["-C", str(tmp_path), "fmt", "--rekey"]) == 0

    catalog = load(tmp_path).catalog
    assert catalog is not None
    assert [(paper.key, paper.aliases) for paper in catalog.papers] == [
        ("example2024moving", ("anon2024moving",)),
        ("vanderberg2023doors", ("anon2022doors", "anon2023doors")),
        ("anon2020walls", ()),
        ("anonymoustest", ()),
        ("mine", ()),
    ]
    assert "2 keys changed" in capsys.readouterr().err
    text = (tmp_path / "papers.yaml").read_text("utf-8")
    assert "# a comment" in text
    assert run(["-C", str(tmp_path), "fmt", "--rekey"]) == 0
    assert (tmp_path / "papers.yaml").read_text("utf-8") == text


def test_keys_stay_while_the_list_has_errors(tmp_path: Path) -> None:
    (tmp_path / "papers.yaml").write_text(LIST.replace("year: 2024", "year: soon"), "utf-8")

    assert run(["-C", str(tmp_path), "fmt", "--rekey"]) == 2
