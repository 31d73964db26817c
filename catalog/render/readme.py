"""README.md: the list as an awesome list, made from `templates/README.md.j2`.

GitHub renders only the first part of a long file, so a list that outgrows the limit shows the
newest papers of each section and leads to the website for the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.charts import THEMES, describe_years, draw_years
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.labels import label_link
from catalog.render.memo import Memo
from catalog.render.templates import find_macro, render
from catalog.store.files import TextFile
from catalog.store.repository import has_issue_form
from catalog.store.yaml.scalars import compose_scalar

README = "README.md"
CHARTS = "assets/papers-by-year-{theme}.svg"

MAX_BYTES = 500_000
"""GitHub shows 512 KB of a rendered file; the frame of the README takes what these lines leave."""


@dataclass(frozen=True, slots=True)
class LineView:
    """What the list line of a paper shows. `ends` is the mark after the title, if it needs one."""

    title: str
    ends: str
    byline: str
    links: tuple[tuple[str, str], ...]
    awards: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section with its rendered lines; `hidden` counts those that only the website shows."""

    view: SectionView
    lines: tuple[str, ...]
    hidden: int


class Readme(NamedTuple):
    """The files of a README; `hidden` counts the lines that only the website shows."""

    files: tuple[TextFile, ...]
    hidden: int


def list_files() -> list[str]:
    """Return the names of the files that `render_readme_files` makes."""
    return [*(CHARTS.format(theme=theme) for theme in THEMES), README]


def render_readme(catalog: Catalog, folder: Path | str = ".") -> str:
    """Return the text of README.md. Templates of the list in `folder` win over the defaults."""
    files = dict(render_readme_files(catalog, Path(folder)).files)
    return str(files[README])


def render_readme_files(catalog: Catalog, folder: Path, memo: Memo | None = None) -> Readme:
    """Render README.md and its pictures. `folder` is the list's, whose templates come first."""
    charts = (
        (CHARTS.format(theme=theme), draw_years(catalog.years, folder, theme=theme))
        for theme in THEMES
    )
    sections = _render_lines(catalog, folder, memo or Memo(catalog))
    hidden = sum(section.hidden for section in sections)
    return Readme((*charts, (README, _place(catalog, folder, sections))), hidden)


def _place(catalog: Catalog, folder: Path, sections: Sequence[SectionLines]) -> str:
    venue = catalog.example_venue
    return render(
        folder,
        "README.md.j2",
        catalog=catalog,
        survey=catalog.survey,
        sections=sections,
        chart={theme: CHARTS.format(theme=theme) for theme in THEMES},
        chart_text=describe_years(catalog.years),
        bibtex=[to_bibtex(catalog, paper) for paper in catalog.citations],
        website=_with_slash(catalog.survey.links.website),
        has_issue_form=has_issue_form(folder),
        example_venue=compose_scalar(venue) if venue is not None else None,
    )


def _with_slash(url: str | None) -> str | None:
    return url.rstrip("/") + "/" if url else None


def _render_lines(catalog: Catalog, folder: Path, memo: Memo) -> list[SectionLines]:
    """Render each paper's line, as many a section as the limit lets stand."""
    line_of = find_macro(folder, "paper_line.md.j2", "paper_line")
    lines = memo.each(
        "readme",
        catalog.papers,
        lambda papers: [line_of(_view(catalog, paper)) for paper in papers],
    )
    rendered = {paper.key: line for paper, line in zip(catalog.papers, lines, strict=True)}
    sizes = {
        view.id: [len(rendered[paper.key].encode()) for paper in view.papers]
        for view in catalog.sections
    }
    most = _find_most(list(sizes.values()))
    return [
        SectionLines(
            view,
            tuple(rendered[paper.key] for paper in _keep_newest(view.papers, most)),
            max(0, len(view.papers) - most),
        )
        for view in catalog.sections
    ]


def _find_most(sizes: Sequence[Sequence[int]]) -> int:
    """Return how many papers a section may show so that all lines fit the limit."""
    most = max((len(lines) for lines in sizes), default=0)
    total = sum(map(sum, sizes))
    if total <= MAX_BYTES:
        return most
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        # Which lines are kept is not known yet; the longest ones are the worst case.
        fits = sum(sum(sorted(lines, reverse=True)[:middle]) for lines in sizes) <= MAX_BYTES
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _keep_newest(papers: Sequence[Paper], most: int) -> list[Paper]:
    if len(papers) <= most:
        return list(papers)
    newest = sorted(papers, key=lambda paper: paper.year or 0, reverse=True)[:most]
    keys = {paper.key for paper in newest}
    return [paper for paper in papers if paper.key in keys]


def _view(catalog: Catalog, paper: Paper) -> LineView:
    return LineView(
        title=paper.title,
        ends="" if paper.title.endswith(("?", "!", ".", "…")) else ".",
        byline=to_byline(catalog, paper),
        links=tuple((label_link(kind), url) for kind, url in paper.all_links.items()),
        awards=paper.awards,
        note=paper.note,
    )


def to_byline(catalog: Catalog, paper: Paper) -> str:
    """Return `First Author et al., VENUE YEAR`, as far as it is known."""
    names = [name.display for name in paper.authors]
    if len(names) > 2 or (names and paper.more_authors):
        who = f"{names[0]} et al."
    else:
        who = " and ".join(names)
    published = " ".join(
        str(part) for part in (catalog.venue_name(paper), paper.year) if part is not None
    )
    return ", ".join(part for part in (who, published) if part)
