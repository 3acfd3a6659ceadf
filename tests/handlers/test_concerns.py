"""A worker brings a concern, follows it, answers; through the real program."""

import pytest
from sqlmodel import select

from bot.messages import worker_says
from bot.services import site_links
from storage.models import (
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    OutboxMessage,
    Reporter,
    StoredFile,
)
from tests.cast import DUNG, LAN, SEN_VANG, VAULT
from tests.client import Person, Town

WAGES = "cty tre luong 2 thang roi, hoi thi noi doi don hang, tui het tien dong tien tro"
HARASSED = "tổ trưởng hay nhắn tin bậy rồi đụng chạm em, em sợ nói ra bị đuổi. Đừng nói tên em nha"
LINK = site_links.parameter(VAULT, SEN_VANG.id)


async def rows(town: Town, table):
    async with town.program.work.read() as session:
        return (await session.exec(select(table))).all()


async def raise_concern(worker: Person, words: str = WAGES, *, about: str = "Đúng") -> int:
    """From the poster's link to the receipt, nameless; returns the number of taps."""
    await worker.send(f"/start {LINK}")
    taps = 0
    if "Đồng ý" in worker.buttons:
        await worker.click("Đồng ý")
        taps += 1
    await worker.send(words)
    for label in ("Vài người", about, "Không nêu tên", "Gửi Công đoàn"):
        await worker.click(label)
        taps += 1
    return taps


@pytest.fixture
async def lan(town: Town) -> Person:
    return await town.person("Lan")


async def test_from_the_poster_to_the_receipt_in_six_taps_and_one_message(
    town: Town, lan: Person
) -> None:
    taps = await raise_concern(lan)
    assert taps <= 6
    (case,) = await rows(town, Case)
    assert case.code in lan.card
    assert "đã tiếp nhận" in lan.card
    assert "Chậm nhất thứ" in lan.card
    assert (case.site_id, case.category, case.affected) == (SEN_VANG.id, "LUONG", 3)
    assert (case.text, case.anonymous) == (WAGES, True)
    assert await rows(town, Draft) == []
