"""What the consolidated report says: who has reported, the figures of all, what units propose."""

from collections.abc import Mapping
from typing import Any

from bot.documents.layout import written_day
from bot.documents.rendering import clean, lines_of
from bot.documents.report_words import (
    ANNEXES,
    DOTS,
    GROUPS,
    computed,
    numbered,
    proposals_of,
    said,
    with_titles,
)
from bot.rules.figures import FIGURES, PARTS, value_of
from bot.rules.papers import Consolidated, Line, UnitRow

LEFT_TO_WRITE = ("Ưu điểm", "Hạn chế", "Nguyên nhân")


def consolidated_parts(report: Consolidated, annexes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The situation, who has reported, results, a judgement left to be written, proposals."""
    results = [key for key in report.figures if key.startswith("III.")]
    groups = [
        *([(PARTS["I"], [_part(report, "I", annexes)])] if "I" in report.figures else []),
        ("Tình hình gửi báo cáo", [_words(_reporting(report, annexes))]),
    ]
    if results:
        items = [_part(report, key, annexes) for key in results]
        groups.append((GROUPS["III"], numbered(items, [PARTS[key] for key in results])))
    blank = [_words([DOTS]) for _ in LEFT_TO_WRITE]
    groups.append((GROUPS["IV"], numbered(blank, LEFT_TO_WRITE)))
    if proposals := _proposals(report):
        groups.append(("Đề xuất, kiến nghị của các đơn vị", proposals_of(proposals)))
    return with_titles(groups, [])


def _words(paragraphs: list[str]) -> dict[str, Any]:
    return {"tieu_de": "", "cac_doan": paragraphs, "so_lieu": []}


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
        Line(figure, value_of(report.total.values, figure.key), value_of(before, figure.key))
        for figure in FIGURES
        if figure.part == key
    ]
    made = computed(key, report.total.values, words, lines)
    for line, row in zip(lines, made["so_lieu"], strict=True):
        row["ghi_chu"] = _corrected_by(report, line.figure.key)
    return made


def _corrected_by(report: Consolidated, figure: str) -> str:
    """Whose corrected numbers are in a sum."""
    units = [clean(row.unit) for row in report.rows if figure in row.paper.corrections]
    return f"Gồm số điều chỉnh của: {'; '.join(units)}" if units else ""


def _reporting(report: Consolidated, annexes: Mapping[str, Any]) -> list[str]:
    """How many owe, how many sent, who is missing; each by name."""
    owing = [row for row in report.rows if row.state != "excused"]
    sent = [row for row in owing if row.sent_on]
    late = [row for row in sent if row.late]
    table = f" (Phụ lục {annexes['don_vi']['so']})" if annexes.get("don_vi") else ""
    words = [
        f"Có {said(len(sent))}/{said(len(owing))} đơn vị đã gửi báo cáo{table}"
        + (f", trong đó {said(len(late))} đơn vị gửi muộn: {_names(late)}." if late else ".")
    ]
    if missing := [row for row in owing if not row.sent_on]:
        words.append(
            f"Chưa gửi báo cáo: {_names(missing)}. Số liệu của các đơn vị này được tính từ dữ liệu "
            "của hệ thống."
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
    found: dict[str, list[str]] = {}
    for row in report.rows:
        for key, texts in row.paper.proposals.items():
            for text in texts:
                words = "; ".join(lines_of(text)).removesuffix(".")
                found.setdefault(key, []).append(f"{words} ({clean(row.unit)}).")
    return found
