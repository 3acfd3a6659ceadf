"""Whether the program is well is judged by the same facts everywhere, and they name nobody."""

import asyncio
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.app import alive, health, metrics
from bot.app.background import Background
from bot.app.health import HealthFacts, HealthWatch
from bot.app.metrics import exposition
from bot.app.serving import about_health
from bot.app.wiring import build
from bot.config.settings import Settings
from bot.core.measures import MEASURES, Durations, Measures, measured
from bot.core.work import Work
from storage import inbox
from storage.enums import CaseStatus, Lane, OutboxState
from storage.health import Backlog
from storage.models import Case, InboxUpdate, OutboxMessage, Person, ScheduleMark
from storage.store import Store
from tests import cast

NOW = cast.MONDAY
WELL = HealthFacts(NOW, True, True, True, 10.0, "", health.NOTHING, NOW, 1000.0)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"writable": False}, "the database cannot be written to"),
        ({"fetched": False}, "Telegram cannot be reached"),
        ({"ticked_seconds": None}, "what is due is not looked at"),
        ({"ticked_seconds": 1000.0}, "what is due is not looked at"),
        ({"clock_fault": "it jumped"}, "the machine's clock is wrong: it jumped"),
    ],
)
def test_each_thing_that_keeps_the_program_from_working_is_a_fault(
    changed: dict[str, Any], fault: str
) -> None:
    assert WELL.faults() == WELL.warnings() == []
    facts = replace(WELL, **changed)
    assert facts.faults() == [fault]
    assert facts.plain()["well"] is False


def test_a_start_is_called_so_until_the_first_answers_are_there() -> None:
    """Right after `systemctl start`: nothing is broken, and it is not well either."""
    facts = replace(WELL, fetched=False, ticked_seconds=None, running_seconds=3)
    assert facts.faults() == [
        "just started: Telegram was not reached yet",
        "just started: what is due was not looked at yet",
    ]
    late = replace(facts, running_seconds=60)
    assert late.faults() == ["Telegram cannot be reached", "what is due is not looked at"]


async def test_how_long_it_runs_is_told_by_the_steady_clock(
    work: Work, any_store: Store, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FRESH_SECONDS", 0)
    steady = clock.steady()
    monkeypatch.setattr(clock, "steady", lambda: steady)
    watch = watch_of(work, any_store, clock)
    monkeypatch.setattr(
        clock, "steady", lambda: steady + 20
    )  # what an earlier run left is taken up
    seen = [(await watch.look()).running_seconds]
    assert seen == [20]
    monkeypatch.setattr(clock, "steady", lambda: steady + 65)
    seen.append((await watch.look()).running_seconds)
    assert seen[1] - seen[0] >= 44


def test_who_does_not_do_what_is_due_need_not_look_at_it() -> None:
    assert replace(WELL, acts=False, ticked_seconds=None).faults() == []


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"backed_up_at": None}, "no backup since last night"),
        ({"backed_up_at": NOW - timedelta(hours=37)}, "no backup since last night"),
        (
            {"waiting": replace(health.NOTHING, due_since=NOW - timedelta(minutes=20))},
            "the oldest message waits since 15/11/2026 23:40 UTC",
        ),
        (
            {"waiting": replace(health.NOTHING, overdue=5, ownerless=2)},
            "overdue cases that nobody can be reached about: 2",
        ),
        (
            {"waiting": replace(health.NOTHING, set_aside={inbox.UNREADABLE: 3})},
            "updates of the last days that were not handled: 3",
        ),
    ],
)
def test_what_somebody_should_look_at_is_a_warning_and_no_fault(
    changed: dict[str, Any], warning: str
) -> None:
    facts = replace(WELL, **changed)
    assert facts.warnings() == [warning]
    assert facts.faults() == []


