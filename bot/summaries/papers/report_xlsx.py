"""Every table of a report as xlsx, a sheet each; nothing that people wrote becomes a formula."""

import re
from collections.abc import Sequence
from typing import Any

from bot.core.rendering import capital
from bot.documents.rendering import clean
from bot.documents.safe_cells import Cell, safe
from bot.documents.sheets import Table, workbook
from bot.summaries.papers.annexes import (
    FIGURES_OF_UNITS,
    NO_CASES,
    TITLES,
    category_rows,
    rating_rows,
    state_of,
    target_rows,
    topic_rows,
    total_row,
)
from bot.summaries.papers.consolidated_words import corrected_by, sent_parts, sent_proposals
from bot.summaries.papers.report_words import (
    NO_PROPOSALS,
    compared_with,
    corrected_note,
    printed,
    span,
)
from bot.summaries.rules.figures import BY_KEY, FIGURES, PARTS, Figure, value_of
from bot.summaries.rules.papers import CaseRow, Consolidated, Line, Paper
from bot.summaries.rules.summaries import ADDRESSEES


def unit_workbook(paper: Paper) -> bytes:
    """One unit's tables."""
    return workbook([_figures(paper), *_shared(paper), *_words(paper)], _about(paper, paper.unit))


def consolidated_workbook(report: Consolidated) -> bytes:
    """The tables over all units: totals, every figure by unit, what units propose."""
    tables = [_totals(report), _by_unit(report), *_categories_by_unit(report), *_shared(report)]
    about = _about(report, report.head.issuer)
    return workbook([*tables, _own_words(report), _proposals(report)], about)


def _about(report: Paper | Consolidated, unit: str) -> str:
    first, last = span(report)
    return f"Đơn vị: {clean(unit)}. Số liệu từ {first} đến hết {last}."


def _figures(paper: Paper) -> Table:
    rows: list[Sequence[Cell]] = [
        _figure_cells(line) for part in paper.figures for line in paper.lines(part)
    ]
    headings, widths = (*_FIGURE, "Hệ thống ghi nhận", "Ghi chú"), (*_FIGURE_WIDTHS, 12, 60)
    return Table("Số liệu", paper.subject, headings, widths, rows, note=compared_with(paper))


_FIGURE = ("Phần", "Nội dung", "Đơn vị tính", "Năm nay", "Năm trước")
_FIGURE_WIDTHS = (34, 42, 12, 12, 12)


def _figure_cells(line: Line) -> list[Cell]:
    computed = line.corrected.computed if line.corrected else line.value
    return [*_figure(line), computed, safe(corrected_note(line))]


def _figure(line: Line) -> list[Cell]:
    part = f"{line.figure.part}. {PARTS[line.figure.part]}"
    return [part, line.figure.label, line.figure.measure, line.value, line.before]


def _totals(report: Consolidated) -> Table:
    before = report.before.values if report.before else {}
    lines = [
        Line(one, value_of(report.total.values, one.key), value_of(before, one.key))
        for one in FIGURES
        if one.part in report.figures
    ]
    rows = [[*_figure(line), safe(_about_sum(report, line.figure))] for line in lines]
    headings, widths = (*_FIGURE, "Ghi chú"), (*_FIGURE_WIDTHS, 60)
    return Table("Tổng hợp", report.subject, headings, widths, rows, note=compared_with(report))


def _about_sum(report: Consolidated, figure: Figure) -> str:
    """A sum of weeks is none of the calendar's, and says so."""
    summed = "Cộng số tuần của các đơn vị." if figure.measure == "tuần" else ""
    return " ".join(filter(None, (summed, corrected_by(report, figure))))


def _by_unit(report: Consolidated) -> Table:
    """Every figure of every unit; a share has no sum, so the last row computes it anew."""
    keys = [one.key for one in FIGURES if one.part in report.figures] or [*FIGURES_OF_UNITS]
    rows: list[list[Cell]] = [
        [place, safe(row.unit), state_of(row), *(value_of(row.paper.values, k) for k in keys)]
        for place, row in enumerate(report.rows, 1)
    ]
    rows.append([None, "Tổng cộng", "", *(value_of(report.total.values, key) for key in keys)])
    labels = [f"{BY_KEY[key].label} ({BY_KEY[key].measure})" for key in keys]
    headings = ("TT", "Đơn vị", "Gửi báo cáo", *labels)
    widths = (5, 36, 18, *(12 for _ in keys))
    return Table("Theo đơn vị", TITLES["don_vi"], headings, widths, rows, total=True, frozen=2)


def _categories_by_unit(report: Consolidated) -> list[Table]:
    if "III.3" not in report.figures:
        return []
    headings = ("TT", "Đơn vị", *_CATEGORY_HEADINGS[1:])
    rows: list[list[Cell]] = []
    for row in report.rows:
        for one in category_rows(row.paper.numbers):
            rows.append([len(rows) + 1, safe(row.unit), *_counts(one)])
    title = f"{TITLES['linh_vuc']} của từng đơn vị"
    return [Table("Lĩnh vực theo đơn vị", title, headings, (5, 36, 40, *_FOUR), rows)]


