"""Handling a concern through the program: the officer's side, forged buttons, escalation."""

from datetime import timedelta
from typing import Any

import pytest

from bot.cases.rules.cases import TRANSITIONS, CaseAction, Relation, may_act
from bot.core import messages
from storage.addresses import TELEGRAM
from storage.enums import CaseKind, CaseStatus, Category
from storage.models import Case, CaseEvent, Draft, IdentityView, StoredFile
from tests.cases.help import RESULT, TEXT, a_case, case_now, rows, set_case
from tests.cast import AN, BINH, KCN, LAN, MONDAY
from tests.client import PHOTO, Person, Town


@pytest.fixture
async def case(town: Town) -> Case:
    return await a_case(town.program.work, MONDAY)


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def worker(town: Town) -> Person:
    """Lan, who let the bot write to her."""
    lan = await town.person("Lan")
    await lan.send("/start")
    return lan


async def opened(person: Person, case: Case) -> None:
    await person.forge(f"case:open:{case.id}")


async def test_a_concern_is_found_taken_settled_and_its_worker_told(
    town: Town, case: Case, an: Person
) -> None:
    lan = await worker(town)
    await an.send("/kiennghi")
    await an.click("Tất cả (1)")
    assert TEXT[:40] in an.card
    assert "chưa có người nhận" in an.card
    await an.click(f"1. {case.code}")
    assert "Người lao động ẩn danh" in an.card
    assert "Đã tiếp nhận" in an.card
    await an.click("Nhận xử lý")
    assert "Đang xử lý" in an.card
    await an.click("Đã giải quyết")
    await an.send("xong")
    assert any("quá ngắn" in text for text in (*an.cards, *an.toasts))
    await an.send(RESULT)
    assert "Đã giải quyết" in an.card
    assert RESULT in an.card
    assert any(RESULT in text for text in lan.cards)
    assert await rows(town.program.work, Draft) == []


async def test_a_question_and_a_note_reach_only_those_they_are_meant_for(
    town: Town, case: Case, an: Person
) -> None:
    lan = await worker(town)
    await opened(an, case)
    await an.click("Nhận xử lý")
    await an.click("Hỏi thêm")
    await an.send("Ca nào, ngày nào?")
    await an.click("Ghi chú nội bộ")
    await an.send("Chủ doanh nghiệp hay né tránh")
    assert "🔒" in an.card
    assert any("Ca nào, ngày nào?" in text for text in lan.cards)
    assert not any("né tránh" in text for text in lan.cards)


async def test_what_is_beyond_the_unit_goes_one_level_up_and_out_of_its_hands(
    town: Town, case: Case, an: Person
) -> None:
    await opened(an, case)
    await an.click("Nhận xử lý")
    await an.click("Chuyển cấp trên")
    await an.click("Vượt thẩm quyền")
    await an.click("Doanh nghiệp không hợp tác")
    assert "Đơn vị đồng chí đã chuyển lên" in an.card
    await an.forge(f"case:take:{case.id}")
    assert "chưa được giao quyền" in an.toasts[-1]
    giang = await town.person("Giang")
    assert "vượt thẩm quyền" in giang.card
    await giang.click("Mở xem")
    assert "Đã chuyển lên LĐLĐ tỉnh" in giang.card
    assert "Đã chuyển cấp trên" not in giang.card, "nobody is above the province"
    await giang.send("/kiennghi")
    assert "Đã chuyển lên LĐLĐ tỉnh" in giang.card
    await giang.click(f"1. {case.code}")
    assert "⬆️ Chuyển cấp trên" not in giang.buttons
    await giang.forge(f"case:escalate:{case.id}")
    assert "cấp cao nhất" in giang.toasts[-1]


async def test_the_supervisor_passes_a_case_to_a_colleague(town: Town, case: Case) -> None:
    dung = await town.person("Dũng")
    await opened(dung, case)
    await dung.click("Giao người khác")
    await dung.click(BINH.full_name)
    assert BINH.full_name in dung.card
    binh = await town.person("Bình")
    assert case.code in binh.card
    await binh.click("Mở xem")
    await binh.click("Nhận xử lý")
    assert (await case_now(town.program.work, case)).assignee_id == BINH.id


