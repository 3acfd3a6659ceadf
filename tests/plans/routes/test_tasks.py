"""A plan's task from the plan to its result: taken, given, due, reminded, done, seen."""

from datetime import date, time

import pytest

from bot.core.rules.calendar import at
from storage.models import PlanTask
from tests.cast import GIANG, KCN, LONG_HOA
from tests.client import Person, Town

CONTACT = "Thường xuyên liên hệ trực tiếp với cơ sở"


async def take_first(person: Person) -> None:
    await person.send("/kehoach")
    await person.click("📘 Sát cơ sở")
    await person.click("📌 Nhiệm vụ của đơn vị")
    await person.click("1")
    await person.click("📌 Nhận nhiệm vụ")


async def test_a_task_goes_from_the_plan_to_its_result_and_everybody_concerned_sees_it(
    town: Town,
) -> None:
    dung, an = await town.person("Dũng"), await town.person("An")
    await dung.send("/kehoach")
    await dung.click("📘 Sát cơ sở")
    await dung.click("📌 Nhiệm vụ của đơn vị")
    assert KCN.name in dung.card
    assert CONTACT in dung.card
    assert "⚪ chưa nhận" in dung.card
    assert "Ban Tổ chức" not in dung.card, "what the plan gives the province is not the unit's"
    await dung.click("1")
    assert CONTACT in dung.card
    assert "mục III.2.1" in dung.card
    await dung.click("📌 Nhận nhiệm vụ")
    assert "31/12/2026" in dung.card
    assert "Tình trạng: 🔵 đang làm\n" in dung.card
    assert dung.card.count("chưa giao") == 1, "who does it and by when is said once"
    assert dung.card.count("31/12/2026") == 1
    await dung.click("👤 Giao cho…")
    assert not any("Cúc" in label for label in dung.buttons), "she works in another unit"
    assert "✖️ Hủy" in dung.buttons, "it is in nobody's hands, so there is nothing to keep"
    await dung.click("👤 Nguyễn Thị An")
    assert "Đã giao việc." in dung.card
    assert "Nguyễn Thị An" in dung.card
    await town.settle()
    assert "Phạm Tiến Dũng giao đồng chí" in an.card
    assert CONTACT in an.card
    await dung.click("📅 Đổi hạn")
    await dung.send("25/11")
    assert "25/11/2026" in dung.card
    await town.settle()
    assert "đổi hạn" in an.card

    await town.move_to(at(date(2026, 11, 25), time(8, 0)))
    assert "đến hạn" in an.card
    assert CONTACT in an.card
    await town.move_to(at(date(2026, 11, 26), time(8, 0)))
    assert "đã quá hạn" in an.card
    assert "đã quá hạn" in dung.card

    await dung.send("/nhiemvu")
    assert "quá hạn 1" in dung.card
    await dung.click("⏰ Nhiệm vụ quá hạn (1)")
    assert CONTACT in dung.card
    assert "Nguyễn Thị An" in dung.card

    await an.send("/start")
    await an.click("📌 Nhiệm vụ kế hoạch (1, quá hạn 1)")
    await an.click("1")
    await an.click("✍️ Báo tiến độ")
    await an.send("Đã đến 3 cơ sở <b>")
    await an.click("✅ Gửi")
    assert "Đã ghi nhận tiến độ." in an.card
    assert "Đã đến 3 cơ sở <b>" in an.card
    await an.click("✅ Đã xong, báo kết quả")
    await an.send("Đã lập sổ liên hệ 7 CĐCS")
    await an.document("so-lien-he.xlsx", b"PK.. a table")
    await an.click("✅ Gửi")
    assert "Kết quả" in an.card
    assert "Đã lập sổ liên hệ 7 CĐCS" in an.card
    await town.settle()
    assert "Nguyễn Thị An báo đã xong" in dung.card
    await dung.click("📌 Xem nhiệm vụ")
    assert "Đã lập sổ liên hệ 7 CĐCS" in dung.card
    assert "giao cho Nguyễn Thị An" in dung.card
    await dung.click("📎 Tệp kèm (1)")
    assert any("so-lien-he" in str(message) for message in dung.messages)
    await dung.send("/kehoach")
    await dung.click("📘 Sát cơ sở")
    await dung.click("📌 Nhiệm vụ của đơn vị")
    assert "✅ xong 1" in dung.card
    await town.move_to(at(date(2026, 12, 10), time(8, 0)))
    assert [card for card in an.cards if "Nhiệm vụ đã quá hạn" in card][1:] == [], "no more of it"