async def fill(store: Store) -> None:
    """Messages due and not, an update set aside, an answer owed, overdue cases."""
    await cast.settle(store)
    async with store.write() as session:
        session.add(ScheduleMark(name="clock", ran_at=NOW - timedelta(minutes=9)))
        for number, (lane, state, moment) in enumerate(
            [
                (Lane.NOTICE, OutboxState.PENDING, NOW - timedelta(hours=2)),
                (Lane.NOTICE, OutboxState.SENDING, NOW - timedelta(hours=1)),
                (Lane.URGENT, OutboxState.PENDING, NOW),
                (Lane.URGENT, OutboxState.PENDING, NOW + timedelta(hours=1)),
                (Lane.NOTICE, OutboxState.SENT, NOW - timedelta(days=9)),
            ]
        ):
            session.add(
                OutboxMessage(
                    dedupe_key=f"k{number}",
                    person_id=cast.AN.id,
                    lane=lane,
                    state=state,
                    text="Kính gửi đồng chí Nguyễn Thị An",
                    not_before=moment,
                    created_at=NOW,
                )
            )
        columns: dict[str, Any] = {"channel": "telegram", "received_at": NOW}
        session.add(InboxUpdate(update_id=1, answer=b"sealed", done_at=NOW, **columns))
        session.add(InboxUpdate(update_id=2, payload=b"sealed", **columns))
        session.add(InboxUpdate(update_id=3, failure=inbox.UNREADABLE, **columns))
        session.add(InboxUpdate(update_id=4, done_at=NOW, answered_at=NOW, **columns))
        for number, (days, status, unit) in enumerate(
            [
                (1, CaseStatus.IN_PROGRESS, cast.KCN),
                (1, CaseStatus.RECEIVED, cast.HON_SAO),
                (1, CaseStatus.SETTLED, cast.KCN),
                (-1, CaseStatus.IN_PROGRESS, cast.KCN),
            ]
        ):
            session.add(
                Case(
                    code=f"C{number}",
                    status=status,
                    text="chị Lan nói: nợ lương",
                    unit_id=unit.id,
                    home_id=unit.id,
                    author_id=cast.AN.id,
                    settle_by=NOW - timedelta(days=days),
                    created_at=NOW - timedelta(days=20),
                )
            )


def watch_of(work: Work, store: Store, clock: cast.FrozenClock) -> HealthWatch:
    watch = HealthWatch(Work(store, work.settings, work.calendar, work.vault), clock)
    watch.fetched = lambda: True
    watch.ticked()
    return watch


async def test_what_waits_is_counted(any_store: Store, work: Work, clock: cast.FrozenClock) -> None:
    await fill(any_store)
    async with any_store.write() as session:  # who leads at KCN and above blocked the bot
        for one in (cast.DUNG, cast.GIANG):
            person = await session.get(Person, one.id)
            assert person
            person.blocked_at = NOW
    facts = await watch_of(work, any_store, clock).look()
    assert facts.waiting == Backlog(
        due={Lane.NOTICE: 2, Lane.URGENT: 1},
        due_since=NOW - timedelta(hours=2),
        answers=1,
        updates=1,
        set_aside={inbox.UNREADABLE: 1},
        overdue=2,
        ownerless=2,
    )
    assert facts.writable
    assert facts.faults() == []


async def test_who_writes_how_it_is_holds_a_lock_for_as_long_as_it_lives(
    store: Store, work: Work, clock: cast.FrozenClock, tmp_path: Path
) -> None:
    file = tmp_path / "health.json"
    there = work.settings.health.model_copy(update={"file": file})
    settings = work.settings.model_copy(update={"health": there})
    watch = watch_of(replace(work, settings=settings), store, clock)
    async with asyncio.timeout(30), Background().run("health", watch.run):
        while not file.exists():  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.01)
        assert json.loads(file.read_text())["machine"] == alive.machine()
        assert alive.somebody_is(file)
    watch.stopped()
    assert not alive.somebody_is(file)
    assert not file.exists()


async def test_looking_changes_nothing(
    any_store: Store, work: Work, clock: cast.FrozenClock
) -> None:
    await fill(any_store)
    await watch_of(work, any_store, clock).look()
    async with any_store.read() as session:
        mark = await session.get(ScheduleMark, "clock")
    assert mark
    assert mark.ran_at == NOW - timedelta(minutes=9), "a wrong clock must not be remembered"


