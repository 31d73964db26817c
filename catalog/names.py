"""Names of people and groups: one model for every format, for search and for sorting.

The plain forms are BibTeX's: `Given particle Family`, `particle Family, Given` and
`particle Family, Suffix, Given`. Where the plain form would be split wrongly, a record gives the
parts by name.
"""

import re
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, WrapValidator, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import Self

_Part = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(?:.*\S)?$")]

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
_ET_AL = re.compile(r"(?:et\.?\s+al\.?|and\s+others|others|…|\.\.\.)", re.IGNORECASE)


class PersonName(BaseModel):
    """A name by its parts: `family` for a person, or `literal` for a group or a name kept whole."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    given: _Part | None = None
    """Given names, as written: `Jean-Luc`, `A. B.`."""
    family: _Part | None = None
    """Family name without its particle: `Berg`."""
    particle: _Part | None = None
    """What stands before the family name: `van der`."""
    suffix: _Part | None = None
    """What stands after it: `Jr.`, `III`."""
    literal: _Part | None = None
    """A name that is not split: a group, an institution."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        parts = (self.given, self.family, self.particle, self.suffix)
        if self.literal is not None and any(part is not None for part in parts):
            raise PydanticCustomError("author-invalid", "an author has either `literal` or parts, not both")
        if self.literal is None and self.family is None:
            raise PydanticCustomError("author-invalid", "an author needs `family` or `literal`")
        return self

    @property
    def display(self) -> str:
        """The name as a reader sees it: `Carla van der Berg`."""
        if self.literal is not None:
            return self.literal
        return " ".join(part for part in (self.given, self.full_family, self.suffix) if part)

    @property
    def inverted(self) -> str:
        """The name as an index shows it: `van der Berg, Carla`."""
        if self.literal is not None:
            return self.literal
        return ", ".join(part for part in (self.full_family, self.suffix, self.given) if part)

    @property
    def full_family(self) -> str:
        """Particle and family name, or the whole of an unsplit name."""
        if self.literal is not None:
            return self.literal
        return f"{self.particle} {self.family}" if self.particle else str(self.family)

    @property
    def initials(self) -> str:
        """The given names as initials: `Jean-Luc A.` gives `J.-L. A.`; "" when there are none."""
        words = (self.given or "").split()
        return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)

    @property
    def abbreviated(self) -> str:
        """The name with its given names as initials: `C. van der Berg`."""
        if self.literal is not None:
            return self.literal
        return " ".join(part for part in (self.initials, self.full_family, self.suffix) if part)


@lru_cache(maxsize=None)
def parse_name(text: str) -> PersonName:
    """Split a plain name by BibTeX's rules.

    A single word is a mononym and becomes the family name. Raises `PydanticCustomError` when the
    text has more than two commas or an empty part.
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    if not all(parts) or len(parts) > 3:
        raise PydanticCustomError(
            "author-invalid",
            "the author '{name}' cannot be split into names",
            {"name": text, "hint": "write Family, Given or {literal: …}; one author an item"},
        )
    if len(parts) == 1:
        return _parse_given_first(parts[0].split(" "))
    particle, family = _split_particle(parts[0].split(" "))
    suffix = parts[1] if len(parts) == 3 else None
    return PersonName.model_construct(
        given=parts[-1], family=family, particle=particle, suffix=suffix, literal=None
    )


def _parse_given_first(words: list[str]) -> PersonName:
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    first = next((i for i, word in enumerate(words[:-1]) if i and _is_particle(word)), len(words) - 1)
    particle, family = _split_particle(words[first:])
    given = " ".join(words[:first]) or None
    return PersonName.model_construct(
        given=given, family=family, particle=particle, suffix=suffix, literal=None
    )


def _split_particle(words: list[str]) -> tuple[str | None, str]:
    """Split `van der Berg` into particle and family; the last word is always of the family."""
    last = max((i for i, word in enumerate(words[:-1]) if _is_particle(word)), default=-1)
    if last < 0 or not _is_particle(words[0]):
        return None, " ".join(words)
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


def _is_particle(word: str) -> bool:
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()


def is_et_al(name: PersonName) -> bool:
    """Tell whether a name is a stand-in for further authors: `et al.`, `and others`."""
    return _ET_AL.fullmatch(name.display.strip(" .,")) is not None or name.display.endswith(
        (" et al", " et al.")
    )


def _from_text(value: Any, handler: Any) -> PersonName:  # noqa: ANN401 - pydantic hands over what the file holds
    name: PersonName = parse_name(value) if isinstance(value, str) else handler(value)
    return name


Name = Annotated[PersonName, WrapValidator(_from_text, json_schema_input_type=str | PersonName)]
"""An author as a record gives it: plain text, or a mapping with the parts."""
