"""The network stays out of every test, and slow tests out of `make quick`."""

import socket

import pytest

from tests.conftest import SLOW, find_unmarked


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


def report(name: str, seconds: float, *marks: str) -> pytest.TestReport:
    return pytest.TestReport(
        nodeid=name,
        location=(name, 1, name),
        keywords=dict.fromkeys(marks, 1),
        outcome="passed",
        longrepr=None,
        when="call",
        user_properties=[("cpu", seconds)],
    )


def test_a_slow_test_without_a_mark_is_named() -> None:
    reports = [
        report("tests/a.py::quick", SLOW / 2),
        report("tests/a.py::slow", SLOW * 2),
        report("tests/a.py::slower", SLOW * 3),
        report("tests/a.py::marked", SLOW * 2, "slow"),
        report("tests/a.py::in_a_browser", SLOW * 2, "browser"),
        report("tests/test_english.py::kept", SLOW * 2),
    ]
    assert [*find_unmarked(reports)] == ["tests/a.py::slower", "tests/a.py::slow"]
