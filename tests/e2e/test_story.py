"""The whole job on the real program: import, Monday, confirm, report with a photo, digest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from tests.client import PHOTO
from tests.e2e.processes import Phone, Town

HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Loại", "Mã đơn vị cấp trên", "Địa chỉ", "Số lao động")
UNITS = (
    ("TINH", "LĐLĐ tỉnh Cửu Long", "LĐLĐ tỉnh/ban", "", "", 0),
    ("KCN", "CĐ các KCN tỉnh", "công đoàn cấp trên", "TINH", "", 0),
    ("KCN-1", "May Sen Vàng", "CĐCS", "KCN", "Lô A1", 1850),
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path, start_at="2026-11-16T06:40+07:00")
    yield town
    town.close()


def units_file(folder: Path) -> Path:
    file = folder / "units.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate((HEADINGS, *UNITS)):
            sheet.write_row(row, 0, values)
    return file


def invited(town: Town, telegram_id: int, name: str, role: str, unit: str) -> Phone:
    """Somebody opens the link that the operator made for them."""
    said = town.satcoso("invite", "--role", role, "--unit", unit, "--bot-name", "satcoso_bot")
    code = next(word for word in said.split() if "start=" in word).split("start=")[1]
    phone = Phone(town, telegram_id, name)
    phone.send(f"/start {code}")
    phone.wait_for(name)
    return phone


def test_a_week_from_the_import_to_the_digest(town: Town, tmp_path: Path) -> None:
    said = town.satcoso("import", str(units_file(tmp_path)), "--yes")
    assert "3" in said
    town.start()
    an = invited(town, 1001, "An", "officer", "KCN")
    dung = invited(town, 2001, "Dũng", "supervisor", "KCN")

    town.move_clock(to="2026-11-16T07:00+07:00")
    assert "May Sen Vàng" in an.wait_for("được phân công đi cơ sở")
    an.click("Nhận")
    an.wait_for("đã nhận")

    town.move_clock(to="2026-11-18T15:00+07:00")
    an.wait_for("chưa hẹn ngày")

    for label in ("Báo cáo", "Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        an.click(label)
    an.wait_for("Tình hình tại cơ sở")
    an.photo(PHOTO, "Công nhân đề nghị rà lại định mức chuyền 5, nhiều chị em không đạt")
    an.click("✔️ Lời ghi kèm ảnh là đủ")
    an.click("Gửi báo cáo")
    an.wait_for("Đã nhận báo cáo")

    town.move_clock(to="2026-11-20T16:30+07:00")
    digest = dung.wait_for("Tuần 47")
    assert "1/1" in digest
    town.stop()
    assert len(list((tmp_path / "files").rglob("*"))) >= 2  # a folder and the photo in it
    assert "Sen Vàng" not in town.log()  # logs carry ids, no names
