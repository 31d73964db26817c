"""The one room that opens sockets: guarded, polite and bounded requests to the web."""

from catalog.net.client import Answer, Client, Hop
from catalog.net.clock import Clock
from catalog.net.errors import FetchError, Reason
from catalog.net.limits import Limits, Politeness
from catalog.net.parse import read_json, read_text, read_xml
from catalog.net.services import Services
from catalog.net.ssrf_guard import Guard

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
