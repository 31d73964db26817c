from pathlib import Path

import pytest

from catalog.model.draft import Draft
from catalog.store.insert import add_records, change_files, write_files
from catalog.store.load import load
from catalog.store.yaml.editor import EditError, Set

ROOT = Path(__file__).parents[2]
HEAD = """\
survey: {title: Things}
sections:
  - {id: small, title: Small}
  - {id: large, title: Large}
venues:
  Conf: {}
"""


def _list(folder: Path, *records: str, head: str = HEAD) -> Path:
    rows = "".join(f"  - {{{record}}}\n" for record in records)
    (folder / "papers.yaml").write_text(f"{head}papers:\n{rows}", "utf-8")
    return folder


def _record(key: str, title: str = "Things", year: int = 2024, section: str = "small") -> str:
    return f"key: {key}, title: {title}, year: {year}, sections: [{section}]"


def _draft(key: str, title: str = "Things", year: int = 2024, section: str = "small") -> Draft:
    return Draft({"key": key, "title": title, "year": str(year), "sections": [section]})


def _add(folder: Path, *drafts: Draft) -> list[str]:
    """Add the drafts and return all keys in the order of the files."""
    write_files(folder, add_records(folder, load(folder), drafts))
    loaded = load(folder)
    assert loaded.findings == ()
    assert loaded.catalog is not None
    return [paper.key for paper in loaded.catalog.papers]


def test_a_record_goes_where_year_and_title_want_it(tmp_path: Path) -> None:
    _list(
        tmp_path,
        _record("a", "Beta", 2020, "large"),
        _record("b", "Alpha", 2022, "small"),
        _record("c", "Gamma", 2022, "large"),
    )

    added = _add(tmp_path, _draft("new", "Beta", 2022), _draft("first", "Zeta", 1999))

    assert added == ["first", "a", "b", "new", "c"]


def test_a_record_goes_into_its_section_where_the_file_is_sorted_by_sections(
    tmp_path: Path,
) -> None:
    _list(
        tmp_path,
        _record("a", "Zeta", 2023),
        _record("b", "Alpha", 2020),
        _record("c", "Gamma", 2022, "large"),
        _record("d", "Beta", 2021, "large"),
    )

    assert _add(tmp_path, _draft("new"), _draft("newer", section="large")) == [
        *("a", "b", "new", "c", "d", "newer")
    ]


def test_a_record_goes_to_its_key_where_the_file_is_sorted_by_keys(tmp_path: Path) -> None:
    _list(
        tmp_path,
        _record("a", "Zeta", 2023, "large"),
        _record("c", "Alpha", 2020),
        _record("d", "Gamma", 2022, "large"),
    )

    assert _add(tmp_path, _draft("b")) == ["a", "b", "c", "d"]


def test_a_record_goes_to_the_end_where_there_is_no_order(tmp_path: Path) -> None:
    _list(
        tmp_path,
        _record("c", "Zeta", 2021, "large"),
        _record("a", "Alpha", 2020),
        _record("b", "Gamma", 2022, "large"),
    )

    assert _add(tmp_path, _draft("new", "A", 1999)) == ["c", "a", "b", "new"]


def test_new_records_keep_their_order_where_nothing_tells_another(tmp_path: Path) -> None:
    _list(tmp_path, _record("b", "B"))

    assert _add(tmp_path, _draft("z"), _draft("y"), _draft("x")) == ["b", "z", "y", "x"]


@pytest.mark.parametrize("papers", ["", "papers: []\n"])
def test_a_list_without_papers_gets_its_first(tmp_path: Path, papers: str) -> None:
    (tmp_path / "papers.yaml").write_text(HEAD + papers, "utf-8")

    assert _add(tmp_path, _draft("new"), _draft("newer")) == ["new", "newer"]


def test_each_record_has_a_file_of_its_own_when_the_settings_say_so(tmp_path: Path) -> None:
    _list(tmp_path, _record("a"), head=HEAD + "settings: {new_records: folder}\n")
    before = (tmp_path / "papers.yaml").read_bytes()

    assert _add(tmp_path, _draft("new")) == ["a", "new"]
    assert (tmp_path / "papers.yaml").read_bytes() == before
    assert (tmp_path / "papers/new.yaml").read_text("utf-8") == (
        "key: new\ntitle: Things\nyear: 2024\nsections: [small]\n"
    )
    with pytest.raises(EditError, match=r"papers/new\.yaml: is there already"):
        add_records(tmp_path, load(tmp_path), [_draft("new")])


def test_what_is_no_record_is_not_added(tmp_path: Path) -> None:
    _list(tmp_path, _record("a"))

    with pytest.raises(EditError, match="a draft is not a record: missing field 'key'"):
        add_records(tmp_path, load(tmp_path), [Draft({"title": "Things"})])


@pytest.mark.parametrize("record", ["no record", "- - -"])
def test_nothing_is_added_to_what_cannot_be_read(tmp_path: Path, record: str) -> None:
    (tmp_path / "papers.yaml").write_text(f"{HEAD}papers:\n  - {record}\n", "utf-8")

    with pytest.raises(EditError, match="fix its errors"):
        add_records(tmp_path, load(tmp_path), [_draft("new")])


def test_the_real_list_takes_a_record_into_its_section(tmp_path: Path) -> None:
    (tmp_path / "papers.yaml").write_bytes((ROOT / "papers.yaml").read_bytes())
    loaded = load(tmp_path)
    assert loaded.catalog is not None
    keys = [paper.key for paper in loaded.catalog.papers if "alignment-metrics" in paper.sections]

    added = _add(tmp_path, _draft("new", section="alignment-metrics"))

    assert added[added.index("new") - 1] in keys
    assert added[added.index("new") + 1] not in keys


def test_fields_of_several_records_change_at_once(tmp_path: Path) -> None:
    _list(tmp_path, _record("a"), _record("b"))

    files = change_files(
        tmp_path,
        {
            "papers.yaml": [
                Set(("papers", 0, "doi"), "10.1000/a"),
                Set(("papers", 1, "aliases"), ["c"]),
            ]
        },
    )

    assert (tmp_path / "papers.yaml").read_bytes() != files["papers.yaml"]
    assert write_files(tmp_path, files).changed == 1
    catalog = load(tmp_path).catalog
    assert catalog is not None
    assert [paper.doi for paper in catalog.papers] == ["10.1000/a", None]
    assert catalog.papers[1].aliases == ("c",)
