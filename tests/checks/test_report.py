"""Findings and counts as text, JSON and annotations."""

import json
from dataclasses import replace

from catalog.checks.check import CheckResult
from catalog.checks.report import (
    ReportFormat,
    list_briefly,
    report_briefly,
    report_check,
    report_statistics,
    write_annotation,
)
from catalog.model.findings import Code, Finding, Severity
from catalog.model.statistics import Statistics
from catalog.text.characters import to_printable

ERROR = Finding(
    Code.YEAR_INVALID,
    Severity.ERROR,
    "papers.yaml",
    12,
    11,
    "year '20x4' is no number",
    "write digits",
    "a1",
    "year",
)
WARNING = Finding(
    Code.TITLE_PERIOD, Severity.WARNING, "papers/b.yaml", 3, 10, "the title ends in a period"
)


def check_of(*findings: Finding) -> CheckResult:
    return CheckResult(None, findings, records=2)


def test_a_finding_is_one_line_with_its_place_first() -> None:
    text = report_check(check_of(ERROR, WARNING), ReportFormat.TEXT)
    assert text.splitlines() == [
        "papers.yaml:12:11: error year-invalid: year '20x4' is no number; write digits [a1]",
        "papers/b.yaml:3:10: warning title-period: the title ends in a period",
        "2 papers: 1 error, 1 warning",
    ]


def many(number: int) -> list[Finding]:
    return [replace(WARNING, line=line) for line in range(1, number + 1)]


def test_many_findings_are_counted_by_code_below_their_lines() -> None:
    lines = report_check(check_of(ERROR, *many(1200)), ReportFormat.TEXT).splitlines()
    assert len(lines) == 1201 + 3
    assert lines[-3:] == [
        "  1,200 × warning title-period: the title ends in a period (first at papers/b.yaml:1:10)",
        "      1 × error year-invalid: year '20x4' is no number (papers.yaml:12:11)",
        "2 papers: 1 error, 1,200 warnings",
    ]


def test_messages_that_differ_are_not_shown_for_their_group() -> None:
    other = replace(WARNING, message="the title ends in a comma", line=99)
    text = report_briefly(check_of(*many(20), other))
    assert text.splitlines()[0] == "  21 × warning title-period (first at papers/b.yaml:1:10)"


def test_findings_are_listed_with_their_severity_and_many_warnings_by_code() -> None:
    few = list(list_briefly(check_of(ERROR, WARNING)))
    assert [severity for severity, _ in few] == [Severity.ERROR, Severity.WARNING]
    assert few[0][1].startswith("papers.yaml:12:11: error year-invalid: ")
    listed = list(list_briefly(check_of(ERROR, *many(21))))
    assert [severity for severity, _ in listed] == [Severity.ERROR, Severity.WARNING]
    assert listed[1][1].startswith("  21 × warning title-period: ")


def test_on_its_way_a_command_tells_errors_whole_and_many_warnings_by_code() -> None:
    assert report_briefly(check_of(ERROR, *many(21))).splitlines() == [
        report_check(check_of(ERROR), ReportFormat.TEXT).splitlines()[0],
        "  21 × warning title-period: the title ends in a period (first at papers/b.yaml:1:10)",
        "2 papers: 1 error, 21 warnings; `catalog check` shows each",
    ]
    few = check_of(ERROR, *many(3))
    assert report_briefly(few) == report_check(few, ReportFormat.TEXT)


def test_a_clean_list_says_so() -> None:
    assert report_check(check_of(), ReportFormat.TEXT) == "2 papers: no problems found\n"


def test_the_json_has_the_documented_shape() -> None:
    report = json.loads(report_check(check_of(ERROR), ReportFormat.JSON))
    assert report == {
        "papers": 2,
        "findings": [
            {
                "code": "year-invalid",
                "severity": "error",
                "key": "a1",
                "field": "year",
                "file": "papers.yaml",
                "line": 12,
                "column": 11,
                "message": "year '20x4' is no number",
                "hint": "write digits",
            }
        ],
    }


def test_an_annotation_escapes_what_would_end_it() -> None:
    hostile = Finding(
        Code.TITLE_PERIOD, Severity.WARNING, "papers/a,b:c.yaml", 1, 2, "50%::error::forged"
    )
    assert report_check(check_of(hostile), ReportFormat.GITHUB) == (
        "::warning file=papers/a%2Cb%3Ac.yaml,line=1,col=2,title=title-period::"
        "50%25::error::forged\n"
    )


def test_a_terminal_is_sent_no_control_characters() -> None:
    assert to_printable("a\x1b[31mb\u202ec\u200bd é 汉") == "a\\u001b[31mb\\u202ec\\u200bd é 汉"
    assert to_printable("two\nlines") == "two\\u000alines"


def test_counts_are_a_table_with_the_largest_bar_24_wide() -> None:
    statistics = Statistics(
        papers=3,
        placements=4,
        authors=1,
        sections={"one": 3, "empty": 0},
        years={"2024": 3},
        venues={},
        types={"misc": 3},
        links={},
    )
    lines = report_statistics(statistics).splitlines()
    assert lines[0] == "3 papers, 1 author, 4 placements in sections"
    assert "  one         3  " + "█" * 24 in lines
    assert "  empty       0" in lines
    assert "venues" not in lines


def test_many_warnings_are_counted_by_code_with_the_command_that_fixes_most() -> None:
    missing = [replace(WARNING, code=Code.AUTHORS_MISSING, line=n) for n in range(1, 335)]
    other = [replace(WARNING, code=Code.LINK_SHARED, line=n) for n in range(1, 9)]

    lines = report_briefly(check_of(*missing, *other)).splitlines()

    assert len(lines) == 4
    assert "334 × warning authors-missing" in lines[0]
    assert lines[-1] == "`catalog update --write` looks up and fixes what it can of 334 of them"


def test_no_line_of_a_text_ends_a_workflow_command() -> None:
    written = write_annotation(Severity.ERROR, ("a,b:c\r\nd", 1, 2), "x", "one\r\ntwo\rthree %0A")
    assert written == (
        "::error file=a%2Cb%3Ac%0D%0Ad,line=1,col=2,title=x::one%0D%0Atwo%0Dthree %250A"
    )
