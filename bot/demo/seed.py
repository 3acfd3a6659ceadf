"""Fills an empty database with the demo province and the weeks that came before.

The past is made by the program's own services, so that it looks exactly as if it had happened.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import cos, sin, sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import programmes
from bot.app.assembly import make_work
from bot.app.schedule import STREAMS
from bot.app.schedule import table as schedule_table
from bot.cases.services import handling, quick_reports
from bot.cases.services.quick_reports import QuickAnswers
from bot.config.keys import open_vault
from bot.config.loading import load
from bot.config.settings import Settings
from bot.core import access
from bot.core.context import Context
from bot.core.rules.calendar import local
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.demo import START_OF_STORY, big_province
from bot.home.commands import commands_for
from bot.recruitment.facts.pipeline import RecruitmentNews
from bot.recruitment.rules.steps import ORDER
from bot.recruitment.services import pipeline
from bot.summaries.services import obligations
from bot.visits.facts.report_answers import ReportAnswers
from bot.visits.services import assignment, reports
from storage import marks
from storage.addresses import TELEGRAM, Address
from storage.enums import CountSource, OutboxState, Rating, RecruitmentStep, Role, UnitKind
from storage.folding import fold
from storage.migrations import upgrade
from storage.models import (
    Alert,
    Case,
    Cluster,
    ClusterUnit,
    Membership,
    OutboxMessage,
    Person,
    Unit,
    UnitCount,
    UnitRating,
    Visit,
)
from storage.people import address_row
from storage.store import Store

WEEKS_BEFORE = 6
LONG_AGO = timedelta(weeks=WEEKS_BEFORE)  # reports count every week since: none without a story
LEFT_OUT = 9  # every so many visits one is left unreported


Menus = dict[int, list[dict[str, str]]]  # the commands of each account


def fill(config: Path, story: dict[str, Any], monday: datetime) -> Menus:
    """Bring the database that `config` names to life; `monday` is the 00:00 the story begins."""
    return asyncio.run(_fill(load(config), story, monday))


async def _fill(settings: Settings, story: dict[str, Any], monday: datetime) -> Menus:
    plans = programmes.load(settings.programmes)
    store = Store(settings.database.url)
    await upgrade(store)
    vault = await open_vault(store, settings, monday)
    work = make_work(store, settings, vault, plans)
    await seed(work, story, monday)
    menus = await menus_of(work, story["people"])
    await store.close()
    return menus


def fill_big(config: Path, monday: datetime) -> Menus:
    """The same with the big province of `big_province.py` and its three years."""
    return asyncio.run(_fill_big(load(config), monday))


async def _fill_big(settings: Settings, monday: datetime) -> Menus:
    store = Store(settings.database.url)
    await upgrade(store)
    vault = await open_vault(store, settings, monday)
    await big_province.fill(store, big_province.PROVINCE, monday)
    async with store.write() as session:
        await _begin_schedule(session, settings, monday)
    work = make_work(store, settings, vault, programmes.load(settings.programmes))
    menus = await menus_of(work, big_province.accounts())
    await store.close()
    return menus


async def menus_of(work: Work, people: Sequence[dict[str, Any]]) -> Menus:
    """The commands that the program gives to whoever joins: these joined before it ran."""
    menus: Menus = {}
    for row in people:
        if row["role"] != "stranger":
            actor = await access.actor_of(work, Address(TELEGRAM, str(row["id"])))
            commands = commands_for(actor, web=work.settings.web.is_on)
            menus[row["id"]] = [{"command": name, "description": words} for name, words in commands]
    return menus


async def seed(work: Work, story: dict[str, Any], monday: datetime) -> None:
    """Units, people and six weeks of visits before `monday`, into an empty database."""
    ids = await _units(work, story, monday)
    await _people(work, story["people"], ids, monday)
    written: Counter[str] = Counter()
    for n in range(WEEKS_BEFORE, 0, -1):
        week_begin = monday - timedelta(weeks=n)
        await _past_week(work, week_begin, story["reports"], written)
        await _settle_proposals(work, answers_of(story["reports"]), week_begin)
        await _end_alerts(work, story["nobody_stopped"], week_begin)
        await _run_streams(work, week_begin + timedelta(weeks=1, hours=7))
    await _recruitments(work, story, ids, monday)
    await obligations.ensure_obligations(work, monday)
    await _run_streams(work, monday + START_OF_STORY)
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
                site.address = union["address"].format(n=n)
                site.latitude, site.longitude = _around(union["near"], n)
                # As a list that is imported does: else the first change later stands for all time.
                session.add(_first_count(site, monday - LONG_AGO))
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
    union = kind is UnitKind.SITE_UNION
    unit.contact_name = "Văn phòng công đoàn" if union else "Phòng nhân sự"
    unit.contact_phone = f"0296 000 {crc32(code.encode()) % 1000:03}"  # 000: given to nobody
    return unit


def _first_count(site: Unit, at: datetime) -> UnitCount:
    return UnitCount(
        unit_id=site.id or 0,
        day=local(at).date(),
        workers=site.workers,
        women=site.women,
        members=site.members,
        source=CountSource.LIST,
        at=at,
    )


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
    work: Work, monday: datetime, story_reports: Sequence[dict[str, Any]], written: Counter[str]
) -> None:
    """One week as it went: most visits reported in time, a few missed. `written`: how often each
    report's words were used; whoever writes takes those that were used least.
    """
    await assignment.ensure_week_assigned(work, monday + timedelta(hours=7))
    async with work.read() as session:
        visits = (await session.exec(select(Visit).where(Visit.week == local(monday).date()))).all()
    days = [day for day in range(1, 5) if work.calendar.is_working_day(_date(monday, day))]
    for n, visit in enumerate(visits):
        if (visit.id or 0) % LEFT_OUT:
            day = monday + timedelta(days=days[n % len(days)], hours=15, minutes=7 * n % 60)
            async with work.read() as session:
                site = (await session.exec(select(Unit).where(Unit.id == visit.site_id))).one()
            report = min(
                fitting_reports(story_reports, site), key=lambda row: written[row["words"]]
            )
            written[report["words"]] += 1
            await _report(work, visit, report, day)


async def _end_alerts(work: Work, answers: dict[str, Any], monday: datetime) -> None:
    """What officers' words warned of before this week: a leader went there, nobody stopped work."""
    async with work.read() as session:
        query = select(Alert, Unit).join(Unit, col(Unit.id) == Alert.site_id)
        query = query.where(Alert.at < monday, col(Alert.over_at).is_(None))
        rows = (await session.exec(query)).all()
    for alert, site in rows:
        leader = await _leader_of(work, alert.unit_id)
        context = Context(work, leader, monday + timedelta(days=1, hours=14))
        facts = {"enterprise": site.name, "workers": site.workers, **answers}
        report = QuickAnswers(began_at=None, taking_part=0, has_union=True, resumed=True, **facts)
        await quick_reports.submit(context, alert.id or 0, report)


