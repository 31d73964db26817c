"""The services on loopback are those of the resolvers."""

from tests.lookup.conftest import clock, desk, web

__all__ = ["clock", "desk", "web"]
