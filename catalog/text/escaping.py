"""Text written into Markdown, YAML and badge addresses so that it shows as given.

One function per target; HTML and XML are Jinja's to escape. What TeX, BibTeX and RIS need stands
with those formats in `export`.
"""

import json
import re
from urllib.parse import quote

from markupsafe import Markup, escape

# CommonMark 0.31, 2.4: any ASCII punctuation may be escaped. These are the ones that can start
# something inside a line (~ and $ on GitHub only, @ and # for its mentions and issue numbers).
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$#&])")
# https://github.github.com/gfm/#autolinks-extension-: a backslash before :// and after www stops a
# link. That of a mail address is made from finished text; only markup parts it.
_ADDRESS = re.compile(r"(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
# `ada@example.org`; an @ without a dot after it is a mention.
_MAIL_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=[\w\\-]*\.)")
# Without anything that Markdown could read otherwise: such an address stays as written.
_PLAIN_MAIL = re.compile(r"[A-Za-z0-9]+(?:[.+-][A-Za-z0-9]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
_REFERENCE = re.compile(r"[@#]|\bGH(?=-\d)", re.IGNORECASE)
# A link in a comment is noted in the thread that it leads to, for all to see.
_THREAD = re.compile(
    r"https?://(?:www\.)?github\.com/+[^/]+/+[^/]+/+(?:issues|pull|discussions|commit)/",
    re.IGNORECASE,
)
# `fast nets` and `a net`, but neither `iPhone` nor `x86`.
_FIRST_WORD = re.compile(r"^[a-zà-ÿ](?=[a-zà-ÿ]*[\s,:;.!?-]|[a-zà-ÿ]*$)")
# The spaces of Unicode (such as the one that does not break) are text.
_SPACES = re.compile("[ \t\n\r\f\v]+")
# `1. `, `2) `, `- `, `+`, `=`: lists and underlines of headings begin so.
_LINE_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")


def escape_markdown(text: str) -> str:
    """Escape text for a line of Markdown, GitHub's included, so that it shows as written."""
    return escape_line_start(escape_markdown_part(_SPACES.sub(" ", text).strip(" ")))


def escape_markdown_part(text: str) -> str:
    """Escape text that stands inside a line of Markdown, between markup."""
    escaped = _ADDRESS.sub(r"\\", _MARKDOWN_SPECIAL.sub(r"\\\1", text))
    return _MAIL_ADDRESS.sub("<!-- -->@", escaped)


def escape_line_start(line: str) -> str:
    """Escape what would begin a list or underline a heading at the start of a line of Markdown."""
    return _LINE_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line
    )


def escape_markdown_url(url: str) -> str:
    """Escape an address for the parentheses of a Markdown link, which leads to it as it stands."""
    plain = re.sub(r"([()])", r"\\\1", url.replace("|", "%7C"))
    return _ENTITY.sub(r"\\&", plain)


def write_contact(text: str) -> str:
    """Write whom to ask: a plain mail address as it stands, which GitHub makes a link of."""
    return text if _PLAIN_MAIL.fullmatch(text) else escape_markdown(text)


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


def write_awesome_sentence(markdown: str) -> str:
    """Write a line of Markdown as awesome-lint wants a description.

    It begins with a capital, where its first word is a plain lower-case one, and ends with a stop:
    `fast nets` gives `Fast nets.`
    """
    line = _FIRST_WORD.sub(lambda found: found[0].upper(), markdown.strip(), count=1)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def write_one_line(text: str) -> Markup:
    """Write text as HTML on one line, for Markdown pages: a blank line would end the HTML."""
    return Markup(str(escape(text)).replace("\r", "").replace("\n", "&#10;"))


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
