"""Every paper keeps the layout of official documents; and the measuring notices what does not."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import docx
import pytest
from docx.shared import Cm, Mm, Pt, RGBColor

from bot.summaries.papers import report_docx, samples
from bot.visits.papers import commendations, minutes
from tests.documents.measuring import RULES, Opened, Rule, broken_rules

PAPERS: dict[str, Callable[[], bytes]] = {
    "bao-cao": lambda: report_docx.unit_report(samples.PAPER, None),
    "bao-cao-ngan": lambda: report_docx.unit_report(samples.SHORT, None),
    "tong-hop": lambda: report_docx.consolidated(samples.CONSOLIDATED, None),
    "bien-ban": lambda: minutes.minutes(samples.VISIT, None),
    "to-trinh": lambda: commendations.commendation_paper(samples.COMMENDED, None),
}


@cache
def made(name: str) -> bytes:
    return PAPERS[name]()


@cache
def opened(name: str) -> Opened:
    return Opened(made(name))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_keeps_every_rule(paper: str, rule: Rule) -> None:
    measured = rule.measure(opened(paper))
    assert rule.fits(measured), f"{rule.asked}: {measured}"


def _head(paper: Any, column: int, line: int) -> Any:
    return paper.tables[0].rows[0].cells[column].paragraphs[line]


def _line(paper: Any, beginning: str) -> Any:
    return next(p for p in paper.paragraphs if p.text.startswith(beginning))


def _set(found: Any, **values: Any) -> None:
    for key, value in values.items():
        setattr(found, key, value)


def _without(paper: Any, tag: str) -> None:
    for found in list(paper.element.body.iter(docx.oxml.ns.qn(tag))):
        found.getparent().remove(found)


def _colour(paper: Any) -> None:
    _line(paper, "I.").runs[0].font.color.rgb = RGBColor(200, 0, 0)


WRONG: dict[str, tuple[str, Callable[[Any], object]]] = {
    "letter paper": ("Khổ giấy", lambda p: _set(p.sections[0], page_width=Mm(216))),
    "narrow margin": ("Lề trên", lambda p: _set(p.sections[0], left_margin=Mm(25))),
    "narrow annex": ("Lề trên", lambda p: _set(p.sections[1], right_margin=Mm(10))),
    "another font": ("Phông", lambda p: _set(_line(p, "II.").runs[0].font, name="Arial")),
    "style's font": ("Phông", lambda p: _set(p.styles["Normal"].font, name="Calibri")),
    "a red heading": ("Màu", _colour),
    "a number on page 1": (
        "Số trang",
        lambda p: _set(p.sections[0], different_first_page_header_footer=False),
    ),
    "number on the left": (
        "Số trang",
        lambda p: _set(p.sections[0].header.paragraphs[0], alignment=0),
    ),
    "small country": ("Quốc hiệu", lambda p: _set(_head(p, 1, 0).runs[0].font, size=Pt(11))),
    "thin motto": ("Tiêu ngữ", lambda p: _set(_head(p, 1, 1).runs[0], bold=False)),
    "no rules": ("Kẻ dưới Tiêu ngữ", lambda p: _without(p, "w:pBdr")),
    "a long rule": (
        "Kẻ dưới cơ quan",
        lambda p: _set(_head(p, 0, 2).paragraph_format, left_indent=Cm(0)),
    ),
    "bold superior": ("Cơ quan cấp trên", lambda p: _set(_head(p, 0, 0).runs[0], bold=True)),
    "small letters": ("Cơ quan ban hành", lambda p: _set(_head(p, 0, 1).runs[0], text="Abc")),
    "a number filled in": ("Số, ký hiệu", lambda p: _set(_head(p, 0, 3).runs[0], text="Số: 1/B")),
    "upright date": ("Địa danh", lambda p: _set(_head(p, 1, 3).runs[0], italic=False)),
    "title on the left": ("Tên loại", lambda p: _set(_line(p, "BÁO CÁO"), alignment=0)),
    "thin subject": ("Trích yếu", lambda p: _set(_line(p, "Kết quả").runs[0], bold=False)),
    "ragged body": ("Nội dung", lambda p: _set(_line(p, "Ngay từ"), alignment=0)),
    "no first line": (
        "Nội dung",
        lambda p: _set(_line(p, "Ngay từ").paragraph_format, first_line_indent=Cm(0)),
    ),
    "double spacing": (
        "Nội dung",
        lambda p: _set(_line(p, "Ngay từ").paragraph_format, line_spacing=2.0),
    ),
    "paragraphs too near": (
        "Nội dung",
        lambda p: _set(_line(p, "Ngay từ").paragraph_format, space_after=Pt(2)),
    ),
    "no end": ("Kết thúc", lambda p: _set(_line(p, "Trên đây").runs[0], text="Hết.")),
    "heading in small letters": ("Đề mục", lambda p: _set(_line(p, "I.").runs[0], text="I. Tình")),
    "upright Nơi nhận": ("Nơi nhận", lambda p: _set(_foot(p, 0).runs[0], italic=False)),
    "large recipients": ("Danh sách", lambda p: _set(_foot(p, 1).runs[0].font, size=Pt(14))),
    "thin signature": ("Ký", lambda p: _set(_signing(p, 0).runs[0], bold=False)),
    "small annex label": ("Phụ lục", lambda p: _set(_line(p, "Phụ lục").runs[0].font, size=Pt(12))),
    "a large note": ("Ghi chú", lambda p: _set(_line(p, "Năm 2025: s").runs[0].font, size=Pt(14))),
    "an upright note": ("Ghi chú", lambda p: _set(_line(p, "Năm 2025: s").runs[0], italic=False)),
    "headings once": ("Bảng", lambda p: _without(p, "w:tblHeader")),
    "torn rows": ("Bảng", lambda p: _without(p, "w:cantSplit")),
}


def _foot(paper: Any, line: int) -> Any:
    cells = [c for t in paper.tables for c in t.rows[0].cells]
    return next(c for c in cells if c.paragraphs[0].text == "Nơi nhận:").paragraphs[line]


def _signing(paper: Any, line: int) -> Any:
    cells = [c for t in paper.tables for c in t.rows[0].cells]
    return next(c for c in cells if c.paragraphs[0].text.startswith("TM.")).paragraphs[line]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_edit_is_noticed_and_nothing_else_is_blamed(wrong: str) -> None:
    named, spoil = WRONG[wrong]
    paper = docx.Document(io.BytesIO(made("bao-cao")))
    spoil(paper)
    out = io.BytesIO()
    paper.save(out)
    blamed = list(broken_rules(out.getvalue()))
    assert blamed
    assert any(name.startswith(named) for name in blamed), blamed
    assert len(blamed) <= 3, blamed


def test_the_words_of_units_are_measured_too() -> None:
    paper = docx.Document(io.BytesIO(made("tong-hop")))
    _set(_line(paper, "Nắm chắc"), alignment=0)
    out = io.BytesIO()
    paper.save(out)
    assert list(broken_rules(out.getvalue())) == ["Lời của đơn vị trong phụ lục"]
