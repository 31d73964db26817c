"""Lists in HTML and reStructuredText as the blocks that a list in Markdown has.

    text → tree → blocks with the lines of the file → the same blocks with written lines

`html_tokens`, `html_tree` and `html_blocks` read HTML, `rst` reads reStructuredText with docutils,
`written` writes blocks as lines of Markdown, which accounts, summaries and kept text refer to.
"""
