"""The network stays out of every test."""

import socket

import pytest


def test_no_test_connects_to_another_machine() -> None:
    with (
        socket.socket() as client,
        pytest.raises(PermissionError, match=r"reached out to 192\.0\.2\.1"),
    ):
        client.connect(("192.0.2.1", 80))


def test_no_test_looks_up_the_name_of_another_machine() -> None:
    with pytest.raises(PermissionError, match=r"reached out to example\.org"):
        socket.create_connection(("example.org", 80))


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
