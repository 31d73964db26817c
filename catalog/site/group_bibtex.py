"""The BibTeX file of a group of papers, such as those of an author or a venue."""

from collections.abc import Sequence

from catalog.model.records import Paper
from catalog.render.citations import Format
from catalog.render.citations.formats import write_file
from catalog.render.digests import digest
from catalog.site.context import SiteContext
from catalog.store.files import LazyFile

FILE = "papers.bib"


def make_bibtex_file(site: SiteContext, address: str, papers: Sequence[Paper]) -> LazyFile:
    """Return the file next to the page at `address`, which ends in a slash."""

    def write() -> str:
        return write_file(site.catalog, [site.bibtex[one.key] for one in papers], Format.BIBTEX)

    digests = [site.memo.digests[paper.key] for paper in papers]
    return LazyFile(f"{address}{FILE}", digest(digests, site.survey_links), write)
