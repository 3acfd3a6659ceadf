"""A wrong clock does nothing that cannot be undone, and is told; the right one goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import httpx
import pytest
from sqlmodel import select

from bot.app import wiring
from bot.app.clock_watch import DAY_SECONDS, MARK, TELL_SECONDS, ClockWatch, telegram_time
from bot.app.schedule import Schedule, table
from bot.channels.outbox import Dispatcher
from bot.core.clock import Clock
from bot.core.work import Work
from storage import marks
from storage.enums import VisitStatus
from storage.models import OutboxMessage, Visit, WeekPlan
from storage.store import Store
from tests import cast as people
from tests.app.test_schedule import NoPost
from tests.client import Town

WRONG = timedelta(days=8)
TICK = 20.0


class Machine(Clock):
    """A machine whose clock can be set, and whose seconds pass when the test says so."""

    def __init__(self, moment: datetime) -> None:
        self._set_to, self._seconds = moment.astimezone(UTC), 0.0
        self._set_at = 0.0
        super().__init__()

    def machine(self) -> datetime:
        return self._set_to + timedelta(seconds=self._seconds - self._set_at)

    def steady(self) -> float:
        return self._seconds

    def wait(self, seconds: float) -> None:
        self._seconds += seconds

    def jump(self, by: timedelta) -> None:
        self._set_to, self._set_at = self.machine() + by, self._seconds


class Server:
    """The program's clock, watch and schedule on a machine; Telegram knows the time, or is mute."""

    def __init__(self, work: Work, wrong_by: timedelta, *, witness: bool = True) -> None:
        self.work, self.true, self.mute = work, people.MONDAY, False
        self.clock = Machine(self.true + wrong_by)
        self.watch = ClockWatch(work, self.clock, self._telegram if witness else None)
        post = cast("Dispatcher", NoPost())
        self.schedule = Schedule(work, self.clock, post, table(work.settings))

    async def _telegram(self) -> datetime | None:
        return None if self.mute else self.true

    async def tick(self, seconds: float = TICK) -> None:
        """As the program does it, so many seconds later."""
        self.clock.wait(seconds)
        self.true += timedelta(seconds=seconds)
        await self.watch.look()
        await self.schedule.run_due()

    async def weeks(self) -> list[Any]:
        async with self.work.read() as session:
            return [plan.week for plan in (await session.exec(select(WeekPlan))).all()]

    async def missed(self) -> int:
        async with self.work.read() as session:
            found = await session.exec(select(Visit).where(Visit.status == VisitStatus.MISSED))
            return len(found.all())

    async def owed(self, what: str) -> int:
        async with self.work.read() as session:
            messages = (await session.exec(select(OutboxMessage))).all()
        return sum(message.dedupe_key.startswith(what) for message in messages)

    async def mark(self) -> datetime | None:
        async with self.work.read() as session:
            return (await marks.all_marks(session)).get(MARK)


THIS_WEEK = [people.MONDAY.date()]


@pytest.fixture
async def work(store: Store, work: Work) -> Work:
    await people.settle(store)
    return work


async def test_a_right_clock_is_trusted_at_once(work: Work) -> None:
    server = Server(work, timedelta(seconds=30))
    await server.tick()
    assert (await server.weeks(), server.watch.fault) == (THIS_WEEK, "")


@pytest.mark.parametrize("wrong", [WRONG, -WRONG, timedelta(days=800)])
async def test_a_start_with_a_wrong_clock_waits_until_it_is_right(
    work: Work, wrong: timedelta
) -> None:
    server = Server(work, wrong)
    for _ in range(5):
        await server.tick()
    assert await server.weeks() == []
    assert "disagree" in server.watch.fault
    assert abs(server.clock.now() - server.true) < timedelta(minutes=1), "people use the right one"
    server.clock.jump(-wrong)
    await server.tick()
    assert (await server.weeks(), server.watch.fault) == (THIS_WEEK, "")


