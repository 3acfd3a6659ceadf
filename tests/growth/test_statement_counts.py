"""How many statements a card asks grows neither with what lies behind it nor with its list."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo.big_province import Size
from tests.growth.conftest import DRAWN, FORMS_OF_ALL, small_province_of

FEW, MANY = Size(weeks=2, cases_a_week=3), Size(weeks=8, cases_a_week=60)
FORMS = ("f:", "words:", "sum:", "report:", "data:")  # their cards ask alike whatever lies behind
CHANCE = 2  # statements: the first row of a list may have a report, a file, a question of its own


async def counts(url: str, size: Size, folder: Path, role: str) -> dict[str, int]:
    """Card -> its statements; of those cards that only read."""
    province = await small_province_of(url, size, folder)

    def skipped(name: str) -> bool:
        return name.startswith((*DRAWN, *FORMS_OF_ALL, *FORMS))

    stops = await province.walked(role, skipped)
    await province.work.store.close()
    return {stop.name: len(stop.statements) for stop in stops if not stop.writes}


@pytest.mark.parametrize("role", ["province", "leader", "officer"])
async def test_a_card_asks_as_often_however_much_there_is(
    fresh_url: Callable[[], str], tmp_path: Path, role: str
) -> None:
    few = await counts(fresh_url(), FEW, tmp_path, role)
    many = await counts(fresh_url(), MANY, tmp_path, role)
    common = few.keys() & many.keys()
    assert len(common) > 15
    grown = {name: (few[name], many[name]) for name in common if many[name] > few[name] + CHANCE}
    assert not grown
