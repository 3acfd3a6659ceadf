"""The officers of a scope: who they are, what they did week by week, who can be reached."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func
from sqlalchemy import select as columns  # any number of them; SQLModel's takes four
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.enums import OutboxState, Role, VisitStatus
from storage.folding import person_order
from storage.models import (
    ClusterUnit,
    Membership,
    OutboxMessage,
    Person,
    PersonAddress,
    Unit,
    Visit,
    WebSession,
)
from storage.overview import Scope, below, counted, due, within
from storage.units import open_site

_REACHED = columns(col(PersonAddress.person_id))
# A role is held at a unit or over a cluster, never both.
_COVERED = func.coalesce(Membership.unit_id, ClusterUnit.unit_id)


def _holding(roles: Collection[str], paths: Iterable[str]) -> Any:
    """Ids of the people with such a role at or below these units, or over a cluster with one.

    Two plain joins: PostgreSQL plans one with an OR, or an outer one, many times slower.
    """
    own = (
        col(Membership.role).in_(roles),
        col(Membership.ended_at).is_(None),
        below(Unit.path, paths),
    )
    at_units = columns(col(Membership.person_id)).join(Unit, col(Unit.id) == Membership.unit_id)
    over_clusters = (
        columns(col(Membership.person_id))
        .join(ClusterUnit, col(ClusterUnit.cluster_id) == Membership.cluster_id)
        .join(Unit, col(Unit.id) == ClusterUnit.unit_id)
    )
    return at_units.where(*own).union_all(over_clusters.where(*own))


async def officers_at(
    session: AsyncSession, paths: Iterable[str], roles: Collection[str]
) -> Sequence[Person]:
    """Those whose role, one of these, lies within these units, by name."""
    rows = await session.exec(
        select(Person).where(col(Person.id).in_(_holding(roles, paths))).order_by(col(Person.id))
    )
    return sorted(rows.all(), key=lambda person: person_order(person.name))


async def staff(session: AsyncSession, scope: Scope, roles: Collection[str]) -> Sequence[Person]:
    """Those with such a role in the scope, and whoever else has a visit there this week."""
    guests = within(select(Visit.officer_id), scope)
    rows = await session.exec(
        select(Person)
        .where(
            or_(
                col(Person.id).in_(_holding(roles, scope.paths)),
                col(Person.id).in_(guests),
            )
        )
        .order_by(col(Person.id))
    )
    return sorted(rows.all(), key=lambda person: person_order(person.name))


async def unreachable(
    session: AsyncSession, paths: Iterable[str], roles: Collection[str]
) -> Sequence[str]:
    """Names of people with such a role that the bot cannot write to."""
    rows = await session.exec(
        select(Person.name)
        .where(
            or_(col(Person.blocked_at).is_not(None), col(Person.id).not_in(_REACHED)),
            col(Person.id).in_(_holding(roles, paths)),
        )
        .order_by(col(Person.id))
    )
    return sorted(rows.all(), key=person_order)


async def unreachable_people(
    session: AsyncSession, paths: Iterable[str], roles: Collection[str]
) -> Sequence[Person]:
    """The same people, for a list that says since when."""
    rows = await session.exec(
        select(Person)
        .where(
            or_(col(Person.blocked_at).is_not(None), col(Person.id).not_in(_REACHED)),
            col(Person.id).in_(_holding(roles, paths)),
        )
        .order_by(col(Person.id))
    )
    return sorted(rows.all(), key=lambda person: person_order(person.name))


@dataclass(frozen=True)
class Undelivered:
    """What somebody of the staff has not got. `since`: when the oldest of it was due; `error`: what
    the newest try ended with; `waits`: whether it is still tried.
    """

    person_id: int
    name: str
    messages: int
    since: datetime
    error: str
    waits: bool


async def undelivered(
    session: AsyncSession,
    paths: Iterable[str],
    days: tuple[date, date],
    waiting_since: datetime | None,
) -> Sequence[Undelivered]:
    """What was given up on these days, both included, and what was due before `waiting_since` and
    has not gone out, of people who can be written to; by name.

    Who cannot is in `unreachable`. Only messages to them as staff: never those to workers.
    """
    given_up = (col(OutboxMessage.state) == OutboxState.UNDELIVERABLE) & col(
        OutboxMessage.given_up_on
    ).between(*days)
    not_reached: Any = given_up
    if waiting_since is not None:
        waits = col(OutboxMessage.state) == OutboxState.PENDING
        not_reached = or_(given_up, waits & (col(OutboxMessage.not_before) < waiting_since))
    query: Any = (
        columns(
            *(col(Person.id), col(Person.name), col(OutboxMessage.state), func.count()),
            *(func.min(col(OutboxMessage.not_before)), func.max(col(OutboxMessage.error))),
        )
        .join(OutboxMessage, col(OutboxMessage.person_id) == col(Person.id))
        .where(
            not_reached,
            col(OutboxMessage.mailbox) == "",
            col(Person.blocked_at).is_(None),
            col(Person.id).in_(_REACHED),
            col(Person.id).in_(_holding(list(Role), paths)),
        )
        .group_by(col(Person.id), col(Person.name), col(OutboxMessage.state))
        .order_by(col(Person.id))
    )
    by_person: dict[int, Undelivered] = {}
    for person_id, name, state, count, since, error in (await session.exec(query)).all():
        row = Undelivered(person_id, name, count, since, error, state == OutboxState.PENDING)
        if other := by_person.get(person_id):
            row = Undelivered(
                *(person_id, name, row.messages + other.messages, min(row.since, other.since)),
                *(row.error or other.error, row.waits or other.waits),
            )
        by_person[person_id] = row
    return sorted(by_person.values(), key=lambda row: person_order(row.name))


@dataclass(frozen=True)
class NotLooking:
    """Somebody of the staff who has not been here for long. `last`: the day or hour of which it is
    known that they were; None: of none.
    """

    person_id: int
    name: str
    last: datetime | None


async def not_looking(
    session: AsyncSession, paths: Iterable[str], channels: Collection[str], since: datetime
) -> Sequence[NotLooking]:
    """Those with a role in these units who are reached by such a channel and neither did anything
    for their work nor had the web pages open since.
    """
    used = (
        columns(col(WebSession.person_id), func.max(col(WebSession.used_at)).label("at"))
        .group_by(col(WebSession.person_id))
        .subquery()
    )
    at_channels = _REACHED.where(col(PersonAddress.channel).in_(channels))
    query: Any = (
        columns(col(Person.id), col(Person.name), col(Person.seen_at), used.c.at)
        .join(used, used.c.person_id == col(Person.id), isouter=True)
        .where(
            or_(col(Person.seen_at).is_(None), col(Person.seen_at) < since),
            or_(used.c.at.is_(None), used.c.at < since),
            col(Person.blocked_at).is_(None),
            col(Person.id).in_(at_channels),
            col(Person.id).in_(_holding(list(Role), paths)),
        )
        .order_by(col(Person.id))
    )
    return [
        NotLooking(person_id, name, max((at for at in days if at), default=None))
        for person_id, name, *days in (await session.exec(query)).all()
    ]


async def unopened(
    session: AsyncSession, person_ids: Collection[int], channels: Collection[str], before: datetime
) -> Sequence[tuple[int, datetime]]:
    """(person, when it was due) of what lies where its reader has to look for it, from before."""
    query: Any = (
        columns(col(OutboxMessage.person_id), col(OutboxMessage.not_before))
        .where(
            col(OutboxMessage.person_id).in_(person_ids),
            col(OutboxMessage.door).in_(channels),
            col(OutboxMessage.state) == OutboxState.SENT,
            col(OutboxMessage.not_before) < before,
            col(OutboxMessage.text) != "",
            col(OutboxMessage.mailbox) == "",
            ~col(OutboxMessage.opened),
        )
        .order_by(col(OutboxMessage.id))
    )
    rows: Sequence[tuple[int, datetime]] = (await session.exec(query)).all()
    return rows


OfficerWeek = tuple[int, date, int, int, int]
"""(officer, week, due, asked, done): asked leaves out also what the officer called impossible."""


async def officer_weeks(
    session: AsyncSession, officers: Collection[int], first: date, last: date
) -> Sequence[OfficerWeek]:
    """All weeks of these officers."""
    rows: Sequence[OfficerWeek] = (await session.exec(_weeks(officers, first, last))).all()
    return rows


async def latest_weeks(
    session: AsyncSession,
    officers: Collection[int],
    first: date,
    last: date,
    off: Collection[date],
) -> Sequence[OfficerWeek]:
    """Of each officer only the weeks after the last one, before `last`, that fell short of what was
    asked; `off`: the Mondays of weeks that nobody takes amiss. A row of weeks ends there anyway.
    """
    weeks = _weeks(officers, first, last).subquery()
    fell_short = (
        (weeks.c.done < weeks.c.asked) & (weeks.c.week < last) & weeks.c.week.not_in(tuple(off))
    )
    ended = func.max(case((fell_short, weeks.c.week))).over(partition_by=weeks.c.officer)
    since = columns(weeks, ended.label("ended")).subquery().c
    query: Any = columns(since.officer, since.week, since.planned, since.asked, since.done)
    after = query.where(or_(since.ended.is_(None), since.week > since.ended))
    rows: Sequence[OfficerWeek] = (await session.exec(after)).all()
    return rows


def _weeks(officers: Collection[int], first: date, last: date) -> Any:
    planned = due()
    return (
        columns(
            col(Visit.officer_id).label("officer"),
            col(Visit.week).label("week"),
            counted(planned).label("planned"),
            counted(planned & (col(Visit.status) != VisitStatus.EXCUSED)).label("asked"),
            counted(col(Visit.status) == VisitStatus.REPORTED).label("done"),
        )
        .where(
            col(Visit.officer_id).in_(officers),
            col(Visit.week) >= first,
            col(Visit.week) <= last,
        )
        .group_by(col(Visit.officer_id), col(Visit.week))
    )


async def site_counts(
    session: AsyncSession, officers: Collection[int], roles: Collection[str]
) -> dict[int, int]:
    """Officer -> how many sites such a role of theirs covers; none: not in the answer."""
    covered: Any = (
        select(Membership.person_id, Unit.path)
        .select_from(Membership)
        .join(ClusterUnit, col(ClusterUnit.cluster_id) == Membership.cluster_id, isouter=True)
        .join(Unit, col(Unit.id) == _COVERED)
        .where(
            col(Membership.person_id).in_(officers),
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
        )
    )
    # Each site is put below the units on its own way up: comparing every pair takes far longer.
    below_unit: dict[str, set[str]] = defaultdict(set)
    for site in (await session.exec(select(Unit.path).where(open_site()))).all():
        for end in (place for place, sign in enumerate(site, 1) if sign == "/"):
            below_unit[site[:end]].add(site)
    sites: dict[int, set[str]] = defaultdict(set)
    for officer, path in (await session.exec(covered)).all():
        sites[officer] |= below_unit.get(path, set())
    return {officer: len(paths) for officer, paths in sites.items() if paths}
