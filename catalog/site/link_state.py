"""What is known about the links of the list: read from `link-state.json` next to papers.yaml.

The link checker writes the file; `catalog.store.link_state` defines its format. A file that is
missing, unreadable or outside the folder is not a fault of a page: then nothing is known.
"""

from dataclasses import replace
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.store.link_state import FILE, LinkState, States, read_states
from catalog.store.symlinks import escapes_folder
from catalog.text.urls import is_url


def read_link_state(folder: Path) -> States:
    """Read the state of each address; none when there is no file that can be understood.

    A new address that a record may not have (with a user name, say) is not shown as one.
    """
    path = folder / FILE
    if escapes_folder(path, folder):
        return States()
    try:
        states = read_states(path)
    except UnreadableInputError:
        return States()
    return States({url: _drop_odd(state) for url, state in states.items()})


def _drop_odd(state: LinkState) -> LinkState:
    if state.moved_to is None or is_url(state.moved_to):
        return state
    return replace(state, moved_to=None)