async def test_who_gives_a_denunciation_away_hears_that_it_is_done_and_reads_it_no_more(
    town: Town, case: Case, an: Person
) -> None:
    work = town.program.work
    await set_case(work, case, kind=CaseKind.DENUNCIATION, assignee_id=AN.id)
    await an.forge(f"case:give:{case.id}:{BINH.id}")
    assert (await case_now(work, case)).assignee_id == BINH.id
    assert an.toasts[-1] == f"Đã giao cho đồng chí {BINH.full_name}."
    assert "không còn do đồng chí xử lý" in an.card
    assert case.text not in an.card


async def test_category_and_severity_change_by_a_tap(town: Town, case: Case) -> None:
    dung = await town.person("Dũng")
    await opened(dung, case)
    await dung.click("Phân loại")
    await dung.click("Lương")
    await dung.click("Khẩn")
    assert "✓ Khẩn" in dung.buttons
    now = await case_now(town.program.work, case)
    assert (now.category, now.severity) == ("LUONG", "urgent")
    assert now.settle_by is not None
    assert case.settle_by is not None
    assert now.settle_by < case.settle_by


async def test_a_case_is_referred_with_the_agency_and_the_date(
    town: Town, case: Case, an: Person
) -> None:
    await opened(an, case)
    await an.click("Nhận xử lý")
    await an.click("Chuyển cơ quan")
    await an.click("Cơ quan BHXH")
    await an.click("Hôm nay")
    await an.click("Không ghi thêm")
    assert "Đã chuyển cơ quan chức năng" in an.card
    assert "Cơ quan BHXH" in an.card
    assert "16/11/2026" in an.card


async def test_who_agreed_to_be_named_is_shown_on_request_and_each_look_is_kept(
    town: Town, an: Person
) -> None:
    work = town.program.work
    case = await a_case(work, MONDAY, name="Hồ Thị Lan")
    await opened(an, case)
    assert "Hồ Thị Lan" not in an.card
    assert "🪪 Xem người phản ánh" not in an.buttons  # nobody has it yet
    await an.forge(f"case:who:{case.id}")
    assert "chưa được giao quyền" in an.toasts[-1]
    await an.click("Nhận xử lý")
    await an.click("Xem người phản ánh")
    assert "Hồ Thị Lan" in an.card
    assert "0912 345 678" in an.card
    assert str(LAN.telegram_id) not in an.card
    views = await rows(work, IdentityView)
    assert [(view.case_id, view.person_id) for view in views] == [(case.id, AN.id)]


async def test_nobody_opens_who_an_anonymous_worker_is(town: Town, case: Case) -> None:
    giang = await town.person("Giang")
    await giang.forge(f"case:who:{case.id}")
    assert "không để lại tên" in giang.toasts[-1]
    assert await rows(town.program.work, IdentityView) == []


async def test_the_same_concern_of_many_is_one_line_and_answered_together(
    town: Town, case: Case, an: Person
) -> None:
    work = town.program.work
    others = [
        await a_case(work, MONDAY + timedelta(minutes=n), text=f"{TEXT} mới có", by=AN)
        for n in range(3)
    ]
    await an.send("/kiennghi")
    await an.click("Tất cả (4)")
    assert "+3 người cùng phản ánh" in an.card
    dung = await town.person("Dũng")
    await opened(dung, case)
    assert "Có thể trùng" in dung.card
    await dung.click("Có thể trùng (3)")
    await dung.click("Gộp cả 3 mã")
    assert "không tách lại được" in dung.card
    await dung.click("Gộp vào")
    assert "4 người cùng phản ánh" in dung.card
    lan = await worker(town)
    await dung.click("Đã giải quyết")
    await dung.send(RESULT)
    assert [(await case_now(work, one)).status for one in others] == ["merged"] * 3
    assert any(RESULT in text for text in lan.cards)
    assert sum(RESULT in text for text in an.cards) == 3


async def test_search_finds_by_code_place_and_words_without_accents(
    town: Town, case: Case, an: Person
) -> None:
    for words in (case.code.lower(), "sen vang", "com song"):
        await an.send(f"/kiennghi {words}")
        assert f"1. {case.code}" in an.buttons
    await an.send("/kiennghi khong co gi nhu the")
    assert "Không có phản ánh, kiến nghị nào" in an.card
    await an.click("Tìm")
    await an.send("may sen")
    assert f"1. {case.code}" in an.buttons


