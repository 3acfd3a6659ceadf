"""Friday's digest: to whom it goes, about which week, once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select, update

from bot.core.work import Work
from bot.visits.services import digest
from storage.enums import Lane, Role
from storage.models import Cluster, ClusterUnit, Membership, OutboxMessage, PersonAddress, WeekPlan
from storage.store import Store
from tests import cast
from tests.cast import (
    BEN_QUE,
    CUC,
    DUNG,
    FRIDAY_1630,
    GIANG,
    HA,
    KHOA,
    NEXT_MONDAY,
    SEN_VANG,
    TET_MONDAY,
    VAULT,
)
from tests.visits.services.test_overview import THIS, WEEK, a_visit, keep


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def owed(work: Work) -> dict[int, OutboxMessage]:
    async with work.read() as session:
        return {m.person_id: m for m in (await session.exec(select(OutboxMessage))).all()}


async def test_each_supervisor_is_told_about_their_own_and_the_province_about_all(
    work: Work,
) -> None:
    await keep(work, a_visit(SEN_VANG, status="reported"), a_visit(BEN_QUE, CUC))
    await digest.ensure_digests(work, FRIDAY_1630)
    told = await owed(work)
    assert set(told) == {DUNG.id, GIANG.id, KHOA.id}
    assert "1/1" in told[DUNG.id].text
    assert "1/2" in told[GIANG.id].text
    assert "0/1" in told[KHOA.id].text
    assert {m.dedupe_key for m in told.values()} == {f"digest:2026-W47:{p}" for p in told}
    assert {m.lane for m in told.values()} == {Lane.NOTICE}
    assert all("ov:l:open:20261116:0:0" in str(told[p].rows) for p in (GIANG.id, KHOA.id))


async def test_twice_is_once(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630)
    await digest.ensure_digests(work, FRIDAY_1630 + timedelta(hours=5))
    assert len(await owed(work)) == 2


async def test_after_downtime_it_is_made_up_for_the_week_that_was_due_one(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG), a_visit(SEN_VANG, week=THIS + WEEK))
    await digest.ensure_digests(work, NEXT_MONDAY + timedelta(days=2))
    assert {m.dedupe_key.split(":")[1] for m in (await owed(work)).values()} == {"2026-W47"}


async def test_nothing_is_said_where_nothing_was_planned(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert KHOA.id not in await owed(work)
    assert HA.id not in await owed(work)


async def test_nothing_is_said_about_a_skipped_week(work: Work) -> None:
    monday = TET_MONDAY.astimezone().date()
    async with work.write() as session:
        session.add(WeekPlan(week=monday, planned_at=TET_MONDAY, skipped=True))
        session.add(a_visit(SEN_VANG, week=monday))
    await digest.ensure_digests(work, TET_MONDAY + timedelta(days=5))
    assert await owed(work) == {}


async def test_who_never_came_in_or_no_longer_leads_is_left_out(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    async with work.write() as session:
        await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == DUNG.id))
        ended = update(Membership).where(col(Membership.person_id) == GIANG.id)
        await session.exec(ended.values(ended_at=cast.MONDAY))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert await owed(work) == {}


async def test_overlapping_scopes_of_one_person_count_each_visit_once(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, status="reported"))
    async with work.write() as session:
        session.add(Cluster(id=50, name="Khối công nghiệp"))
        await session.flush()
        session.add(ClusterUnit(cluster_id=50, unit_id=SEN_VANG.id))
        session.add(Membership(person_id=DUNG.id, role=Role.SUPERVISOR, cluster_id=50))
    await digest.ensure_digests(work, FRIDAY_1630)
    assert "1/1" in (await owed(work))[DUNG.id].text


async def test_it_waits_for_the_morning_when_made_up_at_night(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG))
    await digest.ensure_digests(work, FRIDAY_1630 + timedelta(hours=6))
    assert {m.not_before for m in (await owed(work)).values()} == {
        FRIDAY_1630 + timedelta(hours=14)
    }
