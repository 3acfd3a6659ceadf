"""What is owed goes out: once where possible, again where it must, never where it is pointless."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlmodel import select
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.delivery.outbox import LONGEST_PAUSE, MAX_ATTEMPTS, Dispatcher
from storage import outbox, reporters
from storage.models import Lane, OutboxMessage, OutboxState, Person
from storage.store import Store
from tests import cast as people
from tests.client import Town

NOW = people.MONDAY


class Bot:
    """Stands for Telegram: refuses what it is told to, and can be made to take its time."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.lanes: list[int] = []
        self.trouble: dict[str, list[Exception]] = defaultdict(list)
        self.ready = asyncio.Event()
        self.ready.set()
        self.asked = asyncio.Event()

    async def send_message(
        self, chat: int, text: str, reply_markup: Any, rate_limit_args: int
    ) -> None:
        self.asked.set()
        self.lanes.append(rate_limit_args)
        await self.ready.wait()
        if self.trouble[text]:
            raise self.trouble[text].pop(0)
        self.sent.append((chat, text))


class Office:
    """A dispatcher with its store, its clock and a Telegram that obeys."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.bot = store, people.clock_at(NOW), Bot()
        self.dispatcher = Dispatcher(store, self.clock, cast("ExtBot[int]", self.bot), people.VAULT)

    async def owe(self, *texts: str, to: int = people.AN.id, **values: Any) -> None:
        async with self.store.write() as session:
            for text in texts:
                message = OutboxMessage(
                    dedupe_key=text,
                    person_id=to,
                    text=text,
                    **{"lane": Lane.NOTICE, "not_before": NOW, "created_at": NOW, **values},
                )
                await outbox.add(session, message)

    async def message(self, text: str) -> OutboxMessage:
        async with self.store.read() as session:
            found = await session.exec(select(OutboxMessage).where(OutboxMessage.text == text))
            return found.one()

    async def person(self, character: people.Character) -> Person:
        async with self.store.read() as session:
            found = await session.get(Person, character.id)
            assert found
            return found


@pytest.fixture
async def office(store: Store) -> Office:
    await people.settle(store)
    return Office(store)


async def test_what_is_due_is_sent_once_and_marked(office: Office) -> None:
    await office.owe("một", "hai")
    assert await office.dispatcher.drain() == 2
    assert await office.dispatcher.drain() == 0
    assert sorted(office.bot.sent) == [
        (people.AN.telegram_id, "hai"),
        (people.AN.telegram_id, "một"),
    ]
    sent = await office.message("một")
    assert (sent.state, sent.sent_at, sent.error) == (OutboxState.SENT, NOW, "")


async def test_more_than_a_batch_goes_out_in_one_go_with_its_lane(office: Office) -> None:
    await office.owe(*(f"tin {n}" for n in range(100)), lane=Lane.REMINDER)
    assert await office.dispatcher.drain() == 100
    assert set(office.bot.lanes) == {Lane.REMINDER}


async def test_what_is_not_due_stays(office: Office) -> None:
    await office.owe("mai", not_before=NOW + timedelta(hours=1))
    assert await office.dispatcher.drain() == 0
    office.clock.freeze(NOW + timedelta(hours=1))
    assert await office.dispatcher.drain() == 1


@pytest.mark.parametrize(
    ("error", "unreachable"),
    [
        (Forbidden("bot was blocked by the user"), True),
        (Forbidden("user is deactivated"), True),
        (BadRequest("chat not found"), False),
        (BadRequest("can't parse entities"), False),
    ],
)
async def test_a_final_error_is_not_tried_again(
    office: Office, error: TelegramError, unreachable: bool
) -> None:
    await office.owe("một")
    office.bot.trouble["một"] = [error]
    assert await office.dispatcher.drain() == 0
    kept = await office.message("một")
    assert (kept.state, kept.error) == (OutboxState.UNDELIVERABLE, type(error).__name__)
    blocked_at = (await office.person(people.AN)).blocked_at
    assert blocked_at == (NOW if unreachable else None)
    office.clock.freeze(NOW + timedelta(days=1))
    assert await office.dispatcher.drain() == 0


async def test_somebody_who_never_came_in_is_no_reason_to_keep_trying(office: Office) -> None:
    async with office.store.write() as session:
        session.add(Person(id=50, name="Chưa vào", folded="chua vao", joined_at=NOW))
    await office.owe("một", to=50)
    await office.owe("hai")
    assert await office.dispatcher.drain() == 1
    assert (await office.message("một")).state is OutboxState.UNDELIVERABLE


@pytest.mark.parametrize(
    "error", [NetworkError("reset"), TimedOut(), RetryAfter(3), TelegramError("Internal error")]
)
async def test_a_temporary_error_is_tried_again_after_a_pause(
    office: Office, error: TelegramError
) -> None:
    await office.owe("một")
    office.bot.trouble["một"] = [error]
    assert await office.dispatcher.drain() == 0
    kept = await office.message("một")
    assert kept.state is OutboxState.PENDING
    assert kept.not_before > NOW
    assert await office.dispatcher.drain() == 0
    office.clock.freeze(kept.not_before)
    assert await office.dispatcher.drain() == 1
    assert (await office.person(people.AN)).blocked_at is None


async def test_the_pauses_grow_and_end(office: Office) -> None:
    await office.owe("một")
    office.bot.trouble["một"] = [NetworkError("down") for _ in range(50)]
    pauses: list[timedelta] = []
    for _ in range(MAX_ATTEMPTS - 1):
        await office.dispatcher.drain()
        kept = await office.message("một")
        pauses.append(kept.not_before - office.clock.now())
        office.clock.freeze(kept.not_before)
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1] <= LONGEST_PAUSE
    await office.dispatcher.drain()
    assert (await office.message("một")).state is OutboxState.UNDELIVERABLE


async def test_one_that_cannot_be_built_holds_up_nobody(office: Office) -> None:
    await office.owe("hỏng", rows=[[["nhãn", "x" * 65]]])  # no button may carry so much
    await office.owe("một", "hai")
    await office.dispatcher.drain()
    assert {text for _, text in office.bot.sent} == {"một", "hai"}
    assert (await office.message("hỏng")).state is OutboxState.PENDING  # a new version may mend it


async def test_after_draining_nothing_is_under_way_whoever_began_it(office: Office) -> None:
    await office.owe("một")
    office.bot.ready.clear()
    background = asyncio.create_task(office.dispatcher.drain())
    await office.bot.asked.wait()
    mine = asyncio.create_task(office.dispatcher.drain())
    await asyncio.sleep(0)
    office.bot.ready.set()
    await mine
    assert (await office.message("một")).state is OutboxState.SENT
    await background


async def test_stopping_waits_for_what_is_being_sent(office: Office) -> None:
    await office.owe("một")
    office.bot.ready.clear()
    running = asyncio.create_task(office.dispatcher.run())
    await office.bot.asked.wait()
    running.cancel()
    await asyncio.sleep(0)
    office.bot.ready.set()
    await asyncio.gather(running, return_exceptions=True)
    assert (await office.message("một")).state is OutboxState.SENT


async def test_a_woken_dispatcher_sends_at_once_and_survives_trouble(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed, claim = asyncio.Event(), outbox.claim

    async def fails_once(*given: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise OSError("disk I/O error")
        return await claim(*given)

    monkeypatch.setattr(outbox, "claim", fails_once)
    running = asyncio.create_task(office.dispatcher.run(pause=3600))
    await failed.wait()
    await office.owe("một")
    office.dispatcher.wake()
    async with asyncio.timeout(20):
        await office.bot.asked.wait()
    await office.dispatcher.drain()
    assert [text for _, text in office.bot.sent] == ["một"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_who_blocks_the_bot_is_marked_and_who_lets_it_in_again_is_not(town: Town) -> None:
    async def blocked() -> bool:
        async with town.program.work.read() as session:
            found = await session.get(Person, people.AN.id)
            return found is not None and found.blocked_at is not None

    an = await town.person("An")
    await an.block()
    assert await blocked()
    await an.unblock()
    assert not await blocked()


async def test_a_deleted_account_is_noticed_when_it_is_written_to(town: Town) -> None:
    town.sandbox.world.people.need(people.AN.telegram_id).gone = True
    await town.move_to(people.FRIDAY_1630)
    async with town.program.work.read() as session:
        found = await session.get(Person, people.AN.id)
        assert found
        assert found.blocked_at is not None


async def test_a_notice_interrupted_by_a_crash_is_repeated_and_a_reminder_is_not(
    town: Town,
) -> None:
    an = await town.person("An")
    before = len(an.cards)
    async with town.stopped() as store, store.write() as session:
        for lane in (Lane.NOTICE, Lane.REMINDER):
            session.add(
                OutboxMessage(
                    dedupe_key=lane.name,
                    person_id=people.AN.id,
                    text=f"tin {lane.name}",
                    lane=lane,
                    state=OutboxState.SENDING,
                    not_before=NOW,
                    created_at=NOW,
                )
            )
    assert an.cards[before:] == ["tin NOTICE"]


async def test_a_reporter_whose_identity_cannot_be_opened_holds_up_nobody(office: Office) -> None:
    async with office.store.write() as session:
        broken = await reporters.get_or_add(session, people.VAULT, 7_100_000_001, NOW)
        broken.identity = b"of no key at all"
        session.add(broken)
        await session.flush()
        values = {"text": "x", "not_before": NOW, "created_at": NOW}
        session.add(OutboxMessage(dedupe_key="broken", reporter_id=broken.id, **values))
    await office.owe("một")
    assert await office.dispatcher.drain() == 1
    assert [text for _, text in office.bot.sent] == ["một"]
