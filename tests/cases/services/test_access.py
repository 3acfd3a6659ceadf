"""Who may do what to which case: every role, scope and relation, every action, every status."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from bot.cases.rules.cases import (
    RELATION_ACTIONS,
    TRANSITIONS,
    CaseAction,
    EscalationReason,
    Relation,
    may_act,
)
from bot.cases.services import handling, merging
from bot.cases.services import view as case_view
from bot.cases.services.access import case_for, place_of, relation_to
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from storage.enums import CaseStatus, Category
from storage.models import Case, Unit
from storage.store import Store
from tests import cast, wide
from tests.cases.help import RESULT, a_case, acting, case_now, set_case
from tests.cast import (
    AN,
    BINH,
    CUC,
    DUNG,
    EVERYBODY,
    GIANG,
    HA,
    KCN,
    KHOA,
    LAN,
    LONG_HOA,
    MAI,
    SEN_VANG,
    TINH,
    VAULT,
    Character,
)
from tests.cast import WEDNESDAY_1500 as NOW

R, A, S = Relation, CaseAction, CaseStatus

# A case of May Sen Vàng in Bình's hands: how everybody stands to it, by the level that has it.
AT_THE_UNIT = {
    BINH: R.ASSIGNEE,
    AN: R.UNIT_QUEUE,
    DUNG: R.SUPERVISOR,
    GIANG: R.ABOVE,
    LAN: R.REPORTER,
    CUC: R.NONE,  # an officer of another union
    KHOA: R.NONE,  # leads a cluster that the site is not in
    HA: R.NONE,  # administers, handles nothing
    MAI: R.NONE,  # of the very enterprise
}
AT_THE_PROVINCE = {
    **AT_THE_UNIT,
    AN: R.NONE,
    DUNG: R.NONE,
    GIANG: R.SUPERVISOR,
}
PLACES = {KCN: AT_THE_UNIT, TINH: AT_THE_PROVINCE}

Act = Callable[[Work, Actor, int], Awaitable[Any]]


@pytest.fixture
async def work(store: Store, settings: Any) -> Work:
    await cast.settle(store)
    return Work(store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def case(work: Work) -> Case:
    case = await a_case(work, NOW)
    await set_case(work, case, assignee_id=BINH.id)
    return case


async def allowed(work: Work, actor: Actor, case: Case, action: CaseAction) -> str:
    """Empty, or the words of the refusal."""
    try:
        async with work.read() as session:
            await case_for(session, work, actor, case.id or 0, action)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("category", [Category.LUONG, Category.QUAY_ROI])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.name)
async def test_every_action_is_allowed_or_refused_as_the_tables_say(
    work: Work, case: Case, who: Character, place: cast.Place, category: Category
) -> None:
    await set_case(work, case, unit_id=place.id, category=category)
    actor, relation = await acting(work, who), PLACES[place][who]
    seen = may_act(relation, A.SEE, category)
    for action in CaseAction:
        expected = messages.NOT_ALLOWED if seen else messages.NOT_FOUND
        if may_act(relation, action, category):
            expected = ""
        assert await allowed(work, actor, case, action) == expected, action


@pytest.mark.parametrize("who", [BINH, AN, DUNG, GIANG], ids=lambda who: who.name)
async def test_whom_a_case_is_about_sees_nothing_of_it_whatever_they_hold(
    work: Work, case: Case, who: Character
) -> None:
    await set_case(work, case, about_id=who.id, assignee_id=who.id)
    actor = await acting(work, who)
    for action in CaseAction:
        assert await allowed(work, actor, case, action) == messages.NOT_FOUND


async def test_a_cadre_who_raised_a_case_handles_it_by_their_role_alone(work: Work) -> None:
    case = await a_case(work, NOW, by=CUC)
    cuc = await acting(work, CUC)
    async with work.read() as session:
        assert await relation_to(session, work, cuc, case) is R.REPORTER
    with pytest.raises(Refused, match=messages.NOT_FOUND):
        await case_view.look(Context(work, cuc, NOW), case.id or 0)


async def test_a_case_that_is_not_there_and_one_of_others_read_the_same(
    work: Work, case: Case
) -> None:
    cuc = await acting(work, CUC)
    for number in (case.id or 0, 999, 2**31, 2**70):
        with pytest.raises(Refused, match=messages.NOT_FOUND):
            await case_view.look(Context(work, cuc, NOW), number)


# ---- The services themselves ---------------------------------------------------------------


def services(other: Case) -> dict[CaseAction, Act]:
    """Every action as its service does it, with answers that fit."""
    there = other.id or 0
    return {
        A.SEE: lambda w, a, c: case_view.look(Context(w, a, NOW), c),
        A.TAKE: lambda w, a, c: handling.take(Context(w, a, NOW), c),
        A.ASK: lambda w, a, c: handling.ask(Context(w, a, NOW), c, "Từ khi nào?"),
        A.NOTE: lambda w, a, c: handling.note(Context(w, a, NOW), c, "Đã gọi"),
        A.CLASSIFY: lambda w, a, c: handling.classify(Context(w, a, NOW), c, "severity", "urgent"),
        A.LINK: lambda w, a, c: merging.link(Context(w, a, NOW), c, there),
        A.MERGE: lambda w, a, c: merging.merge(Context(w, a, NOW), c, there),
        A.PASS: lambda w, a, c: handling.give(Context(w, a, NOW), c, AN.id),
        A.ESCALATE: lambda w, a, c: handling.escalate(
            Context(w, a, NOW), c, EscalationReason.CAPACITY, "Đã làm việc"
        ),
        A.REFER: lambda w, a, c: handling.refer(
            Context(w, a, NOW), c, "Cơ quan BHXH", date(2026, 11, 18), ""
        ),
        A.GUIDE: lambda w, a, c: handling.guide(Context(w, a, NOW), c, RESULT),
        A.SETTLE: lambda w, a, c: handling.settle(Context(w, a, NOW), c, RESULT),
        A.CLOSE: lambda w, a, c: handling.close(Context(w, a, NOW), c),
        A.REOPEN: lambda w, a, c: handling.reopen(Context(w, a, NOW), c, "Tái diễn"),
    }


def expected(relation: Relation, status: CaseStatus, action: CaseAction) -> str:
    if relation in (R.NONE, R.REPORTER) or A.SEE not in RELATION_ACTIONS[relation]:
        return messages.NOT_FOUND
    if action not in RELATION_ACTIONS[relation]:
        return messages.NOT_ALLOWED
    return "" if status in TRANSITIONS[action] else messages.CASE_MOVED_ON


async def outcome(act: Act, work: Work, actor: Actor, case: Case) -> str:
    try:
        await act(work, actor, case.id or 0)
    except Refused as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("who", wide.some(AT_THE_UNIT, 3), ids=lambda who: who.name)
async def test_every_service_in_every_status_does_what_the_tables_say_and_nothing_else(
    work: Work, case: Case, who: Character
) -> None:
    other = await a_case(work, NOW)
    actor, relation = await acting(work, who), AT_THE_UNIT[who]
    for status in CaseStatus:
        for action, act in services(other).items():
            await set_case(
                work,
                case,
                status=status,
                unit_id=KCN.id,
                assignee_id=BINH.id,
                severity="normal",
                merged_into=None,
            )
            wanted = expected(relation, status, action)
            assert await outcome(act, work, actor, case) == wanted, (status, action)
            now = CaseStatus((await case_now(work, case)).status)
            assert now is (status if wanted else TRANSITIONS[action][status]), (status, action)


# ---- The case follows its site -------------------------------------------------------------


async def move_site(work: Work, path: str, parent: int) -> None:
    async with work.write() as session:
        site = await session.get(Unit, SEN_VANG.id)
        assert site is not None
        site.path, site.parent_id = path, parent


async def test_a_case_whose_enterprise_went_to_another_union_is_that_unions_at_once(
    work: Work, case: Case
) -> None:
    await set_case(work, case, assignee_id=None)
    await move_site(work, f"/1/3/{SEN_VANG.id}/", LONG_HOA.id)
    cuc, an = await acting(work, CUC), await acting(work, AN)
    assert await allowed(work, cuc, case, A.TAKE) == ""
    assert await allowed(work, an, case, A.SEE) == messages.NOT_FOUND
    await handling.take(Context(work, cuc, NOW), case.id or 0)
    now = await case_now(work, case)
    assert (now.home_id, now.unit_id, now.assignee_id) == (LONG_HOA.id, LONG_HOA.id, CUC.id)


async def test_a_case_of_a_merged_enterprise_goes_where_that_enterprise_went(
    work: Work, case: Case
) -> None:
    async with work.write() as session:
        site = await session.get(Unit, SEN_VANG.id)
        assert site is not None
        site.dissolved_on, site.successor_id = date(2026, 11, 1), cast.BEN_QUE.id
    async with work.read() as session:
        place = await place_of(session, await case_now(work, case))
    assert (place.levels, place.path) == ((LONG_HOA.id, TINH.id), "/1/3/")
