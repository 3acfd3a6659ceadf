"""A big invented province with years of work behind it, the same one each time.

Units and people are made here, the years by the database itself out of a table of days: a million
visits with their reports, and as many cases, take a minute or two. The past looks as the program
leaves it: words of cases that were closed long ago are gone, and so are messages of long ago.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from math import cos, sin, sqrt
from typing import Any

from sqlalchemy import Column, Date, Integer, MetaData, Table, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from bot.core.rules.calendar import local
from bot.units.rules.wards import wards_of
from storage.addresses import TELEGRAM, Address
from storage.enums import Rating, Role, UnitKind
from storage.folding import fold
from storage.models import (
    Cluster,
    ClusterUnit,
    Membership,
    Person,
    PersonAddress,
    Unit,
    UnitRating,
    metadata,
)
from storage.people import address_row
from storage.store import Store
from storage.types import UtcDateTime

UNIONS = 40
OFFICERS = 3  # of one union
SITES = 20  # of one union
FIRST_SITE = 1001
FIRST_ACCOUNT = 8_000_000_000  # of the first person in Telegram
WORDS_WEEKS = 78  # after so many weeks the words of a closed case are gone
MESSAGE_WEEKS = 8  # so old a message is kept
AHEAD = 60  # days after the last week that something may be due on
ROWS_AT_ONCE = 5_000

_TRADES = ("may", "da giày", "điện tử", "chế biến cá", "gỗ", "cơ khí", "bao bì", "xay xát")
_FIRST = ("An", "Bình", "Cửu", "Đông", "Hòa", "Long", "Phú", "Tân")
_SECOND = ("Lộc", "Thạnh", "Hưng", "Mỹ", "Sơn")
_FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
_MIDDLE_NAMES = ("Văn", "Thị", "Minh", "Thu", "Quốc", "Hải", "Kim")
_GIVEN_NAMES = (
    "Anh",
    "Bảo",
    "Châu",
    "Dung",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lâm",
    "Nga",
    "Phúc",
    "Thảo",
)


@dataclass(frozen=True)
class Size:
    """How much lies behind: full weeks before the story begins, and cases brought in each."""

    weeks: int
    cases_a_week: int

    @classmethod
    def of(cls, visits: int, cases: int) -> "Size":
        """At least so many: the same province, in which more years have passed."""
        weeks = -(-visits // (UNIONS * OFFICERS))
        return cls(weeks, -(-cases // weeks))


PROVINCE = Size(weeks=156, cases_a_week=193)  # three years: 18,720 visits, 30,108 cases


@dataclass(frozen=True)
class Someone:
    """One of the province's people: where they lead or go out, and their account."""

    id: int
    name: str
    role: Role
    unit_id: int | None  # None: over the cluster

    @property
    def account(self) -> int:
        return FIRST_ACCOUNT + self.id


def people() -> list[Someone]:
    """Officers by union, the leaders of the unions, then the province's, the administrator's, the
    cluster's and a site's committee.
    """
    officers = UNIONS * OFFICERS
    officer_rows = [
        Someone(1 + n, _name_of(n), Role.OFFICER, 2 + n // OFFICERS) for n in range(officers)
    ]
    leaders = [
        Someone(officers + 1 + n, _name_of(officers + n), Role.SUPERVISOR, 2 + n)
        for n in range(UNIONS)
    ]
    first = officers + UNIONS + 1
    return [
        *officer_rows,
        *leaders,
        Someone(first, _name_of(first), Role.SUPERVISOR, 1),
        Someone(first + 1, _name_of(first + 1), Role.ADMINISTRATOR, 1),
        Someone(first + 2, _name_of(first + 2), Role.SUPERVISOR, None),
        Someone(first + 3, _name_of(first + 3), Role.REPRESENTATIVE, FIRST_SITE),
    ]


def accounts() -> list[dict[str, Any]]:
    """The people's accounts as the sandbox takes them, and a worker's."""
    titles = {Role.OFFICER: "Cán bộ", Role.SUPERVISOR: "Lãnh đạo", Role.ADMINISTRATOR: "Quản trị"}
    rows = [
        {
            **{"id": p.account, "name": p.name, "role": p.role.value},
            "title": f"{titles.get(p.role, 'BCH CĐCS')}, {_place_of(p.unit_id)}",
        }
        for p in people()
    ]
    worker = {"id": FIRST_ACCOUNT, "name": "Hồ Thị Lan", "role": "stranger"}
    return [*rows, {**worker, "title": "Người lao động"}]


def _place_of(unit_id: int | None) -> str:
    if unit_id is None:
        return "cụm thi đua số 1"
    if unit_id >= FIRST_SITE:
        return _site(unit_id - FIRST_SITE).name
    return "LĐLĐ tỉnh" if unit_id == 1 else _union_name(unit_id - 2)


def _union_name(number: int) -> str:
    return f"CĐ phường {_FIRST[number // 5]} {_SECOND[number % 5]}"


async def fill(store: Store, size: Size, monday: datetime) -> None:
    """Fill an empty database; the story begins on `monday`, 00:00, its week not planned yet."""
    async with store.write() as session:
        connection = await session.connection()
        for table, rows in _present(size, monday):
            await _insert(connection, table, rows)
        await connection.run_sync(_DAYS.create)
        await _insert(connection, _DAYS, _days(size, monday))
        for statement in _statements():
            await connection.execute(text(statement), _numbers(size))
        for table_name in () if store.is_sqlite else _numbered():
            counter = f"pg_get_serial_sequence('{table_name}', 'id')"
            highest = f'(SELECT coalesce(max(id), 0) + 1 FROM "{table_name}")'  # noqa: S608
            await connection.execute(text(f"SELECT setval({counter}, {highest}, false)"))


async def _insert(connection: AsyncConnection, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        await connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])


