"""The one function that says which venue a journal's or a volume's title means, for every way in.

    read_venue("The Twelfth International Conference on Learning Representations, ICLR 2024, Vienna,
    Austria, May 7-11, 2024").short == "ICLR"

DBLP, Springer, ACM, IEEE and Web of Science write place, dates, ordinals, editions and volumes into
these titles: none of them is part of a venue's name. A known venue is found by its acronym or by
the words of its name; an unknown one gets the acronym that the title gives it.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from catalog.importers.venues.known import KnownVenue, known_venues
from catalog.importers.venues.mentions import find_known, guess_kind, keep_period
from catalog.importers.venues.places import is_place
from catalog.model.records import VenueKind
from catalog.text.folding import fold


class VenueName(NamedTuple):
    """A venue by its usual short name; `name` is the full one where it says more."""

    short: str
    name: str | None
    kind: VenueKind
    is_known: bool
    year: int | None = None


# 1940 to 2049, and not the digits of a page or an id: `2012.00123`.
_YEAR = re.compile(r"(?<![\d.])(?:19[4-9]|20[0-4])\d(?![\d])")
# `KDD '22`, at the end.
_SHORT_YEAR = re.compile(r"\s*['’]\d\d$")
_ACRONYM_YEAR = re.compile(r"(?<=[A-Z])-\d\d(?=,|$)")
"""`IJCAI-15`: DBLP has the year of some meetings in their acronym."""
_CATALOGUE = re.compile(r"\s*\(Cat\.? No\.?[^)]*\)|\s*\(IEEE Cat[^)]*\)", re.IGNORECASE)
"""IEEE's number of a printed volume: `(Cat. No.02CH37292)`."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:^|[\s,(]){_MONTH}\s*\d{{1,2}}\b|\b\d{{1,2}}\.?(?:\s*[-–/]+\s*(?:\d{{1,2}}\.?\s+)?)?\s*{_MONTH}(?:\W|$)"
    rf"|(?:^|,\s*){_MONTH}\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
