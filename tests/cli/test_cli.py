"""The commands, as a user calls them."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import click
import pytest

from catalog import __version__, check
from catalog.cli import COMMANDS, cli, run
from catalog.cli.console import FINDINGS, FINE, UNUSABLE, show_steps
from catalog.cli.findings_view import show_findings
from catalog.render.citations import Format
from tests.commands_page import PAGE, render
from tests.net.servers import free_port
from tests.repository import Repository

ROOT = Path(__file__).parents[2]

LIST = """\
survey: {title: A List of Invented Things}
sections:
  - {id: first, title: First}
  - {id: second, title: Second}
venues:
  ICX: {name: Invented Conference}
papers:
  - key: example2020first
    aliases: [example2019first]
    title: First Things
    authors: [Ada Example]
    venue: ICX
    year: 2020
    sections: [first]
  - key: sample2024second
    title: Second Things
    authors: [Ben Sample]
    venue: ICX
    year: 2024
    sections: [second]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers.yaml").write_text(LIST)
    return tmp_path


def keys(bibtex: str) -> list[str]:
    return re.findall(r"^@\w+\{(.+),$", bibtex, re.MULTILINE)


def test_version_and_help_are_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == FINE
    assert __version__ in capsys.readouterr().out
    assert run(["--help"]) == FINE
    assert "papers.yaml" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_has_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == FINE
    assert re.search(rf"For example:\n +catalog {command}", capsys.readouterr().out)


def test_the_reference_of_commands_is_what_the_program_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run `make commands`"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").split("\n\n")[0] == COMMANDS[name].summary


OF_NETWORK = {"requests", "urllib3", "catalog.net", "catalog.lookup", "catalog.linkcheck"}
OF_SITE = {"mkdocs", "markdown", "catalog.site", "watchdog"}
OF_IMPORTS = {"bibtexparser", "ftfy", "pylatexenc", "catalog.importers"}
OF_TEXTS = {"jinja2", "markdown_it", "catalog.render"}
OF_LISTS = {"pydantic", "yaml", "catalog.checks", "catalog.model.records", "email"}
NOTHING_NEW = """
import sys
from catalog.cli.commands import build
build.find_previous_build = lambda folder, request: "all is well"
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "needless", "before"),
    [
        (["--help"], OF_LISTS | OF_TEXTS | OF_NETWORK | OF_SITE | OF_IMPORTS, ""),
        (["build"], OF_LISTS | OF_TEXTS | OF_NETWORK | OF_SITE | OF_IMPORTS, NOTHING_NEW),
        (["check"], OF_TEXTS | OF_NETWORK | OF_SITE | OF_IMPORTS, ""),
        (["fmt", "--check"], OF_TEXTS | OF_NETWORK | OF_SITE | OF_IMPORTS, ""),
        (["export"], OF_NETWORK | OF_SITE | OF_IMPORTS, ""),
        (["add", "refs.bib"], {"markdown_it", "ftfy", "catalog.importers.markdown"} | OF_SITE, ""),
        (["import", "refs.bib"], OF_NETWORK | OF_SITE, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_loads_nothing_that_only_others_need(
    folder: Path, words: list[str], needless: set[str], before: str
) -> None:
    entry = "@article{a2020, title={A Title}, author={Ada Example}, year=2020}"
    (folder / "refs.bib").write_text(entry)
    code = f"""
import sys
{before}
from catalog.cli import run
assert run({["-C", str(folder), *words]!r}) in (0, 1)
needless = {sorted(needless)!r}
sys.exit(", ".join(name for name in needless if name in sys.modules) or None)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr


def test_a_clean_list_passes_the_check(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "check"]) == FINE
    assert capsys.readouterr().out == "2 papers: no problems found\n"


def test_a_fault_fails_the_check_and_is_shown_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text(LIST.replace("[second]", "[secnd]"))
    assert run(["-C", str(folder), "check"]) == FINDINGS
    assert "papers.yaml:20:16: error section-unknown" in capsys.readouterr().out


def test_a_warning_fails_only_a_strict_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text(LIST.replace("Second Things", "Second Things."))
    assert run(["-C", str(folder), "check"]) == FINE
    assert run(["-C", str(folder), "check", "--strict"]) == FINDINGS
    assert "title-period" in capsys.readouterr().out


def test_check_prints_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "check", "--format", "json"]) == FINE
    assert json.loads(capsys.readouterr().out) == {"papers": 2, "findings": []}


