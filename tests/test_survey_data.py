"""The list of the survey, its first edition and the corrections, held against each other.

The first edition of the README, the collected facts and what was found later are in a folder next
to this repository. Where that folder is missing, the tests that need it are skipped; the others
always run.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import read_markdown

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCES = REPOSITORY.parent / "shared" / "survey"
NOTHING = "—"

HEADING = re.compile(r"(#{2,3}) (.+?)(?: \[\[Back to Top]]\(#\))?\s*")
ENTRY = re.compile(r"1\. \*\*(.+?)\*\* \*(.*?)\*\s+\[\[PDF]]\((.*?)\)\s*")
BYLINE = re.compile(
    r"(?P<author>.+?)(?P<others>[.,]* et al)?, (?P<venue>.+?),? (?P<year>\d{4}) ?\."
)
CITATION = re.compile(r"@\w+\{(?P<key>\w+),\s+(?P<fields>.+?)\n\s+\}", re.DOTALL)
BIBTEX_FIELD = re.compile(r"(\w+)=\{(.+?)\}(?:,|$)", re.MULTILINE)
COUNTED_RULE = re.compile(r"\| `(?P<rule>[a-z-]+)` \|.*\| (?P<entries>\d+) \|")

Record = dict[str, Any]


class Entry(NamedTuple):
    """One numbered line of the first edition, as it stands there."""

    section: str
    title: str
    byline: str
    link: str


class Correction(NamedTuple):
    """One row of the table of corrections, without its evidence."""

    section: str
    entry: str
    key: str
    field: str
    original: str
    now: str


FIELD_ORDER = [
    "key",
    "title",
    "names",
    "authors",
    "more_authors",
    "editors",
    "booktitle",
    "series",
    "venue",
    "year",
    "month",
    "sections",
    "doi",
    "arxiv",
    "openreview",
    "acl",
    "volume",
    "number",
    "pages",
    "publisher",
    "links",
    "added",
]


# The list as it is now


@cache
def load_list() -> Record:
    text = (REPOSITORY / "papers.yaml").read_text(encoding="utf-8")
    loaded: Record = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


def list_papers() -> list[Record]:
    papers: list[Record] = load_list()["papers"]
    return papers


def first_edition() -> list[Record]:
    """The records of the works that the original list has."""
    keys = {paper_of_entry(entry)["key"] for entry in original_papers()}
    return [paper for paper in list_papers() if paper["key"] in keys]


def walk_sections(sections: list[Record], level: int = 2) -> Iterator[tuple[int, str, str]]:
    for section in sections:
        yield level, section["id"], section["title"]
        yield from walk_sections(section.get("sections", []), level + 1)


def title_of_section() -> dict[str, str]:
    return {name: title for _, name, title in walk_sections(load_list()["sections"])}


def papers_by_section() -> dict[str, list[Record]]:
    titles = title_of_section()
    return {
        title: [paper for paper in list_papers() if name in paper["sections"]]
        for name, title in titles.items()
    }


def show_author(paper: Record) -> str:
    first = paper["authors"][0]
    name: str = first["literal"] if isinstance(first, dict) else first
    has_more = len(paper["authors"]) > 1 or "more_authors" in paper
    return f"{name} et al." if has_more else name


def show_link(paper: Record) -> str:
    links = paper.get("links", {})
    return next((f"{kind}: {links[kind]}" for kind in ("pdf", "page") if kind in links), NOTHING)


def pdf_addresses(paper: Record) -> set[str]:
    """The PDF that the record names and those that follow from its identifiers."""
    addresses = {
        paper.get("links", {}).get("pdf", ""),
        f"https://arxiv.org/pdf/{paper.get('arxiv')}",
        f"https://openreview.net/pdf?id={paper.get('openreview')}",
        f"https://aclanthology.org/{paper.get('acl')}.pdf",
    }
    return addresses - {""}


def page_addresses(paper: Record) -> set[str]:
    """The landing pages that follow from the identifiers of the record."""
    return {
        f"https://doi.org/{paper.get('doi')}",
        f"https://arxiv.org/abs/{paper.get('arxiv')}",
        f"https://openreview.net/forum?id={paper.get('openreview')}",
        f"https://aclanthology.org/{paper.get('acl')}",
        f"https://aclanthology.org/{paper.get('acl')}/",
    }


def fold(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def collapse(text: str) -> str:
    return " ".join(text.split())


# The first edition and the collected facts


def read_source(name: str) -> str:
    path = SOURCES / name
    if not path.exists():
        pytest.skip(f"{name} of the first edition is not beside this repository ({SOURCES})")
    return path.read_text(encoding="utf-8")


def read_original() -> str:
    return read_source("README.original.md")


@cache
def read_additions() -> dict[str, Record]:
    """The fields of each record that were found or corrected later, by citation key."""
    additions: list[Record] = json.loads(read_source("additions.json"))
    return {item["key"].removeprefix("survey.cite:"): item["fields"] for item in additions}


@cache
def read_facts() -> list[Record]:
    """The collected facts, each with its `key` and with what was found later in their place."""
    facts: list[Record] = json.loads(read_source("papers.json"))
    additions: list[Record] = json.loads(read_source("additions.json"))
    key_by_title = {item["title"]: item["key"] for item in additions}
    corrected = []
    for fact in facts:
        before = {**fact, **fact.get("published_as", {})}
        key = key_by_title[before["title"]]
        later = read_additions()[key]
        found = {name: later[field] for field, name in FIELDS.items() if field in later}
        unverified = [name for name in fact.get("unverified_fields", []) if name not in found]
        corrected.append(
            {**before, **found, **PUBLISHED_SINCE.get(key, {}), "unverified_fields": unverified}
            | {"key": key, "later": later}
        )
    return corrected


def original_headings() -> list[tuple[int, str]]:
    found = [HEADING.fullmatch(line) for line in read_original().splitlines()]
    headings = [(len(match[1]), match[2]) for match in found if match]
    assert (headings[0][1], headings[-1][1]) == ("Contents", "📝 Citation")
    return headings[1:-1]


def original_entries() -> list[Entry]:
    entries: list[Entry] = []
    section = ""
    for line in read_original().splitlines():
        if heading := HEADING.fullmatch(line):
            section = collapse(heading[2])
        elif line.startswith("1."):
            match = ENTRY.fullmatch(line)
            assert match, f"not understood: {line}"
            entries.append(Entry(section, *match.groups()))
    return entries


def is_placeholder(entry: Entry) -> bool:
    return not entry.link


def original_papers() -> list[Entry]:
    return [entry for entry in original_entries() if not is_placeholder(entry)]


def read_byline(entry: Entry) -> dict[str, str]:
    match = BYLINE.fullmatch(entry.byline.strip())
    assert match, f"not understood: {entry.byline}"
    return {name: value or "" for name, value in match.groupdict().items()}


def original_citations() -> list[Record]:
    return [
        {"key": match["key"], **dict(BIBTEX_FIELD.findall(match["fields"]))}
        for match in CITATION.finditer(read_original())
    ]


def paper_of_fact(fact: Record) -> Record:
    found = [paper for paper in list_papers() if paper["title"] == fact["title"]]
    assert len(found) == 1, f"{len(found)} records titled {fact['title']!r}"
    return found[0]


# The table of corrections


@cache
def read_corrections() -> str:
    return (REPOSITORY / "docs" / "data-corrections.md").read_text(encoding="utf-8")


def read_cell(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith("`"):
        return cell[1:-1].replace(r"\|", "|")
    return re.sub(r"\\(.)", r"\1", cell)


def correction_rows() -> list[list[str]]:
    lines = [line for line in read_corrections().splitlines() if line.startswith("|")]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    wide = [[read_cell(cell) for cell in row] for row in rows if len(row) == 7]
    return [row for row in wide if row[0] != "original section" and set(row[0]) != {"-"}]


def listed_corrections() -> list[Correction]:
    return [Correction(*row[:6]) for row in correction_rows()]


# What differs


def paper_of_entry(entry: Entry) -> Record:
    """The record of its title in its section, or the one that the table names."""
    named = {
        row.key
        for row in listed_corrections()
        if (row.section, row.entry, row.field) == (entry.section, entry.title, "title")
    }
    found = [
        paper
        for paper in papers_by_section()[entry.section]
        if fold(paper["title"]) == fold(entry.title) or paper["key"] in named
    ]
    assert len(found) == 1, f"{len(found)} records for {entry.title!r} under {entry.section!r}"
    return found[0]


def differing_fields(entry: Entry, paper: Record) -> Iterator[tuple[str, str, str]]:
    """The differing fields: name, what the original says, what the list says."""
    byline = read_byline(entry)
    et_al = " et al" if byline["others"] else ""
    author, venue, year = byline["author"], byline["venue"], byline["year"]
    if entry.title.removesuffix(".") != paper["title"]:
        yield "title", entry.title, paper["title"]
    if author + et_al.replace("al", "al.") != show_author(paper):
        yield "author", author + et_al, show_author(paper)
    if venue != paper["venue"]:
        yield "venue", venue, paper["venue"]
    if year != paper["year"]:
        yield "year", year, paper["year"]
    if entry.byline != f"{author}{et_al}, {venue} {year}.":
        yield "byline", entry.byline, f"{show_author(paper)}, {paper['venue']} {paper['year']}."
    if entry.link not in pdf_addresses(paper):
        yield "link", entry.link, show_link(paper)


def differing_entries() -> Iterator[Correction]:
    for entry in original_entries():
        if is_placeholder(entry):
            yield Correction(entry.section, entry.title, NOTHING, "entry", entry.title, NOTHING)
            continue
        paper = paper_of_entry(entry)
        for difference in differing_fields(entry, paper):
            yield Correction(entry.section, entry.title, paper["key"], *difference)


def differing_sections() -> Iterator[Correction]:
    titles = title_of_section().values()
    for (_, original), now in zip(original_headings(), titles, strict=True):
        if original != now:
            yield Correction(collapse(original), NOTHING, NOTHING, "section", original, now)


def cited_papers() -> list[Record]:
    by_key = {paper["key"]: paper for paper in list_papers()}
    cited = load_list()["survey"]["cite"]
    return [by_key[item] if isinstance(item, str) else item for item in cited]


def differing_citation_keys() -> Iterator[Correction]:
    for original, now in zip(original_citations(), cited_papers(), strict=True):
        if original["key"] != now["key"]:
            title, key = original["title"], now["key"]
            yield Correction("Citation", title, key, "key", original["key"], key)


def differences() -> list[Correction]:
    return [*differing_sections(), *differing_entries(), *differing_citation_keys()]


# The list beside the first edition


def test_every_difference_from_the_original_is_listed_with_both_values() -> None:
    missing = set(differences()) - set(listed_corrections())
    assert not missing, "\n".join(map(str, sorted(missing)))


def test_every_listed_correction_is_a_real_difference() -> None:
    stale = set(listed_corrections()) - set(differences())
    assert not stale, "\n".join(map(str, sorted(stale)))


def test_no_correction_is_listed_twice() -> None:
    twice = [row for row, times in Counter(listed_corrections()).items() if times > 1]
    assert not twice


def test_every_correction_gives_its_evidence() -> None:
    assert correction_rows()
    assert not [row for row in correction_rows() if row[6] in ("", NOTHING)]


def test_every_place_of_the_original_is_one_place_of_the_list() -> None:
    original = Counter((entry.section, paper_of_entry(entry)["key"]) for entry in original_papers())
    titles = title_of_section()
    now = Counter(
        (titles[name], paper["key"]) for paper in first_edition() for name in paper["sections"]
    )
    assert original == now


def test_the_sections_stand_in_the_order_and_depth_of_the_original() -> None:
    sections = walk_sections(load_list()["sections"])
    now = [(level, title) for level, _, title in sections]
    assert now == [(level, collapse(title)) for level, title in original_headings()]


def test_the_general_rules_give_the_number_of_entries_they_touch() -> None:
    entries = original_papers()
    keys = Counter(paper_of_entry(entry)["key"] for entry in entries)
    assert {
        match["rule"]: int(match["entries"]) for match in COUNTED_RULE.finditer(read_corrections())
    } == {
        "et-al": sum(bool(read_byline(entry)["others"]) for entry in entries),
        "final-period": sum(entry.title.endswith(".") for entry in entries),
        "one-record": sum(times > 1 for times in keys.values()),
    }


def test_the_citations_are_those_of_the_original() -> None:
    retitled = {fold(row.original): row.now for row in listed_corrections() if row.field == "title"}
    for original, now in zip(original_citations(), cited_papers(), strict=True):
        title = retitled.get(fold(original["title"]), original["title"])
        names = [" ".join(reversed(name.split(", "))) for name in original["author"].split(" and ")]
        volume = now.get("booktitle", load_list()["venues"][now["venue"]]["name"])
        expected = [title, names, original["booktitle"], original["year"]]
        assert [now["title"], now["authors"], volume, now["year"]] == expected


def test_the_survey_is_the_one_that_the_original_names() -> None:
    survey, cited = load_list()["survey"], cited_papers()[0]
    common = ("title", "authors", "venue", "year")
    assert {name: survey[name] for name in common} == {name: cited[name] for name in common}
    assert f"[{survey['title']}]({survey['links']['paper']})" in read_original()
    assert f"({survey['contact']})" in read_original()
    assert survey["links"]["paper"] == f"https://arxiv.org/abs/{cited['arxiv']}"


def test_the_first_edition_has_106_papers_in_112_places_of_12_sections() -> None:
    places = [name for paper in first_edition() for name in paper["sections"]]
    assert (len(first_edition()), len(places), len(set(places))) == (106, 112, 12)


def test_no_two_papers_share_a_key() -> None:
    keys = Counter(paper["key"] for paper in list_papers())
    assert not [key for key, times in keys.items() if times > 1]


# The list beside the facts

FIELDS = {
    "title": "title",
    "venue": "venue",
    "year": "year",
    "series": "series",
    "doi": "doi",
    "arxiv": "arxiv_id",
    "openreview": "openreview_id",
    "acl": "acl_anthology_id",
    "volume": "volume",
    "number": "number",
    "pages": "pages",
    "publisher": "publisher",
    "month": "month",
    "editors": "editors",
}
LISTS = frozenset(["editors"])
PUBLISHED_SINCE = {
    # A poster at ICLR 2026; the facts were collected when it was a preprint.
    "raugel2025disentangling": {"type": "inproceedings", "venue_full": "ICLR"},
}
TYPES = {
    "conference": "inproceedings",
    "workshop": "inproceedings",
    "journal": "article",
    "preprint": "preprint",
}


def expected_fields(fact: Record) -> Record:
    return {
        field: fact[name] if field in LISTS else str(fact[name])
        for field, name in FIELDS.items()
        if name in fact and name not in fact["unverified_fields"]
    }


def expected_authors(fact: Record) -> list[Any]:
    if "authors" in fact["later"]:
        return names_as_sourced(fact["later"]["authors"])
    if fact.get("corporate"):
        return [*({"literal": name} for name in fact["authors"]), *fact["individual_authors_first"]]
    authors: list[Any] = fact["authors"]
    return authors


def names_as_sourced(authors: list[Any]) -> list[Any]:
    """The names of a record in the form that the sources have."""
    return [SPLIT.get(name, name) if isinstance(name, str) else name for name in authors]


def expected_volume_title(fact: Record) -> str:
    """The name of the volume without its acronym, and without the number that `volume` holds."""
    if "booktitle" in fact["later"]:
        return str(fact["later"]["booktitle"])
    if "venue" in fact["later"]:
        return str(load_list()["venues"][fact["later"]["venue"]]["name"])
    name = re.sub(r" \([A-Za-z]+(?: \d{4})?\)$", "", fact["venue_full"])
    return name.removesuffix(f" {fact.get('volume')}")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_holds_the_fact_and_nothing_else(field: str) -> None:
    facts = read_facts()
    now = {paper_of_fact(fact)["key"]: paper_of_fact(fact).get(field) for fact in facts}
    assert now == {paper_of_fact(fact)["key"]: expected_fields(fact).get(field) for fact in facts}


# The sources list thirty names; for these two the note beside the list names the rest.
COMPLETED = {
    "brown2020language": ["Dario Amodei"],
    "chung2024scaling": ["Jacob Devlin", "Adam Roberts", "Denny Zhou", "Quoc V. Le", "Jason Wei"],
}


# Names that the sources give plain and papers.yaml splits, because the plain form is doubtful.
SPLIT = {
    "El Hachem, Naji": "Naji El Hachem",
    "Seddik, Mohamed El Amine": "Mohamed El Amine Seddik",
}


def test_the_authors_are_complete_and_in_order() -> None:
    for fact in read_facts():
        paper = paper_of_fact(fact)
        authors = names_as_sourced(paper["authors"])
        rest = COMPLETED.get(paper["key"], [])
        assert all(name in fact.get("note", "") for name in rest)
        assert authors == expected_authors(fact) + rest, paper["key"]
        is_whole = rest or "more_authors" in fact["later"]
        has_more = fact.get("others") and not is_whole
        assert paper.get("more_authors") == ("true" if has_more else None), paper["key"]


def test_a_paper_stands_in_the_sections_of_its_fact() -> None:
    titles = title_of_section()
    for fact in read_facts():
        now = [titles[name] for name in paper_of_fact(fact)["sections"]]
        assert now == [collapse(title) for title in fact["sections"]]


def test_the_volume_has_the_title_of_its_proceedings() -> None:
    for fact in read_facts():
        paper = paper_of_fact(fact)
        venue = load_list()["venues"][paper["venue"]]
        if venue["kind"] == "preprint":
            assert "booktitle" not in paper
        else:
            assert paper.get("booktitle", venue["name"]) == expected_volume_title(fact), paper[
                "key"
            ]


def test_a_booktitle_says_more_than_the_name_of_the_venue() -> None:
    venues = load_list()["venues"]
    for paper in list_papers():
        venue = venues[paper["venue"]]
        assert "booktitle" not in paper or venue["kind"] in ("conference", "workshop"), paper["key"]
        assert paper.get("booktitle") != venue.get("name", ""), paper["key"]


def test_the_kind_of_the_venue_gives_the_entry_type() -> None:
    venues = load_list()["venues"]
    for fact in read_facts():
        paper = paper_of_fact(fact)
        assert "type" not in paper
        assert TYPES[venues[paper["venue"]]["kind"]] == fact["type"], paper["key"]


def test_no_record_holds_a_fact_that_is_not_verified() -> None:
    unverified = [fact for fact in read_facts() if fact["unverified_fields"]]
    assert len(unverified) == 2
    for fact in unverified:
        paper = paper_of_fact(fact)
        held = json.dumps(paper.get("links", {}))
        for name in fact["unverified_fields"]:
            value = fact.get(name, "ieeexplore.ieee.org")
            assert value not in paper.values()
            assert not re.search(rf"(arxiv\.org/\w+/|doi\.org/|//){re.escape(value)}", held), paper[
                "key"
            ]


def find_part(record: Record, field: str) -> Any:  # noqa: ANN401 - what YAML can hold
    part: Any = record
    for name in field.split("."):
        part = part.get(name) if isinstance(part, dict) else None
    return part


def test_every_value_that_was_found_later_is_in_its_record() -> None:
    records = {paper["key"]: paper for paper in [*list_papers(), *cited_papers()]}
    for key, later in read_additions().items():
        now = {field: find_part(records[key], field) for field in later}
        assert now == later, key


def sourced_fields() -> list[tuple[str, str]]:
    """Key and field of each value that docs/data-sources.md gives a source for."""
    text = (REPOSITORY / "docs" / "data-sources.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (`[^|]+`) \| ([^|]+) \|$", text, re.MULTILINE)
    return [(key, field) for key, fields, _ in rows for field in re.findall(r"`([^`]+)`", fields)]


def test_every_value_with_a_listed_source_is_in_its_record() -> None:
    records = {paper["key"]: paper for paper in [*list_papers(), *cited_papers()]}
    assert sourced_fields()
    assert not [row for row in sourced_fields() if not find_part(records[row[0]], row[1])]


def test_every_value_that_was_found_later_has_a_listed_source() -> None:
    later = {(key, field) for key, fields in read_additions().items() for field in fields}
    # Both follow from a rule that the page states once.
    ruled = {row for row in later if row[1] in ("added", "more_authors")}
    assert set(sourced_fields()) == later - ruled


COMPLETE = {
    "names of authors": 3127,
    "added": 106,
    "month": 80,
    "pages": 64,
    "publisher": 73,
    "editors": 33,
    "doi": 34,
    "arxiv": 98,
    "openreview": 36,
    "links.code": 51,
    "links.project": 10,
}
"""What the sources have for the 106 works of the first edition; see docs/data-corrections.md."""


def count_fields() -> Counter[str]:
    """Count the records that have each field, and the names of authors."""
    papers = first_edition()
    counts = Counter(field for paper in papers for field in paper)
    counts.update(f"links.{kind}" for paper in papers for kind in paper.get("links", {}))
    counts["names of authors"] = sum(len(paper["authors"]) for paper in papers)
    return counts


def test_the_records_are_as_complete_as_the_sources() -> None:
    counts = count_fields()
    assert {name: counts[name] for name in COMPLETE} == COMPLETE


def test_the_page_of_sources_has_the_counts_of_today() -> None:
    text = (REPOSITORY / "docs" / "data-sources.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `?([\w. ]+?)`?(?:,[^|]*| \([^|]*)? \| \d+ \| (\d+) \|$", text, re.MULTILINE
    )
    counts = count_fields()
    assert len(rows) == 9
    assert {name: int(count) for name, count in rows} == {name: counts[name] for name, _ in rows}


def test_every_link_is_known_from_the_sources() -> None:
    known = read_original() + read_source("papers.json") + read_source("additions.json")
    for paper in first_edition():
        for url in paper.get("links", {}).values():
            assert any(
                re.search(rf"{re.escape(form)}(?![\w/?&=-])", known)
                for form in (url, url.replace("https://", "http://", 1))
            ), url


def test_every_known_address_is_kept_as_a_link_or_an_identifier() -> None:
    for fact in read_facts():
        paper = paper_of_fact(fact)
        kept = page_addresses(paper) | set(paper.get("links", {}).values())
        known = {url for url in fact["urls"] if "ieeexplore.ieee.org" not in url}
        if "links.page" in fact["later"]:
            # The page of the proceedings stands in place of the one for those who attended.
            known = {url for url in known if "/virtual/" not in url}
        lost = {url for url in known if not {url, url.replace("http://", "https://", 1)} & kept}
        assert not lost, paper["key"]


def test_no_link_only_repeats_an_identifier() -> None:
    for paper in list_papers():
        assert not page_addresses(paper) & set(paper.get("links", {}).values()), paper["key"]


def test_the_fields_of_every_record_stand_in_one_order() -> None:
    for paper in first_edition():
        fields = [field for field in paper if field in FIELD_ORDER]
        assert fields == [field for field in FIELD_ORDER if field in paper], paper["key"]


# The importer on the first edition


def test_the_first_edition_is_imported_entry_by_entry() -> None:
    found = read_markdown(read_original().encode(), "README.md")
    imported = [
        Entry(
            entry.candidate.section.shown_path()[-1],
            fold(entry.title),
            fold(f"{entry.byline.shown if entry.byline else ''}{entry.venue and entry.venue.text}"),
            entry.links[0].url,
        )
        for entry in found.entries
    ]
    expected = [
        Entry(
            entry.section, fold(entry.title), fold(re.sub(r"\d{4}", "", entry.byline)), entry.link
        )
        for entry in original_papers()
    ]
    assert imported == expected
    assert len(imported) == 112
    assert not found.unparsed


def test_the_first_edition_becomes_as_many_records_as_the_list_has() -> None:
    made = make_list([read_markdown(read_original().encode(), "README.md")])
    titles = {fold(str(draft.values["title"])) for draft in made.drafts}
    assert len(made.drafts) == len(titles) == len(list_papers())
    assert not made.conflicts
