"""The page of every paper."""

from collections.abc import Iterator, Mapping
from functools import partial
from textwrap import shorten
from typing import Any

from catalog.model.records import Paper
from catalog.render.citations import PAPER_FORMATS
from catalog.render.citations.bibtex import to_bibtex
from catalog.render.citations.entries import drop_extensions
from catalog.render.citations.options import Options
from catalog.render.citations.plain_text import to_reference
from catalog.render.digests import digest
from catalog.render.labels import TYPE_LABELS, type_of
from catalog.site import addresses, metadata
from catalog.site.context import Page, SiteContext, to_paragraphs, to_script_json
from catalog.site.figures import show_figures
from catalog.site.health import to_state_label
from catalog.site.large_lists import make_frame
from catalog.site.related import RelatedView, find_related
from catalog.site.views import MOST_AUTHORS, PlaceView, find_places, to_published
from catalog.store.link_state import LinkState, strip_fragment
from catalog.text.tex_math import to_html, to_unicode

_LONGEST_DESCRIPTION = 300
"""Letters of a description: search engines show about half of them."""


class PaperPages:
    """Makes the pages of papers."""

    def __init__(self, site: SiteContext) -> None:
        self._site = site

    def make_compact_frame(self, html: str, root: str) -> str | None:
        """Return a frame of a few lines for a compact site, made of the engine's `html`."""
        if not self._site.is_compact:
            return None
        return make_frame(html, self._site.folder, self._site.shared, root)

    def pages(self) -> Iterator[Page]:
        """Yield the page of every paper."""
        places = find_places(self._site.catalog)
        titles = {view.id: view.title for view in self._site.catalog.sections}
        papers = self._site.catalog.papers
        related = [[]] * len(papers) if self._site.is_compact else find_related(papers, titles)
        for paper, others in zip(papers, related, strict=True):
            own = places.get(paper.key, [])
            yield Page(
                addresses.to_paper(paper.key),
                digest(
                    self._site.memo.digests[paper.key],
                    [_summarize_place(place) for place in own],
                    [(o.paper.key, o.paper.title, o.paper.year, o.reasons) for o in others],
                    self._site.authors.links_of(paper)[:MOST_AUTHORS],
                    self._edit(paper),
                    self._site.references.get(paper.key),
                    show_figures(paper.figures, self._site.folder),
                    self._site.previews.of_paper(paper),
                    [self._site.states.get(strip_fragment(url)) for url in paper.all_links.values()]
                    if self._site.states
                    else None,
                ),
                to_unicode(paper.title),
                "paper",
                partial(self._view, paper, own, others),
            )

    def _view(
        self, paper: Paper, places: list[PlaceView], related: list[RelatedView]
    ) -> Mapping[str, Any]:
        catalog, venue = self._site.catalog, self._site.catalog.venue_name(paper)
        url = self._site.absolute(addresses.to_paper(paper.key))
        return {
            "paper": paper,
            "title": to_html(paper.title),
            "item": self._site.items[paper.key],
            "authors": [
                (name.display, link)
                for name, link in zip(
                    paper.authors[:MOST_AUTHORS], self._site.authors.links_of(paper), strict=False
                )
            ],
            "more_names": [name.display for name in paper.authors[MOST_AUTHORS:]],
            "is_cut": len(paper.authors) > MOST_AUTHORS,
            "type_label": TYPE_LABELS[type_of(catalog, paper)],
            "venue": venue,
            "venue_page": self._site.link_venue(venue) if venue else None,
            "venue_title": metadata.venue_title(catalog, paper),
            "abstract": to_paragraphs(paper.abstract),
            "figures": show_figures(paper.figures, self._site.folder),
            "places": places,
            "trail": [*self._site.trail(places[0].view), places[0].view] if places else [],
            "facets": self._facets(paper),
            "bibtex": self._write_bibtex(paper).strip(),
            "reference": to_reference(catalog, _shorten(paper)),
            "files": [(format_.label, format_.suffix) for format_ in PAPER_FORMATS],
            "references": self._site.references.get(paper.key, []),
            "edit": self._edit(paper),
            "report": self._report(paper),
            "description": _describe(paper),
            "tags": list(metadata.to_citation_tags(catalog, paper)),
            "json_ld": to_script_json(metadata.to_json_ld(catalog, paper, url)),
            "published": to_published(catalog, paper),
            "related": related,
            "states": self._states_of(paper),
            "card": self._site.absolute(self._site.previews.of_paper(paper)),
        }

    def _write_bibtex(self, paper: Paper) -> str:
        """Return the entry that the page shows: of a thousand authors, the first ones.

        It has TeX's commands in place of signs that only the file defines.
        """
        entry = drop_extensions(self._site.bibtex[paper.key])
        if len(paper.authors) <= MOST_AUTHORS and entry.isascii() and "$" not in entry:
            return entry
        return to_bibtex(self._site.catalog, paper, Options(max_authors=MOST_AUTHORS))

    def _states_of(self, paper: Paper) -> dict[str, tuple[LinkState, str]]:
        """Return what is known of the paper's links, by their kinds, with a line that says it."""
        if not self._site.states:
            return {}
        found = {
            kind: self._site.states.get(strip_fragment(url))
            for kind, url in paper.all_links.items()
        }
        return {kind: (state, to_state_label(state)) for kind, state in found.items() if state}

    def _facets(self, paper: Paper) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the list's own facets of a paper: title, then titles and addresses of values."""
        return [
            (
                self._site.catalog.facets[id_].title,
                [
                    (
                        self._site.catalog.facet_values[id_][value],
                        addresses.to_filter(**{f"facet.{id_}": value}),
                    )
                    for value in values
                ],
            )
            for id_, values in paper.facets.items()
        ]

    def _edit(self, paper: Paper) -> str | None:
        repository = self._site.github
        if repository is None:
            return None
        own = f"{paper.key}.yaml"
        return addresses.to_edit(
            repository, f"papers/{own}" if own in self._site.files else "papers.yaml"
        )

    def _report(self, paper: Paper) -> str | None:
        repository = self._site.github
        if repository is None:
            return None
        place = self._site.absolute(addresses.to_paper(paper.key)) or paper.key
        body = f"{paper.title}\n{place}\n\nWhat is wrong:\n"
        return addresses.to_new_issue(repository, f"Correct {paper.key}", body)


def _shorten(paper: Paper) -> Paper:
    """Return a paper of a thousand authors with the first ones."""
    if len(paper.authors) <= MOST_AUTHORS:
        return paper
    return paper.model_copy(update={"authors": paper.authors[:MOST_AUTHORS], "more_authors": True})


def _summarize_place(place: PlaceView) -> tuple[object, ...]:
    """Return what a paper's page shows of its place in a section."""
    around = [
        (paper.key, paper.title) if paper else None for paper in (place.previous, place.following)
    ]
    return place.view.id, place.position, len(place.view.papers), around


def _describe(paper: Paper) -> str | None:
    """Return what the paper says, for search engines and previews.

    Zotero stores a description as the abstract: one of title and authors would be a false one.
    """
    text = paper.tldr or paper.abstract
    return shorten(text, _LONGEST_DESCRIPTION, placeholder=" …") if text else None
