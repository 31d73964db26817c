"""The one package that opens sockets: guarded, polite and bounded requests to the web."""

from catalog.net.client import Client, Hop, HttpResponse
from catalog.net.clock import Clock
from catalog.net.errors import FetchError, Reason
from catalog.net.limits import Limits, RateLimit
from catalog.net.parse import read_text
from catalog.net.services import Services
from catalog.net.ssrf_guard import Guard

__all__ = [
    "Client",
    "Clock",
    "FetchError",
    "Guard",
    "Hop",
    "HttpResponse",
    "Limits",
    "RateLimit",
    "Reason",
    "Services",
    "read_text",
]
