"""The result of a lookup: a draft with further facts of the service, or one of three errors."""

from dataclasses import dataclass, field

from catalog.errors import CatalogError
from catalog.model.draft import Draft


class ResolveError(CatalogError):
    """A paper could not be looked up."""


class NotFoundError(ResolveError):
    """The service knows for sure that there is no such thing."""


class NoMetadataError(ResolveError):
    """The identifier exists, but has no metadata, or only that of something else."""


class UnavailableError(ResolveError):
    """The service did not answer, or not as documented: another one may."""


@dataclass(frozen=True, slots=True)
class LookupResult:
    """A paper that was looked up.

    `draft` has no key and no sections; its venue is named as the service names it.
    """

    draft: Draft
    published_doi: str | None = None
    """The DOI of the published version, as the preprint server names it."""
    journal_ref: str | None = None
    """Where it was published, in the authors' words."""
    code: str | None = None
    """The address of its code, as the abstract or the comment names it."""
    is_accepted: bool = True
    """False for a submission that is under review, was rejected or withdrawn."""
    remarks: tuple[str, ...] = field(default=())
    """What a maintainer should know, a line each."""
    uncertainty: str | None = None
    """Why a person must look before the paper is taken: it was withdrawn or retracted, or no
    service confirms it."""
