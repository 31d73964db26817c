"""Limits have their reason next to them, and long patterns what they find."""

import ast
from collections.abc import Iterator
from pathlib import Path

import catalog

PACKAGE = Path(catalog.__file__).parent
TRIVIAL = 40
"""Characters of a pattern that a reader takes in at a glance: `\\s*,?\\s*`."""
NEARBY = 4
"""Lines that one comment may stand for: a limit and its neighbours."""


def _needs_reason(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return type(value.value) in (int, float)
    if not isinstance(value, ast.Call) or ast.unparse(value.func) != "re.compile":
        return False
    return len(ast.unparse(value.args[0])) > TRIVIAL


def _has_docstring(body: list[ast.stmt], place: int) -> bool:
    below = body[place + 1] if place + 1 < len(body) else None
    return (
        isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    )


def find_without_reason(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of every limit and long pattern that has no reason."""
    lines = source.splitlines()
    body = ast.parse(source).body
    for place, node in enumerate(body):
        if not isinstance(node, ast.Assign) or not _needs_reason(node.value):
            continue
        above = lines[max(0, node.lineno - 1 - NEARBY) : node.end_lineno]
        if not _has_docstring(body, place) and not any("# " in line for line in above):
            yield node.lineno, ast.unparse(node.targets[0])


def test_limits_and_patterns_say_why() -> None:
    missing = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name != "limits.py"  # A table of limits: its docstrings are in the classes.
        for line, name in find_without_reason(path.read_text(encoding="utf-8"))
    ]
    assert not missing, "write the reason, or an example of what matches, below:\n" + "\n".join(
        missing
    )


def test_a_limit_without_a_reason_is_found() -> None:
    pattern = 're.compile(r"' + "[a-z]" * 10 + '")'
    gap = "\n" * (NEARBY + 1)
    source = f'A = 3\n"""Reason."""{gap}B = 4{gap}# Reason.\nC = 5{gap}D = {pattern}\n'
    assert [name for _, name in find_without_reason(source)] == ["B", "D"]
