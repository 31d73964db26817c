r"""The names of authors and editors in one text, as people write them in any format.

    people = read_people(r"Bee, Bob and \'Alvarez, Ana and others")

`and` splits names, as BibTeX has it; so do semicolons, ampersands, and commas where they cannot be
those of `Family, Given`. LaTeX is decoded after the split, name by name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from catalog.importers.bibliography.latex import decode_latex
from catalog.model.names import PersonName, parse_name
from catalog.text.characters import unescape

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_ET_AL = re.compile(
    r"(?:[\s,;]|^)+(?:and\s+)?(?:many\s+|several\s+)?(?:et\.?\s+al(?:ii|ia)?\b\.?|(?-i:others)\b|\\ldots|u\.\s?a\.|\.{3}|…)[\s.,;]*$",
    re.IGNORECASE,
)
"""A name list that is cut: `Marsh, A., et al.`, `and others`, `Marsh, A. …`, `u. a.`; not a family
called Others."""
_STYLED_ET_AL = re.compile(
    r"(?:\s|^)\{*\\(?:emph|em|textit|it)\b\s*\{*\s*et\.?\s+al\.?\s*\}*\s*$", re.IGNORECASE
)
r"""`{\\emph{et al.}}` behind a name."""
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv|2nd|3rd|(?:ph\.?d|m\.?d)\.?", re.IGNORECASE)
"""`Jr.`, `III`, `Ph.D`."""
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}")
"""Given names as initials: `AB`, `A. B.`, `J.-P.`."""
_VANCOUVER = re.compile(
    r"(?P<family>(?:[^\W\d_]['’]?[\w'’-]*\s+)*?[^\W\d_][\w'’-]*[a-z][\w'’-]*)\s+"
    r"(?P<given>[A-Z]{1,3}|[A-Z]-[A-Z]|(?:[^\W\d_a-z]\.-?\s?){1,4})(?:\s+(?P<suffix>Jr|Sr|2nd|3rd|II|III|IV)\.?)?"
)
"""MEDLINE's form: `Marsh AB`, `de Vries JK`, `Lee Q Jr`."""
_SHOUTED = re.compile(
    r"(?P<family>[^\W\d_a-z][^\W\d_a-z'’-]+)\s+(?P<given>(?:[^\W\d_a-z]\.[\s-]?){1,4})(?P<suffix>)"
)
"""`VIK A.B.`: capitals, and behind them initials with periods."""
_EXTENDED = re.compile(r"(?:^|,)\s*(?:family|given|prefix|suffix)(?:-i)?\s*=", re.IGNORECASE)
"""biblatex's extended format: `family=Fontaine, given=Pierre, prefix=de la`."""
_EXTENDED_PART = re.compile(
    r"\s*([\w-]+)\s*=\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\"[^\"]*\"|[^,]*)\s*(?:,|$)"
)
"""`prefix=de la`, `given={Ana Maria}`, `given="Ana, Maria"`."""
_MARK = re.compile(
    r"\$\s*\^?\s*\{?[^$]*\}?\s*\$|\\(?:thanks|footnote|footnotemark|textsuperscript|inst|orcid\w*)\b"
    r"\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?|(?<=\w)[*†‡§¶]+|(?<=[^\W\d])\^\{?[\d,*]+\}?"
    r"|\s*\(\d{4}-\d{4}-\d{4}-\d{3}[\dX]\)|\s*\[(?:author|editor)\]"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079]+",
)
r"""What title pages put behind names: `$^{1,2}$`, `\\thanks{…}`, `*`."""
_NAMESAKE = re.compile(r"\s\d{4}$")
"""DBLP's number for one of several people of the same name."""
_LATE_SUFFIX = re.compile(r"^([^,]+ [^,]+), ((?:Jr|Sr)\.?|I{2,3}|IV)$")
"""`Ben Sample, Jr.`, which BibTeX takes for a Jr. of the family Ben Sample."""
_LAST_SUFFIX = re.compile(r"^([^,]+), ([^,]+), ((?:Jr|Sr)\.?|I{2,3}|IV|2nd|3rd)$", re.IGNORECASE)
"""`Lie, Tor, 2nd`, with the suffix at the end, as programs write it."""
_TITLE = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+(?=\S+\s)|,?\s+(?:Ph\.?D|M\.?D|M\.?Sc)\.?$")
"""`Prof. Ada Example`, `Ada Example, PhD`: titles that are not part of a name."""
_SPECIAL = re.compile(r"\{\\")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""A word in Han, kana or Hangul, where two words are family and given name in this order."""


@dataclass(slots=True)
class People:
    """Names in order, and why they may have been split wrongly.

    `is_plain[i]` is whether the parts of `names[i]` were not given as parts.
    """

    names: list[PersonName] = field(default_factory=list)
    is_plain: list[bool] = field(default_factory=list)
    has_more: bool = False
    """Further people follow that are not named: `et al.`."""
    doubts: list[str] = field(default_factory=list)

    def add(self, name: PersonName, *, is_plain: bool = False) -> None:
        """Take the next name; one that stands for more people says so instead."""
        if name.is_et_al or name.display.casefold() in ("others", "and others"):
            self.has_more = True
            return
        self.names.append(name)
        self.is_plain.append(is_plain)

    def doubt(self, reason: str) -> None:
        """Remember why the names may be wrong, once."""
        if reason not in self.doubts:
            self.doubts.append(reason)


def read_people(text: str) -> People:
    """Read the names in a text with LaTeX, or without."""
    people = People()
    # Crossref's BibTeX has entities of HTML, whose semicolons part no names.
    text = " ".join(unescape(text).split())
    pieces = [piece for piece in split_outside_braces(text, _AND) if piece.strip()]
    pieces = [part for piece in pieces for part in _split_semicolons(piece)]
    pieces = [part for piece in pieces for part in _split_ampersand(piece, people)]
    are_inverted = sum(_commas_in(piece) == 1 for piece in pieces) * 2 > len(pieces)
    names = [
        part
        for piece in pieces
        for part in _split_commas(piece, people, is_one=are_inverted and len(pieces) > 1)
    ]
    bare = [name for name in names if "{" not in name]
    are_vancouver = len(bare) > 1 and all(map(_VANCOUVER.fullmatch, bare))
    for name in names:
        _read_name(name.strip(), people, is_vancouver=are_vancouver)
    return people


def split_outside_braces(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a text where the separator is outside of braces."""
    if "{" not in text:
        return separator.split(text)
    parts, start, position = [], 0, 0
    depths = _depths(text)
    while (found := separator.search(text, position)) is not None:
        position = found.end()
        if depths[found.start()] == 0:
            parts.append(text[start : found.start()])
            start = position
    return [*parts, text[start:]]


