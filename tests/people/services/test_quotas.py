"""Visits a week: one's own number, the unit's, the configured one."""

import pytest

from bot.config.settings import AssignmentSettings
from bot.core.work import Work
from bot.people.services.quotas import nearest, roles_and_units
from tests import cast
from tests.units.services.test_importing import bring, mistakes


@pytest.mark.parametrize(
    ("own", "roles", "of_unit", "quota"),
    [
        (None, {"officer"}, None, 2),
        (None, {"officer"}, 1, 1),
        (3, {"officer"}, 1, 3),
        (0, {"officer"}, 1, 0),
        (None, {"officer"}, 0, 0),
        (None, {"supervisor"}, None, 1),
        (None, {"supervisor"}, 5, 1),  # asks no more of leaders than of all
        (None, {"supervisor"}, 0, 0),
    ],
)
def test_ones_own_number_goes_before_the_units_and_that_before_the_usual(
    own, roles, of_unit, quota
):
    settings = AssignmentSettings(quota=2, leader_quota=1)
    assert settings.quota_of(own, roles, of_unit) == quota


@pytest.mark.parametrize(
    ("path", "quota"), [("/1/2/", 1), ("/1/2/7/", 1), ("/1/", 4), ("/1/3/", 4), ("/8/", None)]
)
def test_the_nearest_unit_above_that_has_a_number_counts(path, quota):
    assert nearest({"/1/": 4, "/1/2/": 1}, path) == quota


async def test_the_list_sets_the_number_of_a_unit(any_store, settings):
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await bring(work, {"code": "KCN", "weekly_quota": 1})
    async with work.read() as session:
        _, of_unit = await roles_and_units(session, [cast.AN.id, cast.CUC.id])
    assert of_unit == {cast.AN.id: 1}
    assert [words for *_, words in await mistakes(work, {"code": "KCN-11", "weekly_quota": 1})]
    assert [words for *_, words in await mistakes(work, {"code": "KCN", "weekly_quota": 11})]
