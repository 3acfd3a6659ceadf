"""Part III.7, what results add up to: as an office says it, apart from what III.2 counts."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from bot.documents.layout import LONG_TABLE
from bot.summaries.papers import report_docx, samples
from bot.summaries.papers.report_words import TWICE, year_heading
from bot.summaries.papers.sentences import sentences
from bot.summaries.rules.figures import FIGURES, RESULTS
from bot.summaries.rules.papers import Corrected
from tests.documents.measuring import text_of

ALL_RESULTS = {figure.key: 37 for figure in FIGURES if figure.of_result}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"res_need": 1, "res_need_is_law": 1, "res_need_people": 40},
            "Ghi nhận nhu cầu tập huấn 01 lượt: tư vấn pháp luật 01 lượt; "
            "40 lượt người cần tập huấn.",
        ),
        (
            {"res_care": 12, "res_care_people": 375, "res_care_money": 2_000_000},
            "Chăm lo đoàn viên, người lao động 12 lượt: 375 lượt người được chăm lo; tiền chăm lo "
            "2.000.000 đồng.",
        ),
        (
            {"res_cba": 3, "res_cba_is_a": 2},
            "Ký kết, sửa đổi, bổ sung thỏa ước lao động tập thể 03 bản: loại A 02 bản.",
        ),
    ],
)
def test_results_are_said_as_an_office_says_them(values: Mapping[str, int], sentence: str) -> None:
    assert sentences(RESULTS, values, {}) == [sentence]


def test_people_at_several_events_are_counted_by_the_head_each_time() -> None:
    counted = [f.of_result for f in FIGURES if f.of_result and f.of_result.measure]
    met = [
        of for of in counted if of.measure and of.measure.words.startswith(("người dự", "người th"))
    ]
    assert len(met) > 4
    assert {of.measure.unit for of in met if of.measure} == {"lượt người"}


def with_results(**more: int) -> str:
    numbers = samples.PAPER.numbers
    values = {**numbers.values, **ALL_RESULTS, **more}
    paper = replace(samples.PAPER, numbers=replace(numbers, values=values))
    return text_of(report_docx.unit_report(paper, None))


def test_what_two_parts_count_differently_is_said_to_be_so() -> None:
    assert TWICE in with_results()
    assert TWICE not in text_of(report_docx.unit_report(samples.PAPER, None))


def test_a_number_that_was_put_right_to_nought_keeps_its_note() -> None:
    """The unit's, and in the report of all: the table without which the note had no place."""
    correction = Corrected(computed=7, value=0, reason="Chưa có quyết định", author="An")
    values = {**samples.PAPER.numbers.values, "rated": 7}
    paper = replace(
        samples.PAPER,
        numbers=replace(samples.PAPER.numbers, values=values),
        corrections={"rated": correction},
    )
    text = text_of(report_docx.unit_report(paper, None))
    assert "Chưa xếp loại năm 2026." in text
    assert "đơn vị rà soát, điều chỉnh từ 7; lý do: chưa có quyết định." in text
    rows = [replace(row, paper=paper) for row in samples.CONSOLIDATED.rows]
    total = replace(
        samples.CONSOLIDATED.total, values={**samples.CONSOLIDATED.total.values, "rated": 0}
    )
    report = replace(samples.CONSOLIDATED, rows=tuple(rows), total=total)
    text = text_of(report_docx.consolidated(report, None))
    assert "đã xếp loại: gồm số điều chỉnh của" in text


def test_a_long_table_goes_over_pages_and_a_short_one_stays_whole() -> None:
    numbers = samples.PAPER.numbers
    values = {**numbers.values, **ALL_RESULTS}
    data = report_docx.unit_report(
        replace(samples.PAPER, numbers=replace(numbers, values=values)), None
    )
    tables = docx.Document(io.BytesIO(data)).tables
    of_figures = [table for table in tables if table.rows[0].cells[0].text == "Nội dung"]
    whole = {
        len(table.rows): all([*row._tr.iter(qn("w:keepNext"))] for row in table.rows)
        for table in of_figures
    }
    assert max(whole) > LONG_TABLE > min(whole)
    assert whole == {size: size <= LONG_TABLE for size in whole}


@pytest.mark.parametrize(
    ("first", "last", "until", "heading"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 14), "Năm 2026 (đến 14/12)"),
        (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 4), "Năm 2026"),
        (date(2025, 11, 25), date(2026, 6, 9), date(2026, 6, 1), "Từ 25/11/2025 đến 01/06/2026"),
        (date(2026, 1, 1), date(2026, 6, 9), date(2026, 6, 9), "Năm 2026 (đến 09/06)"),
    ],
)
def test_the_column_of_this_year_says_until_which_day(
    first: date, last: date, until: date, heading: str
) -> None:
    paper = replace(samples.PAPER, first_day=first, last_day=last, until=until)
    assert year_heading(paper) == heading
    assert heading in text_of(report_docx.unit_report(paper, None))


def test_no_paper_says_this_year_without_naming_it() -> None:
    for data in (
        report_docx.unit_report(samples.PAPER, None),
        report_docx.consolidated(samples.CONSOLIDATED, None),
    ):
        assert "năm nay" not in text_of(data).casefold()
        assert "năm trước: số liệu" not in text_of(data).casefold()
