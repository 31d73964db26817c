"""Texts that people read have none of the habits that made them read as translated."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HABITS = {
    "fix, not mend": r"\bmend(?:s|ed|ing)?\b",
    "again or regenerated, not anew": r"\banew\b",
    "permanently, not for ever": r"\bfor ever\b",
    "recently, not so lately": r"\bso lately\b",
    "endless, not without end": r"\bwithout end\b",
    "automatically, not by itself": r"\bby itself\b",
    "next to, not beside": r"\bbeside\b",
    "is not a, not is no": r"(?<!there )\b(?:is|are) no (?!longer|more|one\b)[a-z]",
    "is, not stands": r"\bst(?:ands?|ood) (?:in|as|at|there|where|on|here|alone|before|under)\b",
    "reports or shows, not tells": r"(?<!\.)\btells?\b|(?<!\.)\btold\b",
    "must or will, not shall": r"\bshall\b",
    "everything, not all that": r"\ball that (?:is|are|was|were|has)\b",
    "one per line, not one a line": r"\bone \w+ an? (?:line|row|paper|item|file)\b|\ba line a\b",
    "two sentences, not ?;": r"\?;",
    "needs attention, not wants a look": r"\bwants? a look\b",
    "clone, package or page, not room": r"\brooms?\b",
}
METAPHORS = re.compile(r"(?:Say|Give|Tell|Hold|Mend)s? ")
"""How a docstring does not begin: code does not talk."""
PROSE = ("docs", "site_src", "templates", "README.md", "SECURITY.md", ".github")
"""Decisions and the changelog are history; licences are other people's words."""
SKIPPED = ("docs/decisions/", "templates/new_list/licences/", ".github/workflows/")


def list_prose() -> list[str]:
    command = ["git", "ls-files", *PROSE]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        name
        for name in files.splitlines()
        if name.endswith((".md", ".j2", ".yml")) and not name.startswith(SKIPPED)
    ]


def find_habits(text: str) -> Iterator[str]:
    for advice, pattern in HABITS.items():
        for found in re.finditer(pattern, text, re.IGNORECASE):
            line = text.count("\n", 0, found.start()) + 1
            yield f"line {line}: {found[0]!r}: {advice}"


@pytest.mark.parametrize("name", list_prose())
def test_prose_is_plain_english(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert list(find_habits(text)) == []


def list_messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that are no docstrings: messages, hints and help."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and " " in node.value:
            yield node.lineno, node.value


def list_docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and comments of a module, without the names of its code in them."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, re.sub("`[^`]*`", "``", str(node.value.value))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], re.sub("`[^`]*`", "``", token.string)


def test_docstrings_and_comments_are_plain_english() -> None:
    found = []
    for path in sorted((ROOT / "catalog").rglob("*.py")):
        for line, text in list_docstrings(path):
            habits = list(find_habits(text))
            if start := METAPHORS.match(text):
                habits.append(f"{start[0]!r}: Return, Yield, Print, Set or Check")
            found += [f"{path.relative_to(ROOT)}:{line}: {habit}" for habit in habits]
    assert not found, "\n".join(found)


def test_messages_hints_and_help_are_plain_english() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {habit}"
        for path in sorted((ROOT / "catalog").rglob("*.py"))
        for line, text in list_messages(path)
        for habit in find_habits(text)
    ]
    assert not found, "\n".join(found)
