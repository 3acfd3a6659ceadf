"""What was sent while the bot was down counts from when it was sent, by Telegram's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select
from telegram import CallbackQuery, Chat, Message, Update, User

from bot.channels.telegram.door import sent_at
from storage.enums import VisitStatus
from storage.models import Visit, VisitReport
from tests.cast import AN, NEXT_MONDAY, SUNDAY_2000
from tests.client import Town
from tests.rows import every
from tests.visits.routes.test_report import HONEST, visit_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
USER, CHAT = User(1, "An", is_bot=False), Chat(1, "private")


def message(ago: timedelta, edited: timedelta | None = None) -> Message:
    edit_date = None if edited is None else NOW - edited
    return Message(1, NOW - ago, CHAT, from_user=USER, text="x", edit_date=edit_date)


@pytest.mark.parametrize(
    ("ago", "believed"),
    [
        (timedelta(hours=11), True),
        (timedelta(hours=47), True),
        (timedelta(seconds=5), False),  # as good as now
        (-timedelta(hours=1), False),  # to come
        (timedelta(days=3), False),  # longer than anything waits
        (timedelta(days=20000), False),
    ],
)
def test_only_a_time_that_can_be_is_believed(ago: timedelta, believed: bool) -> None:
    update = Update(1, message=message(ago))
    assert sent_at(update, NOW) == (NOW - ago if believed else None)


def test_a_correction_counts_from_when_it_was_made() -> None:
    hours = timedelta(hours=1)
    update = Update(1, edited_message=message(9 * hours, edited=3 * hours))
    assert sent_at(update, NOW) == NOW - 3 * hours


def test_a_press_has_no_time_of_its_own() -> None:
    card = message(timedelta(hours=9))
    query = CallbackQuery("1", USER, "c", message=card, data="home")
    assert sent_at(Update(1, callback_query=query), NOW) is None


@pytest.mark.wide
async def test_a_report_sent_on_sunday_is_in_time_though_the_bot_came_back_on_monday(
    town: Town,
) -> None:
    an = await town.person("An")
    visit = await visit_of(town)
    async with town.stopped():
        town.sandbox.world.clock.set(SUNDAY_2000)
        await an.send(HONEST, wait=False)
        monday = NEXT_MONDAY + timedelta(hours=2)
        town.sandbox.world.clock.set(monday)
        town.clock.set(monday)
    assert (await visit_of(town)).status is VisitStatus.MISSED
    await an.click("Báo cáo trễ")
    async with town.program.work.read() as session:
        done = await session.get_one(Visit, visit.id)
        (report,) = (await session.exec(select(VisitReport))).all()
    assert (done.status, done.late, done.officer_id) == (VisitStatus.REPORTED, False, AN.id)
    assert done.reported_at == report.submitted_at == SUNDAY_2000
    assert report.visited_on == SUNDAY_2000.date()
    assert "báo cáo trễ" not in an.card


async def test_sent_on_monday_it_is_late_as_ever(town: Town) -> None:
    an = await town.person("An")
    await town.move_to(NEXT_MONDAY + timedelta(hours=2))
    await an.send(HONEST)
    await an.click("Báo cáo trễ")
    visits = [v for v in await _all(town, Visit) if v.status is VisitStatus.REPORTED]
    assert [v.late for v in visits] == [True]


async def _all(town: Town, table: type) -> list:
    async with town.program.work.read() as session:
        return list((await session.exec(every(table))).all())
