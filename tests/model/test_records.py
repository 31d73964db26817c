"""The records take what the format allows, and nothing that only looks like it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from catalog.model.catalog import Catalog
from catalog.model.records import Key, Line, LinkKind, Month, Paper, PapersFile, Record, Slug, Url
from catalog.text.urls import is_url

KEY: TypeAdapter[str] = TypeAdapter(Key)
LINE: TypeAdapter[str] = TypeAdapter(Line)
SLUG: TypeAdapter[str] = TypeAdapter(Slug)
URL: TypeAdapter[str] = TypeAdapter(Url)


def make(**fields: Any) -> Paper:  # noqa: ANN401 - what a file may hold
    return Paper.model_validate({"key": "sample2024", "title": "Things", **fields})


def is_taken(adapter: TypeAdapter[str], text: str) -> bool:
    try:
        return adapter.validate_python(text) == text
    except ValidationError:
        return False


@pytest.mark.parametrize(
    "key", ["a", "7", "sample2024things", "Sample-2024_b.c", "a" * 100, "a-", "a_"]
)
def test_a_citation_key_is_ascii_without_spaces(key: str) -> None:
    assert is_taken(KEY, key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        ".a",
        "-a",
        "_a",
        "a.",
        "a b",
        "müller",
        "a/b",
        "a\\b",
        "..",
        "a\n",
        "a" * 101,
        "a:b",
        "a~",
    ],
)
def test_what_could_not_be_a_file_name_is_no_key(key: str) -> None:
    assert not is_taken(KEY, key)


@pytest.mark.parametrize("line", ["a", "é", "a b", "漢字", "a\u00a0b", '"<&>"', "\\"])
def test_a_line_is_any_text_without_breaks(line: str) -> None:
    assert is_taken(LINE, line)


@pytest.mark.parametrize(
    "line", ["", " ", "a ", " a", "a\nb", "a\tb", "a\n", "\x1b", "\x1b[0m", "a\x00", "a\x7f"]
)
def test_breaks_controls_and_outer_spaces_are_no_line(line: str) -> None:
    assert not is_taken(LINE, line)


@pytest.mark.parametrize("slug", ["a", "vision-models", "a_b", "3d", "a-1-b"])
def test_an_id_is_lower_case_words_joined(slug: str) -> None:
    assert is_taken(SLUG, slug)


@pytest.mark.parametrize("slug", ["", "A", "a b", "a--b", "-a", "a-", "ä", "a.b", "a/b", "a" * 101])
def test_anything_else_is_no_id(slug: str) -> None:
    assert not is_taken(SLUG, slug)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://example.org",
            "http://example.org:8080/a?b=c#d",
            "HTTPS://EXAMPLE.ORG/",
            "https://example.org/a_(b)",
        ),
        *(
            "https://example.org/ünïcode",
            "https://xn--exmple-cua.org/",
            "http://8.8.8.8:8000/",
            "http://localhost.example.org/",
        ),
        *(
            "https://example.org/a@b",
            "https://example.org?q=a@b",
            "https://example.org/%20'*!,;=+$",
        ),
    ],
)
def test_an_address_of_the_web_is_a_link(url: str) -> None:
    assert is_taken(URL, url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "//example.org/",
            "/a",
            "example.org",
            "",
        ),
        *(
            " https://example.org/",
            "https://example.org/ ",
            "https://",
            "https:///a",
            "https:/example.org",
            "https:example.org",
        ),
        *(
            "https://example.org/a b",
            'https://example.org/"x',
            "https://example.org/<x>",
            "https://example.org\\x",
        ),
        *(
            "https://ada@example.org/",
            "https://a:b@example.org/",
            "https://example.org:80:80/",
            "https://example.org:x/",
        ),
        *(
            "https://exаmple.org/",
            "https://example.org/\u202e",
            "https://example.org/\u200b",
            "https://example.org/\n",
        ),
        *(
            "https://example.org/\x00",
            "https://example.org/\x7f",
            "https://example.org/`x`",
            "https://-a.org",
            "java\nscript:x",
        ),
        *(
            "https://example.org/{x}",
            "https://example.org/|x",
            "https://[::1]/",
            "https://.org",
            "blob:https://a.b/",
        ),
    ],
)
def test_what_is_no_address_or_hides_where_it_leads_is_no_link(url: str) -> None:
    assert not is_taken(URL, url)


@pytest.mark.parametrize("year", ["2024", "1450", "0", "0999", "9999"])
def test_a_year_is_digits(year: str) -> None:
    assert make(year=year).year == int(year)


@pytest.mark.parametrize(
    "year",
    [
        "2_024",
        "2024.0",
        " 2024",
        "2024 ",
        "+2024",
        "-1",
        "10000",
        "２０２４",
        "٢٠٢٤",
        "²",
        "1e3",
        "x",
        "9" * 5000,
    ],
)
def test_what_python_reads_as_a_number_is_no_year_for_that(year: str) -> None:
    with pytest.raises(ValidationError):
        make(year=year)


@pytest.mark.parametrize("month", ["0", "13", "May", "1.0"])
def test_a_month_is_a_number_from_1_to_12(month: str) -> None:
    with pytest.raises(ValidationError):
        make(month=month)
    assert make(month="12").month == 12


def test_a_date_is_written_as_year_month_and_day() -> None:
    assert make(added="2025-10-08").added == date(2025, 10, 8)


@pytest.mark.parametrize(
    "added",
    ["86400", "0", "20251008", "2025-10-08T00:00:00", "2025-1-8", "2025-02-30", "8.10.2025"],
)
def test_another_form_of_a_date_is_refused(added: str) -> None:
    with pytest.raises(ValidationError):
        make(added=added)


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("yes", True), ("no", False), ("false", False)]
)
def test_words_for_true_and_false_are_read(text: str, value: bool) -> None:
    assert make(more_authors=text).more_authors is value


def test_links_stand_in_the_order_of_their_kinds_whatever_the_order_of_the_file() -> None:
    paper = make(
        links={"other": "https://a.org/", "code": "https://b.org/", "pdf": "https://c.org/"}
    )
    assert list(paper.links) == [LinkKind.PDF, LinkKind.CODE, LinkKind.OTHER]


def test_identifiers_make_links_and_the_best_address_is_chosen() -> None:
    paper = make(arxiv="2401.10000", doi="10.1000/a", links={"pdf": "https://a.org/a.pdf"})
    assert paper.all_links == {
        "pdf": "https://a.org/a.pdf",
        "arxiv": "https://arxiv.org/abs/2401.10000",
        "doi": "https://doi.org/10.1000/a",
    }
    assert paper.url == "https://doi.org/10.1000/a"
    assert (
        make(arxiv="2401.10000", links={"pdf": "https://a.org/"}).url
        == "https://arxiv.org/abs/2401.10000"
    )
    assert make().url is None


def test_every_identifier_has_its_address() -> None:
    paper = make(acl="2024.things-main.1", openreview="a68SUt6zFt")
    assert paper.all_links == {
        "openreview": "https://openreview.net/forum?id=a68SUt6zFt",
        "acl": "https://aclanthology.org/2024.things-main.1/",
    }


def test_the_best_address_is_the_first_that_there_is_in_the_order_of_trust() -> None:
    fields: dict[str, Any] = {"doi": "10.1000/a", "acl": "2024.things-main.1"}
    fields |= {"openreview": "a68SUt6zFt", "arxiv": "2401.10000"}
    links = {kind.value: f"https://{kind.value}.org/" for kind in LinkKind}
    order = ["doi", "acl", "page", "openreview", "arxiv", "pdf", "project", "other"]
    found = []
    for kind in order:
        paper = make(**fields, links=links)
        found.append(paper.url)
        assert paper.url == paper.all_links[kind]
        fields.pop(kind, None)
        links.pop(kind, None)
    assert len(set(found)) == len(order)
    assert make(links={"code": "https://example.org/"}).url is None


@pytest.mark.parametrize(
    ("url", "is_taken_for_one"),
    [
        (f"https://example.org/{'a' * 1980}", True),
        (f"https://example.org/{'a' * 1981}", False),
        ("https://example.org:65535/", True),
        ("https://example.org:65536/", False),
        ("https://example.org:65536/%41", False),
        ("https://example.org/%41", True),
        ("https://example.org/%1f", False),
        ("https://example.org/%7F?a", False),
        ("https://8.8.8.8/", True),
        ("https://0177.0.0.1/", False),
        ("https://2130706433/", False),
        ("https://a.0x7f/", False),
    ],
)
def test_an_address_is_short_and_its_port_path_and_host_are_possible(
    url: str, is_taken_for_one: bool
) -> None:
    assert is_url(url) is is_taken_for_one


@pytest.mark.parametrize(
    ("url", "code", "hint"),
    [
        ("ftp://example.org", "link-scheme", "write https://… in full"),
        ("a:https://example.org", "link-scheme", "write https://… in full"),
        ("HTTP://a b", "link-invalid", "percent-encode spaces, quotes and brackets"),
        ("https://a:b@example.org", "link-invalid", "delete the user name before the host"),
        ("https://éxample.org/?a", "link-invalid", "write the host in ASCII (punycode, xn--…)"),
        (
            "https://a.org?é ://a",
            "link-invalid",
            "percent-encode spaces, quotes and brackets",
        ),
        (
            f"https://example.org/{'a' * 1981}",
            "link-invalid",
            "find one of at most 2,000 characters",
        ),
        (
            f"https://example.org/{'a' * 1979} ",
            "link-invalid",
            "percent-encode spaces, quotes and brackets",
        ),
        (
            "https://example.org/%00",
            "link-invalid",
            "delete the control character, %00 to %1F and %7F",
        ),
        (
            "https://example.org:x9/",
            "link-invalid",
            "write the host by its name, and a port of at most 65535",
        ),
        ("https://example9.org/a b", "link-invalid", "percent-encode spaces, quotes and brackets"),
        ("https://example_.org/a b", "link-invalid", "percent-encode spaces, quotes and brackets"),
    ],
)
def test_a_refused_address_is_shown_with_what_to_do(url: str, code: str, hint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        URL.validate_python(url)
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["hint"]) == (code, hint)
    assert error["msg"].startswith(f"'{url[:20]}")


@pytest.mark.parametrize(
    ("field", "text", "noun", "hint", "fix"),
    [
        ("doi", "doi:10.1000/a", "DOI", "write 10.1000/a", "10.1000/a"),
        ("doi", "a", "DOI", "write it bare, such as 10.1000/182", ""),
        ("arxiv", "arXiv:2401.10000v2", "arXiv id", "write 2401.10000", "2401.10000"),
        ("openreview", "a", "OpenReview id", "write it bare, such as a68SUt6zFt", ""),
        ("acl", "a", "ACL Anthology id", "write it bare, such as 2024.emnlp-main.1", ""),
    ],
)
def test_an_identifier_in_another_form_is_refused_with_the_bare_one(
    field: str, text: str, noun: str, hint: str, fix: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        make(**{field: text})
    (error,) = caught.value.errors()
    assert error["type"] == f"{field}-invalid"
    assert error["msg"] == f"'{text}' is not a bare {noun}"
    assert (error["ctx"]["hint"], error["ctx"]["fix"]) == (hint, fix)


def test_a_record_is_frozen_and_takes_no_other_field() -> None:
    with pytest.raises(ValidationError):
        make().title = "Other"  # type: ignore[misc] # that is the point
    with pytest.raises(ValidationError):
        make(nonsense="x")


def test_the_full_record_of_the_invented_list_has_every_field(invented_catalog: Catalog) -> None:
    paper = invented_catalog.paper_by_key["sample2024things"]
    unset = [name for name in Paper.model_fields if not getattr(paper, name)]
    assert unset == []
    assert set(paper.links) == set(LinkKind)


def test_the_short_record_of_the_invented_list_has_only_what_must_be(
    invented_catalog: Catalog,
) -> None:
    paper = invented_catalog.paper_by_key["minimal"]
    assert paper.model_fields_set == {"key", "title", "sections"}


def test_a_record_survives_being_written_and_read(invented_catalog: Catalog) -> None:
    for paper in invented_catalog.papers:
        assert Paper.model_validate_json(paper.model_dump_json()) == paper


def all_records(model: type[BaseModel]) -> set[type[BaseModel]]:
    return {model, *(inner for sub in model.__subclasses__() for inner in all_records(sub))}


def test_every_record_is_frozen_and_closed() -> None:
    # The answers of the API are open: a client may meet fields of a later version.
    records = [one for one in all_records(Record) if one.__module__.startswith("catalog.model")]
    assert Paper in records
    for record in records:
        assert record.model_config.get("frozen"), record
        assert record.model_config.get("extra") == "forbid", record


def test_the_json_schema_names_every_field() -> None:
    schema = PapersFile.model_json_schema()
    assert set(schema["$defs"]["Paper"]["properties"]) == set(Paper.model_fields)


@given(st.text(max_size=30))
def test_no_text_ends_in_another_exception_than_the_models_own(text: str) -> None:
    for name in Paper.model_fields:
        try:
            make(**{name: text})
        except ValidationError as error:
            assert error.errors()


@pytest.mark.parametrize(
    ("month", "is_good"), [("0", False), ("1", True), ("12", True), ("13", False)]
)
def test_a_month_is_one_of_twelve(month: str, is_good: bool) -> None:
    adapter = TypeAdapter(Month)
    if is_good:
        assert adapter.validate_python(month) == int(month)
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(month)
