"""Outputs as the files they become."""

from collections.abc import Iterable

from catalog.store.files import Output, make


def to_files(outputs: Iterable[Output]) -> dict[str, str]:
    """Return the text of each file by its name."""
    return {output[0]: str(make(output)) for output in outputs}