@pytest.mark.parametrize("wrong", [WRONG, -WRONG, timedelta(days=800)])
@pytest.mark.parametrize("mute", [True, False])
async def test_a_clock_that_jumps_while_the_program_runs_moves_nothing(
    work: Work, wrong: timedelta, mute: bool
) -> None:
    server = Server(work, timedelta())
    await server.tick()
    server.clock.jump(wrong)
    server.mute = mute
    for _ in range(3):
        await server.tick()
        assert abs(server.clock.now() - server.true) < timedelta(minutes=1)
        assert server.watch.fault
    server.clock.jump(-wrong)
    await server.tick()
    assert server.watch.fault == ""
    assert (await server.weeks(), await server.missed()) == (THIS_WEEK, 0)
    assert (mark := await server.mark())
    assert mark <= server.true


@pytest.mark.wide
async def test_a_clock_wrong_by_eight_days_and_then_right_loses_no_week(work: Work) -> None:
    server = Server(work, timedelta())
    await server.tick()
    server.clock.jump(WRONG)
    await server.tick()
    server.clock.jump(-WRONG)
    for _ in range(7 * 24):
        await server.tick(3600)
    assert await server.weeks() == [*THIS_WEEK, people.NEXT_MONDAY.date()]


async def test_a_machine_that_was_off_over_tet_goes_on_when_telegram_confirms_it(
    work: Work,
) -> None:
    server = Server(work, timedelta())
    await server.tick()
    back = Server(work, timedelta(days=21))
    back.true += timedelta(days=21)
    back.mute = True
    await back.tick()
    assert await back.weeks() == THIS_WEEK
    back.mute = False
    await back.tick()
    assert len(await back.weeks()) == 2


async def test_administrators_hear_of_a_clock_that_stays_wrong_once_a_day(work: Work) -> None:
    server = Server(work, WRONG)
    await server.tick()
    assert await server.owed("clock:") == 0, "a machine may set its clock just after the start"
    for _ in range(20):
        await server.tick(TELL_SECONDS / 4)
    assert await server.owed("clock:") == 1


@pytest.mark.wide
@pytest.mark.parametrize(
    ("later", "trusted"),
    [
        (timedelta(hours=1), True),
        (timedelta(days=6), True),
        (WRONG, False),
        (-timedelta(hours=1), False),
    ],
)
async def test_where_nobody_can_be_asked_the_database_is(
    work: Work, later: timedelta, trusted: bool
) -> None:
    await Server(work, timedelta(), witness=False).tick()
    server = Server(work, later, witness=False)
    await server.tick()
    assert server.clock.trusted is trusted
    assert bool(server.watch.fault) is not trusted
    await server.tick(DAY_SECONDS + TICK)
    assert server.clock.trusted, "no refusal is for ever"


async def keep(work: Work, *rows: Any) -> None:
    async with work.write() as session:
        session.add_all(rows)


@pytest.mark.wide
async def test_a_start_25_seconds_too_early_for_the_network_leaves_nothing_ahead(
    work: Work,
) -> None:
    """A machine without a battery begins in 2028 and is set right when it reaches the network."""
    server = Server(work, timedelta(days=800), witness=False)
    server.clock.wait(25)
    await server.tick(0)
    assert server.clock.now() > server.true + timedelta(days=700), "nobody could know"
    server.clock.jump(-timedelta(days=800))
    await server.tick()
    assert abs(server.clock.now() - server.true) < timedelta(minutes=1)
    assert server.clock.trusted
    assert not server.watch.fault
    async with work.read() as session:
        assert all(at <= server.clock.now() for at in (await marks.all_marks(session)).values())
    for _ in range(8 * 24):
        await server.tick(3600)
    assert [week for week in await server.weeks() if week.year == 2026] == [
        *THIS_WEEK,
        people.NEXT_MONDAY.date(),
    ]


