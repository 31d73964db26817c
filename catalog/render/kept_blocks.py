"""Markdown of the list's owner that README.md shows as it is: header, footer, parts of sections.

Unlike notes and descriptions, these files are not escaped: whoever may change them may change the
README. Their relative links and images are relative to README.md, which shows them.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from catalog.errors import UnreadableInputError, UsageError
from catalog.store.symlinks import escapes_folder

KEPT_FOLDER = "readme"
"""The folder of the blocks."""
HEADER = "readme/header.md"
"""Where `catalog init` keeps what was before the list."""
FOOTER = "readme/footer.md"
"""Where it keeps what stood after the list."""
SECTION = "readme/sections/{id}.md"
"""Shown at the top of the section with this id, where the file exists."""

# A fence of three signs or more, up to one as long or to the end of the file (CommonMark 4.5).
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
_HEADING = re.compile(
    r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$"  # ## Title
    r"|^(?P<setext>[^\s#>|*+-][^\n]*)\n(?P<rule>=+|-{3,})[ \t]*$"  # Title, underlined
    r"|<h(?P<level>[1-6])\b[^>]*>(?P<html>.*?)</h(?P=level)>",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
# Text of a heading as GitHub's anchors see it: [Title](url) is Title, images and tags are nothing.
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
# `[Title](url)`, and a picture as its label: `[![badge](a)](b)`.
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)]*\)")
# Tags of HTML, of which only the text is left: `<b>Title</b>`.
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class KeptHeading:
    """A heading of a kept block: its level, its shown text, and where it begins in the block."""

    level: int
    text: str
    start: int

    @property
    def anchor(self) -> str:
        """The anchor that GitHub gives it."""
        return to_github_anchor(self.text)


@dataclass(frozen=True)
class KeptBlock:
    """The text of one file."""

    text: str = ""

    @cached_property
    def headings(self) -> tuple[KeptHeading, ...]:
        """The headings of the block, fenced code aside."""
        shown = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), self.text)
        return tuple(map(_to_heading, _HEADING.finditer(shown)))

    @property
    def has_title(self) -> bool:
        """Whether the block has the title of the list."""
        return any(heading.level == 1 for heading in self.headings)

    def has_heading(self, *words: str) -> bool:
        """Return whether a heading begins with one of these words, in any letter case."""
        texts = (re.sub(r"^\W+", "", heading.text).lower() for heading in self.headings)
        return any(text.startswith(words) for text in texts)

    def split(self) -> "tuple[KeptBlock, KeptBlock]":
        """Return what is before the first heading below the title, and the rest."""
        start = next((one.start for one in self.headings if one.level > 1), len(self.text))
        return KeptBlock(self.text[:start].strip()), KeptBlock(self.text[start:].strip())

    def without(self, *words: str) -> "KeptBlock":
        """Return the block without the sections whose headings begin with these words."""
        text, cut = "", 0
        ends = [*(one.start for one in self.headings[1:]), len(self.text)]
        for heading, end in zip(self.headings, ends, strict=False):
            if re.sub(r"^\W+", "", heading.text).lower().startswith(words):
                text, cut = text + self.text[cut : heading.start], end
        return KeptBlock((text + self.text[cut:]).strip())


NO_BLOCK = KeptBlock()


def read_kept_block(folder: Path, name: str | None) -> KeptBlock:
    """Read the block that the settings name; empty when they name none.

    Raises `UsageError` when the path leads out of `folder`, `UnreadableInputError` when there is no
    such file.
    """
    if name is None:
        return NO_BLOCK
    path = folder / name
    parts = name.replace("\\", "/").split("/")
    if Path(name).is_absolute() or ".." in parts or escapes_folder(path, folder):
        raise UsageError(f"settings.readme: {name!r} is not inside the list's folder")
    try:
        return KeptBlock(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").strip())
    except FileNotFoundError as error:
        message = "does not exist. Create it, or remove its name from `settings.readme`"
        raise UnreadableInputError(path, message) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInputError(path, f"cannot be read: {error}") from error


def read_section_block(folder: Path, section: str) -> KeptBlock:
    """Read the block of a section; empty when it has none."""
    name = SECTION.format(id=section)
    return read_kept_block(folder, name if (folder / name).is_file() else None)


def to_github_anchor(text: str) -> str:
    """Return the anchor that GitHub makes of a heading: `größere-strukturen`.

    https://github.com/gjtorikian/html-pipeline: letters, digits, hyphens and underscores stay.
    """
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _to_heading(found: re.Match[str]) -> KeptHeading:
    if found["html"] is not None:
        level, text = int(found["level"]), found["html"]
    elif found["setext"] is not None:
        level, text = (1 if found["rule"].startswith("=") else 2), found["setext"]
    else:
        level, text = len(found[1]), found[2]
    plain = _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    shown = " ".join(plain.replace("*", "").replace("`", "").split())
    return KeptHeading(level, shown, found.start())
