"""The parts of an xlsx looked through as XML: what a reader of cells does not tell.

Which sheet is hidden, which cells are merged, which rows a filter hides, which formulas failed or
have no result yet; and whether a sheet keeps to the limits at all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from bot.core.errors import Refused
from bot.documents.limits import MAX_COLUMNS, MAX_ROWS

DAMAGED = "Tệp bị hỏng, không đọc được. Đề nghị mở bằng Excel, lưu lại rồi gửi lại."
TOO_MANY_ROWS = (
    "Trang “{sheet}” có ô ngoài dòng 20.000. Đề nghị xóa các dòng thừa hoặc chia thành nhiều tệp."
)
TOO_MANY_COLUMNS = (
    "Trang “{sheet}” có ô ngoài cột thứ 60 (cột BH). Đề nghị xóa các cột từ BI trở đi "
    "(chọn cột, bấm chuột phải, Xóa) rồi gửi lại."
)
TOO_MANY_NOTES = "Trang “{sheet}” có quá nhiều ô gộp, ô lỗi. Đề nghị chép danh sách sang tệp mẫu."
NO_CELLS = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)
TOP_LINES = 10  # where headings are looked for; some people put a title above
_ENOUGH = 200  # letters by which a heading is known
_MOST_NOTES, _MOST_PADDED = 100_000, 400_000
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,10})")
_ZEROS = re.compile(r"0{2,}")
_AS_TYPED = frozenset({"general", "0", "@", "#", "#,##0"})

Place = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True)
class SheetFacts:
    """One sheet. `problem`: why it cannot be read at all. `top`: the texts of its first lines.

    `merged`: first and last place of each range. `failed`: formulas with an error, `unsolved`:
    those without a result. `padded`: numbers shown with zeros in front, with the width, 0 where
    they are shown in a way of their own.
    """

    name: str = ""
    hidden: bool = False
    problem: str = ""
    top: frozenset[str] = frozenset()
    merged: tuple[tuple[Place, Place], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    failed: Mapping[Place, str] = field(default_factory=dict)
    unsolved: frozenset[Place] = frozenset()
    padded: Mapping[Place, int] = field(default_factory=dict)

    def placed(self, name: str, *, hidden: bool) -> "SheetFacts":
        """With what the workbook says of it."""
        return replace(self, name=name, hidden=hidden, problem=self.problem.format(sheet=name))


def letters(column: int) -> str:
    """1 -> A, 27 -> AA"""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def range_words(first: Place, last: Place) -> str:
    """D2:D4"""
    return f"{letters(first[1])}{first[0]}:{letters(last[1])}{last[0]}"


class _Part:
    """What expat tells of a part; elements come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, piece: str) -> None:
        """Letters between elements."""

    def end(self, name: str) -> None:
        """An element ends."""


def parsed(part: bytes, into: _Part | None = None) -> None:
    """Go through a part.

    Raises:
        Refused: it is no XML, or brings entities of its own.
    """
    from xml.parsers import expat

    into = into or _Part()
    # Excel writes UTF-8 only; another encoding could hide cells here that the reader sees.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = _named(into.start)
    parser.EndElementHandler = _named(into.end)
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Refused(DAMAGED) from None


def _named(handle: Callable[..., None]) -> Callable[..., None]:
    return lambda name, *rest: handle(name.rpartition(":")[2], *rest)


def _doctype(*_: object) -> NoReturn:
    raise Refused(DAMAGED)


def sheet_places(workbook: bytes, relations: bytes) -> list[tuple[str, bool, str]]:
    """Name, hidden or not, and part of each sheet, in their order."""
    book, related = _Elements("sheet"), _Elements("Relationship")
    parsed(workbook, book)
    if relations:
        parsed(relations, related)
    targets = {item.get("Id", ""): item.get("Target", "") for item in related.items}
    places = []
    for item in book.items:
        reference = next((v for key, v in item.items() if key.rpartition(":")[2] == "id"), "")
        part = "xl/" + targets.get(reference, "").removeprefix("/").removeprefix("xl/")
        places.append((item.get("name", ""), item.get("state") in _HIDDEN, part.lower()))
    return places


_HIDDEN = ("hidden", "veryHidden")


class _Elements(_Part):
    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.items: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.kind:
            self.items.append(attributes)


def shared_texts(part: bytes) -> Sequence[str]:
    """The texts that cells point to by number."""
    texts = _Texts()
    if part:
        parsed(part, texts)
    return texts.items


