"""The list here and a converted one pass awesome-lint where it is installed."""

from pathlib import Path

import pytest

from tests.awesome_lint import main

pytestmark = pytest.mark.slow

TOOL = Path(__file__).parent / "node_modules/awesome-lint"


@pytest.mark.skipif(not TOOL.is_dir(), reason="make web installs awesome-lint")
def test_awesome_lint_accepts_readmes_in_awesome_style() -> None:
    assert main([]) == 0
