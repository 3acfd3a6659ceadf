"""`satcoso demo --size province`: a province that the program knows its way in."""

import asyncio
from datetime import date, time
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.config.settings import Settings
from bot.core.access import actor_of, grants_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.demo import big_province, seed
from bot.demo.big_province import Size
from bot.demo.run import SIZES, _write_config
from bot.visits.facts.pictures import MapFacts
from bot.visits.papers.pictures import picture_of
from bot.visits.services import pictures
from storage import people
from storage.addresses import TELEGRAM, Address
from storage.models import Case, Unit, Visit
from storage.store import Store
from tests.cast import VAULT

MONDAY = at(date(2026, 11, 16), time())


def test_three_years_of_120_officers() -> None:
    size = big_province.PROVINCE
    officers = big_province.UNIONS * big_province.OFFICERS
    assert (officers, big_province.UNIONS * big_province.SITES) == (120, 800)
    assert (size.weeks * officers, size.weeks * size.cases_a_week) == (18_720, 30_108)
    assert SIZES == ("small", "province")


@pytest.mark.wide
def test_whoever_moves_into_the_sandbox_has_the_role_that_the_label_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(big_province, "PROVINCE", Size(weeks=2, cases_a_week=3))
    config = _write_config(tmp_path, "http://127.0.0.1:1", "http://127.0.0.1:2")
    seed.fill_big(config, MONDAY)
    asyncio.run(_compare(f"sqlite+aiosqlite:///{tmp_path}/satcoso.db"))


async def _compare(url: str) -> None:
    store = Store(url)
    async with store.read() as session:
        for row in big_province.accounts():
            person = await people.by_address(session, Address(TELEGRAM, str(row["id"])))
            if row["role"] == "stranger":
                assert person is None
                continue
            assert person is not None
            assert person.id is not None
            assert person.name == row["name"]
            (grant,) = (await grants_of(session, [person.id]))[person.id][:1]
            assert grant.role == row["role"]
        for table, many in ((Unit, 841), (Visit, 240), (Case, 6)):
            assert (await session.exec(select(func.count()).select_from(table))).one() == many
    await store.close()


@pytest.mark.wide
async def test_every_site_of_the_province_lies_on_its_map(store: Store, settings: Settings) -> None:
    await big_province.fill(store, Size(weeks=2, cases_a_week=3), MONDAY)
    work = Work(store, settings, settings.make_calendar(), VAULT)
    leader = next(one for one in big_province.people() if one.unit_id == 1)
    actor = await actor_of(work, Address(TELEGRAM, str(leader.account)))
    facts = await pictures.facts_for(Context(work, actor, MONDAY), "m", date(2026, 11, 16), 0)
    assert isinstance(facts, MapFacts)
    positions = {site.position for site in facts.sites}
    assert len(positions) == big_province.UNIONS * big_province.SITES, "no two lie on each other"
    assert None not in positions
    drawn = picture_of(facts)
    assert drawn is not None
    assert "chưa rõ vị trí" not in drawn[1]
