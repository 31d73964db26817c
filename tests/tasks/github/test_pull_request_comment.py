"""The comment on a pull request: its golden file, and hostile text that stays text.

`CATALOG_GOLDEN=write pytest tests/tasks/github/test_pull_request_comment.py` writes it again.
"""

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from catalog.checks.compare import compare, compare_records
from catalog.cli import run
from catalog.store.load import load_files
from catalog.store.yaml import read_yaml
from catalog.tasks.github.pull_request_comment import MAX_CHARACTERS, render_diff, write_fix
from catalog.text.escaping import escape_comment, write_code_block, write_code_span
from tests.repository import Repository

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "diff.md"
DAY = date(2025, 11, 1)

LIST = """\
survey: {title: Invented List}
sections: [{id: things, title: Things}, {id: stuff, title: "Stuff & @more"}]
venues: {Conf: {aliases: [Conference]}, Letters: {kind: journal}}
papers:
- key: example2020old
  title: Old Things
  authors: [Ada Example, Ben Sample]
  venue: Conf
  year: 2020
  sections: [things]
  doi: 10.1000/old
- key: example2021renamed
  title: Renamed Things
  authors: [Ada Example]
  venue: Conf
  year: 2021
  sections: [things]
- {key: example2022gone, title: Gone Things, year: 2022, sections: [things]}
"""
HOSTILE = r"""
key: hostile2024
title: "</details> @everyone #1 GH-12 o/r#5
  ![x](https://evil.example/x.png) ](https://evil.example) `a` ```b``` |
  <img src=x> <!-- https://github.com/o/r/issues/1 www.evil.example a@b.example."
authors: ["@someone Example", {literal: "**Team** [x](y)"}]
venue: Conference
year: 2024
sections: [stuf]
doi: https://doi.org/10.1000/OLD
tags: ["</details>"]
links: {pdf: "https://example.org/a_(b).pdf?x=%7C&amp;", code: https://github.com/o/r/issues/1}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "papers.yaml").write_text(LIST)
    (tmp_path / "README.md").write_text("A list\n")
    repository = Repository(tmp_path)
    repository.commit()
    repository.git("switch", "--quiet", "--create", "mine")
    changed = LIST.replace("year: 2020", "year: 2019").replace("example2021r", "example2022r")
    (tmp_path / "papers.yaml").write_text(re.sub(r"- \{key: example2022gone.*\n", "", changed))
    (tmp_path / "README.md").write_text("A list\n- My paper\n")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "hostile2024.yaml").write_text(HOSTILE)
    return repository


def test_the_comment_of_a_branch_is_the_golden_one(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(repository.folder), "diff", "main"]) == 1
    comment = capsys.readouterr().out
    if os.environ.get("CATALOG_GOLDEN") == "write":
        GOLDEN.write_text(comment, encoding="utf-8")
    assert comment == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("cmark-gfm") is None, reason="cmark-gfm is not installed")
def test_hostile_text_stays_text(repository: Repository) -> None:
    comment = render_diff(compare(repository.folder, "main", today=DAY), repository.folder)
    html = subprocess.run(
        ["cmark-gfm", "--unsafe", "-e", "autolink", "-e", "table", "-e", "tagfilter"],
        input=comment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    hosts = set(re.findall(r'(?:href|src)="(\w+://[^/"]+)', html))
    assert hosts == {"https://doi.org", "https://example.org"}
    assert "<img" not in html
    assert html.count("<details>") == html.count("</details>") == 2
    shown = re.sub(r"<(pre|code)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"[@#]\w|GH-\d", re.sub(r"<[^>]*>", "", shown))


@given(st.text(st.sampled_from("@#GH-1a`<>[]()!*_|~\\&; \n/.:"), max_size=40))
def test_escaped_text_calls_nobody_and_opens_nothing(text: str) -> None:
    html = MarkdownIt("commonmark").enable("strikethrough").render("x " + escape_comment(text))
    assert re.fullmatch(r"<p>[^<>]*(<!-- -->[^<>]*)*</p>\n", html)
    assert not re.search(r"[@#]\w|\bGH-\d", html.replace("&#", ""))


@given(st.text(st.sampled_from("`a \n"), max_size=20))
def test_code_ends_where_it_should(text: str) -> None:
    span = MarkdownIt("commonmark").render(f"x {write_code_span(text)} y")
    assert re.fullmatch(r"<p>x <code>[^<]*</code> y</p>\n", span)
    block = MarkdownIt("commonmark").render(write_code_block(text, "yaml") + "\n\n# End")
    assert block.endswith("</code></pre>\n<h1>End</h1>\n")


@given(st.text(max_size=30))
def test_a_fix_reads_back_as_it_was_meant(text: str) -> None:
    text = "a" + "".join(c for c in text if c.isprintable())
    assert read_yaml(write_fix(("venue", text)).encode(), "x").value == {"venue": text}
    items = (text, "b")
    assert read_yaml(write_fix(("x", items)).encode(), "x").value == {"x": list(items)}


def test_a_comment_has_no_more_characters_than_github_takes(tmp_path: Path) -> None:
    records = "".join(
        f"- {{key: k{n}, title: {'Long ' * 60}{n}, sections: [things]}}\n" for n in range(500)
    )
    old = load_files([("papers.yaml", LIST.encode())])
    new = load_files([("papers.yaml", (LIST + records).encode())])
    comment = render_diff(compare_records(old, new, today=DAY), tmp_path)
    assert len(comment) < MAX_CHARACTERS + 200
    left = re.search(r"…and (\d+) more", comment[-200:])
    assert left is not None
    assert comment.count("#### New") + int(left[1]) == 500


def test_nothing_changed_is_said(repository: Repository) -> None:
    repository.commit()
    comment = render_diff(compare(repository.folder, "HEAD", today=DAY), repository.folder)
    assert "0 new and 0 changed papers" in comment
    assert "Thank you" not in comment


def test_values_of_every_shape_are_shown_as_one_short_line(repository: Repository) -> None:
    changed = LIST.replace("  doi: 10.1000/old\n", "").replace(
        "authors: [Ada Example, Ben Sample]",
        f"authors: [{{given: Ada, family: Example}}, {{literal: {'x' * 400}}}]\n"
        "  links: {pdf: https://example.org/a.pdf, code: https://example.org/code}",
    )
    (repository.folder / "papers.yaml").write_text(changed)
    changes = compare(repository.folder, "main", today=DAY)
    rows = render_diff(changes, repository.folder).splitlines()
    assert "| doi | 10.1000/old | – |" in rows
    (links,) = [row for row in rows if row.startswith("| links |")]
    assert links == (
        r"| links | – | pdf: https\://example.org/a.pdf, code: https\://example.org/code |"
    )
    (authors,) = [row for row in rows if row.startswith("| authors |")]
    assert authors.startswith(
        "| authors | Ada Example, Ben Sample | given: Ada, family: Example, literal: xxx"
    )
    assert authors.endswith("xxx… |")
    assert len(authors.split(" | ")[2]) == 300 + len(" |")


def test_a_readme_that_is_gone_was_edited_and_a_list_that_was_not_there_is_new(
    tmp_path: Path,
) -> None:
    (tmp_path / "README.md").write_text("A list\n")
    repository = Repository(tmp_path)
    repository.commit()
    (tmp_path / "README.md").unlink()
    (tmp_path / "papers.yaml").write_text(LIST)
    changes = compare(tmp_path, "main", today=DAY)
    assert changes.has_edited_readme
    assert len(changes.changed) == LIST.count("key: ")
    assert all(change.before is None for change in changes.changed)


@pytest.mark.parametrize("is_long", [False, True])
def test_ten_authors_are_named_and_more_are_hinted_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_long: bool
) -> None:
    repository = Repository(tmp_path)
    (tmp_path / "papers.yaml").write_text(LIST)
    repository.commit()
    authors = ", ".join(f"Ada Example{letter}" for letter in "abcdefghijk"[: 10 + is_long])
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "new.yaml").write_text(
        f"key: new2024things\ntitle: New Things\nauthors: [{authors}]\n"
        "venue: Conf\nyear: 2024\nsections: [things]\n"
    )
    run(["-C", str(tmp_path), "diff", "HEAD"])
    shown = capsys.readouterr().out.partition("<details>")[0]
    assert ("Examplej, …" in shown) is is_long
    assert "Examplek" not in shown
