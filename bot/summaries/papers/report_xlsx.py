"""Every table of a report as xlsx, a sheet each; nothing that people wrote becomes a formula."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from typing import Any

from bot.core.rendering import capital
from bot.core.rules.official_names import official_name, spelled
from bot.documents.rendering import clean
from bot.documents.safe_cells import Cell, safe
from bot.documents.sheets import SheetTable, workbook
from bot.summaries.papers.annexes import (
    FIGURES_OF_UNITS,
    NO_CASES,
    TITLES,
    category_rows,
    in_paper,
    rating_rows,
    state_of,
    target_rows,
    topic_rows,
    total_row,
)
from bot.summaries.papers.consolidated_words import (
    OF_ONE_UNIT,
    corrected_by,
    no_proposals,
    sent_parts,
    sent_proposals,
)
from bot.summaries.papers.report_words import (
    compared_with,
    label_of,
    measure_of,
    note_of,
    printed,
    printed_lines,
    span,
    year_before_heading,
    year_heading,
)
from bot.summaries.rules.figures import BY_KEY, FIGURES, PARTS, Numbers, value_of
from bot.summaries.rules.papers import CaseRow, Consolidated, FigureLine, Paper
from bot.summaries.rules.summaries import addressees


def unit_workbook(paper: Paper) -> bytes:
    """One unit's tables."""
    return workbook([_figures(paper), *_shared(paper), *_words(paper)], _about(paper))


def consolidated_workbook(report: Consolidated) -> bytes:
    """The tables over all units: totals, every figure by unit, what units propose."""
    tables = [_totals(report), _by_unit(report), *_categories_by_unit(report), *_shared(report)]
    about = _about(report)
    return workbook([*tables, _own_words(report), _proposals(report)], about)


def _about(report: Paper | Consolidated) -> str:
    first, last = span(report)
    return f"Đơn vị: {clean(report.head.issuer)}. Số liệu từ {first} đến hết {last}."


@dataclass(frozen=True)
class PaperColumn:
    """A heading, its width in letters, and what stands under it of a row."""

    heading: str
    width: int
    cell: Callable[[Any], Cell]


def _of(key: str, heading: str, width: int) -> PaperColumn:
    """A column of the annexes' rows, which name their cells."""
    return PaperColumn(heading, width, itemgetter(key))


def _table(
    sheet: str, title: str, columns: Sequence[PaperColumn], rows: Iterable[Any], **more: Any
) -> SheetTable:
    headings, widths = [column.heading for column in columns], [column.width for column in columns]
    cells = [[column.cell(row) for column in columns] for row in rows]
    return SheetTable(sheet, title, headings, widths, cells, **more)


_FIGURE = (
    PaperColumn("Phần", 34, lambda line: f"{line.figure.part}. {spelled(PARTS[line.figure.part])}"),
    PaperColumn("Nội dung", 42, label_of),
    PaperColumn("Đơn vị tính", 12, measure_of),
)


def _years(report: Paper | Consolidated, lines: Iterable[FigureLine]) -> tuple[PaperColumn, ...]:
    """This year's numbers, and last year's where there are any: no empty column in the first."""
    now = PaperColumn(year_heading(report), 14, lambda line: line.value)
    before = PaperColumn(year_before_heading(report), 12, lambda line: line.before)
    return (now, before) if any(line.before is not None for line in lines) else (now,)


def _computed(line: FigureLine) -> int | None:
    return line.corrected.computed if line.corrected else line.value


_OF_UNIT = (
    PaperColumn("Trước khi điều chỉnh", 12, _computed),
    PaperColumn("Ghi chú", 60, lambda line: safe(note_of(line))),
)


def _figures(paper: Paper) -> SheetTable:
    lines = printed_lines(line for part in paper.figures for line in paper.lines(part))
    columns = (*_FIGURE, *_years(paper, lines), *_OF_UNIT)
    return _table("Số liệu", paper.subject, columns, lines, note=compared_with(paper))