"""`May 7-11, 2024`, `9-15 June 2019`, `29 April 2022 - 5 May 2022`, `28. September`."""
_ORDINAL_WORD = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth"
)
# `38th`, `Thirty-eighth`, `Twelfth Annual`, and German `45.` in front.
_ORDINAL = re.compile(
    rf"^\d{{1,3}}\.\s+(?=[A-Z])|\b(?:\d{{1,3}}\s?(?:st|nd|rd|th)|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"[\s-])?(?:{_ORDINAL_WORD}))\b(?:\s+annual\b)?",
    re.IGNORECASE,
)
_TEX_ORDINAL = re.compile(
    r"\$?(\d+)\s*\$?(?:\{\})?\^\{?\\(?:mbox|text\w*|mathrm)\s*\{(st|nd|rd|th)\}\}?\$"
)
r"""`5${}^{\mbox{th}}$`, `$5^{\textrm{th}}$`."""
# The number of a conference, `PPSN XV`; a lone I or L may be a word or an initial.
_ROMAN = re.compile(r"[IVXL]{2,}|[VX]")
# `In Proceedings of the `, `Conference Record of the `.
_LEAD = re.compile(
    r"^(?:in:?\s+)?(?:(?:conference )?(?:proceedings|proc\.)(?:\s*,?\s+of)?|conference record of)?"
    r"(?:\s+the\b)?\s*",
    re.IGNORECASE,
)
# `Proceedings of the ACM on …`, `Proc. VLDB Endow.`, `Proc. National Academy`: journals.
_ACM_JOURNAL = re.compile(
    r"proc(?:eedings|\.)? (?:of the )?(?:acm|ieee|vldb|national)\b(?! international)", re.I
)
_VOLUME = re.compile(
    r"[\s,:(\[–-]+(?:(?:volume|vol\.?|part|pt\.?|book)\s*(?:\d+|(?-i:[IVXL]+|[A-Z])|one|two)"
    r"|track|main volume|long papers|short papers|"
    r"conference (?:track )?proceedings|conference papers|(?:revised )?selected papers|proceedings"
    r"|companion volume)\b.*$",
    re.IGNORECASE,
)
"""`, Volume 1 (Long and Short Papers)`, `, Proceedings, Part V`, `: Main Volume`."""
_ACRONYM = (
    r"(?:(?:IEEE|ACM|USENIX|AAAI|SIAM|IFIP|CCF)[ /])?(?:[a-z]{1,2}-?)?[A-Z0-9*][\w*]*"
    r"(?:[&/+@.’'-][A-Za-z][\w*]*)*"
    r"(?: (?:Asia|FSE|Security|ATC|VIS|VR|MM|CCS|Conference|PKDD|Companion|S&P|Workshops?|PLAN))?"
)
_BEFORE_COLON = re.compile(rf"^(?P<acronym>{_ACRONYM}?)\s*['’]?\s*(?P<year>\d{{4}}|\d{{2}})\s*:\s+")
"""`KDD '22: The 28th …`, `SC20: International …`."""
# `CVPR 2020 - Conference on …`, `ICML 2019`.
_AT_START = re.compile(
    rf"^(?P<acronym>{_ACRONYM})\s+(?P<year>(?:19|20)\d\d)(?=\s+[-–—:]|\s*$|\s+(?:Conf|Workshop)|,)"
)
_BEFORE_DASH = re.compile(rf"^{_ACRONYM}\s+(?:19|20)\d\d\s+[-–—:]+\s+")
"""`CVPR 2020 - `, before the whole name."""
_WITH_YEAR = re.compile(
    rf"(?:[,:;/]|\s[-–—]+|\))\s+(?P<acronym>{_ACRONYM})\s*[,'’]?\s*(?P<year>(?:19|20)\d\d)(?=[\s,.;:)(]|$)"
)
"""`…, ICLR 2024, Vienna`: DBLP's form."""
_IN_BRACKETS = re.compile(rf"\((?P<acronym>{_ACRONYM})(?:[ '’,-]*(?P<year>\d{{4}}|\d{{2}}))?\)")
"""`… (CVPR)`, `… (ACL 2019)`: IEEE's and Web of Science's form."""
_NAMED_IN_BRACKETS = re.compile(r"\(([A-Z][a-z]{2,14}) (?:19|20)\d\d\)")
"""`The Speaker and Language Recognition Workshop (Odyssey 2020)`."""
_AFTER_DASH = re.compile(
    rf"(?:\s[-–—]+\s+|,\s+)(?P<acronym>{_ACRONYM})(?:['’ ]*(?P<year>\d{{4}}|\d{{1,2}}|[IVXL]+))?"
    r"(?=$|[,:;]|\s[-–—]|\sworkshops?\b)",
    re.IGNORECASE,
)
"""`Computer Vision – ECCV 2020`, `… -- PPSN XV`: Springer's form."""
_YEAR_AND_PLACE = re.compile(r"\s(?:19|20)\d\d\s*[,:]\s+(?=[A-Z])")
"""`Symposium on VLSI 2007, Stresa, Lago Maggiore`: what follows the year is the place."""
_UNSEPARATED = re.compile(
    r"(?<=[a-z])(?<!\bwith)(?<!\bat)(?<!\bof)(?<!\band)(?<!\bon)(?<!\bfor)(?<!\bin)\s+(?P<acronym>[A-Z]{3,8})\s+(?:19|20)\d\d(?=,|$)"
)
"""`… Speech and Signal Processing ICASSP 2023, Rhodes Island`."""
# `Conference on Things - CoT`.
_CLOSING = re.compile(r"\s[-–—]+\s+(?P<acronym>[A-Z][\w*&/-]*[A-Z][\w*&/-]*)$")
EDITION = re.compile(
    r"\b(?:19|20)\d{2}\b|\b\d+(?:st|nd|rd|th)\b|\b(?:first|second|third)\b|['’]\d\d\b|\bvol",
    re.IGNORECASE,
)
"""What makes a name that of one volume: a year, an ordinal, a number."""
_FEWEST_WORDS = 3
"""Words from which a volume's title says more than the name of its venue."""
# What a year leaves: `J. Chem. Phys. 126 (2007)`.
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
# `ISCAS2013`, `FLAIRS-00`; shorter ones may end in a number of their own: `W3C`, `IC2E`.
_GLUED_YEAR = re.compile(r"(?<=[A-Z]{3})[-'’]?(?:(?:19|20)\d\d|[019]\d)$")
# Volumes of their own, next to those of ACL and EMNLP.
_FINDINGS = re.compile(
    r"\bfindings of (?:the )?(?:association for computational linguistics|acl)", re.I
)
# A track at the end of a volume's title: `, Industry Track`, `: System Demonstrations`.
_TRACK = re.compile(
    r"[\s,:(]+(?:datasets (?:and|&) benchmarks|system demonstrations|industry|short papers|tutorial"
    r"|student research workshop|demo(?:nstration)?s?)(?: track)?(?: proceedings)?\)?$",
    re.IGNORECASE,
)
# A workshop is a venue of its own, whatever conference it is held at.
_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
# Companion volumes have short papers: `WWW '18 Companion`, `Adjunct Proceedings of …`.
_COMPANION = re.compile(r"\b(?:companion|adjunct)\b", re.IGNORECASE)
# `Extended Abstracts of the CHI Conference`: a volume next to CHI's.
_EXTENDED = re.compile(r"\bextended abstracts\b", re.IGNORECASE)
# What makes a volume's title that of a meeting. Publishers do write `Conferencce`.
_MEETING = re.compile(
    r"\b(?:conference|conferencce|conf|symposium|meeting|colloquium|congress|convention|proceedings"
    r"|proc|workshops?|\w*tagung|kongress)\b",
    re.IGNORECASE,
)
_NOT_TELLING = frozenset(
    """
    the a of on for in and to at annual international intl int joint proceedings proc conference
    conf conferencce conferences symposium symposia meeting ieee acm cvf usenix siam rsj ifip isca
    sigkdd sigplan sigops sigact sigsac sigchi sigsoft sigmod record biennial
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
"""Words of a volume's title that do not distinguish one venue from another."""
_NAMED_WORKSHOP = re.compile(r"([A-Z][a-z]*[A-Z][\w-]*)(?: Workshop on|:\s)")
"""`BlackboxNLP Workshop on …`, `UniReps: the … Workshop on …`."""
_SMALL_WORDS = frozenset("of on for in and the to at a an by with de la und der die".split())  # noqa: SIM905 - as above
_NOT_ACRONYMS = frozenset(
    """
    IEEE ACM USENIX SIAM AAAI/IAAI PROCEEDINGS PART LNCS CEUR PMLR USA UK UAE CA NY THE VIRTUAL
    ONLINE VOLUME SPRINGER II III IV VI VII VIII IX XI XII XIII XIV XV IEEE/CVF IEEE/ACM
    ACM/IEEE CD-ROM HYBRID
    """.split()  # noqa: SIM905 - as above
)
# A longer text with two capitals is a title or a phrase, not an acronym.
_LONGEST_ACRONYM = 20


@lru_cache(maxsize=2**14)
def read_venue(text: str, series: str = "") -> VenueName | None:
    """Return the venue that a title of a journal or a volume means, or None for an empty one.

    `series` is the name of the series, as ACM gives it: `CHI '21`.
    """
    shown = _tidy(text)
    if not re.search(r"[^\W\d_]", shown):
        return None
    year = _find_year(shown)
    exact = find_known(_SHORT_YEAR.sub("", _YEAR.sub("", shown)).strip(" ,.;'’()"))
    if exact is not None:
        return _from_known(exact, year)
    if _FINDINGS.search(shown):
        return _read_findings(shown, year)
    venue = _read_volume(_lower_shouting(shown), series, year)
    venue = venue or VenueName(shown, None, guess_kind(shown), False, year)
    return venue if venue.is_known else venue._replace(short=keep_period(venue.short, text))


def name_volume(shown: str, venue: VenueName) -> str | None:
    """Return a volume's title where it says more than its venue: an edition, a place."""
    is_workshop = venue.kind is VenueKind.WORKSHOP
    is_volume = is_workshop or venue.kind is VenueKind.CONFERENCE
    is_long = len(shown.split()) >= _FEWEST_WORDS and (is_workshop or EDITION.search(shown))
    names = (fold(venue.short), fold(venue.name or ""))
    return shown if is_volume and is_long and fold(shown) not in names else None


_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "–", "\u2015": "—"})
_SUBSERIES = re.compile(r"\s*\(including (?:its )?(?:sub-?series|special).*?\)", re.IGNORECASE)
"""Scopus: `Lecture Notes in Computer Science (including subseries …)`."""


