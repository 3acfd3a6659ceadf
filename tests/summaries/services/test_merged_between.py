"""Units that merge between one unit's sending and the other's: nothing is lost, nothing twice."""

from datetime import date, time

import pytest

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.summaries.rules.figures import GO_WITH_SITES
from bot.summaries.services import board_unit, consolidated, numbers
from bot.summaries.services.unit_scope import ground_of
from storage.store import Store
from tests import cast
from tests.cast import BEN_QUE, BIEN_NGOC, DUNG, GIANG, HON_SAO, LONG_HOA, SITES
from tests.summaries.obligation_help import GROUP, owe, owes, send
from tests.summaries.services.count_help import change, merged, rated, went

JUNE, MERGED = date(2026, 6, 3), date(2026, 12, 5)
EARLY, LATER = at(date(2026, 12, 1), time(9)), at(date(2026, 12, 10), time(9))
NEXT_YEAR = date(2027, 12, 10)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await went(work, BIEN_NGOC, JUNE, workers_met=5)
    await went(work, BEN_QUE, JUNE, workers_met=7)
    for site in (BIEN_NGOC, BEN_QUE):
        await change(work, site, union_since=date(2026, 3, 1))
        await rated(work, site, 2026, "KHT")
    return work


async def totals(work):
    """Of all units together; how many weeks they had to go changes with how many they are."""
    async with work.read() as session:
        report = await consolidated.consolidate(session, work, GROUP, LATER)
    values = {k: v for k, v in report.total.values.items() if k not in ("weeks", "weeks_met")}
    return values, report.total.ratings


async def into_long_hoa(work):
    await merged(work, HON_SAO, LONG_HOA, MERGED, *(s for s in SITES if s.parent == HON_SAO.id))


@pytest.mark.parametrize("hon_sao_sent", [True, False])
@pytest.mark.parametrize("long_hoa_sent", [None, EARLY, LATER])
async def test_the_total_is_the_same_before_and_after_a_merger(work, hon_sao_sent, long_hoa_sent):
    hon_sao, long_hoa = await owe(work, owes(HON_SAO), owes(LONG_HOA))
    before = await totals(work)
    if hon_sao_sent:
        await send(work, hon_sao, EARLY, GIANG.id)
    if long_hoa_sent == EARLY:
        await send(work, long_hoa, EARLY, DUNG.id)
    await into_long_hoa(work)
    if long_hoa_sent == LATER:
        await send(work, long_hoa, LATER, DUNG.id)
    values, ratings = await totals(work)
    if not hon_sao_sent and long_hoa_sent == EARLY:  # until Long Hòa sends anew, who has what
        values = {key: n for key, n in values.items() if key not in GO_WITH_SITES}
        before = {key: before[0][key] for key in values}, ratings
    assert (values, ratings) == before


async def test_what_was_signed_before_a_merger_is_asked_for_anew(work):
    _, long_hoa = await owe(work, owes(HON_SAO), owes(LONG_HOA))
    giang = await actor_of(work, GIANG.address)
    await send(work, long_hoa, EARLY, DUNG.id)
    assert not (await board_unit.unit(Context(work, giang, LATER), long_hoa, 0)).doubts
    await into_long_hoa(work)
    (doubt,) = (await board_unit.unit(Context(work, giang, LATER), long_hoa, 0)).doubts
    assert doubt.startswith(f"{HON_SAO.name} nhập vào sau khi")
    assert "chưa có số liệu ở đây" in doubt


async def test_a_merged_unit_that_sent_its_own_report_is_missed_by_nobody(work):
    hon_sao, long_hoa = await owe(work, owes(HON_SAO), owes(LONG_HOA))
    giang = await actor_of(work, GIANG.address)
    await send(work, hon_sao, EARLY, GIANG.id)
    await send(work, long_hoa, EARLY, DUNG.id)
    await into_long_hoa(work)
    assert not (await board_unit.unit(Context(work, giang, LATER), long_hoa, 0)).doubts


@pytest.mark.parametrize("hon_sao_sent", [True, False])
async def test_all_of_last_year_stands_beside_all_of_this_year(work, hon_sao_sent):
    then = [
        owes(one, group="sat-co-so:year:2025", due=date(2025, 12, 15))
        for one in (HON_SAO, LONG_HOA)
    ]
    for key in await owe(work, *then):
        await send(work, key, at(date(2025, 12, 1), time(9)), DUNG.id)
    hon_sao, _ = await owe(work, owes(HON_SAO), owes(LONG_HOA))

    async def before():
        async with work.read() as session:
            report = await consolidated.consolidate(session, work, GROUP, LATER)
        return report.before.values["members"], report.before.values["visits"]

    known = await before()
    if hon_sao_sent:
        await send(work, hon_sao, EARLY, GIANG.id)
    await into_long_hoa(work)
    assert await before() == known


@pytest.mark.parametrize("first", [True, False])
async def test_last_years_is_counted_once_where_a_merger_came_between_the_two(work, first):
    hon_sao, long_hoa = await owe(work, owes(HON_SAO), owes(LONG_HOA))
    values, ratings = await totals(work)
    await send(work, hon_sao, EARLY, GIANG.id)
    if first:
        await send(work, long_hoa, EARLY, DUNG.id)
    await into_long_hoa(work)
    if not first:
        await send(work, long_hoa, LATER, DUNG.id)
    now = owes(LONG_HOA, group="sat-co-so:year:2027", due=date(2027, 12, 15))
    await owe(work, now)
    async with work.read() as session:
        ground = await ground_of(session, [now])
        found = (await numbers.before_of(session, work, ground, [now], NEXT_YEAR))[now.id]
    kept = ("members", "sites", "rated", "lowered", "new_unions", "workers_met")
    assert {key: found.values[key] for key in kept} == {key: values[key] for key in kept}
    assert found.ratings == ratings
