"""What papers and the board say of targets, and what they are counted from."""

from dataclasses import replace
from datetime import date, time

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.summaries.cards import target_words
from bot.summaries.rules.targets import Pace, Reached
from bot.summaries.services import board, consolidated, contents, targets
from bot.summaries.services.targets import AsOf, Meant
from storage.enums import UnitKind
from storage.models import Obligation, Unit
from tests import cast
from tests.cast import DUNG, GIANG, KCN, LONG_HOA, SEN_VANG, SONG_LANH, TINH, VI_NA_SUN
from tests.statements import statements
from tests.summaries.help import owes
from tests.summaries.services.count_help import brought, went

TODAY = date(2026, 12, 10)
NOW = at(TODAY, time(12, 0))


async def line_of(work: Work, plan: str, position: int, unit: cast.Place = KCN, day: date = TODAY):
    async with work.read() as session:
        row = await session.get_one(Unit, unit.id)
        plans = [p for p in work.programmes if p.key == plan]
        lines = await targets.lines_of(session, work, plans, [row], AsOf(day, 2026))
    return lines[unit.id][position]


async def test_a_report_says_what_was_reached_from_where_as_of_when(work: Work) -> None:
    await cast.settle(work.store)
    await went(work, SEN_VANG, date(2026, 11, 4), new_members=12)
    key = await owes(work)
    await owes(work, LONG_HOA, key=f"sat-co-so:nam:2026:{LONG_HOA.id}")
    async with work.read() as session:
        paper = await contents.paper_of(session, work, await session.get_one(Obligation, key), NOW)
    rows = {row.text: row for row in paper.targets}
    weeks = next(row for text, row in rows.items() if "đi cơ sở" in text)
    assert weeks.result.startswith("1/")
    assert weeks.result.endswith("theo báo cáo đi cơ sở và số liệu của cơ sở, tính đến 10/12/2026")
    members = rows["Đoàn viên tăng thêm trong DN ngoài khu vực nhà nước"]
    assert members.result == (
        "12 đoàn viên; theo báo cáo đi cơ sở và số liệu của cơ sở, tính đến 10/12/2026"
    )
    async with work.read() as session:
        whole = await consolidated.consolidate(session, work, "sat-co-so:nam:2026", NOW)
    assert members.own_level == "chưa giao số (năm 2026; mức chung của kế hoạch: 25.000 đoàn viên)"
    assert (members.level, weeks.own_level) == ("", "")
    members = next(row for row in whole.targets if row.text.startswith("Đoàn viên"))
    assert members.result.startswith("12/5.746 đoàn viên (0,2%)")
    assert (members.level, members.own_level) == ("năm 2026: 5.746 đoàn viên", "")
    assert contents.from_json(contents.to_json(paper)) == paper


async def test_the_plans_number_is_not_the_units(work: Work) -> None:
    await cast.settle(work.store)
    line = replace(await line_of(work, "doan-vien", 0), wanted=48)
    assert target_words.own_level(line) == (
        "48 đoàn viên (năm 2026; mức chung của kế hoạch: 25.000 đoàn viên)"
    )
    assert target_words.level(line) == ""


async def test_weeks_of_units_are_never_added_up(work: Work) -> None:
    await cast.settle(work.store)
    whole = await line_of(work, "sat-co-so", 0, TINH)
    assert whole.target.counts == "visits_kept"
    whole = replace(whole, reached=Reached(72, 147), due=147, units=4, units_known=3)
    assert target_words.reached(whole) == "bình quân 24/49 tuần mỗi đơn vị (49%; 3 đơn vị)"
    assert target_words.standing(whole) == "chậm bình quân 25 tuần mỗi đơn vị"
    assert target_words.due(whole) == "Đến 10/12/2026 cần bình quân 49 tuần mỗi đơn vị"
    assert target_words.counted(whole).endswith("; bình quân của 3/4 đơn vị")
    uneven = replace(whole, reached=Reached(71, 146))
    assert target_words.reached(uneven).startswith("bình quân 23,7/48,7 tuần mỗi đơn vị")
    assert target_words.average(1, 30) == "0,1"
    alone = replace(whole, reached=Reached(24, 49), units=1, units_known=1)
    assert target_words.reached(alone) == "24/49 tuần (49%)"


