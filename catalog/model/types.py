"""Types that the readers of files and the models share."""

from typing import TypeAlias, Union

Value: TypeAlias = Union[str, "list[Value]", "dict[str, Value]"]
"""A raw value of a file: every scalar as text, since only the model decides its type."""
