"""Lists of the recruitment pipeline as sheets: enterprises at a step, units."""

from datetime import datetime

from bot.core.labels import RECRUITMENT_STEPS
from bot.core.rendering import moment
from bot.core.rules.calendar import local
from bot.documents.safe_cells import Cell
from bot.documents.sheets import SheetTable, listing, workbook
from bot.recruitment.cards.pipeline import TITLES
from bot.recruitment.facts.pipeline import RecruitmentList, RecruitmentRow, RecruitmentUnits
from storage.enums import RecruitmentState


def as_xlsx(facts: RecruitmentList | RecruitmentUnits, now: datetime) -> bytes:
    """The workbook of a list."""
    table = _enterprises(facts) if isinstance(facts, RecruitmentList) else _units(facts)
    scope = f"{facts.unit.name}. " if isinstance(facts, RecruitmentList) and facts.unit else ""
    return workbook([table], f"{scope}Lập lúc {moment(now)}.")


def _enterprises(facts: RecruitmentList) -> SheetTable:
    columns = {
        "Doanh nghiệp": 40,
        "Địa chỉ": 40,
        "Lao động": 12,
        "Đang ở bước": 30,
        "Người phụ trách": 26,
        "Ngày ghi gần nhất": 14,
        "Số ngày chưa chuyển biến": 14,
        "Muốn vào công đoàn": 12,
        "Đơn đã nhận": 12,
        "Tạm dừng vì": 40,
    }
    rows = [_row(row) for row in facts.rows]
    sums: list[Cell] = ["Cộng", "", _sum(rows, 2), "", "", None, None]
    sums += [_sum(rows, 7), _sum(rows, 8), ""]
    title = f"Doanh nghiệp chưa có công đoàn: {TITLES[facts.key].lower()}"
    return listing(title, columns, rows, sums)


def _row(row: RecruitmentRow) -> list[Cell]:
    stored = row.stored
    stopped = stored is not None and stored.state is RecruitmentState.STOPPED
    return [
        row.site.name,
        row.site.address,
        row.site.workers,
        RECRUITMENT_STEPS[stored.step] if stored else "",
        row.owner,
        local(stored.moved_at).date() if stored else None,
        row.days if row.still else None,
        stored.willing if stored else None,
        stored.applications if stored else None,
        stored.stopped_why if stored and stopped else "",
    ]


def _sum(rows: list[list[Cell]], place: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row[place], int))


def _units(facts: RecruitmentUnits) -> SheetTable:
    columns = {
        "Đơn vị": 44,
        "DN đủ lao động, chưa có công đoàn": 18,
        "Đang vận động": 12,
        "Quá lâu chưa chuyển biến": 14,
        "CĐCS thành lập trong năm": 14,
    }
    names = ("pool", "under_way", "still", "founded")
    rows: list[list[Cell]] = [
        [row.unit.name, *(getattr(row, name) for name in names)] for row in facts.rows
    ]
    sums = [sum(getattr(row, name) for row in facts.rows) for name in names]
    title = f"Phát triển đoàn viên theo đơn vị, năm {facts.year}"
    return listing(title, columns, rows, ["Cộng", *sums])
