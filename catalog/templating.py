"""Jinja2 as every template of the project meets it: strict, with one escaping filter per target.

A template of the list's own folder `templates/` comes before the package's template of that name.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import TemplateError

from catalog.errors import TemplateFaultError

_HERE = Path(__file__).parent

# CommonMark 0.31, 2.4: any ASCII punctuation may be escaped. These are the ones that can start
# something inside a line (~ and $ on GitHub only, @ and # for its mentions and issue numbers).
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$#&])")
# https://github.github.com/gfm/#autolinks-extension-: a backslash before :// and after www stops a
# link. That of a mail address is made from finished text; only markup parts it.
_ADDRESS = re.compile(r"(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=[\w\\-]*\.)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
_REFERENCE = re.compile(r"[@#]|\bGH(?=-\d)", re.IGNORECASE)
# A link in a comment is noted in the thread that it leads to, for all to see.
_THREAD = re.compile(
    r"https?://(?:www\.)?github\.com/+[^/]+/+[^/]+/+(?:issues|pull|discussions|commit)/",
    re.IGNORECASE,
)
# The spaces of Unicode (such as the one that does not break) are text.
_SPACES = re.compile("[ \t\n\r\f\v]+")
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")


def find_default(name: str) -> Path:
    """Return a folder that the package carries: `templates` or `site_src`.

    A wheel has it inside the package, a checkout beside it.
    """
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


@lru_cache(maxsize=8)
def make_environment(folder: Path) -> Environment:
    """Return the template environment of the list in `folder`; templates are compiled once."""
    environment = Environment(
        loader=FileSystemLoader([folder / "templates", find_default("templates")]),
        undefined=StrictUndefined,
        autoescape=_is_markup,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["markdown"] = escape_markdown
    environment.filters["markdown_url"] = escape_markdown_url
    environment.filters["badge"] = escape_badge
    environment.filters["comment"] = escape_comment
    environment.filters["comment_link"] = write_comment_link
    environment.filters["yaml"] = write_yaml_text
    environment.filters["code"] = write_code_span
    environment.filters["fenced"] = write_code_block
    return environment


def render(folder: Path, template: str, **view: object) -> str:
    """Render one template. Raises `TemplateFaultError` when it names what does not exist."""
    with _naming(template):
        return make_environment(folder).get_template(template).render(view)


def find_macro(folder: Path, template: str, name: str) -> Callable[..., str]:
    """Return a macro of a template, to be called once for each of many papers.

    Calling it raises `TemplateFaultError` as `render` does.
    """
    with _naming(template):
        macro = getattr(make_environment(folder).get_template(template).module, name, None)
    if macro is None:
        raise TemplateFaultError(f"templates/{template}: there is no macro {name!r}")

    def call(*arguments: object) -> str:
        with _naming(template):
            return str(macro(*arguments))

    return call


@contextmanager
def _naming(template: str) -> Iterator[None]:
    """Turn what is wrong with a template into one line with its place."""
    try:
        yield
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"templates/{template}" + (f":{line}" if line else "")
        raise TemplateFaultError(f"{place}: {error.message}") from error


def escape_markdown(text: str) -> str:
    """Escape text for a line of Markdown, GitHub's included, so that it shows as written."""
    line = _SPACES.sub(" ", text).strip(" ")
    escaped = _ADDRESS.sub(r"\\", _MARKDOWN_SPECIAL.sub(r"\\\1", line))
    escaped = _MAIL_ADDRESS.sub("<!-- -->@", escaped)
    return _LINE_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped
    )


def escape_markdown_url(url: str) -> str:
    """Escape an address for the parentheses of a Markdown link."""
    plain = url.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    return _ENTITY.sub(r"\\&", plain)


def escape_comment(text: str) -> str:
    """Escape text for a comment on GitHub, so that it calls nobody and refers to nothing either.

    Mentions and references are found in the finished text, where no backslash is left; a space of
    no width parts them.
    """
    return escape_markdown(_REFERENCE.sub("\\g<0>\u200b", text))


def write_comment_link(url: str, label: str) -> str:
    """Write a link for a comment on GitHub; the address of a thread is only shown."""
    if _THREAD.match(url):
        return f"{label} {write_code_span(url)}"
    return f"[{label}]({escape_markdown_url(url)})"


def write_yaml_text(text: str) -> str:
    """Write text as a scalar of YAML in double quotes, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)


def write_code_span(text: str) -> str:
    """Write text as a code span of Markdown: between more backticks than it has in a row."""
    line = _SPACES.sub(" ", text).strip(" ")
    ticks = "`" * (_count_ticks(line) + 1)
    gap = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{ticks}{gap}{line}{gap}{ticks}"


def write_code_block(text: str, language: str) -> str:
    """Write text as a code block of Markdown: between longer fences than any run of backticks."""
    fence = "`" * max(3, _count_ticks(text) + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _count_ticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def escape_badge(text: str) -> str:
    """Escape text for a part of a shields.io badge address, where `-` and `_` separate parts."""
    return quote(text.replace("-", "--").replace("_", "__"), safe="")


def _is_markup(name: str | None) -> bool:
    return name is not None and name.removesuffix(".j2").endswith((".html", ".xml", ".svg"))
