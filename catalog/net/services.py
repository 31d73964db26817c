"""The services that are asked by name; each address can be replaced by a mirror's."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses of services, without what is asked."""

    doi: str = "https://doi.org/"
    """The resolver; `Accept` chooses the form of the answer.
    https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/"""
    handles: str = "https://doi.org/api/handles/"
    """Handle records as JSON. https://www.doi.org/doi-handbook/HTML/rest-api.html"""
    arxiv: str = "https://export.arxiv.org/api/query"
    """Atom feeds. https://info.arxiv.org/help/api/user-manual.html"""
    openreview: str = "https://api2.openreview.net/notes"
    """Notes as JSON. https://docs.openreview.net/reference/api-v2"""
    arxiv_pages: str = "https://arxiv.org/abs/"
    """Pages by id, with `citation_*` tags; asked when the feeds are not to be had."""
    openreview_old: str = "https://api.openreview.net/notes"
    """Notes of venues before 2024, whose values are bare. https://docs.openreview.net/reference/api-v1"""
    openreview_pages: str = "https://openreview.net/forum"
    """Pages by id, with `citation_*` tags; asked when the notes are not to be had."""
    crossref: str = "https://api.crossref.org/works"
    """Works as JSON: by DOI, or searched. https://github.com/CrossRef/rest-api-doc"""
    datacite: str = "https://api.datacite.org/dois/"
    """DOIs as CSL-JSON. https://support.datacite.org/docs/api-get-doi"""
    dblp: str = "https://dblp.org/search/publ/api"
    """Searches as JSON. https://dblp.org/faq/How+to+use+the+dblp+search+API.html"""
    acl: str = "https://aclanthology.org/"
    """Pages and `.bib` files by id."""
    wayback: str = "https://archive.org/wayback/available"
    """The nearest copy. https://archive.org/help/wayback_api.php"""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Services":
        """Return the services, each replaced by `CATALOG_SERVICE_<NAME>` where that is set."""
        given = {
            field.name: value
            for field in fields(cls)
            if (value := environment.get(f"CATALOG_SERVICE_{field.name.upper()}"))
        }
        return cls(**given)
