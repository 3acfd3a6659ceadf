"""Cases in lists and counts: who may see them is part of every query."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func
from sqlalchemy import case as when
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, not_, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.cases import OPEN, HiddenCases
from storage.enums import CaseKind, Severity
from storage.models import Case, Person, Unit
from storage.paths import prefixes
from storage.units import below

FOLLOWED_FOR = timedelta(days=60)
"""How long a unit still finds in its list what was settled above it."""

ListedCase = tuple[Case, str, str, str]
"""The case, its site's name, its assignee's, that of the unit that has it."""
Site = aliased(Unit)
Owner = aliased(Unit)
Home = aliased(Unit)


@dataclass(frozen=True)
class Eyes:
    """Who looks: everything below `leads`, the queue of exactly the units `works_at`, what is in
    the units `watches` or of their sites, one's own.

    `confidential`, `confidential_kinds`: what a queue does not show; `hidden`: what a unit does
    not follow once it is a level up.
    """

    person_id: int
    leads: Sequence[str] = ()
    works_at: Sequence[str] = ()
    watches: Sequence[str] = ()
    confidential: Sequence[str] = ()
    confidential_kinds: Sequence[str] = ()
    hidden: HiddenCases | None = None  # None: follows nothing

    def see(self) -> ColumnElement[bool]:
        """The condition on Case and Owner."""
        below = [col(Owner.path).startswith(path, autoescape=True) for path in self.leads]
        queue: ColumnElement[bool] = col(Owner.path).in_(self.works_at)
        if self.watches:
            watched = [col(Owner.path).startswith(p, autoescape=True) for p in self.watches]
            queue = or_(queue, col(Case.site_id).in_(_under(self.watches)), *watched)
        mine = col(Case.assignee_id) == self.person_id
        return self._not_about() & or_(mine, queue & self._quotable(), *below)

    def follow(self) -> ColumnElement[bool]:
        """The condition on Case and Owner for what one's unit had and passed up."""
        if self.hidden is None or not self.follows:
            return false()
        passed_up = [
            col(Owner.path).in_(prefixes(path)[:-1]) & col(Case.passed_up_by).in_(_under([path]))
            for path in (*self.leads, *self.works_at)
        ]
        return not_(self.hidden.condition()) & or_(*passed_up)

    @property
    def follows(self) -> bool:
        """Whether there is anything that their unit could have passed up."""
        return self.hidden is not None and bool(self.leads or self.works_at)

    def open(self) -> ColumnElement[bool]:
        """The condition for a case that may be opened, to do something or to look."""
        return or_(self.see(), self.follow()) if self.follows else self.see()

    def read(self) -> ColumnElement[bool]:
        """The condition on Case, Owner and Home for the words of a case: whoever sees it; who
        wrote it; and of a cadre's proposal the union over the site, wherever it is now."""
        here = [col(Home.path).startswith(path, autoescape=True) for path in self.leads]
        proposal = (
            (col(Case.kind) == CaseKind.PROPOSAL)
            & col(Case.author_id).is_not(None)
            & col(Case.about_id).is_(None)
            & col(Case.category).not_in(self.confidential)
            & or_(col(Home.path).in_(self.works_at), *here)
        )
        wrote = col(Case.author_id) == self.person_id
        return self._not_about() & or_(self.open(), wrote, proposal)

    def _not_about(self) -> ColumnElement[bool]:
        return or_(col(Case.about_id).is_(None), col(Case.about_id) != self.person_id)

    def _quotable(self) -> ColumnElement[bool]:
        return col(Case.category).not_in(self.confidential) & col(Case.kind).not_in(
            self.confidential_kinds
        )


def _under(paths: Sequence[str]) -> Select[Any]:
    """The ids of the units in these subtrees."""
    return columns(col(Unit.id)).where(below(paths))


async def read_among(
    session: AsyncSession, eyes: Eyes, condition: ColumnElement[bool]
) -> Sequence[Case]:
    """The cases with this condition whose words may be read, the newest first."""
    rows = await session.exec(
        select(Case)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Home, col(Home.id) == col(Case.home_id))
        .where(eyes.read(), condition)
        .order_by(col(Case.created_at).desc(), col(Case.id))
    )
    return rows.all()


