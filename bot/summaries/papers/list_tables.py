"""Lists of the periodic reports as sheets: who has sent, and what a figure was counted from."""

from datetime import datetime

from bot.core.rendering import capital, day, moment
from bot.core.rules.calendar import local
from bot.documents.safe_cells import Cell
from bot.documents.sheets import listing, workbook
from bot.summaries.cards.board import WORDS
from bot.summaries.facts.board import BoardFacts
from bot.summaries.facts.figures import Behind


def board_xlsx(facts: BoardFacts, now: datetime) -> bytes:
    """The board of a report with all its units."""
    columns = {
        "Đơn vị": 44,
        "Tình trạng": 26,
        "Phần đã viết": 12,
        "Số phần": 10,
        "Ngày gửi": 12,
        "Gửi trễ": 10,
        "Bản": 8,
    }
    rows: list[list[Cell]] = [
        [
            row.unit,
            capital(WORDS[row.standing]),
            row.done,
            row.needed,
            local(row.sent_at).date() if row.sent_at else None,
            "trễ" if row.late else "",
            row.version or None,
        ]
        for row in facts.rows
    ]
    about = f"{facts.receiver}. Nộp trước ngày {day(facts.due_before)}. Lập lúc {moment(now)}."
    return workbook([listing(capital(facts.title), columns, rows)], about)


def figure_xlsx(facts: Behind, now: datetime) -> bytes:
    """What a figure was counted from, and its sum."""
    columns = {"Nội dung": 60, "Ghi chú": 60, "Tính vào": 12}
    rows: list[list[Cell]] = [[entry.head, entry.words, entry.worth] for entry in facts.entries]
    span = f"Từ {day(facts.first_day)} đến {day(facts.until)}"
    about = f"{facts.unit}. {span}. Lập lúc {moment(now)}."
    sums: list[Cell] = ["Cộng", "", facts.value]
    return workbook([listing(facts.figure.label, columns, rows, sums)], about)
