"""The same site for other generators.

Hugo gets the fields of each paper and does the work of ours: in the frame of our own page a page
per paper, section, author and venue, related papers by its own method, and of each paper BibTeX,
RIS and JSON; of each list its BibTeX, of sections, venues and the whole list RIS, JSON and a feed
too; a sitemap. It does not check the list, and has no search, API, cards, README or further
formats. mkdocs-material gets Markdown: a page per paper alone, with what our page of it shows.
"""

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Template

from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.labels import TYPE_LABELS, type_of
from catalog.render.memo import Memo
from catalog.site.addresses import to_author
from catalog.site.context import Page, SiteContext
from catalog.site.metadata import venue_title
from catalog.site.papers import PaperPages

TEMPLATES = Path(__file__).parent / "templates"
_ITEM = re.compile(r'<link rel="canonical".*?(?=</head>)', re.DOTALL)
_BODY = re.compile(r'<nav class="cat-trail".*?</article>\s*(?=</article>)', re.DOTALL)
"""What a stamped page of ours has in its frame: the end of its head, and its body."""

MATERIAL_CONFIG = """\
site_name: Invented
theme: {name: material, font: false}
plugins: []
nav: [index.md]
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore}}
"""


def write_hugo(folder: Path, catalog: Catalog, page: str) -> None:
    """Write the list as a site for Hugo. `page` is our page of the first paper."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TEMPLATES / "hugo", folder / "layouts")
    shutil.copy(TEMPLATES / "hugo.toml", folder)
    base = _to_base(page, catalog.papers[0].title)
    (folder / "layouts" / "baseof.html").write_text(base, encoding="utf-8")
    (folder / "content" / "papers").mkdir(parents=True)
    context = SiteContext(catalog, folder, None, Memo(catalog))
    for paper in catalog.papers:
        fields = _list_fields(context, paper)
        path = folder / "content" / "papers" / f"{paper.key}.md"
        path.write_text(json.dumps(fields, ensure_ascii=False) + "\n", encoding="utf-8")


def _list_fields(context: SiteContext, paper: Paper) -> Mapping[str, Any]:
    """Return what Hugo is told of a paper; `authors` are those that have a page in our site."""
    names = [name.display for name in paper.authors]
    authors = [name for name in names if context.authors.link(name) == to_author(name)]
    fields = {
        "title": paper.title,
        "key": paper.key,
        "names": names,
        "authors": authors,
        "venue": paper.venue,
        "venues": [paper.venue],
        "venue_title": venue_title(context.catalog, paper),
        "year": paper.year,
        "kind": TYPE_LABELS[type_of(context.catalog, paper)],
        "sections": list(paper.sections),
        "tags": list(paper.tags),
        "links": [{"url": one.url, "label": one.label} for one in context.items[paper.key].links],
        "pages": paper.pages,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
    }
    return {name: value for name, value in fields.items() if value}


def _to_base(page: str, title: str) -> str:
    """Put Hugo's blocks where our page has the title, the head and the body of the paper."""
    page = page.replace("{{", "{{ `{{` }}").replace(escape(title), "{{ .Title }}")
    page = _ITEM.sub(lambda _: '{{ block "head" . }}{{ end }}\n', page, count=1)
    return _BODY.sub(lambda _: '{{ block "main" . }}{{ end }}\n', page, count=1)


def list_pages(catalog: Catalog, folder: Path) -> list[Page]:
    """Return our pages of the papers, which Material is told the contents of."""
    url = "https://example.org/list/"
    return list(PaperPages(SiteContext(catalog, folder, url, Memo(catalog))).pages())


def write_material(folder: Path, pages: Sequence[Page]) -> None:
    """Write a site for MkDocs with Material: a Markdown page a paper, none of them in the menu."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "docs" / "papers").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(MATERIAL_CONFIG, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Invented\n", encoding="utf-8")
    template = Template((TEMPLATES / "material.md.j2").read_text(encoding="utf-8"))
    for page in pages:
        path = folder / "docs" / f"{page.address.rstrip('/')}.md"
        path.write_text(template.render(page.view()), encoding="utf-8")
