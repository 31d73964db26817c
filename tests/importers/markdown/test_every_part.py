"""Every link and image of a list is in a record, a resource or a kept block, or is reported.

The lists are read here with a Markdown and an HTML parser, not with the importer.
"""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.importers.markdown.coverage import Fate
from catalog.importers.markdown.new_list import make_list
from catalog.importers.markdown.reader import ReadList, read_markdown
from catalog.importers.markdown.source_parts import PartKind
from catalog.model.identifiers import find_identifier

LISTS = sorted((Path(__file__).parents[2] / "data" / "lists").glob("*.md"))
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


class Tags(HTMLParser):
    """Collects the addresses of links and images of raw HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = {"a": "href", "img": "src"}.get(tag)
        self.found += [value for key, value in attrs if key == name and value]


def addresses_of(tokens: list[Token]) -> Iterator[str]:
    """Yield the address of every link and image of a parsed text."""
    for token in tokens:
        if token.type in ("html_inline", "html_block"):
            tags = Tags()
            tags.feed(token.content)
            yield from tags.found
        elif url := str(token.attrGet("href") or token.attrGet("src") or ""):
            yield url
        yield from addresses_of(token.children or [])


def plain(url: str) -> str:
    """Return an address as far as writing it in another way does not change it."""
    # `[[blog]]([blog](https://…))` is read as what its writer meant.
    return unquote(url).strip().rpartition("](")[2].rstrip("/)").lower()


def is_written(url: str, read: ReadList, yaml: str) -> bool:
    """Return whether papers.yaml has an address, its usual form, or its identifier."""
    found = find_identifier(url)
    return (
        plain(url) in unquote(yaml).lower()
        or (found is not None and found[1].lower() in yaml.lower())
        or any(
            one.now in yaml for one in make_list([read]).rewritten if plain(one.shown) in plain(url)
        )
        or plain(url).removeprefix("http://").removeprefix("https://") in unquote(yaml).lower()
    )


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_every_link_and_image_is_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    read = read_markdown(data, path.name)
    shown = Counter(map(plain, addresses_of(MARKDOWN.parse(data.decode()))))
    parts = [part for part in read.parts if part.kind in (PartKind.LINK, PartKind.IMAGE)]
    assert not shown - Counter(plain(part.url or "") for part in parts)
    assert not [part for part in parts if part.is_left_out and not part.reason]


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_what_is_said_to_be_in_a_record_is_written(path: Path) -> None:
    read = read_markdown(path.read_bytes(), path.name)
    if not read.entries:
        return
    yaml = make_list([read]).to_yaml()
    said = [part.url or "" for part in read.parts if part.url and part.fate is Fate.RECORD]
    assert not [url for url in said if not is_written(url, read, yaml)]
