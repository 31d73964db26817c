"""Hints for words that are not a choice."""

import pytest

from catalog.text.spelling import list_choices


@pytest.mark.parametrize(
    ("count", "last", "is_cut"), [(1, "c0", False), (2, "c1", False), (200, None, True)]
)
def test_the_first_choices_are_listed_and_more_are_hinted_at(
    count: int, last: str | None, is_cut: bool
) -> None:
    text = list_choices(f"c{n}" for n in range(count))
    assert text.startswith("Use one of c0")
    assert text.endswith(", …") is is_cut
    assert last is None or text.endswith(last)


def test_as_many_choices_as_are_listed_need_no_hint_at_more() -> None:
    whole = list_choices(f"c{n}" for n in range(200)).removesuffix(", …").count(",") + 1
    assert not list_choices(f"c{n}" for n in range(whole)).endswith("…")
    assert list_choices(f"c{n}" for n in range(whole + 1)).endswith("…")
