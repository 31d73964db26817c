"""Shell examples work when they are pasted into bash, zsh or fish."""

import re
from pathlib import Path

import pytest

from catalog.cli import COMMANDS, run

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in [*ROOT.glob("docs/**/*.md"), *ROOT.glob("site_src/**/*.md"), ROOT / "README.md"]
    if "decisions" not in path.parts
)
# An interactive zsh takes # for a word, and [ ] ? for a pattern that must match a file.
COMMENT = re.compile(r"(?:^|\s)#")
PATTERN = re.compile(r"[\[\]?]")
COMMAND = re.compile(r"\s*(?:catalog|make|git|pip|uv|cd|python3?|pre-commit)\b")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def find_faults(lines: list[str]) -> list[str]:
    bare = [(line, QUOTED.sub("", line)) for line in lines if COMMAND.match(line)]
    return [line for line, text in bare if COMMENT.search(text) or PATTERN.search(text)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_examples_on_pages_need_no_comments_and_no_unquoted_patterns(path: Path) -> None:
    blocks = re.findall(r"^```(?:sh|bash|shell)\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    assert find_faults([line for block in blocks for line in block.splitlines()]) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_the_help_do_not_either(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run([name, "--help"])
    examples = re.findall(r"^\s+(catalog .*)$", capsys.readouterr().out, re.M)
    assert examples
    assert find_faults(examples) == []
