"""An officer's weeks: for themselves and for those who lead them, and for nobody else."""

import pytest

from storage.models import Visit, VisitReport
from tests.cast import AN, BEN_QUE, LONG_HOA, NEXT_MONDAY
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST, begin, finish, rows, visit_of
from tests.visits.routes.test_site_page import site_of


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def reported(town: Town, an: Person) -> str:
    """The site of a visit that was reported a week ago, and whom An met there."""
    await begin(town, an)
    await finish(an)
    (report,) = await rows(town, VisitReport)
    async with town.program.work.write() as session:
        (await session.get_one(VisitReport, report.id)).met_union = "bà Hoa, Chủ tịch CĐCS"
    name = (await site_of(town, await visit_of(town))).name
    await town.move_to(NEXT_MONDAY)
    return name


async def test_one_sees_ones_own_weeks_with_whom_one_met(town: Town, an: Person) -> None:
    name = await reported(town, an)
    await an.send("/start")
    await an.click("Các tuần của tôi")
    assert "12 tuần gần đây: 1/2 lượt đã báo cáo." in an.card
    assert "Đạt chỉ tiêu 1/2 tuần." in an.card
    line = f"2. Tuần 47/2026 · {name} · đã báo cáo, gặp 10 NLĐ · BCH: bà Hoa, Chủ tịch CĐCS"
    assert line in an.card
    await an.click("📄 2")
    assert HONEST in an.card
    await an.click("Quay lại")
    assert line in an.card
    await an.click("📍 2")
    assert "Lần đi gần nhất" in an.card


@pytest.mark.wide
async def test_a_leader_opens_them_from_the_overview_and_from_the_list_of_people(
    town: Town, an: Person
) -> None:
    await reported(town, an)
    dung = await town.person("Dũng")
    await dung.send("/tongquan")
    for label in ("Theo cán bộ", "Nguyễn Thị An", "Các tuần đi cơ sở"):
        await dung.click(label)
    assert "Nguyễn Thị An · các tuần đi cơ sở" in dung.card
    await dung.click("« Quay lại")
    assert dung.card.startswith("Đồng chí Nguyễn Thị An · tuần")
    await dung.send("/nhansu")
    await dung.click("Nguyễn Thị An")
    await dung.click("Các tuần đi cơ sở")
    assert "1/2 lượt đã báo cáo" in dung.card
    await dung.click("« Quay lại")
    assert "Số lượt đi mỗi tuần" in dung.card


@pytest.mark.wide
@pytest.mark.parametrize("way", [("📄 2", "📍 Trang cơ sở"), ("📍 2",)])
async def test_from_the_weeks_of_somebody_to_a_site_and_back_step_by_step(
    town: Town, an: Person, way: tuple[str, ...]
) -> None:
    await reported(town, an)
    dung = await town.person("Dũng")
    await dung.send("/nhansu")
    for label in ("Nguyễn Thị An", "Các tuần đi cơ sở", *way):
        await dung.click(label)
    assert "Lần đi gần nhất" in dung.card
    for _ in way:
        await dung.click("« Quay lại")
    assert "1/2 lượt đã báo cáo" in dung.card
    await dung.click("« Quay lại")
    assert "Số lượt đi mỗi tuần" in dung.card


async def test_nobody_else_sees_them(town: Town, an: Person) -> None:
    """A colleague, another scope, a cluster without a site of theirs, the committee, a worker."""
    await reported(town, an)
    for name in ("Bình", "Cúc", "Khoa", "Mai", "Lan"):
        other = await town.person(name)
        await other.forge(f"off:open:{AN.id}:0")
        assert "Nguyễn Thị An · các tuần" not in other.card, name
        assert "Tuần 47/2026" not in other.card, name


async def test_a_leader_of_a_part_is_told_what_a_figure_is_about(town: Town, an: Person) -> None:
    """Their visits are counted within the scope, but whether a week met its quota is not."""
    await reported(town, an)
    khoa, dung = await town.person("Khoa"), await town.person("Dũng")
    async with town.program.work.write() as session:
        session.add(
            Visit(
                key="elsewhere",
                week=NEXT_MONDAY.date(),
                site_id=BEN_QUE.id,
                unit_id=LONG_HOA.id,
                officer_id=AN.id,
                created_at=NEXT_MONDAY,
            )
        )
    await khoa.forge(f"off:open:{AN.id}:0")
    assert "12 tuần gần đây, trong phạm vi đồng chí phụ trách: 0/1 lượt" in khoa.card
    assert "Đạt chỉ tiêu 1/2 tuần (tính cả lượt đi ngoài phạm vi này)." in khoa.card
    await an.forge("off:open:0:0")
    assert "12 tuần gần đây: 1/3 lượt" in an.card
    assert "Đạt chỉ tiêu 1/2 tuần." in an.card
    await dung.forge(f"off:open:{AN.id}:0")
    assert "trong phạm vi đồng chí phụ trách: 1/2 lượt" in dung.card
