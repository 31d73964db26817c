"""Outputs as the files they become."""

from collections.abc import Iterable

from catalog.store.files import OutputFile, make


def to_files(outputs: Iterable[OutputFile]) -> dict[str, str]:
    """Return the text of each file by its name."""
    return {output[0]: str(make(output)) for output in outputs}
