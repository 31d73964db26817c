"""A list in somebody's MkDocs site: their pages stay as they were, byte by byte.

tests/data/sites has three sites made after public ones: `lab` (Material with MathJax from a CDN,
own fonts, analytics, redirects), `handbook` (blog, tags, two languages, minified, instant
navigation, overrides) and `plain` (the theme `mkdocs`, strict validation, a hook).
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from tests.shared import make_once

pytestmark = pytest.mark.slow

Plain = Callable[[str, str], dict[str, bytes]]

SITES = Path(__file__).parents[2] / "data" / "sites"
ENVIRONMENT = {
    **os.environ,
    "SOURCE_DATE_EPOCH": "1735689600",
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "PYTHONDONTWRITEBYTECODE": "1",
}
EXTENDED = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "search/search_index.js")
"""Files of theirs that gain entries for the list's pages."""


def copy_site(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(SITES / name, folder / name))


def add_plugin(site: Path, options: str = "{}", *, first: bool = False) -> None:
    """Add the plugin to mkdocs.yml, in the form that the owner wrote `plugins` in."""
    path = site / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    is_list = "plugins:\n  - " in text
    entry = f"  - catalog: {options}\n" if is_list else f"  catalog: {options}\n"
    pattern = r"(?m)^plugins:\n" if first else r"(?m)^plugins:\n(?:  .*\n)+"
    text, count = re.subn(pattern, lambda found: found[0] + entry, text, count=1)
    assert count == 1
    path.write_text(text, encoding="utf-8")


def edit(site: Path, old: str, new: str) -> None:
    path = site / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def build(site: Path, configuration: str = "mkdocs.yml") -> Path:
    """Build as `mkdocs build --strict` does."""
    built = run(site, configuration)
    assert built.returncode == 0, built.stderr
    return find_built(site, configuration)


def find_built(site: Path, configuration: str) -> Path:
    return site / ("site-offline" if "offline" in configuration else "site")


def run(site: Path, configuration: str = "mkdocs.yml") -> subprocess.CompletedProcess[str]:
    # Not with `--quiet`, which hides the warnings that `--strict` counts (MkDocs 1.6.1).
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", configuration]
    return subprocess.run(
        command, cwd=site, env=ENVIRONMENT, check=False, capture_output=True, text=True
    )