async def test_the_home_card_says_what_waits(town: Town, case: Case, an: Person) -> None:
    await an.send("/start")
    assert "1 phản ánh, kiến nghị đang chờ" in an.card
    await an.click("Phản ánh, kiến nghị")
    assert case.code in an.card


FORGED = [
    *(
        "open",
        "take",
        "close",
        "who",
        "files",
        "sheet",
        "classify",
        "pass",
        "alike",
        "gather",
        "law",
    ),
    *("ask", "note", "escalate", "refer", "guide", "settle", "reopen"),
]


@pytest.mark.parametrize("name", ["Cúc", "Khoa", "Hà", "Mai", "Lan"])
async def test_a_forged_button_on_somebody_elses_case_finds_nothing(
    town: Town, case: Case, name: str
) -> None:
    """Lan raised it: the page of those who handle it is not hers."""
    person = await town.person(name)
    await person.send("/start")
    for action in FORGED:
        await person.forge(f"case:{action}:{case.id}")
        assert "Không tìm thấy" in person.toasts[-1], action
    for data in (f"set:{case.id}:c:KHAC", f"give:{case.id}:{AN.id}", f"log:{case.id}:0"):
        await person.forge(f"case:{data}")
        assert "Không tìm thấy" in person.toasts[-1], data
    for data in (f"case:open:{case.id}9", "case:open:999999999"):
        await person.forge(data)
        assert "Không tìm thấy" in person.toasts[-1]
    assert case.code not in "".join(person.cards)
    events = [e for e in await rows(town.program.work, CaseEvent) if e.case_id == case.id]
    assert [event.what for event in events] == ["received"]


async def test_a_stale_button_is_refused_in_words(town: Town, case: Case, an: Person) -> None:
    await opened(an, case)
    await an.click("Nhận xử lý")
    await set_case(town.program.work, case, status="answered")
    await an.click("Chuyển cấp trên")
    assert "sang bước khác" in an.toasts[-1]


async def test_a_form_that_comes_too_late_says_why_and_is_over(
    town: Town, case: Case, an: Person
) -> None:
    await opened(an, case)
    await an.click("Nhận xử lý")
    await an.click("Đã giải quyết")
    await set_case(town.program.work, case, status="merged")
    await an.send(RESULT)
    assert "sang bước khác" in an.card
    assert await rows(town.program.work, Draft) == []


async def test_a_confidential_case_is_hidden_from_the_queue(town: Town, an: Person) -> None:
    case = await a_case(town.program.work, MONDAY, category=Category.QUAY_ROI)
    await opened(an, case)
    assert "Không tìm thấy" in an.toasts[-1]
    await an.send("/kiennghi")
    assert "Tất cả (0)" in an.buttons
    await an.send(f"/kiennghi {case.code}")
    assert "Không có phản ánh, kiến nghị nào" in an.card
    dung = await town.person("Dũng")
    await dung.send("/kiennghi")
    assert case.code in dung.card


@pytest.mark.wide
async def test_a_case_nobody_touches_escalates_to_the_province_by_itself(
    town: Town, case: Case
) -> None:
    lan, dung = await worker(town), await town.person("Dũng")
    giang = await town.person("Giang")
    await town.move_to(MONDAY + timedelta(days=11))
    assert any("chưa có người nhận" in text for text in dung.cards)
    assert case.settle_by
    await town.skip_to(case.settle_by - timedelta(hours=1))
    await town.move_to(case.settle_by + timedelta(days=7))
    now = await case_now(town.program.work, case)
    assert (now.unit_id, now.status) == (1, "escalated")
    assert any("quá hạn" in text and case.code in text for text in giang.cards)
    assert any("đã chuyển lên" in text for text in dung.cards)
    assert any("đã được chuyển lên" in text for text in lan.cards)
    events = [e for e in await rows(town.program.work, CaseEvent) if e.what == "escalate"]
    assert [(event.by, event.actor_id) for event in events] == [("program", None)]


