"""Several drafts of one work made one."""

from catalog.model.draft import Draft
from catalog.model.merging import merge_drafts


def test_a_full_list_of_authors_replaces_a_cut_one_and_its_mark() -> None:
    cut = Draft({"title": "Things", "authors": ["Ada Example"], "more_authors": "true"})
    full = Draft({"title": "Things", "authors": ["Ada Example", "Ben Sample"]})
    for drafts in ((cut, full), (full, cut)):
        values = merge_drafts(drafts).draft.values
        assert values["authors"] == ["Ada Example", "Ben Sample"]
        assert "more_authors" not in values
