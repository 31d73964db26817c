"""What is remembered over days, and that nothing of it is lost."""

import json
import multiprocessing
import socket
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import NoNetworkError, UnreadableInputError, UsageError
from catalog.linkcheck.history import History, is_fresh, update
from catalog.linkcheck.plan import Shard, estimate, parse_age, parse_shard, select_due
from catalog.net import Guard
from catalog.net.limits import RateLimits
from catalog.store.files import write_text
from catalog.store.link_state import (
    LinkState,
    merge_states,
    parse_state,
    read_states,
    to_dict,
    to_text,
)
from catalog.store.link_status import Status, Verdict
from catalog.store.lock import make_lock
from tests.linkcheck.conftest import TODAY, Web, link
from tests.net import servers
from tests.net.servers import Host, say

DAY = timedelta(days=1)
STATES = st.builds(
    LinkState,
    st.sampled_from(Status),
    st.none() | st.integers(100, 599),
    reason=st.none() | st.text(min_size=1),
    moved_to=st.none() | st.just("https://example.org/new"),
    is_same=st.booleans(),
    checked=st.none() | st.dates(),
    last_alive=st.none() | st.dates(),
    first_failed=st.none() | st.dates(),
    gone_on=st.lists(st.dates(), max_size=3, unique=True).map(lambda days: tuple(sorted(days))),
    title=st.none() | st.text(min_size=1),
)


def follow(*verdicts: Verdict | None) -> LinkState:
    """The state after a verdict a day; None is a day without a run."""
    state = None
    for number, verdict in enumerate(verdicts):
        if verdict is not None:
            state = update(state, verdict, TODAY + number * DAY)
    assert state is not None
    return state


FINE, LATE = Verdict(Status.ALIVE, http_status=200), Verdict(Status.TIMEOUT, "slow-answer")
WALL = Verdict(Status.BLOCKED, "http-403", 403)
GONE = Verdict(Status.DEAD, "http-404", 404, is_sure=True)
SOFT = Verdict(Status.DEAD, "soft-404", 200)
BUSY = Verdict(Status.SKIPPED, "host-busy")


def test_what_only_fails_is_failing_since_its_first_day_and_never_dead() -> None:
    state = follow(FINE, *[LATE] * 30)
    assert (state.status, state.gone_on) == (Status.TIMEOUT, ())
    assert (state.last_alive, state.first_failed) == (TODAY, TODAY + DAY)


def test_what_seems_gone_is_dead_on_the_third_day() -> None:
    assert follow(FINE, SOFT, LATE, SOFT).status is Status.TIMEOUT
    state = follow(FINE, SOFT, LATE, SOFT, SOFT)
    assert (state.status, len(state.gone_on)) == (Status.DEAD, 3)
    assert (state.last_alive, state.first_failed) == (TODAY, TODAY + DAY)


def test_many_failures_of_one_day_count_once() -> None:
    state = None
    for _ in range(9):
        state = update(state, SOFT, TODAY)
    assert state is not None
    assert (state.status, state.gone_on) == (Status.TIMEOUT, (TODAY,))


def test_a_success_between_begins_anew() -> None:
    state = follow(SOFT, SOFT, FINE, SOFT)
    assert (state.status, state.last_alive) == (Status.TIMEOUT, TODAY + 2 * DAY)
    assert state.gone_on == (TODAY + 3 * DAY,)


def test_an_answer_without_doubt_is_dead_at_once_and_stays_so_when_it_falls_silent() -> None:
    assert follow(GONE).status is Status.DEAD
    silent = follow(GONE, LATE, LATE)
    assert (silent.status, silent.reason) == (Status.DEAD, "http-404")
    assert follow(GONE, FINE).status is Status.ALIVE


def test_what_was_alive_before_is_dead_on_the_second_day_of_404() -> None:
    assert follow(FINE, GONE).status is Status.TIMEOUT
    assert follow(FINE, GONE, FINE).status is Status.ALIVE
    assert follow(FINE, GONE, GONE).status is Status.DEAD


def test_a_wall_and_a_skipped_visit_are_neither_failure_nor_success() -> None:
    state = follow(FINE, SOFT, WALL)
    assert (state.status, state.last_alive) == (Status.BLOCKED, TODAY)
    assert state.gone_on == (TODAY + DAY,)
    assert follow(FINE, LATE, BUSY) == follow(FINE, LATE)
    assert (follow(BUSY).status, follow(BUSY).checked) == (Status.SKIPPED, None)


