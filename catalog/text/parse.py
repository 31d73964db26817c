"""JSON and XML of strangers, read in bounded time or refused."""

import json
from typing import Any, NoReturn
from xml.etree import ElementTree
from xml.parsers import expat


def read_json(data: bytes | str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what JSON says. Raises `ValueError` for anything else, also when nested too deep."""
    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def read_xml(data: bytes) -> ElementTree.Element:
    """Return the root of XML. Raises `ValueError` for anything else, and for XML with a DTD.

    A DTD may define entities that fill the memory. Whether there is one is the parser's to say: it
    may be in any encoding.
    """
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse_dtd
    try:
        guard.Parse(data, True)
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, LookupError) as error:
        raise ValueError(f"it is not XML: {error}") from error


def _refuse_dtd(*_declared: object) -> NoReturn:
    raise ValueError("it has a DTD")