def _totals(report: Consolidated) -> SheetTable:
    before = report.before.values if report.before else {}
    lines = printed_lines(
        FigureLine(
            figure=figure,
            value=value_of(report.total.values, figure.key),
            before=value_of(before, figure.key),
        )
        for figure in FIGURES
        if figure.part in report.figures and figure.key not in OF_ONE_UNIT
    )
    note = PaperColumn("Ghi chú", 60, lambda line: safe(corrected_by(report, line.figure)))
    columns = (*_FIGURE, *_years(report, lines), note)
    return _table("Tổng hợp", report.subject, columns, lines, note=compared_with(report))


def _by_unit(report: Consolidated) -> SheetTable:
    """Every figure that some unit has; a share has no sum, so the last row computes it anew."""
    keys = [
        figure.key for figure in FIGURES if figure.part in report.figures and figure.printed
    ] or [*FIGURES_OF_UNITS]
    of_units = [row.paper.values for row in report.rows]
    keys = [k for k in keys if any(value_of(v, k) is not None for v in of_units)]
    rows: list[list[Cell]] = [
        [place, safe(row.named), state_of(row), *(value_of(row.paper.values, k) for k in keys)]
        for place, row in enumerate(report.rows, 1)
    ]
    sums = [None if k in OF_ONE_UNIT else value_of(report.total.values, k) for k in keys]
    rows.append([None, "Tổng cộng", "", *sums])
    labels = [capital(spelled(f"{BY_KEY[key].label} ({BY_KEY[key].measure})")) for key in keys]
    headings = ("TT", "Đơn vị", "Gửi báo cáo", *labels)
    widths = (5, 36, 18, *(12 for _ in keys))
    return SheetTable("Theo đơn vị", TITLES["don_vi"], headings, widths, rows, total=True)


_TT = _of("tt", "TT", 5)
_CATEGORY = (
    _of("noi_dung", "Lĩnh vực", 40),
    _of("tiep_nhan", "Tiếp nhận", 14),
    _of("da_giai_quyet", "Đã giải quyết", 14),
    _of("da_chuyen", "Đã chuyển", 14),
    _of("dang_xu_ly", "Đang xử lý", 14),
)
_TOPIC = (
    _TT,
    _of("noi_dung", "Nội dung", 50),
    _of("so_luot", "Lượt nắm tình hình", 16),
    _of("co_van_de", "Lượt có vấn đề", 16),
)


def _ratings(report: Paper | Consolidated, numbers: Numbers) -> SheetTable:
    year = report.last_day.year
    columns = (
        _TT,
        _of("nam_truoc", f"Xếp loại năm {year - 1}", 26),
        _of("nam_nay", f"Xếp loại năm {year}", 26),
        _of("so_luong", "Số công đoàn cơ sở", 12),
        _of("chuyen_bien", "Chuyển biến", 16),
    )
    return _table("Xếp loại", TITLES["xep_loai"], columns, rating_rows(numbers))


_TARGET = (
    _TT,
    _of("ke_hoach", "Kế hoạch", 36),
    _of("noi_dung", "Chỉ tiêu", 60),
    _of("muc", "Mức đề ra", 20),
    _of("ket_qua", "Thực hiện", 20),
)


def _categories_by_unit(report: Consolidated) -> list[SheetTable]:
    if "III.3" not in report.figures:
        return []
    pairs = [
        (row, category_row)
        for row in report.rows
        for category_row in category_rows(row.paper.numbers)
    ]
    rows = [
        {**category_row, "tt": place, "don_vi": safe(row.named)}
        for place, (row, category_row) in enumerate(pairs, 1)
    ]
    columns = (_TT, _of("don_vi", "Đơn vị", 36), *_CATEGORY)
    title = f"{TITLES['linh_vuc']} của từng đơn vị"
    return [_table("Lĩnh vực theo đơn vị", title, columns, rows)]


