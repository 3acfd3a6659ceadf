"""The province's board through the real program: deciding, reminding; forged buttons refused."""

from datetime import date, time
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlmodel import col, select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.summaries.rules.summaries import QuestionKind
from bot.summaries.services import requests, sending, writing
from bot.summaries.services.requests import NewRequest, Question
from bot.summaries.services.writing import NewText
from storage.enums import Role
from storage.models import ClusterUnit, Membership, Obligation, Summary
from tests.cast import AN, CLUSTER_ID, DUNG, GIANG, HON_SAO, KCN, LONG_HOA, TINH
from tests.client import Person, Town
from tests.workbooks import files_of, rows_of, workbook

BEFORE = at(date(2026, 12, 10), time(9))


@pytest.fixture
async def giang(town: Town) -> Person:
    return await town.person("Giang")


async def obligations(town: Town) -> dict[str, int]:
    """The yearly reports that the program created by itself, by the unit's code."""
    codes = {KCN.id: "KCN", LONG_HOA.id: "LH", HON_SAO.id: "HS"}
    async with town.program.work.read() as session:
        found = await session.exec(
            select(Obligation).where(col(Obligation.programme) == "sat-co-so")
        )
        return {codes[one.unit_id]: one.id or 0 for one in found.all()}


async def kcn_sends(town: Town) -> int:
    """An writes, Dũng sends."""
    key = (await obligations(town))["KCN"]
    work, now = town.program.work, town.clock.now()
    writer, leader = [await actor_of(work, one.address) for one in (AN, DUNG)]
    for section in ("II", "IV.1", "IV.2", "V"):
        await writing.write_section(
            Context(work, writer, now), key, NewText(section, f"Nội dung {section}")
        )
    await sending.send(Context(work, leader, now), key)
    town.program.dispatcher.wake()
    await town.settle()
    return key


@pytest.mark.wide
async def test_the_province_sees_one_line_at_home_and_the_board_behind_it(
    town: Town, giang: Person
) -> None:
    await giang.send("/start")
    assert "0/3 đơn vị đã gửi (hạn: trước ngày 15/12/2026)" in giang.card
    await giang.click("Báo cáo các đơn vị")
    assert "0/3 đơn vị đã gửi" in giang.card
    await giang.click("1.")
    assert "Đã gửi: 0/3 đơn vị" in giang.card
    assert "chưa lập báo cáo: 3" in giang.card
    for name in (KCN.name, LONG_HOA.name, HON_SAO.name):
        assert name in giang.card


async def test_giang_accepts_what_kcn_sent(town: Town, giang: Person) -> None:
    await kcn_sends(town)
    await giang.send("/baocaonam")
    await giang.click("1.")
    assert "Đã gửi: 1/3 đơn vị" in giang.card
    await giang.click(f"3. {KCN.name}")
    assert "đồng chí Nguyễn Thị An" in giang.card
    assert "Bản 1: gửi" in giang.card
    await giang.click("Tiếp nhận")
    await giang.click("✅ Tiếp nhận")
    assert "đã tiếp nhận" in giang.card
    assert not any("Tiếp nhận" in label for label in giang.buttons)
    dung = await town.person("Dũng")
    assert "tiếp nhận" in dung.card
    await giang.click("Quay lại")
    assert "đã tiếp nhận: 1" in giang.card


async def test_a_decision_about_an_old_version_is_refused(town: Town, giang: Person) -> None:
    key = await kcn_sends(town)
    await giang.forge(f"board:accept:{key}:2:0:sure")
    assert giang.toasts
    async with town.program.work.read() as session:
        assert {one.state for one in (await session.exec(select(Summary))).all()} == {"sent"}


async def test_everybody_who_has_not_sent_is_reminded_after_one_question(
    town: Town, giang: Person
) -> None:
    await kcn_sends(town)
    cuc = await town.person("Cúc")
    dung = await town.person("Dũng")
    before = len(dung.cards)
    await giang.send("/baocaonam")
    await giang.click("1.")
    await giang.click("Nhắc 2 đơn vị chưa gửi")
    assert "Nhắc tất cả đơn vị chưa gửi" in giang.card
    await giang.click("🔔 Nhắc tất cả")
    await town.settle()
    assert "15/12/2026" in cuc.card  # nobody leads Long Hòa, so its officers hear it
    assert len(dung.cards) == before
    await giang.click("Bảng theo dõi")
    assert "Đã gửi: 1/3 đơn vị" in giang.card


