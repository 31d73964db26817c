"""Which preview card each page has, and the drawing of them.

Every page of a list has a card of its own, up to `MOST_CARDS` papers: a card takes about 1 ms and
10 KB. Beyond that, papers show the card of their first section, and so does a paper whose title has
letters that cannot be drawn.
"""

from collections.abc import Iterator
from functools import cached_property, partial

from catalog.model.catalog import Catalog, SectionView
from catalog.model.records import Paper
from catalog.render.digests import digest
from catalog.site.cards import Card, can_draw, draw
from catalog.site.views import to_byline, to_published
from catalog.store.files import LazyFile
from catalog.text.tex_math import to_unicode

FOLDER = "assets/catalog/cards/"
MOST_CARDS = 500
"""The papers of a longer list have the card of their section."""


class Previews:
    """The cards of one list, by the path of their files below the site's root."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def of_list(self) -> str | None:
        """Return the card of the list itself."""
        return self._find("list")

    def of_section(self, view: SectionView) -> str | None:
        """Return the card of a section."""
        return self._find(f"sections/{view.id}") or self.of_list()

    def of_paper(self, paper: Paper) -> str | None:
        """Return the card of a paper."""
        own = self._find(f"papers/{paper.key}")
        if own or not paper.sections:
            return own or self.of_list()
        return self.of_section(self._catalog.section_by_id[paper.sections[0]])

    def render(self) -> Iterator[LazyFile]:
        """Yield every card to draw."""
        for name, card in self._cards.items():
            yield LazyFile(f"{FOLDER}{name}.png", digest(card), partial(draw, card))

    def _find(self, name: str) -> str | None:
        return f"{FOLDER}{name}.png" if name in self._cards else None

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return {name: card for name, card in self._describe() if can_draw(card)}

    def _describe(self) -> Iterator[tuple[str, Card]]:
        catalog, title = self._catalog, self._catalog.survey.title
        names = ", ".join(name.display for name in catalog.survey.authors)
        facts = [text for text in (names, _count(len(catalog.papers))) if text]
        yield "list", Card(title, tuple(facts), "")
        for view in catalog.sections:
            yield f"sections/{view.id}", Card(view.title, (_count(view.total),), title)
        for paper in catalog.papers if len(catalog.papers) <= MOST_CARDS else ():
            shown = (to_byline(paper), to_published(catalog, paper))
            yield (
                f"papers/{paper.key}",
                Card(to_unicode(paper.title), tuple(filter(None, shown)), title),
            )


def _count(total: int) -> str:
    return f"{total} paper{'' if total == 1 else 's'}"
