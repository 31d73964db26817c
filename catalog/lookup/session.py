"""Where resolvers ask: the services through one client, with a cache on disk.

Only good answers are kept, for a week: a failure is never remembered.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from catalog.lookup.result import UnavailableError
from catalog.model.findings import quote
from catalog.model.records import Survey
from catalog.net import Client, FetchError, HttpResponse, Reason, Services
from catalog.store.files import write_text
from catalog.text import parse

CACHE = "resolving"
# Long enough for the days in which a list is edited, short enough for corrected metadata.
_KEPT_SECONDS = 7 * 86_400
# 401, 403 and 418 are how guards against robots answer; 408, 425 and 429 mean later. None of
# them says anything about the paper.
_NOT_NOW = frozenset([401, 403, 408, 418, 425, 429])
_PATIENCE = 3
"""So many failures in a row, and a server is not asked again in this run."""
_GONE = frozenset(
    [
        *(Reason.NO_SUCH_HOST, Reason.DNS_FAILED, Reason.CONNECTION_REFUSED),
        *(Reason.UNREACHABLE, Reason.SLOW_CONNECT, Reason.PROXY_FAILED),
    ]
)
"""A server that cannot even be reached is not tried a second time."""


class Session:
    """Asks services. `cache` is a folder for answers, None for none."""

    def __init__(self, client: Client, services: Services, cache: Path | None = None) -> None:
        self.client = client
        self.services = services
        self._cache = cache
        self._failures: dict[str, int] = {}
        self.has_answered = False
        """Some service did answer, now or not long ago."""

    def ask(
        self, url: str, *, accept: str, params: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """Return an answer with any status.

        Raises `UnavailableError` when there is none, or one by which the service says that it
        cannot answer now.
        """
        place = f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
        kept = self._find(place, accept)
        if kept is not None:
            self.has_answered = True
            return kept
        answer = self._get(place, accept)
        if answer.is_fine:
            self._keep(place, accept, answer)
        return answer

    def _get(self, url: str, accept: str) -> HttpResponse:
        """Ask the web; a server that failed several times in a row is left alone."""
        server = urlsplit(url).netloc
        if self._failures.get(server, 0) >= _PATIENCE:
            raise UnavailableError(f"{server}: not asked again after failing before")
        try:
            answer = self.client.get(url, accept=accept)
        except FetchError as error:
            is_gone = error.reason in _GONE
            self._failures[server] = _PATIENCE if is_gone else self._failures.get(server, 0) + 1
            raise UnavailableError(str(error)) from error
        if answer.status in _NOT_NOW or answer.status >= 500:
            self._failures[server] = self._failures.get(server, 0) + 1
            raise UnavailableError(f"{url}: answered with status {answer.status}")
        self._failures[server] = 0
        self.has_answered = True
        return answer

    def _file(self, url: str, accept: str) -> Path | None:
        name = hashlib.sha256(f"{accept}\n{url}".encode()).hexdigest()[:32]
        return self._cache / f"{name}.json" if self._cache is not None else None

    def _find(self, url: str, accept: str) -> HttpResponse | None:
        file = self._file(url, accept)
        if file is None:
            return None
        try:
            kept = json.loads(file.read_bytes())
            age = self.client.clock.now().timestamp() - float(kept["time"])
            if kept["asked"] != url or not 0 <= age < _KEPT_SECONDS:
                return None
            body = base64.b64decode(kept["body"])
            return HttpResponse(str(kept["url"]), int(kept["status"]), dict(kept["headers"]), body)
        except (OSError, ValueError, KeyError, TypeError, binascii.Error):
            # Nothing kept, or a file that was cut or is of another version: ask again.
            return None

    def _keep(self, url: str, accept: str, answer: HttpResponse) -> None:
        file = self._file(url, accept)
        if file is None:
            return
        kept = {
            "asked": url,
            "time": self.client.clock.now().timestamp(),
            "url": answer.url,
            "status": answer.status,
            "headers": {"Content-Type": answer.headers.get("Content-Type", "")},
            "body": base64.b64encode(answer.body).decode("ascii"),
        }
        write_text(file, json.dumps(kept))


@contextmanager
def open_session(environment: Mapping[str, str], survey: Survey, cache: Path) -> Iterator[Session]:
    """Open a desk with the services of the environment: `CATALOG_SERVICE_ARXIV` and the like.

    A service that the environment names may be in a private network.
    """
    services = Services.from_environment(environment)
    usual = Services()
    chosen = {
        urlsplit(getattr(services, field.name)).hostname or ""
        for field in fields(Services)
        if getattr(services, field.name) != getattr(usual, field.name)
    }
    contact = survey.contact or survey.links.repository or ""
    with Client(contact=contact, allowed=tuple(sorted(chosen - {""}))) as client:
        yield Session(client, services, cache)


def read_json_answer(answer: HttpResponse, service: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the JSON of an answer. Raises `UnavailableError` for anything else."""
    try:
        return parse.read_json(answer.body)
    except ValueError as error:
        raise UnavailableError(f"{service} sent {_describe(answer)} instead of JSON") from error


def to_objects(value: object) -> list[dict[str, Any]]:
    """Return the objects in a list of JSON; nothing where a service sends something else."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _describe(answer: HttpResponse) -> str:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    if answer.body.lstrip()[:1] == b"<":
        return "HTML" if b"<html" in answer.body[:2000].lower() else "XML"
    return quote(kind) if kind else "something"