FORGED = ["board:groups:0", "board:open:{}:0", "board:open:{}", "board:unit:{}:0",
          "board:accept:{}:1:0", "board:answers:{}", "paper:all:docx:{}"]  # fmt: skip


async def test_nobody_below_the_province_opens_the_board(town: Town) -> None:
    key = (await obligations(town))["LH"]
    for who in ("Dũng", "An", "Khoa", "Mai", "Lan"):
        person = await town.person(who)
        for data in FORGED:
            await person.forge(data.format(key))
            assert LONG_HOA.name not in person.card, (who, data)
            assert HON_SAO.name not in person.card, (who, data)


async def test_an_administrator_sees_everything_and_decides_nothing(town: Town) -> None:
    await kcn_sends(town)
    ha = await town.person("Hà")
    await ha.send("/baocaonam")
    await ha.click("1.")
    assert not any("Nhắc" in label or "Đổi hạn" in label for label in ha.buttons)
    await ha.click(f"3. {KCN.name}")
    assert not any("Tiếp nhận" in label or "Trả lại" in label for label in ha.buttons)


@pytest.mark.wide
async def test_a_unit_sees_its_own_and_a_person_without_one_is_told_so(town: Town) -> None:
    dung, khoa = await town.person("Dũng"), await town.person("Khoa")
    await dung.send("/baocaonam")
    assert f"{KCN.name} → " in dung.card
    assert "Phần đơn vị viết" in dung.card
    await khoa.send("/baocaonam")
    assert "chưa có báo cáo nào phải nộp hoặc theo dõi" in khoa.card


async def test_who_owes_and_receives_goes_from_one_to_the_other(town: Town) -> None:
    async with town.program.work.write() as session:
        session.add(Membership(person_id=DUNG.id, role=Role.SUPERVISOR, unit_id=TINH.id))
    dung = await town.person("Dũng")
    await dung.send("/baocaonam")
    await dung.click("Báo cáo các đơn vị gửi đến")
    assert "0/3 đơn vị đã gửi" in dung.card
    await dung.click("Báo cáo đơn vị phải nộp")
    assert f"{KCN.name} → " in dung.card


async def test_a_committee_that_owes_no_report_is_told_who_does(town: Town) -> None:
    mai = await town.person("Mai")
    await mai.send("/baocaonam")
    assert "chưa có báo cáo nào phải nộp" in mai.card
    assert "CĐCS trực thuộc LĐLĐ tỉnh thì nhắc BCH" in mai.card


@pytest.mark.parametrize("who", ["Lan"])
async def test_who_has_nothing_to_do_with_reports_is_not_promised_any(town: Town, who: str) -> None:
    person = await town.person(who)
    await person.send("/baocaonam")
    assert "chưa được giao quyền" in person.card


@pytest.mark.wide
async def test_every_button_of_the_board_leads_back(town: Town, giang: Person) -> None:
    await kcn_sends(town)
    await giang.send("/baocaonam")
    await giang.click("1.")
    await giang.click(f"2. {LONG_HOA.name}")
    await giang.click("Quay lại")
    await giang.click("Các báo cáo")
    await giang.click("Trang chính")
    assert "Báo cáo các đơn vị" in " ".join(giang.buttons)


@pytest.mark.parametrize("data", ["board:open:999999999:0", "board:unit:999999999:0"])
async def test_a_button_about_nothing_is_answered(town: Town, giang: Person, data: str) -> None:
    await giang.forge(data)
    assert giang.toasts == ["Không tìm thấy nội dung này. Đề nghị bấm /start để xem lại."]


