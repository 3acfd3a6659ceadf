"""Of the weeks behind an officer only those are read that their row of weeks can reach."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from bot.core.rules.calendar import Calendar, Week, local
from bot.demo import big_province
from bot.demo.big_province import Size
from bot.visits.rules.overview import OfficerWeekCount, streak
from storage import overview_staff
from storage.models import Visit
from storage.store import Store
from tests.growth.conftest import MONDAY

LAST = local(MONDAY).date()
WEEKS = [LAST - timedelta(weeks=back) for back in range(30)]


@pytest.mark.parametrize("last", [LAST, LAST - timedelta(weeks=1), LAST - timedelta(weeks=9)])
@pytest.mark.parametrize("off", [(), tuple(WEEKS[2:6]), tuple(WEEKS[1::2])])
async def test_rows_of_weeks_are_the_same_as_from_all_weeks(
    any_store: Store, last: date, off: tuple[date, ...]
) -> None:
    await big_province.fill(any_store, Size(weeks=30, cases_a_week=1), MONDAY)
    calendar = Calendar(frozenset(m + timedelta(days=n) for m in off for n in range(7)))
    assert all(calendar.week_is_off(Week(monday)) for monday in off)
    async with any_store.read() as session:
        officers = (await session.exec(select(col(Visit.officer_id)).distinct())).all()
        span = (session, officers, WEEKS[-1], last)
        found = {
            "reached": await overview_staff.latest_weeks(*span, off),
            "all": await overview_staff.officer_weeks(*span),
        }

    def rows(what: str) -> dict[int, int]:
        weeks: dict[int, list[OfficerWeekCount]] = defaultdict(list)
        for officer, monday, _, asked, done in found[what]:
            weeks[officer].append(OfficerWeekCount(Week(monday), asked, done))
        return {o: streak(weeks.get(o, ()), Week(last), calendar) for o in officers}

    assert rows("reached") == rows("all")
    assert len({*rows("all").values()}) > 2, "rows of different lengths"
    assert len(found["reached"]) < len(found["all"])
    this_week = [row for row in found["all"] if row[1] == last]
    assert sorted(row for row in found["reached"] if row[1] == last) == sorted(this_week)
