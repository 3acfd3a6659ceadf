"""Who owes a report, who is prompted, and what the receiving unit may do about it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession
from structlog.testing import capture_logs

from bot.config.settings import Settings
from bot.core.access import grants_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor, Grant
from bot.core.rules.programmes import Programme, ReportDue
from bot.core.work import Work
from bot.programmes import load
from bot.summaries.rules.summaries import QuestionKind
from bot.summaries.services import follow_up, obligations, prompts, requests
from bot.summaries.services.requests import NewRequest, Question
from storage import marks
from storage.addresses import TELEGRAM, Address
from storage.enums import OutboxState, Role, UnitKind
from storage.models import (
    Membership,
    Obligation,
    OutboxMessage,
    Person,
    PersonAddress,
    ReportRequest,
    Summary,
    SummarySection,
    Unit,
)
from storage.people import address_row
from storage.store import Store
from tests.cast import AN, CUC, DUNG, GIANG, HA, HON_SAO, KCN, LONG_HOA, TINH, VAULT, settle
from tests.rows import every
from tests.summaries.obligation_help import owes

DUE = date(2026, 12, 15)
YEARLY = ReportDue("year", "Báo cáo năm", (15, 12), "II.3")
PLAN = Programme(
    "p", "Kế hoạch", "KH", "LĐLĐ", "s", date(2020, 5, 1), "Ban", "Ban", reports=(YEARLY,)
)


def on(day: int, clock: str = "08:00", month: int = 12, year: int = 2026) -> datetime:
    return at(date(year, month, day), time.fromisoformat(clock))


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    """The cast, under one plan with one yearly report."""
    await settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT, (PLAN,))


async def actor(work: Work, person_id: int, name: str = "Võ Trường Giang") -> Actor:
    async with work.read() as session:
        grants = (await grants_of(session, [person_id])).get(person_id, ())
    return Actor(person_id, name, grants)


async def owed(work: Work) -> dict[str, Obligation]:
    async with work.read() as session:
        return {one.key: one for one in (await session.exec(select(Obligation))).all()}


async def said(work: Work, beginning: str) -> list[OutboxMessage]:
    async with work.read() as session:
        found = (await session.exec(select(OutboxMessage).order_by(OutboxMessage.id))).all()
    return [one for one in found if one.dedupe_key.startswith(beginning)]


async def change(work: Work, unit_id: int, **values: object) -> None:
    async with work.write() as session:
        unit = await session.get_one(Unit, unit_id)
        for key, value in values.items():
            setattr(unit, key, value)


async def summary(work: Work, unit_id: int, state: str, version: int = 0, **texts: str) -> None:
    key = f"p:year:2026:{unit_id}"
    async with work.write() as session:
        (one,) = (await session.exec(select(Obligation).where(Obligation.key == key))).all()
        known = await session.exec(select(Summary).where(Summary.obligation_id == one.id))
        found = known.first() or Summary(
            obligation_id=one.id or 0, unit_id=unit_id, created_at=on(1), updated_at=on(1)
        )
        found.state, found.version = state, version
        session.add(found)
        await session.flush()
        session.add_all(
            SummarySection(
                summary_id=found.id or 0,
                section=section.replace("_", "."),
                text=text,
                author_id=DUNG.id,
                at=on(1),
            )
            for section, text in texts.items()
        )


# ---- What is owed --------------------------------------------------------------------------


async def test_every_upper_union_owes_its_parent_once(work: Work) -> None:
    for day in (16, 16, 17):
        await obligations.ensure_obligations(work, on(day, month=11))
    found = await owed(work)
    assert sorted(found) == [f"p:year:2026:{unit.id}" for unit in (KCN, LONG_HOA, HON_SAO)]
    one = found[f"p:year:2026:{KCN.id}"]
    assert (one.to_unit_id, one.due_before, one.title) == (TINH.id, DUE, "Báo cáo năm")
    assert (one.first_day, one.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert one.remind_at == on(13, month=11), "15/11 is a Sunday"
    assert (one.group, one.programme, one.report) == ("p:year:2026", "p", "year")


async def test_nothing_is_owed_more_than_sixty_days_ahead(work: Work) -> None:
    await obligations.ensure_obligations(work, on(15, month=10))
    assert await owed(work) == {}
    await obligations.ensure_obligations(work, on(16, month=10))
    assert len(await owed(work)) == 3


async def test_a_first_start_after_the_deadline_asks_for_nothing(work: Work) -> None:
    await obligations.ensure_obligations(work, on(15))
    assert await owed(work) == {}


async def test_a_deadline_that_passed_while_the_program_was_down_is_made_up_for(
    work: Work,
) -> None:
    async with work.write() as session:
        await marks.set_mark(session, obligations.ENTRY, on(1, month=9))
    back = on(10, month=1, year=2027)
    await obligations.ensure_obligations(work, back)
    assert len(await owed(work)) == 3
    await prompts.STREAM.ensure(work, back)
    (message,) = [m for m in await said(work, "owe:") if m.person_id == DUNG.id]
    assert "trễ hạn 27 ngày" in message.text


async def test_a_plan_put_in_force_after_the_deadline_asks_for_nothing(work: Work) -> None:
    async with work.write() as session:
        await marks.set_mark(session, obligations.ENTRY, on(19))
    await obligations.ensure_obligations(work, on(20))
    assert await owed(work) == {}


async def test_over_new_year_both_years_are_owed_each_in_its_turn(work: Work) -> None:
    early = replace(YEARLY, key="early", before=(20, 1))
    work = replace(work, programmes=(replace(PLAN, reports=(YEARLY, early)),))
    await obligations.ensure_obligations(work, on(1))
    keys = sorted({one.group for one in (await owed(work)).values()})
    assert keys == ["p:early:2027", "p:year:2026"]


async def test_only_the_units_that_the_plan_names_owe(work: Work) -> None:
    work = replace(work, programmes=(replace(PLAN, units=("kcn",)),))
    await obligations.ensure_obligations(work, on(16, month=11))
    assert [one.unit_id for one in (await owed(work)).values()] == [KCN.id]
    await change(work, KCN.id, dissolved_on=date(2026, 12, 1), successor_id=LONG_HOA.id)
    await obligations.ensure_obligations(work, on(2))
    still = [one.unit_id for one in (await owed(work)).values() if one.excused_at is None]
    assert still == [LONG_HOA.id]


async def test_a_unit_made_before_the_deadline_owes_and_one_made_on_it_does_not(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    async with work.write() as session:
        for number, since in ((50, 14), (51, 15)):
            session.add(
                Unit(
                    id=number,
                    code=f"M{number}",
                    name="CĐ mới",
                    folded="cd moi",
                    kind=UnitKind.UPPER,
                    parent_id=TINH.id,
                    path=f"/1/{number}/",
                    known_since=date(2026, 12, since),
                )
            )
    await obligations.ensure_obligations(work, on(14, "09:00"))
    units = {one.unit_id for one in (await owed(work)).values()}
    assert 50 in units
    assert 51 not in units


@pytest.mark.parametrize(
    ("dissolved", "successor", "excuse"),
    [
        (date(2026, 12, 14), LONG_HOA.id, "Đã nhập vào CĐ phường Long Hòa"),
        (date(2026, 12, 14), None, "Đơn vị đã giải thể"),
        (date(2026, 12, 15), LONG_HOA.id, ""),  # it was there on the last day in time
    ],
)
async def test_a_unit_gone_before_the_deadline_owes_no_longer(
    work: Work, dissolved: date, successor: int | None, excuse: str
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await change(work, KCN.id, dissolved_on=dissolved, successor_id=successor)
    await obligations.ensure_obligations(work, on(15, "00:30"))
    one = (await owed(work))[f"p:year:2026:{KCN.id}"]
    assert (one.excuse, one.excused_by) == (excuse, None)
    assert (one.excused_at is not None) == bool(excuse)
    await prompts.STREAM.ensure(work, on(15))
    assert bool([m for m in await said(work, "owe:") if m.person_id == DUNG.id]) != bool(excuse)


async def test_a_merger_of_the_morning_is_known_when_the_prompt_is_due(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=10))
    await change(work, KCN.id, dissolved_on=date(2026, 11, 15), successor_id=LONG_HOA.id)
    await prompts.STREAM.ensure(work, on(15, month=11))
    assert {m.person_id for m in await said(work, "owe:")} == {CUC.id}
    assert (await owed(work))[f"p:year:2026:{KCN.id}"].excuse == "Đã nhập vào CĐ phường Long Hòa"


async def test_a_dissolution_entered_by_mistake_and_put_right_leaves_the_unit_owing(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await change(work, KCN.id, dissolved_on=date(2026, 11, 16))
    await obligations.ensure_obligations(work, on(17, month=11))
    await change(work, KCN.id, dissolved_on=None)
    await obligations.ensure_obligations(work, on(18, month=11))
    one = (await owed(work))[f"p:year:2026:{KCN.id}"]
    assert one.excused_at is None
    assert one.remind_at is not None


async def test_the_half_yearly_plan_needs_nothing_but_its_data(work: Work) -> None:
    """`ctr-1306`: before 10/6 and before 25/11, by the file in the package alone."""
    kept_on = {"active": ("ctr-1306",), "prolonged": {"ctr-1306": date(2027, 12, 31)}}
    plans = load(work.settings.programmes.model_copy(update=kept_on))
    work = replace(work, programmes=plans)
    for month, due, first in ((5, (10, 6), on(11, month=5, year=2027)), (11, (25, 11), None)):
        await obligations.ensure_obligations(work, on(10, month=month, year=2027))
        found = [o for o in (await owed(work)).values() if o.due_before == date(2027, *due[::-1])]
        assert {one.unit_id for one in found} == {KCN.id, LONG_HOA.id, HON_SAO.id}
        if first:
            assert {one.remind_at for one in found} == {first}


async def test_other_days_in_the_settings_count_from_the_next_night_on(work: Work) -> None:
    await obligations.ensure_obligations(work, on(1, month=11))
    summaries = work.settings.summaries.model_copy(update={"remind_days": (40, 20)})
    work = replace(work, settings=work.settings.model_copy(update={"summaries": summaries}))
    await obligations.ensure_obligations(work, on(2, month=11))
    assert {one.remind_at for one in (await owed(work)).values()} == {on(5, month=11)}


async def test_a_unit_that_joins_after_the_deadline_was_moved_owes_by_the_new_one(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    later = date(2026, 12, 22)
    await follow_up.move_deadline(
        Context(work, await actor(work, GIANG.id), on(1)), "p:year:2026", later
    )
    await change(work, 11, kind=UnitKind.UPPER, known_since=date(2026, 12, 2))
    await obligations.ensure_obligations(work, on(2))
    assert (await owed(work))["p:year:2026:11"].due_before == DUE, "of another receiver"
    await change(work, 12, kind=UnitKind.UPPER, parent_id=TINH.id)
    await obligations.ensure_obligations(work, on(3))
    assert (await owed(work))["p:year:2026:12"].due_before == later


async def test_what_a_merged_unit_sent_stays_sent(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await summary(work, KCN.id, "sent", 1)
    await change(work, KCN.id, dissolved_on=date(2026, 12, 1), successor_id=LONG_HOA.id)
    await obligations.ensure_obligations(work, on(2))
    assert (await owed(work))[f"p:year:2026:{KCN.id}"].excused_at is None


async def test_predecessors_are_found_through_chains_and_rings(work: Work) -> None:
    gone = date(2026, 6, 1)
    await change(work, KCN.id, dissolved_on=gone, successor_id=LONG_HOA.id)
    await change(work, LONG_HOA.id, dissolved_on=gone, successor_id=HON_SAO.id)
    async with work.read() as session:
        found = await obligations.predecessors(session, [HON_SAO.id, LONG_HOA.id, TINH.id])
    assert found == {HON_SAO.id: [KCN.id, LONG_HOA.id], LONG_HOA.id: [KCN.id], TINH.id: []}
    await change(work, HON_SAO.id, dissolved_on=gone, successor_id=KCN.id)
    async with work.read() as session:
        assert await obligations.predecessors(session, [HON_SAO.id]) == {
            HON_SAO.id: [KCN.id, LONG_HOA.id]
        }


async def test_a_unit_is_told_through_its_own_supervisors_else_its_officers(work: Work) -> None:
    async with work.read() as session:
        ids = [unit.id for unit in (TINH, KCN, LONG_HOA, HON_SAO)]
        found = await obligations.leaders_of(session, ids)
    assert found == {TINH.id: [GIANG.id], KCN.id: [DUNG.id], LONG_HOA.id: [CUC.id]}


# ---- Prompts -------------------------------------------------------------------------------


async def test_a_prompt_says_what_is_still_missing(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=10))
    await summary(work, KCN.id, "writing", II="Đã triển khai", IV_1="  ")
    await prompts.STREAM.ensure(work, on(15, month=11))
    text = {m.person_id: m.text for m in await said(work, "owe:")}
    assert "Còn 30 ngày" in text[DUNG.id]
    assert "14/12/2026" in text[DUNG.id]
    assert "II. Chỉ đạo" not in text[DUNG.id]
    assert "Còn thiếu" in text[DUNG.id]
    assert "IV.1 Ưu điểm" in text[DUNG.id]
    assert "chưa lập báo cáo phần nào" in text[CUC.id]
    assert "II. Chỉ đạo" in text[CUC.id]
    assert AN.id not in text


async def test_prompts_follow_the_state_of_the_summary(work: Work) -> None:
    """Sent: silence. Returned: prompted again. Accepted: silence for good."""
    await obligations.ensure_obligations(work, on(16, month=10))

    async def dung(moment: datetime) -> int:
        await prompts.STREAM.ensure(work, moment)
        return len([m for m in await said(work, "owe:") if m.person_id == DUNG.id])

    assert await dung(on(15, month=11)) == 1
    await summary(work, KCN.id, "sent", 1)
    assert await dung(on(1)) == 1
    await summary(work, KCN.id, "returned", 1)
    assert await dung(on(2)) == 1, "what came due meanwhile is over"
    assert await dung(on(8)) == 2
    assert "trả lại" in [m.text for m in await said(work, "owe:") if m.person_id == DUNG.id][-1]
    await summary(work, KCN.id, "accepted", 1)
    for moment in (on(12), on(14), on(15), on(21), on(28)):
        assert await dung(moment) == 2
    assert (await owed(work))[f"p:year:2026:{KCN.id}"].remind_at is None


async def test_a_summary_just_returned_is_not_prompted_for_what_came_due_before(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await summary(work, KCN.id, "returned", 1)
    async with work.write() as session:
        one = await session.get_one(Obligation, await one_of(work, KCN.id))
        one.remind_at = None  # as sending leaves it
        obligations.plan_next(work, one, on(9, "10:00"), "returned")
        assert one.remind_at == on(11), "12/12 is a Saturday"


async def test_a_summary_returned_and_not_sent_again_is_not_called_late(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await summary(work, KCN.id, "returned", 1)
    await prompts.STREAM.ensure(work, on(15))
    (text,) = [m.text for m in await said(work, "owe:") if m.person_id == DUNG.id]
    assert "trả lại" in text
    assert "quá hạn" not in text
    assert "các KCN" not in (await said(work, "late:"))[0].text


async def test_a_prompt_is_owed_once_however_often_the_clock_is_looked_at(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=10))
    for minute in range(3):
        await prompts.STREAM.ensure(work, on(15, month=11) + timedelta(minutes=minute))
    assert len(await said(work, "owe:")) == 2  # Dũng, Cúc; Hòn Sao has nobody
    assert await prompts.STREAM.next_due(work) == on(1)


async def test_on_the_day_the_late_are_listed_once_with_those_nobody_can_be_told_for(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await summary(work, LONG_HOA.id, "sent", 1)
    await prompts.STREAM.ensure(work, on(14, "20:00"))
    assert await said(work, "late:") == []
    await prompts.STREAM.ensure(work, on(15))
    (listed,) = await said(work, "late:")
    assert listed.person_id == GIANG.id
    assert "<b>2</b>/3 đơn vị" in listed.text
    assert "CĐ các KCN tỉnh" in listed.text
    assert "Long Hòa" not in listed.text
    assert "CĐ đặc khu Hòn Sao – chưa có người nhận" in listed.text
    await prompts.STREAM.ensure(work, on(21))
    assert len(await said(work, "late:")) == 1
    assert "trễ hạn 7 ngày" in (await said(work, "owe:"))[-1].text


async def test_nobody_late_no_list(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    for unit in (KCN, LONG_HOA, HON_SAO):
        await summary(work, unit.id, "sent", 1)
    await prompts.STREAM.ensure(work, on(15))
    assert await said(work, "late:") == []


async def board_unit(work: Work, person: int | None) -> Work:
    """Ban Tổ chức below the province chases; somebody leads it."""
    async with work.write() as session:
        unit = Unit(
            id=60,
            code="BTC",
            name="Ban Tổ chức",
            folded="ban to chuc",
            kind=UnitKind.FEDERATION,
            parent_id=TINH.id,
            path="/1/60/",
            known_since=date(2026, 1, 1),
        )
        session.add(unit)
        await session.flush()
        if person:
            session.add(Person(id=person, name="Lý Hải", folded="ly hai", joined_at=on(1)))
            await session.flush()
            session.add(Membership(person_id=person, role=Role.SUPERVISOR, unit_id=60))
            session.add(address_row(person, Address(TELEGRAM, "7000000090")))
    summaries = work.settings.summaries.model_copy(update={"chaser": "BTC"})
    return replace(work, settings=work.settings.model_copy(update={"summaries": summaries}))


@pytest.mark.parametrize(("person", "told"), [(90, 90), (None, GIANG.id)])
async def test_the_list_goes_to_the_configured_unit_and_else_to_the_receiver(
    work: Work, person: int | None, told: int
) -> None:
    work = await board_unit(work, person)
    await obligations.ensure_obligations(work, on(16, month=11))
    await prompts.STREAM.ensure(work, on(15))
    assert [m.person_id for m in await said(work, "late:")] == [told]


@pytest.mark.parametrize("how", ["blocked the bot", "never came in"])
async def test_where_the_list_comes_to_nobody_who_chases_the_next_above_hears_too(
    work: Work, how: str
) -> None:
    work = await board_unit(work, 90)
    await obligations.ensure_obligations(work, on(16, month=11))
    async with work.write() as session:
        if how == "never came in":
            await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == 90))
        else:
            (await session.get_one(Person, 90)).blocked_at = on(1)
    await prompts.STREAM.ensure(work, on(15))
    assert {m.person_id for m in await said(work, "late:")} == {90, GIANG.id}


async def test_an_unknown_chasing_unit_is_logged_and_the_receiver_hears(work: Work) -> None:
    summaries = work.settings.summaries.model_copy(update={"chaser": "BTX"})
    work = replace(work, settings=work.settings.model_copy(update={"summaries": summaries}))
    with capture_logs() as logs:
        await obligations.ensure_obligations(work, on(16, month=11))
        await prompts.STREAM.ensure(work, on(15))
    assert [m.person_id for m in await said(work, "late:")] == [GIANG.id]
    unknown = {"event": "summaries.chaser_unknown", "log_level": "warning", "code": "BTX"}
    assert logs.count(unknown) == 2, "every night, and when it would have been told"


async def test_a_list_of_the_late_that_nobody_can_be_told_is_logged(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    async with work.write() as session:
        for one in await session.exec(select(Membership).where(Membership.person_id == GIANG.id)):
            one.ended_at = on(1)
    with capture_logs() as logs:
        await prompts.STREAM.ensure(work, on(15))
    assert await said(work, "late:") == []
    lost = {"event": "summaries.nobody_hears", "log_level": "warning", "unit": TINH.code}
    assert lost in logs


async def test_whoever_leads_the_chasing_unit_may_remind_and_nobody_else_below(
    work: Work,
) -> None:
    work = await board_unit(work, 90)
    await obligations.ensure_obligations(work, on(16, month=11))
    hai = await actor(work, 90, "Lý Hải")
    assert await follow_up.remind(Context(work, hai, on(1)), "p:year:2026", None) == 2
    for person in (DUNG.id, CUC.id, HA.id, AN.id):
        with pytest.raises(Refused):
            await follow_up.remind(
                Context(work, await actor(work, person), on(2)), "p:year:2026", None
            )


# ---- Chasing -------------------------------------------------------------------------------


async def one_of(work: Work, unit_id: int) -> int:
    return (await owed(work))[f"p:year:2026:{unit_id}"].id or 0


async def test_a_unit_is_reminded_once_an_hour_however_many_ask(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang = await actor(work, GIANG.id)
    assert await follow_up.remind(Context(work, giang, on(1, "09:00")), "p:year:2026", KCN.id) == 1
    with pytest.raises(Refused, match="09:00 01/12/2026"):
        await follow_up.remind(Context(work, giang, on(1, "09:59")), "p:year:2026", KCN.id)
    assert (
        await follow_up.remind(Context(work, giang, on(1, "09:59")), "p:year:2026", None) == 1
    )  # Cúc
    with pytest.raises(Refused, match="một giờ"):
        await follow_up.remind(Context(work, giang, on(1, "09:59")), "p:year:2026", None)
    assert await follow_up.remind(Context(work, giang, on(1, "11:00")), "p:year:2026", None) == 2
    assert [m.person_id for m in await said(work, "chase:")] == [DUNG.id, CUC.id, DUNG.id, CUC.id]
    with pytest.raises(Refused, match="liên hệ trực tiếp"):
        await follow_up.remind(Context(work, giang, on(1, "11:00")), "p:year:2026", HON_SAO.id)


async def test_whoever_has_sent_is_not_reminded_and_nobody_is_left(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang = await actor(work, GIANG.id)
    await summary(work, KCN.id, "sent", 1)
    assert await follow_up.remind(Context(work, giang, on(1)), "p:year:2026", None) == 1
    with pytest.raises(Refused, match="Không còn đơn vị"):
        await follow_up.remind(Context(work, giang, on(1)), "p:year:2026", KCN.id)


async def test_an_excused_unit_is_told_why_and_left_alone(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang, number = await actor(work, GIANG.id), await one_of(work, KCN.id)
    await follow_up.excuse(Context(work, giang, on(1)), number, "Đang sắp xếp lại")
    one = (await owed(work))[f"p:year:2026:{KCN.id}"]
    assert (one.excused_by, one.excuse, one.remind_at) == (GIANG.id, "Đang sắp xếp lại", None)
    (told,) = await said(work, "excused:")
    assert told.person_id == DUNG.id
    assert "Đang sắp xếp lại" in told.text
    await prompts.STREAM.ensure(work, on(15))
    assert DUNG.id not in {m.person_id for m in await said(work, "owe:")}
    assert "các KCN" not in (await said(work, "late:"))[0].text
    with pytest.raises(Refused, match="đã được miễn"):
        await follow_up.excuse(Context(work, giang, on(2)), number, "Lần nữa")


async def prompted(work: Work) -> set[int | None]:
    return {m.person_id for m in await said(work, "owe:")}


async def test_an_excuse_is_taken_back_and_the_unit_owes_again(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang, number = await actor(work, GIANG.id), await one_of(work, KCN.id)
    with pytest.raises(Refused, match="không được miễn"):
        await follow_up.owe_again(Context(work, giang, on(1)), number)
    await follow_up.excuse(Context(work, giang, on(1)), number, "Nhầm")
    with pytest.raises(Refused):
        await follow_up.owe_again(Context(work, await actor(work, DUNG.id), on(2)), number)
    await follow_up.owe_again(Context(work, giang, on(2)), number)
    one = (await owed(work))[f"p:year:2026:{KCN.id}"]
    assert (one.excused_at, one.excused_by, one.excuse) == (None, None, "")
    (told,) = await said(work, "owe-again:")
    assert told.person_id == DUNG.id
    assert "trước ngày 15/12/2026" in told.text
    await prompts.STREAM.ensure(work, on(2))
    assert DUNG.id not in await prompted(work), "he was told just now"
    await prompts.STREAM.ensure(work, on(8))
    assert DUNG.id in await prompted(work)


async def test_the_excuse_of_a_dissolved_unit_is_taken_back_in_the_list_of_units_only(
    work: Work,
) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await change(work, LONG_HOA.id, dissolved_on=date(2026, 11, 20), successor_id=KCN.id)
    await obligations.ensure_obligations(work, on(21, month=11))
    with pytest.raises(Refused, match="danh sách đơn vị"):
        await follow_up.owe_again(
            Context(work, await actor(work, GIANG.id), on(1)), await one_of(work, LONG_HOA.id)
        )


async def test_what_was_sent_is_not_excused(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    await summary(work, KCN.id, "sent", 1)
    giang, number = await actor(work, GIANG.id), await one_of(work, KCN.id)
    with pytest.raises(Refused, match="đã gửi"):
        await follow_up.excuse(Context(work, giang, on(2)), number, "Thôi")


@pytest.mark.parametrize("person", [DUNG.id, CUC.id, HA.id, AN.id, 0])
async def test_only_supervisors_of_the_receiving_unit_decide(work: Work, person: int) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    other, number = await actor(work, person), await one_of(work, KCN.id)
    for act in (
        follow_up.excuse(Context(work, other, on(2)), number, "Thôi"),
        follow_up.move_deadline(Context(work, other, on(2)), "p:year:2026", date(2026, 12, 22)),
        follow_up.remind(Context(work, other, on(2)), "p:year:2026", KCN.id),
        follow_up.look(Context(work, other, on(2)), number),
    ):
        with pytest.raises(Refused):
            await act


async def test_a_moved_deadline_is_told_and_prompts_begin_anew(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=10))
    await prompts.STREAM.ensure(work, on(14))
    await summary(work, LONG_HOA.id, "sent", 1)
    giang, later = await actor(work, GIANG.id), date(2026, 12, 22)
    assert (
        await follow_up.move_deadline(Context(work, giang, on(14, "10:00")), "p:year:2026", later)
        == 3
    )
    (told,) = await said(work, "moved:")
    assert told.person_id == DUNG.id
    assert "15/12/2026" in told.text
    assert "trước ngày 22/12/2026" in told.text
    before = len(await said(work, "owe:"))
    await prompts.STREAM.ensure(work, on(14, "10:01"))
    assert len(await said(work, "owe:")) == before, "they were told just now"
    await prompts.STREAM.ensure(work, on(15))
    assert "Còn 7 ngày" in (await said(work, "owe:"))[-1].text
    assert await said(work, "late:") == []
    await obligations.ensure_obligations(work, on(16))
    assert {one.due_before for one in (await owed(work)).values()} == {later}
    await prompts.STREAM.ensure(work, on(22))
    assert len(await said(work, "late:")) == 1


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (date(2026, 12, 2), "từ ngày mai"),
        (date(2026, 11, 30), "từ ngày mai"),
        (date(2028, 1, 1), "một năm"),
        (DUE, "đang là"),
    ],
)
async def test_a_deadline_that_makes_no_sense_is_refused(work: Work, due: date, why: str) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang = await actor(work, GIANG.id)
    with pytest.raises(Refused, match=why):
        await follow_up.move_deadline(Context(work, giang, on(2)), "p:year:2026", due)


async def test_a_waiting_prompt_about_the_old_deadline_is_not_sent(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=10))
    await prompts.STREAM.ensure(work, on(14))
    giang = await actor(work, GIANG.id)
    await follow_up.move_deadline(
        Context(work, giang, on(14, "10:00")), "p:year:2026", date(2026, 12, 22)
    )
    assert {m.state for m in await said(work, "owe:")} == {OutboxState.CANCELLED}


# ---- Requests ------------------------------------------------------------------------------

NEW = NewRequest(
    "Tình hình thưởng Tết",
    date(2026, 12, 11),
    (Question("Bao nhiêu nơi đã công bố?", QuestionKind.NUMBER), Question("Vướng mắc gì?")),
    "Chuẩn bị họp",
)


async def test_a_request_is_owed_told_at_once_and_prompted_while_there_is_time(work: Work) -> None:
    facts = await requests.ask(Context(work, await actor(work, GIANG.id), on(1, "10:00")), NEW)
    assert facts.units == 3
    assert [unit.id for unit in facts.mute] == [HON_SAO.id]
    async with work.read() as session:
        (request,) = (await session.exec(select(ReportRequest))).all()
    assert request.questions == [
        {"key": "q1", "ask": "Bao nhiêu nơi đã công bố?", "kind": "number"},
        {"key": "q2", "ask": "Vướng mắc gì?", "kind": "words"},
    ]
    found = await owed(work)
    assert sorted(found) == [f"request:{request.id}:{n}" for n in (KCN.id, LONG_HOA.id, HON_SAO.id)]
    assert {one.group for one in found.values()} == {f"request:{request.id}"}
    assert {m.person_id for m in await said(work, "asked:")} == {DUNG.id, CUC.id}
    assert "2. Vướng mắc gì?" in (await said(work, "asked:"))[0].text
    await prompts.STREAM.ensure(work, on(1, "10:01"))
    assert await said(work, "owe:") == []
    await prompts.STREAM.ensure(work, on(4))
    text = (await said(work, "owe:"))[0].text
    assert "Còn 7 ngày" in text
    assert "Câu 1: Bao nhiêu nơi đã công bố?" in text
    await prompts.STREAM.ensure(work, on(11))
    assert len(await said(work, "late:")) == 1


async def test_an_administrator_asks_chosen_units(work: Work) -> None:
    new = replace(NEW, unit_ids=(KCN.id,))
    facts = await requests.ask(Context(work, await actor(work, HA.id), on(1)), new)
    assert facts.units == 1
    assert [one.unit_id for one in (await owed(work)).values()] == [KCN.id]


async def test_whoever_asked_hears_of_the_late_beside_those_who_chase(work: Work) -> None:
    """Also a supervisor of the receiver, where another unit chases for it."""
    await requests.ask(Context(work, await actor(work, HA.id), on(1)), NEW)
    await prompts.STREAM.ensure(work, on(11))
    assert {m.person_id for m in await said(work, "late:")} == {GIANG.id, HA.id}
    work = await board_unit(work, 90)
    new = replace(NEW, due_before=date(2026, 12, 22))
    await requests.ask(Context(work, await actor(work, GIANG.id), on(11)), new)
    before = len(await said(work, "late:"))
    await prompts.STREAM.ensure(work, on(22))
    assert {m.person_id for m in (await said(work, "late:"))[before:]} == {90, GIANG.id}


async def test_who_leads_the_receiver_hears_what_somebody_else_asked_in_its_name(
    work: Work,
) -> None:
    facts = await requests.ask(Context(work, await actor(work, HA.id, "Hà"), on(1)), NEW)
    (told,) = await said(work, "asked-for:")
    assert told.person_id == GIANG.id
    assert "Hà" in told.text
    assert "Tình hình thưởng Tết" in told.text
    assert told.rows[0][0][1] == f"board:open:{facts.obligation_id}"
    await requests.ask(Context(work, await actor(work, GIANG.id), on(2)), replace(NEW, title="Tết"))
    assert len(await said(work, "asked-for:")) == 1


async def test_whoever_asked_and_has_no_role_there_any_more_hears_nothing(work: Work) -> None:
    await requests.ask(Context(work, await actor(work, HA.id), on(1)), NEW)
    async with work.write() as session:
        for one in await session.exec(select(Membership).where(Membership.person_id == HA.id)):
            one.ended_at = on(2)
    await prompts.STREAM.ensure(work, on(11))
    assert {m.person_id for m in await said(work, "late:")} == {GIANG.id}


@pytest.mark.parametrize(
    ("person", "changes"),
    [
        (GIANG.id, {"unit_ids": (KCN.id, 11)}),  # a grassroots union
        (GIANG.id, {"unit_ids": (TINH.id,)}),
        (GIANG.id, {"questions": ()}),
        (GIANG.id, {"questions": NEW.questions * 7}),
        (GIANG.id, {"title": "  "}),
        (GIANG.id, {"due_before": date(2026, 12, 1)}),
        (DUNG.id, {}),  # nobody below
        (AN.id, {}),
        (0, {}),
    ],
)
async def test_a_request_that_cannot_be_is_refused_and_leaves_nothing(
    work: Work, person: int, changes: dict[str, object]
) -> None:
    new = replace(NEW, **changes)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        await requests.ask(Context(work, await actor(work, person), on(1)), new)
    assert await owed(work) == {}
    assert await said(work, "asked:") == []


async def test_units_of_two_offices_are_not_asked_at_once(work: Work) -> None:
    """Whoever asks for two offices has to say for which one."""
    async with work.write() as session:
        for number, parent in ((70, KCN), (71, LONG_HOA)):
            session.add(
                Unit(
                    id=number,
                    code=f"N{number}",
                    name=f"CĐ nhỏ {number}",
                    folded=f"cd nho {number}",
                    kind=UnitKind.UPPER,
                    parent_id=parent.id,
                    path=f"{parent.path}{number}/",
                    known_since=date(2026, 1, 1),
                )
            )
    both = Actor(GIANG.id, "Giang", (Grant("supervisor", (KCN.path, LONG_HOA.path)),))
    with pytest.raises(Refused, match="từng đơn vị"):
        await requests.ask(Context(work, both, on(1)), NEW)
    facts = await requests.ask(Context(work, both, on(1)), replace(NEW, unit_ids=(71,)))
    assert facts.receiver.id == LONG_HOA.id


async def test_an_hour_is_an_hour_on_the_clock(work: Work) -> None:
    await obligations.ensure_obligations(work, on(16, month=11))
    giang, first = await actor(work, GIANG.id), on(1, "09:00")
    await follow_up.remind(Context(work, giang, first), "p:year:2026", KCN.id)
    assert (
        await follow_up.remind(
            Context(work, giang, first + timedelta(hours=1)), "p:year:2026", KCN.id
        )
        == 1
    )


async def test_sixty_units_are_prompted_in_as_many_queries_as_three(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with work.write() as session:
        session.add_all(
            Unit(
                id=n,
                code=f"X{n}",
                name=f"CĐ xã {n}",
                folded=f"cd xa {n}",
                kind=UnitKind.UPPER,
                parent_id=TINH.id,
                path=f"/1/{n}/",
                known_since=date(2026, 1, 1),
            )
            for n in range(200, 257)
        )
        await session.flush()
        session.add_all(
            Membership(person_id=DUNG.id, role=Role.SUPERVISOR, unit_id=n) for n in range(200, 257)
        )
    await obligations.ensure_obligations(work, on(16, month=10))
    asked: list[str] = []
    whole = AsyncSession.exec

    async def counted(self: AsyncSession, statement: Any, **more: Any) -> Any:
        asked.append(str(statement))
        return await whole(self, statement, **more)

    monkeypatch.setattr(AsyncSession, "exec", counted)
    await prompts.STREAM.ensure(work, on(15))
    monkeypatch.undo()
    assert len(await said(work, "owe:")) == 59
    assert len(await said(work, "late:")) == 1
    assert len(asked) < 25


async def test_a_look_by_a_clock_that_ran_ahead_stops_no_planning(work: Work) -> None:
    async with work.write() as session:
        await marks.set_mark(session, obligations.ENTRY, on(28, month=11, year=2028))
    await obligations.ensure_obligations(work, on(28, month=11))
    async with work.read() as session:
        owed = (await session.exec(select(Obligation.due_before))).all()
    assert set(owed) == {DUE}


async def test_a_last_day_that_is_a_holiday_is_prompted_for_on_the_working_day_before(
    work: Work,
) -> None:
    """ "Trước 25/11": 24/11 is a public holiday since 2026, a Tuesday in that year."""
    async with work.write() as session:
        row = owes(KCN, group="p:due:2026", due=date(2026, 11, 25))
        session.add(row)
        row.remind_at = on(18, month=11)
    lines: list[tuple[int, str]] = []
    for day in range(17, 27):
        for clock in ("07:00", "08:00", "09:00"):
            await prompts.STREAM.ensure(work, on(day, clock, month=11))
        async with work.read() as session:
            rows = (await session.exec(every(OutboxMessage))).all()
        mine = [r.text.split("\n")[0] for r in rows if r.dedupe_key.startswith("owe:")]
        lines += [(day, line) for line in mine[len(lines) :]]
    assert lines == [
        (
            18,
            "⏰ Còn 7 ngày; ngày cuối là 24/11/2026. Đó là ngày nghỉ: ngày làm việc cuối cùng "
            "trong hạn là thứ Hai 23/11.",
        ),
        (
            20,  # three days before is a Sunday
            "⏰ Còn 5 ngày; ngày cuối là 24/11/2026. Đó là ngày nghỉ: ngày làm việc cuối cùng "
            "trong hạn là thứ Hai 23/11.",
        ),
        (
            23,
            "⏰ Còn 2 ngày; ngày cuối là 24/11/2026. Đó là ngày nghỉ: đề nghị gửi ngay hôm nay, "
            "ngày làm việc cuối cùng trong hạn.",
        ),
        (25, "⚠️ Hôm nay đã là ngày 25/11: báo cáo trễ hạn."),
    ]
