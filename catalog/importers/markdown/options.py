"""How an owner wants a list to be read: the use of its sections, the form of its entries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.errors import UsageError
from catalog.importers.markdown.sections import Section
from catalog.text.spelling import did_you_mean, find_nearest


class SectionUse(StrEnum):
    """What a section holds, whatever its heading and its links suggest."""

    PAPERS = "papers"
    SKIP = "skip"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a list: `sections` by heading, and `form`, the notation of most entries."""

    sections: Mapping[str, SectionUse] = field(default_factory=dict)
    form: str | None = None

    @classmethod
    def of(
        cls, sections: Mapping[str, str] | None = None, form: str | None = None
    ) -> "ReadOptions":
        """Return options from plain text; raises `UsageError` for a use that is unknown."""
        uses: dict[str, SectionUse] = {}
        for heading, use in (sections or {}).items():
            if not heading or use not in set(SectionUse):
                known = [str(one) for one in SectionUse]
                otherwise = f"Write HEADING=USE; USE is one of {', '.join(known)}"
                hint = did_you_mean(use, known, otherwise)
                raise UsageError(f"section '{heading}={use}': {use!r} is not a use. {hint}")
            uses[heading] = SectionUse(use)
        return cls(uses, form)

    def use_of(self, section: Section) -> SectionUse | None:
        """Return the use that the owner gave a section, or else the nearest one around it."""
        for one in reversed(section.path()):
            for heading, use in self.sections.items():
                if _is_named(one, heading):
                    return use
        return None

    def check_headings(self, sections: Collection[Section]) -> None:
        """Raise `UsageError` when a heading is in none of the lists."""
        for heading in self.sections:
            if not any(_is_named(one, heading) for one in sections):
                near = find_nearest(heading, (one.title for one in sections))
                hint = f"; did you mean {near!r}?" if near else ""
                raise UsageError(f"the list has no heading {heading!r}{hint}")


def _is_named(section: Section, heading: str) -> bool:
    """Return whether a heading, alone or after those around it, names a section: `Law / Deeds`."""
    path = "".join(f" / {one.title}" for one in section.path())
    return path.casefold().endswith(f" / {heading.casefold()}")
