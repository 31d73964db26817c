"""Templates are strict."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from catalog.errors import TemplateFaultError
from catalog.render.templates import (
    find_default,
    find_macro,
    find_template,
    make_environment,
    open_compiled,
    render,
)


def write_template(folder: Path, name: str, text: str) -> None:
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_misspelt_field_ends_in_one_line_with_its_place(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "{{ title }}\n{{ titel }}\n")
    with pytest.raises(TemplateFaultError, match=r"templates/a\.md\.j2.*titel"):
        render(tmp_path, "a.md.j2", title="Things")


def test_a_template_that_is_not_jinja_ends_in_one_line_with_its_line(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "fine\n{% if %}\n")
    with pytest.raises(TemplateFaultError, match=r"templates/a\.md\.j2:2"):
        render(tmp_path, "a.md.j2")


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFaultError, match=r"templates/missing\.md\.j2"):
        render(tmp_path, "missing.md.j2")


def test_a_template_of_the_list_comes_before_the_one_of_the_package(tmp_path: Path) -> None:
    name = "README.md.j2"
    assert make_environment(tmp_path).get_template(name).filename != str(
        tmp_path / "templates" / name
    )
    other = tmp_path / "other"
    other.mkdir()
    write_template(other, name, "own")
    assert render(other, name) == "own"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.html", "&lt;b&gt;"),
        ("a.xml.j2", "&lt;b&gt;"),
        ("a.svg", "&lt;b&gt;"),
        ("a.md.j2", "<b>"),
    ],
)
def test_markup_is_escaped_by_itself(name: str, shown: str, tmp_path: Path) -> None:
    write_template(tmp_path, name, "{{ text }}")
    assert render(tmp_path, name, text="<b>") == shown


def test_a_macro_is_found_by_its_name_and_a_missing_one_is_named(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "{% macro line(text) %}<{{ text }}>{% endmacro %}")
    assert find_macro(tmp_path, "a.md.j2", "line")("x") == "<x>"
    with pytest.raises(TemplateFaultError, match="no macro 'other'"):
        find_macro(tmp_path, "a.md.j2", "other")


def test_a_relative_folder_is_the_one_where_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        templates = tmp_path / name / "templates"
        templates.mkdir(parents=True)
        (templates / "own.md.j2").write_text(name)
        monkeypatch.chdir(tmp_path / name)
        assert render(Path(), "own.md.j2") == name


@pytest.fixture
def user_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    forget_environments()
    yield tmp_path / "cache" / "paper-catalog"
    forget_environments()


def forget_environments() -> None:
    make_environment.cache_clear()
    open_compiled.cache_clear()


@pytest.mark.usefixtures("user_cache")
def test_a_compiled_template_is_kept_for_all_lists_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_template(None, "site/header.html.j2")
    forget_environments()
    text = (find_default("templates") / "site" / "header.html.j2").read_text(encoding="utf-8")
    write_template(tmp_path, "site/header.html.j2", text)
    monkeypatch.delattr(Environment, "compile")
    find_template(None, "site/header.html.j2")
    find_template(tmp_path, "site/header.html.j2")


@pytest.mark.usefixtures("user_cache")
def test_a_template_that_was_edited_is_compiled_again(tmp_path: Path) -> None:
    for text in ("one", "two"):
        write_template(tmp_path, "site/header.html.j2", text)
        forget_environments()
        assert render(tmp_path, "site/header.html.j2") == text


def test_a_cache_that_others_may_write_into_is_not_believed(user_cache: Path) -> None:
    user_cache.mkdir(parents=True)
    user_cache.chmod(0o777)
    assert open_compiled() is None
    assert find_template(None, "site/header.html.j2").name
    assert not any(user_cache.iterdir())


def test_a_cache_that_cannot_be_written_stops_nothing(user_cache: Path) -> None:
    assert open_compiled()
    user_cache.rmdir()
    user_cache.write_text("a file in its place")
    assert find_template(None, "site/header.html.j2").name