async def test_a_unit_without_a_week_behind_it_pulls_no_average_down(work: Work) -> None:
    await cast.settle(work.store)
    for day in (date(2026, 11, 4), date(2026, 11, 11)):
        await went(work, SEN_VANG, day)
    friday = date(2026, 12, 11)
    before = await line_of(work, "sat-co-so", 0, TINH, friday)
    assert before.units_known
    async with work.write() as session:
        session.add(
            Unit(
                id=77,
                code="MOI",
                name="CĐ phường Mới",
                folded="cd phuong moi",
                kind=UnitKind.UPPER,
                path="/1/77/",
                parent_id=TINH.id,
                known_since=friday,
            )
        )
    after = await line_of(work, "sat-co-so", 0, TINH, friday)
    assert target_words.reached(after) == target_words.reached(before)


async def test_the_board_says_who_lags_behind_in_how_many_targets(work: Work) -> None:
    await cast.settle(work.store)
    key = await owes(work)
    giang = Context(work, await actor_of(work, GIANG.address), NOW)
    facts = await board.board(giang, key, 0)
    assert [row.targets_behind for row in facts.rows] == [1]
    assert (facts.targets_of, facts.receiver_id) == ("sat-co-so", TINH.id)


async def test_cases_in_time_are_those_settled_by_their_day_of_those_that_fell_due(
    work: Work,
) -> None:
    await cast.settle(work.store)
    plan = work.programmes[0]
    first = plan.targets[0]
    in_time = replace(first, key="in-time", value=90, measure="%", counts="settled_in_time")
    plans = (replace(plan, targets=(in_time,)), *work.programmes[1:])
    work = replace(work, programmes=plans)
    by, late = at(date(2026, 11, 10), time(17)), at(date(2026, 11, 12), time(9))
    day = date(2026, 11, 2)
    await brought(work, SEN_VANG, day, "settled", settle_by=by, settled_at=by)
    await brought(work, SEN_VANG, day, "settled", settle_by=by, settled_at=late)
    await brought(work, SONG_LANH, day, settle_by=by)
    await brought(work, SEN_VANG, day, settle_by=at(NOW.date(), time(17)))  # not over yet
    line = await line_of(work, "sat-co-so", 0)
    assert line.reached == Reached(1, 3)
    assert line.due == 3  # two thirds are not nine tenths
    assert line.pace is Pace.BEHIND
    assert (await line_of(work, "sat-co-so", 0, LONG_HOA)).pace is Pace.NOTHING


async def test_an_enterprise_with_a_union_counts_by_its_workers_from_the_year_on(
    work: Work,
) -> None:
    await cast.settle(work.store)
    async with work.write() as session:
        small = await session.get_one(Unit, VI_NA_SUN.id)
        small.workers = 24
    assert (await line_of(work, "doan-vien", 1)).reached == Reached(0, 0)
    async with work.write() as session:
        unit = await session.get_one(Unit, VI_NA_SUN.id)
        unit.workers, unit.kind, unit.union_since = 25, UnitKind.SITE_UNION, date(2026, 3, 1)
    assert (await line_of(work, "doan-vien", 1)).reached == Reached(1, 1)


async def test_the_course_to_draw_has_every_month_beside_the_straight_line(work: Work) -> None:
    await cast.settle(work.store)
    await went(work, SEN_VANG, date(2026, 3, 4), new_members=12)
    await went(work, SONG_LANH, date(2026, 11, 4), new_members=5)
    giang = Context(work, await actor_of(work, GIANG.address), NOW)
    course = await targets.course_of(giang, Meant("doan-vien", 0))
    assert course.points[2] == (date(2026, 3, 31), 12)
    assert course.points[-1] == (NOW.date(), 17)
    assert course.straight == ((date(2026, 1, 1), 0), (date(2026, 12, 31), 5746))


async def test_how_many_statements_it_takes_does_not_depend_on_the_units(work: Work) -> None:
    await cast.settle(work.store)
    giang = Context(work, await actor_of(work, GIANG.address), NOW)
    meant = Meant("doan-vien", 0, TINH.id, 2026)
    with statements(work.store) as few:
        await targets.list_units(giang, meant, 0)
    async with work.write() as session:
        for n in range(200, 230):
            session.add(
                Unit(
                    id=n,
                    code=f"U{n}",
                    name=f"CĐ xã {n}",
                    folded=f"cd xa {n}",
                    kind=UnitKind.UPPER,
                    parent_id=TINH.id,
                    path=f"/1/{n}/",
                    known_since=date(2026, 1, 5),
                )
            )
    with statements(work.store) as many:
        facts = await targets.list_units(giang, meant, 0)
    assert facts.pages > 1
    assert len(many) == len(few)


async def test_nobody_else_sees_another_units_targets(work: Work) -> None:
    await cast.settle(work.store)
    dung = Context(work, await actor_of(work, DUNG.address), NOW)
    facts = await targets.overview(dung)
    assert facts.unit.id == KCN.id
