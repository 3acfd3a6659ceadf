"""Many people to be invited, as an xlsx; and the sheet of their links, one line each, to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from bot.core.errors import Refused
from bot.core.labels import ALSO_CALLED, INVITED_AS
from bot.core.rendering import day
from bot.documents.safe_cells import safe
from bot.documents.safe_xlsx import safe_xlsx
from bot.people.papers.qr import qr_png
from storage.enums import Role
from storage.folding import fold

TEMPLATE_NAME, SHEET_NAME = "mau-moi-nguoi.xlsx", "lien-ket-moi.xlsx"
HEADINGS = ("Họ tên", "Vai trò", "Mã đơn vị")
MOST = 200
ROLES = {fold(words): role for role, words in INVITED_AS.items()} | ALSO_CALLED
DAMAGED = "Tệp này chưa đọc được. Đề nghị lưu lại thành .xlsx rồi gửi lại."
_ROW_HEIGHT, _PICTURE = 110, 3


@dataclass(frozen=True)
class ToInvite:
    """One line of the list; `role` None: what was written is no role."""

    line: int
    name: str
    role: Role | None
    unit_code: str


@dataclass(frozen=True)
class SheetLine:
    """One line of the sheet to print."""

    name: str
    role: Role
    place: str
    link: str
    until: datetime


def template() -> bytes:
    """The list to fill in, with an example."""
    import xlsxwriter

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Mời người")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 2, 28, book.add_format({"num_format": "@"}))
        sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True, "bg_color": "#DDEBF7"}))
        choices = {"validate": "list", "source": list(INVITED_AS.values())}
        sheet.data_validation(1, 1, MOST, 1, choices)
    return written.getvalue()


def read(data: bytes) -> list[ToInvite] | None:
    """The lines that have anything in them; None: this is no list of people to be invited."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        cells = CalamineWorkbook.from_filelike(BytesIO(safe_xlsx(data).data)).get_sheet_by_index(0)
        rows = cells.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, IndexError):
        raise Refused(DAMAGED) from None
    wanted = [fold(heading) for heading in HEADINGS]
    head = [fold(str(cell)) for cell in rows[0]] if rows else []
    if not all(heading in head for heading in wanted):
        return None
    places = [head.index(heading) for heading in wanted]
    lines = []
    for line, row in enumerate(rows[1:], 2):
        name, role, code = (_text(row[place]) for place in places)
        if name or role or code:
            lines.append(ToInvite(line, name, ROLES.get(fold(role)), code))
    return lines


def _text(cell: Any) -> str:
    """A code that a spreadsheet took for a number is the number without its fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def sheet(lines: Sequence[SheetLine]) -> bytes:
    """One line a person: name, role, unit, the link and its QR code; A4, headings on each page."""
    import xlsxwriter

    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        cell = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
        page = book.add_worksheet("Liên kết mời")
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.freeze_panes(1, 0)
        for column, width in enumerate((26, 18, 28, 34, 18)):
            page.set_column(column, column, width)
        page.write_row(0, 0, ("Họ tên", "Vai trò", "Đơn vị", "Liên kết", "Quét để vào"), bold)
        for row, line in enumerate(lines, 1):
            page.set_row(row, _ROW_HEIGHT)
            link = f"{line.link}\nDùng một lần, đến hết {day(line.until)}"
            words = (safe(line.name), INVITED_AS[line.role], safe(line.place), link, "")
            page.write_row(row, 0, words, cell)
            picture = {"image_data": BytesIO(qr_png(line.link, _PICTURE)), "object_position": 1}
            page.insert_image(row, 4, "qr.png", {**picture, "x_offset": 4, "y_offset": 4})
    return written.getvalue()
