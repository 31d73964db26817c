"""What lines of a list are like: how an entry begins, what is a field of one, what is a label."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from catalog.importers.markdown.bylines import read_byline
from catalog.importers.markdown.dates import is_date
from catalog.importers.markdown.edges import strip_edges
from catalog.importers.markdown.field_labels import find_hint
from catalog.importers.markdown.inline_html import Piece
from catalog.importers.markdown.links import find_label_kind, is_anchor, is_scholarly
from catalog.importers.venues.mentions import is_venue_like

_FIELD = re.compile(r"^\W*[A-Za-z\u3400-\u9fff][\w /&.-]{0,28}\s?[:：;](?:\s|$)")
"""A label before a text: `Authors: `, `Code & data: `, `作者：`."""


_WIDE_FIELD = re.compile(r"\W*([\u3400-\u9fff]{1,8}|[A-Za-z]{2,12})：")
"""`作者：Ada Example`: no space follows a wide colon, which titles have inside too."""
_QUOTED = re.compile(r"[\"“][^\"“”]{20,}[\"”]")


_FOLD_LABEL = re.compile(
    r"(?:click|expand|show|hide|more|abstract|digest|summary|details|bibtex|tl;?dr|read more|see|"
    r"toggle|citation|摘要|展开|点击|折叠|mehr|anzeigen|ver más|mostrar|afficher|voir)\b.*"
    r"|(?:list of )?papers?(?: list)?",
    re.IGNORECASE,
)
"""What a fold or a link says of itself: `Click to expand`, `Abstract`, `展开`, `List of papers`."""
_FEW_WORDS = 6
"""A line of more words is not only links."""
TITLE_WORDS = 3
"""What is shorter is more often a label than a title."""


@lru_cache(maxsize=8192)
def count_words(text: str) -> int:
    """Return how many words `text` has; characters of Chinese and Japanese count as half a word."""
    ideographs = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))
    return len(re.findall(r"[^\W_]+", re.sub(r"[\u3040-\u9fff]", " ", text))) + ideographs // 2


def is_content_link(piece: Piece) -> bool:
    """Return whether a piece is a link whose text is more than a label."""
    return (
        piece.url is not None
        and piece.image is None
        and not is_anchor(piece.url)
        and count_words(piece.text) >= TITLE_WORDS
        and find_label_kind(piece.text) is None
        and not is_date(piece.text)
        and not piece.text.startswith("http")
    )


def is_fold_label(text: str) -> bool:
    """Return whether the summary of a fold only says that there is something below it."""
    return _FOLD_LABEL.fullmatch(text) is not None


def split_lines(pieces: Iterable[Piece], *, at_soft: bool = False) -> list[list[Piece]]:
    """Split pieces at the line breaks that readers see, and at source lines if wanted."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_break:
            lines.append([])
        elif at_soft and piece.url is None and not piece.bold and "\n" in piece.text:
            first, *others = piece.text.split("\n")
            style = (piece.bold, piece.italic, piece.code, piece.url, piece.image)
            lines[-1].append(Piece(first, piece.line, *style))
            lines += [
                [Piece(other, piece.line + number, *style)]
                for number, other in enumerate(others, 1)
            ]
        else:
            lines[-1].append(piece)
    return [line for line in lines if any(one.text.strip() or one.image or one.url for one in line)]


def opens_entry(pieces: Sequence[Piece]) -> bool:
    """Return whether a line begins as an entry does: with a linked, bold or quoted title."""
    for piece in pieces:
        if piece.image is not None or not strip_edges(piece.text):
            continue
        if is_content_link(piece):
            return True
        if piece.bold and piece.url is None:
            return count_words(piece.text) >= TITLE_WORDS and not piece.text.rstrip().endswith(":")
        if piece.url is not None:
            return False
        if re.match(r"\s*[\W_]*[\"“]", piece.text) and count_words(piece.text) >= TITLE_WORDS:
            return True
        if not may_lead(piece.text):
            return False
    return False


def may_lead(text: str) -> bool:
    """Return whether a text may precede a title: a date, a venue, authors, a tag in brackets."""
    bare = strip_edges(text)
    if count_words(bare) <= 1 or is_date(bare) or is_venue_like(bare) or is_sure_byline(bare):
        return True
    return re.fullmatch(r"\W*[(\[【{`].*[)\]】}`]\W*", text, re.DOTALL) is not None


def has_label_link(pieces: Iterable[Piece]) -> bool:
    """Return whether a label such as [pdf] or a link to a paper is among the pieces."""
    return any(
        piece.url is not None
        and (find_label_kind(piece.text) is not None or is_scholarly(piece.url))
        for piece in pieces
    )


def is_entry_line(pieces: Sequence[Piece]) -> bool:
    """Return whether a line is like an entry: it begins as one, or has words, then label links."""
    if opens_entry(pieces):
        return True
    plain = " ".join(piece.text for piece in pieces if piece.url is None)
    apart = [piece for index, piece in enumerate(pieces) if not _is_in_sentence(pieces, index)]
    return has_label_link(apart) and count_words(plain) >= TITLE_WORDS and not is_field(pieces)