async def _run_streams(work: Work, now: datetime) -> None:
    """What the program would have done by itself until then: reminded, passed up, prompted."""
    for stream in STREAMS:
        await stream.ensure(work, now)


def _date(monday: datetime, days: int) -> date:
    return local(monday + timedelta(days=days)).date()


def answers_of(story_reports: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What came of each proposal, by its words; "" where nothing did yet."""
    return {row["words"]: row["answer"] for report in story_reports for row in report["proposals"]}


async def _settle_proposals(work: Work, answers: dict[str, str], monday: datetime) -> None:
    """What was proposed before this week: a leader has taken it up, most of it is settled."""
    async with work.read() as session:
        query = select(Case).where(Case.created_at < monday, col(Case.settled_at).is_(None))
        open_cases = (await session.exec(query)).all()
    for n, case in enumerate(open_cases):
        leader = await _leader_of(work, case.unit_id)
        context = Context(work, leader, monday + timedelta(days=3, hours=9, minutes=11 * n))
        if case.taken_at is None:
            await handling.take(context, case.id or 0)
        if answer := answers[case.text]:
            await handling.settle(context, case.id or 0, answer)


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
            "workers_met": story_report["met"] + (visit.id or 0) % 4,
            "situation": story_report["words"],
        },
        topics={
            "jobs": (False, ""),
            **({"insurance": (False, "")} if story_report.get("union", True) else {}),
            **{topic: (True, words) for topic, words in story_report["trouble"].items()},
        },
        proposals=tuple(row["words"] for row in story_report["proposals"]),
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
        await _begin_schedule(session, work.settings, monday)


async def _begin_schedule(session: AsyncSession, settings: Settings, monday: datetime) -> None:
    for entry in schedule_table(settings):
        await marks.set_mark(session, entry.name, monday)
