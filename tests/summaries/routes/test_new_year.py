"""From January to March: what opens on the year looked back on, with the new one a tap away."""

from datetime import date, datetime, time

import pytest

from bot.core.rules.calendar import at
from storage.enums import Rating
from storage.models import UnitRating
from tests.cast import KCN, SEN_VANG, TAN_LUA
from tests.client import Town


@pytest.fixture
def start() -> datetime:
    return at(date(2027, 1, 12), time(9))


async def test_ratings_open_on_the_year_that_is_to_be_rated(town: Town) -> None:
    dung, mai = await town.person("Dũng"), await town.person("Mai")
    await dung.send("/xeploai")
    assert "Xếp loại năm 2026" in dung.card
    await dung.click("Năm 2027")
    assert "Xếp loại năm 2027" in dung.card
    await dung.click("Năm 2026")
    assert "Xếp loại năm 2026" in dung.card
    await mai.send("/xeploai")
    assert "xếp loại năm 2026" in mai.card
    await mai.click("✍️ HTT")
    await dung.send("/xeploai")
    assert f"{SEN_VANG.name}: năm trước HTXS → ⏳ đề xuất HTT" in dung.card


async def test_a_committee_comes_to_the_new_year_too(town: Town) -> None:
    mai = await town.person("Mai")
    await mai.send("/xeploai")
    await mai.click("Năm 2027")
    assert "xếp loại năm 2027" in mai.card
    await mai.click("Năm 2026")
    assert "xếp loại năm 2026" in mai.card


async def test_emulation_opens_on_the_year_that_is_scored(town: Town) -> None:
    giang = await town.person("Giang")
    async with town.program.work.write() as session:
        session.add(UnitRating(unit_id=SEN_VANG.id, year=2026, rating=Rating.EXCELLENT))
        session.add(UnitRating(unit_id=TAN_LUA.id, year=2026, rating=Rating.DONE))
    await giang.send("/thidua")
    assert "Điểm thi đua năm 2026, đến 31/12/2026" in giang.card
    await giang.click("1")
    assert "xếp loại HTXS, HTT : số CĐCS đã xếp loại của năm" in giang.card
    assert "1/2 (50%)" in giang.card
    await giang.click("« Các đơn vị")
    await giang.click("Năm 2027")
    assert "Điểm thi đua năm 2027, đến 12/01/2027" in giang.card
    assert KCN.name in giang.card
