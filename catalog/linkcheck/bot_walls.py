"""Robot walls: answers that say "not to programs", and nothing about the page behind.

A table: hosts, signs and the reason of each row. The first row that fits decides. A new wall is a
new row, with what was seen and where.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from catalog.net import HttpResponse


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
    _wall("wall-datadome", 403, header=("x-datadome", ".*")),
    _wall("wall-akamai", 403, text=r"<title>Access Denied</title>"),
    _wall("wall-incapsula", 200, 403, text=r"_Incapsula_Resource"),
    _wall("wall-anubis", 200, text=r"<title>Making sure you(&#39;|')re not a bot"),
    _wall("wall-captcha", 200, text=r"<title>[^<]*(captcha|are you a (human|robot)|robot check)"),
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
    # Hosts beside the papers.
    _wall("wall-linkedin", 999, host="linkedin.com"),  # a status of its own making
    _wall("wall-x", 400, 403, host="x.com"),
    _wall("wall-x", 400, 403, host="twitter.com"),
    _wall("wall-medium", 403, host="medium.com"),
    # Statuses that say it themselves (RFC 9110, 15.5.2, 15.5.4, 15.5.8; RFC 6585, 4; RFC 7725;
    # RFC 2324, which walls like for its sound).
    _wall("http-401", 401),
    _wall("http-403", 403),
    _wall("http-407", 407),
    _wall("http-418", 418),
    _wall("http-429", 429),
    _wall("http-451", 451),
)

LOGIN = re.compile(
    r"^https?://(accounts\.google\.com|login\.|signin\.|sso\.|idp\.|auth\.|shibboleth\.)"
    r"|/(log-?in|sign-?in|sso|shibboleth|wayf|saml|oauth2?)(/|\.|\?|$)"
    r"|cookies?_?not_?supported|cookieAbsent",
    re.IGNORECASE,
)
"""Addresses of pages that ask who one is before they show anything."""


def find_wall(answer: HttpResponse, text: str) -> str | None:
    """Return the reason of the wall that an answer shows, or None."""
    host = (urlsplit(answer.url).hostname or "").lower()
    return next((wall.reason for wall in WALLS if _fits(wall, answer, host, text)), None)


def _fits(wall: Wall, answer: HttpResponse, host: str, text: str) -> bool:
    return (
        answer.status in wall.statuses
        and (not wall.host or host == wall.host or host.endswith("." + wall.host))
        and _has_header(wall, answer.headers)
        and (not wall.text or re.search(wall.text, text, re.IGNORECASE) is not None)
    )


def _has_header(wall: Wall, headers: Mapping[str, str]) -> bool:
    name, pattern = wall.header
    if not name:
        return True
    return name in headers and re.fullmatch(pattern, headers[name], re.IGNORECASE) is not None
