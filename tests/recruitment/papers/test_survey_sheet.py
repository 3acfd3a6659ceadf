"""The survey sheet as it comes out of a printer: two leaves, lines to write on, boxes to tick."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER

from bot.documents.layout import WIDTH
from bot.recruitment.papers.survey_sheet import APART, BACK, DAY, SurveySheet, sheet
from bot.summaries.papers.samples import HEAD


def paper(**known: Any) -> Any:
    return Document(io.BytesIO(sheet(SurveySheet(HEAD, "Công ty Vi Na Sun", **known))))


def _texts(opened: Any) -> list[str]:
    return [line.text for line in opened.paragraphs]


def _cells(opened: Any) -> list[str]:
    return [cell.text for table in opened.tables for row in table.rows for cell in row.cells]


def test_the_officers_page_is_a_leaf_of_its_own() -> None:
    _, own = paper().sections
    assert own.start_type == WD_SECTION.ODD_PAGE, "never on the back of what the employer signs"


def test_the_back_of_the_employers_leaf_is_a_page_of_its_own_so_that_no_pdf_drops_it() -> None:
    lines = paper().paragraphs
    (back,) = [line for line in lines if line.text == BACK]
    assert back.paragraph_format.page_break_before
    texts = [line.text for line in lines]
    assert texts.index(BACK) < texts.index(APART)


def test_the_officers_page_has_day_surveyor_and_signature() -> None:
    opened = paper()
    own = _texts(opened)[_texts(opened).index(APART) :]
    assert f"Ngày khảo sát: {DAY}" in own
    assert any(text.startswith("Cán bộ khảo sát: ") for text in own)
    assert sum("CÁN BỘ KHẢO SÁT" in text for text in _cells(opened)) == 2


def test_the_employers_page_asks_for_the_day_once() -> None:
    opened = paper()
    first = _texts(opened)[: _texts(opened).index(APART)]
    assert not any("Ngày khảo sát" in text for text in first)
    assert sum(DAY in text for text in _cells(opened)) == 1


def test_lines_to_write_on_reach_the_margin_and_no_further() -> None:
    lines = [line for line in paper().paragraphs if "\t" in line.text]
    assert lines
    for line in lines:
        (stop,) = line.paragraph_format.tab_stops
        assert stop.leader == WD_TAB_LEADER.DOTS
        assert round(stop.position.cm, 1) == WIDTH
        assert line.alignment == WD_ALIGN_PARAGRAPH.LEFT


def test_each_box_has_a_line() -> None:
    assert all(text.count("☐") + text.count("☒") <= 1 for text in _texts(paper()))


def test_what_is_known_is_spelled() -> None:
    texts = _texts(paper(address="Lô B2, KCN Bình Hòa", sector="điện tử"))
    assert "2. Địa chỉ: Lô B2, Khu công nghiệp Bình Hòa" in texts
    assert "3. Ngành nghề sản xuất, kinh doanh: Điện tử" in texts
    assert "☐ Doanh nghiệp tư nhân, công ty trách nhiệm hữu hạn" in texts
    assert any("nguyện vọng của người lao động; đề xuất" in text for text in texts)
