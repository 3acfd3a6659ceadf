"""Results of a visit, from the factory yard to the unit's report."""

import pytest

from bot.visits.papers.visits_table import HEADINGS
from bot.visits.services.export import visit_rows
from storage.models import VisitReport
from tests.cast import WEDNESDAY_1500
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST, rows

CARE = "Chăm lo: 25 người được chăm lo, 25 suất quà, 12.500.000 đồng chăm lo"


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
