"""The administrator sends the list of units; everybody else's tables are files like any other."""

import pytest
from sqlmodel import select

from bot.core import messages
from bot.core.speech import to_worker
from bot.documents import safe_xlsx
from bot.units.cards import importing
from bot.units.papers.units_file import read_units
from bot.units.papers.units_table import FILE_NAME
from storage.models import StoredFile, Unit
from tests.cast import PLACES
from tests.units.papers.sheets import units
from tests.units.papers.workbooks import Page, rows, workbook

NEW = {
    "code": "KCN-90",
    "name": "Gỗ <Minh> & Thới",
    "kind": "doanh nghiệp chưa có công đoàn",
    "parent": "KCN",
    "workers": 132,
}
MOVED = {"code": "KCN-11", "workers": 1900}


async def workers_of(town, code):
    async with town.program.work.read() as session:
        return (await session.exec(select(Unit.workers).where(Unit.code == code))).first()


async def test_the_list_of_units_comes_in_chat_and_is_imported_again_as_it_is(town):
    ha = await town.person("Hà")
    await ha.send("/nhap")
    await ha.click("📤 Tải danh sách hiện có")
    (file,) = [m["media"] for m in ha.messages if (m.get("media") or {}).get("name") == FILE_NAME]
    data = town.sandbox.world.files.read(file["url"].removeprefix("/sandbox/files/"))
    assert {row.code for row in read_units(data).rows} == {place.code for place in PLACES}
    await ha.document(FILE_NAME, data)
    assert "giống dữ liệu đang có" in ha.card
    for name in ("An", "Dũng", "Mai", "Lan"):
        person = await town.person(name)
        await person.forge("import:list")
        assert any("chưa được giao quyền" in toast for toast in person.toasts)


async def test_nhap_explains_and_gives_the_file_to_fill_in(town):
    ha = await town.person("Hà")
    await ha.send("/nhap")
    assert ha.cards[-2] == importing.CAPTION  # first what is sent again when it fails
    assert "Nhập danh sách đơn vị" in ha.card


@pytest.mark.parametrize("name", ["An", "Giang", "Mai", "Lan"])
async def test_nhap_is_for_administrators(town, name):
    person = await town.person(name)
    await person.send("/nhap")
    assert person.card == (
        to_worker(messages.NOT_ALLOWED) if name == "Lan" else messages.NOT_ALLOWED
    )


async def test_the_list_is_seen_first_and_imported_by_a_button(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(NEW, MOVED))
    assert "Thêm mới: 1" in ha.card
    assert "KCN-90 Gỗ <Minh> & Thới" in ha.card
    assert "KCN-11 May Sen Vàng: Số lao động 1.850 → 1.900" in ha.card
    assert "không bị giải thể" in ha.card
    assert await workers_of(town, "KCN-90") is None

    await ha.click("Nhập")
    assert ha.card.startswith("Đã nhập danh sách đơn vị.")
    assert (await workers_of(town, "KCN-90"), await workers_of(town, "KCN-11")) == (132, 1900)


async def test_the_same_list_again_is_said_to_change_nothing(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(NEW))
    await ha.click("Nhập")
    await ha.document("don-vi.xlsx", units(NEW))
    assert "không có gì để nhập" in ha.card
    assert ha.buttons == []


async def test_pressing_twice_imports_once(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(NEW))
    message_id, data = ha.button("Nhập")
    await ha.click("Nhập")
    await ha.forge(data, message_id)
    assert "không có gì để nhập" in ha.card


async def test_a_restart_between_preview_and_button_loses_nothing(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(NEW))
    async with town.stopped():
        pass
    await ha.click("Nhập")
    assert await workers_of(town, "KCN-90") == 132


async def test_what_changed_meanwhile_is_shown_again_and_not_imported(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(MOVED))
    async with town.program.work.write() as session:
        (await session.get(Unit, 11)).workers = 1999
    await ha.click("Nhập")
    assert "Dữ liệu đã thay đổi từ lúc đồng chí xem trước nên chưa nhập." in ha.card
    assert "1.999 → 1.900" in ha.card
    assert await workers_of(town, "KCN-11") == 1999
    await ha.click("Nhập")
    assert await workers_of(town, "KCN-11") == 1900


