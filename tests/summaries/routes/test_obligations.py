"""Owed reports over HTTP: prompts by the moving clock, requests, what the receiver decides."""

from datetime import date, datetime, time

import pytest
from sqlmodel import select

from bot.core.rules.calendar import at
from storage.models import Obligation, Unit
from tests import cast
from tests.client import Person, Town

YEARLY = "sat-co-so:"


@pytest.fixture
def start() -> datetime:
    return at(date(2026, 11, 13), time(7, 0))


def on(day: int, month: int = 12, clock: str = "08:00", year: int = 2026) -> datetime:
    return at(date(year, month, day), time.fromisoformat(clock))


def prompts(person: Person) -> list[str]:
    """The first lines of what prompted this person, without the sign."""
    first = [card.split("\n")[0] for card in person.cards]
    words = ("Còn ", "Hôm nay là ngày cuối", "Hôm nay đã là", "Báo cáo đã trễ hạn")
    return [line[2:].strip() for line in first if line[2:].strip().startswith(words)]


async def obligation(town: Town, unit_id: int, beginning: str = YEARLY) -> Obligation:
    async with town.program.work.read() as session:
        found = await session.exec(select(Obligation).where(Obligation.unit_id == unit_id))
        return next(one for one in found.all() if one.key.startswith(beginning))


@pytest.mark.wide
async def test_every_prompt_comes_on_its_day_and_on_the_day_the_late_are_listed(
    town: Town,
) -> None:
    dung, cuc, giang = [await town.person(name) for name in ("Dũng", "Cúc", "Giang")]
    assert prompts(dung) == []
    said = {}
    for day in (on(13, 11), on(1), on(8), on(11), on(14), on(15), on(21)):
        await town.move_to(day.replace(minute=0))
        said[day] = prompts(dung)[-1]
    assert prompts(dung) == list(said.values()), "once each, nothing in between"
    assert prompts(dung) == [
        "Còn 32 ngày; ngày cuối là 14/12/2026.",  # 15/11 is a Sunday
        "Còn 14 ngày; ngày cuối là 14/12/2026.",
        "Còn 7 ngày; ngày cuối là 14/12/2026.",
        "Còn 4 ngày; ngày cuối là 14/12/2026.",  # 12/12 a Saturday
        "Hôm nay là ngày cuối để gửi báo cáo.",
        "Hôm nay đã là ngày 15/12: báo cáo trễ hạn.",
        "Báo cáo đã trễ hạn 7 ngày.",
    ]
    assert prompts(cuc) == prompts(dung)
    lists = [card for card in giang.cards if "đơn vị trễ hạn" in card]
    assert len(lists) == 1
    assert "CĐ đặc khu Hòn Sao – chưa có người nhận" in lists[0]
    dung.button("Mở báo cáo")
    giang.button("Bảng theo dõi")


async def test_after_a_downtime_one_prompt_says_where_things_stand(town: Town) -> None:
    dung = await town.person("Dũng")
    await town.move_to(on(13, 11))
    async with town.stopped():
        town.clock.set(on(13, clock="10:00"))
    assert prompts(dung)[1:] == ["Còn 2 ngày; ngày cuối là 14/12/2026."]
    async with town.stopped():
        town.clock.set(on(6, 1, "10:00", 2027))
    assert prompts(dung)[2:] == ["Báo cáo đã trễ hạn 23 ngày."]
    async with town.stopped():
        pass
    assert len(prompts(dung)) == 3


@pytest.mark.wide
async def test_a_merged_unit_is_prompted_no_more_and_its_successor_is(town: Town) -> None:
    dung, cuc = await town.person("Dũng"), await town.person("Cúc")
    await town.move_to(on(13, 11))
    async with town.program.work.write() as session:
        kcn = await session.get_one(Unit, cast.KCN.id)
        kcn.dissolved_on, kcn.successor_id = date(2026, 12, 1), cast.LONG_HOA.id
    await town.move_to(on(8))
    assert [len(prompts(one)) for one in (dung, cuc)] == [1, 3]
    excuse = (await obligation(town, cast.KCN.id)).excuse
    assert excuse == "Đã nhập vào CĐ phường Long Hòa"


