"""How a list takes part in a site: where its pages go, and which pages it may change."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from catalog.site import addresses
from catalog.site.page_frame import has_marks


class Engine(StrEnum):
    """A program that reads mkdocs.yml and builds a site."""

    MKDOCS = "mkdocs"
    """MkDocs 1.x, with Material until 2027-05-05."""
    PROPERDOCS = "properdocs"
    """The continuation of MkDocs 1.x; it runs the same themes and plugins."""
    ZENSICAL = "zensical"
    """The successor of Material; it runs no plugins of MkDocs, but has many of their functions."""


class PageScope(StrEnum):
    """The pages that get the search box, the policy and the preview tags."""

    AUTO = "auto"
    """`site` when the list is the site's home page, `pages` when the home page is another one."""
    SITE = "site"
    """Every page of the site."""
    PAGES = "pages"
    """Only pages that show the list; all other pages stay as the site engine made them."""


class PolicyMode(StrEnum):
    """The Content-Security-Policy of the pages in scope."""

    AUTO = "auto"
    """Allows what the site itself names: scripts, styles, fonts, repository statistics."""
    STRICT = "strict"
    """Allows the site's own files only."""
    OFF = "off"
    """No policy."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site's configuration says about one list in it.

    `path` is the folder of the list's pages below the site's root, "" or with a slash at its end;
    `others` are the paths of the other lists in the same site. A guest is a list in a site whose
    home page is not the list's: pages that do not show the list stay as they are.
    """

    path: str = ""
    others: tuple[str, ...] = ()
    is_guest: bool = False
    policy: PolicyMode = PolicyMode.AUTO
    has_scripts: bool = False
    """Whether the site adds scripts of its own (`extra_javascript`)."""
    has_styles: bool = False
    """Whether the site adds style sheets of its own (`extra_css`)."""
    is_in_site_search: bool = False
    """Whether titles and authors are added to the search of the theme."""
    site_name: str | None = None
    """The name of a guest's site; None when the list's own title is used."""

    def place(self, address: str) -> str:
        """Return where an address of the list is in the site."""
        return self.path + address

    def contains(self, address: str) -> bool:
        """Return whether a page of the site may show this list: it is not below another's path."""
        if address.startswith(self.path) and self.path:
            return True
        return not any(other and address.startswith(other) for other in self.others)

    def to_root(self, address: str) -> str:
        """Return the relative address of the list's home page from a page of the site."""
        if address.startswith(self.path):
            return addresses.to_root(address.removeprefix(self.path))
        return addresses.to_root(address) + self.path


def clean_path(text: str) -> str:
    """Return a mount path in its one form: `reading-list/`, "" for the site's root.

    Raises `ValueError` when it is not a path below the site.
    """
    parts = [part for part in text.strip().strip("/").split("/") if part]
    if any(part in (".", "..") or "\\" in part for part in parts):
        raise ValueError(f"path {text!r} leaves the site; write a folder such as reading-list/")
    return "".join(f"{part}/" for part in parts)


def parse_policy_mode(value: object) -> PolicyMode:
    """Return the mode that a configuration names; YAML reads `off` as False.

    Raises `ValueError` for anything else.
    """
    return PolicyMode.OFF if value is False else PolicyMode(str(value))


def is_a_guest(docs: Path, path: str, scope: PageScope) -> bool:
    """Return whether the list is a guest in a site: the site's home page is not the list's."""
    if scope is not PageScope.AUTO:
        return scope is PageScope.PAGES
    homes = [home for name in _HOMES if (home := docs / name).is_file()]
    return bool(path) or any(not has_marks(home.read_text("utf-8", "replace")) for home in homes)


# With a language for mkdocs-static-i18n: index.en.md.
_HOMES = ("index.md", "README.md", "index.en.md", "index.html")
