"""DOI, arXiv, OpenReview and ACL Anthology identifiers: their form and their addresses."""

import re

# Crossref's recommended pattern, https://www.crossref.org/blog/dois-and-matching-regular-expressions/,
# without its case folding and open to the older suffixes with <, >, # and [].
_DOI = re.compile(r"10\.\d{4,9}/[^\s\x00-\x1f\x7f]+")
# https://info.arxiv.org/help/arxiv_identifier.html: since April 2007, and the older archive/number form.
_ARXIV_NEW = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})")
_ARXIV_OLD = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}")
_OPENREVIEW = re.compile(r"[A-Za-z0-9_-]{8,16}")
# https://aclanthology.org/info/ids/: N19-1423 until 2019, 2020.acl-main.1 since.
_ACL = re.compile(r"[A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+")

_DOI_PREFIXES = re.compile(r"(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_ARXIV_PREFIXES = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*", re.IGNORECASE
)
_ARXIV_VERSION = re.compile(r"(?:v\d+)?(?:\.pdf)?/?$")
_OPENREVIEW_PREFIXES = re.compile(r"(?:https?://)?(?:www\.)?openreview\.net/(?:forum|pdf)\?id=")
_ACL_PREFIXES = re.compile(r"(?:https?://)?(?:www\.)?aclanthology\.org/")


def is_doi(text: str) -> bool:
    """Tell whether `text` is a bare DOI, such as `10.1000/182`."""
    return _DOI.fullmatch(text) is not None


def is_arxiv(text: str) -> bool:
    """Tell whether `text` is an arXiv id without version: `2401.10000` or `math.GT/0309136`."""
    new = _ARXIV_NEW.fullmatch(text)
    if new is None:
        return _ARXIV_OLD.fullmatch(text) is not None
    # The number has five digits since January 2015 and had four before.
    return len(new[3]) == (5 if new[1] >= "15" and new[1] < "91" else 4)


def is_openreview(text: str) -> bool:
    """Tell whether `text` has the form of an OpenReview forum id, such as `a68SUt6zFt`."""
    return _OPENREVIEW.fullmatch(text) is not None


def is_acl(text: str) -> bool:
    """Tell whether `text` is an ACL Anthology id: `N19-1423` or `2024.emnlp-main.1`."""
    return _ACL.fullmatch(text) is not None


def parse_doi(text: str) -> str | None:
    """Return the bare DOI in `text` (`https://doi.org/…`, `doi:…` or bare), or None."""
    bare = _DOI_PREFIXES.sub("", text.strip(), count=1)
    return bare if is_doi(bare) else None


def parse_arxiv(text: str) -> str | None:
    """Return the arXiv id in `text` (an address, `arXiv:…`, with or without version), or None."""
    bare = _ARXIV_VERSION.sub("", _ARXIV_PREFIXES.sub("", text.strip(), count=1))
    return bare if is_arxiv(bare) else None


def parse_openreview(text: str) -> str | None:
    """Return the OpenReview id in `text` (a forum or PDF address, or bare), or None."""
    bare = _OPENREVIEW_PREFIXES.sub("", text.strip(), count=1)
    return bare if is_openreview(bare) else None


def parse_acl(text: str) -> str | None:
    """Return the ACL Anthology id in `text` (an address or bare), or None."""
    bare = _ACL_PREFIXES.sub("", text.strip(), count=1).rstrip("/").removesuffix(".pdf")
    return bare if is_acl(bare) else None


def to_doi_url(doi: str) -> str:
    """Return the address of a DOI, with what a URL cannot hold percent-encoded."""
    return "https://doi.org/" + _quote(doi)


def to_arxiv_url(arxiv: str) -> str:
    """Return the address of the abstract page of an arXiv id."""
    return f"https://arxiv.org/abs/{arxiv}"


def to_openreview_url(openreview: str) -> str:
    """Return the address of an OpenReview forum."""
    return f"https://openreview.net/forum?id={openreview}"


def to_acl_url(acl: str) -> str:
    """Return the address of an ACL Anthology page."""
    return f"https://aclanthology.org/{acl}/"


def _quote(text: str) -> str:
    # The DOI handbook, 2.5.2.4: % " # space must be encoded, < > [ ] and the like should be.
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._~/:;()@!$&'*+,=") else _percent(c) for c in text)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
