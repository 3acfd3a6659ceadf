"""Fills an empty database with the demo province and the weeks that came before.

The past is made by the program's own services, so that it looks exactly as if it had happened.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import cos, sin, sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import programmes
from bot.app.assembly import make_work
from bot.config.keys import open_vault
from bot.config.loading import load
from bot.config.settings import Settings
from bot.core import access
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.demo import big_province
from bot.recruitment.facts.pipeline import RecruitmentNews
from bot.recruitment.rules.steps import ORDER
from bot.recruitment.services import pipeline
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import assignment, reminders, reports
from storage import marks
from storage.addresses import TELEGRAM, Address
from storage.enums import OutboxState, Rating, RecruitmentStep, Role, UnitKind
from storage.folding import fold
from storage.migrations import upgrade
from storage.models import (
    Cluster,
    ClusterUnit,
    Membership,
    OutboxMessage,
    Person,
    Unit,
    UnitRating,
    Visit,
)
from storage.people import address_row
from storage.store import Store

WEEKS_BEFORE = 6
LONG_AGO = timedelta(weeks=30)
LEFT_OUT = 9  # every so many visits one is left unreported


def fill(config: Path, story: dict[str, Any], monday: datetime) -> None:
    """Bring the database that `config` names to life; `monday` is the 00:00 the story begins."""
    asyncio.run(_fill(load(config), story, monday))


async def _fill(settings: Settings, story: dict[str, Any], monday: datetime) -> None:
    plans = programmes.load(settings.programmes)
    store = Store(settings.database.url)
    await upgrade(store)
    vault = await open_vault(store, settings, monday)
    await seed(make_work(store, settings, vault, plans), story, monday)
    await store.close()


def fill_big(config: Path, monday: datetime) -> None:
    """The same with the big province of `big_province.py` and its three years."""
    asyncio.run(_fill_big(load(config), monday))


async def _fill_big(settings: Settings, monday: datetime) -> None:
    store = Store(settings.database.url)
    await upgrade(store)
    await open_vault(store, settings, monday)
    await big_province.fill(store, big_province.PROVINCE, monday)
    async with store.write() as session:
        await _begin_schedule(session, monday)
    await store.close()


async def seed(work: Work, story: dict[str, Any], monday: datetime) -> None:
    """Units, people and six weeks of visits before `monday`, into an empty database."""
    ids = await _units(work, story, monday)
    await _people(work, story["people"], ids, monday)
    for n in range(WEEKS_BEFORE, 0, -1):
        await _past_week(work, monday - timedelta(weeks=n), story["reports"], n)
    await _recruitments(work, story, ids, monday)
    await _quiet(work, monday)


async def _units(work: Work, data: dict[str, Any], monday: datetime) -> dict[str, int]:
    """The tree; returns the unit ids by code and by name."""
    since = local(monday - LONG_AGO).date()
    ids: dict[str, int] = {}
    async with work.write() as session:

        async def add(unit: Unit, above: Unit | None) -> Unit:
            session.add(unit)
            await session.flush()
            unit.path = f"{above.path if above else '/'}{unit.id}/"
            unit.parent_id = above.id if above else None
            ids[unit.code] = ids[unit.name] = unit.id or 0
            return unit

        root = await add(_unit(data["code"], data["name"], UnitKind.FEDERATION, since), None)
        for union in data["unions"]:
            upper = await add(_unit(union["code"], union["name"], UnitKind.UPPER, since), root)
            for n, row in enumerate(union["sites"], 1):
                site = await add(_site(f"{union['code']}-{n:02}", row, since), upper)
                site.latitude, site.longitude = _around(union["near"], n)
                if "rating" in row:
                    rating = Rating(row["rating"])
                    year = monday.year - 1
                    session.add(UnitRating(unit_id=site.id or 0, year=year, rating=rating))
        cluster = Cluster(name=data["cluster"]["name"])
        session.add(cluster)
        await session.flush()
        ids["cluster"] = cluster.id or 0
        codes = data["cluster"]["units"]
        session.add_all(ClusterUnit(cluster_id=cluster.id or 0, unit_id=ids[c]) for c in codes)
    return ids


def _around(middle: Sequence[float], number: int) -> tuple[float, float]:
    """Places spread around a middle (degrees north, east), no two alike."""
    latitude, longitude = middle
    far, turn = 0.03 * sqrt(number), number * 2.4
    return round(latitude + far * sin(turn), 4), round(longitude + far * cos(turn), 4)


def _unit(code: str, name: str, kind: UnitKind, since: Any) -> Unit:
    return Unit(code=code, name=name, folded=fold(name), kind=kind, known_since=since)


def _site(code: str, row: dict[str, Any], since: Any) -> Unit:
    kind = UnitKind.SITE_UNION if "rating" in row else UnitKind.ENTERPRISE
    unit = _unit(code, row["name"], kind, since)
    unit.sector, unit.workers = row["sector"], row["workers"]
    unit.members, unit.women = row.get("members", 0), row.get("women", 0)
    unit.sensitive = row.get("sensitive", False)
    unit.address = f"Lô {code}, tỉnh Cửu Long"
    union = kind is UnitKind.SITE_UNION
    unit.contact_name = "Văn phòng công đoàn" if union else "Phòng nhân sự"
    unit.contact_phone = f"0296 000 {crc32(code.encode()) % 1000:03}"  # 000: given to nobody
    return unit


async def _people(
    work: Work, people: Sequence[dict[str, Any]], ids: dict[str, int], monday: datetime
) -> None:
    async with work.write() as session:
        for row in people:
            if row["role"] == "stranger":
                continue
            person = Person(
                name=row["name"],
                folded=fold(row["name"]),
                joined_at=monday - LONG_AGO,
            )
            session.add(person)
            await session.flush()
            session.add(address_row(person.id or 0, Address(TELEGRAM, str(row["id"]))))
            over, role = ids[row["over"]], Role(row["role"])
            if row["over"] == "cluster":
                session.add(Membership(person_id=person.id or 0, role=role, cluster_id=over))
            else:
                session.add(Membership(person_id=person.id or 0, role=role, unit_id=over))


async def _past_week(
    work: Work, monday: datetime, story_reports: Sequence[dict[str, Any]], seed_number: int
) -> None:
    """One week as it went: most visits reported in time, a few missed."""
    await assignment.ensure_week_assigned(work, monday + timedelta(hours=7))
    async with work.read() as session:
        visits = (await session.exec(select(Visit).where(Visit.week == local(monday).date()))).all()
    for n, visit in enumerate(visits):
        if (visit.id or 0) % LEFT_OUT:
            day = monday + timedelta(days=1 + n % 4, hours=15, minutes=7 * n % 60)
            async with work.read() as session:
                site = await session.get(Unit, visit.site_id)
            fitting = fitting_reports(story_reports, site) if site else story_reports
            await _report(work, visit, fitting[(seed_number + n) % len(fitting)], day)
    await reminders.STREAM.ensure(work, monday + timedelta(weeks=1, hours=7))


def fitting_reports(story_reports: Sequence[dict[str, Any]], site: Unit) -> list[dict[str, Any]]:
    """The reports that could come from this site: by its trade, and by whether it has a union."""
    union = site.kind is UnitKind.SITE_UNION
    fair = [row for row in story_reports if row.get("union", union) == union]
    own = [row for row in fair if site.sector in row["sectors"]]
    return own + [row for row in fair if "any" in row["sectors"]]


async def _report(work: Work, visit: Visit, story_report: dict[str, Any], now: datetime) -> None:
    async with work.read() as session:
        grants = (await access.grants_of(session, [visit.officer_id]))[visit.officer_id]
    answers = ReportAnswers(
        columns={
            "visited_on": local(now).date(),
            "kind": story_report["kind"],
            "workers_met": story_report["met"],
            "situation": story_report["words"],
        },
        topics={
            "jobs": (False, ""),
            **({"insurance": (False, "")} if story_report.get("union", True) else {}),
            **{topic: (True, words) for topic, words in story_report["trouble"].items()},
        },
        proposals=tuple(story_report["proposals"]),
    )
    actor = Actor(visit.officer_id, "", grants)
    await reports.submit(Context(work, actor, now), visit.id or 0, answers)


async def _recruitments(
    work: Work, story: dict[str, Any], ids: dict[str, int], monday: datetime
) -> None:
    """Enterprises on their way to a union, a step a week until now, led by their union's leader."""
    for union in story["unions"]:
        for row in union["sites"]:
            if "step" in row:
                leader = await _leader_of(work, ids[union["code"]])
                reached = ORDER.index(RecruitmentStep(row["step"]))
                for place, step in enumerate(ORDER[: reached + 1]):
                    now = (
                        monday - timedelta(weeks=reached - place + 1) + timedelta(days=2, hours=10)
                    )
                    await _to_step(Context(work, leader, now), ids[row["name"]], step, row)


