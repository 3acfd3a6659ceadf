"""An xlsx with a list of units -> rows to check, and what could not be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from bot.core.errors import Refused
from bot.core.rendering import brief
from bot.core.rules.writing import is_legacy
from bot.documents.limits import MAX_COLUMNS, MAX_ROWS
from bot.documents.safe_xlsx import LOCKED, safe_xlsx
from bot.documents.xlsx_parts import DAMAGED, TOP_LINES, Place, SheetFacts, letters, range_words
from bot.units.facts.columns import BY_KEY, COLUMNS, EXAMPLE_CODE, HEADINGS
from bot.units.papers.cells import CLEARED, WrongCell, raw, read, tidy
from bot.units.rules.import_plan import ImportRow, Mistake
from storage.folding import fold

NO_SHEET = "Tệp không có trang tính nào có nội dung. Đề nghị dùng tệp mẫu, gõ /nhap để nhận."
NO_HEADINGS = (
    "Không thấy cột “Mã đơn vị” trong 10 dòng đầu của trang tính nào. "
    "Đề nghị dùng tệp mẫu, gõ /nhap để nhận."
)
ALL_HIDDEN = (
    "Danh sách nằm ở trang “{name}” đang bị ẩn. Đề nghị cho hiện trang đó "
    "(bấm chuột phải vào tên trang, chọn Bỏ ẩn) rồi gửi lại."
)
LEGACY_HEADINGS = (
    "Tệp viết bằng phông cũ (TCVN3, VNI) nên không đọc được. Đề nghị chuyển sang Unicode "
    "(UniKey: Ctrl+Shift+F6) hoặc chép vào tệp mẫu, gõ /nhap để nhận."
)
NO_ROWS = "Danh sách chưa có đơn vị nào dưới dòng tên cột. Đề nghị điền rồi gửi lại."
TOO_MANY = f"Danh sách có quá {MAX_ROWS:,} dòng. Đề nghị chia thành nhiều tệp.".replace(",", ".")

_CODES = ("code", "parent", "successor")
_KEYS = {fold(column.heading): column.key for column in COLUMNS}
_EXAMPLE = fold(EXAMPLE_CODE)


@dataclass(frozen=True)
class UnitsFile:
    """What was read, and the cells that could not be. `unread`: their lines and columns.

    `sheet`: the name of the sheet where there are several; `notes`: what else to know of the file.
    """

    rows: tuple[ImportRow, ...]
    mistakes: tuple[Mistake, ...]
    unread: frozenset[tuple[int, str]] = frozenset()
    sheet: str = ""
    notes: tuple[str, ...] = ()


def read_units(data: bytes) -> UnitsFile:
    """Read the first visible sheet with the headings; run it in a thread, it takes a while.

    Raises:
        Refused: the file as a whole cannot be used.
    """
    book = safe_xlsx(data)
    facts, others = _chosen(book.sheets)
    cells = _cells(book.data, facts.name)
    reader = _Reader(facts, cells)
    rows = reader.rows()
    if not rows and not reader.mistakes:
        raise Refused(NO_ROWS)
    return UnitsFile(
        tuple(rows),
        tuple(sorted(set(reader.mistakes))),
        frozenset(reader.unread),
        facts.name if len(book.sheets) > 1 else "",
        (*reader.notes(), *(_ANOTHER.format(name=name) for name in others)),
    )


_ANOTHER = "Trang “{name}” cũng có cột “Mã đơn vị” nhưng không được đọc: mỗi tệp chỉ đọc một trang."


def _chosen(sheets: Sequence[SheetFacts]) -> tuple[SheetFacts, list[str]]:
    """The sheet that is read, and the visible ones that look alike."""
    if not sheets:
        raise Refused(NO_SHEET)
    with_list = [s for s in sheets if any(_KEYS.get(fold(tidy(t))) == "code" for t in s.top)]
    visible = [sheet for sheet in with_list if not sheet.hidden]
    if not visible:
        _refuse(sheets, with_list)
    if visible[0].problem:
        raise Refused(visible[0].problem)
    return visible[0], [sheet.name for sheet in visible[1:]]


def _refuse(sheets: Sequence[SheetFacts], with_list: Sequence[SheetFacts]) -> None:
    """Why no sheet can be read. Raises Refused."""
    visible = [sheet for sheet in sheets if not sheet.hidden]
    if with_list:
        raise Refused(ALL_HIDDEN.format(name=with_list[0].name))
    if too_large := next((sheet for sheet in visible if sheet.problem), None):
        raise Refused(too_large.problem)
    if any(is_legacy(text) for sheet in visible for text in sheet.top):
        raise Refused(LEGACY_HEADINGS)
    raise Refused(NO_HEADINGS if any(sheet.top for sheet in visible) else NO_SHEET)


def _cells(data: bytes, name: str) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except PasswordError:
        raise Refused(LOCKED) from None
    except (CalamineError, ValueError, OSError):
        raise Refused(DAMAGED) from None
    if not sheet:
        raise Refused(NO_SHEET)
    if len(sheet) > MAX_ROWS + TOP_LINES or len(sheet[0]) > MAX_COLUMNS:
        raise Refused(TOO_MANY)
    return sheet


class _Reader:
    """Goes through the cells once and notes everything that is wrong."""

    def __init__(self, facts: SheetFacts, cells: list[list[Any]]) -> None:
        self.facts, self.cells = facts, cells
        self.mistakes: list[Mistake] = []
        self.unread: set[tuple[int, str]] = set()
        self.top = self._heading_line()
        self.keys = self._columns()  # column, from 1 -> key

    def rows(self) -> list[ImportRow]:
        """The rows that have a code; mistakes are noted."""
        self._merged()
        self._nameless()
        rows, hidden = [], []
        for line in range(self.top + 1, len(self.cells) + 1):
            row, filled = self._row(line)
            if row:
                rows.append(row)
            if filled and line in self.facts.hidden_rows:
                hidden.append(line)
        if hidden:
            self._wrong(hidden[0], "", _HIDDEN_ROWS.format(lines=_lines(hidden)))
        return rows

    def notes(self) -> Iterator[str]:
        """What was read though the sender may not see it."""
        hidden = [
            HEADINGS[key]
            for column, key in self.keys.items()
            if column in self.facts.hidden_columns
            and any(self._text(line, column) for line in range(self.top + 1, len(self.cells) + 1))
        ]
        if hidden:
            yield f"Cột đang ẩn cũng được đọc: {', '.join(hidden)}."

    def _cell(self, line: int, column: int) -> Any:
        cells = self.cells[line - 1] if line <= len(self.cells) else []
        return cells[column - 1] if column <= len(cells) else ""

    def _text(self, line: int, column: int) -> str:
        return tidy(self._cell(line, column))

    def _wrong(self, line: int, key: str, words: str) -> None:
        self.mistakes.append(Mistake(line, key, words))
        if key:
            self.unread.add((line, key))

    def _heading_line(self) -> int:
        for line, cells in enumerate(self.cells[:TOP_LINES], 1):
            if any(_KEYS.get(fold(tidy(cell))) == "code" for cell in cells):
                return line
        raise Refused(NO_HEADINGS)

    def _columns(self) -> dict[int, str]:
        """Column -> key; unknown and repeated headings are mistakes."""
        keys: dict[int, str] = {}
        for column in range(1, len(self.cells[self.top - 1]) + 1):
            words = self._text(self.top, column)
            key = _KEYS.get(fold(words))
            if key is None and words:
                self._wrong(self.top, "", _UNKNOWN.format(words=brief(words, 60)))
            elif key in keys.values():
                self._wrong(self.top, "", _TWICE.format(words=words))
            elif key is not None:
                keys[column] = key
        return keys

    def _nameless(self) -> None:
        """Cells under no heading would be lost without a word."""
        for column in range(1, len(self.cells[0]) + 1):
            if column in self.keys or self._text(self.top, column):
                continue
            lines = range(self.top + 1, len(self.cells) + 1)
            if any(self._text(line, column) for line in lines):
                self._wrong(self.top, "", _NAMELESS.format(column=letters(column)))

    def _merged(self) -> None:
        """Of merged cells only the first has a value: the others would be lost."""
        for first, last in self.facts.merged:
            columns = [c for c in self.keys if first[1] <= c <= last[1]]
            lines = range(max(first[0], self.top + 1), min(last[0], len(self.cells)) + 1)
            if not columns or last[0] <= self.top or first == last or not self._text(*first):
                continue
            words = _MERGED if last[0] > first[0] else _MERGED_LINE
            line, key = max(first[0], self.top + 1), self.keys[columns[0]]
            where = key if len(columns) == 1 else ""
            self._wrong(line, where, words.format(cells=range_words(first, last)))
            self.unread.update((each, self.keys[c]) for each in lines for c in columns)

    def _row(self, line: int) -> tuple[ImportRow | None, bool]:
        """The row, None for an empty line or the template's example; whether anything stands in
        the line."""
        places = {key: (line, column) for column, key in self.keys.items()}
        texts = {key: self._text(*place) for key, place in places.items()}
        wrong = {key: words for key, place in places.items() if (words := self._bad(place, key))}
        filled = {key: text for key, text in texts.items() if text or key in wrong}
        code = filled.get("code", "")
        if not filled or fold(code) == _EXAMPLE:
            return None, False
        values: dict[str, Any] = {}
        for key, text in filled.items():
            try:
                if key in wrong:
                    raise WrongCell(wrong[key])
                values[key] = self._value(key, places[key], text)
            except WrongCell as mistake:
                self._wrong(line, key, str(mistake))
        if "code" not in wrong and code in ("", CLEARED):
            self._wrong(line, "code", _NO_CODE)
        return (ImportRow(line, values.pop("code"), values) if values.get("code") else None), True

    def _bad(self, place: Place, key: str) -> str:
        """Why a cell has no value that can be trusted; "" where it has."""
        if place in self.facts.failed:
            return _FAILED.format(error=self.facts.failed[place][:20])
        if place in self.facts.unsolved:
            return _UNSOLVED
        if key in _CODES and self.facts.padded.get(place) == 0:
            return _OWN_FORMAT
        return ""

    def _value(self, key: str, place: Place, text: str) -> Any:
        cell = self._cell(*place)
        width = self.facts.padded.get(place, 0)
        if key in _CODES and width and isinstance(cell, float):
            return read(BY_KEY[key], raw(cell), raw(cell).zfill(width))
        return read(BY_KEY[key], cell, text)


def _lines(lines: Sequence[int]) -> str:
    """Lines of which the first stands before the sentence already."""
    return f"các dòng {_runs(lines)}" if len(lines) > 1 else "dòng này"


def _runs(lines: Sequence[int]) -> str:
    """3, 5–9, 12"""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    words = ["–".join(str(line) for line in run) for run in runs]
    return ", ".join(words[:_MOST_RUNS]) + (", …" if len(words) > _MOST_RUNS else "")


_MOST_RUNS = 12
_UNKNOWN = "cột “{words}” không có trong tệp mẫu, đề nghị xóa cột này hoặc ghi tên cột như tệp mẫu"
_TWICE = "cột “{words}” có hai lần, đề nghị xóa một cột"
_NAMELESS = (
    "cột {column} có nội dung nhưng không có tên cột, đề nghị xóa cột này hoặc ghi tên cột như "
    "tệp mẫu"
)
_MERGED = "các ô {cells} đang gộp, đề nghị bỏ gộp ô rồi ghi giá trị vào từng dòng"
_MERGED_LINE = (
    "các ô {cells} đang gộp, đề nghị bỏ gộp ô rồi ghi vào từng cột; dòng không phải đơn vị thì "
    "xóa dòng"
)
_HIDDEN_ROWS = (
    "{lines} đang bị ẩn hoặc bị lọc mà vẫn có nội dung, đề nghị bỏ lọc, cho hiện dòng "
    "để kiểm tra rồi gửi lại, hoặc xóa dòng"
)
_NO_CODE = "chưa ghi mã đơn vị, đề nghị ghi mã, hoặc xóa dòng nếu không phải đơn vị"
_FAILED = "ô có công thức báo lỗi ({error}), đề nghị ghi lại giá trị"
_UNSOLVED = (
    "ô có công thức chưa có kết quả, đề nghị mở bằng Excel rồi lưu lại, hoặc ghi giá trị thay "
    "công thức"
)
_OWN_FORMAT = (
    "ô là số có định dạng riêng nên mã đọc ra có thể khác mã đang hiện, đề nghị chuyển ô sang "
    "dạng Văn bản (Text) rồi gõ lại mã"
)