_ORAL = re.compile(
    r"^in:?\s+(?=[A-Z])"
    r"|\s*[(\[](?:round \d|oral|spotlight|poster|highlight|best paper|\d+)[^)\]]*[)\]]$",
    re.IGNORECASE,
)
"""`In ICML`, `CVPR (Oral)`, and DBLP's number of a volume: `MICCAI (2)`."""


_KINDS = r"(?:Conference|Symposium|Workshop|Meeting|Congress)"
_INVERTED = re.compile(
    r"(?P<topic>[^,]+(?:, [^,\d]+)*), (?:19|20)\d\d\.\s+"
    r"(?:(?P<acronym>[A-Z]\w*)\s*['’]?(?:\d\d){1,2}\.\s+)?"
    rf"(?P<meeting>[^.]*\b{_KINDS}s?) on"
)
"""IEEE's old form: `Things, 2005. CVPR 2005. IEEE Computer Society Conference on`."""
_TURNED = re.compile(
    r"(?P<topic>[^()]+?)(?: \((?P<acronym>[A-Z][\w-]+)\))?, (?:(?:19|20)\d\d )?"
    rf"(?P<meeting>[^.,]*\b{_KINDS}s?) [Oo]n"
)
"""IEEE's later form: `Things (ICT), 2011 18th International Conference On`."""
_DIGEST = re.compile(
    rf"(?P<meeting>[^.]*\b{_KINDS}\b[^.]*), "
    r"(?:19|20)\d\d\. (?P<acronym>[A-Z]{3,})\b.*"
)
"""`International Devices Meeting, 2005. IDM Technical Digest`."""
_ISSUE = re.compile(r"(?<=[a-z]), \d+\s*(?:\(\d+\))?$")
"""`Journal of Vision, 17(3)`."""


