"""The safe subset of Markdown."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from catalog.text.markdown import render_line, render_paragraphs, write_prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        ("[d](https://example.org/?a=1&b=2)", '<a href="https://example.org/?a=1&amp;b=2">d</a>'),
        ("a < b & c", "a &lt; b &amp; c"),
        ("$x_1 * y_2$", "$x_1 * y_2$"),
    ],
)
def test_emphasis_code_and_web_links_are_rendered(text: str, html: str) -> None:
    assert render_line(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        "[x](  JAVASCRIPT:alert(1))",
        "![x](https://example.org/x.png)",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_nothing_else_becomes_html(text: str) -> None:
    html = render_line(text)
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html.lower()


def test_paragraphs_stay_paragraphs_and_blocks_stay_text() -> None:
    html = render_paragraphs("One.\n\n# Not a heading\n\n- not a list")
    assert html.count("<p>") == 3
    assert "<h1" not in html
    assert "<li" not in html


@given(st.text(alphabet="<>&\"'[]()*_`!:/ab\\&;#x0", max_size=30))
def test_no_text_makes_another_element(text: str) -> None:
    html = str(render_line(text))
    for element in ("<em>", "</em>", "<strong>", "</strong>", "<code>", "</code>", "</a>"):
        html = html.replace(element, "")
    assert "<" not in html.replace('<a href="http', "")


# As Markdown


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
COMMENT = "<!-- -->"


def show(html: str) -> str:
    """Return HTML as two renderers of one text agree on it."""
    text = " ".join(html.replace(COMMENT, "").replace("<br />", "<br>").split())
    return re.sub(r"(?<=<code>) | (?=</code>)", "", text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*a* __b__ `c`", "*a* __b__ `c`"),
        ("[d](https://example.org/a_(b))", r"[d](https://example.org/a_\(b\))"),
        ("One\nline.\n\nTwo.", "One\nline.\n\nTwo."),
        ("<!-- rest", r"\<!-- rest"),
        ("# a", r"\# a"),
        ("1. a\n2. b", "1\\. a\n2\\. b"),
        ("![x](https://example.org/x.png)", "!<!-- -->[x](https://example.org/x.png)"),
        (
            "[x](https://bank.example@evil.example/)",
            r"\[x\](https\://bank.example<!-- -->@evil.example/)",
        ),
        ("[x](https://éxample.org/)", "[x](https://xn--xample-9ua.org/)"),
    ],
)
def test_the_subset_is_written_anew_with_all_else_escaped(text: str, markdown: str) -> None:
    assert write_prose(text) == markdown


prose = st.lists(
    st.sampled_from(
        [*"<>&\"'[]()*_`!:/ab\\;#x0|~$-+=@.1 \n", "](https://a.b/)", "<!--", "**", "://", "a@b.c"]
    ),
    max_size=20,
).map("".join)


@given(prose)
@example("*a*[b](https://a.b/)")
@example("a\n\n\nb")
@example("***a** b*")
def test_markdown_of_prose_renders_as_its_html_does(text: str) -> None:
    assert show(MARKDOWN.render(write_prose(text))) == show(render_paragraphs(text))


def test_a_line_break_that_is_meant_stays_one() -> None:
    assert write_prose("One\\\nline.") == "One\\\nline."
