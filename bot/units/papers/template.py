"""The empty list of units that administrators fill in."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from bot.documents.limits import MAX_ROWS
from bot.units.facts.columns import COLUMNS, KINDS, RATINGS, YES_NO, UnitColumn

FILE_NAME = "mau-danh-sach-don-vi.xlsx"
CHOICES = {"kind": list(KINDS), "rating": list(RATINGS), "sensitive": list(YES_NO)}
NOTES = (
    "Điền từ dòng 3 của trang “Đơn vị”. Dòng ví dụ được bỏ qua khi nhập; xóa đi cũng được.",
    "Không đổi tên cột. Cột không dùng thì xóa đi được, trừ cột Mã đơn vị.",
    "Không gộp ô, không ẩn dòng; chữ Unicode, không dùng phông TCVN3, VNI.",
    "Ô để trống: giữ nguyên nội dung đang có. Muốn xóa nội dung, gõ dấu - vào ô.",
    "Đơn vị không có trong tệp vẫn được giữ nguyên, không bị giải thể. Giải thể, sáp nhập: ghi "
    "cột Giải thể ngày và Nhập vào.",
    "Trước khi nhập, hệ thống báo lỗi từng dòng và cho xem trước những gì sẽ thay đổi.",
)


def template() -> bytes:
    """The workbook: headings, an example, lists to choose from, and a page of explanations."""
    import xlsxwriter

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7"})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        grey = book.add_format({"italic": True, "font_color": "#808080"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        _units(book.add_worksheet("Đơn vị"), bold, grey, {"text": text, "phone": text, "date": day})
        _guide(book.add_worksheet("Hướng dẫn"), bold, wrap)
    return written.getvalue()


def _units(sheet: Any, bold: Any, grey: Any, formats: Mapping[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for index, column in enumerate(COLUMNS):
        # Text cells keep the zero at the beginning of phone numbers and codes.
        sheet.set_column(index, index, column.width, formats.get(column.kind))
        sheet.write(0, index, column.heading, bold)
        sheet.write(1, index, column.example, grey)
        _choices(sheet, index, column)


def _choices(sheet: Any, index: int, column: UnitColumn) -> None:
    if column.key in CHOICES:
        sheet.data_validation(
            1,
            index,
            MAX_ROWS,
            index,
            {"validate": "list", "source": CHOICES[column.key], "error_type": "warning"},
        )


def _guide(sheet: Any, bold: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, wrap)
    sheet.write_row(0, 0, ("Cột", "Cách ghi"), bold)
    sheet.freeze_panes(1, 0)
    for line, column in enumerate(COLUMNS, 1):
        sheet.write_row(line, 0, (column.heading, column.help))
    for line, note in enumerate(NOTES, len(COLUMNS) + 2):
        sheet.write(line, 0, "Lưu ý")
        sheet.write(line, 1, note)
