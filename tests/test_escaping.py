"""Text in Markdown shows as written."""

import html
import re
import shutil
import subprocess

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.escaping import escape_badge, escape_markdown, escape_markdown_url

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COMMENT = "<!-- -->"

# What a title or a name could hold to break out of its line.
HOSTILE = [
    *(
        "*a*",
        "**a**",
        "_a_",
        "__a__ b",
        "~~a~~",
        "~a~",
        "`a`",
        "``",
        "[a](b)",
        "![a](b)",
        "[a]: b",
        "[^1]",
    ),
    *(
        "<b>a</b>",
        "<https://a.b>",
        "<a@b.c>",
        "<!-- a",
        "&amp;",
        "&#38;",
        "&copy",
        "a|b",
        "\\",
        "a\\",
        "\\*a*",
    ),
    *(
        "1. a",
        "1) a",
        "12.",
        "- a",
        "+ a",
        "* a",
        "# a",
        "> a",
        "=",
        "---",
        "===",
        "```",
        "$a$",
        "$$a$$",
    ),
    *(
        "http://a.b",
        "https://a.b/c_d",
        "1http://a.b",
        "éhttps://a.b",
        "ftp://a.b",
        "www.a.b",
        "WWW.a.b",
        "_www.a",
    ),
    *("a@b.com", "mailto:a@b.com", "xmpp:a@b.c", "Recall@10", "@name", "a_@b-c.d_e.f"),
]

lines = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
    | st.sampled_from("*_~`<>[]()!|\\&;#$-+=1.:@/"),
    min_size=1,
    max_size=30,
)
hostile_lines = st.lists(st.sampled_from(HOSTILE) | lines, min_size=1, max_size=4).map("".join)


def show(text: str) -> str:
    """Return text as a page shows it: spaces in a row are one."""
    return re.sub(" +", " ", text).strip(" ")


def inline_tokens(markdown: str) -> list[Token]:
    opening, inline, closing = MARKDOWN.parse(markdown)
    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    return inline.children or []


@given(hostile_lines)
@example("a\u00a0b")
def test_escaped_text_is_one_paragraph_of_plain_text_that_reads_as_given(text: str) -> None:
    escaped = escape_markdown(text)
    if not show(text):
        assert escaped == ""
        return
    tokens = inline_tokens(escaped)
    assert {token.type for token in tokens if token.content != COMMENT} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens if token.content != COMMENT) == show(text)


@given(hostile_lines)
def test_escaped_text_stays_inside_what_the_line_puts_around_it(text: str) -> None:
    if not show(text):
        return
    tokens = inline_tokens(f"**{escape_markdown(text)}.** *Ada Example.*")
    assert [token.type for token in tokens if token.nesting] == [
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_stays_inside_a_cell(text: str) -> None:
    table = MARKDOWN.render(f"| a | b |\n|---|---|\n| {escape_markdown(text)} | c |\n")
    cells = re.findall("<td>(.*)</td>", table)
    assert [html.unescape(cell.replace(COMMENT, "")) for cell in cells] == [show(text), "c"]


@pytest.mark.skipif(shutil.which("cmark-gfm") is None, reason="cmark-gfm is not installed")
def test_github_makes_no_link_and_no_markup_of_escaped_text() -> None:
    texts = [f"{a}{b}{c}" for a in ("", "x", "(") for b in HOSTILE for c in ("", "y", "/z ")]
    run = subprocess.run(
        [
            "cmark-gfm",
            "--unsafe",
            "-e",
            "autolink",
            "-e",
            "table",
            "-e",
            "strikethrough",
            "-e",
            "tagfilter",
        ],
        input="\n\n".join(escape_markdown(text) for text in texts).encode(),
        capture_output=True,
        check=True,
    )
    shown = re.findall("<p>(.*)</p>", run.stdout.decode().replace(COMMENT, ""))
    assert shown == [html.escape(show(text), quote=True).replace("&#x27;", "'") for text in texts]


urls = st.from_regex(
    r"https://[a-z]{1,5}\.org/[a-z0-9()|&;?=%*_~#!$'.,@\[\]-]{0,30}", fullmatch=True
)


@given(urls)
@example("https://a.org/?a=1&lt;=2&copy;&#38;")
@example("https://a.org/a_(b)_(c")
def test_an_escaped_address_is_the_whole_target_of_its_link(url: str) -> None:
    tokens = inline_tokens(f"[a]({escape_markdown_url(url)}) b")
    assert [token.type for token in tokens] == ["link_open", "text", "link_close", "text"]
    href = str(tokens[0].attrGet("href"))
    plain = url.replace("|", "%7C")
    assert href.replace("%5B", "[").replace("%5D", "]") == re.sub(
        "%(?![0-9a-fA-F]{2})", "%25", plain
    )


def test_a_badge_keeps_hyphens_and_underscores() -> None:
    assert escape_badge("a-b_c d/e%") == "a--b__c%20d%2Fe%25"
