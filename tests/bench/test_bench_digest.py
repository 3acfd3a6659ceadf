"""Friday's digest of a province: 60 units, 800 sites, 80 officers, 40 supervisors, two years."""

from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.channels.telegram.addresses import address_of
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import Week, at
from bot.core.work import Work
from bot.visits.services import digest, overview
from storage.enums import Role, UnitKind, VisitStatus
from storage.models import (
    Case,
    Membership,
    OutboxMessage,
    Person,
    PersonAddress,
    ReportTopic,
    Unit,
    Visit,
    VisitReport,
    WeekPlan,
)
from storage.people import address_row
from storage.store import Store
from tests.cast import FRIDAY_1630, LONG_AGO, VAULT

UNITS, SITES, OFFICERS, SUPERVISORS, WEEKS = 60, 800, 80, 40, 104
THIS = date(2026, 11, 16)


def units() -> list[Unit]:
    def unit(number: int, kind: UnitKind, parent: int | None, path: str) -> Unit:
        name = f"Đơn vị {number}"
        return Unit(
            id=number,
            code=f"U{number}",
            name=name,
            folded=name,
            kind=kind,
            parent_id=parent,
            path=path,
            known_since=date(2024, 1, 1),
        )

    uppers = [unit(n, UnitKind.UPPER, 1, f"/1/{n}/") for n in range(2, UNITS + 1)]
    sites = [
        unit(1000 + n, UnitKind.SITE_UNION, (up := 2 + n % (UNITS - 1)), f"/1/{up}/{1000 + n}/")
        for n in range(SITES)
    ]
    return [unit(1, UnitKind.FEDERATION, None, "/1/"), *uppers, *sites]


EVERYBODY = range(1, OFFICERS + SUPERVISORS + 1)


def people() -> list[Person]:
    return [
        Person(id=n, name=f"Cán bộ {n}", folded=f"can bo {n}", joined_at=LONG_AGO)
        for n in EVERYBODY
    ]


def addresses() -> list[PersonAddress]:
    return [address_row(n, address_of(n)) for n in EVERYBODY]


def memberships() -> list[Membership]:
    """Three supervisors of the province, the others of one unit each."""
    return [
        Membership(
            id=n,
            person_id=n,
            role=Role.OFFICER if n <= OFFICERS else Role.SUPERVISOR,
            unit_id=1 if n > len(EVERYBODY) - 3 else 2 + n % (UNITS - 1),
        )
        for n in EVERYBODY
    ]


def visits(random: Random) -> list[Visit]:
    """Each officer goes to a site of their unit every week; most of it was reported."""
    found = []
    for back in range(WEEKS):
        week = THIS - timedelta(weeks=back)
        for officer in range(1, OFFICERS + 1):
            unit = 2 + officer % (UNITS - 1)
            own = range(unit - 2, SITES, UNITS - 1)
            gone = random.random() < 0.9
            found.append(
                Visit(
                    id=len(found) + 1,
                    key=f"{week}:{officer}",
                    week=week,
                    site_id=1000 + random.choice(own),
                    unit_id=unit,
                    officer_id=officer,
                    status=VisitStatus.REPORTED if gone else VisitStatus.MISSED,
                    created_at=at(week, FRIDAY_1630.time()),
                )
            )
    return found


def reports(found: list[Visit]) -> list[VisitReport]:
    return [
        VisitReport(
            id=visit.id,
            visit_id=visit.id or 0,
            author_id=visit.officer_id,
            submitted_at=visit.created_at,
            visited_on=visit.week,
            kind="dialogue",
            workers_met=20,
            situation="Công nhân phản ánh định mức tăng.",
        )
        for visit in found
        if visit.status is VisitStatus.REPORTED
    ]


async def fill(store: Store) -> None:
    random = Random(47)
    done = visits(random)
    said = reports(done)
    topics = [
        ReportTopic(report_id=r.id or 0, topic=topic, trouble=random.random() < 0.3)
        for r in said
        for topic in ("wages", "safety", "insurance")
    ]
    cases = [
        Case(
            code=f"V{visit.id}",
            site_id=visit.site_id,
            unit_id=visit.unit_id,
            home_id=visit.unit_id,
            report_id=visit.id,
            author_id=visit.officer_id,
            text="Xin nhà trẻ",
            created_at=visit.created_at,
        )
        for visit in done
        if visit.status is VisitStatus.REPORTED
    ]
    plan = [WeekPlan(week=THIS, planned_at=LONG_AGO)]
    async with store.write() as session:
        for rows in (units(), people(), addresses(), memberships(), done, said):
            session.add_all(rows)
            await session.flush()
        session.add_all([*topics, *cases, *plan])
        await session.flush()
        if not store.is_sqlite:  # PostgreSQL does so by itself, a minute after
            await (await session.connection()).execute(text("ANALYZE"))


@pytest.mark.bench
async def test_the_digest_of_a_province(any_store: Store, settings: Any) -> None:
    await fill(any_store)
    work = Work(any_store, settings, settings.make_calendar(), VAULT)
    start = perf_counter()
    await digest.ensure_digests(work, FRIDAY_1630)
    taken = perf_counter() - start

    leader = await actor_of(work, address_of(len(EVERYBODY)))
    start = perf_counter()
    await overview.week(Context(work, leader, FRIDAY_1630), THIS, 0)
    one = perf_counter() - start

    async with work.read() as session:
        sent = (await session.exec(select(OutboxMessage))).all()
        start = perf_counter()
        for _ in range(40 * 11):  # as many queries as the digest asks, of nothing
            await session.exec(text("SELECT 1"))  # type: ignore[call-overload]
        floor = perf_counter() - start
    kind = any_store.engine.dialect.name
    print(
        f"\ndigest on {kind}: {len(sent)} cards about {Week(THIS).key} in {taken:.2f} s; "
        f"/tongquan of the province: {one * 1000:.0f} ms; "
        f"floor, the same number of empty queries: {floor:.2f} s; ratio {taken / floor:.1f}"
    )
    assert len(sent) == SUPERVISORS