async def test_where_the_bot_has_run_before_a_clock_far_ahead_is_not_believed(work: Work) -> None:
    """Also of a database that has kept no mark of the clock yet."""
    await keep(
        work,
        OutboxMessage(
            dedupe_key="monday", text="x", created_at=people.LONG_AGO, not_before=people.LONG_AGO
        ),
    )
    server = Server(work, timedelta(days=800), witness=False)
    await server.tick()
    assert not server.clock.trusted
    assert await server.weeks() == []


@pytest.mark.wide
@pytest.mark.parametrize(
    ("seconds", "jump"), [(TELL_SECONDS + TICK, -WRONG), (TICK, WRONG), (TICK, -2 * WRONG)]
)
async def test_a_clock_set_late_forwards_or_before_what_is_known_is_not_believed_at_once(
    work: Work, seconds: float, jump: timedelta
) -> None:
    await Server(work, timedelta(), witness=False).tick()
    server = Server(work, timedelta(days=5), witness=False)
    await server.tick()
    await server.tick(seconds)
    before = server.clock.now()
    server.clock.jump(jump)
    await server.tick()
    assert server.watch.fault
    assert abs(server.clock.now() - before) < timedelta(minutes=1)


async def test_while_the_clock_is_doubted_nothing_is_erased(work: Work) -> None:
    server = Server(work, timedelta())
    await server.tick()
    async with work.read() as session:
        looked = (await marks.all_marks(session))["retention"]
    server.clock.jump(WRONG)
    server.mute = True
    for _ in range(23):
        await server.tick(3600)
        assert server.watch.fault
    async with work.read() as session:
        ran = await marks.all_marks(session)
    assert ran["retention"] == looked, "the night's look waits"
    assert ran["obligations"] > looked, "what can be undone goes on"
    server.clock.jump(-WRONG)
    server.mute = False
    await server.tick()
    async with work.read() as session:
        assert (await marks.all_marks(session))["retention"] > looked


async def test_another_jump_begins_the_day_of_waiting_anew(work: Work) -> None:
    await Server(work, timedelta(), witness=False).tick()
    server = Server(work, WRONG, witness=False)
    await server.tick()
    await server.tick(DAY_SECONDS / 2)
    server.clock.jump(WRONG)
    await server.tick(DAY_SECONDS / 2 + TICK)
    assert not server.clock.trusted


async def test_a_clock_that_is_led_is_trusted_wherever_it_is_put(work: Work) -> None:
    clock = people.clock_at(people.MONDAY)
    watch = ClockWatch(work, clock, None)
    clock.set(people.MONDAY + timedelta(days=4000))
    await watch.look()
    assert (clock.trusted, watch.fault) == (True, "")
    led = Clock()
    ClockWatch(work, led, None)
    assert not led.trusted
    led.set(people.MONDAY)
    assert led.trusted


async def test_telegrams_time_is_in_the_head_of_its_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        date = {"Date": "Mon, 16 Nov 2026 00:00:00 GMT"} if len(asked) == 1 else {}
        return httpx.Response(302, headers=date)

    real = httpx.AsyncClient
    monkeypatch.setattr(
        httpx, "AsyncClient", lambda **k: real(transport=httpx.MockTransport(answer), **k)
    )
    ask = telegram_time("https://api.telegram.org/bot")
    assert ask
    assert await ask() == datetime(2026, 11, 16, tzinfo=UTC)
    assert await ask() is None
    assert set(asked) == {"HEAD https://api.telegram.org/"}, "the token is no part of it"
    assert telegram_time("http://127.0.0.1:8081/bot") is None


async def test_a_program_whose_clock_is_wrong_is_not_called_well(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = town.program
    program.health.fetched = lambda: True
    monkeypatch.setattr("bot.app.health.FRESH_SECONDS", 0)
    await wiring._tick(program)
    assert (await program.health.look()).faults() == []
    program.watch.fault = "it jumped"
    assert (await program.health.look()).faults() == ["the machine's clock is wrong: it jumped"]