_CATEGORY_HEADINGS = (
    *("TT", "Lĩnh vực", "Tiếp nhận", "Đã giải quyết"),
    *("Đã chuyển", "Đang xử lý"),
)
_FOUR = (14, 14, 14, 14)


def _counts(row: dict[str, Any]) -> list[Cell]:
    keys = ("noi_dung", "tiep_nhan", "da_giai_quyet", "da_chuyen", "dang_xu_ly")
    return [row[key] for key in keys]


def _shared(report: Paper | Consolidated) -> list[Table]:
    """The annexes that a unit's report and the consolidated one have alike."""
    numbers = report.total if isinstance(report, Consolidated) else report.numbers
    found: list[Table] = []
    if "III.3" in report.figures:
        rows = category_rows(numbers)
        cells: list[list[Cell]] = [[row["tt"], *_counts(row)] for row in rows]
        cells.append([None, *_counts(total_row(rows))])
        widths = (5, 40, *_FOUR)
        found.append(
            Table("Lĩnh vực", TITLES["linh_vuc"], _CATEGORY_HEADINGS, widths, cells, total=True)
        )
    if "III.1" in report.figures:
        cells = [[*row.values()] for row in topic_rows(numbers, report.topics)]
        headings: tuple[str, ...] = ("TT", "Nội dung", "Lượt nắm, hướng dẫn", "Lượt có vấn đề")
        found.append(
            Table("Nội dung đã nắm", TITLES["chuyen_de"], headings, (5, 50, 16, 16), cells)
        )
    if "III.5" in report.figures:
        cells = [[*row.values()] for row in rating_rows(numbers)]
        headings = ("TT", "Xếp loại năm trước", "Xếp loại năm nay", "Số CĐCS", "Chuyển biến")
        found.append(Table("Xếp loại", TITLES["xep_loai"], headings, (5, 26, 26, 10, 16), cells))
    if report.targets:
        cells = [[*row.values()] for row in target_rows(report.targets)]
        headings = ("TT", "Kế hoạch", "Chỉ tiêu", "Mức đề ra", "Thực hiện")
        found.append(Table("Chỉ tiêu", TITLES["chi_tieu"], headings, (5, 36, 60, 20, 20), cells))
    return [*found, _cases(report.cases)]


def _cases(cases: Sequence[CaseRow]) -> Table:
    headings = (
        *("TT", "Ngày", "Đơn vị", "Nội dung", "Lĩnh vực"),
        *("Cấp giải quyết", "Hạn", "Kết quả", "Ghi chú"),
    )
    rows: list[list[Cell]] = [
        [
            *(place, one.day, safe(one.unit), _text(one.text), safe(capital(one.category))),
            *(safe(one.level), one.due, safe(one.result), safe(one.note)),
        ]
        for place, one in enumerate(cases, 1)
    ]
    widths = (5, 12, 30, 60, 22, 24, 12, 36, 30)
    return Table("Kiến nghị", TITLES["kien_nghi"], headings, widths, rows, none=NO_CASES)


def _words(paper: Paper) -> list[Table]:
    """What the unit wrote, and what it proposes."""
    rows: list[Sequence[Cell]] = [(p.key, p.title, _text(p.text)) for p in printed(paper.parts)]
    rows += [
        ("VI", f"Đối với {_addressee(key)}", _text(text))
        for key, texts in paper.proposals.items()
        for text in texts
    ]
    title, headings = "Nội dung đơn vị viết", ("Phần", "Mục", "Nội dung")
    return [Table("Nội dung viết", title, headings, (8, 36, 100), rows, none=NO_WORDS)]


def _text(words: str) -> Cell:
    """What people wrote. A list with dashes is no formula; another sign would have to be shown."""
    return safe(_DASHES.sub("– ", words))


_DASHES = re.compile(r"^- +", re.MULTILINE)
NO_WORDS = "Chưa có nội dung."


def _own_words(report: Consolidated) -> Table:
    """What units wrote and sent, as they wrote it."""
    rows: list[list[Cell]] = [
        [place, safe(row.unit), part.key, safe(part.title), _text(part.text)]
        for place, row in enumerate(report.rows, 1)
        for part in sent_parts(row)
    ]
    headings, widths = ("TT", "Đơn vị", "Phần", "Mục", "Nội dung"), (5, 36, 8, 36, 100)
    return Table("Nội dung đơn vị viết", TITLES["noi_dung"], headings, widths, rows, none=NO_WORDS)


def _proposals(report: Consolidated) -> Table:
    found = [
        (safe(row.unit), capital(_addressee(key)), _text(text))
        for row in report.rows
        for key, texts in sent_proposals(row).items()
        for text in texts
    ]
    headings, widths = ("Đơn vị", "Gửi đến", "Đề xuất, kiến nghị"), (36, 32, 100)
    title = "Đề xuất, kiến nghị của các đơn vị"
    return Table("Đề xuất của đơn vị", title, headings, widths, found, none=NO_PROPOSALS)


def _addressee(key: str) -> str:
    return {one.value: words for one, words in ADDRESSEES.items()}.get(key, key)