async def _leader_of(work: Work, unit_id: int) -> Actor:
    async with work.read() as session:
        query = select(Membership.person_id).where(
            Membership.unit_id == unit_id, Membership.role == Role.SUPERVISOR
        )
        person = (await session.exec(query)).one()
        return Actor(person, "", (await access.grants_of(session, [person]))[person])


async def _to_step(
    context: Context, site_id: int, step: RecruitmentStep, row: dict[str, Any]
) -> None:
    if step is ORDER[0]:
        await pipeline.begin(context, site_id)
        return
    before = ORDER[ORDER.index(step) - 1]
    news = RecruitmentNews(
        local(context.now).date(), willing=row.get("willing"), applications=row.get("applications")
    )
    await pipeline.move(context, pipeline.Move(site_id, before, step), news)


async def _quiet(work: Work, monday: datetime) -> None:
    """What the past would have sent is not sent now, and the schedule begins here."""
    async with work.write() as session:
        await session.exec(
            update(OutboxMessage)
            .where(col(OutboxMessage.state) == OutboxState.PENDING)
            .values(state=OutboxState.CANCELLED)
        )
        await _begin_schedule(session, monday)


async def _begin_schedule(session: AsyncSession, monday: datetime) -> None:
    for name in ("assign_week", "digest", "upkeep", "obligations"):
        await marks.set_mark(session, name, monday)
