"""Rules over a Catalog, comparison of two states, findings as text, JSON and annotations."""
