"""The MkDocs plugin, a thin adapter and the only importer of MkDocs.

It checks the list, lets MkDocs build the frame, and stamps the papers into it.

`plugins: [catalog]` in mkdocs.yml is all; what the project does not set or bring gets a default.
"""

from catalog.site.mkdocs.frame_builder import FrameBuilder, Site, empty_folder
from catalog.site.mkdocs.plugin import FRAME_ONLY, SOURCES, CatalogPlugin

__all__ = [
    "FRAME_ONLY",
    "SOURCES",
    "CatalogPlugin",
    "FrameBuilder",
    "Site",
    "empty_folder",
]