def test_a_clock_that_jumps_makes_no_day_count_twice() -> None:
    state = None
    for day in (2, 1, 2, 1, 2):
        state = update(state, SOFT, TODAY + day * DAY)
    assert state is not None
    assert (state.status, state.first_failed) == (Status.TIMEOUT, TODAY + DAY)
    assert state.gone_on == (TODAY + DAY, TODAY + 2 * DAY)


def test_a_day_in_the_future_is_neither_fresh_nor_the_last_in_turn() -> None:
    state = LinkState(Status.ALIVE, checked=TODAY + 900 * DAY)
    assert not is_fresh(state, TODAY, timedelta(days=7))
    states = {
        "http://a.example/": state,
        "http://b.example/": LinkState(Status.ALIVE, checked=TODAY - DAY),
    }
    due = select_due([link(url) for url in states], states, TODAY, max_age=timedelta(hours=1))
    assert [found.url[7] for found in due] == ["b", "a"]
    assert update(state, FINE, TODAY).checked == TODAY


@given(st.lists(st.sampled_from([FINE, LATE, WALL, GONE, BUSY]), min_size=1, max_size=12))
def test_failure_is_never_remembered_as_success(verdicts: list[Verdict]) -> None:
    state = follow(*verdicts)
    days = [TODAY + n * DAY for n, verdict in enumerate(verdicts) if verdict is FINE]
    assert state.last_alive == (days[-1] if days else None)
    if verdicts[-1] is not FINE and state.status is Status.ALIVE:
        assert verdicts[-1] is BUSY
    asked = [verdict for verdict in verdicts if verdict is not BUSY]
    if asked and asked[-1] is FINE:
        assert (state.status, state.gone_on, state.first_failed) == (Status.ALIVE, (), None)


@given(STATES)
def test_a_state_is_read_as_it_was_written(state: LinkState) -> None:
    assert parse_state(json.loads(json.dumps(to_dict(state)))) == state


@given(st.dictionaries(st.text(min_size=1), STATES, max_size=5))
def test_a_file_has_a_line_for_each_link_in_the_order_of_addresses(
    states: dict[str, LinkState],
) -> None:
    text = to_text(states)
    assert list(json.loads(text)["links"]) == sorted(states)
    assert text == to_text(dict(reversed(states.items())))
    if states:
        assert text.count("\n") == len(states) + 2


def test_only_fresh_success_is_left_alone() -> None:
    week = timedelta(days=7)
    for status, is_left in (
        (Status.ALIVE, True),
        (Status.MOVED, True),
        (Status.BLOCKED, False),
        (Status.TIMEOUT, False),
        (Status.DEAD, False),
        (Status.SKIPPED, False),
    ):
        state = LinkState(status, checked=TODAY - 6 * DAY)
        assert is_fresh(state, TODAY, week) is is_left
    assert not is_fresh(LinkState(Status.ALIVE, checked=TODAY - week), TODAY, week)
    assert not is_fresh(LinkState(Status.ALIVE, checked=TODAY), TODAY, None)
    assert not is_fresh(None, TODAY, week)


def test_the_oldest_come_first_and_the_unknown_before_them() -> None:
    states = {
        "http://a.example/": LinkState(Status.ALIVE, checked=TODAY - DAY),
        "http://b.example/": LinkState(Status.DEAD, checked=TODAY - 9 * DAY),
    }
    links = [link(f"http://{name}.example/") for name in "abc"]
    due = select_due(links, states, TODAY)
    assert [found.url[7] for found in due] == ["c", "b", "a"]


@given(st.integers(1, 9), st.lists(st.text("abc", min_size=1, max_size=3), max_size=30))
def test_shards_are_the_whole_and_share_nothing_not_even_a_host(
    count: int, names: list[str]
) -> None:
    links = [link(f"http://{name}.example/{n}") for n, name in enumerate(names)]
    shards = [
        select_due(links, {}, TODAY, shard=Shard(index, count)) for index in range(1, count + 1)
    ]
    assert sorted(found.url for part in shards for found in part) == sorted(
        found.url for found in links
    )
    hosts = [{found.url.split("/")[2] for found in part} for part in shards]
    assert sum(map(len, hosts)) == len(set().union(*hosts))


@given(
    st.dictionaries(st.sampled_from("abcd"), STATES),
    st.dictionaries(st.sampled_from("abcd"), STATES),
)
def test_merging_takes_the_newest_whatever_the_order(
    one: dict[str, LinkState], other: dict[str, LinkState]
) -> None:
    merged = merge_states([one, other])
    assert (
        to_text(merged)
        == to_text(merge_states([other, one]))
        == to_text(merge_states([merged, one]))
    )
    for url, state in merged.items():
        found = [part[url].checked or date.min for part in (one, other) if url in part]
        assert (state.checked or date.min) == max(found)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"links": []}', '{"version": 2, "links": {}}'])
