"""One year of several units, and what the chairmen are then asked to sign."""

import io
import re
from datetime import date, timedelta

import docx
import pytest

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.summaries.services import papers
from storage.store import Store
from tests import cast
from tests.cast import AN, BEN_QUE, BINH, CUC, DUNG, GIANG, LONG_HOA, SEN_VANG, TAN_LUA, TINH
from tests.summaries.services.count_help import NOW, YEAR_END, brought, owes, rated, went

pytestmark = pytest.mark.wide("tests/summaries/services/test_numbers.py")

FIRST_WEEK = date(2026, 1, 6)


@pytest.fixture
async def work(work: Work, store: Store) -> Work:
    await cast.settle(store)
    return work


async def lived(work: Work) -> tuple[int, int]:
    """The year's visits, concerns and ratings; the reports that two units owe."""
    week, n = FIRST_WEEK, 0
    kinds = ("committee", "propaganda", "care", "unplanned", "dialogue")
    while week <= YEAR_END:
        leads = n % 4 == 0
        await went(
            work,
            (SEN_VANG, TAN_LUA)[n % 2],
            week,
            kind=kinds[n % 5],
            by=DUNG if leads else (AN, BINH)[n % 2],
            by_leader=leads,
            workers_met=10 + n % 7,
            topics=dict.fromkeys(("jobs", "wages", "disputes", "safety"), False),
            help_given="Hướng dẫn sửa quy chế dân chủ" if n % 9 == 1 else "",
            commendation="Không có" if n % 3 else "",
            arrears="Không nợ" if n == 6 else "",
        )
        if n % 8 == 0:
            await went(work, SEN_VANG, week, by=GIANG, by_leader=True, made_by=TINH, workers_met=3)
        week, n = week + timedelta(weeks=1), n + 1
    await went(
        work,
        TAN_LUA,
        date(2026, 11, 17),
        by=AN,
        by_leader=False,
        workers_met=25,
        topics={"wages": True},
        topic_words="nợ lương tháng 10",
        arrears_state="wages",
        new_members=12,
    )
    await went(work, BEN_QUE, date(2026, 4, 8), unit=LONG_HOA, by=CUC, by_leader=False)
    for day, status, more in (
        (date(2026, 3, 3), "settled", {}),
        (date(2026, 5, 5), "escalated", {"unit_id": TINH.id}),
        (date(2026, 8, 8), "referred", {}),
        (date(2026, 11, 11), "in_progress", {}),
    ):
        await brought(work, SEN_VANG, day, status, **more)
    await brought(work, SEN_VANG, date(2026, 6, 6), home_id=TINH.id, unit_id=TINH.id)
    for site, rating in ((SEN_VANG, "XS"), (TAN_LUA, "T")):
        await rated(work, site, 2026, rating)
    return (await owes(work)).id or 0, (await owes(work, LONG_HOA)).id or 0


async def text_of(work: Work, who: cast.Character, owed: int, *, of_all: bool = False) -> str:
    context = Context(work, await actor_of(work, who.address), NOW)
    file = await (papers.all_file if of_all else papers.unit_file)(context, owed, "docx")
    return "\n".join(line.text for line in docx.Document(io.BytesIO(file.data)).paragraphs)


async def test_the_yearly_reports_say_what_happened_and_no_more(work: Work) -> None:
    kcn, quiet = await lived(work)
    text = await text_of(work, DUNG, kcn)
    visits = len(range(0, (YEAR_END - FIRST_WEEK).days + 1, 7)) + 1
    assert f"{visits} lượt đi cơ sở" in text
    assert "trong đó lãnh đạo đi 13 lượt, chuyên viên đi 37 lượt" in text
    assert "hướng dẫn, hỗ trợ tại chỗ trong 06 lượt đi" in text
    assert "tại 02 cơ sở, trong đó có 01 cơ sở nợ lương" in text
    assert "đã chuyển cấp trên 01 ý kiến; đã chuyển cơ quan chức năng 01 ý kiến" in text
    assert "kết nạp 12 đoàn viên" in text
    assert "khen thưởng" not in text.replace("KHEN THƯỞNG", "").replace("Khen thưởng, tập huấn", "")
    nobody_said = r"chưa (kết nạp|thành lập mới|tiếp nhận|có đề xuất|có cảnh báo)|cảnh báo sớm"
    assert re.findall(nobody_said, text) == []

    long_hoa = await text_of(work, GIANG, quiet)
    assert "01 lượt đi cơ sở" in long_hoa
    assert "nợ lương" not in long_hoa, "nobody asked there"

    province = await text_of(work, GIANG, kcn, of_all=True)
    alone = "lãnh đạo cơ quan Liên đoàn Lao động tỉnh trực tiếp thực hiện 07 lượt đi cơ sở, đến"
    assert alone in re.sub(r"\s", " ", province)
    assert "trong đó lãnh đạo đi 07 lượt" not in province, "leaders alone went"
    assert "Hình 1. Lượt đi cơ sở và số cơ sở" in province
    assert "đang xử lý 01 ý kiến do các đơn vị chuyển đến" in province
    assert "đã chuyển cấp trên" not in province
    assert "trực tiếp tiếp nhận 01 ý kiến phản ánh, kiến nghị" in province
