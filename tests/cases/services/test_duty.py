"""What cases do by themselves as the clock moves: whom they remind, when they escalate, whom they
follow."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, delete

from bot.app.schedule import STREAMS
from bot.cases.services import duty, handling
from bot.core.context import Context
from bot.core.rules.calendar import at, local
from bot.core.work import Work
from storage import people
from storage.enums import CaseKind, Category, OutboxState, UnitKind
from storage.folding import fold
from storage.models import (
    Case,
    CaseEvent,
    Leave,
    Membership,
    OutboxMessage,
    PersonAddress,
    Unit,
)
from storage.store import Store
from tests import cast
from tests.cases.help import a_case, acting, case_now, rows, set_case, told, told_reporter
from tests.cast import (
    AN,
    BINH,
    CUC,
    DUNG,
    GIANG,
    KCN,
    LONG_HOA,
    MAI,
    MONDAY,
    SEN_VANG,
    SONG_LANH,
    TINH,
    VAULT,
)

NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
async def work(store: Store, settings: Any) -> Work:
    await cast.settle(store)
    return Work(store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def case(work: Work) -> Case:
    return await a_case(work, NOW)


async def ensure_case_clocks(work: Work, now: datetime) -> None:
    """What the schedule does about cases, in its order."""
    for stream in STREAMS:
        if stream in (duty.MOVES, duty.STREAM, duty.ORPHANS):
            await stream.ensure(work, now)


async def live_until(work: Work, end: datetime, start: datetime = NOW) -> None:
    """Every moment at which a clock is due, in order, as the schedule does it."""
    now = start
    while (due := await duty.STREAM.next_due(work)) and due <= end:
        now = max(due, now)
        await ensure_case_clocks(work, now)
    await ensure_case_clocks(work, end)


async def kinds(work: Work, case: Case) -> list[str]:
    return [tag.split(":")[0] for tag in (await case_now(work, case)).reminded]


async def test_nobody_has_it_so_the_whole_unit_is_asked_and_then_who_leads_it(
    work: Work, case: Case
) -> None:
    await live_until(work, NOW + timedelta(days=2, hours=3))
    assert await kinds(work, case) == ["take"]
    for one in (AN, BINH, DUNG):
        assert any("chưa có người nhận" in text for text in await told(work, one))
        # whoever only goes to sites can pass it to nobody
        assert all("hoặc chuyển" not in text for text in await told(work, one))
    await live_until(work, NOW + timedelta(days=7))
    assert "move_on" in await kinds(work, case)
    assert any("Đề nghị đồng chí giao" in text for text in await told(work, DUNG))
    assert not any("Đề nghị đồng chí giao" in text for text in await told(work, AN))


async def test_only_who_has_it_is_reminded_at_half_time_the_day_before_and_after(
    work: Work, case: Case
) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    assert case.settle_by is not None
    await live_until(work, case.settle_by + timedelta(hours=2))
    assert await kinds(work, case) == ["half", "day_before", "overdue"]
    texts = await told(work, AN)
    assert [sum(words in text for text in texts) for words in ("nửa", "một ngày", "quá hạn")]
    assert len(texts) == 3
    assert await told(work, BINH) == []


async def test_each_reminder_goes_out_once_however_often_the_clock_ticks(
    work: Work, case: Case
) -> None:
    moment = NOW + timedelta(days=2, hours=3)
    for minute in range(3):
        await ensure_case_clocks(work, moment + timedelta(minutes=minute))
    assert len(await told(work, AN)) == 1


async def test_a_reminder_that_has_not_gone_out_is_dropped_once_somebody_takes_the_case(
    work: Work, case: Case
) -> None:
    await ensure_case_clocks(work, NOW + timedelta(days=2, hours=3))
    waiting = await rows(work, OutboxMessage)
    assert {message.state for message in waiting} == {OutboxState.PENDING}
    await handling.take(
        Context(work, await acting(work, AN), NOW + timedelta(days=2, hours=4)), case.id or 0
    )
    ids = {message.id for message in waiting}
    now = [message.state for message in await rows(work, OutboxMessage) if message.id in ids]
    assert set(now) == {OutboxState.CANCELLED}


async def test_a_confidential_case_reminds_who_leads_and_no_officer(work: Work) -> None:
    await a_case(work, NOW, category=Category.QUAY_ROI)
    await live_until(work, NOW + timedelta(days=7))
    assert await told(work, AN) == []
    assert await told(work, DUNG)


async def test_whom_a_case_is_about_is_never_reminded_of_it(work: Work, case: Case) -> None:
    await set_case(work, case, about_id=DUNG.id)
    await live_until(work, NOW + timedelta(days=30))
    assert not any(case.code in text for text in await told(work, DUNG))
    assert any(case.code in text for text in await told(work, GIANG))


async def test_who_blocked_the_bot_is_not_waited_for_who_leads_hears(
    work: Work, case: Case
) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    async with work.write() as session:
        await people.set_blocked(session, AN.id, NOW)
    await live_until(work, NOW + timedelta(days=12))
    assert any("không nhận được tin" in text for text in await told(work, DUNG))
    assert await told(work, AN) == []


@pytest.mark.parametrize("gone", ["blocked the bot", "never came in"])
async def test_where_who_leads_is_not_reached_the_next_above_hears(
    work: Work, case: Case, gone: str
) -> None:
    """Nobody has the case in hand, and what is sent to its leader comes to nobody."""
    async with work.write() as session:
        if gone == "blocked the bot":
            await people.set_blocked(session, DUNG.id, NOW)
        else:
            await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == DUNG.id))
    await live_until(work, NOW + timedelta(days=2, hours=3))
    assert any("chưa có người nhận" in text for text in await told(work, GIANG))
    await live_until(work, NOW + timedelta(days=7))
    assert any("Đề nghị đồng chí giao" in text for text in await told(work, GIANG))


async def a_level_between(work: Work) -> None:
    """The province, a zone under it, the union of the industrial parks under the zone."""
    async with work.write() as session:
        zone = Unit(
            id=50,
            code="VUNG",
            name="CĐ vùng Bắc",
            folded=fold("CĐ vùng Bắc"),
            kind=UnitKind.UPPER,
            parent_id=TINH.id,
            path="/1/50/",
            known_since=date(2026, 1, 5),
        )
        session.add(zone)
        await session.flush()
        for unit_id in (KCN.id, SEN_VANG.id):
            unit = await session.get(Unit, unit_id)
            assert unit is not None
            unit.path = unit.path.replace("/1/", "/1/50/", 1)
            if unit_id == KCN.id:
                unit.parent_id = 50


async def escalations(work: Work) -> list[tuple[int, int, str]]:
    found = [event for event in await rows(work, CaseEvent) if event.what == "escalate"]
    return [(e.data["before"], e.data["to"], e.by) for e in found]


async def test_a_case_nobody_touches_escalates_one_level_at_a_time_up_to_the_province(
    work: Work,
) -> None:
    await a_level_between(work)
    case = await a_case(work, NOW)
    await live_until(work, NOW + timedelta(days=24))
    assert await escalations(work) == [(KCN.id, 50, "program")]
    first = await case_now(work, case)
    assert (first.unit_id, first.status, first.assignee_id) == (50, "escalated", None)
    await live_until(work, NOW + timedelta(days=60))
    assert await escalations(work) == [(KCN.id, 50, "program"), (50, TINH.id, "program")]
    last = await case_now(work, case)
    assert last.unit_id == TINH.id
    assert last.level_since is not None
    assert first.level_since is not None
    days = work.calendar.working_days(first.level_since.date(), last.level_since.date()) - 1
    assert days >= work.settings.cases.clocks.level_days
    late = await told_reporter(work, case)
    assert len(late) == 3
    assert "đã quá ngày hẹn" in late[0]  # what the receipt promised was not kept: it is said
    assert "xin lỗi anh/chị" in late[0]
    assert "Liên đoàn Lao động tỉnh" in late[1]
    assert "LĐLĐ" not in late[1]
    assert any("quá hạn" in text for text in await told(work, GIANG))


async def test_at_the_province_leaders_hear_every_monday_and_the_worker_once(work: Work) -> None:
    case = await a_case(work, NOW)
    await live_until(work, NOW + timedelta(days=60))
    weekly = [m for m in await rows(work, OutboxMessage) if ":weekly:" in m.dedupe_key]
    assert {m.person_id for m in weekly} == {GIANG.id}
    moments = [local(m.not_before) for m in weekly]
    assert len(moments) in (3, 4)
    assert {(m.weekday(), f"{m:%H:%M}") for m in moments} == {(0, "07:30")}
    assert all("vẫn chưa có người nhận từ ngày" in m.text for m in weekly)
    said = [text for text in await told_reporter(work, case) if "chưa có cán bộ nhận" in text]
    assert len(said) == 1
    assert "đã nhắc lãnh đạo Liên đoàn Lao động tỉnh cử người nhận" in said[0]
    assert GIANG.name not in said[0]
    await handling.take(
        Context(work, await acting(work, GIANG), NOW + timedelta(days=60)), case.id or 0
    )
    await live_until(work, NOW + timedelta(days=90), NOW + timedelta(days=60))
    assert len([m for m in await rows(work, OutboxMessage) if ":weekly:" in m.dedupe_key]) == len(
        weekly
    )


async def test_whose_leader_is_not_reached_is_told_of_no_reminder(work: Work) -> None:
    """Nor where the only one who leads there is the one it is about."""
    async with work.write() as session:
        await people.set_blocked(session, GIANG.id, NOW)
    case = await a_case(work, NOW)
    other = await a_case(work, NOW, text="Cán bộ thu tiền không biên lai", about_id=GIANG.id)
    await live_until(work, NOW + timedelta(days=60))
    for one in (case, other):
        said = [text for text in await told_reporter(work, one) if "chưa có cán bộ nhận" in text]
        assert len(said) == 1
        assert "xin lỗi anh/chị" in said[0]
        assert "nhắc lãnh đạo" not in said[0]


async def test_a_cadre_who_asked_for_something_hears_that_nobody_took_it_too(work: Work) -> None:
    case = await a_case(work, NOW)
    await set_case(work, case, reporter_id=None, author_id=MAI.id, kind=CaseKind.PROPOSAL)
    await live_until(work, NOW + timedelta(days=60))
    said = [text for text in await told(work, MAI) if "chưa có người nhận" in text]
    assert len(said) == 1
    assert "Đã nhắc lãnh đạo LĐLĐ tỉnh." in said[0]


async def test_what_an_earlier_version_left_without_a_moment_gets_its_monday(work: Work) -> None:
    case = await a_case(work, NOW)
    await live_until(work, NOW + timedelta(days=45))
    await set_case(work, case, remind_at=None)
    later = NOW + timedelta(days=50)
    await duty.plan_forgotten(work, later)
    planned = (await case_now(work, case)).remind_at
    assert planned is not None
    assert planned - later < timedelta(days=7)


async def test_who_had_a_case_that_escalated_is_told_and_has_it_no_more(
    work: Work, case: Case
) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    await live_until(work, NOW + timedelta(days=24))
    assert (await case_now(work, case)).assignee_id is None
    assert any("đã chuyển lên LĐLĐ tỉnh" in text for text in await told(work, AN))
    assert not any("đã chuyển lên" in text for text in await told(work, BINH))
    (away,) = [text for text in await told(work, DUNG) if "đã chuyển lên" in text]
    assert f"📍 {SEN_VANG.name}" in away  # who leads there must not hear it from above


async def test_a_reminder_of_what_nobody_has_says_so(work: Work, case: Case) -> None:
    await live_until(work, NOW + timedelta(days=24))
    reminders = [text for text in await told(work, AN) if "thời hạn" in text or "hạn giải" in text]
    assert reminders
    assert all("chưa có người nhận xử lý. Đề nghị đồng chí nhận" in text for text in reminders)


async def test_whoever_has_a_case_is_not_told_that_nobody_has(work: Work, case: Case) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    await live_until(work, NOW + timedelta(days=24))
    assert not any("chưa có người nhận" in text for text in await told(work, AN))


async def test_what_was_settled_in_time_never_escalates(work: Work, case: Case) -> None:
    await handling.settle(
        Context(work, await acting(work, DUNG), NOW), case.id or 0, "Đã xong việc"
    )
    assert await duty.STREAM.next_due(work) is None
    await ensure_case_clocks(work, NOW + timedelta(days=90))
    assert await escalations(work) == []


async def test_reminders_wait_for_the_working_hours_of_people(work: Work, case: Case) -> None:
    await ensure_case_clocks(work, at(date(2026, 11, 18), datetime.min.time()))
    for message in await rows(work, OutboxMessage):
        assert work.calendar.may_speak(message.not_before)


# ---- A new hand ----------------------------------------------------------------------------


async def in_hand(work: Work, count: int = 3) -> list[Case]:
    found = [await a_case(work, NOW, text=f"Việc thứ {n}") for n in range(count)]
    for case in found:
        await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    return found


async def offered(work: Work) -> list[str]:
    return [text for text in await told(work, DUNG) if "cần giao lại" in text]


async def test_cases_of_who_left_are_offered_to_who_leads_in_one_list(work: Work) -> None:
    found = await in_hand(work)
    async with work.write() as session:
        membership = await session.get(Membership, AN.id)
        assert membership is not None
        membership.ended_at = NOW
    for minute in range(3):
        await ensure_case_clocks(work, NOW + timedelta(minutes=minute))
    (text,) = await offered(work)
    assert all(case.code in text for case in found)
    assert "đã thôi nhiệm vụ" in text
    await ensure_case_clocks(work, NOW + timedelta(days=1))
    assert len(await offered(work)) == 2


async def test_cases_of_who_is_on_leave_are_offered_and_taken_off_the_list_once_given(
    work: Work,
) -> None:
    found = await in_hand(work, 2)
    async with work.write() as session:
        session.add(
            Leave(person_id=AN.id, first_day=date(2026, 11, 16), last_day=date(2026, 11, 18))
        )
    await ensure_case_clocks(work, NOW)
    assert "đang nghỉ" in (await offered(work))[0]
    for case in found:
        await handling.give(Context(work, await acting(work, DUNG), NOW), case.id or 0, BINH.id)
    await ensure_case_clocks(work, NOW + timedelta(days=1))
    assert len(await offered(work)) == 1


async def test_nobody_is_asked_for_a_new_hand_on_a_sunday(work: Work) -> None:
    await in_hand(work)
    async with work.write() as session:
        day = date(2026, 11, 22)
        session.add(Leave(person_id=AN.id, first_day=day, last_day=day))
    await ensure_case_clocks(work, cast.SUNDAY_2000)
    assert await offered(work) == []


# ---- The case follows its site -------------------------------------------------------------


async def test_a_case_follows_its_enterprise_to_another_union(work: Work, case: Case) -> None:
    other = await a_case(work, NOW, site=SONG_LANH)
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    async with work.write() as session:
        site = await session.get(Unit, SEN_VANG.id)
        assert site is not None
        site.path, site.parent_id = f"/1/3/{SEN_VANG.id}/", LONG_HOA.id
    await ensure_case_clocks(work, NOW)
    now = await case_now(work, case)
    assert (now.home_id, now.unit_id, now.assignee_id) == (LONG_HOA.id, LONG_HOA.id, None)
    assert (now.status, now.taken_at, now.level_since) == ("received", None, NOW)
    assert (await case_now(work, other)).unit_id == KCN.id
    await live_until(work, NOW + timedelta(days=3))
    assert any(case.code in text for text in await told(work, CUC))
