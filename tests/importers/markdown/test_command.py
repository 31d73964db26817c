import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.cli.console import FINDINGS, FINE, UNUSABLE

LISTS = Path(__file__).parents[2] / "data" / "lists"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_bytes((LISTS / "numbered-bold.md").read_bytes())
    return tmp_path


def call(folder: Path, *arguments: str) -> int:
    return run(["-C", str(folder), "import", *arguments])


def test_without_options_nothing_is_written_and_everything_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, "README.md") == FINE
    shown = capsys.readouterr().out
    assert "7 entries in 3 sections, 2 forms\n" in shown
    assert "  6 records: a work in several sections is one record\n" in shown
    assert "6 list items: **title.** *authors, venue* [[PDF]]\n" in shown
    assert "  line 25: ThingNet\n" in shown
    assert "  1 × authors: known by their place alone (line 25)\n" in shown
    assert "  1 × placeholder (line 37)\n" in shown
    assert "44 lines: 7 entries, " in shown
    assert [path.name for path in folder.iterdir()] == ["README.md"]


def test_addresses_written_in_their_usual_form_are_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = (
        "- **Things Move in Old Ways**, Ada Example et al. [[pdf]](http://arxiv.org/pdf/{}.pdf)\n"
    )
    text = entry.format("2401.99901") + entry.replace("Old", "New").format("2401.99902")
    (folder / "list.md").write_text("# List\n\n" + text)
    assert call(folder, "list.md") == FINE
    assert capsys.readouterr().out.endswith(
        "\n2 × address in its usual form (lines 3, 4),\n"
        "  such as https://arxiv.org/pdf/2401.99901 for http://arxiv.org/pdf/2401.99901.pdf\n"
    )
    assert run(["-C", str(folder), "init", "new", "--from", str(folder / "list.md")]) == FINE
    told = capsys.readouterr().err
    assert "\n2 addresses changed to the usual form: `catalog import " in told


def test_what_no_record_can_hold_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = "- **Things That Move**, Ada Example et al., ICML 2023 [[bibtex](./move.txt)] [[pdf]](https://example.org/a.pdf)\n"
    (folder / "list.md").write_text("# List\n\n" + entry)
    assert call(folder, "list.md") == FINE
    assert "\n  1 × links: left out, no web address (line 3)\n" in capsys.readouterr().out


def test_programs_get_the_account_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(folder, "README.md", "--dry-run", "--format", "json") == FINE
    account = json.loads(capsys.readouterr().out)
    assert list(account) == ["entries", "skipped", "unparsed", "lines"]
    assert account["entries"][1] == {
        "title": "Deep Residual Things for Recognition",
        "authors": "Ben Sample et al",
        "venue": "CVPR",
        "year": 2016,
        "section": ["Foundations", "Large Things"],
        "links": [{"label": "PDF", "url": "https://example.org/cvpr/residual.pdf"}],
        "line": 23,
    }
    assert account["skipped"][0] == {
        "line": 3,
        "reason": "links without a title",
        "text": "[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)",
    }


def test_the_written_list_passes_the_check_and_marks_its_doubts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(folder, "README.md", "--write") == FINE
    text = (folder / "papers.yaml").read_text(encoding="utf-8")
    assert "authors: [{literal: The Things Team}] # doubtful: known by their place alone\n" in text
    assert run(["-C", str(folder), "check"]) == FINE
    capsys.readouterr()
    assert call(folder, "README.md", "--write") == UNUSABLE
    assert "papers.yaml is there already" in capsys.readouterr().err
    assert call(folder, "README.md", "--output", "other.yaml") == FINE
    assert "\n6 papers written to other.yaml; " in "\n" + capsys.readouterr().err
    assert (folder / "other.yaml").read_text(encoding="utf-8") == text


