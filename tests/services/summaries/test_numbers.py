"""What is counted for whom: figures of one unit, of merged units, across moves and years."""

from datetime import date

import pytest

from bot.services.work import Work
from storage.store import Store
from tests import cast
from tests.cast import SEN_VANG, VI_NA_SUN
from tests.services.summaries.count_help import (
    counted,
    owes,
    went,
)


@pytest.fixture
async def work(any_store: Store, settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def test_visits_of_the_unit_are_counted(work):
    await went(work, SEN_VANG, date(2026, 3, 3), workers_met=20, kind="committee")
    await went(work, SEN_VANG, date(2026, 3, 10), workers_met=15, topics={"wages": True})
    await went(work, VI_NA_SUN, date(2026, 3, 10), kind="survey")
    numbers = await counted(work, await owes(work))
    told = numbers.values
    assert (told["visits"], told["sites_reached"], told["workers_met"]) == (3, 2, 35)
    assert (told["committee_visits"], told["propaganda_visits"], told["surveyed"]) == (1, 1, 1)
    assert (told["unions"], told["enterprises"], told["sites"]) == (4, 1, 5)
    assert (told["guided"], numbers.topics["wages"].trouble) == (1, 1)
    assert (told["weeks_met"], told["workers"]) == (2, 1850 + 1240 + 2300 + 96 + 540)