async def test_a_dropped_list_is_forgotten(town):
    ha = await town.person("Hà")
    await ha.document("don-vi.xlsx", units(NEW))
    _, data = ha.button("Nhập")
    await ha.click("Bỏ")
    assert ha.card == importing.DROPPED
    assert [p for p in town.settings.database.files.rglob("*") if p.is_file()] == []
    await ha.forge(data)
    assert ha.toasts[-1] == importing.FILE_GONE


async def test_mistakes_are_named_by_row_and_column_twenty_at_most(town):
    ha = await town.person("Hà")
    lines = [
        {"code": f"X{n}", "name": f"Nơi {n}", "kind": "CĐCS", "workers": "nhiều"} for n in range(25)
    ]
    await ha.document("don-vi.xlsx", units(*lines))
    assert "Dòng 2, cột Số lao động: “nhiều” không phải số nguyên từ 0" in ha.card
    assert "Dòng 21," in ha.card
    assert "Dòng 22," not in ha.card
    assert "và 5 lỗi nữa" in ha.card
    assert ha.buttons == []


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("don-vi.xlsx", b"hello", safe_xlsx.NOT_EXCEL),
        ("don-vi.XLSX", b"PK\x03\x04", safe_xlsx.DAMAGED),
        ("don-vi.xlsm", b"PK\x03\x04", safe_xlsx.MACROS),
        ("don-vi.xlsb", b"PK\x03\x04", safe_xlsx.BINARY_EXCEL),
        ("don-vi.csv", b"a,b", importing.NOT_XLSX),
        ("don-vi.ods", b"PK\x03\x04", importing.NOT_XLSX),
        ("don-vi.xls", b"x", importing.NOT_XLSX),
        ("don-vi.xlsx", b"x" * 5_000_001, safe_xlsx.TOO_LARGE),
    ],
)
async def test_a_file_that_cannot_be_read_is_answered_in_a_sentence(town, name, data, sentence):
    ha = await town.person("Hà")
    await ha.document(name, data)
    assert ha.card == sentence


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("don-vi.pdf", "Tệp này là PDF"),
        ("don-vi.zip", "Tệp này là tệp nén"),
        ("don-vi.rar", "Tệp này là tệp nén"),
        ("don-vi.docx", "Tệp này là Word"),
        ("don-vi", "Tên tệp không có đuôi .xlsx"),
        ("don-vi.numbers", "Tệp này không phải tệp Excel"),
    ],
)
async def test_a_document_that_is_no_table_is_answered_in_a_sentence(town, name, part):
    ha = await town.person("Hà")
    await ha.document(name, b"%PDF-1.7")
    (sentence,) = (text for text in ha.cards if "đề nghị gửi bằng tệp Excel" in text)
    assert sentence.startswith(part)


async def test_a_file_that_fits_nowhere_is_said_not_to_be_kept(town):
    dung = await town.person("Dũng")
    await dung.photo()
    assert messages.FILE_FITS_NOWHERE in dung.cards


async def test_the_sheet_that_was_read_is_named(town):
    ha = await town.person("Hà")
    old = Page(rows({"code": "X1"}), "Cũ 2025", hidden=True)
    await ha.document("don-vi.xlsx", workbook(old, Page(rows({"code": "X2"}))))
    assert "Đọc trang “Đơn vị” của tệp" in ha.card
    assert "X2 CĐCS Bao bì Ánh Mai" in ha.card


async def test_a_file_that_telegram_does_not_hand_over_is_asked_for_again(town):
    ha = await town.person("Hà")
    await town.fault("getFile", "500", times=10)
    await ha.document("don-vi.xlsx", units(NEW))
    assert ha.card == messages.FILE_NOT_FETCHED


