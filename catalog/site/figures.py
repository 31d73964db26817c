"""Figures of the survey and of papers as pages show them, and the files of those in the list.

A picture in the list's folder becomes a file of the site. A picture elsewhere is linked: loading it
would show its server who reads.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote

from markupsafe import Markup

from catalog.model.catalog import Catalog
from catalog.model.records import Figure
from catalog.render.digests import digest
from catalog.store.files import LazyFile
from catalog.store.symlinks import escapes_folder
from catalog.text.markdown import render_line
from catalog.text.urls import is_url

_FOLDER = "figures"
_SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_MAX_BYTES = 20_000_000
"""A larger picture is a mistake: it would be sent to every reader of the page."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of a page: `path` below the root for a file of the site, else `url`."""

    alt: str
    caption: Markup | None
    path: str | None
    url: str | None


def show_figures(figures: Iterable[Figure], folder: Path) -> list[FigureView]:
    """Return what pages show; a path that leads to no picture in `folder` is left out."""
    # A remote badge that is a link of the paper adds nothing to that link.
    shown = (figure for figure in figures if not (figure.url and is_url(figure.src)))
    return [view for view in (_show(figure, folder) for figure in shown) if view is not None]


def find_figures(catalog: Catalog, folder: Path) -> list[str]:
    """Return the paths below `folder` of the pictures that pages show, sorted."""
    every = [*catalog.survey.figures, *(one for paper in catalog.papers for one in paper.figures)]
    return sorted({name for one in every if (name := _find(one, folder))})


def render_figures(catalog: Catalog, folder: Path) -> Iterator[LazyFile]:
    """Yield the pictures that pages show, each once."""
    for name in find_figures(catalog, folder):
        path = folder / name
        state = path.stat()
        yield LazyFile(
            f"{_FOLDER}/{name}",
            digest(state.st_size, state.st_mtime_ns),
            partial(path.read_bytes),
        )


def _show(figure: Figure, folder: Path) -> FigureView | None:
    caption = render_line(figure.caption) if figure.caption else None
    if is_url(figure.src):
        return FigureView(figure.alt, caption, None, figure.src)
    name = _find(figure, folder)
    return FigureView(figure.alt, caption, f"{_FOLDER}/{quote(name)}", None) if name else None


def _find(figure: Figure, folder: Path) -> str | None:
    """Return the path of a picture below `folder`, None when it is elsewhere or no picture."""
    if "://" in figure.src or "\\" in figure.src:
        return None
    name = PurePosixPath(unquote(figure.src.split("?")[0]))
    path = folder / name
    if name.is_absolute() or ".." in name.parts or name.suffix.lower() not in _SUFFIXES:
        return None
    if not path.is_file() or escapes_folder(path, folder) or path.stat().st_size > _MAX_BYTES:
        return None
    return name.as_posix()
