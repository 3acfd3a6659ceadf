"""Sending a summary and deciding about it, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.config.settings import Settings
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.rules.calendar import at
from bot.core.work import Work
from bot.summaries.services import contents, corrections, pages, sending, writing
from bot.summaries.services.drill_down import behind
from bot.summaries.services.writing import NewText
from storage.enums import Addressee, Role, SummaryState, UnitKind
from storage.models import (
    Alert,
    Case,
    Membership,
    Obligation,
    OutboxMessage,
    Summary,
    SummarySection,
    SummaryVersion,
    Unit,
)
from storage.store import Store
from tests import cast
from tests.cases.help import rows, told
from tests.cast import AN, BINH, CUC, DUNG, GIANG, HA, KCN, MAI, TINH, Character
from tests.summaries.help import NOON, TUAN, acting, all_written, owes, second_leader

LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def work(any_store: Store, settings: Settings) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), cast.VAULT)


async def sent(work: Work, by: Character, key: int, now: datetime = NOON) -> int:
    return await sending.send(Context(work, await acting(work, by), now), key)


async def complete(work: Work) -> int:
    key = await owes(work)
    await all_written(work, key)
    return key


async def state_of(work: Work, key: int) -> str:
    (found,) = [one for one in await rows(work, Summary) if one.obligation_id == key]
    return str(found.state)


async def test_what_is_missing_is_named_and_nothing_is_sent(work: Work) -> None:
    key = await owes(work)
    await writing.write_section(
        Context(work, await acting(work, AN), NOON), key, NewText("II", "chữ")
    )
    with pytest.raises(Refused, match=r"IV\.1 Ưu điểm, IV\.2 Hạn chế, V\. Phương hướng"):
        await sent(work, DUNG, key)
    assert await rows(work, SummaryVersion) == []
    assert await told(work, GIANG) == []


async def test_the_receiver_hears_and_the_version_is_kept_whole(work: Work) -> None:
    key = await complete(work)
    await corrections.correct(
        Context(work, await acting(work, AN), NOON), key, "members", 5000, "Sổ"
    )
    assert await sent(work, DUNG, key) == 1
    (version,) = await rows(work, SummaryVersion)
    paper = contents.from_json(version.content)
    assert (version.number, version.late, version.sent_by) == (1, False, DUNG.id)
    assert paper.values["members"] == 5000
    assert [(part.key, part.text) for part in paper.parts][:2] == [
        ("II", "Nội dung II"),
        ("IV.1", "Nội dung IV.1"),
    ]
    (notice,) = await told(work, GIANG)
    assert "CĐ các KCN tỉnh" in notice
    assert "đúng hạn" in notice
    (owed,) = await rows(work, Obligation)
    assert owed.remind_at is None


async def test_two_leaders_at_once_send_one_version_and_the_second_is_told_who_was_first(
    work: Work,
) -> None:
    await second_leader(work)
    key = await complete(work)
    done = await asyncio.gather(
        sent(work, DUNG, key), sent(work, TUAN, key), return_exceptions=True
    )
    (refused,) = [one for one in done if isinstance(one, Refused)]
    (version,) = await rows(work, SummaryVersion)
    first = DUNG if version.sent_by == DUNG.id else TUAN
    assert f"Đồng chí {first.full_name} vừa gửi báo cáo lúc 12:00 10/12/2026" in str(refused)
    assert len(await told(work, GIANG)) == 1


async def test_a_double_tap_sends_once(work: Work) -> None:
    key = await complete(work)
    assert await asyncio.gather(sent(work, DUNG, key), sent(work, DUNG, key)) == [1, 1]
    assert len(await rows(work, SummaryVersion)) == 1
    assert len(await told(work, GIANG)) == 1


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (at(date(2026, 12, 14), time(23, 59)), False),
        (datetime(2026, 12, 14, 16, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 14, 17, 0, tzinfo=UTC), True),  # midnight in Vietnam
        (at(date(2026, 12, 15), time(0, 0)), True),
    ],
)
async def test_the_first_late_moment_is_midnight_in_vietnam(
    work: Work, moment: datetime, late: bool
) -> None:
    key = await complete(work)
    await sent(work, DUNG, key, moment)
    (version,) = await rows(work, SummaryVersion)
    assert version.late is late


async def test_a_deadline_moved_after_sending_changes_no_recorded_lateness(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key, at(date(2026, 12, 16), time(9, 0)))
    async with work.write() as session:
        owed = await session.get(Obligation, key)
        assert owed is not None
        owed.due_before = date(2026, 12, 31)
    (version,) = (await pages.page(Context(work, await acting(work, GIANG), LATER), key)).versions
    assert (version.late, version.due_before) == (True, date(2026, 12, 15))


# ---- What the receiver decides -------------------------------------------------------------


async def test_returned_with_remarks_it_is_written_on_sent_again_and_accepted(work: Work) -> None:
    key = await complete(work)
    await writing.write_section(
        Context(work, await acting(work, BINH), NOON), key, NewText("IV.3", "x")
    )
    await sent(work, DUNG, key)
    giang = await acting(work, GIANG)
    await sending.give_back(Context(work, giang, LATER), key, 1, "Bổ sung số liệu mục II")
    assert await state_of(work, key) == SummaryState.RETURNED
    for one in (AN, BINH, DUNG):  # the leader and everybody who wrote
        assert "Bổ sung số liệu mục II" in (await told(work, one))[-1]
    (owed,) = await rows(work, Obligation)
    assert owed.remind_at is not None
    new = NewText("II", "Đã bổ sung")
    await writing.write_section(Context(work, await acting(work, AN), LATER), key, new)
    assert await sent(work, DUNG, key, at(date(2026, 12, 16), time(9, 0))) == 2
    await sending.accept(Context(work, giang, at(date(2026, 12, 17), time(9, 0))), key, 2)
    first, second = await rows(work, SummaryVersion)
    assert [(v.number, v.outcome, v.late) for v in (first, second)] == [
        (1, "returned", False),
        (2, "accepted", True),
    ]
    assert first.remarks == "Bổ sung số liệu mục II"
    assert "Đã bổ sung" not in str(first.content)
    assert "Đã bổ sung" in str(second.content)
    assert "đã tiếp nhận" in (await told(work, AN))[-1]
    (owed,) = await rows(work, Obligation)
    assert owed.remind_at is None


async def test_deciding_twice_is_one_decision_and_another_is_refused(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    giang = await acting(work, GIANG)
    for minute in range(2):
        await sending.accept(Context(work, giang, LATER + timedelta(minutes=minute)), key, 1)
    assert len([m for m in await told(work, DUNG) if "tiếp nhận" in m]) == 1
    with pytest.raises(Refused, match="Võ Trường Giang đã quyết định"):
        await sending.give_back(Context(work, giang, LATER), key, 1, "thiếu")
    assert await state_of(work, key) == SummaryState.ACCEPTED


async def test_an_old_version_is_not_accepted_after_a_newer_one_was_sent(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    giang = await acting(work, GIANG)
    await sending.give_back(Context(work, giang, LATER), key, 1, "thiếu")
    await sent(work, DUNG, key, LATER)
    for number in (1, 3, 0, 2**31):
        with pytest.raises(Refused):
            await sending.accept(Context(work, giang, LATER), key, number)
    assert await state_of(work, key) == SummaryState.SENT


@pytest.mark.parametrize("who", [AN, DUNG, CUC, HA, MAI], ids=lambda one: one.name)
async def test_only_the_receivers_supervisors_decide(work: Work, who: Character) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    actor = await acting(work, who)
    with pytest.raises(Refused):
        await sending.accept(Context(work, actor, LATER), key, 1)
    with pytest.raises(Refused):
        await sending.give_back(Context(work, actor, LATER), key, 1, "thiếu")
    assert await state_of(work, key) == SummaryState.SENT


@pytest.mark.parametrize("who", [AN, CUC, HA, MAI], ids=lambda one: one.name)
async def test_only_leaders_send(work: Work, who: Character) -> None:
    key = await complete(work)
    with pytest.raises(Refused):
        await sent(work, who, key)
    assert await rows(work, SummaryVersion) == []


async def test_the_unit_that_chases_for_the_receiver_hears_and_decides(work: Work) -> None:
    chasing = work.settings.summaries.model_copy(update={"chaser": "BTC"})
    work = replace(work, settings=work.settings.model_copy(update={"summaries": chasing}))
    async with work.write() as session:
        session.add(
            Unit(
                id=50,
                code="BTC",
                name="Ban Tổ chức",
                folded="ban to chuc",
                kind=UnitKind.FEDERATION,
                parent_id=TINH.id,
                path="/1/50/",
                known_since=date(2026, 1, 5),
            )
        )
        await session.flush()
        session.add(Membership(person_id=CUC.id, role=Role.SUPERVISOR, unit_id=50))
    key = await complete(work)
    await sent(work, DUNG, key)
    assert len(await told(work, CUC)) == len(await told(work, GIANG)) == 1
    cuc = await acting(work, CUC)
    (edit,) = await pages.history(Context(work, cuc, LATER), key, "II")
    assert edit.text == "Nội dung II"
    assert (await behind(Context(work, cuc, LATER), key, "visits", 0)).value == 0
    await sending.accept(Context(work, cuc, LATER), key, 1)
    assert await state_of(work, key) == SummaryState.ACCEPTED


async def test_what_has_to_be_changed_reaches_the_unit_to_the_last_word(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    remarks = "Ghi rõ hơn từng việc. " * 136 + "Hết."
    await sending.give_back(Context(work, await acting(work, GIANG), LATER), key, 1, remarks)
    assert "Hết." in (await told(work, DUNG))[-1]


# ---- Proposals become cases ----------------------------------------------------------------


async def test_proposals_become_cases_of_the_receiver_once_by_whoever_added_them(
    work: Work,
) -> None:
    key = await complete(work)
    an = await acting(work, AN)
    text = "Có giải pháp hạn chế đình công, ngừng việc tập thể"
    await writing.propose(Context(work, an, NOON), key, Addressee.GENERAL, text)
    await sent(work, DUNG, key)
    await sending.give_back(Context(work, await acting(work, GIANG), LATER), key, 1, "thiếu")
    await writing.propose(Context(work, an, LATER), key, Addressee.STANDING, "Mở lớp tập huấn")
    await sent(work, DUNG, key, LATER)
    first, second = await rows(work, Case)
    assert (first.text, first.kind, first.author_id) == (text, "proposal", AN.id)
    assert {first.unit_id, first.home_id, second.unit_id} == {TINH.id}
    assert first.site_words == "CĐ các KCN tỉnh (đề xuất gửi Tổng LĐLĐ Việt Nam)"
    assert second.text == "Mở lớp tập huấn"
    assert await rows(work, Alert) == [], "official words about strikes are no strike"
    shown = (await pages.page(Context(work, an, LATER), key)).proposals
    assert [one.case for one in shown] == [first.code, second.code]


async def test_a_proposal_taken_out_after_a_return_leaves_its_case(work: Work) -> None:
    key = await complete(work)
    an = await acting(work, AN)
    await writing.propose(Context(work, an, NOON), key, Addressee.STANDING, "Mở lớp tập huấn")
    await sent(work, DUNG, key)
    await sending.give_back(Context(work, await acting(work, GIANG), LATER), key, 1, "thiếu")
    (one,) = (await pages.page(Context(work, an, LATER), key)).proposals
    await writing.withdraw(Context(work, an, LATER), key, one.id)
    await sent(work, DUNG, key, LATER)
    assert len(await rows(work, Case)) == 1
    assert (await pages.page(Context(work, an, LATER), key)).paper.proposals == {}


async def test_a_proposal_taken_out_and_put_in_again_keeps_its_case(work: Work) -> None:
    key, an = await complete(work), await acting(work, AN)
    await writing.propose(Context(work, an, NOON), key, Addressee.STANDING, "Mở lớp tập huấn")
    await sent(work, DUNG, key)
    await sending.give_back(Context(work, await acting(work, GIANG), LATER), key, 1, "thiếu")
    (one,) = (await pages.page(Context(work, an, LATER), key)).proposals
    await writing.withdraw(Context(work, an, LATER), key, one.id)
    await writing.propose(Context(work, an, LATER), key, Addressee.STANDING, "Mở lớp tập huấn")
    await sent(work, DUNG, key, LATER)
    (case,) = await rows(work, Case)
    assert [p.case for p in (await pages.page(Context(work, an, LATER), key)).proposals] == [
        case.code
    ]


# ---- The unit changes after sending --------------------------------------------------------


async def test_a_unit_dissolved_after_sending_keeps_its_report_and_it_is_still_accepted(
    work: Work,
) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    before = (await pages.page(Context(work, await acting(work, GIANG), NOON), key)).paper
    async with work.write() as session:
        unit = await session.get(Unit, KCN.id)
        assert unit is not None
        unit.dissolved_on, unit.successor_id = date(2026, 12, 11), cast.LONG_HOA.id
        unit.members = 1
    giang = await acting(work, GIANG)
    await sending.accept(Context(work, giang, NOON + timedelta(days=3)), key, 1)
    after = (await pages.page(Context(work, giang, NOON + timedelta(days=3)), key)).paper
    assert after == before
    assert await state_of(work, key) == SummaryState.ACCEPTED


async def test_one_that_was_excused_can_still_be_sent(work: Work) -> None:
    key = await owes(work, excused_at=NOON, excuse="Đơn vị mới thành lập")
    await all_written(work, key)
    assert await sent(work, DUNG, key) == 1


async def test_what_was_sent_does_not_follow_the_data_what_is_returned_does(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)

    async def women() -> int | None:
        paper = (await pages.page(Context(work, await acting(work, AN), LATER), key)).paper
        return paper.values.get("women")

    async with work.write() as session:
        site = await session.get(Unit, cast.SEN_VANG.id)
        assert site is not None
        site.women = 1500
    assert await women() is None  # nobody had said a number when it was sent
    await sending.give_back(Context(work, await acting(work, GIANG), LATER), key, 1, "thiếu")
    assert await women() == 1500


async def test_papers_of_many_take_the_version_sent_last_else_what_stands_now(work: Work) -> None:
    ours, theirs = await complete(work), await owes(work, cast.LONG_HOA)
    await sent(work, DUNG, ours)
    new = NewText("II", "Chưa gửi")
    await writing.write_section(Context(work, await acting(work, CUC), NOON), theirs, new)
    async with work.read() as session:
        owed = [await session.get_one(Obligation, key) for key in (ours, theirs)]
        papers = await contents.papers_of(session, work, owed, LATER)
    (version,) = await rows(work, SummaryVersion)
    assert papers[ours] == contents.from_json(version.content)
    assert papers[theirs].parts[0].text == "Chưa gửi"


async def test_nobody_is_told_what_they_did_themselves(work: Work) -> None:
    key = await complete(work)
    await sent(work, DUNG, key)
    assert [m.person_id for m in await rows(work, OutboxMessage)] == [GIANG.id]
    assert await rows(work, SummarySection) != []


async def test_papers_of_three_take_as_many_queries_as_of_one(work: Work) -> None:
    keys = [await complete(work), await owes(work, cast.LONG_HOA), await owes(work, cast.HON_SAO)]
    await corrections.correct(
        Context(work, await acting(work, AN), NOON), keys[0], "members", 5, "Sổ"
    )

    async def queries(wanted: list[int]) -> int:
        said: list[str] = []

        def listen(_c: Any, _cu: Any, statement: str, *_: Any) -> None:
            said.append(statement)

        async with work.read() as session:
            owed = [await session.get_one(Obligation, key) for key in wanted]
            event.listen(work.store.engine.sync_engine, "before_cursor_execute", listen)
            await contents.papers_of(session, work, owed, NOON)
            event.remove(work.store.engine.sync_engine, "before_cursor_execute", listen)
        return len(said)

    assert await queries(keys) == await queries(keys[:1])
