"""Bibliographies: those of the user, and the BibTeX that services send."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.importers.bibliography import Format, find_format, read_bibliography
from catalog.lookup.result import LookupResult, NoMetadataError, NotFoundError, ResolveError
from catalog.lookup.session import Session
from catalog.model.draft import Draft, sift

# For `catalog add`; whole collections are for `catalog import`, which takes 64 MiB.
MAX_BYTES = 16 * 1024 * 1024


def find(names: Sequence[str], _desk: Session) -> list[list[LookupResult] | ResolveError]:
    """Read the entries of bibliography files, in any format."""
    return [_find(name) for name in names]


def _find(name: str) -> list[LookupResult] | ResolveError:
    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return NoMetadataError(f"{name}: larger than {MAX_BYTES:,} bytes")
        text = data.decode("utf-8")
        finds = read_finds(text, name, find_format(name, text) or Format.BIBTEX)
    except OSError as error:
        return NotFoundError(f"{name}: {error.strerror or error}")
    except UnicodeDecodeError:
        return NoMetadataError(f"{name}: not UTF-8")
    except NoMetadataError as error:
        return error
    return finds or NoMetadataError(f"{name}: it has no entry of a paper")


def read_finds(text: str, name: str, format_: Format = Format.BIBTEX) -> list[LookupResult]:
    """Read the entries of a bibliography; what could not be read is remarked at the first find.

    Raises `NoMetadataError` when none of the entries could be read.
    """
    try:
        bibliography = read_bibliography(text, name, format_)
    except UnreadableInputError as error:
        raise NoMetadataError(str(error)) from error
    except ValueError as error:
        raise NoMetadataError(f"{name}: cannot be read as {format_}: {error}") from error
    left = tuple(
        f"{name}:{rejected.line or '?'}: left out: {rejected.reason}: {rejected.text[:80]}"
        for rejected in bibliography.rejected
    )
    if left and not bibliography.drafts:
        raise NoMetadataError(left[0])
    return [
        LookupResult(_leave_facets(draft), remarks=left if index == 0 else ())
        for index, draft in enumerate(bibliography.drafts)
    ]


def _leave_facets(draft: Draft) -> Draft:
    """Leave out the facets that a table's columns would be: an existing list has its own."""
    values = {name: value for name, value in draft.values.items() if name != "facets"}
    return sift(replace(draft, values=values))
