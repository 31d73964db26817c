"""DOI, arXiv, OpenReview and ACL Anthology identifiers: their form and their addresses."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote

# Crossref's recommended pattern, https://www.crossref.org/blog/dois-and-matching-regular-expressions/,
# without its case folding, open to the older suffixes with <, >, # and [] and to registrant codes
# with parts (DOI Handbook, 2.2.2: 10.1000.10/123).
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f]+")
# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007, and the older form.
_ARXIV_NEW = re.compile(r"([0-9]{2}(?:0[1-9]|1[0-2]))\.([0-9]{4,5})")
_ARXIV_OLD = re.compile(
    r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{3}"
)
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{8,16}")
# https://aclanthology.org/info/ids/: N19-1423 until 2019, 2020.acl-main.1 since.
_ACL = re.compile(r"[A-Z][0-9]{2}-[0-9]{4}|[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+")

_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:(?:dx|www)\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL = re.compile(r"doi:\s*", re.IGNORECASE)
# arXiv gives each paper a DOI too: https://info.arxiv.org/help/doi.html
_ARXIV_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*"
    r"|(?:(?:https?://)?doi\.org/)?10\.48550/arxiv\.",
    re.IGNORECASE,
)
_ARXIV_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?(?:\s{1,9}\[[\w.-]+\])?$")
_OPENREVIEW_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf|attachment)\?id=", re.IGNORECASE
)
_OPENREVIEW_SUFFIX = re.compile(r"[&#].*$")
_ACL_PREFIX = re.compile(
    r"(?:https?://)?(?:www\.)?(?:aclanthology\.org|aclweb\.org/anthology)/", re.IGNORECASE
)
_ACL_SUFFIX = re.compile(r"(?:v[0-9]+)?(?:\.pdf|\.bib)?/?(?:[?#].*)?$")


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
