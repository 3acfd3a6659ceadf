"""The consolidated report of a province: 60 units, 800 sites, a year of visits; docx and xlsx."""

from datetime import date, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.summaries.papers import report_docx, report_xlsx
from bot.summaries.services import consolidated, contents
from storage.enums import SummaryState, UnitKind, VisitStatus
from storage.models import (
    Case,
    Obligation,
    ReportTopic,
    Summary,
    SummarySection,
    SummaryVersion,
    Unit,
    UnitRating,
    Visit,
    VisitReport,
)
from storage.store import Store
from tests import cast
from tests.cast import AN, LONG_AGO, VAULT
from tests.summaries.obligation_help import GROUP, owes

UNITS, SITES, WEEKS, VISITS_A_WEEK = 60, 800, 100, 80
NOW = at(date(2026, 12, 16), time(9))
LAST_MONDAY = date(2026, 12, 14)
WORDS = "Đơn vị đã ban hành kế hoạch, phân công cán bộ, kiểm tra định kỳ tại cơ sở. " * 20
UPPERS = range(201, 201 + UNITS)


def units() -> list[Unit]:
    def unit(number: int, kind: UnitKind, path: str, parent: int, **more: Any) -> Unit:
        name = f"Đơn vị {number}"
        given = {"id": number, "code": f"U{number}", "name": name, "folded": name.lower()}
        known = date(2024, 1, 1)
        return Unit(**given, kind=kind, path=path, parent_id=parent, known_since=known, **more)

    uppers = [unit(n, UnitKind.UPPER, f"/1/{n}/", 1) for n in UPPERS]
    sites = [
        unit(
            1000 + n,
            UnitKind.SITE_UNION if n % 8 else UnitKind.ENTERPRISE,
            f"/1/{above(n)}/{1000 + n}/",
            above(n),
            workers=100 + n,
            women=60,
            members=90 + n if n % 8 else 0,
        )
        for n in range(SITES)
    ]
    return [*uppers, *sites]


def above(site: int) -> int:
    return UPPERS[site % UNITS]


def visits(random: Random) -> list[Visit]:
    found = []
    for number in range(WEEKS * VISITS_A_WEEK):
        week, site = LAST_MONDAY - timedelta(weeks=number // VISITS_A_WEEK), random.randrange(SITES)
        found.append(
            Visit(
                id=number + 1,
                key=f"{week}:{number}",
                week=week,
                site_id=1000 + site,
                unit_id=above(site),
                officer_id=AN.id,
                status=VisitStatus.REPORTED if random.random() < 0.9 else VisitStatus.MISSED,
                created_at=at(week, time(7)),
            )
        )
    return found


def reports(found: list[Visit]) -> list[VisitReport]:
    return [
        VisitReport(
            id=visit.id,
            visit_id=visit.id or 0,
            author_id=AN.id,
            submitted_at=visit.created_at,
            visited_on=visit.week,
            kind="dialogue",
            workers_met=20,
            situation="Công nhân phản ánh định mức tăng.",
        )
        for visit in found
        if visit.status is VisitStatus.REPORTED
    ]


def cases(found: list[VisitReport], places: dict[int, Visit]) -> list[Case]:
    """A proposal from every eighth visit: about a thousand of them."""
    return [
        Case(
            code=f"KN-{report.id}",
            kind="proposal",
            category="LUONG",
            status="settled" if (report.id or 0) % 3 else "received",
            site_id=places[report.id or 0].site_id,
            unit_id=places[report.id or 0].unit_id,
            home_id=places[report.id or 0].unit_id,
            report_id=report.id,
            author_id=AN.id,
            text="Đề nghị xây nhà trẻ cho công nhân, hỗ trợ tiền trọ và tiền điện.",
            created_at=report.submitted_at,
        )
        for report in found[::8]
    ]


async def fill(work: Work) -> None:
    random = Random(47)
    await cast.settle(work.store)
    done = visits(random)
    said = reports(done)
    topics = [
        ReportTopic(report_id=r.id or 0, topic=topic, trouble=random.random() < 0.3)
        for r in said
        for topic in ("wages", "safety", "insurance")
    ]
    ratings = [
        UnitRating(unit_id=1000 + n, year=year, rating=random.choice(["HT", "T", "XS"]))
        for n in range(SITES)
        for year in (2025, 2026)
    ]
    owed = [owes(cast.Place(n, "", "", UnitKind.UPPER, "")) for n in UPPERS]
    raised = cases(said, {visit.id or 0: visit for visit in done})
    async with work.store.write() as session:
        for rows in (units(), done, said, [*topics, *ratings], raised, owed):
            session.add_all(rows)
            await session.flush()
    await send_half(work)


async def send_half(work: Work) -> None:
    """Every second unit has sent; the others have written."""
    async with work.store.write() as session:
        owed = (await session.exec(select(Obligation))).all()
        papers = await contents.papers_of(session, work, owed, NOW)
        for number, one in enumerate(owed):
            sent = number % 2 == 0
            summary = Summary(
                obligation_id=one.id or 0,
                unit_id=one.unit_id,
                state=SummaryState.SENT if sent else SummaryState.WRITING,
                version=int(sent),
                created_at=LONG_AGO,
                updated_at=LONG_AGO,
            )
            session.add(summary)
            await session.flush()
            session.add_all(
                SummarySection(
                    summary_id=summary.id or 0, section=key, text=WORDS, author_id=AN.id, at=NOW
                )
                for key in ("II", "IV.1", "IV.2", "V")
            )
            if sent:
                session.add(
                    SummaryVersion(
                        summary_id=summary.id or 0,
                        number=1,
                        sent_at=NOW,
                        sent_by=AN.id,
                        due_before=one.due_before,
                        content=contents.to_json(papers[one.id or 0]),
                    )
                )
        await session.flush()
        if not work.store.is_sqlite:  # PostgreSQL does so by itself, a minute after
            await (await session.connection()).execute(text("ANALYZE"))


@pytest.mark.bench
async def test_the_consolidated_report_of_a_province(any_store: Store, settings: Any) -> None:
    work = Work(any_store, settings, settings.make_calendar(), VAULT)
    await fill(work)
    start = perf_counter()
    async with work.read() as session:
        report = await consolidated.consolidate(session, work, GROUP, NOW)
    read = perf_counter() - start

    start = perf_counter()
    docx = report_docx.consolidated(report, None)
    written = perf_counter() - start
    start = perf_counter()
    xlsx = report_xlsx.consolidated_workbook(report)
    tables = perf_counter() - start

    floor = await floor_of(work)
    whole = read + written + tables
    print(
        f"\nconsolidated on {any_store.engine.dialect.name}: {len(report.rows)} units, "
        f"{SITES} sites, {report.total.values['visits']} visits, {len(report.cases)} proposals: "
        f"read {read:.2f} s, docx {written:.2f} s ({len(docx) // 1024} kB), "
        f"xlsx {tables:.2f} s ({len(xlsx) // 1024} kB), together {whole:.2f} s; "
        f"floor, the same rows read and nothing done with them: {floor:.2f} s"
    )
    assert len(report.rows) == UNITS
    assert report.total.values["visits"] > 0


async def floor_of(work: Work) -> float:
    """Reading the year's visits, reports, topics and cases as plain rows."""
    start = perf_counter()
    async with work.read() as session:
        for table in ("visit", "visit_report", "report_topic", '"case"', "unit", "summary_version"):
            (await session.exec(text(f"SELECT * FROM {table}"))).all()  # type: ignore[call-overload]
    return perf_counter() - start