def _turn(text: str) -> str:
    found = _INVERTED.fullmatch(text) or _TURNED.fullmatch(text) or _DIGEST.fullmatch(text)
    if found is None:
        return _ISSUE.sub("", text)
    parts = found.groupdict()
    acronym = f" ({parts['acronym']})" if parts["acronym"] else ""
    topic = f" on {parts['topic']}" if "topic" in parts else ""
    return f"{parts['meeting']}{topic}{acronym}"


def _tidy(text: str) -> str:
    plain = _TEX_ORDINAL.sub(r"\1\2", text.strip(" ."))
    text = _ACRONYM_YEAR.sub("", _CATALOGUE.sub("", _turn(plain)))
    return " ".join(_ORAL.sub("", _SUBSERIES.sub("", text.translate(_DASHES))).split()).strip(
        " ,.;"
    )


def _find_year(shown: str) -> int | None:
    years = _YEAR.findall(shown)
    return int(years[0]) if years else None


def _from_known(venue: KnownVenue, year: int | None) -> VenueName:
    return VenueName(venue.short, venue.name, venue.kind, True, year)


def _read_findings(shown: str, year: int | None) -> VenueName:
    """Read `Findings of the Association for Computational Linguistics: EMNLP 2023`."""
    conference = next(
        (
            known
            for word in re.findall(r"[A-Z]{3,}", shown)
            if (known := find_known(word)) is not None
        ),
        None,
    )
    short = f"Findings of {conference.short if conference else 'ACL'}"
    return VenueName(short, None, VenueKind.CONFERENCE, True, year)


