"""All updates of a list: what is asked in batches, then record by record."""

from collections.abc import Callable, Sequence

from catalog.errors import UsageError
from catalog.lookup import Session, UnavailableError
from catalog.lookup.updates.candidates import Asked, ask_arxiv_for_code, ask_servers
from catalog.lookup.updates.missing_fields import propose_code, propose_missing
from catalog.lookup.updates.proposal import Proposal, Updates
from catalog.lookup.updates.published import propose_published
from catalog.model.catalog import Catalog
from catalog.model.findings import quote
from catalog.model.records import LinkKind, Paper


def select_papers(catalog: Catalog, keys: Sequence[str]) -> tuple[Paper, ...]:
    """Return the papers with these keys, or old ones; all when there are none.

    Raises `UsageError` for a key that no paper has.
    """
    for key in keys:
        if key not in catalog.paper_by_key:
            raise UsageError(f"no paper has the key {quote(key)}")
    chosen = dict.fromkeys(catalog.paper_by_key[key].key for key in keys)
    return tuple(paper for paper in catalog.papers if not keys or paper.key in chosen)


def find_updates(
    catalog: Catalog,
    papers: Sequence[Paper],
    desk: Session,
    tell: Callable[[str], None] = lambda _line: None,
) -> Updates:
    """Look up what has become of `papers` since. `tell` is called with each key."""
    preprints = [paper for paper in papers if catalog.is_preprint(paper) or paper.venue is None]
    told = ask_servers(preprints, desk)
    rest = [p for p in papers if p not in preprints and LinkKind.CODE not in p.links]
    with_code = ask_arxiv_for_code(rest, desk)
    proposals: list[Proposal] = []
    failures: dict[str, tuple[str, ...]] = {}
    for paper in papers:
        tell(paper.key)
        try:
            if paper in preprints:
                proposals += propose_published(paper, told.get(paper.key), catalog, desk)
            else:
                if paper.key in with_code:
                    proposals += propose_code(paper, with_code[paper.key])
                proposals += propose_missing(paper, catalog, desk)
            troubles = told.get(paper.key, Asked(())).failures
        except UnavailableError as error:
            troubles = (*told.get(paper.key, Asked(())).failures, str(error))
        for text in dict.fromkeys(troubles):
            failures[text] = (*failures.get(text, ()), paper.key)
    return Updates(tuple(proposals), failures)
