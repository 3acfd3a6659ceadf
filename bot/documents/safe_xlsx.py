"""From bytes that anybody may have sent to an xlsx that is safe to parse.

A zip can unpack to far more than it says, and one cell in the last corner of a sheet makes a
reader allocate all cells before it. So every part is unpacked here under limits, its cells are
counted, and only the parts that are needed are packed again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadDeflate  # noqa: N812 - named as its fellow from zipfile

from bot.core.errors import Refused
from bot.documents.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED_BYTES, MAX_UPLOAD_BYTES
from bot.documents.xlsx_parts import (
    DAMAGED,
    NO_CELLS,
    SheetFacts,
    number_formats,
    parsed,
    shared_texts,
    sheet_facts,
    sheet_places,
)

EMPTY = "Tệp trống. Đề nghị đồng chí gửi lại tệp Excel (.xlsx)."
TOO_LARGE = "Tệp lớn hơn 5 MB. Đề nghị xóa ảnh, trang tính thừa hoặc chia thành nhiều tệp."
NOT_EXCEL = "Tệp này không phải tệp Excel .xlsx. Đề nghị mở bằng Excel, chọn Lưu thành .xlsx."
LOCKED = "Tệp đang đặt mật khẩu. Đề nghị bỏ mật khẩu rồi gửi lại."
OLD_EXCEL = "Tệp này là Excel bản cũ (.xls). Đề nghị mở bằng Excel, chọn Lưu thành .xlsx."
BINARY_EXCEL = (
    "Tệp này là Excel nhị phân (.xlsb). Đề nghị mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại."
)
OPEN_DOCUMENT = "Tệp này là .ods. Đề nghị mở bằng Excel hoặc LibreOffice, chọn Lưu thành .xlsx."
MACROS = "Tệp có chứa macro nên không nhận. Đề nghị chọn Lưu thành .xlsx (không macro)."
BLOATED = "Tệp giải nén ra quá lớn nên không nhận. Đề nghị dùng tệp mẫu, chỉ để lại danh sách."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NEEDED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
)
_CHUNK = 65_536


@dataclass(frozen=True)
class SafeBook:
    """The same workbook, proven small. Sheets outside the limits are emptied; `sheets` in their
    order, with what their cells alone do not say."""

    data: bytes
    sheets: tuple[SheetFacts, ...]


def safe_xlsx(data: bytes) -> SafeBook:
    """The workbook, safe to parse.

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
    if "xl/workbook.bin" in names:
        raise Refused(BINARY_EXCEL)
    if "content.xml" in names and "mimetype" in names:
        raise Refused(OPEN_DOCUMENT)
    if "xl/workbook.xml" not in names:
        raise Refused(NOT_EXCEL)
    if len(set(names)) != len(names):
        raise Refused(DAMAGED)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > min(MAX_UNPACKED_BYTES, MAX_RATIO * packed):
        raise Refused(BLOATED)
    return [entry for entry in entries if _NEEDED.fullmatch(_plain(entry))]


def _repacked(archive: ZipFile, entries: list[ZipInfo]) -> SafeBook:
    """Sheets are looked at last: their cells point into the texts and formats of other parts."""
    parts = {_plain(entry): b"".join(_unpacked(archive, entry)) for entry in entries}
    texts = shared_texts(parts.get("xl/sharedstrings.xml", b""))
    formats = number_formats(parts.get("xl/styles.xml", b""))
    for name in parts.keys() & {"[content_types].xml", "_rels/.rels"}:
        parsed(parts[name])
    places = sheet_places(parts["xl/workbook.xml"], parts.get("xl/_rels/workbook.xml.rels", b""))
    by_part = {
        name: sheet_facts(part, texts, formats)
        for name, part in parts.items()
        if name.startswith("xl/worksheets/")
    }
    if any(part.startswith("xl/worksheets/") and part not in by_part for *_, part in places):
        raise Refused(DAMAGED)
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as target:
        for entry in entries:
            name = _plain(entry)
            too_large = name in by_part and by_part[name].problem
            target.writestr(
                entry.filename.replace("\\", "/"), NO_CELLS if too_large else parts[name]
            )
    sheets = tuple(
        by_part.get(part, SheetFacts()).placed(name, hidden=hidden) for name, hidden, part in places
    )
    return SafeBook(written.getvalue(), sheets)


def _unpacked(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    # In pieces: one large read would unpack everything before zipfile looks at the size.
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            yield piece


def _plain(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lower()
