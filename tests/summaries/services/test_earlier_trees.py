"""A unit that moves takes no visit, no site and no figure of earlier days along."""

import io
from datetime import date, time
from typing import Any

import docx
import pytest
from sqlmodel import select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.summaries.services import consolidated, numbers
from bot.summaries.services import papers as files
from bot.units.papers.units_file import read_units
from bot.units.services import importing
from bot.visits.services import overview, overview_lists, overview_visit, periods
from storage.enums import CaseKind, Category
from storage.models import Case, Obligation, VisitReport
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BEN_QUE,
    BIEN_NGOC,
    DUNG,
    GIANG,
    HON_SAO,
    KCN,
    LONG_HOA,
    PHU_LOC,
    SEN_VANG,
    Character,
    Place,
)
from tests.summaries.obligation_help import GROUP, owe, owes, send
from tests.summaries.services.count_help import brought, rated, went
from tests.units.papers.sheets import units

JUNE, OCTOBER = date(2026, 6, 3), date(2026, 10, 7)
NURSERY = "Đề nghị xây nhà trẻ cho con công nhân"
MOVED, LATER = at(date(2027, 1, 4), time(9)), at(date(2027, 1, 5), time(9))


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    work = Work(any_store, settings, settings.make_calendar(), cast.VAULT)
    await owe(work, owes(HON_SAO), owes(LONG_HOA), owes(KCN))
    for site, day in ((BIEN_NGOC, JUNE), (BEN_QUE, OCTOBER), (PHU_LOC, JUNE), (SEN_VANG, OCTOBER)):
        await went(work, site, day, workers_met=5)
        await rated(work, site, 2026, "T")
    return work


async def bring(work: Work, *rows: dict[str, Any]) -> None:
    file = read_units(units(*rows))
    seen = await importing.preview(work, None, file, MOVED)
    assert (await importing.confirm(work, None, file, seen.plan.digest(), MOVED)).done


async def papers(work: Work) -> dict[int, Any]:
    async with work.read() as session:
        report = await consolidated.consolidate(session, work, GROUP, LATER)
    return {row.paper.speaks_for[0]: row.paper.numbers for row in report.rows}


async def overviews(work: Work) -> list[Any]:
    giang = Context(work, await actor_of(work, GIANG.address), LATER)
    week = await overview.week(giang, OCTOBER, KCN.id)
    months = [
        await periods.period(giang, key, unit)
        for key in ("m202610", "y2026")
        for unit in (KCN.id, LONG_HOA.id, 0)
    ]
    shown = await periods.units(giang, "m202610", 0, 0)
    lists = await overview_lists.visits(giang, "all", OCTOBER, KCN.id, 0)
    coverage = await overview_lists.coverage(giang, OCTOBER, LONG_HOA.id, 0)
    below = await overview_lists.units(giang, OCTOBER, 0, 0)
    return [
        (week.tally, week.coverage),
        [(month.figures, month.sites) for month in months],
        [(unit.name, tally) for unit, tally in shown.rows],
        [row.visit.id for row in lists.rows],
        (coverage.coverage, [line.site.id for line in coverage.sites]),
        [(unit.name, tally) for unit, tally in below.rows],
    ]


MOVES = {
    "a site": [{"code": BEN_QUE.code, "parent": "KCN"}],
    "a site with another name": [{"code": BEN_QUE.code, "parent": "KCN", "name": "Bến Quê Mới"}],
    "a whole union": [{"code": "LH", "parent": "KCN"}],
    "another name": [{"code": "LH", "name": "CĐ phường Long Hòa Mới"}],
    "a union with all its sites": [
        {"code": "PM", "name": "CĐ phường Mới", "kind": "công đoàn cấp trên"},
        *({"code": s.code, "parent": "PM"} for s in cast.SITES if s.parent == LONG_HOA.id),
    ],
    "there and back": [{"code": BEN_QUE.code, "parent": "HS"}],
}


@pytest.mark.parametrize("rows", MOVES.values(), ids=MOVES)
async def test_papers_and_overviews_of_earlier_days_stay_as_they_were(
    work: Work, rows: list[dict[str, Any]]
) -> None:
    before, shown_before = await papers(work), await overviews(work)
    await bring(work, *rows)
    after = await papers(work)
    assert after == before
    assert await overviews(work) == shown_before


