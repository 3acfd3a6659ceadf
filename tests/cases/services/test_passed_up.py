"""A unit that passed a case up still sees it and its end, read-only; a cluster is watched over."""

from typing import Any

import pytest
from sqlmodel import select

from bot.cases.cards import cases as case_cards
from bot.cases.cards import concerns as concern_cards
from bot.cases.cards import site_requests as request_cards
from bot.cases.rules.cases import EscalationReason, Relation
from bot.cases.services import handling, lists, own_cases, own_data, site_requests
from bot.cases.services import view as case_view
from bot.cases.services.duty import STREAM
from bot.cases.services.own_cases import Addition
from bot.core import messages
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage.enums import CaseKind, CaseStatus, Category
from storage.models import Alert, Case, ClusterUnit
from storage.store import Store
from tests import cast
from tests.cases.help import RESULT, a_case, acting, case_now, set_case, told
from tests.cast import (
    AN,
    BEN_QUE,
    BINH,
    CUC,
    DUNG,
    GIANG,
    KCN,
    KHOA,
    LAN,
    LONG_HOA,
    MAI,
    TINH,
    VAULT,
    Character,
)
from tests.cast import WEDNESDAY_1500 as NOW

HIDDEN = {
    "harassment": {"category": Category.QUAY_ROI},
    "a denunciation": {"kind": CaseKind.DENUNCIATION},
    "about the union's people": {"category": Category.CONG_DOAN},
    "about somebody": {"about_id": BINH.id},
}


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def case(work: Work) -> Case:
    """An had it in hand and passed it up to the province."""
    case = await a_case(work, NOW)
    an = Context(work, await acting(work, AN), NOW)
    await handling.take(an, case.id or 0)
    await handling.escalate(an, case.id or 0, EscalationReason.AUTHORITY, "Cần tỉnh làm việc")
    return case


async def context(work: Work, who: Character) -> Context:
    return Context(work, await acting(work, who), NOW)


PROVINCE = "Liên đoàn Lao động tỉnh"


async def test_its_worker_reads_one_name_of_who_has_it_on_the_card_in_the_list_and_in_the_copy(
    work: Work, case: Case
) -> None:
    lan = await acting(work, LAN)
    card = concern_cards.own_case(await own_cases.look(work, lan, case.id or 0), NOW).text
    assert f"Hiện nay: <b>Đã chuyển {PROVINCE} xem xét</b>" in card
    assert f"· Chuyển {PROVINCE} xem xét" in card
    shown = concern_cards.own_list(await own_cases.listed(work, lan)).text
    assert f"{case.code}</b> · Đã chuyển {PROVINCE} xem xét" in shown
    [copy] = (await own_data.export(work, lan))["phản ánh"]
    assert copy["tình trạng"] == f"Đã chuyển {PROVINCE} xem xét"
    assert f"Chuyển {PROVINCE} xem xét" in [event["việc"] for event in copy["diễn biến"]]
    assert not any("Công đoàn cấp trên" in str(text) for text in (card, shown, copy))


async def test_a_concern_that_was_folded_into_another_stands_in_the_list_as_on_its_card(
    work: Work, case: Case
) -> None:
    other = await a_case(work, NOW, by=LAN)
    await set_case(work, other, merged_into=case.id, status=CaseStatus.MERGED)
    await handling.settle(await context(work, GIANG), case.id or 0, RESULT)
    lan = await acting(work, LAN)
    card = concern_cards.own_case(await own_cases.look(work, lan, other.id or 0), NOW).text
    shown = concern_cards.own_list(await own_cases.listed(work, lan)).text
    assert "Hiện nay: <b>Đã giải quyết</b>" in card
    assert f"{other.code}</b> · Đã giải quyết" in shown


