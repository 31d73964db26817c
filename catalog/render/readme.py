"""README.md: the list as an awesome list, made from `templates/README.md.j2`.

`settings.readme.style: awesome` takes `templates/README.awesome.md.j2` instead. GitHub renders only
the first part of a long file, so a list that outgrows the limit shows the newest papers of each
section and leads to the website for the rest.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from catalog.model.canonical_urls import to_canonical
from catalog.model.catalog import Catalog, SectionView
from catalog.model.identifiers import parse_arxiv, parse_doi
from catalog.model.records import Figure, Paper, ReadmeStyle, Resource
from catalog.render.charts import THEMES, describe_years, draw_years
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.kept_blocks import (
    NO_BLOCK,
    KeptBlock,
    read_kept_block,
    read_section_block,
    to_github_anchor,
)
from catalog.render.labels import label_link
from catalog.render.memo import Memo
from catalog.render.templates import find_macro, render
from catalog.store.files import TextFile
from catalog.store.project import find_address
from catalog.store.repository import find_requirements, has_issue_form, has_other_makefile
from catalog.store.yaml.scalars import compose_scalar

README = "README.md"
CHARTS = "assets/papers-by-year-{theme}.svg"

MAX_BYTES = 500_000
"""GitHub shows 512 KB of a rendered file; the frame of the README takes what these lines leave."""


TEMPLATES = {ReadmeStyle.CATALOG: "README.md.j2", ReadmeStyle.AWESOME: "README.awesome.md.j2"}
_LINES = {
    ReadmeStyle.CATALOG: ("paper_line.md.j2", "paper_line"),
    ReadmeStyle.AWESOME: ("awesome_line.md.j2", "awesome_line"),
}

_BADGE = re.compile(
    r"https?://(?:[\w-]+\.)*(?:shields\.io|badgen\.net|badge\.fury\.io|zenodo\.org/badge)[/?]"
    r"|/badges?(?:[./-]|$)",
    re.IGNORECASE,
)
"""Addresses of badges, which are shown in the height of a line: img.shields.io/github/stars/a/b."""


@dataclass(frozen=True, slots=True)
class InlineFigure:
    """A picture in the line of a paper."""

    figure: Figure
    is_badge: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """What the list line of a paper shows. `ends` is the mark after the title, if it needs one."""

    title: str
    ends: str
    byline: str
    links: tuple[tuple[str, str], ...]
    awards: tuple[str, ...]
    note: str | None
    url: str | None = None
    figures: tuple[InlineFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A section with its rendered lines; `hidden` counts those that only the website shows.

    `anchors` are those of the heading besides the section's id, `kept` is its kept block.
    """

    view: SectionView
    lines: tuple[str, ...]
    hidden: int
    anchors: tuple[str, ...] = ()
    kept: KeptBlock = NO_BLOCK
    resources: tuple[Resource, ...] = ()

    @property
    def items(self) -> int:
        """The number of papers of the section and those inside it, or of its resources."""
        return self.view.total or len(self.resources)


class Readme(NamedTuple):
    """The files of a README; `hidden` counts the lines that only the website shows."""

    files: tuple[TextFile, ...]
    hidden: int


def list_files() -> list[str]:
    """Return the names of the files that `render_readme_files` makes."""
    return [*(CHARTS.format(theme=theme) for theme in THEMES), README]


def render_readme(
    catalog: Catalog, folder: Path | str = ".", style: ReadmeStyle | None = None
) -> str:
    """Return the text of README.md. Templates of the list in `folder` win over the defaults.

    `style` is that of the list's settings where None.
    """
    files = dict(render_readme_files(catalog, Path(folder), style=style).files)
    return str(files[README])


def render_readme_files(
    catalog: Catalog, folder: Path, memo: Memo | None = None, style: ReadmeStyle | None = None
) -> Readme:
    """Render README.md and its pictures. `folder` is the list's, whose templates come first.

    `style` is that of the list's settings where None.
    """
    style = style or catalog.settings.readme.style
    charts = (
        (CHARTS.format(theme=theme), draw_years(catalog.years, folder, theme=theme))
        for theme in THEMES
    )
    sections = _render_lines(catalog, folder, memo or Memo(catalog), style)
    hidden = sum(section.hidden for section in sections)
    return Readme((*charts, (README, _place(catalog, folder, sections, style))), hidden)


