"""What the walk over the blocks gathers: sections, candidates, and an account of their lines."""

from catalog.importers.markdown.blocks import Block
from catalog.importers.markdown.candidates import LONGEST_ENTRY, Candidate, CandidateKind, Part
from catalog.importers.markdown.coverage import Account, Fate
from catalog.importers.markdown.sections import Section, SectionStack


class Gathering:
    """The sections and candidates found so far; the account knows the lines of everything else."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.sections = SectionStack()
        self.candidates: list[Candidate] = []
        self.prose: list[tuple[Section, Block]] = []

    @property
    def last(self) -> Candidate | None:
        """The candidate found last."""
        return self.candidates[-1] if self.candidates else None

    def add(self, kind: CandidateKind, start: int, end: int, parts: list[Part]) -> None:
        """Keep a candidate of these lines in the section at hand."""
        self.keep(Candidate(kind, start, end, parts, self.sections.current))

    def add_prose(self, block: Block) -> None:
        """Keep a block as prose of the section at hand."""
        self.account.claim(block.start, block.end, Fate.PROSE)
        self.prose.append((self.sections.current, block))

    def keep(self, candidate: Candidate) -> None:
        """Keep a candidate to be read, unless it is longer than any entry."""
        if candidate.is_overlong:
            reason = f"an entry of more than {LONGEST_ENTRY:,} characters"
            self.account.leave(candidate, reason)
        else:
            self.candidates.append(candidate)
