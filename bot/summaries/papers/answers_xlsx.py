"""What the units answered to a request: one line a unit, one column a question."""

import re

from bot.core.rendering import capital, day
from bot.core.rules.calendar import local
from bot.documents.safe_cells import Cell, safe
from bot.documents.sheets import SheetTable, workbook
from bot.summaries.cards.board import WORDS
from bot.summaries.facts.board import AnswerRow, UnitAnswers

TITLE = "Trả lời"
HEADINGS = ("TT", "Đơn vị", "Tình trạng", "Ngày gửi")
_WIDTHS = (5, 30, 22, 12)
_ANSWER_WIDTH = 40
_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3}){1,3}")


def make(answers: UnitAnswers) -> bytes:
    """The table as xlsx."""
    questions = [safe(words) for _, words in answers.questions]
    table = SheetTable(
        sheet=TITLE,
        title=capital(answers.title),
        headings=(*HEADINGS, *questions),
        widths=(*_WIDTHS, *(_ANSWER_WIDTH for _ in questions)),
        rows=[[place, *_cells(answers, row)] for place, row in enumerate(answers.rows, 1)],
    )
    return workbook([table], f"Nộp trước ngày {day(answers.due_before)}.")


def _cells(answers: UnitAnswers, row: AnswerRow) -> list[Cell]:
    sent = local(row.sent_at).date() if row.sent_at else None
    answer_cells = [
        _value(row.answers.get(key, ""), key in answers.numbers) for key, _ in answers.questions
    ]
    return [safe(row.unit), capital(WORDS[row.standing]), sent, *answer_cells]


def _value(words: str, number: bool) -> Cell:
    """A number that was asked for can be added up; everything else stays words."""
    return int(words.replace(".", "")) if number and _WHOLE.fullmatch(words) else safe(words)
