"""What surrounds papers.yaml in a new list: mkdocs.yml, Makefile, requirements, licence, pages."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from catalog import __version__
from catalog.errors import UsageError
from catalog.render.kept_blocks import HEADER
from catalog.render.templates import find_default, render
from catalog.store.files import TextFile
from catalog.store.format import format_file
from catalog.store.git import find_origin
from catalog.store.list_folder import PAPERS_FILE
from catalog.store.project import find_address
from catalog.store.repository import REQUIREMENTS
from catalog.tasks.init.repository import Repository
from catalog.tasks.init.repository_files import render_layout

EMPTY_SECTION = "papers"
"""The id of the one section of a list that begins empty."""
EMPTY_VENUE = "arXiv"
"""Its one venue."""

_PACKAGE = "paper-catalog"
_RELEASE = f"{_PACKAGE}=={__version__}"
_HINT = (
    "if `pip install -r requirements.txt` fails, replace its line with a source others can "
    f"install from, e.g. `{_PACKAGE} @ git+{find_address('Repository')}@COMMIT`"
)
_FRAME = {
    "mkdocs.yml": "mkdocs.yml.j2",
    "Makefile": "Makefile.j2",
    ".gitignore": "gitignore.j2",
}
LICENCES = ("CC0-1.0", "CC-BY-4.0", "MIT")
"""The licences, by their SPDX ids, whose text a new list can be given."""
# The form of SPDX ids, `CC-BY-4.0`: it goes into pages and file names.
_LICENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")


class Requirement(NamedTuple):
    """A line for pip, and what the owner of the list should know of it."""

    line: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the files around papers.yaml show of the list.

    `section` and `venue` are for examples of an entry; `requirements` is the file that the catalog
    is installed from; `has_old` says that there is a page to compare; `engine` builds the site.
    """

    title: str
    section: str
    venue: str | None
    branch: str
    requirement: Requirement
    requirements: str = REQUIREMENTS
    has_old: bool = False
    engine: str = "mkdocs"


def render_managed(facts: ListFacts) -> Iterator[TextFile]:
    """Yield the files that `init` writes and `upgrade` brings up to date."""
    yield from render_layout(facts.section, facts.venue, facts.branch, facts.requirements)
    for name, template in _FRAME.items():
        yield name, _render(template, facts=facts)
    repository = find_address("Repository")
    yield facts.requirements, _render("requirements.txt.j2", facts=facts, repository=repository)
    yield from render_pages()


def render_licence(id_: str) -> str | None:
    """Return the text of a licence, None when the package has it not."""
    return _render(f"licences/{id_}.j2") if id_ in LICENCES else None


def to_licence(text: str) -> str:
    """Return an SPDX id. Raises `UsageError` when `text` has not the form of one."""
    known = {id_.lower(): id_ for id_ in LICENCES}
    if _LICENCE_ID.fullmatch(text.strip()) is None:
        raise UsageError(f"{text!r} is not an SPDX licence id, such as {', '.join(LICENCES)}")
    return known.get(text.strip().lower(), text.strip())


def render_empty(
    title: str, licence: Mapping[str, str], repository: Repository, has_header: bool = False
) -> str:
    """Return a papers.yaml without papers. `has_header` says that the text of README.md is kept."""
    values = {"licence": licence, "repository": repository, "header": HEADER if has_header else ""}
    text = _render("papers.yaml.j2", title=title, **values)
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
