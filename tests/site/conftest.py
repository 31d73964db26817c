"""A site folder as an engine leaves it, small enough to read: no MkDocs is needed to stamp it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from catalog.checks.check import check
from catalog.site import stamp_site

URL = "https://example.org/list/"

PAGE = """<!doctype html>
<html lang="en">
<head>
<title>{title} - Invented</title>
<link rel="canonical" href="https://engine.example/{address}">
</head>
<body>
<header class="md-header"><nav>{title}</nav></header>
<main><article class="md-content__inner md-typeset">
{body}
</article></main>
</body>
</html>
"""


def make_region(name: str, heading: str) -> str:
    """Return a part of a page as Python-Markdown writes it."""
    inner = f'<h1 id="{heading.lower()}">{heading}</h1>' if heading else ""
    return f"<!-- catalog:{name} -->\n{inner}\n<!-- /catalog:{name} -->"


def make_site(folder: Path) -> Path:
    """Write what an engine makes of the package's prose pages."""
    for address, title, body in (
        ("", "Home", make_region("home", "Home")),
        ("papers/", "Papers", make_region("browse", "Papers")),
        ("sections/", "Sections", make_region("sections", "Sections")),
        ("authors/", "Authors", make_region("authors", "Authors")),
        ("venues/", "Venues", make_region("venues", "Venues")),
        ("about/", "About", "<h1>About</h1>" + make_region("about", "")),
        ("charts/", "In pictures", "<h1>Pictures</h1>" + make_region("charts", "")),
        ("timeline/", "Timeline", "<h1>Timeline</h1>" + make_region("timeline", "")),
        ("changelog/", "Changelog", "<h1>Changelog</h1>" + make_region("changelog", "")),
        ("health/", "Health", "<h1>Health</h1>" + make_region("health", "")),
        ("submit/", "Submit", "<h1>Submit</h1>" + make_region("submit", "")),
        ("_frame/page/", "catalog-frame-title", make_region("frame", "Content")),
    ):
        (folder / address).mkdir(parents=True, exist_ok=True)
        text = PAGE.format(title=title, address=address, body=body)
        (folder / address / "index.html").write_text(text, encoding="utf-8")
    missing = PAGE.format(title="Invented", address="", body="<h1>404 - Not found</h1>")
    (folder / "404.html").write_text(missing, encoding="utf-8")
    (folder / "sitemap.xml.gz").write_bytes(b"holds the time of the build")
    return folder


@pytest.fixture
def engine_site(tmp_path: Path) -> Path:
    """A finished site folder without papers."""
    return make_site(tmp_path / "site")


@pytest.fixture
def stamp(tmp_path: Path, invented_folder: Path, today: date) -> Callable[[str], Path]:
    """A function that stamps a list, given its papers.yaml, and returns the site's folder."""
    count = 0

    def run(text: str) -> Path:
        nonlocal count
        count += 1
        (invented_folder / "papers.yaml").write_text(text, encoding="utf-8")
        checked = check(invented_folder, today=today)
        assert checked.catalog is not None, checked.findings
        site = make_site(tmp_path / f"site-{count}")
        stamp_site(checked.catalog, site, invented_folder, url=URL)
        return site

    return run
