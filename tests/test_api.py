"""The public API: what `__all__` promises, called as a stranger would."""

import subprocess
import sys
from pathlib import Path

import pytest

import catalog

PROMISED = frozenset(
    {
        *("AddResult", "BuildResult", "BusyError", "Catalog", "CatalogError", "Changes"),
        *("CheckResult", "Code", "Draft", "EngineError", "Finding", "ImportResult", "InitResult"),
        *("Insert", "LinkReport", "LoadResult", "LookupResult", "NoNetworkError", "Paper"),
        *("PersonName", "Remove", "Section", "Set", "Severity", "Survey", "TemplateFaultError"),
        *("UnreadableInputError", "UnwritableOutputError", "UsageError", "Venue"),
        *("add", "build", "check", "check_links", "compare", "edit", "export", "import_files"),
        *("init", "load", "look_up", "render_readme"),
    }
)

ROOT = Path(__file__).parents[1]

CALLER = """
import catalog

def count(folder: str) -> int:
    result: catalog.CheckResult = catalog.check(folder)
    papers = result.catalog
    if papers is None or not result.is_ok(strict=True):
        return result.errors
    text: str = catalog.export(papers, "bibtex", section="things")
    return len(text) + len(papers.papers)
"""


def test_the_promised_names_are_the_public_ones() -> None:
    assert set(catalog.__all__) == PROMISED
    assert all(getattr(catalog, name) is not None for name in catalog.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        getattr(catalog, "nothing")  # noqa: B009 - a type checker would refuse the name


def test_importing_the_package_imports_none_of_its_modules() -> None:
    code = "import catalog, sys; print([m for m in sys.modules if m.startswith('catalog.')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_list_is_checked_exported_and_rendered(invented_folder: Path) -> None:
    result = catalog.check(invented_folder)
    assert result.catalog is not None
    assert result.is_ok()
    text = catalog.export(result.catalog, "bibtex")
    assert text.count("\n@") >= len(result.catalog.papers) - 1
    assert catalog.render_readme(result.catalog, invented_folder).startswith("<!--")


def test_an_export_of_something_unknown_is_refused(invented_folder: Path) -> None:
    papers = catalog.check(invented_folder).catalog
    assert papers is not None
    with pytest.raises(catalog.UsageError, match="not an export format"):
        catalog.export(papers, "word")
    with pytest.raises(catalog.UsageError, match="not in the list: nobody"):
        catalog.export(papers, keys=["nobody"])


@pytest.mark.slow
def test_a_caller_passes_strict_type_checking(tmp_path: Path) -> None:
    file = tmp_path / "caller.py"
    file.write_text(CALLER)
    command = [sys.executable, "-m", "mypy", "--strict", str(file)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