async def test_the_supervisor_gets_the_table_and_an_officer_does_not(
    town: Town, case: Case, an: Person
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/kiennghi")
    await dung.click("Tải tất cả")
    assert "kien-nghi-20261116.xlsx" in str(dung.messages[-1])
    await an.forge("case:export")
    assert "chưa được giao quyền" in an.toasts[-1]


BUTTONS = {
    "open": CaseAction.SEE,
    "log": CaseAction.SEE,
    "take": CaseAction.TAKE,
    "close": CaseAction.CLOSE,
    "classify": CaseAction.CLASSIFY,
    "pass": CaseAction.PASS,
    "ask": CaseAction.ASK,
    "note": CaseAction.NOTE,
    "escalate": CaseAction.ESCALATE,
    "refer": CaseAction.REFER,
    "guide": CaseAction.GUIDE,
    "settle": CaseAction.SETTLE,
    "reopen": CaseAction.REOPEN,
}
RELATIONS = {"Bình": Relation.ASSIGNEE, "An": Relation.UNIT_QUEUE, "Dũng": Relation.SUPERVISOR}
REFUSALS = (messages.NOT_FOUND, messages.NOT_ALLOWED, messages.CASE_MOVED_ON)


@pytest.mark.parametrize("status", ["received", "settled", "merged"])
@pytest.mark.parametrize("name", RELATIONS)
async def test_every_button_forged_or_not_does_what_the_tables_say(
    town: Town, case: Case, name: str, status: str
) -> None:
    person, relation, work = await town.person(name), RELATIONS[name], town.program.work
    await person.send("/start")
    for button, action in BUTTONS.items():
        await set_case(work, case, status=status, assignee_id=BINH.id, unit_id=KCN.id)
        before = len(person.toasts)
        await person.forge(f"case:{button}:{case.id}" + (":0" if button == "log" else ""))
        refused = [toast for toast in person.toasts[before:] if toast in REFUSALS]
        wanted = []
        if not may_act(relation, action):
            wanted = [messages.NOT_ALLOWED]
        elif CaseStatus(status) not in TRANSITIONS[action]:
            wanted = [messages.CASE_MOVED_ON]
        elif button == "take" and relation is Relation.ASSIGNEE:
            continue  # their own already: nothing is refused and nothing changes hands
        assert refused == wanted, button


async def test_pictures_of_workers_come_from_our_own_copy(town: Town, an: Person) -> None:
    work = town.program.work
    path = town.program.files.path("ab" * 32)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PHOTO)
    async with work.write() as session:
        kept: dict[str, Any] = {"kind": "photo", "created_at": MONDAY}
        copied = StoredFile(
            channel=TELEGRAM, reference="SECRET-1", unique_id="u1", sha256="ab" * 32, **kept
        )
        later = MONDAY + timedelta(days=1)  # else the program may fetch it before it is looked at
        waiting = StoredFile(
            channel=TELEGRAM, reference="SECRET-2", unique_id="u2", retry_at=later, **kept
        )
        session.add_all([copied, waiting])
        await session.flush()
        ids = [copied.id or 0, waiting.id or 0]
    case = await a_case(work, MONDAY, files=ids)
    await opened(an, case)
    await an.click("Ảnh, tệp (2)")
    assert "2 ảnh, tệp" in an.card
    assert any("1 tệp chưa mở được" in text for text in an.cards)
    assert "SECRET" not in str(an.messages)
    assert "forwardMessage" not in str(await town.state())


async def test_who_passed_a_case_up_reads_its_end_and_has_no_button_to_act(
    town: Town, case: Case, an: Person
) -> None:
    await opened(an, case)
    await an.click("Nhận xử lý")
    await an.click("Chuyển cấp trên")
    await an.click("Vượt thẩm quyền")
    await an.click("Cần cấp trên làm việc")
    assert "đã chuyển lên; đồng chí xem được kết quả" in an.card
    giang = await town.person("Giang")
    await opened(giang, case)
    await giang.click("Đã giải quyết")
    await giang.send(RESULT)
    assert RESULT in an.card, "told at once"
    await an.send("/kiennghi")
    await an.click("Đã chuyển lên (1)")
    await an.click(f"1. {case.code}")
    assert RESULT in an.card
    assert an.buttons == ["« Danh sách"]
