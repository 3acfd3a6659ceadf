"""A leader writes to many over the sandbox's HTTP: what is read before, meanwhile and after."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import load_workbook

from storage.enums import Role
from storage.folding import fold
from storage.models import Membership, Person
from storage.people import address_row
from tests.cast import MONDAY, SEN_VANG, Character
from tests.client import Town

pytestmark = pytest.mark.wide("tests/announcements/test_announcements.py")
FIRST, TELEGRAM = 2000, 8_000_000_000
UNREACHABLE = 3  # blocked the program, gone from Telegram, never came in


async def move_in(town: Town, many: int) -> None:
    """So many members of committees, of whom three cannot be reached."""
    ids = range(FIRST, FIRST + many)
    async with town.program.work.write() as session:
        session.add_all(
            Person(id=n, name=f"Người {n}", folded=fold(f"Người {n}"), joined_at=MONDAY)
            for n in ids
        )
        await session.flush()
        session.add_all(
            Membership(person_id=n, role=Role.REPRESENTATIVE, unit_id=SEN_VANG.id) for n in ids
        )
        session.add_all(
            address_row(n, Character(n, "", TELEGRAM + n).address) for n in ids if n != FIRST + 2
        )
    for n in ids:
        await town.move_in(f"Người {n}", TELEGRAM + n, started=True)
    await town.ask("POST", f"/sandbox/people/{TELEGRAM + FIRST}/block")
    gone = {"id": TELEGRAM + FIRST + 1, "account_deleted": True}
    await town.ask("POST", "/sandbox/people", json=gone)
    await town.ask("POST", "/sandbox/limits", json={"enabled": False})
    await town.settle()


@pytest.mark.parametrize("many", [30, pytest.param(1000, marks=pytest.mark.soak)])
async def test_a_leader_reads_how_far_it_is_pauses_it_and_who_did_not_get_it(
    town: Town, many: int
) -> None:
    await move_in(town, many)
    await town.move_to(MONDAY + timedelta(hours=15))  # at ten in the evening nothing goes out
    giang = await town.person("Giang")
    everybody = many + 1  # with the committee of the cast
    for label in ("/thongbao", "Soạn thông báo", "LĐLĐ tỉnh", "BCH CĐCS"):
        await (giang.send(label) if label.startswith("/") else giang.click(label))
    await giang.send("Đề nghị nắm tình hình thưởng Tết.")
    assert f"{everybody:,} đồng chí".replace(",", ".") in giang.card
    assert "Khó nhận được" in giang.card
    await giang.click("📣 Gửi")
    assert f"Đã nhận: 0/{everybody:,} đồng chí".replace(",", ".") in giang.card
    await giang.click("⏸ Tạm dừng")
    assert "tạm dừng" in giang.card
    await town.move_to(MONDAY + timedelta(days=1, hours=1))
    await giang.click("🔄 Xem tiến độ")
    assert f"Đã nhận: 0/{everybody:,}".replace(",", ".") in giang.card
    await giang.click("▶️ Gửi tiếp")
    await town.move_to(MONDAY + timedelta(days=1, hours=1, minutes=10))
    await giang.click("🔄 Xem tiến độ")
    reached = everybody - UNREACHABLE
    assert f"Đã nhận: {reached:,}/{everybody:,} đồng chí".replace(",", ".") in giang.card
    assert f"Không nhận được: {UNREACHABLE} (" in giang.card
    assert giang.toasts[-1] == f"Đã nhận: {reached:,}/{everybody:,} đồng chí".replace(",", ".")
    await giang.click("📥 Ai chưa nhận được")
    sheet = town.sandbox.world.files.read(
        giang.messages[-1]["media"]["url"].removeprefix("/sandbox/files/")
    )
    rows = load_workbook(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert {row[1] for row in rows} >= {f"Người {FIRST + n}" for n in range(UNREACHABLE)}
    chats = await town.ask("GET", "/sandbox/state")
    assert all(chats["sent"].get(str(TELEGRAM + n)) == 1 for n in range(FIRST + 3, FIRST + many))
