"""Results of a visit, from the factory yard to the unit's report."""

from datetime import date, time

import pytest

from bot.core.rules.calendar import at
from bot.visits.papers.visits_table import HEADINGS
from bot.visits.services.export import visit_rows
from storage.models import SiteTerm, VisitReport
from tests.cast import WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST, rows

CARE = "Chăm lo: 25 người được chăm lo, 25 suất quà, tiền chăm lo 12.500.000 đồng"


@pytest.fixture
def now():
    return WEDNESDAY_1500


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def begun(an: Person) -> None:
    """The report as far as its review."""
    await an.send("/baocao")
    if not an.card.startswith("Báo cáo đi cơ sở"):
        await an.click("📝")
    for label in ("Hôm nay", "Chăm lo, thăm hỏi", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.send(HONEST)


async def care(an: Person) -> None:
    await an.click("Bổ sung")
    await an.click("Kết quả")
    await an.click("Chăm lo")
    await an.send("25 người")
    await an.send("25")
    await an.send("12,5 triệu")
    await an.click("Xong")


async def test_who_has_no_result_is_asked_nothing_more(an: Person) -> None:
    await begun(an)
    assert "Kết quả" not in an.card
    await an.click("Gửi báo cáo")
    assert "Đã nhận báo cáo" in an.card


async def test_a_result_goes_from_the_yard_to_the_card_of_the_leader_and_the_xlsx(
    town: Town, an: Person
) -> None:
    await begun(an)
    await care(an)
    await an.click("Xong")
    assert CARE in an.card
    await an.click("Gửi báo cáo")
    (report,) = await rows(town, VisitReport)
    assert report.results == [
        {"kind": "care", "values": {"people": 25, "gifts": 25, "money": 12_500_000}}
    ]
    dung = await town.person("Dũng")
    await dung.forge(f"ov:v:{report.visit_id}:0:0:all:20261116:0:0")
    assert CARE in dung.card
    cells = [cells async for cells in visit_rows(town.program.work, None)]
    column = [row[HEADINGS.index("Kết quả")] for row in cells]
    assert CARE in column


async def bargained(an: Person, until: str) -> None:
    await begun(an)
    for label in ("Bổ sung", "Kết quả", "Ký TƯLĐTT"):
        await an.click(label)
    await an.send("10/01/2024")
    await an.send(until)
    for label in ("Loại B", "Xong", "Xong", "Gửi báo cáo"):
        await an.click(label)


@pytest.mark.wide
async def test_an_agreement_that_runs_out_stands_on_the_page_and_reminds_the_officer(
    town: Town, an: Person
) -> None:
    await bargained(an, "04/12/2026")
    (term,) = await rows(town, SiteTerm)
    assert (term.kind, term.until) == ("cba", date(2026, 12, 4))
    await an.forge(f"site:open:{term.site_id}")
    assert "TƯLĐTT hết hạn ngày 04/12/2026" in an.card
    await town.move_to(at(date(2026, 11, 20), time(9)))
    reminders = [card for card in an.cards if "Đề nghị đồng chí cùng BCH CĐCS chuẩn bị" in card]
    assert len(reminders) == 2, "at once, and two weeks before"


@pytest.mark.wide
async def test_a_correction_takes_the_last_day_back(town: Town, an: Person) -> None:
    await bargained(an, "08/01/2027")
    (term,) = await rows(town, SiteTerm)
    await an.forge(f"report:fix:{term.visit_id}")
    await an.click("Bổ sung")
    await an.click("✓ 🏅 Kết quả")
    await an.click("🗑 Bỏ kết quả 1")
    await an.click("Hội nghị NLĐ")
    await an.click("Chưa rõ, bỏ qua")
    for label in ("Xong", "Xong", "Gửi báo cáo"):
        await an.click(label)
    assert await rows(town, SiteTerm) == []
    newest = [report for report in await rows(town, VisitReport) if report.latest]
    assert newest[0].results == [{"kind": "conference", "values": {}}]