_COMPOUND = re.compile(r"[A-Z]{4,}(?:-[A-Z]{4,})+")
"""`COMPUTER-ASSISTED`, and not `CD-ROM`."""


def _lower_shouting(shown: str) -> str:
    """Return a title that Web of Science wrote in capitals in title case; acronyms stay."""
    letters = [character for character in shown if character.isalpha()]
    if (
        " " not in shown
        or not all(character.isupper() for character in letters)
        # `CVPR WORKSHOPS` is an acronym with a word; titles in capitals are longer.
        or len(letters) < 12
    ):
        return shown
    words = []
    for index, word in enumerate(shown.split(" ")):
        bare = word.strip(" ,.:;()'’/-")
        bare = re.sub(r"['’]?\d+$", "", bare)
        if index and bare.lower() in _SMALL_WORDS:
            words.append(word.lower())
        elif bare in _shouted_acronyms() or _ROMAN.fullmatch(bare):
            words.append(word)
        elif bare.isalpha() or _COMPOUND.fullmatch(bare):
            words.append("-".join(part[:1] + part[1:].lower() for part in word.split("-")))
        else:
            words.append(word)
    return " ".join(words)


@cache
def _shouted_acronyms() -> frozenset[str]:
    names = {venue.short.upper() for venue in known_venues()}
    names |= {alias.strip("()").upper() for venue in known_venues() for alias in venue.aliases}
    names |= {"IEEE", "ACM", "IEEE/CVF", "IEEE/ACM", "ACM/IEEE", "USENIX", "AAAI", "SIGKDD", "SIAM"}
    words = {"NATURE", "SCIENCE", "CELL", "NEURON", "MACHINE LEARNING", "COMPUTERS", "CONTROL"}
    return frozenset(name for name in names if " " not in name) - words - _spelt_words()


@cache
def _spelt_words() -> frozenset[str]:
    """Return the words of full names: `NEURON` in capitals is the word, not an acronym."""
    return frozenset(
        word.upper()
        for venue in known_venues()
        for word in re.findall(r"[A-Za-z]+", venue.name or "")
    ) - {"IEEE", "ACM", "AAAI", "VLDB", "CVF", "RSJ", "SIGKDD", "SIGIR", "CHI", "SIAM", "USENIX"}


def _read_volume(shown: str, series: str, year: int | None) -> VenueName | None:
    words = _take_words(shown)
    acronyms = list(_find_acronyms(shown))
    first = next(
        (known for acronym in acronyms if (known := _find_by_acronym(acronym, shown))), None
    )
    whole = _find_by_words(words) or _find_by_words(shown) or _find_by_abbreviation(shown)
    known = whole or first or _find_part(words) or _find_numbered(words)
    if known is None and series:
        named = re.sub(r"\s*['’]?\d{2,4}$", "", series.strip())
        known = find_known(named) if len(named) <= _LONGEST_ACRONYM else None
        if known is None and _is_acronym(named) and re.search(r"\d{2}$", series):
            acronyms.append(named)
    track = _name_track(shown, known, first, is_whole=whole is not None)
    if track is not None:
        name = words if track[1] is VenueKind.WORKSHOP and len(words.split()) > 2 else None
        return VenueName(track[0], name, track[1], True, year)
    if known is not None:
        return _from_known(known, year)
    return _name_unknown(shown, words, acronyms, year)


