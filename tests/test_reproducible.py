"""The same list gives the same bytes, whatever the machine is set to."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from tests.test_rebuild import read_tree

pytestmark = pytest.mark.slow


TEMPLATE = "{% from 'site/items.html.j2' import search_form %}\n<h1>Nothing of {{ total }}</h1>\n"
SOURCES = (".yaml", ".yml", ".md", ".j2")


def build_elsewhere(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build in a process of its own, and return all outputs."""
    run = subprocess.run(
        [sys.executable, "-m", "catalog", "-C", str(folder), "build"],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    tree = read_tree(folder)
    return {name: data for name, data in tree.items() if Path(name).suffix not in SOURCES}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "list"
    write_list(folder, 40)
    papers = folder / "papers.yaml"
    record = "- {key: z, title: İstanbul ŞIK ıi ß Å 論文, year: 2023, sections: [section-0-0]}\n"
    papers.write_text(papers.read_text(encoding="utf-8") + record, encoding="utf-8")
    page = folder / "templates" / "site" / "missing.html.j2"
    page.parent.mkdir(parents=True)
    page.write_text(TEMPLATE)
    (folder / "docs" / "about.md").write_text("# About\n\nTwo\nlines.\n\n- a\n- b\n")
    return folder


@pytest.fixture(scope="module")
def expected(plain: Path) -> dict[str, bytes]:
    return build_elsewhere(
        plain, LC_ALL="C", TZ="UTC", PYTHONHASHSEED="0", SOURCE_DATE_EPOCH="1700000000"
    )


def copy_sources(plain: Path, folder: Path) -> None:
    made = {"site", ".catalog-cache", "README.md", "assets"}
    shutil.copytree(plain, folder, ignore=lambda at, _: made if at == str(plain) else set())


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        (
            "locale, zone, seed and narrow",
            {
                **{"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "tr"},
                **{"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242"},
                **{"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"},
            },
        ),
        (
            "no UTF-8, other zone, no seed and optimised",
            {
                **{"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
                **{"TZ": "America/Anchorage", "PYTHONHASHSEED": "random"},
                **{"PYTHONOPTIMIZE": "1"},
            },
        ),
        ("über mäßig 論文", {}),
    ],
)
def test_settings_of_the_machine_change_no_byte(
    name: str,
    environment: dict[str, str],
    plain: Path,
    expected: dict[str, bytes],
    tmp_path: Path,
) -> None:
    folder = tmp_path / f"a folder of {name}"
    copy_sources(plain, folder)
    built = build_elsewhere(folder, **environment)
    assert built.keys() == expected.keys()
    assert [name for name in built if built[name] != expected[name]] == []


def test_a_checkout_with_the_line_ends_of_windows_changes_no_byte(
    plain: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "windows"
    copy_sources(plain, folder)
    for path in folder.rglob("*"):
        if path.suffix in SOURCES:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    built = build_elsewhere(folder)
    assert built.keys() == expected.keys()
    assert [name for name in built if built[name] != expected[name]] == []
