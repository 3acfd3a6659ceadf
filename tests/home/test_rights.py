"""A role is rows in a table: one row more, and who holds it finds, sees and may what it says.

The role here is made up, and the table says nothing about it but the one row under test.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from bot.announcements.services import writing as writing_to_many
from bot.cases.services import alerts, false_alarms, lists, site_links, site_requests
from bot.cases.services.raised_alerts import raise_by_hand
from bot.channels.telegram.addresses import address_of
from bot.core import clock_faults, labels, search
from bot.core.access import actor_of
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules import permissions
from bot.core.rules.calendar import Week
from bot.core.rules.permissions import TABLE, Action, Actor, Grant, Reach
from bot.core.work import Work
from bot.groups.services import linking
from bot.home import cards, services
from bot.home.commands import HELP, OWN, WORKERS, commands_for
from bot.home.home_card import PARTS
from bot.people.cards import people as people_cards
from bot.people.services import invitations, leave, members, role_endings, web_sessions
from bot.people.services.invitation_places import NamedPlace, places
from bot.plans.facts.own_plans import NewPlan
from bot.plans.facts.tasks import Taking, TaskUpdate
from bot.plans.services import difficulties, own_plans, task_lists
from bot.plans.services import tasks as plan_tasks
from bot.programmes import load as load_plans
from bot.programmes import services as programmes
from bot.recruitment.services import pipeline
from bot.summaries.services import (
    board,
    declarations,
    follow_up,
    obligation_access,
    obligations,
    pages,
    ratings,
    requests,
    scores,
    sending,
    targets,
    writing,
)
from bot.summaries.services.declarations import NewResult
from bot.summaries.services.targets import Meant
from bot.units.services import changes, importing, letterheads, own_figures
from bot.visits.facts.meetings import NewMeetings
from bot.visits.facts.nudges import LateVisits
from bot.visits.services import (
    assignment,
    commendations,
    digest,
    export,
    meetings,
    nudges,
    overview,
    promises,
    reassignment,
    report_notes,
    site_page,
    site_visits,
    suggested_figures,
    supervision,
    visits,
)
from storage.enums import Device, MeetingRule, Rating, Role, VisitStatus
from storage.models import (
    Alert,
    Cluster,
    ClusterUnit,
    Commendation,
    Leave,
    Membership,
    OutboxMessage,
    Person,
    SuggestedFigures,
    Unit,
    Visit,
    WeekPlan,
)
from storage.people import address_row
from tests import cast
from tests.cases.help import a_case
from tests.cast import (
    AN,
    DUNG,
    FRIDAY_1630,
    HA,
    KCN,
    LONG_HOA,
    MONDAY,
    SEN_VANG,
    TINH,
    VI_NA_SUN,
)
from tests.summaries.obligation_help import owe, owes

PLAIN = {action: dict(allowed) for action, allowed in TABLE.items()}
NOW = FRIDAY_1630
WEEK = Week.containing(NOW)
ROLE, MINH, CLUSTER = "inspector", 50, 50
ACCOUNT = address_of(7_000_000_050)
PLACES = (TINH, KCN, SEN_VANG)


@dataclass(frozen=True)
class World:
    """The made-up role's holder, Minh, among the cast, and what there is to look at."""

    work: Work
    actor: Actor
    theirs: int  # An's visit
    own: int  # Minh's visit
    owed: int  # the yearly report of CĐ các KCN tỉnh to LĐLĐ tỉnh

    async def told(self) -> bool:
        """Whether a message is owed to Minh."""
        async with self.work.read() as session:
            query = select(OutboxMessage).where(OutboxMessage.person_id == MINH)
            return bool((await session.exec(query)).all())


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the role, with these actions and no other, reaching as far as for those who have it."""
    made_up = str.__new__(Role, ROLE)
    made_up._name_, made_up._value_ = ROLE.upper(), ROLE
    monkeypatch.setitem(Role._value2member_map_, ROLE, made_up)
    monkeypatch.setitem(labels.ROLES, made_up, "giám sát viên")

    def allowing(*actions: Action) -> None:
        rows = {
            action: allowed | ({ROLE: _farthest(allowed)} if action in actions else {})
            for action, allowed in PLAIN.items()
        }
        monkeypatch.setattr(permissions, "TABLE", rows)

    allowing()
    return allowing


@pytest.fixture
async def world(work: Work, allow: Callable[..., None]) -> World:
    await cast.settle(work.store)
    async with work.write() as session:
        session.add(Person(id=MINH, name="Minh", folded="minh", joined_at=NOW))
        await session.flush()
        session.add(address_row(MINH, ACCOUNT))
        session.add_all(Membership(person_id=MINH, role=ROLE, unit_id=p.id) for p in PLACES)
        session.add(Cluster(id=CLUSTER, name="Cụm của Minh"))
        await session.flush()
        session.add(ClusterUnit(cluster_id=CLUSTER, unit_id=KCN.id))
        session.add(Membership(person_id=MINH, role=ROLE, cluster_id=CLUSTER))
        session.add(WeekPlan(week=WEEK.monday, planned_at=MONDAY))
        session.add(
            SuggestedFigures(
                site_id=SEN_VANG.id, person_id=AN.id, suggested_at=NOW, year=2026, workers=1900
            )
        )
        both = [_visit(AN.id, SEN_VANG), _visit(MINH, cast.SONG_LANH)]
        session.add_all(both)
        await session.flush()
        theirs, own = (visit.id or 0 for visit in both)
        at = {"visit_id": theirs, "site_id": SEN_VANG.id, "unit_id": KCN.id}
        by = {"proposed_by": AN.id, "proposed_at": NOW}
        session.add(Commendation(**at, **by, words="Tổ may 5"))
    (owed,) = await owe(work, owes(KCN, due=(NOW + timedelta(days=9)).date()))
    await a_case(work, NOW)
    return World(work, await actor_of(work, ACCOUNT), theirs, own, owed)


def _farthest(allowed: Mapping[str, Reach]) -> Reach:
    reaches = set(allowed.values())
    return next(reach for reach in (Reach.SCOPE, Reach.LED, *reaches) if reach in reaches)


def _visit(officer: int, site: cast.Place) -> Visit:
    return Visit(
        key=f"{officer}:{site.id}",
        week=WEEK.monday,
        site_id=site.id,
        unit_id=KCN.id,
        officer_id=officer,
        created_at=MONDAY,
    )


# ---- What each action lets somebody do: anything that is true where it is allowed ------------


async def _gets_visits(w: World) -> object:
    """In the first week that is not planned yet."""
    monday = MONDAY + timedelta(weeks=await _count(w, WeekPlan))
    await assignment.ensure_week_assigned(w.work, monday)
    async with w.work.read() as session:
        query = select(Visit).where(Visit.officer_id == MINH, Visit.week == monday.date())
        return (await session.exec(query)).all()


async def _count(w: World, table: type[WeekPlan | Leave]) -> int:
    async with w.work.read() as session:
        return len((await session.exec(select(table))).all())


async def _closes_pages(w: World) -> object:
    an = Context(w.work, await actor_of(w.work, AN.address), NOW)
    made = await web_sessions.own_link(an)
    await web_sessions.enter(w.work, made.code, Device.PHONE, NOW)
    return await web_sessions.end_all_of(Context(w.work, w.actor, NOW), AN.id)


async def _gets_digest(w: World) -> object:
    await digest.ensure_digests(w.work, NOW)
    return await w.told()


async def _hears_of_leave(w: World) -> object:
    day = NOW.date() + timedelta(weeks=1 + await _count(w, Leave))
    await leave.take(Context(w.work, await actor_of(w.work, AN.address), NOW), day, day)
    return await w.told()


async def _takes_leave(w: World) -> object:
    day = NOW.date() + timedelta(days=10)
    return await leave.take(Context(w.work, w.actor, NOW), day, day)


async def _sees_cases(w: World) -> object:
    return (await lists.listed(Context(w.work, w.actor, NOW), "unit", 0)).rows


async def _sees_alerts(w: World) -> object:
    await alerts.open_alerts(w.work, w.actor)
    text = "Cả chuyền đang đình công, ngừng việc ngoài cổng, công nhân tụ tập đòi lương"
    await a_case(w.work, NOW, text=text)
    return await w.told() and await alerts.open_alerts(w.work, w.actor)


async def _raises_an_alert(w: World) -> object:
    return await raise_by_hand(Context(w.work, w.actor, NOW), SEN_VANG.id, "đang ngừng việc")


async def _judges(w: World, actor: Actor) -> object:
    """Says of an alert that it was none."""
    await a_case(w.work, NOW, text="Cả chuyền đang đình công")
    async with w.work.read() as session:
        (alert, *_) = (await session.exec(select(Alert))).all()
    return await false_alarms.judge(Context(w.work, actor, NOW), alert.id or 0, wrong=True)


async def _sees_false_alarms(w: World) -> object:
    await false_alarms.words(w.work, w.actor)
    await _judges(w, await actor_of(w.work, DUNG.address))
    return await false_alarms.words(w.work, w.actor)


async def _reads_plans(w: World) -> object:
    return await programmes.listed(Context(w.work, w.actor, NOW))


_FIRST_TASK = Taking("sat-co-so", 0, KCN.id, NOW.year)


async def _with_plans(w: World) -> Work:
    return replace(w.work, programmes=load_plans(w.work.settings.programmes))


async def _sees_tasks(w: World) -> object:
    return (await task_lists.of_unit(Context(await _with_plans(w), w.actor, NOW), "sat-co-so")).rows


async def _leads_tasks(w: World) -> object:
    return await plan_tasks.take(Context(await _with_plans(w), w.actor, NOW), _FIRST_TASK)


async def _works_on_tasks(w: World) -> object:
    """Can be given one, and then reports on it."""
    work = await _with_plans(w)
    leader = Context(work, await actor_of(work, DUNG.address), NOW)
    page = await plan_tasks.take(leader, _FIRST_TASK)
    task_id = page.row.stored.id if page.row.stored else 0
    await plan_tasks.give(leader, task_id or 0, MINH)
    return await plan_tasks.report(
        Context(work, w.actor, NOW), task_id or 0, TaskUpdate("progress", "…")
    )


async def _recruits(w: World) -> object:
    """Begins at an enterprise, and stops."""
    context = Context(w.work, w.actor, NOW)
    await pipeline.begin(context, VI_NA_SUN.id)
    return await pipeline.stop(context, VI_NA_SUN.id, "Doanh nghiệp ngừng sản xuất")


async def _leads_recruitment(w: World) -> object:
    """Gives an enterprise to somebody."""
    return await pipeline.give(Context(w.work, w.actor, NOW), VI_NA_SUN.id, AN.id)


async def _registers_a_plan(w: World) -> object:
    new = NewPlan("15/KH-CĐ", NOW.date(), "", ())
    return await own_plans.register(
        Context(await _with_plans(w), w.actor, NOW), "sat-co-so", 0, new
    )


async def _sees_targets(w: World) -> object:
    return (await targets.overview(Context(await _with_plans(w), w.actor, NOW))).plans


async def _sets_targets(w: World) -> object:
    meant = Meant("doan-vien", 0, KCN.id)
    return await targets.set_value(Context(await _with_plans(w), w.actor, NOW), meant, 100)


async def _carried_on(w: World) -> Work:
    """`ctr-1306` is carried on: its targets are declared."""
    section = w.work.settings.programmes
    plans = load_plans(section.model_copy(update={"prolonged": {"ctr-1306": date(2030, 12, 31)}}))
    return replace(w.work, programmes=plans)


async def _declares_a_result(w: World) -> object:
    context = Context(await _carried_on(w), w.actor, NOW)
    return await declarations.begin(context, Meant("ctr-1306", 0, KCN.id))


async def _decides_a_result(w: World) -> object:
    work = await _carried_on(w)
    dung = Context(work, await actor_of(work, DUNG.address), NOW)
    page = await declarations.declare(dung, Meant("ctr-1306", 0, KCN.id), NewResult(1, 2, "Đã làm"))
    key = page.declared[0].stored.id or 0
    return await declarations.accept(Context(work, w.actor, NOW), key)


async def _rates(w: World) -> object:
    context = Context(w.work, w.actor, NOW)
    page = await ratings.look(context, SEN_VANG.id, 0)
    return page.decides and await ratings.decide(
        context, SEN_VANG.id, 0, Rating.GOOD, page.row.proposal_id
    )


async def _proposes_a_rating(w: World) -> object:
    return await ratings.propose(
        Context(w.work, w.actor, NOW), cast.SONG_LANH.id, 2026, Rating.EXCELLENT
    )


async def _raises_a_difficulty(w: World) -> object:
    return await difficulties.send(
        Context(await _with_plans(w), w.actor, NOW), "sat-co-so", "Thiếu kinh phí", ()
    )


async def _sets_meetings(w: World) -> object:
    new = NewMeetings(SEN_VANG.id, NOW.date(), time(14, 0), MeetingRule.ONCE)
    return await meetings.set_meetings(Context(w.work, w.actor, NOW), new)


async def _exports(w: World) -> object:
    await anext(aiter(export.visit_rows(w.work, w.actor)))
    return True


async def _desk(w: World) -> obligation_access.Desk:
    async with w.work.read() as session:
        return await obligation_access.desk(session, Context(w.work, w.actor, NOW), w.owed)


async def _vouches(w: World) -> object:
    """For a visit that was reported at a site of theirs, which others made."""
    async with w.work.write() as session:
        (await session.get_one(Visit, w.theirs)).status = VisitStatus.REPORTED
    await site_visits.vouch(Context(w.work, w.actor, NOW), w.theirs)
    return True


async def _remarks(w: World) -> object:
    """On a report that a colleague wrote."""
    async with w.work.write() as session:
        (await session.get_one(Visit, w.theirs)).status = VisitStatus.REPORTED
    return await report_notes.look(Context(w.work, w.actor, NOW), w.theirs)


async def _receives(w: World) -> object:
    return (await _desk(w)).receives


async def _follows(w: World) -> object:
    return await pages.owed(Context(w.work, w.actor, NOW)) and await pages.page(
        Context(w.work, w.actor, NOW), w.owed
    )


async def _writes(w: World) -> object:
    await writing.require_editing(Context(w.work, w.actor, NOW), w.owed)
    return True


async def _sends(w: World) -> object:
    """What is missing is said only to whoever may send."""
    try:
        await sending.send(Context(w.work, w.actor, NOW), w.owed)
    except Refused as why:
        return "thiếu" in str(why) or "chưa" in str(why)
    return True


async def _sees_board(w: World) -> object:
    return (await board.groups(Context(w.work, w.actor, NOW), 0)).lines and await board.board(
        Context(w.work, w.actor, NOW), w.owed, 0
    )


def _chasing(w: World) -> World:
    """CĐ các KCN tỉnh chases for the province."""
    summaries = w.work.settings.summaries.model_copy(update={"chaser": KCN.code})
    settings = w.work.settings.model_copy(update={"summaries": summaries})
    return replace(w, work=replace(w.work, settings=settings))


async def _chases(w: World) -> object:
    w = _chasing(w)
    async with w.work.read() as session:
        tinh = await session.get_one(Unit, TINH.id)
        hears = await obligations.chasers(session, w.work, tinh)
    return await _sees_board(w) and await _reminds(w) and MINH in hears


async def _decides(w: World) -> object:
    return await _receives(_chasing(w))


async def _reminds(w: World) -> object:
    return await follow_up.look_to_remind(Context(w.work, w.actor, NOW), w.owed)


async def _follows_units(w: World) -> object:
    return await _sees_board(w) and await _reminds(w)


async def _hears_of_upkeep(w: World) -> object:
    await clock_faults.tell_administrators(w.work, NOW)
    return await w.told()


@dataclass(frozen=True)
class Right:
    """What an action brings: a service, commands in the menu, a part of the home card."""

    service: Callable[[World], Awaitable[object]]
    commands: tuple[str, ...] = ()
    part: str = ""  # the name of its function


RIGHTS: Mapping[Action, Right] = {
    Action.SEE_OWN_WEEK: Right(lambda w: _part(w, "officer_part"), ("tuannay",), "officer_part"),
    Action.GO_TO_SITES: Right(_gets_visits),
    Action.SEE_OVERVIEW: Right(
        lambda w: overview.week(Context(w.work, w.actor, NOW), None, 0), ("tongquan",), "home_part"
    ),
    Action.SEE_VISIT: Right(lambda w: visits.open_visit(Context(w.work, w.actor, NOW), w.theirs)),
    Action.WORK_VISIT: Right(
        lambda w: visits.confirm(Context(w.work, w.actor, NOW), w.own, cast.SONG_LANH.id),
        ("baocao",),
    ),
    Action.REPORT_UNPLANNED: Right(lambda w: search.sites_like(w.work, w.actor, ""), ("dotxuat",)),
    Action.TICK_PROMISE: Right(lambda w: promises.own(Context(w.work, w.actor, NOW), 0)),
    Action.DECIDE_FIGURES: Right(
        lambda w: suggested_figures.waiting(Context(w.work, w.actor, NOW), 0),
        ("dexuat",),
        "figures_part",
    ),
    Action.DECIDE_COMMENDATION: Right(
        lambda w: commendations.waiting(Context(w.work, w.actor, NOW), 0),
        ("khenthuong",),
        "commendations_part",
    ),
    Action.READ_PRACTICES: Right(
        lambda w: commendations.practices(Context(w.work, w.actor, NOW), 0), ("cachlamhay",)
    ),
    Action.DIRECT_VISIT: Right(
        lambda w: supervision.direct(
            Context(w.work, w.actor, NOW), AN.id, cast.TAN_LUA.id, WEEK.monday, "vì"
        ),
        ("giaoviec",),
    ),
    Action.REASSIGN_VISIT: Right(
        lambda w: reassignment.candidates(w.work, w.actor, w.theirs, 0, NOW)
    ),
    Action.EXCUSE_VISIT: Right(lambda w: supervision.to_excuse(w.work, w.actor, w.theirs)),
    Action.REMIND_OFFICERS: Right(
        lambda w: nudges.preview(Context(w.work, w.actor, NOW), LateVisits(visit_id=w.theirs))
    ),
    Action.REMARK_ON_REPORT: Right(_remarks),
    Action.ANNOUNCE: Right(lambda w: writing_to_many.places(w.work, w.actor), ("thongbao",)),
    Action.LINK_GROUP: Right(lambda w: linking.listed(Context(w.work, w.actor, NOW)), ("nhom",)),
    Action.RECEIVE_DIGEST: Right(_gets_digest),
    Action.TAKE_LEAVE: Right(_takes_leave, ("nghiphep",)),
    Action.HEAR_OF_LEAVE: Right(_hears_of_leave),
    Action.LEAD_CASES: Right(_sees_cases, ("kiennghi",), "cases_part"),
    Action.TAKE_CASES: Right(_sees_cases, ("kiennghi",), "cases_part"),
    Action.WATCH_CASES: Right(_sees_cases, ("kiennghi",), "cases_part"),
    Action.SEE_ALERTS: Right(_sees_alerts, ("canhbao",)),
    Action.RAISE_ALERT: Right(_raises_an_alert, ("canhbao",)),
    Action.JUDGE_ALERT: Right(lambda w: _judges(w, w.actor)),
    Action.SEE_FALSE_ALARMS: Right(_sees_false_alarms, ("canhbao",)),
    Action.SEE_SITE: Right(lambda w: site_links.for_poster(w.work, w.actor, SEN_VANG.id)),
    Action.READ_SITE: Right(
        lambda w: site_page.site_page(Context(w.work, w.actor, NOW), SEN_VANG.id),
        ("tim",),
    ),
    Action.SEE_OWN_SITES: Right(
        lambda w: services.own_sites(Context(w.work, w.actor, NOW)), (), "representative_part"
    ),
    Action.ASK_FOR_SITE: Right(
        lambda w: site_requests.own_sites(Context(w.work, w.actor, NOW)), ("denghi",)
    ),
    Action.VOUCH_FOR_VISIT: Right(_vouches),
    Action.COUNT_SITE: Right(lambda w: own_figures.own_sites(Context(w.work, w.actor, NOW))),
    Action.SET_MEETINGS: Right(_sets_meetings),
    Action.HANG_POSTERS: Right(
        lambda w: site_links.sites_for_posters(w.work, w.actor, ""), ("apphich",)
    ),
    Action.SEE_RECRUITMENT: Right(
        lambda w: pipeline.look(Context(w.work, w.actor, NOW), VI_NA_SUN.id), ("phattrien",)
    ),
    Action.WORK_RECRUITMENT: Right(_recruits),
    Action.LEAD_RECRUITMENT: Right(_leads_recruitment, (), "recruitment_part"),
    Action.MEND_RECRUITMENT: Right(_recruits),
    Action.IMPORT_UNITS: Right(lambda w: importing.may_import(w.work, w.actor), ("nhap",)),
    Action.CHANGE_UNITS: Right(lambda w: changes.places(w.work, w.actor, ""), ("donvi",)),
    Action.INVITE: Right(
        lambda w: places(w.work, w.actor, Role.OFFICER, ""), ("moi",), "administrator_part"
    ),
    Action.SEE_PEOPLE: Right(lambda w: members.listed(w.work, w.actor, 1), ("nhansu",)),
    Action.EXPORT_VISITS: Right(_exports),
    Action.SEE_PROGRAMMES: Right(_reads_plans, ("kehoach",)),
    Action.SEE_TASKS: Right(_sees_tasks, ("nhiemvu",)),
    Action.LEAD_TASKS: Right(_leads_tasks),
    Action.WORK_TASK: Right(_works_on_tasks, (), "tasks_part"),
    Action.REGISTER_PLAN: Right(_registers_a_plan),
    Action.SEE_TARGETS: Right(_sees_targets, ("chitieu",)),
    Action.SET_TARGETS: Right(_sets_targets),
    Action.DECLARE_RESULT: Right(_declares_a_result),
    Action.DECIDE_DECLARATION: Right(_decides_a_result),
    Action.RATE_UNITS: Right(_rates, ("xeploai",)),
    Action.PROPOSE_RATING: Right(_proposes_a_rating, ("xeploai",)),
    Action.SEE_SCORES: Right(
        lambda w: scores.listed(Context(w.work, w.actor, NOW), 0), ("thidua",)
    ),
    Action.RAISE_DIFFICULTY: Right(_raises_a_difficulty),
    Action.FOLLOW_OWN_OBLIGATIONS: Right(_follows, ("baocaonam",), "owed_part"),
    Action.SEE_SUMMARY: Right(
        lambda w: pages.page(Context(w.work, w.actor, NOW), w.owed), ("baocaonam",)
    ),
    Action.WRITE_SUMMARY: Right(_writes),
    Action.SEND_SUMMARY: Right(_sends),
    Action.SEE_BOARD: Right(_sees_board, ("baocaonam",), "home_part"),
    Action.RECEIVE_SUMMARY: Right(_receives),
    Action.REMIND_UNITS: Right(_reminds),
    Action.CHASE_REPORTS: Right(_chases, ("baocaonam",)),
    Action.DECIDE_FOR_RECEIVER: Right(_decides),
    Action.FOLLOW_UNITS: Right(_follows_units, ("baocaonam",), "home_part"),
    Action.ASK_REPORT: Right(
        lambda w: requests.askable_units(Context(w.work, w.actor, NOW)), ("yeucau",)
    ),
    Action.EDIT_LETTERHEAD: Right(lambda w: letterheads.mine(w.work, w.actor), ("thethuc",)),
    Action.USE_WEB: Right(lambda w: web_sessions.own_link(Context(w.work, w.actor, NOW)), ("web",)),
    Action.HAND_OUT_WEB_LINK: Right(
        lambda w: web_sessions.link_for(Context(w.work, w.actor, NOW), AN.id)
    ),
    Action.END_WEB_SESSIONS: Right(_closes_pages),
    Action.HEAR_OF_UPKEEP: Right(_hears_of_upkeep),
}


async def _part(w: World, name: str) -> object:
    made = [await part(Context(w.work, w.actor, NOW)) for part in PARTS if part.__name__ == name]
    return any(made)


async def _parts(w: World) -> set[str]:
    return {part.__name__ for part in PARTS if await part(Context(w.work, w.actor, NOW))}


async def _does(w: World, action: Action) -> bool:
    try:
        return bool(await RIGHTS[action].service(w))
    except Refused:
        return False


def _found(w: World) -> set[str]:
    everybody = {name for name, _ in (*commands_for(Actor()), *OWN)}
    return {name for name, _ in commands_for(w.actor)} - everybody


def test_every_action_is_tried() -> None:
    assert set(RIGHTS) == set(Action)


@pytest.mark.parametrize("action", Action)
async def test_a_row_in_the_table_is_all_that_a_role_needs(
    world: World, allow: Callable[..., None], action: Action
) -> None:
    assert not await _does(world, action), "without the row"
    assert await _parts(world) == set()
    assert _found(world) == set()
    allow(action)
    assert await _does(world, action)
    right = RIGHTS[action]
    assert await _parts(world) == ({right.part} if right.part else set())
    assert _found(world) == set(right.commands)
    assert not any([await _does(world, other) for other in _apart_from(action)])


def _apart_from(action: Action) -> list[Action]:
    """Actions whose services write nothing, so that they may be tried in passing."""
    harmless = (Action.SEE_OVERVIEW, Action.INVITE, Action.SEE_PEOPLE, Action.ASK_REPORT)
    return [other for other in harmless if other is not action]


@pytest.mark.parametrize("action", Action)
def test_whoever_holds_a_new_role_is_welcomed_and_helped(
    allow: Callable[..., None], action: Action
) -> None:
    allow(action)
    text = people_cards.welcome("Minh", Role(ROLE), TINH.name).text
    assert "Minh" in text
    assert "giám sát viên" in text
    grants = (Grant(ROLE, (TINH.path,)), Grant(ROLE, (KCN.path,), cluster=True))
    help_text = cards.help_card(Actor(MINH, grants=grants), cards.HelpLine((), "", "")).text
    for command in ("tongquan", "nhap", "moi", "kehoach", "baocaonam", "nghiphep", "giaoviec"):
        assert (f"/{command}:" in help_text) == (command in RIGHTS[action].commands), command


@pytest.mark.parametrize("role", Role)
def test_the_help_tells_of_every_command_in_the_menu(role: Role) -> None:
    actor = Actor(MINH, grants=(Grant(role, (TINH.path,)),))
    help_text = cards.help_card(actor, cards.HelpLine((), "", "", web=True)).text
    apart = {name for name, _ in (*WORKERS, HELP)}  # what anybody may do; the help itself
    menu = {name for name, _ in commands_for(actor)} - apart
    assert {name for name in menu if f"/{name}" not in help_text} == set()


async def test_a_new_role_is_let_in_by_a_link_and_ended_like_any_other(world: World) -> None:
    ha, work = await actor_of(world.work, HA.address), world.work
    link = await invitations.create(work, ha, Role(ROLE), NamedPlace(unit_id=LONG_HOA.id), NOW)
    await invitations.accept(work, link.code, DUNG.address, "", NOW)
    assert await _roles(work) == {"supervisor", ROLE}
    async with work.read() as session:
        held = select(Membership).where(Membership.person_id == DUNG.id, Membership.role == ROLE)
        membership = (await session.exec(held)).one()
    await role_endings.end(Context(work, ha, NOW), membership.id or 0)
    assert await _roles(work) == {"supervisor"}


async def _roles(work: Work) -> set[str]:
    return {grant.role for grant in (await actor_of(work, DUNG.address)).grants}
