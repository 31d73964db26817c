"""The benchmark of the search builds the pages that it measures, and no others."""

from pathlib import Path

import pytest

from benchmarks.lists import write_list
from benchmarks.search import build_browse, choose_searches


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_benchmark_builds_the_browse_page_alone(tmp_path: Path) -> None:
    write_list(tmp_path / "list", 20)
    build_browse(tmp_path / "list", tmp_path / "site")
    assert [path.parent.name for path in (tmp_path / "site" / "papers").rglob("*.html")] == [
        "papers"
    ]
    assert (tmp_path / "site" / "assets" / "catalog" / "data" / "papers-0.js").is_file()
    assert len(choose_searches(20)) == 8
