"""The organisation: a tree of units of any depth, and clusters that cut across it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.enums import CountSource, OrgChangeKind, OrgChangeState, Rating, UnitKind
from storage.models.base import Table
from storage.types import UtcDateTime, text_of


class Unit(Table, table=True):
    """Any node of the tree; a site is a unit that can be visited.

    `path` lists the ids from the root to the unit itself, `/1/4/17/`, so a whole subtree is one
    prefix search. `code` is the key of imports. A dissolved unit keeps its row, with a date and,
    if it was merged, its successor.
    """

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str = Field(max_length=200)
    folded: str = Field(index=True, max_length=200)
    kind: UnitKind = Field(sa_type=text_of(UnitKind))
    level_name: str = Field(default="", max_length=60)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    path: str = Field(default="", index=True, max_length=200)
    sector: str = Field(default="", max_length=100)
    address: str = Field(default="", max_length=300)
    latitude: float | None = None
    longitude: float | None = None
    workers: int = 0
    women: int = 0
    members: int = 0
    contact_name: str = Field(default="", max_length=100)
    contact_phone: str = Field(default="", max_length=30)
    sensitive: bool = False  # "tiềm ẩn phức tạp": arrears, disputes
    officer_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    officer_name: str = Field(default="", max_length=100)  # in charge by the list, not yet here
    weekly_quota: int | None = None  # of its officers; None: as above it, else the configured one
    known_since: date
    union_since: date | None = None  # an enterprise got its union on this day, while we knew it
    unconfirmed: bool = False  # an officer was there and found it in no list
    dissolved_on: date | None = None
    successor_id: int | None = Field(default=None, foreign_key="unit.id")


class UnitPast(Table, table=True):
    """What a unit was until `last_day`, where it is another since: the tree of earlier dates.

    `path` empty: it was not there yet, as the part of one that was split. There is no row for what
    a unit is now. Read through `storage.trees` alone.
    """

    __tablename__ = "unit_past"
    __table_args__ = (UniqueConstraint("unit_id", "last_day"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    path: str = Field(max_length=200)
    name: str = Field(max_length=200)
    last_day: date = Field(index=True)


class OrgChange(Table, table=True):
    """A change of the organisation from a day on: rows of the list of units, what they are called.

    `before` is what each changed row was, so that everything can be taken back within a day; it is
    forgotten then, with the rows. `remind_at`: when it is carried out, or forgotten.
    """

    __tablename__ = "org_change"
    id: int | None = Field(default=None, primary_key=True)
    kind: OrgChangeKind = Field(sa_type=text_of(OrgChangeKind))
    state: OrgChangeState = Field(sa_type=text_of(OrgChangeState))
    title: str = Field(max_length=200)
    lines: list[str] = Field(default_factory=list, sa_type=JSON)
    more: int = 0
    rows: list[Any] = Field(default_factory=list, sa_type=JSON)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    effective_on: date
    created_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remind_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


class UnitCount(Table, table=True):
    """Workers, women and members of a unit from `day` on, until its next row; the newest is what
    the unit's own row has.

    `gained`: how many members the unit has more than before, where these are new ones. `person_id`
    set it, None: nobody is known; `visit_id`: the visit whose report said so.
    """

    __tablename__ = "unit_count"
    __table_args__ = (Index(None, "unit_id", "day"),)
    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    day: date = Field(index=True)
    workers: int
    women: int
    members: int
    gained: int = 0
    source: CountSource = Field(sa_type=text_of(CountSource))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    at: datetime = Field(sa_type=UtcDateTime)


class UnitRating(Table, table=True):
    """The rating that a CĐCS, or a union above the sites, got for one year.

    `decided_by`, `decided_at`: which leader when; None: from the list of units, or from before this
    was kept. `basis`: what it rests on, in words.
    """

    __tablename__ = "unit_rating"
    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
    year: int = Field(primary_key=True)
    rating: Rating = Field(sa_type=text_of(Rating))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    basis: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class Cluster(Table, table=True):
    """Cụm/khối thi đua: a set of units supervised together."""

    __tablename__ = "cluster"
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True, max_length=200)


class ClusterUnit(Table, table=True):
    __tablename__ = "cluster_unit"
    cluster_id: int = Field(primary_key=True, foreign_key="cluster.id")
    unit_id: int = Field(primary_key=True, foreign_key="unit.id")
