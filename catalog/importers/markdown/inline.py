"""The parts of a candidate as runs of text and as links: labels and badges out of the text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.importers.markdown import weights
from catalog.importers.markdown.bylines import is_name
from catalog.importers.markdown.candidates import Candidate, Part, Role
from catalog.importers.markdown.dates import find_bare_year, find_date, is_date
from catalog.importers.markdown.edges import strip_edges
from catalog.importers.markdown.evidence import Slot, weigh
from catalog.importers.markdown.features import count_words
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import (
    clean_label,
    find_label_kind,
    is_anchor,
    is_badge,
    is_scholarly,
    read_badge,
)
from catalog.importers.markdown.markdown_subset import to_subset
from catalog.importers.venues.mentions import find_known, find_venue, is_venue_like
from catalog.model.identifiers import to_arxiv_url, to_doi_url
from catalog.model.records import LinkKind, VenueKind


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as shown: its label without brackets, its address, the kind by its place."""

    label: str
    url: str
    hint: LinkKind | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one style; `url` is given when it is the text of a link."""

    text: str
    part: int
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None
    is_badge: bool = False
    is_label: bool = False
    """A labelled link, which is not text except where its form has a venue there."""

    @property
    def style(self) -> str:
        """The style that shapes vote on."""
        if self.url is not None:
            return "linked"
        if self.bold:
            return "bold"
        return "code" if self.code else "italic" if self.italic else "plain"


@dataclass(slots=True)
class PartView:
    """A part with the hint of its label or column; `label` is the label as shown."""

    part: Part
    hint: str | None = None
    label: str = ""
    kind: LinkKind | None = None


@dataclass(slots=True)
class View:
    """A candidate made ready: its runs in order, and the links that are not text."""

    candidate: Candidate
    parts: list[PartView]
    runs: list[Run] = field(default_factory=list)
    links: list[ShownLink] = field(default_factory=list)
    empty_links: list[str] = field(default_factory=list)
    """Labels of links that lead nowhere."""
    names: list[ShownLink] = field(default_factory=list)
    """Links from names of authors to their pages."""
    citations: list[tuple[str, int]] = field(default_factory=list)
    """Authors and year of labels such as `Example et al. (2003)`."""
    identifiers: list[str] = field(default_factory=list)
    """Addresses of the identifiers that are in the text."""
    quotations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What follows labelled links after a dash, in the subset: `[[pdf]](…) — A *remark*.`"""
    shared_labels: frozenset[str] = frozenset()
    """Texts of links that several entries have."""
    labelled: set[int] = field(default_factory=set)
    """The indices of runs that labelled links stand right before."""


_LABEL = re.compile(
    r"^[\s\W]*(?P<label>[A-Za-z\u3400-\u9fff][\w /&.()-]{0,28}?)\s?(?:[:;](?:\s|$|(?=\[))|：)"
)
"""The label of a part: `Paper: `, `作者：`, `Code:[…`."""


def view_all(candidates: Sequence[Candidate]) -> list[View]:
    """Return candidates made ready for reading; what several of them link by is a label."""
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for one in candidates:
        for part in one.parts:
            for piece in part.pieces:
                if piece.url and _may_label(piece.text):
                    addresses[piece.text.strip()].add(piece.url)
    labels = frozenset(text for text, urls in addresses.items() if len(urls) >= _REPEATED)
    return [view(candidate, labels) for candidate in candidates]


_REPEATED = 3
"""Addresses that share the text of their link: `[open access hier.](…)` in three entries."""
_MOST_LABEL_WORDS = 5
"""Longer texts without a colon are titles or sentences."""


def _may_label(text: str) -> bool:
    """Return whether the text of a link is a label by its words: `Paper Review Video`."""
    words = text.split()
    if not 1 < len(words) <= _MOST_LABEL_WORDS or is_venue_like(text):
        return False
    return text.strip()[:1].islower() or any(find_label_kind(word) is not None for word in words)