async def obligations(work: Work) -> dict[int, int]:
    """Unit -> its obligation."""
    async with work.read() as session:
        rows = (await session.exec(select(Obligation))).all()
    return {row.unit_id: row.id or 0 for row in rows}


async def proposed(work: Work, site: Place, day: date, **more: Any) -> int:
    """A visit of Ân's there with one proposal; the id of the visit."""
    visit = await went(work, site, day)
    async with work.read() as session:
        report = (
            await session.exec(select(VisitReport).where(VisitReport.visit_id == visit.id))
        ).one()
    kind = {"kind": CaseKind.PROPOSAL, "author_id": AN.id, "report_id": report.id}
    await brought(work, site, day, text=NURSERY, **kind | more)
    return visit.id or 0


async def read_by(work: Work, who: Character, visit_id: int) -> list[tuple[str, ...]]:
    """The words of proposals of October as somebody reads them at the union of the industrial
    parks: on the page of a visit, in the list behind a figure, in the papers as Word texts."""
    context = Context(work, await actor_of(work, who.address), LATER)
    page = await overview_visit.visit_page(context, visit_id, 0)
    rows = await overview_lists.visits(context, "case", OCTOBER, KCN.id, 0)
    owed = (await obligations(work))[KCN.id]
    paper = await files.unit_file(context, owed, "docx")
    cells = [
        cell.text
        for table in docx.Document(io.BytesIO(paper.data)).tables
        for line in table.rows
        for cell in line.cells
    ]
    return [
        tuple(page.proposals),
        tuple(words for row in rows.rows for words in row.words),
        tuple(cell for cell in cells if cell in (NURSERY, numbers.HIDDEN)),
    ]


async def test_who_led_the_site_then_reads_in_earlier_reports_what_its_cadres_proposed(
    work: Work,
) -> None:
    visit_id = await proposed(work, SEN_VANG, OCTOBER)
    before = await read_by(work, DUNG, visit_id)
    assert before == [(NURSERY,), (NURSERY,), (NURSERY,)]
    await bring(work, {"code": SEN_VANG.code, "parent": "LH"})
    assert await read_by(work, DUNG, visit_id) == before


async def test_who_led_the_site_then_reads_nothing_new_of_what_became_confidential(
    work: Work,
) -> None:
    visit_id = await proposed(work, SEN_VANG, OCTOBER)
    await bring(work, {"code": SEN_VANG.code, "parent": "LH"})
    async with work.write() as session:
        case = (await session.exec(select(Case))).one()
        case.category = Category.QUAY_ROI
    shown = await read_by(work, DUNG, visit_id)
    assert NURSERY not in str(shown)


async def test_two_changes_on_one_day_leave_the_tree_of_the_day_before(work: Work) -> None:
    before = await papers(work)
    await bring(work, {"code": BEN_QUE.code, "parent": "KCN"})
    await bring(work, {"code": BEN_QUE.code, "parent": "HS"})
    assert await papers(work) == before


async def test_this_week_is_counted_where_the_units_are_now(work: Work) -> None:
    await bring(work, {"code": "LH", "parent": "KCN"})
    giang = Context(work, await actor_of(work, GIANG.address), LATER)
    there = await overview_lists.coverage(giang, LATER.date(), KCN.id, 0)
    assert BEN_QUE.name in [line.site.name for line in there.sites]
    then = await overview_lists.coverage(giang, OCTOBER, KCN.id, 0)
    assert BEN_QUE.name not in [line.site.name for line in then.sites]


async def test_a_merger_after_the_period_leaves_the_sites_in_the_paper_of_who_sent(
    work: Work,
) -> None:
    ids = await obligations(work)
    before = await papers(work)
    await send(work, ids[HON_SAO.id], MOVED, DUNG.id)
    sites = [s for s in cast.SITES if s.parent == HON_SAO.id]
    await bring(work, {"code": "HS", "dissolved_on": "04/01/2027", "successor": "LH"})
    assert len(sites) == 3
    assert (await papers(work))[LONG_HOA.id] == before[LONG_HOA.id]