async def read_page(
    session: AsyncSession, eyes: Eyes, condition: ColumnElement[bool], limit: int, offset: int
) -> Sequence[Case]:
    """The same, open ones first, a page at a time."""
    rows = await session.exec(
        select(Case)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Home, col(Home.id) == col(Case.home_id))
        .where(eyes.read(), condition)
        .order_by(when((OPEN, 0), else_=1), col(Case.created_at).desc(), col(Case.id))
        .limit(limit)
        .offset(offset)
    )
    return rows.all()


async def counts_at(
    session: AsyncSession,
    eyes: Eyes,
    hidden: HiddenCases,
    site_ids: Collection[int],
    now: datetime,
) -> dict[int, tuple[int, int, int]]:
    """Site -> (open, overdue, readable) of its cases, without the hidden ones that may not be
    read; a site without any is missing."""

    def sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)

    site = col(Case.site_id)
    counted = columns(
        site, func.count(), sum_of(col(Case.settle_by) < now), sum_of(eyes.read())
    ).select_from(Case)
    query: Any = (
        counted.join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Home, col(Home.id) == col(Case.home_id))
        .where(
            OPEN,
            # found by what is open, which does not grow with the years, and not by the site
            func.coalesce(site, 0).in_(site_ids),
            or_(eyes.read(), not_(hidden.condition())),
        )
        .group_by(site)
    )
    rows = (await session.exec(query)).all()
    return {key: (int(every), int(late), int(read)) for key, every, late, read in rows}


async def seen_among(session: AsyncSession, eyes: Eyes, case_ids: Collection[int]) -> set[int]:
    """Of these cases the ones that may be seen."""
    rows = await session.exec(
        select(Case.id)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .where(eyes.open(), col(Case.id).in_(case_ids))
    )
    return {case_id for case_id in rows.all() if case_id is not None}


def wanted(kind: str, eyes: Eyes, now: datetime) -> ColumnElement[bool]:
    """The condition of one list; an unknown one is empty. `up`: what one's unit passed up, as long
    as it is open and `FOLLOWED_FOR` after.
    """
    if kind == "up":
        return eyes.follow() & (OPEN | (col(Case.settled_at) >= now - FOLLOWED_FOR))
    conditions = {
        "mine": OPEN & (col(Case.assignee_id) == eyes.person_id),
        "unit": OPEN,
        "over": OPEN & (col(Case.settle_by) < now),
        "urgent": OPEN & (col(Case.severity) == Severity.URGENT),
        "free": OPEN & col(Case.assignee_id).is_(None),
    }
    return conditions.get(kind, false()) & eyes.see()


def with_words(words: Sequence[str], code: str | None) -> ColumnElement[bool]:
    """Every one of these folded words is in the text, or in the name of the site; or the code
    begins so. Among the cases that still have their words: the others are found by their code.
    """
    conditions = [
        or_(
            col(Case.folded).contains(word, autoescape=True),
            col(Site.folded).contains(word, autoescape=True),
        )
        for word in words
    ]
    together: ColumnElement[bool] = conditions[0]
    for condition in conditions[1:]:
        together = together & condition
    beginning = col(Case.code).startswith(code, autoescape=True) if code else false()
    return col(Case.emptied_at).is_(None) & or_(together, beginning)


def with_code(code: str) -> ColumnElement[bool]:
    return col(Case.code) == code


async def listed(
    session: AsyncSession, eyes: Eyes, condition: ColumnElement[bool], limit: int
) -> Sequence[ListedCase]:
    """The most urgent first: open before closed, urgent before others, the earliest deadline."""
    rows = await session.exec(
        select(
            Case,
            func.coalesce(Site.name, Case.site_words),
            func.coalesce(Person.name, ""),
            Owner.name,
        )
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Site, col(Site.id) == col(Case.site_id), isouter=True)
        .join(Person, col(Person.id) == col(Case.assignee_id), isouter=True)
        .where(eyes.open(), condition)
        .order_by(
            when((OPEN, 0), else_=1),
            when((col(Case.severity) == Severity.URGENT, 0), else_=1),
            col(Case.settle_by),
            col(Case.id),
        )
        .limit(limit)
    )
    return [(case, site, name, level) for case, site, name, level in rows.all()]


