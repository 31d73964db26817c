"""Authors for BibTeX and BibLaTeX: `van der Berg, Jr., Carla and {The Things Team} and others`."""

import re
from collections.abc import Callable, Sequence

from catalog.names import PersonName

Write = Callable[[str], str]

_SEPARATOR = re.compile(r",|\band\b", re.IGNORECASE)
_OTHERS = "others"


def write_names(names: Sequence[PersonName], *, has_more: bool, write: Write) -> str:
    """Write authors for the `author` field; `has_more` adds `and others`."""
    text = _write_simple(names, write)
    if text is None:
        text = " and ".join([write_name(name, write) for name in names])
    return f"{text} and {_OTHERS}" if has_more and text else text


def _write_simple(names: Sequence[PersonName], write: Write) -> str | None:
    """Write authors of whom none needs braces, or return None: all at once is quick."""
    parts = [
        f"{name.family}, {name.given}"
        for name in names
        if name.given and not (name.particle or name.suffix) and " " not in (name.family or " ")
    ]
    text = " and ".join(parts)
    is_simple = (
        len(parts) == len(names)
        and text.count(",") == len(parts)
        and text.lower().count(" and ") == len(parts) - 1
    )
    return write(text) if is_simple else None


def write_name(name: PersonName, write: Write) -> str:
    """Write one author in the form that BibTeX splits into the same parts.

    Braces keep together what BibTeX would split: a group, a family name with small words that are
    no particle, a comma, an `and`.
    """
    if name.literal is not None:
        return f"{{{write(name.literal)}}}"
    family = _write_family(name, write)
    if name.suffix is not None:
        given = _keep(name.given, write) if name.given is not None else "{}"
        return f"{family}, {_keep(name.suffix, write)}, {given}"
    return f"{family}, {_keep(name.given, write)}" if name.given is not None else family


def _write_family(name: PersonName, write: Write) -> str:
    family = str(name.family)
    is_alone = name.given is None and name.suffix is None
    if is_alone and name.particle is None:
        return (
            f"{{{write(family)}}}" if " " in family or family == _OTHERS else _keep(family, write)
        )
    written = (
        f"{{{write(family)}}}"
        if " " in family and _has_small_word(family)
        else _keep(family, write)
    )
    if name.particle is None:
        return written
    gap = "" if name.particle[-1] in "'’-" else " "
    whole = f"{_keep(name.particle, write)}{gap}{written}"
    return f"{{{whole}}}" if is_alone and not name.particle[0].islower() else whole


def _has_small_word(family: str) -> bool:
    return any(next((c for c in word if c.isalpha()), "A").islower() for word in family.split())


def _keep(part: str, write: Write) -> str:
    return f"{{{write(part)}}}" if _SEPARATOR.search(part) else write(part)
