"""A finding is one line of bounded length, whatever stood in the file."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.model import findings
from catalog.model.findings import Code, Collector, Finding, Severity, quote


def make(line: int, severity: Severity = Severity.ERROR, message: str = "m") -> Finding:
    return Finding(Code.YEAR_INVALID, severity, "papers.yaml", line, 1, message)


@given(st.text(st.characters(), max_size=20) | st.just("x" * 100_000) | st.just("\x1b" * 9999))
def test_every_text_of_a_finding_is_one_visible_line(text: str) -> None:
    finding = Finding(Code.YEAR_INVALID, Severity.ERROR, text, 1, 1, text, text, text, text)
    for shown in (finding.file, finding.message, finding.hint, finding.key, finding.field):
        assert shown is not None
        assert shown.isprintable()
        assert len(shown) <= 10 * 500


@given(st.text(st.characters()))
def test_a_quoted_value_is_visible_and_short(text: str) -> None:
    assert quote(text).isprintable()
    assert len(quote(text)) <= 10 * 80 + 2


def test_plain_text_is_quoted_as_it_stands() -> None:
    assert quote("Ünïcödé") == "'Ünïcödé'"
    assert quote("x" * 200) == "'" + "x" * 79 + "…'"


def test_findings_stand_in_the_order_of_their_places() -> None:
    collector = Collector("papers.yaml", [make(3)])
    collector.add([make(1), make(2)])
    assert [finding.line for finding in collector.sorted()] == [1, 2, 3]


def test_errors_beyond_the_limit_are_not_taken_and_warnings_do_not_count() -> None:
    most = findings.MOST_ERRORS
    collector = Collector("papers.yaml")
    collector.add(make(i, Severity.WARNING) for i in range(most + 9))
    assert not collector.is_full
    collector.add(make(i) for i in range(most + 9))
    found = collector.sorted()
    assert len(found) == (most + 9) + (most + 1) + 1
    assert found[0].code is Code.ERRORS_MANY
