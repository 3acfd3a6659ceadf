"""Somebody moves or leaves: what they have in hand goes to a colleague, or along."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.app.assembly import assemble
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.people.services import handovers
from storage.enums import Role, TaskState
from storage.models import Case, Membership, OutboxMessage, PlanTask, Unit, Visit
from tests import cast
from tests.cases.help import a_case, set_case
from tests.units.services.test_merging import a_visit

NOW = cast.MONDAY


@pytest.fixture
async def work(any_store, settings):
    assemble()
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await a_visit(work, cast.SEN_VANG, remind_at=NOW + timedelta(days=1))
    await a_visit(work, cast.SONG_LANH)
    await a_visit(work, cast.SONG_LANH, cast.BINH)
    async with work.write() as session:
        (await session.get_one(Unit, cast.TAN_LUA.id)).officer_id = cast.AN.id
        session.add(
            PlanTask(
                plan="sat-co-so",
                number="1",
                unit_id=cast.KCN.id,
                year=2026,
                owner_id=cast.AN.id,
                taken_by=cast.DUNG.id,
                due=NOW.date(),
                due_set_at=NOW,
                state=TaskState.OPEN,
                created_at=NOW,
                updated_at=NOW,
                updated_by=cast.DUNG.id,
            )
        )
    open_case = await a_case(work, NOW)
    await set_case(work, open_case, assignee_id=cast.AN.id, status="in_progress")
    quiet = await a_case(work, NOW)
    await set_case(work, quiet, assignee_id=cast.AN.id, category="QUAY_ROI", status="in_progress")
    return work


async def ha(work):
    return Context(work, await actor_of(work, cast.HA.address), NOW)


async def role_of(work, person):
    async with work.read() as session:
        rows = await session.exec(
            select(Membership).where(
                Membership.person_id == person.id, col(Membership.ended_at).is_(None)
            )
        )
        return [(row.id, row.role, row.unit_id) for row in rows.all()]


async def in_hand(work, person):
    """Sites of the visits, sites in charge, tasks, cases."""
    async with work.read() as session:
        visits = await session.exec(select(Visit.site_id).where(Visit.officer_id == person.id))
        sites = await session.exec(select(Unit.id).where(Unit.officer_id == person.id))
        tasks = await session.exec(select(PlanTask.id).where(PlanTask.owner_id == person.id))
        cases = await session.exec(select(Case.id).where(Case.assignee_id == person.id))
        return [sorted(rows.all()) for rows in (visits, sites, tasks, cases)]


async def test_what_there_is_to_hand_over_is_counted_and_colleagues_are_named(work):
    ((role, *_),) = await role_of(work, cast.AN)
    facts = await handovers.offered(await ha(work), role)
    assert [count for _, count in facts.counts] == [1, 2, 1, 1]
    assert cast.BINH.id in dict(facts.others)
    assert cast.CUC.id not in dict(facts.others)


async def test_everything_goes_to_a_colleague_and_the_role_ends(work):
    ((role, *_),) = await role_of(work, cast.AN)
    after = await handovers.hand_over(await ha(work), role, cast.BINH.id)
    assert [count for _, count in after.handed] == [1, 1, 1, 1]  # Bình goes to Sông Lành anyway
    assert await role_of(work, cast.AN) == []
    assert await in_hand(work, cast.AN) == [[cast.SONG_LANH.id], [], [], [2]]  # quiet: not given
    assert await in_hand(work, cast.BINH) == [[11, 12], [13], [1], [1]]
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    assert {cast.AN.id, cast.BINH.id} <= {row.person_id for row in rows}


async def test_somebody_moves_to_another_unit_and_a_colleague_takes_over(work):
    ((role, *_),) = await role_of(work, cast.AN)
    after = await handovers.hand_over(await ha(work), role, cast.BINH.id, cast.LONG_HOA.id)
    assert (after.new_place, after.taker) == (cast.LONG_HOA.name, cast.BINH.full_name)
    ((_, kind, unit),) = await role_of(work, cast.AN)
    assert (kind, unit) == (Role.OFFICER, cast.LONG_HOA.id)
    assert (await in_hand(work, cast.AN))[1] == []


async def told_of_staff(work):
    async with work.read() as session:
        rows = (await session.exec(select(OutboxMessage))).all()
    return {row.person_id: row.text for row in rows if row.dedupe_key.startswith("staff:")}


async def test_the_leaders_of_both_units_hear_of_a_move_and_of_who_took_over(work):
    ((role, *_),) = await role_of(work, cast.AN)
    await handovers.hand_over(await ha(work), role, cast.BINH.id, cast.LONG_HOA.id)
    texts = await told_of_staff(work)
    assert set(texts) == {cast.DUNG.id, cast.GIANG.id}  # Long Hòa has no leader of its own
    assert f"sang <b>{cast.LONG_HOA.name}" in texts[cast.DUNG.id]
    assert "1 cơ sở phụ trách" in texts[cast.DUNG.id]


async def test_the_leader_hears_that_an_officer_left_and_who_took_over(work):
    ((role, *_),) = await role_of(work, cast.AN)
    await handovers.hand_over(await ha(work), role, cast.BINH.id)
    (words,) = (await told_of_staff(work)).values()
    assert f"thôi làm cán bộ {cast.KCN.name}" in words


async def messages_to(work, person_id):
    async with work.read() as session:
        rows = await session.exec(
            select(OutboxMessage)
            .where(OutboxMessage.person_id == person_id)
            .order_by(col(OutboxMessage.id))
        )
        return [row.text for row in rows.all()]


@pytest.mark.parametrize("new_unit", [None, cast.LONG_HOA.id])
async def test_everybody_concerned_hears_it_in_one_message_also_a_leader_who_takes_over(
    work, new_unit
):
    ((role, *_),) = await role_of(work, cast.AN)
    await handovers.hand_over(await ha(work), role, cast.DUNG.id, new_unit)
    (words,) = await messages_to(work, cast.DUNG.id)  # leads the officer's union, takes over
    assert "nhận bàn giao" in words
    assert "1 cơ sở phụ trách" in words
    moved = f"sang <b>{cast.LONG_HOA.name}</b>"
    assert (moved if new_unit else f"thôi làm cán bộ {cast.KCN.name}") in words


async def test_what_nobody_has_now_stands_in_the_same_message_to_the_leader(work):
    ((role, *_),) = await role_of(work, cast.AN)
    await handovers.hand_over(await ha(work), role, cast.BINH.id)
    (words,) = await messages_to(work, cast.DUNG.id)
    assert f"• {cast.SONG_LANH.name}" in words  # Bình goes there anyway: the visit stayed An's
    async with work.read() as session:
        (row,) = (
            await session.exec(select(OutboxMessage).where(OutboxMessage.person_id == cast.DUNG.id))
        ).all()
    assert "sup:reassign:" in str(row.rows)


async def test_what_lies_within_the_new_unit_goes_along(work):
    ((role, *_),) = await role_of(work, cast.AN)
    await handovers.move(await ha(work), role, cast.TINH.id)
    ((_, _, unit),) = await role_of(work, cast.AN)
    assert unit == cast.TINH.id
    visits, sites, tasks, cases = await in_hand(work, cast.AN)
    assert (visits, sites, tasks) == ([11, 12], [13], [1])
    assert len(cases) == 2


async def test_only_an_administrator_of_both_places_and_only_to_a_colleague(work):
    ((role, *_),) = await role_of(work, cast.AN)
    giang = Context(work, await actor_of(work, cast.GIANG.address), NOW)
    with pytest.raises(Refused):
        await handovers.offered(giang, role)
    with pytest.raises(Refused):
        await handovers.hand_over(giang, role, cast.BINH.id)
    with pytest.raises(Refused):
        await handovers.hand_over(await ha(work), role, cast.CUC.id)
    with pytest.raises(Refused):
        await handovers.move(await ha(work), role, cast.SEN_VANG.id)
    assert await role_of(work, cast.AN) == [(role, Role.OFFICER, cast.KCN.id)]
