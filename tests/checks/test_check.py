"""A check finds exactly what is wrong: each example under data/invalid says what is expected.

An example is a papers.yaml, or a folder with one, that begins with a comment for each finding:
`# expect: FILE:LINE:COLUMN SEVERITY CODE [key=KEY] [field=FIELD]`. Dropping one in adds a test. A
folder with a folder `before` shows what a change of that older state brings. What is said of all of
them stands in `data/golden/findings.txt`; `CATALOG_GOLDEN=write pytest tests/checks/test_check.py`
takes over what is said now.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from catalog.checks.check import CheckResult, check
from catalog.checks.compare import compare_records
from catalog.model import findings
from catalog.model.findings import Code, Finding, Severity
from catalog.store import yaml as store_yaml
from catalog.store.load import load

HERE = Path(__file__).parents[1]
EXAMPLES = sorted((HERE / "data" / "invalid").iterdir())
GOLDEN = HERE / "data" / "golden" / "findings.txt"
FINDINGS_PAGE = HERE.parent / "docs" / "reference" / "findings.md"
EXPECTATION = re.compile(rb"^# expect: (.+)$", re.MULTILINE)

LIST = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}]
venues: {Conf: {}}
papers:
"""


def read_expected(example: Path) -> list[str]:
    file = example / "papers.yaml" if example.is_dir() else example
    return [line.decode() for line in EXPECTATION.findall(file.read_bytes())]


def check_example(example: Path, folder: Path, today: date) -> CheckResult:
    if (example / "before").is_dir():
        return compare_records(load(example / "before"), load(example), today=today).checked
    if example.is_dir():
        return check(example, today=today)
    (folder / "papers.yaml").write_bytes(example.read_bytes())
    return check(folder, today=today)


def describe(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    key = f" key={finding.key}" if finding.key else ""
    field = f" field={finding.field}" if finding.field else ""
    return f"{place} {finding.severity} {finding.code}{key}{field}"


def check_text(text: str, folder: Path, today: date) -> CheckResult:
    (folder / "papers.yaml").write_text(text, encoding="utf-8")
    return check(folder, today=today)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_gives_exactly_the_findings_that_it_names(
    example: Path, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that an example can be too large, and have too many errors.
    monkeypatch.setattr(store_yaml, "MAX_BYTES", 4096)
    monkeypatch.setattr(findings, "MOST_ERRORS", 10)
    checked = check_example(example, tmp_path, today)
    assert [describe(finding) for finding in checked.findings] == read_expected(example)


def read_golden() -> dict[str, str]:
    parts = re.split(r"^(?=\S)", GOLDEN.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0]: part for part in parts if part}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_what_is_said_of_an_example_is_what_was_read_before(
    example: Path, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_yaml, "MAX_BYTES", 4096)
    monkeypatch.setattr(findings, "MOST_ERRORS", 10)
    said = f"{example.name}\n"
    for finding in check_example(example, tmp_path, today).findings:
        said += f"  {finding.code}: {finding.message}; {finding.hint}\n"
        said += f"    fix: {finding.fix}\n" if finding.fix else ""
    golden = read_golden()
    if os.environ.get("CATALOG_GOLDEN") == "write":
        golden[example.name] = said
        GOLDEN.write_text("".join(golden[name] for name in sorted(golden)), encoding="utf-8")
    assert golden[example.name] == said


def test_nothing_is_kept_of_an_example_that_is_gone() -> None:
    assert set(read_golden()) == {example.name for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_is_named_by_a_code_that_it_shows(example: Path) -> None:
    name = example.name.partition(".")[0]
    assert name == "several" or name in {line.split()[2] for line in read_expected(example)}


@pytest.mark.parametrize("code", Code)
def test_every_code_has_an_example_of_its_own(code: Code) -> None:
    assert any(example.name.partition(".")[0] == code for example in EXAMPLES)


def severities_by_code() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for example in EXAMPLES:
        for line in read_expected(example):
            _, severity, code, *_ = line.split()
            found.setdefault(code, set()).add(severity)
    return found


def test_a_code_has_one_severity() -> None:
    assert all(len(severities) == 1 for severities in severities_by_code().values())


def sections_of_findings_page() -> dict[str, str]:
    text = FINDINGS_PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))


def test_the_page_about_findings_has_a_section_for_each_code_in_order_and_no_other() -> None:
    assert list(sections_of_findings_page()) == [code.value for code in Code]


@pytest.mark.parametrize("code", Code)
def test_a_section_about_a_finding_tells_severity_example_and_mend(code: Code) -> None:
    section = sections_of_findings_page()[code]
    (severity,) = severities_by_code()[code]
    assert section.strip().startswith(f"*{severity.capitalize()}.*")
    assert "\n```" in section
    assert "**Fix:**" in section


def test_every_finding_says_what_to_do(tmp_path: Path, today: date) -> None:
    for example in EXAMPLES:
        for finding in check_example(example, tmp_path, today).findings:
            assert finding.hint, (example.name, finding.message)


def test_the_invented_list_is_fine_but_for_what_the_shortest_record_lacks(
    invented_folder: Path, today: date
) -> None:
    checked = check(invented_folder, today=today)
    assert [(finding.key, finding.code) for finding in checked.findings] == [
        ("minimal", Code.AUTHORS_MISSING),
        ("minimal", Code.VENUE_MISSING),
        ("minimal", Code.YEAR_MISSING),
    ]
    assert checked.is_ok()
    assert not checked.is_ok(strict=True)
    assert (checked.records, checked.errors, checked.warnings) == (2, 0, 3)


