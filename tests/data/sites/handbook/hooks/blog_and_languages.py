"""The blog is in English only: its files are kept away from the i18n plugin, which knows no generated pages.

The blog plugin adds its files at priority -50, the i18n plugin sorts files at -100; this hook stands on both sides of it.
"""

from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files

_held = []


@event_priority(-75)
def _take_out(files, config):
    _held[:] = [f for f in files if f.src_uri.startswith("blog/") and f.src_uri != "blog/index.md"]
    kept = [f for f in files if f not in _held]
    return Files(kept)


@event_priority(-125)
def _put_back(files, config):
    for file in _held:
        files.append(file)
    return files


on_files = CombinedEvent(_take_out, _put_back)
