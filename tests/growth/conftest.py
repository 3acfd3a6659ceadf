"""The big province of the demo, small: what is asked of the database is the same."""

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot import programmes
from bot.app.assembly import make_work
from bot.app.schedule import STREAMS, table
from bot.channels.outbox import Dispatcher
from bot.config.settings import Settings
from bot.core.rules.calendar import at
from bot.core.streams import Lookout
from bot.core.work import Work
from bot.demo import big_province
from bot.demo.big_province import Size
from storage.addresses import TELEGRAM, Address
from storage.store import Store, sqlite_file
from tests import cast, tour
from tests.tour import Sent, Stop, listening

MONDAY = at(date(2026, 11, 16), time())
ASSIGNED = MONDAY + timedelta(hours=7)
WALKED = MONDAY + timedelta(days=2, hours=15)
WORKER = 1  # an account that nobody knows
FORMS_OF_ALL = ("sum:fix", "sum:sec", "sum:part", "sum:fixes", "sum:write", "sum:unfix")
DRAWN = ("poster:", "paper:pdf:", "paper:all:pdf:")  # no question is asked while they are drawn


def accounts() -> dict[str, int]:
    """By role, somebody who has it."""
    people = big_province.people()
    officers = big_province.UNIONS * big_province.OFFICERS
    province, administrator, cluster, committee = people[-4:]
    return {
        "province": province.account,
        "officer": people[0].account,
        "leader": people[officers].account,
        "administrator": administrator.account,
        "cluster": cluster.account,
        "committee": committee.account,
        "worker": WORKER,
    }


@dataclass(frozen=True)
class Province:
    """A province on a database of its own, and what was asked of the database there."""

    work: Work

    async def by_itself(self) -> list[Sent]:
        """What the program does by itself on a Monday and in the night, and what it owes."""
        store, settings = self.work.store, self.work.settings
        with listening(store) as statements:
            for entry in table(settings):
                await entry.service(self.work, ASSIGNED)
            for stream in STREAMS:
                await stream.ensure(self.work, ASSIGNED)
            async with self.work.read() as session:
                await Lookout(STREAMS).due(session, ASSIGNED)
                await Lookout(STREAMS).earliest(session)
            clock = cast.clock_at(ASSIGNED)
            await Dispatcher(store, clock, {}, self.work.vault).drain()
        return statements

    async def walked(self, role: str, but_not: Callable[[str], bool]) -> list[Stop]:
        """The cards of somebody with this role."""
        address = Address(TELEGRAM, str(accounts()[role]))
        return [stop async for stop in tour.walk(self.work, address, WALKED, but_not)]

    async def everybody(self) -> dict[str, Stop]:
        """The cards of all roles, by "role: card"; forms that are alike for all only once."""
        met: set[str] = set()

        def seen_or_drawn(name: str) -> bool:
            return name.startswith(DRAWN) or (name.startswith(FORMS_OF_ALL) and name in met)

        stops: dict[str, Stop] = {}
        for role in accounts():
            for stop in await self.walked(role, seen_or_drawn):
                stops[f"{role}: {stop.name}"] = stop
                met.add(stop.name)
        return stops


async def province_of(url: str, size: Size, folder: Path) -> Province:
    """Filled, its week assigned, its reports owed."""
    province = _province_at(url, folder)
    await big_province.fill(province.work.store, size, MONDAY)
    return province


def _province_at(url: str, folder: Path) -> Province:
    settings = Settings.model_validate(
        {"database": {"url": url, "files": str(folder)}, "documents": {"templates": str(folder)}}
    )
    plans = programmes.load(settings.programmes)
    return Province(make_work(Store(url), settings, cast.VAULT, plans))


_filled: dict[Size, bytes] = {}


async def small_province_of(url: str, size: Size, folder: Path) -> Province:
    """The same on SQLite, filled once for each size: for the next one its file is copied."""
    file = sqlite_file(url)
    assert file
    if size not in _filled:
        await (await province_of(url, size, folder)).work.store.close()
        _filled[size] = file.read_bytes()
    file.write_bytes(_filled[size])
    return _province_at(url, folder)


@pytest.fixture
def fresh_url(migrated: Path, tmp_path: Path) -> Callable[[], str]:
    """Another migrated, empty SQLite each time."""
    numbers = count()

    def fresh() -> str:
        file = tmp_path / f"{next(numbers)}.db"
        shutil.copy(migrated, file)
        return f"sqlite+aiosqlite:///{file}"

    return fresh


@pytest.fixture
async def province(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Province]:
    province = await small_province_of(sqlite_url, Size(weeks=6, cases_a_week=40), tmp_path)
    yield province
    await province.work.store.close()