def _shared(report: Paper | Consolidated) -> list[SheetTable]:
    """The annexes that a unit's report and the consolidated one have alike."""
    numbers = report.total if isinstance(report, Consolidated) else report.numbers
    tables: list[SheetTable] = []
    if "III.3" in report.figures:
        rows = category_rows(numbers)
        rows.append({**total_row(rows), "tt": None})
        tables.append(_table("Lĩnh vực", TITLES["linh_vuc"], (_TT, *_CATEGORY), rows, total=True))
    if "III.1" in report.figures:
        rows = topic_rows(numbers, report.topics)
        tables.append(_table("Nội dung đã nắm", TITLES["chuyen_de"], _TOPIC, rows))
    if "III.5" in report.figures:
        tables.append(_ratings(report, numbers))
    if report.targets:
        rows = target_rows(report.targets)
        tables.append(_table("Chỉ tiêu", TITLES["chi_tieu"], _TARGET, rows))
    return [*tables, _cases(report.cases)]


def _cases(cases: Sequence[CaseRow]) -> SheetTable:
    numbers = count(1)
    columns = (
        PaperColumn("TT", 5, lambda _case: next(numbers)),
        PaperColumn("Ngày", 12, lambda case: case.day),
        PaperColumn("Đơn vị", 30, lambda case: safe(official_name(case.unit))),
        PaperColumn("Nội dung", 60, lambda case: _text(case.text)),
        PaperColumn("Lĩnh vực", 22, lambda case: safe(capital(in_paper(case.category)))),
        PaperColumn("Cấp giải quyết", 24, lambda case: safe(official_name(case.level))),
        PaperColumn("Hạn", 12, lambda case: case.due),
        PaperColumn("Kết quả", 36, lambda case: safe(case.result)),
        PaperColumn("Ghi chú", 30, lambda case: safe(case.note)),
    )
    return _table("Kiến nghị", TITLES["kien_nghi"], columns, cases, none=NO_CASES)


def _words(paper: Paper) -> list[SheetTable]:
    """What the unit wrote, and what it proposes."""
    rows: list[Sequence[Cell]] = [(p.key, p.title, _text(p.text)) for p in printed(paper.parts)]
    rows += [
        ("VI", f"Đối với {_addressee(key)}", _text(text))
        for key, texts in paper.proposals.items()
        for text in texts
    ]
    title, headings = "Nội dung đơn vị viết", ("Phần", "Mục", "Nội dung")
    return [SheetTable("Nội dung viết", title, headings, (8, 36, 100), rows, none=NO_WORDS)]


def _text(words: str) -> Cell:
    """What people wrote. A list with dashes is no formula; another sign would have to be shown."""
    return safe(_DASHES.sub("– ", words))


_DASHES = re.compile(r"^- +", re.MULTILINE)
NO_WORDS = "Chưa có nội dung."


def _own_words(report: Consolidated) -> SheetTable:
    """What units wrote and sent, as they wrote it."""
    rows: list[list[Cell]] = [
        [place, safe(row.named), part.key, safe(part.title), _text(part.text)]
        for place, row in enumerate(report.rows, 1)
        for part in sent_parts(row)
    ]
    headings, widths = ("TT", "Đơn vị", "Phần", "Mục", "Nội dung"), (5, 36, 8, 36, 100)
    return SheetTable(
        "Nội dung đơn vị viết", TITLES["noi_dung"], headings, widths, rows, none=NO_WORDS
    )


def _proposals(report: Consolidated) -> SheetTable:
    proposal_rows = [
        (safe(row.named), capital(_addressee(key)), _text(text))
        for row in report.rows
        for key, texts in sent_proposals(row).items()
        for text in texts
    ]
    headings, widths = ("Đơn vị", "Gửi đến", "Đề xuất, kiến nghị"), (36, 32, 100)
    title = "Đề xuất, kiến nghị của các đơn vị"
    none = no_proposals(report)
    return SheetTable("Đề xuất của đơn vị", title, headings, widths, proposal_rows, none=none)


def _addressee(key: str) -> str:
    names = {addressee.value: spelled(words) for addressee, words in addressees().items()}
    return names.get(key, key)
