"""Where each kind of identifier is looked up: its sources in order, who knows best first.

A new identifier is a row here and a module with `find(ids, session)`. Every source compares its
answer with the id that it was given: a service that answers about another paper has not answered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from catalog.lookup import acl_anthology, arxiv, bibliography_files, doi, landing_page, openreview
from catalog.lookup.query import Kind
from catalog.lookup.result import LookupResult, ResolveError
from catalog.lookup.session import Session
from catalog.model.identifiers import find_acl_in_doi

Finder = Callable[
    [Sequence[str], Session], Sequence[LookupResult | list[LookupResult] | ResolveError]
]


@dataclass(frozen=True, slots=True)
class LookupSource:
    """A place to look papers up."""

    find: Finder
    to_id: Callable[[str], str | None] = lambda value: value
    """What the source calls the paper; None when it cannot have it."""
    is_authority: bool = False
    """What it does not know does not exist: no other source is tried, and nothing is written."""


SOURCES: Mapping[Kind, tuple[LookupSource, ...]] = {
    Kind.ARXIV: (
        LookupSource(arxiv.find, is_authority=True),
        LookupSource(doi.find, "10.48550/arXiv.{}".format),
        LookupSource(landing_page.find_arxiv_pages),
    ),
    Kind.DOI: (
        LookupSource(doi.find, is_authority=True),
        LookupSource(doi.find_at_crossref),
        LookupSource(doi.find_at_datacite),
        LookupSource(acl_anthology.find, find_acl_in_doi),
    ),
    Kind.OPENREVIEW: (
        LookupSource(openreview.find, is_authority=True),
        LookupSource(landing_page.find_openreview_pages),
    ),
    Kind.ACL: (
        LookupSource(acl_anthology.find, is_authority=True),
        LookupSource(doi.find, "10.18653/v1/{}".format),
    ),
    Kind.PAGE: (LookupSource(landing_page.find, is_authority=True),),
    Kind.FILE: (LookupSource(bibliography_files.find, is_authority=True),),
}
