"""The durable queue: nothing taken is lost, nothing is done twice, nobody waits for another."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from typing import cast as cast_to

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs
from telegram import Update
from telegram.ext import TypeHandler

from bot.app import upkeep
from bot.channels.telegram.addresses import key_of
from bot.channels.telegram.answers import Answer, Pending, open_pending
from bot.channels.telegram.inbox import MAX_ATTEMPTS, Inbox, NotStored, Unreadable
from bot.core import messages, speech
from bot.core.work import Work
from storage import inbox
from storage.addresses import TELEGRAM
from storage.models import InboxUpdate
from storage.store import Store
from tests import cast
from tests.channels.telegram import virtual_time
from tests.client import Town
from tests.statements import statements


class Gate:
    """Stands before every handler: notes what comes, and holds up some chats until it opens."""

    def __init__(self, town: Town, *held: cast.Character) -> None:
        self._held = {one.telegram_id for one in held}
        self._open = asyncio.Event()
        self._changed = asyncio.Condition()
        self.came: list[str] = []
        town.program.application.add_handler(TypeHandler(Update, self._pass), group=-2)

    async def _pass(self, update: Update, _context: Any) -> None:
        async with self._changed:
            self.came.append(str(update.message and update.message.text))
            self._changed.notify_all()
        if update.effective_chat and update.effective_chat.id in self._held:
            await self._open.wait()

    async def has_seen(self, text: str) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: text in self.came)

    def open(self) -> None:
        self._open.set()


def written(update_id: int, text: str, person: cast.Character = cast.LAN) -> dict[str, Any]:
    """An update as Telegram sends it."""
    who = {"id": person.telegram_id, "first_name": person.name}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": int(cast.MONDAY.timestamp()),
            "chat": {**who, "type": "private"},
            "from": {**who, "is_bot": False},
            "text": text,
        },
    }


def sealed(update: dict[str, Any]) -> bytes:
    return cast.VAULT.seal(json.dumps(update), f"inbox:{update['update_id']}")


def row(update_id: int, person: cast.Character, **values: Any) -> InboxUpdate:
    """An update that an earlier run has taken."""
    return InboxUpdate(
        channel=TELEGRAM,
        update_id=update_id,
        payload=sealed(written(update_id, f"việc {update_id}", person)),
        received_at=cast.MONDAY,
        **values,
    )


@pytest.fixture
def queue(store: Store) -> Inbox:
    return Inbox(store, cast.clock_at(cast.MONDAY), cast.VAULT)


PINNED = {
    "date": int(cast.MONDAY.timestamp()),
    "chat": {"id": cast.LAN.telegram_id, "type": "private", "first_name": "Lan"},
    "from": {"id": cast.LAN.telegram_id, "is_bot": False, "first_name": "Lan"},
    "message_id": 7001,
    "pinned_message": {
        "chat": {"id": cast.LAN.telegram_id, "type": "private", "first_name": "Lan"},
        "message_id": 1,
        "date": 0,  # an InaccessibleMessage
    },
}
MISSHAPEN = {**PINNED, "pinned_message": None, "text": "chị Lan nói: nợ lương", "entities": [{}]}


async def answered(town: Town, update_id: int) -> bool:
    async with town.program.work.read() as session:
        found = await inbox.get(session, key_of(update_id))
        return found is not None and found.answered_at is not None and found.payload is None


async def test_an_update_is_stored_before_it_is_acknowledged(queue: Inbox, store: Store) -> None:
    await queue.take(written(5, "/start"))
    async with store.read() as session:
        kept = await inbox.get(session, key_of(5))
        assert kept
        assert kept.payload
        assert b"/start" not in kept.payload
        plain = json.loads(cast.VAULT.open(kept.payload, "inbox:5"))
        assert plain["message"]["text"] == "/start"
        assert kept.answered_at is None
    assert queue.qsize() == 1


async def test_what_comes_together_is_stored_in_one_transaction(queue: Inbox, store: Store) -> None:
    with statements(store) as sent:
        assert await queue.take(*(written(n, f"việc {n}") for n in (5, 6, 7))) == 7
    assert len(sent) == 1
    assert not await unfinished(store) - {5, 6, 7}
    assert queue.qsize() == 1, "one of a chat at a time"


async def test_what_came_before_is_not_handled_again_whatever_comes_with_it(
    queue: Inbox, store: Store
) -> None:
    await queue.take(written(5, "năm", cast.AN))
    await queue.take(written(5, "năm", cast.AN), written(6, "sáu"), written(6, "sáu"))
    assert [queue.get_nowait().update_id for _ in range(queue.qsize())] == [5, 6]  # type: ignore[attr-defined]
    assert await unfinished(store) == {5, 6}


async def test_of_what_comes_together_all_is_stored_or_nothing(queue: Inbox, store: Store) -> None:
    with pytest.raises(Unreadable):
        await queue.take(written(5, "năm"), {"no": "id"})
    assert queue.empty()
    assert await unfinished(store) == set()


async def test_what_is_answered_at_the_same_time_is_noted_together(
    queue: Inbox, store: Store
) -> None:
    people = (cast.AN, cast.LAN, cast.HA, cast.DUNG)
    await queue.take(*(written(n, "việc", one) for n, one in enumerate(people, 5)))
    updates = [queue.get_nowait() for _ in people]
    commits: list[object] = []
    event.listen(store.engine.sync_engine, "commit", commits.append)
    await asyncio.gather(*(queue.finish(cast_to(Update, update)) for update in updates))
    assert len(commits) <= 2, "the first, and all who came meanwhile"
    assert await unfinished(store) == set()


async def test_a_chat_goes_on_only_when_it_is_noted_that_the_one_before_is_answered(
    queue: Inbox, store: Store
) -> None:
    await queue.take(written(5, "năm"), written(6, "sáu"))
    first = cast_to(Update, queue.get_nowait())
    async with store.write():  # nobody else can write
        finishing = asyncio.create_task(queue.finish(first))
        await asyncio.sleep(0.01)
        assert queue.empty()
    await finishing
    assert queue.qsize() == 1


async def unfinished(store: Store) -> set[int]:
    async with store.read() as session:
        return {update.update_id for update in await inbox.unfinished(session, TELEGRAM)}


async def test_an_update_that_cannot_be_stored_is_not_taken(
    queue: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> bool:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "remember", full)
        with pytest.raises(NotStored):
            await queue.take(written(5, "/start"))
    assert queue.empty()
    assert queue.idle.is_set()
    await queue.take(written(5, "/start"))  # Telegram gives it again
    assert queue.qsize() == 1


async def test_telegram_is_asked_again_for_what_could_not_be_stored(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, failures, remember = await town.person("Lan"), [1], inbox.remember

    async def at_first_full(*given: Any) -> bool:
        if failures:
            failures.pop()
            raise OSError("no space left on device")
        return await remember(*given)

    monkeypatch.setattr(inbox, "remember", at_first_full)
    await lan.send("/start")
    assert not failures
    assert len(lan.cards) == 1


@pytest.mark.parametrize("shape", [PINNED, MISSHAPEN])
async def test_an_update_that_is_hard_to_read_holds_up_nobody(
    town: Town, shape: dict[str, Any]
) -> None:
    an = await town.person("An")
    before = len(an.cards)
    update_id = town.sandbox.world.updates.add("message", shape)
    await an.send("/start")
    assert len(an.cards) == before + 1
    async with town.program.work.read() as session:
        assert await inbox.get(session, key_of(update_id))


async def test_what_cannot_be_read_is_sealed_and_counted_and_its_words_stay_out_of_the_log(
    queue: Inbox, store: Store
) -> None:
    with capture_logs() as logged:
        await queue.take({"update_id": 5, "message": MISSHAPEN})
    assert queue.empty()
    (line,) = logged
    error = line.pop("exc_info")
    assert isinstance(error, Exception)
    assert line == {
        "event": "update.set_aside",
        "log_level": "error",
        "update_id": 5,
        "kind": "message",
    }
    async with store.read() as session:
        row = await inbox.get(session, key_of(5))
        assert row
        assert json.loads(cast.VAULT.open(row.payload or b"", "inbox:5"))["message"] == MISSHAPEN
        assert await inbox.set_aside(session) == {inbox.UNREADABLE: 1}


async def test_what_could_not_be_read_is_tried_again_for_a_day_and_kept_for_three(
    store: Store,
) -> None:
    clock = cast.clock_at(cast.MONDAY)
    await Inbox(store, clock, cast.VAULT).take({"update_id": 5, "message": MISSHAPEN})
    for hours, payload_there in ((1, True), (25, False)):
        clock.freeze(cast.MONDAY + timedelta(hours=hours))
        again = Inbox(store, clock, cast.VAULT)
        assert await again.replay() == set()
        assert again.empty()
        async with store.read() as session:
            row = await inbox.get(session, key_of(5))
            assert row
            assert bool(row.payload) is payload_there


async def test_what_cannot_be_read_does_not_outlive_three_days_of_running(
    store: Store, work: Work
) -> None:
    await Inbox(store, cast.clock_at(cast.MONDAY), cast.VAULT).take(
        {"update_id": 5, "message": MISSHAPEN}
    )
    await upkeep.tidy(work, cast.MONDAY + timedelta(days=2))
    async with store.read() as session:
        assert await inbox.get(session, key_of(5))
    for days in (4, 5):  # erasing takes two looks
        await upkeep.tidy(work, cast.MONDAY + timedelta(days=days))
    async with store.read() as session:
        assert await inbox.get(session, key_of(5)) is None


@pytest.mark.parametrize(
    "raw", ["/start", None, {}, {"update_id": "5"}, {"update_id": True}, {"update_id": 2**63}]
)
async def test_what_has_no_id_is_no_update(queue: Inbox, raw: object) -> None:
    with pytest.raises(Unreadable):
        await queue.take(raw)


@pytest.mark.wide
async def test_a_thousand_repeated_updates_have_no_effect(town: Town) -> None:
    people = [await town.person(one.name) for one in cast.EVERYBODY[:8]]
    for _ in range(5):
        await asyncio.gather(*(person.send("/start", wait=False) for person in people))
    await town.settle()
    before = [person.messages for person in people]
    ids = list(town.sandbox.world.updates.history)
    assert len(ids) == 40
    await town.replay(ids * 25)
    assert [person.messages for person in people] == before
    assert all([await answered(town, update_id) for update_id in ids])


async def test_one_chat_is_served_in_order_and_holds_up_nobody_else(town: Town) -> None:
    an, cuc = await town.person("An"), await town.person("Cúc")
    gate = Gate(town, cast.AN)
    for text in ("một", "hai", "ba"):
        await an.send(text, wait=False)
    await gate.has_seen("một")
    await cuc.send("bốn", wait=False)
    await gate.has_seen("bốn")
    assert gate.came == ["một", "bốn"]
    gate.open()
    await town.settle()
    assert gate.came == ["một", "bốn", "hai", "ba"]


@pytest.mark.wide
async def test_more_waiting_updates_of_one_chat_than_come_at_once_delay_nobody(town: Town) -> None:
    many = 120  # Telegram brings a hundred at most
    an, cuc = await town.person("An"), await town.person("Cúc")
    gate = Gate(town, cast.AN)
    for number in range(many):
        await an.send(f"tin {number}", wait=False)
    await town.taken()
    await cuc.send("/start", wait=False)
    await gate.has_seen("/start")
    assert gate.came == ["tin 0", "/start"]
    gate.open()
    await town.settle()
    assert gate.came == ["tin 0", "/start", *(f"tin {number}" for number in range(1, many))]


async def test_what_a_crash_left_undone_is_done_at_the_next_start(town: Town) -> None:
    an, cuc = await town.person("An"), await town.person("Cúc")
    before = len(an.cards), len(cuc.cards)
    async with town.stopped() as store, store.write() as session:
        session.add_all([row(12, cast.AN), row(11, cast.AN), row(13, cast.CUC)])
    assert (len(an.cards), len(cuc.cards)) == (before[0] + 2, before[1] + 1)
    assert all([await answered(town, update_id) for update_id in (11, 12, 13)])


async def test_done_but_unanswered_gets_the_card_again_and_is_not_done_again(town: Town) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped() as store, store.write() as session:
        session.add_all([row(n, cast.AN, done_at=cast.MONDAY) for n in (11, 12)])
    assert len(an.cards) == before + 1  # one card, however many answers are owed
    assert await answered(town, 11)
    assert await answered(town, 12)


async def test_an_update_that_takes_the_program_down_is_given_up_after_three_starts(
    town: Town,
) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped() as store, store.write() as session:
        session.add_all([row(11, cast.AN, attempts=MAX_ATTEMPTS), row(12, cast.AN)])
    assert len(an.cards) == before + 1  # the answer to 12 is newer than a card in place of 11
    assert await answered(town, 11)
    async with town.stopped():
        pass
    assert len(an.cards) == before + 1


async def test_a_card_that_cannot_be_drawn_does_not_keep_the_program_down(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError

    an = await town.person("An")
    async with town.stopped() as store, store.write() as session:
        session.add(row(11, cast.AN, done_at=cast.MONDAY))
        monkeypatch.setattr("bot.channels.telegram.redraw.home_card", broken)
    await an.send("/start")
    assert an.card


async def test_who_only_waits_while_another_takes_the_program_down_is_not_given_up(
    queue: Inbox, store: Store
) -> None:
    async with store.write() as session:
        session.add(row(11, cast.LAN))
    for _ in range(3 * MAX_ATTEMPTS):
        again = Inbox(store, cast.clock_at(cast.MONDAY), cast.VAULT)
        await again.replay()
        assert again.qsize() == 1


async def test_each_try_counts_against_an_update(queue: Inbox, store: Store) -> None:
    async with store.write() as session:
        session.add(row(11, cast.LAN))
    for start in range(1, MAX_ATTEMPTS + 1):
        again = Inbox(store, cast.clock_at(cast.MONDAY), cast.VAULT)
        assert await again.replay() == set()
        assert again.qsize() == 1, start
        update = again.get_nowait()
        assert isinstance(update, Update)
        await again.begin(update)
    last = Inbox(store, cast.clock_at(cast.MONDAY), cast.VAULT)
    assert await last.replay() == set()
    assert last.empty()
    async with store.read() as session:
        (owed,) = await inbox.unanswered(session, TELEGRAM)
    assert open_pending(cast.VAULT, owed) == Pending(cast.LAN.telegram_id, (Answer(),))


async def test_a_row_that_cannot_be_opened_does_not_keep_the_program_down(town: Town) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped() as store, store.write() as session:
        broken = row(11, cast.AN)
        broken.payload = b"not sealed by anybody"
        session.add_all([broken, row(12, cast.AN)])
    assert len(an.cards) == before + 1
    assert await answered(town, 12)


async def test_what_was_left_for_over_a_day_is_not_handled_and_its_sender_is_told(
    town: Town,
) -> None:
    an, lan = await town.person("An"), await town.person("Lan")
    await lan.send("/start")
    before = len(an.cards), len(lan.cards)
    async with town.stopped() as store, store.write() as session:
        for number, person in ((11, cast.AN), (12, cast.AN), (13, cast.LAN)):
            late = row(number, person)
            late.received_at -= timedelta(hours=25)
            session.add(late)
    new = an.cards[before[0] :]
    assert new[0] == messages.LEFT_TOO_LONG
    assert len(new) == 2  # once, and then the card that is open now
    assert lan.cards[before[1]] == speech.to_worker(messages.LEFT_TOO_LONG)
    assert len(lan.cards) == before[1] + 2
    async with town.program.work.read() as session:
        assert await inbox.set_aside(session) == {inbox.TOO_LATE: 3}
    async with town.stopped():
        pass
    assert len(an.cards) == before[0] + 2


async def test_what_was_left_for_less_than_a_day_is_handled(town: Town) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped() as store, store.write() as session:
        recent = row(11, cast.AN)
        recent.received_at -= timedelta(hours=23)
        session.add(recent)
    assert len(an.cards) == before + 1
    assert messages.LEFT_TOO_LONG not in an.cards


class FullDisk:
    """Lets noting that an update was answered fail until there is room again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        self._mark = inbox.mark_answered
        monkeypatch.setattr(inbox, "mark_answered", self._answered)

    async def _answered(self, *values: Any) -> None:
        if self.full:
            raise OSError("no space left on device")
        await self._mark(*values)


