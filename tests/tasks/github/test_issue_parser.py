"""Issues made with the form, and thirty bodies that nobody makes with it."""

import pytest

from catalog.model.catalog import Catalog
from catalog.tasks.github.form_fields import OTHER_VENUE, QUESTIONS
from catalog.tasks.github.issue_parser import MAX_BYTES, IssueError, Submission, parse_issue

LABELS = {question.id: question.label for question in QUESTIONS}


def write_body(**answers: str) -> str:
    """Return the body as GitHub writes it."""
    return "\n\n".join(
        f"### {label}\n\n{answers.get(id_.removeprefix('paper-'), '_No response_')}"
        for id_, label in LABELS.items()
    )


def parse(body: str, catalog: Catalog) -> Submission:
    return parse_issue(body.encode(), catalog)


def test_a_name_alone_is_enough(invented_catalog: Catalog) -> None:
    assert parse(write_body(paper="2401.00001"), invented_catalog) == Submission("2401.00001")


def test_every_answer_is_read(invented_catalog: Catalog) -> None:
    body = write_body(
        paper="https://example.org/paper",
        section="Things [things], Small Things [small-things]",
        title="Invented: a *title* with `markup`",
        authors="Ada Example\r\n\r\nvan der Berg, Carla\r\n",
        venue="Conf",
        year="2024",
        code="https://example.org/code",
        project="https://example.org/project",
        remark="Please.\n\n## Not a question\n### Neither is this",
    )
    assert parse(body, invented_catalog) == Submission(
        "https://example.org/paper",
        ("things", "small-things"),
        {
            "title": "Invented: a *title* with `markup`",
            "year": "2024",
            "authors": ["Ada Example", "van der Berg, Carla"],
            "venue": "Conf",
            "links": {"code": "https://example.org/code", "project": "https://example.org/project"},
        },
    )


def test_windows_line_ends_and_the_first_choice_are_no_answers(invented_catalog: Catalog) -> None:
    body = write_body(paper="10.1000/x", venue=OTHER_VENUE, section="None").replace("\n", "\r\n")
    assert parse(body, invented_catalog) == Submission("10.1000/x")


def test_ids_typed_in_are_sections(invented_catalog: Catalog) -> None:
    body = write_body(paper="10.1000/x", section="things, measures,things")
    assert parse(body, invented_catalog).sections == ("things", "measures")


REFUSED = {
    "empty": "",
    "no paper": write_body(),
    "prose": "Please add my paper https://example.org",
    "before the form": "Hello\n\n" + write_body(paper="10.1000/x"),
    "front matter": "---\npaper: x\n---\n" + write_body(paper="10.1000/x"),
    "a heading twice": write_body(paper="10.1000/x", remark="x\n### Paper\n\n10.1000/y"),
    "a heading again": write_body(paper="10.1000/x", authors="Ada\n### Title\n\nAnother"),
    "another order": "### Title\n\nx\n\n### Paper\n\n10.1000/x",
    "two papers": write_body(paper="10.1000/x\n10.1000/y"),
    "lines in a title": write_body(paper="10.1000/x", title="One\nTwo"),
    "a record in the year": write_body(paper="10.1000/x", year="2024\nkey: evil"),
    "lines in the venue": write_body(paper="10.1000/x", venue="Conf\n- x"),
    "an unknown section": write_body(paper="10.1000/x", section="Evil [evil]"),
    "a section of words": write_body(paper="10.1000/x", section="../../etc/passwd"),
    "markup as section": write_body(paper="10.1000/x", section="<script>"),
    "a long paper": write_body(paper="x" * 501),
    "a long title": write_body(paper="10.1000/x", title="x" * 501),
    "a long remark": write_body(paper="10.1000/x", remark="x" * 10_001),
    "many authors": write_body(paper="10.1000/x", authors="A\n" * 1_001),
    "bidi": write_body(paper="10.1000/x\u202e"),
    "a hidden space": write_body(paper="10.1000/\u00adx"),
    "an escape": write_body(paper="10.1000/x", title="\x1b[31mred"),
    "a null": write_body(paper="10.1000/x\x00"),
    "a tag character": write_body(paper="10.1000/x", remark="\U000e0041"),
    "a line separator": write_body(paper="10.1000/x", title="One\u2028Two"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_body_is_refused_in_one_line(name: str, invented_catalog: Catalog) -> None:
    with pytest.raises(IssueError) as error:
        parse(REFUSED[name], invented_catalog)
    assert str(error.value).isprintable()


def test_a_body_that_is_too_long_or_no_text_is_refused(invented_catalog: Catalog) -> None:
    with pytest.raises(IssueError, match="bytes"):
        parse_issue(b"### Paper\n\n" + b"x" * MAX_BYTES, invented_catalog)
    with pytest.raises(IssueError, match="UTF-8"):
        parse_issue(b"### Paper\n\n\xff", invented_catalog)


HARMLESS = {
    "shell": "$(touch pwned); `touch pwned` && touch pwned | sh",
    "expression": "${{ secrets.GITHUB_TOKEN }} ${{ github.event.issue.body }}",
    "yaml": "!!python/object/apply:os.system [x]",
    "jinja": "{{ config }} {% include '/etc/passwd' %}",
    "command": "::set-output name=x::y",
    "html": "<script>alert(1)</script><!-- x -->",
    "mention": "@everyone #1 GH-1 closes #2",
    "format": "%s %n {0} {paper.__class__}",
}


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_text_that_commands_elsewhere_stays_text(text: str, invented_catalog: Catalog) -> None:
    found = parse(write_body(paper=text, title=text, remark=text), invented_catalog)
    assert (found.paper, found.values) == (text, {"title": text})


def test_text_before_the_first_heading_is_refused_and_blank_lines_are_not(
    invented_catalog: Catalog,
) -> None:
    body = write_body(paper="2401.00001")
    assert parse("\n  \n" + body, invented_catalog).paper == "2401.00001"
    with pytest.raises(IssueError, match="does not begin as the form does"):
        parse("Hello\n" + body, invented_catalog)


def test_a_heading_that_repeats_or_goes_back_is_refused(invented_catalog: Catalog) -> None:
    first, second = (f"### {LABELS[id_]}" for id_ in ("paper", "section"))
    for body in (f"{first}\n\n1\n\n{first}\n\n2", f"{second}\n\nx\n\n{first}\n\n1"):
        with pytest.raises(IssueError, match="twice or in another place"):
            parse(body, invented_catalog)


def test_as_many_authors_as_are_allowed_are_read(invented_catalog: Catalog) -> None:
    body = write_body(paper="2401.00001", authors="\n".join(["A B"] * 1_000))
    assert len(parse(body, invented_catalog).values["authors"]) == 1_000
