"""The yearly review from 15 November to 16 December, as everybody lives through it.

Three unions owe it: CĐ các KCN sends in time, Long Hòa is given it back and sends again, Hòn Sao
is late. At the end the province holds the consolidated report as docx and xlsx.
"""

import io
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time

import docx
import pytest
from python_calamine import CalamineWorkbook

from bot.core.rules.calendar import at
from bot.core.rules.official_names import official_name
from storage.enums import Role
from storage.folding import fold
from storage.models import Membership, Person
from storage.people import address_row
from storage.store import Store
from tests import cast
from tests.cast import HON_SAO, KCN, LONG_HOA, Character
from tests.client import Person as Somebody
from tests.client import Town

pytestmark = pytest.mark.wide("tests/summaries/routes/test_obligations.py")

TU = Character(21, "Mai Văn Tư", 7_000_000_021, Role.SUPERVISOR, LONG_HOA)
SAU = Character(22, "Ngô Thị Sáu", 7_000_000_022, Role.SUPERVISOR, HON_SAO)
SECTIONS = {
    "II. Chỉ đạo": "Đã ban hành kế hoạch, phân công cán bộ.",
    "IV.1 Ưu điểm": "Cán bộ bám cơ sở.",
    "IV.2 Hạn chế": "Báo cáo còn chậm.",
    "V. Phương hướng": "Đi cơ sở đều mỗi tuần.",
}


@pytest.fixture
def start() -> datetime:
    return at(date(2026, 11, 13), time(7))


@pytest.fixture
def inhabitants() -> Callable[[Store], Awaitable[None]]:
    """The cast, with leaders for the two unions that have none there."""

    async def settle(store: Store) -> None:
        await cast.settle(store)
        async with store.write() as session:
            for one in (TU, SAU):
                session.add(
                    Person(
                        id=one.id,
                        name=one.full_name,
                        folded=fold(one.full_name),
                        joined_at=cast.LONG_AGO,
                    )
                )
            await session.flush()
            for one in (TU, SAU):
                assert one.over
                assert one.role
                session.add(address_row(one.id, one.address))
                session.add(Membership(person_id=one.id, role=one.role, unit_id=one.over.id))

    return settle


@pytest.fixture
async def leaders(town: Town) -> dict[str, Somebody]:
    for one in (TU, SAU):
        await town.move_in(one.full_name, one.telegram_id, started=True)
    return {
        "KCN": await town.person("Dũng"),
        "LH": await town.person(TU.full_name, TU.telegram_id),
        "HS": await town.person(SAU.full_name, SAU.telegram_id),
    }


async def prompted(town: Town, leaders: dict[str, Somebody], day: date) -> dict[str, str]:
    """Let time pass until nine: whom a prompt reached on this very day, and its first line.

    Nobody gets one on the days before.
    """
    before = {unit: len(prompts(one)) for unit, one in leaders.items()}
    await town.move_to(at(day, time(7, 30)))
    assert {unit: len(prompts(one)) for unit, one in leaders.items()} == before, "a day too early"
    await town.move_to(at(day, time(9)))
    return {
        unit: prompts(one)[-1].split("\n")[0]
        for unit, one in leaders.items()
        if len(prompts(one)) > before[unit]
    }


def prompts(one: Somebody) -> list[str]:
    return [card for card in one.cards if card.startswith(("⏰", "⚠️ Hôm nay", "⚠️ Báo cáo"))]


async def opens(leader: Somebody) -> None:
    await leader.send("/baocaonam")


async def writes(someone: Somebody) -> None:
    """All required parts on the phone, one after another."""
    await opens(someone)
    for part, words in SECTIONS.items():
        await someone.click(part)
        await someone.click("Viết")
        await someone.send(words)
        await someone.click("Gửi vào báo cáo của đơn vị")


async def corrects(someone: Somebody, label: str, value: str) -> None:
    """The number of III.4 that the unit knows better."""
    await opens(someone)
    await someone.click("Số liệu")
    await someone.click("III.4")
    assert f"{label}: —" in " ".join(someone.buttons)
    await someone.click("Sửa số")
    await someone.click(label)
    await someone.send(value)
    await someone.click("Theo sổ sách của đơn vị")
    assert f"{label}: {value}" in " ".join(someone.buttons)


async def sends(leader: Somebody) -> None:
    await opens(leader)
    await leader.click("Gửi báo cáo")
    await leader.click("Gửi")


async def document(town: Town, person: Somebody) -> bytes:
    """The newest file in the chat."""
    media = [m["media"] for m in person.messages if m.get("media")][-1]
    return town.sandbox.world.files.read(media["url"].removeprefix("/sandbox/files/")) or b""


