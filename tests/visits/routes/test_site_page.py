"""The page of a site: one tap from wherever it is named, down to every report, for whoever may."""

from datetime import timedelta

import pytest

from storage.models import Unit, Visit
from tests.cast import AN, BINH, MONDAY, SEN_VANG
from tests.client import Person, Town
from tests.visits.routes.test_overview import report_with_everything
from tests.visits.routes.test_report import HONEST, begin, finish, visit_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def site_of(town: Town, visit: Visit) -> Unit:
    async with town.program.work.read() as session:
        return await session.get_one(Unit, visit.site_id)


async def test_from_the_card_of_a_visit_it_is_one_tap_to_the_page_and_one_more_to_the_report(
    town: Town, an: Person
) -> None:
    await begin(town, an)
    await finish(an)
    visit = await visit_of(town)
    site = await site_of(town, visit)
    await an.forge(f"visit:open:{visit.id}")
    await an.click("Trang cơ sở")
    assert site.name in an.card
    assert "CĐ các KCN tỉnh" in an.card
    assert "Lần đi gần nhất: 16/11/2026, đồng chí Nguyễn Thị An (tuần này)" in an.card
    assert HONEST in an.card
    await an.click("Báo cáo gần nhất")
    assert "Tình hình: " + HONEST in an.card
    await an.click("Quay lại")
    assert "Lần đi gần nhất" in an.card
    await an.click("Các lượt đi")
    assert "1. 16/11/2026 · đồng chí Nguyễn Thị An" in an.card
    await an.click("1. 16/11/2026")
    await an.click("Trang cơ sở")
    assert "Lần đi gần nhất" in an.card


@pytest.mark.wide
async def test_fridays_visit_is_on_monday_one_of_last_week_and_who_has_not_joined_is_in_charge(
    town: Town, an: Person
) -> None:
    await begin(town, an)
    await finish(an)
    there = await site_of(town, await visit_of(town))
    async with town.program.work.write() as session:
        site = await session.get_one(Unit, there.id)
        site.officer_id, site.officer_name = None, "Lê Văn Chờ"
    await town.move_to(MONDAY + timedelta(days=7, hours=2))
    await an.send(there.name)
    assert "(tuần trước)" in an.card
    assert "Cán bộ phụ trách: Lê Văn Chờ (chưa tham gia)" in an.card
    assert "Chưa có cán bộ phụ trách riêng" not in an.card


@pytest.mark.wide
async def test_every_way_back_leads_step_by_step_to_the_list_one_came_from(
    town: Town, an: Person
) -> None:
    await begin(town, an)
    await finish(an)
    site = await site_of(town, await visit_of(town))
    giang = await town.person("Giang")
    await giang.send("/tongquan")
    await giang.click("📍 Cơ sở đã đến")
    await giang.click("Tiếp ›")  # the one just visited is the last
    coverage = giang.card
    (label,) = (label for label in giang.buttons if label.endswith(f". {site.name}"))
    doors = ("Báo cáo gần nhất", "Các lượt đi", "Phản ánh, kiến nghị", "Lao động, đoàn viên")
    for door in doors:
        await giang.click(label)
        page = giang.card
        await giang.click(door)
        assert giang.card != page
        await giang.click("Trang cơ sở" if "📍 Trang cơ sở" in giang.buttons else "Quay lại")
        assert giang.card == page, door
        await giang.click("Quay lại")
        assert giang.card == coverage, door
    await giang.click(label)
    await giang.click("Các lượt đi")
    await giang.click("1. 16/11/2026")
    await giang.click("Quay lại")
    assert "1. 16/11/2026 · đồng chí" in giang.card
    for label in ("📍 Trang cơ sở", "« Quay lại"):
        await giang.click(label)
    assert giang.card == coverage


@pytest.mark.wide
async def test_from_a_visit_to_its_site_and_back_to_the_visit(town: Town, an: Person) -> None:
    await begin(town, an)
    await finish(an)
    giang = await town.person("Giang")
    await giang.send("/tongquan")
    await giang.click("📋 Các lượt đi")
    site = await site_of(town, await visit_of(town))
    (label,) = (b for b in giang.buttons if b.endswith(f". {site.name}"))
    await giang.click(label)
    visit_card = giang.card
    await giang.click("📍 Trang cơ sở")
    await giang.click("« Quay lại")
    assert giang.card == visit_card
    await giang.click("« Quay lại")
    assert giang.card.startswith("Các lượt đi")


async def test_a_colleague_of_the_scope_reads_the_report_before_going_there(
    town: Town, an: Person
) -> None:
    await begin(town, an)
    await finish(an)
    visit = await visit_of(town)
    binh = await town.person("Bình")
    await binh.forge(f"site:open:{visit.site_id}")
    await binh.click("Báo cáo gần nhất")
    assert HONEST in binh.card
    assert "Giao người khác" not in binh.buttons


@pytest.mark.parametrize("name", ["Cúc", "Mai", "Lan"])
async def test_who_may_not_read_the_page_gets_neither_it_nor_what_is_behind(
    town: Town, an: Person, name: str
) -> None:
    """An officer of another scope, the site's own committee, a worker."""
    await begin(town, an)
    await finish(an)
    visit = await visit_of(town)
    site = await site_of(town, visit)
    other = await town.person(name)
    for data in (
        f"site:open:{site.id}",
        f"site:open:{SEN_VANG.id}",
        f"site:visits:{site.id}:0",
        f"site:cases:{site.id}:0",
        f"ov:v:{visit.id}:0:0:site:visits:{site.id}:0",
    ):
        await other.forge(data)
        assert "Lần đi gần nhất" not in other.card
        assert "đồng chí Nguyễn Thị An" not in other.card
        assert HONEST not in other.card


