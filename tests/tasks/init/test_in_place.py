"""A hand-written list moves in where it lives: nothing is changed by it, and nothing is lost."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.errors import UsageError
from catalog.store.load import load
from catalog.tasks.build import build
from catalog.tasks.init import init
from catalog.tasks.init.written_files import FILE
from catalog.tasks.upgrade import plan_upgrade
from tests.tasks.init.losses import convert, find_losses

pytestmark = pytest.mark.slow

REPOSITORIES = sorted((Path(__file__).parents[2] / "data/repositories").iterdir())
TODAY = date(2025, 11, 1)

LIST = """\
# Awesome Things

![Logo](figs/logo.png)

Papers on things.

## Contents

- [Moving](#moving)
- [Tools](#tools)

## News

- 2024-05-01: see [the slides](docs/slides.pdf)

## Moving

- **Things in Motion**, Ada Example, CVPR 2024. [[pdf]](https://example.org/a.pdf) ![t](figs/t.png)
- **Moving Things**, Ben Sample, ICLR 2023. [[pdf]](papers/b.pdf)
- **More Things**, Cy Test, ICML 2022. [[pdf]](https://example.org/c.pdf)

[back to top](#contents)

## Tools

- [thinglib](https://github.com/example/thinglib) - moves things

## Citation

```bibtex
@article{example2024things,
  title={Awesome Things}, author={Example, Ada}, year={2024}, journal={Letters}
}
```

## Contact

<ada@example.org>
"""


def clone(folder: Path, *, branch: str = "master", text: str = LIST) -> Path:
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(text, "utf-8")
    return to_repository(folder, branch)


def to_repository(folder: Path, branch: str) -> Path:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org")
        subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch", branch)
    git("remote", "add", "origin", "git@github.com:ada-example/things.git")
    git("add", "--all", "--force")
    git("commit", "--quiet", "--message", "List")
    git("update-ref", f"refs/remotes/origin/{branch}", "HEAD")
    git("symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{branch}")
    return folder


@pytest.mark.parametrize("repository", REPOSITORIES, ids=lambda path: path.name)
def test_a_repository_loses_nothing_and_one_revert_undoes_it(
    repository: Path, tmp_path: Path
) -> None:
    source = shutil.copytree(repository, tmp_path / "source")
    to_repository(source, "master")

    old, differs = convert(source, tmp_path / "list")
    losses = find_losses(old, tmp_path / "list")

    assert losses.links[1] == []
    assert losses.images[1] == []
    assert losses.headings[1] == []
    assert len(losses.words[1]) <= losses.words[0] / 100
    assert differs == []


def test_everything_of_the_readme_has_a_place(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    (folder / "LICENSE").write_text(
        "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a "
        "copy", "utf-8",
    )  # fmt: skip

    made = init(folder, today=TODAY)

    catalog = made.checked.catalog
    assert catalog is not None, made.checked.findings
    assert made.keeps_readme
    assert (folder / "README.md").read_text("utf-8") == LIST
    assert (folder / "README.old.md").read_text("utf-8") == LIST
    survey = catalog.survey
    assert survey.title == "Awesome Things"
    assert survey.contact == "ada@example.org"
    assert survey.licence.data == "MIT"
    assert survey.links.repository == "https://github.com/ada-example/things"
    assert survey.links.website == "https://ada-example.github.io/things/"
    assert [figure.src for figure in survey.figures] == ["figs/logo.png"]
    assert [paper.key for paper in catalog.citations] == ["example2024things"]
    assert [(one.title, one.kind.value) for one in catalog.head.resources] == [("thinglib", "tool")]
    by_title = {paper.title: paper for paper in catalog.papers}
    assert [one.src for one in by_title["Things in Motion"].figures] == ["figs/t.png"]
    assert by_title["Moving Things"].links == {
        "pdf": "https://github.com/ada-example/things/blob/master/papers/b.pdf"
    }
    header = (folder / "readme/header.md").read_text("utf-8")
    assert "[the slides](docs/slides.pdf)" in header
    assert "Contents" not in header
    assert "branches: [master]" in (folder / ".github/workflows/publish.yml").read_text("utf-8")


def test_files_that_exist_stay_and_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clone(tmp_path / "things")
    own = {"Makefile": "all:\n", "mkdocs.yml": "site_name: Mine\n", "requirements.txt": "numpy\n"}
    own |= {".gitignore": "*.log\n", "CITATION.cff": "cff-version: 1.2.0\n"}
    own |= {".github/ISSUE_TEMPLATE/paper.yml": "name: Mine\n", "docs/index.md": "# Mine\n"}
    for name, text in own.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    assert run(["init", str(folder)]) == 0

    told = capsys.readouterr().err
    assert "Left as they are, because they exist: .gitignore, Makefile, mkdocs.yml" in told
    assert "catalog build" in told
    assert "catalog" in (folder / "requirements-catalog.txt").read_text("utf-8")
    assert "requirements-catalog.txt" in (folder / ".github/install").read_text("utf-8")
    assert not (folder / "site_src").exists()
    assert build(folder, today=TODAY).site is not None
    assert {name: (folder / name).read_text("utf-8") for name in own} == own
    assert (folder / "site/old-and-new/index.html").is_file()


def test_impossible_values_are_left_out_with_a_comment(tmp_path: Path) -> None:
    text = LIST.replace("CVPR 2024", "CVPR 2091").replace(
        "https://example.org/c.pdf", "https://doi.org/10.1000/"
    )
    folder = clone(tmp_path / "things", text=text)

    made = init(folder, today=TODAY)

    assert made.checked.catalog is not None, made.checked.findings
    assert len(made.checked.catalog.papers) == 3


def test_no_licence_is_assumed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = clone(tmp_path / "things")

    assert run(["init", str(folder)]) == 0

    assert "no licence found" in capsys.readouterr().err
    assert not (folder / "LICENSE").exists()
    catalog = load(folder).catalog
    assert catalog is not None and catalog.survey.licence.data is None


def test_what_was_written_is_remembered(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    init(folder, today=TODAY)

    files = json.loads((folder / FILE).read_text("utf-8"))["files"]

    assert {"Makefile", "mkdocs.yml", ".github/workflows/publish.yml"} <= set(files)
    assert not {"README.md", "papers.yaml", "readme/header.md"} & set(files)


def test_a_catalog_is_not_converted_twice(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    init(folder, today=TODAY)

    with pytest.raises(UsageError, match="catalog upgrade"):
        init(folder, today=TODAY)


PROSE = "# Things of a Group\n\nOur papers are in [papers.md](papers.md).\n\n[Talk](talk.pdf)\n"
"""A README whose list is elsewhere."""


def test_a_readme_without_papers_is_kept_and_the_list_begins_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clone(tmp_path / "things", text=PROSE)

    assert run(["init", str(folder)]) == 0

    assert "README.md has no list of papers" in capsys.readouterr().err
    assert (folder / "README.old.md").read_text("utf-8") == PROSE
    catalog = load(folder).catalog
    assert catalog is not None and catalog.papers == ()
    assert catalog.survey.title == "Things of a Group"
    build(folder, today=TODAY)
    assert PROSE in (folder / "README.md").read_text("utf-8")


def papers_of(number: int) -> str:
    lines = (
        f"- **Things of the {name} Kind**, Ada Example, CVPR 2024. [[pdf]](https://example.org/{name})"
        for name in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh")[:number]
    )
    return "# More Things\n\n## Moving\n\n" + "\n".join(lines) + "\n"


PAGE = """\
---
title: Things of Page {number}
authors: Ada Example
year: 2024
venue: CVPR
---
Abstract.
"""


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        (PROSE, ["papers.md"], "no list of papers, but other files have more: papers.md (7)"),
        (papers_of(3), ["lists/a.md"], "3 papers, but other files have more: lists/a.md (7)"),
        (PROSE, ["lists/a.md", "lists/b.md", "lists/c.md"], "have more: lists (21)"),
        (PROSE, ["a/README.md", "b/README.md", "c/README.md"], "in several folders (21)"),
        (PROSE, ["_papers/one.md", "_papers/two.md"], "have more: _papers (2)"),
    ],
)
def test_a_readme_with_fewer_papers_than_other_files_is_not_converted(
    text: str, names: list[str], shown: str, tmp_path: Path
) -> None:
    folder = clone(tmp_path / "things", text=text)
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(exist_ok=True)
        page = PAGE.format(number=number) if "_papers" in name else papers_of(7)
        (folder / name).write_text(page, "utf-8")
    before = sorted(folder.rglob("*"))

    with pytest.raises(UsageError, match="Name the lists") as refused:
        init(folder, today=TODAY)

    assert shown in str(refused.value)
    assert sorted(folder.rglob("*")) == before


def test_a_list_besides_the_readme_keeps_both(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things", text=PROSE)
    (folder / "papers.md").write_text(papers_of(7), "utf-8")

    made = init(folder, today=TODAY, sources=[folder / "papers.md"])

    assert made.checked.catalog is not None and len(made.checked.catalog.papers) == 7
    assert not (folder / "papers.old.md").exists()
    assert (folder / "README.old.md").read_text("utf-8") == PROSE
    build(folder, today=TODAY)
    assert PROSE in (folder / "README.md").read_text("utf-8")


def test_a_readme_in_another_markup_is_converted_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clone(tmp_path / "things")
    (folder / "README.md").rename(folder / "README.rst")
    items = (
        f"- `Thing {name} <https://example.org/{name}>`_, Ada Example, CVPR 2024" for name in "abc"
    )
    (folder / "README.rst").write_text(
        "Things\n======\n\nMoving\n------\n\n" + "\n".join(items) + "\n", "utf-8"
    )

    assert run(["init", str(folder)]) == 0

    assert "delete README.rst when you have compared" in capsys.readouterr().err
    catalog = load(folder).catalog
    assert catalog is not None and len(catalog.papers) == 3
    assert not (folder / "README.old.rst").exists()


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/contributing.rst"])
def test_the_owners_contributing_is_not_hidden_by_another(name: str, tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("Edit README.md.\n", "utf-8")

    made = init(folder, today=TODAY)

    assert name in made.plan.left
    assert not (folder / ".github/CONTRIBUTING.md").exists()
    assert made.checked.catalog is not None
    planned = plan_upgrade(folder, made.checked.catalog)
    assert ".github/CONTRIBUTING.md" not in [file.name for file in planned.files]


def test_a_list_without_a_title_is_named_as_its_repository(tmp_path: Path) -> None:
    text = LIST.replace("# Awesome Things\n", '<h1><img src="figs/head.png"></h1>\n')
    made = init(clone(tmp_path / "folder", text=text), today=TODAY)

    assert made.checked.catalog is not None
    assert made.checked.catalog.survey.title == "things"


def test_the_first_of_several_great_headings_is_the_title(tmp_path: Path) -> None:
    text = LIST.replace("## Moving", "# 1 Moving").replace("## Tools", "# 2 Tools")
    folder = clone(tmp_path / "folder", text=text)
    made = init(folder, today=TODAY)

    assert made.checked.catalog is not None
    assert made.checked.catalog.survey.title == "Awesome Things"
    build(folder, today=TODAY)
    assert (folder / "README.md").read_text("utf-8").count("# Awesome Things\n") == 1


def test_a_bibliography_with_more_entries_is_named(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things", text=papers_of(3))
    entry = "@misc{{key{n}, title={{Thing {n}}}, note={{" + "x" * 5_000 + "}}}}\n"
    (folder / "all.bib").write_text("".join(entry.format(n=n) for n in range(90)), "utf-8")

    with pytest.raises(UsageError, match=r"all\.bib \(90\)"):
        init(folder, today=TODAY)


def test_a_picture_of_the_header_is_not_shown_twice(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    init(folder, today=TODAY)
    build(folder, today=TODAY)

    assert (folder / "README.md").read_text("utf-8").count("figs/logo.png") == 1


def test_the_readme_names_commands_that_the_repository_has(tmp_path: Path) -> None:
    folder = clone(tmp_path / "things")
    (folder / "Makefile").write_text("paper.pdf:\n", "utf-8")
    (folder / "requirements.txt").write_text("numpy\n", "utf-8")
    init(folder, today=TODAY)
    build(folder, today=TODAY)

    readme = (folder / "README.md").read_text("utf-8")
    assert "make build" not in readme
    assert "pip install -r requirements-catalog.txt\ncatalog build\n" in readme


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        (
            {".gitignore": "*.log\nsite\n"},
            [r"next: {cd}printf '\n/.venv/\n' >> .gitignore && catalog"],
        ),
        ({".gitignore": "site/\n.venv\n"}, ["next: {cd}catalog build"]),
        ({}, ["next: {cd}catalog build", "https://ada-example.github.io/things/ exists after the"]),
        (
            {"CNAME": "things.example.org\n", "index.html": "<p>"},
            ["index.html publishes a website already, maybe at https://things.example.org/"],
        ),
        (
            {".github/workflows/site.yml": "jobs: {a: {steps: [{run: mkdocs gh-deploy}]}}\n"},
            [".github/workflows/site.yml publishes a website already"],
        ),
        (
            {"refs.bib": "@misc{a, title={A}}\n"},
            ["catalog add refs.bib --section moving --update --write"],
        ),
        ({"CONTRIBUTING.md": "Edit.\n"}, ["CONTRIBUTING.md is yours"]),
    ],
)
def test_the_next_steps_are_those_of_this_repository(
    files: dict[str, str], lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clone(tmp_path / "things")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    assert run(["init", str(folder)]) == 0

    told = capsys.readouterr().err
    for line in lines:
        assert line.replace("{cd}", f"cd {folder} && ") in told
