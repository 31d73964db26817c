"""Signs that an answer keeps programs out, or that a page of success is not there.

Answers are in the table below; pages in `page_signs.toml`. A sign is as strong as the place where
it is seen: a head that *is* an error, word for word (`404 Million Pairs` is none), a sentence on a
page that shows little else, the address of a frame, the end of a redirect.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit

from catalog.linkcheck.page import Page
from catalog.net import HttpResponse

SMALL = 1_500
"""Characters shown: pages that only say that they are not there have 20 to 600, papers far more."""
_LONGEST_HEAD = 200
"""Sentences of errors are shorter; a longer head is cut before the patterns see it."""
_ONLY_A_FORM = 300
"""Characters shown by a page that asks for a password and has nothing else to read."""


class Wall(NamedTuple):
    """A wall. An empty `host` is any; `header` is a name and a pattern of its value."""

    reason: str
    statuses: frozenset[int]
    host: str = ""
    header: tuple[str, str] = ("", "")
    text: str = ""


def _wall(
    reason: str,
    *statuses: int,
    host: str = "",
    header: tuple[str, str] = ("", ""),
    text: str = "",
) -> Wall:
    return Wall(reason, frozenset(statuses), host, header, text)


WALLS = (
    # Signs of the services that guard many hosts.
    # https://developers.cloudflare.com/cloudflare-challenges/: every challenge carries the header.
    _wall("wall-cloudflare", 403, 429, 503, header=("cf-mitigated", "challenge")),
    _wall("wall-cloudflare", 403, 429, 503, text=r"<title>(Just a moment|Attention Required)"),
    # https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge.html
    _wall("wall-aws", 202, 403, 405, header=("x-amzn-waf-action", "challenge|captcha")),
    _wall("wall-siteground", 200, 202, header=("sg-captcha", "challenge")),
    _wall("wall-wordfence", 403, 503, text=r"access to this (site|service) has been limited"),
    _wall("wall-datadome", 403, header=("x-datadome", ".*")),
    _wall("wall-akamai", 403, text=r"<title>Access Denied</title>"),
    _wall("wall-incapsula", 403, text=r"_Incapsula_Resource"),
    # Hosts of papers.
    _wall("wall-ieee", 202, 418, host="ieeexplore.ieee.org"),  # empty 202 or 418 to programs
    _wall("wall-acm", 403, host="dl.acm.org"),  # 403 to whatever runs no scripts
    _wall("wall-elsevier", 403, 503, host="sciencedirect.com"),
    _wall("wall-wiley", 403, 503, host="onlinelibrary.wiley.com"),
    _wall("wall-science", 403, host="science.org"),
    _wall("wall-mdpi", 403, host="mdpi.com"),
    _wall("wall-researchgate", 403, 429, host="researchgate.net"),
    _wall("wall-biorxiv", 403, 429, host="biorxiv.org"),
    _wall("wall-springer", 303, 403, host="springer.com"),  # 303 to a login of its own
    # Hosts next to the papers.
    _wall("wall-x", 400, 403, host="x.com"),
    _wall("wall-x", 400, 403, host="twitter.com"),
    _wall("wall-medium", 403, host="medium.com"),
    # Statuses that mean it (RFC 9110, 15.5.2, 15.5.4, 15.5.6, 15.5.8; RFC 6585, 4; RFC 7725;
    # RFC 2324). A server must know GET, so 405 to it is a refusal; 999 is LinkedIn's own invention.
    _wall("http-401", 401),
    _wall("http-403", 403),
    _wall("http-405", 405),
    _wall("http-407", 407),
    _wall("http-418", 418),
    _wall("http-429", 429),
    _wall("http-451", 451),
    _wall("http-999", 999),
)


class Place(StrEnum):
    """Where a sign has to be seen."""

    HEAD = "head"
    """The title, a part of one, or a heading is the sign and nothing else."""
    SMALL = "small"
    """In the text of a page that shows little else."""
    SOURCE = "source"
    """In the markup."""
    ADDRESS = "address"
    """In the address at the end of a redirect."""


class Sign(NamedTuple):
    """A sign on a page of success. An empty `host` is any."""

    reason: str
    place: Place
    pattern: re.Pattern[str]
    host: str = ""


class Signs(NamedTuple):
    """The tables of `page_signs.toml`."""

    walls: tuple[Sign, ...]
    soft: tuple[Sign, ...]
    not_found: re.Pattern[str]
    """What an error is called, in all languages."""


@cache
def read_signs() -> Signs:
    """Read the tables of signs, once."""
    tables = tomllib.loads(
        files("catalog.linkcheck").joinpath("page_signs.toml").read_text("utf-8")
    )
    walls, soft = (tuple(map(_to_sign, tables[name])) for name in ("wall", "soft"))
    names = "|".join(f"(?:{pattern})" for pattern in tables["not_found"].values())
    return Signs(walls, soft, re.compile(names))


def _to_sign(row: Mapping[str, str]) -> Sign:
    pattern = re.compile(row["pattern"], re.IGNORECASE)
    return Sign(row["reason"], Place(row["place"]), pattern, row.get("host", ""))


LOGIN = re.compile(
    r"^https?://(accounts\.google\.com|login\.|signin\.|sso\.|idp\.|auth\.|shibboleth\.)"
    r"|/(users?/)?(wp-)?(log|sign)[-_]?in(/|\.|\?|;|$)|/(sso|shibboleth|wayf|saml2?|oauth2?)(/|\.|\?|$)"
    r"|/(auth/)?realms/[^/?]+/|/ServiceLogin\b|/idp/|/cas/login|/Account/Log[Oo]n\b"
    r"|cookies?_?not_?supported|cookieAbsent",
    re.IGNORECASE,
)
"""Addresses of pages that want to know who one is before they show anything: GitLab's
`/users/sign_in`, WordPress's `/wp-login.php`, Keycloak's `/realms/NAME/`, CAS and Shibboleth."""

_PASSWORD = re.compile(r"<input[^<>]{0,300}\btype\s{0,5}=\s{0,5}[\"']?password\b", re.IGNORECASE)
"""`<input name="p" type="password">`."""

_NOISE = re.compile(
    r"\b(?:40[04]|410|http|https|error|err|status|code|oops|whoops|uh oh|sorry|erreur|fehler|errore"
    r"|erro|fout|hata|błąd|ошибка|помилка|错误|錯誤|エラー|오류)\b"
)
"""What stands next to an error's own words without changing them: `Oops! Error 404: page not
found`."""
_NUMBER = re.compile(r"\b(?:404|410)\b")
"""A head of noise alone is an error only with its number: `Error` may be a paper's title."""
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
"""Signs around words: `» Not found «`."""
_PARTS = re.compile(r"\s[-–—|·•:]\s|[|·•»«–—]")
"""Between a page's name and its site's: `Not found - Example`, `404 | Example`. A hyphen needs
spaces, since it is also inside words."""


def find_wall(answer: HttpResponse, source: str) -> str | None:
    """Return the reason of the wall that the status, the headers or the markup show, or None."""
    host = (urlsplit(answer.url).hostname or "").lower()
    return next((wall.reason for wall in WALLS if _fits(wall, answer, host, source)), None)


def _fits(wall: Wall, answer: HttpResponse, host: str, source: str) -> bool:
    return (
        answer.status in wall.statuses
        and (not wall.host or host == wall.host or host.endswith("." + wall.host))
        and _has_header(wall, answer.headers)
        and (not wall.text or re.search(wall.text, source, re.IGNORECASE) is not None)
    )


def _has_header(wall: Wall, headers: Mapping[str, str]) -> bool:
    name, pattern = wall.header
    if not name:
        return True
    return name in headers and re.fullmatch(pattern, headers[name], re.IGNORECASE) is not None


def find_page_wall(page: Page, *, is_redirected: bool) -> str | None:
    """Return the reason of the wall that a page of success is, or None."""
    is_form = len(page.text) <= SMALL and _PASSWORD.search(page.source) is not None
    if is_redirected and (LOGIN.search(page.url) or is_form):
        return "redirect-login"
    if is_form and len(page.text) <= _ONLY_A_FORM:
        return "login"
    return _find(read_signs().walls, page, is_redirected=is_redirected)


def find_soft_sign(page: Page, *, is_redirected: bool = False) -> str | None:
    """Return the reason for which a page of success is not there, or None."""
    if any(_is_error_head(head) for head in _heads(page)):
        return "soft-404"
    return _find(read_signs().soft, page, is_redirected=is_redirected)


def _find(signs: tuple[Sign, ...], page: Page, *, is_redirected: bool) -> str | None:
    host = (urlsplit(page.url).hostname or "").lower()
    texts = {
        Place.SMALL: page.text if len(page.text) <= SMALL else "",
        Place.SOURCE: page.source,
        Place.ADDRESS: page.url if is_redirected else "",
    }
    heads = [_EDGES.sub("", head) for head in _heads(page)]
    for sign in signs:
        if sign.host and sign.host != host:
            continue
        if sign.place is Place.HEAD:
            is_seen = any(sign.pattern.fullmatch(head) for head in heads)
        else:
            is_seen = sign.pattern.search(texts[sign.place]) is not None
        if is_seen:
            return sign.reason
    return None


def _heads(page: Page) -> list[str]:
    """Return the title, its parts and the headings."""
    parts = [part.strip() for part in _PARTS.split(page.title)]
    heads = (page.title, *parts, *page.headings)
    return [head.lower()[:_LONGEST_HEAD] for head in dict.fromkeys(heads) if head.strip()]


def _is_error_head(head: str) -> bool:
    """Return whether a head is an error and nothing else: `Error 404 - Page not found`."""
    rest = " ".join(_EDGES.sub("", part) for part in _NOISE.sub(" | ", head).split("|"))
    rest = _EDGES.sub("", " ".join(rest.split()))
    if not rest:
        return _NUMBER.search(head) is not None
    return read_signs().not_found.fullmatch(rest) is not None
