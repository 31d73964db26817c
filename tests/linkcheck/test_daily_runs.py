"""Hundreds of behaviours of servers, with days passing: what lives is never dead."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.store.link_status import Status
from tests.linkcheck.daily_runs import Case, Days, find_faults, read_cases, run_days

pytestmark = pytest.mark.slow

CASES = {
    case["id"]: case
    for case in read_cases(Path(__file__).parents[1] / "data/links/behaviours.json")
}
AT_ONCE = 16
"""Cases at a time: most of their time is waiting."""


@pytest.fixture(scope="module")
def all_days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Days]:
    folder = tmp_path_factory.mktemp("states")

    def run(case: Case) -> Days:
        return run_days(case, folder / case["id"] / "link-state.json")

    # Those that wait begin first.
    order = sorted(CASES, key=lambda id_: "9999" not in str(CASES[id_]["rules"]))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(order, pool.map(run, [CASES[id_] for id_ in order]), strict=True))


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("id_", CASES)
def test_each_behaviour_is_what_it_is_on_each_day(id_: str, all_days: dict[str, Days]) -> None:
    assert find_faults(CASES[id_], all_days[id_]) == []


def test_nothing_that_lives_is_dead_on_any_day(all_days: dict[str, Days]) -> None:
    assert len(CASES) >= 230
    dead = [
        (id_, record["path"], day)
        for id_, case in CASES.items()
        for record in case.get("records") or [case["record"]]
        if record.get("truth", case["truth"]) in ("living", "moved", "wall", "unreachable_now")
        for day, states in all_days[id_].found.items()
        if (state := states[record["path"]]) is not None and state.status is Status.DEAD
    ]
    assert dead == []


def test_next_to_nothing_that_is_gone_is_called_fine(all_days: dict[str, Days]) -> None:
    last = Counter[str]()
    for id_, case in CASES.items():
        if case["truth"] in ("gone", "soft_404") and "record" in case:
            state = all_days[id_].found[case["days"]][case["record"]["path"]]
            last[state.status.value if state else "skipped"] += 1
    assert last["alive"] + last["moved"] <= 3
    assert last["dead"] >= 48


def test_servers_are_treated_as_they_wish(all_days: dict[str, Days]) -> None:
    for id_, case in CASES.items():
        wish, log = case.get("server_expect", {}), all_days[id_].log
        for day, paths in wish.get("requested_by_day", {}).items():
            assert {seen.path for seen in log if seen.day <= int(day)} >= set(paths), id_
        if "max_open" in wish:
            assert max(seen.open for seen in log) <= wish["max_open"], id_
        for name in wish.get("other_sees_no_cookie", ()):
            others = [seen.headers.get("cookie", "") for seen in log if seen.host == "other"]
            assert not any(name in cookies for cookies in others), id_


def test_cookies_go_back_to_the_host_that_set_them_only(tmp_path: Path) -> None:
    away = {"Location": "{other}/page", "Set-Cookie": ["a=1; Path=/", "b=2; Max-Age=0"]}
    page = {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<title>A</title>"}
    case = {
        "record": {"title": "A", "field": "url", "path": "/start"},
        "days": 1,
        "rules": [
            {"when": {"path": "/start", "has_cookie": "a"}, "respond": page},
            {"when": {"path": "/start"}, "respond": {"status": 302, "headers": away}},
            {
                "when": {"path": "/page"},
                "respond": {"status": 302, "headers": {"Location": "{base}/start"}},
            },
        ],
    }
    days = run_days(case, tmp_path / "link-state.json")
    state = days.found[1]["/start"]
    assert state is not None
    assert state.status is Status.ALIVE
    cookies = {(seen.host, seen.headers.get("cookie")) for seen in days.log}
    assert cookies == {("main", None), ("other", None), ("main", "a=1")}


def test_a_browser_is_imitated_openly(tmp_path: Path) -> None:
    case = {
        "record": {"title": "A", "field": "url", "path": "/start"},
        "days": 1,
        "rules": [{"when": {}, "respond": {"status": 406}}],
    }
    last = run_days(case, tmp_path / "link-state.json").log[-1]
    assert last.method == "GET"
    assert "range" not in last.headers
    assert last.headers["accept-language"]
    assert last.headers["user-agent"].startswith("Mozilla/5.0 (compatible; paper-catalog/")
