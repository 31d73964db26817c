"""The parts of prose pages that the catalog fills: what stands between `<!-- catalog:NAME -->`."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

from catalog.model.records import LinkKind, VenueKind
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.labels import label_link
from catalog.site import addresses, chart_data
from catalog.site.authors import OTHER, AuthorView, find_initial
from catalog.site.charts import YearBar, to_year_bars
from catalog.site.context import SiteContext, to_paragraphs, to_script_json
from catalog.site.figures import show_figures
from catalog.site.health import examine, to_state_label
from catalog.site.metadata import to_collection_json_ld
from catalog.site.news import (
    describe_date,
    find_last_change,
    name_month,
    sort_by_month,
    sort_latest,
)
from catalog.site.over_time import to_time_charts
from catalog.site.venues import VenueView
from catalog.text.folding import fold

MOST_LISTED = 500
"""The browse page holds the whole list up to so many papers; of more, the newest ones."""

MOST_NEWEST = 6
"""Papers that the home page shows."""

MOST_CHANGES = 100
"""Papers that the changelog shows."""


KIND_TITLES = {
    VenueKind.CONFERENCE: "Conferences",
    VenueKind.WORKSHOP: "Workshops",
    VenueKind.JOURNAL: "Journals",
    VenueKind.PREPRINT: "Preprint servers",
    VenueKind.BOOK: "Publishers of books",
    VenueKind.OTHER: "Others",
}


_BUTTONS = (
    *(LinkKind.CODE, LinkKind.PROJECT, LinkKind.SLIDES, LinkKind.VIDEO, LinkKind.POSTER),
    *(LinkKind.DATA, LinkKind.DEMO, LinkKind.BLOG),
)


class Regions:
    """Makes the parts of prose pages."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site
        self._makers: Mapping[str, Callable[[], Mapping[str, Any]]] = {
            "home": self._home,
            "browse": self._browse,
            "sections": dict,
            "authors": self._authors,
            "venues": self._venues,
            "about": self._about,
            "submit": self._submit,
            "missing": dict,
            "charts": self._charts,
            "timeline": self._timeline,
            "health": self._health,
            "changelog": self._changelog,
        }

    def fill(self, name: str, root: str, anchor: str | None) -> str | None:
        """Fill a part of a prose page; None when there is no part of that name."""
        make = self._makers.get(name)
        if make is None:
            return None
        return self._site.render(
            name, {"root": root, "anchor": anchor or name, **self._site.shared, **make()}
        )

    @property
    def names(self) -> list[str]:
        """The names of the parts that a prose page may have."""
        return sorted(self._makers)

    def _home(self) -> Mapping[str, Any]:
        catalog = self._site.catalog
        latest = sort_latest(catalog.papers)[:MOST_NEWEST]
        return {
            "description": to_paragraphs(catalog.survey.description),
            "figures": show_figures(catalog.survey.figures, self._site.folder),
            "resources": catalog.resources_by_section.get(None, []),
            "bars": self._bars(),
            "files": self._site.show_downloads(),
            "latest": [self._site.items[paper.key] for paper in latest],
            "is_dated": bool(latest and latest[0].added),
            "citations": [
                (paper.key, to_bibtex(catalog, paper).strip()) for paper in catalog.citations
            ],
            "authors": self._site.authors.number,
            "survey_authors": [
                (name, self._site.authors.link(name) if name in self._site.authors.counts else None)
                for name in (author.display for author in catalog.survey.authors)
            ],
            "buttons": list(self._list_buttons()),
            "updated": find_last_change(catalog),
            "json_ld": to_script_json(
                to_collection_json_ld(catalog, self._site.url, self._site.show_downloads())
            ),
            "venues": len({name for name in map(catalog.venue_name, catalog.papers) if name}),
        }

    def _list_buttons(self) -> Iterator[tuple[str, str]]:
        """Yield what the buttons of the home page lead to: the survey, its code, slides and so on.

        What `survey.links` has no place for is taken from the first record by which it is cited.
        """
        survey = self._site.catalog.survey
        if survey.links.paper:
            yield "Read the survey", survey.links.paper
        for paper in self._site.catalog.citations[:1]:
            for kind in _BUTTONS:
                url = paper.links.get(kind)
                if url and url not in (survey.links.paper, survey.links.repository):
                    yield label_link(kind.value), url
        if survey.links.repository:
            yield "Repository", survey.links.repository

    def _browse(self) -> Mapping[str, Any]:
        listed = self._site.newest[:MOST_LISTED]
        return {
            "data": to_script_json(self._site.described),
            "items": [self._site.items[paper.key] for paper in listed],
            "coins": [self._site.coins[paper.key] for paper in listed],
        }

    def _authors(self) -> Mapping[str, Any]:
        views = self._site.authors.views
        groups = groupby(views, lambda view: find_initial(view.inverted))
        by_letter: dict[str, list[AuthorView]] = {}
        for letter, inside in groups:
            by_letter.setdefault(letter, []).extend(inside)
        ordered = sorted(by_letter, key=lambda letter: (letter == OTHER, letter))
        return {
            "letters": [
                (letter, f"letter-{number}", by_letter[letter])
                for number, letter in enumerate(ordered, start=1)
            ],
            "shown": len(views),
            "names": self._site.authors.number,
        }

    def _venues(self) -> Mapping[str, Any]:
        by_kind: dict[VenueKind, list[VenueView]] = {kind: [] for kind in VenueKind}
        for view in self._site.venues:
            by_kind[view.venue.kind if view.venue else VenueKind.OTHER].append(view)
        return {"kinds": [(KIND_TITLES[kind], views) for kind, views in by_kind.items() if views]}

    def _charts(self) -> Mapping[str, Any]:
        return {
            "bars": self._bars(),
            "years": chart_data.to_year_counts(self._site.catalog.years),
            "section_bars": chart_data.to_section_bars(self._site.catalog),
            "venue_bars": chart_data.to_venue_bars(self._site.catalog),
            "over_time": list(to_time_charts(self._site.catalog)),
            "overlap": chart_data.to_overlap(self._site.catalog),
            "cell": chart_data.CELL,
            "margin": chart_data.MARGIN,
        }

    def _timeline(self) -> Mapping[str, Any]:
        dated = [paper for paper in self._site.catalog.papers if paper.year is not None]
        shown = sort_by_month(dated)[:MOST_LISTED]
        by_year = groupby(shown, lambda paper: paper.year)
        years = []
        for year, papers in by_year:
            inside = list(papers)
            months = [
                (month, [self._site.items[paper.key] for paper in same])
                for month, same in groupby(inside, name_month)
            ]
            years.append((year, months, len(inside)))
        return {"years": years, "hidden": len(dated) - len(shown)}

    def _health(self) -> Mapping[str, Any]:
        return {
            "health": examine(self._site.catalog, self._site.states),
            "to_state_label": to_state_label,
        }

    def _changelog(self) -> Mapping[str, Any]:
        latest = sort_latest(self._site.catalog.papers)[:MOST_CHANGES]
        days = groupby(latest, describe_date)
        return {
            "days": [
                (day, [self._site.items[paper.key] for paper in papers]) for day, papers in days
            ],
            "is_dated": bool(latest and latest[0].added),
        }

    def _about(self) -> Mapping[str, Any]:
        return {"description": to_paragraphs(self._site.catalog.survey.description)}

    def _submit(self) -> Mapping[str, Any]:
        repository = self._site.catalog.survey.links.repository or ""
        return {
            "repository": addresses.trim_repository(self._site.github or ""),
            "issue_form": self._site.issue_form,
            "taken": [paper.key for paper in self._site.catalog.citations],
            "venues": sorted(self._site.catalog.venues, key=fold),
            "new_file": addresses.to_new_file(repository, "papers"),
            "new_issue": addresses.to_new_issue(
                repository,
                "Add: <title of the paper>",
                "Title:\nLink:\nSection:\nWhy it belongs here:\n",
            ),
            "example": {
                "venue": self._site.catalog.example_venue or "arXiv",
                "section": self._site.catalog.sections[0].id,
            },
        }

    def _bars(self) -> list[YearBar]:
        return to_year_bars(self._site.catalog.years)
