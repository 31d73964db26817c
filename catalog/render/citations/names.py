"""Authors for BibTeX and BibLaTeX: `van der Berg, Jr., Carla and {The Things Team} and others`."""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from catalog.model.names import PersonName

Write = Callable[[str], str]

_AND = " and "
_OTHERS = "others"
# Readers of BibTeX split at these; an escaped sign at the end of a name hides the next `and`.
_SPLITS = re.compile(r",|\band\b|[&%#_$]$", re.IGNORECASE)


def write_names(
    names: Sequence[PersonName], has_more: bool, write: Write, given: Write | None = None
) -> str:
    """Write names for the `author` or `editor` field; `has_more` adds `and others`.

    `given` writes given names where that differs from `write`.
    """
    write_given = given or write
    write_usual = _remember_usual(write, write_given)
    text = _AND.join(
        [
            write_usual(usual) if (usual := name.family_given) else write_name(name, write, given)
            for name in names
        ]
    )
    return f"{text}{_AND}{_OTHERS}" if has_more and text else text


@cache
def _remember_usual(write: Write, given: Write) -> Callable[[str], str]:
    """Return a function that writes `Family, Given` and remembers it: authors come again."""
    return lru_cache(maxsize=2**16)(lambda inverted: _write_usual(inverted, write, given))


def _write_usual(inverted: str, write: Write, write_given: Write) -> str:
    family, given = inverted.split(", ")
    return f"{_write_whole(family, write)}, {_keep(given, write_given)}"


def write_name(name: PersonName, write: Write, given: Write | None = None) -> str:
    """Write one author in the form that BibTeX splits into the same parts.

    Braces keep together what BibTeX would split: a group, a family name with small words that are
    no particle, a comma, an `and`.
    """
    if name.literal is not None:
        return f"{{{write(name.literal)}}}"
    write_given = given or write
    family = _write_family(name, write)
    if name.suffix is not None:
        kept = _keep(name.given, write_given) if name.given is not None else "{}"
        return f"{family}, {_keep(name.suffix, write)}, {kept}"
    return f"{family}, {_keep(name.given, write_given)}" if name.given is not None else family


def _write_family(name: PersonName, write: Write) -> str:
    family = str(name.family)
    if name.given is None and name.suffix is None:
        # Without a comma every further word would be taken for another part.
        is_one_word = len(name.full_family.split()) == 1 and name.full_family != _OTHERS
        return _keep(name.full_family, write) if is_one_word else f"{{{write(name.full_family)}}}"
    if name.particle is None or name.full_family == f"{name.particle}{family}":
        return _write_whole(name.full_family, write)
    return f"{_keep(name.particle, write)} {_write_whole(family, write)}"


def _write_whole(family: str, write: Write) -> str:
    """Write a family name, in braces when a word of it may pass for a particle.

    BibTeX takes what a hyphen joins for two words, and Biber any first word with a small letter.
    """
    return f"{{{write(family)}}}" if _has_small_word(family) else _keep(family, write)


def _has_small_word(family: str) -> bool:
    """Return whether a word may pass for a particle: it starts with a letter but no capital."""
    letters = [next(filter(str.isalpha, word), "A") for word in re.split(r"[\s-]+", family)]
    return any(map(str.islower, letters)) or (
        len(letters) > 1 and not all(map(str.isupper, letters))
    )


def _keep(part: str, write: Write) -> str:
    return f"{{{write(part)}}}" if _SPLITS.search(part) else write(part)
