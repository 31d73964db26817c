"""One process at a time writes into a list, and none leaves a lock behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalog.cli import run
from catalog.errors import BusyError
from catalog.store.lock import hold_list

HOLD = """
import sys, time
from pathlib import Path
from catalog.store.lock import hold_list
with hold_list(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def start_holder(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(folder), "build"]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


@pytest.mark.parametrize("command", ["build", "fmt", "readme"])
def test_a_command_that_writes_names_the_process_that_does_so_already(
    command: str, invented_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (invented_folder / "papers.yaml").read_bytes()
    with start_holder(invented_folder) as holder:
        assert run(["-C", str(invented_folder), command]) == 2
        told = capsys.readouterr().err
        holder.kill()
    assert f"process {holder.pid} (" in told
    assert len(told.splitlines()) == 1
    assert (invented_folder / "papers.yaml").read_bytes() == before
    assert not (invented_folder / "README.md").exists()


def test_commands_that_write_nothing_do_not_wait(invented_folder: Path) -> None:
    with start_holder(invented_folder) as holder:
        assert run(["-C", str(invented_folder), "check"]) == 0
        assert run(["-C", str(invented_folder), "fmt", "--check"]) in (0, 1)
        holder.kill()


def test_the_lock_of_a_killed_process_is_gone(invented_folder: Path) -> None:
    with start_holder(invented_folder) as holder:
        os.kill(holder.pid, signal.SIGKILL)
    with hold_list(invented_folder):
        pass


def test_a_lock_is_given_back_after_an_error(invented_folder: Path) -> None:
    with pytest.raises(KeyError), hold_list(invented_folder):
        raise KeyError("a")
    with hold_list(invented_folder):
        assert "process" in (invented_folder / ".catalog-cache" / "lock-owner.txt").read_text()
    assert not (invented_folder / ".catalog-cache" / "lock-owner.txt").exists()


def test_a_second_holder_in_the_same_process_is_refused_too(invented_folder: Path) -> None:
    with (
        hold_list(invented_folder),
        pytest.raises(BusyError, match=f"process {os.getpid()}"),
        hold_list(invented_folder),
    ):
        time.sleep(0)
