"""From a number of the summary to the visits it was counted from, to one of them, and back."""

from datetime import date, datetime, timedelta

import pytest

from bot.core import messages
from tests.cast import AN, SEN_VANG, TAN_LUA
from tests.client import Person, Town
from tests.summaries.help import NOON, owes
from tests.summaries.services.count_help import went
from tests.workbooks import files_of, rows_of, workbook

MARCH_3 = date(2026, 3, 3)


@pytest.fixture
def start() -> datetime:
    return NOON


@pytest.fixture
async def key(town: Town) -> int:
    for n in range(12):
        site = TAN_LUA if n % 2 else SEN_VANG
        day = MARCH_3 + timedelta(days=n)
        await went(town.program.work, site, day, workers_met=n, by=AN, by_leader=False)
    return await owes(town.program.work)


@pytest.fixture
async def dung(town: Town) -> Person:
    return await town.person("Dũng")


@pytest.mark.wide
async def test_down_to_the_visit_and_back_again(town: Town, key: int, dung: Person) -> None:
    await dung.forge(f"sum:part:{key}:III.1")
    await dung.click("Lượt đi cơ sở")
    assert "Lượt đi cơ sở: 12 lượt" in dung.card
    assert "1. 14/03/2026 · Giày Tân Lúa" in dung.card
    await dung.click("Tiếp")
    assert "12. 03/03/2026 · May Sen Vàng" in dung.card
    await dung.click("12.")
    assert SEN_VANG.name in dung.card
    assert AN.full_name in dung.card
    await dung.click("Quay lại")
    assert "12. 03/03/2026 · May Sen Vàng" in dung.card
    await dung.click("Quay lại")
    assert "“Sát cơ sở”" in dung.card


async def test_a_share_opens_what_it_is_made_of(town: Town, key: int, dung: Person) -> None:
    await dung.forge(f"fig:{key}:coverage:0")
    assert "Tỷ lệ cơ sở đã có cán bộ đến: 40%" in dung.card
    assert "Số cơ sở đã đến: 2" in dung.card
    await dung.click("Số cơ sở đã đến")
    assert "6 lượt đi" in dung.card


async def test_a_figure_of_visits_says_whose_they_are(town: Town, key: int, dung: Person) -> None:
    """The overview counts also those that the province's people made there."""
    for figure in ("visits", "sites_reached", "workers_met"):
        await dung.forge(f"fig:{key}:{figure}:0")
        assert "cán bộ đơn vị" in dung.card, figure


async def test_only_a_part_with_numbers_says_that_they_can_be_pressed(
    town: Town, key: int, dung: Person
) -> None:
    how = "Bấm vào số để xem"
    await dung.forge(f"sum:part:{key}:III.1")
    assert how in dung.card
    await dung.forge(f"sum:part:{key}:III.7")
    assert "Trong kỳ chưa có báo cáo" in dung.card
    assert how not in dung.card


async def test_a_figure_that_is_nought_is_not_called_unknown(
    town: Town, key: int, dung: Person
) -> None:
    await dung.forge(f"fig:{key}:alerts:0")
    assert "Cảnh báo sớm (nội bộ): 0 vụ" in dung.card
    assert "Chưa có số liệu" not in dung.card
    await dung.forge(f"fig:{key}:helped:0")
    assert "Chưa có số liệu" in dung.card


async def test_that_no_leader_went_is_known_on_the_part_and_behind_it(
    town: Town, key: int, dung: Person
) -> None:
    await dung.forge(f"sum:part:{key}:III.1")
    assert "lãnh đạo đi: 0 lượt" in dung.card
    await dung.forge(f"fig:{key}:leader_visits:0")
    assert "lãnh đạo đi: 0 lượt" in dung.card
    assert "Không có." in dung.card


@pytest.mark.parametrize("button", ["fig:{key}:nothing:0", "fig:999999:visits:0"])
async def test_what_is_not_there_is_said(town: Town, key: int, dung: Person, button: str) -> None:
    await dung.send("/start")
    await dung.forge(button.format(key=key))
    assert messages.NOT_FOUND in dung.toasts


async def test_other_units_are_refused(town: Town, key: int) -> None:
    cuc = await town.person("Cúc")
    await cuc.send("/start")
    await cuc.forge(f"fig:{key}:visits:0")
    assert messages.NOT_FOUND in cuc.toasts
    assert "12 lượt" not in cuc.card


async def test_all_of_it_comes_as_xlsx(town: Town, key: int, dung: Person) -> None:
    await dung.forge(f"fig:{key}:visits:0")
    shown = dung.card
    await dung.click("📥 Tải xlsx")
    rows = rows_of(workbook(town, dung))
    assert rows[0][0] in shown
    assert "CĐ các KCN tỉnh. Từ " in rows[1][0]
    assert rows[2] == ["TT", "Nội dung", "Ghi chú", "Tính vào"]
    assert rows[3][1].split(" · ")[0] in shown
    assert rows[-1][1:] == ["Cộng", "", float(len(rows) - 4)]
    cuc = await town.person("Cúc")
    await cuc.forge(f"fig:x:{key}:visits")
    assert files_of(cuc) == []
