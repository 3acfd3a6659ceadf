"""Whom a leader may remind of which visits, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.visits.facts.nudges import LateVisits
from bot.visits.services import nudges
from storage.models import OutboxMessage, VisitEvent
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BEN_QUE,
    BINH,
    CUC,
    DUNG,
    FRIDAY_1500,
    GIANG,
    HON_SAO,
    KHOA,
    ONG_TU,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    VAULT,
    Character,
)
from tests.rows import every
from tests.visits.services.test_overview import THIS, WEEK, a_visit, keep

ALL = LateVisits(THIS)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def acting(work: Work, one: Character) -> Context:
    return Context(work, await actor_of(work, one.address), FRIDAY_1500)


async def rows(work: Work, table: type[VisitEvent] | type[OutboxMessage]) -> list[Any]:
    async with work.read() as session:
        return list((await session.exec(every(table))).all())


async def test_what_is_missed_or_open_is_awaited_and_nothing_else(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, AN, status="missed"),
        a_visit(SONG_LANH, BINH, status="excused"),
        a_visit(TAN_LUA, BINH, status="reported"),
        a_visit(BEN_QUE, CUC, status="confirmed"),
    )
    by_giang = await nudges.send(await acting(work, GIANG), ALL)
    assert [nudge.officer.id for nudge in by_giang.to_remind] == [AN.id, CUC.id]
    assert {message.person_id for message in await rows(work, OutboxMessage)} == {AN.id, CUC.id}


@pytest.mark.parametrize(("weeks_ago", "is_reminded"), [(0, True), (4, True), (5, False)])
async def test_past_weeks_are_reminded_of_as_long_as_a_report_is_taken(
    work: Work, weeks_ago: int, is_reminded: bool
) -> None:
    week = THIS - weeks_ago * WEEK
    await keep(work, a_visit(SEN_VANG, AN, week, "missed"))
    dung = await acting(work, DUNG)
    if is_reminded:
        assert len((await nudges.send(dung, LateVisits(week))).to_remind) == 1
    else:
        with pytest.raises(Refused, match="Không còn"):
            await nudges.send(dung, LateVisits(week))


async def test_nobody_reminds_themselves(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, DUNG))
    with pytest.raises(Refused, match="Không còn"):
        await nudges.preview(await acting(work, DUNG), ALL)
    assert (await nudges.preview(await acting(work, GIANG), ALL)).to_remind


async def test_who_watches_over_a_cluster_reminds_within_it(work: Work) -> None:
    elsewhere = a_visit(SEN_VANG, AN)
    await keep(work, elsewhere, a_visit(ONG_TU, CUC, nth=1))
    seen = await nudges.preview(await acting(work, KHOA), ALL)
    assert [nudge.officer.id for nudge in seen.to_remind] == [CUC.id]
    with pytest.raises(Refused):
        await nudges.send(await acting(work, KHOA), LateVisits(visit_id=elsewhere.id or 0))
    with pytest.raises(Refused):
        await nudges.send(await acting(work, DUNG), LateVisits(THIS, HON_SAO.id))


async def test_two_leaders_at_the_same_moment_remind_once(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, AN), a_visit(TAN_LUA, BINH))
    both = [nudges.send(await acting(work, leader), ALL) for leader in (DUNG, GIANG)]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert len(await rows(work, OutboxMessage)) == 2
    assert len([e for e in await rows(work, VisitEvent) if e.what == "nudged"]) == 2


async def test_an_hour_counts_over_midnight(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, AN))
    dung = await acting(work, DUNG)
    late = FRIDAY_1500 + timedelta(hours=8, minutes=40)  # 23:40
    await nudges.send(Context(work, dung.actor, late), ALL)
    after_midnight = Context(work, dung.actor, late + timedelta(minutes=30))
    with pytest.raises(Refused, match="vừa được nhắc"):
        await nudges.send(after_midnight, ALL)
    (nudge,) = (await nudges.preview(after_midnight, ALL)).just_reminded
    assert nudge.reminded_at == late
