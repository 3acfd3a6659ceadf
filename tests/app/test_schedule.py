"""What is due happens once and in order, whether the program was up, down or moved in time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

import pytest
from apscheduler.triggers.cron import CronTrigger
from sqlmodel import select

from bot.app.schedule import Entry, Schedule, table
from bot.channels.outbox import Dispatcher
from bot.core.card import Card
from bot.core.notices import notice
from bot.core.rules.calendar import ZONE, at, local
from bot.core.streams import RETRY
from bot.core.work import Work
from storage import outbox
from storage.enums import Lane
from storage.models import OutboxMessage, Visit, WeekPlan
from tests import cast as people
from tests.client import Town

MONDAY, NEXT_MONDAY = people.MONDAY, people.NEXT_MONDAY
TUESDAY_0300 = at(date(2026, 11, 17), time(3, 0))


class NoPost:
    """A dispatcher with nothing to send."""

    def wake(self) -> None: ...

    async def drain(self) -> int:
        return 0


class Diary:
    """A schedule of three entries that note when they were called."""

    def __init__(self, work: Work, start: datetime) -> None:
        self.work, self.clock = work, people.clock_at(start)
        self.came: list[tuple[str, str]] = []
        self.fails: set[str] = set()
        self.schedule = self.fresh()

    def fresh(self) -> Schedule:
        """As after a restart: only the database remembers."""
        entries = (
            Entry(
                "plan", CronTrigger(day_of_week="mon", hour=7, timezone=ZONE), self._note("plan")
            ),
            Entry("tidy", CronTrigger(hour=3, timezone=ZONE), self._note("tidy")),
            Entry(
                "digest",
                CronTrigger(day_of_week="fri", hour=16, minute=30, timezone=ZONE),
                self._note("digest"),
            ),
        )
        post = cast("Dispatcher", NoPost())
        self.schedule = Schedule(self.work, self.clock, post, entries)
        return self.schedule

    def _note(self, name: str) -> Callable[[Work, datetime], Awaitable[None]]:
        async def service(_work: Work, now: datetime) -> None:
            await asyncio.sleep(0)
            self.came.append((name, f"{local(now):%a %H:%M}"))
            if name in self.fails:
                raise RuntimeError(name)

        return service

    async def at(self, moment: datetime) -> list[tuple[str, str]]:
        """What happens when the program looks at its clock then."""
        self.came.clear()
        self.clock.freeze(moment)
        await self.schedule.run_due()
        return list(self.came)

    async def walk_to(self, moment: datetime) -> list[tuple[str, str]]:
        """What happens on the way there."""
        self.came.clear()

        async def arrived(_moment: datetime) -> None: ...

        await self.schedule.advance(moment, arrived)
        return list(self.came)


@pytest.fixture
async def diary(work: Work) -> Diary:
    """After its first start, on Monday at 7."""
    diary = Diary(work, MONDAY)
    await diary.schedule.run_due()
    return diary


async def test_a_first_start_takes_up_the_week_before_it(work: Work) -> None:
    diary = Diary(work, MONDAY)
    assert sorted(await diary.at(MONDAY)) == [
        ("digest", "Mon 07:00"),
        ("plan", "Mon 07:00"),
        ("tidy", "Mon 07:00"),
    ]


async def test_twice_is_once(diary: Diary) -> None:
    assert await diary.at(MONDAY) == []
    assert await diary.at(MONDAY + timedelta(minutes=1)) == []
    diary.fresh()
    assert await diary.at(MONDAY + timedelta(minutes=2)) == []


async def test_nothing_happens_before_its_time(diary: Diary) -> None:
    assert await diary.at(TUESDAY_0300 - timedelta(microseconds=1)) == []
    assert await diary.at(TUESDAY_0300) == [("tidy", "Tue 03:00")]


async def test_what_was_missed_is_made_up_once_in_the_order_of_its_times(diary: Diary) -> None:
    diary.fresh()
    back = NEXT_MONDAY + timedelta(days=2, hours=2)
    assert [name for name, _ in await diary.at(back)] == ["tidy", "digest", "plan"]
    assert await diary.at(back) == []


@pytest.mark.parametrize("wrong", [timedelta(days=8), timedelta(days=800)])
async def test_a_run_in_the_future_does_not_count(diary: Diary, wrong: timedelta) -> None:
    await diary.at(MONDAY + wrong)
    diary.fresh()
    assert {name for name, _ in await diary.at(NEXT_MONDAY)} == {"plan", "tidy", "digest"}
    assert await diary.at(NEXT_MONDAY) == []


async def test_a_failure_in_the_future_holds_up_nothing(diary: Diary) -> None:
    diary.fails = {"plan", "tidy", "digest"}
    await diary.at(MONDAY + timedelta(days=800))
    diary.fails = set()
    assert {name for name, _ in await diary.at(NEXT_MONDAY)} == {"plan", "tidy", "digest"}


async def test_nothing_runs_while_the_clock_is_not_trusted(diary: Diary) -> None:
    diary.clock.freeze(NEXT_MONDAY)
    diary.came.clear()
    diary.clock.trusted = False
    await diary.schedule.run_due()
    assert diary.came == []


async def test_several_at_once_do_it_once(diary: Diary) -> None:
    diary.came.clear()
    diary.clock.freeze(people.FRIDAY_1630)
    await asyncio.gather(*(diary.schedule.run_due() for _ in range(5)))
    assert sorted(name for name, _ in diary.came) == ["digest", "tidy"]


async def test_moving_over_a_week_meets_everything_at_its_own_time(diary: Diary) -> None:
    nights = [("tidy", f"{day} 03:00") for day in ("Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]
    assert await diary.walk_to(NEXT_MONDAY) == [
        *nights[:4],
        ("digest", "Fri 16:30"),
        *nights[4:],
        ("tidy", "Mon 03:00"),
        ("plan", "Mon 07:00"),
    ]
    assert diary.clock.now() == NEXT_MONDAY


async def test_moving_is_told_at_every_stop_before_anything_happens_there(diary: Diary) -> None:
    told: list[tuple[datetime, int]] = []

    async def arrived(moment: datetime) -> None:
        told.append((moment, len(diary.came)))

    diary.came.clear()
    await diary.schedule.advance(TUESDAY_0300 + timedelta(hours=1), arrived)
    assert told == [(TUESDAY_0300, 0), (TUESDAY_0300 + timedelta(hours=1), 1)]


async def test_one_that_fails_holds_up_nobody_and_is_tried_again(diary: Diary) -> None:
    diary.fails = {"tidy"}
    assert [name for name, _ in await diary.at(people.FRIDAY_1630)] == ["tidy", "digest"]
    assert await diary.at(people.FRIDAY_1630) == []
    later = people.FRIDAY_1630 + RETRY
    assert await diary.at(later - timedelta(seconds=1)) == []
    diary.fails = set()
    assert [name for name, _ in await diary.at(later)] == ["tidy"]
    assert await diary.at(later + RETRY) == []


async def test_moving_past_one_that_keeps_failing_comes_to_an_end(diary: Diary) -> None:
    diary.fails = {"tidy"}
    came = await diary.walk_to(TUESDAY_0300 + 3 * RETRY)
    assert [name for name, _ in came] == ["tidy"] * 4
    assert diary.clock.now() == TUESDAY_0300 + 3 * RETRY


async def test_reminders_that_cannot_be_made_hold_up_nothing_else(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.core.streams.Stream.ensure", broken)
    assert [name for name, _ in await diary.at(people.FRIDAY_1630)] == ["tidy", "digest"]


def test_the_programs_own_table_is_at_the_hours_of_the_settings(settings: Any) -> None:
    due = {entry.name: entry.due_after(MONDAY - timedelta(hours=1)) for entry in table(settings)}
    assert due["assign_week"] == MONDAY
    assert due["digest"] == people.FRIDAY_1630
    assert due["upkeep"] == TUESDAY_0300
    assert due["obligations"] == at(date(2026, 11, 17), time(0, 30))


# ---- The real thing ------------------------------------------------------------------------


async def weeks(town: Town) -> dict[date, bool]:
    """Planned weeks, and whether they were skipped."""
    async with town.program.work.read() as session:
        return {plan.week: plan.skipped for plan in (await session.exec(select(WeekPlan))).all()}


async def test_a_program_that_was_down_makes_up_for_it_once(town: Town) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped():
        town.clock.set(NEXT_MONDAY + timedelta(hours=3))
    said = an.cards[before:]
    assert len([text for text in said if "tuần 48" in text]) == 1
    assert not [text for text in said if "chưa hẹn ngày" in text], "its time is over"
    assert list(await weeks(town)) == [date(2026, 11, 16), date(2026, 11, 23)]
    async with town.stopped():
        pass
    assert an.cards[before:] == said


async def test_a_week_passes_as_it_would_in_real_time(town: Town) -> None:
    an = await town.person("An")
    await town.move_to(NEXT_MONDAY)
    parts = ["tuần 47", "chưa hẹn ngày", "chưa cập nhật kết quả", "tuần 48", "tuần trước chưa có"]
    assert len(an.cards) == len(parts)
    assert all(part in text for part, text in zip(parts, an.cards, strict=True))


async def test_at_night_only_what_is_urgent_is_sent(town: Town) -> None:
    an, work = await town.person("An"), town.program.work
    before = len(an.cards)
    night = at(date(2026, 11, 17), time(22, 0))
    await town.move_to(night)
    async with work.write() as session:
        for lane in (Lane.NOTICE, Lane.URGENT):
            card = Card(f"tin {lane.name}")
            message = notice(work.calendar, people.AN.id, card, lane.name, night, lane=lane)
            await outbox.add(session, message)
    await town.settle()
    assert an.cards[before:] == ["tin URGENT"]
    await town.move_to(at(date(2026, 11, 18), time(6, 29)))
    assert an.cards[before:] == ["tin URGENT"]
    await town.move_to(at(date(2026, 11, 18), time(6, 30)))
    assert an.cards[before:] == ["tin URGENT", "tin NOTICE"]


class TestTet:
    @pytest.fixture
    def start(self) -> datetime:
        return at(date(2026, 2, 9), time(7, 0))

    @pytest.mark.wide
    async def test_the_week_of_tet_is_left_out_and_nobody_is_written_to(self, town: Town) -> None:
        await town.move_to(at(date(2026, 2, 16), time(7, 0)))
        before = {one.name: len((await town.person(one.name)).cards) for one in people.OFFICERS}
        await town.move_to(at(date(2026, 2, 20), time(20, 0)))
        for name, count in before.items():
            assert len((await town.person(name)).cards) == count
        await town.move_to(at(date(2026, 2, 23), time(7, 0)))
        planned = await weeks(town)
        assert planned == {
            date(2026, 2, 9): False,
            date(2026, 2, 16): True,
            date(2026, 2, 23): False,
        }
        async with town.program.work.read() as session:
            visits = (await session.exec(select(Visit))).all()
        assert date(2026, 2, 16) not in {visit.week for visit in visits}


class TestMondayIsAHoliday:
    @pytest.fixture
    def start(self) -> datetime:
        return at(date(2027, 2, 5), time(9, 0))

    @pytest.mark.wide
    async def test_the_plan_is_made_and_told_on_the_first_working_day(self, town: Town) -> None:
        an = await town.person("An")
        await town.move_to(at(date(2027, 2, 10), time(20, 0)))
        assert (await weeks(town))[date(2027, 2, 8)] is False
        assert not any("tuần 6 (" in text for text in an.cards)
        await town.move_to(at(date(2027, 2, 11), time(6, 30)))
        assert any("tuần 6 (" in text for text in an.cards)
        async with town.program.work.read() as session:
            owed = await session.exec(select(OutboxMessage))
            assert all(message.sent_at for message in owed.all())
