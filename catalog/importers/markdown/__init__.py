"""Hand-written lists in Markdown, read into records.

    lines → blocks → candidates → forms → entries → records

`blocks` is the Markdown as a tree, `sections` the tree of headings, `candidates` what may be an
entry, `forms` the form that each group of like lines repeats, `filter` which entries are papers,
`drafts` the records, `source_parts` what became of every link, image and run of words.
"""
