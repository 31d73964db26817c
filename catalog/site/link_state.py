"""What is known about the links of the list: read from `link-state.json` beside papers.yaml.

The link checker writes the file, and `catalog.links.state` says what stands in it. A file that is
missing or that cannot be understood is no fault of a page: then nothing is known.
"""

from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.links.state import FILE, States, read_states


def read_link_state(folder: Path) -> States:
    """Read the state of each address; none when there is no file that can be understood."""
    try:
        return read_states(folder / FILE)
    except UnreadableInputError:
        return {}
