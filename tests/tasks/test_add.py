"""Adding papers: looked up at real servers, held against the list, written with nothing else."""

import difflib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.net import Services
from catalog.store.cache_dir import open_cache
from catalog.store.load import load
from tests.lookup.answers import LANDING, csl, entry, feed
from tests.lookup.conftest import Web, json_page
from tests.net.servers import html, say
from tests.repository import Repository

ROOT = Path(__file__).parents[2]
LIST = """\
# A list with comments
survey: {title: Invented List}
sections:
  - {id: things, title: Things}   # the first
  - {id: stuff, title: Stuff}
venues:
  Conf: {name: Invented Conference, aliases: [IC]}
  arXiv: {kind: preprint}

papers:
  # oldest first
  - key: sample2020old
    title:   "Old Things"   # spaced on purpose
    authors: [Ben Sample]
    venue: Conf
    year: 2020
    sections: [things]
    doi: 10.1000/old
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / "papers.yaml").write_text(LIST)
    return tmp_path / "list"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    host = Web(otherwise=say(404, b"Not here", type_="text/plain"))
    with host:
        services = host.services()
        for name in Services.__dataclass_fields__:
            monkeypatch.setenv(f"CATALOG_SERVICE_{name.upper()}", getattr(services, name))
        yield host


@pytest.fixture
def add(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def add_these(*words: str) -> tuple[int, str, str]:
        code = run(["-C", str(folder), "add", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return add_these


def test_a_paper_is_shown_and_nothing_written(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, out, err = add("10.1000/example", "--section", "things")
    assert (code, err) == (0, "")
    assert out.startswith("- key: example2024things\n  title: Things, and How to Align Them\n")
    assert "venue: Conf\n" in out
    assert "booktitle: Proceedings of the 12th Invented Conference\n" in out
    assert "sections: [things]\n" in out
    assert (folder / "papers.yaml").read_text() == LIST


def test_a_paper_is_written_and_skipped_the_second_time_with_its_place(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    assert add("10.1000/example", "--section", "things", "--write")[0] == 0
    written = (folder / "papers.yaml").read_text()
    assert written.startswith(LIST)
    code, out, err = add("10.1000/example", "--section", "stuff", "--write")
    line = written[: written.index("- key: example2024things")].count("\n") + 1
    assert (code, out) == (0, "")
    assert f"papers.yaml:{line} [example2024things], the same DOI" in err
    assert (folder / "papers.yaml").read_text() == written


def test_the_same_work_from_arxiv_and_by_its_doi_is_one(web: Web, add: Run) -> None:
    web.pages["/arxiv"] = say(200, feed(entry()), type_="application/atom+xml")
    web.pages["/doi/10.1000/example"] = json_page(csl())
    for names in (("2401.00001", "10.1000/example"), ("10.1000/example", "2401.00001")):
        code, out, _ = add(*names, "--section", "things")
        assert code == 0
        assert out.count("- key:") == 1
        assert "doi: 10.1000/example\n" in out and 'arxiv: "2401.00001"\n' in out
        assert "venue: Conf\n" in out and "year: 2024\n" in out


def test_a_preprint_of_a_listed_paper_is_a_duplicate(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    assert add("10.1000/example", "--section", "things", "--write")[0] == 0
    web.pages["/arxiv"] = say(200, feed(entry()), type_="application/atom+xml")
    code, _, err = add("2401.00001", "--section", "things", "--write")
    assert code == 0
    assert "the same title and first author" in err
    assert "lacks (fill with --update): arxiv" in err
    assert add("2401.00001", "--section", "things", "--update", "--write")[0] == 0
    loaded = load(folder)
    assert loaded.catalog is not None
    paper = loaded.catalog.paper_by_key["example2024things"]
    assert (paper.arxiv, paper.doi, paper.venue) == ("2401.00001", "10.1000/example", "Conf")


def test_a_paper_under_a_changed_title_is_remarked(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    assert add("10.1000/example", "--section", "things", "--write")[0] == 0
    other = entry(title="Things and How to Align Them Well")
    web.pages["/arxiv"] = say(200, feed(other), type_="application/atom+xml")
    code, _, err = add("2401.00001", "--section", "things")
    assert code == 0
    assert "may be in the list: papers.yaml:" in err


def test_a_new_venue_is_proposed_and_written_with_its_row(web: Web, add: Run, folder: Path) -> None:
    item = csl(**{"container-title": "International Conference on Machine Learning"})
    web.pages["/doi/10.1000/example"] = json_page(item)
    code, out, err = add("10.1000/example", "--section", "things", "--write")
    assert code == 0
    assert "new venue 'ICML'" in err
    assert "venue: ICML\n" in out
    loaded = load(folder)
    assert loaded.catalog is not None
    assert loaded.catalog.venues["ICML"].kind == "conference"
    assert run(["-C", str(folder), "check"]) == 0


def test_one_failure_keeps_all_out(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, out, err = add("10.1000/example", "10.1000/nope", "nonsense", "--write")
    assert code == 1
    assert "there is no DOI 10.1000/nope" in err
    assert "'nonsense' names no paper" in err
    assert "key: example2024things" in out
    assert (folder / "papers.yaml").read_text() == LIST


def test_an_unknown_section_is_named_before_anything_is_written(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, _, err = add("10.1000/example", "--section", "thing", "--write")
    assert (code, "Did you mean 'things'?" in err) == (2, True)
    assert (folder / "papers.yaml").read_text() == LIST


def test_a_bibtex_file_is_added_whole(web: Web, add: Run, folder: Path, tmp_path: Path) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(
        '@inproceedings{x, title={A {B}ig G{\\"o}del Thing}, author={Doe, Jane and others},\n'
        " booktitle={Proc. of IC}, year=2021}\n"
        "@article{y, title={Other}, author={Example, Ada}, journal={Letters of X}, year=2022}\n"
    )
    code, out, _ = add(str(bib), "--section", "things", "--write")
    assert code == 0
    assert "key: x\n" in out and "A Big Gödel Thing" in out
    assert run(["-C", str(folder), "check"]) == 0


def test_an_issue_that_cannot_be_read_or_names_a_file_is_refused(
    web: Web, add: Run, folder: Path
) -> None:
    code, _, err = add("--from-issue", str(folder), "--write")
    assert (code, "Is a directory" in err or "is a directory" in err) == (2, True)
    code, _, err = add("--from-issue", write_issue(folder, "refs.bib"), "--write")
    assert (code, "paste its identifier or address" in err) == (2, True)
    assert not (folder / "papers").exists()


def test_what_an_issue_says_fills_what_was_not_found_and_its_links_are_kept(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/things"] = html(LANDING)
    code, out, _ = add("--from-issue", write_issue(folder, f"{web.address}/things"))
    assert code == 0
    assert "pdf: https://example.org/things.pdf\n" in out
    assert "code: https://example.org/code\n" in out


def test_words_that_exclude_each_other_are_wrong_use(add: Run, folder: Path) -> None:
    assert add()[0] == 2
    issue = folder / "issue.md"
    issue.write_text("x")
    assert add("2401.00001", "--from-issue", str(issue))[0] == 2


# The real list


def test_adding_to_the_real_list_changes_only_the_added_lines(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "papers.yaml", tmp_path)
    before = (tmp_path / "papers.yaml").read_text(encoding="utf-8")
    item = csl(**{"container-title": "Advances in Neural Information Processing Systems"})
    web.pages["/doi/10.1000/example"] = json_page(item)
    words = ["add", "10.1000/example", "--section", "alignment-metrics", "--write"]
    assert run(["-C", str(tmp_path), *words]) == 0
    shown = capsys.readouterr().out
    after = (tmp_path / "papers.yaml").read_text(encoding="utf-8")
    diff = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert [line for line in diff if line.startswith("-")] == []
    added = [line[2:] for line in diff if line.startswith("+")]
    assert [line.strip() for line in added if line.strip()] == [
        line.strip() for line in shown.splitlines()
    ]
    assert run(["-C", str(tmp_path), "check", "--strict"]) == 0


# Issues


BODY = """### Paper