def test_what_is_not_understood_is_told_with_its_line_and_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "README.md").open("a", encoding="utf-8") as file:
        file.write("\n## More Things\n\n- [[PDF]](https://arxiv.org/pdf/2401.99901)\n")
    assert call(folder, "README.md") == FINDINGS
    shown = capsys.readouterr().out
    assert (
        "Not understood:\n  line 48: a link without a title: - [[PDF]](https://arxiv.org/" in shown
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("list.org", b"* Things\n", "is Org mode, which cannot be imported"),
        ("list.md", b"<!DOCTYPE html>\n<html></html>", "holds no entry of a paper"),
        ("list.txt", b"#+TITLE: Things\n* [[https://example.org][A]]\n", "is Org mode"),
        ("README.md", b"\x89PNG\r\n\x1a\n\x00\x00", "is not text"),
        ("latin.md", "Jörn".encode("latin-1"), "is not UTF-8 (byte 2)"),
        ("wide.md", "# Things".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        ("list.pdf", b"%PDF-1.4\n%\xe2\xe3", "is a .pdf file, which is not read"),
        ("pdf.md", b"%PDF-1.4\n%\xe2\xe3", "is PDF, which cannot be imported"),
        ("nothing.md", b"", "nothing.md is empty"),
        ("blank.md", b"\n\n", "blank.md is empty"),
        ("long.md", b"a b " * 5_000, "holds no entry of a paper"),
        ("nothing.bib", b"", "has no entries of BibTeX"),
        ("empty.md", b"# Things\n\nNothing here.\n", "holds no entry of a paper"),
    ],
)
def test_what_is_no_list_ends_with_code_2_and_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert call(tmp_path, name) == UNUSABLE
    assert reason in capsys.readouterr().err


def test_a_missing_file_and_excluding_options_end_with_code_2(folder: Path) -> None:
    assert call(folder, "missing.md") == UNUSABLE
    assert call(folder, "README.md", "--dry-run", "--write") == UNUSABLE


def test_an_index_names_the_files_that_it_leads_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_bytes((LISTS / "index.md").read_bytes())
    assert call(tmp_path, "README.md") == UNUSABLE
    shown = capsys.readouterr().err
    assert "only an index" in shown
    assert "catalog import vision.md docs/language.md speech.md" in shown


def test_several_files_make_one_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "more.md").write_bytes((LISTS / "bold-openers.md").read_bytes())
    assert call(folder, "README.md", "more.md", "--write") == FINE
    assert "12 papers written to" in capsys.readouterr().err
    assert run(["-C", str(folder), "check"]) == FINE
    capsys.readouterr()
    assert call(folder, "README.md", "more.md", "--format", "json") == FINE
    files = {entry["file"] for entry in json.loads(capsys.readouterr().out)["entries"]}
    assert files == {"README.md", "more.md"}


def test_a_pipe_is_read_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "list.md"
    os.mkfifo(pipe)
    text = "# Things\n\n- [A Study of all Things](https://arxiv.org/abs/2401.99901)\n"
    with ThreadPoolExecutor() as writers:
        writers.submit(pipe.write_text, text, encoding="utf-8")
        assert call(tmp_path, "list.md") == FINE
    shown = capsys.readouterr().out
    assert "list.md: 1 entry in 1 section, 1 form\n" in shown
    assert "\n3 lines: 1 entry, 1 heading, 1 blank.\n" in shown


def test_a_folder_and_what_never_ends_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, ".") == UNUSABLE
    assert "has no list" in capsys.readouterr().err
    assert call(tmp_path, "/dev/zero") == UNUSABLE
    assert "is larger than 64 MiB" in capsys.readouterr().err


def test_no_file_that_is_there_is_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "README.md").read_bytes()
    (folder / "notes.txt").write_text("mine")
    (folder / "link.md").symlink_to("README.md")
    for target in ("README.md", "./README.md", "link.md", "notes.txt"):
        assert call(folder, "README.md", "-o", target) == UNUSABLE
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"{Path(target)} is there already; name another file" in captured.err
    assert (folder / "README.md").read_bytes() == before
    assert (folder / "notes.txt").read_text() == "mine"


def test_a_dry_run_names_the_option_that_it_excludes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option, named in ((["--write"], "--write"), (["-o", "new.yaml"], "--output")):
        assert call(folder, "README.md", "--dry-run", *option) == UNUSABLE
        assert f"--dry-run writes nothing, {named} does" in capsys.readouterr().err
