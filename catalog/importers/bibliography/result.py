"""What reading a bibliography gives: a draft for each entry, or a reason why there is none."""

from collections import Counter
from dataclasses import dataclass, field

from catalog.importers.bibliography.entries import Entry
from catalog.model.draft import Draft


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that is no draft: where it stands, why, and how it begins.

    `is_fault` is False for what is no paper and is not meant to be one.
    """

    line: int | None
    reason: str
    text: str
    is_fault: bool = True


@dataclass(slots=True)
class Bibliography:
    """All entries of a file, in its order: each is a draft or rejected.

    `entries[i]` is what `drafts[i]` was made of. `left_out` counts the fields of drafts for which a
    list has no place, such as abstracts and file names of the reader's own.
    """

    drafts: list[Draft] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """The number of entries in the file."""
        return len(self.drafts) + len(self.rejected)

    def add(self, entry: Entry) -> None:
        """Take an entry: as a draft, or as rejected when it has no title."""
        draft = entry.to_draft()
        if "title" not in draft.values:
            line = entry.source.line
            self.rejected.append(Rejected(line, "it has no title", entry.key or ""))
            return
        self.drafts.append(draft)
        self.entries.append(entry)
        self.left_out.update(entry.left_out)
