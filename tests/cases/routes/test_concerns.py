"""A worker brings a concern, follows it, answers; through the real program."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from bot.cases.cards import worker_messages
from bot.cases.cards.concerns import CaseNews
from bot.cases.services import site_links
from bot.cases.services.replies import tell_reporter
from bot.core import speech
from storage import reporters
from storage.models import (
    BarredReporter,
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    Reporter,
    StoredFile,
)
from tests.cast import AN, GIANG, LAN, MONDAY, SEN_VANG, VAULT
from tests.client import Person, Town
from tests.pictures import plain_png
from tests.rows import every

WAGES = "cty tre luong 2 thang roi, hoi thi noi doi don hang, tui het tien dong tien tro"
HARASSED = "tổ trưởng hay nhắn tin bậy rồi đụng chạm em, em sợ nói ra bị đuổi. Đừng nói tên em nha"
FEES = "đóng công đoàn phí mỗi tháng mà ốm nằm viện hổng thấy ai thăm"
LINK = site_links.parameter(VAULT, SEN_VANG.id)
SHORTENED = ("CĐCS", "LĐLĐ", "BCH", "NLĐ", "KCN", "BHXH", "đồng chí", "Đồng chí")


async def rows(town: Town, table):
    async with town.program.work.read() as session:
        return (await session.exec(every(table))).all()


async def raise_concern(worker: Person, words: str = WAGES, *, who: str = "Không nêu tên") -> int:
    """From the poster's link to the receipt; returns the number of taps."""
    await worker.send(f"/start {LINK}")
    taps = 0
    if "Đồng ý" in worker.buttons:
        await worker.click("Đồng ý")
        taps += 1
    await worker.send(words)
    for label in ("Vài người", "Đúng", who):
        await worker.click(label)
        taps += 1
    if "Bỏ qua" in worker.buttons:
        await worker.click("Bỏ qua")
        taps += 1
    await worker.click("Gửi Công đoàn")
    return taps + 1


async def the_case(town: Town) -> Case:
    return max(await rows(town, Case), key=lambda case: case.id)


async def union_says(town: Town, what: str, kind: str, words: str = "", status: str = "") -> None:
    """What handling does to the newest case, without the handler's cards."""
    work, now = town.program.work, town.clock.now()
    newest = await the_case(town)
    async with work.write() as session:
        case = await session.get(Case, newest.id)
        case.status = status or case.status
        case.result = words if what == "settle" else case.result
        session.add(
            CaseEvent(case_id=case.id, at=now, by="person", actor_id=AN.id, what=what, words=words)
        )
        await tell_reporter(session, work, case, CaseNews(kind, words), now)
    await town.settle()


async def look_alikes(town: Town, count: int) -> list[Person]:
    return [await town.person(f"Trần Thị Na {n}", 7_100_000_000 + n) for n in range(count)]


@pytest.fixture
async def lan(town: Town) -> Person:
    return await town.person("Lan")


# ---- Khiếu nại, tố cáo without a name -------------------------------------------------------

COMPLAINED = "Tôi khiếu nại quyết định sa thải của công ty"


async def complained(worker: Person, *then: str) -> None:
    """A khiếu nại up to the question who, not named; then what is pressed."""
    await worker.send(f"/start {LINK}")
    if "Đồng ý" in worker.buttons:
        await worker.click("Đồng ý")
    await worker.send(COMPLAINED)
    for label in ("Vài người", "Đúng", "Không nêu tên", *then):
        await worker.click(label)


async def test_a_complaint_without_a_name_is_asked_once_more_and_may_stay_so(
    town: Town, lan: Person
) -> None:
    await complained(lan)
    assert "Anh/chị có thể nêu tên" in lan.card
    await lan.click("Vẫn không nêu tên")
    await lan.click("Gửi Công đoàn")
    assert "xem xét như một thông tin" in lan.card
    case = await the_case(town)
    assert (case.kind, case.anonymous) == ("complaint", True)
    await lan.click("Xem phản ánh")
    assert "xem xét như một thông tin" in lan.card


