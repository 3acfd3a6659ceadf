"""An officer and a leader live through the holidays, day by day; what they get makes sense then.

The officer An reports nothing by herself, so that she gets everything there is to be said.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import cast

import pytest
from sqlmodel import select

from bot.app.schedule import Schedule, table
from bot.channels.outbox import Dispatcher
from bot.core.clock import Clock
from bot.core.rules.calendar import Week, at, local
from bot.core.work import Work
from storage.enums import OutboxState
from storage.models import OutboxMessage
from tests import cast as people
from tests.app.test_schedule import NoPost
from tests.cast import AN, DUNG

pytestmark = pytest.mark.wide("tests/app/test_schedule.py")


@dataclass(frozen=True)
class Heard:
    at: datetime  # as clocks in Vietnam show it
    text: str


async def live(work: Work, first: date, last: date) -> dict[int, list[Heard]]:
    """Let the clock run from one day to the other; what everybody hears, and when."""
    await people.settle(work.store)
    clock = Clock()
    clock.set(at(first, time(6, 0)))
    schedule = Schedule(work, clock, cast("Dispatcher", NoPost()), table(work.settings))

    async def arrived(_moment: datetime) -> None: ...

    day = first
    while day <= last:
        await schedule.advance(at(day, time(23, 59)), arrived)
        day += timedelta(days=1)
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage).order_by(OutboxMessage.not_before))).all()
    heard: dict[int, list[Heard]] = {}
    for row in rows:
        if row.state is not OutboxState.CANCELLED and row.not_before <= clock.now():
            heard.setdefault(row.person_id or 0, []).append(Heard(local(row.not_before), row.text))
    return heard


KINDS = {
    "được phân công đi cơ sở tại": "assigned",
    "chưa hẹn ngày đi cơ sở": "no_day",
    "chưa cập nhật kết quả": "unreported",
    "tuần trước chưa có báo cáo": "missed",
    "lượt đã báo cáo": "digest",
}
PERIODS = {
    "Tết 2027": (
        (date(2027, 1, 25), date(2027, 2, 21)),
        (
            "25/01 07:00 assigned, 27/01 15:00 no_day, 29/01 15:00 unreported, "
            "01/02 07:00 assigned, 01/02 07:00 missed, "
            "02/02 15:00 no_day, 03/02 15:00 unreported, "  # Tết from Thursday 4/2
            "11/02 06:30 assigned, 11/02 06:30 missed, 12/02 15:00 unreported, "
            "15/02 07:00 assigned, 15/02 07:00 missed, 17/02 15:00 no_day, 19/02 15:00 unreported"
        ),
        "29/01 16:30, 03/02 16:30, 12/02 16:30, 19/02 16:30",
    ),
    "30/4 to 3/5/2027": (
        (date(2027, 4, 19), date(2027, 5, 9)),
        (
            "19/04 07:00 assigned, 21/04 15:00 no_day, 23/04 15:00 unreported, "
            "26/04 07:00 assigned, 26/04 07:00 missed, "
            "28/04 15:00 no_day, 29/04 15:00 unreported, "  # Friday is 30/4
            "04/05 06:30 assigned, 04/05 06:30 missed, 05/05 15:00 no_day, 07/05 15:00 unreported"
        ),
        "23/04 16:30, 29/04 16:30, 07/05 16:30",
    ),
    "2/9/2026, with the swap of 22/8 and 31/8": (
        (date(2026, 8, 17), date(2026, 9, 6)),
        (
            "17/08 07:00 assigned, 19/08 15:00 no_day, 21/08 15:00 unreported, "
            "24/08 07:00 assigned, 24/08 07:00 missed, 26/08 15:00 no_day, 28/08 15:00 unreported, "
            "03/09 06:30 assigned, 03/09 06:30 missed, 04/09 15:00 unreported"
        ),
        "21/08 16:30, 28/08 16:30, 04/09 16:30",
    ),
    "24/11/2026, a Tuesday": (
        (date(2026, 11, 16), date(2026, 11, 29)),
        (
            "16/11 07:00 assigned, 18/11 15:00 no_day, 20/11 15:00 unreported, "
            "23/11 07:00 assigned, 23/11 07:00 missed, 25/11 15:00 no_day, 27/11 15:00 unreported"
        ),
        "20/11 16:30, 27/11 16:30",
    ),
}


def kind_of(heard: Heard) -> str:
    return next((kind for words, kind in KINDS.items() if words in heard.text), "of a report due")


@pytest.mark.parametrize("period", PERIODS)
async def test_everything_comes_on_a_day_on_which_it_makes_sense(work: Work, period: str) -> None:
    (first, last), officers, leaders = PERIODS[period]
    heard = await live(work, first, last)
    assert ", ".join(f"{one.at:%d/%m %H:%M} {kind_of(one)}" for one in heard[AN.id]) == officers
    digests = [one for one in heard[DUNG.id] if kind_of(one) == "digest"]
    assert ", ".join(f"{one.at:%d/%m %H:%M}" for one in digests) == leaders
    for one in (*heard[AN.id], *heard[DUNG.id]):
        assert not work.calendar.is_holiday(one.at.date())
        for monday in [one.at.date() - timedelta(days=one.at.weekday())]:
            if kind_of(one) in ("assigned", "digest"):
                week = Week(monday).label()
                assert week.lower() in one.text.lower(), "of the week in which it is read"


async def test_mondays_card_says_which_days_of_the_week_are_off(work: Work) -> None:
    heard = await live(work, date(2027, 1, 25), date(2027, 2, 12))
    cards = [one.text for one in heard[AN.id] if kind_of(one) == "assigned"]
    assert "nghỉ lễ" not in cards[0]
    assert "Trong tuần nghỉ lễ: thứ Năm 04/02, thứ Sáu 05/02." in cards[1]
    assert "Trong tuần nghỉ lễ: thứ Hai 08/02, thứ Ba 09/02, thứ Tư 10/02." in cards[2]
