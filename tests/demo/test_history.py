"""The weeks before the demo's story, in any season: such as one would show."""

import re
from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot import programmes
from bot.app.assembly import make_work
from bot.config.loading import load
from bot.core.rules.calendar import Week, at, weeks_between
from bot.core.work import Work
from bot.demo import seed
from bot.demo.run import _write_config, province
from storage.enums import VisitStatus
from storage.models import Alert, Case, Unit, UnitCount, Visit, VisitReport
from storage.store import Store
from tests.cast import VAULT

AFTER_A_HOLIDAY = date(2026, 9, 7)  # Quốc khánh is in the week before
SEASONS = r"[Qq]uý|Tết|tháng sau|trước ngày|mùa|năm nay"


def test_no_report_is_true_in_one_season_only() -> None:
    for report in province()["reports"]:
        words = [report["words"], *(row["words"] for row in report["proposals"])]
        assert not re.search(SEASONS, " ".join(words)), words


@pytest.fixture
async def work(store: Store, tmp_path: Path) -> Work:
    """The demo's database on the morning its story begins."""
    settings = load(_write_config(tmp_path, "http://127.0.0.1:1", "http://127.0.0.1:2"))
    work = make_work(store, settings, VAULT, programmes.load(settings.programmes))
    await seed.seed(work, province(), at(AFTER_A_HOLIDAY, time()))
    return work


@pytest.mark.wide
async def test_everybody_has_the_commands_of_their_role(work: Work) -> None:
    menus = await seed.menus_of(work, province()["people"])
    names = {person: {row["command"] for row in commands} for person, commands in menus.items()}
    assert 5001 not in names  # a worker: as every stranger
    assert "tuannay" in names[1001]
    assert {"tongquan", "web"} <= names[2001]
    assert "nhap" in names[3001]


async def test_every_site_has_the_figures_that_its_list_came_with(work: Work) -> None:
    """Else the first that is counted later is drawn as if it had always been so."""
    async with work.read() as session:
        sites = (await session.exec(select(Unit).where(col(Unit.workers) > 0))).all()
        counts = {row.unit_id: row for row in (await session.exec(select(UnitCount))).all()}
    assert sites
    for site in sites:
        assert counts[site.id].members == site.members
        assert counts[site.id].day == site.known_since
        assert not counts[site.id].gained


@pytest.mark.wide
async def test_the_past_is_varied_handled_and_works_on_working_days(work: Work) -> None:
    async with work.read() as session:
        reports = (await session.exec(select(VisitReport))).all()
        visits = (await session.exec(select(Visit).order_by(col(Visit.week)))).all()
        sites = {unit.id: unit for unit in (await session.exec(select(Unit))).all()}
        proposals = (await session.exec(select(Case))).all()
        alerts = (await session.exec(select(Alert))).all()
    words = Counter(report.situation for report in reports)
    assert max(words.values()) <= 2
    assert all(work.calendar.is_working_day(report.visited_on) for report in reports)
    for report in reports:
        site = sites[next(v.site_id for v in visits if v.id == report.visit_id)]
        assert report.workers_met < site.workers

    before = at(AFTER_A_HOLIDAY - timedelta(weeks=1), time())
    older = [case for case in proposals if case.created_at < before]
    assert older
    assert all(case.taken_at for case in older)
    assert sum(case.settled_at is not None for case in older) > len(older) / 2

    assert all(alert.over_at for alert in alerts if alert.at < before)

    assert {visit.status for visit in visits} == {VisitStatus.REPORTED, VisitStatus.MISSED}
    for site_id in {visit.site_id for visit in visits}:
        weeks = [Week(visit.week) for visit in visits if visit.site_id == site_id]
        gaps = [weeks_between(*pair) for pair in pairwise(weeks)]
        assert min(gaps, default=9) >= 3, sites[site_id].name
