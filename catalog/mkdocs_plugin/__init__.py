"""The MkDocs plugin, a thin adapter and the only importer of MkDocs.

It checks the list, lets MkDocs build the frame, and stamps the papers into it.

`plugins: [catalog]` in mkdocs.yml is all; what the project does not set or bring gets a default.
"""

from catalog.mkdocs_plugin.frame import FrameBuilder, Site
from catalog.mkdocs_plugin.plugin import SOURCES, CatalogPlugin
from catalog.mkdocs_plugin.running import empty_folder, serve
from catalog.mkdocs_plugin.settings import find_site

__all__ = ["SOURCES", "CatalogPlugin", "FrameBuilder", "Site", "empty_folder", "find_site", "serve"]
