"""Forms of entries that lists repeat, a few lines each."""

import pytest

from catalog.importers.markdown.drafts import to_draft, to_fields
from catalog.importers.markdown.entries import Entry
from catalog.importers.markdown.field_labels import Hint, find_hint
from catalog.importers.markdown.reader import read_markdown
from catalog.importers.venues.clusters import cluster_venues


def entries_of(text: str) -> tuple[Entry, ...]:
    return read_markdown(f"# Things\n\n## Papers\n\n{text}".encode(), "list.md").entries


def note_of(entry: Entry) -> object:
    venues = cluster_venues([entry.venue] if entry.venue else [])
    return to_draft(to_fields(entry, "papers", venues), "list.md", 1).values.get("note")


TWO_WORKS = """\
* [Balanced Trees on Disks](papers/balanced.pdf) (1972): Still used everywhere.
* [Growing Trees](papers/growing.pdf) (1981) and The [R-Forest: An Index](papers/forest.pdf) (1984)
* [C-Shore: A Store](papers/shore.pdf) (2005) / [The Shore, Later](https://a.example/shore) (2015)
"""
FIELDS = """\
### 1. [CoRL 2023] RT-Zero: Robots that Read Recipes

**RT-Zero：会读菜谱的机器人**

- 作者：Ada Zephrani, Cem Gorlund, Jun Dunmarsh
- 链接：[论文](https://arxiv.org/abs/2303.38728) | [代码](https://github.com/example/rt-zero)

### 2. [ICRA 2024] Folding Shirts by Watching Shirts Fold

**看着衣服学叠衣服**

- 作者：Hana Halvane, Finn Glimdal, Kaja Rostavik
- 链接：[论文](https://arxiv.org/abs/2403.95228)
"""
SUMMARIES = """\
| **Paper** | **Links** |
|---|---|
| 1) ThingGame  They show that games lift. <br>● Self-play | [P](https://arxiv.org/abs/2506.00001) |
| 2) Ultra-Fast Moving Nets  This is Hermes. <br>● A core | [P](https://arxiv.org/abs/2506.00002) |
"""
BOLD_VENUES = """\
* _How many knots fit?_, N. Halvane, **Physical Review E** (2019), [arXiv:1909.66023](http://a.example/1)
* _Machines by committee_, Y. Zephrani, **SciPost Physics** (2020), [arXiv:2005.18707](http://a.example/2)
"""


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            TWO_WORKS,
            [
                "Balanced Trees on Disks",
                "Growing Trees",
                "R-Forest: An Index",
                "C-Shore: A Store",
                "The Shore, Later",
            ],
        ),
        (FIELDS, ["RT-Zero: Robots that Read Recipes", "Folding Shirts by Watching Shirts Fold"]),
        (SUMMARIES, ["ThingGame", "Ultra-Fast Moving Nets"]),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    assert [entry.title for entry in entries_of(text)] == titles


def test_two_works_in_an_item_keep_their_years() -> None:
    assert [entry.year for entry in entries_of(TWO_WORKS)] == [1972, 1981, 1984, 2005, 2015]


def test_a_wide_colon_ends_a_label() -> None:
    first, _ = entries_of(FIELDS)
    assert first.byline is not None
    assert first.byline.names == ("Ada Zephrani", "Cem Gorlund", "Jun Dunmarsh")
    assert (first.venue and first.venue.text, first.year) == ("CoRL", 2023)


def test_a_preprint_is_not_the_venue_next_to_a_journal() -> None:
    found = [(entry.venue and entry.venue.text, entry.year) for entry in entries_of(BOLD_VENUES)]
    assert found == [("Physical Review E", 2019), ("SciPost Physics", 2020)]


def test_one_name_before_a_colon_is_the_author() -> None:
    first, second = entries_of(
        "* Bratenahl, Hedwig: Seals and Salt in Small Towns. In: Journal of Towns 12 (2019)\n"
        "* Vierhaus, Kuno: Rules for Fires in Comparison. In: Journal of Towns 14 (2021)\n"
    )
    assert first.byline is not None
    assert first.byline.names == ("Bratenahl, Hedwig",)
    assert (second.title, second.year) == ("Rules for Fires in Comparison", 2021)


def test_a_note_keeps_the_link_that_its_sentence_needs() -> None:
    first, _ = entries_of(
        "* [How Good Are Guesses?](papers/job.pdf) (2015): "
        "Bad. Get it [here](https://a.example/job).\n"
        "* [Bits that Bloom](papers/bits.pdf) (2000): For joins (caches, too), etc.\n"
    )
    assert note_of(first) == "Bad. Get it [here](https://a.example/job)."


def test_a_venue_with_its_words_cut_short_is_whole() -> None:
    first, second, third = entries_of(
        "- Zinc Roofs, B. Halvane, Build. Environ. 2010\n"
        "- Turf Roofs, B. Halvane, Fire Ecol. 2013\n"
        "- Reed Roofs, B. Halvane, Jo Zephrani, J. Coast. Conserv. 2014\n"
    )
    assert [one.title for one in (first, second, third)] == [
        "Zinc Roofs",
        "Turf Roofs",
        "Reed Roofs",
    ]
    assert [one.venue.text for one in (first, second, third) if one.venue] == [
        "Build. Environ.",
        "Fire Ecol",
        "J. Coast. Conserv.",
    ]


