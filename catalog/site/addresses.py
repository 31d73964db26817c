"""Where each page of the site stands, relative to the site's root; folders end in a slash."""

import re
from functools import lru_cache
from urllib.parse import quote

from catalog.text.folding import fold

_GITHUB = re.compile(r"https?://(?:www\.)?github\.com/[^/?#]+/[^/?#]+?(?:\.git)?/?", re.IGNORECASE)
"""A repository on GitHub and no page in it: `https://github.com/example/list.git`."""

HOME, PAPERS, SECTIONS = "", "papers/", "sections/"
AUTHORS, VENUES = "authors/", "venues/"
# A file name has up to 255 bytes; an address that is read and shared has fewer.
_LONGEST_SLUG = 80
# A word in ASCII, or one letter of another script: `wei`, `王`.
_SLUG_PART = re.compile(r"[a-z0-9]+|[^\W_]")


def to_paper(key: str) -> str:
    """Return the address of a paper's page."""
    return f"{PAPERS}{key}/"


def to_section(id_: str) -> str:
    """Return the address of a section's page."""
    return f"{SECTIONS}{id_}/"


def to_author(name: str) -> str:
    """Return the address of the page about everybody of a name."""
    return f"{AUTHORS}{to_slug(name)}/"


def to_venue(name: str) -> str:
    """Return the address of a venue's page."""
    return f"{VENUES}{to_slug(name)}/"


@lru_cache(maxsize=2**16)
def to_slug(text: str) -> str:
    """Return a text as lower-case ASCII words: `Siméoni, J.` gives `simeoni-j`.

    Letters that ASCII cannot show go by their number in Unicode: `李明` gives `u674e-u660e`. A name
    of neither gets a number for each sign. `site_src/assets/catalog/markup.js` does the same.
    """
    parts = _SLUG_PART.findall(fold(text)) or list(text)
    words = (part if part.isascii() and part.isalnum() else f"u{ord(part):x}" for part in parts)
    return "-".join(words)[:_LONGEST_SLUG].rstrip("-")


@lru_cache(maxsize=2**14)
def to_filter(**filters: str | int) -> str:
    """Return the address of the list of papers with filters set: `papers/?year=2024`."""
    return f"{PAPERS}?" + "&".join(
        f"{name}={quote(str(value), safe='.')}" for name, value in filters.items()
    )


def to_file(address: str) -> str:
    """Return the file that a server answers an address with."""
    return f"{address}index.html"


def to_root(address: str) -> str:
    """Return the way from a page back to the root: `../../` from `papers/key/`."""
    return "../" * address.count("/") or "./"


def is_github(url: str | None) -> bool:
    """Return whether an address is that of a repository on GitHub."""
    return url is not None and _GITHUB.fullmatch(url) is not None


def to_new_issue(repository: str, title: str, body: str) -> str:
    """Return the address of GitHub's form for a new issue, with title and text filled in."""
    fields = f"title={quote(title, safe='')}&body={quote(body, safe='')}"
    return f"{trim_repository(repository)}/issues/new?{fields}"


def to_edit(repository: str, file: str) -> str:
    """Return the address where GitHub edits a file of the main branch."""
    return f"{trim_repository(repository)}/edit/main/{quote(file)}"


def to_new_file(repository: str, folder: str) -> str:
    """Return the address where GitHub makes a new file in a folder of the main branch."""
    return f"{trim_repository(repository)}/new/main/{quote(folder)}"


def trim_repository(repository: str) -> str:
    """Return the address of a repository without what may be at its end."""
    return repository.rstrip("/").removesuffix(".git")