def _depths(text: str) -> list[int]:
    depths, depth = [], 0
    for index, character in enumerate(text):
        depths.append(depth)
        if character in "{}" and (index == 0 or text[index - 1] != "\\"):
            depth = max(0, depth + (1 if character == "{" else -1))
    return depths


_SEMICOLON = re.compile(r";")
_AMPERSAND = re.compile(r"\s+(?:\\?&)\s+|\s+\\&\s*")
_COMMA = re.compile(r",")


def _split_semicolons(piece: str) -> list[str]:
    parts = split_outside_braces(piece, _SEMICOLON)
    return [part for part in parts if part.strip()] if len(parts) > 1 else parts


def _split_ampersand(piece: str, people: People) -> list[str]:
    parts = [part for part in split_outside_braces(piece, _AMPERSAND) if part.strip()]
    words = decode_latex(piece).split()
    if len(parts) < 2 or any(word.lower() in _COMPANY for word in words):
        return [piece]
    people.doubt("the names had & between them")
    return parts


_COMPANY = frozenset("co. co inc inc. company sons ltd ltd. gmbh partners associates".split())  # noqa: SIM905 - a list of words reads better as words


def _commas_in(piece: str) -> int:
    return len(split_outside_braces(piece, _COMMA)) - 1


def _split_commas(piece: str, people: People, *, is_one: bool) -> list[str]:
    """Split a piece without `and` that holds several names with commas between them."""
    if _EXTENDED.search(piece):
        return [piece]
    bare = _ET_AL.sub("", piece)
    if bare != piece:
        people.has_more = True
    parts = [part.strip() for part in split_outside_braces(bare, _COMMA) if part.strip()]
    if len(parts) < 2 or _is_one_person(parts, is_one=is_one):
        return [bare.strip(" ,;")]
    people.doubt("the names had commas between them")
    is_paired = len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2])
    if is_paired and not all(map(_VANCOUVER.fullmatch, parts)):
        # `Lake, O., Hill, P.`
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def _is_one_person(parts: Sequence[str], *, is_one: bool) -> bool:
    """Return whether a name in parts is that of one person, by BibTeX's rules or by its words."""
    if len(parts) < 4 and any(map(_SUFFIX.fullmatch, parts[1:])):
        return True
    if len(parts) > 2 or all(map(_VANCOUVER.fullmatch, parts)):
        return False
    family, given = parts
    if is_one or " " not in family or " " not in given or "{" in family + given:
        return True
    # `de la Fuente, Jean Pierre`, `Lake Hill, Ona B.`: a particle, or an initial at the end.
    return family[0].islower() or _INITIALS.fullmatch(given.split()[-1]) is not None


