"""Reading and validating a list: ours, and PyYAML's fastest loader with the same models.

    python -m benchmarks.loading FOLDER ours|peer

Prints seconds of processor time and bytes of peak memory, without what the imports take. Ours knows
where every value stands, or finds it again in its record; the peer does not.
"""

import sys
import time
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import find_memory
from catalog.model.records import Head, Paper
from catalog.store.load import find_papers_files, load


def load_as_peer(folder: Path) -> list[Paper]:
    """Load with CSafeLoader and validate with the models; years come as numbers."""
    head: Any = {}
    records: list[Any] = []
    for path in find_papers_files(folder):
        with path.open("rb") as file:
            data = yaml.load(file, Loader=yaml.CSafeLoader)
        if isinstance(data, dict):
            records += data.pop("papers", [])
            head = data
        else:
            records += data
    Head.model_validate(head, strict=False)
    for record in records:
        # What plain YAML makes of a date and an arXiv id, the models take as text.
        record.update({name: str(value) for name, value in record.items() if name in _AS_TEXT})
    return [Paper.model_validate(record) for record in records]


_AS_TEXT = frozenset(["year", "added"])


def main() -> None:
    """Measure one of the two."""
    folder, which = Path(sys.argv[1]), sys.argv[2]
    before, start = find_memory(), time.process_time()
    papers = load(folder) if which == "ours" else load_as_peer(folder)
    sys.stdout.write(f"{time.process_time() - start} {find_memory() - before}\n")
    del papers


if __name__ == "__main__":
    main()