def view(candidate: Candidate, labels: frozenset[str] = frozenset()) -> View:
    """Return a candidate made ready for reading; `labels` are texts of links, not titles."""
    parts = [_view_part(candidate, part) for part in candidate.parts]
    made = View(candidate, parts, shared_labels=labels)
    for number, part in enumerate(made.parts):
        _take_part(made, number, part)
    return made


def _view_part(candidate: Candidate, part: Part) -> PartView:
    if part.role is Role.CELL:
        head = candidate.header[part.column] if part.column < len(candidate.header) else ""
        return PartView(part, find_hint(head), "", find_label_kind(head))
    if part.role in (Role.MAIN, Role.QUOTE):
        return PartView(part)
    found = _LABEL.match("".join(piece.text for piece in part.pieces))
    if found is None:
        return PartView(part)
    hint = find_hint(found["label"])
    if hint in (Hint.TITLE, Hint.IGNORE):
        hint = Hint.NOTE
    if hint is None and part.role is not Role.CHILD:
        return PartView(part)
    kind = find_label_kind(found["label"])
    if kind is not None and hint == Hint.NOTE and any(piece.url for piece in part.pieces):
        hint = Hint.LINKS
    return PartView(part, hint or Hint.NOTE, found["label"].strip(), kind)


def _take_part(made: View, number: int, part: PartView) -> None:
    if part.part.role is Role.QUOTE:
        made.quotations.append("".join(piece.text for piece in part.part.pieces))
        return
    label = part.label
    before: Piece | None = None
    for index, piece in enumerate(part.part.pieces):
        if piece.image is not None:
            _take_image(made, number, piece)
        elif piece.url is not None:
            _take_link(made, number, part, piece, before)
        elif _begins_remark(made, number, part, piece):
            _take_remark(made, number, part, part.part.pieces[index:])
            return
        else:
            text, label = _drop_label(piece.text, label)
            text = _take_identifiers(made, text)
            if text.strip():
                _take_text(made, number, piece, text, before)
            elif made.runs and made.runs[-1].part == number:
                made.runs.append(Run(" ", number))
        before = piece


_DOI_IN_TEXT = re.compile(
    r"\bdoi:\s?(10\.\d{4,9}/[^\s\"<>\[\]]*[^\s\"<>\[\](){}.,;:])", re.IGNORECASE
)
"""`doi:10.1000/182`, without the period of the sentence."""
_ARXIV_IN_TEXT = re.compile(r"\barxiv:\s?(\d{4}\.\d{4,5})", re.IGNORECASE)


def _take_identifiers(made: View, text: str) -> str:
    """Take `doi:10.1000/x` and `arXiv:2401.10000`; the second may name the venue too."""
    if ":" not in text:
        return text
    made.identifiers += [to_arxiv_url(found[1]) for found in _ARXIV_IN_TEXT.finditer(text)]
    made.identifiers += [to_doi_url(found[1]) for found in _DOI_IN_TEXT.finditer(text)]
    return _DOI_IN_TEXT.sub(" ", text)


def _begins_remark(made: View, number: int, part: PartView, piece: Piece) -> bool:
    """Return whether a text after labelled links is a remark: words after a dash, and no venue."""
    if not made.links or part.hint or piece.text.lstrip()[:2] not in ("— ", "– "):
        return False
    before = [run.text for run in made.runs if run.part == number and strip_edges(run.text)]
    shown = strip_edges(piece.text)
    is_published = is_date(shown) or weigh(Slot.VENUE, shown) >= weights.LEAST_SUPPORT
    # What follows nothing but links may be the title itself.
    return bool(before) and (not is_published or any(map(_is_published, before)))


def _is_published(text: str) -> bool:
    return find_bare_year(text) is not None or find_venue(text) is not None


