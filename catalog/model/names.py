"""Names of people and groups: one model for every format, for search and for sorting.

The plain forms are BibTeX's: `Given particle Family`, `particle Family, Given` and
`particle Family, Suffix, Given`. Where the plain form would be split wrongly, a record gives the
parts by name; where the split is a guess that may be wrong, `doubt` says why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import ConfigDict, StringConstraints, WrapValidator
from pydantic_core import PydanticCustomError

from catalog.text.characters import LINE_PATTERN
from catalog.text.folding import fold

_Part = Annotated[str, StringConstraints(min_length=1, pattern=LINE_PATTERN)]

# Numbers are in capitals: Ii and Xi are family names.
_SUFFIX = re.compile(r"(?i:Jr|Sr)\.?|II|III|IV")
# `et al.`, `and others` (BibTeX's), an ellipsis: the list of authors is cut, not an author.
_ET_AL = re.compile(r"(?:et\.?\s+al\.?|and\s+others|others|…|\.\.\.)", re.IGNORECASE)
# The plain form of most names: words that start with a capital, one space apart.
_CAPITALIZED = re.compile(r"([A-Z][^\s,]*(?: [A-Z][^\s,]*)*) ([A-Z][^\s,]*)")
# Kana, Han and Hangul: a name of these alone has its family name first and no space to split at.
_EAST_ASIAN = re.compile(
    r"[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)

# What makes the split of a plain name a guess.
_PARTICLES = frozenset(
    """
    van von vom der den des de di da do du dos das del della dei degli dal dalla la le les lo het
    't 's ter ten te op in zu zum zur auf af av am al el abu bin ibn bint ben
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_RISKY = frozenset(
    [
        *(word.capitalize() for word in _PARTICLES - {"am", "in", "te", "ben"}),
        *("San", "Santa", "Saint", "St.", "Mac", "Mc"),
    ]
)
"""Particles with a capital are as often a part of the given names."""
_GROUP_WORDS = frozenset(
    """
    the team teams group collaboration consortium community committee communication
    communications council initiative institute institution university college school laboratory
    laboratories lab labs center centre department foundation association society organization
    project organisation network company corporation inc inc. ltd ltd. gmbh llc research ai
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# `Jr.`, `III`, `Ph.D`: what can be between two commas of a name; `Ii` is a family name.
_DEGREES = re.compile(r"(?i:Jr|Sr|Esq)\.?|[IVX]{2,}|V|(?i:Ph\.?D|M\.?D|M\.?Sc|B\.?Sc)\.?")
# `A`, `A.`, `J.-P.`: given names without a whole word.
_INITIALS = re.compile(r"[^\W\d_]|(?:[^\W\d_]\.-?)+[^\W\d_]?")
# `Ada Example and Bo Sample`, `A; B`: more than one person.
_SEVERAL = re.compile(r"\b(?:and|with)\b|[;&/]", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d()\[\]{}<>@*#†‡§|_=+!?\"“”„]|^(?:Dr|Prof|Mrs?|Ms)\b\.?", re.IGNORECASE)
"""Signs and titles that no name has: `AB (2019)`, `Ada@example.org`, `Dr. Ada Example`."""
# `Ada M. Example`, `Jean-Pierre Sample`: capitalised words alone, split at the last. Most names are
# of this form, so the slower rules are tried for few.
_CERTAIN = re.compile(
    r"(?:[A-Z](?:[a-z]+|\.)(?:-[A-Z](?:[a-z]+|\.))* )+[A-Z][a-z]+(?:-[A-Z][a-z]+)*"
)


NOT_ALL_NAMED = "Not all authors are named here."
"""The note of an export that cannot say otherwise that authors are left out."""


class Doubt(NamedTuple):
    """Why the split of a plain name may be wrong, and what to write instead."""

    reason: str
    hint: str


@dataclass(frozen=True)
class PersonName:
    """A name by its parts: `family` for a person, or `literal` for a group or a name kept whole.

    A list has many more names than records, and every output reads their parts. A plain class makes
    them in half the time of a pydantic model and reads them in a quarter; the model of a record
    validates the form with parts.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    given: _Part | None = None
    """Given names, as written: `Jean-Luc`, `A. B.`."""
    family: _Part | None = None
    """Family name without its particle: `Berg`."""
    particle: _Part | None = None
    """What is before the family name: `van der`."""
    suffix: _Part | None = None
    """What stands after it: `Jr.`, `III`."""
    literal: _Part | None = None
    """A name that is not split: a group, an institution."""

    @cached_property
    def display(self) -> str:
        """The name as a reader sees it: `Carla van der Berg`; East Asian script goes unspaced."""
        if self.literal is not None:
            return self.literal
        if self.given is not None and self._is_east_asian:
            return f"{self.full_family}{self.given}"
        return " ".join(part for part in (self.given, self.full_family, self.suffix) if part)

    @cached_property
    def inverted(self) -> str:
        """The name as an index shows it: `van der Berg, Carla`."""
        if self.literal is not None:
            return self.literal
        return ", ".join(part for part in (self.full_family, self.suffix, self.given) if part)

    @cached_property
    def family_given(self) -> str | None:
        """The inverted name when it is `Family, Given` and nothing else, as of most people."""
        if self.given is None or not (self.particle is self.suffix is None):
            return None
        return self.inverted if self.inverted.count(",") == 1 else None

    @property
    def full_family(self) -> str:
        """Particle and family name (`van der Berg`, `d’Arc`), or the whole of an unsplit name."""
        if self.literal is not None:
            return self.literal
        if self.particle is None:
            return str(self.family)
        gap = "" if self.particle.endswith(("'", "’", "-")) else " "
        return f"{self.particle}{gap}{self.family}"

    @property
    def sort_key(self) -> str:
        """What names are sorted by: particle and family name, then given names, folded."""
        return fold(self.inverted)

    @property
    def initials(self) -> str:
        """The given names as initials: `Jean-Luc A.` gives `J.-L. A.`; "" when there are none.

        Given names in East Asian script stay whole.
        """
        if self.given is None or self._is_east_asian:
            return self.given or ""
        words = self.given.replace(".-", "-").replace(".", ". ").split()
        return " ".join(
            "-".join(_to_initial(part) for part in word.split("-") if part) for word in words
        )

    @property
    def abbreviated(self) -> str:
        """The name with its given names as initials: `C. van der Berg`."""
        if self.literal is not None or self._is_east_asian:
            return self.display
        return " ".join(part for part in (self.initials, self.full_family, self.suffix) if part)

    @cached_property
    def is_et_al(self) -> bool:
        """Whether the name is a stand-in for further authors: `et al.`, `and others`."""
        shown = self.display
        return shown.endswith((" et al", " et al.")) or bool(_ET_AL.fullmatch(shown.strip(" .,")))

    @cached_property
    def doubt(self) -> Doubt | None:
        """Why the plain form may have been split wrongly; None when it was no guess."""
        plain: str | None = self.__dict__.get(_PLAIN)
        return _find_doubt(plain, self) if plain is not None else None

    @property
    def _is_east_asian(self) -> bool:
        parts = (self.given or "") + (self.family or "")
        return not parts.isascii() and _EAST_ASIAN.fullmatch(parts) is not None


_PLAIN = "_plain"
"""Where a name keeps its plain form: next to the fields, so that equality ignores it."""


@cache
def parse_name(text: str) -> PersonName:
    """Split a plain name by BibTeX's rules.

    A single word is a mononym and becomes the family name. Raises `PydanticCustomError` when the
    text is not one line, has more than two commas or an empty part.
    """
    if not text.isprintable() and re.search(LINE_PATTERN, text) is None:
        raise _refuse(text)
    simple = _CAPITALIZED.fullmatch(text)
    if simple is not None and _SUFFIX.fullmatch(simple[2]) is None:
        name = PersonName(given=simple[1], family=simple[2])
    else:
        name = _parse_parts([" ".join(part.split()) for part in text.split(",")], text)
    name.__dict__[_PLAIN] = text
    return name


def _refuse(text: str) -> PydanticCustomError:
    return PydanticCustomError(
        "author-invalid",
        "the author '{name}' cannot be split into names",
        {"name": text, "hint": "Write Family, Given or {literal: …}, one author per item"},
    )


def _parse_parts(parts: Sequence[str], text: str) -> PersonName:
    # BibTeX's forms: `Family, Given` and `Family, Suffix, Given`.
    if not all(parts) or len(parts) > 3:
        raise _refuse(text)
    if len(parts) == 1:
        return _parse_given_first(parts[0].split(" "))
    particle, family = _split_particle(parts[0].split(" "))
    suffix = parts[1] if len(parts) == 3 else None
    return PersonName(given=parts[-1], family=family, particle=particle, suffix=suffix)


def _parse_given_first(words: list[str]) -> PersonName:
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    middle = (i for i, word in enumerate(words[:-1]) if i and _is_particle(word))
    first = next(middle, len(words) - 1)
    particle, family = _split_particle(words[first:])
    given = " ".join(words[:first]) or None
    return PersonName(given=given, family=family, particle=particle, suffix=suffix)


def _split_particle(words: list[str]) -> tuple[str | None, str]:
    """Split `van der Berg` into particle and family; the last word is always of the family."""
    last = max((i for i, word in enumerate(words[:-1]) if _is_particle(word)), default=-1)
    if last < 0 or not _is_particle(words[0]):
        return None, " ".join(words)
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


def _is_particle(word: str) -> bool:
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()


def _to_initial(part: str) -> str:
    letter = next((character for character in part if character.isalpha()), part[0])
    return f"{letter}."


def _find_doubt(plain: str, name: PersonName) -> Doubt | None:
    words = plain.split()
    if _CERTAIN.fullmatch(plain) and _RISKY.isdisjoint(words) and not _has_group_word(words):
        return None
    if "," in plain:
        return _doubt_parts(plain.split(","))
    return _doubt_whole(plain, words) or _doubt_split(words, name)


def _has_group_word(words: Sequence[str]) -> bool:
    return any(word.lower() in _GROUP_WORDS for word in words)


def _doubt_parts(parts: Sequence[str]) -> Doubt | None:
    """Doubt a name with commas: only a suffix in the wrong place, or several authors."""
    # `Family, Jr, Given` has its suffix in the middle; else the commas part several names.
    if len(parts) == 3 and not _DEGREES.fullmatch(parts[1].strip()):
        hint = "Write Family, Suffix, Given, one author per item, or {literal: …} for a group"
        return Doubt(f"{parts[1].strip()!r} does not look like a suffix", hint)
    if len(parts) == 2 and _DEGREES.fullmatch(parts[1].strip()):
        return Doubt(f"{parts[1].strip()!r} looks like a suffix", "write Family, Suffix, Given")
    return None


def _doubt_whole(plain: str, words: Sequence[str]) -> Doubt | None:
    """Doubt that a name without commas is one person's."""
    if _SEVERAL.search(plain):
        hint = f"Write one author per item, or {{literal: {plain}}} for a group"
        return Doubt("it may be several authors", hint)
    if _NO_NAME.search(plain):
        hint = f"write the name alone, or {{literal: {plain}}} if it is as it stands"
        return Doubt("it contains a title or symbols", hint)
    is_acronym = len(words) == 1 and sum(c.isupper() for c in plain) > 1 and "-" not in plain
    if is_acronym or _has_group_word(words):
        return Doubt(
            "it may be a group", f"write {{literal: {plain}}}, or Family, Given for a person"
        )
    if _EAST_ASIAN.search(plain):
        return Doubt("the family name is not marked", "write {family: …, given: …}")
    return None


def _doubt_split(words: Sequence[str], name: PersonName) -> Doubt | None:
    """Doubt where the family name starts."""
    if len(words) == 1:
        return None
    reason = _doubt_ends(words) or _doubt_particles(words)
    hint = f"write {name.inverted!r} if that is right, or else Family, Given with the other split"
    return Doubt(reason, hint) if reason else None


def _doubt_ends(words: Sequence[str]) -> str | None:
    first, last = words[0], words[-1]
    if _DEGREES.fullmatch(last) and (len(words) == 2 or not _SUFFIX.fullmatch(last)):
        return f"{last!r} may be a suffix"
    if _INITIALS.fullmatch(last):
        return f"it ends in the initial {last!r}"
    if first.isupper() and first.isalpha() and len(first) > 2 and not last.isupper():
        return f"{first!r} may be the family name"
    if _is_particle(first):
        return f"{first!r} may belong to the family name"
    return None


def _doubt_particles(words: Sequence[str]) -> str | None:
    for word in words[1:-1]:
        if word in _RISKY:
            return f"{word!r} may belong to the family name"
        # `y` and `e` join two family names; `d'Alembert` is one.
        if _is_particle(word) and word not in _PARTICLES:
            return f"{word!r} may belong to the given or the family name"
    return None


def _from_text(value: Any, handler: Any) -> PersonName:  # noqa: ANN401 - pydantic hands over what the file holds
    if isinstance(value, str):
        return parse_name(value)
    name: PersonName = handler(value)
    _check_form(name)
    return name


def _check_form(name: PersonName) -> None:
    parts = (name.given, name.family, name.particle, name.suffix)
    if name.literal is not None and any(part is not None for part in parts):
        message = "an author has either `literal` or parts, not both"
        raise PydanticCustomError("author-invalid", message)
    if name.literal is None and name.family is None:
        raise PydanticCustomError("author-invalid", "an author needs `family` or `literal`")


Name = Annotated[PersonName, WrapValidator(_from_text, json_schema_input_type=str | PersonName)]
"""An author as a record gives it: plain text, or a mapping with the parts."""
