"""Whatever happens to an answer on its way, the person has their card in the end, once."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from bot.channels.telegram import redraw
from bot.channels.telegram.answers import Answer
from bot.core.card import Card
from storage.addresses import TELEGRAM
from storage.models import Case, Draft, InboxUpdate, VisitReport
from tests import wide
from tests.cases.routes.test_concerns import LINK, WAGES, rows
from tests.cast import MONDAY
from tests.client import Person, Town
from tests.visits.routes.test_report import HONEST
from tests.wire import ANSWERS, FAULTS, Wire

METHODS = ("answerCallbackQuery", "sendMessage", "editMessageText", "deleteMessage")
FILES = ("answerCallbackQuery", "sendDocument")
UNCERTAIN = ("lost", "timeout")  # it was done, and nobody can know: a second time is no harm
FAILED = "Hệ thống gặp lỗi"


@pytest.fixture
def wire(town: Town, monkeypatch: pytest.MonkeyPatch) -> Wire:
    return Wire(town, monkeypatch)


def shows(person: Person, words: str, label: str = "", *, again: bool = False) -> None:
    """The newest card has these words, and is there once; nobody is told that it failed."""
    assert words in person.card
    assert not label or any(label in button for button in person.buttons), person.buttons
    assert not any(FAILED in text for text in (*person.cards, *person.toasts))
    assert Counter(person.cards)[person.card] <= 1 + again


@pytest.mark.parametrize("fault", wide.some(FAULTS, 3))
@pytest.mark.parametrize("method", METHODS)
async def test_a_worker_gets_every_card_and_the_code_of_her_case(
    town: Town, wire: Wire, method: str, fault: str
) -> None:
    lan = await town.person("Lan")
    again = fault in UNCERTAIN and method == "sendMessage"
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    async with wire.broken(method, fault):
        await lan.send(WAGES)
    shows(lan, "ảnh hưởng đến bao nhiêu người", "Vài người", again=again)
    async with wire.broken(method, fault):
        await lan.click("Vài người")
    shows(lan, "về việc này, đúng không", "Đúng")
    await lan.click("Đúng")
    await lan.click("Không nêu tên")
    async with wire.broken(method, fault):
        await lan.click("Gửi Công đoàn")
    (case,) = await rows(town, Case)
    shows(lan, f"Mã phản ánh: {case.code}")
    assert await rows(town, Draft) == []


@pytest.mark.parametrize("fault", wide.some(FAULTS, 3))
@pytest.mark.parametrize("method", METHODS)
async def test_an_officer_reads_that_the_report_was_sent(
    town: Town, wire: Wire, method: str, fault: str
) -> None:
    an = await town.person("An")
    for label in (
        "Báo cáo",
        "Hôm nay",
        "Dự họp BCH",
        "10",
        "Còn lại chưa có vấn đề",
        "Xong",
        "Bỏ qua",
    ):
        await an.click(label)
    async with wire.broken(method, fault):
        await an.send(HONEST)
    again = fault in UNCERTAIN and method == "sendMessage"
    shows(an, "10", "Gửi báo cáo", again=again)
    async with wire.broken(method, fault):
        await an.click("Gửi báo cáo")
    assert len(await rows(town, VisitReport)) == 1
    shows(an, "Đã nhận báo cáo")


@pytest.mark.parametrize("fault", wide.some(FAULTS, 3))
@pytest.mark.parametrize("method", FILES)
async def test_a_file_button_gives_its_file(
    town: Town, wire: Wire, method: str, fault: str
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/kiennghi")
    before = len(dung.messages)
    async with wire.broken(method, fault):
        await dung.click("Tải tất cả")
    sent = [m for m in dung.messages[before:] if m.get("media")]
    assert 1 <= len(sent) <= 1 + (fault in UNCERTAIN and method == "sendDocument")
    assert not any(FAILED in text for text in (*dung.cards, *dung.toasts))


# ---- Longer than patience lasts ------------------------------------------------------------


async def to_the_last_tap(person: Person) -> None:
    """A worker's concern, ready to be sent."""
    await person.send(f"/start {LINK}")
    await person.click("Đồng ý")
    await person.send(WAGES)
    for label in ("Vài người", "Đúng", "Không nêu tên"):
        await person.click(label)


async def test_what_arrives_unanswered_during_an_outage_does_not_come_again_and_again(
    town: Town, wire: Wire
) -> None:
    lan = await town.person("Lan")
    async with wire.down("timeout", *ANSWERS, "getMe"):
        await lan.send("/theodoi")
        for _ in range(20):
            await town.settle()
    await town.settle()
    assert len(lan.cards) == 3  # tried twice, and once more when Telegram was back
    assert await waiting(town) == 0


@pytest.mark.wide
async def test_everybody_gets_their_code_after_an_outage_and_a_restart(
    town: Town, wire: Wire
) -> None:
    workers = [await town.person(f"Trần Thị Na {n}", 7_100_000_000 + n) for n in range(3)]
    for worker in workers:
        await to_the_last_tap(worker)
    before = [worker.messages for worker in workers]
    async with wire.down("502"):
        for worker in workers:
            await worker.click("Gửi Công đoàn")
        assert [worker.messages for worker in workers] == before
        async with town.stopped():
            pass
    async with town.stopped():
        pass
    cases = await rows(town, Case)
    codes = sorted(case.code for case in cases)
    assert len(cases) == len(workers)
    assert sorted(code for w in workers for code in codes if code in w.card) == codes
    for worker in workers:
        shows(worker, "Mã phản ánh")
        assert not any("Gửi Công đoàn" in button for button in worker.buttons)
    assert await waiting(town) == 0


