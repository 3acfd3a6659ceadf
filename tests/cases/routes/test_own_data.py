"""/dulieu: seeing, taking along, withdrawing and erasing what is stored about oneself."""

import json
import re
from html import escape

import pytest
from sqlmodel import select

from bot.cases.cards import own_data as own_data_cards
from bot.cases.services import own_data
from bot.core import speech
from bot.core.access import actor_of
from storage import reporters
from storage.addresses import TELEGRAM
from storage.models import (
    Case,
    CaseEvent,
    CaseFile,
    Draft,
    OutboxMessage,
    Reporter,
    StoredFile,
    Tally,
)
from tests.cases.routes.test_concerns import (
    LINK,
    WAGES,
    _picture_with_a_place,
    look_alikes,
    raise_concern,
    rows,
    the_case,
    union_says,
)
from tests.cast import LAN, MONDAY, VAULT
from tests.client import Person, Town


@pytest.fixture
async def lan(town: Town) -> Person:
    return await town.person("Lan")


async def test_who_sent_nothing_is_told_that_nothing_is_stored(lan: Person) -> None:
    await lan.send("/dulieu")
    assert "không lưu thông tin gì" in lan.card
    assert lan.buttons == ["🏠 Trang chính"]


async def test_what_is_stored_can_be_seen_and_taken_along(town: Town, lan: Person) -> None:
    await raise_concern(lan, who="Nêu tên")
    await lan.send("/dulieu")
    assert "Hồ Thị Lan" in lan.card
    assert "Phản ánh đã gửi: 1, đang xử lý 1" in lan.card
    controller = speech.controller(town.program.work.settings.organisation)
    assert f"Bên chịu trách nhiệm: {controller}." in lan.card
    assert "18 tháng sau khi phản ánh kết thúc" in lan.card
    actor = await actor_of(town.program.work, LAN.address)
    content = await own_data.export(town.program.work, actor)
    assert content["tài khoản Telegram"] == str(LAN.telegram_id)
    assert content["phản ánh"][0]["nội dung"] == WAGES
    assert content["bên chịu trách nhiệm"] == controller
    assert content["thời gian lưu"] == "18 tháng sau khi phản ánh kết thúc"
    await lan.click("Lấy bản sao")
    to_read = str(lan.messages[-2])
    assert "Đây là những gì" in to_read
    assert "xem xong, anh/chị nên xóa" in to_read, "a file on a shared phone tells"
    assert "du-lieu-cua-toi.json" in str(lan.messages[-1])


async def test_the_copy_is_a_page_to_read_with_the_words_of_what_is_being_written(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan, who="Nêu tên")
    await lan.send(f"/start {LINK}")
    await lan.send("Dở dang <b>& chưa gửi</b>")
    actor = await actor_of(town.program.work, LAN.address)
    content = await own_data.export(town.program.work, actor)
    page = own_data_cards.copy(content).decode()
    shown = " ".join(re.sub(r"<[^>]*>", " ", page.partition("<body>")[2]).split())
    written = escape("Dở dang <b>& chưa gửi</b>")
    for words in ("Hồ Thị Lan", escape(WAGES), f"Đang viết dở {written}"):
        assert words in shown
    for sign in ("pieces", "{", "None", "files"):
        assert sign not in shown, "no sign of the program's own"
    assert json.loads(own_data_cards.data(content))["phản ánh"] == content["phản ánh"]


async def test_withdrawing_takes_the_name_and_asks_for_consent_anew(
    town: Town, lan: Person
) -> None:
    await raise_concern(lan, who="Nêu tên")
    await lan.send("/dulieu")
    await lan.click("Rút lại đồng ý")
    await lan.click("Rút lại đồng ý")
    assert "Đã rút lại" in lan.card
    (known,) = await rows(town, Reporter)
    assert reporters.opened(VAULT, known) == {
        "channel": TELEGRAM,
        "chat": str(LAN.telegram_id),
    }
    async with town.program.work.read() as session:
        account = await reporters.find(session, VAULT, LAN.address)
    assert account is not None
    assert (account.consent_version, account.withdrawn_at) == ("", MONDAY)
    case = await the_case(town)
    assert (case.anonymous, case.text) == (True, WAGES)
    await lan.send("/phananh")
    assert "có đồng ý không" in lan.card


async def test_erasing_leaves_figures_and_nothing_of_the_person(town: Town, lan: Person) -> None:
    await raise_concern(lan, who="Nêu tên")
    await union_says(town, "ask", "asked", "Lương tháng nào chưa trả?")
    await lan.click("Trả lời")
    await lan.photo("bảng lương", data=_picture_with_a_place())
    await lan.click("Gửi")
    await lan.send("/phananh")
    await town.program.files.fetch_missing()
    (file,) = await rows(town, StoredFile)
    on_disk = town.program.files.path(file.sha256)
    assert on_disk.is_file()
    await lan.send("/dulieu")
    await lan.click("Xóa hết")
    await lan.click("Xóa hết")
    assert "Đã xóa hết" in lan.card
    for table in (Reporter, Draft, StoredFile, CaseFile, Tally):
        assert await rows(town, table) == [], table
    assert not on_disk.exists()
    case = await the_case(town)
    assert (case.category, case.created_at, case.site_id) == ("LUONG", MONDAY, 11)
    assert (case.text, case.folded, case.reporter_id, case.status) == ("", "", None, "answered")
    assert {event.words for event in await rows(town, CaseEvent)} == {""}
    left = [m for m in await rows(town, OutboxMessage) if WAGES in m.text or m.reporter_id]
    assert left == []
    dung = await town.person("Dũng")
    assert "đã rút" in dung.card


async def test_after_erasing_one_is_a_stranger_who_may_begin_again(town: Town, lan: Person) -> None:
    await raise_concern(lan)
    code = (await the_case(town)).code
    await lan.send("/dulieu")
    await lan.click("Xóa hết")
    await lan.click("Xóa hết")
    await lan.send(f"/theodoi {code}")
    assert "Không tìm thấy phản ánh" in lan.card
    await raise_concern(lan)
    assert len(await rows(town, Case)) == 2


@pytest.mark.wide
async def test_the_same_picture_of_two_people_outlives_the_erasing_of_one(
    town: Town, lan: Person
) -> None:
    (other,) = await look_alikes(town, 1)
    for worker in (lan, other):
        await worker.send("/phananh")
        await worker.click("Đồng ý")
        await worker.send("sen vang")
        await worker.click("May Sen Vàng")
        await worker.photo("com co gioi", data=_picture_with_a_place())
        for label in ("Vài người", "Đúng", "Không nêu tên", "Gửi Công đoàn"):
            await worker.click(label)
    await town.program.files.fetch_missing()
    await lan.send("/dulieu")
    await lan.click("Xóa hết")
    await lan.click("Xóa hết")
    (kept,) = await rows(town, StoredFile)
    assert town.program.files.path(kept.sha256).is_file()


async def test_nobody_erases_by_one_forged_tap_what_is_not_theirs(town: Town, lan: Person) -> None:
    (other,) = await look_alikes(town, 1)
    await raise_concern(other)
    await lan.send("/start")
    await lan.forge("data:erase")
    assert (await the_case(town)).text == WAGES
    async with town.program.work.read() as session:
        assert (await session.exec(select(Reporter))).one()
