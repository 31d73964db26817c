"""What an owner says about how to read a list: the use of sections, the form of entries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from catalog.errors import UsageError
from catalog.importers.markdown.sections import Section


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
            if use not in set(SectionUse):
                known = ", ".join(SectionUse)
                raise UsageError(f"section {heading!r}: {use!r} is not a use; choose from {known}")
            uses[heading] = SectionUse(use)
        return cls(uses, form)

    def use_of(self, section: Section) -> SectionUse | None:
        """Return what the owner says of a section, or else of the nearest one around it."""
        for one in reversed(section.path()):
            for heading, use in self.sections.items():
                if _is_named(one, heading):
                    return use
        return None

    def check_headings(self, sections: Collection[Section]) -> None:
        """Raise `UsageError` when a heading is in none of the lists."""
        for heading in self.sections:
            if not any(_is_named(one, heading) for one in sections):
                titles = {one.title.casefold(): one.title for one in sections}
                near = get_close_matches(heading.casefold(), titles, n=1)
                hint = f"; did you mean {titles[near[0]]!r}?" if near else ""
                raise UsageError(f"the list has no heading {heading!r}{hint}")


def _is_named(section: Section, heading: str) -> bool:
    """Return whether a heading, alone or after those around it, names a section: `Law / Deeds`."""
    path = "".join(f" / {one.title}" for one in section.path())
    return path.casefold().endswith(f" / {heading.casefold()}")
