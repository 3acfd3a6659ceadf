"""The paper that passes on a khiếu nại or tố cáo (phiếu chuyển), to print and sign; no reporter.

It is one of the union's official papers (Nghị định 30/2020/NĐ-CP, Phụ lục I): number, signature and
seal are left blank.
"""

import io
from dataclasses import replace

from docx import Document
from docx.shared import Pt

from bot.cases.cards.labels import CATEGORIES, FOR_HANDLERS, KINDS, affected_of
from bot.cases.facts.cases import Sheet
from bot.core.rendering import day
from bot.core.rules.calendar import local
from bot.core.rules.official_names import official_name, spelled
from bot.documents import layout
from bot.documents.head import head_facts
from bot.documents.layout import TEXT, line, paragraph
from bot.documents.parts import ended, padded
from bot.documents.rendering import clean, lines_of
from bot.documents.signs import written_day

NAMELESS = "người lao động (họ tên, địa chỉ được giữ bí mật, cung cấp riêng khi cần thiết)"
TO_DOTS = "………………………………"


def make(sheet: Sheet) -> bytes:
    """The paper as docx."""
    document, kind = Document(), KINDS[sheet.case.kind]
    head = head_facts(replace(sheet.head, symbol=sheet.head.symbol_of("PC")))
    layout.page(document)
    layout.head(
        document,
        head["co_quan_cap_tren"],
        head["co_quan"],
        f"Số:        /{head['ky_hieu']}",
        f"{head['dia_danh']}, {written_day(sheet.printed_on)}",
    )
    layout.title(document, f"PHIẾU CHUYỂN {kind.upper()}", f"Về {_category(sheet)}")
    to = line(document.add_paragraph(), f"Kính gửi: {clean(sheet.case.agency) or TO_DOTS}", TEXT)
    to.paragraph_format.space_after = Pt(layout.AFTER)
    for text in _body(sheet, kind.lower()):
        paragraph(document, text)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    signing = (head["quyen_han"], head["chuc_vu"], head["nguoi_ky"])
    layout.foot(document, ("Như trên",), f"Lưu: VT, hồ sơ {sheet.case.code}", signing)
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _body(sheet: Sheet, kind: str) -> list[str]:
    case, issuer = sheet.case, clean(sheet.head.issuer)
    where = f" phát sinh tại {official_name(clean(sheet.site))}" if sheet.site else ""
    people = affected_of(case, padded)
    affected = f"; số người liên quan: {people}" if people else ""
    to = clean(case.agency) or "Quý cơ quan"
    return [
        f"Ngày {day(local(case.created_at))}, {issuer} tiếp nhận nội dung {kind}{where}.",
        f"Người {kind}: {clean(sheet.raised_by) or NAMELESS}{affected}.",
        f"Nội dung {kind}:",
        *ended(lines_of(case.text)),
        f"{clean(sheet.head.speaker)} chuyển nội dung trên đến {to} để xem xét, giải quyết theo "
        f"quy định của pháp luật; đề nghị thông báo kết quả cho {issuer}./.",
    ]


def _category(sheet: Sheet) -> str:
    return spelled(CATEGORIES[sheet.case.category][1].removesuffix(FOR_HANDLERS))
