"""The adapter to MkDocs: what `mkdocs build` and `catalog build` make of a list."""

import base64
import hashlib
import json
import logging
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from catalog.errors import EngineError
from catalog.site.mkdocs.defaults import exclude_pages
from catalog.tasks.build import build as build_list

BARE = "site_name: Invented\nplugins: [catalog]\n"
FULL = Path(__file__).parents[3] / "mkdocs.yml"
SERVE_SECONDS = 60
TODAY = date(2025, 11, 1)

# Material and MkDocs' own theme loading warn about what they will change; that is theirs to mend.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(autouse=True)
def _quiet_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


@pytest.fixture
def project(invented_folder: Path) -> Path:
    """The invented list with the shortest mkdocs.yml."""
    (invented_folder / "mkdocs.yml").write_text(BARE, encoding="utf-8")
    (invented_folder / "docs").mkdir()
    return invented_folder


def read_all(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def build_alone(project: Path) -> Path:
    """Build as `mkdocs build --strict` does, and return the site's folder."""
    config = load_config(str(project / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return Path(config.site_dir)


def test_a_bare_project_gets_the_whole_site(project: Path) -> None:
    site = build_alone(project)
    for name in (
        "index.html",
        "papers/index.html",
        "papers/minimal/index.html",
        "papers/minimal/minimal.bib",
        "sections/things/index.html",
        "submit/index.html",
        "about/index.html",
        "export/all.bib",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "assets/catalog/browse.js",
    ):
        assert (site / name).is_file(), name
    assert not (site / "_frame").exists()
    assert not (site / "sitemap.xml.gz").exists()


def test_a_project_that_names_another_theme_keeps_it(project: Path) -> None:
    (project / "mkdocs.yml").write_text(BARE + "theme: readthedocs\n", encoding="utf-8")
    site = build_alone(project)
    assert "readthedocs" in (site / "index.html").read_text(encoding="utf-8").lower()
    assert not (site / "assets" / "javascripts").exists()


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_the_name_and_the_description_of_the_site_stay_text_in_any_theme(
    project: Path, theme: str
) -> None:
    title = "\"><script>caught('A' & B)</script> &lt;"
    config = {"site_name": title, "plugins": ["catalog"], "theme": theme}
    (project / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    papers = project / "papers.yaml"
    text, count = re.subn(
        r"(?m)^  title: .*$",
        lambda _: f"  title: {json.dumps(title)}",
        papers.read_text(encoding="utf-8"),
        count=1,
    )
    assert count == 1
    papers.write_text(text, encoding="utf-8")
    site = build_alone(project)
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert len(pages) > 10
    for html in pages:
        assert "<script>caught" not in html
        assert "&amp;#34;" not in html
        assert "&amp;lt;script" not in html
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;caught(&#39;A&#39; &amp; B)&lt;/script&gt;" in home


@pytest.mark.parametrize("place", ["site", "site/papers"])
def test_mkdocs_alone_empties_and_fills_no_folder_that_a_link_leads_to(
    project: Path, place: str, tmp_path: Path
) -> None:
    thesis = tmp_path / "precious" / "thesis.txt"
    thesis.parent.mkdir()
    thesis.write_text("precious", encoding="utf-8")
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).symlink_to(thesis.parent)
    with pytest.raises(Abort):
        build_alone(project)
    assert list(thesis.parent.iterdir()) == [thesis]


def test_an_inline_script_that_comes_with_the_list_is_not_allowed(project: Path) -> None:
    template = project / "templates" / "site" / "about.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text("<script>caught()</script>", encoding="utf-8")
    (project / "docs" / "own.md").write_text("<script>own()</script>\n", encoding="utf-8")
    site = build_alone(project)
    for name, text, is_allowed in (
        ("about", "caught()", False),
        ("own", "own()", True),
    ):
        html = (site / name / "index.html").read_text(encoding="utf-8")
        assert f"<script>{text}</script>" in html
        hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert (f"'sha256-{hashed}'" in html) == is_allowed


def test_papers_and_frame_are_not_in_the_navigation(project: Path) -> None:
    html = (build_alone(project) / "index.html").read_text(encoding="utf-8")
    navigation = html[html.index("md-nav--primary") : html.index("md-nav--secondary")]
    assert [
        word for word in ("Home", "Papers", "Sections", "Submit", "About") if word in navigation
    ]
    assert "minimal" not in navigation
    assert "frame" not in navigation


def test_a_bare_project_asks_no_third_party_for_fonts(project: Path) -> None:
    site = build_alone(project)
    for path in site.rglob("*.html"):
        assert "googleapis" not in path.read_text(encoding="utf-8"), path


def test_building_twice_changes_no_byte(project: Path) -> None:
    first = read_all(build_alone(project))
    second = read_all(build_alone(project))
    assert first == second


def test_mkdocs_alone_builds_the_same_site(project: Path) -> None:
    ours = build_list(project, today=TODAY).site
    assert ours is not None
    before = read_all(ours)
    assert read_all(build_alone(project)) == before


def test_a_page_that_left_the_list_leaves_the_site(project: Path) -> None:
    site = build_alone(project)
    text = (project / "papers.yaml").read_text(encoding="utf-8")
    (project / "papers.yaml").write_text(text.replace("key: minimal", "key: renamed"), "utf-8")
    build_alone(project)
    assert not (site / "papers/minimal").exists()
    assert (site / "papers/renamed/index.html").is_file()


def test_the_projects_own_pages_come_before_the_packages(project: Path) -> None:
    own = "# Mine\n\n<!-- catalog:about -->\n<!-- /catalog:about -->\n"
    (project / "docs/about.md").write_text(own, encoding="utf-8")
    site = build_alone(project)
    html = (site / "about/index.html").read_text(encoding="utf-8")
    assert "Mine" in html
    assert "is maintained by Ada Example" in html


def test_the_projects_own_templates_come_before_the_packages(project: Path) -> None:
    (project / "templates/site").mkdir(parents=True)
    (project / "templates/site/about.html.j2").write_text("<p>{{ total }} own</p>", "utf-8")
    html = (build_alone(project) / "about/index.html").read_text("utf-8")
    assert "<p>2 own</p>" in html


def test_all_errors_of_the_list_are_logged_and_stop_the_build(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (project / "papers.yaml").read_text(encoding="utf-8")
    broken = text.replace("doi: 10.1000/example", "doi: nonsense").replace("year: 2024", "year: x")
    (project / "papers.yaml").write_text(broken, encoding="utf-8")
    with caplog.at_level(logging.INFO, "mkdocs"), pytest.raises(MkDocsException):
        build_alone(project)
    logged = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert any("doi-invalid" in line and "papers.yaml:" in line for line in logged)
    assert any("year-invalid" in line for line in logged)
    assert not (project / "site").exists()


def test_a_warning_about_a_paper_does_not_fail_a_strict_build(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = (project / "papers.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Only What Must Be", "title: Only What Must Be.")
    (project / "papers.yaml").write_text(text, encoding="utf-8")
    with caplog.at_level(logging.INFO, "mkdocs"):
        build_alone(project)
    assert [record.levelname for record in caplog.records if "title" in record.getMessage()] == [
        "INFO"
    ]


def test_a_missing_mkdocs_yml_is_said_with_an_example(invented_folder: Path) -> None:
    with pytest.raises(EngineError, match=r"mkdocs\.yml is missing(.|\n)*plugins: \[catalog\]"):
        build_list(invented_folder, today=TODAY)


def test_a_fault_in_mkdocs_yml_is_an_engine_error(project: Path) -> None:
    (project / "mkdocs.yml").write_text(BARE + "nav: 3\n", encoding="utf-8")
    with pytest.raises(EngineError, match="MkDocs"):
        build_list(project, today=TODAY)


def test_a_fault_in_a_template_is_logged_and_stops_the_build(
    project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (project / "templates/site").mkdir(parents=True)
    (project / "templates/site/paper.html.j2").write_text("{{ papr.title }}", encoding="utf-8")
    with caplog.at_level(logging.INFO, "mkdocs"), pytest.raises(MkDocsException):
        build_alone(project)
    assert re.search(r"paper\.html\.j2.*papr", caplog.text)


def test_many_warnings_are_logged_by_code(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    record = "- {{key: more{0}, title: More {0}., authors: [Ada Example], sections: [things]}}\n"
    more = "".join(record.format(number) for number in range(21))
    (project / "papers").mkdir(exist_ok=True)
    (project / "papers" / "more.yaml").write_text(more, encoding="utf-8")
    with caplog.at_level(logging.INFO, "mkdocs"):
        build_alone(project)
    told = [record.getMessage() for record in caplog.records if "title-period" in str(record.msg)]
    assert len(told) == 1
    assert "21 × warning title-period" in told[0]


def test_plugins_that_ask_git_for_authors_leave_out_the_pages_of_the_list() -> None:
    known = {"exclude": ["index.md"]}
    plugins = {"git-authors": SimpleNamespace(config=known), "other": SimpleNamespace(config={})}

    for _ in range(2):
        exclude_pages(cast(MkDocsConfig, SimpleNamespace(plugins=plugins)), {"papers/index.md"})

    assert known == {"exclude": ["index.md", "papers/index.md"]}
