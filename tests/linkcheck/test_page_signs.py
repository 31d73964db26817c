"""Each sign finds its example and passes over a page that is there and looks alike."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import catalog.linkcheck
from catalog.linkcheck.page import Page, decode, find_client_redirect, is_headed_by, read_page
from catalog.linkcheck.page_signs import SMALL, find_page_wall, find_soft_sign
from catalog.net import HttpResponse

_FILE = Path(catalog.linkcheck.__file__).parent / "page_signs.toml"
TABLES = tomllib.loads(_FILE.read_text(encoding="utf-8"))
ROWS = [(table, row) for table in ("wall", "soft") for row in TABLES[table]]
IDS = [f"{table}-{row['seen'][:30]}" for table, row in ROWS]


def show(row: dict[str, Any], example: str) -> str | None:
    """The reason that an example gives where its row looks for it."""
    url = f"https://{row.get('host', 'example.org')}/papers/1"
    page = {
        "head": Page(url, title=example, is_html=True),
        "small": Page(url, text=example, is_html=True),
        "source": Page(url, source=example, is_html=True),
        "address": Page(example, is_html=True),
    }[row["place"]]
    is_redirected = row["place"] == "address"
    return find_page_wall(page, is_redirected=is_redirected) or find_soft_sign(
        page, is_redirected=is_redirected
    )


@pytest.mark.parametrize(("table", "row"), ROWS, ids=IDS)
def test_each_sign_finds_its_example_and_no_page_that_is_there(
    table: str, row: dict[str, Any]
) -> None:
    assert row["source"]
    assert show(row, row["seen"]) == row["reason"]
    assert show(row, row["living"]) is None


NOT_FOUND = (
    "404", "Error 404", "404 Not Found", "Page not found", "404: Page not found",
    "Example Lab - 404",
    "The page you're looking for could not be found (404)", "Page not found | Press",
    "This page doesn't exist", "Item withdrawn", "Seite nicht gefunden – Institut",
    "Page introuvable",
    "Página no encontrada", "Página não encontrada", "Pagina non trovata", "Pagina niet gevonden",
    "Nie znaleziono strony", "Sayfa bulunamadı", "Страница не найдена", "Сторінку не знайдено",
    "Stránka nenalezena", "Sidan kunde inte hittas", "Siden blev ikke fundet", "Sivua ei löydy",
    "Az oldal nem található", "Pagina nu a fost găsită", "Η σελίδα δεν βρέθηκε",
    "Không tìm thấy trang", "Halaman tidak ditemukan", "الصفحة غير موجودة", "הדף לא נמצא",
    "صفحه مورد نظر یافت نشد", "页面不存在", "お探しのページは見つかりませんでした",
    "페이지를 찾을 수 없습니다", "Ошибка 404", "Erreur 404 : page non trouvée",
)  # fmt: skip
LIVING = (
    "404 Million Pairs: Scaling Image and Text",
    "Page Not Found: A Study of Link Rot",
    "Error 404 Detection With Small Language Models",
    "Not Found Anywhere Else",
    "Object Not Found: Open-Vocabulary Search",
    "What Is Not Found in Latent Space",
    "The Missing Piece",
    "Gone With the Gradient",
    "400 Million Tokens",
    "Status Codes of 410 Servers",
    "Seite an Seite: Nicht gefunden, doch gesucht",
    "Introuvable ? Retrouver les œuvres perdues",
    "Página perdida",
    "页面缺失：古籍残页的自动补全",
    "見つからない部品",
    "찾을 수 없는 길",
    "Объект не найден: поиск",
    "Available Now",
    "A Page Exists",
    "Sorry, Not Sorry",
)


@pytest.mark.parametrize("title", NOT_FOUND)
def test_an_error_in_any_language_is_found_in_title_and_heading(title: str) -> None:
    assert find_soft_sign(Page("https://a.org/x", title=title, is_html=True)) == "soft-404"
    heading = re.split(r" [-–|] ", title)
    page = Page("https://a.org/x", title="Press", headings=tuple(heading), is_html=True)
    assert find_soft_sign(page) == "soft-404"


@pytest.mark.parametrize("title", LIVING)
def test_a_title_that_sounds_like_an_error_is_none(title: str) -> None:
    assert find_soft_sign(Page("https://a.org/x", title=title, is_html=True)) is None


def test_a_sentence_counts_on_a_small_page_only() -> None:
    sentence = "The file you requested could not be found. "
    assert find_soft_sign(Page("https://a.org/x", text=sentence, is_html=True)) == "soft-404"
    long = sentence + "word " * (SMALL // 5)
    assert find_soft_sign(Page("https://a.org/x", text=long, is_html=True)) is None


@pytest.mark.parametrize(
    "path",
    ["/users/sign_in", "/wp-login.php", "/auth/realms/lab/protocol", "/ServiceLogin?continue=x",
     "/cas/login?service=x", "/login", "/log-in/", "/saml2/sso", "/idp/profile"],
)  # fmt: skip
def test_the_address_of_a_sign_in_page_is_a_wall_when_a_redirect_led_there(path: str) -> None:
    page = Page("https://example.org" + path, is_html=True)
    assert find_page_wall(page, is_redirected=True) == "redirect-login"
    assert find_page_wall(page, is_redirected=False) is None


def test_a_page_that_was_redirected_to_and_shows_a_password_field_is_a_sign_in_page() -> None:
    form = '<input name="p" type="password">'
    page = Page("https://example.org/start", source=form, text="Please sign in", is_html=True)
    assert find_page_wall(page, is_redirected=True) == "redirect-login"
    assert find_page_wall(page, is_redirected=False) == "login"
    read = Page("https://example.org/start", source=form, text="Words. " * 100, is_html=True)
    assert find_page_wall(read, is_redirected=True) == "redirect-login"
    assert find_page_wall(read, is_redirected=False) is None


@pytest.mark.parametrize(
    "path", ["/papers/login-free-training", "/signing/in-detail", "/catalogin", "/realm-adaptation"]
)
def test_the_address_of_a_paper_is_no_sign_in_page(path: str) -> None:
    assert find_page_wall(Page("https://a.org" + path, is_html=True), is_redirected=True) is None


@pytest.mark.parametrize(
    ("label", "codec"),
    [("gbk", "gb18030"), ("Shift_JIS", "cp932"), ("euc-kr", "cp949"), ("windows-1251", "cp1251"),
     ("iso-8859-1", "cp1252"), ("utf-8", "utf-8")],
)  # fmt: skip
def test_the_charset_is_read_from_the_header_and_from_the_page(label: str, codec: str) -> None:
    text = {
        "gb18030": "页面不存在",
        "cp932": "ページ",
        "cp949": "페이지",
        "cp1251": "Страница",
    }.get(codec, "“café”")
    assert decode(text.encode(codec), f"text/html; charset={label}") == text
    page = f'<meta charset="{label}"><title>{text}</title>'.encode(codec)
    assert text in decode(page, "text/html")


def test_a_byte_order_mark_decides_and_an_unknown_charset_is_utf_8() -> None:
    assert decode("\ufeffPage".encode("utf-16-be"), "text/html; charset=utf-8") == "Page"
    assert decode("\ufeffPage".encode("utf-16-le"), "") == "Page"
    for label in ("zip", "hex", "idna", "no-such-thing", "unicode_escape"):
        assert decode("é".encode(), f"text/html; charset={label}") == "é"


def answer(body: str, kind: str = "text/html") -> HttpResponse:
    return HttpResponse("https://a.org/x/", 200, {"Content-Type": kind}, body.encode())


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<meta http-equiv="refresh" content="0; url=paper.html">', "https://a.org/x/paper.html"),
        ("<meta http-equiv=Refresh content='3;URL=/y'>", "https://a.org/y"),
        ('<meta http-equiv="refresh" content="1800">', None),
        ('<meta http-equiv="refresh" content="60; url=/y">', None),
        ('<meta http-equiv="refresh" content="0; url=#top">', None),
        ("<script>window.location.href = '/lander'</script>", "https://a.org/lander"),
        ("<script>location.replace('/y')</script>", "https://a.org/y"),
        ("<h1>A</h1><script>location.replace('/y')</script>", None),
        ("<script>location.href='javascript:alert(1)'</script>", None),
        ("<!-- <meta http-equiv=refresh content='0;url=/y'> -->", None),
    ],
)
def test_a_page_that_sends_its_reader_on_says_where(body: str, target: str | None) -> None:
    assert find_client_redirect(read_page(answer(body))) == target


def test_what_nobody_sees_is_no_text() -> None:
    page = read_page(
        answer(
            "<title>T</title><style>a{}</style><template><h1>Page not found</h1></template>"
            "<!-- gone --><h1> A <i>b</i></h1><script>var x='<h1>404</h1>'</script>1 < 2 &amp; 3"
        )
    )
    assert (page.title, page.headings, page.text) == ("T", ("A b",), "A b 1 < 2 & 3")
    assert read_page(answer("%PDF-1.5 Page not found", "application/pdf")).text == ""
    assert read_page(answer('{"error": "not found"}', "application/json")).text


def test_a_short_title_must_be_a_whole_head_and_a_long_one_may_be_part() -> None:
    page = Page("https://a.org/", title="Attention: Page not found", is_html=True)
    assert not is_headed_by(page, ("Attention",))
    assert is_headed_by(Page("https://a.org/", title="Attention", is_html=True), ("Attention",))
    shown = Page("https://a.org/", title="Press: Things, and How to Align Them", is_html=True)
    assert is_headed_by(shown, ("Things, and How to Align Them",))
