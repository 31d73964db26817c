"""A list in an HTML page, read."""

import codecs
import re
from pathlib import Path

from catalog.errors import UnreadableInputError
from catalog.importers.markdown.options import ReadOptions
from catalog.importers.markdown.reader import ReadList, read_blocks
from catalog.importers.markup.html_blocks import parse_html
from catalog.importers.markup.written import write_blocks

_LARGEST = 16 * 1024 * 1024
# `<meta charset="utf-8">`, `<meta http-equiv=… content="text/html; charset=iso-8859-1">`.
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_BEGINNING = 4096
"""Bytes in which a page names its encoding; browsers look at 1,024."""
_ENCODINGS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|windows-(?:125\d|874)|iso-?8859-\d{1,2}|latin-?1|(?:us-)?ascii"
    r"|koi8-[ru]|gb2312|gbk|gb18030|big5|shift[_-]jis|sjis|euc-(?:jp|kr)|macintosh",
    re.IGNORECASE,
)
"""Encodings that pages name; Python has others, such as `punycode`, that are none of text."""
# Browsers read these three as Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
_LATIN = re.compile(r"iso-?8859-1|latin-?1|(?:us-)?ascii", re.IGNORECASE)
# A page begins with its doctype or first tag, after an XML declaration and comments.
_IS_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(text: str) -> bool:
    """Return whether a text is a whole page, and not Markdown that begins with a tag."""
    return _IS_HTML.match(text) is not None


def read_html(data: bytes, file: str, options: ReadOptions | None = None) -> ReadList:
    """Read a list in an HTML page.

    Raises `UnreadableInputError` when it is larger than 16 MiB or in no encoding that it names.
    """
    text = decode_html(data, file)
    blocks = parse_html(text)
    return read_blocks(write_blocks(blocks, file, _split_lines(text)), blocks, options)


def _split_lines(text: str) -> list[str]:
    lines = text.split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def decode_html(data: bytes, file: str) -> str:
    """Return the text of a page in the encoding that it names, with line feeds alone."""
    path = Path(file)
    if len(data) > _LARGEST:
        raise UnreadableInputError(path, "is larger than 16 MiB; import it in parts")
    if data.startswith(b"%PDF-"):
        raise UnreadableInputError(path, "is PDF, which cannot be imported; save the page as HTML")
    encoding = _find_encoding(data, path)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        place = f" (byte {error.start + 1})" if isinstance(error, UnicodeDecodeError) else ""
        name = encoding.removesuffix("-sig").upper()
        reason = f"is not {name}{place}; save it as UTF-8, or name its encoding in a meta tag"
        raise UnreadableInputError(path, reason) from error
    if "\x00" in text:
        raise UnreadableInputError(path, "is not text; save the page as HTML in UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _find_encoding(data: bytes, path: Path) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    named = _CHARSET.search(data[:_BEGINNING])
    if named is None or data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    name = named[1].decode("ascii", "replace")
    if _ENCODINGS.fullmatch(name) is None:
        raise UnreadableInputError(path, f"is in the encoding {name}; save it as UTF-8")
    # A page that names UTF-16 in letters of one byte is none, and Latin-1 is Windows' on the web:
    # https://encoding.spec.whatwg.org/#names-and-labels.
    if name.lower().startswith(("utf-16", "utf16", "utf8", "utf-8")):
        return "utf-8-sig"
    return "cp1252" if _LATIN.fullmatch(name) else name
