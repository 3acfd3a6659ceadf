"""Lists of the plans' tasks as sheets."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.rendering import moment
from bot.documents.safe_cells import Cell
from bot.documents.sheets import SheetTable, listing, workbook
from bot.plans.facts.tasks import OwnTasks, TaskRow, UnitCounts, UnitTasks
from storage.enums import TaskState
from storage.models import Unit

_STATES = {
    TaskState.OPEN: "đang làm",
    TaskState.DONE: "đã xong",
    TaskState.DROPPED: "không thực hiện",
}


def as_xlsx(facts: UnitTasks | UnitCounts | OwnTasks, title: str, now: datetime) -> bytes:
    """The workbook of a list; `title` where the list itself has none."""
    written = f"Lập lúc {moment(now)}."
    if isinstance(facts, UnitTasks):
        name = f"Nhiệm vụ năm {facts.year} · {facts.plan.short}"
        pairs = [(row, facts.unit) for row in facts.rows]
        return workbook([_tasks(name, pairs)], f"{facts.unit.name}. {written}")
    if isinstance(facts, UnitCounts):
        name = f"Các đơn vị · {facts.plan.short}"
        return workbook([_units(name, facts)], f"Năm {facts.year}. {written}")
    return workbook([_tasks(title, facts.rows)], written)


def _tasks(title: str, pairs: Sequence[tuple[TaskRow, Unit]]) -> SheetTable:
    columns = {
        "Đơn vị": 32,
        "Kế hoạch": 20,
        "Nhiệm vụ": 70,
        "Người làm": 24,
        "Hạn": 12,
        "Tình trạng": 18,
        "Kết quả": 50,
    }
    rows: list[list[Cell]] = [
        [
            unit.name,
            row.plan.short,
            row.text,
            row.owner,
            row.stored.due if row.stored else None,
            _state(row),
            row.stored.result if row.stored else "",
        ]
        for row, unit in pairs
    ]
    return listing(title, columns, rows)


def _state(row: TaskRow) -> str:
    if row.stored is None:
        return "chưa nhận"
    return "quá hạn" if row.overdue else _STATES[row.stored.state]


def _units(title: str, facts: UnitCounts) -> SheetTable:
    names = ("late", "open", "untaken", "done", "dropped")
    columns = {
        "Đơn vị": 44,
        "Quá hạn": 12,
        "Đang làm": 12,
        "Chưa nhận": 12,
        "Đã xong": 12,
        "Không thực hiện": 14,
    }
    rows: list[list[Cell]] = [
        [unit.name, *(getattr(count, name) for name in names)] for unit, count in facts.rows
    ]
    sums = [sum(getattr(count, name) for _, count in facts.rows) for name in names]
    return listing(title, columns, rows, ["Cộng", *sums])
