"""Small whole pages, held byte for byte: read a change in review before taking it over.

`CATALOG_GOLDEN=write pytest tests/site/test_golden.py` takes over what is made now.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    "address", ["papers/minimal/", "papers/sample2023things/", "sections/measures/"]
)
def test_a_page_is_as_it_was(
    stamp: Callable[[str], Path], invented_text: str, address: str
) -> None:
    html = (stamp(invented_text) / address / "index.html").read_text(encoding="utf-8")
    golden = GOLDEN / f"{address.strip('/').replace('/', '-')}.html"
    if os.environ.get("CATALOG_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(html, encoding="utf-8")
    assert html == golden.read_text(encoding="utf-8")