async def test_a_database_that_takes_nothing_is_found_out(
    store: Store, work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store)
    watch = watch_of(work, store, clock)
    async with store.engine.connect() as connection:  # the pool's only one, as it comes back
        await connection.exec_driver_sql("PRAGMA query_only=ON")
    facts = await watch.look()
    assert facts.faults() == ["the database cannot be written to"]


async def test_whoever_asks_again_at_once_is_told_the_same(
    store: Store, work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = watch_of(work, store, clock)
    count = 0

    async def look() -> HealthFacts:
        nonlocal count
        count += 1
        return WELL

    monkeypatch.setattr(watch, "_look", look)
    await asyncio.gather(*(watch.look() for _ in range(100)))
    assert count == 1


@pytest.fixture
def measures() -> Iterator[Measures]:
    MEASURES.steps.clear()
    MEASURES.troubles.clear()
    yield MEASURES
    MEASURES.steps.clear()
    MEASURES.troubles.clear()


LINE = re.compile(r'satcoso_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [-+.e\d]+')


def values(text: str) -> dict[str, float]:
    """Every sample of an exposition, after looking at the form of each line."""
    by_name = {}
    for line in text.splitlines():
        if line.startswith("# "):
            assert re.match(
                r"# (HELP satcoso_\w+ \S|TYPE satcoso_\w+ (gauge|counter|histogram)$)", line
            )
        else:
            assert LINE.fullmatch(line), line
            name, _, value = line.rpartition(" ")
            by_name[name] = float(value)
    return by_name


async def test_metrics_say_how_it_is_and_what_was_counted(measures: Measures) -> None:
    measures.troubles["telegram.busy"] = 4
    for seconds in (0.005, 0.01, 0.2, 99.0):
        measures.steps["update"].add(seconds)
    waiting = Backlog({Lane.URGENT: 2}, NOW - timedelta(minutes=2), 3, 1, {"too late": 1}, 7, 2)
    facts = replace(WELL, waiting=waiting, backed_up_at=NOW - timedelta(hours=5))
    samples = values(exposition(facts, measures))
    assert samples["satcoso_well"] == 1
    assert samples["satcoso_outbox_oldest_seconds"] == 120
    assert samples['satcoso_outbox_due{lane="urgent"}'] == 2
    assert samples["satcoso_answers_owed"] == 3
    assert samples['satcoso_updates_set_aside{why="too late"}'] == 1
    assert samples["satcoso_cases_overdue_ownerless"] == 2
    assert samples["satcoso_backup_age_seconds"] == 5 * 3600
    assert samples['satcoso_troubles_total{event="telegram.busy"}'] == 4
    steps = 'satcoso_step_seconds_bucket{step="update",le='
    assert [samples[f'{steps}"{le}"}}'] for le in ("0.01", "0.3", "30.0", "+Inf")] == [2, 3, 3, 4]
    assert samples['satcoso_step_seconds_count{step="update"}'] == 4
    assert samples['satcoso_step_seconds_sum{step="update"}'] == pytest.approx(99.215)
    assert samples["satcoso_memory_bytes"] > 1_000_000


def test_each_metric_has_a_name_of_its_own(measures: Measures) -> None:
    measures.steps["update"] = Durations()
    names = [m.name for m in metrics.metrics(WELL, measures)]
    assert len(names) == len(set(names))


async def test_a_step_that_fails_is_measured_too(measures: Measures) -> None:
    async def fails() -> None:
        with measured("update"):
            raise LookupError

    with pytest.raises(LookupError):
        await fails()
    assert sum(measures.steps["update"].counts) == 1


async def test_over_http_health_is_200_or_503_and_names_nobody(
    any_store: Store, work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(any_store)
    monkeypatch.setattr(health, "FRESH_SECONDS", 0)
    watch = watch_of(work, any_store, clock)
    app = Starlette(routes=list(about_health(watch)))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()["well"]) == (200, True)
        assert answer.json()["waiting"]["due"] == {"notice": 2, "urgent": 1}
        text = (await client.get("/metrics")).text
        assert values(text)["satcoso_cases_overdue"] == 2
        watch.fetched = lambda: False
        ill = await client.get("/healthz")
        faults = ["just started: Telegram was not reached yet"]
        assert (ill.status_code, ill.json()["faults"]) == (503, faults)
        assert (await client.post("/healthz")).status_code == 405
    texts = answer.text + text + ill.text
    for secret in (
        "Nguyễn",
        "An ",
        "Lan",
        "lương",
        "C0",
        *(str(p.telegram_id) for p in cast.KNOWN),
    ):
        assert secret not in texts


async def test_the_file_tells_at_once_how_a_start_goes_and_goes_with_the_program(
    store: Store, work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked right after the start, `satcoso health` must not say that nothing runs."""
    watch, file = watch_of(work, store, clock), work.settings.health.file
    looks: list[tuple[bool, float]] = []
    watch.fetched = lambda: len(looks) >= 4

    async def sleep(pause: float) -> None:
        monkeypatch.setattr(health, "FRESH_SECONDS", 0)
        looks.append((json.loads(file.read_text())["well"], pause))
        if len(looks) == 6:
            raise asyncio.CancelledError

    monkeypatch.setattr(
        health, "asyncio", SimpleNamespace(sleep=sleep, to_thread=asyncio.to_thread)
    )
    with pytest.raises(asyncio.CancelledError):
        await watch.run()
    assert [well for well, _ in looks] == [False] * 4 + [True] * 2
    assert [pause for _, pause in looks] == [2, 4, 8, 16, 20, 20]
    assert file.stat().st_mode & 0o777 == 0o600
    assert {p.name for p in file.parent.glob("health*")} == {"health", "health.lock"}
    watch.stopped()
    watch.stopped()
    assert not file.exists()


async def test_a_full_disk_leaves_the_file_to_grow_old(
    store: Store, work: Work, clock: cast.FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, count = watch_of(work, store, clock), 0

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def sleep(_: float) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(os, "open", full)
    monkeypatch.setattr(
        health, "asyncio", SimpleNamespace(sleep=sleep, to_thread=asyncio.to_thread)
    )
    with pytest.raises(asyncio.CancelledError):
        await watch.run()


@pytest.mark.parametrize("pages_port", [0, 18080])
async def test_the_port_of_health_answers_where_pages_are_served_too(
    settings: Settings, pages_port: int
) -> None:
    """An alarm that asks there is not lost on the day on which the pages are opened."""
    more: dict[str, Any] = {"health": settings.health.model_copy(update={"port": 9100})}
    if pages_port:
        there = {"address": "https://congdoan.example.vn", "port": pages_port}
        more["web"] = settings.web.model_copy(update=there)
    program = await build(settings.model_copy(update=more))
    try:
        servers = [one for one in (program.server, program.health_server) if one]
        places = [server.place for server in servers]
        assert places == ([("127.0.0.1", pages_port)] if pages_port else []) + [("127.0.0.1", 9100)]
        for server in servers:
            transport = httpx.ASGITransport(server.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
                assert (await client.get("/livez")).text == "ok\n"
        transport = httpx.ASGITransport(servers[-1].app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            assert (await client.get("/")).status_code == 404
    finally:
        await program.work.store.close()


@pytest.mark.parametrize(
    ("listen", "ports"), [("0.0.0.0", [8080]), ("127.0.0.1", [8080]), ("127.0.0.2", [8080, 8080])]
)
async def test_one_port_is_not_taken_twice_where_pages_answer_on_every_address(
    settings: Settings, listen: str, ports: list[int]
) -> None:
    """Health was served there always: a configuration that says so twice must go on starting."""
    there = {"address": "https://congdoan.example.vn", "listen": listen, "port": 8080}
    more = {
        "health": settings.health.model_copy(update={"port": 8080}),
        "web": settings.web.model_copy(update=there),
    }
    program = await build(settings.model_copy(update=more))
    servers = [server for server in (program.server, program.health_server) if server]
    await program.work.store.close()
    assert [server.place[1] for server in servers] == ports