@pytest.mark.parametrize(
    "words",
    [
        *(["check"], ["build"], ["readme"], ["fmt"], ["fmt", "--check"], ["export"], ["links"]),
        *(["update"], ["update", "--write"], ["add", "2401.00001", "--write"], ["stats"]),
    ],
)
def test_a_missing_list_ends_with_one_line_and_code_2(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), *words]) == UNUSABLE
    captured = capsys.readouterr()
    assert captured.out == ""
    hint = (
        "not found here or in a parent folder. Run `catalog init` to start a list, or name "
        "its folder with `catalog -C DIR`"
    )
    assert captured.err == f"catalog: papers.yaml: {hint}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["check", "--format", "xml"],
        ["export", "--year", "soon"],
        ["export", "--section", "none"],
    ],
)
def test_wrong_use_ends_with_code_2(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), *arguments]) == UNUSABLE
    assert capsys.readouterr().out == ""


def test_readme_is_written_once_and_then_up_to_date(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "readme", "--check"]) == FINDINGS
    assert not (folder / "README.md").exists()
    assert run(["-C", str(folder), "readme"]) == FINE
    before = (folder / "README.md").stat().st_mtime_ns
    assert run(["-C", str(folder), "readme"]) == FINE
    assert (folder / "README.md").stat().st_mtime_ns == before
    assert run(["-C", str(folder), "readme", "--check"]) == FINE
    assert "README.md is up to date" in capsys.readouterr().err


def test_nothing_is_written_from_a_faulty_list(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text(LIST.replace("2024\n", "20x4\n"))
    assert run(["-C", str(folder), "build"]) == FINDINGS
    assert "year-invalid" in capsys.readouterr().err
    # The lock is held while the list is read; git ignores its folder.
    assert {path.name for path in folder.iterdir()} == {"papers.yaml", ".catalog-cache"}


def test_build_check_writes_nothing_and_names_what_is_stale(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "build", "--check"]) == FINDINGS
    assert "README.md is stale" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["papers.yaml"]


def test_export_takes_any_part_of_the_list(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, expected in [
        ([], ["example2020first", "sample2024second"]),
        (["--section", "second"], ["sample2024second"]),
        (["--year", "..2020"], ["example2020first"]),
        (
            ["--keys", "sample2024second, example2019first"],
            ["example2019first", "sample2024second"],
        ),
    ]:
        assert run(["-C", str(folder), "export", *arguments]) == FINE
        assert keys(capsys.readouterr().out) == expected


def test_export_of_what_a_paper_cites_names_what_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tex = folder / "main.tex"
    tex.write_text(r"\citep[p.~3]{sample2024second, other2001}")
    output = folder / "references.bib"
    assert run(["-C", str(folder), "export", "--cited-in", str(tex), "-o", str(output)]) == FINDINGS
    assert keys(output.read_text()) == ["sample2024second"]
    assert "other2001" in capsys.readouterr().err


def test_stats_count_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "stats", "--format", "json"]) == FINE
    statistics = json.loads(capsys.readouterr().out)
    assert statistics["papers"] == 2
    assert statistics["years"] == {"2020": 1, "2024": 1}
    assert statistics["venues"] == {"ICX": 2}


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == FINE
    assert json.loads(capsys.readouterr().out)["title"] == "papers.yaml"


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m catalog export | head -n 1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert ended.stdout.count("\n") == 1


