"""The Content-Security-Policy of a page."""

import base64
import hashlib
import re

import pytest

from catalog.site.content_security_policy import insert_policy


def read_policy(html: str) -> dict[str, list[str]]:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found is not None
    return {name: values for name, *values in (part.split() for part in found[1].split(";"))}


def to_hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_inline_scripts_and_styles_are_allowed_by_their_hashes_each_once() -> None:
    html = (
        "<head><style>a{}</style><script>one()</script><SCRIPT>one()</SCRIPT></head>"
        '<script async>two("é")</script>'
    )
    policy = read_policy(insert_policy(html))
    assert policy["script-src"] == ["'self'", to_hash("one()"), to_hash('two("é")')]
    assert policy["style-src"] == ["'self'", to_hash("a{}")]


@pytest.mark.parametrize(
    "script",
    [
        '<script src="x.js"></script>',
        '<script type="application/ld+json">{}</script>',
        '<script id=c type="application/json">{}</script>',
        '<script type=module src="x.js"></script>',
    ],
)
def test_files_and_data_need_no_hash(script: str) -> None:
    assert read_policy(insert_policy(f"<head>{script}</head>"))["script-src"] == ["'self'"]


def test_everything_else_comes_from_the_site_or_not_at_all() -> None:
    policy = read_policy(insert_policy("<head></head>"))
    assert policy["default-src"] == policy["base-uri"] == ["'none'"]
    allowed = {value for values in policy.values() for value in values}
    assert allowed == {"'none'", "'self'", "data:"}
    assert [name for name, values in policy.items() if "data:" in values] == ["img-src"]


def test_the_policy_comes_after_the_encoding_and_before_all_else() -> None:
    html = '<head>\n<meta charset="utf-8">\n<title>x</title><script>a</script></head>'
    found = insert_policy(html)
    assert found.index("charset") < found.index("Content-Security") < found.index("<title>")
    assert insert_policy("<HEAD lang=en><title>x</title>").startswith("<HEAD lang=en>\n<meta http")


def test_a_page_with_a_policy_of_its_own_keeps_it() -> None:
    html = '<head><meta http-equiv="Content-Security-Policy" content="default-src *"></head>'
    assert insert_policy(html) == html


def test_marked_sections_of_a_page_are_passed_over() -> None:
    html = "<head><script>one()</script></head><div><![x</div>"
    assert read_policy(insert_policy(html))["script-src"] == ["'self'", to_hash("one()")]


def test_words_of_a_text_are_no_policy() -> None:
    words = "a=b http-equiv=Content-Security-Policy &quot;http-equiv"
    html = f'<head><meta charset=utf-8><meta name="description" content="{words}"></head>'
    assert read_policy(insert_policy(html))["script-src"] == ["'self'"]


def test_a_server_that_adds_scripts_may() -> None:
    policy = read_policy(insert_policy("<head><script>a</script></head>", is_live=True))
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["connect-src"] == ["'self'"]
