"""What must hold across the fields of a record and across records.

One rule is one short function and the codes it names. Rules see records, not files, and need no
network and no clock: the day is passed in.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from catalog.findings import Fault, Severity
from catalog.folding import find_nearest, fold
from catalog.model import Paper
from catalog.names import is_et_al
from catalog.records import Catalog

CatalogRule = Callable[[Catalog], Iterator[Fault]]
PaperRule = Callable[[Paper, date], Iterator[Fault]]

FIRST_PRINTED_YEAR = 1450
"""Before Gutenberg nothing that a list of papers cites was printed."""

_PLACEHOLDER = re.compile(
    r"(?:tba|tbd|tbc|todo|xxx+|updating|coming soon|to be (?:added|announced|determined)|"
    r"untitled|no title|title|n a|paper title|placeholder)"
)
_ELLIPSIS = ("...", "…")


def check_title(paper: Paper, _today: date) -> Iterator[Fault]:
    """Codes `title-placeholder`, `title-period`."""
    if not fold(paper.title) or _PLACEHOLDER.fullmatch(fold(paper.title)):
        message = f"{paper.title!r} is a placeholder, not a title"
        yield Fault("title-placeholder", message, "give the title, or delete the record", path=("title",))
    elif paper.title.endswith(".") and not paper.title.endswith(_ELLIPSIS):
        message = "the title ends in a period"
        yield Fault(
            "title-period", message, f"write {paper.title[:-1]!r}", Severity.WARNING, path=("title",)
        )


def check_authors(paper: Paper, _today: date) -> Iterator[Fault]:
    """Codes `author-et-al`, `authors-missing`."""
    for index, name in enumerate(paper.authors):
        if is_et_al(name):
            message = f"{name.display!r} is not an author"
            hint = "name the authors; `more_authors: true` says that further ones follow"
            yield Fault("author-et-al", message, hint, path=("authors", index))
    if not paper.authors:
        message = "no author is given"
        yield Fault("authors-missing", message, "add authors: […]", Severity.WARNING, path=("authors",))


def check_year(paper: Paper, today: date) -> Iterator[Fault]:
    """Codes `year-impossible`, `year-missing`."""
    if paper.year is None:
        yield Fault("year-missing", "no year is given", "add year: …", Severity.WARNING, path=("year",))
    elif not FIRST_PRINTED_YEAR <= paper.year <= today.year + 1:
        message = f"the year {paper.year} cannot be"
        hint = f"between {FIRST_PRINTED_YEAR} and {today.year + 1}"
        yield Fault("year-impossible", message, hint, path=("year",))


def check_link_uses(paper: Paper, _today: date) -> Iterator[Fault]:
    """Code `link-repeated`: one address under two kinds."""
    kinds: dict[str, str] = {}
    for kind, url in paper.links.items():
        first = kinds.setdefault(url, kind)
        if first != kind:
            message = f"{url} stands as {first} and as {kind}"
            yield Fault("link-repeated", message, "keep one", Severity.WARNING, path=("links", kind))


def check_section_ids(catalog: Catalog) -> Iterator[Fault]:
    """Code `section-repeated`: two sections with one id."""
    seen: set[str] = set()
    for view in catalog.sections:
        if view.id in seen:
            message = f"the section id {view.id!r} is used twice"
            yield Fault("section-repeated", message, "give one of them another id", path=("sections",))
        seen.add(view.id)


def check_sections(catalog: Catalog) -> Iterator[Fault]:
    """Codes `section-unknown`, `section-missing`, `section-doubled`."""
    known = catalog.section_by_id
    for index, paper in enumerate(catalog.papers):
        if not paper.sections:
            hint = f"add sections: [{next(iter(known), '…')}]"
            yield Fault(
                    "section-missing",
                    "the paper stands in no section",
                    hint,
                    paper=index,
                    path=("sections",),
                )
        for position, id_ in enumerate(paper.sections):
            if id_ not in known:
                yield Fault(
                    "section-unknown",
                    f"there is no section {id_!r}",
                    _did_you_mean(id_, known),
                    paper=index,
                    path=("sections", position),
                )
            elif id_ in paper.sections[:position]:
                message = f"the section {id_!r} is named twice"
                yield Fault(
                    "section-doubled", message, "delete one", paper=index, path=("sections", position)
                )


def check_venue_table(catalog: Catalog) -> Iterator[Fault]:
    """Code `venue-alias-clash`: one name for two venues."""
    owner = {short: short for short in catalog.venues}
    for short, venue in catalog.venues.items():
        for position, alias in enumerate(venue.aliases):
            first = owner.setdefault(alias, short)
            if first != short:
                message = f"{alias!r} already stands for {first}"
                path = ("venues", short, "aliases", position)
                yield Fault("venue-alias-clash", message, "keep it in one place", path=path)


def check_venues(catalog: Catalog) -> Iterator[Fault]:
    """Codes `venue-unknown`, `venue-alias`, `venue-missing`."""
    for index, paper in enumerate(catalog.papers):
        if paper.venue is None:
            hint = "add venue: …; a preprint server is one"
            yield Fault(
                "venue-missing", "no venue is given", hint, Severity.WARNING, index, path=("venue",)
            )
        elif paper.venue not in catalog.venue_by_name:
            hint = _did_you_mean(paper.venue, catalog.venue_by_name) + "; a new venue gets a row in venues"
            message = f"the venue {paper.venue!r} is not in the list of venues"
            yield Fault("venue-unknown", message, hint, paper=index, path=("venue",))
        elif paper.venue not in catalog.venues:
            short = catalog.venue_by_name[paper.venue]
            message = f"{paper.venue!r} is another name of {short}"
            yield Fault(
                "venue-alias", message, f"write {short}", Severity.WARNING, index, path=("venue",)
            )


def check_facets(catalog: Catalog) -> Iterator[Fault]:
    """Codes `facet-unknown`, `facet-value-unknown`."""
    for index, paper in enumerate(catalog.papers):
        for name, values in paper.facets.items():
            facet = catalog.facets.get(name)
            if facet is None:
                message = f"there is no facet {name!r}"
                hint = _did_you_mean(name, catalog.facets)
                yield Fault(
                    "facet-unknown", message, hint, paper=index, path=("facets", name), at_key=True
                )
                continue
            for position, value in enumerate(values):
                if value not in facet.values:
                    message = f"the facet {name!r} has no value {value!r}"
                    hint = _did_you_mean(value, facet.values)
                    path = ("facets", name, position)
                    yield Fault("facet-value-unknown", message, hint, paper=index, path=path)


def check_keys(catalog: Catalog) -> Iterator[Fault]:
    """Codes `key-duplicate`, `alias-clash`: keys and old keys are unique, letter case aside.

    Keys are file names too, and some file systems do not tell upper from lower case.
    """
    owners: dict[str, int] = {}
    for index, paper in enumerate(catalog.papers):
        first = owners.setdefault(paper.key.lower(), index)
        if first != index:
            message = f"the key {paper.key!r} already belongs to {catalog.papers[first].title!r}"
            hint = "one work is one record; another work needs a key of its own"
            yield Fault("key-duplicate", message, hint, paper=index, path=("key",))
    for index, paper in enumerate(catalog.papers):
        for position, alias in enumerate(paper.aliases):
            first = owners.setdefault(alias.lower(), index)
            if first != index or alias.lower() == paper.key.lower():
                message = f"the old key {alias!r} already belongs to {catalog.papers[first].title!r}"
                path = ("aliases", position)
                yield Fault("alias-clash", message, "delete it here", paper=index, path=path)


def check_works(catalog: Catalog) -> Iterator[Fault]:
    """Code `work-duplicate`: one work is one record.

    Two records are one work when they share a DOI, an arXiv id, an OpenReview id, or the folded title
    and the first author's family name.
    """
    seen: dict[tuple[str, str], Paper] = {}
    for index, paper in enumerate(catalog.papers):
        for kind, mark, path in _marks_of_work(paper):
            first = seen.setdefault((kind, mark), paper)
            if first is not paper:
                message = f"the same {kind} as {first.key!r}: two records of one work?"
                hint = "keep one record; it may stand in several sections"
                yield Fault("work-duplicate", message, hint, Severity.WARNING, index, (path,))
                break


def _marks_of_work(paper: Paper) -> Iterator[tuple[str, str, str]]:
    for kind, mark in (("doi", paper.doi), ("arxiv", paper.arxiv), ("openreview", paper.openreview)):
        if mark is not None:
            yield kind, mark.lower() if kind == "doi" else mark, kind
    family = fold(paper.authors[0].full_family) if paper.authors else ""
    yield "title and first author", f"{fold(paper.title)}|{family}", "title"


def check_citations(catalog: Catalog) -> Iterator[Fault]:
    """Code `cite-unknown`: a key under survey.cite that no paper has."""
    for position, item in enumerate(catalog.survey.cite):
        if isinstance(item, str) and item not in catalog.paper_by_key:
            message = f"no paper has the key {item!r}"
            hint = _did_you_mean(item, catalog.paper_by_key)
            yield Fault("cite-unknown", message, hint, path=("survey", "cite", position))


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    names = list(choices)
    nearest = find_nearest(word, names)
    if nearest is not None:
        return f"did you mean {nearest}?"
    return "one of " + ", ".join(names[:8]) + (", …" if len(names) > 8 else "") if names else "none is defined"


PAPER_RULES: tuple[PaperRule, ...] = (check_title, check_authors, check_year, check_link_uses)
CATALOG_RULES: tuple[CatalogRule, ...] = (
    check_section_ids,
    check_sections,
    check_venue_table,
    check_venues,
    check_facets,
    check_keys,
    check_works,
    check_citations,
)