@pytest.mark.slow
def test_ctrl_c_ends_a_command_in_one_line(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("site_name: Invented\nplugins: [catalog]\n")
    command = [
        sys.executable,
        "-m",
        "catalog",
        "-C",
        str(folder),
        "serve",
        "--address",
        f"127.0.0.1:{free_port()}",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            before = next(line for line in process.stderr if "Serving on" in line)
            # Before its first answer the server of MkDocs may stumble over an interrupt.
            with urllib.request.urlopen(before.split()[-1]) as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
            _, after = process.communicate(timeout=60)
        finally:
            process.kill()
    assert "Traceback" not in before + after
    assert process.returncode in (0, 130)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        *((words, FINDINGS) for words in (["check"], ["readme"], ["readme", "--check"])),
        *((words, FINDINGS) for words in (["export"], ["stats"], ["schema", "--issue-form"])),
        *((words, FINDINGS) for words in (["links"], ["build"], ["build", "--check"])),
        *((words, FINDINGS) for words in (["update"], ["add", "refs.bib", "--write"])),
    ],
)
def test_a_list_that_cannot_be_used_is_told_and_left_as_it_is(
    words: list[str], code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = folder / "papers.yaml"
    papers.write_text("- this is no list\n")
    (folder / "refs.bib").write_text("@misc{a, title={New}, author={Example, Ada}}\n")
    before = {path.name for path in folder.iterdir()}
    words = [str(folder / word) if word == "refs.bib" else word for word in words]
    assert run(["-C", str(folder), *words]) == code
    told = capsys.readouterr()
    assert "papers.yaml:1:1: error file-shape: " in told.out + told.err
    assert "Traceback" not in told.err
    assert papers.read_text() == "- this is no list\n"
    assert {path.name for path in folder.iterdir()} - before <= {".catalog-cache"}


def test_a_stale_check_of_a_faulty_list_shows_the_faults(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = folder / "papers.yaml"
    papers.write_text(LIST.replace("sections: [first]", "sections: [frist]"))
    assert run(["-C", str(folder), "readme", "--check"]) == FINDINGS
    told = capsys.readouterr().err
    assert "section-unknown" in told
    assert "stale" not in told


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_steps_are_shown_on_a_terminal_in_one_line_that_goes_and_not_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with show_steps() as show:
        show("one")
    assert capsys.readouterr().err == ""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "40")
    with pytest.raises(KeyboardInterrupt), show_steps() as show:
        show("1/2 one\x1b[2J")
        show("x" * 100)
        raise KeyboardInterrupt
    assert terminal.getvalue().split("\r\x1b[K")[1:] == ["1/2 one\\u001b[2J", "x" * 39, ""]


def test_all_that_is_named_is_relative_to_the_folder_named_with_c(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    (folder / "old.md").write_text("- **Things That Move**, Ada Example, ICX 2024\n")
    (folder / "main.tex").write_text(r"\cite{sample2024second}")
    (folder / "new.bib").write_text("@misc{a, title={New Things}, author={Carla Test}}\n")
    state = '{"version": 1, "links": {}}\n'
    (folder / "a.json").write_text(state)
    assert run(["-C", "..", "init", "new", "--from", "old.md"]) == FINE
    assert "next: cd ../new && catalog build\n" in capsys.readouterr().err
    assert (folder / "new" / "papers.yaml").is_file()
    for words in (
        ["export", "--cited-in", "main.tex", "-o", "out.bib"],
        ["add", "new.bib", "--section", "first", "--write"],
        ["import", "old.md", "-o", "import.yaml"],
        ["links", "--merge", "a.json", "--state", "joined.json"],
    ):
        assert run(["-C", "..", *words]) == FINE, words
        assert Path.cwd() == elsewhere
    assert keys((folder / "out.bib").read_text()) == ["sample2024second"]
    assert "New Things" in (folder / "papers.yaml").read_text()
    assert (folder / "import.yaml").is_file()
    assert (folder / "joined.json").is_file()
    assert list(elsewhere.iterdir()) == []


def test_an_export_replaces_exports_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = folder / "notes.txt"
    notes.write_text("mine")
    tex = folder / "main.tex"
    tex.write_text(r"\cite{sample2024second}")
    before = (folder / "papers.yaml").read_text()
    for name in ("notes.txt", "main.tex", "papers.yaml"):
        words = ["export", "--cited-in", "main.tex", "-o", name]
        assert run(["-C", str(folder), *words]) == UNUSABLE
        assert f"{name} is there already and no export" in capsys.readouterr().err
    os.mkfifo(folder / "pipe")
    assert run(["-C", str(folder), "export", "-o", "pipe"]) == UNUSABLE
    assert "pipe is not a file" in capsys.readouterr().err
    assert notes.read_text() == "mine"
    assert (folder / "papers.yaml").read_text() == before
    for choice in Format:
        for keys_ in ("sample2024second", "example2020first", ""):
            words = ["export", "--format", choice.value, "--keys", keys_, "-o", "out"]
            assert run(["-C", str(folder), *words]) == FINE, words
    assert run(["-C", str(folder), "export", "--keys", "sample2024second", "-o", "one.bib"]) == FINE
    assert capsys.readouterr().err.endswith("1 paper in one.bib\n")
    (folder / "link.bib").symlink_to("one.bib")
    assert run(["-C", str(folder), "export", "-o", "link.bib"]) == FINE
    assert (folder / "link.bib").is_symlink()
    assert len(keys((folder / "one.bib").read_text())) == 2


def test_a_list_without_papers_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "papers.yaml").write_text(LIST.partition("papers:")[0])
    assert run(["-C", str(folder), "stats"]) == FINE
    assert capsys.readouterr().out == (
        "0 papers, 0 authors, 0 placements in sections\n\n"
        "sections\n  first        0\n  second       0\n"
    )


def test_an_empty_list_is_told_how_it_begins(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text("# later\n")
    assert run(["-C", str(folder), "check"]) == FINDINGS
    assert capsys.readouterr().out.startswith(
        "papers.yaml:1:1: error file-empty: the file is empty. Begin with `survey:`, "
    )


def test_a_command_that_is_mistyped_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["expor"]) == UNUSABLE
    assert "there is no command 'expor'. Did you mean 'export'?" in capsys.readouterr().err
    assert run(["frobnicate"]) == UNUSABLE
    assert (
        "there is no command 'frobnicate'. `catalog --help` lists the commands"
        in capsys.readouterr().err
    )


def test_a_venue_is_found_by_any_of_its_names_in_any_case(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "papers.yaml").write_text(
        LIST.replace("{name: Invented Conference}", "{name: Invented Conference, aliases: [OldX]}")
    )
    for name in ("ICX", "icx", "OLDX", "Invented conference"):
        assert run(["-C", str(folder), "export", "--venue", name]) == FINE
        assert len(keys(capsys.readouterr().out)) == 2
    assert run(["-C", str(folder), "export", "--venue", "oldy"]) == UNUSABLE
    assert "there is no venue 'oldy'. Did you mean 'ICX'?" in capsys.readouterr().err


def test_an_unknown_tag_is_answered_with_those_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["-C", str(folder), "export", "--tag", "quite-other"]
    assert run(words) == UNUSABLE
    assert "there is no tag 'quite-other'. No paper has tags" in capsys.readouterr().err
    (folder / "papers.yaml").write_text(LIST.replace("year: 2024", "year: 2024\n    tags: [b, a]"))
    assert run(words) == UNUSABLE
    assert "there is no tag 'quite-other'. Tags: a, b" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--keys", ""], ["--cited-in", "none.tex"], ["--year", "1900"]])
def test_an_export_of_nothing_says_so(
    words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "none.tex").write_text("No citation at all.")
    assert run(["-C", str(folder), "export", *words]) == FINE
    assert capsys.readouterr().err == "no paper is selected\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--merge"], "--merge joins state files; name them: catalog links --merge A.json"),
        (["a.json"], "files are only for --merge: catalog links --merge A.json"),
    ],
)
def test_state_files_and_merge_want_each_other(
    words: list[str], told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(folder), "links", *words]) == UNUSABLE
    assert told in capsys.readouterr().err


