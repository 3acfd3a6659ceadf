"""Reminders at Telegram's limit, while ten people chat: the time they take beside the ideal one.

The real program and the sandbox as processes; the sandbox refuses the 31st message of any second.
`SATCOSO_BENCH_REMINDERS=600` is a short run (3,000).
"""

import asyncio
import os
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage import outbox
from storage.addresses import TELEGRAM, Address
from storage.enums import Lane
from storage.migrations import upgrade
from storage.models import OutboxMessage, Person
from storage.people import address_row
from storage.store import Store
from tests import cast
from tests.e2e.processes import Phone, Town

REMINDERS = int(os.environ.get("SATCOSO_BENCH_REMINDERS", "3000"))
PER_SECOND = 30
CHATTERS = 10
THINKS_SECONDS = 2.0  # between an answer and the next press
FIRST = 1000  # the ids of those who are reminded, and of those who chat after them


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path, start_at="2026-11-16T08:00+07:00")
    yield town
    town.close()


async def owe(folder: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{folder.as_posix()}/satcoso.db")
    await upgrade(store)
    await cast.settle(store)
    numbers = range(FIRST, FIRST + REMINDERS)
    async with store.write() as session:
        session.add_all(
            Person(id=n, name=f"Cán bộ {n}", folded="", joined_at=cast.MONDAY) for n in numbers
        )
        await session.flush()
        session.add_all(address_row(n, Address(TELEGRAM, str(n))) for n in numbers)
        await outbox.add_all(
            session,
            [
                OutboxMessage(
                    dedupe_key=f"remind:{n}",
                    person_id=n,
                    lane=Lane.REMINDER,
                    text="Đồng chí chưa hẹn ngày đi cơ sở.",
                    not_before=cast.MONDAY,
                    created_at=cast.MONDAY,
                )
                for n in numbers
            ],
        )
    await store.close()


def chat(town: Town, telegram_id: int, over: threading.Event, took: list[float]) -> None:
    """Ask for help, read, think, again: seconds from the message to the answer in the chat."""
    phone = Phone(town, telegram_id, f"Người {telegram_id}")
    while not over.is_set():
        event = town.get(f"{phone.url}/chat", after=0, timeout=0)["event"]
        asked = time.monotonic()
        phone.send("/trogiup")
        while True:
            seen = town.get(f"{phone.url}/chat", after=event, timeout=5)
            event = seen["event"]
            if any(message["from"] == "bot" for message in seen["messages"]):
                break
        took.append(time.monotonic() - asked)
        over.wait(THINKS_SECONDS)


def sent(town: Town) -> int:
    """How many of the reminders went out."""
    with closing(sqlite3.connect(town.folder / "satcoso.db")) as database:
        query = "SELECT count(*) FROM outbox_message WHERE lane = ? AND state = 'sent'"
        return int(database.execute(query, [int(Lane.REMINDER)]).fetchone()[0])


@pytest.mark.bench
def test_reminders_go_out_near_the_ideal_time_while_ten_people_chat(town: Town) -> None:
    asyncio.run(owe(town.folder))
    for n in range(FIRST, FIRST + REMINDERS + CHATTERS):
        town.post("/people", id=n, first_name=f"Người {n}", started=True)
    town.post("/limits", enabled=True, any_second=PER_SECOND, chat_burst=1000)
    over, took = threading.Event(), list[float]()
    chatters = [
        threading.Thread(target=chat, args=(town, FIRST + REMINDERS + n, over, took))
        for n in range(CHATTERS)
    ]
    town.start()
    for chatter in chatters:
        chatter.start()
    while not (first := sent(town)):
        time.sleep(0.02)
    start, calls = time.monotonic(), messages(town)
    while (last := sent(town)) < REMINDERS:
        time.sleep(0.05)
    duration = time.monotonic() - start
    over.set()
    for chatter in chatters:
        chatter.join()
    all_messages = messages(town) - calls
    refused = town.get("/state")["limits"]["refused"]
    town.stop()
    ideal = (last - first) / PER_SECOND
    with_answers = max(ideal, all_messages / PER_SECOND)
    p95 = statistics.quantiles(took, n=20)[-1]
    print(
        f"\n{last - first} reminders in {duration:.2f} s: {duration / ideal:.3f} of the ideal "
        f"{ideal:.2f} s, {duration / with_answers:.3f} of that of all {all_messages} messages; "
        f"{refused} refused with 429; {len(took)} answers to {CHATTERS} people: median "
        f"{1000 * statistics.median(took):.0f} ms, p95 {1000 * p95:.0f} ms, "
        f"slowest {1000 * max(took):.0f} ms"
    )
    assert sent(town) == REMINDERS


def messages(town: Town) -> int:
    """What the bot has said so far, in the limits' count."""
    calls = town.get("/state")["calls"]
    return int(calls.get("sendmessage", 0) + calls.get("editmessagetext", 0) // 4)
