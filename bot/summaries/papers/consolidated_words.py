"""What the consolidated report says: the figures of all, who has reported, what units propose."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.rendering import day, number
from bot.core.rules.official_names import spelled
from bot.documents.illustrations import PaperPicture
from bot.documents.parts import (
    DOTS,
    TO_WRITE,
    ended,
    item_of,
    numbered,
    padded,
    with_titles,
)
from bot.documents.rendering import clean, items_of, lines_of
from bot.documents.signs import written_day
from bot.summaries.papers.report_words import (
    ANNEXES,
    GROUPS,
    IN_LIST,
    at,
    compared_with,
    computed,
    counted_twice,
    label_of,
    printed_lines,
    proposals_of,
    results_of,
    small,
    targets_at,
    with_cases,
    with_note,
    with_notes,
)
from bot.summaries.papers.sentences import own_sentences
from bot.summaries.rules.figures import FIGURES, PARTS, Figure, value_of
from bot.summaries.rules.papers import Consolidated, FigureLine, PaperPart, UnitRow
from bot.summaries.rules.summaries import SECTIONS

MANY = 5  # units that a note names one by one
LEFT_TO_WRITE = ("Ưu điểm", "Hạn chế", "Nguyên nhân", "Bài học kinh nghiệm")
DIRECTED = "Công tác lãnh đạo, chỉ đạo"
OF_THE_SENT = "Các đơn vị đã gửi báo cáo không có đề xuất, kiến nghị."
NOBODY_SENT = "Chưa có đơn vị nào gửi báo cáo."
OF_ONE_UNIT = frozenset({"weeks", "weeks_met", "weeks_share"})
"""Figures that say nothing once units are added up: there are no 99 weeks in a year."""


def consolidated_parts(
    report: Consolidated, annexes: Mapping[str, Any], pictures: Mapping[str, PaperPicture]
) -> list[dict[str, Any]]:
    """The situation, results, what units propose; what the receiver directed, its judgement and
    direction are left to be written.
    """
    results = results_of(report.figures, report.total.values)
    groups = [
        *([(PARTS["I"], [_part(report, "I", annexes)])] if "I" in report.figures else []),
        (DIRECTED, [item_of([*TO_WRITE, *_reporting(report, annexes)])]),
    ]
    if results:
        items = [
            {**_part(report, key, annexes), "cac_hinh": [pictures[key]] if key in pictures else []}
            for key in results
        ]
        numbered_items = numbered(items, [spelled(PARTS[key]) for key in results])
        groups.append((GROUPS["III"], [*targets_at(annexes), *numbered_items]))
    items = [item_of(TO_WRITE) for _ in LEFT_TO_WRITE]
    groups.append((GROUPS["IV"], numbered(items, LEFT_TO_WRITE)))
    groups.append((SECTIONS["V"].title, [item_of(TO_WRITE)]))
    proposals = _proposals(report)
    if proposals or any(row.paper.takes_proposals for row in report.rows):
        groups.append(
            ("Đề xuất, kiến nghị của các đơn vị", proposals_of(proposals, no_proposals(report)))
        )
    return with_note(with_titles(groups, []), compared_with(report))


def own_words(report: Consolidated) -> list[dict[str, Any]]:
    """Each unit with the parts that it wrote, lettered; only what it has sent is its word."""
    written_rows = [(row, parts) for row in report.rows if (parts := sent_parts(row))]
    return [
        {"tieu_de": f"{place}. {clean(row.named)}", "cac_muc": _lettered(parts)}
        for place, (row, parts) in enumerate(written_rows, 1)
    ]


def sent_parts(row: UnitRow) -> list[PaperPart]:
    """The parts with text of a report that was sent; a draft is nobody's word yet."""
    return [part for part in row.paper.parts if part.text.strip()] if row.sent_on else []