async def test_a_complaint_is_named_before_it_is_sent(town: Town, lan: Person) -> None:
    await complained(lan, "Nêu tên")
    await lan.send("Hồ Thị Lan, 0912 345 678")
    await lan.click("Gửi Công đoàn")
    assert "thông tin, không theo thủ tục" not in lan.card
    assert (await the_case(town)).anonymous is False


async def test_a_name_may_be_given_afterwards(town: Town, lan: Person) -> None:
    await complained(lan, "Vẫn không nêu tên", "Gửi Công đoàn")
    case = await the_case(town)
    dung = await town.person("Dũng")
    await lan.click("Nêu tên")
    await lan.send("Hồ Thị Lan, 0912 345 678")
    await lan.click("Gửi")
    assert f"Công đoàn đã ghi tên anh/chị vào phản ánh {case.code}" in lan.card
    assert (await the_case(town)).anonymous is False
    async with town.program.work.read() as session:
        reporter = await session.get(Reporter, case.reporter_id)
    assert reporters.opened(VAULT, reporter)["name"] == "Hồ Thị Lan"
    an = await town.person("An")
    assert any("Người phản ánh đã nêu tên" in text for text in (*an.cards, *dung.cards))
    await dung.forge(f"case:open:{case.id}")
    assert "180 ngày kể từ ngày biết quyết định" in dung.card
    await lan.forge(f"own:name:{case.id}")
    await lan.click("Bỏ qua")
    await lan.click("Gửi")
    assert any("đã có tên" in text for text in (*lan.toasts, *lan.cards))


async def test_what_is_no_complaint_is_not_asked_again(town: Town, lan: Person) -> None:
    assert await raise_concern(lan) <= 6


# ---- Sending -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["Không nêu tên", "Nêu tên"])
async def test_from_the_poster_to_the_receipt_in_six_taps_and_one_message(
    town: Town, lan: Person, who: str
) -> None:
    assert await raise_concern(lan, who=who) <= 6
    case = await the_case(town)
    assert f"Mã phản ánh: {case.code} · May Sen Vàng" in lan.card
    assert "Chậm nhất thứ" in lan.card
    assert (case.site_id, case.category, case.affected) == (SEN_VANG.id, "LUONG", 3)
    assert (case.text, case.anonymous) == (WAGES, who == "Không nêu tên")
    assert await rows(town, Draft) == []
    assert sum(m["from"] == "person" for m in lan.messages) == 2  # the link and the words


