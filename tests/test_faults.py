"""Whatever goes wrong, papers.yaml is the old or the new, and the user is told in one line."""

import http.server
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from catalog.cli import run
from catalog.store.cache_name import FOLDER
from tests.shared import make_once
from tests.test_rebuild import STEPS, build, build_clean, read_tree

pytestmark = pytest.mark.slow


UNTIDY = "\n- {title: Zeta Things, key: zeta2024things, year: 2024, sections: [section-0-0]}\n"


def spawn(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "catalog", "-C", str(folder), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_list(tmp_path / "list", 30)
    return tmp_path / "list"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list and its outputs, which no test changes."""

    def make(folder: Path) -> None:
        write_list(folder, 30)
        build(folder)

    return make_once(tmp_path_factory, "built", make)


def write_bib(folder: Path) -> Path:
    path = folder / "refs.bib"
    path.write_text(
        "@misc{a, title={Wholly New Things}, author={Example, Ada}, year={2024}}\n",
        encoding="utf-8",
    )
    return path


def find_last(command: tuple[str, ...], folder: Path, elsewhere: Path) -> tuple[bytes, float]:
    """Return papers.yaml as the command leaves it when nothing happens, and how long it takes."""
    shutil.copytree(folder, elsewhere)
    started = time.monotonic()
    process = spawn(elsewhere, *command)
    output, _ = process.communicate()
    assert process.returncode in (0, 1), output
    return (elsewhere / "papers.yaml").read_bytes(), time.monotonic() - started


def kill_within(seconds: float, folder: Path, *words: str) -> None:
    process = spawn(folder, *words)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    "command",
    [
        ("fmt",),
        ("add", "refs.bib", "--section", "section-0-0", "--write"),
        ("build",),
    ],
)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_papers_and_a_list_that_builds(
    command: tuple[str, ...], folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(7)
    bib = write_bib(folder)
    command = tuple(str(bib) if word == "refs.bib" else word for word in command)
    papers = folder / "papers.yaml"
    papers.write_text(papers.read_text() + UNTIDY)
    old = papers.read_bytes()
    new, seconds = find_last(command, folder, tmp_path / "undisturbed")
    assert (new != old) == (command[0] in ("fmt", "add"))
    for _ in range(STEPS):
        papers.write_bytes(old)
        kill_within(chance.uniform(0.1, 1.1) * seconds, folder, *command)
        assert papers.read_bytes() in (old, new)
    build(folder)
    ours = {name: data for name, data in read_tree(folder).items() if not name.endswith(".tmp")}
    clean = build_clean(folder, tmp_path / "clean")
    assert ours == {name: data for name, data in clean.items() if not name.endswith(".tmp")}


class _Moved(http.server.BaseHTTPRequestHandler):
    """A proxy to a web whose every page has moved, to where a slash ends its address."""

    def do_HEAD(self) -> None:
        is_old = not self.path.endswith("/")
        self.send_response(301 if is_old else 200)
        if is_old:
            self.send_header("Location", f"{self.path}/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - its name there

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def moved() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Moved)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_kill_while_links_are_checked_leaves_papers_and_memory_whole(
    moved: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A record cannot hold an address of this machine, so the pages are reached through a proxy.
    monkeypatch.setenv("http_proxy", moved)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    chance = random.Random(9)
    record = "- {{key: key{0}, title: Thing {0}, sections: [a], links: {{page: {1}/{0}}}}}\n"
    head = "survey: {title: Links}\nsections: [{id: a, title: A}]\npapers:\n"
    papers, state = folder / "papers.yaml", folder / "link-state.json"
    papers.write_text(
        head + "".join(record.format(number, "http://things.example.org") for number in range(2))
    )
    old = papers.read_bytes()
    command = ("links", "--write", "--allow-host", "127.0.0.1")
    new, seconds = find_last(command, folder, tmp_path / "undisturbed")
    assert new.count(b"/}}") == 2
    for _ in range(STEPS):
        papers.write_bytes(old)
        kill_within(chance.uniform(0.1, 1.1) * seconds, folder, *command)
        assert papers.read_bytes() in (old, new)
        if state.exists():
            json.loads(state.read_bytes())
    papers.write_bytes(old)
    last = spawn(folder, *command)
    last.communicate()
    assert last.returncode == 0
    assert papers.read_bytes() == new


def test_an_interrupt_ends_in_one_line(folder: Path) -> None:
    write_list(folder, 1_000)  # long enough that the interrupt comes before the end
    process = spawn(folder, "build")
    owner = folder / FOLDER / "lock-owner.txt"
    while process.poll() is None and not owner.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    assert "Traceback" not in output
    assert output.splitlines()[-1] == "interrupted"
    assert not owner.exists()
    build(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a list and little else; root alone may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place: Path) -> None:
    with (place / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


@pytest.mark.parametrize("words", [("build",), ("readme",), ("fmt",), ("add",)])
def test_a_full_disk_ends_in_one_line_with_the_papers_as_they_were(
    words: tuple[str, ...], small_disk: Path, tmp_path: Path
) -> None:
    write_list(small_disk, 30)
    papers = small_disk / "papers.yaml"
    papers.write_text(papers.read_text() + UNTIDY)
    if words == ("add",):
        words = ("add", str(write_bib(tmp_path)), "--section", "section-0-0", "--write")
    old = papers.read_bytes()
    fill(small_disk)
    process = spawn(small_disk, *words)
    output, _ = process.communicate()
    assert process.returncode == 2, output
    assert "Traceback" not in output
    last = output.splitlines()[-1]
    assert last.startswith("catalog: ")
    assert "No space left on device" in last
    assert papers.read_bytes() == old
    assert not list(small_disk.rglob("*.tmp"))
    (small_disk / "filler").unlink()
    assert run(["-C", str(small_disk), "readme"]) == 0


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody may write: for root, that takes a mount."""
    place = tmp_path / "list"
    write_list(place, 30)
    papers = place / "papers.yaml"
    papers.write_text(papers.read_text() + UNTIDY)
    if os.geteuid() != 0:
        place.chmod(0o500)
        yield place
        place.chmod(0o700)
        return
    for options in (["--bind"], ["-o", "remount,ro,bind"]):
        mount = ["mount", *options, str(place), str(place)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("a folder cannot be made read-only here, for root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("words", [("build",), ("readme",), ("fmt",)])
def test_a_read_only_folder_ends_in_one_line(words: tuple[str, ...], read_only: Path) -> None:
    process = spawn(read_only, *words)
    output, _ = process.communicate()
    assert process.returncode == 2, output
    assert "Traceback" not in output
    assert output.splitlines()[-1].startswith("catalog: ")
    assert "cannot be written" in output
    assert run(["-C", str(read_only), "check"]) == 0


@pytest.mark.parametrize(
    "name",
    ["with spaces", "übergröße 論文", "a'b\"c$d`e", "x" * 100 + "/" + "y" * 100, "#[a]{b}%41"],
)
def test_a_folder_of_any_name_builds_the_same(name: str, built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / name
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("site", ".catalog-cache"))
    build(other)
    assert read_tree(other) == read_tree(built)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_a_byte_order_mark_change_no_output(
    mark: bytes, built: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("site", ".catalog-cache"))
    papers = other / "papers.yaml"
    papers.write_bytes(mark + papers.read_bytes().replace(b"\n", b"\r\n"))
    build(other)
    ours, theirs = read_tree(built), read_tree(other)
    assert {name for name in ours if ours[name] != theirs[name]} == {"papers.yaml"}
    assert ours.keys() == theirs.keys()