def test_two_colons_part_slots() -> None:
    entries = entries_of(
        "- 03/2018 :: Sparse Gongs :: Kit Halvane :: Interspeech\n"
        "- 06/2019 :: No Gongs :: Jo Zephrani :: ICASSP\n"
    )
    assert [one.title for one in entries] == ["Sparse Gongs", "No Gongs"]
    assert [one.year for one in entries] == [2018, 2019]


def test_a_mark_between_slots_is_in_no_title() -> None:
    entries = entries_of(
        "- A Census of Gates / Household Studies / 2011 / M. Halvane\n"
        "- Shutters by Season / Facade Letters / 2013 / M. Halvane, A. Glimdal\n"
        "- Latches / Nature / 2015 / A. Glimdal\n"
        "- Bolts, Chains, Lies / Household Studies / 2016 / O. Dunmarsh et al.\n"
    )
    assert entries[3].title == "Bolts, Chains, Lies"
    assert entries[3].venue is not None
    assert entries[3].venue.text == "Household Studies"


def test_heads_of_columns_name_venues_with_their_year() -> None:
    entries = entries_of(
        "| Title | Journal / conf. (year) | Code |\n|---|---|---|\n"
        "| Nets drift, nurses do not | CHQL (2022) | |\n"
        "| One net, nine wards, nine nets | Lantern Digital Things (2021) | |\n"
        "| Who counts the breaths of the ward | Crit. Care Med. | |\n"
    )
    assert [(one.venue.text if one.venue else None, one.year) for one in entries] == [
        ("CHQL", 2022),
        ("Lantern Digital Things", 2021),
        ("Crit. Care Med.", None),
    ]


AUTHORS_WITH_YEAR = """\
| Study | Title | What it says |
|---|---|---|
| Halvane & Glimdal (2009) | Where the sand goes first | Two winters at one dune. |
| Rostavik et al. (2012) | [Reeds, ditches and doubt](https://doi.org/10.9999/r.1) | Odd. |
| Gorlund 2017 | Ten years in one hut | Drips drop. |
| Dunmarsh & Halvane (in press) | Fog as a nuisance | No DOI yet. |
"""


def test_names_and_years_in_one_cell_are_authors_and_years() -> None:
    found = entries_of(AUTHORS_WITH_YEAR)
    shown = [(entry.byline.shown if entry.byline else None, entry.year) for entry in found]
    assert sorted(shown, key=str) == [
        ("Dunmarsh & Halvane", None),
        ("Gorlund", 2017),
        ("Halvane & Glimdal", 2009),
        ("Rostavik et al.", 2012),
    ]


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        ("Autor, ano", Hint.AUTHORS),
        ("著者（年）", Hint.AUTHORS),
        ("저자 (연도)", Hint.AUTHORS),
        ("Journal (year)", Hint.VENUE),
        ("Notes (short)", None),
    ],
)
def test_the_head_of_a_column_may_announce_a_year_too(head: str, hint: Hint | None) -> None:
    assert find_hint(head) == hint


def badge(text: str) -> str:
    return f"![](https://img.shields.io/badge/{text}-blue)"


def test_badges_of_most_entries_name_venue_and_year() -> None:
    names = ("Sand_Letters-2019", "모래학회지-2018", "Dunes_and_Reeds-2021", "JACS-2024")
    found = entries_of(
        "".join(
            f"- {badge(name)} **Walking Dunes, Part {number}** <br> Ada Zephrani, Cem Gorlund <br> "
            f"[[PDF](https://sand.example/{number})]\n"
            for number, name in enumerate(names)
        )
    )
    assert [(entry.venue.text if entry.venue else None, entry.year) for entry in found] == [
        ("Sand Letters", 2019),
        ("모래학회지", 2018),
        ("Dunes and Reeds", 2021),
        ("JACS", 2024),
    ]


def test_badges_that_tell_something_else_are_no_venues() -> None:
    found = entries_of(
        "".join(
            f"- {badge(f'Updated-202{number}')} [Walking Dunes in Part {number}]"
            f"(https://arxiv.org/abs/2001.0000{number}), Ada Zephrani\n"
            for number in range(3)
        )
    )
    assert [entry.venue for entry in found] == [None, None, None]


def test_volumes_in_other_languages_follow_a_venue() -> None:
    found = entries_of(
        "- HALVANE, Ada. O calendário das dunas. **Acta Arenosa**, v. 11, n. 2, p. 201-219, 1981.\n"
        "- GORLUND, Cem. Quem conta os juncos. **Ecologia da Areia**, v. 13, p. 77-85, 2013.\n"
        "- DUNMARSH, Jun. Duas feiras no inverno. **Cadernos da Areia**, ano 4, n. 1, 2009.\n"
    )
    venues = ["Acta Arenosa", "Ecologia da Areia", "Cadernos da Areia"]
    assert [entry.venue.text if entry.venue else None for entry in found] == venues
