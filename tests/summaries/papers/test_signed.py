"""What a chairman would strike out before signing: each rule over every paper that is made."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import docx
import pytest

from bot.core.rules.official_names import ABBREVIATIONS
from bot.summaries.papers import report_docx, report_xlsx, samples
from bot.summaries.rules.figures import Numbers
from bot.summaries.rules.papers import Paper
from bot.visits.papers import minutes
from tests.documents.measuring import text_of
from tests.summaries.papers.test_report_xlsx import sheets as sheets_of

FIRST_YEAR = replace(samples.PAPER, before=None)
SOME_BEFORE = replace(samples.PAPER, before=Numbers(values={"visits": 71}))
COUNTED = ("III.1", "III.5")
ALL = samples.CONSOLIDATED

PAPERS: dict[str, Callable[[], bytes]] = {
    "full": lambda: report_docx.unit_report(samples.PAPER, None),
    "full, the first year": lambda: report_docx.unit_report(FIRST_YEAR, None),
    "full, little of last year": lambda: report_docx.unit_report(SOME_BEFORE, None),
    "short": lambda: report_docx.unit_report(samples.SHORT, None),
    "answers": lambda: report_docx.unit_report(samples.ANSWERS, None),
    "all units": lambda: report_docx.consolidated(ALL, None),
    "all units, the first year": lambda: report_docx.consolidated(replace(ALL, before=None), None),
    "all units, little counted": lambda: report_docx.consolidated(_little(), None),
    "minutes": lambda: minutes.minutes(samples.VISIT, None),
}
BOOKS: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: report_xlsx.unit_workbook(samples.PAPER),
    "xlsx, the first year": lambda: report_xlsx.unit_workbook(FIRST_YEAR),
    "xlsx of all units": lambda: report_xlsx.consolidated_workbook(ALL),
}
EVERY = {**PAPERS, **BOOKS}


def _little() -> Any:
    """Units of which only few figures are known."""

    def known(paper: Paper) -> Paper:
        values = {key: paper.values[key] for key in ("visits", "rated")}
        return replace(paper, numbers=Numbers(values=values), corrections={}, figures=COUNTED)

    rows = tuple(replace(row, paper=known(row.paper)) for row in ALL.rows)
    values = {"visits": 173, "rated": 13}
    return replace(ALL, rows=rows, total=Numbers(values=values), figures=COUNTED, before=None)


@cache
def made(name: str) -> bytes:
    return EVERY[name]()


@cache
def words_of(name: str) -> str:
    if name in PAPERS:
        return text_of(made(name))
    book = sheets_of(made(name))
    return "\n".join(" | ".join(map(str, row)) for rows in book.values() for row in rows)


@pytest.mark.parametrize("name", EVERY)
def test_no_paper_abbreviates(name: str) -> None:
    # A symbol, such as BC-CĐ or 15/KH-LĐLĐ, is none.
    text = re.sub(r"\b(?:BC|BB|KH|CTr|PC)-\w+", "", words_of(name))
    short = "|".join(ABBREVIATIONS)
    assert sorted(set(re.findall(rf".*\b(?:{short})\b.*", text))) == []


SOFTWARE = re.compile(
    r"hệ thống|dữ liệu|phần mềm|cảnh báo|bấm|thẻ\b|nút\b|cộng của các đơn vị|điều chỉnh \(",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", EVERY)
def test_no_paper_speaks_of_the_software(name: str) -> None:
    assert [line for line in words_of(name).splitlines() if SOFTWARE.search(line)] == []


def tables_of(name: str) -> Iterator[list[list[str]]]:
    """Every table with lines: its rows, headings first."""
    if name in PAPERS:
        for table in docx.Document(io.BytesIO(made(name))).tables:
            if table.style is not None and table.style.name == "Table Grid":
                yield [[cell.text for cell in row.cells] for row in table.rows]
    else:
        for rows in sheets_of(made(name)).values():
            yield [[str(cell) for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("name", EVERY)
def test_no_column_holds_nothing_but_dashes(name: str) -> None:
    for heading, *rows in tables_of(name):
        for place, words in enumerate(heading):
            cells = {row[place].strip() for row in rows}
            assert "—" not in cells or cells - {"—", ""}, words


def test_the_first_year_has_no_column_and_no_note_of_the_year_before() -> None:
    for name in ("full, the first year", "all units, the first year", "xlsx, the first year"):
        assert "Năm 2025" not in words_of(name)
        assert "năm đó; “—”" not in words_of(name)
    with_last_year = [t for t in tables_of("full, little of last year") if "Năm 2025" in t[0]]
    assert len(with_last_year) == 1, "only the table that knows something"
    assert words_of("full, little of last year").count("Năm 2025:") == 1


@pytest.mark.parametrize("name", ["full, the first year", "all units, little counted"])
def test_a_table_without_a_column_is_as_wide_as_before(name: str) -> None:
    paper = docx.Document(io.BytesIO(made(name)))
    grids = [t for t in paper.tables if t.style is not None and t.style.name == "Table Grid"]
    assert grids
    for table in grids:
        widths = [column.width.cm for column in table.columns]
        assert round(sum(widths), 1) in (16.5, 25.2), widths
        assert all([cell.width.cm for cell in row.cells] == widths for row in table.rows)


@pytest.mark.parametrize("name", PAPERS)
def test_every_head_has_the_country_the_issuer_and_a_number(name: str) -> None:
    left, right = docx.Document(io.BytesIO(made(name))).tables[0].rows[0].cells
    superior, issuer, _, number = (p.text.replace("\xa0", " ") for p in left.paragraphs)
    assert right.paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert right.paragraphs[1].text == "Độc lập - Tự do - Hạnh phúc"
    assert superior.startswith(("LIÊN ĐOÀN LAO ĐỘNG", "TỔNG LIÊN ĐOÀN LAO ĐỘNG"))
    assert issuer.startswith(("CÔNG ĐOÀN", "LIÊN ĐOÀN LAO ĐỘNG"))
    assert re.fullmatch(r"Số: {8}/B[BC]-\w+", number)


def test_titles_of_annexes_are_in_capitals() -> None:
    for name in ("full", "all units"):
        lines = words_of(name).splitlines()
        titles = [after for line, after in pairwise(lines) if re.match(r"Phụ lục \w+$", line)]
        assert len(titles) >= 5
        assert titles == [title.upper() for title in titles]


@pytest.mark.parametrize(
    ("paper", "opening"),
    [
        (
            samples.PAPER,
            "Thực hiện Kế hoạch số 15/KH-LĐLĐ ngày 20/01/2026 của Ban Thường vụ Liên đoàn Lao động "
            "tỉnh An Giang về thực hiện mô hình “Sát cơ sở, gắn công nhân”, Ban Thường vụ Công "
            "đoàn các Khu công nghiệp tỉnh An Giang báo cáo kết quả từ ngày 01/01/2026 đến hết "
            "ngày 14/12/2026 như sau:",
        ),
        (
            replace(samples.PAPER, basis=""),
            "Ban Thường vụ Công đoàn các Khu công nghiệp tỉnh An Giang báo cáo kết quả thực hiện "
            "mô hình “Sát cơ sở, gắn công nhân” năm 2026 từ ngày 01/01/2026 đến hết ngày "
            "14/12/2026 như sau:",
        ),
    ],
)
def test_a_report_begins_with_what_it_carries_out(paper: Paper, opening: str) -> None:
    assert f"\n{opening}\n" in text_of(report_docx.unit_report(paper, None))


@pytest.mark.parametrize(
    ("authority", "speaker"),
    [
        ("TM. BAN THƯỜNG VỤ", "Ban Thường vụ Công đoàn xã"),
        ("tm. ban chấp hành", "Ban Chấp hành Công đoàn xã"),
        ("TL. BAN THƯỜNG VỤ", "Công đoàn xã"),
        ("", "Công đoàn xã"),
    ],
)
def test_whoever_signs_for_a_committee_reports_in_its_name(authority: str, speaker: str) -> None:
    head = replace(samples.HEAD, issuer="Công đoàn xã", authority=authority)
    assert head.speaker == speaker
