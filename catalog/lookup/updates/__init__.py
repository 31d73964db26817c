"""What has changed since a paper was listed: published versions of preprints, and missing fields.

`candidates` asks the services, `compare` weighs each answer; `published` and `missing_fields` make
proposals, and those that pass the bar may be written.
"""

from catalog.lookup.updates.proposal import Proposal, Updates, write_updates
from catalog.lookup.updates.run import find_updates, select_papers

__all__ = ["Proposal", "Updates", "find_updates", "select_papers", "write_updates"]