def _read_name(raw: str, people: People, *, is_vancouver: bool) -> None:
    shorter = _ET_AL.sub("", _STYLED_ET_AL.sub(" et al.", raw))
    if shorter != raw:
        people.has_more = True
        raw = shorter.strip(" ,;")
    unmarked = _MARK.sub("", raw).strip(" ,")
    if unmarked != raw.strip(" ,"):
        people.doubt(f"marks behind a name are left out: {decode_latex(raw)}")
    raw = unmarked
    inner = raw[1:-1] if _is_in_braces(raw) else None
    if _EXTENDED.search(inner or raw):
        before = decode_latex((inner or raw)[: _EXTENDED.search(inner or raw).start()])  # type: ignore[union-attr]
        if before:
            people.doubt(f"left out: {before} before the parts of a name")
        name = _read_extended(inner or raw)
        people.add(name, is_plain=False)
        return
    plain = _NAMESAKE.sub("", decode_latex(raw))
    if not plain or plain.casefold() == "and":  # the word stood twice
        return
    if inner is not None:
        people.add(PersonName(literal=plain))
    elif "{" in _SPECIAL.sub("", raw) and (braced := _read_braced(raw)) is not None:
        people.add(braced)
    else:
        _read_plain(plain, people, is_vancouver=is_vancouver)


def _is_in_braces(raw: str) -> bool:
    """Return whether one pair of braces holds the whole name: `{The Things Team}`."""
    if not raw.startswith("{") or raw.startswith("{\\"):
        return False
    depths = _depths(raw)
    return raw.endswith("}") and 0 not in depths[1:]


def _read_plain(plain: str, people: People, *, is_vancouver: bool) -> None:
    found = _VANCOUVER.fullmatch(plain) or _SHOUTED.fullmatch(plain)
    if found is not None and (is_vancouver or _is_abbreviated(found)):
        if not is_vancouver:
            people.doubt(f"{plain}: {found['given']} is taken for initials")
        suffix = found["suffix"] or None
        family = PersonName(given=found["given"], family=found["family"], suffix=suffix)
        people.add(_part_particle(family))
        return
    bare = _TITLE.sub("", plain)
    if bare != plain:
        people.doubt(f"a title is left out: {plain}")
    plain = _LAST_SUFFIX.sub(r"\1, \3, \2", bare)
    words = plain.split()
    if len(words) == 2 and all(map(_EAST_ASIAN.fullmatch, words)):
        people.add(PersonName(family=words[0], given=words[1]))
        return
    try:
        people.add(parse_name(_LATE_SUFFIX.sub(r"\1 \2", plain)), is_plain="," not in plain)
    except ValueError:
        people.doubt(f"{plain} is kept whole")
        people.add(PersonName(literal=plain))


def _is_abbreviated(found: re.Match[str]) -> bool:
    """Return whether capitals are initials: `LI` and `XU` are family names."""
    given = found["given"]
    return len(given) == 1 or "." in given or not re.search("[AEIOUY]", given)


def _read_braced(raw: str) -> PersonName | None:
    """Read a name some words of which are held together by braces: `{van der Hill}, P.`."""
    parts = [part.strip() for part in split_outside_braces(raw, _COMMA)]
    if len(parts) > 1:
        texts = [decode_latex(part) for part in parts]
        if len(parts) == 2 and all(texts):
            return _part_particle(PersonName(given=texts[1], family=texts[0]))
        if len(parts) == 3 and all(texts):
            return _part_particle(PersonName(given=texts[2], family=texts[0], suffix=texts[1]))
        return None
    words = [word for word in split_outside_braces(raw, re.compile(r"\s+|~")) if word]
    if len(words) < 2 or not words[-1].startswith("{") or words[-1].startswith("{\\"):
        return None
    given, family = decode_latex(" ".join(words[:-1])), decode_latex(words[-1])
    return _part_particle(PersonName(given=given, family=family)) if given and family else None


def _read_extended(raw: str) -> PersonName:
    parts = {
        found[1].lower(): decode_latex(found[2].strip('"'))
        for found in _EXTENDED_PART.finditer(raw)
        if found[2].strip()
    }
    named = {"given": "given", "family": "family", "prefix": "particle", "suffix": "suffix"}
    values = {named[name]: text for name, text in parts.items() if name in named and text}
    if "family" not in values:
        return PersonName(literal=values.get("given") or decode_latex(raw))
    return PersonName(**values)


def _part_particle(name: PersonName) -> PersonName:
    """Separate the particle from the family name: services and braces hide it there."""
    family = (name.family or "").lstrip("'’")
    if name.particle is not None or not family[:1].islower():
        return name
    try:
        parsed = parse_name(f"{name.family}, X")
    except ValueError:
        return name
    return PersonName(name.given, parsed.family, parsed.particle, name.suffix)


def part_particles(names: Sequence[PersonName]) -> Iterator[PersonName]:
    """Yield names with their particles separated from the family name."""
    return map(_part_particle, names)
