"""What the readings of a line gain and pay, in the units of `evidence.weigh`: 3 is certain.

They were set on invented lists and tried on others that nobody had seen; `forms` uses them.
"""

# What a form pays, over all lines of its group.
NEW_SLOT = 2.0
"""For each slot: one odd line with `Ada Example` must be sure to give others authors."""
NEW_SLOT_EACH = 0.5
"""The same for each line of a small group: two lines need less to agree than twenty."""
UNFIT = 6.0
"""For a line that it does not fit, more than any slot gains: forms have to read most lines."""
OTHER_FORM = 2.0
"""Price of a line that is read by another form than most of its group."""

# What a reading pays, or gains, by the form of its group.
EXPECTED = 1.0
"""Gain of a text in the slot that its form has there: `Barrow`, where others have ICML."""
OTHER_SEPARATOR = 1.0
"""Price of another separator than the form's: `**Nets**: ICML` among `**Nets**, ICML`."""
OTHER_FIRST = 2.5
"""The same for the first slot: where all begin with it, `TableTalk  Open weights` does."""
INSIDE = 2.0
"""Price of each mark inside a text that parts it from the next slot: `Nets / ICML` as a title."""
SKIPPED = 0.3
"""Price of a slot of the form that a line leaves empty: most lists miss some venues."""
GIVEN_SKIPPED = 3.0
"""The same for a form that the owner gave: `Tide and Line` is a venue, not names."""

# What titles gain and pay by their marks.
FIRST = 0.8
"""Gain at the beginning of a line, where most lists have their titles."""
ALONE = 1.5
"""Gain there when a line break or a wide space ends the title: `Chalk  A game for proofs`."""
SOFT_CUT = 1.0
"""Price of a cut behind a title at a mark that titles have inside too: `Nets: A Study`."""
BEYOND = 2.0
"""Price of going on behind the link or the quotes that a text begins in: `"Nets", CONF`."""
ACROSS = 3.0
"""Price of a line break, a wide space, a bar or an odd quote inside: `Chalk  A game`."""

# What other slots gain and pay by their place.
INVERTED_NAME = 2.2
"""Weight of authors that are one name before a colon: `Bratenahl, Hedwig: Salt and Seals`."""
CAPITALS = 3.0
"""Weight of authors that are family names in capitals: `KING, KEOHANE y VERBA [Inquiry](…)`."""
BEFORE_VOLUME = 1.2
"""Gain of a venue that a volume or a year follows: `Theoria, 33(1)`, `Mind, 1994`."""
VENUE_FIRST = 1.5
"""Price of a venue before the title, unless brackets, code or a bar set it apart: `[ICML] Nets`."""
STYLED_VENUE = 0.8
"""Gain of a venue in italic, as citations have it: `*Journal of Things*`."""
CLIPPED_VENUE = 2.0
"""Least weight of a venue whose words are cut short: `Build. Environ. 2010`."""
NOTE_FIRST = 0.5
"""Price of a note inside a line before its title: `A must: Nets`."""
MARKED_NOTE = 1.0
"""Price of a note that a line begins with in a style, as titles do: `**Read this**`."""

# Bounds.
LEAST_SUPPORT = 0.7
"""What texts in a slot weigh in the mean by their own words; a lone full name weighs 0.8."""
IMPOSSIBLE = -3.9
"""What no reading takes: the recognisers return -4 for `2021` as authors."""
