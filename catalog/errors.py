"""The exceptions raised when work cannot go on.

A fault in the data is a `Finding`, never an exception: see `catalog.model.findings`.
"""

from pathlib import Path


class CatalogError(Exception):
    """Base of every error that ends a command with exit code 2."""


class UnreadableInputError(CatalogError):
    """A file that is needed cannot be read at all."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


class UnwritableOutputError(CatalogError):
    """A file cannot be written: a full disk, no permission, a folder in its place."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: cannot be written: {reason}")
        self.path = path


class BusyError(CatalogError):
    """Another process writes into the list."""

    def __init__(self, folder: Path, owner: str) -> None:
        place = folder.absolute()
        super().__init__(f"{place}: {owner} writes into this list; run this again when it is done")


class UsageError(CatalogError):
    """A command was asked for something that does not exist."""


class TemplateFaultError(CatalogError):
    """A template names a field that does not exist, or is not valid Jinja."""


class EngineError(CatalogError):
    """The site engine did not run, or ended with a failure."""


class NoNetworkError(CatalogError):
    """No host answered at all: that says something about this machine, not about the list."""
