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
    """Which style or program BibTeX is written for; `TARGETS` describes each."""

    ACL = "acl"
    ACM = "acm"
    APS = "aps"
    ELSEVIER = "elsevier"
    IEEE = "ieee"
    NATURE = "nature"
    PLAIN = "plain"
    READER = "reader"
    TYPST = "typst"


TARGETS = {
    Target.ACL: "ACL: the id of a preprint in `eprint`, with a link from `url`",
    Target.ACM: "ACM: the id in `eprint` alone, since these styles print `url` as well",
    Target.APS: "APS and AIP (REVTeX): as `acl`",
    Target.ELSEVIER: "Elsevier: as `acm`",
    Target.IEEE: "IEEE, natbib and LNCS: the address at arXiv in `url`, which they print",
    Target.NATURE: "Nature: as `acm`",
    Target.PLAIN: "every style: the id in the text of the reference, as without `--target`",
    Target.READER: "Zotero, JabRef, Pandoc, pybtex and others that read BibTeX without TeX: "
    "letters and math in Unicode, `eprint` and `url`",
    Target.TYPST: "Typst: as `reader`",
}
"""Which programs and styles a target is for, and what it does."""

_WITH_EPRINT = frozenset(Target) - {Target.PLAIN, Target.IEEE}
"""Targets that read `eprint`."""
_WITH_ARXIV_URL = frozenset([Target.ACL, Target.APS, Target.IEEE, Target.READER, Target.TYPST])
"""Targets that print `url`, or link with it, and do not print `eprint` again."""
_WITHOUT_TEX = frozenset([Target.READER, Target.TYPST])


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
        """Whether the id of a preprint is in `eprint`."""
        return self.target in _WITH_EPRINT

    @property
    def has_arxiv_url(self) -> bool:
        """Whether `url` may be the page at arXiv of a paper whose id is another field."""
        return self.target in _WITH_ARXIV_URL

    @property
    def has_signs(self) -> bool:
        """Whether signs such as `≤` are Unicode in BibTeX, since the file defines them for TeX.

        An entry that is shown, for people to copy, has TeX's own commands, and so has what is
        written for one style or one paper. So has BibLaTeX: it reads definitions too late for
        LuaLaTeX and XeLaTeX, which leave out what the font lacks.
        """
        return self.has_extensions and self.encoding is not Encoding.ASCII

    @property
    def is_without_tex(self) -> bool:
        """Whether the reader shows letters and signs as they are, and no TeX."""
        return self.target in _WITHOUT_TEX


DEFAULT = Options()
FILE = Options(has_extensions=True)
"""What files have that nobody chose anything for."""
