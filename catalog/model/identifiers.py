"""DOI, arXiv, OpenReview and ACL Anthology identifiers: their form, their addresses, their table.

A new identifier is a row of `IDENTIFIERS`, a field of `Paper`, and a module of `catalog.lookup`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from catalog.model.findings import Code

# Crossref's recommended pattern, https://www.crossref.org/blog/dois-and-matching-regular-expressions/,
# without its case folding, open to the older suffixes with <, >, # and [] and to registrant codes
# with parts (DOI Handbook, 2.2.2: 10.1000.10/123).
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f]+")
# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007, and the older form.
_ARXIV_NEW = re.compile(r"([0-9]{2}(?:0[1-9]|1[0-2]))\.([0-9]{4,5})")
# From August 1991 to March 2007: `hep-th/9711200`, `math.GT/0309136`.
_ARXIV_OLD = re.compile(
    r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3}"
)
# Ten characters in nearly all cases: `Bkg6RiCqY7`. Nothing is documented, so a few more and fewer.
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{8,16}")
# https://aclanthology.org/info/ids/: N19-1423 until 2019, 2020.acl-main.1 since.
_ACL = re.compile(r"[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+")

# `https://doi.org/10.1000/182`, `dx.doi.org/…` and `doi.acm.org/…` of old lists.
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:(?:(?:dx|www)\.)?doi|doi\.acm)\.org/", re.IGNORECASE)
# `doi:10.1000/182`, `DOI: 10.1000/182`.
_DOI_LABEL = re.compile(r"doi:\s*", re.IGNORECASE)
# arXiv gives each paper a DOI too: https://info.arxiv.org/help/doi.html
_ARXIV_PREFIX = re.compile(
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org|xxx\.lanl\.gov)/(?:abs|pdf|html|format|ps)/"
    r"|arxiv:\s*"
    r"|(?:(?:https?://)?doi\.org/)?10\.48550/arxiv\.",
    re.IGNORECASE,
)
_ARXIV_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?(?:\s{1,9}\[[\w., -]+\])?$")
"""What may follow an id: `v2`, `.pdf`, `?download=1`, and `[cs.LG]` as arXiv's pages write it."""
# The page, the file and an attachment have the same id.
_OPENREVIEW_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf|attachment)\?id=", re.IGNORECASE
)
_OPENREVIEW_SUFFIX = re.compile(r"[&#].*$")
# Old lists have its former address, aclweb.org/anthology.
_ACL_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/", re.IGNORECASE
)
_ACL_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf|\.bib)?/?(?:[?#].*)?$")
"""The page, the file and the entry of a paper: `/`, `v2.pdf`, `.bib`."""


def is_doi(text: str) -> bool:
    """Return whether `text` is a bare DOI, such as `10.1000/182`."""
    return _DOI.fullmatch(text) is not None


def is_arxiv(text: str) -> bool:
    """Return whether `text` is an arXiv id without version: `2401.10000` or `math.GT/0309136`."""
    new = _ARXIV_NEW.fullmatch(text)
    if new is None:
        return _ARXIV_OLD.fullmatch(text) is not None
    # The form begins in April 2007; the number has five digits since January 2015.
    return "0704" <= new[1] < "9100" and len(new[2]) == (5 if new[1] >= "1501" else 4)


def is_openreview(text: str) -> bool:
    """Return whether `text` has the form of an OpenReview forum id, such as `a68SUt6zFt`."""
    return _OPENREVIEW.fullmatch(text) is not None


def is_acl(text: str) -> bool:
    """Return whether `text` is an ACL Anthology id: `N19-1423` or `2024.emnlp-main.1`."""
    return _ACL.fullmatch(text) is not None


def parse_doi(text: str) -> str | None:
    """Return the bare DOI in `text` (`https://doi.org/…`, `doi:…` or bare), or None."""
    bare = text.strip()
    if address := _DOI_ADDRESS.match(bare):
        # Whatever follows a bare ? or # belongs to the address, not to the DOI.
        bare = unquote(re.split("[?#]", bare[address.end() :])[0])
    elif label := _DOI_LABEL.match(bare):
        bare = bare[label.end() :]
    return bare if is_doi(bare) else None


def parse_arxiv(text: str) -> str | None:
    """Return the arXiv id in `text` (an address, `arXiv:…`, with or without version), or None."""
    bare = _strip(text, _ARXIV_PREFIX, _ARXIV_SUFFIX)
    return bare if is_arxiv(bare) else None


def parse_openreview(text: str) -> str | None:
    """Return the OpenReview id in `text` (a forum or PDF address, or bare), or None."""
    bare = _strip(text, _OPENREVIEW_PREFIX, _OPENREVIEW_SUFFIX)
    return bare if is_openreview(bare) else None


def parse_acl(text: str) -> str | None:
    """Return the ACL Anthology id in `text` (an address or bare), or None."""
    bare = _strip(text, _ACL_PREFIX, _ACL_SUFFIX)
    return bare if is_acl(bare) else None


def _strip(text: str, prefix: re.Pattern[str], suffix: re.Pattern[str]) -> str:
    bare = text.strip()
    found = prefix.match(bare)
    return suffix.sub("", bare[found.end() :] if found else bare, count=1)


@lru_cache(maxsize=2**16)
def to_doi_url(doi: str) -> str:
    """Return the address of a DOI, with what a URL cannot hold percent-encoded."""
    # The DOI Handbook, 2.5.2.4: % " # space must be encoded, < > [ ] and the like should be.
    return "https://doi.org/" + quote(doi, safe="/:;()@!$&'*+,=")


def to_arxiv_url(arxiv: str) -> str:
    """Return the address of the abstract page of an arXiv id."""
    return f"https://arxiv.org/abs/{arxiv}"


def to_openreview_url(openreview: str) -> str:
    """Return the address of an OpenReview forum."""
    return f"https://openreview.net/forum?id={openreview}"


def to_acl_url(acl: str) -> str:
    """Return the address of an ACL Anthology page."""
    return f"https://aclanthology.org/{acl}/"


# The Anthology's DOIs hold its ids: 10.18653/v1/2021.acl-long.1, before 2016 10.3115/v1/P14-1001.
_ACL_DOI = re.compile(r"10\.(?:18653|3115)/v1/(.+)", re.IGNORECASE)
# `math.GT/0309136`: the class of old ids, which arXiv leaves out itself.
_ARXIV_CLASS = re.compile(r"\.[A-Z]{2}(?=/)")


def find_acl_in_doi(doi: str) -> str | None:
    """Return the ACL Anthology id that a DOI of the Anthology holds, or None."""
    found = _ACL_DOI.fullmatch(doi)
    if found is None:
        return None
    # DOIs do not heed case: the Anthology's ids until 2019 begin with a capital.
    id_ = found[1][:1].upper() + found[1][1:].lower()
    return id_ if is_acl(id_) else None


def to_base_arxiv(arxiv: str) -> str:
    """Return an arXiv id without the parts that do not identify the paper: `math/0309136`.

    arXiv serves `math.GT/0309136` and `math/0309136` as one paper.
    """
    return _ARXIV_CLASS.sub("", arxiv).lower()


@dataclass(frozen=True, slots=True)
class Identifier:
    """A kind of identifier: one row of the table that everything loops over."""

    field: str
    """The field of `Paper` that holds it, and the kind of its link."""
    label: str
    """What its link is called: `arXiv`."""
    noun: str
    """What a message calls it: `arXiv id`."""
    example: str
    code: Code
    """The finding for a value that is not in the bare form."""
    is_bare: Callable[[str], bool]
    parse: Callable[[str], str | None]
    """Read any usual form: an address, with a label, or bare."""
    to_url: Callable[[str], str]
    hosts: tuple[str, ...]
    """The hosts whose addresses may hold it."""
    trust: int
    """How sure its address leads to the paper of record; the highest goes first."""
    to_base: Callable[[str], str] = str
    """The form that is equal for all spellings of one identifier."""
    is_telling: bool = True
    """Whether two of them are two works. A paper that is submitted twice has two forums."""


ARXIV = Identifier(
    "arxiv", "arXiv", "arXiv id", "2401.10000", Code.ARXIV_INVALID,
    is_arxiv, parse_arxiv, to_arxiv_url,
    ("arxiv.org", "www.arxiv.org", "export.arxiv.org", "xxx.lanl.gov"),
    trust=2, to_base=to_base_arxiv,
)  # fmt: skip
OPENREVIEW = Identifier(
    "openreview", "OpenReview", "OpenReview id", "a68SUt6zFt", Code.OPENREVIEW_INVALID,
    is_openreview, parse_openreview, to_openreview_url,
    ("openreview.net", "www.openreview.net"),
    trust=1, is_telling=False,
)  # fmt: skip
ACL = Identifier(
    "acl", "ACL Anthology", "ACL Anthology id", "2024.emnlp-main.1", Code.ACL_INVALID,
    is_acl, parse_acl, to_acl_url,
    ("aclanthology.org", "www.aclanthology.org", "aclweb.org", "www.aclweb.org"),
    trust=3,
)  # fmt: skip
DOI = Identifier(
    "doi", "DOI", "DOI", "10.1000/182", Code.DOI_INVALID,
    is_doi, parse_doi, to_doi_url,
    ("doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org"),
    trust=4, to_base=str.lower,
)  # fmt: skip

IDENTIFIERS = (ARXIV, OPENREVIEW, ACL, DOI)
"""Every kind of identifier, in the order in which a paper's links are shown."""
BY_TRUST = tuple(sorted(IDENTIFIERS, key=lambda one: -one.trust))
"""The same, the surest way to the paper first."""


# Publishers put the DOI into their addresses: dl.acm.org/doi/pdf/10.1145/…, …/article/10.1007/….
_DOI_IN_PATH = re.compile(r"/(10\.[0-9]{4,9}/[^?#\s]+)")
# What publishers append to the DOI: `/full`, `.full.pdf`, `/pdfdirect/…`.
_DOI_SUFFIX = re.compile(
    r"(?:\.pdf|\.full(?:\.pdf)?|\.html?|/(?:full|abstract|pdf|pdfdirect|epdf|meta|fulltext)(?:/.*)?)$"
)
# bioRxiv and medRxiv have a version behind the DOI: `10.1101/2020.01.01.900001v2.full`.
_PREPRINT_VERSION = re.compile(r"(10\.(?:1101|64898)/[0-9.]+)v[0-9]+.*")
# Registrants of preprint servers: bioRxiv and medRxiv (1101, 64898), SSRN, Preprints.org (20944),
# Research Square (21203), OSF (31219) with its PsyArXiv (31234) and EdArXiv (35542), ChemRxiv
# (26434), TechRxiv (36227), arXiv (48550), F1000 (12688), EcoEvoRxiv (32942).
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101|64898|2139/ssrn|20944|21203|31219|31234|36227|26434|48550|12688|32942|35542)\b",
    re.IGNORECASE,
)


def find_doi_in_path(url: str) -> str | None:
    """Return the DOI in the address of a publisher's page, or None."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    found = _DOI_IN_PATH.search(path)
    if found is None:
        return None
    doi = _DOI_SUFFIX.sub("", found[1].rstrip("/"))
    version = _PREPRINT_VERSION.fullmatch(doi)
    doi = version[1] if version else doi
    # ACM's pages of what has no DOI are at 10.5555, where nothing resolves.
    return doi if is_doi(doi) and not doi.startswith("10.5555/") else None


def is_preprint_doi(doi: str) -> bool:
    """Return whether a DOI is that of a preprint server: bioRxiv, SSRN, OSF and the like."""
    return _PREPRINT_DOI.match(doi) is not None


def find_identifier(url: str) -> tuple[Identifier, str] | None:
    """Return the identifier in an address, or None. The DOI that arXiv gives is an arXiv id."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    for kind in IDENTIFIERS:
        if host in kind.hosts and (value := kind.parse(url)) is not None:
            arxiv = parse_arxiv(value) if kind is DOI else None
            return (ARXIV, arxiv) if arxiv else (kind, value)
    return None
