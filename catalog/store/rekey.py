"""Permanent keys for papers that got a provisional one, because their authors were not known."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UsageError
from catalog.model.citation_keys import KeyRegistry, is_provisional, make_key_of
from catalog.model.draft import to_values
from catalog.model.findings import Severity
from catalog.store.insert import change_files
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.load import LoadResult
from catalog.store.yaml.editor import Edit, Set


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The files with new keys, by name below the list's folder, and the new key of each old one."""

    files: Mapping[str, bytes]
    keys: Mapping[str, str]


def rekey(folder: Path, loaded: LoadResult) -> Rekeyed:
    """Return the list with permanent keys; every old key becomes an alias, so nothing breaks.

    Raises `UsageError` when the list has errors.
    """
    catalog = loaded.catalog
    if catalog is None or any(one.severity is Severity.ERROR for one in loaded.findings):
        raise UsageError(f"{PAPERS_FILE}: no keys are changed before its errors are fixed")
    taken = KeyRegistry.of((*catalog.papers, *catalog.citations))
    changes: defaultdict[str, list[Edit]] = defaultdict(list)
    keys: dict[str, str] = {}
    for paper, origin in zip(catalog.papers, loaded.origins, strict=True):
        if not is_provisional(paper):
            continue
        key = make_key_of(to_values(paper), taken)
        keys[paper.key] = key
        changes[origin.document.file] += [
            Set((*origin.path, "key"), key),
            Set((*origin.path, "aliases"), [*paper.aliases, paper.key]),
        ]
    return Rekeyed(change_files(folder, changes), keys)
