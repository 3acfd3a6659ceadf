"""Six months before 10/6 and the year before 25/11: the same code, by the plan's file alone."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.config.settings import Settings
from bot.core.rules.calendar import at
from bot.summaries.services import consolidated
from storage.models import Obligation
from tests import wide
from tests.cast import KCN
from tests.client import Town

PLAN = """\
key = "sau-thang"
title = "Chương trình thi đua"
short = "Thi đua"
issuer = "LĐLĐ tỉnh"
source = "Kế hoạch 01"
starts = 2026-01-01
responsible = "Ban Chính sách – Pháp luật"
difficulties = "Ban Chính sách – Pháp luật"
units = ["KCN"]

[[targets]]
key = "tuyen-truyen"
text = "CĐCS tổ chức tuyên truyền"
value = 100
measure = "%"
source = "II.1"

[[reports]]
key = "giua-nam"
title = "Kết quả 6 tháng Chương trình thi đua"
before = "10/6"
first = "1/1"
last = "30/6"
source = "IV"
outline = "short"
sections = ["II", "V"]

[[reports]]
key = "ca-nam"
title = "Kết quả năm Chương trình thi đua"
before = "25/11"
source = "IV"
outline = "short"
sections = ["II", "V"]
"""
CASES = [
    (date(2027, 5, 11), date(2027, 6, 10), "Kết quả 6 tháng"),
    (date(2027, 10, 26), date(2027, 11, 25), "Kết quả năm"),
]


@pytest.fixture(params=[CASES[0], pytest.param(CASES[1], marks=wide.WIDE)], ids=["10/6", "25/11"])
def due(request: pytest.FixtureRequest) -> tuple[date, date, str]:
    """The day of the first prompt, the deadline, the title's beginning."""
    found: tuple[date, date, str] = request.param
    return found


@pytest.fixture
def start(due: tuple[date, date, str]) -> datetime:
    return at(due[0], time(7))


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Nothing but a file in the operator's folder and its name in config.toml."""
    (tmp_path / "sau-thang.toml").write_text(PLAN, "utf-8")
    plans = settings.programmes.model_copy(update={"active": ("sau-thang",), "folder": tmp_path})
    return settings.model_copy(update={"programmes": plans})


async def test_a_file_brings_prompts_the_list_of_the_late_and_the_consolidated_report(
    town: Town, due: tuple[date, date, str]
) -> None:
    first, deadline, title = due
    dung, giang, cuc = [await town.person(name) for name in ("Dũng", "Giang", "Cúc")]
    await town.move_to(at(first, time(9)))
    assert "⏰ Còn 30 ngày" in dung.card
    assert f"trước ngày {deadline:%d/%m/%Y}" in dung.card
    for part in ("II. Chỉ đạo", "V. Phương hướng"):
        assert part in dung.card
    assert "IV.1" not in dung.card
    assert not any(title in card for card in cuc.cards), "the plan concerns KCN alone"

    await town.skip_to(at(deadline, time(6)))
    await town.move_to(at(deadline, time(9)))
    assert "1/1 đơn vị trễ hạn" in giang.card
    await giang.click("Bảng theo dõi")
    assert f"🔴 {KCN.name}: trễ hạn, chưa gửi" in giang.card

    work = town.program.work
    async with work.read() as session:
        owed = (
            await session.exec(select(Obligation).where(col(Obligation.due_before) == deadline))
        ).one()
        report = await consolidated.consolidate(session, work, owed.group, town.clock.now())
    assert report.subject.startswith(title)
    assert [(row.unit, row.state) for row in report.rows] == [(KCN.name, "late")]
    assert (report.first_day, report.until) == (
        date(2027, 1, 1),
        min(deadline, owed.last_day),
    )
    assert [part.key for part in report.rows[0].paper.parts] == ["II", "V"]
    assert [(one.programme, one.value) for one in report.targets] == [("Thi đua", 100)]
