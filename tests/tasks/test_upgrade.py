"""The files around a list follow the installed version, unless their owner changed them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.errors import UsageError
from catalog.render.templates import make_environment
from catalog.store.load import load
from catalog.tasks.init import init
from catalog.tasks.init.written_files import FILE
from catalog.tasks.upgrade import Step, eject, plan_upgrade, upgrade

BEFORE = Path(__file__).parents[1] / "data/before_upgrade"
"""What `init` wrote before it remembered what it writes."""


def before(folder: Path) -> Path:
    return shutil.copytree(BEFORE, folder / "list")


def steps(folder: Path) -> dict[str, Step]:
    catalog = load(folder).catalog
    assert catalog is not None
    planned = plan_upgrade(folder, catalog)
    return {file.name: file.step for file in planned.files}


def test_a_list_from_before_the_record_is_brought_to_this_version(tmp_path: Path) -> None:
    folder = before(tmp_path)
    assert Step.KEPT not in steps(folder).values()

    assert run(["-C", str(folder), "upgrade"]) == 0

    assert set(steps(folder).values()) == {Step.CURRENT}
    assert run(["-C", str(folder), "upgrade", "--dry-run"]) == 0
    fresh = tmp_path / "fresh"
    init(fresh, today=date(2025, 11, 1), title="Old Things")
    for name, text in json.loads((fresh / FILE).read_text("utf-8"))["files"].items():
        if name != "requirements.txt":
            assert json.loads((folder / FILE).read_text("utf-8"))["files"][name] == text, name


def test_a_file_that_its_owner_changed_stays_and_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = before(tmp_path)
    own = {name: (folder / name).read_text("utf-8") for name in ("mkdocs.yml", "site_src/index.md")}
    for name, text in own.items():
        own[name] = text + "# mine\n"
        (folder / name).write_text(own[name], "utf-8")

    assert run(["-C", str(folder), "upgrade", "--dry-run"]) == 1
    assert not (folder / FILE).exists()
    assert run(["-C", str(folder), "upgrade"]) == 0

    assert {name: (folder / name).read_text("utf-8") for name in own} == own
    shown = capsys.readouterr()
    assert "-# mine" in shown.out
    assert "kept: mkdocs.yml" in shown.err
    assert steps(folder)["mkdocs.yml"] is Step.KEPT


def test_a_file_that_its_owner_removed_stays_away(tmp_path: Path) -> None:
    folder = tmp_path / "list"
    init(folder, today=date(2025, 11, 1))
    (folder / ".github/workflows/watch.yml").unlink()
    catalog = load(folder).catalog
    assert catalog is not None

    upgrade(folder, plan_upgrade(folder, catalog))

    assert not (folder / ".github/workflows/watch.yml").exists()
    assert steps(folder)[".github/workflows/watch.yml"] is Step.GONE


def test_a_default_template_is_copied_once_to_be_changed(tmp_path: Path) -> None:
    folder = tmp_path / "list"
    init(folder, today=date(2025, 11, 1))

    eject(folder, "templates/README.md.j2")
    path = folder / "templates/README.md.j2"
    path.write_text("mine\n", "utf-8")

    make_environment.cache_clear()  # a process of its own reads the folder anew
    assert run(["-C", str(folder), "readme"]) == 0
    assert (folder / "README.md").read_text("utf-8") == "mine\n"
    with pytest.raises(UsageError, match="exists"):
        eject(folder, "README.md.j2")
    with pytest.raises(UsageError, match=r"Did you mean templates/README\.md\.j2"):
        eject(folder, "templates/README.md.j")
