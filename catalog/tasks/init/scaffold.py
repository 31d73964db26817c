"""What surrounds papers.yaml in a new list: mkdocs.yml, Makefile, requirements, licence, pages."""

import json
from collections.abc import Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from catalog import __version__
from catalog.render.templates import find_default, render
from catalog.store.files import TextFile
from catalog.store.format import format_file
from catalog.store.git import find_origin
from catalog.store.list_folder import PAPERS_FILE

EMPTY_SECTION = "papers"
"""The id of the one section of a list that begins empty."""
EMPTY_VENUE = "arXiv"
"""Its one venue."""

_PACKAGE = "paper-catalog"
_RELEASE = f"{_PACKAGE}=={__version__}"
_HINT = (
    "where `pip install -r requirements.txt` fails, write into it what all can install from, "
    f"such as `{_PACKAGE} @ git+https://github.com/OWNER/REPOSITORY@COMMIT`"
)
_FRAME = {
    "mkdocs.yml": "mkdocs.yml.j2",
    "Makefile": "Makefile.j2",
    ".gitignore": "gitignore.j2",
    "requirements.txt": "requirements.txt.j2",
}


class Requirement(NamedTuple):
    """A line for pip, and what the owner of the list should know of it."""

    line: str
    note: str | None = None


class Licence(StrEnum):
    """The licence of a new list, by its SPDX id."""

    CC0 = "CC0-1.0"
    """Public domain, as most awesome lists."""
    CC_BY = "CC-BY-4.0"
    """Whoever takes from it names it."""
    MIT = "MIT"
    """As much software."""


def render_frame(
    title: str, licence: Licence, requirement: Requirement, *, has_old: bool
) -> Iterator[TextFile]:
    """Yield the files around papers.yaml; `has_old` says that there is a page to compare."""
    for name, template in _FRAME.items():
        yield name, _render(template, title=title, requirement=requirement, has_old=has_old)
    yield "LICENSE", _render(f"licences/{licence.value}.j2")


def render_empty(title: str, licence: Licence) -> str:
    """Return a papers.yaml without papers."""
    text = _render("papers.yaml.j2", title=title, licence=licence.value)
    return format_file(text.encode("utf-8"), PAPERS_FILE).decode("utf-8")


def render_pages() -> Iterator[TextFile]:
    """Yield the prose pages of the site, for the owner to change."""
    source = find_default("site_src")
    for path in sorted(source.rglob("*.md")):
        name = path.relative_to(source).as_posix()
        if not name.startswith("_"):
            yield f"site_src/{name}", path.read_text(encoding="utf-8")


def find_requirement() -> Requirement:
    """Return what pip installs the catalog that runs from: its release, its commit, its archive.

    What was not installed from an index says so: https://peps.python.org/pep-0610/.
    """
    try:
        told = distribution(_PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        told = json.dumps({"url": Path(__file__).parents[3].as_uri()})
    if not told:
        return Requirement(_RELEASE)
    source = json.loads(told)
    url, commit = source["url"], source.get("vcs_info", {}).get("commit_id")
    if commit:
        return Requirement(f"{_PACKAGE} @ {source['vcs_info']['vcs']}+{url}@{commit}")
    if not url.startswith("file:"):
        return Requirement(f"{_PACKAGE} @ {url}")
    place = Path(url2pathname(urlsplit(url).path))
    found = find_origin(place) if place.is_dir() else None
    if found is None:
        return Requirement(_RELEASE, f"this catalog was installed from {place}; {_HINT}")
    origin, commit = found
    note = f"only this machine has {origin}; {_HINT}" if origin.startswith("file:") else None
    return Requirement(f"{_PACKAGE} @ git+{origin}@{commit}", note)


def _render(template: str, **values: object) -> str:
    # The templates of a list's own folder are not asked: there is no list yet.
    return render(None, f"new_list/{template}", **values)