async def test_answers_to_a_request_come_as_a_table(town: Town, giang: Person) -> None:
    work, now = town.program.work, town.clock.now()
    questions = (
        Question("Bao nhiêu doanh nghiệp chậm lương?", QuestionKind.NUMBER),
        Question("Khó khăn?", QuestionKind.WORDS),
    )
    asked = (KCN.id, LONG_HOA.id)
    new = NewRequest("Chậm lương", date(2026, 11, 30), questions, unit_ids=asked)
    await requests.ask(Context(work, await actor_of(work, GIANG.address), now), new)
    dung = await town.person("Dũng")
    await dung.send("/baocaonam")
    await dung.click("1. Báo cáo trước 30/11/2026")
    await dung.click("Câu 1")
    await dung.click("Trả lời")
    await dung.send("1.200")
    await giang.send("/baocaonam")
    await giang.click("1. Chậm lương")
    assert f"{KCN.name}: đang viết" in giang.card
    assert not any("Tổng hợp" in label for label in giang.buttons)
    await giang.click("Bảng trả lời (xlsx)")
    media = [m["media"] for m in giang.messages if m.get("media")][-1]
    data = town.sandbox.world.files.read(media["url"].removeprefix("/sandbox/files/")) or b""
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    heads = next(n for n, row in enumerate(sheet) if "Khó khăn?" in row)  # a title stands above
    assert sheet[heads][4:] == ["Bao nhiêu doanh nghiệp chậm lương?", "Khó khăn?"]
    assert [row[1:6] for row in sheet[heads + 1 : heads + 3]] == [
        [KCN.name, "Đang viết", "", 1200.0, ""],
        [LONG_HOA.name, "Chưa lập báo cáo", "", "", ""],
    ]


@pytest.mark.wide
async def test_who_watches_over_a_cluster_finds_a_board_of_its_units_and_reminds(
    town: Town,
) -> None:
    async with town.program.work.write() as session:
        for unit in (LONG_HOA, HON_SAO):
            session.add(ClusterUnit(cluster_id=CLUSTER_ID, unit_id=unit.id))
    khoa, cuc = await town.person("Khoa"), await town.person("Cúc")
    await town.skip_to(BEFORE)
    await khoa.send("/start")
    assert "phải nộp" not in khoa.card
    await khoa.send("/baocaonam")
    assert "Báo cáo của các đơn vị trong cụm" in khoa.card
    assert not any("phải nộp" in button for button in khoa.buttons)
    await khoa.click("1. ")
    assert LONG_HOA.name in khoa.card
    assert KCN.name not in khoa.card
    await khoa.click("🔔 Nhắc 2 đơn vị")
    await khoa.click("🔔 Nhắc tất cả")
    assert "Khoa" in cuc.card
    await khoa.send("/start")
    await khoa.send("/kiennghi")
    assert "Phản ánh, kiến nghị" in khoa.card


async def test_what_a_cluster_must_not_do_is_refused_to_forged_buttons(town: Town) -> None:
    async with town.program.work.write() as session:
        session.add(ClusterUnit(cluster_id=CLUSTER_ID, unit_id=LONG_HOA.id))
    khoa = await town.person("Khoa")
    key = (await obligations(town))["LH"]
    forged = (f"sum:send:{key}:0", f"obl:excuse:{key}", f"obl:move:{key}", f"paper:all:docx:{key}")
    for number, data in enumerate(forged, 1):
        await khoa.forge(data)
        assert len(khoa.toasts) == number, data
        assert "chưa được giao quyền" in khoa.toasts[-1], data
    async with town.program.work.read() as session:
        assert (await session.exec(select(Summary))).all() == []


async def test_a_specialist_of_the_province_finds_the_board(town: Town) -> None:
    async with town.program.work.write() as session:
        session.add(Membership(person_id=AN.id, role=Role.OFFICER, unit_id=TINH.id))
    an = await town.person("An")
    await an.send("/baocaonam")
    await an.click("📥 Báo cáo các đơn vị")
    await an.click("1. ")
    assert "🔔 Nhắc 3 đơn vị chưa gửi" in an.buttons
    assert "📅 Đổi hạn" not in an.buttons


async def test_the_whole_board_comes_as_xlsx(town: Town, giang: Person) -> None:
    key = await kcn_sends(town)
    await giang.forge(f"board:open:{key}:0")
    await giang.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, giang))
    assert "LĐLĐ tỉnh. Nộp trước ngày 15/12/2026." in rows[1][0]
    standing = {row[1]: row[2] for row in rows[3:]}
    assert standing["CĐ các KCN tỉnh"] == "Đã gửi, chờ xem xét"
    assert len(standing) == 3
    an = await town.person("An")
    before = len(files_of(an))
    await an.forge(f"board:x:{key}")
    assert len(files_of(an)) == before
