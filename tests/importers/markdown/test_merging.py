"""One work, one record; and what becomes of names, links and identifiers."""

import textwrap
from typing import Any

from catalog.importers.markdown.new_list import NewList, make_list
from catalog.importers.markdown.reader import read_markdown


def make(text: str) -> NewList:
    return make_list([read_markdown(textwrap.dedent(text).encode(), "README.md")])


def records(text: str) -> list[dict[str, Any]]:
    return [dict(draft.values) for draft in make(text).drafts]


def test_a_work_in_two_sections_is_one_record_with_both() -> None:
    made = make("""
        # List
        ## One
        - **Things of Many Kinds**, Ada Example et al., arXiv 2022 [[pdf]](https://arxiv.org/pdf/2201.99901)
        ## Two
        - **Things of many kinds.**, Ada Example et al., ICML 2023 [[code]](https://github.com/example/kinds)
    """)
    (record,) = (dict(draft.values) for draft in made.drafts)
    assert record["sections"] == ["one", "two"]
    assert (record["venue"], record["year"]) == ("ICML", "2023")
    assert record["links"] == {
        "pdf": "https://arxiv.org/pdf/2201.99901",
        "code": "https://github.com/example/kinds",
    }
    assert made.drafts[0].doubts["venue"] == "line 4 has arXiv 2022"


def test_a_link_for_which_no_kind_is_free_is_in_the_note() -> None:
    (record,) = records("""
        ## One
        - [Searching at Things Inc](https://things.example/search) `2017`
        ## Two
        - [Searching at Things Inc](https://old.things.example/2017/search) `2017`
    """)
    assert record["links"] == {"other": "https://things.example/search"}
    assert record["note"] == "[other](https://old.things.example/2017/search)"


def test_one_title_of_two_authors_is_two_works() -> None:
    found = records("""
        ## One
        - **A Survey of Things**, Ada Example et al., 2022 [[pdf]](https://example.org/a.pdf)
        - **A Survey of Things**, Ben Sample et al., 2021 [[pdf]](https://example.org/b.pdf)
    """)
    assert [record["key"] for record in found] == ["example2022survey", "sample2021survey"]


def test_two_works_under_one_identifier_are_told_and_only_the_first_keeps_it() -> None:
    made = make("""
        ## One
        - [Things Mislead People](https://arxiv.org/abs/2503.99901), Ada Example et al.
        - [A Simple Way to Tune Pictures](https://arxiv.org/abs/2503.99901), Ben Sample et al.
    """)
    first, second = (dict(draft.values) for draft in made.drafts)
    assert first["arxiv"] == "2503.99901"
    assert "arxiv" not in second
    assert [str(conflict) for conflict in made.conflicts] == [
        "arxiv 2503.99901 stands with two works: line 3 “Things Mislead People” "
        "and line 4 “A Simple Way to Tune Pictures”"
    ]


def test_one_identifier_under_much_the_same_title_is_one_work() -> None:
    made = make("""
        ## One
        - [ThingNet: Nets of Things](https://arxiv.org/abs/2503.99901), Ada Example et al.
        ## Two
        - [ThingNet](https://arxiv.org/abs/2503.99901), Ada Example et al.
    """)
    assert len(made.drafts) == 1
    assert not made.conflicts


def test_identifiers_are_taken_from_links_and_addresses_that_add_nothing_go() -> None:
    (record,) = records("""
        ## One
        - **Things under Many Names**, Ada Example et al., ACL 2020
          [[arXiv]](https://arxiv.org/abs/2004.99901v2) [[doi]](https://doi.org/10.1000/things.1)
          [[review]](https://openreview.net/forum?id=aBcDeFgHiJ)
          [[acl]](https://aclanthology.org/2020.acl-main.999/) [[pdf]](https://example.org/t.pdf)
    """)
    assert record["arxiv"] == "2004.99901"
    assert record["doi"] == "10.1000/things.1"
    assert record["openreview"] == "aBcDeFgHiJ"
    assert record["acl"] == "2020.acl-main.999"
    assert record["links"] == {"pdf": "https://example.org/t.pdf"}


def test_no_link_is_lost() -> None:
    (record,) = records("""
        ## One
        - **Things with Many Links** (2020), Ada Example et al.
          [[pdf]](https://example.org/1.pdf) [[pdf]](https://example.org/2.pdf)
          [[pdf]](https://example.org/3.pdf) [[code]](local/code.zip)
    """)
    assert record["links"] == {
        "pdf": "https://example.org/1.pdf",
        "other": "https://example.org/2.pdf",
    }
    assert record["note"] == "[pdf](https://example.org/3.pdf)"


