"""What an old list has besides papers, as `resources:` of the new one, word for word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import normalise_url
from catalog.importers.markdown.markdown_subset import to_line, to_subset
from catalog.importers.markdown.resources import FoundResource
from catalog.importers.markdown.sections import Section
from catalog.model.types import Value
from catalog.text.urls import is_url

_SEPARATORS = " \t\n-–—:|·•,;."
# 14.02.2025: … · [2024/09] … · **2025-03-02** — …: an item of news.
_DATE = re.compile(r"^\W*(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d[-/.]\d{1,2})\b")
# https://github.com/ada-example is a person, https://github.com/ada-example/things a resource.
_PROFILE = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/]+/?$", re.IGNORECASE)
# Book: · **Other lists**: · 📖
_LABEL = re.compile(r"[^\w]*(?:[^\W\d_]+ ?){1,2}[:：][^\w]*")
# `(2020). Courses:` or a symbol at the end: it belongs to the next link.
_NEXT_LABEL = re.compile(
    r"[^\w()]*(?:[^\W\d_]+ ?){1,2}[:：][^\w]*$|[📕📗📘📙📖🎓🎤📺✍📝🔗\ufe0f]\s*$"
)
_SENTENCE_END = (".", ":", ",", ";", ")", "!", "?", "-", "–", "—", "|")


@dataclass(frozen=True, slots=True)
class ListedResource:
    """A resource of the new list, with its lines in the old file."""

    start: int
    end: int
    section: Section
    title: str
    url: str
    kind: str
    note: str | None = None
    figures: tuple[tuple[str, str], ...] = ()
    """Address and alternative text of each picture."""

    def to_value(self, section: str) -> Value:
        """Return the resource as papers.yaml has it."""
        value: dict[str, Value] = {"title": self.title, "url": self.url}
        if self.kind != "other":
            value["kind"] = self.kind
        value["sections"] = [section]
        if self.note:
            value["note"] = self.note
        if self.figures:
            value["figures"] = [{"src": src, "alt": alt} for src, alt in self.figures]
        return value


def read_resource(found: FoundResource, block: Block | None) -> ListedResource | None:
    """Read the list item or table row of a resource; None when it is only text with a link in it.

    `block` is None for a paragraph.
    """
    if _PROFILE.match(found.url) or block is None:
        return None
    if block.kind is BlockKind.ROW:
        listed = _read_row(found, block)
    else:
        listed = _read_item(found, list(_pieces_of(block)))
    return listed if listed is not None and is_url(listed.url) else None


def read_labelled(block: Block, section: Section) -> list[ListedResource]:
    """Read a paragraph in which a word or a sign names the kind of every link; else nothing.

    `**Books**: [A](…) (2020), [B](…). **Talks**: [C](…)` · `📖 [Ice, Seen](…) (book)`
    """
    found: list[ListedResource] = []
    kind = None
    links = [index for index, piece in enumerate(block.pieces) if piece.url]
    for number, index in enumerate(links):
        piece = block.pieces[index]
        start = links[number - 1] + 1 if number else 0
        end = links[number + 1] if number + 1 < len(links) else len(block.pieces)
        before = "".join(one.text for one in block.pieces[start:index])
        after = _without_label("".join(one.text for one in block.pieces[index + 1 : end]))
        # What is before the last line break or bracket is said of the link before.
        own = re.split(r"[\n)]", before)[-1]
        kind = (
            _name_kind(own)
            or _name_kind(after.split("\n")[0])
            or (kind if _is_joint(before) else None)
        )
        url = normalise_url(piece.url or "")
        title = to_line(piece.text)
        if kind is None or piece.image or not is_url(url) or not re.search(r"\w", title):
            return []
        note = to_line(after).strip(_SEPARATORS)
        found.append(
            ListedResource(block.start, block.end, section, title, url, kind, note or None)
        )
    return found


def _name_kind(text: str) -> str | None:
    """Return the kind that a label or a remark in brackets names."""
    labels = re.findall(r"([^\W\d_]+)\s*[*_]*[:：]|\(([^\W\d_]+)|([📕📗📘📙📖🎓🎤📺✍📝🔗])", text)
    words = " ".join("".join(label) for label in labels)
    return next((kind for kind, pattern in _KIND_WORDS.items() if pattern.search(words)), None)


def _is_joint(text: str) -> bool:
    """Return whether a text only joins two links: `, ` · ` (2020); `."""
    # A word of three letters and a colon begin another label.
    return not re.search(r"[^\W\d_]{3}.*[:：]", text)


def _without_label(text: str) -> str:
    """Return a text without the label of the next link at its end: `(2020). Courses:`."""
    return _NEXT_LABEL.sub("", text)


def _read_item(found: FoundResource, pieces: Sequence[Piece]) -> ListedResource | None:
    text = "".join(piece.text for piece in pieces if piece.image is None)
    links = [index for index, piece in enumerate(pieces) if piece.url and normalise_url(piece.url)]
    if not links or _DATE.match(text):
        return None
    first = links[0]
    before = "".join(piece.text for piece in pieces[:first] if piece.image is None)
    label = _LABEL.fullmatch(before.strip())
    if re.search(r"\w", before) and label is None:
        if not before.strip().endswith(_SENTENCE_END):
            return None  # Thanks to [Tiny Icons](…) for the icons.
        title, rest = before, [*pieces[first:]]
    else:  # [thinglib](…) - moves things · Book: [Places and Pieces](…)
        title, rest = pieces[first].text, [*pieces[first + 1 :]]
    note = _note_of(rest)
    url = normalise_url(pieces[first].url or "")
    title = to_line(title).strip(_SEPARATORS + "*").lstrip("📕📗📘📙🎓🎤✍️🔗 ")
    if not re.search(r"\w", title):
        return None
    return ListedResource(
        found.start,
        found.end,
        found.section,
        title,
        url,
        _name_kind(before) or _find_kind(found, text),
        note,
        _figures(pieces),
    )


def _read_row(found: FoundResource, row: Block) -> ListedResource | None:
    own = _find_title_cell(row)
    if own is None:
        return None
    title = to_line("".join(piece.text for piece in row.cells[own] if piece.image is None))
    cells: list[str] = []
    for index, cell in enumerate(row.cells):
        is_only_link = {piece.url for piece in cell if piece.text.strip()} == {found.url}
        if index != own and not is_only_link and (shown := _note_of(cell)):
            cells.append(shown)
    figures = _figures([piece for cell in row.cells for piece in cell])
    note = " · ".join(cells) or None
    kind = _find_kind(found, title, note)
    return ListedResource(
        found.start, found.end, found.section, title, found.url, kind, note, figures
    )


def _find_title_cell(row: Block) -> int | None:
    """Return the cell that names the resource: a bold one, else the first with a word in it."""
    named = [
        index
        for index, cell in enumerate(row.cells)
        if any(re.search(r"[^\W\d_]{2}", piece.text) for piece in cell if piece.image is None)
    ]
    bold = [index for index in named if any(piece.bold for piece in row.cells[index])]
    return next(iter([*bold, *named]), None)


# Words that name a kind in a note or a title, where a heading names none or several at once:
# "(book, 2019)", "Vorlesung „Mechanik des Papiers“", "awesome-origami-code".
_KIND_WORDS = {
    "list": re.compile(r"\bawesome-|reading[- ]list|paper[- ]list|\blists?\b|🔗", re.IGNORECASE),
    "book": re.compile(r"\b(?:text|hand)?books?\b|lehrbuch|\bISBN\b|📕|📗|📘|📙|📖", re.IGNORECASE),
    "course": re.compile(r"\bcourses?\b|\btutorials?\b|vorlesung|kurs\b|🎓", re.IGNORECASE),
    "talk": re.compile(r"\btalks?\b|\blectures?\b|\bvideos?\b|vortrag|🎤|📺", re.IGNORECASE),
    "blog": re.compile(r"\bblogs?\b|blog\b|\bposts?\b|✍|📝", re.IGNORECASE),
    "dataset": re.compile(r"\bdata ?sets?\b|\bcorpus\b|datensatz", re.IGNORECASE),
    "tool": re.compile(r"\btools?\b|\bsoftware\b|werkzeug|\blibrar(?:y|ies)\b", re.IGNORECASE),
}
# `Tools and Data`: a heading for several kinds says nothing about one resource.
_SEVERAL = re.compile(r"[,&/]|\b(?:and|und|et|y)\b", re.IGNORECASE)


def _find_kind(found: FoundResource, *texts: str | None) -> str:
    kind = found.kind.value
    if kind not in ("other", "code") and not _SEVERAL.search(found.section.title):
        return kind
    text = " ".join(filter(None, texts))
    heading = found.section.title
    if not _SEVERAL.search(heading):
        named = (name for name, words in _KIND_WORDS.items() if words.search(heading))
        if name := next(named, None):
            return name
    return next((name for name, words in _KIND_WORDS.items() if words.search(text)), kind)


def _note_of(pieces: Sequence[Piece]) -> str | None:
    """Return pieces as a line of the subset, without the marks that part it from the title."""
    shown = [replace(piece, line=0) for piece in pieces if piece.image is None]
    note = to_line(to_subset(shown).replace("\n", " "))
    return note.lstrip(_SEPARATORS).strip() or None


def _figures(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (piece.image, to_line(piece.text) or "image")
        for piece in pieces
        if piece.image and not re.search(r"\s", piece.image)
    )


def _pieces_of(item: Block) -> Sequence[Piece]:
    """Return the pieces of an item with those of its paragraphs and nested items, a space apart."""
    found = list(item.pieces)
    for child in item.children:
        inner = _pieces_of(child)
        if found and inner:
            found.append(Piece(" ", inner[0].line))
        found += inner
    return found