async def test_the_province_sees_how_its_units_stand_the_late_ones_first(town: Town) -> None:
    dung, giang = await town.person("Dũng"), await town.person("Giang")
    await take_first(dung)
    await dung.click("📅 Đổi hạn")
    await dung.send("20/11")
    await town.move_to(at(date(2026, 11, 21), time(9, 0)))
    await giang.send("/kehoach")
    await giang.click("📘 Sát cơ sở")
    await giang.click("📌 Nhiệm vụ của đơn vị")
    assert "LĐLĐ tỉnh" in giang.card
    assert CONTACT not in giang.card
    await giang.click("🏢 Các đơn vị")
    lines = giang.card.splitlines()
    assert KCN.name in lines[2]
    assert "quá hạn 1" in lines[3]
    assert any(LONG_HOA.name in line for line in lines)
    await giang.click("1")
    assert "⏰ quá hạn 20/11/2026 · chưa giao ai" in giang.card
    assert KCN.name in giang.card
    await giang.click("1")
    assert "Tình trạng: ⏰ quá hạn\n" in giang.card
    assert giang.card.count("Hạn: ") == 1


async def test_a_committee_has_the_tasks_that_the_plans_give_a_grassroots_union(
    town: Town,
) -> None:
    mai = await town.person("Mai")
    await mai.send("/nhiemvu")
    await mai.click("📌 Sát cơ sở")
    assert "Tham mưu cấp ủy, thủ trưởng, chủ doanh nghiệp" in mai.card
    await mai.click("1")
    await mai.click("📌 Nhận nhiệm vụ")
    await mai.click("✅ Đã xong, báo kết quả")
    await mai.send("Chủ doanh nghiệp đã đồng ý")
    await mai.click("✅ Gửi")
    assert "Chủ doanh nghiệp đã đồng ý" in mai.card


@pytest.mark.parametrize(
    "forged",
    [
        f"task:list:sat-co-so:{LONG_HOA.id}:2026:0",
        f"task:new:sat-co-so:0:{LONG_HOA.id}:2026",
        f"task:take:sat-co-so:0:{LONG_HOA.id}:2026",
        f"task:take:sat-co-so:14:{KCN.id}:2026",  # the province's
        f"task:take:sat-co-so:0:{KCN.id}:2031",
        "task:open:99999",
        "task:give:1",
    ],
)
async def test_nobody_reaches_another_units_tasks_by_a_forged_button(
    town: Town, forged: str
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/nhiemvu")
    await dung.forge(forged)
    assert any("Không tìm thấy" in toast for toast in dung.toasts)
    async with town.program.work.read() as session:
        assert await session.get(PlanTask, 1) is None


async def test_an_officer_who_leads_nobody_cannot_take_or_give(town: Town) -> None:
    dung, an, cuc = [await town.person(name) for name in ("Dũng", "An", "Cúc")]
    await take_first(dung)
    await an.send("/nhiemvu")
    await an.click("📌 Sát cơ sở")
    await an.click("1")
    assert not any("Giao cho" in label or "xong" in label for label in an.buttons)
    for data in ("task:give:1", "task:move:1", "task:done:1", "task:again:1"):
        await an.forge(data)
    async with town.program.work.read() as session:
        task = await session.get_one(PlanTask, 1)
    assert (task.owner_id, task.due, task.state) == (None, date(2026, 12, 31), "open")
    await cuc.forge("task:open:1")
    assert CONTACT not in cuc.card


async def test_two_leaders_take_one_task_once(town: Town) -> None:
    dung, giang = await town.person("Dũng"), await town.person("Giang")
    await take_first(dung)
    await giang.send("/nhiemvu")
    await giang.forge(f"task:take:sat-co-so:0:{KCN.id}:2026")
    async with town.program.work.read() as session:
        assert (await session.get_one(PlanTask, 1)).taken_by != GIANG.id
        assert await session.get(PlanTask, 2) is None
    assert "Phạm Tiến Dũng" in giang.card
