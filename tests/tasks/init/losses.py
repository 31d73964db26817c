"""What a list loses when it moves in: links, pictures, headings and words of the old README.

    python -m tests.tasks.init.losses REPOSITORY…   # converts copies of git repositories

The old README is read by a Markdown parser and an HTML parser, as a browser would show it, and not
by the importer that is measured.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt

from catalog.model import identifiers
from catalog.tasks.build import build
from catalog.tasks.init import init


@dataclass(slots=True)
class Shown:
    """What a page shows."""

    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self._heading: list[str] | None = None
        self._silent = 0
        self._is_place = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._silent += 1
        if values.get("href") and tag == "a":
            self.shown.links.append(values["href"].strip())
            self._is_place = values["href"].startswith("#")
        for name in ("src", "srcset"):
            if tag in ("img", "source") and values.get(name):
                self.shown.images.append(values[name].split(" ")[0].strip())
        if re.fullmatch("h[1-6]", tag):
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent -= 1
        self._is_place = False
        if re.fullmatch("h[1-6]", tag) and self._heading is not None:
            self.shown.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._silent <= 0:
            self.shown.words += words_of(data)
            # [Back to Top](#contents) is part of no title.
            if self._heading is not None and not self._is_place:
                self._heading.append(data)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return re.findall(r"[^\W_]+", text.lower())


def read_html(html: str) -> Shown:
    """Read a page of HTML."""
    page = _Page()
    page.feed(html)
    return page.shown


def read_markdown(text: str) -> Shown:
    """Read a page of Markdown as GitHub shows it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return read_html(parser.render(text))


def same(url: str) -> str:
    """Return what stands for all forms of one address."""
    for parse in (
        identifiers.parse_arxiv,
        identifiers.parse_doi,
        identifiers.parse_openreview,
        identifiers.parse_acl,
    ):
        if url.startswith("http") and (found := parse(url)):
            return found.lower()
    path = re.sub(r"^https?://github\.com/[^/]+/[^/]+/blob/[^/]+/", "", unquote(url))
    path = re.sub(r"[?&](?:fbclid|utm_\w+)=[^&#]*", "", path)
    bare = re.sub(r"^(?:https?:)?//(?:www\.|dx\.)?", "", path).removeprefix("./")
    return bare.rstrip("/").lower()


@dataclass(frozen=True, slots=True)
class Losses:
    """What is gone, of how many. `labels` are badges that were only the label of a kept link."""

    links: tuple[int, list[str]]
    images: tuple[int, list[str]]
    headings: tuple[int, list[str]]
    words: tuple[int, list[str]]

    def __str__(self) -> str:
        """Return one line with the share of each that is kept."""
        parts = ("links", "images", "headings", "words")
        return ", ".join(f"{name} {_share(*getattr(self, name))}" for name in parts)


def _share(total: int, lost: list[str]) -> str:
    kept = 100 * (total - len(lost)) / total if total else 100
    return f"{total - len(lost)}/{total} ({kept:.1f} %)"


def find_losses(old: str, folder: Path) -> Losses:
    """Compare an old README with the new one, the site and the page that compares them."""
    before, after = read_markdown(old), read_markdown((folder / "README.md").read_text("utf-8"))
    pages = [after, *map(read_html, _pages_of(folder))]
    links = {same(url) for page in pages for url in page.links}
    images = {same(url) for page in pages for url in (*page.images, *page.links)}
    words = {word for page in pages for word in page.words}
    shown = " ".join(" ".join(page.words) for page in pages[:1])
    old_links = [url for url in before.links if not url.startswith("#")]
    return Losses(
        (len(old_links), [url for url in old_links if same(url) not in links]),
        (len(before.images), [url for url in before.images if same(url) not in images]),
        (
            len(before.headings),
            [text for text in before.headings if not _has_heading(text, after, shown)],
        ),
        (len(before.words), [word for word in before.words if word not in words]),
    )


def _has_heading(text: str, after: Shown, shown: str) -> bool:
    wanted = " ".join(words_of(text))
    wanted = re.sub(r"^\d+ ", "", wanted)
    headings = {re.sub(r"^(?:\d+ )+", "", " ".join(words_of(one))) for one in after.headings}
    return wanted in headings or f" {wanted} " in f" {shown} "


def _pages_of(folder: Path) -> Iterable[str]:
    for path in (folder / "site").rglob("*.html"):
        yield path.read_text("utf-8", "replace")


def convert(repository: Path, folder: Path) -> tuple[str, list[str]]:
    """Convert a copy of a repository, build and commit it, and undo that with one revert.

    Return the old README and what was not as before after the revert.
    """
    shutil.copytree(repository, folder, symlinks=True)
    readme = next(p for p in folder.iterdir() if p.name.lower() == "readme.md")
    old = readme.read_bytes()
    before = _files(folder)
    init(folder)
    after_init = {name: data for name, data in _files(folder).items() if name in before}
    assert after_init == before, "init changed a file"
    result = build(folder)
    assert result.checked.catalog is not None, result.checked.findings
    with (folder / ".git/info/exclude").open("a") as file:
        file.write("/site/\n")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "Move in")
    _git(folder, "revert", "--no-edit", "HEAD")
    differs = [name for name, data in _files(folder).items() if before.get(name) != data]
    differs += [name for name in before if name not in _files(folder)]
    _git(folder, "reset", "--hard", "--quiet", "HEAD~1")
    return old.decode("utf-8-sig"), [name for name in differs if not name.startswith("site/")]


def _files(folder: Path) -> dict[str, bytes]:
    skipped = (".git/", "site/", ".catalog-cache/")
    return {
        name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith(skipped)
    }


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Owner", "-c", "user.email=owner@example.org")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def main(repositories: list[str]) -> None:
    """Print the losses of each repository."""
    for name in repositories:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / Path(name).name
            old, differs = convert(Path(name), folder)
            losses = find_losses(old, folder)
            sys.stdout.write(f"{Path(name).name}: {losses}; revert leaves {differs or 'nothing'}\n")
            for kind in ("links", "images", "headings"):
                for one in getattr(losses, kind)[1][:40]:
                    sys.stdout.write(f"    {kind}: {one}\n")
            gone = sorted(set(losses.words[1]))
            if gone:
                sys.stdout.write(f"    words: {' '.join(gone[:40])}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
