"""The site's scripts, tested by Node.js: their own tests, and folding held against Python's."""

import json
import os
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from catalog.folding import fold

HERE = Path(__file__).parent
SCRIPTS = HERE.parent.parent / "site_src" / "assets" / "catalog"
NODE = shutil.which("node") or shutil.which("nodejs")

pytestmark = pytest.mark.node

FOLD_ALL = """
import { readFileSync } from "node:fs";
import { fold } from "./catalog/fold.js";
const texts = JSON.parse(readFileSync("texts.json", "utf-8"));
console.log(JSON.stringify(texts.map(fold)));
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder with the scripts and their tests, which Node reads as modules."""
    if NODE is None:
        reason = "Node.js is missing: apt-get install nodejs"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    shutil.copytree(SCRIPTS, tmp_path / "catalog", ignore=shutil.ignore_patterns("*.css"))
    for file in HERE.glob("*.js"):
        shutil.copy(file, tmp_path)
    return tmp_path


def run_node(folder: Path, *arguments: str) -> str:
    run = subprocess.run(
        [str(NODE), *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_scripts_pass_their_own_tests(scripts: Path) -> None:
    tests = sorted(path.name for path in scripts.glob("*.test.js"))
    assert tests
    run_node(scripts, "--test", *tests)


def is_old_script(character: str) -> bool:
    """Tell whether Python folds the case of a letter to one that JavaScript does not.

    Cherokee's small letters fold to capitals; nine forms of Old Church Slavonic to plain Cyrillic.
    """
    name = unicodedata.name(character, "")
    return name.startswith("CHEROKEE") or 0x1C80 <= ord(character) <= 0x1C8F


def test_scripts_fold_every_letter_as_python_does(scripts: Path) -> None:
    unassigned = {"Cn", "Co", "Cs"}
    characters = [
        chr(code)
        for code in range(0x20, 0x30000)
        if unicodedata.category(chr(code)) not in unassigned and not is_old_script(chr(code))
    ]
    texts = [f"a{character}b" for character in characters]
    texts += ["Siméoni", "Æsir—Straße", "İstanbul", "ΣΑΣ", "e\u0301\u0345x", "ﬁne²", "日本 語"]
    (scripts / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    (scripts / "fold-all.js").write_text(FOLD_ALL, encoding="utf-8")
    folded = json.loads(run_node(scripts, "fold-all.js"))
    pairs = zip(texts, map(fold, texts), folded, strict=True)
    wrong = [found for found in pairs if found[1] != found[2]]
    assert not wrong, wrong[:5]
