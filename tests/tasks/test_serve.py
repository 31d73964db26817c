"""The site served on this computer: what an edit renders, and when an engine runs again."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.lists import write_list
from catalog.errors import EngineError, UsageError
from catalog.render.templates import find_default
from catalog.site.engines import Engine
from catalog.store.yaml.plain_records import LEAST
from catalog.tasks import frames
from catalog.tasks import serve as serving
from catalog.tasks.serve import Preview, serve

BARE = "site_name: Invented\nplugins: [catalog]\n"
ROOT = Path(__file__).parents[2]
SERVE_SECONDS = 60

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def project(invented_folder: Path) -> Path:
    """The invented list with the shortest mkdocs.yml."""
    (invented_folder / "mkdocs.yml").write_text(BARE, encoding="utf-8")
    (invented_folder / "docs").mkdir()
    return invented_folder


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """The engines that have run, one for each time."""
    ran: list[Engine] = []
    original = frames.ensure_frame

    def counted(engine: Engine, *args: object, **options: object) -> object:
        ran.append(engine)
        return original(engine, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(serving, "ensure_frame", counted)
    return ran


@pytest.fixture
def preview(project: Path, builds: list[Engine]) -> Iterator[Preview]:
    """A preview of the list, written once."""
    preview = Preview(project, "127.0.0.1:8000", Engine.MKDOCS)
    preview.update(is_first=True)
    yield preview
    preview.stop()


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def read_page(preview: Preview, name: str) -> str:
    return (preview.root / name / "index.html").read_text(encoding="utf-8")


def test_an_edit_of_papers_yaml_renders_it_without_the_engine(
    project: Path, preview: Preview, builds: list[Engine]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in preview.root.glob("papers/*/index.html")}
    replace(project / "papers.yaml", "Only What Must Be", "Something Else")
    preview.update()
    assert "Something Else" in read_page(preview, "papers/minimal")
    assert builds == [Engine.MKDOCS]
    after = {path: path.stat().st_mtime_ns for path in before}
    assert any(after[path] == before[path] for path in before)


def read_tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_site_after_some_edits_is_that_of_a_new_preview(tmp_path: Path) -> None:
    folder = tmp_path / "list"
    write_list(folder, 400)  # long enough to be read record by record
    preview = Preview(folder, "127.0.0.1:8000", Engine.MKDOCS)
    preview.update(is_first=True)
    papers = folder / "papers.yaml"
    text = papers.read_text()
    assert len(text) > LEAST
    records = re.split(r"^(?=- key: )", text, flags=re.MULTILINE)
    edited = records[5].replace('title: "', 'title: "A New ')
    renamed = re.sub(r"key: .*", "key: renamed", records[9], count=1)
    for changed in (
        [*records[:5], edited, *records[6:]],
        [*records[:5], "- key: broken\n  title: [\n", *records[5:]],
        [*records[:5], edited, *records[6:9], renamed, *records[10:20], *records[30:]],
        [*records[:5], edited, *records[6:9], renamed, *reversed(records[10:])],
        [records[0].replace("title: Section 1\n", "title: Renamed\n"), *records[1:]],
        [records[0].replace("Invention Number 1,", "Discovery,"), *records[1:5], *records[6:]],
    ):
        papers.write_text("".join(changed))
        preview.update()
    preview.wait()
    found = read_tree(preview.root)
    shutil.rmtree(folder / ".catalog-cache")
    clean = Preview(folder, "127.0.0.1:8000", Engine.MKDOCS)
    clean.update(is_first=True)
    clean.wait()
    assert found == read_tree(clean.root)


def test_an_edit_of_a_page_runs_the_engine(
    project: Path, preview: Preview, builds: list[Engine]
) -> None:
    (project / "docs/note.md").write_text("# A note of mine\n", encoding="utf-8")
    preview.update()
    assert "A note of mine" in read_page(preview, "note")
    assert len(builds) == 2


def test_an_edit_of_a_template_is_shown(
    project: Path, preview: Preview, builds: list[Engine]
) -> None:
    (project / "templates/site").mkdir(parents=True)
    (project / "templates/site/about.html.j2").write_text("<p>{{ total }} own</p>", "utf-8")
    preview.update()
    preview.wait()
    assert "own</p>" in read_page(preview, "about")
    assert len(builds) == 1


def test_the_pages_that_the_package_carries_are_watched_too(project: Path) -> None:
    watched = Preview(project, "127.0.0.1:8000", Engine.MKDOCS).find_watched()
    assert {project / "mkdocs.yml", find_default("site_src")} <= set(watched)


def test_a_list_with_errors_leaves_the_site_as_it_is(
    project: Path, preview: Preview, caplog: pytest.LogCaptureFixture
) -> None:
    replace(project / "papers.yaml", "title: Only What", "titel: Only What")
    preview.update()
    assert "titel" in caplog.text
    assert "Only What Must Be" in read_page(preview, "papers/minimal")
    with pytest.raises(EngineError, match="the list has"):
        Preview(project, "127.0.0.1:8000", Engine.MKDOCS).update(is_first=True)


@pytest.fixture
def server(project: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a running `catalog.tasks.serve.serve`, and the file of its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    code = (
        "from pathlib import Path; from catalog.tasks.serve import serve;"
        f"serve(Path({str(project)!r}), {address!r})"
    )
    log = tmp_path / "serve.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stderr=file,
        )
        try:
            yield f"http://{address}/", log
        finally:
            process.terminate()
            process.wait(20)


def wait_for(read: Callable[[], str], text: str) -> None:
    end = time.monotonic() + SERVE_SECONDS
    while time.monotonic() < end:
        try:
            if text in read():
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"never showed {text!r}")


def fetch(url: str) -> str:
    with urlopen(url, timeout=5) as answer:
        return str(answer.read().decode("utf-8"))


def test_serving_follows_papers_yaml_and_survives_a_fault_in_it(
    project: Path, server: tuple[str, Path]
) -> None:
    url, log = server
    page = partial(fetch, f"{url}papers/minimal/")
    wait_for(page, "Only What Must Be")
    file = project / "papers.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("title: Only What", "titel: Only What"), encoding="utf-8")
    wait_for(log.read_text, "titel")
    file.write_text(text.replace("Only What Must Be", "Something Else"), encoding="utf-8")
    wait_for(page, "Something Else")


@pytest.mark.parametrize(
    "address", ["127.0.0.1:99999", "nonsense", "127.0.0.1", ":80", "example:80", "127.0.0.1:-1"]
)
def test_what_is_no_address_is_refused_before_anything_is_built(
    address: str, project: Path
) -> None:
    with pytest.raises(UsageError, match=r"is not an address and port; write 127\.0\.0\.1:8000"):
        serve(project, address)


def test_a_port_that_is_taken_is_told_in_one_line(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(EngineError, match=f"shown at {address}: Address already in use; name"):
            serve(project, address)