async def counts(
    session: AsyncSession, eyes: Eyes, now: datetime
) -> tuple[int, int, int, int, int, int]:
    """(mine, all, overdue, urgent, in nobody's hands) of the open cases, and how many the list
    `up` has, in one query."""

    def sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)

    waiting, passed_up = eyes.see() & OPEN, wanted("up", eyes, now)
    query: Any = (
        columns(
            sum_of(waiting & (col(Case.assignee_id) == eyes.person_id)),
            sum_of(waiting),
            sum_of(waiting & (col(Case.settle_by) < now)),
            sum_of(waiting & (col(Case.severity) == Severity.URGENT)),
            sum_of(waiting & col(Case.assignee_id).is_(None)),
            sum_of(passed_up),
        )
        .select_from(Case)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .where(or_(waiting, passed_up) if eyes.follows else waiting)
    )
    mine, every, late, urgent, free, up = (await session.exec(query)).one()
    return int(mine), int(every), int(late), int(urgent), int(free), int(up)


async def count_overdue(
    session: AsyncSession, paths: Collection[str], hidden: HiddenCases, now: datetime
) -> int:
    """Open cases past their last day in the hands of these units, without the hidden ones."""
    here = [col(Owner.path).startswith(path, autoescape=True) for path in paths]
    rows = await session.exec(
        select(func.count())
        .select_from(Case)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .where(OPEN, col(Case.settle_by) < now, not_(hidden.condition()), or_(false(), *here))
    )
    return rows.one()


async def held_by(session: AsyncSession, person_ids: Sequence[int]) -> dict[int, int]:
    """Person -> how many open cases they have in hand."""
    rows = await session.exec(
        select(Case.assignee_id, func.count())
        .where(col(Case.assignee_id).in_(person_ids), OPEN)
        .group_by(col(Case.assignee_id))
    )
    return {person: count for person, count in rows.all() if person is not None}


async def merged_counts(session: AsyncSession, case_ids: Sequence[int]) -> dict[int, int]:
    """Case -> how many were folded into it."""
    rows = await session.exec(
        select(Case.merged_into, func.count())
        .where(col(Case.merged_into).in_(case_ids))
        .group_by(col(Case.merged_into))
    )
    return {case: count for case, count in rows.all() if case is not None}


async def newest_since(session: AsyncSession, eyes: Eyes, limit: int) -> datetime | None:
    """When the oldest of the newest cases came, `limit` of those that somebody sees; None: there
    are no more than so many."""
    oldest: Any = (
        select(Case.created_at)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .where(eyes.see())
        .order_by(col(Case.id).desc())
        .offset(limit - 1)
        .limit(2)
    )
    moments = (await session.exec(oldest)).all()
    return moments[0] if len(moments) > 1 else None


Row = tuple[Case, str, str]  # the case, its site's name, the level that has it


async def in_order(
    session: AsyncSession,
    eyes: Eyes | None,
    *,
    since: datetime | None,
    until: datetime | None,
    under: str,
    size: int,
    condition: ColumnElement[bool] | None = None,
) -> AsyncIterator[Sequence[Row]]:
    """Every case in the order they came, asked for once and read a page at a time. `eyes` None: the
    operator's. `condition`: that of one of the lists.
    """
    query: Any = (
        select(Case, func.coalesce(Site.name, Case.site_words), Owner.name)
        .join(Owner, col(Owner.id) == col(Case.unit_id))
        .join(Site, col(Site.id) == col(Case.site_id), isouter=True)
        .order_by(col(Case.id))
        .execution_options(yield_per=size)
    )
    if eyes is not None:
        query = query.where(eyes.see() if condition is None else eyes.open())
    if condition is not None:
        query = query.where(condition)
    if since:
        query = query.where(col(Case.created_at) >= since)
    if until:
        query = query.where(col(Case.created_at) < until)
    if under:
        place = or_(
            col(Owner.path).startswith(under, autoescape=True),
            col(Site.path).startswith(under, autoescape=True),
        )
        query = query.where(place)
    rows = await session.stream(query)
    async for page in rows.partitions():
        yield [(case, site, unit) for case, site, unit in page]
