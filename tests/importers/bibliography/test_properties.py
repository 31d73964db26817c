"""What holds for every bibliography: no order counts, and no value is lost without being named.

What was imported and is exported, merged or imported again stays the same.
"""

import random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.importers.bibliography import Format, read_bibliography
from catalog.importers.bibliography_list import ReferenceList, make_list_of_references
from catalog.importers.bibliography_summary import summarise_references
from catalog.model.catalog import Catalog
from catalog.model.draft import to_values, validate
from catalog.model.records import Head
from catalog.render import citations
from tests.examples import examples

WORDS = st.sampled_from(["zebra", "quartz", "fjord", "gnome", "waltz", "ibex", "lynx", "onyx"])
TEXT = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
NAMES = st.sampled_from(["Example, Ada", "Sample, Ben and Test, Carla", "{The Things Team}"])
FIELDS = st.fixed_dictionaries(
    {"title": TEXT, "author": NAMES},
    optional={
        "journal": st.sampled_from(["arXiv", "Cell", "Odd Letters"]),
        "year": st.sampled_from(["2020", "2021", "in press", "98"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b", "nonsense"]),
        "eprint": st.sampled_from(["2001.10000", "2002.20000", "hal-1"]),
        "pages": st.sampled_from(["1--9", "e17"]),
        "month": st.sampled_from(["may", "winter"]),
        "note": TEXT,
        "zone": TEXT,
        "edition": st.sampled_from(["second", "third"]),
        "address": st.sampled_from(["Oslo", "Lima"]),
    },
)


def _write(rows: list[dict[str, str]], order: list[int]) -> str:
    entries = []
    for place in order:
        fields = ", ".join(f"{name} = {{{value}}}" for name, value in rows[place].items())
        entries.append(f"@article{{key{place}, {fields}}}")
    return "\n".join(entries)


def _make(text: str) -> tuple[list[dict[str, Any]], str]:
    found = read_bibliography(text, "refs.bib", Format.BIBTEX)
    listed = make_list_of_references([found], title="Things")
    return [dict(draft.values) for draft in listed.made.drafts], summarise_references(
        {"refs.bib": found}, listed
    )


@examples(25)
@given(st.lists(FIELDS, min_size=1, max_size=5), st.integers(0, 99))
def test_the_order_of_entries_does_not_matter(rows: list[dict[str, str]], seed: int) -> None:
    order = list(range(len(rows)))
    plain, _ = _make(_write(rows, order))
    random.Random(seed).shuffle(order)
    shuffled, _ = _make(_write(rows, order))

    def to_set(records: list[dict[str, Any]]) -> set[str]:
        kept = [
            {
                name: sorted(map(str, v)) if name in ("aliases", "cite_keys") else v
                for name, v in one.items()
            }
            for one in records
        ]
        return {str(sorted(one.items())) for one in kept}

    assert to_set(plain) == to_set(shuffled)


@examples(25)
@given(st.lists(FIELDS, min_size=1, max_size=5))
def test_every_value_is_in_a_record_or_in_the_report(rows: list[dict[str, str]]) -> None:
    records, report = _make(_write(rows, list(range(len(rows)))))
    whole = f"{records} {report}".casefold()

    for row in rows:
        for name, value in row.items():
            if name not in ("author", "month", "journal"):
                shown = value.replace("--", "-")
                assert shown.casefold() in whole, (name, value)


def _to_catalog(draft_list: ReferenceList) -> Catalog:
    head = Head.model_validate(draft_list.made.head)
    papers = [one.paper for one in validate(draft_list.made.drafts) if one.paper is not None]
    assert len(papers) == len(draft_list.made.drafts)
    return Catalog(head, papers)


def _read(text: str, format_: Format) -> ReferenceList:
    found = read_bibliography(text, "refs", format_)
    return make_list_of_references([found], title="Things")


FORMATS = {
    citations.Format.BIBTEX: Format.BIBTEX,
    citations.Format.BIBLATEX: Format.BIBTEX,
    citations.Format.RIS: Format.RIS,
    citations.Format.CSL_JSON: Format.CSL_JSON,
    citations.Format.CSV: Format.CSV,
}


@examples(25)
@given(st.lists(FIELDS, min_size=1, max_size=5), st.sampled_from(list(FORMATS)))
def test_an_import_that_is_exported_and_imported_again_is_the_same(
    rows: list[dict[str, str]], format_: citations.Format
) -> None:
    catalog = _to_catalog(_read(_write(rows, list(range(len(rows)))), Format.BIBTEX))
    assume(catalog.papers)

    text = citations.write_citations(catalog, catalog.papers, format_)
    again = _to_catalog(_read(text, FORMATS[format_]))

    assert [to_values(paper) for paper in again.papers] == [
        to_values(paper) for paper in catalog.papers
    ]


@examples(25)
@given(st.lists(FIELDS, min_size=1, max_size=5))
def test_a_file_that_is_there_twice_gives_the_same_records(rows: list[dict[str, str]]) -> None:
    text = _write(rows, list(range(len(rows))))
    once, _ = _make(text)
    twice = make_list_of_references(
        [read_bibliography(text, name, Format.BIBTEX) for name in ("one.bib", "two.bib")],
        title="Things",
    )

    assert [dict(draft.values) for draft in twice.made.drafts] == once
