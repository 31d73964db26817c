"""The website: papers and sections stamped into the page frame that a site engine has built."""

from catalog.site.render import SiteFolderError, stamp_beside, stamp_site

__all__ = ["SiteFolderError", "stamp_beside", "stamp_site"]
