"""How long everybody else waits while one asks for something long: the longest pause of the loop.

Ours beside a loop in which nothing is asked, and beside one that waits for SQLite itself.
"""

import asyncio
import sqlite3
import statistics
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import text

from storage.store import Store

ROUNDS = 5
LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) "
    "SELECT sum(x) FROM n"
)
MANY_SHORT = 400  # one after the other


@pytest.mark.bench
async def test_the_longest_pause_of_the_loop(store: Store, sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))

    async def ask(statement: str, times: int = 1) -> None:
        async with store.read() as session:
            connection = await session.connection()
            for _ in range(times):
                await connection.execute(text(statement))

    async def ask_in_the_loop() -> None:
        with closing(sqlite3.connect(file)) as database:
            database.execute(LONG).fetchall()

    ways: dict[str, Callable[[], Awaitable[None]]] = {
        "nothing is asked": lambda: asyncio.sleep(0.3),
        "a long query, by ours": lambda: ask(LONG),
        f"{MANY_SHORT} short ones, by ours": lambda: ask("SELECT count(*) FROM unit", MANY_SHORT),
        "a long query, in the loop": ask_in_the_loop,
    }
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            measured[name].append(await pause_and_length(way()))
    print(f"\n{'ms, medians of 5 (most)':28}{'longest pause':>18}{'all of it':>12}")
    for name, rounds in measured.items():
        pauses, lengths = (
            [1000 * value for value in column] for column in zip(*rounds, strict=True)
        )
        pause = f"{statistics.median(pauses):.1f} ({max(pauses):.1f})"
        print(f"{name:28}{pause:>18}{statistics.median(lengths):12.0f}")
    assert all(len(rounds) == ROUNDS for rounds in measured.values())


async def pause_and_length(what: Awaitable[None]) -> tuple[float, float]:
    """Seconds: the longest time in which nobody else had a turn, and the whole."""
    longest = 0.0

    async def others() -> None:
        nonlocal longest
        last = perf_counter()
        while True:
            await asyncio.sleep(0)
            now = perf_counter()
            longest, last = max(longest, now - last), now

    turns = asyncio.create_task(others())
    await asyncio.sleep(0.05)
    longest, start = 0.0, perf_counter()
    await what
    await asyncio.sleep(0)
    length = perf_counter() - start
    turns.cancel()
    return longest, length
