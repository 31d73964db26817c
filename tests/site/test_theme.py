"""What the site relies on of the themes that it is built with."""

from catalog.site import theme


def test_the_search_box_goes_before_the_repository_or_the_end_of_the_header() -> None:
    slot = '<div class="md-header__source">'
    assert theme.insert_header(f"<header><nav>{slot}</div></nav></header>", "+") == (
        f"<header><nav>+{slot}</div></nav></header>"
    )
    assert (
        theme.insert_header("<header><nav></nav></header>", "+") == "<header><nav>+</nav></header>"
    )
    assert theme.insert_header("<header></header>", "+") == "<header>+</header>"
    assert theme.insert_header("<p>no header</p>", "+") == "<p>no header</p>"


def test_only_the_tab_of_the_address_is_marked() -> None:
    tab = '<li class="md-tabs__item">\n <a href="{}">'
    html = tab.format("../../papers/") + tab.format("../../sections/")
    marked = theme.mark_tab(html, "../../papers/")
    assert marked.count("md-tabs__item--active") == 1
    assert marked.index("--active") < marked.index("papers/")


def test_the_search_box_goes_before_the_search_of_the_theme() -> None:
    html = (
        '<header><nav><label class="md-icon" for="__search"></label><div class="md-search">'
        '<nav class="md-search__options"></nav></div></nav></header>'
    )
    assert theme.insert_header(html, "+").startswith("<header><nav>+<label")
