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

from catalog.store.yaml import read_yaml
from catalog.text.escaping import (
    escape_badge,
    escape_comment,
    escape_line_start,
    escape_markdown,
    escape_markdown_part,
    escape_markdown_url,
    write_code_block,
    write_code_span,
    write_comment_link,
    write_contact,
    write_one_line,
    write_yaml_text,
)

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
    assert escape_badge("XX") == "XX"


def test_spaces_in_a_row_and_line_ends_are_one_space_and_those_of_unicode_stay() -> None:
    assert escape_markdown(" a\r\n\tb\u00a0 c ") == "a b\u00a0 c"
    assert escape_markdown("\u00a0a\u00a0") == "\u00a0a\u00a0"
    assert escape_markdown("XaX") == "XaX"
    assert escape_markdown_part(" a  b ") == " a  b "


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("1.", "1\\."),
        ("1.5 a", "1.5 a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("===", "\\==="),
        ("a - 1. b", "a - 1. b"),
    ],
)
def test_a_line_begins_no_list_and_underlines_nothing(line: str, escaped: str) -> None:
    assert escape_line_start(line) == escaped


def test_a_bar_in_an_address_would_end_a_cell_and_a_capital_is_none() -> None:
    assert escape_markdown_url("https://a.org/|X") == "https://a.org/%7CX"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ada.b+c@example.org", "ada.b+c@example.org"),
        ("ada_b@example.org", "ada\\_b<!-- -->@example.org"),
        ("Ada <ada@example.org>", "Ada \\<ada<!-- -->@example.org\\>"),
        ("*Ada*", "\\*Ada\\*"),
    ],
)
def test_a_plain_mail_address_stands_as_it_is_and_all_else_is_text(text: str, written: str) -> None:
    assert write_contact(text) == written


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@name", "@\u200bname"),
        ("#1", "\\#\u200b1"),
        ("GH-1 gh-2 GHx", "GH\u200b-1 gh\u200b-2 GHx"),
        ("*a*", "\\*a\\*"),
    ],
)
def test_a_comment_calls_nobody_and_refers_to_nothing(text: str, escaped: str) -> None:
    assert escape_comment(text) == escaped


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://example.org/(a)", r"[code](https://example.org/\(a\))"),
        ("https://github.com/o/r", "[code](https://github.com/o/r)"),
        ("https://github.com/o/r/issues/1", "code `https://github.com/o/r/issues/1`"),
        ("HTTPS://WWW.GITHUB.COM/o//r/pull/1", "code `HTTPS://WWW.GITHUB.COM/o//r/pull/1`"),
    ],
)
def test_the_address_of_a_thread_is_no_link_in_a_comment(url: str, written: str) -> None:
    assert write_comment_link(url, "code") == written


@pytest.mark.parametrize("text", ["a: b", 'a "b"', "é 漢", "\\", "- a", "a\nb", "#"])
def test_text_in_quotes_is_read_from_yaml_as_given(text: str) -> None:
    written = write_yaml_text(text)
    assert read_yaml(f"a: {written}".encode(), "a.yaml").value == {"a": text}
    assert text not in ("é 漢", "- a") or written == f'"{text}"'


def test_html_for_a_page_of_markdown_is_one_line() -> None:
    assert write_one_line("a\r\n\n<b> & 'c'") == "a&#10;&#10;&lt;b&gt; &amp; &#39;c&#39;"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        ("a`", "`` a` ``"),
        ("``", "``` `` ```"),
        (" a\n b ", "`a b`"),
        ("", "`  `"),
        ("XaX", "`XaX`"),
        ("\u00a0a", "`\u00a0a`"),
    ],
)
def test_a_code_span_ends_where_its_text_ends(text: str, span: str) -> None:
    assert write_code_span(text) == span
    shown = re.sub("[ \n]+", " ", text).strip(" ")
    if shown:
        (token,) = inline_tokens(span)
        assert (token.type, token.content) == ("code_inline", shown)


@pytest.mark.parametrize(
    ("text", "fence"), [("a", "```"), ("``", "```"), ("```", "````"), ("a\n`````\nb", "``````")]
)
def test_a_code_block_ends_where_its_text_ends(text: str, fence: str) -> None:
    block = write_code_block(f"{text}\n \n", "yaml")
    assert block == f"{fence}yaml\n{text}\n{fence}"
    (token,) = MARKDOWN.parse(block)
    assert (token.type, token.info, token.content) == ("fence", "yaml", f"{text}\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ada.b+c@example.org", "ada.b+c@example.org"),
        ("ada@example.org*x*", r"ada@example.org\*x\*"),
        ("ada@example.org and <b>", None),
        ("mail: ada@example.org", None),
    ],
)
def test_only_a_whole_mail_address_is_written_as_it_stands(text: str, shown: str | None) -> None:
    written = write_contact(text)
    assert written == (escape_markdown(text) if shown is None or "*" in text else shown)
    assert (written == text) == (text == "ada.b+c@example.org")


@pytest.mark.parametrize("kind", ["issues", "pull", "discussions", "commit"])
def test_the_address_of_a_thread_is_shown_and_no_link(kind: str) -> None:
    url = f"https://github.com/o/r/{kind}/1"
    assert write_comment_link(url, "code") == f"code `{url}`"
    assert write_comment_link("https://github.com/o/r/tree/1", "code").startswith("[code](")
