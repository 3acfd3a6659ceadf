"""From bytes that anybody may have sent to an xlsx that is safe to parse.

A zip can unpack to far more than it says, and one cell in the last corner of a sheet makes a
reader allocate all cells before it. So every part is unpacked here under limits, its cells are
counted, and only the parts that are needed are packed again.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NoReturn
from xml.parsers import expat
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate  # noqa: N812 - named as its fellow from zipfile

from bot.core.errors import Refused
from bot.documents.limits import (
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    MAX_UPLOAD_BYTES,
)

EMPTY = "Tệp trống. Đề nghị đồng chí gửi lại tệp Excel (.xlsx)."
TOO_LARGE = "Tệp lớn hơn 5 MB. Đề nghị xóa ảnh, trang tính thừa hoặc chia thành nhiều tệp."
NOT_EXCEL = "Tệp này không phải tệp Excel .xlsx. Đề nghị mở bằng Excel, chọn Lưu thành .xlsx."
LOCKED = "Tệp đang đặt mật khẩu. Đề nghị bỏ mật khẩu rồi gửi lại."
OLD_EXCEL = "Tệp này là Excel bản cũ (.xls). Đề nghị mở bằng Excel, chọn Lưu thành .xlsx."
MACROS = "Tệp có chứa macro nên không nhận. Đề nghị chọn Lưu thành .xlsx (không macro)."
DAMAGED = "Tệp bị hỏng, không đọc được. Đề nghị mở bằng Excel, lưu lại rồi gửi lại."
BLOATED = "Tệp giải nén ra quá lớn nên không nhận. Đề nghị dùng tệp mẫu, chỉ để lại danh sách."
TOO_MANY_ROWS = (
    "Trang tính có ô ngoài dòng 20.000. Đề nghị xóa phần thừa hoặc chia thành nhiều tệp."
)
TOO_MANY_COLUMNS = "Trang tính có ô ngoài cột thứ 60. Đề nghị xóa các cột thừa."
FAILED_FORMULA = "Ô {cell} có công thức báo lỗi. Đề nghị sửa lại thành giá trị."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,10})")
_CHUNK = 65_536


def safe_xlsx(data: bytes) -> bytes:
    """The same workbook, proven small.

    Raises:
        Refused: it is not an xlsx, is damaged, locked, carries macros, or is too large.
    """
    _check_outside(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = _check_directory(archive.infolist(), len(data))
            return _repacked(archive, entries)
    except (BadZipFile, BadDeflate, EOFError, OSError, NotImplementedError, ValueError):
        raise Refused(DAMAGED) from None
    except RuntimeError:  # zipfile's word for a password
        raise Refused(LOCKED) from None


def _check_outside(data: bytes) -> None:
    if not data:
        raise Refused(EMPTY)
    if len(data) > MAX_UPLOAD_BYTES:
        raise Refused(TOO_LARGE)
    if data.startswith(_OLE):
        raise Refused(LOCKED if _ENCRYPTED in data else OLD_EXCEL)
    if not data.startswith(b"PK"):
        raise Refused(NOT_EXCEL)


def _check_directory(entries: list[ZipInfo], packed: int) -> list[ZipInfo]:
    """What the zip says about itself, before anything is unpacked."""
    names = [_plain(entry) for entry in entries]
    if any("vbaproject" in name for name in names):
        raise Refused(MACROS)
    if "xl/workbook.xml" not in names:
        raise Refused(NOT_EXCEL)
    if len(set(names)) != len(names):
        raise Refused(DAMAGED)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * packed):
        raise Refused(BLOATED)
    return [entry for entry in entries if _NEEDED.fullmatch(_plain(entry))]


def _repacked(archive: ZipFile, entries: list[ZipInfo]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as target:
        for entry in entries:
            part = b"".join(_unpacked(archive, entry))
            _check_part(part)
            target.writestr(entry.filename.replace("\\", "/"), part)
    return written.getvalue()


def _unpacked(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    # In pieces: one large read would unpack everything before zipfile looks at the size.
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            yield piece


def _check_part(part: bytes) -> None:
    """No cell outside the limits, no DTD, no formula that failed, and XML at all."""
    cells = _Cells()
    # Excel writes UTF-8 only; another encoding could hide cells here that the reader sees.
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = cells.element
    parser.StartDoctypeDeclHandler = _doctype
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Refused(DAMAGED) from None


class _Cells:
    """Where the cells of a part lie; one without an address comes after the one before."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def element(self, name: str, attributes: dict[str, Any]) -> None:
        kind, address = name.rpartition(":")[2], attributes.get("r", "")
        if kind == "row":
            self.row, self.column = int(address or self.row + 1), 0
        elif kind == "c":
            self._place(address)
            if attributes.get("t") == "e":
                raise Refused(FAILED_FORMULA.format(cell=address))
        if self.row > MAX_ROWS + 1:
            raise Refused(TOO_MANY_ROWS)
        if self.column > MAX_COLUMNS:
            raise Refused(TOO_MANY_COLUMNS)

    def _place(self, address: str) -> None:
        if not address:
            self.column += 1
            return
        match = _CELL.fullmatch(address)
        if match is None:
            raise Refused(DAMAGED)
        self.column, self.row = _column(match[1]), int(match[2])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _doctype(*_: object) -> NoReturn:
    raise Refused(DAMAGED)


def _plain(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lower()
