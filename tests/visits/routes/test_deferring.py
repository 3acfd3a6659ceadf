"""A visit goes to the next week: its officer asks, or a leader does it."""

import pytest
from sqlmodel import col, select

from bot.visits.cards.supervision import shown_on
from storage.enums import VisitOrigin, VisitStatus
from storage.models import Draft, Unit, Visit
from tests.cast import AN, DUNG, NEXT_MONDAY, WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import report_minimal, rows, visit_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


async def of_an(town: Town) -> list[Visit]:
    async with town.program.work.read() as session:
        own = select(Visit).where(Visit.officer_id == AN.id)
        return list((await session.exec(own.order_by(col(Visit.week), col(Visit.id)))).all())


async def site_name(town: Town, visit: Visit) -> str:
    async with town.program.work.read() as session:
        return (await session.get_one(Unit, visit.site_id)).name


async def asks(town: Town, an: Person) -> Visit:
    visit = await visit_of(town)
    await an.forge(f"visit:open:{visit.id}")
    await an.click("⏭ Xin sang tuần sau")
    await an.click("Cơ sở đề nghị dời ngày")
    return visit


async def test_a_wish_for_next_week_is_granted_by_one_tap(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await asks(town, an)
    assert "Đã xin sang tuần sau: Cơ sở đề nghị dời ngày" in an.card
    assert "xin chuyển lượt đi tuần này sang tuần sau" in dung.card
    await dung.click("Xem và quyết định")
    assert "Lý do xin chuyển: Cơ sở đề nghị dời ngày" in dung.card
    await dung.click("✅ Đồng ý, chuyển tuần sau")
    assert "đã chuyển sang tuần 48 (23–29/11)" in dung.card
    before, after = await of_an(town)
    assert (before.id, before.status, before.swap_asked) == (visit.id, VisitStatus.DEFERRED, "")
    assert before.remind_at is None
    assert (after.site_id, after.status) == (visit.site_id, VisitStatus.PLANNED)
    assert (after.origin, after.week.isoformat()) == (VisitOrigin.DEFERRED, "2026-11-23")
    assert after.remind_at is not None
    assert f"Đồng chí {DUNG.full_name} cho chuyển" in an.card
    await an.click("📍")
    assert "tuần 48 (23–29/11)" in an.card
    assert "chuyển từ tuần 47" in an.card


async def test_a_wish_for_next_week_can_be_withdrawn_or_not_granted(
    town: Town, an: Person, dung: Person
) -> None:
    await asks(town, an)
    assert "đổi" not in "".join(an.buttons), "another site is not what was asked for"
    await an.click("↩️ Rút đề nghị")
    assert "⏭ Xin sang tuần sau" in an.buttons
    await asks(town, an)
    await dung.click("Xem và quyết định")
    await dung.click("✖️ Không chuyển")
    assert "được giữ nguyên" in an.card
    (visit,) = await of_an(town)
    assert (visit.status, visit.swap_asked) == (VisitStatus.PLANNED, "")


async def test_a_leader_puts_a_visit_off_by_themselves(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await visit_of(town)
    await dung.send("/tongquan")
    for label in ("👤 Theo cán bộ", AN.full_name, "1.", "⏭ Chuyển sang tuần sau"):
        await dung.click(label)
    assert "từ tuần 47 (16–22/11) sang tuần 48 (23–29/11)?" in dung.card
    await dung.click("Thôi")
    await dung.click("⏭ Chuyển sang tuần sau")
    await dung.click("⏭ Chuyển")
    assert [v.status for v in await of_an(town)] == [VisitStatus.DEFERRED, VisitStatus.PLANNED]
    await an.forge(f"visit:open:{visit.id}")
    assert "Tình hình: đã chuyển sang tuần sau" in an.card
    assert not any("Báo cáo" in label for label in an.buttons)
    await dung.send("/tongquan")
    assert "1 lượt chuyển sang tuần sau" in dung.card


async def test_a_leader_who_puts_a_visit_off_is_told_to_call_whoever_gets_no_messages(
    town: Town, an: Person, dung: Person
) -> None:
    await visit_of(town)
    await an.block()
    await dung.send("/tongquan")
    for label in ("👤 Theo cán bộ", AN.full_name, "1.", "⏭ Chuyển sang tuần sau"):
        await dung.click(label)
    to_call = f"📵 Đồng chí {AN.full_name} đang không nhận được tin nhắn. Đề nghị gọi điện"
    assert to_call in dung.card
    await dung.click("⏭ Chuyển")
    assert to_call in dung.card
    assert "sẽ nhận được thông báo" not in dung.card


async def test_who_cannot_go_this_week_may_be_told_next_week(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await visit_of(town)
    await an.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await an.click("Ốm đau")
    await dung.click("⏭ Sang tuần sau")
    await dung.click("⏭ Chuyển")
    before, after = await of_an(town)
    assert (before.status, before.excuse_asked) == (VisitStatus.DEFERRED, "")
    assert after.status is VisitStatus.PLANNED
    await dung.send("/start")
    assert not any("Xin phép" in label for label in dung.buttons)


async def test_the_plan_of_next_week_gives_the_site_to_nobody_else_and_the_quota_on_top(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await visit_of(town)
    await dung.forge(f"def:ok:{shown_on(visit)}")
    await town.move_to(NEXT_MONDAY)
    next_week = [v for v in await rows(town, Visit) if v.week.isoformat() == "2026-11-23"]
    assert [v.officer_id for v in next_week if v.site_id == visit.site_id] == [AN.id]
    own = [v for v in next_week if v.officer_id == AN.id]
    assert [v.origin for v in own] == [VisitOrigin.DEFERRED, VisitOrigin.ASSIGNED]
    monday = next(card for card in reversed(an.cards) if "được phân công đi cơ sở tại" in card)
    for each in own:
        assert await site_name(town, each) in monday
    assert "chuyển từ tuần 47" in monday


@pytest.mark.wide
async def test_the_reminders_go_with_the_visit(town: Town, an: Person, dung: Person) -> None:
    visit = await visit_of(town)
    await dung.forge(f"def:ok:{shown_on(visit)}")
    cards = len(an.cards)
    await town.move_to(WEDNESDAY_1500)
    assert len(an.cards) == cards
    await town.move_to(NEXT_MONDAY)
    assert not any("tuần trước chưa có báo cáo" in card for card in an.cards)


async def test_a_report_begun_goes_with_the_visit(town: Town, an: Person, dung: Person) -> None:
    visit = await visit_of(town)
    await an.forge(f"report:start:{visit.id}:{visit.site_id}")
    await an.click("Hôm nay")
    await dung.forge(f"def:ok:{shown_on(visit)}")
    _, after = await of_an(town)
    (draft,) = await rows(town, Draft)
    assert draft.about["visit_id"] == after.id


async def test_it_is_put_off_once_and_the_second_leader_is_told(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await asks(town, an)
    giang = await town.person("Giang")
    await dung.forge(f"def:ok:{shown_on(visit)}")
    for data in (f"def:ok:{shown_on(visit)}", f"sup:swap:{visit.id}"):
        await giang.forge(data)
        assert f"{DUNG.full_name} cho chuyển sang tuần sau" in giang.toasts[-1]
    assert len(await of_an(town)) == 2


async def test_a_visit_that_was_reported_is_not_put_off(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await visit_of(town)
    await an.forge(f"report:start:{visit.id}:{visit.site_id}")
    await report_minimal(an)
    await dung.forge(f"def:ok:{shown_on(visit)}")
    assert "Chỉ chuyển được lượt đi của tuần này" in dung.toasts[-1]


async def test_the_same_site_is_not_given_to_one_officer_twice_a_week(
    town: Town, an: Person, dung: Person
) -> None:
    visit = await visit_of(town)
    await dung.forge(f"def:ok:{shown_on(visit)}")
    async with town.program.work.write() as session:
        first = await session.get_one(Visit, visit.id)
        first.status = VisitStatus.PLANNED  # as if both stood
        first.remind_at = NEXT_MONDAY
    await dung.forge(f"def:ok:{shown_on(visit)}")
    assert "đã có lượt đi cơ sở này" in dung.toasts[-1]


async def test_a_forged_tap_puts_nothing_off(town: Town) -> None:
    visit = await visit_of(town)
    for name in ("An", "Bình", "Hà", "Khoa", "Mai"):
        person = await town.person(name)
        for number, what in enumerate(("ask", "ok"), 1):
            await person.forge(f"def:{what}:{shown_on(visit)}")
            assert len(person.toasts) == number, (name, what)
            assert "chưa được giao quyền" in person.toasts[-1], (name, what)
    assert [v.status for v in await of_an(town)] == [VisitStatus.PLANNED]