def _name_track(
    shown: str, known: KnownVenue | None, first: KnownVenue | None, *, is_whole: bool
) -> tuple[str, VenueKind] | None:
    """Name what a conference has besides its main track: workshops, a companion volume."""
    base = first or known
    if base is None or base.kind not in (VenueKind.CONFERENCE, VenueKind.WORKSHOP):
        return None
    if (
        _WORKSHOP.search(shown)
        and not (is_whole and known is first)
        and not (is_whole and _WORKSHOP.search(known.name or known.short if known else ""))
    ):
        return f"{base.short.removesuffix(' Workshop')} Workshop", VenueKind.WORKSHOP
    if _EXTENDED.search(shown):
        return f"{base.short} Extended Abstracts", VenueKind.CONFERENCE
    if _COMPANION.search(shown):
        return f"{base.short} Companion", VenueKind.CONFERENCE
    return None


def _name_unknown(
    shown: str, words: str, acronyms: list[str], year: int | None
) -> VenueName | None:
    """Name a venue that the table lacks by its acronym, or by its name without a date."""
    has_date = _DATE.search(shown) is not None
    if not _MEETING.search(shown) and not acronyms and not has_date:
        bare = _YEAR.sub("", shown) if not _is_title_with_year(shown) else shown
        bare = _GLUED_YEAR.sub("", _EMPTY.sub("", _VOLUME.sub("", bare)))
        bare = " ".join(bare.split()).strip(" ,.;:-–") or shown
        if (known := find_known(bare)) is not None:
            return _from_known(known, year)
        return VenueName(bare, None, guess_kind(shown), False, year)
    name = words or shown
    named = _NAMED_WORKSHOP.match(name)
    acronym = _GLUED_YEAR.sub("", named[1]) if named else next(iter(acronyms), None)
    kind = VenueKind.JOURNAL if _is_journal(name) else guess_kind(name)
    if kind is VenueKind.OTHER and has_date:
        kind = VenueKind.CONFERENCE
    if acronym is None or len(name.split()) <= 2:
        return VenueName(acronym or name, None, kind, False, year)
    name = name.replace(f"({acronym})", "").strip()
    if kind is VenueKind.WORKSHOP and _has_workshops(shown, acronym):
        acronym = f"{acronym} Workshop"
    return VenueName(acronym, name, kind, False, year)


def _has_workshops(shown: str, acronym: str) -> bool:
    """Return whether a volume is that of the workshops of a conference: `ICSOC 2007 Workshops`."""
    volume = rf"{re.escape(acronym)}\s*['’]?(?:\d{{2}}){{1,2}} workshops\b"
    return re.search(volume, shown, re.IGNORECASE) is not None


def _is_title_with_year(shown: str) -> bool:
    """Return whether a year is part of a book's title: `Handbook of Things 1900-1950`."""
    return len(_YEAR.findall(shown)) > 1


def _find_acronyms(shown: str) -> Iterator[str]:
    """Yield the acronyms that a title gives its venue, the surest first."""
    for pattern in (
        _BEFORE_COLON,
        _AT_START,
        _WITH_YEAR,
        _IN_BRACKETS,
        _AFTER_DASH,
        _UNSEPARATED,
        _CLOSING,
    ):
        for found in pattern.finditer(shown):
            acronym = re.sub(r" (?:Conference|Workshops?)$", "", found["acronym"]).strip()
            acronym = _GLUED_YEAR.sub("", acronym.partition("@")[0])
            if _is_acronym(acronym):
                yield acronym
    for found in _NAMED_IN_BRACKETS.finditer(shown):
        yield found[1]
    lower = re.search(r"\(([a-z]{3,12})\)$", shown)
    if lower is not None and (known := find_known(lower[1])) is not None:
        yield known.short


