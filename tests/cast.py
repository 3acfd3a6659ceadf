"""The people and units every test knows, with fixed ids, and the moments they live through.

LĐLĐ tỉnh (TINH)          Giang leads, Hà administers
├─ CĐ các KCN tỉnh        Dũng leads; An and Bình go out; Mai represents May Sen Vàng
├─ CĐ phường Long Hòa     Cúc goes out
└─ CĐ đặc khu Hòn Sao     nobody goes out
cụm "Thi đua ven biển"    Khoa leads: one site of Long Hòa, two of Hòn Sao
Lan has no role: a worker, or a stranger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import column, inspect, table, text

from bot.core.clock import Clock
from bot.core.rules.calendar import at
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
from storage.models.base import Table
from storage.people import address_row
from storage.store import Store
from storage.vault import Vault

MONDAY = at(date(2026, 11, 16), time(7, 0))
WEDNESDAY_1500 = at(date(2026, 11, 18), time(15, 0))
FRIDAY_1500 = at(date(2026, 11, 20), time(15, 0))
FRIDAY_1630 = at(date(2026, 11, 20), time(16, 30))
SUNDAY_2000 = at(date(2026, 11, 22), time(20, 0))
NEXT_MONDAY = at(date(2026, 11, 23), time(7, 0))
TET_MONDAY = at(date(2027, 2, 8), time(7, 0))  # Thursday 4 to Wednesday 10 February are Tết
KEY = b"a key that only tests may know.."
VAULT = Vault([KEY])
LONG_AGO = MONDAY - timedelta(days=60)


class FrozenClock(Clock):
    """Stands still wherever it is put."""

    def set(self, moment: datetime) -> None:
        self.freeze(moment)


@dataclass(frozen=True)
class Place:
    """A unit as tests speak of it."""

    id: int
    code: str
    name: str
    kind: UnitKind
    path: str
    parent: int | None = None
    sector: str = ""
    workers: int = 0
    members: int = 0
    rating: Rating | None = None


def _upper(number: int, code: str, name: str) -> Place:
    return Place(number, code, name, UnitKind.UPPER, f"/1/{number}/", 1)


def _site(
    number: int,
    above: Place,
    name: str,
    sector: str,
    workers: int,
    members: int = 0,
    rating: Rating | None = None,
) -> Place:
    kind = UnitKind.SITE_UNION if rating else UnitKind.ENTERPRISE
    code, path = f"{above.code}-{number}", f"{above.path}{number}/"
    return Place(number, code, name, kind, path, above.id, sector, workers, members, rating)


TINH = Place(1, "TINH", "LĐLĐ tỉnh", UnitKind.FEDERATION, "/1/")
KCN = _upper(2, "KCN", "CĐ các KCN tỉnh")
LONG_HOA = _upper(3, "LH", "CĐ phường Long Hòa")
HON_SAO = _upper(4, "HS", "CĐ đặc khu Hòn Sao")

SEN_VANG = _site(11, KCN, "May Sen Vàng", "may", 1850, 1790, Rating.EXCELLENT)
SONG_LANH = _site(12, KCN, "Thủy sản Sông Lành", "chế biến cá", 1240, 1105, Rating.GOOD)
TAN_LUA = _site(13, KCN, "Giày Tân Lúa", "da giày", 2300, 1980, Rating.DONE)
BA_NHIP = _site(14, KCN, "Cơ khí Ba Nhịp", "cơ khí", 96, 60, Rating.FAILED)
VI_NA_SUN = _site(15, KCN, "Điện tử Vi Na Sun", "điện tử", 540)  # no union yet
BEN_QUE = _site(21, LONG_HOA, "Siêu thị Bến Quê", "bán lẻ", 140, 138, Rating.GOOD)
PHU_LOC = _site(22, LONG_HOA, "Xây dựng Phú Lộc", "xây dựng", 175, 92, Rating.FAILED)
NAM_GIANG = _site(23, LONG_HOA, "Vận tải Nam Giang", "vận tải", 118, 101, Rating.DONE)
BIEN_NGOC = _site(31, HON_SAO, "Khách sạn Biển Ngọc", "khách sạn", 420, 398, Rating.EXCELLENT)
ONG_TU = _site(32, HON_SAO, "Nước mắm Ông Tư", "nước mắm", 88, 80, Rating.GOOD)
CAT_TRANG = _site(33, HON_SAO, "Resort Cát Trắng", "khách sạn", 265, 190, Rating.FAILED)

SITES = (
    *(SEN_VANG, SONG_LANH, TAN_LUA, BA_NHIP, VI_NA_SUN),
    *(BEN_QUE, PHU_LOC, NAM_GIANG),
    *(BIEN_NGOC, ONG_TU, CAT_TRANG),
)
PLACES = (TINH, KCN, LONG_HOA, HON_SAO, *SITES)
CLUSTER_ID, CLUSTER_NAME, CLUSTER = 1, "Thi đua ven biển", (BEN_QUE, BIEN_NGOC, ONG_TU)


@dataclass(frozen=True)
class Character:
    """Somebody in the cast; `id` is 0 where the bot has no row."""

    id: int
    full_name: str
    telegram_id: int
    role: Role | None = None
    over: Place | None = None  # None with a role: over the cluster

    @property
    def name(self) -> str:
        return self.full_name.split(" ")[-1]

    @property
    def address(self) -> Address:
        return Address(TELEGRAM, str(self.telegram_id))


def _person(number: int, name: str, role: Role, over: Place | None) -> Character:
    return Character(number, name, 7_000_000_000 + number, role, over)


AN = _person(1, "Nguyễn Thị An", Role.OFFICER, KCN)
BINH = _person(2, "Trần Văn Bình", Role.OFFICER, KCN)
CUC = _person(3, "Lê Thị Cúc", Role.OFFICER, LONG_HOA)
DUNG = _person(4, "Phạm Tiến Dũng", Role.SUPERVISOR, KCN)
GIANG = _person(5, "Võ Trường Giang", Role.SUPERVISOR, TINH)
HA = _person(6, "Đặng Thu Hà", Role.ADMINISTRATOR, TINH)
KHOA = _person(7, "Huỳnh Đăng Khoa", Role.SUPERVISOR, None)
MAI = _person(8, "Bùi Ngọc Mai", Role.REPRESENTATIVE, SEN_VANG)
LAN = Character(0, "Hồ Thị Lan", 7_000_000_099)

KNOWN = (AN, BINH, CUC, DUNG, GIANG, HA, KHOA, MAI)
EVERYBODY = (*KNOWN, LAN)
OFFICERS = (AN, BINH, CUC)


async def settle(store: Store) -> None:
    """Put everybody and everything above into an empty store."""
    async with store.write() as session:
        for rows in everything():
            session.add_all(rows)
            await session.flush()
        if not store.is_sqlite:  # ids given by hand do not move PostgreSQL's own counters
            connection = await session.connection()
            for table in ("unit", "cluster", "person", "membership"):
                counter = f"pg_get_serial_sequence('{table}', 'id')"
                await connection.execute(text(f"SELECT setval({counter}, 100)"))


async def settle_before(store: Store) -> None:
    """The same into a store whose schema is an older one: what has no column there is left out."""
    async with store.engine.begin() as connection:
        there = await connection.run_sync(
            lambda sync: {
                name: {of_then["name"] for of_then in inspect(sync).get_columns(name)}
                for name in inspect(sync).get_table_names()
            }
        )
        for row in (row for rows in everything() for row in rows):
            model = metadata.tables[str(row.__tablename__)]
            values = {k: v for k, v in row.model_dump().items() if k in there[model.name]}
            of_then = [column(name, model.c[name].type) for name in values]  # without defaults
            await connection.execute(table(model.name, *of_then).insert().values(values))


def everything() -> Sequence[Sequence[Table]]:
    """All rows of the cast, in the order in which they refer to each other."""
    people = (_people(), _addresses(), _memberships())
    return (_units(), _ratings(), _clusters(), *people)


def _units() -> list[Unit]:
    return [
        Unit(
            id=place.id,
            code=place.code,
            name=place.name,
            folded=fold(place.name),
            kind=place.kind,
            parent_id=place.parent,
            path=place.path,
            sector=place.sector,
            workers=place.workers,
            members=place.members,
            known_since=date(2026, 1, 5),
        )
        for place in PLACES
    ]


def _ratings() -> list[UnitRating]:
    return [UnitRating(unit_id=s.id, year=2025, rating=s.rating) for s in SITES if s.rating]


def _clusters() -> list[Cluster | ClusterUnit]:
    units = [ClusterUnit(cluster_id=CLUSTER_ID, unit_id=place.id) for place in CLUSTER]
    return [Cluster(id=CLUSTER_ID, name=CLUSTER_NAME), *units]


def _people() -> list[Person]:
    return [
        Person(
            id=one.id,
            name=one.full_name,
            folded=fold(one.full_name),
            joined_at=LONG_AGO,
        )
        for one in KNOWN
    ]


def _addresses() -> list[PersonAddress]:
    return [address_row(one.id, one.address) for one in KNOWN]


def _memberships() -> list[Membership]:
    return [
        Membership(
            id=one.id,
            person_id=one.id,
            role=one.role,
            unit_id=one.over.id if one.over else None,
            cluster_id=None if one.over else CLUSTER_ID,
        )
        for one in KNOWN
        if one.role
    ]


def clock_at(moment: datetime) -> FrozenClock:
    """A clock that stands still at `moment`."""
    clock = FrozenClock()
    clock.freeze(moment.astimezone(UTC))
    return clock
