"""Headings: their text without decoration, what they announce, and the path down to a place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.vocabulary import find_word

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff"
    "\ufe0f\u200d\u20e3\u00a9\u00ae\u2122]"
)
"""Signs that decorate a heading: `🚀 Papers`."""
SHORTCODE = re.compile(r"(?<!\w):[a-z0-9_+-]+:(?![A-Za-z0-9])")
_BACK = re.compile(
    r"\b(?:back|return|go)\b.{0,12}\b(?:top|toc|contents?|up|index)\b|^(?:top|↑|⬆)$", re.I
)
"""A link to the top of the page: `[Back to top]`, `↑`."""
_COUNT = re.compile(r"\s*[(\[（]\s*(?:total:?\s*)?\d+\s*(?:papers?|篇)?\s*[)\]）]\s*$", re.I)
"""A number of papers at the end of a heading: `Papers (12)`, `（12篇）`."""


def is_back_link(text: str) -> bool:
    """Return whether a text only leads back to the top or the contents."""
    return len(text) < 60 and _BACK.search(text.strip(" []()")) is not None


class Announced(StrEnum):
    """What a heading says that its section holds."""

    ENTRIES = "entries"
    CONTENTS = "table of contents"
    NEWS = "news"
    ABOUT = "about the list"
    """Licence, citation, contributing, acknowledgements and the like."""
    OTHER_THINGS = "not papers"
    """Software, courses, talks, … that need the links of papers to pass for papers."""
    MEETINGS = "meetings"
    """Workshops, tutorials, conferences: they name venues and years without being papers."""


_WORDS = {
    "contents": Announced.CONTENTS,
    "news": Announced.NEWS,
    "about": Announced.ABOUT,
    "meetings": Announced.MEETINGS,
    "other-things": Announced.OTHER_THINGS,
}


def clean_heading(pieces: Sequence[Piece]) -> str:
    """Return the text of a heading without anchors, back links, badges, emoji and counts."""
    has_words = any(piece.url is None and re.search(r"\w", piece.text) for piece in pieces)
    kept = [
        piece.text
        for piece in pieces
        if piece.image is None
        and not (piece.url is not None and (_BACK.search(piece.text) or not piece.text.strip()))
        and not ((piece.url or "").startswith("#") and has_words)
    ]
    text = SHORTCODE.sub(" ", _EMOJI.sub(" ", "".join(kept)))
    text = " ".join(text.split())
    text = re.sub(r"\(\s*back\b[^)]*\)|\[\s*\]|\(\s*\)|\[\s*\[\s*\]\s*\]|【\s*】", " ", text)
    text = re.sub(r"\(?\s*\b(?:click|tap) (?:here )?to \w+[^)]*\)?", " ", text, flags=re.I)
    text = _COUNT.sub("", " ".join(text.split()))
    return text.strip(" \t#*_`:：|-–—¶>·•").strip()


def announce(title: str) -> Announced:
    """Return what a heading announces by its words."""
    name = find_word("headings", _bare(title))
    return _WORDS[name] if name else Announced.ENTRIES


def _bare(title: str) -> str:
    """Return the words of a heading without its number and the marks around them."""
    plain = re.sub(r"^[\W\d_]+", "", title).strip()
    return re.sub(r"^(?:[IVX]+|[A-Z])\.\s+", "", plain).rstrip(" :：.!…")


BULLET = 20
"""What is added to the level of a section that an item of a list opens."""
_TOPICS = frozenset({"navigation"})
"""Topics that are headings of a table of contents too."""


@dataclass(slots=True, eq=False)
class Section:
    """A heading with what it announces; `parent` is the section that it is in."""

    title: str
    level: int
    line: int
    parent: "Section | None" = None
    announced: Announced = Announced.ENTRIES
    is_document_title: bool = False
    is_venue: bool = False
    """Whether it is a bullet that only names the venue of the entries below it."""
    entries: int = 0
    subsections: "list[Section]" = field(default_factory=list)

    def path(self) -> list["Section"]:
        """Return the sections from the outermost to this one."""
        above = self.parent.path() if self.parent else []
        return [*above, self]

    def shown_path(self) -> list[str]:
        """Return the titles down to this section, without the document's and a Contents heading."""
        return [
            section.title
            for section in self.path()
            if section.title
            and not (section.is_document_title or section.is_venue)
            and (section.announced is not Announced.CONTENTS or section._is_topic(self))
        ]

    def _is_topic(self, innermost: "Section") -> bool:
        """Return whether a heading such as `Navigation` names papers, and no table of contents."""
        return self is innermost and _bare(self.title).lower() in _TOPICS


class SectionStack:
    """The section at hand while the blocks are walked."""

    def __init__(self) -> None:
        self.root = Section("", 0, 0)
        self.all: list[Section] = []
        self._current = self.root

    @property
    def current(self) -> Section:
        """The innermost open section."""
        return self._current

    def open(self, title: str, level: int, line: int) -> Section:
        """Open a section below the innermost one of a smaller level."""
        parent = self._current
        while parent.parent is not None and parent.level >= level:
            parent = parent.parent
        section = Section(title, level, line, parent, announce(title))
        parent.subsections.append(section)
        self.all.append(section)
        self._current = section
        return section

    def close(self, section: Section) -> None:
        """Leave `section` and whatever is open inside it."""
        if section in self._current.path():
            self._current = section.parent or self.root
