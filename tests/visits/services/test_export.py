"""Visits as a table: every visit once, in words, and nothing in it that a spreadsheet runs."""

import csv
from datetime import date, timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from bot.core.errors import Refused
from bot.core.rules.permissions import Actor, Grant
from bot.core.work import Work
from bot.documents import tables
from bot.documents.safe_cells import safe
from bot.visits.papers.visits_table import HEADINGS, head_of
from bot.visits.services import export
from bot.visits.services.export import visit_rows
from storage.enums import Rating, VisitOrigin, VisitStatus
from storage.models import Case, ReportTopic, Visit, VisitReport
from tests import cast

WEEK = date(2026, 11, 16)
BEFORE = WEEK - timedelta(weeks=1)


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def visit(work, week=WEEK, site=cast.SEN_VANG, officer=cast.AN, **given):
    async with work.write() as session:
        one = Visit(
            key=f"{week}:{officer.id}:{site.id}:{given.get('origin', '')}",
            week=week,
            site_id=site.id,
            unit_id=site.parent,
            officer_id=officer.id,
            created_at=cast.MONDAY,
            **given,
        )
        session.add(one)
        await session.flush()
        return one.id


async def report(work, visit_id, topics=(), cases=(), **given):
    async with work.write() as session:
        said = {"visited_on": WEEK, "kind": "committee", "author_id": cast.AN.id, **given}
        one = VisitReport(visit_id=visit_id, submitted_at=cast.WEDNESDAY_1500, **said)
        session.add(one)
        await session.flush()
        for topic, trouble, words in topics:
            session.add(ReportTopic(report_id=one.id, topic=topic, trouble=trouble, words=words))
        for number, text in enumerate(cases):
            session.add(
                Case(
                    code=f"{visit_id}-{number}",
                    home_id=cast.KCN.id,
                    site_id=cast.SEN_VANG.id,
                    unit_id=cast.KCN.id,
                    report_id=one.id,
                    author_id=cast.AN.id,
                    text=text,
                    created_at=cast.MONDAY,
                )
            )


async def exported(work, actor=None, **asked):
    """The rows by heading."""
    return [dict(zip(HEADINGS, row, strict=True)) async for row in visit_rows(work, actor, **asked)]


async def test_a_visit_without_a_report_is_a_row_too(work):
    await visit(work, status=VisitStatus.EXCUSED, excuse="mưa bão")
    (row,) = await exported(work)
    assert row["Tuần"] == "tuần 47 (16–22/11)"
    assert (row["Mã đơn vị"], row["Đơn vị"]) == ("KCN-11", "May Sen Vàng")
    assert (row["Đơn vị cấp trên"], row["Cán bộ"]) == ("CĐ các KCN tỉnh", "Nguyễn Thị An")
    assert (row["Tình hình thực hiện"], row["Lý do không đi"]) == ("không đi được", "mưa bão")
    assert row["Tình hình"] is None


async def test_a_report_is_told_in_words(work):
    one = await visit(
        work, status=VisitStatus.REPORTED, origin=VisitOrigin.DIRECTED, late=True, day=WEEK
    )
    await report(
        work,
        one,
        topics=[("wages", True, "nợ lương tháng 10"), ("jobs", False, "")],
        cases=["Trả lương đúng hạn", "Sửa mái xưởng"],
        situation="Sản xuất ổn định, công nhân lo lương.",
        workers_met=25,
        help_given="Hướng dẫn lập biên bản",
        suggested_rating=Rating.GOOD,
        agreements=["Gặp giám đốc, trước 30/11"],
        flags=["too_short"],
        average_income=8_500_000,
    )
    (row,) = await exported(work)
    assert (row["Loại lượt đi"], row["Hình thức"]) == ("lãnh đạo giao", "Dự họp BCH")
    assert (row["Ngày đi"], row["Số lao động đã gặp"]) == (WEEK, 25)
    assert row["Nội dung có vấn đề"] == "lương, thu nhập: nợ lương tháng 10"
    assert row["Đã nắm, chưa có vấn đề"] == "sản xuất kinh doanh và việc làm"
    assert row["Kiến nghị"] == "Trả lương đúng hạn\nSửa mái xưởng"
    assert (row["Đề nghị xếp loại"], row["Cần xem lại"]) == (
        "hoàn thành tốt nhiệm vụ",
        "nội dung quá ngắn",
    )
    assert (row["Báo cáo trễ hạn"], row["Gửi lúc"]) == ("có", "15:00 18/11/2026")
    assert row["Thu nhập bình quân (đồng/tháng)"] == 8_500_000


async def test_only_the_newest_version_of_a_report_counts(work):
    one = await visit(work, status=VisitStatus.REPORTED)
    await report(work, one, situation="cũ", version=1, latest=False)
    await report(work, one, situation="mới", version=2)
    (row,) = await exported(work)
    assert (row["Tình hình"], row["Lần sửa"]) == ("mới", 2)


