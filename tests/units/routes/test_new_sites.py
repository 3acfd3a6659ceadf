"""A place in no list can be reported; an administrator adds, merges or drops it."""

import pytest
from sqlmodel import col, select

from storage.enums import VisitOrigin, VisitStatus
from storage.models import Case, Unit, Visit
from tests.cast import KCN, NEXT_MONDAY, SEN_VANG
from tests.client import Person, Town
from tests.visits.routes.test_report import answer_all, rows

NAME, ADDRESS = "Cơ khí <Tân Phát>", "Lô C5, KCN Bình Hòa"


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def ha(town: Town) -> Person:
    return await town.person("Hà")


async def reports(an: Person, name: str = NAME) -> None:
    await an.send("/dotxuat")
    await an.send("tân phát")
    await an.click("🆕 Không có trong danh sách")
    await an.send(name)
    await an.send(ADDRESS)
    await answer_all(an)
    await an.click("Bổ sung")
    await an.click("Kiến nghị")
    await an.send("Đề nghị có nước uống")
    await an.click("Xong")
    await an.click("Xong")
    await an.click("Gửi báo cáo")
    assert "Đã nhận báo cáo" in an.card


async def the_site(town: Town) -> Unit:
    async with town.program.work.read() as session:
        found = select(Unit).where(col(Unit.code).startswith("MOI-"))
        return (await session.exec(found)).one()


async def the_visit(town: Town) -> Visit:
    (visit,) = [v for v in await rows(town, Visit) if v.origin is VisitOrigin.UNPLANNED]
    assert isinstance(visit, Visit)
    return visit


async def test_what_was_searched_for_is_taken_as_the_name_by_a_tap(town: Town, an: Person) -> None:
    await an.send("/dotxuat")
    await an.send("May Tân Phát 2")
    await an.click("🆕 Không có trong danh sách")
    await an.click("May Tân Phát 2")
    assert "· May Tân Phát 2" in an.card
    assert "Địa chỉ ở đâu?" in an.card


async def test_the_visit_is_whole_and_the_administrator_is_asked(
    town: Town, an: Person, ha: Person
) -> None:
    await reports(an)
    site, visit = await the_site(town), await the_visit(town)
    assert (site.name, site.address, site.parent_id, site.unconfirmed) == (
        NAME,
        ADDRESS,
        KCN.id,
        True,
    )
    assert site.path == f"{KCN.path}{site.id}/"
    assert (visit.site_id, visit.unit_id, visit.status) == (
        site.id,
        KCN.id,
        VisitStatus.REPORTED,
    )
    assert [case.site_id for case in await rows(town, Case)] == [site.id]
    assert NAME in ha.card
    assert "Nguyễn Thị An vừa báo cáo" in ha.card
    await ha.send("/start")
    assert "🆕 Cơ sở mới chờ xác nhận (1)" in ha.buttons


@pytest.mark.wide
async def test_nobody_is_sent_there_before_it_is_confirmed(
    town: Town, an: Person, ha: Person
) -> None:
    await reports(an)
    site = await the_site(town)
    await town.move_to(NEXT_MONDAY)
    assert [v.site_id for v in await rows(town, Visit)].count(site.id) == 1
    dung = await town.person("Dũng")
    await dung.send("/tongquan")
    await dung.click("📍 Cơ sở đã đến")
    assert "Tổng số: 5 cơ sở" in dung.card
    await ha.send("/start")
    await ha.click("🆕 Cơ sở mới")
    await ha.click("🆕 Cơ khí")
    await ha.click("✅ Đúng, thêm vào danh sách")
    await ha.click("✅ Thêm vào danh sách")
    assert not (await the_site(town)).unconfirmed
    assert "Không có cơ sở nào chờ xác nhận" in ha.card
    await dung.send("/tongquan")
    await dung.click("📍 Cơ sở đã đến")
    assert "Tổng số: 6 cơ sở" in dung.card


async def test_it_is_put_into_the_site_that_it_really_is_with_all_that_hangs_on_it(
    town: Town, an: Person, ha: Person
) -> None:
    await reports(an, "May Sen Vang")
    await ha.click("🔗 Trùng với cơ sở đã có")
    await ha.click(f"📍 {SEN_VANG.name}")
    assert "Không có cơ sở nào chờ xác nhận" in ha.card
    visit = await the_visit(town)
    assert (visit.site_id, visit.status) == (SEN_VANG.id, VisitStatus.REPORTED)
    assert [case.site_id for case in await rows(town, Case)] == [SEN_VANG.id]
    assert not [unit for unit in await rows(town, Unit) if unit.code.startswith("MOI-")]
    await an.forge(f"report:show:{visit.id}")
    assert SEN_VANG.name in an.card


async def test_what_is_no_site_goes_and_the_report_stays(
    town: Town, an: Person, ha: Person
) -> None:
    await reports(an)
    await ha.click("✖️ Không phải cơ sở")
    await ha.click("✖️ Bỏ")
    site, visit = await the_site(town), await the_visit(town)
    assert site.dissolved_on is not None
    assert visit.status is VisitStatus.REPORTED
    await an.forge(f"report:show:{visit.id}")
    assert NAME in an.card
    await ha.forge(f"unit:add:{site.id}:sure")
    assert "đã được xử lý" in ha.toasts[-1]


@pytest.mark.parametrize("name", ["An", "Dũng", "Giang", "Khoa", "Mai"])
async def test_a_forged_decision_changes_nothing(town: Town, an: Person, name: str) -> None:
    await reports(an)
    site, person = await the_site(town), await town.person(name)
    for data in ("new", *(f"{what}:{site.id}" for what in ("see", "add", "none", "same"))):
        await person.forge(f"unit:{data}")
        assert "chưa được giao quyền" in person.toasts[-1]
    assert (await the_site(town)).unconfirmed
