"""Whose words of cases somebody reads: the queries agree with the table, at every moment."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlmodel import select

from bot.cases.cards import concern_notices as cards
from bot.cases.cards.labels import CATEGORIES
from bot.cases.facts.cases import NOT_SHOWN
from bot.cases.rules.cases import CaseAction, Relation, is_confidential, may_act
from bot.cases.services import merging, sight
from bot.cases.services import view as case_view
from bot.cases.services.access import relation_to
from bot.cases.services.concern_notices import owe
from bot.cases.services.notifications import CaseNotice
from bot.core.context import Context
from bot.core.rules.permissions import Actor
from bot.core.work import Work
from bot.summaries.rules.papers import CaseRow
from bot.summaries.services import numbers
from bot.visits.papers.visits_table import HEADINGS
from bot.visits.services.export import visit_rows
from storage import outbox, visits
from storage.enums import CaseKind, Category, VisitStatus
from storage.models import Case, Membership, OutboxMessage, Visit, VisitReport
from storage.store import Store
from tests import cast
from tests.cases.help import a_case, acting, set_case
from tests.cast import AN, BINH, DUNG, EVERYBODY, GIANG, HA, KCN, SEN_VANG, TINH, VAULT
from tests.cast import WEDNESDAY_1500 as NOW

KINDS = (CaseKind.CONCERN, CaseKind.PROPOSAL, CaseKind.DENUNCIATION)
CATEGORIES_TRIED = (Category.LUONG, Category.CONG_DOAN, Category.QUAY_ROI)
LEVELS = (KCN.id, TINH.id)
HANDS = (None, BINH.id)
ABOUT = (None, AN.id, DUNG.id)
AUTHORS = (None, AN.id)


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


async def every_case(work: Work) -> list[Case]:
    """One of each kind, category, level, hand, subject and author."""
    template = await a_case(work, NOW)
    tried = product(KINDS, CATEGORIES_TRIED, LEVELS, HANDS, ABOUT, AUTHORS)
    made = [
        Case(
            **template.model_dump(exclude={"id", "code"})
            | {
                "code": f"C{number}",
                "kind": kind,
                "category": category,
                "unit_id": level,
                "assignee_id": hand,
                "about_id": about,
                "author_id": author,
                "reporter_id": None,
            }
        )
        for number, (kind, category, level, hand, about, author) in enumerate(tried)
    ]
    async with work.write() as session:
        session.add_all(made)
    return made


def reads(one: cast.Character, case: Case, relation: Relation) -> bool:
    """The table in words: who sees the case; who wrote it; for a cadre's proposal their union."""
    if relation is Relation.NAMED:
        return False
    if may_act(relation, CaseAction.SEE, case.category, case.kind) or case.author_id == one.id:
        return one.id != 0
    official = case.kind == CaseKind.PROPOSAL and case.author_id is not None
    open_ = case.category != Category.QUAY_ROI and case.about_id is None
    return official and open_ and one in (AN, BINH, DUNG, GIANG)


async def test_the_queries_let_everybody_see_and_read_what_the_table_says(work: Work) -> None:
    made = await every_case(work)
    ids = [case.id or 0 for case in made]
    for one in EVERYBODY:
        actor = await acting(work, one)
        async with work.read() as session:
            seen = await sight.openable(session, actor, ids)
            readable = await sight.readable(session, actor, ids)
            relations = {c.id or 0: await relation_to(session, work, actor, c) for c in made}
        see = {
            case.id
            for case in made
            if may_act(relations[case.id or 0], CaseAction.SEE, case.category, case.kind)
        }
        assert seen == see, one.name
        assert {*readable} == {c.id for c in made if reads(one, c, relations[c.id or 0])}, one.name
        assert seen <= {*readable}


async def test_whose_role_has_ended_reads_nothing_even_of_what_lies_in_their_hands(
    work: Work,
) -> None:
    case = await a_case(work, NOW)
    await set_case(work, case, assignee_id=BINH.id)
    await end_role(work, BINH.id)
    binh = await acting(work, BINH)
    async with work.read() as session:
        assert await sight.readable(session, binh, [case.id or 0]) == {}
        assert await relation_to(session, work, binh, case) is Relation.NONE


async def end_role(work: Work, person_id: int) -> None:
    async with work.write() as session:
        for row in (await session.exec(select(Membership))).all():
            if row.person_id == person_id:
                row.ended_at = NOW


# ---- What waits in the outbox -------------------------------------------------------------


async def waiting(work: Work, case: Case, *readers: int) -> list[OutboxMessage]:
    async with work.write() as session:
        card = cards.new(case, SEN_VANG.name)
        await owe(session, work, CaseNotice(case, card, f"new:{case.id}"), [*readers], NOW)
    async with work.read() as session:
        return list((await session.exec(select(OutboxMessage))).all())


async def withheld_from(work: Work, messages: list[OutboxMessage]) -> set[int | None]:
    async with work.read() as session:
        ids = await sight.withheld(session, messages)
    return {m.person_id for m in messages if m.id in ids}


async def test_a_message_waits_no_longer_for_whom_its_case_was_closed_to(work: Work) -> None:
    case = await a_case(work, NOW)
    messages = await waiting(work, case, AN.id, BINH.id, DUNG.id)
    assert await withheld_from(work, messages) == set()
    await set_case(work, case, category=Category.QUAY_ROI)
    assert await withheld_from(work, messages) == {AN.id, BINH.id}
    await set_case(work, case, category=Category.LUONG, about_id=AN.id)
    assert await withheld_from(work, messages) == {AN.id}
    await set_case(work, case, about_id=None)
    await end_role(work, BINH.id)
    assert await withheld_from(work, messages) == {BINH.id}


