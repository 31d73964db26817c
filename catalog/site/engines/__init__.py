"""The programs that can build the frame of a site: MkDocs, and the two that follow it.

MkDocs runs in this process, with the list's plugin. The others are run as commands, by the options
that their documentation names, so that their own versions and plugins count.
"""

from catalog.site.engines.external import build_frame
from catalog.site.engines.programs import find_engine, find_program
from catalog.site.settings import Engine

__all__ = ["Engine", "build_frame", "find_engine", "find_program"]
