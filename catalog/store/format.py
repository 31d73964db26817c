"""The one form of a list's files: order of fields, quotes, brackets, line breaks.

Values and comments stay; the order of records, sections and venues is the editors'.
"""

from collections import Counter
from pathlib import Path

from catalog.model.findings import Severity
from catalog.store.load import find_papers_files, read_bytes
from catalog.store.yaml import read_yaml
from catalog.store.yaml.comments import find_comments, gather_comments
from catalog.store.yaml.editor import EditError, style_of
from catalog.store.yaml.nodes import Text, find_line_end
from catalog.store.yaml.writer import Comments, compose_value


def find_unformatted(folder: Path) -> dict[str, bytes]:
    """Return the files of the list in `folder` that are not in the one form, each as it should be.

    Raises `EditError` when a file has faults that keep it from being read whole.
    """
    changed: dict[str, bytes] = {}
    for path in find_papers_files(folder):
        name = path.relative_to(folder).as_posix()
        data = read_bytes(path)
        if data.strip() and (formatted := format_file(data, name)) != data:
            changed[name] = formatted
    return changed


def format_file(data: bytes, file: str) -> bytes:
    """Return the bytes of a file in the one form. `file` is the name that errors show.

    Line ends stay those of the file. The new text is read again: it has the same values and the
    same comments, or `EditError` is raised.
    """
    document = read_yaml(data, file)
    faults = (f for f in document.findings if f.severity is Severity.ERROR)
    fault = next(faults, None)
    if document.value is None or fault is not None:
        message = fault.message if fault is not None else "it is empty"
        raise EditError(f"{file}: cannot be formatted before this is fixed: {message}")
    # Where each value begins and ends, which takes longest, is needed for comments only.
    text = Text(data, file) if b"#" in data else None
    comments = gather_comments(text) if text is not None else Comments()
    composed = compose_value(document.value, style_of(document.value), comments)
    new = composed.replace("\n", find_line_end(data.decode())).encode("utf-8")
    if read_yaml(new, file).value != document.value:
        raise EditError(f"{file}: not formatted: it would not have the same values")
    if text is not None and _count_comments(Text(new, file)) != _count_comments(text):
        raise EditError(f"{file}: not formatted: it would not have the same comments")
    return new


def _count_comments(text: Text) -> Counter[str]:
    return Counter(comment.text[1:].strip() for comment in find_comments(text))
