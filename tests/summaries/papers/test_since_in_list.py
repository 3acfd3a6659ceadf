"""Where a unit came into the list within the period, its fewer weeks are explained, once."""

import io
from dataclasses import replace
from datetime import date

from python_calamine import CalamineWorkbook

from bot.summaries.papers import report_docx, report_xlsx, samples
from bot.summaries.rules.papers import Corrected, Paper
from tests.documents.measuring import text_of

SINCE_MAY = replace(
    samples.PAPER, numbers=replace(samples.PAPER.numbers, weeks_since=date(2026, 5, 4))
)
SENTENCE = "Số tuần trong kỳ: tính từ ngày 04/05/2026, khi đơn vị có trong danh sách."


def of_unit(paper: Paper) -> str:
    return text_of(report_docx.unit_report(paper, None))


def test_a_paper_says_once_since_when_weeks_are_counted() -> None:
    assert of_unit(SINCE_MAY).count(SENTENCE) == 1
    assert "có trong danh sách" not in of_unit(samples.PAPER)


def test_a_number_of_weeks_that_the_unit_wrote_itself_is_not_explained_so() -> None:
    weeks = Corrected(value=40, computed=30, reason="theo sổ theo dõi", author="Dũng")
    own = of_unit(replace(SINCE_MAY, corrections={"weeks": weeks}))
    assert "có trong danh sách" not in own
    assert "theo sổ theo dõi" in own


def test_the_workbook_has_it_beside_the_number() -> None:
    data = report_xlsx.unit_workbook(SINCE_MAY)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Số liệu").to_python()
    notes = {row[1]: row[-1] for row in rows if "có trong danh sách" in str(row[-1])}
    assert notes == {"Số tuần trong kỳ": "Tính từ ngày 04/05/2026, khi đơn vị có trong danh sách."}


def test_the_paper_of_all_units_names_those_that_came_later() -> None:
    first, *others = samples.CONSOLIDATED.rows
    rows = (replace(first, paper=SINCE_MAY), *others)
    text = text_of(report_docx.consolidated(replace(samples.CONSOLIDATED, rows=rows), None))
    assert text.count("tính từ khi đơn vị có trong danh sách") == 1
    assert text.count(f"{first.named} từ ngày 04/05/2026") == 1