async def ask(giang: Person, *, which: str = "Tất cả") -> None:
    """/yeucau up to the review."""
    await giang.send("/yeucau")
    await giang.send("Tình hình thưởng Tết")
    await giang.click("Bỏ qua")
    await giang.click(which)


@pytest.mark.wide
async def test_a_request_is_asked_question_by_question_and_reaches_the_units(town: Town) -> None:
    giang, dung, cuc = [await town.person(name) for name in ("Giang", "Dũng", "Cúc")]
    await ask(giang)
    assert "Trước thứ Ba 17/11" in giang.buttons  # three days are left with today
    await giang.send("28/11")
    await giang.send("Bao nhiêu doanh nghiệp đã công bố thưởng?")
    await giang.click("số")
    await giang.send("Có nơi nào <b>nợ</b> lương không?")
    await giang.click("có–không")
    await giang.send("Câu gõ nhầm")
    await giang.click("Bỏ câu 3")
    await giang.send("Đề xuất gì?")
    await giang.click("Xong")
    assert "trước ngày 28/11/2026 (ngày cuối là 27/11/2026)" in giang.card
    assert "2. Có nơi nào <b>nợ</b> lương không? (có–không)" in giang.card
    assert not any("Tình hình" in card for card in cuc.cards)
    await giang.click("Gửi")
    assert "đến 3 đơn vị" in giang.card
    assert "CĐ đặc khu Hòn Sao" in giang.card, "nobody there can be told"
    for leader in (dung, cuc):
        assert "Tình hình thưởng Tết" in leader.card
        assert "1. Bao nhiêu doanh nghiệp đã công bố thưởng? (trả lời bằng số)" in leader.card
        assert "3. Đề xuất gì? (trả lời bằng chữ)" in leader.card
    one = await obligation(town, cast.KCN.id, "request:")
    assert one.due_before == date(2026, 11, 28)
    await town.move_to(on(20, 11))  # the seventh day before is a Saturday
    assert "Câu 2: Có nơi nào <b>nợ</b> lương không?" in dung.card


async def test_some_units_are_picked_by_taps_and_by_their_names(town: Town) -> None:
    giang, dung, cuc = [await town.person(name) for name in ("Giang", "Dũng", "Cúc")]
    await ask(giang, which="Một số đơn vị")
    assert not any(label.startswith("✔️ Xong") for label in giang.buttons)
    await giang.click("CĐ đặc khu Hòn Sao")
    await giang.click("CĐ đặc khu Hòn Sao")  # not that one after all
    assert not any("cả danh sách" in label for label in giang.buttons), "it is shown already"
    await giang.send("khu cong nghiep khong co")
    await giang.click("📋 Hiện cả danh sách")
    assert any("CĐ các KCN tỉnh" in label for label in giang.buttons)
    await giang.send("long hoa")
    await giang.click("CĐ phường Long Hòa")
    await giang.click("Xong (1 đơn vị)")
    await giang.click("Trước")
    await giang.send("Có gì mới?")
    await giang.click("Xong")
    assert "CĐ phường Long Hòa" in giang.card
    await giang.click("Gửi")
    assert "đến 1 đơn vị" in giang.card
    assert "Có gì mới?" in cuc.card
    assert not any("Có gì mới?" in card for card in dung.cards)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [("hôm qua", "từ ngày mai"), ("31/2", "Không có ngày"), ("13/11", "từ ngày mai")],
)
async def test_a_day_that_cannot_be_is_refused_with_what_can(
    town: Town, wrong: str, words: str
) -> None:
    giang = await town.person("Giang")
    await ask(giang)
    await giang.send(wrong)
    assert any(words in card for card in giang.cards[-2:])
    await giang.send("20/12")
    assert "Gõ từng câu hỏi một" in giang.card


async def test_the_thirteenth_question_is_refused(town: Town) -> None:
    giang = await town.person("Giang")
    await ask(giang)
    await giang.send("20/12")
    for n in range(13):
        await giang.send(f"Câu hỏi thứ {n + 1}?")
    assert any("từ 1 đến 12 câu" in card for card in giang.cards[-2:])
    await giang.click("Xong")
    assert "12. Câu hỏi thứ 12?" in giang.card


