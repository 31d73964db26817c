"""Templates are strict, and text in Markdown shows as written."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog.errors import TemplateFaultError
from catalog.templating import (
    escape_badge,
    escape_markdown,
    escape_markdown_url,
    find_macro,
    make_environment,
    render,
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
    plain = url.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    assert href.replace("%5B", "[").replace("%5D", "]") == re.sub(
        "%(?![0-9a-fA-F]{2})", "%25", plain
    )


def test_a_badge_keeps_hyphens_and_underscores() -> None:
    assert escape_badge("a-b_c d/e%") == "a--b__c%20d%2Fe%25"


# Templates


def write_template(folder: Path, name: str, text: str) -> None:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(text)


def test_a_misspelt_field_ends_in_one_line_with_its_place(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "{{ title }}\n{{ titel }}\n")
    with pytest.raises(TemplateFaultError, match=r"templates/a\.md\.j2.*titel"):
        render(tmp_path, "a.md.j2", title="Things")


def test_a_template_that_is_not_jinja_ends_in_one_line_with_its_line(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "fine\n{% if %}\n")
    with pytest.raises(TemplateFaultError, match=r"templates/a\.md\.j2:2"):
        render(tmp_path, "a.md.j2")


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFaultError, match=r"templates/missing\.md\.j2"):
        render(tmp_path, "missing.md.j2")


def test_a_template_of_the_list_comes_before_the_one_of_the_package(tmp_path: Path) -> None:
    name = "README.md.j2"
    assert make_environment(tmp_path).get_template(name).filename != str(
        tmp_path / "templates" / name
    )
    other = tmp_path / "other"
    other.mkdir()
    write_template(other, name, "own")
    assert render(other, name) == "own"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.html", "&lt;b&gt;"),
        ("a.xml.j2", "&lt;b&gt;"),
        ("a.svg", "&lt;b&gt;"),
        ("a.md.j2", "<b>"),
    ],
)
def test_markup_is_escaped_by_itself(name: str, shown: str, tmp_path: Path) -> None:
    write_template(tmp_path, name, "{{ text }}")
    assert render(tmp_path, name, text="<b>") == shown


def test_a_macro_is_found_by_its_name_and_a_missing_one_is_named(tmp_path: Path) -> None:
    write_template(tmp_path, "a.md.j2", "{% macro line(text) %}<{{ text }}>{% endmacro %}")
    assert find_macro(tmp_path, "a.md.j2", "line")("x") == "<x>"
    with pytest.raises(TemplateFaultError, match="no macro 'other'"):
        find_macro(tmp_path, "a.md.j2", "other")