def _place(
    catalog: Catalog, folder: Path, sections: Sequence[SectionLines], style: ReadmeStyle
) -> str:
    venue, settings = catalog.example_venue, catalog.settings.readme
    header = read_kept_block(folder, settings.header)
    footer = read_kept_block(folder, settings.footer)
    kept = KeptBlock(f"{header.text}\n\n{footer.text}")
    keys = [paper.key for paper in catalog.citations]
    return render(
        folder,
        TEMPLATES[style],
        catalog=catalog,
        survey=catalog.survey,
        settings=catalog.settings,
        sections=sections,
        header=header,
        footer=footer,
        kept=kept,
        bullet=_find_bullet(kept),
        to_anchor=_Anchors().take,
        resources=catalog.resources_by_section.get(None, []),
        chart={theme: CHARTS.format(theme=theme) for theme in THEMES},
        chart_text=describe_years(catalog.years),
        # What the owner's own text shows already is not shown twice.
        figures=[one for one in catalog.survey.figures if one.src not in kept.text],
        bibtex=[]
        if keys and all(f"{{{key}," in kept.text for key in keys)
        else [to_bibtex(catalog, paper) for paper in catalog.citations],
        project=find_address("Homepage"),
        website=_with_slash(catalog.survey.links.website),
        has_issue_form=has_issue_form(folder),
        requirements=find_requirements(folder) if has_other_makefile(folder) else None,
        example_venue=compose_scalar(venue) if venue is not None else None,
    )


class _Anchors:
    """The anchors that GitHub gives the headings of one file: equal ones are numbered."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, text: str) -> str:
        """Return the anchor of the next heading with this text."""
        anchor = to_github_anchor(text)
        number = self._taken.get(anchor, -1) + 1
        self._taken[anchor] = number
        return f"{anchor}-{number}" if number else anchor


def _find_bullet(kept: KeptBlock) -> str:
    """Return the mark of the owner's lists: awesome-lint wants one mark in the whole file."""
    marks = re.findall(r"^[ \t]*([-*])[ \t]+\S", kept.text, re.MULTILINE)
    return "*" if "*" in marks and "-" not in marks else "-"


def _with_slash(url: str | None) -> str | None:
    return url.rstrip("/") + "/" if url else None


def _render_lines(
    catalog: Catalog, folder: Path, memo: Memo, style: ReadmeStyle
) -> list[SectionLines]:
    """Render each paper's line, as many per section as fit the limit."""
    line_of = find_macro(folder, *_LINES[style])
    lines = memo.each(
        f"readme-{style}",
        catalog.papers,
        lambda papers: [line_of(_view(catalog, paper)) for paper in papers],
    )
    rendered = {paper.key: line for paper, line in zip(catalog.papers, lines, strict=True)}
    sizes = {
        view.id: [len(rendered[paper.key].encode()) for paper in view.papers]
        for view in catalog.sections
    }
    most = _find_most(list(sizes.values()))
    repeat = _find_repeat(catalog, folder, style)
    return [
        SectionLines(
            view,
            tuple(
                repeat(paper, view) or rendered[paper.key]
                for paper in _keep_newest(view.papers, most)
            ),
            max(0, len(view.papers) - most),
            tuple(_find_anchors(view)),
            read_section_block(folder, view.id),
            tuple(catalog.resources_by_section.get(view.id, ())),
        )
        for view in catalog.sections
    ]


def _find_repeat(
    catalog: Catalog, folder: Path, style: ReadmeStyle
) -> Callable[[Paper, SectionView], str | None]:
    """Return what gives the line of a paper that an earlier section shows, None for its first."""
    if style is not ReadmeStyle.AWESOME:
        return lambda _paper, _view: None
    first: dict[str, SectionView] = {}
    for view in catalog.sections:
        for paper in view.papers:
            first.setdefault(paper.key, view)
    see_line = find_macro(folder, _LINES[style][0], "see_line")

    def repeat(paper: Paper, view: SectionView) -> str | None:
        shown = first[paper.key]
        return None if shown is view else see_line(paper, shown.title)

    return repeat


def _find_anchors(view: SectionView) -> list[str]:
    """Return the anchor of the heading without its number: links of old lead there."""
    anchor = to_github_anchor(view.title)
    return [anchor] if anchor and anchor != view.id else []


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
    badges = {_to_target(one.url) for one in paper.figures if one.url}
    return LineView(
        title=paper.title,
        ends="" if paper.title.endswith(("?", "!", ".", "…")) else ".",
        byline=to_short_citation(catalog, paper),
        # A badge that leads there says it already.
        links=tuple(
            (label_link(kind), url)
            for kind, url in paper.all_links.items()
            if not badges or _to_target(url) not in badges
        ),
        awards=paper.awards,
        note=paper.note,
        url=paper.url or next(iter(paper.all_links.values()), None),
        figures=tuple(
            InlineFigure(figure, _BADGE.search(figure.src) is not None) for figure in paper.figures
        ),
    )


def _to_target(url: str) -> str:
    """Return one form of an address: a badge may show another one than the record's identifier."""
    canonical = to_canonical(url)
    for parse in (parse_arxiv, parse_doi):
        if found := parse(canonical):
            return found.lower()
    return canonical


def to_short_citation(catalog: Catalog, paper: Paper) -> str:
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
