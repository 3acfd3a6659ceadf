"""What is owed goes out: once where possible, again where it must, never where it is pointless."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from sqlmodel import select
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.channels.outbox import Dispatcher
from bot.channels.retries import (
    BY_LANE,
    FOR_A_WORKER,
    LONGEST_PROBE_SECONDS,
    MOST_AT_ONCE,
    ChannelLine,
)
from bot.channels.telegram.addresses import address_of
from bot.channels.telegram.sending import TelegramSender
from storage import outbox, reporters
from storage.addresses import TELEGRAM
from storage.enums import Lane, OutboxState
from storage.models import OutboxMessage, Person
from storage.store import Store
from tests import cast as people
from tests.client import Town

NOW = people.MONDAY
DAY = 24 * 3600.0  # seconds


class Bot:
    """Stands for Telegram: refuses what it is told to, and can be made to take its time."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str]] = []
        self.lanes: list[int] = []
        self.trouble: dict[str, list[Exception]] = defaultdict(list)
        self.ready = asyncio.Event()
        self.ready.set()
        self.asked = asyncio.Event()
        self.outage: Exception | None = None

    async def send_message(
        self, chat: int, text: str, reply_markup: Any, rate_limit_args: int
    ) -> None:
        self.asked.set()
        self.lanes.append(rate_limit_args)
        await self.ready.wait()
        if self.outage:
            raise self.outage
        if self.trouble[text]:
            raise self.trouble[text].pop(0)
        self.sent.append((chat, text))


