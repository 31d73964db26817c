"""A YAML file as it stands: where each value begins and ends in the text."""

import re
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from catalog.errors import CatalogError
from catalog.model.findings import FieldPath

__all__ = [
    "EditError",
    "MappingNode",
    "Node",
    "ScalarNode",
    "SequenceNode",
    "Text",
    "find_line_end",
]

Node: TypeAlias = ScalarNode | MappingNode | SequenceNode

# The line ends of YAML 1.2.2, 5.4, and the end of the file.
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")


class EditError(CatalogError):
    """A file was not changed: what would be in it is not what was meant."""


class Text:
    """The text of a file without its byte order mark, with the nodes of its values.

    Raises `EditError` when it is not YAML that can be read whole.
    """

    def __init__(self, data: bytes, file: str) -> None:
        decoded = data.decode("utf-8")
        self.file = file
        self.mark = "\ufeff" if decoded.startswith("\ufeff") else ""
        self.text = decoded[len(self.mark) :]
        self.line_end = find_line_end(self.text)
        try:
            root = yaml.compose(self.text, Loader=yaml.CBaseLoader)
        except yaml.YAMLError as error:
            raise EditError(f"{file}: cannot be changed: {error}") from error
        if not isinstance(root, Node):
            raise EditError(f"{file}: cannot be changed: it is empty")
        self.root: Node = root

    def find(self, path: FieldPath) -> tuple[Node | None, Node]:
        """Return the key of the field to which `path` leads (None for an item), and its value."""
        key: Node | None = None
        node = self.root
        for step in path:
            key, node = _find_part(node, step, self.file)
        return key, node

    def end_of(self, node: Node) -> int:
        """Return where the last character of a value is passed.

        The marks of blocks reach to what follows them, over blank lines and comments.
        """
        if isinstance(node, ScalarNode):
            return self._end_of_scalar(node)
        if is_flow(node) or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self.end_of(last[1] if isinstance(node, MappingNode) else last)

    def _end_of_scalar(self, node: ScalarNode) -> int:
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if node.style not in ("|", ">"):
            return end
        written = self.text[start:end]
        header = _LINE_END.split(written, maxsplit=1)[0].partition("#")[0]
        if "+" in header:
            return end - len(written) + len(re.sub(r"(?:\r\n|\n|\r)\Z", "", written))
        return start + len(written.rstrip())

    def begin_of_line(self, index: int) -> int:
        """Return where the line begins in which `index` stands."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def begin_of_line_above(self, begin: int) -> int:
        """Return where the line begins that stands above the one that begins at `begin`."""
        is_pair = self.text[max(begin - 2, 0) : begin] == "\r\n"
        return self.begin_of_line(begin - (2 if is_pair else 1))

    def end_of_line(self, index: int) -> int:
        """Return where the line ends in which `index` stands, before its line feed."""
        found = _LINE_END.search(self.text, index)
        return found.start() if found else len(self.text)

    def begin_of_next_line(self, index: int) -> int:
        """Return where the next line begins, or the end of the text."""
        found = _LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    def dash_of(self, sequence: SequenceNode, index: int) -> int:
        """Return where the hyphen of an item of a block list stands."""
        if index == 0:
            return int(sequence.start_mark.index)
        column = sequence.start_mark.column
        begin = self.begin_of_line(int(sequence.value[index].start_mark.index))
        while self.text[begin : begin + column].strip() or self.text[begin + column] != "-":
            begin = self.begin_of_line_above(begin)
        return begin + column


def find_line_end(text: str) -> str:
    """Return the line end that most lines of a text have."""
    return "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"


def is_flow(node: Node) -> bool:
    """Return whether a value is in brackets or braces."""
    return not isinstance(node, ScalarNode) and bool(node.flow_style)


def _find_part(node: Node, step: str | int, file: str) -> tuple[Node | None, Node]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    raise EditError(f"{file}: there is no {step!r} to change")
