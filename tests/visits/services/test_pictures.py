"""What pictures show: the scope of the cards, no case that a figure may not tell of."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.work import Work
from bot.visits.facts.pictures import (
    AgesFacts,
    MapFacts,
    MembersFacts,
    ReachFacts,
    WaitsFacts,
    WeeksFacts,
)
from bot.visits.papers.pictures import picture_of
from bot.visits.rules.pictures import SinceVisit
from bot.visits.services import pictures
from storage.enums import CaseKind, CaseStatus, Category, CountSource
from storage.models import Case, Unit, UnitCount
from storage.store import Store
from tests import cast
from tests.cast import (
    BEN_QUE,
    DUNG,
    GIANG,
    HA,
    KCN,
    LONG_HOA,
    SEN_VANG,
    TAN_LUA,
    VAULT,
    Character,
)
from tests.visits.services.test_overview import THIS, WEEK, a_report, a_visit, keep

NOW = cast.FRIDAY_1630
DAY = timedelta(days=1)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def drawn(
    work: Work, who: Character, kind: str, unit_id: int = 0, *, week: date = THIS
) -> Any:
    context = Context(work, await actor_of(work, who.address), NOW)
    return await pictures.facts_for(context, kind, week, unit_id)


def a_case(number: int, category: Category = Category.LUONG, **more: Any) -> Case:
    columns = {
        "code": f"PA-{number:04}",
        "category": category,
        "site_id": SEN_VANG.id,
        "unit_id": KCN.id,
        "home_id": KCN.id,
        "text": "…",
        "created_at": NOW - DAY,
        "kind": CaseKind.CONCERN,
    }
    return Case(**{**columns, **more})


async def test_twelve_weeks_are_shown_with_those_without_a_visit(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(TAN_LUA, week=THIS - 2 * WEEK, status="reported", late=True),
        a_visit(TAN_LUA, week=THIS - 12 * WEEK, status="missed"),
        a_visit(BEN_QUE, status="missed"),
    )
    facts: WeeksFacts = await drawn(work, DUNG, "v")
    counts = {week.number: (tally.done, tally.due) for week, tally in facts.weeks}
    assert len(counts) == 12
    assert {week: count for week, count in counts.items() if count[1]} == {47: (1, 1), 45: (1, 1)}
    every: WeeksFacts = await drawn(work, GIANG, "v")
    assert every.weeks[-1][1].due == 2


async def test_the_coverage_is_of_the_units_one_step_down_the_lowest_first(work: Work) -> None:
    await keep(
        work,
        a_visit(SEN_VANG, status="reported"),
        a_visit(TAN_LUA, week=THIS - 4 * WEEK, status="reported"),
        a_visit(BEN_QUE, week=THIS - 12 * WEEK, status="reported"),
    )
    facts: ReachFacts = await drawn(work, GIANG, "c")
    assert [name for name, _ in facts.units][-1] == KCN.name
    assert dict(facts.units)[KCN.name] == {
        SinceVisit.RECENTLY: 1,
        SinceVisit.A_WHILE_AGO: 1,
        SinceVisit.NEVER: 3,
    }
    assert facts.every[SinceVisit.LONG_AGO] == 1
    below: ReachFacts = await drawn(work, GIANG, "c", KCN.id)
    assert [name for name, _ in below.units] == [pictures.DIRECTLY_BELOW]


async def test_a_site_lies_where_it_says_else_where_its_report_was_written_else_in_its_ward(
    work: Work,
) -> None:
    visit, older = a_visit(TAN_LUA, status="reported"), a_visit(BEN_QUE, week=THIS - 60 * WEEK)
    await keep(work, visit, older)
    await a_report(work, visit, latitude=10.2, longitude=105.2)
    await a_report(work, older, latitude=11.9, longitude=107.9)
    async with work.write() as session:
        for place, columns in (
            (cast.TINH, {"name": "LĐLĐ tỉnh An Giang"}),
            (SEN_VANG, {"latitude": 10.1, "longitude": 105.1}),
            (LONG_HOA, {"name": "CĐ phường Long Xuyên"}),
        ):
            unit = await session.get(Unit, place.id)
            assert unit is not None
            for name, value in columns.items():
                setattr(unit, name, value)
    facts: MapFacts = await drawn(work, GIANG, "m")
    lies = {site.name: (site.position, site.exact) for site in facts.sites}
    assert lies[SEN_VANG.name] == ((10.1, 105.1), True)
    assert lies[TAN_LUA.name] == ((10.2, 105.2), True)
    assert lies[BEN_QUE.name] == ((10.366, 105.423), False)
    assert len(facts.ground) == 102
    assert any(position is None for position, _ in lies.values())


async def test_an_enterprise_is_on_the_map_as_what_it_was_in_the_week_that_is_shown(
    work: Work,
) -> None:
    async with work.write() as session:
        founded = await session.get(Unit, BEN_QUE.id)
        assert founded is not None
        founded.union_since = THIS
    before: MapFacts = await drawn(work, GIANG, "m", week=THIS - WEEK)
    now: MapFacts = await drawn(work, GIANG, "m")
    names = [{site.name for site in facts.sites if site.unionless} for facts in (before, now)]
    assert names[0] - names[1] == {BEN_QUE.name}
    assert names[1]  # those of the cast that have none


async def test_a_picture_tells_of_no_case_that_a_figure_may_not_tell_of(work: Work) -> None:
    await keep(
        work,
        *(a_case(n, created_at=NOW - 8 * n * DAY) for n in range(1, 5)),
        a_case(10, Category.QUAY_ROI),
        a_case(11, kind=CaseKind.DENUNCIATION),
        a_case(12, about_id=DUNG.id),
        a_case(13, Category.NU),
        a_case(14, status=CaseStatus.SETTLED, settled_at=NOW),
        a_case(20, site_id=BEN_QUE.id, unit_id=LONG_HOA.id, home_id=LONG_HOA.id),
    )
    facts: AgesFacts = await drawn(work, DUNG, "a")
    assert (facts.rows, facts.left_out) == ([(Category.LUONG, [0, 1, 2, 1])], 1)
    whole: AgesFacts = await drawn(work, GIANG, "a")
    assert sum(sum(row) for _, row in whole.rows) == 5
    picture = picture_of(facts)
    assert picture is not None
    assert picture[1] == (
        "CĐ các KCN tỉnh: 4 phản ánh, kiến nghị chưa giải quyết (không tính việc cần giữ kín), "
        "trong đó 1 đã chờ hơn 30 ngày. "
        "Nhiều nhất: lương, phụ cấp, định mức (4)."
    )


async def test_how_long_settled_cases_took_is_shown_by_the_month_they_were_settled_in(
    work: Work,
) -> None:
    settled = {"status": CaseStatus.ANSWERED}
    await keep(
        work,
        a_case(1, created_at=NOW - 5 * DAY, settled_at=NOW, **settled),
        a_case(2, created_at=NOW - 40 * DAY, settled_at=NOW, **settled),
        a_case(3, created_at=NOW - 70 * DAY, settled_at=NOW - 60 * DAY, **settled),
        a_case(4, created_at=NOW - 400 * DAY, settled_at=NOW - 390 * DAY, **settled),
        a_case(5, Category.QUAY_ROI, settled_at=NOW, **settled),
        a_case(6),
    )
    facts: WaitsFacts = await drawn(work, DUNG, "w")
    assert [(month, list(counts)) for month, counts, _ in facts.months if sum(counts)] == [
        ((2026, 9), [0, 1, 0, 0]),
        ((2026, 11), [1, 0, 0, 1]),
    ]
    picture = picture_of(facts)
    assert picture is not None
    assert (
        "đã giải quyết 3 phản ánh, kiến nghị; 2 (67%) trong 15 ngày, 1 mất hơn 30 ngày."
        in (picture[1])
    )


async def test_members_over_the_months_come_from_the_history_of_their_sites(work: Work) -> None:
    async with work.write() as session:
        unit = await session.get(Unit, SEN_VANG.id)
        assert unit is not None
        unit.known_since, unit.members = date(2020, 1, 1), 900
        for day, members in ((date(2026, 2, 1), 700), (date(2026, 9, 5), 900)):
            session.add(
                UnitCount(
                    unit_id=SEN_VANG.id,
                    day=day,
                    workers=1000,
                    women=0,
                    members=members,
                    source=CountSource.LIST,
                    at=NOW,
                )
            )
    facts: MembersFacts = await drawn(work, DUNG, "d")
    by_month = {(day.year, day.month): members for day, members in facts.months}
    assert by_month[2026, 9] - by_month[2026, 8] == 200
    assert facts.months[-1][0] == date(2026, 11, 20)


async def test_members_who_were_new_at_the_first_count_of_a_site_were_not_there_before(
    work: Work,
) -> None:
    """The picture drew them back to its first month and said "không đổi", while the pages beside it
    told of 15 new members."""
    async with work.write() as session:
        for unit in (await session.exec(select(Unit).where(col(Unit.members) > 0))).all():
            unit.known_since = date(2020, 1, 1)
        site = await session.get_one(Unit, SEN_VANG.id)
        site.members = 915
        first_count = UnitCount(
            unit_id=SEN_VANG.id,
            day=date(2026, 11, 9),
            workers=1000,
            women=0,
            members=915,
            gained=15,
            source=CountSource.REPORT,
            at=NOW,
        )
        session.add(first_count)
    facts: MembersFacts = await drawn(work, DUNG, "d")
    assert facts.months[-1][1] - facts.months[-2][1] == 15
    picture = picture_of(facts)
    assert picture is not None
    assert ", tăng 15." in picture[1]


async def test_sites_that_a_list_brought_are_no_growth_of_members(work: Work) -> None:
    """A list of sites that were there all along, entered in November, made "tăng 900" of them."""
    async with work.write() as session:
        for unit in (await session.exec(select(Unit).where(col(Unit.members) > 0))).all():
            unit.known_since = date(2020, 1, 1)
        newcomer = await session.get(Unit, SEN_VANG.id)
        assert newcomer is not None
        newcomer.known_since, newcomer.members = date(2026, 11, 12), 900
    facts: MembersFacts = await drawn(work, DUNG, "d")
    assert facts.months[-1][1] - facts.months[-2][1] == facts.listed_since == 900
    picture = picture_of(facts)
    assert picture is not None
    assert "tăng 900 (tính cả 900 đoàn viên ở cơ sở mới đưa vào danh sách)." in picture[1]


async def test_who_reads_no_cases_gets_no_picture_of_them(work: Work) -> None:
    context = Context(work, await actor_of(work, HA.address), NOW)
    assert (await pictures.choice(context, THIS, 0)).kinds == ["v", "c", "m", "d"]
    leader = Context(work, await actor_of(work, GIANG.address), NOW)
    assert set((await pictures.choice(leader, THIS, 0)).kinds) == set(pictures.KINDS)
