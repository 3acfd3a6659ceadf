"""A short report on paper: the layout of official documents, whatever was typed."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import docx
import pytest
from docx.shared import Pt

from bot.cases.facts.alerts import QuickFacts
from bot.cases.papers.quick_report import document
from bot.config.settings import Organisation
from bot.units.services.letterheads import TOP_BODY, default_head
from storage.enums import UnitKind
from storage.models import Alert, Person, QuickReport, Unit

PROVINCE = "Liên đoàn Lao động tỉnh An Giang"
AT = datetime(2027, 2, 3, 1, 5, tzinfo=UTC)


def a_unit(name: str, kind: UnitKind) -> Unit:
    return Unit(code=name, name=name, folded="", kind=kind, known_since=date(2026, 1, 1))


def facts(
    number: int = 1,
    town: str = "An Giang",
    top: bool = False,
    own: dict[str, Any] | None = None,
    **more: Any,
) -> QuickFacts:
    values: dict[str, Any] = {
        "enterprise": "May Sen Vàng",
        "began_at": datetime(2027, 2, 3, 0, 30, tzinfo=UTC),
        "taking_part": 60,
        "workers": 1850,
        "demands": "Giảm định mức <120> & trả đủ lương",
        "employer": "Đang đối thoại",
        "authorities": "Công đoàn cấp trên",
        "next_step": "Gặp hai bên.",
        "cause": "Tăng định mức",
        "ownership": "foreign",
        "has_union": True,
    }
    report = QuickReport(id=1, alert_id=1, author_id=1, at=AT, **(values | more))
    author = Person(name="Phạm Tiến Dũng", folded="", joined_at=AT)
    alert = Alert(key="k", unit_id=2, home_id=2, case_id=1, at=AT, level="alarm")
    unit = a_unit("LĐLĐ tỉnh", UnitKind.FEDERATION)
    over = (TOP_BODY, TOP_BODY) if top else (PROVINCE, PROVINCE)
    unit = unit if top else a_unit("CĐ các KCN tỉnh", UnitKind.UPPER)
    head = default_head(unit, over, Organisation(place=town))
    return QuickFacts(report, alert, unit, replace(head, **(own or {})), author, number)


def opened(given: QuickFacts) -> Any:
    return docx.Document(io.BytesIO(document(given)))


def text_of(paper: Any) -> str:
    cells = [cell for table in paper.tables for row in table.rows for cell in row.cells]
    lines = [line for part in (*cells, paper) for line in part.paragraphs]
    return "\n".join(line.text for line in lines)


def test_page_and_type_are_those_of_an_official_document() -> None:
    paper = opened(facts())
    page = paper.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in margins] == [20, 20, 30, 15]
    normal = paper.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(14))


@pytest.mark.parametrize(
    "wanted",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH AN\u00a0GIANG\nCÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP TỈNH AN\u00a0GIANG",
        "An Giang, ngày 03 tháng 02 năm 2027",
        "BÁO CÁO NHANH\nNgừng việc tập thể tại May Sen Vàng\n",
        "Bắt đầu lúc 7 giờ 30 phút",
        "Số người tham gia: 60 trên tổng số 1.850 lao động.",
        "1. Doanh nghiệp: May Sen Vàng; loại hình: doanh nghiệp có vốn đầu tư nước ngoài; "
        "tổng số lao động: 1.850; đã có công đoàn cơ sở.",
        "3. Nguyên nhân: Tăng định mức.",
        "Giảm định mức <120> & trả đủ lương.",
        "Gặp hai bên.\n",
        "Người lao động chưa trở lại làm việc.",
        "Nơi nhận:\n- Liên đoàn Lao động tỉnh An Giang (để báo cáo);\n- Lưu: VT, ….",
        "cập nhật diễn biến./.",
    ],
)
def test_everything_stands_where_it_belongs(wanted: str) -> None:
    assert wanted in text_of(opened(facts()))


def test_the_signature_is_left_blank() -> None:
    said = text_of(opened(facts()))
    assert "Phạm Tiến Dũng" not in said
    assert "Số:        /BC-CĐ" in said


def test_the_province_reports_to_the_confederation_and_dots_stand_for_what_is_not_known() -> None:
    said = text_of(opened(facts(top=True, town="", taking_part=None, began_at=None)))
    assert "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT\u00a0NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH" in said
    assert "……………, ngày 03" in said
    assert "Chưa rõ số người tham gia." in said


def test_the_last_one_says_how_it_ended() -> None:
    assert "đã trở lại làm việc" in text_of(opened(facts(2, resumed=True)))
    assert "(cập nhật lần 1)" in text_of(opened(facts(2, resumed=True)))


def test_where_nobody_stopped_work_the_paper_speaks_of_no_stoppage() -> None:
    said = text_of(opened(facts(resumed=True, taking_part=0, began_at=None)))
    assert "Tình hình quan hệ lao động tại May Sen Vàng" in said
    assert "2. Diễn biến: Không xảy ra ngừng việc." in said
    assert "Ngừng việc tập thể" not in said
    assert "Số người tham gia" not in said


def test_a_stoppage_that_threatens_has_not_happened() -> None:
    said = text_of(opened(facts(taking_part=0, began_at=None)))
    assert "2. Diễn biến: Chưa xảy ra ngừng việc." in said
    assert said.count("xảy ra ngừng việc") == 1  # what has no course is not said a second time
    assert "Tình hình quan hệ lao động tại" in said


def test_the_paper_is_under_the_units_own_head() -> None:
    own = {
        "issuer": "Công đoàn các khu công nghiệp tỉnh",
        "symbol": "BC-CĐKCN",
        "position": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "signatory": "Lê Văn Tám",
    }
    said = text_of(opened(facts(own=own)))
    assert "CÔNG ĐOÀN CÁC KHU CÔNG NGHIỆP" in said
    assert "Số:        /BC-CĐKCN" in said
    assert "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in said
    assert "Lê Văn Tám" in said
    assert "Ban Thường vụ Công đoàn các khu công nghiệp tỉnh báo cáo nhanh Liên đoàn" in said