def _take_remark(made: View, number: int, part: PartView, pieces: Sequence[Piece]) -> None:
    """Take a remark whole; its pictures and the labels that the entry lacks are links as usual."""
    kept: list[Piece] = []
    for piece in pieces:
        kind = find_label_kind(piece.text) if piece.url and piece.image is None else None
        if piece.image is not None:
            _take_image(made, number, piece)
        elif kind is not None and kind not in (find_label_kind(one.label) for one in made.links):
            _take_link(made, number, part, piece)
        else:
            kept.append(piece)
    if remark := to_subset(kept).lstrip("—– "):
        made.remarks.append(remark)


def _drop_label(text: str, label: str) -> tuple[str, str]:
    """Return the text without the label that it begins with, and what is left to drop."""
    if not label:
        return text, ""
    rest = text.split(label, 1)[1] if label in text else text
    rest = rest.lstrip(" :：;")
    # The colon may be in the next piece: `**Code** : …`.
    return rest, "" if rest else ":"


def _take_text(made: View, number: int, piece: Piece, text: str, before: Piece | None) -> None:
    run = Run(text, number, bold=piece.bold, italic=piece.italic, code=piece.code)
    if before is not None and before.bold and piece.bold and before.url is None and made.runs:
        # Code or italic inside a bold title is a part of it.
        last = made.runs.pop()
        run = Run(last.text + text, number, bold=True)
    elif made.runs and made.runs[-1].part == number and _ET_AL.match(text) and piece.italic:
        last = made.runs[-1]
        if last.url is None and not last.is_badge:
            made.runs[-1] = replace(last, text=last.text + text)
            return
    made.runs.append(run)


_ET_AL = re.compile(r"\s*et\.?\s+al\b", re.IGNORECASE)
"""`A. Example *et al.*`: the authors are of two styles, and yet one text."""


def _take_image(made: View, number: int, piece: Piece) -> None:
    source = piece.image or ""
    if not is_badge(source) and piece.url is None:
        return
    badge = read_badge(source, piece.text) if is_badge(source) else None
    label = (badge.text if badge else "") or piece.text
    if piece.url and not is_anchor(piece.url):
        url = piece.url
        if not any(link.url == url for link in made.links):
            made.links.append(ShownLink(clean_label(label) or label, url))
    elif badge is not None and badge.repository and not _has_link(made, badge.repository):
        made.links.append(
            ShownLink(clean_label(piece.text) or "stars", badge.repository, LinkKind.CODE)
        )
    if badge is not None and badge.text:
        made.runs.append(Run(badge.text, number, is_badge=True))


def _has_link(made: View, url: str) -> bool:
    wanted = url.lower().rstrip("/")
    pieces = (piece for part in made.candidate.parts for piece in part.pieces)
    shown = [piece.url or "" for piece in pieces] + [link.url for link in made.links]
    return any(one.lower().rstrip("/").startswith(wanted) for one in shown)


def _take_link(
    made: View, number: int, part: PartView, piece: Piece, before: Piece | None = None
) -> None:
    url, text = piece.url or "", piece.text.strip()
    if url and is_anchor(url):
        return
    label = clean_label(text)
    if not url or url.lower() in _NOWHERE:
        _take_empty_link(made, number, piece, label)
    elif text in made.shared_labels or _is_label(part, text, label, before):
        _take_labelled(made, number, part, text, url)
    elif part.hint in (Hint.LINKS, Hint.NOTE, Hint.TAGS):
        made.links.append(ShownLink(label, url, part.kind))
        if part.hint != Hint.LINKS:
            made.runs.append(Run(text, number))
    elif part.hint == Hint.AUTHORS or _is_author_link(part, text, url):
        made.runs.append(Run(text, number, bold=piece.bold, italic=piece.italic))
        made.names.append(ShownLink(label, url))
    elif not _take_telling_label(made, number, ShownLink(label, url, part.kind)):
        made.runs.append(Run(text, number, bold=piece.bold, url=url))


