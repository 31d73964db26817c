"""What reading a bibliography gives: a draft for each entry, or a reason why there is none."""

from collections import Counter
from dataclasses import dataclass, field

from catalog.importers.bibliography.entries import Entry
from catalog.model.draft import Draft


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that did not become a draft: its line, the reason, and how it begins.

    `is_fault` is False for what is not a paper and not meant to be one.
    """

    line: int | None
    reason: str
    text: str
    is_fault: bool = True


@dataclass(slots=True)
class Bibliography:
    """All entries of a file, in its order: each is a draft or rejected.

    `entries[i]` is what `drafts[i]` was made of. `remarks` say how the file was read, such as which
    columns of a table became which fields.
    """

    drafts: list[Draft] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    facets: dict[str, str] = field(default_factory=dict)
    """Open facets that the entries use: titles by id."""

    @property
    def total(self) -> int:
        """The number of entries in the file."""
        return len(self.drafts) + len(self.rejected)

    @property
    def left_out(self) -> Counter[str]:
        """The number of values without a place in a record, by the name of their field."""
        return Counter(one.name for entry in self.entries for one in entry.left_out)

    def add(self, entry: Entry, text: str = "") -> None:
        """Take an entry: as a draft, or as rejected when it has no title."""
        draft = entry.to_draft()
        if "title" not in draft.values:
            line = entry.source.line
            self.rejected.append(Rejected(line, "it has no title", entry.key or text))
            return
        self.drafts.append(draft)
        self.entries.append(entry)