async def test_a_table_from_an_officer_is_an_answer_like_any_file(town):
    an = await town.person("An")
    await an.document("don-vi.xlsx", units(NEW))
    as_a_table = an.card
    await an.click("Hủy")
    await an.click("Hủy, bỏ")
    await an.document("bien-ban.pdf", b"%PDF-1.7")
    assert an.card == as_a_table


async def test_a_table_from_somebody_else_is_a_message_like_any_other(town):
    giang = await town.person("Giang")
    await giang.send("xin chào")
    before = giang.card
    await giang.document("don-vi.xlsx", units(NEW))
    assert giang.card == before


async def test_a_table_from_a_committee_begins_a_request_that_it_belongs_to(town):
    mai = await town.person("Mai")
    await mai.document("don-vi.xlsx", units(NEW))
    assert mai.card.startswith("Gửi đề nghị lên cấp trên")
    assert "Đã nhận tệp" in mai.card


@pytest.mark.parametrize("name", ["An", "Giang", "Lan"])
@pytest.mark.parametrize("what", ["go:{}:0123456789abcdef", "drop:{}"])
async def test_a_forged_button_does_nothing_for_others(town, name, what):
    ha, other = await town.person("Hà"), await town.person(name)
    await ha.document("don-vi.xlsx", units(NEW))
    async with town.program.work.read() as session:
        (file_id,) = (await session.exec(select(StoredFile.id))).all()
    await other.send("/start")
    await other.forge(f"import:{what.format(file_id)}")
    refusal = to_worker(messages.NOT_ALLOWED) if name == "Lan" else messages.NOT_ALLOWED
    assert other.toasts[-1] == refusal
    await ha.click("Nhập")
    assert await workers_of(town, "KCN-90") == 132


async def test_a_merger_is_shown_before_and_its_people_are_told(town):
    ha, dung = await town.person("Hà"), await town.person("Dũng")
    merged = {"code": "KCN", "dissolved_on": "10/11/2026", "successor": "HS"}
    await ha.document("sap-nhap.xlsx", units(merged))
    assert "Giải thể, sáp nhập: 1" in ha.card
    assert "nhập vào HS. Chuyển theo: 5 đơn vị trực thuộc" in ha.card
    await ha.click("Nhập")
    assert "Đã nhập danh sách đơn vị" in ha.card
    assert "CĐ các KCN tỉnh đã nhập vào CĐ đặc khu Hòn Sao" in dung.card
    await dung.send("/tongquan")
    assert "CĐ đặc khu Hòn Sao" in dung.card


async def test_the_button_on_the_home_card_explains_like_the_command(town):
    ha = await town.person("Hà")
    await ha.send("/start")
    await ha.click("Nhập danh sách")
    assert any("Mã đơn vị" in text or "mẫu" in text for text in ha.cards[-2:])
    assert ha.messages[-1]["media"]["name"] == "mau-danh-sach-don-vi.xlsx"


async def test_ones_own_federation_under_another_code_is_asked_about(town):
    ha = await town.person("Hà")
    own = {"code": "LDLD", "name": "LĐLĐ tỉnh", "kind": "LĐLĐ tỉnh"}
    ward = {"code": "PM", "name": "CĐ phường Mới", "kind": "công đoàn cấp trên", "parent": "LDLD"}
    await ha.document("don-vi.xlsx", units(own, ward))
    assert "LDLD có phải chính đơn vị cao nhất" in ha.card
    await ha.click("Đúng, dùng mã LDLD")
    assert "có phải chính đơn vị cao nhất" not in ha.card
    await ha.click("✅ Nhập")
    async with town.program.work.read() as session:
        top = (await session.exec(select(Unit).where(Unit.code == "LDLD"))).one()
        new = (await session.exec(select(Unit).where(Unit.code == "PM"))).one()
    assert (top.id, top.parent_id, new.parent_id) == (1, None, 1)


async def test_a_department_that_says_where_it_stands_is_not_asked_about(town):
    ha = await town.person("Hà")
    kind = "LĐLĐ tỉnh"
    await ha.document(
        "don-vi.xlsx", units({"code": "B1", "name": "Ban", "kind": kind, "parent": "TINH"})
    )
    assert "có phải chính" not in ha.card
