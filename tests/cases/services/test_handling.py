"""What each action writes down, whom it tells, and what it refuses in words."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.cases.cards import cases as case_cards
from bot.cases.rules.cases import EscalationReason
from bot.cases.rules.deadlines import settle_by
from bot.cases.services import handling, merging
from bot.cases.services import view as case_view
from bot.cases.services.creation import NewCase, bear
from bot.cases.services.staff import colleagues
from bot.core.context import Context
from bot.core.errors import Refused
from bot.core.work import Work
from storage.enums import CaseKind, Lane, OutboxState, Severity
from storage.models import Case, CaseEvent, Leave, OutboxMessage, Unit
from storage.store import Store
from tests import cast
from tests.cases.help import (
    RESULT,
    TEXT,
    a_case,
    acting,
    case_now,
    rows,
    set_case,
    told,
    told_reporter,
    what_happened,
)
from tests.cast import AN, BINH, CUC, DUNG, GIANG, SEN_VANG, SONG_LANH, TINH, VAULT
from tests.cast import WEDNESDAY_1500 as NOW

LATER = NOW + timedelta(days=1)
CAPACITY = EscalationReason.CAPACITY


@pytest.fixture
async def work(any_store: Store, settings: Any) -> Work:
    await cast.settle(any_store)
    return Work(any_store, settings, settings.make_calendar(), VAULT)


@pytest.fixture
async def case(work: Work) -> Case:
    return await a_case(work, NOW)


async def a_proposal(work: Work) -> Case:
    """Brought back from a visit by An."""
    async with work.write() as session:
        site, root = await session.get(Unit, SEN_VANG.id), await session.get(Unit, TINH.id)
        assert root is not None
        new = NewCase(TEXT, site, root, kind=CaseKind.PROPOSAL, author_id=AN.id)
        return await bear(session, work, new, NOW)


async def test_taking_says_who_and_when_and_tells_the_worker(work: Work, case: Case) -> None:
    await handling.take(Context(work, await acting(work, AN), LATER), case.id or 0)
    now = await case_now(work, case)
    assert (now.status, now.assignee_id, now.taken_at) == ("in_progress", AN.id, LATER)
    assert (await what_happened(work, case))[-1] == ("take", "person", AN.id)
    assert len(await told_reporter(work, case)) == 1


async def test_who_takes_a_case_over_is_named_to_who_had_it(work: Work, case: Case) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    await handling.take(Context(work, await acting(work, BINH), LATER), case.id or 0)
    assert any("đã nhận xử lý" in text and BINH.full_name in text for text in await told(work, AN))


async def test_taking_cancels_the_reminders_that_still_wait(work: Work, case: Case) -> None:
    async with work.write() as session:
        session.add(
            OutboxMessage(
                dedupe_key="x",
                person_id=AN.id,
                subject=f"case:{case.id}",
                lane=Lane.REMINDER,
                text="…",
                not_before=LATER,
                created_at=NOW,
            )
        )
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    states = [m.state for m in await rows(work, OutboxMessage) if m.dedupe_key == "x"]
    assert states == [OutboxState.CANCELLED]


async def test_a_note_is_internal_and_a_question_is_not(work: Work, case: Case) -> None:
    dung = await acting(work, DUNG)
    await handling.note(Context(work, dung, NOW), case.id or 0, "Chủ né tránh")
    await handling.ask(Context(work, dung, NOW), case.id or 0, "Từ khi nào?")
    found = {event.what: event.internal for event in await rows(work, CaseEvent)}
    assert (found["note"], found["ask"]) == (True, False)
    texts = await told_reporter(work, case)
    assert [("Từ khi nào?" in text, "né tránh" in text) for text in texts] == [(True, False)]


async def test_made_urgent_a_case_has_an_urgent_deadline_and_back_again(
    work: Work, case: Case
) -> None:
    dung, clocks = await acting(work, DUNG), work.settings.cases.clocks
    await handling.classify(Context(work, dung, LATER), case.id or 0, "severity", "urgent")
    urgent = settle_by(NOW, Severity.URGENT, clocks, work.calendar)
    assert (await case_now(work, case)).settle_by == urgent
    await handling.classify(Context(work, dung, LATER), case.id or 0, "severity", "normal")
    assert (await case_now(work, case)).settle_by == case.settle_by


@pytest.mark.parametrize(
    ("what", "value"), [("category", "LUONGG"), ("status", "settled"), ("kind", "")]
)
async def test_a_forged_classification_is_not_found(
    work: Work, case: Case, what: str, value: str
) -> None:
    with pytest.raises(Refused, match="Không tìm thấy"):
        await handling.classify(
            Context(work, await acting(work, DUNG), NOW), case.id or 0, what, value
        )


async def test_a_case_is_passed_to_colleagues_of_the_unit_only(work: Work, case: Case) -> None:
    dung = await acting(work, DUNG)
    for stranger in (CUC, GIANG):
        with pytest.raises(Refused, match="không công tác tại đơn vị"):
            await handling.give(Context(work, dung, NOW), case.id or 0, stranger.id)
    assert await handling.give(Context(work, dung, NOW), case.id or 0, BINH.id) == BINH.full_name
    assert any(case.code in text for text in await told(work, BINH))
    assert (await what_happened(work, case))[-1] == ("pass", "person", DUNG.id)


async def test_a_case_is_not_passed_to_whom_it_is_about(work: Work, case: Case) -> None:
    await set_case(work, case, about_id=BINH.id)
    dung = await acting(work, DUNG)
    names = [one.name for one in await colleagues(Context(work, dung, NOW), case.id or 0)]
    assert names == [AN.full_name, DUNG.full_name]
    with pytest.raises(Refused):
        await handling.give(Context(work, dung, NOW), case.id or 0, BINH.id)


async def test_colleagues_who_are_there_and_have_least_come_first(work: Work, case: Case) -> None:
    busy = await a_case(work, NOW, site=SONG_LANH)
    await set_case(work, busy, assignee_id=AN.id)
    found = await colleagues(Context(work, await acting(work, DUNG), NOW), case.id or 0)
    assert [one.name for one in found] == [BINH.full_name, AN.full_name, DUNG.full_name]
    async with work.write() as session:
        day = date(2026, 11, 18)
        session.add(Leave(person_id=BINH.id, first_day=day, last_day=day))
    found = await colleagues(Context(work, await acting(work, DUNG), NOW), case.id or 0)
    assert [one.name for one in found][-1] == BINH.full_name


async def test_escalation_goes_one_level_with_its_reason_and_stops_at_the_province(
    work: Work, case: Case
) -> None:
    await handling.take(Context(work, await acting(work, AN), NOW), case.id or 0)
    await handling.escalate(
        Context(work, await acting(work, AN), LATER), case.id or 0, CAPACITY, "Chủ không tiếp"
    )
    now = await case_now(work, case)
    assert (now.unit_id, now.status, now.assignee_id) == (TINH.id, "escalated", None)
    assert (now.level_since, now.taken_at) == (LATER, None)
    (text,) = await told(work, GIANG)
    assert "vượt khả năng" in text
    assert "Chủ không tiếp" in text
    assert f"📍 {SEN_VANG.name}" in text
    away = (await told(work, DUNG))[-1]  # who leads there learns that it left the unit, by whom
    assert f"Đồng chí {AN.full_name} đã chuyển phản ánh" in away
    assert f"lên {TINH.name}" in away
    assert "vượt khả năng" in away
    assert not any("chuyển lên" in text for text in await told(work, AN))
    with pytest.raises(Refused, match="cấp cao nhất"):
        await handling.escalate(
            Context(work, await acting(work, GIANG), LATER), case.id or 0, CAPACITY, "…"
        )
    assert (await case_now(work, case)).status == "escalated"


async def test_a_referral_keeps_agency_and_date(work: Work, case: Case) -> None:
    day = date(2026, 11, 17)
    dung = await acting(work, DUNG)
    await handling.refer(Context(work, dung, NOW), case.id or 0, "Cơ quan BHXH", day, "CV 12")
    now = await case_now(work, case)
    assert (now.status, now.agency, now.agency_on) == ("referred", "Cơ quan BHXH", day)
    assert any("Cơ quan BHXH" in text for text in await told_reporter(work, case))


async def test_settled_closed_and_reopened_with_all_its_time(work: Work, case: Case) -> None:
    dung = await acting(work, DUNG)
    await handling.settle(Context(work, dung, NOW), case.id or 0, RESULT)

    async def on_the_card() -> str:
        facts = await case_view.look(Context(work, dung, LATER), case.id or 0)
        return case_cards.detail(facts).text

    assert f"✅ {RESULT}" in await on_the_card()
    settled = await case_now(work, case)
    assert (settled.status, settled.result, settled.settled_at) == ("settled", RESULT, NOW)
    assert settled.remind_at is None
    await handling.close(Context(work, dung, NOW), case.id or 0)
    assert (await case_now(work, case)).closed_at == NOW
    await handling.reopen(Context(work, dung, LATER), case.id or 0, "Tái diễn")
    now = await case_now(work, case)
    assert (now.status, now.settled_at, now.closed_at) == ("in_progress", None, None)
    assert "✅" not in await on_the_card(), "what was not enough does not stand there as done"
    assert f"Kết quả lần trước, đã mở lại: {RESULT}" in await on_the_card()
    assert now.clock_from == LATER
    assert now.settle_by is not None
    assert case.settle_by is not None
    assert now.settle_by > case.settle_by
    assert now.remind_at is not None


async def test_the_author_of_a_proposal_hears_what_became_of_it(work: Work) -> None:
    case = await a_proposal(work)
    dung = await acting(work, DUNG)
    facts = await case_view.look(Context(work, dung, NOW), case.id or 0)
    assert f"Đồng chí {AN.full_name}" in case_cards.detail(facts).text
    await handling.settle(Context(work, dung, NOW), case.id or 0, RESULT)
    assert any(RESULT in text for text in await told(work, AN))


async def test_sixty_concerns_are_folded_into_one_and_each_is_answered(work: Work) -> None:
    first = await a_case(work, NOW)
    for n in range(9):
        await a_case(work, NOW + timedelta(seconds=n), text=f"{TEXT} {n}")
    dung = await acting(work, DUNG)
    assert await merging.gather(Context(work, dung, LATER), first.id or 0) == 9
    await handling.settle(Context(work, dung, LATER), first.id or 0, RESULT)
    found = [m for m in await rows(work, OutboxMessage) if m.reporter_id and RESULT in m.text]
    assert len({m.dedupe_key for m in found}) == 10
    with pytest.raises(Refused, match="Không còn phản ánh, kiến nghị nào có nội dung tương tự"):
        await merging.gather(Context(work, dung, LATER), first.id or 0)


async def test_a_case_merged_into_one_that_is_merged_on_follows_to_the_end(work: Work) -> None:
    one, two, three = [await a_case(work, NOW) for _ in range(3)]
    dung = await acting(work, DUNG)
    await merging.merge(Context(work, dung, NOW), one.id or 0, two.id or 0)
    await merging.merge(Context(work, dung, NOW), two.id or 0, three.id or 0)
    assert (await case_now(work, one)).merged_into == three.id
    with pytest.raises(Refused, match="đã kết thúc"):
        await merging.merge(Context(work, dung, NOW), three.id or 0, one.id or 0)


async def test_cases_of_two_places_are_linked_but_not_merged(work: Work, case: Case) -> None:
    other = await a_case(work, NOW, site=SONG_LANH)
    dung = await acting(work, DUNG)
    with pytest.raises(Refused, match="thuộc hai cơ sở"):
        await merging.merge(Context(work, dung, NOW), case.id or 0, other.id or 0)
    await merging.link(Context(work, dung, NOW), case.id or 0, other.id or 0)
    texts = [
        case_cards.detail(await case_view.look(Context(work, dung, NOW), one.id or 0)).text
        for one in (case, other)
    ]
    assert other.code in texts[0]
    assert case.code in texts[1]


async def test_only_like_cases_of_the_site_within_fourteen_days_may_be_the_same(
    work: Work, case: Case
) -> None:
    same = await a_case(work, NOW + timedelta(days=13))
    await a_case(work, NOW + timedelta(days=15))
    await a_case(work, NOW, site=SONG_LANH)
    await a_case(work, NOW, text="Xin hỏi về nhà trẻ cho con công nhân")
    facts = await case_view.look(Context(work, await acting(work, DUNG), NOW), case.id or 0)
    assert [one.code for one in facts.alike] == [same.code]


async def test_a_to_cao_shows_its_legal_dates_and_makes_a_sheet_without_the_worker(
    work: Work,
) -> None:
    case = await a_case(work, NOW, name="Hồ Thị Lan", kind=CaseKind.DENUNCIATION)
    dung = await acting(work, DUNG)
    await handling.note(Context(work, dung, NOW), case.id or 0, "Chủ né tránh")
    facts = await case_view.look(Context(work, dung, NOW), case.id or 0)
    card = case_cards.detail(facts).text
    assert "thụ lý: 07 ngày làm việc kể từ ngày nhận tố cáo" in card
    assert "(chưa rõ ngày – cần hỏi)" in card
    assert "đề nghị đối chiếu văn bản" in card
    text = _text_of_sheet(await _sheet(work, case))
    assert "PHIẾU CHUYỂN TỐ CÁO" in text
    assert TEXT in text
    assert not any(secret in text for secret in ("Hồ Thị Lan", "0912", "né tránh"))
    with pytest.raises(Refused):
        await case_view.sheet(Context(work, await acting(work, AN), NOW), case.id or 0)


async def test_a_khieu_nai_is_guided_to_whoever_decides_and_not_passed_on(work: Work) -> None:
    case = await a_case(work, NOW, name="Hồ Thị Lan", kind=CaseKind.COMPLAINT)
    context = Context(work, await acting(work, DUNG), NOW)
    card = case_cards.detail(await case_view.look(context, case.id or 0))
    labels = [button.label for row in card.rows for button in row]
    assert "🧭 Hướng dẫn" in labels
    assert not {"🏛 Chuyển cơ quan", "🖨 Phiếu chuyển"} & set(labels)
    assert "gửi người sử dụng lao động (giải quyết lần đầu), không chuyển đơn" in card.text
    with pytest.raises(Refused, match="không chuyển đơn"):
        await case_view.to_do(context, case.id or 0, "refer")
    with pytest.raises(Refused, match="không chuyển đơn"):
        await handling.refer(context, case.id or 0, "Sở Nội vụ", NOW.date(), "")
    with pytest.raises(Refused):
        await case_view.sheet(context, case.id or 0)
    assert (await case_now(work, case)).status == "received"


@pytest.mark.parametrize("kind", [CaseKind.COMPLAINT, CaseKind.DENUNCIATION])
async def test_without_a_name_it_is_information_with_no_clock_of_the_law_and_no_sheet(
    work: Work, kind: CaseKind
) -> None:
    case = await a_case(work, NOW, kind=kind)
    context = Context(work, await acting(work, DUNG), NOW)
    facts = await case_view.look(context, case.id or 0)
    card = case_cards.detail(facts)
    assert "Thông tin có nội dung" in card.text
    assert "xem xét như thông tin" in card.text
    assert "Thời hạn theo luật" not in card.text
    assert "🖨 Phiếu chuyển" not in [button.label for row in card.rows for button in row]
    with pytest.raises(Refused):
        await case_view.sheet(context, case.id or 0)


async def test_the_worker_hears_kindly_what_lacks_a_name_and_may_give_it(work: Work) -> None:
    case = await a_case(work, NOW)
    context = Context(work, await acting(work, DUNG), NOW)
    await handling.classify(context, case.id or 0, "kind", "complaint")
    (heard,) = await told_reporter(work, case)
    assert "Anh/chị có thể nêu tên" in heard
    assert "hoặc vẫn không nêu tên" in heard
    named = await a_case(work, NOW, name="Hồ Thị Lan")
    await handling.classify(context, named.id or 0, "kind", "complaint")
    assert await told_reporter(work, named) == []


async def _sheet(work: Work, case: Case) -> bytes:
    from bot.cases.papers.complaint_sheet import make

    return make(await case_view.sheet(Context(work, await acting(work, DUNG), NOW), case.id or 0))


def _text_of_sheet(data: bytes) -> str:
    import io

    from docx import Document

    document = Document(io.BytesIO(data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


async def test_the_card_marks_what_is_overdue_in_working_days(work: Work, case: Case) -> None:
    assert case.settle_by is not None
    dung = await acting(work, DUNG)
    friday = case.settle_by + timedelta(days=7)
    text = case_cards.detail(await case_view.look(Context(work, dung, friday), case.id or 0)).text
    assert "Quá hạn 5 ngày làm việc" in text
    text = case_cards.detail(await case_view.look(Context(work, dung, NOW), case.id or 0)).text
    assert "Hạn giải quyết" in text
    assert "Quá hạn" not in text


async def test_a_long_life_still_fits_a_card_and_the_rest_is_a_page_away(
    work: Work, case: Case
) -> None:
    dung = await acting(work, DUNG)
    for n in range(30):
        await handling.note(
            Context(work, dung, NOW), case.id or 0, f"Lần {n} " + "dài & dài, " * 60
        )
    facts = await case_view.look(Context(work, dung, NOW), case.id or 0)
    assert "Lần 29" in case_cards.detail(facts).text
    assert "Gửi phản ánh" in case_cards.log(facts, 2).text


async def test_who_blocked_the_bot_is_marked_on_the_card(work: Work, case: Case) -> None:
    from storage import reporters

    async with work.write() as session:
        await reporters.set_unreachable(session, case.reporter_id or "", NOW)
    facts = await case_view.look(Context(work, await acting(work, DUNG), NOW), case.id or 0)
    assert "không liên lạc được" in case_cards.detail(facts).text


@pytest.mark.parametrize("end", [handling.settle, handling.guide])
async def test_whoever_was_not_content_is_asked_again_about_the_next_result(
    work: Work, case: Case, end: Any
) -> None:
    dung = await acting(work, DUNG)
    async with work.write() as session:
        (await session.get_one(Case, case.id)).satisfied = False  # and so it was opened again
    await end(Context(work, dung, NOW), case.id or 0, RESULT)
    assert (await case_now(work, case)).satisfied is None
