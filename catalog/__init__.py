"""One validated file of papers in; an awesome-list README, a website and citation exports out.

The names in `__all__` are the public API; everything else is private. They are imported on first
use, so that `import catalog` and each command load only what they need.
"""

from importlib import import_module

TYPE_CHECKING = False
"""As in `typing`, whose import takes a third of what Python takes to start."""

if TYPE_CHECKING:
    from catalog.checks.check import CheckResult, check
    from catalog.checks.compare import Changes, compare
    from catalog.errors import (
        BusyError,
        CatalogError,
        EngineError,
        NoNetworkError,
        TemplateFaultError,
        UnreadableInputError,
        UnwritableOutputError,
        UsageError,
    )
    from catalog.importers.files import ImportResult, import_files
    from catalog.linkcheck.results import LinkReport
    from catalog.linkcheck.run import check_links
    from catalog.lookup import look_up
    from catalog.lookup.result import LookupResult
    from catalog.model.catalog import Catalog
    from catalog.model.draft import Draft
    from catalog.model.findings import Code, Finding, Severity
    from catalog.model.names import PersonName
    from catalog.model.records import Paper, Section, Survey, Venue
    from catalog.render.citations import export
    from catalog.render.readme import render_readme
    from catalog.store.load import LoadResult, load
    from catalog.store.yaml.editor import Insert, Remove, Set, edit
    from catalog.tasks.add import AddResult, add
    from catalog.tasks.build import BuildResult, build
    from catalog.tasks.init import InitResult, init

__version__ = "0.1.0"

__all__ = [
    "AddResult",
    "BuildResult",
    "BusyError",
    "Catalog",
    "CatalogError",
    "Changes",
    "CheckResult",
    "Code",
    "Draft",
    "EngineError",
    "Finding",
    "ImportResult",
    "InitResult",
    "Insert",
    "LinkReport",
    "LoadResult",
    "LookupResult",
    "NoNetworkError",
    "Paper",
    "PersonName",
    "Remove",
    "Section",
    "Set",
    "Severity",
    "Survey",
    "TemplateFaultError",
    "UnreadableInputError",
    "UnwritableOutputError",
    "UsageError",
    "Venue",
    "add",
    "build",
    "check",
    "check_links",
    "compare",
    "edit",
    "export",
    "import_files",
    "init",
    "load",
    "look_up",
    "render_readme",
]

_MODULES = {
    "checks.check": ("CheckResult", "check"),
    "checks.compare": ("Changes", "compare"),
    "errors": (
        "BusyError",
        "CatalogError",
        "EngineError",
        "NoNetworkError",
        "TemplateFaultError",
        "UnreadableInputError",
        "UnwritableOutputError",
        "UsageError",
    ),
    "importers.files": ("ImportResult", "import_files"),
    "linkcheck.results": ("LinkReport",),
    "linkcheck.run": ("check_links",),
    "lookup": ("look_up",),
    "lookup.result": ("LookupResult",),
    "model.catalog": ("Catalog",),
    "model.draft": ("Draft",),
    "model.findings": ("Code", "Finding", "Severity"),
    "model.names": ("PersonName",),
    "model.records": ("Paper", "Section", "Survey", "Venue"),
    "render.citations": ("export",),
    "render.readme": ("render_readme",),
    "store.load": ("LoadResult", "load"),
    "store.yaml.editor": ("Insert", "Remove", "Set", "edit"),
    "tasks.add": ("AddResult", "add"),
    "tasks.build": ("BuildResult", "build"),
    "tasks.init": ("InitResult", "init"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

if not TYPE_CHECKING:  # a type checker must not take every misspelt name for an object

    def __getattr__(name: str) -> object:
        """Import a public name on first use (PEP 562)."""
        if name not in _MODULE_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
