"""CITATION.cff, read back as YAML."""

from pathlib import Path
from typing import Any

import yaml

from catalog.checks.check import check
from catalog.model.catalog import Catalog
from catalog.render.citation_cff import CITATION, render_citation
from catalog.tasks.build import find_stale, write_readme

LIST = """\
survey: {title: "On: \\"Things\\" # and more", cite: [a, b, c], licence: {data: SOME WORDS}}
sections: [{id: things, title: Things}]
venues: {Conf: {name: Proceedings of Conf}, Letters: {kind: journal}}
papers:
- {key: a, title: First, venue: Conf, year: 2024, sections: [things], pages: 1-9,
   authors: ["van der Berg, Carla", {literal: Things Team}, {family: Doe, given: J., suffix: Jr.}]}
- {key: b, title: Second, venue: Letters, year: 2023, month: 5, sections: [things],
   authors: [Ada Example], volume: "3", doi: 10.1000/x}
- {key: c, title: Nobody, sections: [things]}
"""


def load(catalog: Catalog, folder: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    return yaml.safe_load(render_citation(catalog, folder))


def test_the_list_and_its_papers_are_cited(tmp_path: Path, today: Any) -> None:  # noqa: ANN401
    (tmp_path / "papers.yaml").write_text(LIST)
    catalog = check(tmp_path, today=today).catalog
    assert catalog is not None
    found = load(catalog, tmp_path)
    title = 'On: "Things" # and more'
    assert (found["cff-version"], found["title"]) == ("1.2.0", title)
    assert found["authors"] == [{"name": title}]
    assert "license" not in found
    assert found["preferred-citation"] == {
        "type": "conference-paper",
        "title": "First",
        "collection-title": "Proceedings of Conf",
        "year": 2024,
        "start": "1",
        "end": "9",
        "authors": [
            {"given-names": "Carla", "name-particle": "van der", "family-names": "Berg"},
            {"name": "Things Team"},
            {"given-names": "J.", "family-names": "Doe", "name-suffix": "Jr."},
        ],
    }
    (second,) = found["references"]
    assert (second["type"], second["journal"], second["month"]) == ("article", "Letters", 5)


def test_it_is_written_where_it_is(invented_folder: Path, invented_catalog: Catalog) -> None:
    write_readme(invented_catalog, invented_folder)
    assert not (invented_folder / CITATION).exists()
    (invented_folder / CITATION).touch()
    assert find_stale(invented_catalog, invented_folder) == [CITATION]
    write_readme(invented_catalog, invented_folder)
    assert load(invented_catalog, invented_folder)["authors"]
