"""All files of a list make one catalog, and no record and no fault is lost on the way."""

import gc
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.checks.check import check_loaded
from catalog.errors import UnreadableInputError
from catalog.model.findings import Code, Finding, Severity
from catalog.model.records import Head, Paper
from catalog.store.load import LoadResult, assemble_catalog, find_papers_files, is_papers_file, load
from catalog.store.yaml import read_yaml

HEAD = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}]
venues: {Conf: {}}
facets: {colour: {title: Colour, values: {red: Red}}}
"""


def record(key: str, title: str | None = None) -> str:
    return f"{{key: {key}, title: {title or 'Title of ' + key}, sections: [things]}}"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def read(text: str) -> LoadResult:
    return assemble_catalog([read_yaml(text.encode(), "papers.yaml")])


def check_all(text: str) -> tuple[Finding, ...]:
    return check_loaded(read(text), today=date(2025, 11, 1)).findings


def keys(loaded: LoadResult) -> list[str]:
    assert loaded.catalog is not None
    return [paper.key for paper in loaded.catalog.papers]


def found(loaded: LoadResult) -> list[tuple[Code, str, int, int]]:
    return [(f.code, f.file, f.line, f.column) for f in loaded.findings]


# The traps of YAML, up to the record


def test_an_unquoted_arxiv_id_keeps_its_zeros() -> None:
    loaded = read(HEAD + "papers:\n- {key: a, title: T, arxiv: 2401.10000}\n")
    assert loaded.catalog is not None
    assert loaded.catalog.papers[0].arxiv == "2401.10000"


def test_words_and_times_that_yaml_takes_for_values_stay_words() -> None:
    text = (
        "- {key: no, title: 12:30, authors: [No, Yes Null],"
        " volume: 1e3, number: 010, note: 2025-10-08}\n"
    )
    loaded = read(HEAD + "papers:\n" + text)
    assert loaded.findings == ()
    assert loaded.catalog is not None
    paper = loaded.catalog.papers[0]
    assert (paper.key, paper.title, paper.volume, paper.number, paper.note) == (
        "no",
        "12:30",
        "1e3",
        "010",
        "2025-10-08",
    )
    assert [author.display for author in paper.authors] == ["No", "Yes Null"]


def test_no_is_false_where_true_or_false_belongs() -> None:
    loaded = read(HEAD + "papers:\n- {key: a, title: T, more_authors: no}\n")
    assert loaded.catalog is not None
    assert loaded.catalog.papers[0].more_authors is False


def test_a_time_is_no_year() -> None:
    loaded = read(HEAD + "papers:\n- {key: a, title: T, year: 12:30}\n")
    assert found(loaded) == [(Code.YEAR_INVALID, "papers.yaml", 6, 28)]


def test_a_date_is_a_date_where_one_belongs() -> None:
    loaded = read(HEAD + "papers:\n- {key: a, title: T, added: 2025-10-08}\n")
    assert loaded.catalog is not None
    assert str(loaded.catalog.papers[0].added) == "2025-10-08"


def test_equal_keys_are_a_finding_at_the_second() -> None:
    loaded = read(HEAD + "papers:\n- key: a\n  title: T\n  year: 2024\n  year: 2025\n")
    assert found(loaded) == [(Code.FIELD_REPEATED, "papers.yaml", 9, 3)]
    assert loaded.findings[0].key == "a"


# Files


def test_all_files_make_one_catalog_in_a_fixed_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "papers.yaml": HEAD + f"papers:\n- {record('p')}\n",
            "papers/b.yaml": f"- {record('b1')}\n- {record('b2')}\n",
            "papers/a.yml": record("a") + "\n",
            "papers/2023/c.yaml": record("c") + "\n",
            "papers/.hidden.yaml": "no: [",
            "papers/README.md": "# Not data\n",
        },
    )
    loaded = load(tmp_path)
    assert loaded.findings == ()
    assert keys(loaded) == ["p", "c", "a", "b1", "b2"]
    assert loaded.records == 5


def test_a_list_may_keep_all_its_papers_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path, {"papers.yaml": HEAD, "papers/a.yaml": record("a")})
    assert keys(load(tmp_path)) == ["a"]


def test_a_broken_file_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "papers.yaml": HEAD,
            "papers/a.yaml": record("a"),
            "papers/b.yaml": "- [",
            "papers/c.yaml": record("c"),
        },
    )
    loaded = load(tmp_path)
    assert [(f.code, f.file) for f in loaded.findings] == [(Code.YAML_SYNTAX, "papers/b.yaml")]
    assert keys(loaded) == ["a", "c"]


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableInputError,
        match=r"papers\.yaml: not found here or in a parent folder\. Run `catalog init`",
    ):
        load(tmp_path)


def test_a_folder_in_place_of_the_list_is_named(tmp_path: Path) -> None:
    (tmp_path / "papers.yaml").mkdir()
    with pytest.raises(UnreadableInputError, match=r"papers\.yaml: Is a directory"):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"papers.yaml": HEAD, "papers/a.yaml": record("a")})
    (tmp_path / "papers" / "a.yaml").chmod(0)
    with pytest.raises(UnreadableInputError, match=r"a\.yaml: Permission denied"):
        load(tmp_path)


def test_a_folder_named_like_a_file_is_entered_as_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"papers.yaml": HEAD, "papers/odd.yaml/a.yaml": record("a")})
    assert keys(load(tmp_path)) == ["a"]


def test_only_as_much_of_a_file_is_read_as_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.store.yaml.MAX_BYTES", 1000)
    write(tmp_path, {"papers.yaml": HEAD})
    with (tmp_path / "papers.yaml").open("r+b") as file:
        file.truncate(10**12)
    assert [finding.code for finding in load(tmp_path).findings] == [Code.FILE_SIZE]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"papers.yaml": HEAD, "data/a.yaml": record("a")})
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.yaml").symlink_to("../data/a.yaml")
    assert keys(load(tmp_path)) == ["a"]


@pytest.mark.parametrize(
    "target", ["../../secret.yaml", "/etc/passwd", "/dev/zero", "nothing.yaml", "loop.yaml"]
)
def test_a_link_out_of_the_folder_or_to_nothing_is_not_read(target: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "list", {"papers.yaml": HEAD, "papers/a.yaml": record("a")})
    (tmp_path / "secret.yaml").write_text("secret: value\n")
    (folder / "papers" / "loop.yaml").symlink_to(target)
    loaded = load(folder)
    assert found(loaded) == [(Code.FILE_OUTSIDE, "papers/loop.yaml", 1, 1)]
    assert "secret" not in str(loaded.findings)
    assert keys(loaded) == ["a"]


def test_a_folder_of_papers_that_lies_elsewhere_is_not_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "list", {"papers.yaml": HEAD})
    write(tmp_path / "elsewhere", {"a.yaml": record("a")})
    (folder / "papers").symlink_to(tmp_path / "elsewhere")
    assert [finding.code for finding in load(folder).findings] == [Code.FILE_OUTSIDE]


def test_a_linked_folder_inside_papers_is_not_entered(tmp_path: Path) -> None:
    folder = write(tmp_path / "list", {"papers.yaml": HEAD, "papers/a.yaml": record("a")})
    (folder / "papers" / "round").symlink_to(folder / "papers")
    assert find_papers_files(folder) == [folder / "papers.yaml", folder / "papers" / "a.yaml"]


def test_the_folder_of_the_list_may_itself_be_a_link_with_any_name(tmp_path: Path) -> None:
    write(tmp_path / "ä ö", {"papers.yaml": HEAD, "papers/ü x.yaml": record("a")})
    (tmp_path / "link").symlink_to("ä ö")
    assert keys(load(tmp_path / "link")) == ["a"]


def test_reading_leaves_the_collector_as_it_was(invented_folder: Path) -> None:
    assert gc.isenabled()
    load(invented_folder)
    assert gc.isenabled()
    gc.disable()
    try:
        load(invented_folder)
        assert not gc.isenabled()
    finally:
        gc.enable()


# Every fault of a record in one run


def test_a_record_without_key_and_title_still_meets_the_rules() -> None:
    text = (
        HEAD + "papers:\n- {venue: Nowhere, sections: [nothing], year: 3000, authors: [et al.]}\n"
    )
    codes = {finding.code for finding in check_all(text)}
    assert codes == {
        Code.FIELD_MISSING,
        Code.VENUE_UNKNOWN,
        Code.SECTION_UNKNOWN,
        Code.YEAR_IMPOSSIBLE,
        Code.AUTHOR_ET_AL,
    }


def test_two_records_without_key_and_title_are_no_duplicates() -> None:
    codes = [
        f.code
        for f in check_all(HEAD + "papers:\n- {sections: [things]}\n- {sections: [things]}\n")
    ]
    assert Code.KEY_DUPLICATE not in codes
    assert Code.WORK_DUPLICATE not in codes
    assert codes.count(Code.FIELD_MISSING) == 4


def test_each_broken_field_is_reported_once() -> None:
    broken = {
        "key": "a b",
        "title": "[T]",
        "authors": "Ada",
        "venue": "[Conf]",
        "year": "x",
        "sections": "things",
        "arxiv": "x",
        "links": "x",
    }
    text = "papers:\n- {" + ", ".join(f"{name}: {value}" for name, value in broken.items()) + "}\n"
    fields = [finding.field for finding in check_all(HEAD + text)]
    assert sorted(map(str, fields)) == sorted(broken)


def test_each_empty_field_is_reported_once() -> None:
    names = [name for name in Paper.model_fields if name != "key"]
    text = "papers:\n- key: a\n" + "".join(f"  {name}:\n" for name in names)
    fields = [finding.field for finding in check_all(HEAD + text)]
    assert sorted(map(str, fields)) == sorted(names)


def test_each_empty_field_of_the_head_is_reported_once() -> None:
    text = "".join(f"{name}:\n" for name in (*Head.model_fields, "papers"))
    assert sorted(str(f.field) for f in check_all(text)) == sorted([*Head.model_fields, "papers"])


def test_a_fault_of_the_reader_names_the_record_and_the_field() -> None:
    loaded = read(HEAD + "papers:\n- key: a\n  title: T\n- key: b\n  title: T\n  links: {pdf: }\n")
    assert [(f.key, f.field) for f in loaded.findings] == [("b", "links.pdf")]


def test_a_record_that_is_no_mapping_is_reported_and_counted() -> None:
    loaded = read(HEAD + "papers:\n- text\n- [list]\n- {key: a, title: T}\n")
    assert [finding.code for finding in loaded.findings] == [Code.VALUE_SHAPE] * 2
    assert keys(loaded) == ["a"]
    assert loaded.records == 3


def test_a_faulty_head_is_mended_as_far_as_the_rules_need_it() -> None:
    loaded = read(
        "sections: [{id: A B, title: T}, {title: U}, x]\nfacets: {a: {values: {}}}\npapers: []\n"
    )
    assert loaded.catalog is not None
    assert loaded.lost == {"survey", "sections", "facets"}


def test_a_head_that_cannot_be_mended_is_no_head() -> None:
    loaded = read("survey: text\nsections: text\nvenues: text\nsettings: [a]\npapers: []\n")
    assert {finding.code for finding in loaded.findings} == {Code.VALUE_SHAPE}


def test_no_more_records_are_read_after_more_errors_than_anyone_mends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("catalog.model.findings.MOST_ERRORS", 3)
    loaded = read(HEAD + "papers:\n" + "- {key: a b, title: T}\n" * 10 + "- {key: a, title: T}\n")
    codes = [finding.code for finding in loaded.findings]
    assert codes == [Code.ERRORS_MANY] + [Code.KEY_INVALID] * 4
    assert loaded.catalog is None
    assert loaded.records == 11


def test_a_folder_of_papers_that_cannot_be_entered_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"papers.yaml": HEAD, "papers/a.yaml": record("a")})
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "papers":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UnreadableInputError, match=r"papers: Permission denied"):
        load(tmp_path)


# Properties

words = st.sampled_from(
    [
        *Paper.model_fields,
        *Head.model_fields,
        "id",
        "name",
        "kind",
        "values",
        "given",
        "family",
        "literal",
        "pdf",
    ]
)
scalars = st.sampled_from(
    [
        "a",
        "a b",
        "things",
        "Conf",
        "x: y",
        "2024",
        "true",
        "https://example.org/",
        "10.1000/a",
        "2401.10000",
        "''",
        "~",
    ]
)
values = st.recursive(
    scalars,
    lambda part: (
        st.lists(part, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(words, part, max_size=4).map(
            lambda items: "{" + ", ".join(f"{name}: {value}" for name, value in items.items()) + "}"
        )
    ),
    max_leaves=12,
).map(lambda text: text.replace("x: y", "'x: y'"))


@given(st.dictionaries(st.sampled_from([*Head.model_fields, "papers", "other"]), values))
def test_any_head_ends_in_findings(parts: dict[str, str]) -> None:
    findings = check_all("".join(f"{name}: {value}\n" for name, value in parts.items()) or "{}\n")
    assert list(findings) == sorted(findings, key=lambda finding: finding.sort_key)


@given(st.lists(st.dictionaries(words, values, max_size=6), min_size=1, max_size=3))
def test_any_record_ends_in_findings_and_each_is_said_once(records: list[dict[str, str]]) -> None:
    items = [
        "{" + ", ".join(f"{name}: {value}" for name, value in item.items()) + "}"
        for item in records
    ]
    findings = check_all(HEAD + "papers:\n" + "".join(f"- {item}\n" for item in items))
    said = [(f.code, f.line, f.column, f.field) for f in findings]
    assert len(said) == len(set(said))
    errors = {(f.line, f.field) for f in findings if f.severity is Severity.ERROR and f.field}
    warned = {(f.line, f.field) for f in findings if f.code.endswith("-missing")}
    assert not errors & warned or all(
        f.code.endswith("-missing") for f in findings if (f.line, f.field) in warned
    )


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("papers.yaml", True),
        ("papers/a.yaml", True),
        ("papers/2024/a.yml", True),
        ("papers/.a.yaml", False),
        ("papers/2024/.a.yaml", False),
        ("papers/a.txt", False),
        ("papersa.yaml", False),
        ("other/a.yaml", False),
        ("papers.yml", False),
    ],
)
def test_a_file_of_papers_is_known_by_its_name(name: str, is_read: bool) -> None:
    assert is_papers_file(name) is is_read
