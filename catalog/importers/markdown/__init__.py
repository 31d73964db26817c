"""A hand-written list in Markdown into entries, and an account of every line of it.

    lines → blocks → candidates → entry_shapes → entries → drafts

`lines` holds the source and fixes what stops a parser, `blocks` is the parsed tree, `sections` the
tree of headings, `candidates` what repeats in it, `entry_shapes` the form that each region votes
for, `entries` what a form finds, `coverage` where every line went, `drafts` the records.
"""