async def test_consent_comes_first_and_is_kept_with_its_version(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    for word in ("lưu", "Liên đoàn Lao động tỉnh", "/dulieu", "nước ngoài", "căn cước"):
        assert word in lan.card
    assert "May Sen Vàng" in lan.card
    assert await rows(town, Reporter) == []
    await raise_concern(lan)
    known = await account(town, lan)
    assert known.consent_version == worker_messages.CONSENT_VERSION
    assert known.consent_at == MONDAY


async def test_the_consent_names_who_keeps_what_is_written_and_how_long(
    town: Town, lan: Person
) -> None:
    settings = town.program.work.settings
    await lan.send(f"/start {LINK}")
    assert f"{speech.controller(settings.organisation)}." in lan.card
    assert f"{settings.privacy.keep_months} tháng sau khi phản ánh kết thúc" in lan.card


async def test_who_agreed_before_is_not_asked_again(town: Town, lan: Person) -> None:
    await raise_concern(lan)
    assert await raise_concern(lan, FEES) <= 4


async def test_the_steps_after_a_poster_are_counted_one_by_one(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    seen = [_step_on(lan.card)]
    for answer in ("Đồng ý", WAGES, "Vài người", "Đúng"):
        await (lan.send(answer) if answer is WAGES else lan.click(answer))
        seen.append(_step_on(lan.card))
    assert seen == [f"{step}/5" for step in range(1, 6)]


def _step_on(card: str) -> str:
    return card.partition("Bước ")[2].split()[0].rstrip("</i>")


async def test_who_does_not_agree_leaves_nothing_behind(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    assert lan.buttons == ["Đồng ý", "Không"]
    await lan.click("Không")
    assert "Đã hủy" in lan.card
    assert (await rows(town, Draft), await rows(town, Reporter)) == ([], [])


async def test_who_agreed_and_then_cancels_has_nothing_to_lose(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.click("Hủy")
    assert "Đã hủy" in lan.card
    assert await rows(town, Draft) == []


async def test_the_workplace_is_found_without_accents_and_with_typos(
    town: Town, lan: Person
) -> None:
    await lan.send("/start")
    await lan.click("Gửi ý kiến tới Công đoàn")
    await lan.click("Đồng ý")
    await lan.send("thuy san song lanhh")
    await lan.click("Thủy sản Sông Lành")
    await lan.send("Lam 7 thang van chua ky hop dong")
    assert "Thủy sản Sông Lành" in lan.card


async def test_a_workplace_that_is_not_listed_is_told_in_words(town: Town, lan: Person) -> None:
    await lan.send("/phananh")
    await lan.click("Đồng ý")
    await lan.send("xưởng gỗ cô Sáu")
    await lan.click("Không có trong danh sách")
    await lan.send("Xưởng gỗ cô Sáu, ấp 3 xã Tân Lập")
    await lan.send(WAGES)
    for label in ("Cả xưởng", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    case = await the_case(town)
    assert (case.site_id, case.site_words) == (None, "Xưởng gỗ cô Sáu, ấp 3 xã Tân Lập")
    assert case.affected == 100


async def test_a_worker_may_just_begin_to_tell(town: Town, lan: Person) -> None:
    await lan.send(WAGES)
    assert "Anh/chị có đồng ý không?" in lan.card
    await lan.click("Đồng ý")
    await lan.send("sen vang")
    await lan.click("May Sen Vàng")
    for label in ("Chỉ mình tôi", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    assert (await the_case(town)).text == WAGES


async def test_who_begins_to_tell_loses_nothing_and_reads_in_the_right_order(
    town: Town, lan: Person
) -> None:
    await lan.send(WAGES)
    assert "Trước khi viết" not in lan.card  # it is written already
    assert "« Quay lại" not in lan.buttons  # there is nothing before the first question
    await lan.click("Đồng ý")
    await lan.send("sen vang")
    assert lan.buttons[:2] == ["🏭 May Sen Vàng", "Không có trong danh sách"]
    await lan.click("May Sen Vàng")
    assert "bao nhiêu người" in lan.card


async def test_a_story_told_where_the_company_is_asked_is_no_name_of_one(
    town: Town, lan: Person
) -> None:
    await lan.send("/start")
    await lan.click("Gửi ý kiến tới Công đoàn")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    assert "Đã thêm vào phần “Nội dung”." in lan.card
    assert not [label for label in lan.buttons if label.startswith("🏭")]
    await lan.send("Công ty TNHH một thành viên May Sen Vàng chi nhánh Cửu Long")
    await lan.click("May Sen Vàng")
    assert "bao nhiêu người" in lan.card


async def test_one_guess_besides_the_first_is_a_guess_and_not_everything_else(
    town: Town, lan: Person
) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send("chuyen 5 may dap ho luoi, hom qua chi Hoa bi dut ngon tay, chua ai sua")
    await lan.click("Vài người")
    assert "Không phải, chọn việc khác" in lan.buttons
    assert "Việc khác" not in lan.buttons


async def test_more_words_while_a_number_is_asked_go_on_with_the_story(
    town: Town, lan: Person
) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    await lan.send("ca chuyen 5 ai cung vay")
    await lan.send("60")
    for label in ("Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    case = await the_case(town)
    assert case.text == f"{WAGES}\nca chuyen 5 ai cung vay"
    assert case.affected == 60


async def test_another_category_is_two_taps_away(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    for label in ("Vài người", "Không phải", "Nhà ở", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    assert (await the_case(town)).category == "NHA_O"


async def test_a_name_and_a_phone_are_sealed_from_the_first_moment(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    for label in ("Vài người", "Đúng", "Nêu tên"):
        await lan.click(label)
    await lan.send("Hồ Ngọc Lan 0912 345 678")
    (draft,) = await rows(town, Draft)
    for plain in ("Lan", "0912 345 678", "0912345678"):  # shorter digits stand in sealed bytes
        assert plain not in str(draft.answers)
    await lan.click("Gửi Công đoàn")
    (known,) = await rows(town, Reporter)
    identity = reporters.opened(VAULT, known)
    assert (identity["name"], identity["phone"]) == ("Hồ Ngọc Lan", "0912 345 678")


async def test_a_poster_of_an_invented_site_only_leads_to_the_question_where(
    town: Town, lan: Person
) -> None:
    for start in ("cs-123", "cs-b-000000", "cs-zzzzzz-abcdef", "cs--", "cs-ß-1"):
        await lan.send(f"/start {start}")
        assert "Liên kết này không đúng" in lan.cards[-2]
        assert "Gửi ý kiến tới Công đoàn" in lan.card
        assert "May Sen Vàng" not in lan.card


async def test_officers_may_raise_a_concern_too(town: Town) -> None:
    an = await town.person("An")
    await an.send("/start")
    await an.click("Gửi ý kiến tới Công đoàn")
    assert "Anh/chị có đồng ý không?" in an.card


async def test_workers_read_no_abbreviation_and_are_never_called_comrades(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan)
    await lan.click("Bổ sung")
    await lan.send("thêm: lương tháng 10 cũng chưa có")
    await lan.click("Hủy")
    await lan.click("Không, làm tiếp")
    await lan.click("Gửi")
    for command in ("/theodoi", "/dulieu", "/start", "/trogiup"):
        await lan.send(command)
    said = "\n".join(lan.cards)
    assert [word for word in SHORTENED if word in said] == []


# ---- Who is told ---------------------------------------------------------------------------


async def test_the_unit_is_told_once_with_the_words_and_without_who(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan)
    code = (await the_case(town)).code
    for name in ("An", "Bình", "Dũng"):
        person = await town.person(name)
        # Dũng has it in the warning that it raised, which quotes nobody and opens the case.
        assert (code if name == "Dũng" else WAGES) in person.card
        assert "Hồ Thị Lan" not in person.card
        assert str(LAN.telegram_id) not in person.card


async def test_harassment_is_told_to_who_leads_and_without_words(town: Town, lan: Person) -> None:
    await raise_concern(lan, HARASSED)
    dung, an = await town.person("Dũng"), await town.person("An")
    assert "cần giữ kín" in dung.card
    assert "nhắn tin bậy" not in dung.card
    code = (await the_case(town)).code
    assert code not in "".join(an.cards)


async def test_what_is_about_the_union_goes_to_the_level_above(town: Town, lan: Person) -> None:
    await raise_concern(lan, FEES)
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    assert FEES in giang.card
    assert FEES not in "".join(dung.cards)


@pytest.mark.wide
async def test_many_with_the_same_are_each_answered_and_told_of_once_an_hour(town: Town) -> None:
    for n, worker in enumerate(await look_alikes(town, 6)):
        town.clock.set(MONDAY + timedelta(minutes=n))
        await raise_concern(worker)
        assert "đã tiếp nhận" in worker.card
    found = await rows(town, Case)
    assert len({case.code for case in found}) == 6
    dung = await town.person("Dũng")
    told = [card for card in dung.cards if f"Mới nhất: {found[0].code}" in card]
    assert len(told) == 1, "in the warning that the first of them raised"
    await town.move_to(MONDAY + timedelta(hours=2))
    counted = [card for card in dung.cards if "Thêm phản ánh cùng nội dung" in card]
    assert len(counted) == 1
    assert "6 người" in counted[0]


# ---- Following -----------------------------------------------------------------------------


async def test_question_answer_settled_reopened_settled_satisfied(town: Town, lan: Person) -> None:
    await raise_concern(lan)
    await union_says(town, "ask", "asked", "Lương tháng nào chưa trả?")
    assert "Lương tháng nào chưa trả?" in lan.card
    await lan.click("Trả lời")
    await lan.send("thang 9 voi thang 10")
    await lan.click("Gửi")
    dung = await town.person("Dũng")
    assert "thang 9 voi thang 10" in dung.card
    await union_says(town, "settle", "settled", "Công ty hẹn trả ngày 20", "settled")
    await lan.click("Chưa hài lòng")
    await lan.send("chi tra co mot thang")
    await lan.click("Gửi")
    case = await the_case(town)
    assert (case.status, case.satisfied, case.clock_from) == ("in_progress", False, MONDAY)
    assert "đề nghị xem xét lại" in dung.card
    await union_says(town, "settle", "settled", "Đã trả đủ", "settled")
    await lan.click("Đã hài lòng")
    case = await the_case(town)
    assert (case.status, case.satisfied, case.remind_at) == ("answered", True, None)
    assert "hài lòng" in dung.card
    whats = [e.what for e in await rows(town, CaseEvent) if e.by == "reporter"]
    assert whats == ["received", "answer", "reopen", "satisfied"]


@pytest.mark.parametrize(
    "kind",
    [
        *("taken", "asked", "escalated", "overdue", "referred"),
        *("guided", "settled", "closed", "reopened"),
    ],
)
async def test_the_worker_hears_of_every_change_in_plain_words(
    town: Town, lan: Person, kind: str
) -> None:
    await raise_concern(lan)
    await union_says(town, "take", kind, "Lời nhắn")
    assert (await the_case(town)).code in lan.card
    assert [word for word in SHORTENED if word in lan.card] == []


async def test_the_timeline_names_no_officer_and_hides_internal_notes(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan)
    case = await the_case(town)
    async with town.program.work.write() as session:
        session.add(
            CaseEvent(case_id=case.id, at=MONDAY, what="note", words="đã gọi chủ", internal=True)
        )
        session.add(
            CaseEvent(case_id=case.id, at=MONDAY, what="take", actor_id=AN.id, words="An nhận")
        )
    await lan.send("/theodoi")
    await lan.click(case.code)
    assert "Có cán bộ nhận xem xét" in lan.card
    assert "đã gọi chủ" not in lan.card
    assert "An nhận" not in lan.card


async def test_codes_of_others_are_answered_like_unknown_ones_then_slowed(
    town: Town, lan: Person
) -> None:
    (other,) = await look_alikes(town, 1)
    await raise_concern(other)
    code = (await the_case(town)).code
    await lan.send(f"/theodoi {code}")
    assert lan.card == worker_messages.NOT_FOUND
    for _ in range(4):
        await lan.send("/theodoi 22222-22222")
        assert lan.card == worker_messages.NOT_FOUND
    await lan.send(f"/theodoi {code}")
    assert lan.card == worker_messages.TOO_MANY_CODES
    await other.send(f"/theodoi {code.lower().replace('-', ' ')}")
    assert "Lương, phụ cấp" in other.card


@pytest.mark.parametrize("act", ["open", "add", "again", "happy"])
async def test_forged_buttons_on_others_cases_do_nothing(town: Town, lan: Person, act: str) -> None:
    (other,) = await look_alikes(town, 1)
    await raise_concern(other)
    case = await the_case(town)
    await lan.send("/start")
    await lan.forge(f"own:{act}:{case.id}")
    assert any("Không tìm thấy" in toast for toast in lan.toasts)
    assert await the_case(town) == case


@pytest.mark.wide
async def test_a_picture_that_cannot_be_kept_is_told_to_who_sent_it_and_to_who_handles_it(
    town: Town, lan: Person
) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.document("anh.png", plain_png(7680, 7680))
    await town.program.files.fetch_missing()
    await lan.send(WAGES)
    for label in ("Vài người", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
        await lan.click(label)
    assert "Có 1 tệp không lưu lại được" in lan.card
    await lan.click("Xem phản ánh")
    assert "Có 1 tệp không lưu lại được" in lan.card
    an = await town.person("An")
    await an.forge(f"case:files:{(await the_case(town)).id}")
    assert any("Có 1 tệp đã được gửi nhưng không lưu lại được" in card for card in an.cards)
    assert not any("thử lại sau ít phút" in card for card in an.cards)


@pytest.mark.wide
async def test_a_worker_who_blocked_the_bot_is_seen_by_the_handler_when_a_message_fails(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan)
    await lan.block()
    assert not [e for e in await rows(town, CaseEvent) if e.what == "unreachable"]
    dung = await town.person("Dũng")
    case = await the_case(town)
    await dung.forge(f"case:open:{case.id}")
    await dung.click("Nhận xử lý")
    events = [e for e in await rows(town, CaseEvent) if e.what == "unreachable"]
    assert len(events) == 1
    assert events[0].internal
    await dung.forge(f"case:open:{case.id}")
    assert "không liên lạc được" in dung.card
    await lan.unblock()
    await lan.forge(f"own:open:{case.id}")
    assert "không liên lạc được" in await reopened(dung, case), "coming back alone shows nothing"
    await dung.click("Hỏi thêm")
    await dung.send("Tháng nào chưa trả?")
    assert "không liên lạc được" not in await reopened(dung, case)


async def reopened(handler: Person, case: Case) -> str:
    await handler.forge(f"case:open:{case.id}")
    return handler.card


async def account(town: Town, worker: Person) -> reporters.Account:
    async with town.program.work.read() as session:
        found = await reporters.find(session, VAULT, worker.address)
    assert found is not None
    return found


# ---- Files and limits ----------------------------------------------------------------------


def _picture_with_a_place() -> bytes:
    picture, target = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy của chị Lan"
    exif[0x0112] = 6
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


async def test_pictures_are_kept_anew_without_what_the_camera_wrote(
    town: Town, lan: Person
) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.photo("com co gioi", data=_picture_with_a_place())
    await lan.document("CCCD Ho Thi Lan.jpg", _picture_with_a_place())
    await town.program.files.fetch_missing()
    found = await rows(town, StoredFile)
    assert [file.name for file in found] == ["", ""]
    for file in found:
        assert (file.private, file.reference) == (True, "")
        with Image.open(town.program.files.path(file.sha256)) as kept:
            assert dict(kept.getexif()) == {}
            assert kept.size == (30, 40)


async def test_a_picture_that_cannot_be_made_anew_is_not_kept(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.photo("hư")
    await town.program.files.fetch_missing()
    (file,) = await rows(town, StoredFile)
    assert (file.sha256, file.retry_at, file.reference) == (None, None, "")


async def test_an_album_that_arrives_after_sending_is_offered_as_an_addition(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan)
    await lan.album(3)
    assert "bổ sung cho phản ánh nào" in lan.card
    await lan.click((await the_case(town)).code)
    assert "Công đoàn đã nhận" in lan.card
    assert len(await rows(town, CaseFile)) == 3


@pytest.mark.wide
async def test_more_concerns_in_a_day_than_anybody_has_are_refused_kindly(
    town: Town, lan: Person
) -> None:
    for n in range(10):
        town.clock.set(MONDAY + timedelta(minutes=n))
        await raise_concern(lan, f"{WAGES} lần {n}")
    await raise_concern(lan, WAGES)
    assert "Hôm nay anh/chị đã gửi 10 phản ánh" in "".join(lan.toasts)
    assert len(await rows(town, Case)) == 10
    await town.move_to(MONDAY + timedelta(days=1, hours=1))
    await lan.click("Gửi Công đoàn")
    assert len(await rows(town, Case)) == 11


async def test_a_flood_of_messages_is_stopped(town: Town, lan: Person) -> None:
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    for n in range(41):
        await lan.send(f"alo {n}", wait=False)
    await town.settle()
    assert worker_messages.TOO_MANY_MESSAGES in lan.cards or "Mỗi báo cáo" in "".join(lan.cards)


async def test_who_is_barred_is_refused_and_nothing_is_kept(town: Town, lan: Person) -> None:
    async with town.program.work.write() as session:
        session.add(BarredReporter(look=VAULT.look(LAN.address), by=GIANG.id, at=MONDAY))
    await raise_concern(lan)
    assert any("tạm thời chưa gửi được" in toast for toast in lan.toasts)
    assert (await rows(town, Case), await rows(town, Reporter)) == ([], [])


# ---- Posters -------------------------------------------------------------------------------


@pytest.mark.wide
async def test_who_looks_after_a_site_gets_its_poster_in_the_chat(town: Town) -> None:
    mai, lan = await town.person("Mai"), await town.person("Lan")
    await mai.send("/apphich")
    await mai.click("May Sen Vàng")
    assert mai.messages[-1]["media"]["name"] == f"ap-phich-{SEN_VANG.code}.pdf"
    await lan.send("/apphich")
    await lan.forge(f"poster:{SEN_VANG.id}")
    assert not any(m.get("media") for m in lan.messages)
