"""The list of units goes out and comes in again without changing anything."""

import pytest
from sqlalchemy import delete
from sqlmodel import select

from bot.core.errors import Refused
from bot.core.work import Work
from bot.documents import tables
from bot.units.papers.units_file import read_units
from bot.units.papers.units_table import HEADINGS
from bot.units.services import importing
from bot.units.services.export import unit_rows
from storage.models import Cluster, ClusterUnit, Membership, Unit, UnitPast, UnitRating
from tests import cast
from tests.units.services.test_importing import ADMIN, bring

NOW = cast.MONDAY


@pytest.fixture
async def work(any_store, settings):
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def exported(work, path, unit=""):
    await tables.write(path, HEADINGS, unit_rows(work, None, unit_code=unit), head="Danh sách")
    return read_units(path.read_bytes())


async def test_what_was_exported_changes_nothing_when_it_is_imported(work, tmp_path):
    await bring(
        work,
        {
            "code": cast.SEN_VANG.code,
            "officer": cast.AN.full_name,
            "cluster": "Khối 1",
            "latitude": 10.3712,
            "longitude": 105.4323,
            "contact_phone": "0912 345 678",
            "sensitive": "có",
            "rating": "T",
            "rating_year": 2024,
        },
        {"code": "HS", "dissolved_on": "10/11/2026", "successor": "LH"},
    )
    async with work.write() as session:  # a site of two clusters
        session.add(Cluster(id=9, name="Khối 9"))
        await session.flush()
        session.add(ClusterUnit(cluster_id=9, unit_id=cast.BEN_QUE.id))
    file = await exported(work, tmp_path / "units.xlsx")
    seen = await importing.preview(work, ADMIN, file, NOW)
    assert not seen.plan.mistakes
    assert (seen.plan.new, seen.plan.changed, seen.plan.missing) == ((), (), 0)
    assert seen.plan.same == len(cast.PLACES)


async def test_an_empty_database_becomes_the_same_organisation(work, tmp_path):
    await bring(work, {"code": "HS", "dissolved_on": "10/11/2026", "successor": "LH"})
    file = await exported(work, tmp_path / "units.xlsx")
    before = await _organisation(work)
    async with work.write() as session:
        for table in (ClusterUnit, UnitRating, UnitPast, Membership, Unit):
            await session.exec(delete(table))
    seen = await importing.preview(work, None, file, NOW)
    assert not seen.plan.mistakes
    assert (await importing.confirm(work, None, file, seen.plan.digest(), NOW)).done
    assert await _organisation(work) == before


async def test_one_branch_alone_and_an_unknown_code(work, tmp_path):
    file = await exported(work, tmp_path / "units.xlsx", "kcn")
    assert [row.code for row in file.rows] == ["KCN", *(f"KCN-{n}" for n in range(11, 16))]
    with pytest.raises(Refused):
        await exported(work, tmp_path / "other.xlsx", "XX")


async def test_of_two_officers_with_one_name_the_phone_is_written(work, tmp_path):
    async with work.write() as session:
        binh = await session.get(cast.Person, cast.BINH.id)
        binh.name, binh.phone = cast.AN.full_name, "0912345678"
        site = await session.get(Unit, cast.SEN_VANG.id)
        site.officer_id = cast.BINH.id
    file = await exported(work, tmp_path / "units.xlsx")
    found = {row.code: row.cells.get("officer") for row in file.rows}
    assert found[cast.SEN_VANG.code] == "0912345678"


async def _organisation(work):
    async with work.read() as session:
        found = (await session.exec(select(Unit))).all()
    codes = {unit.id: unit.code for unit in found}
    return {
        unit.code: (
            unit.name,
            unit.kind,
            codes.get(unit.parent_id),
            codes.get(unit.successor_id),
            unit.dissolved_on,
            unit.workers,
        )
        for unit in found
    }