def test_nothing_is_built_from_a_list_with_an_error(tmp_path: Path, today: date) -> None:
    checked = check_text(LIST + "- {key: a1, title: Things}\n", tmp_path, today)
    assert checked.catalog is None
    assert not checked.is_ok()
    assert checked.errors == 1


def test_findings_are_sorted_by_place(tmp_path: Path, today: date) -> None:
    records = "".join(
        f"- {{key: a{i}, title: Things., sections: [thing], year: x}}\n" for i in range(5)
    )
    found = check_text(LIST + records, tmp_path, today).findings
    assert len(found) > 20
    places = [(finding.line, finding.column) for finding in found]
    assert places == sorted(places)


def test_a_duplicate_names_the_place_of_the_first(tmp_path: Path, today: date) -> None:
    text = (
        "survey: {title: Invented List}\n"
        "sections:\n- {id: things, title: Things}\n- {id: things, title: More}\n"
        "venues: {Conf: {}}\n"
        "papers:\n"
        "- {key: a1, title: First, doi: 10.1000/1, sections: [things]}\n"
        "- {key: A1, title: Second, sections: [things]}\n"
        "- {key: a2, title: Third, doi: 10.1000/1, sections: [things]}\n"
    )
    messages = {
        finding.code: finding.message
        for finding in check_text(text, tmp_path, today).findings
        if finding.line in (4, 8, 9)
    }
    assert messages[Code.SECTION_REPEATED].endswith("(first at papers.yaml:3)")
    assert messages[Code.KEY_DUPLICATE].endswith("(first at papers.yaml:7)")
    assert messages[Code.WORK_DUPLICATE].endswith("(first at papers.yaml:7)")


def test_a_broken_table_of_venues_is_not_reported_again_for_each_paper(
    tmp_path: Path, today: date
) -> None:
    papers = "".join(
        f"- {{key: a{i}, title: T{i}, venue: Conf, sections: [things]}}\n" for i in range(9)
    )
    text = (LIST + papers).replace("venues: {Conf: {}}", "venues: {Conf: }")
    codes = [
        f.code for f in check_text(text, tmp_path, today).findings if f.severity is Severity.ERROR
    ]
    assert codes == [Code.VALUE_EMPTY]


def test_a_record_that_cites_the_survey_meets_the_rules_of_a_record(
    tmp_path: Path, today: date
) -> None:
    text = LIST.replace(
        "title: Invented List",
        "title: Invented List, cite: [{key: a1, title: Cited., venue: Nowhere, year: 3024}]",
    )
    found = check_text(text + "- {key: A1, title: Things, sections: [things]}\n", tmp_path, today)
    assert {(f.code, f.field) for f in found.findings if f.field and "survey" in f.field} == {
        (Code.KEY_DUPLICATE, "survey.cite.0.key"),
        (Code.TITLE_PERIOD, "survey.cite.0.title"),
        (Code.VENUE_UNKNOWN, "survey.cite.0.venue"),
        (Code.YEAR_IMPOSSIBLE, "survey.cite.0.year"),
        (Code.AUTHORS_MISSING, "survey.cite.0.authors"),
    }


def test_a_key_in_an_unreadable_file_is_not_called_unknown(tmp_path: Path, today: date) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a1.yaml").write_text("key: a1\ntitle: [\n")
    text = LIST.replace("title: Invented List", "title: Invented List, cite: [a1]")
    found = check_text(text, tmp_path, today).findings
    assert [finding.code for finding in found] == [Code.VALUE_EMPTY, Code.YAML_SYNTAX]


@pytest.mark.parametrize(
    ("table", "broken", "wrong"),
    [
        ("sections", "sections: [{id: A, title: A}, {id: b, title: B}]", "sections: [a]"),
        ("facets", "facets: {c: {title: C, values: {R: R, s: S}}}", "facets: {c: [r]}"),
        ("facets", "facets: {C: {title: C, values: {r: R}}}", "facets: {c: [r]}"),
        ("venues", "venues: {Conf: {kind: confrence}}", "venue: Conf"),
        ("survey.cite", "survey: {title: A, cite: [b]}", "year: x"),
    ],
)
def test_what_a_row_that_cannot_be_read_may_hold_is_not_called_unknown(
    table: str, broken: str, wrong: str, tmp_path: Path, today: date
) -> None:
    head = {
        "survey": "survey: {title: Invented List}",
        "sections": "sections: [{id: things, title: Things}]",
        "venues": "venues: {Conf: {}}",
        "facets": "facets: {c: {title: C, values: {r: R}}}",
    } | {table.partition(".")[0]: broken}
    record = {"key": "key: b", "title": "title: A", "sections": "sections: [things]"}
    record |= {wrong.partition(":")[0]: wrong}
    text = "\n".join(head.values()) + "\npapers:\n- {" + ", ".join(record.values()) + "}\n"
    codes = {finding.code for finding in check_text(text, tmp_path, today).findings}
    assert codes
    assert not codes & {
        Code.SECTION_UNKNOWN,
        Code.FACET_UNKNOWN,
        Code.FACET_VALUE_UNKNOWN,
        Code.VENUE_UNKNOWN,
        Code.CITE_UNKNOWN,
    }
