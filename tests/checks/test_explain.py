"""Every finding is explained, by the page that the wheel carries."""

import pytest

from catalog.checks.explain import explain, list_codes
from catalog.errors import UsageError
from catalog.model.findings import Code


def test_every_code_is_explained_with_its_fix() -> None:
    assert sorted(list_codes()) == sorted(Code)
    for code in Code:
        text = explain(code)
        assert text.startswith(f"# {code}\n\n*")
        assert "**Fix:**" in text
        assert "\n## " not in text
        assert "\n### " not in text


def test_a_misspelt_code_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'venue-unknown'"):
        explain("venue-unknwon")
    with pytest.raises(UsageError, match="`catalog explain` lists the codes"):
        explain("qqqqqq")
