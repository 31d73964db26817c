"""Wrong and hostile answers of services and texts of issues: no wrong paper gets into the list."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from catalog.errors import CatalogError
from catalog.lookup import Session
from catalog.net import Client, FetchError, HttpResponse, Limits, RateLimit, Reason, Services
from catalog.net.client import host_of
from catalog.net.limits import RateLimits
from catalog.store.insert import write_files
from catalog.store.load import load
from catalog.tasks.add import (
    NOT_CONFIRMED,
    look_up_issue,
    look_up_papers,
    make_additions,
    write_additions,
)
from catalog.tasks.github.form_fields import QUESTIONS
from tests.net.clocks import FakeClock

_FILE = Path(__file__).parents[2] / "data" / "links" / "submissions.json"
CASES = {case["id"]: case for case in json.loads(_FILE.read_text(encoding="utf-8"))}
LIST = """\
survey: {title: A List, authors: [Ada Example], year: 2024}
sections:
  - {id: methods, title: Methods}
venues:
  arXiv: {kind: preprint}
papers: %s
"""
_SERVICES = ("arxiv.org", "crossref.org", "datacite.org", "doi.org", "openreview.net", "acl")
_FORM_FIELDS = {"section": "section", "title": "paper-title", "year": "year", "note": "remark"}


class ScriptedClient(Client):
    """A client whose web is a list of answers; what none of them fits is not there."""

    def __init__(self, answers: list[dict[str, Any]]) -> None:
        super().__init__(
            clock=FakeClock(), manners=RateLimits(RateLimit(4, 0), {}), limits=Limits(retries=1)
        )
        self._answers = answers
        self.requested: list[str] = []

    def send(self, method: str, url: str, headers: Any, *, limit: int) -> HttpResponse:  # noqa: ANN401
        host = host_of(url)
        if re.match(r"169\.254|127\.|10\.|192\.168|localhost", host):
            raise FetchError(Reason.ADDRESS_REFUSED, url)
        self.requested.append(url)
        for answer in self._answers:
            if re.search(answer["match"], url):
                body = _to_bytes(answer.get("body", ""))
                fault = Reason.BODY_TOO_LARGE if len(body) > limit else None
                found = CaseInsensitiveDict(answer.get("headers", {}))
                return HttpResponse(url, answer["status"], found, body[:limit], fault)
        if any(name in host for name in _SERVICES):
            raise FetchError(Reason.CONNECTION_REFUSED, url)
        return HttpResponse(url, 404, CaseInsensitiveDict(), b"<title>404</title>")


def _to_bytes(body: Any) -> bytes:  # noqa: ANN401 - as JSON has it
    if isinstance(body, str):
        return body.encode("utf-8", "surrogatepass")
    if "base64" in body:
        return base64.b64decode(body["base64"])
    text = body.get("text", body.get("repeat", "")) * body.get("times", 1)
    return str(text).encode(body.get("charset", "utf-8"))


def write_issue(fields: dict[str, str]) -> bytes:
    """The text that GitHub makes of the form."""
    answers = {ours: fields.get(theirs, "") for theirs, ours in _FORM_FIELDS.items()}
    answers["paper"] = fields.get("paper") or fields.get("pdf", "")
    answers["authors"] = "\n".join(map(str.strip, fields.get("authors", "").split(";")))
    if answers["section"] == "Methods":
        answers["section"] = "Methods [methods]"
    parts = [f"### {q.label}\n\n{answers.get(q.id) or '_No response_'}" for q in QUESTIONS]
    return "\n\n".join(parts).encode("utf-8", "surrogatepass")


def write_list(folder: Path, existing: list[dict[str, Any]]) -> None:
    usual = {"authors": ["Ada Invented"], "year": 2023, "venue": "arXiv", "sections": ["methods"]}
    papers = [{**usual, **paper} for paper in existing]
    (folder / "papers.yaml").write_text(LIST % json.dumps(papers), encoding="utf-8")


class Result:
    """What became of a case: `verdict` as its `expect` has it."""

    def __init__(self, case: dict[str, Any], folder: Path) -> None:
        write_list(folder, case["input"].get("existing", []))
        loaded = load(folder)
        assert loaded.catalog is not None
        self.client = ScriptedClient(case.get("service_answers", []))
        session = Session(self.client, Services())
        self.said: list[str] = []
        self.files: dict[str, bytes] = {}
        remarks: list[str] = []
        try:
            if case["input"]["form"] == "id":
                found = look_up_papers([case["input"]["id"]], ["methods"], session)
            else:
                issue = folder / "issue.md"
                issue.write_bytes(write_issue(case["input"]["fields"]))
                found = look_up_issue(issue, loaded.catalog, session)
            additions = make_additions(found, loaded)
            self.said += [*found.failures, *(text for one in additions for text in one.problems)]
            self.said += [one.known.message for one in additions if one.known is not None]
            remarks += [text for one in additions for text in one.remarks]
            if not self.said and additions:
                self.files = write_additions(folder, loaded, additions, as_files=True)
                write_files(folder, self.files)
        except CatalogError as error:
            self.said.append(str(error))
        is_marked = any(text.startswith(NOT_CONFIRMED) for text in remarks)
        accepted = "unconfirmed" if is_marked else "accepted"
        self.verdict = accepted if self.files else "refused"
        after = load(folder)
        assert after.catalog is not None, "the list can still be read"
        old = {paper.key for paper in loaded.catalog.papers}
        self.papers = [
            paper.model_dump(mode="json") for paper in after.catalog.papers if paper.key not in old
        ]


@pytest.mark.parametrize("id_", CASES)
def test_no_wrong_paper_gets_into_the_list(id_: str, tmp_path: Path) -> None:
    case = CASES[id_]
    result = Result(case, tmp_path)
    allowed = {case["expect"], *case.get("also_ok", ())}
    if "unconfirmed" in allowed:
        allowed.add("refused")  # nothing is written, and why is said
    assert result.verdict in allowed, (result.said, case["why"])
    assert result.verdict != "refused" or result.said
    assert all("\n" not in line for line in result.said)
    if result.verdict == "accepted":
        for field, value in case.get("must_store", {}).items():
            assert any(str(paper[field]) == str(value) for paper in result.papers)
    for field, value in case.get("must_not_store", {}).items():
        assert not any(str(paper.get(field)) == str(value) for paper in result.papers)
    written = b"\n".join(result.files.values()).decode()
    assert not [text for text in case.get("must_not_contain", ()) if text in written]
    assert not [part for part in case.get("must_not_write", ()) if part in " ".join(result.files)]
    for pattern in case.get("must_not_request", ()):
        assert not [url for url in result.client.requested if re.search(pattern, url)]
    assert len(result.client.requested) <= case.get("max_requests", 99)