def _take_labelled(made: View, number: int, part: PartView, text: str, url: str) -> None:
    """Take a link by its label, or by that of its line; a label may name the venue too."""
    label = clean_label(text)
    made.labelled.add(len(made.runs))
    is_bare = text.startswith(_SCHEMES) or not label
    named = part.label or _drop_name(made, number) if is_bare else label
    made.links.append(ShownLink(named, url, part.kind))
    if _is_leading_venue(made, label):
        made.runs.append(Run(label, number, code=True))
    elif find_known(label) is not None:
        made.runs.append(Run(label, number, is_badge=True, is_label=True))


_NAMED = re.compile(r"(?:(?<=[\s,;.|(])|^)([A-Za-z][\w ]{1,20}):\s*$")
"""`Things in Motion\nPDF: <https://…>`: a bare address has its label before it."""


def _drop_name(made: View, number: int) -> str:
    """Take the label of a bare address out of the text before it."""
    last = made.runs[-1] if made.runs else None
    if last is None or last.part != number or last.url is not None:
        return ""
    for found in _NAMED.finditer(last.text):
        if find_label_kind(found[1]) is not None:
            made.runs[-1] = replace(last, text=last.text[: found.start()])
            made.labelled = {min(index, len(made.runs)) for index in made.labelled}
            return found[1]
    return ""


def _is_leading_venue(made: View, label: str) -> bool:
    """Return whether an entry begins with a venue as a link label: `[[CVPR](…)] Things`."""
    if any(strip_edges(run.text) for run in made.runs):
        return False
    known = find_known(label)
    return known is not None and known.kind is not VenueKind.PREPRINT


def _take_telling_label(made: View, number: int, link: ShownLink) -> bool:
    """Take a link whose label names authors and year, a venue or a date."""
    if cited := _CITED.fullmatch(link.label):
        made.citations.append((cited["names"].strip(" ,"), int(cited["year"])))
    elif _tells_venue_or_date(link.label):
        made.runs.append(Run(link.label, number, code=True))
    else:
        return False
    made.links.append(link)
    return True


_CITED = re.compile(r"(?P<names>[^\d()]{2,60}?)[\s,]*\((?P<year>(?:19|20)\d{2})\)")
"""A link that shows names and a year: `[Example et al. (2023)]`."""
_SCHEMES = ("http://", "https://", "www.")
_NOWHERE = frozenset({"tbd", "todo", "n/a", "link", "url"})


def _take_empty_link(made: View, number: int, piece: Piece, label: str) -> None:
    if find_label_kind(piece.text) is not None or not label:
        made.empty_links.append(label)
    else:
        made.runs.append(Run(piece.text.strip(), number, bold=piece.bold, url=""))


_IN_SENTENCE = re.compile(
    r"\b(?:see|it|is|the|this|their|its|my|our|an?|at|in|on|of|from|for|with|via|to|also)\s+$", re.I
)
"""`Worth it for the benchmark (get it [here](…))`: a link that its sentence needs."""


def _is_label(part: PartView, text: str, label: str, before: Piece | None) -> bool:
    """Return whether the text of a link is a label or an address, and no title."""
    if before is not None and before.url is None and _IN_SENTENCE.search(before.text):
        return False
    if text.startswith(_SCHEMES) or not label:
        return True
    in_title_column = part.hint == Hint.TITLE and count_words(text) >= 2
    return find_label_kind(text) is not None and not in_title_column


def _tells_venue_or_date(label: str) -> bool:
    if is_date(label):
        return True
    has_both = find_date(label) is not None and find_venue(label) is not None
    return count_words(label) <= 6 and (has_both or is_venue_like(label))


def _is_author_link(part: PartView, text: str, url: str) -> bool:
    """Return whether a link leads from a name to a person's page: its part has several names."""
    if not is_name(text) or is_scholarly(url) or count_words(text) < 2:
        return False
    links = [piece for piece in part.part.pieces if piece.url and piece.image is None]
    return sum(is_name(piece.text) and count_words(piece.text) >= 2 for piece in links) >= 2
