"""What the units answered to a request: one line a unit, one column a question."""

import re
from io import BytesIO

from bot.core.rules.calendar import local
from bot.summaries.cards.board import WORDS
from bot.summaries.facts.board import AnswerRow, UnitAnswers

TITLE = "Trả lời"
HEADINGS = ("TT", "Đơn vị", "Tình trạng", "Ngày gửi")
_WIDTHS = (5, 30, 22, 12)
_ANSWER_WIDTH = 40
_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(\.[0-9]{3}){1,3}")


def make(answers: UnitAnswers) -> bytes:
    """The table as xlsx. Nothing that people wrote becomes a formula or a link."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(TITLE)
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DDEBF7"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        questions = [words for _, words in answers.questions]
        sheet.set_column(len(_WIDTHS), len(_WIDTHS) + len(questions), _ANSWER_WIDTH)
        sheet.freeze_panes(1, 2)
        for column, words in enumerate((*HEADINGS, *questions)):
            sheet.write_string(0, column, words, bold)
        for line, row in enumerate(answers.rows, 1):
            sheet.write_number(line, 0, line, wrapped)
            for column, cell in enumerate(_cells(answers, row), 1):
                sheet.write(line, column, cell, wrapped)
    return file.getvalue()


def _cells(answers: UnitAnswers, row: AnswerRow) -> list[str | int]:
    sent = f"{local(row.sent_at):%d/%m/%Y}" if row.sent_at else ""
    answer_cells = [
        _value(row.answers.get(key, ""), key in answers.numbers) for key, _ in answers.questions
    ]
    return [row.unit, WORDS[row.standing], sent, *answer_cells]


def _value(words: str, number: bool) -> str | int:
    """A number that was asked for can be added up; everything else stays words."""
    return int(words.replace(".", "")) if number and _WHOLE.fullmatch(words) else words
