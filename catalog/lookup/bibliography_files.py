"""Bibliographies: those of the user, and the BibTeX that services send."""

from collections.abc import Sequence
from pathlib import Path

from catalog.importers.bibliography import Format, find_format, read_bibliography
from catalog.lookup.result import LookupResult, NoMetadataError, NotFoundError, ResolveError
from catalog.lookup.session import Session

MAX_BYTES = 16 * 1024 * 1024


def find(names: Sequence[str], _desk: Session) -> list[list[LookupResult] | ResolveError]:
    """Read the entries of files in BibTeX, RIS or CSL-JSON."""
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
    return finds or NoMetadataError(f"{name}: no entry of a paper stands in it")


def read_finds(text: str, name: str, format_: Format = Format.BIBTEX) -> list[LookupResult]:
    """Read the entries of a bibliography; what could not be read is remarked at the first find.

    Raises `NoMetadataError` when none of the entries could be read.
    """
    try:
        bibliography = read_bibliography(text, name, format_)
    except ValueError as error:
        raise NoMetadataError(f"{name}: cannot be read as {format_}: {error}") from error
    left = tuple(
        f"{name}:{rejected.line or '?'}: left out: {rejected.reason}: {rejected.text[:80]}"
        for rejected in bibliography.rejected
    )
    if left and not bibliography.drafts:
        raise NoMetadataError(left[0])
    return [
        LookupResult(draft, remarks=left if index == 0 else ())
        for index, draft in enumerate(bibliography.drafts)
    ]
