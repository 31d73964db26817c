"""Splitting and filling the frame page."""

import pytest

from catalog.site.page_frame import (
    PageFrame,
    find_regions,
    insert_head,
    keep_marks,
    squeeze,
)

HTML = (
    "<html><head><title>catalog-frame-title - X</title>"
    '<meta name="description" content="of the frame">'
    '<link rel="prev" href="../.."></HEAD><body><b>catalog-frame-title</b>'
    '<!-- catalog:frame --><h1 id="start">Content</h1><!-- /catalog:frame -->'
    "<footer></footer></body>"
)


def test_title_head_and_body_take_the_places_of_the_marks() -> None:
    filled = PageFrame(HTML).fill("A &amp; B", "<meta new>", "<p>body</p>")
    assert filled == (
        "<html><head><title>A &amp; B - X</title><meta new></HEAD><body><b>A &amp; B</b>"
        "<p>body</p><footer></footer></body>"
    )


def test_the_heading_keeps_the_anchor_that_the_theme_skips_to() -> None:
    assert PageFrame(HTML).anchor == "start"


@pytest.mark.parametrize(
    "html",
    [
        "<head></head><body>no mark</body>",
        "<!-- catalog:frame --><!-- /catalog:frame -->",
        "<!-- catalog:frame --></head><!-- /catalog:frame -->",
        "<head></head><!-- catalog:frame --> without an end",
    ],
)
def test_a_page_without_head_or_mark_is_refused(html: str) -> None:
    with pytest.raises(ValueError, match="catalog:frame"):
        PageFrame(html)


def test_what_is_filled_in_is_never_searched_for_marks() -> None:
    hostile = "catalog-frame-title <!-- catalog:frame --> \\1 \\g<0>"
    assert hostile in PageFrame(HTML).fill("t", "", hostile)


def test_regions_carry_their_name_and_anchor() -> None:
    regions = list(find_regions("a<!-- catalog:home --><h1 id=home>x</h1><!-- /catalog:home -->b"))
    assert [(region.name, region.anchor) for region in regions] == [("home", "home")]


def test_the_end_of_the_head_takes_the_text_as_it_is() -> None:
    assert insert_head("<head></head>", r"\1") == r"<head>\1</head>"


def test_indentation_goes_where_it_does_not_count() -> None:
    kept = "<pre>a\n\n  b</pre><TEXTAREA>\n c</TEXTAREA ><script>let a\n\n  b</script>"
    html = f"<ul>\n\n    <li>one\n      two  three</li>\n    {kept}\n  \n  </ul>\n"
    assert squeeze(html) == f"<ul>\n<li>one\ntwo  three</li>\n{kept}\n</ul>\n"
    assert squeeze(squeeze(html)) == squeeze(html)


def test_marks_survive_a_plugin_that_removes_comments_and_quotes() -> None:
    kept = keep_marks("<p>a</p><!-- catalog:home --><h1 id=top>A</h1><!-- /catalog:home -->")
    assert "<!--" not in kept
    for html in (kept, kept.replace('"', "")):
        (region,) = find_regions(html)
        assert (region.name, region.anchor) == ("home", "top")
        assert html[: region.start] + html[region.end :] == "<p>a</p>"