async def test_what_is_withheld_loses_its_words(work: Work) -> None:
    case = await a_case(work, NOW)
    (message,) = await waiting(work, case, AN.id)
    outbox.withhold([message])
    assert (message.state, message.text, message.rows) == ("cancelled", "", [])


async def test_news_that_a_case_is_in_other_hands_still_goes_out(work: Work) -> None:
    case = await a_case(work, NOW)
    (message,) = await waiting(work, case, AN.id)
    await set_case(work, case, unit_id=TINH.id)
    assert await withheld_from(work, [message]) == {AN.id}
    message.rows = []
    assert await withheld_from(work, [message]) == set()


async def test_an_alarm_goes_out_though_its_case_has_escalated_but_not_once_it_is_confidential(
    work: Work,
) -> None:
    case = await a_case(work, NOW)
    (message,) = await waiting(work, case, DUNG.id)
    message.dedupe_key = f"alert:1:{DUNG.id}"
    await set_case(work, case, unit_id=TINH.id)
    assert await withheld_from(work, [message]) == set()
    await set_case(work, case, category=Category.QUAY_ROI)
    assert await withheld_from(work, [message]) == {DUNG.id}


# ---- Papers, counts, other cases ----------------------------------------------------------


async def test_a_paper_says_words_of_those_cases_only_that_its_reader_may_read(work: Work) -> None:
    case = await a_case(work, NOW, kind=CaseKind.PROPOSAL)
    await set_case(work, case, author_id=AN.id, reporter_id=None)
    category = CATEGORIES[Category.LUONG][1]
    row = CaseRow(
        day=NOW.date(),
        unit=KCN.name,
        text="Tăng lương",
        category=category,
        level=KCN.name,
        due=None,
        result="Đã giải quyết: Đã tăng",
        note="",
    )
    rows = [replace(row, case=case.id or 0)]
    closed = replace(row, text=numbers.HIDDEN, category="", result="Đã giải quyết")

    async def read_by(one: cast.Character) -> CaseRow:
        async with work.read() as session:
            return (await numbers.as_read_by(session, await acting(work, one), KCN.path, rows))[0]

    assert [await read_by(one) for one in (AN, DUNG, GIANG, HA)] == [row, row, row, closed]
    await set_case(work, case, category=Category.QUAY_ROI)
    assert await read_by(GIANG) == closed, "papers are passed on"
    rows = [row]
    assert await read_by(GIANG) == closed, "nobody knows whose words these are"


async def test_what_the_sites_officers_may_not_know_of_is_not_counted_for_them(work: Work) -> None:
    await a_case(work, NOW)
    await a_case(work, NOW, category=Category.QUAY_ROI)
    await a_case(work, NOW, category=Category.CONG_DOAN)
    await a_case(work, NOW, kind=CaseKind.DENUNCIATION)
    await a_case(work, NOW, about_id=AN.id)
    async with work.read() as session:
        found = await visits.open_cases(session, sight.HIDDEN, NOW + timedelta(days=90))
    assert found == {SEN_VANG.id: visits.OpenCases(1, 1)}


async def test_a_case_names_no_other_that_its_reader_may_not_see(work: Work) -> None:
    case, lead = await a_case(work, NOW), await a_case(work, NOW)
    an, dung = await acting(work, AN), await acting(work, DUNG)

    await merging.link(Context(work, dung, NOW), case.id or 0, lead.id or 0)
    await set_case(work, case, merged_into=lead.id)
    seen = await case_view.look(Context(work, an, NOW), case.id or 0)
    assert seen.lead is not None
    assert lead.code in str(seen.happened)
    await set_case(work, lead, category=Category.QUAY_ROI)
    hidden = await case_view.look(Context(work, an, NOW), case.id or 0)
    assert hidden.lead is None
    assert lead.code not in str(hidden.happened)
    assert lead.code in str((await case_view.look(Context(work, dung, NOW), case.id or 0)).happened)


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("kind", list(CaseKind))
def test_harassment_and_denunciations_are_confidential_and_nothing_else(
    category: Category, kind: CaseKind
) -> None:
    expected = category is Category.QUAY_ROI or kind is CaseKind.DENUNCIATION
    assert is_confidential(category, kind) is expected
    assert may_act(Relation.UNIT_QUEUE, CaseAction.SEE, category, kind) is not expected


# ---- Tables -------------------------------------------------------------------------------


async def test_the_table_of_visits_says_no_proposal_that_its_reader_may_not_read(
    work: Work,
) -> None:
    monday = NOW.date() - timedelta(days=2)
    async with work.write() as session:
        visit = Visit(
            key="w", week=monday, site_id=SEN_VANG.id, unit_id=KCN.id, officer_id=AN.id,
            created_at=NOW, status=VisitStatus.REPORTED,
        )  # fmt: skip
        session.add(visit)
        await session.flush()
        report = VisitReport(
            visit_id=visit.id or 0,
            author_id=AN.id,
            submitted_at=NOW,
            visited_on=monday,
            kind="care",
        )
        session.add(report)
        await session.flush()
        report_id = report.id
    for words, category in (("Tăng lương", Category.LUONG), ("Bị sờ soạng", Category.QUAY_ROI)):
        case = await a_case(work, NOW, text=words, kind=CaseKind.PROPOSAL, category=category)
        await set_case(work, case, report_id=report_id, author_id=AN.id, reporter_id=None)
    column = HEADINGS.index("Kiến nghị")

    async def cell(actor: Actor | None) -> str:
        (row,) = [row async for row in visit_rows(work, actor)]
        return str(row[column])

    # The harassment is not even counted: a file goes from hand to hand, the operator's too.
    assert await cell(await acting(work, HA)) == NOT_SHOWN
    assert await cell(await acting(work, GIANG)) == "Tăng lương"
    assert await cell(None) == "Tăng lương"
