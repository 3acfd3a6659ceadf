"""The paper that passes a khiếu nại or tố cáo on looks and reads like the union's other papers."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import docx

from bot.cases.facts.cases import Sheet
from bot.cases.papers.complaint_sheet import make
from bot.core.rules.letterhead import Head
from bot.core.rules.official_names import ABBREVIATIONS
from storage.enums import CaseKind, Category
from storage.models import Case

HEAD = Head(
    superior="Liên đoàn Lao động tỉnh An Giang",
    issuer="Công đoàn các Khu công nghiệp tỉnh An Giang",
    symbol="BC-CĐ",
    place="An Giang",
    recipients=(),
    authority="TM. BAN THƯỜNG VỤ",
    position="KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
    signatory="",
)


def sheet(raised_by: str = "", **more: Any) -> Sheet:
    values: dict[str, Any] = {
        "code": "KN-7Q2M",
        "kind": CaseKind.DENUNCIATION,
        "category": Category.BHXH,
        "text": "Thu tiền đóng bảo hiểm nhưng không nộp\nĐã hỏi hai lần",
        "agency": "Thanh tra tỉnh An Giang",
        "affected": 5,
        "created_at": datetime(2026, 11, 16, 1, 0, tzinfo=UTC),
    }
    case = Case(home_id=2, unit_id=2, **(values | more))
    return Sheet(case, "CĐCS Công ty May Sen Vàng", HEAD, raised_by, date(2026, 11, 20))


def lines(made: Sheet) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(make(made))).paragraphs if p.text.strip()]


def cells(made: Sheet) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(make(made))).tables
    return [[p.text for p in cell.paragraphs] for t in tables for cell in t.rows[0].cells]


def test_it_has_the_country_the_issuer_a_number_and_an_addressee() -> None:
    left, right, *_ = cells(sheet())
    assert right[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert right[-1] == "An Giang, ngày 20 tháng 11 năm 2026"
    assert left[0].replace("\xa0", " ") == "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN GIANG"
    assert left[1].replace("\xa0", " ") == "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP TỈNH AN GIANG"
    assert left[-1] == "Số:        /PC-CĐ"
    assert lines(sheet())[:3] == [
        "PHIẾU CHUYỂN TỐ CÁO",
        "Về bảo hiểm xã hội, bảo hiểm y tế, bảo hiểm thất nghiệp",
        "Kính gửi: Thanh tra tỉnh An Giang",
    ]
    assert "Kính gửi: …………" in lines(sheet(agency=""))[2]


def test_it_says_what_is_passed_on_to_whom_and_asks_for_the_result() -> None:
    assert lines(sheet())[3:] == [
        "Ngày 16/11/2026, Công đoàn các Khu công nghiệp tỉnh An Giang tiếp nhận nội dung tố cáo "
        "phát sinh tại Công đoàn cơ sở Công ty May Sen Vàng.",
        "Người tố cáo: người lao động (họ tên, địa chỉ được giữ bí mật, cung cấp riêng khi cần "
        "thiết); số người liên quan: khoảng 05 người.",
        "Nội dung tố cáo:",
        "Thu tiền đóng bảo hiểm nhưng không nộp",
        "Đã hỏi hai lần.",
        "Ban Thường vụ Công đoàn các Khu công nghiệp tỉnh An Giang chuyển nội dung trên đến "
        "Thanh tra tỉnh An Giang để xem xét, giải quyết theo quy định của pháp luật; đề nghị thông "
        "báo kết quả cho Công đoàn các Khu công nghiệp tỉnh An Giang./.",
    ]
    assert "Người tố cáo: Đồng chí An; số" in "\n".join(lines(sheet("Đồng chí An")))


def test_it_is_signed_and_filed_as_a_paper() -> None:
    *_, left, right = cells(sheet())
    assert left == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, hồ sơ KN-7Q2M."]
    assert right[:2] == ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"]
    assert right[-1] == "………………………"


def test_it_abbreviates_nothing_and_shows_nothing_of_the_handling() -> None:
    for category in Category:
        text = "\n".join(lines(sheet(category=category)))
        assert not re.findall(rf"\b(?:{'|'.join(ABBREVIATIONS)})\b", text)
        for word in ("Trạng thái", "Mã vụ việc", "bảo mật", "Người xử lý", "Ngày in", "giữ:"):
            assert word not in text
