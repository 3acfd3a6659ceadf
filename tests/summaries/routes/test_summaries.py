"""Writing, sending and receiving a summary through the program, by several people in turn."""

import re
from datetime import datetime
from textwrap import wrap

import pytest

from storage.enums import SummaryState
from storage.models import Draft, Summary, SummaryCorrection, SummarySection, SummaryVersion
from tests.cases.help import rows
from tests.cast import AN, BINH, DUNG, GIANG, KCN, LONG_HOA
from tests.client import Person, Town
from tests.summaries.help import NOON, all_written, asked, owes

LONG = "Đơn vị đã triển khai đến từng công đoàn cơ sở và theo dõi kết quả từng tuần "


@pytest.fixture
def start() -> datetime:
    return NOON


@pytest.fixture
async def key(town: Town) -> int:
    return await owes(town.program.work)


@pytest.fixture
async def an(town: Town) -> Person:
    return await town.person("An")


async def opened(person: Person, key: int) -> None:
    await person.forge(f"sum:open:{key}")


async def section(town: Town, name: str) -> SummarySection:
    (found,) = [
        one
        for one in await rows(town.program.work, SummarySection)
        if one.latest and one.section == name
    ]
    return found


async def state(town: Town) -> str:
    (found,) = await rows(town.program.work, Summary)
    return str(found.state)


async def test_from_the_home_card_through_writing_to_accepted(
    town: Town, key: int, an: Person
) -> None:
    await an.send("/start")
    assert "còn 5 ngày" in an.card
    assert "0/4 phần" in an.card
    await an.click("Báo cáo đơn vị phải nộp")
    assert "▫️ Chưa lập báo cáo" in an.card
    assert "Các báo cáo" not in " ".join(an.buttons), "a list of one report leads nowhere"
    for name in ("II. Chỉ đạo", "IV.1", "IV.2"):
        await an.click(name)
        await an.click("Viết")
        await an.send(f"Nội dung {name}, đoạn một")
        await an.send("Đoạn hai")
        await an.click("Gửi vào báo cáo")
        assert "Đã ghi phần" in an.card
    assert (await section(town, "IV.1")).text == "Nội dung IV.1, đoạn một\nĐoạn hai"
    dung = await town.person("Dũng")
    await opened(dung, key)
    assert "II. Chỉ đạo · An 10/12" in dung.card
    await dung.click("Gửi báo cáo")
    assert "còn thiếu: V. Phương hướng" in dung.card
    await dung.click("V. Phương hướng")
    await dung.click("Viết")
    await dung.send("Năm tới tập trung đối thoại")
    await dung.click("Gửi vào báo cáo")
    assert "Đã viết đủ các phần phải có. Đồng chí xem trước rồi gửi." in dung.card
    await opened(an, key)
    assert "Lãnh đạo đơn vị xem rồi gửi." in an.card
    await dung.click("Gửi báo cáo")
    await dung.click("Gửi")
    assert f"Đã gửi, chờ tiếp nhận · {DUNG.full_name} gửi" in dung.card
    giang = await town.person("Giang")
    assert "đã gửi báo cáo" in giang.card
    await giang.click("Mở báo cáo")
    await giang.click("Tiếp nhận")
    await giang.click("✅ Tiếp nhận")
    assert "Đã được tiếp nhận" in giang.card
    assert any("đã tiếp nhận báo cáo" in text for text in an.cards)
    assert await rows(town.program.work, Draft) == []