async def test_weeks_and_a_unit_narrow_it_down(work):
    await visit(work, week=BEFORE)
    await visit(work, week=WEEK)
    await visit(work, week=WEEK, site=cast.BEN_QUE, officer=cast.CUC)

    async def weeks(**asked):
        return [row["Từ ngày"] for row in await exported(work, **asked)]

    assert await weeks() == [BEFORE, WEEK, WEEK]
    assert await weeks(since=WEEK + timedelta(days=3)) == [WEEK, WEEK]
    assert await weeks(until=BEFORE + timedelta(days=6)) == [BEFORE]
    assert await weeks(unit_code="LH") == [WEEK]
    with pytest.raises(Refused):
        await weeks(unit_code="KCX")


async def test_every_visit_is_there_once_whatever_the_pages(work, monkeypatch):
    monkeypatch.setattr(export, "PAGE", 2)
    for week in (WEEK, BEFORE):
        for site in (cast.SEN_VANG, cast.SONG_LANH, cast.TAN_LUA):
            await visit(work, week=week, site=site)
    codes = [(row["Từ ngày"], row["Mã đơn vị"]) for row in await exported(work)]
    assert codes == [(w, f"KCN-{n}") for w in (BEFORE, WEEK) for n in (11, 12, 13)]


async def test_a_page_takes_the_same_queries_however_full_it_is(work):
    async def statements():
        seen = []

        def note(conn, cursor, statement, *_):
            seen.append(statement)

        engine = work.store.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await exported(work)
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    for site in cast.SITES[:1]:
        await report(work, await visit(work, site=site, status=VisitStatus.REPORTED))
    one = await statements()
    for site in cast.SITES[1:]:
        await report(work, await visit(work, site=site, status=VisitStatus.REPORTED))
    assert await statements() == one


@pytest.mark.parametrize(
    ("actor", "unit", "allowed"),
    [
        (Actor(4, "Dũng", (Grant("supervisor", ("/1/2/",)),)), "KCN", True),
        (Actor(4, "Dũng", (Grant("supervisor", ("/1/2/",)),)), "", False),
        (Actor(4, "Dũng", (Grant("supervisor", ("/1/2/",)),)), "LH", False),
        (Actor(6, "Hà", (Grant("administrator", ("/1/",)),)), "", True),
        (Actor(1, "An", (Grant("officer", ("/1/2/",)),)), "KCN", False),
        (Actor(), "", False),
    ],
)
async def test_people_get_what_lies_in_their_scope(work, actor, unit, allowed):
    await visit(work)
    if allowed:
        assert len(await exported(work, actor, unit_code=unit)) == 1
    else:
        with pytest.raises(Refused):
            await exported(work, actor, unit_code=unit)


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_made_text(text):
    assert safe(text) == f"'{text}"


def test_other_text_stays_as_it_is():
    assert safe("lương 5 = 5") == "lương 5 = 5"
    assert safe("") == ""


@pytest.mark.parametrize("name", ["visits.xlsx", "visits.csv"])
async def test_both_formats_hold_the_same_and_neither_runs_anything(work, tmp_path, name):
    one = await visit(work, status=VisitStatus.REPORTED)
    evil = '=HYPERLINK("http://x","bấm")'
    await report(work, one, situation=evil, help_given="đã giúp", workers_met=0)
    path = tmp_path / name
    head = head_of("LĐLĐ tỉnh", WEEK, None, cast.MONDAY)
    assert await tables.write(path, HEADINGS, visit_rows(work, None), head=head) == 1

    if path.suffix == ".csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings, row = list(csv.reader(file))
        assert row[1] == "16/11/2026"
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        title, about, headings, row, total = book.get_sheet_by_index(0).to_python()
        assert title[0] == "Các lượt đi cơ sở"
        assert about[0].startswith("Phạm vi: LĐLĐ tỉnh. Các tuần từ 16/11/2026. Lập lúc ")
        assert total[1] == "Cộng: 1 lượt đi"
        assert row[1] == WEEK
    found = dict(zip(headings, row, strict=True))
    assert found["Tình hình"] == f"'{evil}"
    assert float(found["Số lao động đã gặp"]) == 0
    assert [p.name for p in tmp_path.glob("*visits*")] == [name]


async def test_an_export_that_breaks_leaves_no_half_file(tmp_path):
    async def rows():
        yield ["một"]
        raise Refused("thôi")

    path = tmp_path / "visits.xlsx"
    with pytest.raises(Refused):
        await tables.write(path, ["A"], rows(), head="A")
    assert list(tmp_path.iterdir()) == []


async def test_a_text_longer_than_a_cell_is_cut_not_lost(tmp_path):
    async def rows():
        yield [safe("x" * 40_000)]

    path = tmp_path / "visits.xlsx"
    await tables.write(path, ["A"], rows(), head="A")
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    assert len(book.get_sheet_by_index(0).to_python()[1][0]) == 32_000