class _Texts(_Part):
    def __init__(self) -> None:
        self.items: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.items.append("")
        self.inside = name == "t"

    def text(self, piece: str) -> None:
        if self.inside and self.items and len(self.items[-1]) < _ENOUGH:
            self.items[-1] += piece

    def end(self, name: str) -> None:
        self.inside = False


def number_formats(part: bytes) -> Sequence[str]:
    """The code of the number format of each cell style, "" for those built in."""
    styles = _Styles()
    if part:
        parsed(part, styles)
    return [styles.codes.get(number, "") for number in styles.used]


class _Styles(_Part):
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def sheet_facts(part: bytes, texts: Sequence[str], formats: Sequence[str]) -> SheetFacts:
    """What a sheet's part says, apart from the values of its cells."""
    sheet = _Sheet(texts, formats)
    parsed(part, sheet)
    return SheetFacts(
        problem=sheet.problem,
        top=frozenset(sheet.top),
        merged=tuple(sheet.merged),
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        failed=sheet.failed,
        unsolved=frozenset(sheet.unsolved),
        padded=sheet.padded,
    )


class _Sheet(_Part):
    """Where the cells lie; one without an address comes after the one before."""

    def __init__(self, texts: Sequence[str], formats: Sequence[str]) -> None:
        self.texts, self.formats = texts, [_width(code) for code in formats]
        self.row = self.column = 0
        self.problem = ""
        self.top: set[str] = set()
        self.merged: list[tuple[Place, Place]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.failed: dict[Place, str] = {}
        self.unsolved: set[Place] = set()
        self.padded: dict[Place, int] = {}
        self.kind, self.style = "", ""  # of the cell
        self.formula = self.inside = False
        self.value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.inside = True
            self._check_limits()
        elif name == "f":
            self.formula = True
            self._check_limits()
        elif name == "row":
            self._row(attributes)
        elif name == "col" and _is_hidden(attributes, "width"):
            first, last = (int(attributes.get(key, "")) for key in ("min", "max"))
            last = min(last, MAX_COLUMNS)
            self.hidden_columns.update(range(first, last + 1))
        elif name == "mergeCell":
            first_cell, _, last_cell = attributes.get("ref", "").partition(":")
            self.merged.append((_place(first_cell), _place(last_cell or first_cell)))

    def text(self, piece: str) -> None:
        if self.inside and len(self.value) < _ENOUGH:
            self.value += piece

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            self._finish()

    def _row(self, attributes: dict[str, str]) -> None:
        self.row, self.column = int(attributes.get("r") or self.row + 1), 0
        if _is_hidden(attributes, "ht") and self.row <= MAX_ROWS + 1:
            self.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        if address := attributes.get("r", ""):
            self.row, self.column = _place(address)
        else:
            self.column += 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula, self.inside, self.value = False, False, ""

    def _check_limits(self) -> None:
        """Cells that only have borders or colours are no part of the table, nor are empty rows."""
        if self.row > MAX_ROWS + 1:
            self.problem = self.problem or TOO_MANY_ROWS
        elif self.column > MAX_COLUMNS:
            self.problem = self.problem or TOO_MANY_COLUMNS

    def _finish(self) -> None:
        place = (self.row, self.column)
        if self.row <= TOP_LINES and self.value:
            self.top.add(self._heading())
        if self.problem:
            return
        if self.kind == "e":
            self.failed[place] = self.value
        elif self.formula and self.kind != "str" and not self.value:
            self.unsolved.add(place)
        elif self.kind == "n" and self.value and self.style.isdecimal():
            width = self.formats[int(self.style)] if int(self.style) < len(self.formats) else 1
            if width != 1:
                self.padded[place] = width
        notes = len(self.failed) + len(self.unsolved) + len(self.merged)
        if notes > _MOST_NOTES or len(self.padded) > _MOST_PADDED:
            self.problem = TOO_MANY_NOTES

    def _heading(self) -> str:
        if self.kind != "s":
            return self.value
        number = int(self.value)
        return self.texts[number] if 0 <= number < len(self.texts) else ""


def _width(code: str) -> int:
    """Digits that a number format fills up to; 1 as it is, 0 in a way of its own."""
    if _ZEROS.fullmatch(code):
        return len(code)
    return 1 if code.lower() in _AS_TYPED or not code else 0


def _is_hidden(attributes: Mapping[str, Any], size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")


def _place(address: str) -> Place:
    match = _CELL.fullmatch(address.replace("$", ""))
    if match is None:
        raise Refused(DAMAGED)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
