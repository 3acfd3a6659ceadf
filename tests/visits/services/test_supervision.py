"""What supervisors decide about visits: who may, what changes, who is told, and only once."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from bot.visits.facts.supervision import VisitOnCard
from bot.visits.services import reassignment, supervision
from storage.enums import Lane, OutboxState, VisitOrigin, VisitStatus
from storage.models import Draft, Leave, OutboxMessage, Visit, VisitEvent
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BA_NHIP,
    BEN_QUE,
    BINH,
    CUC,
    DUNG,
    FRIDAY_1500,
    GIANG,
    HA,
    KCN,
    KHOA,
    MAI,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    VAULT,
    VI_NA_SUN,
    WEDNESDAY_1500,
    Character,
)
from tests.visits.services.test_overview import THIS, WEEK, a_visit, acting, keep

NOW = WEDNESDAY_1500
WHY = "Có phản ánh chậm lương"
OF_AN = VisitOnCard(AN.id)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def rows(work: Work, table: Any) -> Any:
    async with work.read() as session:
        return (await session.exec(select(table).order_by(table.id))).all()


async def told(work: Work) -> dict[int, str]:
    return {m.person_id: m.text for m in await rows(work, OutboxMessage)}


async def events(work: Work) -> list[tuple[str, int | None]]:
    return [(e.what, e.actor_id) for e in await rows(work, VisitEvent)]


async def direct(
    work: Work,
    by: Character = DUNG,
    to: Character = AN,
    site: Any = SEN_VANG,
    monday: date = THIS,
) -> None:
    await supervision.direct(
        Context(work, await acting(work, by), NOW), to.id, site.id, monday, WHY
    )


async def an_open_visit(work: Work, officer: Character = AN, **more: Any) -> int:
    visit = a_visit(SEN_VANG, officer, **more)
    await keep(work, visit)
    return visit.id or 0


async def test_a_directed_visit_is_planned_told_and_reminded_of(work: Work) -> None:
    await direct(work)
    (visit,) = await rows(work, Visit)
    assert (visit.origin, visit.reasons) == (VisitOrigin.DIRECTED, [["directed", WHY]])
    assert (visit.unit_id, visit.week) == (KCN.id, THIS)
    assert visit.remind_at is not None
    assert WHY in (await told(work))[AN.id]
    assert await events(work) == [("directed", DUNG.id)]


async def test_next_week_can_be_directed_and_no_other_week(work: Work) -> None:
    await direct(work, monday=THIS + WEEK)
    for monday in (THIS - WEEK, THIS + 2 * WEEK):
        with pytest.raises(Refused, match="tuần"):
            await direct(work, monday=monday)


@pytest.mark.parametrize("status", ["planned", "reported", "excused"])
async def test_the_same_site_twice_in_a_week_is_refused_kindly(work: Work, status: str) -> None:
    await an_open_visit(work, status=status)
    with pytest.raises(Refused, match="đã có lượt đi cơ sở này"):
        await direct(work)
    await direct(work, to=BINH)
    await direct(work, monday=THIS + WEEK)


async def test_nobody_directs_outside_of_what_they_lead(work: Work) -> None:
    for by, to, site in (
        (DUNG, AN, BEN_QUE),  # a site outside
        (DUNG, CUC, SEN_VANG),  # an officer outside
        (DUNG, MAI, SEN_VANG),  # no officer at all
        (HA, AN, SEN_VANG),  # an administrator directs nobody
        (AN, BINH, SEN_VANG),
        (KHOA, CUC, SEN_VANG),
    ):
        with pytest.raises(Refused):
            pytest.fail(f"{by.name} directed: {await direct(work, by, to, site)}")
    assert await rows(work, Visit) == []
    assert await rows(work, OutboxMessage) == []


async def test_officers_and_sites_are_found_without_accents_within_the_scope(work: Work) -> None:
    dung = await acting(work, DUNG)
    assert await supervision.officers_like(work, dung, "binh") == [(BINH.id, BINH.full_name)]
    assert (await supervision.sites_like(work, dung, "giay tan lua"))[0][0] == TAN_LUA.id
    everybody = await supervision.officers_like(work, dung, "")
    assert {key for key, _ in everybody} == {AN.id, BINH.id}
    assert BEN_QUE.id not in {key for key, _ in await supervision.sites_like(work, dung, "")}


async def test_a_visit_given_to_another_is_told_to_both_and_starts_anew(work: Work) -> None:
    key = await an_open_visit(
        work,
        status="confirmed",
        day=THIS,
        reminded=["no_day"],
        reasons=[["turn", None], ["in_charge", None]],
    )
    await keep(work, a_reminder(key))
    await reassignment.reassign(Context(work, await acting(work, DUNG), NOW), key, BINH.id, OF_AN)
    (visit,) = await rows(work, Visit)
    assert (visit.officer_id, visit.status, visit.day) == (BINH.id, VisitStatus.PLANNED, None)
    assert visit.reasons == [["turn", None]]
    assert visit.remind_at
    assert visit.remind_at > NOW
    assert BINH.full_name in (await told(work))[AN.id]
    assert SEN_VANG.name in (await told(work))[BINH.id]
    assert await events(work) == [("reassigned", DUNG.id)]
    states = {m.dedupe_key: m.state for m in await rows(work, OutboxMessage)}
    assert states["old"] is OutboxState.CANCELLED


def a_reminder(visit: int) -> OutboxMessage:
    return OutboxMessage(
        dedupe_key="old",
        person_id=AN.id,
        subject=f"visit:{visit}",
        lane=Lane.REMINDER,
        text="nhắc",
        not_before=NOW,
        created_at=NOW,
    )


async def test_a_draft_of_the_former_officer_is_kept(work: Work) -> None:
    key = await an_open_visit(work)
    await keep(work, a_draft(key))
    await reassignment.reassign(Context(work, await acting(work, DUNG), NOW), key, BINH.id, OF_AN)
    assert len(await rows(work, Draft)) == 1


def a_draft(visit: int) -> Draft:
    return Draft(
        form="report",
        owner=f"p:{AN.id}",
        subject=f"visit:{visit}",
        about={"visit_id": visit},
        created_at=NOW,
        updated_at=NOW,
    )


async def test_whoever_has_least_is_offered_first_and_leave_is_shown(work: Work) -> None:
    key = await an_open_visit(work, CUC)  # a guest from Long Hòa
    await keep(
        work,
        a_visit(TAN_LUA, AN),
        a_visit(SONG_LANH, AN),
        a_visit(TAN_LUA, BINH),
        Leave(person_id=BINH.id, first_day=THIS, last_day=THIS),
    )
    by_dung = await reassignment.candidates(work, await acting(work, DUNG), key, 0, NOW)
    assert [(c.person.id, c.open, c.on_leave) for c in by_dung.candidates] == [
        (AN.id, 2, False),
        (BINH.id, 1, True),
    ]
    await keep(work, a_visit(SEN_VANG, AN, nth=1))  # goes there already
    by_giang = await reassignment.candidates(work, await acting(work, GIANG), key, 0, NOW)
    assert [c.person.id for c in by_giang.candidates] == [BINH.id]


async def test_of_two_who_give_the_same_visit_away_the_second_is_told(work: Work) -> None:
    key = await an_open_visit(work)
    dung, giang = await acting(work, DUNG), await acting(work, GIANG)
    outcome = await both(
        reassignment.reassign(Context(work, dung, NOW), key, BINH.id, OF_AN),
        reassignment.reassign(Context(work, giang, NOW), key, CUC.id, OF_AN),
    )
    assert len(outcome) == 1
    assert "vừa được giao" in outcome[0]
    assert len(await events(work)) == 1


async def test_a_visit_is_not_given_to_somebody_who_has_that_site_already(work: Work) -> None:
    key = await an_open_visit(work)
    await keep(work, a_visit(SEN_VANG, BINH, status="reported", nth=1))
    with pytest.raises(Refused, match="đã có lượt đi cơ sở này"):
        await reassignment.reassign(
            Context(work, await acting(work, DUNG), NOW), key, BINH.id, OF_AN
        )
    assert await events(work) == []


async def both(*decisions: Awaitable[Any]) -> list[str]:
    """The refusals, when decided at once."""
    found = await asyncio.gather(*decisions, return_exceptions=True)
    assert not [f for f in found if isinstance(f, Exception) and not isinstance(f, Refused)]
    return [str(f) for f in found if isinstance(f, Refused)]


async def test_a_granted_swap_gives_the_next_best_site(work: Work) -> None:
    key = await an_open_visit(work, swap_asked="Trùng lịch")
    await keep(work, a_visit(VI_NA_SUN, BINH), a_draft(key))
    dung = await acting(work, DUNG)
    decided, former = await reassignment.give_other_site(Context(work, dung, NOW), key)
    assert former == SEN_VANG.name
    assert decided.site.id not in (SEN_VANG.id, VI_NA_SUN.id)  # not the old one, nor a taken one
    visit = (await rows(work, Visit))[0]
    assert (visit.site_id, visit.swap_asked) == (decided.site.id, "")
    assert visit.reasons
    assert decided.site.name in (await told(work))[AN.id]
    assert await events(work) == [("swapped", DUNG.id)]
    assert await rows(work, Draft) == []  # it was about the former site


async def test_no_other_site_left_is_said(work: Work) -> None:
    key = await an_open_visit(work, swap_asked="Trùng lịch")
    others = (SONG_LANH, TAN_LUA, BA_NHIP, VI_NA_SUN)
    await keep(work, *(a_visit(site, AN) for site in others))
    with pytest.raises(Refused, match="cơ sở nào khác"):
        await reassignment.give_other_site(Context(work, await acting(work, DUNG), NOW), key)
    assert (await rows(work, Visit))[0].swap_asked == "Trùng lịch"


async def test_a_refused_swap_leaves_the_visit_and_is_told_kindly(work: Work) -> None:
    key = await an_open_visit(work, swap_asked="Trùng lịch", status="confirmed", day=THIS)
    await reassignment.keep_site(Context(work, await acting(work, DUNG), NOW), key)
    (visit,) = await rows(work, Visit)
    assert (visit.status, visit.day, visit.swap_asked) == (VisitStatus.CONFIRMED, THIS, "")
    assert "giữ nguyên" in (await told(work))[AN.id]
    assert await events(work) == [("swap_refused", DUNG.id)]


async def test_a_swap_is_decided_once_and_the_second_supervisor_is_told_by_whom(
    work: Work,
) -> None:
    key = await an_open_visit(work, swap_asked="Trùng lịch")
    dung, giang = await acting(work, DUNG), await acting(work, GIANG)
    outcome = await both(
        reassignment.give_other_site(Context(work, dung, NOW), key),
        reassignment.keep_site(Context(work, giang, NOW), key),
    )
    assert len(outcome) == 1
    assert "đã được xem xét" in outcome[0]
    assert DUNG.full_name in outcome[0] or GIANG.full_name in outcome[0]
    for again in (
        reassignment.give_other_site(Context(work, dung, NOW), key),
        reassignment.keep_site(Context(work, dung, NOW), key),
        reassignment.swap_request(Context(work, dung, NOW), key),
        reassignment.reassign(Context(work, dung, NOW), key, BINH.id, OF_AN, swap=True),
    ):
        with pytest.raises(Refused, match="đã được xem xét"):
            await again
    assert len(await events(work)) == 1


@pytest.mark.parametrize("status", ["planned", "confirmed", "missed"])
async def test_an_excused_visit_is_closed_and_no_longer_reminded_of(
    work: Work, status: str
) -> None:
    key = await an_open_visit(work, status=status, remind_at=FRIDAY_1500)
    await supervision.excuse(Context(work, await acting(work, DUNG), NOW), key, "Ốm đau")
    (visit,) = await rows(work, Visit)
    assert (visit.status, visit.excuse) == (VisitStatus.EXCUSED, "Ốm đau")
    assert visit.remind_at is None
    assert "Ốm đau" in (await told(work))[AN.id]
    assert await events(work) == [("excused", DUNG.id)]


@pytest.mark.parametrize("status", ["reported", "excused"])
async def test_what_is_done_cannot_be_moved_or_excused(work: Work, status: str) -> None:
    key = await an_open_visit(work, status=status)
    dung = await acting(work, DUNG)
    over = NOW if status == "reported" else NOW + WEEK  # an excused one is given away in its week
    for call in (
        supervision.excuse(Context(work, dung, NOW), key, WHY),
        supervision.to_excuse(work, dung, key),
        reassignment.reassign(Context(work, dung, over), key, BINH.id, OF_AN),
        reassignment.candidates(work, dung, key, 0, over),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            await call


async def test_only_those_who_lead_the_site_decide(work: Work) -> None:
    key = await an_open_visit(work, swap_asked="Trùng lịch")
    for one in (AN, BINH, HA, KHOA, MAI, CUC):
        actor = await acting(work, one)
        for call in (
            supervision.excuse(Context(work, actor, NOW), key, WHY),
            supervision.to_excuse(work, actor, key),
            reassignment.reassign(Context(work, actor, NOW), key, BINH.id, OF_AN),
            reassignment.candidates(work, actor, key, 0, NOW),
            reassignment.swap_request(Context(work, actor, NOW), key),
            reassignment.give_other_site(Context(work, actor, NOW), key),
            reassignment.keep_site(Context(work, actor, NOW), key),
        ):
            with pytest.raises(Refused, match="chưa được giao quyền"):
                pytest.fail(f"{one.name} decided: {await call}")
    assert await events(work) == []


async def test_notices_wait_for_the_morning(work: Work) -> None:
    key = await an_open_visit(work)
    late = NOW + timedelta(hours=8)  # 23:00
    await supervision.excuse(Context(work, await acting(work, DUNG), late), key, WHY)
    (message,) = await rows(work, OutboxMessage)
    assert message.not_before == late + timedelta(hours=7, minutes=30)