def test_names_become_what_the_format_takes() -> None:
    (record,) = records("""
        ## One
        - **Things by Many** (2020), Ada Example*, Ben Sample†, Carla van der Berg, and
          Łukasz Kłos et al. [[pdf]](https://example.org/1.pdf)
    """)
    assert record["authors"] == [
        "Ada Example",
        "Ben Sample",
        "Carla van der Berg",
        "Łukasz Kłos",
    ]
    assert record["more_authors"] == "true"


def test_prose_of_sections_is_kept_and_other_prose_told() -> None:
    found = read_markdown(
        textwrap.dedent("""\
        # List

        This list holds papers about things of every kind.

        ## Things

        Papers about *things* proper.

        - **Things of One Kind**, Ada Example et al., 2022 [[pdf]](https://example.org/a.pdf)

        ## Remarks

        Nothing more is to be said here.
        """).encode(),
        "README.md",
    )
    made = make_list([found])
    assert made.head["survey"] == {
        "title": "List",
        "description": "This list holds papers about things of every kind.",
    }
    assert made.head["sections"] == [
        {"id": "things", "title": "Things", "description": "Papers about *things* proper."}
    ]
    assert [(one.line, one.reason) for one in found.skipped] == [
        (13, "prose outside the sections of papers")
    ]


def test_addresses_are_written_in_their_usual_form_and_counted() -> None:
    made = make("""
        ## One
        - [Things in an Old Form](http://arxiv.org/pdf/2401.99901v2.pdf), Ada Example et al. [[code]](http://www.github.com/example/old)
        - [Things in an Odd Form](https://arxiv.org/abs/2401.99902.pdf), Ben Sample et al. [[pdf]](https://example.org/odd.pdf)
    """)
    old, odd = (dict(draft.values) for draft in made.drafts)
    assert old["links"] == {
        "pdf": "https://arxiv.org/pdf/2401.99901v2",
        "code": "https://github.com/example/old",
    }
    assert odd["arxiv"] == "2401.99902"
    assert odd["links"] == {"pdf": "https://example.org/odd.pdf"}
    assert [(one.line, one.shown, one.now) for one in made.rewritten] == [
        (3, "http://arxiv.org/pdf/2401.99901v2.pdf", "https://arxiv.org/pdf/2401.99901v2"),
        (3, "http://www.github.com/example/old", "https://github.com/example/old"),
        (4, "https://arxiv.org/abs/2401.99902.pdf", "https://arxiv.org/abs/2401.99902"),
    ]


def test_identifiers_in_the_text_are_taken_and_are_no_links() -> None:
    found = records("""
        ## One
        * Muster E, Probe F. Things and us. J Econ Things. 2020;12(4):33-57. doi:10.1000/jet.33.
        * Example, A., Sample, B. (2018). Attention is a thing. arXiv:1801.99901.
    """)
    assert [(one.get("doi"), one.get("arxiv"), one["venue"]) for one in found] == [
        ("10.1000/jet.33", None, "J Econ Things"),
        (None, "1801.99901", "arXiv"),
    ]
    assert not any("links" in one for one in found)


def test_a_page_in_html_is_no_pdf() -> None:
    (record,) = records("""
        ## One
        - **Whispering Things**, E. Muster, F. Probe, Interspeech 2024 [[paper](https://proc.example.org/muster24.html)]
    """)
    assert record["links"] == {"page": "https://proc.example.org/muster24.html"}


def test_a_heading_that_only_says_papers_is_no_section_above_all_others() -> None:
    text = """
        # List of Things
        ## {}
        ### Vision
        - **Things Seen by Machines**, Ada Example et al., ICML 2023
        ### Language
        - **Things Said by Machines**, Ben Sample et al., ICML 2022
    """
    sections: Any = make(text.format("📄 Papers")).head["sections"]
    assert [one["id"] for one in sections] == ["vision", "language"]
    sections = make(text.format("Perception")).head["sections"]
    assert [one["id"] for one in sections] == ["perception"]


def test_a_quotation_below_an_entry_is_its_abstract_or_a_remark_with_no_links_of_its_own() -> None:
    first, second = records("""
        ## One
        **[Things Explained](https://arxiv.org/abs/1703.99932)** (Ada Example; ICML 2017)

        > We study why things do what they do. There are two ways to ask, and both were asked before
        > us [[1]](https://arxiv.org/abs/1602.99938), but never of things as large as those that we
        > look at in this work.

        **[Things Anchored](https://arxiv.org/abs/1803.99933)** (Carla Test et al.; AAAI 2018)

        > Short and worth reading.
    """)
    assert first["abstract"].startswith("We study why things do what they do.")
    assert first["abstract"].endswith("that we look at in this work.")
    assert (first["arxiv"], second["arxiv"]) == ("1703.99932", "1803.99933")
    assert second["note"] == "Short and worth reading."
    assert "links" not in first