{paper}

### Sections

Stuff [stuff]

### Title

{title}

### Authors

_No response_

### Venue

Another one, or I do not know

### Year

_No response_

### Code

https://example.org/code

### Project page

_No response_

### Remark

Please!
"""


def write_issue(folder: Path, paper: str, title: str = "_No response_") -> str:
    (folder.parent / "issue.md").write_text(BODY.format(paper=paper, title=title))
    return str(folder.parent / "issue.md")


def test_an_issue_becomes_a_file_of_its_own(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, _, _ = add("--from-issue", write_issue(folder, "10.1000/example"), "--write")
    assert code == 0
    text = (folder / "papers" / "example2024things.yaml").read_text()
    assert "sections: [stuff]\n" in text
    assert "code: https://example.org/code\n" in text
    assert "Please" not in text
    assert (folder / "papers.yaml").read_text() == LIST
    assert run(["-C", str(folder), "check"]) == 0


def test_what_cannot_be_looked_up_is_taken_by_hand_when_it_has_a_title(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/blog"] = html("<title>no tags</title>")
    code, out, err = add("--from-issue", write_issue(folder, f"{web.address}/blog", "By Hand"))
    assert code == 0
    assert "title: By Hand\n" in out and f"page: {web.address}/blog\n" in out
    assert "note: not confirmed: written by hand, since" in err
    assert add("--from-issue", write_issue(folder, f"{web.address}/blog"))[0] == 2


def test_an_issue_whose_address_leads_to_another_paper_is_refused(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    issue = write_issue(folder, "10.1000/example", "Stuff and Nonsense")
    code, _, err = add("--from-issue", issue, "--write")
    assert (code, "leads to another paper" in err) == (2, True)
    assert not (folder / "papers").exists()


@pytest.mark.parametrize(
    "title",
    [
        "$(touch pwned)",
        "`touch pwned`",
        "x\\n- key: evil",
        "a: b # c",
        "!!python/object/apply:os.system [touch pwned]",
        "&a *a",
        "{{ 7 * 7 }} ${{ secrets.X }}",
        "../../../etc/passwd",
        "| cat > pwned",
        "'; DROP TABLE papers; --",
    ],
)
def test_hostile_titles_are_written_as_text(web: Web, add: Run, folder: Path, title: str) -> None:
    page = LANDING.replace("citation_title", "no_title")
    web.pages["/blog"] = html(page)
    code, _, _ = add("--from-issue", write_issue(folder, f"{web.address}/blog", title), "--write")
    assert code == 0
    (file,) = (folder / "papers").iterdir()
    assert file.suffix == ".yaml"
    catalog = load(folder).catalog
    assert catalog is not None
    assert catalog.papers[-1].title == title
    assert not list(folder.rglob("pwned"))


def test_two_contributors_branches_merge_without_conflict(web: Web, add: Run, folder: Path) -> None:
    (folder / ".gitignore").write_text(".catalog-cache/\n")
    repository = Repository(folder)
    repository.commit("Begin")
    web.pages["/doi/10.1000/one"] = json_page(csl(DOI="10.1000/one", title="First of Things"))
    web.pages["/doi/10.1000/two"] = json_page(csl(DOI="10.1000/two", title="Second of Things"))
    for name in ("one", "two"):
        repository.git("switch", "--quiet", "--create", name, "main")
        assert add("--from-issue", write_issue(folder, f"10.1000/{name}"), "--write")[0] == 0
        assert run(["-C", str(folder), "check", "--changed-since", "main"]) == 0
        repository.commit(f"Add {name}")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-edit", "one")
    repository.git("merge", "--quiet", "--no-edit", "two")
    catalog = load(folder).catalog
    assert catalog is not None
    assert {paper.title for paper in catalog.papers} == {
        "Old Things",
        "First of Things",
        "Second of Things",
    }
    assert run(["-C", str(folder), "check", "--strict"]) == 0


def test_answers_are_kept_beside_the_list_and_used_again(web: Web, add: Run, folder: Path) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    add("10.1000/example", "--section", "things")
    asked = len(web.visits)
    add("10.1000/example", "--section", "things")
    assert len(web.visits) == asked
    kept = json.loads(next((open_cache(folder) / "resolving").iterdir()).read_bytes())
    assert kept["status"] == 200
    assert os.environ["CATALOG_SERVICE_DOI"] in kept["asked"]


def test_a_record_without_section_is_shown_with_a_note_and_never_written(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, out, err = add("10.1000/example")
    assert code == 0
    assert out.startswith("- key: example2024things\n")
    asked = "'Things, and How to Align Them' has no section; name one with --section\n"
    assert err == f"note: {asked}"
    code, _, err = add("10.1000/example", "--write")
    assert code == 1
    assert err == f"not added: {asked}"
    assert (folder / "papers.yaml").read_text() == LIST


def test_what_names_no_section_goes_where_there_is_only_one(
    web: Web, add: Run, folder: Path
) -> None:
    papers = folder / "papers.yaml"
    papers.write_text(LIST.replace("  - {id: stuff, title: Stuff}\n", ""))
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, out, _ = add("10.1000/example", "--write")
    assert code == 0
    assert "sections: [things]\n" in out
    assert run(["-C", str(folder), "check"]) == 0


def test_update_puts_the_published_version_in_the_place_of_a_listed_preprint(
    web: Web, add: Run, folder: Path
) -> None:
    web.pages["/arxiv"] = say(200, feed(entry()), type_="application/atom+xml")
    assert add("2401.00001", "--section", "things", "--write")[0] == 0
    web.pages["/doi/10.1000/example"] = json_page(csl())
    code, _, err = add("10.1000/example", "--section", "things")
    assert code == 0
    assert "  would replace: venue 'arXiv' (of the preprint)" in err
    code, _, err = add("10.1000/example", "--section", "things", "--update", "--write")
    assert code == 0
    assert "  replaces: venue 'arXiv' (of the preprint)" in err
    loaded = load(folder)
    assert loaded.catalog is not None
    (paper,) = (one for one in loaded.catalog.papers if one.arxiv == "2401.00001")
    assert (paper.venue, paper.doi) == ("Conf", "10.1000/example")
    again = (folder / "papers.yaml").read_text()
    assert add("10.1000/example", "--section", "things", "--update", "--write")[0] == 0
    assert (folder / "papers.yaml").read_text() == again
