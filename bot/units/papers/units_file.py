"""An xlsx with a list of units -> rows to check, and what could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from bot.core.errors import Refused
from bot.documents.limits import MAX_COLUMNS, MAX_ROWS
from bot.documents.safe_xlsx import DAMAGED, LOCKED, safe_xlsx
from bot.units.facts.columns import BY_KEY, COLUMNS, EXAMPLE_CODE
from bot.units.papers.cells import CLEARED, WrongCell, read, tidy
from bot.units.rules.import_plan import ImportRow, Mistake
from storage.folding import fold

LOOK_FOR_HEADINGS = 10  # lines; some people put a title above

NO_SHEET = "Tệp không có trang tính nào có nội dung."
NO_HEADINGS = (
    "Không thấy cột “Mã đơn vị” trong 10 dòng đầu của trang tính thứ nhất. "
    "Đề nghị dùng tệp mẫu, gõ /nhap để nhận."
)
NO_ROWS = "Danh sách chưa có đơn vị nào dưới dòng tên cột."
TOO_MANY = f"Danh sách có quá {MAX_ROWS:,} dòng. Đề nghị chia thành nhiều tệp.".replace(",", ".")

_KEYS = {fold(column.heading): column.key for column in COLUMNS}
_EXAMPLE = fold(EXAMPLE_CODE)
Cells = Sequence[Any]


@dataclass(frozen=True)
class UnitsFile:
    """What was read, and the cells that could not be."""

    rows: tuple[ImportRow, ...]
    mistakes: tuple[Mistake, ...]


def read_units(data: bytes) -> UnitsFile:
    """Read the first sheet. Takes a while with large files: run it in a thread.

    Raises:
        Refused: the file as a whole cannot be used.
    """
    sheet = _first_sheet(safe_xlsx(data))
    top = _heading_line(sheet)
    keys, mistakes = _columns(sheet[top], top + 1)
    rows: list[ImportRow] = []
    for line, cells in enumerate(sheet[top + 1 :], top + 2):
        row = _row(line, keys, cells, mistakes)
        if row:
            rows.append(row)
    if not rows and not mistakes:
        raise Refused(NO_ROWS)
    return UnitsFile(tuple(rows), tuple(mistakes))


def _first_sheet(data: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        if not book.sheet_names:
            raise Refused(NO_SHEET)
        sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError:
        raise Refused(LOCKED) from None
    except (CalamineError, ValueError, OSError):
        raise Refused(DAMAGED) from None
    if not sheet:
        raise Refused(NO_SHEET)
    if len(sheet) > MAX_ROWS + LOOK_FOR_HEADINGS or len(sheet[0]) > MAX_COLUMNS:
        raise Refused(TOO_MANY)
    return sheet


def _heading_line(sheet: list[list[Any]]) -> int:
    for line, cells in enumerate(sheet[:LOOK_FOR_HEADINGS]):
        if any(_KEYS.get(fold(tidy(cell))) == "code" for cell in cells):
            return line
    raise Refused(NO_HEADINGS)


def _columns(headings: Cells, line: int) -> tuple[dict[int, str], list[Mistake]]:
    """Index -> key; unknown and repeated headings are mistakes."""
    keys: dict[int, str] = {}
    mistakes: list[Mistake] = []
    for index, cell in enumerate(headings):
        words = tidy(cell)
        key = _KEYS.get(fold(words))
        if key is None and words:
            mistakes.append(Mistake(line, "", f"không có cột nào tên “{words[:60]}” trong tệp mẫu"))
        elif key in keys.values():
            mistakes.append(Mistake(line, "", f"cột “{words}” có hai lần"))
        elif key is not None:
            keys[index] = key
    return keys, mistakes


def _row(
    line: int, keys: dict[int, str], cells: Cells, mistakes: list[Mistake]
) -> ImportRow | None:
    """The row, None for an empty line or the template's example; mistakes are added."""
    texts = {key: (cells[i], tidy(cells[i])) for i, key in keys.items() if i < len(cells)}
    filled = {key: (cell, text) for key, (cell, text) in texts.items() if text}
    code = filled.get("code", ("", ""))[1]
    if not filled or fold(code) == _EXAMPLE:
        return None
    values: dict[str, Any] = {}
    for key, (cell, text) in filled.items():
        try:
            values[key] = read(BY_KEY[key], cell, text)
        except WrongCell as wrong:
            mistakes.append(Mistake(line, key, str(wrong)))
    if code in ("", CLEARED):
        mistakes.append(Mistake(line, "code", "chưa ghi mã đơn vị"))
    return ImportRow(line, values.pop("code"), values) if values.get("code") else None
