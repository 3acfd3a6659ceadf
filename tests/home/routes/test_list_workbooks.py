"""Lists besides the overview's as xlsx, from the button below them: people, cases, tasks."""

import pytest

from storage.models import Case
from tests.cast import KCN, MONDAY, SEN_VANG
from tests.client import Person, Town
from tests.workbooks import files_of, part, rows_of, workbook

DOWNLOAD = "📥 Tải xlsx"


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


async def test_the_people_of_the_scope(town: Town, giang: Person) -> None:
    await giang.send("/nhansu")
    await giang.click(DOWNLOAD)
    rows = rows_of(workbook(town, giang))
    assert rows[0][0] == "Danh sách cán bộ"
    assert rows[1][0].startswith(f"{len(rows) - 3} người trong phạm vi phụ trách.")
    assert "Nguyễn Thị An" in {row[1] for row in rows[3:]}
    an = await town.person("An")
    await an.forge("p:xlsx")
    assert files_of(an) == []


async def test_a_list_of_cases_has_its_own_rows_and_no_confidential_words(
    town: Town, giang: Person
) -> None:
    columns = {"site_id": SEN_VANG.id, "unit_id": KCN.id, "home_id": KCN.id, "created_at": MONDAY}
    async with town.program.work.store.write() as session:
        session.add_all(
            [
                Case(
                    code="PA-1", text="cơm ca ít", category="BUA_AN", severity="urgent", **columns
                ),
                Case(code="PA-2", text="chậm lương", category="LUONG", **columns),
                Case(code="PA-3", text="bị trêu ghẹo", category="QUAY_ROI", **columns),
            ]
        )
    await giang.send("/kiennghi")
    await giang.click(DOWNLOAD)
    data = workbook(town, giang)
    rows = rows_of(data)
    assert rows[0][0] == "Phản ánh, kiến nghị: tất cả"
    assert rows[1][0].startswith("3 phản ánh, kiến nghị.")
    assert [row[0] for row in rows[3:]] == [1, 2, 3]
    assert "trêu ghẹo" not in part(data, "sharedStrings")
    await giang.forge("case:x:urgent")
    urgent = rows_of(workbook(town, giang))
    words = urgent[2].index("Nội dung")
    assert [row[words] for row in urgent[3:]] == ["cơm ca ít"]
    before = len(files_of(giang))
    await giang.forge("case:x:find")
    mai = await town.person("Mai")
    await mai.forge("case:x:unit")
    assert (len(files_of(giang)), files_of(mai)) == (before, [])


async def test_the_tasks_of_a_plan_and_of_the_units_below(town: Town, giang: Person) -> None:
    await giang.send("/nhiemvu")
    await giang.click("📌")
    shown = giang.card
    await giang.click(DOWNLOAD)
    rows = rows_of(workbook(town, giang))
    assert rows[0][0].startswith("Nhiệm vụ năm 2026 · ")
    assert rows[2][1:4] == ["Đơn vị", "Kế hoạch", "Nhiệm vụ"]
    assert rows[3][3][:60] in shown
    state = rows[2].index("Tình trạng")
    assert {row[state] for row in rows[3:]} == {"chưa nhận"}
    await giang.send("/nhiemvu")
    await giang.click("📌")
    await giang.click("🏢 Các đơn vị")
    await giang.click(DOWNLOAD)
    units = rows_of(workbook(town, giang))
    assert units[2][1] == "Đơn vị"
    assert units[-1][1] == "Cộng"
    an = await town.person("An")
    await an.forge("task:x:late")
    assert files_of(an) == []
