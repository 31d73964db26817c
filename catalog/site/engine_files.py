"""The site as its engine left it: the page frame, and the pages to fill.

A guest's site belongs to somebody else: only pages that mark a part for the list are replaced.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog.errors import EngineError
from catalog.site.page_frame import find_regions
from catalog.site.settings import SiteSettings
from catalog.store.files import LazyFile, OutputFile

FRAME_FOLDER = "_frame"
FRAME_PAGE = f"{FRAME_FOLDER}/page/"
FRAME = f"{FRAME_PAGE}index.html"
"""The frame page, where a site engine puts `_frame/page.md`."""


class SiteFolderError(EngineError):
    """The site engine's folder is not one that papers can be stamped into."""


class EngineFiles:
    """The files that a site engine wrote for one list."""

    def __init__(self, site: Path, settings: SiteSettings, *, is_fresh: bool = True) -> None:
        """`is_fresh` means that nothing but the engine's files is in the folder."""
        self._site = site
        self._settings = settings
        self._is_fresh = is_fresh

    def read_frame(self) -> str:
        """Return the frame page."""
        path = self._site / self._settings.place(FRAME)
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise SiteFolderError(
                f"{self._site} has no {self._settings.place(FRAME)}: the site engine must build "
                f"the page {self._settings.place(FRAME_FOLDER)}/page.md"
            ) from error

    def read_pages(self) -> list[tuple[str, str]]:
        """Read the pages to complete, by address; a guest leaves the others alone."""
        found = []
        for path in sorted(self._site.glob("**/*.html"), key=lambda path: path.as_posix()):
            name = path.relative_to(self._site).as_posix()
            if is_frame(name) or not self._settings.contains(name):
                continue
            html = path.read_text(encoding="utf-8")
            if not self._settings.is_guest or any(find_regions(html)):
                found.append((name.removesuffix("index.html"), html))
        return found

    def read(self, name: str) -> str | None:
        """Return the text of a file, None when the engine wrote none of this name."""
        try:
            return (self._site / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Return whether the engine wrote a file."""
        return (self._site / name).is_file()

    def place(self, outputs: Iterable[OutputFile]) -> Iterator[OutputFile]:
        """Put files of the list where they belong in the site.

        Raises `SiteFolderError` when a file of the site's owner is there already.
        """
        if not self._settings.is_guest and not self._settings.path:
            yield from outputs
            return
        for output in outputs:
            name = self._settings.place(output[0])
            if self._settings.is_guest and self._is_fresh and self.has(name):
                raise SiteFolderError(
                    f"{name} is in the site already, and the list has a file of this name: move "
                    "the list, e.g. `- catalog: {path: reading-list/}` in mkdocs.yml"
                )
            if isinstance(output, LazyFile):
                yield output._replace(name=name)
            elif isinstance(output[1], str):
                yield name, output[1]
            else:
                yield name, output[1]


def is_frame(address: str) -> bool:
    """Return whether an address, or a file's name, is that of a page frame, in any language."""
    return f"/{FRAME_PAGE}" in f"/{address}"
