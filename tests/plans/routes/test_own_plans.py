"""A unit's own plan is registered, and what stands in a plan's way reaches its department."""

import pytest
from sqlmodel import select

from bot.plans.rules.departments import department_meant
from storage.enums import UnitKind
from storage.models import Case, Membership, Unit, UnitPlan
from tests.cast import BINH, LONG_AGO, LONG_HOA, SEN_VANG, TINH
from tests.client import Town

DEPARTMENT = 70


async def open_own_plan(person, plan: str = "📘 Sát cơ sở") -> None:
    await person.send("/kehoach")
    await person.click(plan)
    await person.click("📄 Kế hoạch của đơn vị")


async def test_a_leader_registers_the_units_plan_and_the_province_sees_who_has_none(
    town: Town,
) -> None:
    dung, giang = await town.person("Dũng"), await town.person("Giang")
    await open_own_plan(dung)
    assert "chưa ghi nhận kế hoạch riêng" in dung.card
    await dung.click("✍️ Ghi nhận kế hoạch")
    await dung.send("15/KH-CĐ")
    await dung.send("10/11")
    await dung.document("ke-hoach-15.pdf", b"%PDF-1.4 a plan")
    await dung.click("✅ Gửi")
    assert "số 15/KH-CĐ ngày 10/11/2026" in dung.card
    await dung.click("📎 Tệp kèm (1)")
    assert any("ke-hoach-15" in str(message) for message in dung.messages)

    await open_own_plan(giang)
    assert "1/" in giang.card
    await giang.click("🏢 Các đơn vị")
    lines = giang.card.splitlines()
    assert any("⚪ chưa có" in line and LONG_HOA.name in line for line in lines)
    assert "1/" in lines[1]

    await open_own_plan(dung)
    await dung.click("✏️ Ghi lại kế hoạch")
    await dung.click("Bỏ qua")
    await dung.send("12/11")
    await dung.click("Bỏ qua")
    await dung.click("✅ Gửi")
    assert "Kế hoạch ngày 12/11/2026" in dung.card
    async with town.program.work.read() as session:
        assert len((await session.exec(select(UnitPlan))).all()) == 1, "the newest counts"


async def test_a_committee_registers_its_own_and_nobody_another_units(town: Town) -> None:
    mai, an = await town.person("Mai"), await town.person("An")
    await open_own_plan(mai)
    assert SEN_VANG.name in mai.card
    await mai.click("✍️ Ghi nhận kế hoạch")
    await mai.click("Bỏ qua")
    await mai.send("10/11")
    await mai.send("Đưa vào chương trình công tác năm")
    await mai.click("✅ Gửi")
    assert "Đưa vào chương trình công tác năm" in mai.card
    for data in (f"uplan:new:sat-co-so:{LONG_HOA.id}", f"uplan:open:sat-co-so:{TINH.id}"):
        await an.forge(data)
    assert LONG_HOA.name not in an.card
    await an.forge(f"uplan:open:sat-co-so:{SEN_VANG.id}")
    assert "Đưa vào chương trình" in an.card
    await an.forge(f"uplan:new:sat-co-so:{SEN_VANG.id}")
    assert any("chưa được giao quyền" in toast for toast in an.toasts)


async def test_a_difficulty_becomes_a_case_of_the_department_that_the_plan_names(
    town: Town,
) -> None:
    async with town.program.work.write() as session:
        unit = Unit(
            id=DEPARTMENT,
            code="CSPL",
            name="Ban Chính sách Pháp luật và Quan hệ lao động",
            folded="ban chinh sach phap luat va quan he lao dong",
            kind=UnitKind.FEDERATION,
            parent_id=TINH.id,
            path=f"{TINH.path}{DEPARTMENT}/",
            known_since=LONG_AGO.date(),
        )
        session.add(unit)
        await session.flush()
        session.add(Membership(person_id=BINH.id, role="supervisor", unit_id=DEPARTMENT))
    dung, binh = await town.person("Dũng"), await town.person("Bình")
    await dung.send("/kehoach")
    await dung.click("📘 Năng suất lao động")
    assert "0231.3877.526" in dung.card
    await dung.click("🆘 Nêu khó khăn")
    await dung.send("Chủ doanh nghiệp không bố trí thời gian")
    await dung.click("✅ Gửi")
    assert "Ban Chính sách Pháp luật và Quan hệ lao động" in dung.card
    assert "0231.3877.526" in dung.card
    assert "Trần Văn Bình" in dung.card
    await town.settle()
    assert "Khó khăn khi thực hiện kế hoạch" in binh.card
    assert "Chủ doanh nghiệp không bố trí thời gian" in binh.card
    async with town.program.work.read() as session:
        case = (await session.exec(select(Case))).one()
    assert case.unit_id == DEPARTMENT
    assert case.settle_by is not None
    assert case.remind_at is not None
    await binh.click("📂 Mở kiến nghị")
    assert case.code in binh.card
    await dung.click("📋 Theo dõi")
    assert case.code in dung.card


async def test_without_such_a_department_it_is_the_provinces(town: Town) -> None:
    mai, giang = await town.person("Mai"), await town.person("Giang")
    await mai.send("/kehoach")
    await mai.click("📘 Sát cơ sở")
    await mai.click("🆘 Nêu khó khăn")
    await mai.send("Chưa có kinh phí hoạt động")
    await mai.click("✅ Gửi")
    assert TINH.name in mai.card
    assert "điện thoại" not in mai.card, "the plan prints none"
    await town.settle()
    assert "Chưa có kinh phí hoạt động" in giang.card
    assert SEN_VANG.name in giang.card


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Ban Tổ chức LĐLĐ tỉnh", 2),
        ("Ban Tổ chức - Kiểm tra LĐLĐ tỉnh", 3),
        ("Ban Chính sách - Pháp luật LĐLĐ tỉnh", None),
        ("Văn phòng", 4),
    ],
)
def test_the_longest_name_that_fits_is_meant(words: str, meant: int | None) -> None:
    departments = {2: "Ban Tổ chức", 3: "Ban Tổ chức – Kiểm tra", 4: "Văn phòng"}
    assert department_meant(words, departments) == meant
