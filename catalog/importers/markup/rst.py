"""A list in reStructuredText, read with docutils, which `pip install 'paper-catalog[rst]'` brings.

Nothing is included, executed or fetched: https://docutils.sourceforge.io/docs/howto/security.html.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.languages import en
from docutils.utils import SystemMessage

from catalog.errors import UnreadableInputError
from catalog.importers.markdown.blocks import Block, BlockKind
from catalog.importers.markdown.inline_html import Piece, PieceBuilder
from catalog.importers.markdown.lines import read_lines
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList, read_blocks
from catalog.importers.markup.written import write_blocks
from catalog.model.identifiers import parse_arxiv, parse_doi, to_arxiv_url, to_doi_url

_SETTINGS = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    # Titles, fields and numbers stay where the author has them.
    "doctitle_xform": False,
    "sectsubtitle_xform": False,
    "docinfo_xform": False,
    # What docutils does not understand is in the tree, and nothing is printed.
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": False,
    "syntax_highlight": "none",
    "smart_quotes": False,
}
_LARGEST = 1024 * 1024
"""Bytes; docutils reads about 200 kB a second."""
_LONGEST_PARAGRAPH = 5_000
"""Characters of a paragraph that is read at once. docutils looks through the rest of it again from
each mark that nothing closes."""
_BEGINS_BLOCK = re.compile(r"\s*(?:[-*+•|:]\s|\+[-=]|\d{1,4}[.)]|\.\.\s|[^\w\s](?:[^\w\s]| )*$|$)")
"""A line that is, or may be, no continuation of the paragraph above it."""
_MOST_NAMES = 200
"""Directives and roles of other tools, such as Sphinx, that one file may use."""
# `.. image:: a.png`, `.. |name| …` is not one.
_DIRECTIVE = re.compile(r"^ *\.\. +([A-Za-z][\w.:+-]{0,60})::", re.MULTILINE)
# `:doi:` before the text in backticks, or behind it.
_ROLE = re.compile(r":([A-Za-z][\w.+-]{0,60}(?::[\w.+-]{1,60})?):`|`:([A-Za-z][\w.+-]{0,60}):")
# `text <target>`, as links and roles have it.
_TARGETED = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>\s*", re.DOTALL)


def read_rst(data: bytes, file: str, options: ReadOptions | None = None) -> ReadList:
    """Read a list in reStructuredText.

    Raises `UnreadableInputError` when it is not UTF-8, larger than 1 MiB or nested too deeply.
    """
    if len(data) > _LARGEST:
        raise UnreadableInputError(Path(file), "is larger than 1 MiB; import it in parts")
    source = read_lines(data, file)
    overlong = set(source.overlong)
    lines = ["" if n in overlong else line for n, line in enumerate(source.lines, 1)]
    parted, origins = _part_paragraphs(lines)
    text = "\n".join(parted).replace("\x00", "\ufffd")
    _learn_names(text)
    try:
        tree = publish_doctree(text, source_path=Path(file).name, settings_overrides=_SETTINGS)
        blocks = list(_Reader(lines, origins).read_all(tree.children))
    except RecursionError as error:
        raise UnreadableInputError(Path(file), "is nested too deeply to be read") from error
    except SystemMessage as error:
        raise UnreadableInputError(Path(file), f"cannot be read: {error}") from error
    blocks += [
        Block(BlockKind.LEFT_OUT, number, number, [Piece(source.show(number), number)], raw=_LONG)
        for number in overlong
    ]
    return read_blocks(write_blocks(blocks, file, source.lines), blocks, options)


_LONG = "a line of more than 10,000 characters"


def _part_paragraphs(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the lines with blank ones in very long paragraphs, and the number that each had."""
    parted: list[str] = []
    origins: list[int] = []
    size = 0
    for number, line in enumerate(lines, 1):
        size = 0 if _BEGINS_BLOCK.match(line) else size + len(line)
        if size > _LONGEST_PARAGRAPH:
            parted.append("")
            origins.append(number)
            size = len(line)
        parted.append(line)
        origins.append(number)
    return parted, origins


# What other tools add to the language


