"""The site's scripts, tested by Node.js: their own tests, and folding held against Python's."""

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from catalog.model.citation_keys import STOP_WORDS
from catalog.model.identifiers import parse_acl, parse_arxiv, parse_doi, parse_openreview
from catalog.model.names import parse_name
from catalog.text.folding import fold

HERE = Path(__file__).parent
SCRIPTS = HERE.parent.parent / "site_src" / "assets" / "catalog"
NODE = shutil.which("node") or shutil.which("nodejs")

pytestmark = pytest.mark.node

DATA = HERE.parent / "data"
ASK_ALL = """
import { readFileSync } from "node:fs";
import { recognize } from "./catalog/identifiers.js";
import { familyOf, makeKey } from "./catalog/keys.js";
const asked = JSON.parse(readFileSync("asked.json", "utf-8"));
console.log(JSON.stringify({
  identifiers: asked.identifiers.map(recognize),
  keys: asked.keys.map(({ family, year, title, taken }) =>
    makeKey(family, year, title, new Set(taken.map((key) => key.toLowerCase())))),
  families: asked.names.map(familyOf),
}));
"""
NAMES = (
    "Jane Doe", "van der Berg, Carla", "Carla van der Berg", "Doe, Jr., Jane", "Jane Doe Jr.",
    "Madonna", "Ludwig van Beethoven", "Jean d’Arc", "de la Cruz", "Ana de la Cruz Ortiz",
    "Doe Jane III", "  Jane   Q.  Doe ", "a, b, c, d", ", Jane", "Jane,", "ÅSA Öberg",
    "Émile du Bois", "x", "'t Hooft, Gerard", "Gerard 't Hooft", "Li Ming", "李明",
)  # fmt: skip
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


def ask_all(scripts: Path, **asked: object) -> Any:  # noqa: ANN401 - what JSON holds
    everything: dict[str, object] = {"identifiers": [], "keys": [], "names": []}
    (scripts / "asked.json").write_text(json.dumps(everything | asked), encoding="utf-8")
    (scripts / "ask-all.js").write_text(ASK_ALL, encoding="utf-8")
    return json.loads(run_node(scripts, "ask-all.js"))


def read_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    assert cases
    return cases


def test_scripts_recognize_the_identifiers_that_python_reads(scripts: Path) -> None:
    parse: dict[str, Callable[[str], str | None]] = {
        "arxiv": parse_arxiv, "doi": parse_doi, "acl": parse_acl,
    }  # fmt: skip
    cases = read_cases("identifiers.json")
    found = ask_all(scripts, identifiers=[case["text"] for case in cases])["identifiers"]
    for case, identifier in zip(cases, found, strict=True):
        expected = case["field"] and {"field": case["field"], "value": case["value"]}
        assert identifier == expected, case["because"]
        read = {field: parse_one(case["text"]) for field, parse_one in parse.items()}
        known = {field: value for field, value in read.items() if value}
        # arXiv's own DOIs are arXiv ids first.
        first = dict(list(known.items())[:1])
        assert first == ({case["field"]: case["value"]} if case["field"] in parse else {})
        if case["field"] == "openreview":
            assert parse_openreview(case["text"]) == case["value"]


def test_scripts_make_the_keys_that_python_makes(scripts: Path) -> None:
    cases = read_cases("keys.json")
    words = [
        {"family": "", "year": "", "title": f"{word} things", "taken": []}
        for word in sorted(STOP_WORDS)
    ]
    keys = ask_all(scripts, keys=cases + words)["keys"]
    assert keys == [case["key"] for case in cases] + ["anonthings"] * len(words)


def test_scripts_split_names_as_python_does(scripts: Path) -> None:
    families = ask_all(scripts, names=[name.strip() for name in NAMES])["families"]
    for name, family in zip(NAMES, families, strict=True):
        try:
            parsed = parse_name(name.strip())
        except PydanticCustomError:
            assert family is None, name
        else:
            words = " ".join(part for part in (parsed.particle, parsed.family) if part)
            assert family == words, name