def _is_in_sentence(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether a link goes on the sentence before it: `…; see [code](…)`."""
    piece, before = pieces[index], pieces[index - 1].text if index else ""
    if piece.url is None or piece.text.startswith(("[", "(", "【")):
        return False
    return re.search(r"\b[a-z]+\s+$", before) is not None


def is_field(pieces: Sequence[Piece]) -> bool:
    """Return whether a line is a field of an entry: `Keyword: …`, authors, links, a date."""
    first = next((one for one in pieces if strip_edges(one.text) and one.image is None), None)
    if first is not None and is_content_link(first):
        return False
    text = "".join(piece.text for piece in pieces).strip()
    plain = "".join(piece.text for piece in pieces if piece.url is None)
    if (wide := _WIDE_FIELD.match(text)) and find_hint(wide[1]) is not None:
        return True
    if label := _FIELD.match(text):
        is_known = find_hint(label[0].strip(" :：;")) is not None
        is_long = count_words(plain) > 8 and (has_label_link(pieces) or _QUOTED.search(plain))
        return is_known or not (is_long or count_words(label[0]) > 4)
    byline = read_byline(text)
    if byline is not None and (byline.is_sure or len(text) < 30):
        return not any(is_content_link(piece) and is_scholarly(piece.url or "") for piece in pieces)
    return is_link_line(pieces) or is_date(text)


def is_link_line(pieces: Sequence[Piece]) -> bool:
    """Return whether a line holds labelled links and next to no other text."""
    plain = "".join(piece.text for piece in pieces if piece.url is None)
    links = [piece for piece in pieces if piece.url is not None]
    return (
        bool(links)
        and count_words(plain) <= 2
        and all(find_label_kind(piece.text) is not None or piece.image for piece in links)
    )


def is_sure_byline(text: str) -> bool:
    """Return whether a text is certainly a byline."""
    byline = read_byline(text)
    return byline is not None and byline.is_sure


def split_entries(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Split a paragraph that holds several entries, a line or more each."""
    lines = split_lines(pieces, at_soft=True)
    opening = [opens_entry(line) for line in lines]
    if sum(opening) >= 2:
        return _split_at(lines, opening)
    whole = [is_entry_line(line) and has_label_link(line) for line in lines]
    between = [line for line, is_whole in zip(lines, whole, strict=True) if not is_whole]
    if len(lines) < 2 or len(between) * 2 > sum(whole) or not all(map(_stands_alone, between)):
        return [split_lines(pieces)]
    if any(line[-1].url is None and line[-1].text.rstrip().endswith(",") for line in lines[:-1]):
        # A comma at the end of a line goes on in the next: title, authors.
        return [split_lines(pieces)]
    return [[line] for line in lines]


def _stands_alone(line: Sequence[Piece]) -> bool:
    """Return whether a line between entries belongs to none: a few words without a link."""
    is_short = count_words("".join(piece.text for piece in line)) <= _FEW_WORDS
    return is_short and all(piece.url is None for piece in line)


def is_line_of_head(group: Sequence[Sequence[Piece]]) -> bool:
    """Return whether a part of a paragraph is a head over the lines below it: `Navigation:`."""
    text = "".join(piece.text for line in group for piece in line).strip()
    return text.endswith((":", "：")) and all(map(_stands_alone, group))


def _split_at(lines: list[list[Piece]], opening: list[bool]) -> list[list[list[Piece]]]:
    """Split lines where an entry opens, as most of them do."""
    kinds = Counter(_opener(line) for line, is_open in zip(lines, opening, strict=True) if is_open)
    main = kinds.most_common(1)[0][0]
    groups: list[list[list[Piece]]] = []
    for line, is_open in zip(lines, opening, strict=True):
        if (is_open and _opener(line) == main) or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


_BETWEEN_WORKS = re.compile(
    r"\W*(?:(?:19|20)\d\d)?[\s)\],]*(?:and|und|et|y|e|&|\+|/|;|,)\s+(?:the |an? )?", re.IGNORECASE
)
"""`(1981) and The `: what is between two works in one item; a year or a label comes before it."""


def split_works(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Return the works of one line: `[Growing Trees](…) (1981) and The [R-Forest](…) (1984)`."""
    starts = [0]
    titles = [number for number, piece in enumerate(pieces) if _is_title_link(piece)]
    for one, other in pairwise(titles):
        between = "".join(piece.text for piece in pieces[one + 1 : other])
        if not _BETWEEN_WORKS.fullmatch(between) or not re.search(r"\d{4}", between):
            return [tuple(pieces)]
        starts.append(other)
    ends = [*starts[1:], len(pieces)]
    return [tuple(pieces[start:end]) for start, end in zip(starts, ends, strict=True)]


def _is_title_link(piece: Piece) -> bool:
    is_link = piece.url is not None and piece.image is None and not is_anchor(piece.url)
    return is_link and count_words(piece.text) >= 2 and find_label_kind(piece.text) is None


def _opener(pieces: Sequence[Piece]) -> str:
    for piece in pieces:
        if piece.image is None and strip_edges(piece.text):
            if is_content_link(piece):
                return "link"
            if piece.bold:
                return "bold"
    return "text"
