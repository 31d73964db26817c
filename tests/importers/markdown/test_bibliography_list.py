import json
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.cli.console import FINDINGS, FINE, UNUSABLE
from catalog.importers.bibliography import Bibliography
from catalog.importers.bibliography_list import make_list_of_references, read_references
from catalog.importers.markdown.new_list import NewList
from catalog.model.draft import Draft
from catalog.store.load import load

DATA = Path(__file__).parents[2] / "data" / "bibliographies"


def _make(bib: str, section: str | None = None) -> NewList:
    found = read_references(bib.encode(), "refs.bib")
    return make_list_of_references([found], title="Things", section=section).made


def _values(made: NewList, key: str) -> Draft:
    return next(draft for draft in made.drafts if draft.values["key"] == key)


@pytest.mark.parametrize("name", ["refs.bib", "refs.ris"])
def test_a_bibliography_becomes_a_list_without_errors(name: str, tmp_path: Path) -> None:
    arguments = ["import", str(DATA / name), "--write"]

    assert run(["-C", str(tmp_path), *arguments]) == FINDINGS  # some entries are rejected
    assert run(["-C", str(tmp_path), "check"]) == FINE
    assert run(["-C", str(tmp_path), "fmt", "--check"]) == FINE
    catalog = load(tmp_path).catalog
    assert catalog is not None
    found = read_references((DATA / name).read_bytes(), name)
    assert len(catalog.papers) == len(found.drafts)


def test_the_account_names_every_entry(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(DATA / "refs.bib")

    assert run(["import", path]) == FINDINGS
    shown = capsys.readouterr().out
    assert ": 17 entries: 13 read, 4 rejected\n13 papers\n" in shown
    assert ":47: the entry has no fields: @misc{empty}\n" in shown
    assert "  file (1): private\n" in shown
    assert ":40: the names had commas between them\n" in shown
    assert run(["import", path, "--format", "json"]) == FINDINGS
    account = json.loads(capsys.readouterr().out)
    assert list(account)[:4] == ["entries", "skipped", "unparsed", "lines"]
    assert {"place": f"{path}:6", "field": "file"} in account["left_out"]
    assert len(account["entries"]) + len(account["skipped"]) + len(account["unparsed"]) == 17
    assert account["entries"][0]["authors"] == (
        "Ada Example, Carla van der Berg, Ben Sample Jr., The Things Team, et al."
    )
    assert account["entries"][0]["section"] == ["Small Things", "Measures"]
    assert account["skipped"][0]["line"] == 33


def test_groups_are_sections_and_an_option_is_one_for_all() -> None:
    bib = "@misc{a, title={A}, groups={Small Things, Large}}\n@misc{b, title={B}}\n"

    assert _make(bib).head["sections"] == [
        {"id": "small-things", "title": "Small Things"},
        {"id": "large", "title": "Large"},
        {"id": "papers", "title": "Papers"},
    ]
    assert _make(bib, "All of It").head["sections"] == [{"id": "all-of-it", "title": "All of It"}]


def test_a_work_that_stands_twice_is_one_record_with_an_old_key() -> None:
    made = _make(
        "@misc{a, title={A Thing}, author={Ada Example}, doi={10.1000/a}}\n"
        "@misc{b, title={A thing}, author={Example, A.}, year={2024}, doi={10.1000/A},"
        " url={https://example.org/b}}\n"
    )

    (draft,) = made.drafts
    assert draft.values["aliases"] == ["b"]
    assert (draft.values["doi"], draft.values["year"]) == ("10.1000/a", "2024")
    assert draft.values["links"] == {"page": "https://example.org/b"}


def test_venues_have_one_spelling_and_the_kind_of_their_entries() -> None:
    made = _make(
        "@inproceedings{a, title={A}, booktitle={Advances in Neural Information Processing Systems"
        " 34}, year={2021}}\n"
        "@inproceedings{b, title={B}, booktitle={NIPS}}\n"
        "@article{c, title={C}, journal={Things Quarterly}}\n"
        "@inproceedings{d, title={D}, booktitle={Proceedings of the 3rd Workshop on Things}}\n"
    )

    venues = made.head["venues"]
    assert isinstance(venues, dict)
    assert _values(made, "a").values["venue"] == _values(made, "b").values["venue"] == "NeurIPS"
    quarterly = venues["Things Quarterly"]
    assert isinstance(quarterly, dict)
    assert quarterly["kind"] == "journal"
    workshop = venues[str(_values(made, "d").values["venue"])]
    assert isinstance(workshop, dict)
    assert workshop["kind"] == "workshop"


def test_keys_stay_where_they_can() -> None:
    made = _make(
        "@misc{Smith:2024, title={A Thing}, author={Ada Smith}, year={2024}}\n"
        "@misc{Con, title={B}}\n@misc{Good_Key, title={C}}\n@misc{good_key, title={D}}\n"
    )

    keys = [draft.values["key"] for draft in made.drafts]
    assert keys == ["smith2024thing", "anonb", "Good_Key", "anond"]
    assert made.drafts[0].values["cite_keys"] == ["Smith:2024"]


def test_what_no_record_can_hold_is_left_out_and_doubted() -> None:
    made = _make("@misc{a, title={A}, url={https://user@example.org/}, year={2024}}")

    assert "links" not in made.drafts[0].values
    assert made.drafts[0].doubts["links"].startswith("left out: ")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.bib", b"no entry", "has no entries of BibTeX"),
        ("a.ciw", b"FN Example\nVR 1.0\nEF\n", "has no entries of Web of Science"),
        ("a.json", b"{", "is not JSON"),
        ("a.bib", b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_what_is_no_bibliography_ends_with_the_reason(
    name: str, data: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)

    assert run(["-C", str(tmp_path), "import", name]) == UNUSABLE
    assert reason in capsys.readouterr().err


def test_lists_and_bibliographies_are_not_mixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.bib").write_text("@misc{a, title={A}}", "utf-8")
    (tmp_path / "b.md").write_text("# B\n\n- [Things](https://arxiv.org/abs/2401.10000)\n", "utf-8")

    assert run(["-C", str(tmp_path), "import", "a.bib", "b.md"]) == UNUSABLE
    assert "one after the other" in capsys.readouterr().err
    assert run(["-C", str(tmp_path), "import", "b.md", "--section", "X"]) == UNUSABLE
    assert "--section is for bibliographies" in capsys.readouterr().err


def test_nothing_is_lost_between_entries_and_records() -> None:
    found = read_references((DATA / "refs.bib").read_bytes(), "refs.bib")
    made = make_list_of_references([found, Bibliography()], title="Things").made

    assert found.total == len(made.drafts) + len(found.rejected)
