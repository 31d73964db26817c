"""What `init` and `upgrade` wrote, remembered by hash: a file is theirs while its hash is known."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from catalog import __version__
from catalog.store.files import write_text
from catalog.store.repository import REQUIREMENTS
from catalog.tasks.init.scaffold import ListFacts

FILE = ".catalog-files.json"
_VERSION = 1
"""Of the file's form. One of another version is not believed, and every file counts as edited."""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The files by name with their hashes, and what they were rendered with."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    requirements: str = REQUIREMENTS
    is_known: bool = False
    """Whether the list has the record; one made before it was kept has none."""

    def is_ours(self, name: str, text: str) -> bool:
        """Return whether a file is as the package wrote it."""
        if name in self.hashes:
            return self.hashes[name] == to_hash(text)
        return to_hash(forget_facts(name, text)) in _known_hashes().get(name, ())


def to_hash(text: str) -> str:
    """Return the hash of a text; line ends do not count, since git may change them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()


def read_written(folder: Path) -> WrittenFiles:
    """Read the record of a list; without one, or with one that cannot be read, nothing is known."""
    try:
        kept: Any = json.loads((folder / FILE).read_bytes())
        hashes = {str(name): str(hash_) for name, hash_ in kept["files"].items()}
        requirements = str(kept.get("requirements", REQUIREMENTS))
        if kept["version"] != _VERSION or "/" in requirements:
            return WrittenFiles()
        return WrittenFiles(hashes, requirements, True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return WrittenFiles()


def remember_written(
    folder: Path,
    facts: ListFacts,
    files: Mapping[str, str],
    hashes: Mapping[str, str] | None = None,
) -> None:
    """Write the record of files that the package wrote, to be committed with them.

    `hashes` are those of more files, which their owner has changed since.
    """
    found = {name: to_hash(text) for name, text in files.items() if _is_managed(name)}
    found |= hashes or {}
    kept = {
        "version": _VERSION,
        "catalog": __version__,
        "requirements": facts.requirements,
        "files": dict(sorted(found.items())),
    }
    write_text(folder / FILE, json.dumps(kept, indent=1) + "\n", is_source=True)


def _is_managed(name: str) -> bool:
    return not name.startswith("readme/") and name not in ("LICENSE", "site_src/old-and-new.md")


# Lines that show what a list is called, and what it requires: they differ from list to list.
_FACTS = {
    "mkdocs.yml": ("site_name:", "  - Old and new:"),
    "requirements.txt": ("paper-catalog", "# Where pip finds"),
    ".github/CONTRIBUTING.md": ("     sections: [", "     venue: "),
}


_SECTION = re.compile(r"(?<=--section )[a-z0-9-]+(?= --write)")
"""In CONTRIBUTING.md: `catalog add 2401.00000 --section papers --write`."""


def forget_facts(name: str, text: str) -> str:
    """Return a file without the lines that show the list's own facts."""
    starts = _FACTS.get(name, ())
    text = _SECTION.sub("", text)
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    return "".join(line for line in lines if not (starts and line.startswith(starts)))


def _known_hashes() -> Mapping[str, list[str]]:
    """Return by name the hashes of what `init` wrote before it kept a record."""
    path = resources.files("catalog.tasks.init").joinpath("known_files.json")
    known: Any = json.loads(path.read_text("utf-8"))
    return {str(name): list(hashes) for name, hashes in known.items()}
