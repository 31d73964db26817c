"""The website: papers and sections stamped into the page frame that a site engine has built."""

from catalog.site.engine_files import SiteFolderError
from catalog.site.render import stamp_beside, stamp_site

__all__ = ["SiteFolderError", "stamp_beside", "stamp_site"]
