"""What the consolidated report says: who has reported, the figures of all, what units propose."""

from collections.abc import Mapping
from typing import Any

from bot.core.rendering import number
from bot.documents.layout import written_day
from bot.documents.parts import DOTS, ended, item_of, numbered, padded, with_titles
from bot.documents.rendering import clean, items_of, lines_of
from bot.summaries.papers.report_words import (
    ANNEXES,
    GROUPS,
    cases_at,
    compared_with,
    computed,
    proposals_of,
    small,
    targets_at,
    with_note,
)
from bot.summaries.rules.figures import FIGURES, PARTS, Figure, value_of
from bot.summaries.rules.papers import Consolidated, FigureLine, PaperPart, UnitRow
from bot.summaries.rules.summaries import SECTIONS

MANY = 5  # units that a note names one by one
LEFT_TO_WRITE = ("Ưu điểm", "Hạn chế", "Nguyên nhân")


def consolidated_parts(report: Consolidated, annexes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The situation, who has reported, results; a judgement and a direction left to be written;
    what units propose.
    """
    results = [key for key in report.figures if key.startswith("III.")]
    groups = [
        *([(PARTS["I"], [_part(report, "I", annexes)])] if "I" in report.figures else []),
        ("Tình hình gửi báo cáo", [item_of(_reporting(report, annexes))]),
    ]
    if results:
        items = [_part(report, key, annexes) for key in results]
        numbered_items = numbered(items, [PARTS[key] for key in results])
        groups.append((GROUPS["III"], [*targets_at(annexes), *numbered_items]))
    own = annexes.get("noi_dung")
    blank = f"{DOTS} (nội dung của các đơn vị: Phụ lục {own['so']})" if own else DOTS
    items = [item_of([blank]) for _ in LEFT_TO_WRITE]
    groups.append((GROUPS["IV"], numbered(items, LEFT_TO_WRITE)))
    groups.append((SECTIONS["V"].title, [item_of([blank])]))
    proposals = _proposals(report)
    if proposals or any(row.paper.takes_proposals for row in report.rows):
        groups.append(("Đề xuất, kiến nghị của các đơn vị", proposals_of(proposals)))
    return with_note(with_titles(groups, []), compared_with(report))


def own_words(report: Consolidated) -> list[dict[str, Any]]:
    """Each unit with the parts that it wrote, lettered; only what it has sent is its word."""
    written_rows = [(row, parts) for row in report.rows if (parts := sent_parts(row))]
    return [
        {"tieu_de": f"{place}. {clean(row.unit)}", "cac_muc": _lettered(parts)}
        for place, (row, parts) in enumerate(written_rows, 1)
    ]


def sent_parts(row: UnitRow) -> list[PaperPart]:
    """The parts with text of a report that was sent; a draft is nobody's word yet."""
    return [part for part in row.paper.parts if part.text.strip()] if row.sent_on else []


def sent_proposals(row: UnitRow) -> Mapping[str, tuple[str, ...]]:
    return row.paper.proposals if row.sent_on else {}


def _lettered(parts: list[PaperPart]) -> list[dict[str, Any]]:
    """a) Công tác chỉ đạo …, as points stand in the order of headings."""
    return [
        {"tieu_de": f"{letter}) {clean(part.title)}", "cac_doan": ended(lines_of(part.text))}
        for letter, part in zip("abcdeghiklmnopq", parts, strict=False)
    ]


def _part(report: Consolidated, key: str, annexes: Mapping[str, Any]) -> dict[str, Any]:
    words = {
        "unit": clean(report.head.issuer),
        "until": written_day(report.until),
        "most_topics": "",
        "weeks_note": " (cộng của các đơn vị)",
        **{f"annex_{k}": f" (Phụ lục {annexes[k]['so']})" for k in ANNEXES if annexes.get(k)},
    }
    before = report.before.values if report.before else {}
    lines = [
        FigureLine(
            figure=figure,
            value=value_of(report.total.values, figure.key),
            before=value_of(before, figure.key),
        )
        for figure in FIGURES
        if figure.part == key
    ]
    part = computed(key, report.total.values, words, lines)
    part["cac_doan"] += cases_at(key, report, annexes)
    part["cac_chu_thich"] = [
        f"{line.figure.label}: {small(note)}"
        for line in lines
        if (note := corrected_by(report, line.figure))
    ]
    return part


def corrected_by(report: Consolidated, figure: Figure) -> str:
    """Whose corrected numbers are in a sum."""
    units = [clean(row.unit) for row in report.rows if figure.key in row.paper.corrections]
    whose = "; ".join(units) if len(units) <= MANY else f"{len(units)} đơn vị"
    return f"Gồm số điều chỉnh của {whose}." if units else ""


def _reporting(report: Consolidated, annexes: Mapping[str, Any]) -> list[str]:
    """How many owe, how many sent, who is missing; each by name, unless all are missing."""
    owing = [row for row in report.rows if row.state != "excused"]
    sent = [row for row in owing if row.sent_on]
    late = [row for row in sent if row.late]
    table = f" (Phụ lục {annexes['don_vi']['so']})" if annexes.get("don_vi") else ""
    share = f"{number(len(sent))}/{number(len(owing))}"
    words = [
        f"Có {share} đơn vị đã gửi báo cáo{table}"
        + (f", trong đó {padded(len(late))} đơn vị trễ hạn: {_names(late)}." if late else ".")
        if sent
        else f"Chưa có đơn vị nào gửi báo cáo{table}. Số liệu được tính từ dữ liệu của hệ thống."
    ]
    if sent and (missing := [row for row in owing if not row.sent_on]):
        words.append(
            f"Chưa gửi báo cáo: {_names(missing)}. Số liệu của {'các ' * (len(missing) > 1)}đơn vị "
            "này được tính từ dữ liệu của hệ thống."
        )
    if excused := [row for row in report.rows if row.state == "excused"]:
        words.append(f"Được miễn báo cáo: {_names(excused)}.")
    if corrected := [row for row in report.rows if row.paper.corrections]:
        words.append(f"Đơn vị có điều chỉnh số liệu: {_names(corrected)}.")
    return words


def _names(rows: list[UnitRow]) -> str:
    return "; ".join(clean(row.unit) for row in rows)


def _proposals(report: Consolidated) -> dict[str, list[str]]:
    """What units propose, by addressee, each with the unit's name."""
    proposals: dict[str, list[str]] = {}
    for row in report.rows:
        for key, texts in sent_proposals(row).items():
            for text in texts:
                words = "; ".join(line.rstrip(".; ") for line in items_of(text))
                proposals.setdefault(key, []).append(f"{words} ({clean(row.unit)}).")
    return proposals
