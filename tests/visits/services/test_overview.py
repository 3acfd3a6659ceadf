"""The week at a glance: every visit in exactly one place, every figure from the right scope."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, delete, update

from bot.config.settings import Settings
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import Calendar, Week, at
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.visits.cards import officer_page as officer_page_cards
from bot.visits.cards import overview as overview_cards
from bot.visits.cards import overview_visit as overview_visit_cards
from bot.visits.cards import periods as period_cards
from bot.visits.facts.overview import View, WeekFacts
from bot.visits.rules.overview import (
    AlikeVisits,
    Coverage,
    DigestTime,
    OfficerWeekCount,
    WeekTally,
    child_path,
    outermost,
    streak,
    tally,
)
from bot.visits.services import officer_page, overview, overview_lists, overview_visit, periods
from storage import people as people_store
from storage.addresses import Address
from storage.enums import Device, OutboxState, Role, VisitOrigin, VisitStatus
from storage.models import (
    Case,
    Leave,
    Membership,
    OutboxMessage,
    Person,
    PersonAddress,
    ReportTopic,
    Unit,
    Visit,
    VisitReport,
    WebSession,
    WeekPlan,
)
from storage.store import Store
from tests import cast
from tests.cast import (
    AN,
    BEN_QUE,
    BIEN_NGOC,
    BINH,
    CUC,
    DUNG,
    FRIDAY_1630,
    GIANG,
    HA,
    HON_SAO,
    KCN,
    KHOA,
    LONG_HOA,
    MAI,
    NEXT_MONDAY,
    PHU_LOC,
    SEN_VANG,
    SONG_LANH,
    TAN_LUA,
    VAULT,
    Character,
    Place,
)

THIS = date(2026, 11, 16)
WEEK = timedelta(weeks=1)
FRIDAY = DigestTime(4, time(16, 30))


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def acting(work: Work, one: Character) -> Actor:
    return await actor_of(work, one.address)


def a_visit(
    site: Place,
    officer: Character = AN,
    week: date = THIS,
    status: str = "planned",
    *,
    nth: int = 0,
    **more: Any,
) -> Visit:
    return Visit(
        key=f"{week}:{officer.id}:{site.id}:{nth}",
        week=week,
        site_id=site.id,
        unit_id=site.parent,
        officer_id=officer.id,
        status=VisitStatus(status),
        created_at=cast.MONDAY,
        **more,
    )


async def keep(work: Work, *rows: Any) -> None:
    """Save rows; a plan for this week with them, so that the week counts as planned."""
    async with work.write() as session:
        if await session.get(WeekPlan, THIS) is None:
            session.add(WeekPlan(week=THIS, planned_at=cast.MONDAY))
        session.add_all(rows)


async def a_report(
    work: Work, visit: Visit, troubles: dict[str, str] | None = None, **more: Any
) -> VisitReport:
    report = VisitReport(
        visit_id=visit.id or 0,
        author_id=visit.officer_id,
        submitted_at=cast.WEDNESDAY_1500,
        visited_on=visit.week,
        kind="dialogue",
        **more,
    )
    await keep(work, report)
    await keep(
        work,
        *(
            ReportTopic(report_id=report.id or 0, topic=topic, trouble=True, words=words)
            for topic, words in (troubles or {}).items()
        ),
    )
    return report


@pytest.mark.parametrize(
    ("row", "counted"),
    [
        (AlikeVisits(VisitStatus.REPORTED, False, False, 1), WeekTally(in_time=1)),
        (AlikeVisits(VisitStatus.REPORTED, True, False, 1), WeekTally(late=1)),
        (AlikeVisits(VisitStatus.EXCUSED, False, False, 1), WeekTally(excused=1)),
        (
            AlikeVisits(VisitStatus.EXCUSED, False, False, 3, allowed=2),
            WeekTally(excused=1, allowed=2),
        ),
        (AlikeVisits(VisitStatus.MISSED, False, False, 1), WeekTally(missed=1)),
        (AlikeVisits(VisitStatus.PLANNED, False, False, 1, no_day=1), WeekTally(no_day=1)),
        (AlikeVisits(VisitStatus.CONFIRMED, False, False, 1, no_day=1), WeekTally(no_day=1)),
        (AlikeVisits(VisitStatus.CONFIRMED, False, False, 1, no_day=0), WeekTally(dated=1)),
        (
            AlikeVisits(VisitStatus.PLANNED, False, False, 3, no_day=2, swaps=1),
            WeekTally(no_day=2, dated=1, swaps=1),
        ),
        (
            AlikeVisits(VisitStatus.PLANNED, False, False, 3, no_day=3, excuse_requests=2),
            WeekTally(no_day=3, excuse_requests=2),
        ),
        (
            AlikeVisits(VisitStatus.MISSED, False, False, 2, no_day=2, excuse_requests=1),
            WeekTally(missed=2, excuse_requests=1),
        ),
        (AlikeVisits(VisitStatus.REPORTED, False, True, 1), WeekTally(unplanned=1)),
        (AlikeVisits(VisitStatus.MISSED, False, False, 2, no_day=2), WeekTally(missed=2)),
    ],
)
def test_whatever_became_of_a_visit_it_counts_in_one_place(
    row: AlikeVisits, counted: WeekTally
) -> None:
    assert tally([row]) == counted
    assert counted.planned + counted.unplanned == row.count


def test_what_a_leader_agreed_to_is_asked_of_nobody_anywhere() -> None:
    some = WeekTally(in_time=3, missed=1, allowed=2)
    assert (some.due, some.planned, some.unreported) == (4, 6, 1)


async def test_the_same_rule_counts_an_officers_weeks_and_the_month(work: Work) -> None:
    sites = (SEN_VANG, SONG_LANH, TAN_LUA)
    agreed = a_visit(sites[0], status="excused", excuse="Ốm", excused_by=DUNG.id)
    own_word = a_visit(sites[1], status="excused", excuse="Ốm")
    await keep(work, agreed, own_word, a_visit(sites[2], status="reported"))
    context = Context(work, await acting(work, DUNG), FRIDAY_1630)
    page = await officer_page.officer_page(context, AN.id, 0)
    record = page.record
    assert (record.due, record.done, record.excused, record.agreed) == (2, 1, 1, 1)
    week = await overview.week(context, None, 0)
    month = await periods.period(context, "m202611", 0)
    for tally_ in (week.tally, month.figures.tally):
        assert (tally_.due, tally_.done, tally_.allowed) == (2, 1, 1)
    staff = await overview_lists.staff(context, THIS, 0, None)
    assert next(row.planned for row in staff.rows if row.person.id == AN.id) == 2
    for card in (
        officer_page_cards.page(page),
        overview_cards.week(week),
        period_cards.period(month),
    ):
        assert "1/2" in card.text.replace("<b>", "").replace("</b>", "")
        assert "(1 lượt được đồng ý vắng)" in card.text


def test_what_is_due_is_done_excused_missed_or_open() -> None:
    some = WeekTally(in_time=5, late=1, excused=2, missed=1, no_day=2, dated=1, unplanned=4)
    assert (some.due, some.done, some.open) == (12, 6, 3)


@pytest.mark.parametrize(
    ("weeks", "row"),
    [
        ([(1, 1), (1, 1), (1, 1)], 3),
        ([(1, 1), (1, 0), (1, 1)], 1),
        ([(2, 2), (0, 0), (2, 2)], 2),  # the middle one was excused: it breaks nothing
        ([(2, 1), (1, 1), (1, 0)], 1),  # this week is not over
        ([(0, 0), (0, 0), (0, 0)], 0),
    ],
)
def test_a_row_of_weeks_is_broken_by_a_missed_week_only(
    work_calendar: Any, weeks: list[tuple[int, int]], row: int
) -> None:
    this = Week(THIS)
    counts = [
        OfficerWeekCount(Week(THIS - WEEK * (2 - n)), asked, done)
        for n, (asked, done) in enumerate(weeks)
    ]
    assert streak(counts, this, work_calendar) == row


@pytest.fixture
def work_calendar(settings: Any) -> Any:
    return settings.make_calendar()


def test_paths_within_others_are_dropped() -> None:
    assert outermost(["/1/4/17/", "/1/4/", "/1/40/", "/1/4/"]) == ("/1/4/", "/1/40/")


@pytest.mark.parametrize(
    ("parents", "path", "child"),
    [
        (("/1/",), "/1/4/17/", "/1/4/"),
        (("/1/",), "/1/", "/1/"),
        (("/1/4/", "/1/7/"), "/1/7/9/", "/1/7/"),
        (("/1/4/",), "/1/7/", None),
    ],
)
def test_units_add_up_to_the_one_on_the_way(
    parents: tuple[str, ...], path: str, child: str | None
) -> None:
    assert child_path(parents, path) == child


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (FRIDAY_1630, THIS),
        (FRIDAY_1630 - timedelta(minutes=1), THIS - WEEK),
        (NEXT_MONDAY, THIS),
        (NEXT_MONDAY + timedelta(days=3), THIS),
    ],
)
def test_the_digest_is_about_the_week_of_the_last_friday(now: datetime, monday: date) -> None:
    assert FRIDAY.last(now, Calendar()).monday == monday


@pytest.mark.parametrize(
    ("monday", "day"),
    [
        (date(2026, 11, 16), date(2026, 11, 20)),
        (date(2027, 4, 26), date(2027, 4, 29)),  # Friday 30/4
        (date(2027, 2, 1), date(2027, 2, 3)),  # Tết begins on Thursday
        (date(2027, 2, 8), date(2027, 2, 12)),
        (date(2026, 2, 16), date(2026, 2, 20)),  # all of it is Tết: nothing is told
    ],
)
def test_where_friday_is_off_the_week_is_told_of_on_the_last_working_day(
    monday: date, day: date
) -> None:
    calendar = Settings().make_calendar()
    moment = at(day, time(16, 30))
    assert FRIDAY.of(Week(monday), calendar) == moment
    assert FRIDAY.next(at(monday, time(0)), calendar) == moment
    assert FRIDAY.next(moment, calendar) > moment
    assert FRIDAY.last(moment, calendar) == Week(monday)
    assert FRIDAY.last(moment - timedelta(minutes=1), calendar) == Week(monday).previous()


async def test_a_week_with_one_visit_of_every_fate(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported", reported_at=cast.WEDNESDAY_1500),
        a_visit(SONG_LANH, status="reported", late=True),
        a_visit(TAN_LUA, status="excused", excuse="Cơ sở nghỉ"),
        a_visit(SEN_VANG, BINH, status="missed"),
        a_visit(SONG_LANH, BINH, status="planned", swap_asked="Trùng lịch"),
        a_visit(TAN_LUA, BINH, status="confirmed", day=THIS),
        a_visit(BEN_QUE, AN, status="reported", origin=VisitOrigin.UNPLANNED),
    )
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert found.tally == WeekTally(1, 1, 1, 1, 1, 1, 0, 1)
    province = await overview.week(Context(work, await acting(work, GIANG), FRIDAY_1630), None, 0)
    assert province.tally == WeekTally(1, 1, 1, 1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("excused_by", "allowed"),
    [(DUNG.id, True), (0, True), (None, False)],
    ids=["a leader", "nobody had to", "the officer's own word of earlier years"],
)
async def test_what_a_leader_allowed_is_not_among_the_unreported(
    work: Work, excused_by: int | None, allowed: bool
) -> None:
    await keep(work, a_visit(SEN_VANG, status="excused", excuse="Ốm", excused_by=excused_by))
    dung = await acting(work, DUNG)
    found = await overview.week(Context(work, dung, FRIDAY_1630), None, 0)
    assert found.tally == (WeekTally(allowed=1) if allowed else WeekTally(excused=1))
    assert (found.tally.planned, found.tally.due, found.tally.unreported) == (
        (1, 0, 0) if allowed else (1, 1, 1)
    )
    card = overview_cards.week(found)
    assert ("(1 lượt được đồng ý vắng)" in card.text) is allowed
    assert any("Chưa báo cáo" in b.label for row in card.rows for b in row) is not allowed
    rows = await overview_lists.visits(Context(work, dung, FRIDAY_1630), "open", THIS, 0, 0)
    assert len(rows.rows) == (0 if allowed else 1)


@pytest.mark.parametrize(("now", "offered"), [(FRIDAY_1630, True), (NEXT_MONDAY, False)])
async def test_a_visit_that_its_officer_cannot_do_may_be_given_to_another_in_its_week(
    work: Work, now: datetime, offered: bool
) -> None:
    visit = a_visit(SEN_VANG, status="excused", excuse="Ốm")
    await keep(work, visit)
    page = await overview_visit.visit_page(
        Context(work, await acting(work, DUNG), now), visit.id or 0, 0
    )
    card = overview_visit_cards.visit(page, 0, "open:20261116:0:0")
    assert any("Giao người khác" in b.label for row in card.rows for b in row) is offered


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (THIS, "Tuần này chưa phân công."),
        (THIS + WEEK, "Chưa đến tuần này nên chưa phân công."),
        (THIS - WEEK, "Tuần đó không phân công đi cơ sở."),
    ],
)
async def test_a_week_without_a_plan_is_called_by_when_it_is(
    work: Work, monday: date, words: str
) -> None:
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), monday, 0)
    assert words in overview_cards.week(found).text


async def test_nobody_is_praised_in_a_week_that_has_not_begun(work: Work) -> None:
    weeks = [THIS - n * WEEK for n in range(4)]
    await keep(work, *(a_visit(SEN_VANG, week=w, status="reported") for w in weeks))
    dung = await acting(work, DUNG)
    this = await overview.week(Context(work, dung, FRIDAY_1630), THIS, 0)
    following = await overview.week(Context(work, dung, FRIDAY_1630), THIS + WEEK, 0)
    assert (this.praise, following.praise) == ([(AN.full_name, 4)], ())


@pytest.mark.parametrize(
    ("met", "proposals", "words"),
    [
        (40, 0, "Đã gặp 40 lượt người lao động."),
        (40, 2, "Đã gặp 40 lượt người lao động, tiếp nhận 2 kiến nghị từ cơ sở."),
        (0, 2, "Tiếp nhận 2 kiến nghị từ cơ sở."),
        (0, 0, ""),
    ],
)
async def test_what_was_not_brought_is_not_counted_out(
    work: Work, met: int, proposals: int, words: str
) -> None:
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), THIS, 0)
    text = overview_cards.week(replace(found, sums={"workers_met": met}, proposals=proposals)).text
    assert words in text
    assert ("💬" in text) is bool(words)


async def test_a_late_report_counts_in_the_week_it_belonged_to(work: Work) -> None:
    late = a_visit(SEN_VANG, status="reported", late=True, reported_at=NEXT_MONDAY)
    await keep(work, late)
    dung = await acting(work, DUNG)
    this = await overview.week(Context(work, dung, NEXT_MONDAY), THIS, 0)
    following = await overview.week(Context(work, dung, NEXT_MONDAY), THIS + WEEK, 0)
    assert (this.tally.late, this.tally.due, following.tally.due) == (1, 1, 0)


async def test_the_units_add_up_to_the_province(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(BEN_QUE, CUC),
        a_visit(BIEN_NGOC, CUC, status="missed"),
    )
    giang = await acting(work, GIANG)
    found = await overview_lists.units(Context(work, giang, FRIDAY_1630), THIS, 0, 0)
    assert {unit.name: (t.done, t.due) for unit, t in found.rows} == {
        KCN.name: (1, 1),
        LONG_HOA.name: (0, 1),
        HON_SAO.name: (0, 1),
    }
    whole = await overview.week(Context(work, giang, FRIDAY_1630), None, 0)
    assert sum((t for _, t in found.rows), WeekTally()) == whole.tally
    assert found.direct == (0, 0)


async def test_a_cluster_sees_its_own_sites_across_the_tree(work: Work) -> None:
    await keep(
        work, a_visit(BEN_QUE, CUC), a_visit(PHU_LOC, CUC, nth=1), a_visit(BIEN_NGOC, CUC, nth=2)
    )
    found = await overview.week(Context(work, await acting(work, KHOA), FRIDAY_1630), None, 0)
    assert found.tally.due == 2
    assert found.coverage.sites == 3


async def test_an_old_visit_stays_with_the_unit_of_its_time_and_an_open_one_follows_its_site(
    work: Work,
) -> None:
    before = a_visit(SEN_VANG, week=THIS - WEEK, status="reported")
    await keep(work, before, a_visit(SEN_VANG))
    async with work.write() as session:
        moved = {"parent_id": LONG_HOA.id, "path": f"{LONG_HOA.path}{SEN_VANG.id}/"}
        await session.exec(update(Unit).where(col(Unit.id) == SEN_VANG.id).values(**moved))
    dung, giang = await acting(work, DUNG), await acting(work, GIANG)
    assert (await overview.week(Context(work, dung, FRIDAY_1630), THIS - WEEK, 0)).tally.done == 1
    assert (await overview.week(Context(work, dung, FRIDAY_1630), THIS, 0)).tally.due == 0
    of_long_hoa = await overview.week(Context(work, giang, FRIDAY_1630), THIS, LONG_HOA.id)
    assert of_long_hoa.tally.due == 1
    assert (
        await overview_visit.visit_page(Context(work, dung, NEXT_MONDAY), before.id or 0, 0)
    ).visit.id == before.id


async def test_coverage_counts_each_site_once_however_often_it_was_visited(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(SEN_VANG, BINH, status="reported"),
        a_visit(SONG_LANH, week=THIS - 4 * WEEK, status="reported"),
        a_visit(TAN_LUA, week=THIS - 12 * WEEK, status="reported"),
        a_visit(BEN_QUE, CUC, week=THIS, status="missed"),
    )
    giang = await acting(work, GIANG)
    found = (await overview.week(Context(work, giang, FRIDAY_1630), None, 0)).coverage
    assert (found.sites, found.weeks_4, found.weeks_12, found.year, found.never) == (11, 1, 2, 3, 8)
    page = await overview_lists.coverage(Context(work, giang, FRIDAY_1630), THIS, 0, 0)
    weeks = {line.site.name: line.weeks for line in page.sites}
    assert [line.weeks for line in page.sites] == [None] * 8 + [12, 4]
    assert weeks[BEN_QUE.name] is None
    assert (page.page.more, SEN_VANG.name in weeks) == (True, False)
    second = await overview_lists.coverage(Context(work, giang, FRIDAY_1630), THIS, 0, 1)
    assert [(line.site.name, line.weeks) for line in second.sites] == [(SEN_VANG.name, 0)]


async def test_coverage_of_an_earlier_week_knows_nothing_of_later_visits(work: Work) -> None:
    await keep(work, a_visit(SEN_VANG, week=THIS - WEEK, status="reported"), a_visit(TAN_LUA))
    await keep(work, a_visit(SONG_LANH, status="reported"))
    dung = await acting(work, DUNG)
    found = (await overview.week(Context(work, dung, FRIDAY_1630), THIS - WEEK, 0)).coverage
    assert (found.weeks_4, found.ever) == (1, 1)


async def test_what_the_officers_found_is_counted_from_the_newest_version_only(
    work: Work,
) -> None:
    first, second = a_visit(SEN_VANG, status="reported"), a_visit(TAN_LUA, BINH, status="reported")
    await keep(work, first, second)
    old = await a_report(work, first, {"safety": "Sàn trơn"}, workers_met=99, latest=False)
    await a_report(
        work, first, {"wages": "Chậm lương"}, version=2, workers_met=20, flags=["too_short"]
    )
    await a_report(work, second, {"wages": "Định mức cao"}, workers_met=15)
    await keep(
        work,
        Case(
            code="K1",
            home_id=KCN.id,
            site_id=SEN_VANG.id,
            unit_id=KCN.id,
            report_id=old.id,
            author_id=AN.id,
            text="Xin nhà trẻ",
            created_at=cast.MONDAY,
        ),
    )
    dung = await acting(work, DUNG)
    found = await overview.week(Context(work, dung, FRIDAY_1630), None, 0)
    assert found.troubles == [("wages", [TAN_LUA.name, SEN_VANG.name])]
    assert (found.sums, found.flagged, found.proposals) == ({"workers_met": 35}, 1, 1)

    async def listed(kind: str) -> list[tuple[str, list[str]]]:
        page = await overview_lists.visits(Context(work, dung, FRIDAY_1630), kind, THIS, 0, 0)
        return [(row.site.name, list(row.words)) for row in page.rows]

    assert await listed("t.wages") == [
        (TAN_LUA.name, ["Định mức cao"]),
        (SEN_VANG.name, ["Chậm lương"]),
    ]
    assert await listed("case") == [(SEN_VANG.name, ["Xin nhà trẻ"])]
    assert await listed("flag") == [(SEN_VANG.name, [])]


async def test_three_weeks_in_a_row_are_praised_and_two_are_not(work: Work) -> None:
    weeks = [THIS - n * WEEK for n in range(4)]
    await keep(work, *(a_visit(SEN_VANG, week=week, status="reported") for week in weeks[:3]))
    await keep(work, *(a_visit(TAN_LUA, BINH, week=w, status="reported") for w in weeks[:2]))
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert found.praise == [(AN.full_name, 3)]


async def test_nobody_is_praised_beside_visits_not_yet_made(work: Work) -> None:
    before = [THIS - n * WEEK for n in range(1, 8)]
    await keep(work, *(a_visit(SEN_VANG, week=week, status="reported") for week in before))
    await keep(work, a_visit(SEN_VANG), a_visit(SONG_LANH))
    dung = await acting(work, DUNG)
    found = await overview.week(Context(work, dung, FRIDAY_1630), None, 0)
    assert (found.tally.done, found.tally.due, found.praise) == (0, 2, [])
    listed = await overview_lists.staff(Context(work, dung, FRIDAY_1630), THIS, 0, 0)
    assert "tuần liên tục" not in overview_cards.staff(listed).text
    last = await overview.week(Context(work, dung, FRIDAY_1630), THIS - WEEK, 0)
    assert last.praise == [(AN.full_name, 7)]
    assert "(7 tuần liên tục đạt chỉ tiêu)" in overview_cards.week(last).text


async def test_an_excused_week_breaks_no_row_and_a_missed_one_does(work: Work) -> None:
    fates = {"reported": (0, 1, 3), "excused": (2,)}
    for officer, site in ((AN, SEN_VANG), (BINH, TAN_LUA)):
        for fate, weeks in fates.items():
            became = "missed" if officer is BINH and fate == "excused" else fate
            await keep(work, *(a_visit(site, officer, THIS - n * WEEK, became) for n in weeks))
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert found.praise == [(AN.full_name, 3)]


async def test_who_cannot_be_reached_is_named(work: Work) -> None:
    async with work.write() as session:
        await session.exec(
            update(Person).where(col(Person.id) == BINH.id).values(blocked_at=cast.MONDAY)
        )
        await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == CUC.id))
    giang = await overview.week(Context(work, await acting(work, GIANG), FRIDAY_1630), None, 0)
    dung = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert giang.unreachable == [BINH.full_name, CUC.full_name]
    assert dung.unreachable == [BINH.full_name]


async def test_of_many_who_cannot_be_reached_the_card_says_how_many_more_there_are(
    work: Work,
) -> None:
    officer = {"role": Role.OFFICER, "unit_id": KCN.id}
    ids = range(501, 526)
    joined = {"joined_at": cast.LONG_AGO}
    names = {n: f"Cán bộ {n}" for n in ids}
    await keep(work, *(Person(id=n, name=name, folded=name, **joined) for n, name in names.items()))
    await keep(work, *(Membership(person_id=n, **officer) for n in ids))
    week = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert len(week.unreachable) == 25
    assert "Cán bộ 510 và 15 đồng chí khác." in overview_cards.week(week).text
    assert "📵 Chưa liên lạc được: 25 đồng chí." in overview_cards.digest(week).text


def test_wherever_a_card_of_a_week_names_people_it_says_how_many_more_there_are() -> None:
    pairs = [(f"Đồng chí {n}", 3) for n in range(25)]
    facts = WeekFacts(
        view=View(Week(THIS), 0, "Công đoàn tỉnh"),
        current=Week(THIS),
        tally=WeekTally(in_time=80),
        coverage=Coverage(800, 100, 500, 600, 700),
        sums={},
        flagged=0,
        proposals=0,
        troubles=[],
        praise=pairs,
        unreachable=[name for name, _ in pairs],
        undelivered=pairs,
        unopened=pairs,
        promises_overdue=0,
        short=pairs,
        planned=True,
        off=False,
        has_units=True,
    )
    card = overview_cards.week(facts).text
    assert card.count("và 15 đồng chí khác") == 5
    assert "trở lên" not in overview_cards.digest(facts).text


async def test_who_did_not_get_their_messages_is_named_in_that_week(work: Work) -> None:
    def unsent(key: str, person: int | None, on: date, **values: Any) -> OutboxMessage:
        return OutboxMessage(
            dedupe_key=key,
            person_id=person,
            text="lời riêng",
            state=OutboxState.UNDELIVERABLE,
            given_up_on=on,
            not_before=cast.MONDAY,
            created_at=cast.MONDAY,
            **values,
        )

    sunday = THIS + timedelta(days=6)
    await keep(
        work,
        unsent("first", AN.id, THIS),
        unsent("second", AN.id, sunday),
        unsent("next week", AN.id, THIS + WEEK),
        unsent("elsewhere", CUC.id, THIS),
        unsent("blocked", BINH.id, THIS),
    )
    async with work.write() as session:
        await people_store.set_blocked(session, BINH.id, cast.MONDAY)
    dung = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    giang = await overview.week(Context(work, await acting(work, GIANG), FRIDAY_1630), None, 0)
    assert dung.undelivered == [(AN.full_name, 2)]
    assert giang.undelivered == [(AN.full_name, 2), (CUC.full_name, 1)]
    card = overview_cards.week(dung).text
    assert f"Tin chưa gửi được tới: đồng chí {AN.full_name} (2 tin)." in card
    assert "lời riêng" not in card


async def test_the_lists_say_since_when_why_and_by_which_doors_somebody_was_not_reached(
    work: Work,
) -> None:
    def owed(key: str, person_id: int, **values: Any) -> OutboxMessage:
        usual = {"dedupe_key": key, "person_id": person_id, "text": "lời riêng"}
        return OutboxMessage(**{**usual, "created_at": cast.MONDAY, **values})

    week, hours = cast.MONDAY, timedelta(hours=1)
    await keep(
        work,
        owed("waits", AN.id, not_before=FRIDAY_1630 - 30 * hours, error="NetworkError"),
        owed("just now", AN.id, not_before=FRIDAY_1630 - 20 * hours),
        owed(
            "refused",
            DUNG.id,
            not_before=week,
            given_up_on=THIS,
            state=OutboxState.UNDELIVERABLE,
            error="BadRequest",
        ),
        owed("a code", AN.id, not_before=week, mailbox="email:an@example.vn"),
    )
    async with work.write() as session:
        session.add(people_store.address_row(BINH.id, Address("email", "b@example.vn")))
        await people_store.set_blocked(session, BINH.id, cast.MONDAY)
    context = Context(work, await acting(work, GIANG), FRIDAY_1630)
    late = await overview_lists.named(context, "undelivered", THIS, 0)
    assert list(late.rows) == [
        (AN.full_name, "1 tin từ 19/11/2026, đang chờ gửi lại (Telegram)"),
        (DUNG.full_name, "1 tin từ 16/11/2026, nơi nhận từ chối (Telegram)"),
    ]
    missing = await overview_lists.named(context, "unreached", THIS, 0)
    said = dict(missing.rows)
    assert said[BINH.full_name].startswith("không nhận tin từ 16/11/2026 (")
    assert "Thư điện tử" in said[BINH.full_name]
    assert "Telegram" in said[BINH.full_name]
    before = await overview_lists.named(context, "undelivered", THIS - WEEK, 0)
    assert list(before.rows) == []  # what waits is told of now, not in weeks before


async def test_whoever_does_not_come_to_read_what_waits_on_the_web_is_named_to_be_called(
    work: Work,
) -> None:
    def waits(key: str, person_id: int, days: int, **values: Any) -> OutboxMessage:
        at = FRIDAY_1630 - timedelta(days=days)
        usual = {"door": "web", "text": "lời riêng", "state": OutboxState.SENT}
        columns = {**usual, "not_before": at, "created_at": at, **values}
        return OutboxMessage(dedupe_key=key, person_id=person_id, **columns)

    def opened(person_id: int, days: int) -> WebSession:
        at = FRIDAY_1630 - timedelta(days=days)
        return WebSession(
            token_hash=f"{person_id}",
            person_id=person_id,
            device=Device.PHONE,
            idle_hours=12,
            began_at=at,
            used_at=at,
            ends_at=at + timedelta(days=7),
        )

    async with work.write() as session:
        for who in (AN, BINH, DUNG, CUC, MAI):
            session.add(people_store.address_row(who.id, Address("web", who.full_name)))
        for who, days in ((BINH, 6), (CUC, 1)):
            await people_store.set_seen(session, who.id, FRIDAY_1630 - timedelta(days=days))
    await keep(
        work,
        *(waits(f"never:{n}", AN.id, n) for n in (4, 5)),
        waits("young", AN.id, 2),
        waits("read", AN.id, 6, opened=True),
        waits("rang", AN.id, 7, door="telegram"),
        *(waits("after her last day", BINH.id, 4), waits("before it", BINH.id, 9)),
        *(waits("has looked since", DUNG.id, 4), opened(DUNG.id, 2)),
        waits("at work yesterday", CUC.id, 5),
        *(waits("on the day of the last look", MAI.id, 8), opened(MAI.id, 8)),
    )
    giang = Context(work, await acting(work, GIANG), FRIDAY_1630)
    week = await overview.week(giang, None, 0)
    assert week.unopened == [(AN.full_name, 2), (BINH.full_name, 1)]
    card = overview_cards.week(week)
    assert f"chưa vào xem tin trên trang web: đồng chí {AN.full_name} (2 tin), " in card.text
    assert "📬 Tin chưa ai xem" in [button.label for row in card.rows for button in row]
    rows = (await overview_lists.named(giang, "unopened", THIS, 0)).rows
    assert list(rows) == [
        (AN.full_name, "2 tin chờ xem từ 15/11/2026, lâu nay chưa vào xem"),
        (BINH.full_name, "1 tin chờ xem từ 16/11/2026, vào lần cuối 14/11/2026"),
    ]
    before = await overview.week(giang, THIS - WEEK, 0)
    assert list(before.unopened) == [], "what waits is told of now, not in weeks before"
    cuc = Context(work, await acting(work, KHOA), FRIDAY_1630)
    assert list((await overview.week(cuc, None, 0)).unopened) == [], "of one's own units alone"


async def test_who_has_fewer_sites_than_visits_asked_for_is_named_unless_on_leave_all_week(
    work: Work,
) -> None:
    on_leave = Leave(person_id=BINH.id, first_day=THIS, last_day=THIS + timedelta(days=4))
    await keep(work, a_visit(SEN_VANG), on_leave)
    async with work.write() as session:
        await session.exec(
            update(Person).where(col(Person.id).in_([AN.id, BINH.id])).values(weekly_quota=7)
        )
    found = await overview.week(Context(work, await acting(work, DUNG), FRIDAY_1630), None, 0)
    assert found.short == [(AN.full_name, 2)]
    staff = await overview_lists.staff(
        Context(work, await acting(work, DUNG), FRIDAY_1630), THIS, 0, 0
    )
    away = {row.person.name: list(row.away) for row in staff.rows}
    assert away[BINH.full_name] == [(on_leave.first_day, on_leave.last_day)]
    assert away[AN.full_name] == []


async def test_a_guest_from_elsewhere_is_listed_where_the_visit_is(work: Work) -> None:
    await keep(work, a_visit(BEN_QUE, AN, status="reported"))
    giang = await acting(work, GIANG)
    found = await overview_lists.staff(Context(work, giang, FRIDAY_1630), THIS, LONG_HOA.id, 0)
    assert {row.person.name for row in found.rows} == {AN.full_name, CUC.full_name}


async def test_lists_come_ten_at_a_time(work: Work) -> None:
    sites = [SEN_VANG, SONG_LANH, TAN_LUA]
    await keep(work, *(a_visit(sites[n % 3], nth=n) for n in range(23)))
    dung = await acting(work, DUNG)
    pages = [
        await overview_lists.visits(Context(work, dung, FRIDAY_1630), "open", THIS, 0, n)
        for n in range(3)
    ]
    assert [(len(page.rows), page.page.more) for page in pages] == [
        (10, True),
        (10, True),
        (3, False),
    ]
    assert len({row.visit.id for page in pages for row in page.rows}) == 23


async def test_the_number_of_queries_does_not_grow_with_what_is_counted(work: Work) -> None:
    giang = await acting(work, GIANG)

    async def queries() -> int:
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(work.store.engine.sync_engine, "before_cursor_execute", note)
        await overview.week(Context(work, giang, FRIDAY_1630), None, 0)
        event.remove(work.store.engine.sync_engine, "before_cursor_execute", note)
        return len(asked)

    await keep(work, a_visit(SEN_VANG))
    few = await queries()
    weeks = [THIS - n * WEEK for n in range(40)]
    await keep(
        work,
        *(
            a_visit(site, officer, week, "reported", nth=1)
            for week in weeks
            for site, officer in ((SEN_VANG, AN), (TAN_LUA, BINH), (BEN_QUE, CUC))
        ),
    )
    assert await queries() == few <= 28


@pytest.mark.parametrize("one", [AN, MAI])
async def test_officers_and_representatives_have_no_overview(work: Work, one: Character) -> None:
    with pytest.raises(Refused):
        await overview.week(Context(work, await acting(work, one), FRIDAY_1630), None, 0)


@pytest.mark.parametrize("unit", [LONG_HOA, cast.TINH, SEN_VANG])
async def test_a_supervisor_looks_into_their_own_units_only(work: Work, unit: Place) -> None:
    dung = await acting(work, DUNG)
    calls = [
        overview.week(Context(work, dung, FRIDAY_1630), THIS, unit.id),
        overview_lists.visits(Context(work, dung, FRIDAY_1630), "all", THIS, unit.id, 0),
        overview_lists.staff(Context(work, dung, FRIDAY_1630), THIS, unit.id, 0),
        overview_lists.units(Context(work, dung, FRIDAY_1630), THIS, unit.id, 0),
        overview_lists.coverage(Context(work, dung, FRIDAY_1630), THIS, unit.id, 0),
        overview_lists.troubles(Context(work, dung, FRIDAY_1630), THIS, unit.id),
    ]
    if unit is SEN_VANG:  # within the own unit
        for call in calls:
            await call
        return
    for call in calls:
        with pytest.raises(Refused):
            await call


async def test_a_visit_is_seen_by_its_officer_and_those_above_only(work: Work) -> None:
    visit = a_visit(SEN_VANG)
    await keep(work, visit)
    for one in (AN, DUNG, GIANG, HA):
        seen = await overview_visit.visit_page(
            Context(work, await acting(work, one), FRIDAY_1630), visit.id or 0, 0
        )
        assert seen.may_direct is (one in (DUNG, GIANG))
    for one in (BINH, KHOA, MAI, CUC):  # Bình goes out there too: once it is reported, he reads it
        with pytest.raises(Refused):
            await overview_visit.visit_page(
                Context(work, await acting(work, one), FRIDAY_1630), visit.id or 0, 0
            )


async def test_a_forged_list_is_refused(work: Work) -> None:
    leader = Context(work, await acting(work, DUNG), FRIDAY_1630)
    for kind in ("t.nothing", "o.", "o.12345678901", "o.x", "none", "t"):
        with pytest.raises(Refused):
            pytest.fail(f"{kind}: {await overview_lists.visits(leader, kind, THIS, 0, 0)}")


async def test_an_officer_who_never_came_in_is_marked_in_the_list(work: Work) -> None:
    async with work.write() as session:
        await session.exec(delete(PersonAddress).where(col(PersonAddress.person_id) == AN.id))
    leader = Context(work, await acting(work, DUNG), FRIDAY_1630)
    facts = await overview_lists.staff(leader, THIS, 0, 0)
    lines = overview_cards.staff(facts).text.split("\n")
    marked = {line.split("<b>")[1].split("</b>")[0] for line in lines if "chưa vào lần nào" in line}
    assert marked == {AN.full_name}
