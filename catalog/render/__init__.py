"""A Catalog as text: README, CITATION.cff, charts, citations."""
