"""The issue form: what GitHub takes, and nothing that a title could break."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.checks.check import check
from catalog.cli import run
from catalog.model.catalog import Catalog
from catalog.tasks.build import find_stale, write_readme
from catalog.tasks.github.form_fields import QUESTIONS, FieldKind
from catalog.tasks.github.issue_form import FORM_FILE, MOST_CHOICES, render_issue_form

ROOT = Path(__file__).parents[3]

HOSTILE = """\
survey: {title: Invented List}
sections:
- {id: things, title: 'A "quoted": #title \\ & {more} [things]'}
- {id: stuff, title: "LONG"}
venues: {None: {}, "- Dash: yes": {}, "on": {}, "123": {}, "@at": {aliases: [none]}}
"""


def load_form(text: str, folder: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    (folder / "papers.yaml").write_text(text.replace("LONG", "Long" * 60))
    catalog = check(folder, today=date(2025, 11, 1)).catalog
    assert catalog is not None
    return yaml.safe_load(render_issue_form(catalog, folder))


def is_taken_by_github(form: Any) -> bool:  # noqa: ANN401
    """Tell whether the form keeps the rules of GitHub's page on common validation errors."""
    asked = [element for element in form["body"] if element["type"] != "markdown"]
    ids = [element["id"] for element in asked]
    labels = [element["attributes"]["label"] for element in asked]
    assert all(re.fullmatch("[a-zA-Z0-9_-]+", id_) for id_ in ids)
    assert len({*ids}) == len(ids) and len({*labels}) == len(labels)
    assert len(form["name"]) > 3 and len(form["description"]) <= 200
    for element in asked:
        options = element["attributes"].get("options", ["one"])
        assert options and len({*options}) == len(options)
        assert all(isinstance(option, str) and option.casefold() != "none" for option in options)
        assert element["type"] == "dropdown" or "options" not in element["attributes"]
    return True


def test_the_form_of_the_invented_list_is_taken(invented_catalog: Catalog, tmp_path: Path) -> None:
    assert is_taken_by_github(yaml.safe_load(render_issue_form(invented_catalog, tmp_path)))


def test_titles_and_names_cannot_break_the_form(tmp_path: Path) -> None:
    form = load_form(HOSTILE, tmp_path)
    assert is_taken_by_github(form)
    by_id = {element.get("id"): element["attributes"] for element in form["body"]}
    first, second = by_id["section"]["options"]
    assert first == 'A "quoted": #title \\ & {more} [things] [things]'
    assert second.endswith("… [stuff]") and len(second) <= 100
    assert by_id["venue"]["options"][1:] == ["- Dash: yes", "on", "123", "@at"]


def test_a_dropdown_that_serves_nobody_becomes_a_line(tmp_path: Path) -> None:
    rows = "".join(f"- {{id: s{n}, title: Section}}\n" for n in range(MOST_CHOICES + 1))
    form = load_form(f"survey: {{title: Many}}\nsections:\n{rows}", tmp_path)
    by_id = {element.get("id"): element for element in form["body"]}
    assert by_id["section"]["type"] == "input"
    assert by_id["venue"]["type"] == "dropdown"


def test_a_generated_form_is_kept_up_to_date_with_the_readme_and_an_own_one_stays(
    invented_folder: Path, invented_catalog: Catalog
) -> None:
    form = invented_folder / FORM_FILE
    write_readme(invented_catalog, invented_folder)
    assert not form.exists()
    form.parent.mkdir(parents=True)
    form.write_text("an own form\n")
    assert FORM_FILE not in find_stale(invented_catalog, invented_folder)
    form.write_text("")
    assert FORM_FILE in find_stale(invented_catalog, invented_folder)
    write_readme(invented_catalog, invented_folder)
    assert find_stale(invented_catalog, invented_folder) == []


def test_the_command_prints_the_form_that_is_committed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["-C", str(ROOT), "schema", "--issue-form"]) == 0
    assert capsys.readouterr().out == (ROOT / FORM_FILE).read_text(encoding="utf-8")


def test_every_question_has_one_label_and_one_id() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.label for question in QUESTIONS}) == len(QUESTIONS)
    assert [q.id for q in QUESTIONS if q.is_required] == ["paper"]
    assert {q.kind for q in QUESTIONS} == {*FieldKind}
