"""Texts of single papers, made once: for all outputs of a build, and from build to build.

A text is kept under the hash of its paper (`catalog.render.digests`), so an old one is never used
for a changed paper. A text that a build does not use is forgotten.
"""

import marshal
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.digests import digest_papers
from catalog.store.files import write_bytes

Make = Callable[[Sequence[Paper]], Sequence[str]]


class Memo:
    """Remembers texts of papers by their kind, in `folder` too if there is one.

    `program` stands for the code that makes the texts; what another one made is not taken.
    """

    def __init__(self, catalog: Catalog, folder: Path | None = None, program: str = "") -> None:
        self._catalog = catalog
        self._folder = folder
        self.program = program
        """What stands for the code."""
        self._texts: dict[str, dict[str, str]] = {}
        self._kept: dict[str, set[str]] = {}

    def follow(self, catalog: Catalog) -> "Memo":
        """Return the memory for the next state of the list; it is written to no folder."""
        memo = Memo(catalog, program=self.program)
        memo._texts, memo._kept = self._texts, self._kept
        return memo

    @cached_property
    def digests(self) -> dict[str, str]:
        """By citation key, what stands for the paper."""
        return digest_papers(self._catalog)

    def each(self, kind: str, papers: Sequence[Paper], make: Make) -> list[str]:
        """Return the text of each paper: those that are known, the others by one call of `make`.

        `make` must read nothing but each paper and its venue.
        """
        texts = self._texts.get(kind)
        if texts is None:
            texts = self._texts[kind] = self._read(kind)
            self._kept[kind] = set(texts)
        digests = [self.digests[paper.key] for paper in papers]
        if not texts.keys() >= set(digests):
            missing = {
                digest: paper
                for digest, paper in zip(digests, papers, strict=True)
                if digest not in texts
            }
            made = make(list(missing.values()))
            texts.update(zip(missing, made, strict=True))
        return [texts[digest] for digest in digests]

    def save(self) -> None:
        """Keep the texts of this catalog's papers for the next build."""
        if self._folder is None:
            return
        for kind, texts in self._texts.items():
            kept = {digest: texts[digest] for digest in self.digests.values() if digest in texts}
            if kept.keys() == self._kept[kind]:
                continue
            write_bytes(self._folder / kind, marshal.dumps((self.program, kept)))

    def _read(self, kind: str) -> dict[str, str]:
        if self._folder is None:
            return {}
        try:
            # A quarter of the time of JSON. No commit can name the folder of this file.
            program, texts = marshal.loads((self._folder / kind).read_bytes())
        except (OSError, ValueError, EOFError, TypeError):
            return {}
        return dict(texts) if program == self.program else {}
