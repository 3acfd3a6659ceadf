"""The officer's buttons do what their card shows, and nothing else."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.visits.cards.supervision import shown_on
from storage.enums import Lane, OutboxState, VisitStatus
from storage.models import OutboxMessage, Unit, Visit
from tests.cast import AN, BINH, FRIDAY_1500, MONDAY, NEXT_MONDAY, WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import report_minimal, visit_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def name_of(town: Town, visit: Visit) -> str:
    async with town.program.work.read() as session:
        return (await session.exec(select(Unit.name).where(Unit.id == visit.site_id))).one()


async def cannot(town: Town, an: Person) -> Visit:
    visit = await visit_of(town)
    await an.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await an.click("Ốm đau")
    return visit


async def test_a_card_from_before_a_swap_confirms_nothing(town: Town, an: Person) -> None:
    before = await visit_of(town)
    await an.forge(f"visit:swap:{before.id}")
    await an.click("Trùng lịch công tác")
    await (await town.person("Dũng")).forge(f"sup:other:{shown_on(before)}")
    await an.forge(f"visit:confirm:{before.id}:{before.site_id}")
    assert any("Cơ sở cần đến đã đổi" in toast for toast in an.toasts)
    now = await visit_of(town)
    assert now.status is VisitStatus.PLANNED
    assert await name_of(town, now) in an.card
    await an.forge(f"visit:on:{before.id}:{before.site_id}:2026-11-20")
    await an.forge(f"visit:excuse:{before.id}:{before.site_id}")
    assert (await visit_of(town)).day is None
    assert "không đi được?" not in an.card
    await an.click("Nhận")
    assert (await visit_of(town)).status is VisitStatus.CONFIRMED


async def swapped(town: Town, an: Person) -> Visit:
    """The visit as it was before An got another place for it."""
    before = await visit_of(town)
    await an.forge(f"visit:swap:{before.id}:{before.site_id}")
    await an.click("Trùng lịch công tác")
    await (await town.person("Dũng")).forge(f"sup:other:{shown_on(before)}")
    return before


async def test_a_card_from_before_a_swap_begins_no_report(town: Town, an: Person) -> None:
    before = await swapped(town, an)
    for what in ("start", "fix"):
        await an.forge(f"report:{what}:{before.id}:{before.site_id}")
        assert "Cơ sở cần đến đã đổi" in an.toasts[-1]
        assert await name_of(town, await visit_of(town)) in an.card
    await an.click("📝 Báo cáo")
    assert "ngày nào?" in an.card


async def test_a_message_is_no_report_of_a_place_that_its_button_did_not_name(
    town: Town, an: Person
) -> None:
    await an.send("Công nhân phản ánh định mức tăng, nhiều chị em không đạt chuyền.")
    message_id, data = an.button("📝")
    before = await swapped(town, an)
    await an.forge(data, message_id)
    assert any("Cơ sở cần đến đã đổi" in card for card in an.cards)
    now = await visit_of(town)
    assert (now.status, now.site_id == before.site_id) == (VisitStatus.PLANNED, False)
    await an.click(f"📝 {await name_of(town, now)}")
    assert any("Đã nhận báo cáo" in card for card in an.cards)
    assert (await visit_of(town)).status is VisitStatus.REPORTED


async def test_a_button_without_its_place_only_shows_the_visit(town: Town, an: Person) -> None:
    visit = await visit_of(town)
    await an.forge(f"visit:confirm:{visit.id}")
    assert (await visit_of(town)).status is VisitStatus.PLANNED
    assert await name_of(town, visit) in an.card


async def test_whoever_cannot_go_sees_who_was_told_and_may_go_after_all(
    town: Town, an: Person
) -> None:
    visit = await cannot(town, an)
    dung = await town.person("Dũng")
    assert "Đã gửi đề nghị đến đồng chí Phạm Tiến Dũng" in an.card
    assert "Nguyễn Thị An xin phép không đi" in dung.card
    assert "Ốm đau" in dung.card
    await an.click("Tôi đi được")
    again = await visit_of(town)
    assert (again.status, again.excuse) == (VisitStatus.PLANNED, "")
    assert again.remind_at is not None
    assert "Nguyễn Thị An đi được" in dung.card
    assert visit.site_id == again.site_id


async def test_whoever_goes_after_all_is_not_reminded_of_what_was_due_before(
    town: Town, an: Person
) -> None:
    await cannot(town, an)
    await town.move_to(WEDNESDAY_1500 + timedelta(minutes=30))
    await an.click("Tôi đi được")
    assert (await visit_of(town)).remind_at == FRIDAY_1500
    cards = len(an.cards)
    await town.move_to(WEDNESDAY_1500 + timedelta(hours=2))
    assert len(an.cards) == cards


async def confirms(town: Town, an: Person, visit: Visit) -> None:
    await an.forge(f"visit:confirm:{visit.id}:{visit.site_id}")


async def excuses(town: Town, an: Person, visit: Visit) -> None:
    await an.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await an.click("Ốm đau")


async def reports_it(town: Town, an: Person, visit: Visit) -> None:
    await an.forge(f"report:start:{visit.id}")
    await report_minimal(an)


async def gets_another_place(town: Town, an: Person, visit: Visit) -> None:
    await an.forge(f"visit:swap:{visit.id}:{visit.site_id}")
    await an.click("Trùng lịch công tác")
    await (await town.person("Dũng")).forge(f"sup:other:{shown_on(visit)}")


@pytest.mark.parametrize("act", [confirms, excuses, reports_it, gets_another_place])
async def test_a_reminder_that_still_waits_is_dropped_once_something_has_been_done(
    town: Town, an: Person, act: Callable[[Town, Person, Visit], Awaitable[None]]
) -> None:
    visit = await visit_of(town)
    async with town.program.work.write() as session:
        waiting = OutboxMessage(
            dedupe_key="remind:waiting",
            person_id=AN.id,
            subject=f"visit:{visit.id}",
            lane=Lane.REMINDER,
            text="Đề nghị đồng chí hẹn ngày.",
            rows=[],
            not_before=NEXT_MONDAY,
            created_at=MONDAY,
        )
        session.add(waiting)
    await act(town, an, visit)
    async with town.program.work.read() as session:
        assert (await session.get_one(OutboxMessage, waiting.id)).state is OutboxState.CANCELLED


async def test_a_visit_that_was_reported_waits_for_no_other_place(town: Town, an: Person) -> None:
    visit = await visit_of(town)
    await an.forge(f"visit:swap:{visit.id}:{visit.site_id}")
    await an.click("Trùng lịch công tác")
    await an.forge(f"visit:open:{visit.id}")
    assert "Đã xin đổi" in an.card
    await an.forge(f"report:start:{visit.id}")
    await report_minimal(an)
    assert (await visit_of(town)).swap_asked == ""
    await an.forge(f"visit:open:{visit.id}")
    assert "Tình hình: đã báo cáo" in an.card
    assert "Đã xin đổi" not in an.card


async def test_what_somebody_cannot_do_is_given_to_somebody_else(town: Town, an: Person) -> None:
    visit = await cannot(town, an)
    dung = await town.person("Dũng")
    await dung.click("Giao người khác")
    await dung.click(BINH.full_name)
    await dung.click("Giao")
    async with town.program.work.read() as session:
        given = (await session.exec(select(Visit).where(Visit.id == visit.id))).one()
    assert (given.officer_id, given.status, given.excuse) == (BINH.id, VisitStatus.PLANNED, "")
    await an.forge(f"visit:again:{visit.id}:{visit.site_id}")
    assert any("đã giao cho đồng chí Trần Văn Bình" in toast for toast in an.toasts)


@pytest.mark.wide
async def test_when_the_week_is_over_nobody_goes_after_all(town: Town, an: Person) -> None:
    visit = await cannot(town, an)
    await (await town.person("Dũng")).click("✅ Đồng ý")
    await town.move_to(NEXT_MONDAY)
    await an.forge(f"visit:again:{visit.id}:{visit.site_id}")
    assert (await visit_of(town)).status is VisitStatus.EXCUSED


async def test_whoever_never_had_a_visit_does_not_hear_whose_it_is(town: Town, an: Person) -> None:
    visit = await cannot(town, an)
    cuc = await town.person("Cúc")
    await cuc.forge(f"visit:confirm:{visit.id}:{visit.site_id}")
    assert any("chưa được giao quyền" in toast for toast in cuc.toasts)


async def test_asking_for_another_place_says_whom_it_went_to(town: Town, an: Person) -> None:
    visit = await visit_of(town)
    await an.forge(f"visit:swap:{visit.id}:{visit.site_id}")
    await an.click("Trùng lịch công tác")
    assert "Đã gửi đề nghị đến đồng chí Phạm Tiến Dũng" in an.card
