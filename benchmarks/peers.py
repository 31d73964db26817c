"""The same pages for other generators: a page per paper, with what our page of it shows.

Hugo gets front matter and one template, in the frame of our own page, so that both write the same
HTML. mkdocs-material gets Markdown. Neither makes exports, search data, feeds or related papers:
they are told what we found out.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Template

from catalog.model.catalog import Catalog
from catalog.render.memo import Memo
from catalog.site.context import SiteContext
from catalog.site.papers import PaperPages
from catalog.site.related import find_related
from catalog.site.views import find_places

HUGO_CONFIG = 'baseURL = "https://example.org/list/"\ntitle = "Invented"\n' + (
    'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home"]\n'
)

MATERIAL_CONFIG = """\
site_name: Invented
theme: {name: material, font: false}
plugins: []
nav: [index.md]
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore}}
"""


def describe_papers(catalog: Catalog, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what the page of each paper shows, as plain data."""
    url = "https://example.org/list/"
    pages = PaperPages(SiteContext(catalog, folder, url, Memo(catalog)))
    places = find_places(catalog)
    titles = {view.id: view.title for view in catalog.sections}
    related = find_related(catalog.papers, titles)
    for paper, others in zip(catalog.papers, related, strict=True):
        shown = pages.view(paper, places.get(paper.key, []), others, "content")
        yield {
            "title": paper.title,
            "key": paper.key,
            "trail": [{"id": view.id, "title": view.title} for view in shown["trail"]],
            "authors": [{"name": name, "address": address} for name, address in shown["authors"]],
            "venue": shown["venue"],
            "year": paper.year,
            "kind": shown["type_label"],
            "links": [{"url": link.url, "label": link.label} for link in shown["item"].links],
            "bibtex": shown["bibtex"],
            "reference": shown["reference"],
            "related": [
                {
                    "key": other.paper.key,
                    "title": other.paper.title,
                    "year": other.paper.year,
                    "why": " · ".join(other.reasons),
                }
                for other in others
            ],
            "venue_title": shown["venue_title"],
            "pages": paper.pages,
            "doi": paper.doi,
            "arxiv": paper.arxiv,
            "places": [_describe_place(place) for place in shown["places"]],
            "tags": list(paper.tags),
            "meta": [{"name": name, "value": value} for name, value in shown["tags"]],
            "json_ld": str(shown["json_ld"]),
        }


def _describe_place(place: Any) -> dict[str, Any]:  # noqa: ANN401 - a place as pages show it
    def name(paper: Any) -> dict[str, str] | None:  # noqa: ANN401
        return {"key": paper.key, "title": paper.title} if paper else None

    return {
        "address": place.address,
        "title": f"{place.view.number} {place.view.title}",
        "position": place.position,
        "total": len(place.view.papers),
        "previous": name(place.previous),
        "following": name(place.following),
    }


def write_hugo(folder: Path, papers: list[dict[str, Any]], page: str) -> None:
    """Write a site for Hugo. `page` is a page of ours, whose frame it takes."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "layouts").mkdir(parents=True)
    (folder / "content" / "papers").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO_CONFIG, encoding="utf-8")
    for name in ("single.html", "page.html"):
        (folder / "layouts" / name).write_text(_to_layout(page), encoding="utf-8")
    for paper in papers:
        path = folder / "content" / "papers" / f"{paper['key']}.md"
        path.write_text(json.dumps(paper, ensure_ascii=False) + "\n", encoding="utf-8")


def _to_layout(page: str) -> str:
    """Put Hugo's templates where our page has the head and the body of the paper."""
    head, rest = page.split('<meta name="description"', 1)
    _, rest = rest.split('<script type="application/ld+json">', 1)
    rest = rest.split("</script>", 1)[1]
    top, rest = rest.split('<nav class="cat-trail"', 1)
    bottom = rest.split("</article>", 1)[1]
    frame = [part.replace("{{", "{{ `{{` }}") for part in (head, top, bottom)]
    return "".join((frame[0], _read("hugo_head.html"), frame[1], _read("hugo_main.html"), frame[2]))


def write_material(folder: Path, papers: list[dict[str, Any]]) -> None:
    """Write a site for MkDocs with Material: a Markdown page a paper, none of them in the menu."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "docs" / "papers").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(MATERIAL_CONFIG, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Invented\n", encoding="utf-8")
    template = Template(_read("material.md.j2"))
    for paper in papers:
        path = folder / "docs" / "papers" / f"{paper['key']}.md"
        path.write_text(template.render(paper), encoding="utf-8")


def _read(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")
