"""The file of the state of links has one version, and another is refused."""

from pathlib import Path

import pytest

from catalog.errors import UnreadableInputError
from catalog.store.link_state import States, read_states, to_text
from catalog.store.link_status import Status


def test_the_file_says_its_version_and_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link-state.json"
    text = to_text(States())
    assert text == '{"version": 1, "links": {\n\n}}\n'
    path.write_text(text.replace("\n\n", '\n"http://a/": {"status": "alive"}\n'))
    assert {url: state.status for url, state in read_states(path).items()} == {
        "http://a/": Status.ALIVE
    }
    path.write_text(text.replace("1", "2"))
    with pytest.raises(UnreadableInputError, match="version 1"):
        read_states(path)
