"""Names of venues: which one a text means, in whatever form, and its year.

`known` is the table of venues that most lists name, `mentions` finds one in a text, `clusters`
makes one venue of its many spellings.
"""
