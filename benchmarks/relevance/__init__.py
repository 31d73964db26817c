"""How often a search finds the paper that is meant, ours and others, on several lists."""
