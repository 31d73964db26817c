"""The form in which an address of a known host is written, and what such an address leads to."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from catalog.model.identifiers import (
    find_doi_in_path,
    find_identifier,
    parse_acl,
    parse_arxiv,
    parse_openreview,
)
from catalog.model.records import LinkKind


class HostMove(NamedTuple):
    """A host that lives under another name now, path for path."""

    old: str
    new: str
    why: str


HOST_MOVES = (
    HostMove("dx.doi.org", "doi.org", "the DOI Handbook prefers doi.org since 2017"),
    HostMove("www.doi.org", "doi.org", "the resolver is doi.org"),
    HostMove("www.arxiv.org", "arxiv.org", "arXiv is served without www"),
    HostMove("export.arxiv.org", "arxiv.org", "export is arXiv's mirror for programs"),
    HostMove("xxx.lanl.gov", "arxiv.org", "arXiv's first name"),
    HostMove("www.openreview.net", "openreview.net", "OpenReview is served without www"),
    HostMove("www.aclanthology.org", "aclanthology.org", "the Anthology is served without www"),
    HostMove("www.github.com", "github.com", "GitHub is served without www"),
    HostMove("www.huggingface.co", "huggingface.co", "Hugging Face is served without www"),
    HostMove("hf.co", "huggingface.co", "hf.co is short for huggingface.co"),
)
_NEW_HOSTS = {move.old: move.new for move in HOST_MOVES}

SECURE_HOSTS = frozenset(
    [
        "aclanthology.org",
        "arxiv.org",
        "dl.acm.org",
        "doi.org",
        "github.com",
        "huggingface.co",
        "ieeexplore.ieee.org",
        "jmlr.org",
        "openaccess.thecvf.com",
        "openreview.net",
        "papers.nips.cc",
        "proceedings.mlr.press",
        "proceedings.neurips.cc",
        "www.jmlr.org",
        "www.nature.com",
        "www.youtube.com",
    ]
)
"""They lead every visitor from http to https."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref_src", re.IGNORECASE)
"""Parameters that name the referrer and do not change the page."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


def to_canonical(url: str) -> str:
    """Return an address as it should be in a list; most stand so already.

    The scheme and host in lower case, no default port, no tracking, https and today's name where
    the host is known, and the one form of its pages where those have more than one.
    """
    parts = urlsplit(url)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    host = _NEW_HOSTS.get(host, host)
    # A known host with a port of its own is somebody's test, and so is its scheme.
    port = parts.port if parts.port != _DEFAULT_PORTS.get(scheme) else None
    if host in SECURE_HOSTS and port is None:
        scheme = "https"
    netloc = host if port is None else f"{host}:{port}"
    tidy = parts._replace(scheme=scheme, netloc=netloc, query=_strip_tracking(parts.query))
    own_form = _OWN_FORMS.get(host) if port is None else None
    return (own_form(tidy) if own_form else None) or urlunsplit(tidy)


def _strip_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    # Written again only when something goes: encodings differ, and the server knows why.
    return query if len(kept) == len(pairs) else urlencode(kept)


def _to_arxiv(parts: SplitResult) -> str | None:
    """`/pdf/ID.pdf`, `/abs/ID/` without what says nothing; a version stays, it may be meant."""
    found = re.fullmatch(r"/(abs|pdf|html)/(.+?)(v[0-9]+)?(?:\.pdf)?/?", parts.path)
    if found is None or parse_arxiv(found[2]) != found[2]:
        return None
    return f"https://arxiv.org/{found[1]}/{found[2]}{found[3] or ''}"


def _to_openreview(parts: SplitResult) -> str | None:
    """`?id=` alone, without the note that was looked at or where the reader came from."""
    page = parts.path.strip("/")
    id_ = dict(parse_qsl(parts.query)).get("id")
    if page not in ("forum", "pdf") or id_ is None or parse_openreview(id_) is None:
        return None
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"https://openreview.net/{page}?id={id_}{fragment}"


def _to_acl(parts: SplitResult) -> str | None:
    """`/ID/` for the page, `/ID.pdf` for the paper."""
    path = parts.path.removeprefix("/anthology")
    id_ = parse_acl(path.strip("/"))
    if id_ is None or path.strip("/").removesuffix(".pdf") != id_:
        return None
    return f"https://aclanthology.org/{id_}" + (".pdf" if path.endswith(".pdf") else "/")


_OWN_FORMS: dict[str, Callable[[SplitResult], str | None]] = {
    "arxiv.org": _to_arxiv,
    "openreview.net": _to_openreview,
    "aclanthology.org": _to_acl,
    "aclweb.org": _to_acl,
    "www.aclweb.org": _to_acl,
}


class PageForm(StrEnum):
    """What an address leads to, as far as its form shows."""

    PDF = "the paper itself"
    PAGE = "a page about the paper"
    CODE = "a repository"
    VIDEO = "a video"


class _Row(NamedTuple):
    host: re.Pattern[str]
    path: re.Pattern[str]
    form: PageForm


def _row(host: str, path: str, form: PageForm) -> _Row:
    return _Row(re.compile(host), re.compile(path, re.IGNORECASE), form)


# The first row that fits decides.
_FORMS = (
    _row(r"arxiv\.org", r"/abs/.*", PageForm.PAGE),
    _row(r"arxiv\.org", r"/pdf/.*", PageForm.PDF),
    _row(r"openreview\.net", r"/forum/?", PageForm.PAGE),
    _row(r"openreview\.net", r"/(pdf|attachment)/?", PageForm.PDF),
    _row(r"aclanthology\.org", r"/[^/]+\.pdf", PageForm.PDF),
    _row(r"aclanthology\.org", r"/[^/]+/?", PageForm.PAGE),
    _row(r"doi\.org", r"/10\..*", PageForm.PAGE),
    _row(r"dl\.acm\.org", r"/doi/pdf/.*", PageForm.PDF),
    _row(r"dl\.acm\.org", r"/doi/.*", PageForm.PAGE),
    _row(r"ieeexplore\.ieee\.org", r"/(abstract/)?document/.*", PageForm.PAGE),
    _row(r"openaccess\.thecvf\.com", r".*\.html", PageForm.PAGE),
    _row(r"proceedings\.mlr\.press", r".*\.html", PageForm.PAGE),
    _row(r"(proceedings\.neurips|papers\.nips)\.cc", r".*-abstract[^/]*\.html", PageForm.PAGE),
    _row(r"(github|gitlab|bitbucket)\.(com|org)", r"/[^/]+/[^/]+/?", PageForm.CODE),
    _row(r"((www|m)\.)?youtube\.com", r"/watch", PageForm.VIDEO),
    _row(r"youtu\.be|vimeo\.com|(www\.)?bilibili\.com", r"/.+", PageForm.VIDEO),
    _row(r".*", r"/.*\.pdf", PageForm.PDF),
)


def find_form(url: str) -> PageForm | None:
    """Return what an address leads to, or None when its form does not show it."""
    parts = urlsplit(to_canonical(url))
    host = parts.hostname or ""
    return next(
        (row.form for row in _FORMS if row.host.fullmatch(host) and row.path.fullmatch(parts.path)),
        None,
    )


_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|bitbucket|codeberg)\.\w+/[^/]+/", re.IGNORECASE
)
"""The address of a repository, not of a person: `https://github.com/example/code`."""
_PDF = re.compile(r"\.pdf(?:[?#]|$)|/pdf/", re.IGNORECASE)


def find_link_kind(url: str) -> LinkKind:
    """Return what an address of a paper leads to, as far as it shows that itself."""
    if _PDF.search(url):
        return LinkKind.PDF
    return LinkKind.CODE if _CODE_HOST.match(url) else LinkKind.PAGE


def is_plain_address(url: str) -> bool:
    """Return whether an address is no more than that: it holds no identifier of a paper."""
    return find_identifier(url) is None and find_doi_in_path(url) is None
