"""What must hold across the fields of a record and across records.

One rule is one short function and the codes it names. Rules see records, not files, and need no
network and no clock: the day is passed in.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

from catalog.checks.capital_rules import check_capitals
from catalog.checks.facet_rules import check_open_facets
from catalog.checks.link_rules import (
    check_link_forms,
    check_link_kinds,
    check_link_uses,
    check_shared_links,
)
from catalog.model.catalog import Catalog
from catalog.model.citation_keys import is_reserved
from catalog.model.findings import Code, Fault, FieldPath, Fix, Location, Severity, quote
from catalog.model.identity import Match, WorkIndex
from catalog.model.records import EntryType, Paper, Section
from catalog.text.folding import fold
from catalog.text.spelling import Speller, did_you_mean, list_choices
from catalog.text.tex_commands import find_forbidden

CatalogRule = Callable[[Catalog], Iterator[Fault]]
PaperRule = Callable[[Paper, date], Iterable[Fault]]

FIRST_PRINTED_YEAR = 1450
"""Before Gutenberg nothing that a list of papers cites was printed."""

# What a title is until somebody knows it: `TBA`, `XXX`, `Coming soon`, `[Paper title]`, `...`.
# It is matched against the folded title, so a title of signs alone is empty here.
_PLACEHOLDER = re.compile(
    r"(?:tba|tbd|tbc|todo|xxx+|updating|coming soon|to be (?:added|announced|determined)|"
    r"untitled|no title|title|n a|paper title|placeholder)?"
)
_ELLIPSIS = ("...", "…")


def check_title(paper: Paper, _today: date) -> Iterator[Fault]:
    """Codes `title-placeholder`, `title-period`."""
    if _PLACEHOLDER.fullmatch(fold(paper.title)):
        message = f"{quote(paper.title)} is a placeholder, not a title"
        hint = "Add the title, or delete the record"
        yield Fault(Code.TITLE_PLACEHOLDER, message, hint, path=("title",))
    elif paper.title.endswith(".") and not paper.title.endswith(_ELLIPSIS):
        message = f"the title ends in a period: {quote(paper.title[-30:])}"
        hint = "Delete the period"
        fix = ("title", paper.title.rstrip("."))
        yield Fault(Code.TITLE_PERIOD, message, hint, Severity.WARNING, path=("title",), fix=fix)


def check_authors(paper: Paper, _today: date) -> Iterator[Fault]:
    """Codes `author-et-al`, `author-doubtful`, `authors-missing`."""
    for index, name in enumerate(paper.authors):
        path = ("authors", index)
        if name.is_et_al:
            message = f"{quote(name.display)} is not an author"
            hint = "List the authors, and add `more_authors: true` if there are more"
            yield Fault(Code.AUTHOR_ET_AL, message, hint, path=path)
        elif (doubt := name.doubt) is not None:
            message = f"{quote(name.display)}: {doubt.reason}"
            yield Fault(Code.AUTHOR_DOUBTFUL, message, doubt.hint, Severity.WARNING, path=path)
    if not paper.authors:
        hint = "Add `authors: […]`"
        yield Fault(
            Code.AUTHORS_MISSING, "missing authors", hint, Severity.WARNING, path=("authors",)
        )


def check_year(paper: Paper, today: date) -> Iterator[Fault]:
    """Codes `year-impossible`, `year-missing`."""
    if paper.year is None:
        hint = "Add `year: …`"
        yield Fault(Code.YEAR_MISSING, "missing year", hint, Severity.WARNING, path=("year",))
    elif not FIRST_PRINTED_YEAR <= paper.year <= today.year + 1:
        message = f"the year {paper.year} is impossible"
        hint = f"Use a year from {FIRST_PRINTED_YEAR} to {today.year + 1}"
        yield Fault(Code.YEAR_IMPOSSIBLE, message, hint, path=("year",))


def check_bibtex(paper: Paper, _today: date) -> Iterator[Fault]:
    """Codes `bibtex-unbalanced` (a brace behind a backslash counts too), `bibtex-command`."""
    for name, value in paper.bibtex.items():
        depths = list(accumulate((character == "{") - (character == "}") for character in value))
        if min(depths) < 0 or depths[-1] > 0:
            message = f"unbalanced braces in {name}: {quote(value)}"
            hint = r"Close each brace; write \textbraceleft for a single one"
            yield Fault(Code.BIBTEX_UNBALANCED, message, hint, path=("bibtex", name))
        if (command := find_forbidden(value)) is not None:
            message = f"{quote(command)} in {name} is not a TeX command that only prints"
            hint = "Write plain text; TeX runs this for everyone who cites the paper"
            yield Fault(Code.BIBTEX_COMMAND, message, hint, path=("bibtex", name))


def check_section_ids(catalog: Catalog) -> Iterator[Fault]:
    """Code `section-repeated`: two sections with one id."""
    seen: dict[str, FieldPath] = {}
    for section, path in _walk_sections(catalog.head.sections, ("sections",)):
        first = seen.setdefault(section.id, path)
        if first is not path:
            message = f"the section id {quote(section.id)} is used twice"
            hint = "Change one of the two ids"
            yield Fault(
                Code.SECTION_REPEATED,
                message,
                hint,
                path=(*path, "id"),
                first=Location(None, first),
            )


def _walk_sections(
    sections: Iterable[Section], path: FieldPath
) -> Iterator[tuple[Section, FieldPath]]:
    for position, section in enumerate(sections):
        yield section, (*path, position)
        yield from _walk_sections(section.sections, (*path, position, "sections"))


def check_sections(catalog: Catalog) -> Iterator[Fault]:
    """Codes `section-unknown`, `section-missing`, `section-doubled`."""
    known = catalog.section_by_id
    speller = Speller(known)
    by_title = {fold(section.title): id_ for id_, section in known.items()}
    for index, paper in enumerate(catalog.papers):
        if not paper.sections:
            hint = f"Add `sections: [{next(iter(known), '…')}]`"
            message = "the paper is in no section"
            yield Fault(Code.SECTION_MISSING, message, hint, paper=index, path=("sections",))
        seen: set[str] = set()
        for position, id_ in enumerate(paper.sections):
            path = ("sections", position)
            if id_ not in known:
                message = f"there is no section {quote(id_)}"
                hint = _meant_section(id_, by_title) or _did_you_mean(id_, speller, known)
                unknown = Fault(Code.SECTION_UNKNOWN, message, hint, judged_by="sections")
                nearest = speller.nearest(id_)
                fix = _replace_item("sections", paper.sections, position, nearest)
                yield replace(unknown, paper=index, path=path, fix=fix)
            elif id_ in seen:
                message = f"the section {quote(id_)} is listed twice"
                yield Fault(Code.SECTION_DOUBLED, message, "Delete one", paper=index, path=path)
            seen.add(id_)


def _replace_item(
    field: str, items: tuple[str, ...], position: int, item: str | None
) -> Fix | None:
    """Return a list with another item at one position; None when there is none to take."""
    if item is None:
        return None
    return field, tuple(dict.fromkeys((*items[:position], item, *items[position + 1 :])))


def check_resources(catalog: Catalog) -> Iterator[Fault]:
    """Code `section-unknown`: a resource in a section that does not exist."""
    known = catalog.section_by_id
    speller = Speller(known)
    for index, resource in enumerate(catalog.head.resources):
        for position, id_ in enumerate(resource.sections):
            if id_ not in known:
                yield Fault(
                    Code.SECTION_UNKNOWN,
                    f"there is no section {quote(id_)}",
                    _did_you_mean(id_, speller, known),
                    path=("resources", index, "sections", position),
                )


def check_venue_table(catalog: Catalog) -> Iterator[Fault]:
    """Code `venue-alias-clash`: one name for two venues."""
    owners: dict[str, FieldPath] = {short: ("venues", short) for short in catalog.venues}
    for short, venue in catalog.venues.items():
        for position, alias in enumerate(venue.aliases):
            path: FieldPath = ("venues", short, "aliases", position)
            first = owners.setdefault(alias, path)
            if first is not path:
                message = f"{quote(alias)} is already a name of {quote(str(first[1]))}"
                hint = "Keep it under one venue"
                yield Fault(
                    Code.VENUE_ALIAS_CLASH, message, hint, path=path, first=Location(None, first)
                )


def check_venues(catalog: Catalog) -> Iterator[Fault]:
    """Codes `venue-unknown`, `venue-alias`, `venue-missing`."""
    speller = Speller(catalog.venue_by_name)
    for index, paper in enumerate(catalog.papers):
        for fault in _check_venue(paper, catalog, speller):
            yield replace(fault, paper=index)
    for paper, path in _citation_records(catalog):
        for fault in _check_venue(paper, catalog, speller):
            yield replace(fault, path=(*path, *fault.path))


def _check_venue(paper: Paper, catalog: Catalog, speller: Speller) -> Iterator[Fault]:
    name, path = paper.venue, ("venue",)
    if name is None:
        yield from _miss_venue(paper)
    elif name not in catalog.venue_by_name:
        message = f"unknown venue {quote(name)}"
        meant = did_you_mean(name, speller, "")
        hint = f"{meant} To add a venue, list it under `venues:`".lstrip()
        nearest = speller.nearest(name)
        fix = ("venue", catalog.venue_by_name[nearest]) if nearest else None
        yield Fault(Code.VENUE_UNKNOWN, message, hint, path=path, judged_by="venues", fix=fix)
    elif name not in catalog.venues:
        short = catalog.venue_by_name[name]
        message = f"{quote(name)} is another name of {quote(short)}"
        fix = ("venue", short)
        yield Fault(
            Code.VENUE_ALIAS, message, f"Write {short}", Severity.WARNING, path=path, fix=fix
        )


_UNCOLLECTED = {
    EntryType.PHDTHESIS: "school",
    EntryType.MASTERSTHESIS: "school",
    EntryType.TECHREPORT: "institution",
    EntryType.BOOK: "publisher",
}
"""Types of works that appear in no venue, and what stands for `publisher` in their entries."""


def _miss_venue(paper: Paper) -> Iterator[Fault]:
    path = ("venue",)
    if paper.type not in _UNCOLLECTED:
        hint = "Add e.g. `venue: arXiv`"
        yield Fault(Code.VENUE_MISSING, "missing venue", hint, Severity.WARNING, path=path)
    elif paper.publisher is None:
        noun = _UNCOLLECTED[paper.type]
        message, hint = f"missing {noun}", f"Add `publisher:` with the {noun}"
        yield Fault(Code.VENUE_MISSING, message, hint, Severity.WARNING, path=("publisher",))


def check_facets(catalog: Catalog) -> Iterator[Fault]:
    """Codes `facet-unknown`, `facet-value-unknown`."""
    facets = catalog.facets
    speller = Speller(facets)
    value_spellers = {name: Speller(facet.titles) for name, facet in facets.items()}
    for index, paper in enumerate(catalog.papers):
        for name, values in paper.facets.items():
            if name not in facets:
                message = f"there is no facet {quote(name)}"
                hint = _did_you_mean(name, speller, facets)
                unknown = Fault(Code.FACET_UNKNOWN, message, hint, judged_by="facets", at_key=True)
                yield replace(unknown, paper=index, path=("facets", name))
                continue
            for position, value in enumerate(values):
                if not facets[name].is_open and value not in facets[name].titles:
                    message = f"the facet {quote(name)} has no value {quote(value)}"
                    hint = _did_you_mean(value, value_spellers[name], facets[name].titles)
                    unknown = Fault(Code.FACET_VALUE_UNKNOWN, message, hint, judged_by="facets")
                    yield replace(unknown, paper=index, path=("facets", name, position))


def check_keys(catalog: Catalog) -> Iterator[Fault]:
    """Codes `key-duplicate`, `alias-clash`: keys and old keys are unique, letter case aside.

    Keys are file names too, and some file systems ignore case.
    """
    owners: dict[str, Location] = {}
    for spot, key in _keys_of(catalog):
        first = owners.setdefault(key.lower(), spot)
        if first is not spot:
            message = f"the key {quote(key)} belongs to another record"
            hint = "Merge the two records if they are one work, or change one key"
            yield Fault(
                Code.KEY_DUPLICATE, message, hint, paper=spot.paper, path=spot.path, first=first
            )
    for index, paper in enumerate(catalog.papers):
        for position, alias in enumerate(paper.aliases):
            spot = Location(index, ("aliases", position))
            first = owners.setdefault(alias.lower(), spot)
            if first is not spot:
                message = f"the old key {quote(alias)} is already used"
                yield Fault(
                    Code.ALIAS_CLASH,
                    message,
                    "Delete it here",
                    paper=index,
                    path=spot.path,
                    first=first,
                )


def _keys_of(catalog: Catalog) -> Iterator[tuple[Location, str]]:
    for index, paper in enumerate(catalog.papers):
        yield Location(index, ("key",)), paper.key
    for paper, path in _citation_records(catalog):
        yield Location(None, (*path, "key")), paper.key


def check_file_names(catalog: Catalog) -> Iterator[Fault]:
    """Code `name-reserved`: keys, old keys and section ids become folders on every system."""
    for index, paper in enumerate(catalog.papers):
        if is_reserved(paper.key):
            yield _reserve(paper.key, Location(index, ("key",)))
        for position, alias in enumerate(paper.aliases):
            if is_reserved(alias):
                yield _reserve(alias, Location(index, ("aliases", position)))
    for section, path in _walk_sections(catalog.head.sections, ("sections",)):
        if is_reserved(section.id):
            yield _reserve(section.id, Location(None, (*path, "id")))


def _reserve(name: str, spot: Location) -> Fault:
    message = f"{quote(name)} is a reserved file name on some systems"
    return Fault(
        Code.NAME_RESERVED, message, "Choose another one", paper=spot.paper, path=spot.path
    )


def check_works(catalog: Catalog) -> Iterator[Fault]:
    """Codes `work-duplicate`, `work-similar`: one work is one record."""
    works = WorkIndex()
    for index, paper in enumerate(catalog.papers):
        for match in works.find(paper):
            other = catalog.papers[match.place]
            # A copied record is one fault, that of its key.
            if other.key.lower() != paper.key.lower():
                yield _blame_work(match, index, other)
                break
        works.add(paper)


def _blame_work(match: Match, index: int, other: Paper) -> Fault:
    first = Location(match.place, match.path if match.is_certain else ("title",))
    shown = quote(other.key)
    # A link to another paper may be the mistake, an identifier in its own field hardly.
    if match.is_certain and not match.is_in_link:
        message = f"{match.reason} as {shown}"
        hint = "Merge the two records; a paper can be in several sections"
        return Fault(Code.WORK_DUPLICATE, message, hint, paper=index, path=match.path, first=first)
    message = f"may be the same work as {shown}: {match.reason}"
    hint = f"Merge the two records, or add `distinct_from: [{other.key}]` if they are two works"
    fault = Fault(Code.WORK_SIMILAR, message, hint, Severity.WARNING, index, match.path)
    return replace(fault, first=first)


def check_citations(catalog: Catalog) -> Iterator[Fault]:
    """Code `cite-unknown`: a key under survey.cite that no paper has."""
    speller = Speller(catalog.paper_by_key)
    for position, item in enumerate(catalog.survey.cite):
        if isinstance(item, str) and item not in catalog.paper_by_key:
            message = f"no paper has the key {quote(item)}"
            hint = did_you_mean(item, speller, "Write a record here, or add the paper")
            path = ("survey", "cite", position)
            yield Fault(Code.CITE_UNKNOWN, message, hint, path=path, judged_by="papers")


def _citation_records(catalog: Catalog) -> Iterator[tuple[Paper, FieldPath]]:
    """Yield the records by which the survey is cited, each with its path."""
    for position, item in enumerate(catalog.survey.cite):
        if isinstance(item, Paper):
            yield item, ("survey", "cite", position)


def _did_you_mean(word: str, speller: Speller, choices: Iterable[str]) -> str:
    names = list(choices)
    return did_you_mean(word, speller, list_choices(names) if names else "None is defined")


def _meant_section(word: str, by_title: dict[str, str]) -> str | None:
    id_ = by_title.get(fold(word))
    return f"That is a title. Write its id: {id_}" if id_ is not None else None


def check_paper(paper: Paper, today: date) -> Iterator[Fault]:
    """Apply every rule of one record."""
    for rule in PAPER_RULES:
        yield from rule(paper, today)


def check_catalog(
    catalog: Catalog, today: date, check_paper: PaperRule = check_paper
) -> Iterator[Fault]:
    """Apply every rule: to each record, to the records that cite the survey, and across them."""
    for index, paper in enumerate(catalog.papers):
        for fault in check_paper(paper, today):
            yield replace(fault, paper=index)
    for paper, path in _citation_records(catalog):
        for fault in check_paper(paper, today):
            yield replace(fault, path=(*path, *fault.path))
    for catalog_rule in CATALOG_RULES:
        yield from catalog_rule(catalog)


PAPER_RULES: tuple[PaperRule, ...] = (
    check_title,
    check_authors,
    check_year,
    check_link_uses,
    check_link_forms,
    check_link_kinds,
    check_bibtex,
)
CATALOG_RULES: tuple[CatalogRule, ...] = (
    check_section_ids,
    check_sections,
    check_resources,
    check_venue_table,
    check_venues,
    check_facets,
    check_open_facets,
    check_keys,
    check_file_names,
    check_works,
    check_shared_links,
    check_citations,
    check_capitals,
)
