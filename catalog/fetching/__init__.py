"""The one room that opens sockets: guarded, polite and bounded requests to the web."""

from catalog.fetching.client import Answer, Client, Hop
from catalog.fetching.clock import Clock
from catalog.fetching.failures import FetchError, Reason
from catalog.fetching.guard import Guard
from catalog.fetching.limits import Limits, Politeness
from catalog.fetching.reading import read_json, read_text, read_xml
from catalog.fetching.services import Services

__all__ = [
    "Answer",
    "Client",
    "Clock",
    "FetchError",
    "Guard",
    "Hop",
    "Limits",
    "Politeness",
    "Reason",
    "Services",
    "read_json",
    "read_text",
    "read_xml",
]