async def test_what_could_not_be_noted_as_answered_is_noted_later_and_holds_up_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = await town.person("An")
    before = len(an.cards)
    disk = FullDisk(monkeypatch)
    with capture_logs() as logged:
        for _ in range(3):
            await an.send("/start")
    assert [line["event"] for line in logged if line["log_level"] == "error"] == [
        "inbox.not_marked"
    ]
    ids = list(town.sandbox.world.updates.history)
    assert not any([await answered(town, update_id) for update_id in ids])
    disk.full = False
    assert await town.program.inbox.settle()
    assert all([await answered(town, update_id) for update_id in ids])
    cards = len(an.cards)
    async with town.stopped():
        pass
    assert len(an.cards) == cards > before  # nothing is handled, nothing answered again


def test_what_could_not_be_noted_is_tried_again_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story() -> float:
        box = Inbox(cast_to(Store, None), cast.clock_at(cast.MONDAY), cast.VAULT)
        update = Update.de_json(written(5, "/start"))
        loop = asyncio.get_running_loop()
        begin, marked_at = loop.time(), 0.0

        async def mark(*_: object) -> None:
            if loop.time() - begin < 3600:
                raise OSError("no space left on device")
            nonlocal marked_at
            marked_at = loop.time() - begin

        monkeypatch.setattr(box, "_mark", mark)
        box._line_up(update)
        await box.finish(update)
        running = asyncio.create_task(box.run())
        await asyncio.wait({running}, timeout=7200)
        running.cancel()
        assert await box.settle()
        return marked_at

    assert 3600 <= virtual_time.run(monkeypatch, story()) < 3640


async def test_stopping_finishes_what_was_begun_and_keeps_the_rest(town: Town) -> None:
    an = await town.person("An")
    gate = Gate(town, cast.AN)
    for text in ("một", "hai", "ba"):
        await an.send(text, wait=False)
    await town.taken()
    await gate.has_seen("một")
    before = len(an.cards)
    stopping = asyncio.create_task(town.stop())
    await asyncio.sleep(0)
    gate.open()
    async with asyncio.timeout(60):
        await stopping
    assert gate.came[0] == "một"
    await town.start()
    assert len(an.cards) == before + 3


async def test_what_is_talked_about_in_a_group_is_not_answered(town: Town) -> None:
    group = written(11, "Mai mấy giờ họp?")
    group["message"]["chat"] = {"id": -100_200_300, "type": "supergroup", "title": "Tổ may 3"}
    town.sandbox.world.updates.add("message", group["message"])
    before = await town.state()
    await town.settle()
    after = await town.state()
    assert before["calls"].get("sendmessage") == after["calls"].get("sendmessage")
