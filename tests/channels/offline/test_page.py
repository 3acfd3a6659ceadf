"""The page in a real browser: written without coverage, killed, opened again, sent once."""

from typing import Any

import pytest
from sqlmodel import select

from bot.core.copies import copy_path
from storage.enums import VisitStatus
from storage.models import ReportFile, StoredFile, Visit, VisitReport
from tests.cast import AN
from tests.channels.offline.phone import BROWSER, Phone, picture
from tests.channels.offline.road import OPEN, UNANSWERED, Road
from tests.client import Town

WORDS = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(BROWSER is None, reason="no browser installed"),
]


async def rows(town: Town, table: Any) -> list[Any]:
    async with town.program.work.read() as session:
        return list((await session.exec(select(table))).all())


async def site_of(town: Town) -> str:
    """Where An is to go this week."""
    from storage.models import Unit

    visit = next(v for v in await rows(town, Visit) if v.officer_id == AN.id)
    async with town.program.work.read() as session:
        return (await session.get_one(Unit, visit.site_id)).name


async def test_a_report_written_without_coverage_survives_and_arrives_once(
    town: Town, road: Road, phones: Any
) -> None:
    an: Phone = await phones(AN)
    site = await site_of(town)
    await an.open()
    await an.kept()
    await an.offline()
    await an.kill()

    await an.open()  # without coverage: from what the phone keeps
    await an.begin(site)
    await an.fill(WORDS)
    await an.add_photo(picture())
    await an.saved()
    await an.kill()

    await an.open()
    await an.page.get_by_role("button", name="Viết tiếp").click()
    assert await an.step("situation").locator("textarea").input_value() == WORDS
    assert await an.step("situation").locator(".files li").count() == 1
    await an.hand_in()
    assert "chờ có sóng" in await an.line(site).inner_text()
    assert await rows(town, VisitReport) == []

    road.mood = lambda path: UNANSWERED if path.endswith("nop") else OPEN
    await an.offline(False)
    await an.page.wait_for_function("!document.body.innerText.includes('Đang gửi')")
    road.mood = lambda _path: OPEN
    await an.page.get_by_role("button", name="Gửi ngay").click()
    await an.wait_for("arrived", site)

    [report] = await rows(town, VisitReport)
    assert (report.situation, report.workers_met) == (WORDS, 10)
    [file] = await rows(town, StoredFile)
    assert len(await rows(town, ReportFile)) == 1
    copy = copy_path(town.settings.database.files, file.sha256).read_bytes()
    assert copy.startswith(b"\xff\xd8")
    assert b"\xe3ng m" not in copy
    assert "H\u00e3ng m".encode() not in copy
    [visit] = [v for v in await rows(town, Visit) if v.id == report.visit_id]
    assert visit.status is VisitStatus.REPORTED
    [row] = await an.rows()
    assert "values" not in row, "what has arrived stays on no phone"
    assert an.errors == []
