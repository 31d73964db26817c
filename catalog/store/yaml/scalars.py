"""Text as a YAML scalar: plain where every reader takes it for this text, quoted otherwise."""

import re

# Other words of YAML 1.1 and 1.2 for booleans and null, the merge key and the value key.
_WORDS = re.compile(r"y|n|yes|no|true|false|on|off|null|~|<<|=", re.IGNORECASE)
# What YAML 1.1 (https://yaml.org/type/) or the core schema of YAML 1.2.2 (10.3.2) takes for a
# number.
_NUMBER = re.compile(
    r"[-+]?(?:0[xob][0-9a-f_]*|\.?[0-9][0-9_.,:]*(?:e[-+]?[0-9_]+)?|\.(?:inf|nan))", re.IGNORECASE
)
# `2025-11-01`, and with a time: YAML 1.1 makes dates of them.
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?")
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`="
# Some readers end a plain scalar in brackets at any question mark too.
_FLOW_INDICATORS = re.compile(r"[,\[\]{}?]")
# Values of fields that are numbers, dates or switches, in the one form that stays unquoted.
_TYPED = re.compile(r"0|[1-9][0-9]*|true|false|[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Whatever a reader may refuse, take for a line end, or not show: YAML 1.2.2, 5.1 and 5.4.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff\U0001fffe\U0001ffff]"
)
_NAMED = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x85": "\\N"}


def compose_scalar(text: str, *, in_flow: bool = False, is_typed: bool = False) -> str:
    """Return `text` as a scalar on one line.

    It is quoted where YAML asks for it, and where a reader of YAML 1.1 or 1.2 would take it for
    anything but this text: `no`, 12:30, 2401.10000, dates. `is_typed` says that the field is no
    text: its numbers, dates, true and false stand plain. `in_flow` says that it is in brackets.
    """
    if (is_typed and _TYPED.fullmatch(text)) or _is_plain(text, in_flow=in_flow):
        return text
    if _UNSAFE.search(text) or not ('"' in text or "\\" in text):
        return quote_double(text)
    return "'" + text.replace("'", "''") + "'"


def quote_double(text: str) -> str:
    """Return `text` in double quotes, with an escape for each character that is not shown."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNSAFE.sub(lambda found: _escape(found[0]), escaped) + '"'


def is_safe(text: str) -> bool:
    """Return whether `text`, line feeds aside, is in a block as it is."""
    return _UNSAFE.search(text.replace("\n", "")) is None


def _is_plain(text: str, *, in_flow: bool) -> bool:
    return not (
        not text
        or text != text.strip()
        or text[0] in _INDICATORS
        or text[-1] == ":"
        or ": " in text
        or " #" in text
        or (in_flow and _FLOW_INDICATORS.search(text))
        or text.startswith("...")
        or _WORDS.fullmatch(text)
        or _NUMBER.fullmatch(text)
        or _DATE.fullmatch(text)
        or _UNSAFE.search(text)
    )


def _escape(character: str) -> str:
    code = ord(character)
    return _NAMED.get(character) or (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )
