"""The venue that a service names, found in the list's table or proposed for it."""

from pathlib import Path

import pytest

from catalog.lookup.venues import find_listed_venue
from catalog.model.catalog import Catalog
from catalog.store.load import load, load_files
from tests.real_list import find_real_list

ROOT = Path(__file__).parent.parent.parent
LIST = b"""\
survey: {title: Invented List}
sections: [{id: things, title: Things}]
venues:
  Conf: {name: Invented Conference, aliases: [IC]}
  ToyNLP: {kind: workshop}
  ICML: {name: International Conference on Machine Learning}
  TMLR: {name: Transactions on Machine Learning Research, kind: journal}
  arXiv: {kind: preprint}
"""


@pytest.fixture
def catalog() -> Catalog:
    found = load_files([("papers.yaml", LIST)]).catalog
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("shown", "short"),
    [
        ("Conf", "Conf"),
        ("IC", "Conf"),
        ("conf", "Conf"),
        ("Proceedings of the 12th Invented Conference", "Conf"),
        ("Proceedings of the 2024 Invented Conference (Conf 2024)", "Conf"),
        ("Conf 2024", "Conf"),
        ("Proceedings of the 41st International Conference on Machine Learning", "ICML"),
        ("ICML 2024 poster", "ICML"),
        ("Trans. Mach. Learn. Res.", "TMLR"),
        ("Proceedings of the Fourth ToyNLP Workshop on Invented Things", "ToyNLP"),
        ("CoRR", "arXiv"),
        ("arXiv.org", "arXiv"),
    ],
)
def test_a_venue_of_the_table_is_found(catalog: Catalog, shown: str, short: str) -> None:
    match = find_listed_venue(shown, catalog)
    assert (match.short, match.new_row) == (short, None)


@pytest.mark.parametrize(
    ("shown", "short", "row"),
    [
        ("ICML 2024 Workshop on Things", "ICML Workshop",
         {"name": "ICML Workshop on Things", "kind": "workshop"}),
        ("Journal of Machine Learning Research", "JMLR",
         {"name": "Journal of Machine Learning Research", "kind": "journal"}),
        ("J. Mach. Learn. Res.", "JMLR",
         {"name": "Journal of Machine Learning Research", "kind": "journal"}),
        ("Letters of Things", "Letters of Things", {"kind": "journal"}),
    ],
)  # fmt: skip
def test_another_venue_is_a_new_row(
    catalog: Catalog, shown: str, short: str, row: dict[str, str]
) -> None:
    match = find_listed_venue(shown, catalog)
    assert (match.short, match.new_row) == (short, row)


def test_every_title_of_a_volume_of_the_real_list_leads_to_its_venue() -> None:
    catalog = load(find_real_list()).catalog
    assert catalog is not None
    volumes = [(p.booktitle, p.venue) for p in catalog.papers if p.booktitle and p.venue]
    assert len(volumes) > 20
    assert [(t, v) for t, v in volumes if find_listed_venue(t, catalog).short != v] == []
