"""Changes to the files of a list that keep every other byte: comments, quotes, order, line ends.

    data = path.read_bytes()
    new = edit(data, "papers.yaml", [Set(("papers", 3, "doi"), "10.1000/example")])

`store.insert` adds whole records to a list with it, and writes the files.
"""

from collections.abc import Sequence

from catalog.model.findings import Code, Severity
from catalog.model.types import Value
from catalog.store.yaml import Document, read_yaml
from catalog.store.yaml.edits import Edit, Insert, Remove, Set, make_changed, to_existing_paths
from catalog.store.yaml.nodes import EditError, Text
from catalog.store.yaml.patches import Patcher, apply
from catalog.store.yaml.style import FILE_STYLE, PAPER_STYLE, Style

__all__ = ["Edit", "EditError", "Insert", "Remove", "Set", "edit"]


def edit(data: bytes, file: str, changes: Sequence[Edit]) -> bytes:
    """Return the bytes of a file with the changes made, and all others as they were.

    `file` is the name that errors show. A new field comes where the model's order has it. The new
    text is read again and must have exactly the values that are meant: `EditError` says why when it
    has not, and when a path leads to nothing or the file is not YAML that can be read.
    """
    before = read_yaml(data, file)
    if before.value is None:
        raise EditError(f"{file}: cannot be changed: {before.findings[0].message}")
    text = Text(data, file)
    grounded = to_existing_paths(changes, before.value)
    patcher = Patcher(text, style_of(before.value))
    # What comes to the end of an inner value is before what comes to the end of an outer one:
    # a link added to the last field of a record, and a field added to the record.
    inner_first = sorted(grounded, key=_depth_of, reverse=True)
    patched = apply(text.text, [patcher.make(change) for change in inner_first], text.line_end)
    new = (text.mark + patched).encode("utf-8")
    _hold(read_yaml(new, file), before, make_changed(before.value, grounded, file))
    return new


def style_of(value: Value) -> Style:
    """Return the layout of a whole file: papers.yaml, a list of records, or one record."""
    if isinstance(value, list):
        return FILE_STYLE.of("papers")
    return PAPER_STYLE if "key" in value and "survey" not in value else FILE_STYLE


def _depth_of(change: Edit) -> int:
    return len(change.path) + isinstance(change, Insert)


def _hold(after: Document, before: Document, meant: Value) -> None:
    """Refuse a new text that has other values than are meant, or faults that the old had not."""
    faults = [finding for finding in after.findings if finding.severity is Severity.ERROR]
    known = {(finding.code, finding.message) for finding in before.findings}
    new = next((fault for fault in faults if (fault.code, fault.message) not in known), None)
    if new is not None and new.code is not Code.FILE_EMPTY:
        raise EditError(f"{after.file}: not changed: it would have the fault: {new.message}")
    if after.value != meant:
        raise EditError(f"{after.file}: not changed: it would not have the values that are meant")