async def test_who_has_nobody_to_ask_is_told_so(town: Town) -> None:
    for name, words in (("Dũng", "không có công đoàn cấp dưới"), ("An", "chưa được giao quyền")):
        one = await town.person(name)
        await one.send("/yeucau")
        assert words in one.card


async def test_one_tap_reminds_everybody_and_a_second_one_within_the_hour_nobody(
    town: Town,
) -> None:
    giang, dung, cuc = [await town.person(name) for name in ("Giang", "Dũng", "Cúc")]
    await giang.send("/start")
    number = (await obligation(town, cast.KCN.id)).id
    await giang.forge(f"obl:remindall:{number}:sure")
    assert "Đã nhắc 2 đơn vị" in giang.card
    for leader in (dung, cuc):
        assert "Võ Trường Giang" in leader.card
        assert "IV.1 Ưu điểm" in leader.card
    count = len(dung.cards)
    await giang.forge(f"obl:remind:{number}")
    assert any("một lần trong một giờ" in toast for toast in giang.toasts)
    assert len(dung.cards) == count
    await dung.forge(f"obl:remindall:{number}:sure")
    assert any("chưa được giao quyền" in toast for toast in dung.toasts)


@pytest.mark.wide
async def test_reminding_at_night_is_heard_in_the_morning(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await giang.send("/start")
    await town.move_to(on(14, 11, "22:00"))
    number = (await obligation(town, cast.KCN.id)).id
    count = len(dung.cards)
    await giang.forge(f"obl:remind:{number}")
    assert "06:30 15/11/2026" in giang.card
    assert len(dung.cards) == count
    await town.move_to(on(15, 11, "06:30"))
    assert len(dung.cards) == count + 1


async def test_a_unit_is_excused_with_a_reason_and_hears_it(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await giang.send("/start")
    one = await obligation(town, cast.KCN.id)
    await giang.forge(f"obl:excuse:{one.id}")
    await giang.click("Đơn vị mới thành lập")
    assert "Đã miễn" in giang.card
    assert "được miễn" in dung.card and "Đơn vị mới thành lập" in dung.card  # noqa: PT018
    await town.move_to(on(13, 11))
    assert prompts(dung) == []
    await giang.click("Bảng theo dõi")
    await giang.click("3. CĐ các KCN tỉnh")
    await giang.click("Hủy miễn")
    assert "phải gửi báo cáo" in giang.card
    assert "không còn được miễn" in dung.card
    assert "Mở báo cáo" in " ".join(dung.buttons)


@pytest.mark.wide
async def test_the_deadline_is_moved_for_everybody_who_owes_the_same(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await giang.send("/start")
    one = await obligation(town, cast.KCN.id)
    await giang.forge(f"obl:move:{one.id}")
    await giang.send("20/12")
    await giang.click("Gửi")
    assert "trước ngày 20/12/2026" in giang.card and "3 đơn vị" in giang.card  # noqa: PT018
    assert "ngày cuối là 19/12/2026" in dung.card
    await town.move_to(on(20, 11))
    saturday = "Đó là ngày nghỉ: ngày làm việc cuối cùng trong hạn là thứ Sáu 18/12."
    assert prompts(dung) == [f"Còn 30 ngày; ngày cuối là 19/12/2026. {saturday}"]


@pytest.mark.wide
async def test_a_request_is_answered_and_the_unit_is_prompted_no_more(town: Town) -> None:
    giang, dung = await town.person("Giang"), await town.person("Dũng")
    await ask(giang, which="Một số đơn vị")
    await giang.click("CĐ các KCN")
    await giang.click("Xong (1")
    await giang.send("28/11")
    await giang.send("Bao nhiêu nơi đã công bố thưởng?")
    await giang.click("số")
    await giang.click("Xong")
    await giang.click("Gửi")
    await dung.click("Mở báo cáo")
    await dung.click("Câu 1")
    await dung.click("Trả lời")
    await dung.send("12")
    await dung.click("Gửi báo cáo")
    await dung.click("Gửi")
    assert "CĐ các KCN tỉnh" in giang.card
    assert "Tình hình thưởng Tết" in giang.card
    await town.move_to(on(25, 11))  # past 7 and 3 days before
    about_it = [card for card in dung.cards if "Câu 1: Bao nhiêu" in card]
    assert about_it == []
    assert len(prompts(dung)) == 1, "of the yearly one, 30 days before"
