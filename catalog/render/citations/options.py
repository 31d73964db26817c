"""What a caller chooses about an export besides its papers and its format."""

from dataclasses import dataclass
from enum import StrEnum


class Encoding(StrEnum):
    """How BibTeX writes what is not ASCII."""

    PORTABLE = "portable"
    """LaTeX's accents that every reader knows (`{\\'e}`), all other letters in UTF-8."""
    UTF8 = "utf-8"
    """Every letter as it is: for LuaLaTeX, XeLaTeX, Biber, Pandoc and Typst."""
    ASCII = "ascii"
    """LaTeX's commands for everything that has one: for what cannot read UTF-8."""


class Target(StrEnum):
    """Which style or program BibTeX is written for, where one form cannot serve all."""

    ACL = "acl"
    """ACL's style: the arXiv id in `eprint`."""
    ACM = "acm"
    """ACM's styles: as ACL, without the address of arXiv, which they print as well."""
    APS = "aps"
    """REVTeX: as ACL."""
    ELSEVIER = "elsevier"
    """Elsevier's styles: as ACM."""
    IEEE = "ieee"
    """IEEEtran: the address of arXiv, which it prints."""
    NATURE = "nature"
    """Nature's styles: as ACM."""
    PLAIN = "plain"
    """plain, alpha, abbrv, siam, apalike and others that print neither `eprint` nor `url`."""
    TYPST = "typst"
    """Typst: letters and math in Unicode."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of an export. The default is what the website offers."""

    max_authors: int | None = None
    """More authors are cut, and the entry says that others follow."""
    encoding: Encoding = Encoding.PORTABLE
    target: Target | None = None
    has_abstracts: bool = False
    """Whether BibTeX and BibLaTeX have the abstracts that the list may publish."""
    has_keywords: bool = False
    """Whether BibTeX has the tags as keywords."""
    has_extensions: bool = False
    """Whether BibTeX and BibLaTeX have fields of our own, so that an import gives the same records.

    Files have them, unless they are for one style or program (`target`). Entries that are shown,
    for people to copy, have none.
    """

    @property
    def has_eprint(self) -> bool:
        """Whether an arXiv id is in `eprint`, and not in the text of the reference."""
        return self.target is not Target.PLAIN

    @property
    def has_arxiv_url(self) -> bool:
        """Whether `url` may be the page at arXiv, next to `eprint`."""
        return self.target not in (Target.ACM, Target.ELSEVIER, Target.NATURE, Target.PLAIN)


DEFAULT = Options()
FILE = Options(has_extensions=True)
"""What files have that nobody chose anything for."""
