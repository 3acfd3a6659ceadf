"""Somebody whom the list of units names before they came in is in charge once they do."""

import pytest

from bot.core.access import actor_of
from bot.core.work import Work
from bot.people.services import invitations, own_details
from bot.people.services.invitation_places import NamedPlace
from bot.units.papers.units_file import read_units
from bot.units.services import importing
from storage.addresses import TELEGRAM, Address
from storage.enums import Role
from storage.models import Unit
from tests import cast
from tests.units.papers.sheets import units
from tests.units.services.test_importing import ADMIN, bring, unit

NOW = cast.MONDAY
TAM = Address(TELEGRAM, "7000000777")


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await bring(work, {"code": "LH-21", "officer": "Ngô Văn Tám"})
    return work


async def joins(work, name, role=Role.OFFICER, place=cast.LONG_HOA):
    created = await invitations.create(work, ADMIN, role, NamedPlace(unit_id=place.id), NOW)
    return await invitations.accept(work, created.code, TAM, name, NOW)


async def test_a_list_with_somebody_unknown_is_taken_and_says_so(work):
    file = read_units(units({"code": "LH-22", "officer": "0912 000 111"}))
    seen = await importing.preview(work, ADMIN, file, NOW)
    assert not seen.plan.mistakes
    (doubt,) = seen.plan.warnings
    assert "chưa tham gia" in doubt.words
    there = await unit(work, "LH-21")
    assert (there.officer_id, there.officer_name) == (None, "Ngô Văn Tám")


async def test_who_joins_by_that_name_is_in_charge(work):
    joined = await joins(work, "ngo van tam")
    there = await unit(work, "LH-21")
    assert (there.officer_id, there.officer_name) == (joined.person_id, "")


@pytest.mark.parametrize(
    ("name", "role", "place"),
    [
        ("Ngô Văn Chín", Role.OFFICER, cast.LONG_HOA),
        ("Ngô Văn Tám", Role.OFFICER, cast.KCN),
        ("Ngô Văn Tám", Role.SUPERVISOR, cast.LONG_HOA),
    ],
)
async def test_another_name_or_place_or_role_is_not_meant(work, name, role, place):
    await joins(work, name, role, place)
    assert (await unit(work, "LH-21")).officer_id is None


async def test_whose_name_or_telephone_comes_later_is_matched_then(work):
    joined = await joins(work, "Tám")
    actor = await actor_of(work, TAM)
    await own_details.rename(work, actor, "Ngô Văn Tám")
    assert (await unit(work, "LH-21")).officer_id == joined.person_id
    await bring(work, {"code": "LH-22", "officer": "0912 000 111"})
    await own_details.set_phone(work, actor, "+84912000111")
    assert (await unit(work, "LH-22")).officer_id == joined.person_id


async def test_another_person_or_nobody_takes_the_place_of_the_name(work):
    await bring(work, {"code": "LH-21", "officer": cast.CUC.full_name})
    there = await unit(work, "LH-21")
    assert (there.officer_id, there.officer_name) == (cast.CUC.id, "")
    await bring(work, {"code": "LH-21", "officer": "Ngô Văn Tám"})
    there = await unit(work, "LH-21")
    assert (there.officer_id, there.officer_name) == (None, "Ngô Văn Tám")
    await bring(work, {"code": "LH-21", "officer": "-"})
    async with work.read() as session:
        assert (await session.get_one(Unit, cast.BEN_QUE.id)).officer_name == ""
