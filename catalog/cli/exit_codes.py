"""What every command keeps to; it needs nothing that takes time to load."""

FINE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit codes: nothing to say, findings or stale output, wrong use or unreadable input."""

ENGINES = ("mkdocs", "properdocs", "zensical")
"""Those of `catalog.site.engines.Engine`."""


def write_example(*lines: str) -> str:
    """Return the example at the end of a command's help, kept line by line."""
    return "\b\nFor example:\n" + "\n".join(f"  {line}" for line in lines)
