"""Pages of HTML tell their title and their meta tags, however they are written."""

import pytest

from catalog.text.html_meta import find_title, read_meta_tags


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ('<META Name="a" content="B &gt; C"/>', [{"name": "a", "content": "B > C"}]),
        ("<meta name=a content='x > \"y\" < z'>", [{"name": "a", "content": 'x > "y" < z'}]),
        ("<meta\nname = a content=b>", [{"name": "a", "content": "b"}]),
        ("<meta content=a content=b>", [{"content": "a"}]),
        ("<meta name=a <meta name=b>", [{"name": "a"}, {"name": "b"}]),
        ('<meta name="a>', []),
        ("<metadata name=a>", []),
        ("<!-- <meta name=a> --><script>'<meta name=b>'</script><meta name=c>", [{"name": "c"}]),
        ("<!-- <meta name=a>", []),
        (f"<meta name=a content={'x' * 20_000}><meta name=b>", [{"name": "b"}]),
        (f"<meta name=a content=&#{'9' * 5_000};>", [{"name": "a", "content": "\ufffd"}]),
    ],
)
def test_meta_tags_are_read_as_browsers_do(markup: str, tags: list[dict[str, str]]) -> None:
    assert list(read_meta_tags(markup)) == tags


def test_no_more_tags_are_read_than_any_page_has() -> None:
    assert len(list(read_meta_tags("<meta a=b>" * 6_000))) == 5_000


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>A &amp;\n B</title>", "A & B"),
        ("<TITLE lang=en>A</TITLE>", "A"),
        ("<title>A", ""),
        ("A</title>", ""),
        (f"<title>{'x' * 9_000}</title>", "x" * 500),
        (f"<title>&#{'9' * 5_000};</title>", "\ufffd"),
    ],
)
def test_the_title_is_read(markup: str, title: str) -> None:
    assert find_title(markup) == title