async def test_why_a_colleague_could_not_go_is_not_for_colleagues(town: Town, an: Person) -> None:
    visit = await visit_of(town, BINH)
    binh, dung = await town.person("Bình"), await town.person("Dũng")
    await binh.forge(f"visit:excuse:{visit.id}:{visit.site_id}")
    await binh.click("Ốm đau")
    await dung.click("✅ Đồng ý")
    for reader in (an, dung):
        await reader.forge(f"site:visits:{visit.site_id}:0")
        assert "đồng chí Trần Văn Bình · được phép không đi" in reader.card
        assert "Ốm đau" not in reader.card
    assert "1. Tuần 47/2026" not in an.buttons
    await an.forge(f"ov:v:{visit.id}:0:0:site:visits:{visit.site_id}:0")
    assert "Ốm đau" not in an.card
    await dung.click("1. Tuần 47/2026")
    assert "cho phép không đi: Ốm đau" in dung.card


async def had_fewer_workers(town: Town, visit: Visit) -> None:
    """Than the report is going to say."""
    async with town.program.work.write() as session:
        (await session.get_one(Unit, visit.site_id)).workers = 2250


async def taps(person: Person, *labels: str) -> int:
    for label in labels:
        await person.click(label)
    return len(labels)


async def test_from_the_overview_to_a_sites_last_report_and_its_cases_in_four_taps_at_most(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    site = await site_of(town, visit)
    await report_with_everything(town, an)
    giang = await town.person("Giang")
    await giang.send("/tongquan")
    used = await taps(giang, "Cơ sở đã đến", "Tiếp")  # two pages of eleven sites
    assert "Lâu chưa có cán bộ đến xếp trước" in giang.card
    assert f"11. {site.name} · mới đến tuần này · 💬 1" in giang.card
    used += await taps(giang, f"11. {site.name}", "Báo cáo gần nhất")
    assert used <= 4
    assert HONEST in giang.card
    await giang.send("/tongquan")
    used = await taps(giang, "Cơ sở đã đến", "Tiếp", f"11. {site.name}", "Phản ánh, kiến nghị (1)")
    assert used <= 4
    assert "Đề nghị xây nhà trẻ & nhà ở" in giang.card
    await taps(giang, "1. ", "Trang cơ sở")
    assert "1 phản ánh, kiến nghị chưa giải quyết" in giang.card


async def test_the_page_leads_back_to_the_list_that_it_was_opened_from(
    town: Town, an: Person
) -> None:
    await an.send("/start")
    await an.click("Cơ sở của tôi")
    assert "1. Giày Tân Lúa · chưa có lượt nào" in an.card
    await an.click("1. Giày Tân Lúa")
    assert "Chưa có cán bộ đến lần nào." in an.card
    assert "Xếp loại năm 2025: hoàn thành." in an.card
    await an.click("Quay lại")
    assert "Cơ sở của tôi" in an.card


@pytest.mark.wide
async def test_workers_and_members_over_time_come_from_reports_and_decisions(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    await had_fewer_workers(town, visit)
    await report_with_everything(town, an)
    dung = await town.person("Dũng")
    await dung.send("/dexuat")
    await taps(dung, "1", "Chấp nhận")
    await an.forge(f"site:figures:{visit.site_id}:0")
    assert "Hiện nay: 2.300 lao động" in an.card
    lines = [line for line in an.card.split("\n") if line.startswith("•")]
    assert lines == [
        "• 16/11/2026: 2.300 lao động, 1.980 đoàn viên"
        " · quyết định theo đề xuất, đồng chí Phạm Tiến Dũng",
        "• 16/11/2026: 2.300 lao động · báo cáo đi cơ sở, đồng chí Nguyễn Thị An",
    ]


@pytest.mark.wide
async def test_every_card_about_something_at_a_site_leads_to_its_page(
    town: Town, an: Person
) -> None:
    visit = await visit_of(town)
    await had_fewer_workers(town, visit)
    await report_with_everything(town, an)
    dung = await town.person("Dũng")
    await dung.send("/tongquan")
    await taps(dung, "Các lượt đi", "📍 1")
    assert "Cán bộ phụ trách" in dung.card or "Chưa có cán bộ phụ trách riêng" in dung.card
    await dung.send("/dexuat")
    await taps(dung, "1", "Trang cơ sở")
    assert "Lần đi gần nhất" in dung.card
    await an.forge(f"alert:at:{visit.site_id}")
    await an.send("Công nhân đang ngừng việc tại chuyền 5")
    await an.click("Báo ngay")
    assert "📍 Trang cơ sở" in dung.buttons
    await dung.click("Trang cơ sở")
    assert "Lần đi gần nhất" in dung.card


async def test_a_site_opened_from_any_list_leads_back_to_it(town: Town) -> None:
    dung = await town.person("Dũng")
    await dung.send("/tongquan")
    await dung.click("📋 Các lượt đi")
    listed = dung.card
    await dung.click("📍 1")
    await dung.click("« Quay lại")
    assert dung.card == listed
    await dung.forge(f"off:open:{AN.id}:0")
    listed = dung.card
    await dung.click("📍 1")
    await dung.click("« Quay lại")
    assert dung.card == listed