async def test_its_author_reads_one_name_of_who_has_it_too(work: Work, case: Case) -> None:
    await set_case(work, case, reporter_id=None, author_id=AN.id, kind=CaseKind.PROPOSAL)
    an = await context(work, AN)
    card = request_cards.detail(await site_requests.look(an, case.id or 0), NOW).text
    shown = request_cards.listed(await site_requests.mine(an)).text
    assert f"Đã chuyển lên {TINH.name}" in card
    assert f"Đã chuyển lên {TINH.name}" in shown


async def listed(work: Work, who: Character, kind: str) -> list[str]:
    return [row.case.code for row in (await lists.listed(await context(work, who), kind, 0)).rows]


async def sees(work: Work, who: Character, case: Case) -> bool:
    try:
        await case_view.look(await context(work, who), case.id or 0)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("who", [AN, BINH, DUNG], ids=lambda who: who.name)
async def test_who_passed_it_up_sees_its_state_and_its_answer_and_can_do_nothing(
    work: Work, case: Case, who: Character
) -> None:
    await handling.settle(await context(work, GIANG), case.id or 0, RESULT)
    facts = await case_view.look(await context(work, who), case.id or 0)
    assert (facts.relation, facts.actions, facts.case.result) == (Relation.FORMER, (), RESULT)
    assert facts.unit == TINH.name
    card = case_cards.detail(facts)
    assert RESULT in card.text
    assert "Đã giải quyết" in card.text
    assert [b.data for row in card.rows for b in row] == ["case:list:unit:0"]
    for refused in (
        handling.note(await context(work, who), case.id or 0, "…"),
        handling.take(await context(work, who), case.id or 0),
        handling.reopen(await context(work, who), case.id or 0, "…"),
        case_view.files(work, await acting(work, who), case.id or 0),
        case_view.identity(await context(work, who), case.id or 0),
    ):
        with pytest.raises(Refused, match=messages.NOT_ALLOWED):
            await refused


@pytest.mark.parametrize("who", [CUC, MAI, KHOA, LAN], ids=lambda who: who.name)
async def test_nobody_else_sees_it(work: Work, case: Case, who: Character) -> None:
    assert not await sees(work, who, case)


async def test_it_stands_in_a_list_of_its_own_and_does_not_count_as_waiting(
    work: Work, case: Case
) -> None:
    for who in (AN, DUNG):
        assert await listed(work, who, "unit") == []
        assert await listed(work, who, "up") == [case.code]
        counts = await lists.counts(await context(work, who))
        assert (counts.all, counts.passed_up) == (0, 1)
        found = await lists.search(await context(work, who), case.code, 0)
        assert [row.case.code for row in found.rows] == [case.code]
    assert await listed(work, GIANG, "up") == []
    assert await listed(work, CUC, "up") == []


async def test_those_who_had_it_are_told_of_the_result_once_each(work: Work, case: Case) -> None:
    before = {who: len(await told(work, who)) for who in (AN, BINH, DUNG)}
    await handling.settle(await context(work, GIANG), case.id or 0, RESULT)
    for who in (AN, DUNG):
        news = (await told(work, who))[before[who] :]
        assert len(news) == 1, who.name
        assert "đã chuyển lên đã được giải quyết" in news[0]
        assert RESULT in news[0]
    assert len(await told(work, BINH)) == before[BINH], "never had it in hand"


@pytest.mark.parametrize("columns", HIDDEN.values(), ids=HIDDEN)
async def test_what_may_be_about_them_is_out_of_their_sight_as_soon_as_it_is_known(
    work: Work, case: Case, columns: dict[str, Any]
) -> None:
    await set_case(work, case, **columns)
    before = {who: len(await told(work, who)) for who in (AN, DUNG)}
    await handling.settle(await context(work, GIANG), case.id or 0, RESULT)
    for who in (AN, DUNG, BINH):
        assert not await sees(work, who, case)
        assert await listed(work, who, "up") == []
    assert {who: len(await told(work, who)) for who in (AN, DUNG)} == before


