"""What all tests share: an invented list, the day it is, and no way out to the network."""

import ipaddress
import os
import re
import shutil
import signal
import socket
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from catalog.checks.check import check
from catalog.model.catalog import Catalog

DATA = Path(__file__).parent / "data"

# The same examples in every run, on any machine: an edit that breaks a property is found at once,
# and no run fails by chance. Each week other examples are tried, and many more.
for _name, _count in (("quick", 10), ("test", 25), ("steady", 100)):
    settings.register_profile(_name, deadline=None, derandomize=True, max_examples=_count)
settings.register_profile("weekly", deadline=None, max_examples=250)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


SLOW = 0.5
"""Seconds of processor time from which a test is slow: 0.3 of an idle machine."""
NOT_IN_QUICK = {"slow", "browser", "node", "tex", "install"}
IN_QUICK = ("tests/test_english.py", "tests/test_reasons.py")
"""Read the whole program, and find what an edit most often breaks."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one process more than cores: tests wait for browsers, servers and programs."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Measure the processor time of a test and of the programs that it waits for."""
    before = os.times()
    try:
        return (yield)
    finally:
        item.user_properties.append(("cpu", sum(os.times()[:4]) - sum(before[:4])))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that `make quick` runs and should not: a new one is easily left unmarked."""
    found = find_unmarked(terminalreporter.stats.get("passed", ()))
    if found:
        terminalreporter.section(f"more than {SLOW} s and not marked as slow")
        for nodeid, seconds in found.items():
            terminalreporter.line(f"{seconds:.1f} s: add @pytest.mark.slow to {nodeid}")


def find_unmarked(reports: Iterable[pytest.TestReport]) -> dict[str, float]:
    """Return the processor time of each slow test that no mark keeps out of `make quick`."""
    found = {
        report.nodeid: seconds
        for report in reports
        if not (NOT_IN_QUICK & {*report.keywords} or report.nodeid.startswith(IN_QUICK))
        for name, seconds in report.user_properties
        if name == "cpu" and isinstance(seconds, float) and seconds > SLOW
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@pytest.fixture(scope="session", autouse=True)
def _sockets_stay_at_home() -> Iterator[None]:
    """Refuse connections and look-ups beyond loopback: a test that needs them is at fault."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guard(getattr(socket.socket, name)))
        look_up = socket.getaddrinfo
        patch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **options: look_up(_find_home(host), *rest, **options),
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _interrupts_arrive() -> None:
    """Let programs that tests start take an interrupt, as a shell's background jobs do not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _guard(connect: Any) -> Any:  # noqa: ANN401 - the method of a C class
    def guarded(self: socket.socket, address: Any) -> Any:  # noqa: ANN401
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_outside(address[0])
        return connect(self, address)

    return guarded


def _find_home(host: Any) -> Any:  # noqa: ANN401 - text, bytes or None
    """Return what is looked up: `ip-127-0-0-7.example` is the public name of a server here."""
    named = isinstance(host, str) and re.fullmatch(r"ip-(127(?:-\d+){3})\.example", host)
    return named[1].replace("-", ".") if named else _refuse_outside(host)


def _refuse_outside(host: Any) -> Any:  # noqa: ANN401 - text, bytes or None
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return host
    try:
        is_home = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_home = False
    if not is_home:
        raise PermissionError(f"a test reached out to {name}")
    return host


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which all tests happen."""
    return date(2025, 11, 1)


@pytest.fixture(scope="session")
def invented_text() -> str:
    """An invented list: one of its papers has every field, one only the required ones."""
    return (DATA / "invented" / "papers.yaml").read_text(encoding="utf-8")


@pytest.fixture
def invented_folder(tmp_path: Path) -> Path:
    """A folder of its own for each test, with the invented list in it."""
    folder = tmp_path / "list"
    shutil.copytree(DATA / "invented", folder)
    return folder


@pytest.fixture(scope="session")
def invented_catalog(today: date) -> Catalog:
    """The invented list, read and checked."""
    checked = check(DATA / "invented", today=today)
    assert checked.catalog is not None, checked.findings
    return checked.catalog
