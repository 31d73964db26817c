"""How many examples Hypothesis makes for a property that wants other than the usual number."""

from hypothesis import settings

USUAL = 100
"""As Hypothesis has it; the profiles of `conftest.py` make fewer, or more."""


def examples(count: int) -> settings:
    """Return the settings for `count` examples where 100 are usual, and its share elsewhere."""
    return settings(max_examples=max(1, share_of(count)))


def share_of(count: int) -> int:
    """Return how many there are of what is tried `count` times where 100 examples are usual."""
    return count * settings().max_examples // USUAL
