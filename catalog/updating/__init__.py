"""What has changed since a paper was listed: published versions of preprints, and missing fields.

`candidates` asks the services, `judging` weighs each answer, `proposals` makes changes of those
that pass the bar and remarks of the others.
"""

from catalog.updating.proposals import (
    Proposal,
    Updates,
    find_updates,
    select_papers,
    write_updates,
)

__all__ = ["Proposal", "Updates", "find_updates", "select_papers", "write_updates"]
