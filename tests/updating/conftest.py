"""The services on loopback are those of the resolvers."""

from tests.resolving.conftest import clock, desk, web

__all__ = ["clock", "desk", "web"]