def read_all(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """A function that returns the files of a site built without the plugin, once."""

    @cache
    def read_plain(name: str, configuration: str) -> dict[str, bytes]:
        def make(folder: Path) -> None:
            folder.mkdir()
            build(copy_site(name, folder), configuration)

        shared = make_once(tmp_path_factory, f"plain-{name}-{configuration}", make)
        return read_all(find_built(shared / name, configuration))

    return read_plain


def find_changed(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Return the owner's files that are gone or changed, but for those that gain entries."""
    return [
        name for name, data in before.items() if name not in EXTENDED and after.get(name) != data
    ]


@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
@pytest.mark.parametrize(
    ("name", "configuration"),
    [
        ("lab", "mkdocs.yml"),
        ("handbook", "mkdocs.yml"),
        ("handbook", "mkdocs.offline.yml"),
        ("plain", "mkdocs.yml"),
    ],
)
def test_no_file_of_theirs_changes(
    name: str, configuration: str, first: bool, tmp_path: Path, plain: Plain
) -> None:
    site = copy_site(name, tmp_path)
    before = plain(name, configuration)
    add_plugin(site, first=first)
    after = read_all(build(site, configuration))
    assert find_changed(before, after) == []
    assert {"papers/index.html", "sections/index.html", "export/all.bib"} < after.keys()
    assert not any("_frame" in file for file in after)
    assert b"_frame" not in after["sitemap.xml"]
    if "sitemap.xml.gz" in before:
        assert gzip.decompress(after["sitemap.xml.gz"]) == after["sitemap.xml"]
    old, new = (json.loads(files["search/search_index.json"]) for files in (before, after))
    assert new["config"] == old["config"]
    assert [entry for entry in old["docs"] if entry not in new["docs"]] == []
    assert "_frame" not in json.dumps(new)
    assert "data-catalog" not in json.dumps(new)


def test_their_sitemap_keeps_its_entries_and_gains_the_papers(tmp_path: Path, plain: Plain) -> None:
    site = copy_site("lab", tmp_path)
    before = find_addresses(plain("lab", "mkdocs.yml")["sitemap.xml"])
    add_plugin(site)
    after = find_addresses((build(site) / "sitemap.xml").read_bytes())
    assert before < after
    assert "https://undertow.example.org/lab/papers/example2019breaking/" in after


def find_addresses(sitemap: bytes) -> set[str]:
    return set(re.findall(r"<loc>([^<]*)</loc>", sitemap.decode("utf-8")))


def test_with_instant_navigation_the_list_has_a_sitemap_of_its_own(tmp_path: Path) -> None:
    site = copy_site("handbook", tmp_path)
    add_plugin(site)
    built = build(site)
    assert not any(
        "/papers/" in url for url in find_addresses((built / "sitemap.xml").read_bytes())
    )
    own = find_addresses((built / "sitemap-papers.xml").read_bytes())
    assert any(url.endswith("/papers/") for url in own)
    assert "whole-pages.js" in (built / "papers/index.html").read_text(encoding="utf-8")


def read_policy(page: Path) -> dict[str, list[str]]:
    found = re.search(
        r"Content-Security-Policy\"? content=\"([^\"]*)\"", page.read_text(encoding="utf-8")
    )
    if found is None:
        return {}
    return {
        name: values for name, *values in (part.split() for part in unescape(found[1]).split(";"))
    }


def test_the_policy_allows_what_mkdocs_yml_names(tmp_path: Path) -> None:
    site = copy_site("lab", tmp_path)
    add_plugin(site)
    policy = read_policy(build(site) / "papers/example2019breaking/index.html")
    assert "https://cdn.jsdelivr.net" in policy["script-src"]
    assert "https:" not in policy["script-src"]
    assert "https:" in policy["font-src"]
    assert "https:" in policy["connect-src"]


@pytest.mark.parametrize(("mode", "is_there"), [("strict", True), ("off", False)])
def test_the_policy_can_be_strict_or_off(mode: str, is_there: bool, tmp_path: Path) -> None:
    site = copy_site("lab", tmp_path)
    add_plugin(site, f"{{csp: {mode}}}")
    built = build(site)
    aliases = [p for p in built.rglob("*.html") if 'content="0; url=../' in p.read_text("utf-8")]
    for page in (built / "papers/example2019breaking/index.html", built / "papers/index.html"):
        assert bool(read_policy(page)) == is_there
        assert "https:" not in " ".join(read_policy(page).get("font-src", []))
    ours = [page for page in aliases if page.is_relative_to(built / "papers")]
    assert [bool(read_policy(page)) for page in ours] == [is_there]


def test_a_list_below_a_path_has_all_its_files_there(tmp_path: Path, plain: Plain) -> None:
    site = copy_site("lab", tmp_path)
    before = plain("lab", "mkdocs.yml")
    add_plugin(site, "{path: reading-list/}")
    after = read_all(build(site))
    assert find_changed(before, after) == []
    new = after.keys() - before.keys()
    assert [name for name in new if not name.startswith("reading-list/")] == []
    assert {"reading-list/index.html", "reading-list/papers/index.html"} < new
    page = after["reading-list/papers/example2019breaking/index.html"].decode("utf-8")
    assert 'rel="canonical" href="https://undertow.example.org/lab/reading-list/papers/' in page
    assert 'href="../../assets/catalog/catalog.css"' in page


def test_two_lists_stand_side_by_side(tmp_path: Path, plain: Plain) -> None:
    site = copy_site("lab", tmp_path)
    before = plain("lab", "mkdocs.yml")
    other = site / "measures"
    other.mkdir()
    shutil.copy(SITES / "plain" / "papers.yaml", other)
    add_plugin(site, "{path: waves/}")
    add_plugin(site, "{path: measures/, folder: measures}")
    after = read_all(build(site))
    assert find_changed(before, after) == []
    assert b"Undertow" in after["waves/index.html"]
    assert b"Why Waves Break" in after["waves/papers/index.html"]
    assert b"Measuring C++" in after["measures/papers/index.html"]
    assert b"Measuring C++" not in after["waves/papers/index.html"]


def test_redirects_navigation_and_search_know_the_list_when_asked(tmp_path: Path) -> None:
    site = copy_site("lab", tmp_path)
    edit(site, "redirect_maps:\n", "redirect_maps:\n        reading.md: papers/index.md\n")
    add_plugin(site, "{nav: Reading list, search: true}")
    built = build(site)
    assert "../papers/" in (built / "reading/index.html").read_text(encoding="utf-8")
    home = (built / "index.html").read_text(encoding="utf-8")
    assert "Reading list" in home
    assert 'href="papers/"' in home
    index = json.loads((built / "search/search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry for entry in index["docs"]}
    assert found["papers/example2019breaking/"]["title"] == "Why Waves Break Where They Do"
    assert "Ada Example" in found["papers/example2019breaking/"]["text"]


def test_a_page_of_theirs_in_the_way_is_named_before_anything_is_built(tmp_path: Path) -> None:
    site = copy_site("plain", tmp_path)
    (site / "docs/papers").mkdir()
    (site / "docs/papers/index.md").write_text("# Our papers\n", encoding="utf-8")
    add_plugin(site)
    built = run(site)
    assert built.returncode != 0
    assert "papers/index.md is a page of yours" in built.stderr
    assert "path: reading-list/" in built.stderr


def test_a_file_of_theirs_in_the_way_is_not_written_over(tmp_path: Path) -> None:
    site = copy_site("plain", tmp_path)
    (site / "docs/llms.txt").write_text("ours\n", encoding="utf-8")
    add_plugin(site)
    built = run(site)
    assert built.returncode != 0
    assert "llms.txt is in the site already" in built.stderr


def test_another_theme_gets_the_lists_pages_in_a_wrapper(tmp_path: Path) -> None:
    site = copy_site("plain", tmp_path)
    add_plugin(site)
    built = build(site)
    for name in ("papers/index.html", "papers/gauge2021cpp/index.html"):
        page = (built / name).read_text(encoding="utf-8")
        assert page.count("cat-other-theme") == 1
        assert "other-themes.css" in page
