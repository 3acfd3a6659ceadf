"""`satcoso demo --size province`: a province that the program knows its way in."""

import asyncio
from datetime import date, time
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.core.access import grants_of
from bot.core.rules.calendar import at
from bot.demo import big_province, seed
from bot.demo.big_province import Size
from bot.demo.run import SIZES, _write_config
from storage import people
from storage.addresses import TELEGRAM, Address
from storage.models import Case, Unit, Visit
from storage.store import Store

MONDAY = at(date(2026, 11, 16), time())


def test_three_years_of_120_officers() -> None:
    size = big_province.PROVINCE
    officers = big_province.UNIONS * big_province.OFFICERS
    assert (officers, big_province.UNIONS * big_province.SITES) == (120, 800)
    assert (size.weeks * officers, size.weeks * size.cases_a_week) == (18_720, 30_108)
    assert SIZES == ("small", "province")


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