async def test_of_the_cards_of_an_outage_only_the_newest_comes(town: Town, wire: Wire) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    before = len(lan.cards)
    async with wire.down("502"):
        await lan.click("Vài người")
        await lan.send("tháng nào cũng vậy")
        await lan.send("/theodoi")
    await town.settle()
    assert len(lan.cards) == before + 1
    assert "chưa gửi" in lan.card or "phản ánh" in lan.card.lower()
    assert await waiting(town) == 0


async def test_a_card_that_was_outdated_meanwhile_is_not_sent(
    town: Town, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = await town.person("Lan")

    async def later() -> int:
        return 0

    with monkeypatch.context() as between:
        between.setattr(town.program.answers, "deliver", later)
        async with wire.down("502", "sendMessage"):
            await lan.send("/theodoi")
        assert await waiting(town) == 1
        await lan.send(f"/start {LINK}")
    await town.settle()
    assert "Đồng ý" in lan.buttons
    assert len(lan.cards) == 1
    assert await waiting(town) == 0


async def test_a_receipt_comes_also_after_a_newer_card(
    town: Town, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = await town.person("Lan")
    await to_the_last_tap(lan)

    async def later() -> int:
        return 0

    with monkeypatch.context() as between:
        between.setattr(town.program.answers, "deliver", later)
        async with wire.down("502", "editMessageText"):
            await lan.click("Gửi Công đoàn")
        await lan.send("/trogiup")
    await town.settle()
    (case,) = await rows(town, Case)
    assert sum(case.code in card for card in lan.cards) == 1


async def test_a_file_asked_for_in_an_outage_comes_after_a_restart_too(
    town: Town, wire: Wire
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/kiennghi")
    before = len(dung.messages)
    async with wire.down("502"):
        await dung.click("Tải tất cả")
        assert len(dung.messages) == before
        async with town.stopped():
            pass
    async with town.stopped():
        pass
    await town.settle()
    assert [m["media"]["name"] for m in dung.messages[before:]] == ["kien-nghi-20261116.xlsx"]
    assert await waiting(town) == 0


async def test_a_file_that_is_refused_for_good_is_said_to_have_failed(
    town: Town, wire: Wire
) -> None:
    dung = await town.person("Dũng")
    await dung.send("/kiennghi")
    async with wire.down("400", "sendDocument"):
        await dung.click("Tải tất cả")
    assert any(FAILED in text for text in (*dung.cards, *dung.toasts))
    assert await waiting(town) == 0


async def test_a_failure_after_the_commit_does_not_speak_as_if_nothing_was_kept(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    lan = await town.person("Lan")
    await to_the_last_tap(lan)
    monkeypatch.setattr("bot.cases.cards.concerns.receipt", broken)
    await lan.click("Gửi Công đoàn")
    assert len(await rows(town, Case)) == 1
    assert any("đã được ghi lại" in text for text in (*lan.cards, *lan.toasts))
    assert not any(FAILED in text for text in (*lan.cards, *lan.toasts))


async def test_a_refusal_that_could_not_be_said_over_the_button_is_said_in_the_chat(
    town: Town, wire: Wire
) -> None:
    an = await town.person("An")
    async with wire.broken("answerCallbackQuery", "502"):
        await an.forge("case:export")
    assert "chưa được giao quyền" in an.card


async def test_an_answer_is_given_up_after_a_day(town: Town, wire: Wire) -> None:
    lan = await town.person("Lan")
    async with wire.down("502"):
        await lan.send("/theodoi")
    before = len(lan.cards)
    town.clock.set(MONDAY + timedelta(days=1, minutes=1))
    await town.settle()
    assert len(lan.cards) == before
    assert await waiting(town) == 0


async def test_a_kept_answer_cannot_be_read_without_the_key(town: Town, wire: Wire) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    async with wire.down("502"):
        await lan.send(WAGES)
        (update,) = [u for u in await rows(town, InboxUpdate) if u.answer]
    assert update.payload is None
    assert str(lan.telegram_id).encode() not in update.answer
    assert WAGES.encode() not in update.answer


async def test_one_chat_that_cannot_be_reached_holds_up_nobody(town: Town, wire: Wire) -> None:
    lan, an = await town.person("Lan"), await town.person("An")
    async with wire.down("502"):
        await lan.send("/theodoi")
        await an.send("/trogiup")
        async with town.program.work.write() as session:
            damaged = InboxUpdate(
                channel=TELEGRAM, update_id=1, answer=b"damaged", received_at=MONDAY
            )
            session.add(damaged)
        await lan.block()
    await town.settle()
    assert "làm được gì" in an.card or "/tuannay" in an.card
    assert await waiting(town) == 1  # the damaged one


async def test_a_tap_that_meets_the_redrawn_card_is_handled_after_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = await town.person("Lan")
    await lan.send(f"/start {LINK}")
    await lan.click("Đồng ý")
    await lan.send(WAGES)
    update_id = max(update.update_id for update in await rows(town, InboxUpdate))
    await town.program.answers.keep(update_id, lan.telegram_id, Answer())

    send = redraw._send

    async def send_with_a_tap_on_the_way(bot: ExtBot[int], chat: int, card: Card) -> int:
        monkeypatch.setattr(redraw, "_send", send)  # one tap only
        await lan.click("Vài người", wait=False)
        await town.taken()
        with suppress(TimeoutError):  # held back: it is not handled however long one waits
            async with asyncio.timeout(0.3):
                await town.program.inbox.idle.wait()
        return await send(bot, chat, card)

    monkeypatch.setattr(redraw, "_send", send_with_a_tap_on_the_way)
    await town.settle()
    assert "về việc này, đúng không" in lan.card
    assert await waiting(town) == 0


async def waiting(town: Town) -> int:
    """Updates whose answer is not with the person yet."""
    return sum(update.answered_at is None for update in await rows(town, InboxUpdate))