def _numbered() -> list[str]:
    return [t.name for t in metadata.sorted_tables if t.autoincrement_column is not None]


# ---- What is there: units, people


def _present(size: Size, monday: datetime) -> Iterator[tuple[type[SQLModel], list[dict[str, Any]]]]:
    day = local(monday).date()
    units = [_unit(1, "TINH", "LĐLĐ tỉnh Cửu Long", UnitKind.FEDERATION)]
    for n in range(UNIONS):
        units.append(_unit(2 + n, f"P{n + 1:02}", _union_name(n), UnitKind.UPPER))
    units += [_site(n) for n in range(UNIONS * SITES)]
    since = day - timedelta(weeks=size.weeks + 1)
    yield Unit, [unit.model_dump() | {"known_since": since} for unit in units]
    yield (
        UnitRating,
        [
            {"unit_id": unit.id, "year": year, "rating": list(Rating)[(unit.id or 0) % 4]}
            for unit in units
            for year in range(day.year - 3, day.year)
            if unit.kind is UnitKind.SITE_UNION
        ],
    )
    inhabitants = people()
    joined = monday - timedelta(weeks=size.weeks)
    yield (
        Person,
        [
            {"id": p.id, "name": p.name, "folded": fold(p.name), "joined_at": joined, "phone": ""}
            for p in inhabitants
        ],
    )
    yield (
        PersonAddress,
        [address_row(p.id, Address(TELEGRAM, str(p.account))).model_dump() for p in inhabitants],
    )
    yield Cluster, [{"id": 1, "name": "Cụm thi đua số 1"}]
    yield ClusterUnit, [{"cluster_id": 1, "unit_id": unit_id} for unit_id in range(2, 8)]
    yield (
        Membership,
        [
            {
                **{"id": p.id, "person_id": p.id, "role": p.role, "unit_id": p.unit_id},
                "cluster_id": None if p.unit_id else 1,
            }
            for p in inhabitants
        ],
    )


def _unit(number: int, code: str, name: str, kind: UnitKind) -> Unit:
    top = number == 1
    return Unit(
        id=number,
        code=code,
        name=name,
        folded=fold(name),
        kind=kind,
        path="/1/" if top else f"/1/{number}/",
        parent_id=None if top else 1,
        known_since=date.min,
    )


def _site(number: int) -> Unit:
    union, place = divmod(number, SITES)
    trade, own = _TRADES[number % len(_TRADES)], f"{_SECOND[place % 5]} {_FIRST[union // 5]}"
    kind = UnitKind.ENTERPRISE if place % 10 == 9 else UnitKind.SITE_UNION
    site = _unit(
        FIRST_SITE + number, f"P{union + 1:02}-{place + 1:02}", f"{trade} {own} {number + 1}", kind
    )
    site.name = site.name[0].upper() + site.name[1:]
    site.parent_id, site.path = 2 + union, f"/1/{2 + union}/{site.id}/"
    site.sector, site.workers, site.women = trade, 50 + number * 37 % 2000, 20 + number * 17 % 30
    site.members = site.workers * 9 // 10 if kind is UnitKind.SITE_UNION else 0
    site.sensitive = number % 23 == 0
    site.latitude, site.longitude = _position(union, place)
    return site


def _position(union: int, place: int) -> tuple[float, float]:
    """Degrees north and east: sites lie around the centre of a ward, no two alike."""
    latitude, longitude = _centres()[union]
    far, turn = 0.008 * sqrt(place + 1), place * 2.4
    return round(latitude + far * sin(turn), 5), round(longitude + far * cos(turn), 5)


@cache
def _centres() -> list[tuple[float, float]]:
    """As the wards of Huế lie, which are as many as the unions here; the names are invented."""
    return list(wards_of("hue").values())


def _name_of(number: int) -> str:
    return " ".join(
        names[number % len(names)] for names in (_FAMILY_NAMES, _MIDDLE_NAMES, _GIVEN_NAMES)
    )


# ---- The years behind

_DAYS = Table(
    "growth_day",
    MetaData(),
    Column("n", Integer, primary_key=True),
    Column("day", Date),
    Column("monday", Date),
    Column("at", UtcDateTime),
    prefixes=["TEMPORARY"],
)
"""Every day of the years, numbered from the first Monday on; `at` is the afternoon."""


def _days(size: Size, monday: datetime) -> list[dict[str, Any]]:
    first = local(monday).date() - timedelta(weeks=size.weeks)
    return [
        {
            "n": n,
            "day": (day := first + timedelta(days=n)),
            "monday": day - timedelta(days=n % 7),
            "at": datetime.combine(day, time(8), UTC),
        }
        for n in range(size.weeks * 7 + AHEAD)
    ]


def _numbers(size: Size) -> dict[str, int]:
    return {
        **{"weeks": size.weeks, "rate": size.cases_a_week, "officers": UNIONS * OFFICERS},
        **{"per_union": OFFICERS, "sites": SITES, "first_site": FIRST_SITE},
        **{"words_from": size.weeks - WORDS_WEEKS, "messages_from": size.weeks - MESSAGE_WEEKS},
    }


def _statements() -> Iterator[str]:
    """Those of the file that stands beside this one."""
    whole = files("bot.demo").joinpath("big_province.sql").read_text(encoding="utf-8")
    return (statement for statement in whole.split(";\n") if statement.strip())