async def test_what_a_worker_says_after_it_went_up_is_not_for_those_who_passed_it_up(
    work: Work, case: Case
) -> None:
    await handling.note(await context(work, GIANG), case.id or 0, "Nghi cán bộ KCN bỏ qua")
    worker = await context(work, LAN)
    await own_cases.add(worker, case.id or 0, Addition("Cán bộ KCN dặn em đừng nói"))
    await handling.settle(await context(work, GIANG), case.id or 0, RESULT)
    await own_cases.reopen(worker, case.id or 0, Addition("Vì cán bộ KCN vẫn bao che"))
    facts = await case_view.look(await context(work, AN), case.id or 0)
    card = case_cards.detail(facts)
    assert "KCN" not in card.text
    assert "Cần tỉnh làm việc" in card.text
    assert "KCN" not in case_cards.log(facts, 0).text


async def test_a_case_that_never_was_theirs_stays_unseen(work: Work) -> None:
    """It began at the province, past them."""
    case = await a_case(work, NOW, category=Category.CONG_DOAN)
    await set_case(work, case, category=Category.LUONG)
    assert (await case_now(work, case)).unit_id == TINH.id
    for who in (AN, DUNG):
        assert not await sees(work, who, case)


async def test_what_escalates_by_the_clock_is_seen_by_those_who_let_it_lie(work: Work) -> None:
    case = await a_case(work, NOW)
    for _ in range(20):
        now = await STREAM.next_due(work)
        assert now is not None
        await STREAM.ensure(work, now)
        if (await case_now(work, case)).unit_id == TINH.id:
            break
    assert (await case_now(work, case)).passed_up_by == KCN.id
    assert await sees(work, DUNG, case)


# ---- Who watches over a cluster ---------------------------------------------------------------


async def test_who_watches_over_a_cluster_sees_its_cases_and_decides_nothing(work: Work) -> None:
    case = await a_case(work, NOW, site=BEN_QUE)
    elsewhere = await a_case(work, NOW)
    assert await listed(work, KHOA, "unit") == [case.code]
    facts = await case_view.look(await context(work, KHOA), case.id or 0)
    assert facts.relation is Relation.WATCHER
    assert [str(action) for action in facts.actions] == ["note"]
    assert not await sees(work, KHOA, elsewhere)
    for refused in (
        handling.take(await context(work, KHOA), case.id or 0),
        handling.settle(await context(work, KHOA), case.id or 0, RESULT),
        handling.give(await context(work, KHOA), case.id or 0, CUC.id),
    ):
        with pytest.raises(Refused, match=messages.NOT_ALLOWED):
            await refused


async def test_over_a_whole_union_it_is_the_same(work: Work) -> None:
    async with work.write() as session:
        session.add(ClusterUnit(cluster_id=cast.CLUSTER_ID, unit_id=LONG_HOA.id))
    case = await a_case(work, NOW, site=cast.PHU_LOC)
    facts = await case_view.look(await context(work, KHOA), case.id or 0)
    assert facts.relation is Relation.WATCHER


@pytest.mark.parametrize("columns", [HIDDEN["harassment"], HIDDEN["a denunciation"]])
async def test_what_is_confidential_is_not_the_clusters(work: Work, columns: Any) -> None:
    case = await a_case(work, NOW, site=BEN_QUE)
    await set_case(work, case, **columns)
    assert not await sees(work, KHOA, case)
    assert await listed(work, KHOA, "unit") == []


async def test_an_alarm_at_a_site_of_the_cluster_reaches_who_watches_over_it(work: Work) -> None:
    text = "Cả chuyền đang đình công, ngừng việc ngoài cổng, công nhân tụ tập đòi lương"
    await a_case(work, NOW, text=text)
    assert await told(work, KHOA) == []
    await a_case(work, NOW, text=text, site=BEN_QUE)
    async with work.read() as session:
        raised = (await session.exec(select(Alert))).all()
    assert len(raised) == 2
    assert len(await told(work, KHOA)) == 1