class _AnyOptions(dict[str, Callable[[str], str]]):
    """The options of a directive that docutils does not have: any."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Callable[[str], str]:
        return lambda value: value or ""


class _Unknown(Directive):  # type: ignore[misc]  # docutils has no types
    """A directive of another tool: what is in it is read, its title is a paragraph in bold."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = _AnyOptions()

    def run(self) -> list[nodes.Node]:
        """Return the directive as a container, or as left out when it has no content."""
        box = nodes.container(classes=["unknown-directive"], directive=self.name)
        box.line = self.lineno
        title = self.arguments[0] if self.arguments else ""
        if not self.content or self.name == "toctree":
            words = [title, *self.content]
            box += nodes.paragraph("", " ".join(filter(None, words)))
            box["is_left_out"] = True
            return [box]
        if title:
            texts, _ = self.state.inline_text(title, self.lineno)
            box += nodes.paragraph("", "", nodes.strong("", "", *texts))
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


def _read_unknown_role(  # noqa: PLR0913 - as docutils calls it
    name: str,
    rawtext: str,
    text: str,
    lineno: int,
    inliner: object,
    options: object = None,
    content: object = None,
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Return the text of a role that docutils does not have, linked where it has an address.

    `:doc:`Title <page>``, `:arxiv:`2401.00001``, `:doi:`10.1000/x``.
    """
    found = _TARGETED.fullmatch(text)
    shown, target = (found["text"], found["target"]) if found else (text, "")
    url = _to_address(name, target or text)
    if not url:
        return [nodes.inline(rawtext, shown or target)], []
    return [nodes.reference(rawtext, shown or target, refuri=url)], []


def _to_address(role: str, target: str) -> str:
    if "://" in target:
        return target
    if role == "arxiv" and (arxiv := parse_arxiv(target)):
        return to_arxiv_url(arxiv)
    if role == "doi" and (doi := parse_doi(target)):
        return to_doi_url(doi)
    return ""


def _learn_names(text: str) -> None:
    """Make docutils accept the directives and roles that it does not have itself."""
    for name in list(dict.fromkeys(_DIRECTIVE.findall(text)))[:_MOST_NAMES]:
        if name.lower() not in en.directives:
            directives.register_directive(name.lower(), _Unknown)
    names = (before or after for before, after in _ROLE.findall(text))
    for name in list(dict.fromkeys(names))[:_MOST_NAMES]:
        if name.lower() not in en.roles:
            roles.register_local_role(name.lower(), _read_unknown_role)


# The tree as blocks


class _Reader:
    """Makes blocks of the nodes of a document.

    `lines` are those of the file, `origins` the number there of each line that docutils has seen.
    """

    def __init__(self, lines: Sequence[str], origins: Sequence[int]) -> None:
        self._lines = lines
        self._origins = origins
        self._level = 0
        self._line = 1

    def read_all(self, children: Sequence[nodes.Node]) -> Iterator[Block]:
        """Yield the blocks of nodes."""
        for child in children:
            yield from self._read(child)

    def _place(self, node: nodes.Node) -> tuple[int, int]:
        """Return the lines of a node: docutils knows where most of them begin."""
        seen = _line_of(node)
        if seen is not None and 0 < seen <= len(self._origins):
            self._line = self._origins[seen - 1]
        raw = getattr(node, "rawsource", "") or node.astext()
        return self._line, min(self._line + raw.count("\n"), max(len(self._lines), 1))

    def _make(self, kind: BlockKind, node: nodes.Node, raw: str = "") -> Block:
        return Block(kind, *self._place(node), raw=raw)

    def _read(self, node: nodes.Node) -> Iterator[Block]:
        reader = next((read for kind, read in _READERS if isinstance(node, kind)), None)
        if reader is not None:
            yield from reader(self, node)
        elif isinstance(node, nodes.TextElement):
            yield from self._read_text(node)
        elif not isinstance(node, nodes.Invisible):
            yield from self.read_all(node.children)

    def _read_text(self, node: nodes.Node) -> Iterator[Block]:
        block = self._make(BlockKind.PARAGRAPH, node)
        block.pieces = read_pieces([node], block.start)
        if block.pieces:
            yield block

    def read_section(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a section with its heading."""
        self._level += 1
        yield from self.read_all(node.children)
        self._level -= 1

    def read_title(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a heading; the title of a box is a paragraph in bold."""
        is_heading = isinstance(node.parent, nodes.section)
        block = self._make(BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH, node)
        # The line that docutils knows is the one below the title.
        text = node.astext().strip().split("\n")[0]
        if block.start > 1 and text and text not in self._lines[block.start - 1]:
            block.start -= 1
        # A rubric is a heading that no table of contents has, below the one of its section.
        block.level = min(self._level + isinstance(node, nodes.rubric), 9)
        block.pieces = read_pieces(node.children, block.start)
        if block.pieces:
            yield block

    def read_list(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a list with its items."""
        block = self._make(BlockKind.LIST, node)
        for child in node.children:
            item = self._make(BlockKind.ITEM, child)
            item.children = list(self.read_all(child.children))
            if item.children:
                item.end = max(item.end, item.children[-1].end)
                block.children.append(item)
        if block.children:
            block.end = block.children[-1].end
            yield block

    def read_terms(self, node: nodes.Node) -> Iterator[Block]:
        """Yield terms and their definitions as items: the term is the first line."""
        block = self._make(BlockKind.LIST, node)
        for child in node.children:
            item = self._make(BlockKind.ITEM, child)
            first, *rest = [part for part in child.children if part.children]
            term = self._make(BlockKind.PARAGRAPH, first)
            term.pieces = read_pieces(first.children, term.start)
            if isinstance(node, nodes.definition_list):
                # Terms are set in bold, code in them too.
                term.pieces = [replace(one, bold=True) for one in term.pieces]
            more = [one for part in rest for one in part.children if isinstance(part, nodes.Part)]
            if more and isinstance(more[0], nodes.paragraph):
                start, term.end = self._place(more[0])
                term.pieces.append(Piece("\n", start, is_break=True))
                term.pieces += read_pieces(more[0].children, start)
                more = more[1:]
            item.children = [term, *self.read_all(more)]
            item.end = max(item.end, item.children[-1].end)
            block.children.append(item)
        yield block

    def read_quote(self, node: nodes.Node) -> Iterator[Block]:
        """Yield an indented block; lists are indented without a thought of quotations."""
        inside = list(self.read_all(node.children))
        if any(one.kind is BlockKind.LIST for one in inside):
            yield from inside
            return
        quote = self._make(BlockKind.QUOTE, node)
        quote.children = inside
        yield quote

    def read_table(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a table; its title is a paragraph."""
        yield from self.read_all([one for one in node.children if isinstance(one, nodes.title)])
        table = self._make(BlockKind.TABLE, node)
        for row in node.findall(nodes.row):
            block = self._make(BlockKind.ROW, row)
            block.level = int(isinstance(row.parent, nodes.thead) and not table.children)
            block.cells = [read_pieces(cell.children, block.start) for cell in row.children]
            table.children.append(block)
        if table.children:
            table.end = table.children[-1].end
            yield table

    def read_fence(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a literal block."""
        yield self._make(BlockKind.FENCE, node, node.astext())

    def read_comment(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a comment."""
        yield self._make(BlockKind.COMMENT, node, node.astext())

    def read_lines(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a block of lines as a paragraph with breaks."""
        block = self._make(BlockKind.PARAGRAPH, node)
        for line in node.findall(nodes.line):
            start, block.end = self._place(line)
            if block.pieces:
                block.pieces.append(Piece("\n", start, is_break=True))
            block.pieces += read_pieces(line.children, start)
        if block.pieces:
            yield block

    def read_box(self, node: nodes.Node) -> Iterator[Block]:
        """Yield what is in a directive of another tool."""
        if not node.get("is_left_out"):
            yield from self.read_all(node.children)
            return
        block = self._make(BlockKind.LEFT_OUT, node, f"the directive {node['directive']}")
        block.pieces = read_pieces(node.children, block.start)
        if not block.pieces:
            block.pieces = [Piece(str(node["directive"]), block.start)]
        yield block

    def read_message(self, node: nodes.Node) -> Iterator[Block]:
        """Yield what docutils did not understand as left out; of a role its text is in place."""
        literal = next(iter(node.findall(nodes.literal_block)), None)
        if literal is None:
            return
        line = int(node.get("line") or self._line)
        text = literal.astext()
        reason = "not understood by docutils: " + node.children[0].astext().split("\n")[0]
        end = min(line + text.count("\n"), len(self._lines))
        pieces = [Piece(" ".join(text.split()), line)]
        yield Block(BlockKind.LEFT_OUT, line, end, pieces, raw=reason.rstrip("."))

    def read_image(self, node: nodes.Node) -> Iterator[Block]:
        """Yield a picture that is a paragraph of its own."""
        yield from self._read_text(node)


_READERS: Sequence[tuple[type, Callable[[_Reader, Any], Iterator[Block]]]] = (
    (nodes.section, _Reader.read_section),
    (nodes.title, _Reader.read_title),
    (nodes.rubric, _Reader.read_title),
    (nodes.bullet_list, _Reader.read_list),
    (nodes.enumerated_list, _Reader.read_list),
    (nodes.definition_list, _Reader.read_terms),
    (nodes.field_list, _Reader.read_terms),
    (nodes.option_list, _Reader.read_terms),
    (nodes.block_quote, _Reader.read_quote),
    (nodes.table, _Reader.read_table),
    (nodes.comment, _Reader.read_comment),
    (nodes.literal_block, _Reader.read_fence),
    (nodes.doctest_block, _Reader.read_fence),
    (nodes.line_block, _Reader.read_lines),
    (nodes.container, _Reader.read_box),
    (nodes.system_message, _Reader.read_message),
    (nodes.topic, lambda reader, node: reader.read_all(node.children)),
    (nodes.image, _Reader.read_image),
    (nodes.label, lambda _reader, _node: iter(())),
    (nodes.target, lambda _reader, _node: iter(())),
)


def _line_of(node: nodes.Node) -> int | None:
    """Return the line of a node, or of the first node in it that has one."""
    if node.line is not None:
        return int(node.line)
    return next((int(one.line) for one in node.findall() if one.line is not None), None)


# Text

_STYLES: Sequence[tuple[type, str]] = (
    (nodes.strong, "bold"),
    (nodes.emphasis, "italic"),
    (nodes.title_reference, "italic"),
    (nodes.literal, "code"),
)
_SILENT = (nodes.footnote_reference, nodes.target, nodes.substitution_definition, nodes.label)


def read_pieces(children: Sequence[nodes.Node], line: int) -> list[Piece]:
    """Return the pieces of nodes of text; several paragraphs are lines."""
    builder = PieceBuilder(line)
    for number, child in enumerate(children):
        if number and isinstance(child, nodes.Body) and not isinstance(child, nodes.image):
            builder.add_break(is_hard=True)
        _add(builder, child)
    return [
        piece
        for piece in builder.finish()
        if piece.text.strip() or piece.text or piece.image or piece.url
    ]


def _add(builder: PieceBuilder, node: nodes.Node) -> None:
    if isinstance(node, nodes.Text):
        text = str(node)
        builder.add(text)
        builder.line += text.count("\n")
    elif isinstance(node, nodes.image):
        builder.add_image(node.get("uri", ""), node.get("alt", ""))
    elif isinstance(node, nodes.reference):
        _add_link(builder, node)
    elif not isinstance(node, _SILENT):
        style = next((name for kind, name in _STYLES if isinstance(node, kind)), None)
        if style:
            builder.style(style, 1)
        for child in node.children:
            _add(builder, child)
        if style:
            builder.style(style, -1)


def _add_link(builder: PieceBuilder, node: nodes.Element) -> None:
    """Add a link; one inside the page leads to its place there."""
    url = node.get("refuri") or (f"#{node['refid']}" if "refid" in node else "")
    builder.open_link(url)
    for child in node.children:
        _add(builder, child)
    builder.close_link()
