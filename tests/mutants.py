"""Change the package in small ways, one at a time, and see whether a test fails: `make mutants`.

mutmut changes nothing in a function with a decorator. So the copy that it works on has none: a
property is made by a call after its function, and what remembers results does not.
"""

import ast
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOOR = 0.85
"""The share of mutants that the tests have to find."""
PROPERTIES = {"property", "cached_property"}
MEMORIES = {"cache", "lru_cache"}


def main() -> int:
    """Print the score of each module and what no test found; return 1 when that is too much."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "list"
        copy_project(folder)
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1"]
        subprocess.run(command, cwd=folder, check=True)
        verdicts = read_verdicts(folder)
        survivors = sorted(name for name, code in verdicts.items() if not is_found(code))
        for name in survivors:
            show(folder, name)
    sys.stdout.write(report(verdicts))
    return 0 if len(survivors) <= (1 - FLOOR) * len(verdicts) else 1


def copy_project(folder: Path) -> None:
    """Copy what git knows or would take, with no decorators in the modules that are changed."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name, follow_symlinks=False)
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for module in configuration["tool"]["mutmut"]["only_mutate"]:
        path = folder / module
        path.write_text(undecorate(path.read_text(encoding="utf-8")), encoding="utf-8")


def undecorate(source: str) -> str:
    """Return a module that does the same without decorators of properties and memories."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda one: one.lineno, reverse=True):
        names = {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
        if not names or not names <= PROPERTIES | MEMORIES:
            continue
        if names <= PROPERTIES:
            line = f"{' ' * node.col_offset}{node.name} = property({node.name})"
            lines.insert(node.end_lineno or 0, line)
        for decorator in node.decorator_list:
            lines[decorator.lineno - 1] = ""
    return "\n".join([*lines, ""])


def read_verdicts(folder: Path) -> dict[str, int | None]:
    """Return what came of each mutant, as the exit code of the tests."""
    verdicts: dict[str, int | None] = {}
    for path in (folder / "mutants" / "catalog").rglob("*.meta"):
        verdicts |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return verdicts


def is_found(code: int | None) -> bool:
    """Tell whether a test failed, or ran on for ever: 0 is a pass, 33 that no test comes there."""
    return code not in (None, 0, 5, 33, 34)


def show(folder: Path, name: str) -> None:
    """Print one mutant as a difference."""
    command = [sys.executable, "-m", "mutmut", "show", name]
    subprocess.run(command, cwd=folder, check=True)


def report(verdicts: dict[str, int | None]) -> str:
    """Return the score of each module as a table of Markdown."""
    modules = sorted({name.split(".")[1] for name in verdicts})
    rows = [("all", list(verdicts.values()))] + [
        (name, [code for key, code in verdicts.items() if key.split(".")[1] == name])
        for name in modules
    ]
    table = ["| module | mutants | found | share |", "|---|---|---|---|"]
    for name, codes in rows:
        found = sum(map(is_found, codes))
        table.append(f"| {name} | {len(codes)} | {found} | {found / len(codes):.3f} |")
    return "\n".join([*table, ""])


if __name__ == "__main__":
    sys.exit(main())