def test_a_memory_that_cannot_be_read_is_not_thrown_away(state: Path, text: str) -> None:
    state.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInputError):
        read_states(state)
    with pytest.raises(UnreadableInputError), History(state):
        pass
    assert state.read_text(encoding="utf-8") == text


def test_the_journal_of_a_killed_run_is_taken_up_without_its_unfinished_line(state: Path) -> None:
    state.write_text(to_text({"http://a/": LinkState(Status.ALIVE)}), encoding="utf-8")
    journal = state.with_name("link-state.json.journal")
    journal.write_text(
        '{"url": "http://b/", "status": "dead"}\n{"url": "http://c/", "sta', encoding="utf-8"
    )
    with History(state) as memory:
        assert sorted(memory.states) == ["http://a/", "http://b/"]
        memory.note("http://d/", LinkState(Status.ALIVE))
    assert sorted(read_states(state)) == ["http://a/", "http://b/", "http://d/"]
    assert not journal.exists()


def test_days_pass_and_a_server_that_fails_is_failing_and_not_dead(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    host = serve({"/": say()})
    url = host.address + "/"
    statuses = []
    for day in range(6):
        if day == 1:
            host.pages["/"] = servers.reset
        if day == 5:
            host.pages["/"] = say()
        web.clock.pass_days(1)
        statuses.append(web.check(state, [link(url)], TODAY + day * DAY)[url].status.value)
    assert statuses == ["alive", "timeout", "timeout", "timeout", "timeout", "alive"]


def test_an_etag_spares_the_body_of_a_page(
    web: Web, serve: Callable[..., Host], state: Path
) -> None:
    def page(visit: servers.Visit) -> bool | None:
        if visit.headers.get("if-none-match") == '"v1"':
            return say(304)(visit)
        return say(200, b"<title>x</title>", {"ETag": '"v1"'}, "text/html")(visit)

    host = serve({"/": page})
    for _ in range(2):
        assert web.check(state, [link(host.address + "/")])[host.address + "/"].status == "alive"
    assert [visit.method for visit in host.visits] == ["HEAD", "GET", "HEAD"]


def test_without_a_network_nothing_is_noted(make_web: Callable[..., Web], state: Path) -> None:
    def look_up(*_rest: object, **_options: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    web = make_web(guard=Guard(look_up=look_up))
    before = to_text({"http://nowhere.invalid/1": LinkState(Status.ALIVE, checked=TODAY)})
    state.write_text(before, encoding="utf-8")
    links = [link(f"http://nowhere.invalid/{n}") for n in range(3)]
    with pytest.raises(NoNetworkError):
        web.check(state, links)
    assert state.read_text(encoding="utf-8") == before


def test_a_run_without_a_network_ends_early(make_web: Callable[..., Web], state: Path) -> None:
    asked = [0]

    def look_up(*_rest: object, **_options: object) -> list[tuple[object, ...]]:
        asked[0] += 1
        raise socket.gaierror(socket.EAI_AGAIN, "no network")

    web = make_web(guard=Guard(look_up=look_up))
    with pytest.raises(NoNetworkError):
        web.check(state, [link(f"http://host{n % 50}.invalid/{n}") for n in range(500)])
    assert not state.exists()
    assert asked[0] < 500


def test_shards_and_ages_are_read_or_refused() -> None:
    assert (parse_shard("2/3"), parse_age("36h")) == (Shard(2, 3), timedelta(hours=36))
    for text in ("0/3", "4/3", "a/b", "1", "1/", "-1/2"):
        with pytest.raises(UsageError, match="is not a shard"):
            parse_shard(text)
    for text in ("", "7", "d", "-7d", "7y", "99999d"):
        with pytest.raises(UsageError, match="is not an age"):
            parse_age(text)


def test_a_day_that_is_none_is_not_remembered() -> None:
    state = parse_state(
        {"status": "alive", "checked": "2025-11-01T10:00:00Z", "last_alive": "soon"}
    )
    assert state is not None
    assert (state.checked, state.last_alive) == (date(2025, 11, 1), None)


def test_a_line_of_the_journal_that_is_no_state_is_passed_over(state: Path) -> None:
    state.with_name("link-state.json.journal").write_text(
        '{"status": "alive"}\n{"url": "https://a.org/", "status": "alive"}\n[1]\n{\n'
    )
    with History(state) as memory:
        assert list(memory.states) == ["https://a.org/"]


def test_rows_that_cannot_be_read_are_kept_as_they_are(state: Path) -> None:
    rows = '"http://a/": {"status": "sleeping", "more": [1, 2]},\n"http://b/": {"status": "alive"}'
    state.write_text('{"version": 1, "links": {\n' + rows + "\n}}\n", encoding="utf-8")
    with History(state) as history:
        assert list(history.states) == ["http://b/"]
        assert list(history.states.unknown) == ["http://a/"]
        history.note("http://c/", LinkState(Status.ALIVE))
    text = state.read_text(encoding="utf-8")
    assert rows.splitlines()[0] in text
    assert list(read_states(state)) == ["http://b/", "http://c/"]
    assert list(merge_states([read_states(state)]).unknown) == ["http://a/"]


def test_half_a_surrogate_pair_is_kept_and_written_as_an_escape(state: Path) -> None:
    state.write_text(
        r'{"links": {"http://a/\ud800": {"status": "alive", "title": "x\udfff", "reason": "y"}}}'
    )
    with History(state) as history:
        history.note("http://b/", LinkState(Status.ALIVE, title="\ud83d"))
    assert sorted(read_states(state)) == ["http://a/\ud800", "http://b/"]


def test_what_to_do_about_an_unreadable_state_is_in_the_same_line(state: Path) -> None:
    for text in (b"<<<<<<< ours", b"\xff\xfe", b"[]"):
        state.write_bytes(text)
        with pytest.raises(UnreadableInputError, match="Restore it with `git checkout`") as error:
            read_states(state)
        assert "\n" not in str(error.value)


@pytest.mark.slow
def test_two_runs_at_once_keep_the_links_of_both(state: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    processes = [context.Process(target=note_many, args=(state, name)) for name in "abcd"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    wanted = sorted(f"http://{name}.example/{n}" for name in "abcd" for n in range(50))
    assert sorted(read_states(state)) == wanted
    assert not list(state.parent.glob("*.journal"))


def note_many(state: Path, name: str) -> None:
    """A run of its own process: 50 links, none of them another's."""
    with History(state) as history:
        for n in range(50):
            history.note(f"http://{name}.example/{n}", LinkState(Status.ALIVE, checked=TODAY))
            time.sleep(0.002)


@pytest.mark.slow
def test_a_run_that_ends_leaves_the_journal_of_another_alone(state: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    begun, go_on = context.Event(), context.Event()
    other = context.Process(target=note_and_wait, args=(state, begun, go_on))
    other.start()
    assert begun.wait(20)
    with History(state) as history:
        assert history.states == {}
        history.note("http://own.example/", LinkState(Status.ALIVE))
    assert len(list(state.parent.glob("*.journal"))) == 1
    # The other one is killed: what it had noted is taken up by the next run.
    other.kill()
    other.join()
    with History(state):
        pass
    assert sorted(read_states(state)) == ["http://other.example/", "http://own.example/"]
    assert not list(state.parent.glob("*.journal"))


def test_a_run_that_is_killed_while_another_writes_is_taken_up_by_the_next(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = state.with_name("link-state.json.1.journal")
    journal.write_text('{"url": "http://other.example/", "status": "alive"}\n', encoding="utf-8")
    alive = make_lock(journal)
    alive.acquire()

    def write(path: Path, text: str) -> None:
        alive.release()
        write_text(path, text)

    with History(state) as history:
        history.note("http://own.example/", LinkState(Status.ALIVE))
        monkeypatch.setattr("catalog.linkcheck.history.write_text", write)
    assert journal.exists()
    with History(state) as history:
        assert sorted(history.states) == ["http://other.example/", "http://own.example/"]
    assert not journal.exists()


def test_two_processes_of_one_number_have_two_journals(state: Path) -> None:
    """As two containers that share a folder have them."""
    with History(state) as one, History(state) as other:
        one.note("http://one.example/", LinkState(Status.ALIVE))
        other.note("http://other.example/", LinkState(Status.ALIVE))
    assert sorted(read_states(state)) == ["http://one.example/", "http://other.example/"]


def note_and_wait(state: Path, begun: Any, go_on: Any) -> None:  # noqa: ANN401 - events of a context
    with History(state) as history:
        history.note("http://other.example/", LinkState(Status.ALIVE))
        begun.set()
        go_on.wait(30)


def test_a_run_on_few_hosts_says_how_long_it_takes() -> None:
    links = [link(f"https://slow.example/{n}") for n in range(1000)]
    links += [link(f"https://host{n}.example/") for n in range(500)]
    found = estimate(links, RateLimits())
    assert (found.host, found.links, found.seconds) == ("slow.example", 1000, 750)
    arxiv = [link(f"https://arxiv.org/abs/2401.{n:05}", "arxiv") for n in range(500)]
    assert estimate(arxiv, RateLimits()).seconds == pytest.approx(30)
    assert estimate([], RateLimits()).seconds == 0