def _is_acronym(text: str) -> bool:
    bare = text.strip("'’ ")
    return (
        len(bare) <= _LONGEST_ACRONYM
        and sum(character.isupper() for character in bare) > 1
        and bare not in _NOT_ACRONYMS
        and not bare.isdigit()
        and _ROMAN.fullmatch(bare) is None
    ) or (find_known(bare) is not None and bare not in _NOT_ACRONYMS and bare[:1].isupper())


def _find_by_acronym(acronym: str, shown: str) -> KnownVenue | None:
    """Return the known venue of an acronym; `SP` is the symposium only next to its name."""
    for name in (acronym, acronym.removeprefix("IEEE ").removeprefix("ACM "), *acronym.split("/")):
        known = find_known(name)
        # Acronyms of two letters stand for several venues each: `SP`, `VR`.
        if known is not None and (len(name) > 2 or _shares_word(known, shown)):
            return known
    return None


def _shares_word(known: KnownVenue, shown: str) -> bool:
    # Words of five letters or more: `on`, `and` and `data` are in any name.
    telling = {word for word in fold(known.name or "").split() if len(word) > 4} - _NOT_TELLING
    return not telling.isdisjoint(fold(shown).split())


def _take_words(shown: str) -> str:
    """Return a volume's title without ordinals, years, acronyms, volumes, place and dates."""
    bare = _BEFORE_COLON.sub("", shown)
    begun = _BEFORE_DASH.match(bare)
    if begun is not None and _MEETING.search(bare[begun.end() :]):
        bare = bare[begun.end() :]
    dated = _DATE.search(bare)
    if dated is not None and dated.start() > 0:
        bare = bare[: dated.start()]
    for pattern in (_WITH_YEAR, _IN_BRACKETS, _YEAR_AND_PLACE):
        found = next(pattern.finditer(bare), None)
        if found is not None and _MEETING.search(bare[: found.start()]):
            bare = bare[: found.start()]
    bare = _TRACK.sub("", bare)
    bare = _VOLUME.sub("", bare) if _MEETING.search(_VOLUME.sub("", bare)) else bare
    bare = _drop_place(bare)
    is_edition = EDITION.search(bare) or _ORDINAL.search(bare)
    bare = _EMPTY.sub(" ", _YEAR.sub(" ", _ORDINAL.sub(" ", bare)))
    if not _ACM_JOURNAL.match(bare.strip()) and (is_edition or not _is_journal(bare)):
        bare = _LEAD.sub("", " ".join(bare.split()))
    if not re.match(r"o[fn] ", shown, re.IGNORECASE):
        bare = re.sub(r"^(?:of|on)\s+(?=\S)", "", " ".join(bare.split()), flags=re.IGNORECASE)
    bare = re.sub(r"^the\s+(?=\S)", "", " ".join(bare.split()), flags=re.IGNORECASE)
    return re.sub(r"\s+(?=[,;:.])", "", bare).strip(" ,.;:-–—'’/")


def _is_journal(bare: str) -> bool:
    """Return whether proceedings are the journal of a society, which names no meeting."""
    rest = re.sub(r"^\s*proceedings of\b", "", bare, flags=re.IGNORECASE)
    words = re.sub(r"^\s*the\b", "", rest, flags=re.IGNORECASE).split()
    # `Proceedings of COLING`, `Proceedings of IJCAI Tutorials` are volumes of a meeting.
    is_named = len(words) > 1 and not any(word.isupper() and len(word) > 2 for word in words)
    return rest != bare and is_named and _MEETING.search(rest) is None


_OF_PNAS = ("USA", "U.S.A", "United States", "United States of America", "US")