class Office:
    """A dispatcher with its store, its clock and a Telegram that obeys."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.bot = store, people.clock_at(NOW), Bot()
        self.dispatcher = Dispatcher(
            store,
            self.clock,
            {TELEGRAM: TelegramSender(cast("ExtBot[int]", self.bot))},
            people.VAULT,
        )
        self.dispatcher.lists = False  # each message by itself is looked at
        self.seconds = 0.0  # as the connection's pauses are counted
        self.dispatcher.line = ChannelLine(lambda: self.seconds)

    def let_pass(self, seconds: float) -> None:
        """So much time goes by, for the calendar and for the connection."""
        self.seconds += seconds
        self.clock.freeze(self.clock.now() + timedelta(seconds=seconds))

    async def live_through(self, seconds: float) -> int:
        """Drain whenever `run` would; returns how many calls Telegram got."""
        before, end = len(self.bot.lanes), self.seconds + seconds
        while self.seconds < end:
            await self.dispatcher.drain()
            self.let_pass(self.dispatcher.line.seconds_left or 5)
        return len(self.bot.lanes) - before

    async def owe(self, *texts: str, **values: Any) -> None:
        due = {"lane": Lane.NOTICE, "not_before": NOW, "created_at": NOW}
        async with self.store.write() as session:
            for text in texts:
                message = OutboxMessage(
                    dedupe_key=text,
                    text=text,
                    **{"person_id": people.AN.id, **due, **values},
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


async def test_where_nothing_is_due_nobody_who_writes_is_kept_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.owe("một")
    await office.owe("mai", not_before=NOW + timedelta(days=1))
    assert await office.dispatcher.drain() == 1
    office.let_pass(DAY - 60)
    with monkeypatch.context() as patch:
        patch.setattr(office.store, "write", None)  # called, it would fail
        assert await office.dispatcher.drain() == 0
    office.let_pass(60)
    assert await office.dispatcher.drain() == 1


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
        (BadRequest("Chat not found"), True),
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
    await office.owe("một", person_id=50)
    await office.owe("hai")
    assert await office.dispatcher.drain() == 1
    assert (await office.message("một")).state is OutboxState.UNDELIVERABLE


NO_LINE = [
    NetworkError("Bad Gateway"),
    NetworkError("httpx.ConnectError"),
    TimedOut(),
    TelegramError("Invalid server response"),
    InvalidToken("Not Found"),
]


@pytest.mark.parametrize("error", NO_LINE)
async def test_while_telegram_is_not_reached_one_message_is_the_probe(
    office: Office, error: TelegramError
) -> None:
    await office.owe(*(f"tin {n}" for n in range(2 * MOST_AT_ONCE)))
    office.bot.outage = error
    await office.dispatcher.drain()
    assert len(office.bot.lanes) == MOST_AT_ONCE, "the first batch shows it"
    assert await office.dispatcher.drain() == 0
    assert len(office.bot.lanes) == MOST_AT_ONCE, "then the queue waits"
    office.let_pass(5)
    await office.dispatcher.drain()
    assert len(office.bot.lanes) == MOST_AT_ONCE + 1
    assert (await office.person(people.AN)).blocked_at is None


async def test_an_outage_of_ten_minutes_loses_nothing_and_ends_at_once(office: Office) -> None:
    texts = [f"tin {n}" for n in range(42)]
    for n, text in enumerate(texts):
        await office.owe(text, lane=list(Lane)[n % len(Lane)])
    office.bot.outage = NetworkError("down")
    calls = await office.live_through(600)
    assert MOST_AT_ONCE < calls <= MOST_AT_ONCE + 20, "the pauses grow"
    office.bot.outage = None
    await office.live_through(LONGEST_PROBE_SECONDS + 2)
    assert sorted(text for _, text in office.bot.sent) == sorted(texts)


async def test_who_has_got_up_again_is_not_run_over(office: Office) -> None:
    """One probe, then two at once, four, eight: no storm however much was owed meanwhile."""
    at_once: list[int] = []
    claim = outbox.claim

    async def counted(*asked: Any, **more: Any) -> Any:
        messages = await claim(*asked, **more)
        at_once.append(len(messages))
        return messages

    await office.owe(*(f"tin {n}" for n in range(3 * MOST_AT_ONCE)))
    office.bot.outage = NetworkError("down")
    await office.live_through(120)
    office.bot.outage = None
    office.let_pass(LONGEST_PROBE_SECONDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "claim", counted)
        assert await office.dispatcher.drain() == 3 * MOST_AT_ONCE
    assert at_once[:6] == [1, 2, 4, 8, 16, 30]


async def test_an_outage_of_a_day_takes_only_the_reminders(office: Office) -> None:
    await office.owe("nhắc", lane=Lane.REMINDER)
    await office.owe("khẩn", lane=Lane.URGENT)
    await office.owe("tuần này", "kết quả")
    office.bot.outage = NetworkError("down")
    await office.live_through(600)
    office.let_pass(timedelta(days=1).total_seconds())
    await office.dispatcher.drain()
    office.let_pass(60)
    office.bot.outage = None
    await office.dispatcher.drain()
    assert {text for _, text in office.bot.sent} == {"khẩn", "tuần này", "kết quả"}
    reminder = await office.message("nhắc")
    assert reminder.state is OutboxState.UNDELIVERABLE
    assert reminder.given_up_on == (NOW + timedelta(days=1)).date()


@pytest.mark.parametrize("lane", list(Lane))
async def test_what_fails_is_tried_until_it_is_pointless(office: Office, lane: Lane) -> None:
    await office.owe("một", lane=lane)
    office.bot.outage = NetworkError("down")
    await office.dispatcher.drain()
    office.let_pass(BY_LANE[lane].total_seconds())
    await office.dispatcher.drain()
    assert (await office.message("một")).state is OutboxState.PENDING
    office.let_pass(61)
    await office.dispatcher.drain()
    last = await office.message("một")
    assert (last.state, last.error) == (OutboxState.UNDELIVERABLE, "NetworkError")


async def test_a_worker_s_result_is_tried_longer_than_anything_else(office: Office) -> None:
    async with office.store.write() as session:
        reporter = await reporters.add(session, people.VAULT, address_of(7007), NOW)
    await office.owe("kết quả", person_id=None, reporter_id=reporter.id, lane=Lane.ANSWER)
    office.bot.outage = NetworkError("down")
    await office.dispatcher.drain()
    office.let_pass(max(BY_LANE.values()).total_seconds() + 61)
    await office.dispatcher.drain()
    assert (await office.message("kết quả")).state is OutboxState.PENDING
    office.let_pass(FOR_A_WORKER.total_seconds())
    await office.dispatcher.drain()
    assert (await office.message("kết quả")).state is OutboxState.UNDELIVERABLE


async def test_what_was_never_tried_gets_its_try_however_late_unless_it_reminds(
    office: Office,
) -> None:
    await office.owe("nhắc", lane=Lane.REMINDER)
    await office.owe("tin")
    office.let_pass(timedelta(days=9).total_seconds())  # over Tết nobody ran the program
    await office.dispatcher.drain()
    assert [text for _, text in office.bot.sent] == ["tin"]
    assert (await office.message("nhắc")).state is OutboxState.UNDELIVERABLE


async def test_one_that_always_fails_is_not_the_probe_for_ever_and_stops_nobody(
    office: Office,
) -> None:
    await office.owe("hỏng", lane=Lane.URGENT)
    office.bot.trouble["hỏng"] = [NetworkError("Internal Server Error (500)")] * 999
    await office.live_through(60)
    await office.owe(*(f"tin {n}" for n in range(40)))
    await office.live_through(LONGEST_PROBE_SECONDS + 2)
    assert len(office.bot.sent) == 40
    await office.owe("thêm")
    await office.live_through(5)
    assert office.bot.sent[-1][1] == "thêm"


async def test_what_alone_fails_while_others_go_out_waits_for_itself(office: Office) -> None:
    await office.owe("một", "hai")
    office.bot.trouble["một"] = [NetworkError("reset")]
    assert await office.dispatcher.drain() == 1
    waiting = await office.message("một")
    assert waiting.retry_at
    assert waiting.retry_at > NOW
    assert waiting.not_before == NOW, "its moment stays"
    assert await office.dispatcher.drain() == 0
    office.clock.freeze(waiting.retry_at)
    assert await office.dispatcher.drain() == 1


async def test_a_busy_chat_waits_and_the_queue_does_not(office: Office) -> None:
    await office.owe("một")
    office.bot.trouble["một"] = [RetryAfter(35)]
    assert await office.dispatcher.drain() == 0
    await office.owe("hai", person_id=people.BINH.id)
    assert await office.dispatcher.drain() == 1
    waiting = await office.message("một")
    assert waiting.retry_at == NOW + timedelta(seconds=35)
    office.let_pass(35)
    assert await office.dispatcher.drain() == 1


@pytest.mark.parametrize(
    ("cause", "pauses"),
    [
        (httpx.ConnectTimeout("no way there"), False),
        (httpx.PoolTimeout("no connection free"), False),
        (httpx.ConnectError("refused"), False),
        (httpx.ReadTimeout("no answer"), True),
        (httpx.RemoteProtocolError("closed"), True),
    ],
)
async def test_what_may_have_arrived_is_repeated_with_pauses_of_its_own(
    office: Office, cause: Exception, pauses: bool
) -> None:
    await office.owe("một")
    error = TimedOut() if isinstance(cause, httpx.TimeoutException) else NetworkError("httpx")
    error.__cause__ = cause
    office.bot.outage = error
    await office.dispatcher.drain()
    waiting = await office.message("một")
    assert waiting.state is OutboxState.PENDING
    assert (waiting.retry_at is not None) is pauses


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
    failed, look = asyncio.Event(), outbox.anything_due

    async def fails_once(*given: Any, **named: Any) -> Any:
        if not failed.is_set():
            failed.set()
            raise OSError("disk I/O error")
        return await look(*given, **named)

    monkeypatch.setattr(outbox, "anything_due", fails_once)
    running = asyncio.create_task(office.dispatcher.run(pause=3600))
    await failed.wait()
    await office.owe("một")
    office.dispatcher.wake()
    async with asyncio.timeout(60):
        await office.bot.asked.wait()
    await office.dispatcher.drain()
    assert [text for _, text in office.bot.sent] == ["một"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("trouble", [None, NetworkError("connection lost")], ids=["sent", "lost"])
async def test_what_could_not_be_marked_after_it_was_sent_is_settled_in_the_next_round(
    office: Office, monkeypatch: pytest.MonkeyPatch, trouble: Exception | None
) -> None:
    await office.owe("một", "hai")
    office.bot.trouble["một"] = [trouble] if trouble else []
    office.bot.ready.clear()
    draining = asyncio.create_task(office.dispatcher.drain())
    await office.bot.asked.wait()
    write, fails = office.store.write, iter([True])

    def locked_once() -> Any:
        if next(fails, False):
            raise OSError("database is locked")
        return write()

    monkeypatch.setattr(office.store, "write", locked_once)
    office.bot.ready.set()
    with pytest.raises(OSError, match="locked"):
        await draining
    assert next(fails, None) is None
    assert (await office.message("hai")).state is OutboxState.SENT  # and not left under way
    office.let_pass(LONGEST_PROBE_SECONDS)
    await office.dispatcher.drain()
    assert (await office.message("một")).state is OutboxState.SENT


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


@pytest.mark.wide
async def test_a_deleted_account_is_noticed_when_it_is_written_to(town: Town) -> None:
    town.sandbox.world.people.need(people.AN.telegram_id).account_deleted = True
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
        broken = await reporters.add(session, people.VAULT, address_of(7_100_000_001), NOW)
        broken.identity = b"of no key at all"
        session.add(broken)
        await session.flush()
        values = {"text": "x", "not_before": NOW, "created_at": NOW}
        session.add(OutboxMessage(dedupe_key="broken", reporter_id=broken.id, **values))
    await office.owe("một")
    assert await office.dispatcher.drain() == 1
    assert [text for _, text in office.bot.sent] == ["một"]