async def test_from_13_november_to_16_december(town: Town, leaders: dict[str, Somebody]) -> None:
    giang = await town.person("Giang")
    everybody = {"KCN", "LH", "HS"}

    found = await prompted(town, leaders, date(2026, 11, 13))  # 15/11 is a Sunday
    assert found == dict.fromkeys(everybody, "⏰ Còn 32 ngày; ngày cuối là 14/12/2026.")
    assert "V. Phương hướng" in prompts(leaders["HS"])[-1]

    await writes(leaders["LH"])
    found = await prompted(town, leaders, date(2026, 12, 1))
    assert found == dict.fromkeys(everybody, "⏰ Còn 14 ngày; ngày cuối là 14/12/2026.")
    assert "Các phần bắt buộc đã đủ" in prompts(leaders["LH"])[-1]

    await town.move_to(at(date(2026, 12, 5), time(10)))
    await sends(leaders["LH"])
    assert LONG_HOA.name in giang.card
    found = await prompted(town, leaders, date(2026, 12, 8))
    assert set(found) == {"KCN", "HS"}, "who has sent is not prompted"

    await town.move_to(at(date(2026, 12, 9), time(10)))
    await give_back(giang, "Bổ sung số liệu về nhà ở công nhân.")
    assert "nhà ở công nhân" in leaders["LH"].card

    await town.move_to(at(date(2026, 12, 10), time(10)))
    an = await town.person("An")
    await writes(an)
    await corrects(an, "Đoàn viên mới", "57")
    await sends(leaders["KCN"])
    await giang.send("/baocaonam")
    await giang.click("1.")
    await giang.click(f"3. {KCN.name}")
    await giang.click("Tiếp nhận")
    await giang.click("✅ Tiếp nhận")
    assert "tiếp nhận" in leaders["KCN"].card

    found = await prompted(town, leaders, date(2026, 12, 11))  # 12/12 is a Saturday
    assert found == dict.fromkeys(["LH", "HS"], "⏰ Còn 4 ngày; ngày cuối là 14/12/2026.")
    await town.move_to(at(date(2026, 12, 13), time(10)))
    await sends(leaders["LH"])

    found = await prompted(town, leaders, date(2026, 12, 14))
    assert found == {"HS": "⏰ Hôm nay là ngày cuối để gửi báo cáo."}
    found = await prompted(town, leaders, date(2026, 12, 15))
    assert found == {"HS": "⚠️ Hôm nay đã là ngày 15/12: báo cáo trễ hạn."}
    assert "1/3 đơn vị trễ hạn" in giang.card
    assert f"• {HON_SAO.name}" in giang.card
    await giang.click("Bảng theo dõi")
    assert f"1. 🔴 {HON_SAO.name}: trễ hạn, chưa gửi" in giang.card

    await town.move_to(at(date(2026, 12, 16), time(9)))
    await writes(leaders["HS"])
    await sends(leaders["HS"])
    await giang.send("/baocaonam")
    await giang.click("1.")
    assert "Đã gửi: 3/3 đơn vị, 1 trễ hạn." in giang.card
    await giang.click(f"1. {HON_SAO.name}")
    assert "trễ hạn" in giang.card
    await giang.click("Quay lại")
    await check_docx(town, giang)
    await check_xlsx(town, giang)


async def give_back(giang: Somebody, remarks: str) -> None:
    await giang.send("/baocaonam")
    await giang.click("1.")
    await giang.click(f"3. {LONG_HOA.name}")
    await giang.click("Trả lại")
    await giang.send(remarks)


async def check_docx(town: Town, giang: Somebody) -> None:
    await giang.click("Tổng hợp (docx)")
    paper = docx.Document(io.BytesIO(await document(town, giang)))
    words = "\n".join(line.text for line in paper.paragraphs)
    assert "có 3/3 đơn vị đã gửi báo cáo, trong đó 01 đơn vị gửi chậm" in words
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    units = [official_name(place.name) for place in (KCN, LONG_HOA, HON_SAO)]
    assert {*units} <= {cell.replace("\xa0", " ") for cell in cells}
    assert f"Đoàn viên mới: gồm số điều chỉnh của {units[0]}." in words.replace("\xa0", " ")


async def check_xlsx(town: Town, giang: Somebody) -> None:
    await giang.click("Tổng hợp (xlsx)")
    book = CalamineWorkbook.from_filelike(io.BytesIO(await document(town, giang)))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    said = {str(cell) for row in rows for cell in row}
    assert {official_name(place.name) for place in (KCN, LONG_HOA, HON_SAO)} <= said
    total = next(row for row in rows if "Đoàn viên mới" in row)
    assert 57 in total, "what KCN signed counts, not what was computed"


@pytest.mark.parametrize("start", [at(date(2026, 12, 13), time(7))], ids=["on 13/12"])
async def test_who_stays_silent_is_nudged_every_monday_after(
    town: Town, leaders: dict[str, Somebody]
) -> None:
    await town.move_to(at(date(2026, 12, 16), time(9)))
    for monday in (date(2026, 12, 21), date(2026, 12, 28)):
        found = await prompted(town, leaders, monday)
        assert set(found) == {"KCN", "LH", "HS"}
        assert all("trễ hạn" in line for line in found.values())


async def test_a_deadline_passed_in_downtime_is_told_when_the_program_is_back(
    town: Town, leaders: dict[str, Somebody]
) -> None:
    giang = await town.person("Giang")
    async with town.stopped():
        town.clock.set(at(date(2026, 12, 15), time(10)))
    await town.move_to(at(date(2026, 12, 15), time(10)))
    assert "3/3 đơn vị trễ hạn" in giang.card
    assert {len(prompts(one)) for one in leaders.values()} == {1}
