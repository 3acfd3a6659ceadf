"""Last year's numbers beside this year's: as sent, else counted, else unknown."""

from datetime import date

import pytest

from bot.core.rules.letterhead import Head
from bot.core.work import Work
from bot.summaries.rules.figures import FIGURES, CategoryCount, Numbers, Sort, value_of
from bot.summaries.rules.papers import Corrected, Paper
from bot.summaries.services import contents, numbers
from bot.summaries.services.unit_scope import ground_of
from storage.models import SummaryVersion
from storage.store import Store
from tests import cast
from tests.cast import DUNG, KCN, LONG_HOA, SEN_VANG
from tests.summaries.services.count_help import NOW, YEAR_END, merged, owes, put, sent, went

HEAD = Head("", "", "", "", (), "", "", "")
LAST_MARCH = date(2025, 3, 3)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def before(work, *owed, until=YEAR_END):
    async with work.read() as session:
        ground = await ground_of(session, owed)
        found = await numbers.before_of(session, work, ground, owed, until)
    return [found[one.id] for one in owed]


async def signed(work, place, values, corrected=None, year=2025, number=1, **more):
    """A summary of last year as its unit sent it; several versions with `number`."""
    owed = await owes(work, place, year, **more)
    paper = Paper(
        place.name,
        "tổng kết",
        "full",
        owed.first_day,
        owed.last_day,
        owed.last_day,
        HEAD,
        Numbers(
            values=values,
            topics={},
            categories={"LUONG": CategoryCount(received=1, settled=1, passed=0, open=0)},
        ),
        corrections={
            key: Corrected(computed=values.get(key), value=value, reason="sổ giấy", author="Dũng")
            for key, value in (corrected or {}).items()
        },
    )
    summary = await sent(work, owed)
    async with work.write() as session:
        summary = await session.merge(summary)
        summary.version = number
    for one in range(1, number + 1):
        said = (
            paper
            if one == number
            else Paper(**{**vars(paper), "numbers": Numbers(values={"visits": -1})})
        )
        await put(
            work,
            SummaryVersion(
                summary_id=summary.id,
                number=one,
                sent_at=NOW,
                sent_by=DUNG.id,
                due_before=owed.due_before,
                content=contents.to_json(said),
            ),
        )
    return owed


async def test_as_it_was_sent_with_its_corrections(work):
    await went(work, SEN_VANG, LAST_MARCH)
    await signed(work, KCN, {"visits": 40, "members": 4000}, {"visits": 52}, number=2)
    [found] = await before(work, await owes(work))
    assert found.values == {"visits": 52, "members": 4000}
    assert found.categories == {"LUONG": CategoryCount(received=1, settled=1, passed=0, open=0)}


async def test_another_report_of_last_year_is_not_this_one(work):
    await signed(work, KCN, {"visits": 40}, group="ctr:2025", report="june")
    await signed(work, KCN, {"visits": 41}, group="old", year=2024)
    await signed(work, LONG_HOA, {"visits": 42})
    assert await before(work, await owes(work)) == [None]


async def test_counted_for_the_same_days_of_last_year(work):
    await owes(work, year=2025)  # never sent
    for day in (LAST_MARCH, date(2025, 12, 14), date(2025, 12, 15), date(2024, 12, 31)):
        await went(work, SEN_VANG, day, workers_met=10)
    [found] = await before(work, await owes(work))
    assert (found.values["visits"], found.values["workers_met"]) == (2, 20)
    levels = [figure.key for figure in FIGURES if figure.sort is Sort.LEVEL]
    assert [value_of(found.values, key) for key in levels] == [None] * len(levels)
    assert value_of(found.values, "coverage") is None


async def test_nothing_known_is_not_zero(work):
    await went(work, SEN_VANG, date(2026, 3, 3))
    assert await before(work, await owes(work)) == [None]


async def test_the_29th_of_february(work):
    await went(work, SEN_VANG, date(2027, 2, 28))
    owed = await owes(work, year=2028)
    [found] = await before(work, owed, until=date(2028, 2, 29))
    assert found.values["visits"] == 1


async def test_of_units_merged_since_both_count(work):
    await signed(work, KCN, {"visits": 40})
    await signed(work, LONG_HOA, {"visits": 30, "care_visits": 3})
    await merged(work, LONG_HOA, KCN, date(2026, 6, 1))
    [found] = await before(work, await owes(work))
    assert found.values == {"visits": 70, "care_visits": 3}


async def test_where_one_of_them_never_sent_both_are_counted(work):
    await signed(work, KCN, {"visits": 40})
    await owes(work, LONG_HOA, 2025)
    await went(work, cast.BEN_QUE, LAST_MARCH)
    await went(work, SEN_VANG, LAST_MARCH)
    await merged(work, LONG_HOA, KCN, date(2026, 6, 1))
    [found] = await before(work, await owes(work))
    assert found.values["visits"] == 2


async def test_one_merged_before_it_owed_is_in_the_others_numbers(work):
    await signed(work, KCN, {"visits": 40})
    await owes(work, LONG_HOA, 2025, excused_at=NOW, excuse="Đã nhập vào CĐ các KCN tỉnh")
    await merged(work, LONG_HOA, KCN, date(2025, 6, 1))
    [found] = await before(work, await owes(work))
    assert found.values == {"visits": 40}


async def test_several_at_once(work):
    await signed(work, KCN, {"visits": 40})
    await went(work, cast.BEN_QUE, LAST_MARCH)
    first, second, third = [await owes(work, p) for p in (KCN, LONG_HOA, cast.HON_SAO)]
    found = await before(work, first, second, third)
    assert [one and one.values["visits"] for one in found] == [40, 1, None]