def test_the_page_for_maintainers_names_what_they_need() -> None:
    page = (ROOT / "site_src" / "maintainers.md").read_text()
    missing = [name for name in COMMANDS if f"`catalog {name}" not in page]
    # A list that is there is neither begun nor imported; the build writes README.md.
    assert missing == ["readme", "import", "init", "schema", "explain"]


def test_a_bug_ends_with_code_2_and_its_traceback() -> None:
    # 1 would say that the list has findings, or that links are dead.
    script = "import catalog.cli as c; c.run = lambda _: 1 / 0; c.main()"
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert "SystemExit" not in result.stderr


def test_joined_states_are_written_over_no_other_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.json").write_text('{"version": 1, "links": {}}')
    words = ["-C", str(folder), "links", "--merge", "a.json", "--state"]
    assert run([*words, "papers.yaml"]) == UNUSABLE
    assert "papers.yaml: not JSON" in capsys.readouterr().err
    assert (folder / "papers.yaml").read_text() == LIST
    assert run([*words, "a.json"]) == FINE


def test_a_command_in_a_subfolder_uses_the_list_above(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "notes" / "more").mkdir(parents=True)
    monkeypatch.chdir(folder / "notes" / "more")
    assert run(["stats"]) == FINE
    shown = capsys.readouterr()
    assert shown.out.startswith("2 papers")
    assert shown.err == f"using the list in {folder.resolve()}\n"


def test_the_search_for_a_list_ends_at_the_repository(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "other" / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder / "other")
    assert run(["stats"]) == UNUSABLE
    assert "Run `catalog init` to start a list" in capsys.readouterr().err


def test_a_finding_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "venue-unknown"]) == FINE
    assert capsys.readouterr().out.startswith("# venue-unknown\n")
    assert run(["explain"]) == FINE
    assert "venue-unknown\n" in capsys.readouterr().out
    assert run(["explain", "venue"]) == UNUSABLE


def test_a_terminal_shows_the_source_line_with_a_caret(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "papers.yaml").write_text(LIST.replace("year: 2024", "year: 20x4"))
    checked = check(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    lines = show_findings(checked, folder).splitlines()
    (at,) = [number for number, line in enumerate(lines) if "year-invalid" in line]
    assert lines[at + 1].endswith("year: 20x4")
    assert lines[at + 2].index("^") == lines[at + 1].index("20x4")
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[" in show_findings(checked, folder)


def test_the_changes_end_with_one_line_feed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = Repository(tmp_path)
    (tmp_path / "papers.yaml").write_text(LIST)
    repository.commit()
    assert run(["-C", str(tmp_path), "diff", "HEAD"]) == 0
    assert re.search(r"[^\n]\n\Z", capsys.readouterr().out)
