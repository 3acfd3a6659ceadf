"""The whole program on each database: a week with a report, a form left open and a restart."""

import pytest
from sqlmodel import select

from bot.config.settings import Settings
from storage.enums import OutboxState, VisitStatus
from storage.models import Draft, OutboxMessage, Visit, VisitReport
from tests import cast, soundness
from tests.client import Town

HONEST = "Công nhân chuyền 5 phản ánh định mức tăng lên 120 cái một giờ, nhiều chị em không đạt."


@pytest.fixture
def settings(settings: Settings, any_url: str) -> Settings:
    database = settings.database.model_copy(update={"url": any_url})
    return settings.model_copy(update={"database": database})


async def test_a_week_goes_as_well_on_either_database(town: Town) -> None:
    an, cuc, dung = [await town.person(name) for name in ("An", "Cúc", "Dũng")]
    await an.click("Báo cáo")
    for label in ("Hôm nay", "Dự họp BCH", "10", "Xong", "Bỏ qua"):
        await an.click(label)
    await an.photo("cổng chính")
    await an.send(HONEST)
    await an.click("Gửi báo cáo")
    await cuc.click("Báo cáo")
    await cuc.click("Hôm nay")
    async with town.stopped():
        pass
    await cuc.click("Đối thoại")
    await town.move_to(cast.NEXT_MONDAY)
    assert any("tuần 48" in card for card in an.cards)
    assert dung.cards, "the digest"
    async with town.program.work.read() as session:
        (report,) = (await session.exec(select(VisitReport))).all()
        assert report.situation == f"cổng chính\n{HONEST}"
        (draft,) = (await session.exec(select(Draft))).all()
        assert draft.answers["kind"] == "dialogue"
        found = (await session.exec(select(Visit).where(Visit.week == cast.MONDAY.date()))).all()
        done = {visit.officer_id: visit.status for visit in found}
        assert done[cast.AN.id] is VisitStatus.REPORTED
        assert done[cast.BINH.id] is VisitStatus.MISSED
        owed = (await session.exec(select(OutboxMessage.state))).all()
        assert set(owed) <= {OutboxState.SENT, OutboxState.CANCELLED}
    assert await soundness.broken(town.program.work.store, town.clock.now()) == []