def no_proposals(report: Consolidated) -> str:
    """What is said where nothing is proposed: nobody knows it of those that have sent nothing."""
    return OF_THE_SENT if any(row.sent_on for row in report.rows) else NOBODY_SENT


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
        "unit": clean(report.head.named),
        "until": written_day(report.until),
        "year": str(report.last_day.year),
        **{f"annex_{k}": f" ({at(annexes[k])})" for k in ANNEXES if annexes.get(k)},
    }
    before = report.before.values if report.before else {}
    values = {k: v for k, v in report.total.values.items() if k not in OF_ONE_UNIT}
    lines = printed_lines(
        FigureLine(
            figure=seen_from_above(figure, words["unit"]),
            value=value_of(values, figure.key),
            before=value_of(before, figure.key),
        )
        for figure in FIGURES
        if figure.part == key and figure.key not in OF_ONE_UNIT
    )
    part = computed(key, values, words, lines, of_all=True)
    if report.own is not None and (own := own_sentences(key, report.own.values, words)):
        part["cac_doan"] = [*(text for text in part["cac_doan"] if text != DOTS), *own]
    with_cases(part, key, report, annexes)
    corrected = [
        f"{label_of(line)}: {small(note)}"
        for line in lines
        if (note := corrected_by(report, line.figure))
    ]
    since = [weeks_since(report, annexes)] if key == "III.1" else []
    return with_notes(part, lines, [*counted_twice(key, values), *filter(None, since), *corrected])


LABELS_OF_ALL = {
    "open": "Các đơn vị đang xử lý",
    "passed": "Đơn vị đã chuyển lên, chuyển cơ quan chức năng",
    "handed_up": "Trong đó: {unit} đang xử lý",
    "referred": "Trong đó: cơ quan chức năng đang xử lý",
}
"""What a unit calls passed on is, for who received it, in hand."""


def seen_from_above(figure: Figure, unit: str) -> Figure:
    """The figure as the receiver names it."""
    label = LABELS_OF_ALL.get(figure.key, figure.label)
    return replace(figure, label=label.format(unit=unit))


def corrected_by(report: Consolidated, figure: Figure) -> str:
    """Whose corrected numbers are in a sum."""
    units = [clean(row.named) for row in report.rows if figure.key in row.paper.corrections]
    whose = "; ".join(units) if len(units) <= MANY else f"{len(units)} đơn vị"
    return f"Gồm số điều chỉnh của {whose}." if units else ""


def weeks_since(report: Consolidated, annexes: Mapping[str, Any]) -> str:
    """Whose weeks, in the table of the units, begin after the period does; empty: nobody's."""
    named = [
        f"{clean(row.named)} từ ngày {day(since)}"
        for row in report.rows
        if (since := row.paper.weeks_since)
    ]
    whose = "; ".join(named) if len(named) <= MANY else f"{number(len(named))} đơn vị"
    where = at(annexes["don_vi"])
    return f"Số tuần trong kỳ ({where}) tính từ {IN_LIST}: {whose}." if named else ""


def _reporting(report: Consolidated, annexes: Mapping[str, Any]) -> list[str]:
    """How many of those that owe have reported, and whose figures the receiver put together."""
    owing = [row for row in report.rows if row.state != "excused"]
    sent = [row for row in owing if row.sent_on]
    missing = [row for row in owing if not row.sent_on]
    late = sum(row.late for row in sent)
    when, share = written_day(report.until), f"{number(len(sent))}/{number(len(owing))}"
    own = annexes.get("noi_dung")
    where = f"nội dung báo cáo của các đơn vị: {at(own)}; " if own else ""
    whose = _names(missing) if len(missing) <= MANY else f"{len(missing)} đơn vị chưa gửi báo cáo"
    return [
        f"Tính đến {when}, có {share} đơn vị đã gửi báo cáo"
        + (f", trong đó {padded(late)} đơn vị gửi chậm" if late else "")
        + f" ({where}kết quả thực hiện: {at(annexes['don_vi'])})"
        + (f"; số liệu của {whose} do {report.head.named} tổng hợp" if missing else "")
        + "."
    ]


def _names(rows: list[UnitRow]) -> str:
    return ", ".join(clean(row.named) for row in rows)


def _proposals(report: Consolidated) -> dict[str, list[str]]:
    """What units propose, by addressee, each with the unit's name."""
    proposals: dict[str, list[str]] = {}
    for row in report.rows:
        for key, texts in sent_proposals(row).items():
            for text in texts:
                words = "; ".join(line.rstrip(".; ") for line in items_of(text))
                proposals.setdefault(key, []).append(f"{words} ({clean(row.named)}).")
    return proposals
