"""Who has sent, who is late, and what all of them add up to; on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rendering import moment
from bot.core.rules.calendar import at
from bot.core.rules.permissions import Actor, Grant
from bot.core.rules.programmes import Programme, ReportDue, Target
from bot.core.work import Work
from bot.summaries.cards import board as board_cards
from bot.summaries.rules.board import Standing
from bot.summaries.rules.papers import Consolidated
from bot.summaries.services import (
    board,
    board_unit,
    consolidated,
    corrections,
    follow_up,
    pages,
    sending,
    writing,
)
from storage.enums import SummaryState, UnitKind, VisitStatus
from storage.models import (
    ClusterUnit,
    Obligation,
    OutboxMessage,
    ReportRequest,
    Unit,
    Visit,
    VisitReport,
)
from storage.store import Store
from tests import cast
from tests.cast import AN, CUC, DUNG, GIANG, HA, HON_SAO, KCN, KHOA, LONG_HOA, TINH, VAULT
from tests.summaries.help import NOON, all_written
from tests.summaries.obligation_help import DUE, GROUP, owe, owes, send, write

BEFORE = at(date(2026, 12, 10), time(9))
AFTER = at(DUE, time(9))


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def ids(work: Work) -> list[int]:
    """KCN, Long Hòa and Hòn Sao owe the yearly report."""
    return await owe(work, owes(KCN), owes(LONG_HOA), owes(HON_SAO))


async def giang(work: Work) -> Actor:
    return await actor_of(work, GIANG.address)


async def visited(work: Work, place: cast.Place, unit: cast.Place, met: int, number: int) -> None:
    """A reported visit in June."""
    monday = date(2026, 6, 1) + timedelta(weeks=number % 4)
    async with work.write() as session:
        visit = Visit(
            key=f"{monday}:{number}",
            week=monday,
            site_id=place.id,
            unit_id=unit.id,
            officer_id=AN.id,
            status=VisitStatus.REPORTED,
            created_at=at(monday, time(7)),
        )
        session.add(visit)
        await session.flush()
        session.add(
            VisitReport(
                visit_id=visit.id or 0,
                author_id=AN.id,
                submitted_at=visit.created_at,
                visited_on=monday,
                kind="dialogue",
                workers_met=met,
                situation="Công nhân hỏi về định mức.",
            )
        )


async def test_the_late_come_first_and_everybody_is_counted(work: Work, ids: list[int]) -> None:
    await send(work, ids[0], BEFORE, DUNG.id)
    await write(work, ids[1], BEFORE, CUC.id, II="Đã họp.", IV_1="Tốt.")
    facts = await board.board(Context(work, await giang(work), AFTER), ids[0], 0)
    assert [(r.unit, r.standing) for r in facts.rows] == [
        (HON_SAO.name, Standing.LATE),
        (LONG_HOA.name, Standing.LATE),
        (KCN.name, Standing.SENT),
    ]
    assert facts.counts == {Standing.LATE: 2, Standing.SENT: 1}
    assert (facts.sent, facts.missing, facts.units) == (1, 2, 3)
    assert [(r.done, r.needed) for r in facts.rows][1] == (2, 4)
    assert facts.receives


async def test_before_the_deadline_nobody_is_late(work: Work, ids: list[int]) -> None:
    await write(work, ids[1], BEFORE, CUC.id, II="Đã họp.")
    facts = await board.board(Context(work, await giang(work), BEFORE), ids[2], 0)
    assert [row.standing for row in facts.rows] == [
        Standing.NOT_BEGUN,
        Standing.NOT_BEGUN,
        Standing.WRITING,
    ]


async def test_a_voice_message_or_blanks_are_not_written(work: Work, ids: list[int]) -> None:
    await write(work, ids[0], BEFORE, AN.id, II="   ", IV_1="Tốt.")
    facts = await board_unit.unit(Context(work, await giang(work), BEFORE), ids[0], 0)
    assert (facts.row.done, facts.row.needed) == (1, 4)
    assert [part.done for part in facts.parts[:2]] == [False, True]
    assert facts.parts[1].author == AN.full_name


async def test_what_was_late_stays_late_on_the_board(work: Work, ids: list[int]) -> None:
    await send(work, ids[0], AFTER, DUNG.id, late=True, state=SummaryState.ACCEPTED)
    facts = await board_unit.unit(Context(work, await giang(work), AFTER), ids[0], 0)
    assert facts.row.late
    assert facts.row.standing is Standing.ACCEPTED
    (version,) = facts.versions
    assert (version.late, version.outcome, version.sent_by) == (True, "accepted", DUNG.full_name)
    assert (await board.board(Context(work, await giang(work), AFTER), ids[0], 0)).late_ones == 1


@pytest.mark.parametrize("who", [AN, CUC, DUNG, KHOA])
async def test_the_board_is_for_those_over_the_receiver(
    work: Work, ids: list[int], who: cast.Character
) -> None:
    actor = await actor_of(work, who.address)
    for ask in (
        board.board(Context(work, actor, BEFORE), ids[0], 0),
        board.answers(Context(work, actor, BEFORE), ids[0]),
        board_unit.unit(Context(work, actor, BEFORE), ids[0], 0),
        consolidated.report(Context(work, actor, BEFORE), ids[0]),
    ):
        with pytest.raises(Refused):
            await ask
    assert await board.near(Context(work, actor, BEFORE)) == []


async def test_an_administrator_sees_and_does_not_decide(work: Work, ids: list[int]) -> None:
    actor = await actor_of(work, HA.address)
    assert not (await board.board(Context(work, actor, BEFORE), ids[0], 0)).receives
    assert (await board_unit.unit(Context(work, actor, BEFORE), ids[0], 0)).receives is False


async def test_a_forged_id_finds_nothing(work: Work, ids: list[int]) -> None:
    with pytest.raises(Refused):
        await board.board(Context(work, await giang(work), BEFORE), 999_999_999, 0)


async def test_open_reports_come_before_finished_ones(work: Work, ids: list[int]) -> None:
    def year(number: int) -> Obligation:
        return owes(KCN, group=f"sat-co-so:year:{number}", due=date(number, 12, 15))

    done, older, _ = await owe(work, year(2028), year(2025), year(2027))
    for one in (done, older):
        await send(work, one, BEFORE, DUNG.id, state=SummaryState.ACCEPTED)
    facts = await board.groups(Context(work, await giang(work), BEFORE), 0)
    assert [(one.open, one.due_before.year, one.units) for one in facts.lines] == [
        (True, 2026, 3),
        (True, 2027, 1),
        (False, 2028, 1),
        (False, 2025, 1),
    ]


async def test_home_says_what_is_near_or_late_and_nothing_else(work: Work, ids: list[int]) -> None:
    actor = await giang(work)
    early = at(DUE - timedelta(days=46), time(9))
    assert await board.near(Context(work, actor, early)) == []
    (line,) = await board.near(Context(work, actor, early + timedelta(days=1)))
    assert (line.units, line.sent, line.late) == (3, 0, 0)
    (line,) = await board.near(Context(work, actor, AFTER + timedelta(days=90)))
    assert line.late == 3


# ---- Consolidated --------------------------------------------------------------------------


async def merged(work: Work) -> Any:
    async with work.read() as session:
        return await consolidated.consolidate(session, work, GROUP, BEFORE)


async def test_who_sent_counts_as_signed_and_who_did_not_from_the_data(
    work: Work, ids: list[int]
) -> None:
    await visited(work, cast.SEN_VANG, KCN, 30, 0)
    await send(work, ids[0], BEFORE, DUNG.id)
    await visited(work, cast.SEN_VANG, KCN, 100, 1)  # after KCN signed
    await visited(work, cast.BEN_QUE, LONG_HOA, 7, 2)
    report = await merged(work)
    assert [(row.unit, row.state) for row in report.rows] == [
        (KCN.name, "sent"),
        (HON_SAO.name, ""),
        (LONG_HOA.name, ""),
    ]
    assert report.total.values["workers_met"] == 37
    assert report.total.values["visits"] == 2
    assert report.rows[0].sent_on == date(2026, 12, 10)
    assert (report.first_day, report.until) == (date(2026, 1, 1), date(2026, 12, 10))
    assert report.head.issuer == "Liên đoàn Lao động tỉnh"


async def test_excused_units_are_not_among_those_that_have_to_send(
    work: Work, ids: list[int]
) -> None:
    async with work.write() as session:
        excused = update(Obligation).where(col(Obligation.id).in_(ids[1:])).values(excused_at=NOON)
        await session.exec(excused)
    await send(work, ids[1], BEFORE, CUC.id)  # it sent all the same
    await send(work, ids[2], BEFORE, GIANG.id, state=SummaryState.RETURNED)
    facts = await board.board(Context(work, await giang(work), BEFORE), ids[0], 0)
    assert (facts.sent, facts.units, len(facts.rows)) == (1, 2, 3)
    (line,) = (await board.groups(Context(work, await giang(work), BEFORE), 0)).lines
    assert (line.sent, line.units) == (1, 2)


async def test_excused_units_are_listed_and_still_counted(work: Work, ids: list[int]) -> None:
    await visited(work, cast.BEN_QUE, LONG_HOA, 7, 0)
    async with work.write() as session:
        excused = update(Obligation).where(col(Obligation.id) == ids[1]).values(excused_at=BEFORE)
        await session.exec(excused)
    report = await merged(work)
    assert {row.unit: row.state for row in report.rows}[LONG_HOA.name] == "excused"
    assert report.total.values["workers_met"] == 7


def standing_of(report: Consolidated) -> dict[str, int]:
    """The totals; how many weeks units had to meet does change with the number of units."""
    return {k: v for k, v in report.total.values.items() if k not in ("weeks", "weeks_met")}


async def dissolve(work: Work, place: cast.Place, into: cast.Place) -> None:
    async with work.write() as session:
        gone = {"dissolved_on": date(2026, 12, 5), "successor_id": into.id}
        await session.exec(update(Unit).where(col(Unit.id) == place.id).values(**gone))
        for site in cast.SITES:
            if site.parent == place.id:
                path = f"{into.path}{site.id}/"
                moved = {"parent_id": into.id, "path": path}
                await session.exec(update(Unit).where(col(Unit.id) == site.id).values(**moved))


async def test_a_unit_merged_after_it_sent_keeps_its_row_and_nothing_counts_twice(
    work: Work, ids: list[int]
) -> None:
    await visited(work, cast.BIEN_NGOC, HON_SAO, 5, 0)
    before = await merged(work)
    await send(work, ids[2], at(date(2026, 12, 1), time(9)), GIANG.id)
    await dissolve(work, HON_SAO, LONG_HOA)
    report = await merged(work)
    assert {row.unit: row.counts for row in report.rows} == {
        KCN.name: True,
        HON_SAO.name: False,
        LONG_HOA.name: True,
    }
    assert standing_of(report) == standing_of(before)


async def test_a_unit_merged_before_it_sent_is_in_its_successors_row(
    work: Work, ids: list[int]
) -> None:
    await visited(work, cast.BIEN_NGOC, HON_SAO, 5, 0)
    before = await merged(work)
    await dissolve(work, HON_SAO, LONG_HOA)
    report = await merged(work)
    assert [row.unit for row in report.rows] == [KCN.name, LONG_HOA.name]
    assert standing_of(report) == standing_of(before)


async def test_nobody_owes_it(work: Work) -> None:
    with pytest.raises(Refused):
        await merged(work)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that reach the database."""
    said: list[str] = []

    def listen(_c: Any, _cu: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


async def test_twenty_units_take_as_many_queries_as_three(work: Work, ids: list[int]) -> None:
    await send(work, ids[0], BEFORE, DUNG.id)
    with counted(work.store) as few:
        await merged(work)
        await board.board(Context(work, await giang(work), BEFORE), ids[0], 0)
    more = [cast._upper(200 + n, f"U{n}", f"CĐ {n}") for n in range(17)]
    async with work.write() as session:
        session.add_all(_units(more))
    await owe(work, *(owes(place) for place in more))
    with counted(work.store) as many:
        assert len((await merged(work)).rows) == 20
        await board.board(Context(work, await giang(work), BEFORE), ids[0], 0)
    assert len(many) <= len(few)  # fewer where there is nothing to ask for


async def test_sixty_units_come_ten_a_page_each_once_and_lead_back_to_their_page(
    work: Work, ids: list[int]
) -> None:
    more = [cast._upper(200 + n, f"U{n}", f"CĐ {n}") for n in range(57)]
    async with work.write() as session:
        session.add_all(_units(more))
    await owe(work, *(owes(place) for place in more))
    named: list[str] = []
    for number in range(6):
        facts = await board.board(Context(work, await giang(work), BEFORE), ids[0], number)
        card = board_cards.board(facts)
        labels = [button for row in card.rows for button in row]
        opened = [one for one in labels if one.data.startswith("board:unit:")]
        assert [one.data.rpartition(":")[2] for one in opened] == [str(number)] * 10
        assert opened[0].label.startswith(f"{10 * number + 1}. ")
        turns = [one.label for one in labels if one.label in ("‹ Trước", "Tiếp ›")]
        assert turns == ["‹ Trước"] * (number > 0) + ["Tiếp ›"] * (number < 5)
        assert "🔔 Nhắc 60 đơn vị chưa gửi" in [one.label for one in labels]
        named += [row.unit for row in facts.rows]
    assert len(set(named)) == len(named) == 60


def _units(places: list[cast.Place]) -> list[Unit]:
    return [
        Unit(
            id=p.id,
            code=p.code,
            name=p.name,
            folded=p.name.lower(),
            kind=p.kind,
            parent_id=1,
            path=p.path,
            known_since=date(2026, 1, 5),
        )
        for p in places
    ]


# ---- Requests ------------------------------------------------------------------------------


async def test_answers_to_a_request_stand_side_by_side(work: Work) -> None:
    questions = [
        {"key": "q1", "ask": "Bao nhiêu nơi chậm lương?", "kind": "number"},
        {"key": "q2", "ask": "Khó khăn?", "kind": "words"},
    ]
    async with work.write() as session:
        asked = ReportRequest(
            title="Chậm lương", questions=questions, unit_id=1, asked_by=GIANG.id, asked_at=BEFORE
        )
        session.add(asked)
        await session.flush()
        key = asked.id or 0
    first, second = (owes(place, group=f"request:{key}") for place in (KCN, LONG_HOA))
    for one in (first, second):
        one.programme, one.report, one.request_id, one.title = "", "", key, "Chậm lương"
    ids = await owe(work, first, second)
    await write(work, ids[0], BEFORE, AN.id, q1="1.200", q2="=1+1")
    found = await board.answers(Context(work, await giang(work), BEFORE), ids[0])
    assert found.questions == [("q1", questions[0]["ask"]), ("q2", "Khó khăn?")]
    assert found.numbers == {"q1"}
    answers = {row.unit: dict(row.answers) for row in found.rows}
    assert answers[KCN.name] == {"q1": "1.200", "q2": "=1+1"}
    assert set(answers[LONG_HOA.name].values()) == {""}
    one = await board_unit.unit(Context(work, await giang(work), BEFORE), ids[0], 0)
    assert [part.title for part in one.parts] == [
        "Câu 1. Bao nhiêu nơi chậm lương?",
        "Câu 2. Khó khăn?",
    ]
    facts = await board.board(Context(work, await giang(work), BEFORE), ids[0], 0)
    assert facts.has_questions
    assert [row.needed for row in facts.rows] == [2, 2]


async def test_the_unit_that_chases_sees_and_decides_like_the_receiver(
    work: Work, ids: list[int]
) -> None:
    """Ban Tổ chức is a unit of the province and receives in its name."""
    chasing = work.settings.summaries.model_copy(update={"chaser": "BTC"})
    work = replace(work, settings=work.settings.model_copy(update={"summaries": chasing}))
    actor = Actor(KHOA.id, KHOA.full_name, (Grant("supervisor", ("/1/50/",)),))
    with pytest.raises(Refused):
        await board.board(Context(work, actor, BEFORE), ids[0], 0)
    async with work.write() as session:
        (unit,) = _units([cast.Place(50, "BTC", "Ban Tổ chức", UnitKind.FEDERATION, "/1/50/")])
        session.add(unit)
    assert (await board.board(Context(work, actor, BEFORE), ids[0], 0)).receives
    assert [one.units for one in (await board.groups(Context(work, actor, BEFORE), 0)).lines] == [3]


async def test_a_report_given_back_is_open_and_waited_for(work: Work, ids: list[int]) -> None:
    for one in ids:
        await send(work, one, BEFORE, DUNG.id, state=SummaryState.RETURNED)
    actor = await giang(work)
    (line,) = await board.near(Context(work, actor, AFTER))
    assert (line.open, line.sent, line.late, line.undecided) == (True, 3, 0, 0)
    assert (await board.board(Context(work, actor, AFTER), ids[0], 0)).missing == 3


async def test_only_undecided_reports_are_left_on_the_home_card(work: Work, ids: list[int]) -> None:
    for one in ids[:2]:
        await send(work, one, BEFORE, DUNG.id, state=SummaryState.ACCEPTED)
    await send(work, ids[2], BEFORE, DUNG.id)
    actor = await giang(work)
    (line,) = await board.near(Context(work, actor, AFTER))
    assert line.undecided == 1


async def test_targets_in_force_are_shown_those_of_plans_without_a_report_too(
    work: Work, ids: list[int]
) -> None:
    def plan(key: str, *targets: Target, reports: tuple[ReportDue, ...] = ()) -> Programme:
        since = date(2024, 1, 1)
        return Programme(key, key, key, "", "", since, "", "", targets=targets, reports=reports)

    own = Target("a", "Đi mỗi tuần", 1, "lần", "")
    growth = Target("b", "Đoàn viên", 9, "ĐV", "", last_year=2028)
    later = Target("c", "Giai đoạn sau", 9, "ĐV", "", first_year=2029)
    due = ReportDue("year", "Tổng kết", (15, 12), "")
    plans = (
        plan("sat-co-so", own, reports=(due,)),
        plan("doan-vien", growth, later),
        plan("khac", growth, reports=(due,)),
    )
    async with work.read() as session:
        report = await consolidated.consolidate(
            session, replace(work, programmes=plans), GROUP, BEFORE
        )
    assert [(one.programme, one.text, one.years) for one in report.targets] == [
        ("sat-co-so", "Đi mỗi tuần", ""),
        ("doan-vien", "Đoàn viên", "đến năm 2028"),
    ]


async def test_numbers_that_look_wrong_are_marked_before_accepting(
    work: Work, ids: list[int]
) -> None:
    an, dung = [await actor_of(work, one.address) for one in (AN, DUNG)]
    await all_written(work, ids[0])
    await corrections.correct(
        Context(work, an, NOON), ids[0], "workers_met", 4000, "Theo sổ", seen_id=0
    )
    await sending.send(Context(work, dung, NOON), ids[0])
    facts = await board_unit.unit(Context(work, await giang(work), NOON), ids[0], 0)
    card = board_cards.unit(facts)
    assert "Số liệu cần xem lại</b> trước khi tiếp nhận" in card.text
    assert facts.doubts[0] in card.text
    assert card.rows[0][0].label == "⚠️ Tiếp nhận"
    await send(work, ids[1], NOON, CUC.id)
    rows = (await board.board(Context(work, await giang(work), NOON), ids[0], 0)).rows
    assert {row.obligation_id: row.doubtful for row in rows} == {
        **{ids[0]: True, ids[1]: False, ids[2]: False}
    }
    board_card = board_cards.board(
        await board.board(Context(work, await giang(work), NOON), ids[0], 0)
    )
    assert f"{KCN.name}</b>: đã gửi, chờ xem xét, ⚠️ số liệu cần xem lại" in board_card.text
    await sending.accept(Context(work, await giang(work), NOON), ids[0], 1)
    rows = (await board.board(Context(work, await giang(work), NOON), ids[0], 0)).rows
    assert not any(row.doubtful for row in rows), "it was looked at"
    report = await merged(work)
    assert report.total.values["workers_met"] == 4000


async def test_whoever_decided_is_named(work: Work, ids: list[int]) -> None:
    dung = await actor_of(work, DUNG.address)
    await all_written(work, ids[0])
    await sending.send(Context(work, dung, NOON), ids[0])
    await sending.give_back(Context(work, await giang(work), NOON), ids[0], 1, "Thiếu số liệu")
    facts = await board_unit.unit(Context(work, await giang(work), NOON), ids[0], 0)
    assert facts.versions[0].decided_by == "Võ Trường Giang"
    assert f"đã trả lại {moment(NOON)}, đồng chí Võ Trường Giang" in board_cards.unit(facts).text


# ---- A cluster's watcher; specialists ------------------------------------------------------


async def cluster_of_unions(work: Work) -> Context:
    """Khoa watches over Long Hòa and Hòn Sao."""
    async with work.write() as session:
        session.add_all(
            ClusterUnit(cluster_id=cast.CLUSTER_ID, unit_id=unit.id) for unit in (LONG_HOA, HON_SAO)
        )
    return Context(work, await actor_of(work, KHOA.address), BEFORE)


async def test_who_watches_over_a_cluster_follows_its_units_and_no_other(
    work: Work, ids: list[int]
) -> None:
    khoa = await cluster_of_unions(work)
    facts = await board.board(khoa, ids[1], 0)
    assert [row.unit for row in facts.rows] == [HON_SAO.name, LONG_HOA.name]
    assert (facts.receives, facts.reminds, facts.whole) == (False, True, False)
    (line,) = (await board.groups(khoa, 0)).lines
    assert (line.units, line.late) == (2, 0)
    card = board_cards.board(facts)
    assert "cụm đồng chí phụ trách" in card.text
    data = [button.data for row in card.rows for button in row]
    assert f"obl:remindall:{ids[1]}" in data
    assert not [d for d in data if d.startswith(("paper:", "obl:move:"))]
    assert (await board_unit.unit(khoa, ids[1], 0)).receives is False
    with pytest.raises(Refused):
        await board_unit.unit(khoa, ids[0], 0)
    with pytest.raises(Refused):
        await consolidated.report(khoa, ids[1])


async def test_what_the_clusters_units_owe_is_not_owed_by_who_watches_over_it(
    work: Work, ids: list[int]
) -> None:
    khoa = await cluster_of_unions(work)
    assert await pages.owed(khoa) == []
    for refused in (
        sending.send(khoa, ids[1]),
        writing.require_editing(khoa, ids[1]),
        sending.accept(khoa, ids[1], 1),
        follow_up.excuse(khoa, ids[1], "vì"),
        follow_up.move_deadline(khoa, GROUP, DUE + timedelta(days=9)),
    ):
        with pytest.raises(Refused):
            await refused


async def test_reminding_from_a_cluster_reaches_its_units_alone(work: Work, ids: list[int]) -> None:
    khoa = await cluster_of_unions(work)
    assert (await follow_up.look_to_remind(khoa, ids[1])).unit.id == LONG_HOA.id
    assert await follow_up.remind(khoa, GROUP, None) == 1, "nobody is there for Hòn Sao"
    async with work.read() as session:
        owed = (await session.exec(select(OutboxMessage.person_id))).all()
    assert set(owed) == {CUC.id}
    with pytest.raises(Refused):
        await follow_up.look_to_remind(khoa, ids[0])


async def specialist(work: Work, over: str) -> Context:
    return Context(work, Actor(CUC.id, "Cúc", (Grant("officer", (over,)),)), BEFORE)


@pytest.mark.parametrize("over", [TINH.path, "/1/50/"], ids=["the province", "the chasing unit"])
async def test_specialists_who_chase_see_the_board_and_remind_and_decide_nothing(
    work: Work, ids: list[int], over: str
) -> None:
    chasing = work.settings.summaries.model_copy(update={"chaser": "BTC"})
    work = replace(work, settings=work.settings.model_copy(update={"summaries": chasing}))
    async with work.write() as session:
        (unit,) = _units([cast.Place(50, "BTC", "Ban Tổ chức", UnitKind.FEDERATION, "/1/50/")])
        session.add(unit)
    huy = await specialist(work, over)
    facts = await board.board(huy, ids[0], 0)
    assert (len(facts.rows), facts.receives, facts.reminds, facts.whole) == (3, False, True, True)
    assert [line.units for line in (await board.groups(huy, 0)).lines] == [3]
    await pages.page(huy, ids[0])
    await consolidated.report(huy, ids[0])
    assert await follow_up.remind(huy, GROUP, None) == 2
    for refused in (
        sending.accept(huy, ids[0], 1),
        follow_up.excuse(huy, ids[0], "vì"),
        follow_up.move_deadline(huy, GROUP, DUE + timedelta(days=9)),
    ):
        with pytest.raises(Refused):
            await refused


async def test_specialists_of_another_unit_see_no_board(work: Work, ids: list[int]) -> None:
    with pytest.raises(Refused):
        await board.board(await specialist(work, LONG_HOA.path), ids[0], 0)
    assert (await board.groups(await specialist(work, LONG_HOA.path), 0)).lines == []
