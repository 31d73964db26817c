"""Several files, folders and pages with front matter, each as one list."""

from pathlib import Path

import pytest

from catalog.errors import UnreadableInputError, UsageError
from catalog.importers.files import import_files
from catalog.tasks.init import plan_init

LINE = "- [{title}](https://arxiv.org/abs/{id}), Ada Example and Ben Sample. ICML 2020.\n"
FILES = {
    "README.md": "# Awesome Things\n\n- [Vision](vision.md)\n- [Language](language.rst)\n",
    "vision.md": "# Vision\n\nAbout pictures.\n\n## Early\n\n"
    + LINE.format(title="Lifting Heavy Boxes", id="2001.00001")
    + LINE.format(title="Nets that Fall and Rise", id="2001.00002"),
    "language.rst": "Language\n========\n\nEarly\n-----\n\n"
    "* `Words that Move <https://arxiv.org/abs/2001.00003>`_, Ada Example. ICML 2020.\n"
    "* `Nouns at Rest <https://arxiv.org/abs/2001.00004>`_, Ada Example. ICML 2020.\n",
    "CONTRIBUTING.md": "# How to help\n\n- [A Guide to Help](https://a.example/help)\n",
}
PAGE = """---
title: "Lifting Heavy Boxes: A Study"
authors: [Ada Example, Ben Sample]
date: 2020-03-01
publication: "*Journal of Moving*, 15(4)"
url_pdf: https://a.example/boxes.pdf
url_slides: /slides.pdf
links:
- {name: Code, url: "https://github.com/example/boxes"}
level: advanced
---
Some words.
"""
TOML = """+++
title = "Nets that Fall"
author = ["Cem Probe"]
date = 2021-05-01
venue = "ICML"
+++
"""


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "publication"
    (folder / "boxes").mkdir(parents=True)
    (folder / "boxes" / "index.md").write_text(PAGE, encoding="utf-8")
    (folder / "nets.md").write_text(TOML, encoding="utf-8")
    (folder / "_index.md").write_text("---\ntitle: Publications\n---\n", encoding="utf-8")
    (folder / "draft.md").write_text("---\ntitle: No\ndoi: 10.1/x\ndraft: true\n---\n")
    (folder / "post.md").write_text("---\ntitle: A post\ndate: 2020\n---\n")
    return folder


def test_files_of_a_folder_keep_the_order_of_its_index_and_are_sections(lists: Path) -> None:
    made = import_files(lists).made
    survey, sections = made.head["survey"], made.head["sections"]
    assert isinstance(survey, dict)
    assert survey["title"] == "Awesome Things"
    assert isinstance(sections, list)
    assert [one["title"] for one in sections if isinstance(one, dict)] == ["Vision", "Language"]
    assert [draft.values["title"] for draft in made.drafts] == [
        "Lifting Heavy Boxes",
        "Nets that Fall and Rise",
        "Words that Move",
        "Nouns at Rest",
    ]
    assert [draft.values["sections"] for draft in made.drafts] == [["early"]] * 2 + [
        ["early-2"]
    ] * 2


def test_files_are_in_the_order_in_which_they_are_named(lists: Path) -> None:
    drafts = import_files(lists / "language.rst", lists / "vision.md").made.drafts
    assert str(drafts[0].values["title"]) == "Words that Move"


def test_an_old_list_of_several_files_is_planned_as_one(lists: Path, tmp_path: Path) -> None:
    plan = plan_init(tmp_path / "new", sources=[lists])
    assert plan.papers is not None
    assert len(plan.papers.drafts) == 4
    assert {name for name, _ in plan.copies} == {
        "README.old.md",
        "vision.old.md",
        "language.old.rst",
    }


def test_pages_with_front_matter_are_a_paper_each(pages: Path) -> None:
    result = import_files(pages, columns={"facets.level": "level"})
    boxes, nets = result.made.drafts
    assert boxes.values["title"] == "Lifting Heavy Boxes: A Study"
    assert boxes.values["authors"] == ["Ada Example", "Ben Sample"]
    assert boxes.values["venue"] == "Journal of Moving"
    assert (boxes.values["year"], boxes.values["volume"], boxes.values["number"]) == (
        "2020",
        "15",
        "4",
    )
    assert boxes.values["links"] == {
        "pdf": "https://a.example/boxes.pdf",
        "code": "https://github.com/example/boxes",
    }
    assert boxes.values["note"] == "Some words."
    assert boxes.values["facets"] == {"level": ["advanced"]}
    assert nets.values["authors"] == ["Cem Probe"]
    assert str(nets.source).endswith("nets.md:2")
    assert "url_slides (relative)" in result.summary
    for reason in ("a page about its folder", "a draft, which is not published", "not the page of"):
        assert reason in result.summary


def test_pages_become_a_list_without_copies(pages: Path, tmp_path: Path) -> None:
    plan = plan_init(tmp_path / "new", sources=[pages], columns={"facets.level": "level"})
    assert plan.papers is not None
    assert len(plan.papers.drafts) == 2
    assert not plan.copies


def test_an_unknown_name_in_front_matter_is_refused_with_the_nearest_one(pages: Path) -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'level'\?"):
        import_files(pages, columns={"facets.level": "levl"})


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableInputError, match="has no list"):
        import_files(tmp_path)


def test_files_outside_of_a_folder_are_not_read_through_a_link(lists: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(LINE.format(title="Not Ours at All", id="2001.00009"))
    (lists / "link.md").symlink_to(tmp_path / "other.md")
    titles = [draft.values["title"] for draft in import_files(lists).made.drafts]
    assert "Not Ours at All" not in titles