@pytest.mark.wide
async def test_returned_with_remarks_both_hear_and_the_unit_sends_again(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    dung, giang = await town.person("Dũng"), await town.person("Giang")
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    await dung.click("Gửi")
    await giang.click("Mở báo cáo")
    await giang.click("Trả lại")
    await giang.send("Bổ sung số liệu phần II")
    assert f"{KCN.name}: đã trả lại" in giang.card, "back on the board"
    assert not any("Gửi thay" in label for label in giang.buttons)
    for one in (an, dung):
        assert "Bổ sung số liệu phần II" in one.cards[-1]
    await an.click("Mở báo cáo")
    await an.click("II. Chỉ đạo")
    await an.click("Viết tiếp")
    await an.send("Đã bổ sung")
    await an.click("Gửi vào báo cáo")
    await dung.forge(f"sum:send:{key}:1")
    assert "đã được trả lại" in dung.toasts[-1], "a card from before the return sends nothing"
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    assert "Gửi báo cáo lần 2" in dung.card
    await dung.click("Gửi")
    await dung.click("Các bản đã gửi (2)")
    assert "Lần 2" in dung.card
    assert "đã trả lại" in dung.card
    assert len(await rows(town.program.work, SummaryVersion)) == 2


async def test_after_sending_the_parts_are_locked_and_say_why(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    dung = await town.person("Dũng")
    await dung.forge(f"sum:send:{key}:1")
    await opened(an, key)
    await an.click("II. Chỉ đạo")
    assert "đã khóa" in an.card
    assert "Viết tiếp" not in " ".join(an.buttons)
    for data in (f"sum:write:{key}:II:a", f"sum:propose:{key}", f"sum:fix:{key}:members"):
        await an.forge(data)
        assert "đề nghị LĐLĐ tỉnh trả lại" in an.toasts[-1]
    assert await rows(town.program.work, Draft) == []


async def test_sent_while_a_colleague_is_writing_refuses_and_keeps_what_was_written(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    await opened(an, key)
    await an.click("II. Chỉ đạo")
    await an.click("Viết tiếp")
    await an.send("Đang viết dở")
    await (await town.person("Dũng")).forge(f"sum:send:{key}:1")
    await an.click("Gửi vào báo cáo")
    assert "đã gửi báo cáo" in an.toasts[-1]
    (draft,) = await rows(town.program.work, Draft)
    assert "Đang viết dở" in str(draft.answers)


# ---- Several writers -----------------------------------------------------------------------


@pytest.mark.wide
async def test_replacing_after_a_colleague_wrote_asks_how_and_overwrites_nothing(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    binh = await town.person("Bình")
    for one in (an, binh):
        await opened(one, key)
        await one.click("IV.1")
        await one.click("Viết lại")
    await an.send("Bản của An")
    await binh.send("Bản của Bình")
    await binh.click("Gửi vào báo cáo")
    await an.click("Gửi vào báo cáo")
    assert f"Đồng chí {BINH.full_name} vừa viết phần này lúc 12:00 10/12/2026" in an.card
    assert "Bản của Bình" in an.card
    assert (await section(town, "IV.1")).text == "Bản của Bình"
    await an.click("Viết tiếp sau")
    await an.click("Gửi vào báo cáo")
    assert (await section(town, "IV.1")).text == "Bản của Bình\nBản của An"
    assert await rows(town.program.work, Draft) == []


@pytest.mark.wide
async def test_after_a_conflict_ones_own_text_may_stand_alone_and_the_other_stays_in_history(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    binh = await town.person("Bình")
    for one in (an, binh):
        await one.forge(f"sum:write:{key}:IV.1:r")
        await one.send(f"Bản của {one.name}")
    await binh.click("Gửi vào báo cáo")
    await an.click("Gửi vào báo cáo")
    await an.click("Thay bằng bản của tôi")
    await an.click("Gửi vào báo cáo")
    assert (await section(town, "IV.1")).text == "Bản của An"
    await an.click("IV.1")
    await an.click("Các lần sửa")
    assert "Bản của Bình" in an.card
    await an.click("Lần 2")
    assert "Bản của Bình" in [m["text"] for m in an.messages]


@pytest.mark.wide
async def test_after_a_conflict_ones_own_text_may_be_dropped(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    binh = await town.person("Bình")
    for one in (an, binh):
        await one.forge(f"sum:write:{key}:IV.1:r")
        await one.send(f"Bản của {one.name}")
    await binh.click("Gửi vào báo cáo")
    await an.click("Gửi vào báo cáo")
    await an.click("Bỏ bản của tôi")
    assert (await section(town, "IV.1")).text == "Bản của Bình"
    assert await rows(town.program.work, Draft) == []


async def test_two_who_add_at_once_both_stand(town: Town, key: int, an: Person) -> None:
    binh = await town.person("Bình")
    for one in (an, binh):
        await one.forge(f"sum:write:{key}:IV.1:a")
        await one.send(f"Đoạn của {one.name}")
    for one in (an, binh):
        await one.click("Gửi vào báo cáo", wait=False)
    await town.settle()
    text = (await section(town, "IV.1")).text
    assert sorted(text.split("\n")) == ["Đoạn của An", "Đoạn của Bình"]


# ---- Long texts and voices -----------------------------------------------------------------


async def test_twenty_thousand_letters_over_several_messages_stand_in_their_order(
    town: Town, key: int, an: Person
) -> None:
    text = (LONG * 300)[:19_990].strip()
    pieces = wrap(text, 4096)  # as Telegram's apps split: between words
    await an.forge(f"sum:write:{key}:II:a")
    for piece in pieces:
        await an.send(piece, wait=False)
    await town.settle()
    await an.click("Gửi vào báo cáo")
    assert len(pieces) == 5
    assert (await section(town, "II")).text == text, "what was split is one paragraph again"
    await an.click("II. Chỉ đạo")
    await an.click("Đọc cả phần")
    read = [m["text"] for m in an.messages if m["from"] == "bot" and LONG[:40] in m["text"]]
    assert sum(len(one) for one in read) > 19_000


async def test_more_than_a_section_takes_is_refused_with_the_limit_and_loses_nothing(
    town: Town, key: int, an: Person
) -> None:
    await an.forge(f"sum:write:{key}:II:a")
    for _ in range(5):
        await an.send("a" * 4000 + ".")
    assert any("nhiều nhất 20.000 ký tự" in text for text in an.cards)
    await an.click("Gửi vào báo cáo")
    assert len((await section(town, "II")).text) == 4 * 4001 + 3


@pytest.mark.wide
async def test_a_voice_message_is_heard_by_a_colleague_who_writes_it_out(
    town: Town, key: int, an: Person
) -> None:
    await opened(an, key)
    await an.click("IV.2")
    await an.click("Viết")
    await an.voice()
    assert "🎙 1 tin thoại" in an.card
    await an.click("Gửi vào báo cáo")
    assert "1 tin thoại chưa ghi thành chữ" in an.card
    assert "🎙 IV.2 Hạn chế" in an.card
    assert "(0/4)" in an.card
    binh = await town.person("Bình")
    await opened(binh, key)
    await binh.click("IV.2")
    await binh.click("Nghe tin thoại")
    heard = [m["media"]["kind"] for m in binh.messages if m.get("media")]
    assert heard == ["voice"]
    await binh.click("Ghi tin thoại thành chữ")
    await binh.send("Một số nơi chưa đối thoại định kỳ")
    await binh.click("Gửi vào báo cáo")
    assert "chưa ghi thành chữ" not in binh.card
    assert (await section(town, "IV.2")).files == []


async def test_a_picture_is_no_section(town: Town, key: int, an: Person) -> None:
    await an.forge(f"sum:write:{key}:II:a")
    await an.photo()
    assert any("nhận chữ và tin thoại" in text for text in an.cards)


# ---- Requests ------------------------------------------------------------------------------


@pytest.mark.wide
async def test_the_questions_of_a_request_are_answered_each_in_its_kind(
    town: Town, an: Person
) -> None:
    questions = (("number", "Bao nhiêu DN?"), ("yes_no", "Có nợ lương?"), ("words", "Kiến nghị?"))
    key = await asked(town.program.work, *questions)
    await opened(an, key)
    assert "Câu 1. Bao nhiêu DN?" in an.card
    await an.click("Câu 1")
    await an.click("Trả lời")
    await an.send("mười hai")
    assert any("chữ số" in text for text in an.cards)
    await an.send("1.234")
    await an.click("Câu 2")
    await an.click("Trả lời")
    await an.click("Không")
    await an.click("Câu 3")
    await an.click("Viết")
    await an.send("Hỗ trợ công nhân về quê")
    await an.click("Gửi vào báo cáo")
    assert "(3/3" in an.card
    found = {one.section: one.text for one in await rows(town.program.work, SummarySection)}
    assert found == {"q1": "1.234", "q2": "Không", "q3": "Hỗ trợ công nhân về quê"}
    dung = await town.person("Dũng")
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    await dung.click("Gửi")
    assert await state(town) == SummaryState.SENT


async def test_an_answer_that_a_colleague_gave_meanwhile_is_not_overwritten(
    town: Town, an: Person
) -> None:
    key = await asked(town.program.work, ("number", "Bao nhiêu DN?"))
    binh = await town.person("Bình")
    for one in (an, binh):
        await one.forge(f"sum:write:{key}:q1:r")
    await binh.send("5")
    await an.send("7")
    assert f"Đồng chí {BINH.full_name} vừa viết" in an.card
    assert not any("Viết tiếp" in label for label in an.buttons)
    await an.click("Thay bằng bản của tôi")
    assert (await section(town, "q1")).text == "7"


# ---- Numbers and proposals -----------------------------------------------------------------


@pytest.mark.wide
async def test_a_number_is_corrected_with_a_reason_marked_and_taken_back(
    town: Town, key: int, an: Person
) -> None:
    await opened(an, key)
    await an.click("Số liệu")
    await an.click("I. Đặc điểm")
    await an.click("Sửa số")
    await an.click("Đoàn viên")
    await an.send("nhiều lắm")
    assert any("chữ số" in text for text in an.cards)
    await an.send("5.012")
    await an.send("5012")
    assert any("ghi lý do bằng chữ" in text for text in an.cards), "a late number is no reason"
    await an.click("Theo sổ sách")
    assert "5.012" in an.card
    assert "Đã ghi số sửa" in an.card
    assert "đơn vị sửa" in an.card
    assert AN.full_name in an.card
    await an.click("Sửa số")
    await an.click("Bỏ sửa: Đoàn viên")
    assert "5.012" not in an.card


@pytest.mark.wide
async def test_the_same_number_is_no_correction(town: Town, key: int, an: Person) -> None:
    await an.forge(f"sum:fix:{key}:visits")
    await an.send("0")
    assert any("đang ghi đúng số đó" in text for text in an.cards)
    await an.send("1.718")
    await an.click("Theo sổ sách")
    assert "Đồng chí xem lại" in an.card, "a number far from what was counted is doubted at once"
    await an.click("Lượt đi cơ sở")
    await an.click("Sửa số này")
    await an.send("0")
    assert any("Bỏ sửa" in text for text in an.cards)
    assert [one.value for one in await rows(town.program.work, SummaryCorrection)] == [1718]


async def test_the_command_opens_the_only_report(town: Town, key: int, an: Person) -> None:
    await an.send("/baocaonam")
    assert "Phần đơn vị viết (0/4)" in an.card
    await owes(town.program.work, key="quy:kcn", title="Báo cáo tháng Công nhân")
    await an.send("/baocaonam")
    assert "1. Báo cáo trước 15/12/2026" in an.buttons
    await an.click("2.")
    assert "Các báo cáo" in " ".join(an.buttons)


async def test_what_is_asked_for_follows_what_is_done_with_it(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    await an.forge(f"sum:write:{key}:II:r")
    assert "sẽ thay phần đang có" in an.card
    await an.forge(f"sum:write:{key}:II:a")
    assert "sẽ thay phần đang có" not in an.card


@pytest.mark.wide
async def test_proposals_are_added_by_addressee_and_taken_out(
    town: Town, key: int, an: Person
) -> None:
    await opened(an, key)
    await an.click("VI. Đề xuất")
    await an.click("Thêm đề xuất")
    await an.click("Tổng LĐLĐ")
    await an.send("Sớm ban hành hướng dẫn mới")
    assert "Gửi Tổng LĐLĐ Việt Nam" in an.card
    assert "Sớm ban hành hướng dẫn mới" in an.card
    await an.click("Bỏ 1")
    assert "Chưa có đề xuất nào" in an.card
    assert "Đã bỏ: “Sớm ban hành hướng dẫn mới”" in an.card, "one wrong tap loses no words"


@pytest.mark.wide
async def test_a_proposal_that_is_a_case_already_is_not_announced_again(
    town: Town, key: int, an: Person
) -> None:
    await all_written(town.program.work, key)
    await an.forge(f"sum:propose:{key}")
    await an.click("Tổng LĐLĐ")
    await an.send("Sớm ban hành hướng dẫn mới")
    dung, giang = await town.person("Dũng"), await town.person("Giang")
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    assert "1 đề xuất sẽ thành kiến nghị" in dung.card
    await dung.click("Gửi")
    await giang.click("Mở báo cáo")
    await giang.click("Trả lại")
    await giang.send("Bổ sung số liệu phần II")
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    assert "Gửi báo cáo lần 2" in dung.card
    assert "sẽ thành kiến nghị" not in dung.card


@pytest.mark.wide
async def test_every_part_and_the_annex_can_be_opened_and_fits_a_message(
    town: Town, key: int, an: Person
) -> None:
    await opened(an, key)
    for data in (f"sum:figs:{key}", f"sum:annex:{key}", f"sum:vers:{key}", "sum:list"):
        await an.forge(data)
        assert an.card
    for part in ("I", "III.1", "III.2", "III.3", "III.4", "III.5", "III.6", "III.7"):
        await an.forge(f"sum:part:{key}:{part}")
        assert part in an.card
        assert not an.card.endswith("…")
        assert not re.search(r": — \w", an.card), "what is not known is not counted in anything"


# ---- Forged --------------------------------------------------------------------------------

ACTS = (
    "sum:open:{}",
    "sum:sec:{}:II",
    "sum:write:{}:II:a",
    "sum:write:{}:II:r",
    "sum:play:{}:II",
    "sum:hist:{}:II:0",
    "sum:read:{}:II:1",
    "sum:props:{}",
    "sum:propose:{}",
    "sum:unprop:{}:1",
    "sum:figs:{}",
    "sum:part:{}:I",
    "sum:annex:{}",
    "sum:fixes:{}:I",
    "sum:fix:{}:members",
    "sum:unfix:{}:members",
    "sum:ask:{}",
    "sum:send:{}:1",
    "sum:accept:{}:1",
    "sum:return:{}:1",
    "sum:vers:{}",
)


@pytest.mark.parametrize("who", ["Cúc", "Khoa", "Mai", "Lan"])
async def test_people_of_elsewhere_find_nothing(town: Town, key: int, who: str) -> None:
    await all_written(town.program.work, key)
    person = await town.person(who)
    if who == "Lan":
        await person.send("/start")
    for act in ACTS:
        await person.forge(act.format(key))
        assert "Không tìm thấy" in person.toasts[-1], act
    assert await rows(town.program.work, Draft) == []
    assert await rows(town.program.work, SummaryVersion) == []


async def test_an_officer_sends_and_decides_nothing(town: Town, key: int, an: Person) -> None:
    await all_written(town.program.work, key)
    for act in ("sum:ask:{}", "sum:send:{}:1"):
        await an.forge(act.format(key))
        assert "chưa được giao quyền" in an.toasts[-1]
    await (await town.person("Dũng")).forge(f"sum:send:{key}:1")
    for one in (an, await town.person("Dũng"), await town.person("Hà")):
        for act in ("sum:accept:{}:1:sure", "sum:return:{}:1"):
            await one.forge(act.format(key))
            assert "chưa được giao quyền" in one.toasts[-1]
    assert await state(town) == SummaryState.SENT


@pytest.mark.wide
async def test_buttons_with_nonsense_are_refused_in_words(town: Town, key: int, an: Person) -> None:
    nonsense = (
        *("sum:open:999999999", "sum:open:0", f"sum:sec:{key}:VII", f"sum:part:{key}:IX"),
        f"sum:fixes:{key}:IX",
        *(f"sum:fix:{key}:coverage", f"sum:fix:{key}:none", f"sum:unfix:{key}:none"),
        *(f"sum:unprop:{key}:999999999", f"sum:write:{key}:q1:a", f"sum:read:{key}:II:7"),
    )
    for data in nonsense:
        before = len(an.toasts)
        await an.forge(data)
        assert len(an.toasts) > before, data
        assert "Sự cố" not in an.toasts[-1], data
        assert "lỗi" not in an.toasts[-1], data


async def test_an_officer_of_another_unit_sees_only_her_own(town: Town, key: int) -> None:
    own = await owes(town.program.work, LONG_HOA)
    cuc = await town.person("Cúc")
    await cuc.forge("sum:list")
    assert "CĐ phường Long Hòa" in cuc.card
    assert "CĐ các KCN" not in cuc.card
    await opened(cuc, own)
    assert "CĐ phường Long Hòa" in cuc.card


async def test_a_leader_who_taps_twice_sends_once(town: Town, key: int) -> None:
    """The second tap of the same leader is no mistake."""
    await all_written(town.program.work, key)
    dung = await town.person("Dũng")
    await dung.forge(f"sum:ask:{key}")
    await dung.click("Gửi", wait=False)
    await dung.forge(f"sum:send:{key}:1", wait=False)
    await town.settle()
    assert len(await rows(town.program.work, SummaryVersion)) == 1
    giang = await town.person("Giang")
    assert len([text for text in giang.cards if "đã gửi báo cáo" in text]) == 1
    assert (DUNG.full_name in giang.card, GIANG.full_name in giang.card) == (True, False)


async def test_who_sends_for_a_unit_is_told_that_it_is_recorded(town: Town, key: int) -> None:
    await all_written(town.program.work, key)
    giang = await town.person("Giang")
    await opened(giang, key)
    await giang.click("Gửi thay đơn vị")
    assert f"Đồng chí gửi thay {KCN.name}" in giang.card
    dung = await town.person("Dũng")
    await opened(dung, key)
    await dung.click("Gửi báo cáo")
    assert "gửi thay" not in dung.card
