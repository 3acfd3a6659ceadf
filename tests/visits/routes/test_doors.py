"""A visit can be reported as long as it counts: at any hour, over days off, and by /dotxuat."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from storage.enums import VisitOrigin, VisitStatus
from storage.models import Unit, Visit, VisitReport
from tests.cast import AN, NEXT_MONDAY, WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST, visit_of

BEFORE_TET = at(date(2027, 2, 1), time(7))
TET = at(date(2027, 2, 8), time(9))


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def site_of(town: Town, visit: Visit) -> Unit:
    async with town.program.work.read() as session:
        return await session.get_one(Unit, visit.site_id)


async def all_of(town: Town) -> list[Visit]:
    async with town.program.work.read() as session:
        rows = await session.exec(select(Visit).where(Visit.officer_id == AN.id).order_by("id"))
        return list(rows.all())


async def fill_in(an: Person, day: str) -> None:
    for label in (day, "Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    await an.click("Gửi báo cáo")


@pytest.mark.wide
@pytest.mark.parametrize("hours", [7, 4, 1])
async def test_on_monday_before_seven_last_weeks_visit_can_be_reported(
    town: Town, an: Person, hours: int
) -> None:
    visit = await visit_of(town)
    await town.move_to(NEXT_MONDAY - timedelta(hours=hours))
    assert (await visit_of(town)).status is VisitStatus.PLANNED, "nobody has called it missed yet"
    await an.send("/start")
    name = (await site_of(town, visit)).name
    assert "Còn thiếu báo cáo" in an.card
    assert name in an.card
    await an.click("Báo cáo trễ")
    await fill_in(an, "Hôm qua")
    visit = await visit_of(town)
    assert (visit.status, visit.late) == (VisitStatus.REPORTED, True)


@pytest.mark.wide
async def test_baocao_and_a_loose_message_offer_it_too(town: Town, an: Person) -> None:
    await town.move_to(NEXT_MONDAY - timedelta(hours=5))
    await an.send("/baocao")
    assert "Bước 1" in an.card, "the only one is begun without asking"
    await an.click("Hủy")
    await an.send("Đã gặp BCH công đoàn cơ sở, công nhân đề nghị sửa quạt thông gió xưởng 2.")
    assert any("tuần 47" in label for label in an.buttons)


@pytest.mark.wide
@pytest.mark.parametrize("start", [BEFORE_TET], ids=["before Tết"])
async def test_over_all_of_tet_last_weeks_visit_has_a_door(town: Town, an: Person) -> None:
    of_the_week = [v for v in await all_of(town) if v.week == date(2027, 2, 1)]
    await town.move_to(TET)
    await an.send("/start")
    assert (await site_of(town, of_the_week[0])).name in an.card.split("Còn thiếu báo cáo")[1]
    await an.forge(f"visit:open:{of_the_week[0].id}")
    assert an.buttons[:2] == ["📝 Báo cáo", "🚫 Không đi được"], "no day is left to set"
    assert not any("Hẹn ngày" in label or "Nhận" in label for label in an.buttons)
    await an.click("Báo cáo")
    await fill_in(an, "Thứ Tư 03/02")
    (visit,) = [v for v in await all_of(town) if v.id == of_the_week[0].id]
    assert visit.status is VisitStatus.REPORTED


async def dotxuat(an: Person, name: str, day: str = "Hôm nay") -> None:
    await an.send("/dotxuat")
    await an.send(name)
    await an.click(f"📍 {name}")
    await an.click(day)


async def test_an_unplanned_visit_at_the_assigned_site_may_be_the_assigned_one(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    await town.move_to(WEDNESDAY_1500)
    await dotxuat(an, (await site_of(town, visit)).name)
    assert "Đây có phải là lượt được giao đó không?" in an.card
    await an.click("Đúng, báo cáo lượt được giao")
    for label in ("Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    assert "Lượt được giao: Đúng, báo cáo lượt được giao" in an.card
    await an.click("Gửi báo cáo")
    (after,) = await all_of(town)
    assert (after.id, after.status, after.late) == (visit.id, VisitStatus.REPORTED, False)
    assert after.origin is not VisitOrigin.UNPLANNED


async def test_one_that_is_not_stays_beside_it(town: Town, an: Person) -> None:
    visit = await visit_of(town)
    await town.move_to(WEDNESDAY_1500)
    await dotxuat(an, (await site_of(town, visit)).name)
    await an.click("Không, đây là lượt ngoài kế hoạch")
    for label in ("Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    first, second = await all_of(town)
    assert (first.id, first.status) == (visit.id, VisitStatus.PLANNED)
    assert (second.origin, second.status) == (VisitOrigin.UNPLANNED, VisitStatus.REPORTED)


async def test_at_another_site_or_before_the_assigned_week_nothing_is_asked(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    own = await site_of(town, visit)
    async with town.program.work.read() as session:
        sites = (await session.exec(select(Unit).where(Unit.parent_id == own.parent_id))).all()
    other = next(site for site in sites if site.id != own.id)
    await dotxuat(an, other.name)
    assert "lượt được giao" not in an.card
    await an.click("Hủy")
    await an.click("Hủy")
    await dotxuat(an, own.name, "Hôm qua")  # Sunday of the week before
    assert "lượt được giao" not in an.card


async def test_an_assigned_visit_that_was_reported_meanwhile_is_not_overwritten(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    await town.move_to(WEDNESDAY_1500)
    await dotxuat(an, (await site_of(town, visit)).name)
    await an.click("Đúng")
    for label in ("Dự họp BCH", "10", "Còn lại chưa có vấn đề", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)
    async with town.program.work.write() as session:
        row = await session.get_one(Visit, visit.id)
        row.status, row.reported_at = VisitStatus.REPORTED, WEDNESDAY_1500
    await an.click("Gửi báo cáo")
    async with town.program.work.read() as session:
        reports = (await session.exec(select(VisitReport))).all()
    _, unplanned = await all_of(town)
    assert [report.visit_id for report in reports] == [unplanned.id]
