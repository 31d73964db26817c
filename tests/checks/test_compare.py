"""What changed between two states of a list, and the findings that the change brought."""

from datetime import date

import pytest

from catalog.checks.compare import Changes, compare_records
from catalog.model.findings import Code
from catalog.store.load import load_files

HEAD = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}, {id: stuff, title: Stuff}]
venues: {Conf: {}}
"""
REST = "authors: [Ada Example], venue: Conf, year: 2024"
FIRST = f"- {{key: a1, title: First, {REST}, sections: [things]}}\n"
SECOND = f"- {{key: b2, title: Second, aliases: [b1], {REST}, sections: [things]}}\n"
FAULTY = f"- {{key: c3, title: Third., {REST}, sections: [things]}}\n"
DAY = date(2025, 11, 1)


def change(before: str, after: str, head: str = HEAD, **more: str) -> Changes:
    files = [("papers.yaml", f"{head}papers:\n{after}".encode())]
    files += [(f"papers/{name}.yaml", text.encode()) for name, text in more.items()]
    old = load_files([("papers.yaml", f"{HEAD}papers:\n{before}".encode())])
    return compare_records(old, load_files(files), today=DAY)


def codes(changes: Changes) -> list[tuple[str | None, str]]:
    return [(finding.key, finding.code.value) for finding in changes.checked.findings]


def test_nothing_changed_shows_nothing_although_an_old_fault_is_there() -> None:
    changes = change(FIRST + FAULTY, FIRST + FAULTY)
    assert (changes.changed, changes.removed, codes(changes)) == ((), (), [])


def test_a_moved_record_in_another_form_has_not_changed() -> None:
    elsewhere = f"# A file of its own\nkey: 'a1'\ntitle: \"First\"\n{REST}".replace(", ", "\n")
    changes = change(FIRST + SECOND, SECOND, one=elsewhere + "\nsections:\n  - things\n")
    assert (changes.changed, changes.removed, codes(changes)) == ((), (), [])


def test_a_new_record_brings_its_findings_alone() -> None:
    changes = change(FAULTY, FAULTY + FAULTY.replace("c3", "d4").replace("Third.", "Fourth."))
    assert codes(changes) == [("d4", Code.TITLE_PERIOD)]
    assert [item.before for item in changes.changed] == [None]
    assert changes.checked.records == 1


def test_a_changed_record_shows_old_faults_too() -> None:
    changes = change(FAULTY, FAULTY.replace("2024", "2023"))
    assert codes(changes) == [("c3", Code.TITLE_PERIOD)]
    assert changes.changed[0].fields == ("year",)


def test_a_duplicate_is_named_although_the_finding_stands_at_the_old_record() -> None:
    twin = FIRST.replace("a1", "z9").replace("First", "FIRST!")
    assert codes(change(FIRST, twin + FIRST)) == [("a1", Code.WORK_SIMILAR)]


def test_records_left_without_their_section_are_named() -> None:
    smaller = HEAD.replace("{id: things, title: Things}, ", "")
    assert codes(change(FIRST + SECOND, FIRST + SECOND, smaller)) == [
        ("a1", Code.SECTION_UNKNOWN),
        ("b2", Code.SECTION_UNKNOWN),
    ]


def test_a_rename_without_alias_prints_the_line_to_add() -> None:
    changes = change(FIRST, FIRST.replace("a1", "a2"))
    (finding,) = changes.checked.findings
    assert (finding.code, finding.hint) == (Code.KEY_LOST, "add aliases: [a1]")
    assert finding.fix == ("aliases", ("a1",))
    assert changes.changed[0].fields == ("key",)
    assert changes.removed == ()


def test_a_rename_with_alias_is_fine() -> None:
    changes = change(FIRST, FIRST.replace("a1,", "a2, aliases: [a1],"))
    assert codes(changes) == []
    assert changes.changed[0].fields == ("key", "aliases")


def test_old_aliases_go_into_the_line_to_add() -> None:
    (finding,) = change(SECOND, SECOND.replace("key: b2", "key: b3")).checked.findings
    assert finding.hint == "add aliases: [b1, b2]"


def test_an_alias_that_is_dropped_is_lost() -> None:
    (finding,) = change(SECOND, SECOND.replace("aliases: [b1], ", "")).checked.findings
    assert (finding.code, finding.hint) == (Code.KEY_LOST, "add aliases: [b1]")


def test_a_merged_duplicate_leaves_its_key_to_the_record_that_stays() -> None:
    twin = FIRST.replace("a1", "a9")
    (finding,) = change(FIRST + twin, FIRST).checked.findings
    assert (finding.key, finding.code, finding.hint) == ("a1", Code.KEY_LOST, "add aliases: [a9]")
    assert codes(change(FIRST + twin, FIRST.replace("a1,", "a1, aliases: [a9],"))) == []


def test_a_removed_record_is_named_and_no_error() -> None:
    changes = change(FIRST + SECOND, FIRST)
    assert changes.removed == ("b2",)
    assert codes(changes) == [("b2", Code.RECORD_REMOVED)]
    assert changes.checked.is_ok()


def test_a_file_that_cannot_be_read_does_not_make_its_records_removed() -> None:
    changes = change(FIRST, SECOND, broken="- {key: a1, title: [")
    assert Code.RECORD_REMOVED not in {finding.code for finding in changes.checked.findings}
    assert Code.YAML_SYNTAX in {finding.code for finding in changes.checked.findings}


@pytest.mark.parametrize("head", ["", "survey: 3\n", "- a\n"])
def test_a_broken_head_is_told_without_blame_for_keys(head: str) -> None:
    changes = change(FIRST, FIRST, head)
    assert not changes.checked.is_ok()
    assert Code.KEY_LOST not in {finding.code for finding in changes.checked.findings}


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("venue: Cnof", ("venue", "Conf")),
        ("sections: [things, stuf]", ("sections", ("things", "stuff"))),
        ("doi: https://doi.org/10.1000/x", ("doi", "10.1000/x")),
        ("title: Fourth.", ("title", "Fourth")),
    ],
)
def test_what_can_only_mean_one_thing_comes_with_its_fix(
    text: str, fix: tuple[str, object]
) -> None:
    record = {"key": "d4", "title": "Fourth", "authors": "[Ada Example]", "venue": "Conf"}
    record |= {"year": "2024", "sections": "[things]"}
    field, _, value = text.partition(": ")
    record[field] = value
    line = ", ".join(f"{name}: {part}" for name, part in record.items())
    (finding,) = change("", f"- {{{line}}}\n").checked.findings
    assert finding.fix == fix
