"""What comes to one person at once comes as one list: nothing is lost, nothing doubled."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from telegram.error import BadRequest, NetworkError

from bot.core.notices import BUNDLED_TO, bundle
from storage import outbox
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage
from storage.store import Store
from tests import cast as people
from tests.channels.telegram.test_outbox import NOW, Office
from tests.client import Town


@pytest.fixture
async def office(any_store: Store) -> Office:
    await people.settle(any_store)
    office = Office(any_store)
    office.dispatcher.lists = True
    return office


async def states(office: Office) -> list[OutboxState]:
    async with office.store.read() as session:
        rows = await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
        return [message.state for message in rows.all()]


async def test_three_notices_are_one_message_and_two_are_two(office: Office) -> None:
    await office.owe("một", "hai")
    assert await office.dispatcher.drain() == 2
    assert [text for _, text in office.bot.sent] == ["một", "hai"]
    await office.owe("ba", "bốn <b>đậm &amp; to</b>", "năm")
    assert await office.dispatcher.drain() == 3
    (chat, text) = office.bot.sent[2]
    assert chat == people.AN.telegram_id
    assert "3 tin mới" in text
    for number, words in enumerate(("ba", "bốn đậm &amp; to", "năm"), 1):
        assert f"{number}. {words}" in text
    assert await states(office) == [OutboxState.SENT] * 5


async def test_each_person_gets_their_own_and_more_than_a_list_holds_are_several(
    office: Office,
) -> None:
    await office.owe(*(f"An {n}" for n in range(BUNDLED_TO + 5)))
    await office.owe("Bình 1", "Bình 2", person_id=people.BINH.id)
    await office.dispatcher.drain()
    texts = [text for chat, text in office.bot.sent if chat == people.AN.telegram_id]
    assert ["20 tin mới" in t for t in texts] == [True, False]
    assert "5 tin mới" in texts[1]
    whole = "\n".join(texts)
    assert all(whole.count(f" An {n}\n") == 1 for n in range(24))
    assert len([1 for chat, _ in office.bot.sent if chat == people.BINH.telegram_id]) == 2


async def test_a_sentence_that_most_of_them_share_stands_once_below_with_their_numbers(
    office: Office,
) -> None:
    ask = "Nếu không đúng người, đề nghị đồng chí mở xem."
    await office.owe(*(f"<b>Người {n}</b> đã vào.\n\n{ask}" for n in range(4)))
    await office.dispatcher.drain()
    (_, text) = office.bot.sent[0]
    assert text.count(ask) == 1
    assert "1. Người 0 đã vào.\n2. Người 1 đã vào." in text
    assert text.index("4. Người 3 đã vào.") < text.index(ask)
    assert "Tin 1" not in text, "it is said of all of them"
    await office.owe(*(f"Người {n} đã vào.\n{ask}" for n in range(3)), "Đã duyệt.", f"{ask}\nXong.")
    await office.dispatcher.drain()
    (_, text) = office.bot.sent[1]
    assert f"Tin 1, 2, 3: {ask}" in text
    assert f"5. {ask} Xong." in text, "what a message begins with stays with it"


@pytest.mark.parametrize("lane", [Lane.URGENT, Lane.ANSWER, Lane.REMINDER, Lane.BROADCAST])
async def test_what_is_no_notice_stays_by_itself(office: Office, lane: Lane) -> None:
    await office.owe("một", "hai", "ba", lane=lane)
    await office.dispatcher.drain()
    assert [text for _, text in office.bot.sent] == ["một", "hai", "ba"]


async def test_reminders_of_cases_come_with_what_else_there_is_as_one_list(office: Office) -> None:
    """What nobody takes is said to a whole unit, several at one moment."""
    await office.owe("một", "hai", lane=Lane.REMINDER, subject="case:7")
    await office.owe("ba", lane=Lane.REMINDER, subject="visit:7")
    await office.owe("bốn")
    await office.owe("cháy", lane=Lane.URGENT, subject="case:7")
    await office.dispatcher.drain()
    texts = [text for _, text in office.bot.sent]
    assert texts[0] == "cháy", "what rings is alone and first"
    assert "ba" in texts
    [together] = [text for text in texts if "3 tin mới" in text]
    assert [f"{n}. {words}" in together for n, words in enumerate(("một", "hai", "bốn"), 1)]
    assert await states(office) == [OutboxState.SENT] * 5


async def test_a_list_that_was_not_sent_comes_again_whole_and_once(office: Office) -> None:
    await office.owe("một", "hai", "ba")
    office.bot.outage = NetworkError("away")
    await office.dispatcher.drain()
    assert await states(office) == [OutboxState.PENDING] * 3
    office.bot.outage = None
    office.let_pass(3600)
    await office.dispatcher.drain()
    whole = "\n".join(text for _, text in office.bot.sent)
    assert await states(office) == [OutboxState.SENT] * 3
    assert all(whole.count(words) == 1 for words in ("một", "hai", "ba"))


async def test_a_list_that_is_refused_goes_out_one_by_one(office: Office) -> None:
    await office.owe("một", "hai", "ba")
    async with office.store.read() as session:
        owed = (await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))).all()
    office.bot.trouble[bundle(owed).text] = [BadRequest("can't parse entities")]
    await office.dispatcher.drain()
    assert sorted(text for _, text in office.bot.sent) == ["ba", "hai", "một"]
    assert await states(office) == [OutboxState.SENT] * 3


async def test_a_crash_while_a_list_is_sent_loses_none_of_it(office: Office) -> None:
    """Nobody knows whether it went out: as with a single notice, it comes once more."""
    await office.owe("một", "hai", "ba")
    async with office.store.write() as session:
        await outbox.claim(session, NOW, 1)  # and the program died here
        await outbox.claim_more(session, NOW, [people.AN.id], 200)
    assert await states(office) == [OutboxState.SENDING] * 3
    await office.dispatcher.recover()
    await office.dispatcher.drain()
    await office.dispatcher.recover()
    await office.dispatcher.drain()
    assert len(office.bot.sent) == 1
    assert "3 tin mới" in office.bot.sent[0][1]
    assert await states(office) == [OutboxState.SENT] * 3


async def owe_to(town: Town, person_id: int, rows: Any, *texts: str) -> None:
    now = town.clock.now()
    async with town.program.work.write() as session:
        for text in texts:
            await outbox.add(
                session,
                OutboxMessage(
                    dedupe_key=text,
                    text=text,
                    rows=rows,
                    person_id=person_id,
                    not_before=now - timedelta(minutes=1),
                    created_at=now,
                ),
            )
    town.program.dispatcher.wake()
    await town.settle()


async def test_each_of_a_list_is_reached_by_a_tap(town: Town) -> None:
    an, binh = await town.person("An"), await town.person("Bình")
    two = [[["Nhận", "home"], ["Xem", "home"]]]
    await owe_to(town, people.AN.id, two, "tin một", "tin hai <i>nghiêng</i>", "tin ba")
    assert "3 tin mới" in an.card
    _, data = an.button("2")
    await an.click("2")
    assert an.card == "tin hai nghiêng"
    assert an.buttons == ["Nhận", "Xem"]
    await binh.forge(data)
    assert "không còn lưu" in binh.toasts[-1]


async def test_one_with_a_single_button_is_acted_on_in_the_list(town: Town) -> None:
    an = await town.person("An")
    await owe_to(town, people.AN.id, [[["📋 Cơ sở của tôi", "site:mine:0"]]], "a", "b", "c")
    assert an.buttons == [f"{n}. 📋 Cơ sở của tôi" for n in (1, 2, 3)]
    await an.click("2.")
    assert "ơ sở" in an.card
