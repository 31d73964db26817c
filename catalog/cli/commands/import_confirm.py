"""What `catalog import --confirm` does: it alone of all imports needs the network."""

import os
from collections.abc import Sequence
from pathlib import Path

from catalog.cli.console import echo_error
from catalog.importers.markdown.reader import ReadList
from catalog.lookup import CACHE, open_session
from catalog.lookup.confirm import confirm_titles
from catalog.model.records import Survey
from catalog.store.cache_dir import open_cache
from catalog.text.characters import to_printable


def confirm(folder: Path, lists: Sequence[ReadList]) -> None:
    """Confirm titles, and report the outcome; without a network nothing changes."""
    with open_session(os.environ, Survey(title="Import"), open_cache(folder) / CACHE) as desk:
        confirmation = confirm_titles(lists, desk)
    for line in confirmation.describe():
        echo_error(to_printable(line))
    if confirmation.unanswered and not desk.has_answered:
        echo_error("none of the services answered, so no title was compared; is there a network?")
