"""Every list of the overview as xlsx: the same rows and permissions, and which list it is."""

import re

import pytest
from sqlmodel import col, update

from storage.models import Person as People
from tests.cast import CUC, MONDAY
from tests.client import Person, Town
from tests.visits.routes.test_overview import report_with_everything
from tests.workbooks import files_of, part, rows_of, workbook


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


LISTS = {
    "all": ("Các lượt đi", ["TT", "Cơ sở", "Cán bộ", "Ngày"]),
    "open": ("Chưa báo cáo", ["TT", "Cơ sở", "Cán bộ", "Tình trạng"]),
    "t.wages": ("Vấn đề lương, thu nhập", ["TT", "Cơ sở", "Cán bộ", "Ngày"]),
    "s": ("Theo cán bộ", ["TT", "Cán bộ", "Chỉ tiêu trong tuần", "Được giao"]),
    "u": ("Theo đơn vị", ["TT", "Đơn vị", "Lượt được giao", "Đã báo cáo"]),
    "c": ("Cơ sở đã đến, lâu chưa đến xếp trước", ["TT", "Cơ sở", "Lao động"]),
}


async def test_every_list_comes_with_its_title_what_it_covers_filters_and_a_sum(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    for kind, (title, headings) in LISTS.items():
        await giang.forge(f"ov:x:{kind}:20261116:0")
        data = workbook(town, giang)
        rows = rows_of(data)
        assert rows[0][0] == title
        assert re.match(
            r"Tuần 47 năm 2026 \(từ 16/11/2026 đến 22/11/2026\)\. LĐLĐ tỉnh\. Lập lúc \d\d:",
            rows[1][0],
        )
        assert rows[2][: len(headings)] == headings
        assert rows[-1][1] == "Cộng"
        sheet = part(data, "worksheets/sheet1")
        assert f'<autoFilter ref="A3:{chr(64 + len(rows[2]))}{len(rows) - 1}"/>' in sheet
        assert 'state="frozen"' in sheet
        for place, heading in enumerate(rows[2]):
            assert any(row[place] not in ("", None) for row in rows[3:]), f"{heading} is empty"


@pytest.mark.wide
async def test_the_rows_are_those_of_the_list_all_of_them(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    await giang.click("📍 Cơ sở đã đến")
    assert "Tiếp ›" in giang.buttons
    await giang.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, giang))[3:-1]
    assert len(rows) == 11
    assert [row[0] for row in rows] == [float(n) for n in range(1, 12)]
    await giang.send("/tongquan")
    await giang.click("📋 Các lượt đi")
    await giang.click("📥 Tải xlsx")
    visits = rows_of(workbook(town, giang))
    assert len(visits[3:-1]) == 3
    assert visits[-1][5] == 20


@pytest.mark.wide
async def test_a_months_list_comes_whole_with_the_week_of_each_visit(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.forge("ov:zl:open:m202611:0:0")
    await giang.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, giang))
    assert rows[0][0] == "Chưa báo cáo"
    assert rows[1][0].startswith("Tháng 11/2026. LĐLĐ tỉnh. Lập lúc ")
    assert rows[2][:4] == ["TT", "Tuần", "Cơ sở", "Cán bộ"]
    assert [row[1] for row in rows[3:-1]] == [47, 47]
    await giang.forge("ov:zx:case:m202611:0")
    assert "nhà trẻ" not in part(workbook(town, giang), "sharedStrings")
    before = len(files_of(an))
    await an.forge("ov:zx:met:m202611:2")
    assert len(files_of(an)) == before


async def test_what_workers_proposed_is_in_no_sheet(town: Town, an: Person, giang: Person) -> None:
    await report_with_everything(town, an)
    await giang.forge("ov:x:case:20261116:0")
    data = workbook(town, giang)
    assert len(rows_of(data)[3:-1]) == 1
    assert "nhà trẻ" not in part(data, "sharedStrings")


async def test_a_sheet_is_for_whom_its_list_is(town: Town, an: Person) -> None:
    before = len(files_of(an))
    for data in ("ov:x:all:20261116:0", "ov:x:c:20261116:1", "ov:x:s:20261116:2"):
        await an.forge(data)
    assert len(files_of(an)) == before
    dung = await town.person("Dũng")
    await dung.forge("ov:x:all:20261116:1")
    assert files_of(dung) == []
    await dung.forge("ov:x:all:20261116:0")
    about = rows_of(workbook(town, dung))[1][0]
    assert about.startswith("Tuần 47 năm 2026 (từ 16/11/2026 đến 22/11/2026). CĐ các KCN tỉnh.")
    await dung.forge("ov:x:nothing:20261116:0")
    assert "Không tìm thấy" in dung.toasts[-1]


@pytest.mark.wide
async def test_late_unplanned_and_met_open_their_lists(
    town: Town, an: Person, giang: Person
) -> None:
    await report_with_everything(town, an)
    await giang.send("/tongquan")
    await giang.click("👷 Đã gặp (20)")
    assert "gặp 20 NLĐ" in giang.card
    await giang.forge("ov:l:late:20261116:0:0")
    assert "Không có lượt đi nào" in giang.card
    await giang.forge("ov:l:extra:20261116:0:0")
    assert "Đi ngoài kế hoạch" in giang.card


async def test_people_behind_a_figure_are_named_all_of_them(town: Town, giang: Person) -> None:
    cuc = await town.person("Cúc")
    await cuc.block()
    async with town.program.work.store.write() as session:
        await session.exec(update(People).where(col(People.id) == CUC.id).values(blocked_at=MONDAY))
    await giang.send("/tongquan")
    await giang.click("📵 Chưa liên lạc được")
    assert "1. Lê Thị Cúc" in giang.card
    await giang.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, giang))
    assert (rows[0][0], rows[3][1]) == ("Chưa liên lạc được", "Lê Thị Cúc")
    for kind in ("praise", "undelivered"):
        await giang.forge(f"ov:n:{kind}:20261116:0")
        assert "Không có ai." in giang.card
    an = await town.person("An")
    await an.forge("ov:n:unreached:20261116:0")
    assert "Lê Thị Cúc" not in an.card