def _drop_place(text: str) -> str:
    """Drop `, Paris, France` and `, Long Beach, CA, USA` from the end of a title."""
    segments = [part for part in re.split(r",\s*", text.strip(" ,.;")) if part.strip()]
    # Academies have their country in the name of their journal.
    if len(segments) < 2 or (_ACM_JOURNAL.match(text) and segments[-1] not in _OF_PNAS):
        return text
    kept = list(segments)
    while len(kept) > 1 and is_place(kept[-1]):
        kept.pop()
    # What is before a country is a city, unless it is a word of the name: `on, of, and`.
    if len(kept) < len(segments) and len(kept) > 1 and _is_city(kept[-1]):
        kept.pop()
    return ", ".join(kept)


def _is_city(segment: str) -> bool:
    words = segment.split()
    return (
        # More words are mostly a part of the venue's name.
        len(words) <= 4
        and all(word[:1].isupper() or word in ("de", "la", "del") for word in words)
        and (not _MEETING.search(segment))
    )


def _find_by_words(text: str) -> KnownVenue | None:
    """Return the venue with the words of a title, whatever its sponsor and edition."""
    return _by_words().get(_to_words(text))


def _to_words(text: str) -> tuple[bool, str]:
    bare = _YEAR.sub(" ", _ORDINAL.sub(" ", text))
    words = [word for word in fold(bare).split() if word not in _NOT_TELLING and not word.isdigit()]
    return _MEETING.search(text) is not None, " ".join(words)


@cache
def _by_words() -> dict[tuple[bool, str], KnownVenue]:
    names: dict[tuple[bool, str], KnownVenue] = {}
    for venue in known_venues():
        is_meeting = venue.kind in (VenueKind.CONFERENCE, VenueKind.WORKSHOP)
        for name in (venue.name or "", *venue.aliases):
            has_word, words = _to_words(name.strip("()"))
            if len(words.split()) > 1 or (words and has_word):
                names.setdefault((has_word or is_meeting, words), venue)
                if is_meeting and len(words.split()) > 1:
                    names.setdefault((False, words), venue)
    for venue in known_venues():  # a journal's own name is not that of a conference
        if venue.kind is VenueKind.JOURNAL:
            names[False, _to_words(venue.name or venue.short)[1]] = venue
    return names


def _find_part(words: str) -> KnownVenue | None:
    """Return the venue that a part of a title names: `AAAI Conference … / Innovative …`."""
    for part in re.split(
        r"\s*/\s+|;\s*|\s+and the\s+|,\s+(?=The |International |Conference )", words
    ):
        # One or two words are what an enumeration leaves, not the name of a joint conference.
        known = _find_by_words(part) if len(part.split()) > 2 else None
        if known is not None:
            return known
    head, colon, tail = words.partition(":")
    if colon:
        return _find_by_words(head) or _find_by_words(tail)
    return None


def _find_numbered(words: str) -> KnownVenue | None:
    """Return the venue of `Robotics: Science and Systems XV`."""
    bare = re.sub(r"\s+(?:[IVXL]+|\d+)$", "", words)
    return find_known(bare) if bare != words else None


def _find_by_abbreviation(shown: str) -> KnownVenue | None:
    """Return the venue whose name is shortened word by word: `J. Mach. Learn. Res.`."""
    short = [fold(word) for word in re.split(r"[\s.-]+", shown) if word]
    short = [word for word in short if word not in _SMALL_WORDS]
    # Abbreviations are of two words at least, and short.
    if len(short) < 2 or len(shown) > 80:
        return None
    for full, venue in _by_initials().get("".join(word[:1] for word in short), ()):
        if all(map(str.startswith, full, short)):
            return venue
    return None


@cache
def _by_initials() -> dict[str, list[tuple[list[str], KnownVenue]]]:
    names: dict[str, list[tuple[list[str], KnownVenue]]] = {}
    for venue in known_venues():
        if venue.kind is not VenueKind.JOURNAL:
            continue
        words = [
            word for word in fold(venue.name or venue.short).split() if word not in _SMALL_WORDS
        ]
        names.setdefault("".join(word[0] for word in words), []).append((words, venue))
    return names
